"""Obligations: one for each cue that binds, one for each bare imperative clause.

Source: scheme.md section 3. Scans the cleaned copy, hands out offsets of the text of record.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

from nlp_reform.extract import bearers, conditions
from nlp_reform.extract.actors import body
from nlp_reform.extract.clauses import Clause, split
from nlp_reform.extract.cues import Cue, scan, within
from nlp_reform.extract.hosts import Host, addressee, hosts
from nlp_reform.extract.matching import listed
from nlp_reform.extract.verbs import opened
from nlp_reform.model import Actor, Document, Mention, Obligation, Sentence, Statement
from nlp_reform.model.ids import Serial
from nlp_reform.prepared import compiled

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
    exception: Place | None = None
    verb: int | None = None
    """Where the verb that opens the action ends, if that is known."""


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
        for item in _read(text, sentence, inside, host, prescribes=prescribes):
            cue = item.cue
            bearer, inherited = item.bearer, item.inherited
            limits = cue is not None and cue.rule.endswith("limit")
            if bearer is None and fallback and not limits and (cue is None or cue.modality in _DUTIES):
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


def _read(text: str, sentence: Sentence, cues: Sequence[Cue], host: Host, *, prescribes: bool) -> Iterator[_Found]:
    """Read one sentence clause by clause; subject and condition run on until new ones are printed."""
    topic, condition = host.bearer, host.condition
    exception: Place | None = None
    own = False
    none = True
    before: Clause | None = None
    for clause, mine in _clauses(text, sentence, cues):
        when = None if mine else conditions.of_clause(text, clause.start, clause.end)
        opened = None if when else bearers.topic(text, clause.start, mine[0].start if mine else clause.end)
        named = topic is not None and before is not None and topic[0] >= before.start and text[topic[1]] == "是"
        if mine and not opened and before and not named and mine[0].start - clause.start < _CLOSE:
            opened = bearers.subject_before(text, before.start, before.end) if before.mark == "," else None
        before = None if mine else clause
        if opened is None and not mine and not when:
            opened = bearers.agent(text, clause.start, clause.end)
        if opened:
            topic, own = opened, True
        exception = conditions.exception(text, clause.start, clause.end) or exception
        condition = when or condition
        for n, cue in enumerate(mine):
            item = _with_cue(text, clause, mine, n, topic, condition)
            if item.bearer and cue.modality in _DUTIES:
                topic, own = item.bearer, True
            none = False
            yield item._replace(exception=exception)
        verb = _imperative(text, clause) if prescribes and not mine and not when else 0
        if verb:
            none = False
            inherited = topic is not None and opened is None
            yield _Found(None, topic, inherited, (clause.start, clause.end), condition, exception, verb)
        if clause.mark == ";":
            condition, exception = host.condition, None
    if none and prescribes and sentence.end - sentence.body > _SHORT:
        yield _Found(None, topic, not own and topic is not None, _whole(text, sentence), condition)


_SHORT = 6
_CLOSE = 4
"""A cue so near its clause's start may bind the actor that is the whole clause before: 尚未换届的学会，应…."""


def _whole(text: str, sentence: Sentence) -> Place:
    """Return the sentence without its end mark: the action of a rule in the indicative."""
    end = sentence.end
    return sentence.body, end - 1 if text[end - 1] in "。!:;" else end


def _clauses(text: str, sentence: Sentence, cues: Sequence[Cue]) -> list[tuple[Clause, Sequence[Cue]]]:
    """Return each clause with the cues that begin in it; of a mutilated sentence only clauses that have one."""
    found = split(text, sentence.body, sentence.end)
    full = len(found) <= _MOST_CLAUSES
    if not cues:
        return [(clause, ()) for clause in found] if full else []
    starts = [cue.start for cue in cues]
    clauses: list[tuple[Clause, Sequence[Cue]]] = []
    at = 0
    for clause in found:
        end = bisect_right(starts, clause.end - 1)
        if full or end > at:
            clauses.append((clause, cues[at:end]))
        at = end
    return clauses


def _imperative(text: str, clause: Clause) -> int:
    """Return where the verb that a clause begins with ends, adverbs before it allowed; 0 where it gives no order."""
    start, end, mark = clause
    if end - start < 4 or mark == ":":
        return 0
    verb = opened(text, start, end)
    return verb if verb < end else 0


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


_AFTER = compiled(",(?:经|进一步|在)")
"""An encouraged actor may be the whole clause; what it does follows: 允许…人才，经备案后执业."""

_TO = compiled(r"对于?(?=[^,;:。]*(?:[省市区县地方企业单位学校构院]|\))$)")


def _addressed(text: str, condition: Place | None) -> Place | None:
    """Return the group a condition names: 对成效明显的省（区、市），鼓励… encourages those."""
    if condition is None:
        return None
    found = _TO.match(text, *condition)
    if found is None:
        return None
    relative = text.rfind("的", *condition)
    start = relative + 1 if relative - found.end() > _BRIEF else found.end()
    return start, condition[1]


_BRIEF = 40
"""Longer relative clauses are no part of the name of those addressed."""


def _with_cue(text: str, clause: Clause, mine: Sequence[Cue], n: int, topic: Place | None,
              condition: Place | None) -> _Found:
    cue = mine[n]
    end = mine[n + 1].start if n + 1 < len(mine) else clause.end
    before = mine[n - 1].end if n else clause.start
    bearer, inherited = _bearer(text, clause, cue, before, topic, condition)
    when = conditions.right_before(text, before, cue.start) or condition
    nearer = when is not None and bearer is not None and when[0] >= bearer[1]
    if bearer and not nearer:
        when = conditions.restriction(text, *bearer) or when
    elif bearer is None and when is None and not cue.rule.endswith("limit"):
        when = conditions.restricted(text, before, cue.start)
    when = conditions.inside(text, clause.start, clause.end) or when
    return _Found(cue, bearer, inherited, (cue.end, end) if cue.end < end else None, when)


def _bearer(text: str, clause: Clause, cue: Cue, before: int, topic: Place | None,
            condition: Place | None) -> tuple[Place | None, bool]:
    """Return who is bound and whether the words stand outside the clause."""
    entitled = text.endswith("有权", cue.start, cue.end)
    if cue.modality == "encouragement" or (cue.modality == "permission" and cue.rule == "allow" and not entitled):
        after, near = clause.end + 1, min(len(text), clause.end + 41)
        goes_on = clause.mark == "," and (opened(text, after, near) or _AFTER.match(text, clause.end))
        end = after if goes_on else clause.end
        return bearers.object_after(text, cue.end, end) or _addressed(text, condition), False
    passive = text.startswith("由", cue.end)
    if passive or text.endswith(("允许", "严禁", "禁止"), cue.start, cue.end):
        return bearers.object_after(text, cue.end + passive, clause.end), False
    if cue.rule.endswith("limit"):
        return None, False
    own = bearers.subject_before(text, before, cue.start)
    if own:
        return own, False
    if topic and topic[0] >= clause.start and bearers.attribute(text, topic[1], cue.start):
        return None, False
    return topic, topic is not None and topic[0] < clause.start
