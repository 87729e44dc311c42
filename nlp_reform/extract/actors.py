"""Bodies by name: canonical names, levels and kinds, and lists of units cut into single ones.

Source: lexicons/bodies.toml for known bodies, name endings for the rest (市…局, …委员会, …协会).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from nlp_reform.extract.matching import Words, listed
from nlp_reform.prepared import compiled
from nlp_reform.resources import lexicon

Place = tuple[int, int]


class Body(NamedTuple):
    """A body: its canonical name, the level it works at and its kind; `known` when the lexicon has it."""

    name: str
    level: str
    kind: str
    known: bool


@lru_cache(maxsize=1)
def _bodies() -> dict[str, Body]:
    """Return every name and alias with its body; where two bodies share an alias the first listed has it."""
    found: dict[str, Body] = {}
    for group in lexicon("bodies")["group"]:
        for line in group["names"].strip().splitlines():
            name, _, others = line.partition(" =")
            body = Body(name.strip(), group["level"], group["kind"], True)
            found.setdefault(body.name, body)
            for alias in others.split():
                found.setdefault(alias, body)
    return found


_LEVELS = (
    ("province", compiled(r"(?:省|自治区|直辖市)(?!级以下)")),
    ("prefecture", compiled(r"(?:市|州|盟)")),
    ("county", compiled(r"(?:区|县|旗)")),
    ("township", compiled(r"(?:乡|镇|街道|社区|村)")),
)
_KINDS = (
    ("government", compiled(r"政府$|管委会$|开发区$|地区$|省$|市$|区$|县$|各地$")),
    ("enterprise", compiled(r"(?:公司|集团|企业|银行)$")),
    ("mass organisation", compiled(r"(?:协会|学会|商会|联合会|研究会|基金会|工会|妇联|科协|残联|文联|工商联)$")),
    ("institution", compiled(r"(?:大学|学院|学校|院校|高校|医院|研究院|研究所|中心|馆|社)$")),
    ("court", compiled(r"(?:法院|检察院)$")),
    ("agency", compiled(r"(?:部|委|局|署|厅|司|处|办|办公室|委员会|部门|机构|机关|组|会)$")),
)


@lru_cache(maxsize=4096)
def body(name: str) -> Body:
    """Return the body of a Simplified name: from the lexicon, else by its ending; never fails.

    发展改革委 and 国家发改委 give 国家发展和改革委员会; 某市财政局 gives itself, prefecture, agency.
    """
    plain = re.sub(r"\(.*?\)|\s", "", name)
    known = _bodies().get(plain)
    if known:
        return known
    level = next((label for label, sign in _LEVELS if sign.search(plain[:8])), "")
    kind = next((label for label, sign in _KINDS if sign.search(plain)), "")
    return Body(plain, level, kind, False)


@lru_cache(maxsize=1)
def _ends() -> re.Pattern[str]:
    return compiled(rf"(?:{lexicon('assignments')['unit']['ends']})(?:\([^()]{{1,24}}\))?$")


@lru_cache(maxsize=1)
def _known_by_last() -> dict[str, tuple[str, ...]]:
    """Return the names of the lexicon by their last character."""
    alike: dict[str, list[str]] = {}
    for name in _bodies():
        if len(name) > 1:
            alike.setdefault(name[-1], []).append(name)
    return {last: tuple(names) for last, names in alike.items()}


@lru_cache(maxsize=1)
def _bound() -> re.Pattern[str]:
    return compiled(f".(?:{lexicon('assignments')['no_unit']['within']})")


def is_unit(text: str) -> bool:
    """Tell whether a text can be the name of one body: by lexicon or by its ending."""
    if not 1 < len(text) <= 40 or _bound().search(text):
        return False
    return text.endswith(_known_by_last().get(text[-1], ())) or _ends().search(text) is not None


_COMMA = compiled(r"[、,/]|以及")
_AND = compiled(r"[和与]|及(?!其)")
_REST = compiled(
    r"(?<![高中初平同])(?:等[^、,;()]{0,8}(?:部门|单位|地区|方面|组织|团体|机构|机关)|等)$")
_LEAD = compiled(r"(?:[^,、;]{0,12}由|以及|和|与|及|会同|商(?!务|业|标|会|贸))")


_LEVEL = compiled(r"(?:各?(?:有关|相关)?(?:[省市县区乡镇州盟旗]|自治区|直辖市)|、)+")
"""Levels before the last one share its noun: 市、县人民政府 is one name."""

_EACH = compiled(r"各(?![省市县区乡镇州盟旗]|自治区|直辖市)")
"""各区、各部门 are two."""

_FIELDS = compiled(r"(?:等(?:有关|相关|各|多|行政|主管)*|行政(?:主管|管理)?|主管|管理)(?:部门|机关|单位)\Z")
_FIELD = compiled(r"[\u4e00-\u9fff]{2,16}(?:\([^()]{1,12}\))?")
"""财政、公安等部门 names bodies by their fields: every piece is one, whatever it ends in."""


def units(text: str, start: int, end: int) -> list[Place]:
    """Cut a list of units into single ones: A、B和C等 gives A, B, C.

    和, 与 and 及 part two units only where a whole name stands on both sides (文化和旅游部 is one). 等 is
    no unit. A piece that cannot be a body's name makes the list none: the result is then empty. In 财政、公安等部门
    the fields stand for the bodies.
    """
    found: list[Place] = []
    for piece in _pieces(text, start, end):
        found += _parted(text, *_tidy(text, *piece))
    found = [place for place in found if place[0] < place[1]]
    if len(found) > 1 and _FIELDS.search(text, found[-1][0], end):
        return found if all(_FIELD.fullmatch(text, *place) or is_unit(text[slice(*place)]) for place in found) else []
    if len(found) > 1 and text[found[-1][1] - 2:found[-1][1]] in ("部门", "机关"):
        return found if all(is_unit(text[a:b]) or _is_field(text, a, b) for a, b in found) else []
    return found if all(is_unit(text[a:b]) for a, b in found) else []


def _pieces(text: str, start: int, end: int) -> Iterator[Place]:
    """Yield what the marks of a list part; those in brackets and between levels (市、县人民政府) do not."""
    at = start
    for mark in _COMMA.finditer(text, start, end):
        if text.count("(", at, mark.start()) > text.count(")", at, mark.start()):
            continue
        if _LEVEL.fullmatch(text, at, mark.start()) and not _EACH.match(text, mark.end()):
            continue
        yield at, mark.start()
        at = mark.end()
    yield at, end


_ANY_NAME = compiled(
    r"(?!.{0,22}(?:负责|牵头|配合|参与|参加|位|为|应|须))[\u4e00-\u9fff·“”A-Za-z]{2,24}(?:\([^()]{1,24}\))?")


def named(text: str, start: int, end: int) -> list[Place]:
    """Cut what is said to be a list of units, in a column or a bracket of units: there any short name is one."""
    found = units(text, start, end)
    if found:
        return found
    pieces = [_tidy(text, a, b) for a, b in _pieces(text, start, end)]
    return pieces if all(_ANY_NAME.fullmatch(text, *piece) for piece in pieces) else []


@lru_cache(maxsize=1)
def _fields() -> Words:
    return Words(lexicon("assignments")["field"]["terms"].split())


_WHOSE = compiled(r"(?:各级|[省市州县区]级|[省市州县区各])*")


def _is_field(text: str, start: int, end: int) -> bool:
    """Tell whether a piece is a field like 公安 or 市级财政, which stands for its department."""
    whose = _WHOSE.match(text, start, end)
    return whose is not None and _fields().end(text, whose.end(), end) == end


def _field_list(text: str, start: int, end: int) -> list[Place]:
    """Read 公安、商务部门 and 公安、商务等部门 from the left; empty when no such list stands there."""
    found: list[Place] = []
    while start < end:
        whose = _WHOSE.match(text, start, end)
        stop = _fields().end(text, whose.end() if whose else start, end)
        if not stop:
            break
        closed = _CLOSED.match(text, stop, end)
        if closed:
            found.append((start, stop if closed.group("rest") else closed.end()))
            return found if len(found) > 1 else []
        found.append((start, stop))
        if text[stop:stop + 1] not in ("、", "和", "与", "及"):
            break
        start = stop + 1
    return []


_CLOSED = compiled(r"(?P<rest>等(?:有关|相关)?)?(?:主管)?(?:部门|机关)")


_OTHER = compiled(
    r"[\u4e00-\u9fff]{0,14}?(?:部门|单位|方面|机构|机关|政府|局|厅|委|办|协会|学会|企业|院校|馆|中心|处|所|站|队|社|院|署)")
_BEHIND = compiled(r"[、,;。等和与及在对按就依]|$")


@lru_cache(maxsize=1)
def _offices() -> re.Pattern[str]:
    """Return the pattern of what goes on from a known name: 国务院 | 其他有关部门."""
    return compiled(lexicon("assignments")["names"]["offices"])


@lru_cache(maxsize=1)
def _known() -> Words:
    return Words(name for name in _bodies() if len(name) > 1)


_IN_BRACKETS = compiled(r"\([^()]{1,12}\)")


def _name_end(text: str, start: int, end: int) -> int:
    """Return where the name that begins at `start` ends: a known body's, else behind a first ending a verb follows."""
    known = _known().end(text, start, end)
    more = (_offices().match(text, known, end) or _IN_BRACKETS.match(text, known, end)) if known else None
    known = more.end() if more else known + (bool(known) and text.startswith("部门", known - 1, end))
    at = start
    while not known and (match := _OTHER.match(text, at, end)):
        at = match.end()
        noted = _IN_BRACKETS.match(text, at, end)
        at = noted.end() if noted else at
        followed = _BEHIND.match(text, at, end) or any(
            listed("verbs", table).opens(text, at, end) for table in ("adverb", "action", "preposition"))
        known = at if followed else 0
        if at - start > 40:
            break
    return known


@lru_cache(maxsize=1)
def _closed() -> re.Pattern[str]:
    """Return the pattern of a list that its last word closes: 市人民防空、市水务等部门."""
    member = r"[\u4e00-\u9fff]{2,12}?"
    last = lexicon("assignments")["names"]["closed"]
    return compiled(rf"(?>{member}(?:\([^()]{{1,12}}\))?[、和与及])+{member}(?:{last})")


def names(text: str, start: int, end: int) -> list[Place]:
    """Read a list of names from the left as far as it goes: 财政部、税务总局和有关部门研究… gives three."""
    closed = _closed().match(text, start, end)
    found = _field_list(text, start, end) or (units(text, start, closed.end()) if closed else [])
    if len(found) > 1:
        return found
    found = []
    while start < end and (stop := _name_end(text, start, end)):
        found.append((start, stop))
        start = stop + 1
        if text[stop:start] not in ("、", "和", "与", "及"):
            break
    return found


def _tidy(text: str, start: int, end: int) -> Place:
    lead = _LEAD.match(text, start, end)
    if lead and is_unit(text[lead.end():end]):
        start = lead.end()
    rest = _REST.search(text[start:end])
    if rest and rest.start():
        end = start + rest.start()
    return start, end


def _parted(text: str, start: int, end: int) -> list[Place]:
    if text[start:end] in _bodies():
        return [(start, end)]
    for mark in _AND.finditer(text, start + 1, end):
        left, right = (start, mark.start()), (mark.end(), end)
        if is_unit(text[left[0]:left[1]]) and is_unit(text[right[0]:right[1]]):
            return [left, *_parted(text, *_tidy(text, *right))]
    return [(start, end)]
