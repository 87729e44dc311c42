"""Amounts: numbers with their unit, range and comparator, found by one scan over a cleaned text.

`scan` returns what counts by scheme.md section 4, in text order, before anybody asks what it is for. What is a
number in form only (第三, 2018年, 三大攻坚战) is left out; what is too vague or too odd to value is a `Doubt`.
"""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from nlp_reform.extract.matching import trie
from nlp_reform.extract.quantities import comparators, numerals, ratios, units
from nlp_reform.extract.quantities.durations import counts_as_limit
from nlp_reform.extract.quantities.masks import Masks
from nlp_reform.extract.quantities.pieces import Amount, Doubt, Piece, with_unit
from nlp_reform.model import Comparator
from nlp_reform.prepared import compiled
from nlp_reform.resources import lexicon

LONGEST = 48
"""Characters of the longest numeral that is read."""
_SEPARATOR = compiled(r" ?(?:-{1,2}|[—–~～〜]{1,2}|至|到) ?")
_LIST = compiled(r" ?(?:、|,|和|及|与|以及|或|或者) ?")
_VAGUE_BOUND = compiled(r"[余多几近逾]|接近|来(?=[万亿])")
_COEFFICIENT = compiled(r"(?:系数|生育率|弹性|恩格尔|容积率)[^,。;、\d]{0,10}\Z")
"""Indicators whose values are bare numbers: 有效利用系数提高到0.6."""
_TIMES = compiled(r" ?[×xX*] ?")
_RISES = compiled(r"[增提升扩降减调下压缩][\u4e00-\u9fff]{0,2}[到至为成]了?")
"""Between a scaled number and the number it becomes: 由60万提升至100万人次, one unit for both."""


class Found(NamedTuple):
    """What one scan found."""

    amounts: list[Amount]
    doubts: list[Doubt]


@lru_cache(maxsize=1)
def _vague() -> re.Pattern[str]:
    return compiled(trie(lexicon("numerals")["vague"]["terms"]))


@lru_cache(maxsize=1)
def _articles() -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
    entry = lexicon("not_numbers")["article"]
    return frozenset(entry["numerals"]), frozenset(entry["units"]), frozenset(entry["never"])


def scan(text: str, masks: Masks) -> Found:
    """Return all amounts and doubts of a text in order; linear in its length."""
    doubts = [
        Doubt("vague-amount", m.start(), m.end(), f"vague amount, not valued: {m.group()}")
        for m in _vague().finditer(text)
    ]
    vague_at = {d.start for d in doubts} | {d.end for d in doubts}
    amounts: list[Amount] = []
    waiting: list[Piece] = []
    pattern = numerals.pattern()
    at = 0
    match = pattern.search(text, at)
    while match:
        at = match.end()
        piece, at = _piece(text, match, masks, vague_at, doubts)
        if piece is not None:
            waiting = _waiting(text, waiting, piece)
            at = _settle(text, piece, waiting, amounts, masks, doubts) or at
            if piece.unit is not None:
                waiting = []
        match = pattern.search(text, at)
    ratios.add(text, masks, amounts, doubts)
    doubts += [
        Doubt("vague-bound", a.left, a.right, f"bound without a limit, valued by its number: {text[a.left : a.right]}")
        for a in amounts
        if a.comparator in (">", "~") and _VAGUE_BOUND.search(text, a.left, a.right)
    ]
    return Found(_shared_bounds(text, amounts), doubts)


def _shared_bounds(text: str, amounts: list[Amount]) -> list[Amount]:
    """分别 shares one comparator over a list: 分别超98.5%和99%, 分别增长10%、35%以上."""
    for i in range(1, len(amounts)):
        a, b = amounts[i - 1], amounts[i]
        link = text[a.right : b.left]
        if (
            len(link) > 3
            or a.unit != b.unit
            or (a.comparator == "=") == (b.comparator == "=")
            or not _LIST.fullmatch(link)
        ):
            continue
        if "分别" not in text[max(0, a.left - 12) : a.left]:
            continue
        if a.comparator == "=" and b.right > b.end and "range" not in (a.comparator, b.comparator):
            amounts[i - 1] = a._replace(comparator=b.comparator)
        elif b.comparator == "=" and a.left < a.start and a.comparator != "range":
            amounts[i] = b._replace(comparator=a.comparator)
    return amounts


def _piece(
    text: str, match: re.Match[str], masks: Masks, vague: set[int], doubts: list[Doubt]
) -> tuple[Piece | None, int]:
    """Read a numeral and the unit behind it; also return where to go on."""
    start, end = match.span()
    if end - start > LONGEST:
        doubts.append(Doubt("numeral-too-long", start, end, f"numeral of {end - start} characters, not valued"))
        return None, end
    if masks.hidden(start, end) or end in vague or start in vague:
        return None, end
    numeral = numerals.read(match)
    if numeral is None:
        return None, end
    if abs(numeral.value) > numerals.LARGEST:
        doubts.append(Doubt("numeral-too-large", start, end, "number beyond 10^24, not valued"))
        return None, end
    if numeral.unit is not None:
        return Piece(numeral, end, numeral.unit, False), end
    return with_unit(text, numeral), end


def _waiting(text: str, waiting: list[Piece], piece: Piece) -> list[Piece]:
    """Keep the chain of bare numbers before this one (1.2万、3.5万和2万个), or begin a new one."""
    if waiting:
        link = _LIST.match(text, waiting[-1].end)
        if link is None and waiting[-1].numeral.scaled:
            link = _RISES.match(text, waiting[-1].end)
        if link is None or link.end() != piece.numeral.start:
            waiting = []
    if piece.unit is None:
        waiting = [*waiting[-20:], piece]
    return waiting


def _settle(
    text: str, piece: Piece, waiting: list[Piece], amounts: list[Amount], masks: Masks, doubts: list[Doubt]
) -> int | None:
    """Turn a piece into an amount (a range when a second number follows); return where to go on."""
    floor = amounts[-1].end if amounts else 0
    partner = _partner(text, piece, masks)
    if partner is not None:
        waiting[:] = []
        return _range(text, piece, partner, floor, amounts, masks, doubts)
    product = _product(text, piece, masks)
    if product is not None:
        piece, waiting[:] = product, []
    if piece.unit is None:
        _elided(text, piece, floor, amounts, masks)
        return None
    made = _amount(text, piece, floor, masks)
    if made is None:
        return piece.end
    for bare in waiting:
        if bare.unit is None and _trusted(text, bare):
            shared = _amount(text, bare._replace(unit=piece.unit), floor, masks)
            if shared and not (amounts and amounts[-1].start == shared.start):
                amounts.append(shared)
    amounts.append(made)
    return piece.end


def _trusted(text: str, bare: Piece) -> bool:
    """Tell whether a bare number may share a later unit: only inside a line, a list label never does."""
    before = text[bare.numeral.start - 1 : bare.numeral.start]
    return (
        bare.numeral.start > 0
        and before not in "\n;。("
        and (bare.numeral.scaled or "." in text[bare.numeral.start : bare.end] or before not in "、,")
    )


def _partner(text: str, piece: Piece, masks: Masks) -> Piece | None:  # noqa: PLR0911  (a chain of signs)
    """Return the second number of a range that begins with `piece`."""
    gap = _SEPARATOR.match(text, piece.end)
    if not gap:
        return None
    match = numerals.pattern().match(text, gap.end())
    if not match or match.end() - match.start() > LONGEST or masks.hidden(*match.span()):
        return None
    numeral = numerals.read(match)
    if numeral is None:
        return None
    second = Piece(numeral, match.end(), numeral.unit, False) if numeral.unit is not None else with_unit(text, numeral)
    if second is None or second.unit is None:
        return None
    if piece.unit is not None and not _same_unit(piece.unit, second.unit):
        return None
    if (
        gap.group().strip() in ("至", "到")
        and not text.startswith(("组成", "构成"), second.end)
        and text[piece.numeral.start - 1 : piece.numeral.start] in ("从", "由")
    ):
        return None
    return second


def _same_unit(a: str, b: str) -> bool:
    return a == b or ((a, b) in (("%", "个百分点"), ("", "%"), ("年", "个月")) and a == b)


def _range(
    text: str, low: Piece, high: Piece, floor: int, amounts: list[Amount], masks: Masks, doubts: list[Doubt]
) -> int:
    """Append one range; the first number takes the second's scale when it has none (3至5万人)."""
    value, upper = low.numeral.value, high.numeral.value
    own = set(text[low.numeral.start : low.end]) & {"万", "亿"}
    if low.unit is None and high.numeral.scaled and not own:
        printed = text[high.numeral.start : high.numeral.end]
        # 三至五百 shares 百; 一百至二百亿 shares 亿 alone.
        scales = (_scale_of(printed), _scale_of("".join(c for c in printed if c in "万亿")))
        value *= next((scale for scale in scales if value * scale <= upper), 1)
    unit = high.unit or ""
    joined = high._replace(numeral=high.numeral._replace(start=low.numeral.start))
    if value > upper:
        doubts.append(Doubt("range-reversed", low.numeral.start, high.end, "the range's first number is the larger"))
        value, upper = upper, value
    made = _amount(text, joined, floor, masks)
    if made is not None:
        amounts.append(made._replace(value=value, upper=upper, unit=unit, comparator="range"))
    return high.end


def _scale_of(printed: str) -> Decimal:
    power = 0
    for c in printed:
        power += {"百": 2, "千": 3, "万": 4, "亿": 8}.get(c, 0)
    return Decimal(10) ** power


def _product(text: str, piece: Piece, masks: Masks) -> Piece | None:
    """Return 2×35万千瓦 as one number."""
    if piece.unit is not None:
        return None
    gap = _TIMES.match(text, piece.end)
    match = numerals.pattern().match(text, gap.end()) if gap else None
    if not match or match.end() - match.start() > LONGEST:
        return None
    numeral = numerals.read(match)
    second = with_unit(text, numeral) if numeral is not None and numeral.unit is None else None
    if second is None or second.unit is None:
        return None
    value = piece.numeral.value * second.numeral.value
    return second._replace(numeral=second.numeral._replace(start=piece.numeral.start, value=value))


def _amount(text: str, piece: Piece, floor: int, masks: Masks) -> Amount | None:
    """Add comparators and decide whether the number counts at all."""
    numeral, unit = piece.numeral, piece.unit or ""
    time = units.dimension(unit) in ("time", "working_time")
    extent = time or units.dimension(unit) == "length"
    start = numeral.start
    head = comparators.left(text, floor, start, numeral.scaled, unit in ("%", "") and not numeral.scaled)
    tail = comparators.right(text, piece.end, extent)
    if numeral.bare_scale and not (
        head or tail or text.endswith(("达", "达到", "突破", "是", "为"), max(0, start - 2), start)
    ):
        return None
    if not _counts(text, piece, unit, head is not None or tail is not None, masks):
        return None
    if time and not counts_as_limit(text, start, piece.end, unit, head, tail):
        return None
    comparator: Comparator = "="
    if head and tail:
        comparator = tail.comparator if head.comparator == "~" else head.comparator
    elif head or tail:
        comparator = (head or tail).comparator  # type: ignore[union-attr]
    elif piece.more or numeral.vague:
        comparator = ">"
    return Amount(
        start,
        piece.end,
        numeral.value,
        numeral.upper,
        unit,
        "range" if numeral.upper is not None else comparator,
        head.start if head else start,
        tail.end if tail else piece.end,
        numeral.chinese,
        piece.noun,
        head.end if head else start,
    )


def _counts(text: str, piece: Piece, unit: str, bounded: bool, masks: Masks) -> bool:
    """Sort out articles (一个), slogans in quotation marks and labels."""
    numeral = piece.numeral
    printed = text[numeral.start : numeral.end]
    ones, article_units, never = _articles()
    if printed in ones and unit in never:
        return False
    if printed in ones and unit in article_units and not bounded:
        ahead = text[max(0, numeral.start - 18) : numeral.start]
        return _EVERY.search(ahead) is not None or (text[piece.end : piece.end + 1] in set("、,。;") and
                                                    _counted().search(ahead) is not None)
    if masks.quoted(numeral.start) and unit not in ("%", "元", "") and (numeral.chinese or numeral.value < 1000):
        return False
    return not text.startswith(("次会议", "次全会"), piece.end - len(unit))


_EVERY = compiled(r"每[^,。;、]{1,8}\Z")


@lru_cache(maxsize=1)
def _counted() -> re.Pattern[str]:
    return compiled(rf"(?:{trie(lexicon('not_numbers')['article']['counted'])})[^,。;、的]{{2,14}}(?<![再统同逐唯])\Z")


def _rises_bare(text: str, at: int) -> bool:
    """Tell whether a number goes on to one without a unit either: 由8500万减少到6500万."""
    rises = _RISES.match(text, at)
    match = numerals.pattern().match(text, rises.end()) if rises else None
    numeral = numerals.read(match) if match else None
    if numeral is None or not numeral.scaled:
        return False
    piece = with_unit(text, numeral)
    return piece is not None and piece.unit is None


def _elided(text: str, piece: Piece, floor: int, amounts: list[Amount], masks: Masks) -> None:
    """Append a number without unit: a scaled one takes it from what is counted (参保人数达13亿), a coefficient none."""
    follow = text[piece.end : piece.end + 1]
    start = piece.numeral.start
    if not piece.numeral.scaled:
        alone = not follow.isalnum() or follow in "以左"
        if alone and _COEFFICIENT.search(text, max(floor, start - 16), start):
            made = _amount(text, piece._replace(unit=""), floor, masks)
            amounts += [made] if made is not None else []
        return
    if piece.numeral.bare_scale:
        return
    apart = follow and follow not in ",。;、)左以\n的" and not _rises_bare(text, piece.end)
    if apart or (_LIST.match(text, piece.end) and follow in "、和及"):
        return
    before = text[max(floor, start - 20) : start]
    people = re.search(r"(?:人数|人口|用户|党员|学生)[^,。;、]{0,14}\Z", before)
    risen = bool(amounts) and _RISES.fullmatch(text, amounts[-1].end, start) is not None
    unit = amounts[-1].unit if risen else "人" if people else ""
    made = _amount(text, piece._replace(unit=unit), floor, masks)
    if made is not None:
        amounts.append(made)
