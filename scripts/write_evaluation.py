"""Write EVALUATION.md: every figure with its support and the command that gives it.

python scripts/write_evaluation.py              the tuning gold; the held-back figures stay as they were printed
python scripts/write_evaluation.py --release    the held-back gold too: for a release only
"""

from __future__ import annotations

import argparse
import re
from collections.abc import Sequence
from pathlib import Path

from nlp_reform import api
from nlp_reform.evaluate.board import Board
from nlp_reform.evaluate.measures import Row
from nlp_reform.evaluate.present import files_in

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "EVALUATION.md"
GOLD = ROOT / "tests" / "gold"
WEAK = 0.85
HEAD = "| task | measure | P | R | F1 | 95 % interval | gold | found |\n|---|---|---:|---:|---:|---|---:|---:|\n"


def figure(value: float | None) -> str:
    """Return a figure with three decimals."""
    return "–" if value is None else f"{value:.3f}"


def table(rows: Sequence[Row]) -> str:
    """Return rows as a Markdown table."""
    lines = []
    for row in rows:
        interval = "" if row.low is None or row.high is None else f"{row.low:.3f}–{row.high:.3f}"
        figures = " | ".join(map(figure, (row.precision, row.recall, row.f1)))
        lines.append(f"| {row.task} | {row.measure} | {figures} | {interval} | {row.support} | {row.found} |")
    return HEAD + "\n".join(lines) + "\n"


def by_genre(board: Board) -> str:
    """Return F1 of the main measures for every genre."""
    wanted = [("statements", "macro"), ("quantities", "value"), ("quantities", "role"), ("targets", "value"),
              ("targets", "indicator lenient"), ("cues", "modality"), ("cues", "bearer where gold"), ("units", "role")]
    rows = {(row.group, row.task, row.measure): row for row in board.rows("genre")}
    genres = sorted({group for group, _, _ in rows})
    lines = ["| genre | " + " | ".join(f"{task} {measure}" for task, measure in wanted) + " |",
             "|---|" + "---:|" * len(wanted)]
    for genre in genres:
        cells = []
        for task, measure in wanted:
            row = rows.get((genre, task, measure))
            cells.append(f"{figure(row.f1)} ({row.support})" if row else "")
        lines.append(f"| {genre} | " + " | ".join(cells) + " |")
    return "\n".join(lines) + "\n"


def weak(board: Board) -> str:
    """Name the measures and classes under `WEAK` with at least ten gold items."""
    rows = [*board.rows(), *board.rows("class")]
    found = [f"- {row.task}, {row.measure}: F1 {figure(row.f1)} over {row.support}"
             for row in rows if row.f1 is not None and row.f1 < WEAK and row.support >= 10]
    return "\n".join(found) + "\n" if found else f"None under {WEAK} with ten gold items or more.\n"


def held_back(release: bool) -> str:
    """Return the held-back section: scored now, or as the page has it."""
    if release:
        whole = _both_tables(api.evaluate([*files_in(GOLD / "release"), *files_in(GOLD / "release-2")])[0])
        passages = _both_tables(api.evaluate(files_in(GOLD / "release-3"))[0])
        return f"{whole}\n### Passages of documents that have tuning gold elsewhere\n\n{PASSAGES}\n\n{passages}"
    old = PAGE.read_text(encoding="utf-8") if PAGE.exists() else ""
    kept = re.search(r"<!-- release -->\n(.*?)<!-- /release -->", old, re.DOTALL)
    return kept.group(1) if kept else "Not scored yet.\n"


PASSAGES = """`tests/gold/release-3`: 25 passages (1,100 to 1,300 characters) of twelve documents that have other
passages in the tuning gold, chosen by how many numbers or cues they hold, marked by six annotators who knew the scheme
and `../shared/gold` only. Printed before and after the rules of one session; errors never listed."""
"""Said above the third set."""


def _both_tables(board: Board) -> str:
    return table(board.rows()) + "\nF1 by genre (gold items):\n\n" + by_genre(board)


def main() -> None:
    """Score and write the page."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--release", action="store_true")
    release = parser.parse_args().release
    board = api.evaluate()[0]
    shared = sum(1 for name in board.gold if board.gold[name].genre != "demo")
    template = (ROOT / "scripts" / "evaluation.template.md").read_text(encoding="utf-8")
    page = template.format(
        documents=len(board.gold), outside=shared, demo=len(board.gold) - shared, tuning=table(board.rows()),
        genres=by_genre(board), weak=weak(board), release=held_back(release),
        agreement=api.agreement([GOLD / "dev", GOLD / "second-pass"]),
    )
    PAGE.write_text(page, encoding="utf-8")
    print(f"wrote {PAGE.name}")


if __name__ == "__main__":
    main()
