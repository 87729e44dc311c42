"""Run the code blocks of Markdown pages as printed; a ```text block that follows one is its output.

    python scripts/docs/snippets.py README.md scripts/docs/pages/index.md    run; exit 1 where a block fails or differs
    python scripts/docs/snippets.py --write scripts/docs/pages/index.md      the same, and put what came out in the page

```sh, ```python, ```r and ```cypher are run. A page runs from top to bottom in a folder that looks like the top of the
checkout (its entries as links) but has an `out/` of its own, so that no page leans on another. The Python blocks of a
page share their names, like cells of a notebook, and so do its R blocks. Cypher blocks ask a graph database that has
read the `out/*.cypher` of the page. In a printed output a line `…` stands for any lines, and `…` within a line for
anything. A block whose language, or the comment `<!-- needs: NAME -->` above it, asks for a program or Python package
that is not here is skipped, and said to be.
"""

from __future__ import annotations

import argparse
import contextlib
import io
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import traceback
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import slurm

ROOT = Path(__file__).resolve().parents[2]
FENCE = re.compile(r"(?:^<!-- needs: (?P<needs>\w+) -->\n)?^```(?P<language>sh|python|r|cypher|text)(?P<head>[^\n`]*)\n"
                   r"(?P<body>.*?)^```$", re.DOTALL | re.MULTILINE)
NEEDS = {"sh": "bash", "python": "sys", "r": "Rscript", "cypher": "kglite"}
SLURM = "slurm"
"""What a block needs that submits jobs: it gets a cluster of one node, this machine."""
LIMIT = 300


@dataclass(frozen=True)
class Snippet:
    """A block of code: where it stands in its page, and the span of the output printed below it, if one is."""

    language: str
    code: str
    line: int
    needs: str
    output: tuple[int, int] | None = None


def snippets(page: str) -> list[Snippet]:
    """Return the runnable blocks of a page in order; a ```text block belongs to the block right above it."""
    found: list[Snippet] = []
    before = -1
    for match in FENCE.finditer(page):
        near = before >= 0 and not page[before:match.start()].strip()
        if match["language"] != "text":
            line, needs = page.count("\n", 0, match.start("body")) + 1, match["needs"] or NEEDS[match["language"]]
            found.append(Snippet(match["language"], match["body"], line, needs))
        elif near and found and found[-1].output is None:
            found.append(replace(found.pop(), output=match.span("body")))
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


def here(needs: str) -> bool:
    """Tell whether a program, a Python package or what starts a Slurm cluster is on this machine."""
    if needs == SLURM:
        return not slurm.lacking() and find_spec("dask_jobqueue") is not None
    return shutil.which(needs) is not None or find_spec(needs) is not None


def program(command: list[str], code: str | None = None) -> str:
    """Run a program, `code` its standard input, and return what it prints; raises RuntimeError where it fails."""
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    environment = {**os.environ, "PATH": path, "COLUMNS": "100"}
    done = subprocess.run(
        command, check=False, env=environment, input=code, capture_output=True, text=True, timeout=LIMIT)
    if done.returncode:
        raise RuntimeError(f"exit code {done.returncode}\n{done.stdout}{done.stderr}")
    return done.stdout


@dataclass
class Session:
    """Runs the blocks of one page, and keeps what they share: names of Python, lines of R, a graph database."""

    names: dict[str, Any] = field(default_factory=lambda: {"__name__": "__main__"})
    lines: str = ""
    graph: Any = None

    def run(self, snippet: Snippet, place: str) -> str:
        """Run a block and return what it prints; raises RuntimeError for one that fails."""
        if snippet.language == "sh":
            return program(["bash", "-euo", "pipefail", "-c", snippet.code])
        if snippet.language == "r":
            return self.r(snippet.code)
        if snippet.language == "cypher":
            return self.cypher(snippet.code)
        padded = "\n" * (snippet.line - 1) + snippet.code  # a traceback then names the page's own line
        out = io.StringIO()
        with slurm.started() if snippet.needs == SLURM else contextlib.nullcontext(), contextlib.redirect_stdout(out):
            exec(compile(padded, place, "exec"), self.names)
        return out.getvalue()

    def r(self, code: str) -> str:
        """Run R lines after those of the blocks above, which print nothing a second time."""
        before, self.lines = self.lines, self.lines + code
        return program(["R", "--vanilla", "--no-echo"], f"sink(nullfile())\n{before}\nsink()\n{code}")

    def cypher(self, code: str) -> str:
        """Ask the graph database; its answer is printed as cypher-shell prints it for programs."""
        if self.graph is None:
            import kglite

            self.graph = kglite.KnowledgeGraph()
            for script in sorted(Path("out").glob("*.cypher")):
                for statement in re.split(r"(?<=;)\n", script.read_text(encoding="utf-8")):
                    if statement.strip():
                        self.graph.cypher(statement.rstrip().rstrip(";"))
        rows = [dict(row) for row in self.graph.cypher(code.rstrip().rstrip(";"))]
        shown = [", ".join(json.dumps(value, ensure_ascii=False) for value in row.values()) for row in rows]
        return "\n".join([", ".join(rows[0]) if rows else "", *shown]) + "\n"


def run(page: Path, write: bool = False) -> tuple[list[str], list[str]]:
    """Run a page; return what is wrong with it, and what was skipped; `write` prints the outputs into it."""
    text, session = page.read_text(encoding="utf-8"), Session()
    wrong, skipped = list[str](), list[str]()
    edits: list[tuple[int, int, str]] = []
    for snippet in snippets(text):
        place = f"{page}:{snippet.line}"
        if not here(snippet.needs):
            skipped.append(f"{place}: not run, for {snippet.needs} is not here")
            continue
        try:
            printed = session.run(snippet, place)
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
    return wrong, skipped


def main() -> int:
    """Run the pages named on the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("pages", nargs="+", type=Path)
    parser.add_argument("--write", action="store_true", help="print what came out into the pages")
    chosen = parser.parse_args()
    os.environ.setdefault("MPLBACKEND", "agg")
    wrong, skipped = list[str](), list[str]()
    for page in [page.resolve() for page in chosen.pages]:
        with checkout():
            found = run(page, chosen.write)
        wrong += found[0]
        skipped += found[1]
    print("\n".join([*wrong, *skipped] or [f"{len(chosen.pages)} pages run as printed"]))
    return bool(wrong)


if __name__ == "__main__":
    sys.exit(main())
