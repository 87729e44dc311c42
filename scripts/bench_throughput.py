"""Warm throughput on one core, stage by stage, and whether time grows with the text and nothing else.

    python scripts/bench_throughput.py [FOLDER] [--repeat N] [--largest CHARACTERS]      default: ../shared/corpus

First table: processor seconds of every stage over all texts (median of N rounds), millions of characters a second,
and the ratio to rjieba tokenising the same texts in the same rounds: on a loaded machine the ratio says more than
the seconds. Below it what the project asks of itself. Second table: made-up documents of difficult shapes, each
ten times as long as the one before: the factor by which the time a character grows, 1.0 where time is linear.
"""

from __future__ import annotations

import argparse
import gc
import statistics
import time
from collections.abc import Callable, Iterable
from itertools import pairwise
from pathlib import Path

from nlp_reform import build_graph, read
from nlp_reform.classify import available
from nlp_reform.pipeline import Pipeline, attach, standard

ROOT = Path(__file__).resolve().parents[1]
CORPUS = ROOT.parent / "shared" / "corpus"
DEMO = ROOT / "corpora" / "societies-demo" / "raw"
SEGMENTING = ("normalise", "structure", "sentences")
LATE = ("themes", "graph")
ROUNDS = 3
"""Rounds over the shortest made-up documents, of which the best counts: one alone is read before caches are warm."""
SAMPLE = 100_000
"""Characters given to spaCy with stock jieba, which is slow; its time is scaled up."""

Round = dict[str, float]


def one_round(pipeline: Pipeline, paths: list[Path], words: Callable[[str], object]) -> Round:
    """Return the seconds of every stage, and of the word segmenter, over all texts."""
    spent: Round = {}

    def add(name: str, begin: float) -> None:
        spent[name] = spent.get(name, 0.0) + time.process_time() - begin

    for path in paths:
        begin = time.process_time()
        document = read.from_path(path)
        add("read", begin)
        for stage in pipeline.stages:
            begin = time.process_time()
            document = attach(stage, document)
            add(stage.name, begin)
        begin = time.process_time()
        build_graph(document)
        add("graph", begin)
        begin = time.process_time()
        words(document.text)
        add("rjieba", begin)
    return spent


def stock_spacy(texts: Iterable[str]) -> float:
    """Return the seconds of spaCy's blank Chinese pipeline with jieba, over as many characters as the texts have."""
    import spacy

    stock = spacy.blank("zh", config={"nlp": {"tokenizer": {"segmenter": "jieba"}}})
    stock("一")
    whole = "".join(texts)
    sample = [whole[at:at + 2_000] for at in range(0, min(SAMPLE, len(whole)), 2_000)]
    begin = time.process_time()
    for text in sample:
        stock(text)
    return (time.process_time() - begin) * len(whole) / sum(map(len, sample))


def stages(paths: list[Path], repeat: int) -> None:
    """Print the first table."""
    import rjieba

    words = rjieba.Jieba()
    pipeline = standard(available())
    one_round(pipeline, paths, lambda text: words.cut(text, hmm=False))
    rounds = [one_round(pipeline, paths, lambda text: words.cut(text, hmm=False)) for _ in range(repeat)]
    texts = [read.from_path(path).text for path in paths]
    size = sum(map(len, texts))
    median = {name: statistics.median(one[name] for one in rounds) for name in rounds[0]}
    fast = median.pop("rjieba")
    print(f"{len(paths)} texts, {size:,} characters, median of {repeat} rounds")
    print(f"{'stage':24} {'seconds':>8} {'M chars/s':>10} {'x rjieba':>9}")

    def row(name: str, seconds: float) -> None:
        print(f"{name:24} {seconds:8.3f} {size / seconds / 1e6:10.2f} {seconds / fast:9.1f}")

    for name, seconds in median.items():
        row(name, seconds)
    whole = sum(median.values())
    full = whole - sum(median[name] for name in LATE)
    print()
    row("rjieba, words alone", fast)
    slow = stock_spacy(texts)
    row("spaCy blank zh + jieba", slow)
    row("segmentation", sum(median[name] for name in SEGMENTING))
    row("statements and cues", median["statements"])
    row("full extraction", full)
    row("with themes and graph", whole)
    print(f"full extraction is {slow / full:.1f} times as fast as spaCy blank zh + jieba")


SENTENCE = "加强会员服务工作，到2020年会员总数不少于5万人，各专门委员会应当每年至少举办2次学术活动。"
_HEADER = "指标\t单位\t2020年\t2025年\n"
_DIGITS = "一二三四五六七八九"


def _plan(size: int) -> str:
    return _lines(size, lambda n: f"{n % 90 + 1}.第{n}号{SENTENCE}\n")


SHAPES: dict[str, Callable[[int], str]] = {
    "numbered plan": _plan,
    "one paragraph": lambda size: _lines(size, lambda n: f"第{n}项{SENTENCE}"),
    "one sentence": lambda size: _lines(size, lambda n: f"加强会员服务{n}，"),
    "printed twice": lambda size: _plan(size // 2) * 2,
    "one line, many times": lambda size: f"{SENTENCE}\n" * (size // len(SENTENCE)),
    "tables": lambda size: _lines(size, lambda n: (_HEADER if n % 20 == 0 else "") + f"会员{n}\t万人\t3\t5\n"),
    "sections": lambda size: _lines(size, lambda n: f"（{_DIGITS[n % 9]}）组织建设{n}\n{SENTENCE}\n"),
    "titles and numbers": lambda size: _lines(size, lambda n: f"依据《办法{n}》（学发〔2018〕{n % 999}号）负责。\n"),
    "damaged": lambda size: _lines(size, lambda n: f"{n}\ufffd会员\u200b{n} 000人，“未完（\n"),
}


def _lines(size: int, line: Callable[[int], str]) -> str:
    made: list[str] = []
    length = 0
    while length < size:
        made.append(line(len(made)))
        length += len(made[-1])
    return "".join(made)


def growth(largest: int) -> None:
    """Print the second table."""
    pipeline = standard(available())
    sizes = [size for size in (10**5, 10**6, 10**7, 10**8) if size <= largest]
    print(f"\n{'shape':24} " + " ".join(f"{size:>13,}" for size in sizes) + "   seconds a million characters; growth")
    for name, make in SHAPES.items():
        spent: list[float] = []
        for size in sizes:
            text = make(size)
            rounds = []
            for _ in range(ROUNDS if size == sizes[0] else 1):
                begin = time.process_time()
                pipeline(read.from_text(text))
                rounds.append(time.process_time() - begin)
            spent.append(min(rounds) / len(text) * 1e6)
        factors = " ".join(f"{after / before:.2f}" for before, after in pairwise(spent))
        print(f"{name:24} " + " ".join(f"{seconds:13.2f}" for seconds in spent) + f"   x {factors}", flush=True)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", nargs="?", type=Path, default=CORPUS if CORPUS.is_dir() else DEMO)
    parser.add_argument("--repeat", type=int, default=3)
    parser.add_argument("--largest", type=int, default=10**6, help="characters of the longest made-up document")
    arguments = parser.parse_args()
    gc.set_threshold(1_000_000)  # as the command does
    stages(sorted(arguments.folder.glob("*.txt")), arguments.repeat)
    growth(arguments.largest)


if __name__ == "__main__":
    main()
