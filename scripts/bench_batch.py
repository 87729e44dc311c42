"""Batch over many documents: rate on one and two workers as a ratio in one run, memory of workers and driver over time.

    python scripts/bench_batch.py [--documents 10000] [--workers 1,2] [--folder out/bench-batch] [--engine local]

The documents are the demo corpus with other figures and their items in another order, so that no two are alike; they
are made once in FOLDER. Memory is sampled five times a second: the peak of any worker and of the driver, and the
median of the workers in the first and in the last tenth of the run, which are equal when memory is flat.
"""

from __future__ import annotations

import argparse
import random
import re
import shutil
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import psutil

ROOT = Path(__file__).resolve().parents[1]
DEMO = ROOT / "corpora" / "societies-demo" / "raw"
_EVERY = 0.2
_FIGURE = re.compile(r"\d{2,3}")
_FIGURES = re.compile(r"((?<![\d.])\d{2,3}(?![\d.年月]))")


class Sample(NamedTuple):
    """Megabytes resident at one moment: of the largest worker, and of the driver."""

    worker: float
    driver: float


def make(folder: Path, count: int) -> Path:
    """Make the documents, once; the same on every machine."""
    source = folder / f"documents-{count}"
    if source.is_dir() and sum(1 for _ in source.iterdir()) == count:
        return source
    source.mkdir(parents=True, exist_ok=True)
    plans = [path.read_text(encoding="utf-8") for path in sorted(DEMO.glob("*.txt"))]
    for number in range(count):
        chance = random.Random(number)
        paragraphs = plans[number % len(plans)].split("\n\n")
        middle = paragraphs[2:]
        chance.shuffle(middle)
        text = "\n\n".join([*paragraphs[:2], *middle[:max(4, len(middle) * chance.randint(40, 100) // 100)]])
        parts = (str(chance.randint(10, 999)) if _FIGURE.fullmatch(part) else part for part in _FIGURES.split(text))
        text = "".join(parts)
        (source / f"plan-{number:06d}.txt").write_text(text, encoding="utf-8")
    return source


def run(source: Path, output: Path, workers: int, engine: str) -> tuple[float, list[Sample]]:
    """Run batch and return its seconds and the samples of its memory."""
    shutil.rmtree(output, ignore_errors=True)
    command = [sys.executable, "-m", "nlp_reform", "batch", str(source), "-o", str(output), "--workers", str(workers),
               "--engine", engine]
    start = time.monotonic()
    with subprocess.Popen(command, cwd=ROOT, stderr=subprocess.PIPE, text=True) as process:
        samples = list(_sampled(process))
        assert process.stderr is not None
        print(process.stderr.read().strip(), flush=True)
    if process.returncode:
        sys.exit(f"batch ended with {process.returncode}")
    return time.monotonic() - start, samples


def _sampled(process: subprocess.Popen[str]) -> Iterator[Sample]:
    driver = psutil.Process(process.pid)
    while process.poll() is None:
        try:
            sizes = [one.memory_info().rss / 1e6 for one in driver.children(recursive=True)]
            yield Sample(max(sizes, default=0.0), driver.memory_info().rss / 1e6)
        except psutil.Error:
            pass
        time.sleep(_EVERY)


def main() -> None:
    """Print a row for each number of workers."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--documents", type=int, default=10_000)
    parser.add_argument("--workers", default="1,2")
    parser.add_argument("--engine", default="local")
    parser.add_argument("--folder", type=Path, default=ROOT / "out" / "bench-batch")
    arguments = parser.parse_args()
    source = make(arguments.folder, arguments.documents)
    characters = sum(len(path.read_text(encoding="utf-8")) for path in source.iterdir())
    print(f"{arguments.documents} documents, {characters:,} characters")
    first = 0.0
    for workers in map(int, arguments.workers.split(",")):
        seconds, samples = run(source, arguments.folder / f"out-{workers}", workers, arguments.engine)
        first = first or seconds
        working = [sample.worker for sample in samples if sample.worker > 40]
        tenth = max(len(working) // 10, 1)
        print(f"{workers} workers: {seconds:.1f} s, {arguments.documents / seconds:.1f} documents/s, "
              f"{characters / seconds:,.0f} characters/s, {first / seconds:.2f} times the first; "
              f"worker at most {max(working):.0f} MB (first tenth {statistics.median(working[:tenth]):.0f}, "
              f"last tenth {statistics.median(working[-tenth:]):.0f}), driver at most "
              f"{max(sample.driver for sample in samples):.0f} MB", flush=True)


if __name__ == "__main__":
    main()
