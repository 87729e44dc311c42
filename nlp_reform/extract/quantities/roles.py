"""Roles: what a number is for: target, achieved, condition, baseline or other (scheme.md section 4).

Signs in the number's own surroundings come first (由…提高到, …以上的, 以下五个方面); what is left follows the kind
of its sentence, corrected by the tense of its own clause.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from nlp_reform.extract.matching import trie
from nlp_reform.extract.quantities import units
from nlp_reform.extract.quantities.amounts import Amount
from nlp_reform.model import Role, StatementKind
from nlp_reform.resources import lexicon

_CLAUSE = ",;:。!?\n"
_BOUNDS = frozenset({">=", ">", "<=", "<", "range"})
_RISES = r"(?:[^,。;\d]{0,10}?)(?:到|至|为|成|达)"
_PHYSICAL = frozenset({"mass", "power", "electric", "energy", "volume", "transport"})


class Place(NamedTuple):
    """Where an amount stands: its clause's start, and the sentence around it."""

    clause: int
    sentence: int
    end: int


class _Signs(NamedTuple):
    past: re.Pattern[str]
    coming: re.Pattern[str]
    summary: re.Pattern[str]
    pointing: re.Pattern[str]
    rises: re.Pattern[str]


@lru_cache(maxsize=1)
def _signs() -> _Signs:
    table = lexicon("roles")
    summary = table["summary"]
    verbs = lexicon("indicators")["verbs"]
    change = trie([*verbs["increase"], *verbs["decrease"], "调整", "变", "发展", "延伸", "改"])
    return _Signs(
        re.compile(trie(table["past"]["terms"])), re.compile(trie(table["coming"]["terms"])),
        re.compile(rf"(?:的|重大|重点|主要|基本|突出|不同|大的?)?[^,。;、]{{0,{summary['width']}}}?(?:{trie(summary['heads'])})"),
        re.compile(rf"(?:{trie(table['pointing']['terms'])})(?:的|这)?\Z"),
        re.compile(rf" ?(?:{change})?(?:{_RISES})? ?(?:{change})?"))


def clause_start(text: str, floor: int, at: int) -> int:
    """Return where the clause around `at` begins, not before `floor`."""
    return max(floor, *(text.rfind(c, floor, at) + 1 for c in _CLAUSE))


def find(text: str, amount: Amount, following: Amount | None, place: Place, kind: StatementKind) -> Role:
    """Return the role of one amount; `following` is the next one of its sentence."""
    if _baseline(text, amount, following):
        return "baseline"
    if _condition(text, amount, following, place):
        return "condition"
    if _other(text, amount, place):
        return "other"
    clause = text[place.clause : amount.left]
    signs = _signs()
    if kind == "prescriptive":
        return "target"
    if kind == "reported":
        return "achieved"
    return "achieved" if signs.past.search(clause) else "other"


def _baseline(text: str, amount: Amount, following: Amount | None) -> bool:
    """由3万元提高到10万元, 在5%的基础上, 三档并两档."""
    before = text[max(0, amount.left - 2) : amount.left].rstrip()
    after = text[amount.right : amount.right + 5]
    if "基础上" in after:
        return True
    if following is None:
        return False
    between = text[amount.right : following.left]
    if before.endswith(("从", "由")) and len(between) < 16 and not re.search(r"[。;]", between):
        return True
    return between.strip() == "并" and amount.unit == following.unit


def _condition(text: str, amount: Amount, following: Amount | None, place: Place) -> bool:
    after = text[amount.right : amount.right + 8]
    signs = lexicon("roles")["event"]
    clause = text[place.clause : amount.left]
    if amount.unit in signs["age"]:
        return not re.search("|".join(signs["life"]), clause)
    if amount.comparator not in _BOUNDS:
        return False
    if re.match(r"的(?:[,;、。:)]|$)", after):
        return True
    if after.startswith(("且", "、", "或")) and following is not None and following.left - amount.right <= 2:
        return text.startswith("的", following.right)
    if after.startswith("的") and amount.start > amount.left:
        return True
    if amount.right > amount.end and units.dimension(amount.unit) not in ("percent", "", "count", "people", "multiple", "time"):
        return bool(re.match(r"的?[\u4e00-\u9fff]", after)) and not re.match(r"的?(?:[资投支拨]|奖|补)", after)
    return False


def _other(text: str, amount: Amount, place: Place) -> bool:
    signs = _signs()
    before = text[max(place.clause, amount.left - 6) : amount.left]
    after = text[amount.right : amount.right + 12]
    small = amount.chinese and amount.value <= 20 and amount.comparator == "=" and units.dimension(amount.unit) == "count"
    if before.endswith("每"):
        return True
    if small:
        if signs.pointing.search(before) or signs.summary.match(after):
            return True
        if "、" in before and not before.endswith("等") and not re.search(r"\d|[一二三四五六七八九十][个项条家所]", before):
            return True
    if amount.unit == "" and text[amount.start : amount.end] in ("减半",):
        return True
    if amount.comparator == "=" and units.dimension(amount.unit) in _PHYSICAL and re.match(r"[\u4e00-\u9fff]", after):
        return True
    return amount.comparator == "~" and after.startswith("的")
