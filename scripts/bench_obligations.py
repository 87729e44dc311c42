"""Time statements, obligations, assignments and references, and feed them what breaks naive scanners.

    bench_obligations.py [FOLDER] [--rounds N]

Prints characters a second a stage over all `*.txt` of FOLDER (default `../shared/corpus`), on one core, and the
seconds each bad input took.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from time import perf_counter
from typing import Any

from nlp_reform import normalise, segment
from nlp_reform.extract.assignments import find_assignments
from nlp_reform.extract.obligations import find_obligations
from nlp_reform.extract.references import find_references
from nlp_reform.extract.statements import find_statements
from nlp_reform.model import Block, Document, Sentence, Source
from nlp_reform.spans import View

ROOT = Path(__file__).resolve().parents[1]
Find = Callable[[Document], Mapping[str, Any]]
BEFORE: tuple[Find, ...] = (normalise.find, segment.find_structure, segment.find_sentences)
TIMED: tuple[Find, ...] = (find_statements, find_obligations, find_assignments, find_references)
BAD = {
    "one sentence of 1 MB": "各单位应当加强管理，" * 110_000,
    "10,000 nested brackets": "（" * 10_000 + "教育部负责" + "）" * 10_000,
    "10,000 open brackets": "（教育部牵头" * 10_000,
    "应 a million times": "应" * 1_000_000,
    "应当 a million times": "应当" * 1_000_000,
    "要，a million times": "要，" * 1_000_000,
    "根据 a million times": "根据" * 500_000 + "负责",
    "units without end": "教育部、" * 250_000 + "负责",
    "后 a million times": "前后" * 500_000,
    "marks only": "，；：" * 300_000,
    "titles never closed": "《" * 300_000,
    "的 a million times": "支持" + "的" * 1_000_000,
}


def run(document: Document, finders: tuple[Find, ...]) -> tuple[Document, list[float]]:
    """Fold finders over a document; return it with the seconds of each."""
    times = []
    for find in finders:
        start = perf_counter()
        found = {key: value for key, value in find(document).items() if key != "notes"}
        times.append(perf_counter() - start)
        document = replace(document, **found)
    return document, times


def source(text: str) -> Document:
    """Return a document of a text that no stage has seen."""
    return Document(id="d", text=text, source=Source("", "text/plain", "utf-8", ""))


def flat(text: str) -> Document:
    """Return a text as one block and one sentence, whatever the structure room makes of it."""
    from nlp_reform.normalise.script import simplify

    view = View(text, simplify(text)[0])
    end = len(view.text)
    return replace(source(text), view=view, blocks=(Block(0, end, 0, "prose", None, None),),
                   sentences=(Sentence(0, end, 0, 0, None, None, False),))


def main() -> None:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", nargs="?", type=Path, default=ROOT.parent / "shared" / "corpus")
    parser.add_argument("--rounds", type=int, default=3)
    args = parser.parse_args()
    texts = [path.read_bytes().decode("utf-8", "replace") for path in sorted(args.folder.glob("*.txt"))]
    documents = [run(source(text), BEFORE)[0] for text in texts]
    total = sum(map(len, texts))
    run(documents[0], TIMED)
    best = [float("inf")] * len(TIMED)
    for _ in range(args.rounds):
        rows = [run(document, TIMED)[1] for document in documents]
        best = [min(old, sum(column)) for old, column in zip(best, zip(*rows, strict=True), strict=True)]
    print(f"{len(texts)} texts, {total:,} characters, best of {args.rounds}")
    for find, seconds in zip(TIMED, best, strict=True):
        print(f"{getattr(find, '__name__', ''):20s} {total / seconds / 1e6:6.2f} M chars/s")
    print(f"{'statements + cues':20s} {total / (best[0] + best[1]) / 1e6:6.2f} M chars/s")
    for name, text in BAD.items():
        print(f"{name:24s} {sum(run(flat(text), TIMED)[1]):6.2f} s")


if __name__ == "__main__":
    main()
