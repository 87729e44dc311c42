"""Responsible units: who leads, answers for or supports a measure, from brackets, label lines and prose.

Source: scheme.md section 3, last bullet. Scans the cleaned copy, hands out offsets of the text of record.
"""

from __future__ import annotations

import bisect
import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any, NamedTuple

from nlp_reform.extract.actors import body, is_unit, units
from nlp_reform.extract.clauses import Clause, split
from nlp_reform.model import Assignment, Document, Mention, UnitRole
from nlp_reform.resources import lexicon

Place = tuple[int, int]


class _Given(NamedTuple):
    start: int
    end: int
    role: UnitRole


class _Signs(NamedTuple):
    bracket: re.Pattern[str]
    label: re.Pattern[str]
    labels: re.Pattern[str]
    verb: re.Pattern[str]
    prose: re.Pattern[str]
    opens: re.Pattern[str]
    first_leads: re.Pattern[str]
    rest_support: re.Pattern[str]
    announced: re.Pattern[str]
    no_unit: re.Pattern[str]


_ROLES: tuple[UnitRole, ...] = ("lead", "support", "responsible")


@lru_cache(maxsize=1)
def _signs() -> _Signs:
    table = lexicon("assignments")
    labels, verbs = table["label"], table["verb"]
    any_label = "|".join(f"(?P<{role}>{labels[role]})" for role in (*_ROLES, "other"))
    any_verb = "|".join(f"(?P<{role}>{verbs[role]})" for role in _ROLES)
    keys = "负责|牵头|配合|参与|参加|责任|分工|主办|承办|落实|协助"
    return _Signs(
        bracket=re.compile(rf"\((?=[^()\n]{{0,300}}(?:{keys}))(?:[^()\n]|\([^()\n]{{0,60}}\)){{2,400}}\)"),
        label=re.compile(rf"(?:^|(?<=[\n;。,(\])】.、])|(?<=[.、] ))(?:\[|【)?(?:{any_label})(?:\]|】)?[::]", re.MULTILINE),
        labels=re.compile(rf"(?:{any_label})[::]"),
        verb=re.compile(rf"(?:共同|分别|具体|统一|统筹|联合|依法|主要|等|,)*(?:{any_verb})"),
        prose=re.compile(r"牵头|负责(?![人制任同])|参与|参加|配合|会同|职责|分工|承担"),
        opens=re.compile(r"(?:并|积极|共同|分别|具体|统一|统筹|联合|依法|主要)*"
                         rf"(?:负责(?![人制任同])|牵头|配合|(?P<charged>{verbs['charged']}))"),
        first_leads=re.compile(table["first_leads"]["regex"]),
        rest_support=re.compile(table["rest_support"]["regex"]),
        announced=re.compile(table["announced"]["regex"]),
        no_unit=re.compile(table["no_unit"]["opening"]),
    )


def find_assignments(document: Document) -> Mapping[str, Any]:
    """Return the layer `assignments`, in text order, one entry a unit; 等 and 有关部门 after 会同 are no units.

    `Mention.text` is as printed; `canonical`, `level` and `kind` come from `actors.body`.
    """
    text = document.view.text
    signs = _signs()
    given: list[_Given] = []
    taken: list[Place] = []
    for match in signs.bracket.finditer(text):
        found = list(_bracket(text, match.start() + 1, match.end() - 1))
        given += found
        if found:
            taken.append(match.span())
    for start, found in _bare(text):
        if not _inside(taken, start):
            given += found
            bisect.insort(taken, (start, found[-1].end + 1))
    given += _lines(text, taken)
    given += _prose(document, taken)
    if signs.first_leads.search(text):
        given = _first_leads(given, taken, bool(signs.rest_support.search(text)))
    return {"assignments": tuple(_attach(document, given))}


def _bracket(text: str, start: int, end: int) -> Iterator[_Given]:
    """Read one bracket: segments parted by ; or , and labels; a segment's verb or label gives the role."""
    labels = list(_signs().labels.finditer(text, start, end))
    if any(_role(label) for label in labels):
        bounds = [*(label.start() for label in labels[1:]), end]
        for label, stop in zip(labels, bounds, strict=True):
            role = _role(label)
            if role:
                yield from _listed(text, label.end(), stop, role)
        return
    pending: list[Place] = []
    for clause in _turns(text, start, end):
        found, role = _segment(text, clause.start, clause.end)
        if role is None:
            pending += units(text, clause.start, clause.end)
            continue
        for place in (*pending, *found):
            yield _Given(*place, role)
        pending = []


_TURN = re.compile(r"(?<=牵头|负责|配合|参与|参加|协助|协办)、")


def _turns(text: str, start: int, end: int) -> Iterator[Clause]:
    """Yield clauses, cut once more at a 、 behind a verb of duty: 由A牵头、B配合."""
    for clause in split(text, start, end):
        at = clause.start
        for turn in _TURN.finditer(text, at, clause.end):
            yield Clause(at, turn.start(), "、")
            at = turn.end()
        yield Clause(at, clause.end, clause.mark)


_BARE = re.compile(r"(?<=[。;,])\(((?:[^()\n]|\([^()\n]{1,20}\)){2,200})\)(?=[。;]?(?:\n|$))")


def _bare(text: str) -> Iterator[tuple[int, list[_Given]]]:
    """Yield the brackets that close a paragraph and hold names of units alone: （教育部、财政部）.

    Where the document announces them (各项任务后括号内所列单位…) any names will do, else all must be known bodies.
    """
    announced = bool(_signs().announced.search(text))
    for match in _BARE.finditer(text):
        pieces = match.group(1).split("、")
        places = units(text, match.start(1), match.end(1))
        if not places or (len(places) < len(pieces) and not announced):
            continue
        if announced or all(body(text[a:b]).kind for a, b in places):
            yield match.start(), [_Given(a, b, "responsible") for a, b in places]


def _role(match: re.Match[str]) -> UnitRole | None:
    """Return the role whose group matched; None for the labels that name no unit."""
    return next((role for role in _ROLES if match.group(role)), None)


def _listed(text: str, start: int, end: int, role: UnitRole) -> Iterator[_Given]:
    """Read units after a label up to the first mark that ends the list."""
    listed = _LISTED.match(text, start, end)
    for place in units(text, start, listed.end() if listed else end):
        yield _Given(*place, role)


_LISTED = re.compile(r"(?:\([^()\n]{1,60}\)|,(?![^,;。]{0,8}[::])|[^;。\n(),])*+")
"""A list of units: brackets belong to names (各市(州)人民政府), a comma before a label ends it."""


def _segment(text: str, start: int, end: int) -> tuple[list[Place], UnitRole | None]:
    """Read `UNITS verb` of one segment: 教育部牵头, 财政部会同有关部门负责, 各省按职责分工负责."""
    for match in _signs().verb.finditer(text, start, end):
        whole = text[start:match.start()]
        joined = re.search(r"会同|(?<=[部委局署厅])商(?=[^、]{2})", whole)
        stop = start + joined.start() if joined and joined.start() else match.start()
        found = units(text, start, stop)
        if found:
            return found, _role(match)
    return [], None


def _lines(text: str, taken: list[Place]) -> Iterator[_Given]:
    """Read 责任单位：… lines."""
    for match in _signs().label.finditer(text):
        role = _role(match)
        if role and not _inside(taken, match.start()):
            yield from _listed(text, match.end(), min(len(text), match.end() + 400), role)


def _inside(taken: list[Place], at: int) -> bool:
    n = bisect_right(taken, (at, 1 << 60)) - 1
    return n >= 0 and taken[n][0] <= at < taken[n][1]


_SUPPORT_BODIES = re.compile(
    r"(?:部门|局|委|厅|署|办|办事处|管理处|政府|部|委员会|协会|学会|单位|机关|指挥部|工会|共青团|妇联|残联|团体|组织)$")
_BOUND_BODIES = re.compile(r"(?:院校|学校|高校|大学|医院|企业|公司|集团|研究院|研究所|院所|中心|机构)$")
_DUTY = re.compile(r"(?:也|都|均)?(?:要|应当|应|必须|须)")
"""With one of these before the verb institutions are bound to support, 院校要参与…; else they may just take part."""


_LONGEST = 2000
"""Prose is read in sentences up to this length."""


def _prose(document: Document, taken: list[Place]) -> Iterator[_Given]:
    """Read 由X牵头, X会同Y负责…, X要参与…, and 负责… under a heading that is a unit's name."""
    text = document.view.text
    starts = [sentence.start for sentence in document.sentences]
    done = -1
    for match in _signs().prose.finditer(text):
        n = bisect_right(starts, match.start()) - 1
        if n <= done or n < 0 or match.start() >= document.sentences[n].end or _inside(taken, match.start()):
            continue
        done = n
        sentence = document.sentences[n]
        reported = bool(document.statements) and document.statements[n].kind == "reported"
        if reported or sentence.end - sentence.body > _LONGEST:
            continue
        head = _heading_unit(document, n)
        yield from _sentence(text, sentence.body, sentence.end, head, taken)


def _heading_unit(document: Document, n: int) -> Place | None:
    """Return the sentence before in the same paragraph when it is the name of one body."""
    if not n or document.sentences[n - 1].block != document.sentences[n].block:
        return None
    before = document.sentences[n - 1]
    start = _skip(document.view.text, before.body, before.end)
    end = before.end - 1 if document.view.text[before.end - 1:before.end] == "。" else before.end
    return (start, end) if is_unit(document.view.text[start:end]) else None


def _sentence(text: str, start: int, end: int, head: Place | None, taken: list[Place]) -> Iterator[_Given]:
    signs = _signs()
    subject: list[Place] = [head] if head else []
    for clause in _turns(text, start, end):
        first = _skip(text, clause.start, clause.end)
        if _inside(taken, first):
            continue
        bare = signs.opens.match(text, first, clause.end)
        if bare and subject:
            verb = signs.verb.match(text, first, clause.end)
            role = "responsible" if bare.group("charged") else _role(verb) if verb else None
            for place in subject if role else ():
                yield _Given(*place, role)  # type: ignore[arg-type]
            subject = []
            continue
        found, role = _subject(text, first, clause.end)
        if found and signs.no_unit.match(text, found[0][0]):
            continue
        if found and role:
            yield from (_Given(*place, role) for place in found)
            subject = []
        elif found:
            subject = found


_OPENING = re.compile(
    r"(?:\(?[一二三四五六七八九十\d]{1,3}[).、] *)?(?:[一二三四五六七八九十]+是|同时|其中|原则上|具体|主要|日常工作|请"
    r"|[^,;。()]{0,16}(?:(?:主要|具体|统一)?由))?")


def _skip(text: str, start: int, end: int) -> int:
    opening = _OPENING.match(text, start, end)
    return opening.end() if opening else start


_WORK = "工作|安全|质量|管理|实施|落实|建设|事务|活动"
_THEN = r"(?=牵头|负责|配合|参|,|分别|会同|具体|统一|共同)"
_MODAL = (
    rf"(?:对[^,;。]{{2,30}}(?=负总责)|对[^,;。]{{0,24}}(?:{_WORK})(?=负责)|发挥(?=牵头)|在[^,;。]{{0,8}}职责范围内"
    r"|(?:依|依照|按|按照)(?:各自)?职(?:责|能)(?=负责)|要|应当|应|须|须要|(?<![员协学商])会|将|继续|做好|积极|认真|可|按(?:照)?职责(?:分工)?|依法|分别|具体|统一|共同|统筹"
    rf"|主要|协同|在[^,;。]{{1,12}}?内|(?:根据|依照|按照)[^,;。]{{2,16}}?{_THEN})*+")
"""What may stand between a unit and its verb; possessive, so that a repeated word costs no retries."""


@lru_cache(maxsize=1)
def _after_unit() -> re.Pattern[str]:
    verbs = lexicon("assignments")["verb"]
    shared = verbs["support"].split("|", 3)[3]
    return re.compile(rf"(?P<shared>{shared})(?=[,;。]|\Z|做好|协同|落实|抓好|开展|推进|加强|依法|对)"
                      rf"|{_MODAL}(?:(?P<lead>牵头|负总责)|(?P<responsible>负责(?![人制任同])|{verbs['charged']})"
                      rf"|(?P<support>配合|参与|参加|{shared}))|(?P<joint>会同|联合)")


_FOLLOWER = re.compile(
    r"设在|设于|[是为](?!主)|在|根据|按|依照|依据|要|应|须|分别|具体|共同|统一|将|对|以|承担|指导|组织|会同|增强|加强"
)


_COPULA = re.compile(r"设在|设于|[是为](?!主)")


def _may_support(text: str, start: int, stop: int, found: list[Place]) -> bool:
    """Tell whether a list of units is one of bodies, not of people: each is a body, or all are fields of 部门."""
    listed = len(found) > 1 and _SUPPORT_BODIES.search(text[start:stop]) is not None
    return listed or all(_SUPPORT_BODIES.search(text[a:b]) for a, b in found)


def _subject(text: str, start: int, end: int) -> tuple[list[Place], UnitRole | None]:
    """Return the units a clause opens with and the role its verb gives them; role None when it has no such verb."""
    verb = _after_unit().search(text, start, min(end, start + 160))
    if verb and verb.start() > start:
        is_a = _COPULA.search(text, start + 2, verb.start())
        found = units(text, start, is_a.start() if is_a else verb.start())
        if found and verb.group("joint"):
            later = _after_unit().search(text, verb.end(), end)
            return found, _given_by(later) if later else None
        if found:
            role = _given_by(verb)
            bound = _DUTY.match(text, verb.start(), verb.end()) and all(
                _BOUND_BODIES.search(text[a:b]) for a, b in found)
            if role == "support" and not bound and not _may_support(text, start, verb.start(), found):
                return [], None
            return found, role
    for stop in _FOLLOWER.finditer(text, start + 2, min(end, start + 80)):
        found = units(text, start, stop.start())
        if found:
            return found, None
    return units(text, start, end) if end - start <= 80 else [], None


def _given_by(verb: re.Match[str]) -> UnitRole:
    return "lead" if verb.group("lead") else "responsible" if verb.group("responsible") else "support"


def _first_leads(given: list[_Given], taken: list[Place], rest_support: bool) -> list[_Given]:
    """Make the first unit of each bracket its leader, where the document says the first leads.

    The others support where it says so too (`rest_support`), else they stay responsible.
    """
    seen: set[int] = set()
    result = []
    for item in sorted(given):
        n = bisect_right(taken, (item.start, 1 << 60)) - 1
        bracket = n if n >= 0 and item.start < taken[n][1] else -1 - item.start
        first = bracket >= 0 and bracket not in seen
        seen.add(bracket)
        role: UnitRole = "lead" if first else "support" if rest_support else "responsible"
        result.append(item._replace(role=role) if bracket >= 0 and item.role == "responsible" else item)
    return result


def _attach(document: Document, given: list[_Given]) -> Iterator[Assignment]:
    """Give each unit once a place, with the directive whose paragraph holds it."""
    blocks = document.blocks
    starts = [block.start for block in blocks]
    seen: set[Place] = set()
    for item in sorted(given):
        if (item.start, item.end) in seen:
            continue
        seen.add((item.start, item.end))
        n = bisect_right(starts, item.start) - 1
        if n < 0 or blocks[n].kind in ("noise", "contents", "duplicate"):
            continue
        known = body(document.view.text[item.start:item.end])
        yield Assignment(blocks[n].directive, Mention(*document.view.cite(item.start, item.end)), item.role,
                         known.name, known.level, known.kind)
