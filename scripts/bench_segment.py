"""Time normalising, structure and sentences over a folder of texts, on one core.

    bench_segment.py [FOLDER] [--repeat N]        default: ../shared/corpus

Prints for each stage and for all of them the processor time (best of N), characters a second, and the ratio to a
million additions in plain Python, taken between the stages: on a loaded machine the ratio says more than the seconds.
OpenCC's own time is apart.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from nlp_reform import normalise, segment
from nlp_reform.model import Document, Source
from nlp_reform.normalise import script

DEFAULT = Path(__file__).resolve().parents[2] / "shared" / "corpus"


def documents(folder: Path) -> list[Document]:
    """Return the folder's texts as documents, in order of their names."""
    found = []
    for path in sorted(folder.glob("*.txt")):
        text = path.read_bytes().decode("utf-8")
        found.append(Document(path.stem, text, Source(path.name, "text/plain", "utf-8", "")))
    return found


def timed(stage: Callable[[Document], object], texts: list[Document], repeat: int) -> float:
    """Return the best processor time of a stage over all texts, in seconds."""
    best = float("inf")
    for _ in range(repeat):
        begin = time.process_time()
        for document in texts:
            stage(document)
        best = min(best, time.process_time() - begin)
    return best


def million(repeat: int) -> float:
    """Return the best processor time of a million additions, in seconds."""
    best = float("inf")
    for _ in range(repeat):
        begin, total = time.process_time(), 0
        for number in range(1_000_000):
            total += number
        best = min(best, time.process_time() - begin)
    return best


def line(name: str, seconds: float, size: int, additions: float) -> str:
    """Return one line of the table."""
    speed = size / seconds / 1e6
    return f"{name:14} {seconds:6.3f} s  {speed:6.1f} M characters/s  {seconds / additions:5.1f} x 1M additions"


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", nargs="?", type=Path, default=DEFAULT)
    parser.add_argument("--repeat", type=int, default=5)
    arguments = parser.parse_args()
    texts = documents(arguments.folder)
    size = sum(len(document.text) for document in texts)
    print(f"{len(texts)} texts, {size:,} characters")
    total = 0.0
    additions = million(arguments.repeat)
    traditional = [document for document in texts if script.needs_conversion(document.text)]
    converting = timed(lambda document: script.convert(document.text), traditional, arguments.repeat)
    for name, stage in (
        ("normalise", normalise.find),
        ("structure", segment.find_structure),
        ("sentences", segment.find_sentences),
        ("metadata", segment.find_metadata),
    ):
        seconds = timed(stage, texts, arguments.repeat)
        additions = min(additions, million(arguments.repeat))
        texts = [replace(d, **{k: v for k, v in stage(d).items() if k != "notes"}) for d in texts]
        if name == "normalise":
            print(f"{'OpenCC alone':14} {converting:6.3f} s")
            seconds -= converting
        if name != "metadata":
            total += seconds
        print(line(name, seconds, size, additions))
    print(line("first three", total, size, additions), "without OpenCC")
    print(line("", total + converting, size, additions), "with it")
    print(f"a million additions took {additions:.3f} s")


if __name__ == "__main__":
    main()
