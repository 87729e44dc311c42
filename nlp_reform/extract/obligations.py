"""Obligations: one for each cue that binds, one for each bare imperative clause.

Source: scheme.md section 3. Scans the cleaned copy, hands out offsets of the text of record.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any, NamedTuple

from nlp_reform.extract import bearers, conditions
from nlp_reform.extract.clauses import Clause, split
from nlp_reform.extract.cues import Cue, scan, within
from nlp_reform.extract.matching import pattern
from nlp_reform.model import Document, Mention, Obligation, Sentence, Statement
from nlp_reform.model.ids import Serial

Place = tuple[int, int]
_MOST_CLAUSES = 400
"""A sentence of more clauses is a mutilated text: its cues are read, its bare imperatives are not."""


_DUTIES = frozenset({"obligation", "prohibition", "aspiration"})


class _Found(NamedTuple):
    cue: Cue | None
    bearer: Place | None
    inherited: bool
    action: Place | None
    condition: Place | None
    exception: Place | None


def find_obligations(document: Document) -> Mapping[str, Any]:
    """Return the layer `obligations`, in text order, for the sentences that bind somebody."""
    view = document.view
    cues = scan(view)
    starts = [cue.start for cue in cues]
    serial = Serial(document.id)

    def cite(place: Place | None) -> Mention | None:
        return Mention(*view.cite(*place)) if place else None

    found: list[Obligation] = []
    for sentence, statement in zip(document.sentences, document.statements, strict=True):
        inside = [cue for cue in within(cues, starts, sentence.start, sentence.end) if _binds(view.text, cue, statement)]
        for item in _read(view.text, sentence, statement, inside, document.blocks[sentence.block].kind == "title"):
            cue = item.cue
            found.append(Obligation(
                serial.next(sentence.directive, "o"), sentence.directive, statement.id,
                cue.modality if cue else "obligation", cue.strength if cue else 3,
                cite((cue.start, cue.end)) if cue else None, cite(item.bearer), item.inherited, cite(item.action),
                cite(item.condition), cite(item.exception), cue.rule if cue else "imperative"))
    return {"obligations": tuple(found)}


_QUOTES = re.compile(r"(?:强调|要求|规定|指出|明确|提出)[^。]{0,40}$")


def _binds(text: str, cue: Cue, statement: Statement) -> bool:
    """Every cue of a prescriptive sentence binds; elsewhere only a firm one in a quoted rule."""
    if statement.kind == "prescriptive":
        return True
    return cue.anywhere and bool(_QUOTES.search(text[max(0, cue.start - 44):cue.start]))


def _read(text: str, sentence: Sentence, statement: Statement, cues: list[Cue], titled: bool) -> Iterator[_Found]:
    if (not cues and statement.kind != "prescriptive") or titled:
        return
    clauses = split(text, sentence.body, sentence.end)
    if len(clauses) > _MOST_CLAUSES:
        clauses = [clause for clause in clauses if any(clause.start <= cue.start < clause.end for cue in cues)]
    topic: Place | None = None
    condition: Place | None = None
    at = 0
    for clause in clauses:
        mine: list[Cue] = []
        while at < len(cues) and cues[at].start < clause.end:
            mine.append(cues[at])
            at += 1
        opened = bearers.topic(text, clause.start, mine[0].start if mine else clause.end)
        topic = opened or topic
        when = None if mine else conditions.of_clause(text, clause.start, clause.end)
        condition = when or condition
        for n in range(len(mine)):
            item = _with_cue(text, clause, mine, n, topic, condition)
            if item.bearer and mine[n].modality in _DUTIES:
                topic = item.bearer
            yield item
        if not mine and not when and statement.kind == "prescriptive" and not sentence.heading:
            action = _imperative(text, clause)
            if action:
                yield _Found(None, topic, topic is not None and opened is None, action, condition, None)
        if clause.mark == ";":
            condition = None


@lru_cache(maxsize=1)
def _opener() -> re.Pattern[str]:
    return re.compile(f"(?:(?:{pattern('verbs', 'adverb')})|[、和与])*(?:{pattern('verbs', 'action')})")


def _imperative(text: str, clause: Clause) -> Place | None:
    """Return the action of a clause that begins with its verb, adverbs before it allowed."""
    if clause.end - clause.start < 4 or clause.mark == ":":
        return None
    found = _opener().match(text, clause.start, clause.end)
    return (clause.start, clause.end) if found and found.end() < clause.end else None


_TO = re.compile(r"对于?(?=[^,;:。]*(?:[省市区县地方企业单位学校构院]|\))$)")


def _addressed(text: str, condition: Place | None) -> Place | None:
    """Return the group a condition names: 对成效明显的省（区、市），鼓励… encourages those."""
    if condition is None:
        return None
    found = _TO.match(text, *condition)
    return (found.end(), condition[1]) if found else None


def _with_cue(text: str, clause: Clause, mine: list[Cue], n: int, topic: Place | None,
              condition: Place | None) -> _Found:
    cue = mine[n]
    end = mine[n + 1].start if n + 1 < len(mine) else clause.end
    before = mine[n - 1].end if n else clause.start
    if cue.modality == "encouragement" or (cue.modality == "permission" and cue.rule == "allow"):
        bearer = bearers.object_after(text, cue.end, clause.end) or _addressed(text, condition)
    else:
        bearer = bearers.subject_before(text, before, cue.start) or topic
    when = conditions.right_before(text, before, cue.start) or condition
    if bearer:
        when = conditions.restriction(text, *bearer) or when
    when = conditions.inside(text, clause.start, clause.end) or when
    return _Found(cue, bearer, False, (cue.end, end) if cue.end < end else None, when,
                  conditions.exception(text, clause.start, clause.end))
