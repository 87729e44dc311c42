"""Whether any word, mark or digit, repeated without end, makes the time grow faster than the text.

    python scripts/bench_adversarial.py [--size CHARACTERS] [--all]

Every word of every lexicon, every bracket, mark, digit and blank, alone and followed by what patterns look for next,
is repeated to `size` and to four times `size` characters and read by all stages but the themes. Time that is linear
grows by 4, quadratic time by 16: what grows by more than 8 (each size timed again before it is believed) is printed,
and the exit code is 1. A title and a paragraph of 60 and of 120 characters, where patterns that only read short lines
are at work, may take a tenth of a second. Without --all one in eight of the lexicons' words is taken.
"""

from __future__ import annotations

import argparse
import gc
import sys
import time
import tomllib
from collections.abc import Iterator
from typing import Any

from nlp_reform import read, resources
from nlp_reform.pipeline import Pipeline, standard

FACTOR = 4
WORST = 8.0
BRIEF = 0.02
"""Seconds under which a time says nothing."""
MARKS = "，。、；：！？,.;:!?()（）《》〈〉“”‘’「」『』【】〔〕[]{}<>—-–…·•~～/%‰\"'"
BLANKS = " \t\n\u3000\u00a0\u200b\ufeff\u202e"
DIGITS = "0123456789０１零〇一二三四五六七八九十百千万亿兆两廿卅壹贰①⑳㈠ⅠM"
SHORT = (60, 120)
SOON = 0.1
"""Seconds that a short title and paragraph may take."""
OPENING = "总则"
"""Before the repeats: blanks alone are no text."""
BEHIND = ("", "，", "、", "\n", "（", "1", "的")
"""What is put after each repeat."""
LONE = (
    "１２３，", "1,", "1.", "1.1.", "1 ", "1-9-", "3/4", "3至5", "3万亿", "百分之", "第一", "第1条", "一、", "（一）",
    "2018年", "2018年3月", "1月1日", "2018〕", "〔2018〕1号", "不低于", "责任单位：", "附件1：", "的学会，", "由各单位",
    "(1)", "一是", "《", "“”", "（）", "A\tB\t", "指标\t2025年\t", "http://a.cn/", "\ufffd", "e\u0301", "\U00020000",
    ". ", "…… 1\n",
)


_NO_WORDS = frozenset({"source", "regex", "soon", "patterns", "led", "opens"})


def words(table: Any) -> Iterator[str]:
    """Yield every string of a lexicon that may stand in a text: no pattern, no source."""
    if isinstance(table, str):
        yield from table.split() if len(table) < 20_000 else ()
    elif isinstance(table, list):
        for one in table:
            yield from words(one)
    elif isinstance(table, dict):
        for key, one in table.items():
            if key not in _NO_WORDS:
                yield from words(one)


def pieces(every: int) -> list[str]:
    """Return what is repeated."""
    found = [*LONE, *(mark + other for mark in MARKS + BLANKS + DIGITS for other in BEHIND)]
    known: list[str] = []
    for path in sorted((resources.PACKAGE / "lexicons").glob("*.toml")):
        known += words(tomllib.loads(path.read_text(encoding="utf-8")))
    known = sorted({word for word in known if len(word) <= 20})
    return list(dict.fromkeys([*found, *(word + BEHIND[n % len(BEHIND)] for n, word in enumerate(known[::every]))]))


def seconds(pipeline: Pipeline, text: str) -> float:
    """Return the processor time of one reading."""
    begin = time.process_time()
    pipeline(read.from_text(text))
    return time.process_time() - begin


def growth(pipeline: Pipeline, piece: str, size: int, times: int = 1) -> tuple[float, float]:
    """Return by what factor the time grows, and the time of the longer text: the least of so many readings each."""
    short, long = (min(seconds(pipeline, OPENING + piece * (length // len(piece))) for _ in range(times))
                   for length in (size, FACTOR * size))
    return long / max(short, BRIEF / FACTOR), long


def short(pipeline: Pipeline, piece: str) -> float:
    """Return the time of the slowest short title and paragraph, the least of two readings each."""
    lines = [(piece * length)[:length] for length in SHORT]
    return max(min(seconds(pipeline, f"{line}\n\n一、{OPENING}\n{line}。\n") for _ in range(2)) for line in lines)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--size", type=int, default=5_000)
    parser.add_argument("--all", action="store_true")
    arguments = parser.parse_args()
    gc.set_threshold(1_000_000)
    pipeline = Pipeline(stage for stage in standard(()).stages if stage.name != "themes")
    growth(pipeline, LONE[0], arguments.size)  # what is compiled on first use is no part of any figure
    given = pieces(1 if arguments.all else 8)
    bad: list[tuple[float, float, str]] = []
    slowest = 0.0
    for piece in given:
        factor, long = growth(pipeline, piece, arguments.size)
        if factor > WORST:
            factor, long = growth(pipeline, piece, arguments.size, 3)
        slowest = max(slowest, long)
        if (brief := short(pipeline, piece)) > SOON:
            bad.append((0.0, brief, piece))
            print(f"{brief:.2f} s for a short line: {piece!r}", flush=True)
        if factor > WORST and long > BRIEF:
            bad.append((factor, long, piece))
            print(f"grows by {factor:.1f} to {long:.2f} s: {piece!r}", flush=True)
    print(f"{len(given)} pieces repeated to {arguments.size * FACTOR:,} characters, slowest {slowest:.2f} s, "
          f"{len(bad)} grow faster than the text or are slow in a short line")
    sys.exit(bool(bad))


if __name__ == "__main__":
    main()
