"""When a clause binds and whom it leaves out, as printed. Offsets index the cleaned copy.

Words in lexicons/conditions.toml.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from nlp_reform.extract.matching import listed
from nlp_reform.extract.verbs import after_adverbs, opened
from nlp_reform.prepared import compiled
from nlp_reform.resources import lexicon

Place = tuple[int, int]


class _Signs(NamedTuple):
    first: frozenset[str]
    last: frozenset[str]
    clause: re.Pattern[str]
    inner: re.Pattern[str]
    actor_if: re.Pattern[str]
    supposed: re.Pattern[str]
    those: re.Pattern[str]
    cases: tuple[str, ...]
    of_bearer: tuple[re.Pattern[str], ...]
    spoken: re.Pattern[str]
    before: re.Pattern[str]
    lacking: re.Pattern[str]
    thing: re.Pattern[str]
    handles: re.Pattern[str]
    inside: re.Pattern[str]
    on_object: re.Pattern[str]
    on_thing: re.Pattern[str]
    lacks: re.Pattern[str]
    bare: re.Pattern[str]
    exception: re.Pattern[str]
    behind: re.Pattern[str]
    alone: re.Pattern[str]


@lru_cache(maxsize=1)
def _signs() -> _Signs:
    table = lexicon("conditions")
    clause, bearer, cue = table["clause"], table["bearer"], table["cue"]
    return _Signs(
        first=frozenset(clause["first"]), last=frozenset(clause["last"]),
        clause=compiled("|".join(clause["patterns"])),
        inner=compiled(clause["inner"]),
        actor_if=compiled(clause["actor_if"]),
        supposed=compiled(clause["supposed"]),
        those=compiled(table["those"]["opens"]), cases=tuple(table["those"]["cases"]),
        of_bearer=tuple(compiled(bearer[name]) for name in ("own", "limited", "relative")),
        spoken=compiled(bearer["spoken"]),
        before=compiled(cue["before"]),
        lacking=compiled(cue["lacking"]),
        thing=compiled(cue["thing"]),
        handles=compiled(table["bare"]["handles"]),
        inside=compiled("|".join(cue["inside"])),
        on_object=compiled(rf"{cue['on_object']}(?=[^,;:。的]{{0,10}}?(?:{cue['acted']}))"),
        on_thing=compiled(rf"{cue['on_object']}(?=[^,;:。的]{{1,10}}\Z)"),
        lacks=compiled(table["bare"]["lacks"]),
        bare=compiled(table["bare"]["before"]),
        exception=compiled("|".join(table["exception"]["patterns"])),
        behind=compiled(table["exception"]["behind"]),
        alone=compiled(table["exception"]["alone"]),
    )


_LABEL = compiled(r"(?:第[一二三四五六七八九十百零\d]{1,6}条|\d{1,3}[.、]|\([一二三四五六七八九十\d]{1,3}\)) *")
_OF = compiled(r"[^,;:。]{2,60}的")
_LONGEST = 120
_SOON = 14
"""A word that makes a clause a condition, or limits what it orders, begins within so many characters."""


def of_clause(text: str, start: int, end: int) -> Place | None:
    """Return what of a clause is a condition: …不足2万人的, 对…的学会, 经…批准后; 在迁移前 of 网站在迁移前."""
    label = _LABEL.match(text, start, end)
    start = label.end() if label else start
    if end - start > _LONGEST:
        return None
    signs = _signs()
    last = text[end - 1:end]
    if last == "的" and not text.endswith("目的", start, end):
        return (start, end) if _OF.fullmatch(text, start, end) else None
    inner = signs.inner.search(text, start + 1, end) if last in signs.last else None
    if inner and text[start] not in signs.first:
        return inner.span()
    if last in signs.last or text[start:start + 1] in signs.first:
        words = text[start:end]
        if signs.clause.fullmatch(words) or _speaks_of(words):
            whoever = text.rfind("的", max(start, end - _SOON), end) + 1 if text[start] == "凡" else 0
            return start, whoever or end
        if text.startswith("对", start):
            thing = None if handles(text, start, end) else signs.on_thing.match(text, start, end)
            if thing:
                return thing.span("place")
    found = signs.supposed.search(text, start + 2, min(end, start + _SOON))
    supposed = signs.actor_if.fullmatch(text, start, end) if found else None
    return supposed.span("place") if supposed else None


def _speaks_of(words: str) -> bool:
    """Tell whether words say of whom or what a rule speaks: 对…的学会, 对…的情形; not 对…的经验."""
    those = _signs().those.match(words)
    return those is not None and (words.endswith(_signs().cases) or any(
        end == len(words) for at in range(those.end(), len(words)) for end in listed("actors", "heads").ends(
            words, at, len(words))))


def spoken_of(text: str, start: int, end: int) -> Place | None:
    """Return the restriction on what a clause only names: 已建成的 in 已建成的排污口，应当限期拆除."""
    if text.find("的", max(start, end - 13), end) < 0 or after_adverbs(text, start, end) > start:
        return None
    found = None if opened(text, start, end) else _signs().spoken.match(text, start, end)
    return found.span() if found else None


def restriction(text: str, start: int, end: int) -> Place | None:
    """Return the restriction inside a bearer: 有条件的 in 有条件的学会."""
    if text.find("的", start, end) < 0:
        return None
    own, *others = _signs().of_bearer
    found = own.search(text, start, end)
    for pattern in others:
        found = found or pattern.match(text, start, end)
    return found.span() if found else None


def following(text: str, start: int, end: int) -> Place | None:
    """Return the condition right behind a cue that names nobody: 有条件的 in 鼓励有条件的加装电梯."""
    found = _signs().of_bearer[0].match(text, start, end)
    return found.span() if found else None


def restricted(text: str, start: int, cue: int) -> Place | None:
    """Return the restriction on what a rule speaks of, right before its cue: 没有依据的 in 没有依据的评比一律取消."""
    signs, end = _signs(), min(cue, start + _REACH)
    found = signs.lacking.match(text, start, end) or signs.of_bearer[1].match(text, start, end)
    if found and cue - found.end() <= _NEAR:
        return found.span()
    if text.find("的", start, end) < 0 or opened(text, start, end):
        return None
    thing = signs.thing.match(text, after_adverbs(text, start, end), end)
    return thing.span() if thing else None


_REACH = 40
_NEAR = 10


def right_before(text: str, start: int, cue: int) -> Place | None:
    """Return the condition that ends right before a cue: 没有依据的 in 没有依据的一律取消."""
    found = _signs().before.search(text, max(start, cue - 64), cue)
    return found.span("place") if found else None


def before_order(text: str, start: int, end: int) -> Place | None:
    """Return the condition that opens a clause whose order has no cue: 逾期不改的 in 逾期不改的由市局处罚."""
    of = text.find("的", start, end) > 0 or text.find("者", start, end) > 0
    lacks = of and _signs().lacks.search(text, start, min(end, start + _SOON))
    found = _signs().bare.match(text, start, end) if lacks else None
    return found.span("place") if found else None


def inside(text: str, start: int, end: int) -> Place | None:
    """Return a condition inside a clause: 在依法合规、风险可控的前提下."""
    found = _signs().inside.search(text, start, min(end, start + 160))
    return found.span() if found else None


def handles(text: str, start: int, end: int) -> bool:
    """Tell whether a clause orders something of what it opens with: 对进展缓慢的地区进行约谈."""
    return _signs().handles.match(text, start, end) is not None


def on_object(text: str, start: int, end: int) -> Place | None:
    """Return the restriction on what a clause acts on: 进展缓慢的 in 对进展缓慢的地区进行约谈."""
    of = text.find("的", start, min(end, start + _FAR)) > 0
    found = _signs().on_object.search(text, start, min(end, start + _FAR)) if of else None
    return found.span("place") if found else None


_FAR = 80


def exception(text: str, start: int, end: int) -> Place | None:
    """Return what is excepted: 除…外, 但…除外, be it the clause behind."""
    behind = _signs().behind.match(text, end) if text.find("除外", end, end + _REACH) > 0 else None
    if behind:
        return behind.span("place")
    if text.endswith("除外", start, end) and _signs().alone.fullmatch(text, start, end):
        return start, end
    end = min(end, start + 400)
    found = _signs().exception.search(text, start, end) if text.find("除", start, end) >= 0 else None
    return found.span() if found else None
