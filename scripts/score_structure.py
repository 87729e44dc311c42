"""Score structure over whole documents: items, nesting, directives and false items in tempting places.

    python scripts/score_structure.py [FOLDER…] [--errors]

FOLDERs hold gold with `structure`; none means tests/gold/structure/dev. A directive counts as found where an item
begins at the same place and is a directive on both sides; a false item in a tempting place is one the gold marks as
none. Only totals are printed unless --errors asks for single documents.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from nlp_reform import extract
from nlp_reform.evaluate.entries import GoldDocument
from nlp_reform.evaluate.gold import load_all
from nlp_reform.evaluate.tasks import structure

TUNING = Path(__file__).resolve().parents[1] / "tests" / "gold" / "structure" / "dev"


def count(gold: GoldDocument) -> Counter[str]:
    """Count what is right and wrong of one marked document."""
    found: Counter[str] = Counter(tempting=len(gold.not_items))
    for verdict in structure(gold, extract(str(gold.source))):
        wanted, given = verdict.gold, verdict.found
        if verdict.outcome != "missed":
            found["found"] += 1
            found["directives found"] += given == "directive"
        if verdict.outcome == "false":
            found["false in tempting places"] += wanted == "not an item"
            continue
        found["gold"] += 1
        found["directives"] += wanted == "directive"
        if verdict.outcome == "hit":
            found["hit"] += 1
            found["directives hit"] += wanted == given == "directive"
            for slot in verdict.slots:
                if slot.name == "nesting":
                    found["nested"] += 1
                    found["nested right"] += slot.exact
    return found


def f1(hit: int, gold: int, found: int) -> float:
    """Return the F1 of `hit` things among `gold` marked and `found` ones."""
    return 2 * hit / (gold + found) if gold + found else 1.0


def line(name: str, n: Counter[str]) -> str:
    """Return one line of figures."""
    nesting = n["nested right"] / n["nested"] if n["nested"] else 1.0
    return (f"{name:38} items {n['gold']:4}  F1 {f1(n['hit'], n['gold'], n['found']):.3f}  nesting {nesting:.3f}  "
            f"directive F1 {f1(n['directives hit'], n['directives'], n['directives found']):.3f}  "
            f"false {n['false in tempting places']}/{n['tempting']}")


def main(arguments: Iterable[str] | None = None) -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", nargs="*", type=Path, default=[TUNING], metavar="FOLDER")
    parser.add_argument("--errors", action="store_true", help="a line for each document")
    options = parser.parse_args(None if arguments is None else list(arguments))
    total: Counter[str] = Counter()
    for gold in load_all(options.folders):
        if gold.scope is None:
            continue
        one = count(gold)
        if options.errors:
            print(line(gold.name, one))
        total += one
    print(line("all", total))


if __name__ == "__main__":
    main()
