"""Obligations: one for each cue that binds, one for each bare imperative clause.

Source: scheme.md section 3. Scans the cleaned copy, hands out offsets of the text of record.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from nlp_reform.extract import bearers
from nlp_reform.extract.actors import body
from nlp_reform.extract.bindings import DUTIES, read
from nlp_reform.extract.cues import Cue, scan, within
from nlp_reform.extract.hosts import addressee, hosts
from nlp_reform.extract.matching import listed
from nlp_reform.extract.verbs import opened
from nlp_reform.model import Actor, Document, Mention, Obligation, Statement
from nlp_reform.model.ids import Serial
from nlp_reform.prepared import compiled

Place = tuple[int, int]


def find_obligations(document: Document) -> Mapping[str, Any]:
    """Return the layer `obligations`, in text order, for the sentences that bind somebody.

    A bare imperative has no cue and strength 3. `inherited` tells that the bearer stands in an earlier
    clause, in the lead-in of a list, or in the line that addresses the document.
    """
    view = document.view
    cues = scan(view)
    starts = [cue.start for cue in cues]
    serial = Serial(document.id)
    fallback = addressee(document)

    text, blocks = view.text, document.blocks

    def cite(place: Place | None) -> Mention | None:
        return Mention(*view.cite(*place)) if place else None

    again = lru_cache(maxsize=256)(cite)  # of places that several clauses share

    @lru_cache(maxsize=256)
    def named(place: Place) -> tuple[Actor, ...]:
        printed = text[place[0]:place[1]]
        return tuple(Actor(*view.cite(place[0] + a, place[0] + b), body(printed[a:b]).name)
                     for a, b in bearers.parted(printed))

    found: list[Obligation] = []
    for sentence, statement, host in zip(document.sentences, document.statements, hosts(document), strict=True):
        inside = [cue for cue in within(cues, starts, sentence.start, sentence.end) if _binds(text, cue, statement)]
        prescribes = statement.kind == "prescriptive" and not sentence.heading
        if not (inside or prescribes) or blocks[sentence.block].kind == "title":
            continue
        for item in read(text, sentence, inside, host, prescribes=prescribes):
            cue = item.cue
            bearer, inherited = item.bearer, item.inherited
            limits = cue is not None and cue.rule.endswith("limit")
            if bearer is None and fallback and not limits and (cue is None or cue.modality in DUTIES):
                bearer, inherited = fallback, True
            found.append(Obligation(
                serial.next(sentence.directive, "o"), sentence.directive, statement.id,
                cue.modality if cue else "obligation", cue.strength if cue else 3,
                cite((cue.start, cue.end)) if cue else None, again(bearer), inherited, cite(item.action),
                again(item.condition), again(item.exception), cue.rule if cue else "imperative",
                "negative" if cue and cue.modality == "prohibition" else "positive",
                cite(_object(text, item.action, item.verb)), named(bearer) if bearer else ()))
    return {"obligations": tuple(found)}


_QUOTES = compiled(r"(?:强调|要求|规定|指出|明确|提出)[^。]{0,40}$")


def _binds(text: str, cue: Cue, statement: Statement) -> bool:
    """Every cue of a prescriptive sentence binds; elsewhere only a firm one in a quoted rule."""
    if statement.kind == "prescriptive":
        return True
    return cue.anywhere and bool(_QUOTES.search(text[max(0, cue.start - 44):cue.start]))


def _object(text: str, action: Place | None, verb: int | None = None) -> Place | None:
    """Return the action without its verb; None where it opens with no verb of the lexicon or has nothing after it.

    `verb` is where the verb ends, if that is known.
    """
    if action is None:
        return None
    end = action[1]
    start = opened(text, *action) if verb is None else verb
    if not start:
        return None
    if text[start:start + 1] in _AND and start < end:
        start = listed("verbs", "action").end(text, start + 1, end) or start
    return (start, end) if start < end else None


_AND = frozenset("、和与及并")


def verb_and_object(action: str) -> tuple[str, str]:
    """Cut a Simplified action into verb (with its adverbs) and object: 进一步加强制度建设 → 进一步加强, 制度建设.

    The verb is empty when the action opens with none that the lexicon has.
    """
    place = _object(action, (0, len(action)))
    if place:
        return action[:place[0]], action[place[0]:]
    return ("", action) if not opened(action, 0, len(action)) else (action, "")
