"""Numerals: where they stand in a text and what they are worth, in decimal arithmetic.

Read are Arabic (`6 000`, `1,100`, `1 0 0 0 0 个` of a PDF, `2.38万亿`, `2万5千`), Chinese (`二〇三五`, `一千一百万`,
`两`, `廿`), a vague `多` or `余` inside (`9000多万`), fractions (`四分之三`), percentages and per mille in words
(`百分之六点五`), and the measures 成, 折, 半, 番. The text is Simplified and half width; 萬億兩 are
read as well.
"""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from nlp_reform.prepared import compiled
from nlp_reform.resources import lexicon

_HANT = str.maketrans("萬億兩點〇○", "万亿两点零零")
LARGEST = Decimal(10) ** 24
"""Above this a number is noise (a scanned barcode, a broken table): noted, not valued."""


class Numeral(NamedTuple):
    """A numeral in a text: `[start, end)`, value, `unit` when the word itself tells it, and how it was written.

    `vague` is the 多/余 inside; `chinese` that it is written in Chinese digits; `scaled` that 万/亿 … is part of it;
    `upper` the second of two neighbours (两三 → 2, 3).
    """

    start: int
    end: int
    value: Decimal
    unit: str | None = None
    chinese: bool = False
    scaled: bool = False
    vague: bool = False
    bare_scale: bool = False
    upper: Decimal | None = None


@lru_cache(maxsize=1)
def _digits() -> dict[str, int]:
    values: dict[str, int] = lexicon("numerals")["digits"]["values"]
    return values


@lru_cache(maxsize=1)
def _scales() -> dict[str, int]:
    values: dict[str, int] = lexicon("numerals")["scales"]["values"]
    return values


def _scale_pattern() -> str:
    """One scale character that does not open another word."""
    parts = []
    for scale in _scales():
        after = lexicon("numerals")["not_scale"].get(scale)
        parts.append(f"{scale}(?!{'|'.join(after)})" if after else scale)
    return "(?:" + "|".join([*parts, "萬", "億"]) + ")"


def _unless(name: str) -> str:
    return "(?!" + "|".join(lexicon("numerals")[name]["not_before"]) + ")"


@lru_cache(maxsize=1)
def pattern() -> re.Pattern[str]:
    """Return the one pattern of all numerals; its last group names the form."""
    scale = _scale_pattern()
    digit = "[零〇○一二两兩三四五六七八九廿卅]"
    arabic = r"(?:\d(?: \d){3,6}(?= ?[个间张人所名])|\d{1,3}(?:,\d{3})+|\d{1,3}(?: \d{3})+(?!\d)|\d+)(?:\.\d+)?"
    chinese = rf"(?:{digit}|{scale})+(?:[点點]{digit}+)?"
    part = rf"(?:{arabic}|{chinese})"
    first = "".join(
        sorted({term[0] for term in lexicon("numerals")["half"]["terms"]} | set(_digits()) | set(_scales()))
    )
    return compiled(
        rf"(?=[{first}\d翻兩萬億])(?:"
        rf"(?P<per>(?:百|千|万)分之)(?P<perv>{part})"
        rf"|(?P<den>[一二两三四五六七八九十百]{{1,6}}|\d{{1,6}})分之(?P<num>[一二两三四五六七八九十]{{1,6}}|\d{{1,6}})"
        rf"|(?P<ten>[一二两三四五六七八九]|(?<![一二三四五六七八九])十(?=成))成(?P<ten2>[一二三四五六七八九半])?(?:{_unless('tenths')}|(?<=[逾超过约近有达占].成)(?=为))"
        rf"|(?P<off>[一二三四五六七八九]{{1,2}}|\d(?:\.\d)?)折{_unless('discount')}"
        rf"|(?P<half>{'|'.join(lexicon('numerals')['half']['terms'])}){_unless('half')}"
        r"|(?P<whole>百分百)"
        rf"|(?P<fan>翻了?(?P<fann>[一两二三四五六])番)"
        rf"|(?<![\d.A-Za-z_])(?P<arab>{arabic})"
        rf"(?P<tail> ?(?P<more>[多余來来](?={scale}))?(?P<scale>{scale}+)"
        rf"(?P<rest>(?: ?\d{{1,4}}(?:,\d{{3}})?(?:\.\d+)?(?![\d年]|,\d)(?: ?{scale}+(?:[多余]{scale}+)?)?)*)"
        rf"(?P<late>[多余]{scale}+)?)?"
        rf"|(?P<han>{chinese}(?:[多余](?P<hscale>{scale}+))?))"
    )


def find(text: str, start: int, end: int) -> Numeral | None:
    """Return the first numeral in `text[start:end]`, or None."""
    match = pattern().search(text, start, end)
    while match:
        numeral = read(match)
        if numeral:
            return numeral
        match = pattern().search(text, match.end(), end)
    return None


def read(match: re.Match[str]) -> Numeral | None:  # noqa: PLR0911  (a chain of signs)
    """Value one match of `pattern()`; None when the characters make no number (三四线, 一百百)."""
    form = match.lastgroup
    start, end = match.span()
    if match["arab"] is not None:
        return _arabic(match, start, end)
    if match["han"] is not None:
        return _han(match, start, end)
    if match["per"]:
        value = _any(match["perv"])
        places = {"百": "%", "千": "‰"}.get(match["per"][0])
        if value is None:
            return None
        return Numeral(start, end, value if places else value / 10000, places or "", True)
    if match["den"]:
        low, high = _any(match["den"]), _any(match["num"])
        if not low or high is None:
            return None
        return Numeral(start, end, high / low, "", True)
    return _measure(match, start, end, form)


def _measure(match: re.Match[str], start: int, end: int, form: str | None) -> Numeral | None:
    if match["ten"]:
        fifth = match["ten2"]
        extra = 5 if fifth == "半" else _digits()[fifth] if fifth else 0
        return Numeral(start, end, Decimal((chinese(match["ten"])[0] or 0) * 10 + extra), "%", True)
    if match["off"]:
        digits = match["off"]
        if digits[0].isdigit():
            return Numeral(start, end, Decimal(digits) / 10, "", True)
        values = [_digits()[c] for c in digits]
        return Numeral(start, end, Decimal("".join(map(str, values))) / 10 ** len(values), "", True)
    if match["half"]:
        return Numeral(start, end, Decimal(lexicon("numerals")["half"]["gives"]), "", True)
    if match["whole"]:
        return Numeral(start, end, Decimal(100), "%", True)
    times = _digits()[match["fann"]]
    return Numeral(start, end, Decimal(2) ** times, "倍", True)


def _arabic(match: re.Match[str], start: int, end: int) -> Numeral:
    value = Decimal(match["arab"].replace(",", "").replace(" ", ""))
    if not match["tail"]:
        return Numeral(start, end, value)
    value *= _power(match["scale"])
    unit = _power(match["scale"])
    vague = match["more"] is not None or match["late"] is not None or bool(_SOME.search(match["rest"] or ""))
    if match["late"]:
        return Numeral(start, end, value * _power(match["late"][1:]), scaled=True, vague=True)
    for number, scale in re.findall(r" ?(\d[\d,]*(?:\.\d+)?) ?(\D*)", match["rest"] or ""):
        size = _power(_SOME.sub("", scale).strip())
        part = Decimal(number.replace(",", "")) * size
        if part >= unit:
            return Numeral(start, match.end("scale"), value, scaled=True, vague=match["more"] is not None)
        value, unit = value + part, size if scale.strip() else Decimal(1)
    return Numeral(start, end, value, scaled=True, vague=vague)


_SOME = compiled("[多余]")
"""Within a number: 1亿3千多万, 3万多亿."""


def _power(scale: str) -> Decimal:
    return Decimal(10) ** sum(_scales()[c] for c in scale.translate(_HANT))


def _han(match: re.Match[str], start: int, end: int) -> Numeral | None:
    printed = match["han"].translate(_HANT)
    more = match["hscale"]
    head = printed[: -len(more) - 1] if more else printed
    if head.count("百") + head.count("千") + head.count("万") + head.count("亿") == len(head):
        return Numeral(start, end, _power(head), chinese=True, scaled=True, bare_scale=True)
    value, upper = chinese(head)
    if value is None:
        return None
    scaled = more is not None or head[-1] in "万亿百千兆"
    if more:
        value *= _power(more)
    return Numeral(start, end, value, None, True, scaled, more is not None, upper=upper)


def _any(text: str) -> Decimal | None:
    if text[0].isdigit():
        return Decimal(text.replace(",", "").replace(" ", ""))
    return chinese(text.translate(_HANT))[0]


@lru_cache(maxsize=4096)
def chinese(text: str) -> tuple[Decimal | None, Decimal | None]:
    """Return the value of a Chinese numeral and, for two neighbours (两三百), the second value.

    Positional strings of three digits or more (二〇三五) and with 点 are read; (None, None) when it is none.
    """
    whole, _, places = text.partition("点")
    digits = _digits()
    if places and any(c not in digits for c in places):
        return None, None
    if len(whole) >= 3 and all(c in digits and digits[c] < 10 for c in whole):
        positional = "".join(str(digits[c]) for c in whole)
        if len(set(whole)) == 1:
            return None, None
        return Decimal(f"{positional}.{''.join(str(digits[c]) for c in places) or '0'}"), None
    value, upper = _by_scale(whole)
    if value is not None and places:
        value += Decimal("0." + "".join(str(digits[c]) for c in places))
    return value, upper


def _by_scale(text: str) -> tuple[Decimal | None, Decimal | None]:  # noqa: PLR0912  (one pass, one branch a kind of character)
    """Add up digits and scales from left to right; two adjacent digits are a range of neighbours."""
    digits, scales = _digits(), _scales()
    total = section = Decimal(0)
    pending: int | None = None
    second: int | None = None
    last_scale = 99
    for c in text:
        if c in digits:
            if digits[c] > 9:
                section += digits[c]
            elif pending and second is None and digits[c] == pending + 1:
                second = digits[c]
            elif pending:
                return None, None
            else:
                pending = digits[c]
            continue
        power = scales[c]
        if power >= 4:
            section += pending or 0
            if section == 0:
                if total == 0:
                    return None, None
                total *= Decimal(10) ** power
            elif power > last_scale >= 4:
                total = (total + section) * Decimal(10) ** power
            else:
                total += section * Decimal(10) ** power
            section, last_scale = Decimal(0), power
        else:
            section += Decimal(1 if pending is None else pending) * Decimal(10) ** power
        pending = None
        if second is not None:
            second_at = power
            return _neighbours(text, second_at, total, section)
    rest = Decimal(pending or 0)
    value = total + section + rest
    return value, (value + 1 if second is not None else None)


def _neighbours(text: str, power: int, total: Decimal, section: Decimal) -> tuple[Decimal | None, Decimal | None]:
    """Finish 两三百, 三四千万: only scales may follow."""
    value = total + section
    step = Decimal(10) ** power
    cut = max(i for i, c in enumerate(text) if c in _digits()) + 2
    for c in text[cut:]:
        if c not in _scales():
            return None, None
        value, step = value * Decimal(10) ** _scales()[c], step * Decimal(10) ** _scales()[c]
    return value, value + step
