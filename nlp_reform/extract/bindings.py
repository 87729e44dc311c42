"""What the clauses of one sentence bind: each cue, each bare imperative, with bearer and condition.

Source: scheme.md section 3. Offsets index the cleaned copy.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from nlp_reform.extract import bearers, conditions, encouraged
from nlp_reform.extract.clauses import Clause, split
from nlp_reform.extract.cues import Cue
from nlp_reform.extract.hosts import Host
from nlp_reform.extract.matching import listed
from nlp_reform.extract.verbs import opened
from nlp_reform.model import Sentence
from nlp_reform.prepared import compiled

Place = tuple[int, int]
_MOST_CLAUSES = 400
"""A sentence of more clauses is a mutilated text: its cues are read, its bare imperatives are not."""

DUTIES = frozenset({"obligation", "prohibition", "aspiration"})
"""What these lay down binds an addressee too."""


class Bound(NamedTuple):
    """What binds: the cue (None for a bare imperative), whom, and what it asks."""

    cue: Cue | None
    bearer: Place | None
    inherited: bool
    action: Place | None
    condition: Place | None
    exception: Place | None = None
    verb: int | None = None
    """Where the verb that opens the action ends, if that is known."""


def read(text: str, sentence: Sentence, cues: Sequence[Cue], host: Host, *, prescribes: bool) -> Iterator[Bound]:
    """Read one sentence clause by clause; subject and condition run on until new ones are printed."""
    topic, condition = host.bearer, host.condition
    exception: Place | None = None
    own, none = False, True
    before: Clause | None = None  # the clause before, where it has no cue
    follows = False  # the clause before is a condition
    spoken: Place | None = None  # the restriction on what it names without saying more
    for clause, mine in _clauses(text, sentence, cues):
        when = None if mine else conditions.of_clause(text, clause.start, clause.end)
        limit = None if mine or when else conditions.before_order(text, clause.start, clause.end)
        first = limit[1] if limit else clause.start
        by = not (mine or when) and text.find("由", first, clause.end) > 0
        opened = bearers.agent(text, first, clause.end) if by else None
        opened = opened or _topic(text, first, mine[0].start if mine else clause.end, when)
        if mine and before and not opened and mine[0].start - clause.start < _CLOSE:
            opened = _left_over(text, before, topic, condition)
        if opened:
            topic, own = opened, True
        exception = conditions.exception(text, clause.start, clause.end) or exception
        condition = _joined(text, condition, when)
        for n, cue in enumerate(mine):
            item = _with_cue(text, clause, mine, n, topic, spoken or condition)
            if item.bearer and cue.modality in DUTIES:
                topic, own = item.bearer, True
            none = False
            yield item._replace(exception=exception)
        order = None if mine or when or not prescribes else _order(text, clause, first, opened)
        if order is None and follows and prescribes and not (mine or when):
            order = clause.start, None, opened
        if order:
            none = False
            yield _without_cue(text, clause, order, topic, limit or spoken or condition, exception)
        follows = when is not None and text[when[1] - 1] in "的者"
        spoken = None if mine or when or order else conditions.spoken_of(text, clause.start, clause.end)
        before = None if mine else clause
        if clause.mark == ";":
            condition, exception = host.condition, None
    if none and prescribes and sentence.end - sentence.body > _SHORT:
        yield Bound(None, topic, not own and topic is not None, _whole(text, sentence), condition)


def _joined(text: str, one: Place | None, two: Place | None) -> Place | None:
    """Return the later of two conditions, both where a comma alone parts them: 对有隐患的，在整改之前."""
    if one and two and one[1] + 1 == two[0] and text[one[1]] == ",":
        return one[0], two[1]
    return two or one


def _left_over(text: str, before: Clause, topic: Place | None, condition: Place | None) -> Place | None:
    """Return the actor of the clause before that a cue right behind it binds: 企业变更名称的，应…."""
    if topic is None and condition and condition[0] >= before.start:
        return bearers.topic(text, before.start, before.end)
    named = topic is not None and topic[0] >= before.start and text[topic[1]] == "是"
    return bearers.subject_before(text, before.start, before.end) if before.mark == "," and not named else None


def _topic(text: str, start: int, end: int, when: Place | None) -> Place | None:
    """Return whom a clause opens with; before a condition (网站 | 在迁移前) only what is nothing else."""
    if when is None:
        return bearers.topic(text, start, end)
    return bearers.subject_before(text, start, when[0]) if when[0] > start else None


Order = tuple[int, int | None, Place | None]
"""What a clause without a cue orders: where it begins, where its verb ends if known, whom it names itself."""

_PLANS = compiled(
    r"(?:亦|也|均|都|则|就|还|已|现)*(?:(?:将|会(?![员议计长费同商]))(?P<plan>)|(?=[对按向把将以从与为就给根依逐在]|每[年月季周日半](?!\d)|牵头|负责|承担))"
    r"(?!是|有|以[上下内])")


def _names(verb: str) -> bool:
    """Tell whether a verb may as well open the name of a thing: 地区 | 生产总值."""
    size = len(verb)
    return listed("verbs", "nominal").end(verb, 0, size) == size and not listed("verbs", "acting").end(verb, 0, size)


def _order(text: str, clause: Clause, start: int, actor: Place | None) -> Order | None:
    """Return what a clause without a cue orders, None where it gives no order.

    `start` is behind its condition. What an actor named in the clause will do (屋宇署 | 会…, 学校 | 按…奖励, 由X |
    责令改正) is ordered of that actor.
    """
    if actor and actor[1] < clause.end:
        verb = opened(text, actor[1], clause.end)
        plan = _PLANS.match(text, actor[1], clause.end)
        acts = plan or (verb > actor[1] + 1 and not text.startswith("的", verb) and not _names(text[actor[1]:verb]))
        does = acts and not text[actor[0]].isdigit() and not opened(text, *actor)
        if does or (plan and plan["plan"] is not None) or text.startswith("由", actor[0] - 1):
            return (plan.end(), None, actor) if plan else (actor[1], verb or None, actor)
    verb = _imperative(text, clause) if start == clause.start else opened(text, start, clause.end)
    if not verb and conditions.handles(text, start, clause.end):
        return start, None, actor
    if start != clause.start and text.startswith("不予", start):
        return start, None, actor
    stated = start != clause.start and text.startswith("的", verb)
    return (start, verb, actor) if verb and not stated else None


def _without_cue(text: str, clause: Clause, order: Order, topic: Place | None, condition: Place | None,
                 exception: Place | None) -> Bound:
    """Return what a clause lays down without a cue."""
    start, verb, actor = order
    own = conditions.restriction(text, *actor) if actor else None
    when = own or condition or conditions.on_object(text, clause.start, clause.end)
    return Bound(None, topic, topic is not None and actor is None, (start, clause.end), when, exception, verb)


_SHORT = 6
_CLOSE = 4
"""A cue so near its clause's start may bind an actor of the clause before."""


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
              condition: Place | None) -> Bound:
    cue = mine[n]
    end = mine[n + 1].start if n + 1 < len(mine) else clause.end
    before = mine[n - 1].end if n else clause.start
    bearer, inherited = _bearer(text, clause, cue, before, topic, condition)
    when = conditions.right_before(text, before, cue.start) or condition
    nearer = when is not None and bearer is not None and when[0] >= bearer[1]
    if bearer and not nearer:
        when = conditions.restriction(text, *bearer) or when
    elif (bearer is None or inherited) and when is None and not cue.rule.endswith("limit"):
        when = conditions.restricted(text, before, cue.start)
    if when is None and bearer is None and cue.modality == "encouragement":
        when = conditions.following(text, cue.end, end)
    when = _joined(text, when, conditions.inside(text, clause.start, clause.end))
    turned = conditions.on_object(text, cue.end if n else clause.start, clause.end)
    if when is None and turned and text[turned[0] - 1] in "把将让使":
        when = turned
    return Bound(cue, bearer, inherited, (cue.end, end) if cue.end < end else None, when)


def _through(text: str, clause: Clause) -> int:
    """Return where what an encouraged actor is to do ends: in the next clause where that goes on."""
    after, near = clause.end + 1, min(len(text), clause.end + 41)
    goes_on = clause.mark == "," and (opened(text, after, near) or _AFTER.match(text, clause.end))
    return after if goes_on else clause.end


_ACTS = compiled("(?:每[年月季周日]|全年)[^,;:。]{0,4}(?:安排|开展|举办|组织|召开|提供|拨付|投入|列支|检查|培训|走访)")
"""What is done so often at least is asked of who does it: 市财政 | 每年安排资金 | 不少于600万元."""


def _bearer(text: str, clause: Clause, cue: Cue, before: int, topic: Place | None,
            condition: Place | None) -> tuple[Place | None, bool]:
    """Return who is bound and whether the words stand outside the clause."""
    passive, allows = text.startswith("由", cue.end), text.endswith("允许", cue.start, cue.end)
    encourages = cue.modality == "encouragement" or (
        cue.modality == "permission" and cue.rule == "allow" and not text.endswith("有权", cue.start, cue.end))
    if encourages or passive or allows or text.endswith(("严禁", "禁止"), cue.start, cue.end):
        end = _through(text, clause) if encourages else clause.end
        by = passive and not encourages
        known = not by or bearers.agent(text, cue.start, end)
        named = encouraged.object_after(text, cue.end + by, end) if known else None
        named = named or (_addressed(text, condition) if encourages else None)
        if named or not (allows or by):
            return named, False
    if cue.rule.endswith("limit"):
        acts = topic and topic[0] >= clause.start and _ACTS.match(text, topic[1], cue.start)
        return topic if acts else None, False
    own = bearers.subject_before(text, before, cue.start)
    if own:
        return own, False
    if topic and topic[0] >= clause.start and bearers.attribute(text, topic[1], cue.start):
        return None, False
    return topic, topic is not None and topic[0] < clause.start
