"""Quantities beside the peers of other projects, in one run, on the same gold, with characters per second.

    scripts/bench_quantities.py                      the table
    scripts/bench_quantities.py --only nlp-reform cn2an
    scripts/bench_quantities.py GOLD.json FOLDER …   on other gold

A match overlaps a marked quantity and has its value (and upper bound). Units and comparators are judged on the
matches of those that give them. Peers come with the extra `bench`, in an environment of their own; one that is
missing is named with the reason and left out. Gold: `tests/gold/dev` and `../shared/gold`.
"""

from __future__ import annotations

import argparse
import math
import re
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from nlp_reform.errors import GoldError  # noqa: E402
from nlp_reform.evaluate.gold import load_all  # noqa: E402
from nlp_reform.model import Quantity  # noqa: E402
from nlp_reform.spans import View  # noqa: E402

SHARED = ROOT.parent / "shared"


class Hit(NamedTuple):
    """One quantity as a peer gives it; None where it says nothing."""

    start: int
    end: int
    value: float
    upper: float | None = None
    unit: str | None = None
    comparator: str | None = None


Reader = Callable[[str], list[Hit]]


class Passage(NamedTuple):
    """One marked passage and its quantities, at offsets into the passage."""

    text: str
    gold: list[Quantity]
    start: int


def ten_lines() -> Reader:
    """Arabic numbers, an optional scale, one character of unit: what is written on the first day."""
    scale = {"万": 1e4, "亿": 1e8, "万亿": 1e12, "": 1.0}
    pattern = re.compile(r"(\d+(?:\.\d+)?)(万亿|万|亿)?(%|[\u4e00-\u9fff])?")

    def read(text: str) -> list[Hit]:
        return [
            Hit(m.start(), m.end(), float(m[1]) * scale[m[2] or ""], None, m[3] or "") for m in pattern.finditer(text)
        ]

    return read


_HAN = re.compile(r"[\d零〇一二两三四五六七八九十百千万亿点.]+|百分之[\d零一二两三四五六七八九十百千万亿点.]+")


def cn2an() -> Reader:
    """cn2an reads a numeral but finds none: it is given every run of numeral characters."""
    import cn2an as package  # type: ignore[import-not-found]

    def read(text: str) -> list[Hit]:
        found = []
        for m in _HAN.finditer(text):
            try:
                found.append(Hit(m.start(), m.end(), float(package.cn2an(m.group(), "smart"))))
            except (ValueError, TypeError, KeyError):
                continue
        return found

    return read


def chinese2digits() -> Reader:
    """chinese2digits finds and reads numbers; their places are sought in order."""
    import chinese2digits as package  # type: ignore[import-not-found]

    def read(text: str) -> list[Hit]:
        result = package.takeNumberFromString(text)
        return list(_placed(text, zip(result["CHNumberStringList"], result["digitsStringList"], strict=True)))

    return read


def jionlp() -> Reader:
    """JioNLP, money only."""
    import jionlp as package  # type: ignore[import-not-found]

    def read(text: str) -> list[Hit]:
        found = []
        for item in package.ner.extract_money(text):
            num = item["detail"]["num"]
            low, high = (num[0], num[1]) if isinstance(num, list) else (num, None)
            start, end = item["offset"]
            sign = {"blur": "~", "min": ">", "max": "<"}.get(str(item["detail"].get("definition")), "=")
            found.append(Hit(start, end, float(low), float(high) if high is not None else None, "元", sign))
        return found

    return read


def quantulum3() -> Reader:
    """Read with quantulum3, made for English."""
    from quantulum3 import parser  # type: ignore[import-not-found]

    def read(text: str) -> list[Hit]:
        return [Hit(q.span[0], q.span[1], float(q.value), None, str(q.unit.name)) for q in parser.parse(text)]

    return read


def recognizers() -> Reader:
    """Read with Recognizers-Text: numbers and percentages of the Chinese culture."""
    from recognizers_number import Culture, recognize_number, recognize_percentage  # type: ignore[import-not-found]

    def read(text: str) -> list[Hit]:
        found = []
        for recognise, unit in ((recognize_percentage, "%"), (recognize_number, None)):
            for item in recognise(text, Culture.Chinese):
                value = str((item.resolution or {}).get("value", "")).rstrip("%")
                if _is_number(value):
                    found.append(Hit(item.start, item.end + 1, float(value), None, unit))
        return found

    return read


def wetext() -> Reader:
    """WeTextProcessing rewrites a text: its numbers are read off the rewriting, sentence by sentence, in order."""
    from itn.chinese.inverse_normalizer import InverseNormalizer  # type: ignore[import-not-found]

    itn = InverseNormalizer()
    numbers = re.compile(r"(\d+(?:\.\d+)?)(万亿|万|亿)?(%)?")
    scale = {"万": 1e4, "亿": 1e8, "万亿": 1e12, "": 1.0}

    def read(text: str) -> list[Hit]:
        found: list[Hit] = []
        for sentence in re.finditer(r"[^。；\n]+", text):
            places = [m.span() for m in _HAN.finditer(sentence.group())]
            values = [
                (float(m[1]) * scale[m[2] or ""], m[3]) for m in numbers.finditer(itn.normalize(sentence.group()))
            ]
            if len(places) == len(values):
                found += [
                    Hit(a + sentence.start(), b + sentence.start(), value, None, unit)
                    for (a, b), (value, unit) in zip(places, values, strict=True)
                ]
        return found

    return read


def _placed(text: str, pairs: Iterator[tuple[str, str]]) -> Iterator[Hit]:
    at = 0
    for printed, value in pairs:
        start = text.find(printed, at)
        if start >= 0 and _is_number(value):
            at = start + len(printed)
            yield Hit(start, at, float(value))


def _is_number(text: str) -> bool:
    return re.fullmatch(r"-?\d+(?:\.\d+)?", text) is not None


PEERS: dict[str, Callable[[], Reader]] = {
    "ten-line regex": ten_lines,
    "WeTextProcessing": wetext,
    "Recognizers-Text": recognizers,
    "cn2an": cn2an,
    "chinese2digits": chinese2digits,
    "JioNLP (money)": jionlp,
    "quantulum3": quantulum3,
}


def ours(passages: list[tuple[Path, list[Passage]]]) -> tuple[list[list[Hit]], float]:
    """Return this project's quantities in each passage, and the seconds the two stages took on the whole documents."""
    from nlp_reform.api import extract
    from nlp_reform.extract.quantities import find_quantities, find_targets

    found, spent = [], 0.0
    for path, parts in passages:
        document = extract(path)
        view = document.view
        document = replace(
            document, view=View(view.record, view.text, view.map.cuts)
        )  # or the scan would be remembered
        began = time.perf_counter()
        find_quantities(document)
        find_targets(document)
        spent += (time.perf_counter() - began) * sum(len(p.text) for p in parts) / max(len(document.text), 1)
        found += [
            [
                Hit(q.start - p.start, q.end - p.start, q.value, q.upper, q.unit, q.comparator)
                for q in document.quantities
                if p.start <= q.start < p.start + len(p.text)
            ]
            for p in parts
        ]
    return found, spent


def score(passages: list[Passage], found: list[list[Hit]]) -> dict[str, Any]:
    """Match what was found against gold."""
    hits = marked = given = units = unit_right = signs = sign_right = 0
    for passage, items in zip(passages, found, strict=True):
        marked, given = marked + len(passage.gold), given + len(items)
        used: set[int] = set()
        for q in passage.gold:
            start, end = q.start - passage.start, q.end - passage.start
            for n, hit in enumerate(items):
                if n in used or hit.start >= end or start >= hit.end or not _equal(q, hit):
                    continue
                used.add(n)
                hits += 1
                units, unit_right = units + (hit.unit is not None), unit_right + (hit.unit == q.unit)
                if q.comparator != "=":
                    signs, sign_right = signs + 1, sign_right + (hit.comparator == q.comparator)
                break
    precision, recall = hits / max(given, 1), hits / max(marked, 1)
    return {
        "P": precision,
        "R": recall,
        "F1": 2 * precision * recall / max(precision + recall, 1e-9),
        "units": f"{unit_right}/{units}",
        "signs": f"{sign_right}/{signs}",
    }


def _equal(q: Quantity, hit: Hit) -> bool:
    if (q.upper is None) != (hit.upper is None):
        return False
    if q.upper is not None and hit.upper is not None and not math.isclose(q.upper, hit.upper, rel_tol=1e-6):
        return False
    close = math.isclose(q.value, hit.value, rel_tol=1e-6)
    # A peer may give a percentage as its hundredth.
    return close or (q.unit == "%" and hit.unit is None and math.isclose(q.value / 100, hit.value, rel_tol=1e-6))


def load(paths: list[Path]) -> list[tuple[Path, list[Passage]]]:
    """Return, by document, the passages whose quantities are marked."""
    files = [p for path in paths for p in (sorted(path.glob("*.json")) if path.is_dir() else [path])]
    found = []
    for file in files:
        try:
            item = load_all([file], [SHARED])[0]
        except GoldError as error:
            print(f"left out: {error}", file=sys.stderr)
            continue
        if item.source is None or "quantities" not in item.tasks:
            continue
        text = item.document.text
        parts = [
            Passage(text[a:b], [q for q in item.document.quantities if a <= q.start < b], a) for a, b in item.passages
        ]
        found.append((item.source, parts))
    return found


def main() -> None:
    """Print one line a system."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", nargs="*", type=Path, default=[ROOT / "tests/gold/dev", SHARED / "gold"])
    parser.add_argument("--only", nargs="+", default=None, help="names of systems")
    args = parser.parse_args()
    documents = load([path for path in args.gold if path.exists()])
    passages = [p for _, parts in documents for p in parts]
    length = sum(len(p.text) for p in passages)
    print(f"{len(documents)} gold files, {sum(len(p.gold) for p in passages)} quantities, {length} characters")
    print(f"{'system':18} {'P':>5} {'R':>5} {'F1':>5} {'unit right':>11} {'comparator':>11} {'chars/s':>10}")
    wanted = args.only or ["nlp-reform", *PEERS]
    if "nlp-reform" in wanted:
        found, spent = ours(documents)
        show("nlp-reform", score(passages, found), length / max(spent, 1e-9))
    for name in (n for n in PEERS if n in wanted):
        try:
            read = PEERS[name]()
            read("增长5%，共三万人。")
        except Exception as error:
            print(f"{name:18} left out: {type(error).__name__}: {error}"[:110])
            continue
        began = time.perf_counter()
        found = [guarded(read, p.text) for p in passages]
        show(name, score(passages, found), length / max(time.perf_counter() - began, 1e-9))


def guarded(read: Reader, text: str) -> list[Hit]:
    """Return what a peer finds, nothing where it raises."""
    try:
        return read(text)
    except Exception:
        return []


def show(name: str, figures: dict[str, Any], speed: float) -> None:
    """Print one row."""
    print(
        f"{name:18} {figures['P']:5.2f} {figures['R']:5.2f} {figures['F1']:5.3f} {figures['units']:>11} "
        f"{figures['signs']:>11} {speed:10,.0f}"
    )


if __name__ == "__main__":
    main()
