"""Score comparisons against the alignment gold: demo corpus (constructed) and outside pairs (real, places only).

python scripts/score_alignment.py                      # demo and the outside pairs used for fitting
python scripts/score_alignment.py --errors             # with the rows that went wrong
python scripts/score_alignment.py --save FILE          # keep the run; --against FILE names rows gained and lost
python scripts/score_alignment.py --held-back          # the pair that neither weights nor thresholds have seen
python scripts/score_alignment.py --check              # two pairs marked blind, never fitted on
python scripts/score_alignment.py --aside              # four pairs kept aside: totals only, for one look at the end
"""

from __future__ import annotations

import argparse
import csv
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from nlp_reform import api
from nlp_reform.align import Comparison, Item
from nlp_reform.evaluate.alignment import Link, Row, judge, load_pair
from nlp_reform.evaluate.board import Board
from nlp_reform.evaluate.verdicts import Verdict
from nlp_reform.model import Document
from nlp_reform.spans import Span

ROOT = Path(__file__).resolve().parents[1]
GOLD = ROOT / "tests" / "gold" / "alignment"
CORPUS = ROOT.parent / "shared" / "corpus"
DEMO = ROOT / "corpora" / "societies-demo"
ASIDE = GOLD / "aside"
CHECK = GOLD / "check"
HELD_BACK = "hailar-gwr-2013--hailar-gwr-2014"


def outside(path: Path) -> Iterator[Verdict]:
    """Judge one pair of real documents."""
    gold = load_pair(path, CORPUS)
    done = api.compare(gold.before, gold.after)
    held = ((row, _holding(done, *row.source)) for row in gold.rows)
    yield from judge(gold.name, "outside", ((row, _link(item.after, item) if item else None) for row, item in held))


def _holding(done: Comparison, start: int, end: int) -> Item | None:
    best, found = 0, None
    for item in done.items:
        shared = max((min(p.end, end) - max(p.start, start) for p in item.before), default=0)
        if shared > best:
            best, found = shared, item
    return found


def _link(places: tuple[Any, ...], item: Item) -> Link:
    return Link(tuple(Span(p.start, p.end) for p in places), item.relation)


def demo(documents: dict[int, Document], compared: dict[int, Comparison]) -> Iterator[Verdict]:
    """Judge the demo corpus, whose gold names directives by their labels."""
    for written in _rows("alignment.csv"):
        year = int(written["before"][:4]) if written["before"] else int(written["after"][:4]) - 1
        before, after = written["before"][5:], written["after"][5:]
        row = _placed(documents[year], documents[year + 1], before, after, written["relation"])
        items = [i for i in compared[year].items if _named(i.before if before else i.after, before or after)]
        both = [i for i in items if _named(i.before, before) and _named(i.after, after)]
        item = next(iter(both or items), None)
        yield from judge(f"demo {year}-{year + 1}", "demo", [
            (row, _link(item.after if before else item.before, item) if item else None)])


def _placed(one: Document, other: Document, before: str, after: str, relation: str) -> Row:
    """Turn labels into places: the whole directives."""
    source = _directive(one, before) if before else _directive(other, after)
    text = (one if before else other).text[source.start:source.end]
    return Row(source, text, (_directive(other, after),) if before and after else (), relation, added=not before)


def _directive(document: Document, label: str) -> Span:
    return next(Span(d.start, d.end) for d in document.directives if d.label.strip() == label)


def outcomes(documents: dict[int, Document], compared: dict[int, Comparison]) -> str:
    """Return how many of the demo corpus's outcomes are found."""
    rows = _rows("outcomes.csv")
    right = 0
    for row in rows:
        one, other = int(row["target_year"]), int(row["achieved_year"])
        done = compared[one] if other == one + 1 else api.compare(documents[one], documents[other])
        right += any(_answers(result, row, documents[other]) for result in done.outcomes)
    return f"demo outcomes {right}/{len(rows)} = {right / len(rows):.3f}\n"


def outside_outcomes(path: Path) -> str:
    """Return how many marked outcomes of real reports are found and judged right, and how many more are said."""
    marked = found = right = said = 0
    for pair in json.loads(path.read_text(encoding="utf-8"))["pairs"]:
        done = api.compare(CORPUS / pair["before"]["file"], CORPUS / pair["after"]["file"])
        said += len(done.outcomes)
        for row in pair["rows"]:
            marked += 1
            hit = next((r for r in done.outcomes
                        if _meets(r.target, row["target"]) and _meets(r.achieved, row["achieved"])), None)
            found += hit is not None
            right += hit is not None and hit.verdict == row["verdict"]
    return (f"{path.stem}: found {found}/{marked} = {found / marked:.3f}, verdict right {right}/{found}, "
            f"{said - found} more said\n")


def _meets(figure: Any, span: list[int]) -> bool:
    return bool(figure.start < span[1] and span[0] < figure.end)


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


def main() -> None:
    """Print the figures of every pair."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--held-back", action="store_true")
    parser.add_argument("--aside", action="store_true")
    parser.add_argument("--check", action="store_true")
    parser.add_argument("--errors", action="store_true")
    parser.add_argument("--save", type=Path)
    parser.add_argument("--against", type=Path)
    args = parser.parse_args()
    if args.aside or args.check:
        folder = ASIDE if args.aside else CHECK
        board = Board(tuple(v for path in sorted(folder.glob("*--*.json")) for v in outside(path)))
        tail = outside_outcomes(CHECK / "outcomes.json") if args.check else ""
    elif args.held_back:
        board, tail = Board(tuple(outside(GOLD / f"{HELD_BACK}.json"))), ""
    else:
        documents = {year: api.extract(DEMO / "raw" / f"{year}.txt") for year in range(2017, 2022)}
        compared = {year: api.compare(documents[year], documents[year + 1]) for year in range(2017, 2021)}
        verdicts = [*demo(documents, compared)]
        for path in sorted(GOLD.glob("*--*.json")) if CORPUS.is_dir() else ():
            if path.stem != HELD_BACK:
                verdicts += outside(path)
        board, tail = Board(tuple(verdicts)), outcomes(documents, compared)
        tail += outside_outcomes(GOLD / "outcomes.json") if CORPUS.is_dir() else ""
    errors = ("alignment",) if args.errors and not (args.held_back or args.aside) else ()
    print(api.report_evaluation(board, ("genre", "document", "class"), errors, args.save, args.against), end="")
    print(tail, end="")


if __name__ == "__main__":
    main()
