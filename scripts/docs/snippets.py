"""Run the ```python and ```sh blocks of Markdown pages as printed; a ```text block that follows is their output.

    python scripts/docs/snippets.py README.md scripts/docs/pages/index.md    run; exit 1 where a block fails or differs
    python scripts/docs/snippets.py --write scripts/docs/pages/index.md      the same, and put what came out in the page

A page runs from top to bottom in a folder that looks like the top of the checkout (its entries as links) but has an
`out/` of its own, so that no page leans on another. The Python blocks of a page share their names, like cells of a
notebook. In a printed output a line `…` stands for any lines, and `…` within a line for anything. Blocks in other
languages are not run.
"""

from __future__ import annotations

import argparse
import contextlib
import io
import os
import re
import subprocess
import sys
import tempfile
import traceback
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
FENCE = re.compile(r"^```(?P<language>sh|python|text)(?P<head>[^\n`]*)\n(?P<body>.*?)^```$", re.DOTALL | re.MULTILINE)
LIMIT = 300


@dataclass(frozen=True)
class Snippet:
    """A block of code: where it stands in its page, and the span of the output printed below it, if one is."""

    language: str
    code: str
    line: int
    output: tuple[int, int] | None


def snippets(page: str) -> list[Snippet]:
    """Return the runnable blocks of a page in order; a ```text block belongs to the block right above it."""
    found: list[Snippet] = []
    before = -1
    for match in FENCE.finditer(page):
        near = before >= 0 and not page[before:match.start()].strip()
        if match["language"] != "text":
            found.append(Snippet(match["language"], match["body"], page.count("\n", 0, match.start()) + 2, None))
        elif near and found and found[-1].output is None:
            last = found.pop()
            found.append(Snippet(last.language, last.code, last.line, match.span("body")))
        before = match.end()
    return found


def agrees(printed: str, wanted: str) -> bool:
    """Tell whether an output is the one a page shows; trailing blanks do not count, `…` stands for anything."""
    lines = [re.escape(line.rstrip()).replace("…", ".*") for line in wanted.rstrip().split("\n")]
    pattern = "\n".join("(?:.*\n)*.*" if line == ".*" else line for line in lines)
    return re.fullmatch(pattern, "\n".join(line.rstrip() for line in printed.rstrip().split("\n"))) is not None


@contextlib.contextmanager
def checkout() -> Iterator[Path]:
    """Make a folder that looks like the checkout and has nothing in `out/`; go there, and come back."""
    here = Path.cwd()
    with tempfile.TemporaryDirectory(prefix="snippets-") as name:
        for entry in ROOT.iterdir():
            if entry.name not in {"out", ".git"}:
                (Path(name) / entry.name).symlink_to(entry)
        os.chdir(name)
        try:
            yield Path(name)
        finally:
            os.chdir(here)


def run_shell(code: str) -> str:
    """Run shell lines, stopping at the first that fails, and return what they print; raises RuntimeError."""
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    environment = {**os.environ, "PATH": path, "COLUMNS": "100"}
    command = ["bash", "-euo", "pipefail", "-c", code]
    done = subprocess.run(command, check=False, env=environment, capture_output=True, text=True, timeout=LIMIT)
    if done.returncode:
        raise RuntimeError(f"exit code {done.returncode}\n{done.stdout}{done.stderr}")
    return done.stdout


def run_python(code: str, names: dict[str, Any], place: str) -> str:
    """Run Python lines in the names of their page and return what they print."""
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        exec(compile(code, place, "exec"), names)
    return out.getvalue()


def run(page: Path, write: bool = False) -> list[str]:
    """Run a page and return what is wrong with it; `write` prints the outputs into it instead of comparing."""
    text, wrong = page.read_text(encoding="utf-8"), list[str]()
    names: dict[str, Any] = {"__name__": "__main__"}
    edits: list[tuple[int, int, str]] = []
    for snippet in snippets(text):
        place = f"{page}:{snippet.line}"
        try:
            shell = snippet.language == "sh"
            padded = "\n" * (snippet.line - 1) + snippet.code  # a traceback then names the page's own line
            printed = run_shell(snippet.code) if shell else run_python(padded, names, place)
        except Exception as error:
            told = str(error) if isinstance(error, RuntimeError | subprocess.TimeoutExpired) else traceback.format_exc()
            wrong.append(f"{place}: {told}")
            continue
        if snippet.output is not None and not agrees(printed, text[slice(*snippet.output)]):
            edits.append((*snippet.output, printed.rstrip() + "\n"))
            if not write:
                wrong.append(f"{place}: printed\n{printed}\nbut the page shows\n{text[slice(*snippet.output)]}")
    if write and edits:
        for start, end, printed in reversed(edits):
            text = text[:start] + printed + text[end:]
        page.write_text(text, encoding="utf-8")
    return wrong


def main() -> int:
    """Run the pages named on the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("pages", nargs="+", type=Path)
    parser.add_argument("--write", action="store_true", help="print what came out into the pages")
    chosen = parser.parse_args()
    os.environ.setdefault("MPLBACKEND", "agg")
    wrong = []
    for page in [page.resolve() for page in chosen.pages]:
        with checkout():
            wrong += run(page, chosen.write)
    print("\n".join(wrong) or f"{len(chosen.pages)} pages run as printed")
    return bool(wrong)


if __name__ == "__main__":
    sys.exit(main())
