"""Adversarial repeats: every marker, digit, bracket, cue and lexicon term over and over; what is slower than linear?

    python scripts/bench_repeats.py [--pairs 500] [--size 3300] [--every 1]

Each term of the lexicons, each hostile piece of `tests/invariants.py`, and random pairs of them are repeated to a text
of SIZE characters (10 kB), with nothing and with a line end between. Those that take more than a quarter of a second
of processor time are repeated to four times that size: the exponent is log(time ratio)/log(4), 1 when linear, 2 when
quadratic. Prints the worst, and ends with 1 if any text took more than a second for each 10 kB.
"""

from __future__ import annotations

import argparse
import math
import random
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]
_SLOW = 0.25
_SHOWN = 25


def terms() -> list[str]:
    """Return every string of the lexicons that can stand in a text, and the hostile pieces."""
    from invariants import HOSTILE

    from nlp_reform import resources

    found = set(HOSTILE)
    for folder in resources.places("lexicons"):
        for path in sorted(folder.glob("*.toml")) if folder.is_dir() else ():
            found |= set(_strings(resources.load_toml(path)))
    return sorted(term for term in found if 0 < len(term) <= 40)


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield key
            yield from _strings(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _strings(inner)


def seconds(piece: str, size: int) -> float:
    """Return the processor time of the whole pipeline over a piece repeated to a size."""
    from invariants import pipeline

    from nlp_reform.errors import ReformError
    from nlp_reform.read import from_text

    text = (piece * (size // len(piece) + 1))[:size]
    start = time.process_time()
    try:
        pipeline()(from_text(text))
    except ReformError:
        return 0.0
    return time.process_time() - start


def main() -> None:
    """Print the worst repeats."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--pairs", type=int, default=500)
    parser.add_argument("--size", type=int, default=3300)
    parser.add_argument("--every", type=int, default=1, help="take each n-th term only")
    arguments = parser.parse_args()
    seconds("1.加强建设。", 100)
    chance, known = random.Random(1), terms()
    pieces = known[::arguments.every] + ["".join(chance.sample(known, 2)) for _ in range(arguments.pairs)]
    pieces += [f"{piece}\n" for piece in pieces]
    slow = []
    for piece in pieces:
        spent = seconds(piece, arguments.size)
        if spent > _SLOW:
            four = seconds(piece, 4 * arguments.size)
            slow.append((math.log(four / spent, 4), spent, four, piece))
    slow.sort(reverse=True)
    print(f"{len(pieces)} repeats of {arguments.size} characters; {len(slow)} took more than {_SLOW} s")
    print("exponent  s at 10 kB  s at 40 kB  repeated")
    for exponent, spent, four, piece in slow[:_SHOWN]:
        print(f"{exponent:8.2f}  {spent:10.2f}  {four:10.2f}  {piece!r}")
    allowed = arguments.size / 3300
    sys.exit(int(any(spent > allowed or four > 4 * allowed for _, spent, four, _ in slow)))


if __name__ == "__main__":
    main()
