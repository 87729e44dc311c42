"""Time normalising, structure and sentences over a folder of texts, on one core.

    bench_segment.py [FOLDER] [--repeat N]        default: ../shared/corpus

Prints characters a second of processor time for each stage (best of N) and for all of them, OpenCC's own time apart.
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
    traditional = [document for document in texts if script.needs_conversion(document.text)]
    converting = timed(lambda document: script.convert(document.text), traditional, arguments.repeat)
    for name, stage in (
        ("normalise", normalise.find),
        ("structure", segment.find_structure),
        ("sentences", segment.find_sentences),
        ("metadata", segment.find_metadata),
    ):
        seconds = timed(stage, texts, arguments.repeat)
        texts = [replace(d, **{k: v for k, v in stage(d).items() if k != "notes"}) for d in texts]
        if name == "normalise":
            print(f"{'OpenCC alone':14} {converting:6.3f} s")
            seconds -= converting
        if name != "metadata":
            total += seconds
        print(f"{name:14} {seconds:6.3f} s  {size / seconds / 1e6:6.1f} M characters/s")
    print(f"{'first three':14} {total:6.3f} s  {size / total / 1e6:6.1f} M characters/s without OpenCC")
    print(f"{'':14} {total + converting:6.3f} s  {size / (total + converting) / 1e6:6.1f} M characters/s with it")


if __name__ == "__main__":
    main()
