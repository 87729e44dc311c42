"""What one clause charges units with: 由X承担, X会同Y制定…, X、Y按职责分工负责. Offsets index the cleaned copy.

Source: scheme.md section 3, last bullet; words in lexicons/assignments.toml.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from nlp_reform.extract.actors import body, names, units
from nlp_reform.model import UnitRole
from nlp_reform.prepared import compiled
from nlp_reform.resources import lexicon

Place = tuple[int, int]


class Charge(NamedTuple):
    """The units a clause opens with, the role it gives them (None: it only names them), and who joins them."""

    units: list[Place]
    role: UnitRole | None
    joined: list[Place]


_NONE = Charge([], None, [])


class _Signs(NamedTuple):
    handed: re.Pattern[str]
    paid: re.Pattern[str]
    firm: re.Pattern[str]
    trade: re.Pattern[str]
    standing: re.Pattern[str]
    after_unit: re.Pattern[str]
    goes_on: re.Pattern[str]
    joint: re.Pattern[str]
    follower: re.Pattern[str]
    copula: re.Pattern[str]
    bodies: re.Pattern[str]
    institutions: re.Pattern[str]
    bound: re.Pattern[str]


@lru_cache(maxsize=1)
def _signs() -> _Signs:
    table = lexicon("assignments")
    verbs, prose, handed = table["verb"], table["prose"], table["handed"]
    between = rf"(?:{prose['between']})*+"  # possessive, so that a repeated word costs no retries
    modal = rf"(?:{prose['modal']})?"
    return _Signs(
        handed=compiled(handed["takes"]),
        paid=compiled(handed["paid"]),
        firm=compiled(handed["firm"]),
        trade=compiled(handed["trade"]),
        standing=compiled(verbs["standing"]),
        after_unit=compiled(
            rf"{modal}(?P<shared>{verbs['shared']})(?={prose['shares']})"
            rf"|{between}(?:(?P<lead>{prose['leads']})|(?P<responsible>{verbs['answers']}|{prose['answers']}|{verbs['charged']})"
            rf"|(?P<support>{prose['supports']})|(?P<joint>会同(?!意)|联合|(?<=[部委局署厅])商(?![务业会标品贸])))"),
        goes_on=compiled(prose["goes_on"]),
        joint=compiled(rf"{between}会同"),
        follower=compiled(prose["follower"]),
        copula=compiled(prose["copula"]),
        bodies=compiled(rf"(?:{table['body']['bodies']})\Z"),
        institutions=compiled(rf"(?:{table['body']['institutions']})\Z"),
        bound=compiled(rf"{prose['duty']}|{between}(?:{prose['helps']})"),
    )


_LOOK = 160
"""The verb of a duty stands within so many characters of the clause's first unit."""
_NAMED = 80
"""A list of units that only opens a clause is no longer than this."""


def charge(text: str, start: int, first: int, end: int, *, after: bool = False) -> Charge:
    """Read one clause whose words before `first` only lead in: whom it charges, with which role, and who joins.

    A clause that charges nobody names its first units where it opens with some; else its charge is empty. `after` tells
    that the sentence has charged somebody: then whoever takes part supports.
    """
    found = _handed(text, start, first, end) or _by_verb(text, first, end, after)
    return found or Charge(_named(text, first, end), None, [])


def is_a(text: str, end: int) -> bool:
    """Tell whether what a unit that ends at `end` is follows: 市科协 | 是主管部门."""
    return _signs().copula.match(text, end) is not None


def _handed(text: str, start: int, first: int, end: int) -> Charge | None:
    """Return the units that a clause hands its work to: 日常工作由X承担, 由X依法组织实施."""
    signs = _signs()
    by = text[start:first]
    takes = signs.handed.search(text, first, end) if by.endswith(("由", "委托")) else None
    if takes is None or (takes.group("paid") and signs.paid.search(by)):
        return None
    found = [] if signs.firm.search(text, first, takes.start()) else units(text, first, takes.start())
    return Charge(found, "responsible", []) if found and "会同" not in text[first:takes.start()] else None


def _by_verb(text: str, start: int, end: int, after: bool) -> Charge | None:
    """Return the units before the first verb of duty of a clause; None where none stand there."""
    verb = _signs().after_unit.search(text, start, min(end, start + _LOOK))
    if verb is None or verb.start() == start or (verb.group("shared") and _signs().goes_on.match(text, verb.end())):
        return None
    is_a = _signs().copula.search(text, start + 2, verb.start())
    stop = is_a.start() if is_a else verb.start()
    found = units(text, start, stop)
    if not found:
        return None
    if verb.group("joint"):
        return _jointly(text, found, verb, end)
    role = role_given(verb)
    trade = all(_signs().trade.search(text, *place) for place in found)
    if role == "support" and (trade or not after) and not _must_support(text, found, start, verb):
        return _NONE
    if verb.group().endswith("承担") and (trade or not (after or _signs().standing.match(text, verb.end() - 2, end))):
        return _NONE
    joint = _signs().joint.match(text, found[-1][1], end)
    return Charge(found, role, names(text, joint.end(), end) if joint else [])


_ET_AL = compiled(r"等?(?:有关|相关)?(?:部门|单位|方面|机构)?")


def _jointly(text: str, found: list[Place], verb: re.Match[str], end: int) -> Charge:
    """Read X会同Y: X leads and Y supports, unless the verb right behind Y says otherwise (会同Y负责)."""
    joined = not text.startswith("联合", verb.end() - 2)
    others = names(text, verb.end(), end)
    if not others and text.startswith("商", verb.end() - 1):
        return Charge(found, None, [])
    at = _ET_AL.match(text, others[-1][1], end).end() if others else verb.end()  # type: ignore[union-attr]
    later = _signs().after_unit.match(text, at, end)
    role = role_given(later) if later and not later.group("joint") else "lead" if joined else None
    return Charge(found, role, others if joined else [])


def _must_support(text: str, found: list[Place], start: int, verb: re.Match[str]) -> bool:
    """Tell whether a list of units is bound to support: bodies are, institutions by a word of duty, people never."""
    signs = _signs()
    if verb.group("shared") or (len(found) > 1 and signs.bodies.search(text, start, verb.start())):
        return True
    if all(signs.bodies.search(text, a, b) or body(text[a:b]).known for a, b in found):
        return True
    return signs.bound.match(text, verb.start(), verb.end()) is not None and all(
        signs.institutions.search(text, *place) for place in found)


def _named(text: str, start: int, end: int) -> list[Place]:
    for stop in _signs().follower.finditer(text, start + 2, min(end, start + _NAMED)):
        found = units(text, start, stop.start())
        if found:
            return found
    return units(text, start, end) if end - start <= _NAMED else []


def role_given(verb: re.Match[str]) -> UnitRole:
    """Return the role of the group of a verb of duty that matched."""
    return "lead" if verb.group("lead") else "responsible" if verb.group("responsible") else "support"
