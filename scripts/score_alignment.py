"""Score comparisons against the alignment gold: demo corpus (constructed) and outside pairs (real, places only).

python scripts/score_alignment.py                # demo and the outside pairs used for fitting
python scripts/score_alignment.py --held-back    # the pair that neither weights nor thresholds have seen
"""

from __future__ import annotations

import csv
import json
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from nlp_reform import api
from nlp_reform.align import Comparison, Item
from nlp_reform.model import Document

ROOT = Path(__file__).resolve().parents[1]
GOLD = ROOT / "tests" / "gold" / "alignment"
CORPUS = ROOT.parent / "shared" / "corpus"
DEMO = ROOT / "corpora" / "societies-demo"
HELD_BACK = "hailar-gwr-2013--hailar-gwr-2014"


def outside(path: Path) -> Counter[str]:
    """Return the tally of one pair of real documents."""
    gold = json.loads(path.read_text(encoding="utf-8"))
    done = api.compare(CORPUS / gold["before"]["file"], CORPUS / gold["after"]["file"])
    tally: Counter[str] = Counter()
    for row in gold["rows"]:
        item = _holding(done, *row["before"])
        got = [(p.start, p.end) for p in item.after] if item else []
        met = any(a < d and c < b for a, b in row["after"] for c, d in got)
        tally["rows"] += 1
        tally["right"] += met if row["after"] else not got
        if not row["after"]:
            tally["dropped"] += 1
            tally["dropped right"] += not got
        if met and item and row["relation"]:
            tally["linked"] += 1
            tally["relation right"] += item.relation == row["relation"]
    return tally


def _holding(done: Comparison, start: int, end: int) -> Item | None:
    best, found = 0, None
    for item in done.items:
        shared = max((min(p.end, end) - max(p.start, start) for p in item.before), default=0)
        if shared > best:
            best, found = shared, item
    return found


def demo() -> Iterator[tuple[str, Counter[str]]]:
    """Yield the tally of the demo corpus's alignment and of its outcomes."""
    documents = {year: api.extract(DEMO / "raw" / f"{year}.txt") for year in range(2017, 2022)}
    done: dict[tuple[int, int], Comparison] = {}

    def compared(one: int, other: int) -> Comparison:
        if (one, other) not in done:
            done[one, other] = api.compare(documents[one], documents[other])
        return done[one, other]

    tally: Counter[str] = Counter()
    for row in _rows("alignment.csv"):
        year = int(row["before"][:4]) if row["before"] else int(row["after"][:4]) - 1
        before, after = row["before"][5:], row["after"][5:]
        items = [i for i in compared(year, year + 1).items if _named(i.before, before) and _named(i.after, after)]
        tally["rows"] += 1
        tally["right"] += bool(items)
        tally["dropped"] += not after
        tally["dropped right"] += bool(items) and not after
        if items and before and after:
            tally["linked"] += 1
            tally["relation right"] += items[0].relation == row["relation"]
    yield "demo alignment", tally
    tally = Counter()
    for row in _rows("outcomes.csv"):
        one, other = int(row["target_year"]), int(row["achieved_year"])
        tally["rows"] += 1
        tally["right"] += any(_answers(result, row, documents[other]) for result in compared(one, other).outcomes)
    yield "demo outcomes", tally


def _rows(name: str) -> list[dict[str, str]]:
    with (DEMO / "gold" / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _named(places: tuple[Any, ...], label: str) -> bool:
    return any(p.label == label for p in places) if label else not places


def _answers(result: Any, row: dict[str, str], later: Document) -> bool:
    from nlp_reform.normalise.script import simplify

    printed = later.text[result.achieved.start:result.achieved.end]
    return bool(simplify(printed)[0] == simplify(row["achieved"])[0]
                and result.target.text == "".join(simplify(row["target"])[0].split()))


def show(name: str, tally: Counter[str]) -> None:
    """Print one line of figures."""
    parts = [f"counterpart {tally['right']}/{tally['rows']} = {tally['right'] / max(1, tally['rows']):.3f}"]
    for right, whole in (("dropped right", "dropped"), ("relation right", "linked")):
        if tally[whole]:
            parts.append(f"{right} {tally[right]}/{tally[whole]} = {tally[right] / tally[whole]:.3f}")
    print(f"{name:46} {'   '.join(parts)}")


def main() -> None:
    """Print the figures of every pair."""
    if "--held-back" in sys.argv:
        show(HELD_BACK, outside(GOLD / f"{HELD_BACK}.json"))
        return
    for name, tally in demo():
        show(name, tally)
    whole: Counter[str] = Counter()
    for path in sorted(GOLD.glob("*--*.json")):
        if path.stem != HELD_BACK:
            whole += (tally := outside(path))
            show(path.stem, tally)
    show("outside, all", whole)


if __name__ == "__main__":
    main()
