"""Where the time of a cold start goes: imports, compiled patterns, lexicons, and the stages of one document.

    python scripts/profile_start.py [FILE]        default: the founding document, else the demo corpus of 2018

Processor time of one run in a process that has loaded nothing yet. What is compiled while a module is imported or a
stage runs is counted under patterns only.
"""

from __future__ import annotations

import re._compiler as compiler  # type: ignore[import-not-found]
import sys
import time
import tomllib
from collections import Counter, defaultdict
from collections.abc import Callable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
SEEDS = sorted((ROOT.parent / "shared" / "seeds").glob("*.txt"))
DEMO = ROOT / "corpora" / "societies-demo" / "raw" / "2018.txt"


class Watch:
    """Counts the calls of functions and their time, without the time of other watched functions they call."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self.seconds: defaultdict[str, float] = defaultdict(float)
        self.calls: Counter[str] = Counter()
        self._inside = 0.0

    def watched(self, name: str, work: Callable[..., Any]) -> Callable[..., Any]:
        """Return a function that does the same and is counted under a name."""

        def call(*given: Any, **named: Any) -> Any:
            outside, self._inside = self._inside, 0.0
            begin = time.process_time()
            try:
                return work(*given, **named)
            finally:
                whole = time.process_time() - begin
                self.seconds[name] += whole - self._inside
                self.calls[name] += 1
                self._inside = outside + whole

        return call


def compiled_by(watch: Watch) -> Callable[..., Any]:
    """Return the compiler of patterns, counted under the file that asks for each."""
    compile_pattern = compiler.compile

    def call(pattern: Any, flags: int = 0) -> Any:
        frame = sys._getframe(1)
        while frame.f_back and ("/re/" in frame.f_code.co_filename or frame.f_code.co_filename == __file__):
            frame = frame.f_back
        name = "patterns of " + "/".join(Path(frame.f_code.co_filename).parts[-2:])
        return watch.watched(name, compile_pattern)(pattern, flags)

    return call


def main() -> None:
    """Run once and print."""
    path = Path(sys.argv[1]) if len(sys.argv) > 1 else SEEDS[0] if SEEDS else DEMO
    watch = Watch()
    compiler.compile = compiled_by(watch)
    tomllib.loads = watch.watched("TOML of lexicons and codebooks", tomllib.loads)
    begin = time.process_time()

    def prepare() -> Any:
        from nlp_reform.classify import available
        from nlp_reform.pipeline import standard

        return standard(available())

    def import_numpy() -> None:
        import numpy  # noqa: F401

    watch.watched("import of numpy", import_numpy)()
    pipeline = watch.watched("imports, codebooks and theme models", prepare)()
    from nlp_reform import read
    from nlp_reform.export import render
    from nlp_reform.pipeline import attach

    document = read.from_path(path)
    for stage in pipeline.stages:
        document = watch.watched(f"stage {stage.name}", attach)(stage, document)
    watch.watched("JSON", render)([document])
    whole = time.process_time() - begin
    patterns = sum(seconds for name, seconds in watch.seconds.items() if name.startswith("patterns"))
    number = sum(calls for name, calls in watch.calls.items() if name.startswith("patterns"))
    print(f"{path.name}: {whole:.3f} s of processor time, {patterns / whole:.0%} of it for {number} patterns")
    for name, seconds in sorted(watch.seconds.items(), key=lambda pair: -pair[1])[:40]:
        print(f"{seconds * 1000:8.1f} ms {seconds / whole:6.1%} {watch.calls[name]:6}  {name}")


if __name__ == "__main__":
    main()
