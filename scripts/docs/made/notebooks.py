"""The notebooks as pages: run while the site is built, on the demo corpus, their outputs shown below each cell.

The sources hold no outputs. A cell that fails stops the build.
"""

from __future__ import annotations

import base64
import os
import re
import subprocess
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import nbformat
from nbclient import NotebookClient

from made.copies import ROOT

FOLDER = ROOT / "scripts" / "notebooks"
INTRO = """# Notebooks 笔记本

Three walks through research tasks, in `scripts/notebooks/`. Below each cell stands what it printed when these pages
were built. To run one: `pip install 'nlp-reform[tables,view]' jupyter`, then `jupyter lab scripts/notebooks`.

"""
TITLE = re.compile(r"^# (.+)$", re.MULTILINE)
PLAIN = re.compile(r"<style.*?</style>\s*| border=\"1\"| style=\"[^\"]*\"|\n(?=\s*\n)", re.DOTALL)
"""What is taken out of a frame's HTML: looks of its own, and empty lines, at which Markdown would end it."""
LIMIT = 300


def pages() -> Iterator[tuple[str, str | bytes]]:
    """Yield the list, and for each notebook its page and its pictures."""
    os.environ["NLP_REFORM_PLAN"] = ""  # the bundled corpus, never a document that lies beside the checkout
    paths = sorted(FOLDER.glob("*.ipynb"))
    with ThreadPoolExecutor(2) as pool:
        done = list(pool.map(run, paths))
    rows = []
    for path, notebook in zip(paths, done, strict=True):
        pictures: dict[str, bytes] = {}
        body = "\n".join(_cell(cell, path.stem, pictures) for cell in notebook.cells)
        title = TITLE.search(body)
        rows.append(f"- [{title[1] if title else path.stem}]({path.stem}.md)\n")
        yield f"notebooks/{path.stem}.md", body
        yield from pictures.items()
    yield "notebooks/index.md", INTRO + "".join(rows)


def run(path: Path) -> Any:
    """Run a notebook in its folder and return it with its outputs; raises CellExecutionError where a cell fails."""
    notebook = nbformat.read(path, as_version=4)  # type: ignore[no-untyped-call]
    resources = {"metadata": {"path": str(path.parent)}}
    client = NotebookClient(
        notebook, kernel_name="python3", timeout=LIMIT, startup_timeout=LIMIT, coalesce_streams=True,
        resources=resources)
    return client.execute(stderr=subprocess.DEVNULL)  # the kernel's own words at its start; a cell's come as outputs


def _cell(cell: Any, stem: str, pictures: dict[str, bytes]) -> str:
    if cell.cell_type == "markdown":
        return f"{cell.source}\n"
    shown = "".join(_output(one, stem, pictures) for one in cell.outputs)
    return f"```py\n{cell.source}\n```\n\n{shown}"


def _output(output: Any, stem: str, pictures: dict[str, bytes]) -> str:
    """Return one output as Markdown, the richest form it has; a picture goes into `pictures`."""
    data = output.get("data", {})
    if "image/png" in data:
        name = f"{stem}-{len(pictures) + 1}.png"
        pictures[f"notebooks/{name}"] = base64.b64decode(data["image/png"])
        return f"![]({name})\n\n"
    if "text/html" in data:
        bare = PLAIN.sub("", data["text/html"])
        return f'<div class="output" markdown="0">\n{bare}\n</div>\n\n'
    text = output.get("text") or data.get("text/plain", "")
    return f"```text\n{text.rstrip()}\n```\n\n" if text and output.get("name") != "stderr" else ""
