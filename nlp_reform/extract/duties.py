"""Units named in prose with a duty, clause by clause: 由X牵头、Y配合, X会同Y负责…. Offsets index the cleaned copy.

Source: scheme.md section 3, last bullet; 会同 makes its subject lead and those behind it support.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from nlp_reform.extract.actors import is_unit, names
from nlp_reform.extract.charges import charge, is_a
from nlp_reform.extract.clauses import Clause, split
from nlp_reform.model import Document, UnitRole
from nlp_reform.prepared import compiled
from nlp_reform.resources import lexicon

Place = tuple[int, int]
ROLES: tuple[UnitRole, ...] = ("lead", "support", "responsible")


class Given(NamedTuple):
    """A unit's place and the role its words give it."""

    start: int
    end: int
    role: UnitRole


class _Signs(NamedTuple):
    prose: re.Pattern[str]
    opening: re.Pattern[str]
    opens: re.Pattern[str]
    joins: re.Pattern[str]
    turn: re.Pattern[str]
    no_unit: re.Pattern[str]
    bare: re.Pattern[str]
    anyone: re.Pattern[str]
    reports: re.Pattern[str]


@lru_cache(maxsize=1)
def _signs() -> _Signs:
    table = lexicon("assignments")
    verbs, prose, none = table["verb"], table["prose"], table["no_unit"]
    return _Signs(
        prose=compiled(f"(?=[{prose['first']}])(?:{prose['sought']}|{verbs['answers']})"),
        opening=compiled(rf"(?:\(?[一二三四五六七八九十\d]{{1,3}}[).、] *)?(?:{prose['opening']})?"),
        opens=compiled(rf"(?:{prose['runs']})*(?:(?P<responsible>{verbs['answers']}(?!牵头)|{verbs['charged']})"
                       rf"|(?P<lead>(?:负责)?牵头)|(?P<support>配合|{verbs['shared']}))"),
        joins=compiled(prose["joins"]),
        turn=compiled(rf"(?<={prose['turn']})、"),
        no_unit=compiled(none["opening"]),
        bare=compiled(none["bare"]),
        anyone=compiled(f"{none['bare']}|{none['anyone']}"),
        reports=compiled(table["reports"]["opening"]),
    )


@lru_cache(maxsize=1)
def verb() -> re.Pattern[str]:
    """Return the verbs of duty with their adverbs; the group that matches names the role."""
    verbs = lexicon("assignments")["verb"]
    verbs = {**verbs, "responsible": f"{verbs['answers']}|{verbs['responsible']}",
             "support": f"{verbs['support']}|{verbs['shared']}"}
    any_verb = "|".join(f"(?P<{role}>{verbs[role]})" for role in ROLES)
    return compiled(rf"(?:共同|分别|具体|统一|统筹|联合|依法|主要|等|,)*(?:{any_verb})")


def role_of(match: re.Match[str]) -> UnitRole | None:
    """Return the role whose group matched; None for the labels that name no unit."""
    return next((role for role in ROLES if match.group(role)), None)


def turns(text: str, start: int, end: int) -> Iterator[Clause]:
    """Yield clauses, cut once more at a 、 behind a verb of duty: 由A牵头、B配合."""
    for clause in split(text, start, end):
        at = clause.start
        for turn in _signs().turn.finditer(text, at, clause.end):
            yield Clause(at, turn.start(), "、")
            at = turn.end()
        yield Clause(at, clause.end, clause.mark)


def inside(taken: list[Place], at: int) -> bool:
    """Tell whether a place lies in one of the brackets or lists already read."""
    n = bisect_right(taken, (at, 1 << 60)) - 1
    return n >= 0 and taken[n][0] <= at < taken[n][1]


_LONGEST = 2000
"""Prose is read in sentences up to this length."""


def prose(document: Document, taken: list[Place]) -> Iterator[Given]:
    """Read 由X牵头, X会同Y负责…, X要参与…, and 负责… under a heading that is a unit's name."""
    text = document.view.text
    starts = [sentence.start for sentence in document.sentences]
    done = -1
    for match in _signs().prose.finditer(text):
        n = bisect_right(starts, match.start()) - 1
        if n <= done or n < 0 or match.start() >= document.sentences[n].end or inside(taken, match.start()):
            continue
        done = n
        sentence = document.sentences[n]
        reported = _signs().reports.match(text, sentence.body, sentence.end) or (
            bool(document.statements) and document.statements[n].kind == "reported")
        if reported or sentence.end - sentence.body > _LONGEST:
            continue
        head = _heading_unit(document, n)
        yield from _sentence(text, sentence.body, sentence.end, head, taken)


def _heading_unit(document: Document, n: int) -> Place | None:
    """Return the sentence before in the same paragraph when it is the name of one body."""
    if not n or document.sentences[n - 1].block != document.sentences[n].block:
        return None
    before = document.sentences[n - 1]
    if document.blocks[before.block].kind == "row":
        return None
    start = _skip(document.view.text, before.body, before.end)
    end = before.end - 1 if document.view.text[before.end - 1:before.end] == "。" else before.end
    return (start, end) if is_unit(document.view.text[start:end]) else None


def _sentence(text: str, start: int, end: int, head: Place | None, taken: list[Place]) -> Iterator[Given]:
    """Yield what the clauses of one sentence charge; a subject that is only named waits for its verb."""
    signs = _signs()
    subject: list[Place] = [head] if head else []
    role: UnitRole | None = None
    charged = False
    for clause in turns(text, start, end):
        first = _skip(text, clause.start, clause.end)
        if inside(taken, first) or text.startswith("(", first):
            continue
        bare = signs.opens.match(text, first, clause.end)
        if bare and subject:
            role = role_of(bare)
            for place in subject if role and not _slogan(text, subject, role, charged) else ():
                yield Given(*place, role)  # type: ignore[arg-type]
            subject, charged = [], True
            continue
        joins = signs.joins.match(text, first, clause.end) if subject or charged else None
        if joins and (charged or not joins.group("when")):
            others = names(text, joins.end(), clause.end)
            if role == "lead" or not all(signs.anyone.fullmatch(text, *place) for place in others):
                yield from (Given(*place, "lead") for place in subject)
                yield from (Given(*place, "support") for place in others)
                subject, role = [], "lead"
            continue
        found, role, joined = charge(text, clause.start, first, clause.end, after=charged)
        goes_on = len(subject) > 1 and subject[-1][1] == first - 1 == clause.start - 1  # A、B，C负责
        listed = subject if goes_on else []
        if found and (signs.no_unit.match(text, found[0][0]) or _slogan(text, found, role, charged)):
            role = None
            continue
        if found and role:
            yield from (Given(*place, role) for place in (*listed, *found))
            yield from (Given(*place, "support") for place in joined)
            subject, charged = [], True
        elif found:
            several = subject and is_a(text, subject[-1][1]) and is_a(text, found[-1][1])
            subject = [*subject, *found] if several else found


def _slogan(text: str, found: list[Place], role: UnitRole | None, charged: bool) -> bool:
    """Tell whether words name no body: 政府 in 建立政府牵头、部门协同的机制, 各有关部门 in 各有关部门密切配合.

    In a sentence that has charged a body already, others that support it are named: 由市科协负责，有关部门配合.
    """
    signs = _signs()
    if role is None or (role == "responsible" and not text.startswith("、", found[0][0] - 1)):
        return False
    none = signs.anyone if role == "support" and not charged else signs.bare
    return all(none.fullmatch(text, *place) for place in found)


def _skip(text: str, start: int, end: int) -> int:
    opening = _signs().opening.match(text, start, end)
    return opening.end() if opening else start
