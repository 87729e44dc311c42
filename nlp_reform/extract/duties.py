"""Units named in prose with a duty: 由X牵头、Y配合, X会同Y负责…, X是…责任主体. Offsets index the cleaned copy.

Source: scheme.md section 3, last bullet; 会同 makes its subject lead and those behind it support.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from nlp_reform.extract.actors import is_unit, names, units
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
    opens: re.Pattern[str]
    no_unit: re.Pattern[str]
    bare: re.Pattern[str]
    anyone: re.Pattern[str]
    paid: re.Pattern[str]
    firm: re.Pattern[str]


@lru_cache(maxsize=1)
def _signs() -> _Signs:
    table = lexicon("assignments")
    answers = table["verb"]["answers"]
    return _Signs(
        prose=compiled(rf"牵头|{answers}|负总责|参与|参加|配合|会同|协助|协同|职责|分工|承担|组织实施|责任(?:主体|单位)"),
        opens=compiled(r"(?:并|积极|共同|分别|具体|统一|统筹|联合|依法|主要)*"
                         rf"(?:{answers}|牵头|配合|(?P<charged>{table['verb']['charged']}))"),
        no_unit=compiled(table["no_unit"]["opening"]),
        bare=compiled(table["no_unit"]["bare"]),
        anyone=compiled(f"{table['no_unit']['bare']}|{table['no_unit']['anyone']}"),
        paid=compiled(table["handed"]["paid"]),
        firm=compiled(table["handed"]["firm"]),
    )


@lru_cache(maxsize=1)
def verb() -> re.Pattern[str]:
    """Return the verbs of duty with their adverbs; the group that matches names the role."""
    verbs = lexicon("assignments")["verb"]
    verbs = {**verbs, "responsible": f"{verbs['answers']}|{verbs['responsible']}"}
    any_verb = "|".join(f"(?P<{role}>{verbs[role]})" for role in ROLES)
    return compiled(rf"(?:共同|分别|具体|统一|统筹|联合|依法|主要|等|,)*(?:{any_verb})")


def role_of(match: re.Match[str]) -> UnitRole | None:
    """Return the role whose group matched; None for the labels that name no unit."""
    return next((role for role in ROLES if match.group(role)), None)


_TURN = compiled(r"(?<=牵头|负责|配合|参与|参加|协助|协办)、")


def turns(text: str, start: int, end: int) -> Iterator[Clause]:
    """Yield clauses, cut once more at a 、 behind a verb of duty: 由A牵头、B配合."""
    for clause in split(text, start, end):
        at = clause.start
        for turn in _TURN.finditer(text, at, clause.end):
            yield Clause(at, turn.start(), "、")
            at = turn.end()
        yield Clause(at, clause.end, clause.mark)


def inside(taken: list[Place], at: int) -> bool:
    """Tell whether a place lies in one of the brackets or lists already read."""
    n = bisect_right(taken, (at, 1 << 60)) - 1
    return n >= 0 and taken[n][0] <= at < taken[n][1]


_SUPPORT_BODIES = compiled(
    r"(?:部门|局|委|厅|署|办|办公室|督查室|研究室|办事处|管理处|政府|部|委员会|协会|学会|单位|机关|指挥部|议会|总会|联合会|商会|工会|共青团|妇联|残联|团体|组织)$")
_BOUND_BODIES = compiled(r"(?:院校|学校|高校|大学|医院|企业|公司|集团|研究院|研究所|院所|中心|机构|媒体)$")
_DUTY = compiled(r"(?:也|都|均)?(?:要|应当|应|必须|须)")
"""With one of these before the verb institutions are bound to support, 院校要参与…; else they may just take part."""


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


def _sentence(text: str, start: int, end: int, head: Place | None, taken: list[Place]) -> Iterator[Given]:
    signs = _signs()
    subject: list[Place] = [head] if head else []
    role: UnitRole | None = None
    for clause in turns(text, start, end):
        first = _skip(text, clause.start, clause.end)
        if inside(taken, first) or text.startswith("(", first):
            continue
        bare = signs.opens.match(text, first, clause.end)
        if bare and subject:
            found_verb = verb().match(text, first, clause.end)
            role = "responsible" if bare.group("charged") else role_of(found_verb) if found_verb else None
            for place in subject if role else ():
                yield Given(*place, role)  # type: ignore[arg-type]
            subject = []
            continue
        if text.startswith("会同", first, clause.end) and (subject or role == "lead"):
            others = names(text, first + 2, clause.end)
            if role == "lead" or not all(signs.anyone.fullmatch(text, *place) for place in others):
                yield from (Given(*place, "lead") for place in subject)
                yield from (Given(*place, "support") for place in others)
                subject, role = [], "lead"
            continue
        found, role = _handed(text, clause.start, first, clause.end) or _subject(text, first, clause.end)
        if found and (signs.no_unit.match(text, found[0][0]) or _slogan(text, found, role)):
            role = None
            continue
        if found and role:
            yield from (Given(*place, role) for place in found)
            yield from (Given(*place, "support") for place in _with(text, found[-1][1], clause.end))
            subject = []
        elif found:
            subject = found


def _slogan(text: str, found: list[Place], role: UnitRole | None) -> bool:
    """Tell whether words name no body: 政府 in 建立政府牵头、部门协同的机制, 各有关部门 in 各有关部门密切配合."""
    signs = _signs()
    none = signs.anyone if role == "support" else signs.bare if role == "lead" else None
    return none is not None and all(none.fullmatch(text, *place) for place in found)


_OPENING = compiled(
    r"(?:\(?[一二三四五六七八九十\d]{1,3}[).、] *)?(?:[一二三四五六七八九十]+是|同时|其中|原则上|具体|主要"
    r"|日常工作(?:具体|主要)?由?|请|经|[^,;。]{0,24}(?:(?:主要|具体|统一)?由"
    r"|(?:建立健全|建立|健全|构建|形成|实行|指定|委托|要求|责成|指示|授权)(?=[^,;。]{2,24}(?:牵头|负责|负总责|参与))))?")


def _skip(text: str, start: int, end: int) -> int:
    opening = _OPENING.match(text, start, end)
    return opening.end() if opening else start


_WORK = "工作|安全|质量|管理|实施|落实|建设|事务|活动"
_THEN = r"(?=牵头|负责|配合|参|,|分别|会同|具体|统一|共同)"
_MODAL = (
    rf"(?:对[^,;。]{{2,40}}(?=负总责)|对[^,;。]{{0,24}}(?:{_WORK})(?=负责)|发挥(?=牵头)|在[^,;。]{{0,8}}职责范围内"
    r"|(?:依|依照|按|按照)(?:各自)?职(?:责|能)(?=负责)|要|应当|应|须|须要|并(?=会同)"
    r"|(?<![员协学商])会(?!同)|将|继续|做好|积极|认真|主动|全力|密切|通力|予以|给予|各司其职、?|各尽其责、?|可|按(?:照)?职责(?:分工)?|依法|分别|具体|统一|共同|统筹"
    rf"|主要|协同|在[^,;。]{{1,12}}?内|(?:根据|依照|按照)[^,;。]{{2,16}}?{_THEN})*+")
"""What may stand between a unit and its verb; possessive, so that a repeated word costs no retries."""


@lru_cache(maxsize=1)
def _after_unit() -> re.Pattern[str]:
    verbs = lexicon("assignments")["verb"]
    shared = verbs["support"].split("|", 3)[3]
    return compiled(rf"(?P<shared>{shared})(?=[,;。]|\Z|做好|协同|落实|抓好|开展|推进|加强|依法|监督|监管|支持|对)"
                      rf"|{_MODAL}(?:(?P<lead>牵头(?!(?:责任)?(?:单位|部门|机关)))|(?P<responsible>{verbs['answers']}|负总责|各负其责|{verbs['charged']}"
                      r"|是[^,;。]{0,40}责任(?:主体|单位))"
                      rf"|(?P<support>配合|参与|参加|{shared}|提供协助)|(?P<joint>会同(?!意)|联合))")


_FOLLOWER = compiled(
    r"设在|设于|受(?=[^,;。]{2,24}委托)|[是为](?!主)|在|根据|按|依照|依据|要|应|须|分别|具体|共同|统一|将|对|以|承担|指导|组织|会同|增强|加强"
)


_COPULA = compiled(r"设在|设于|[是为](?!主)")


def _may_support(text: str, start: int, stop: int, found: list[Place]) -> bool:
    """Tell whether a list of units is one of bodies, not of people: each is a body, or all are fields of 部门."""
    listed = len(found) > 1 and _SUPPORT_BODIES.search(text[start:stop]) is not None
    return listed or all(_SUPPORT_BODIES.search(text[a:b]) for a, b in found)


_HELPS = compiled(rf"{_MODAL}(?:配合|协助)")
"""Who does this is bound to; taking part (参与) may be free."""
_TAKES = compiled(r"(?:具体|统一|共同)*(?:承担|组织实施)(?=[,;。]|\Z)")


def _handed(text: str, start: int, first: int, end: int) -> tuple[list[Place], UnitRole | None] | None:
    """Return the units that a clause hands its work to: 日常工作由X承担, 由X组织实施."""
    by = text[start:first]
    takes = _TAKES.search(text, first, end) if by.endswith("由") else None
    signs = _signs()
    if takes is None or (takes.group().endswith("承担") and signs.paid.search(by)):
        return None
    found = [] if signs.firm.search(text, first, takes.start()) else units(text, first, takes.start())
    return (found, "responsible") if found else None


def _subject(text: str, start: int, end: int) -> tuple[list[Place], UnitRole | None]:
    """Return the units a clause opens with and the role its verb gives them; role None when it has no such verb."""
    verb = _after_unit().search(text, start, min(end, start + 160))
    if verb and verb.start() > start:
        is_a = _COPULA.search(text, start + 2, verb.start())
        found = units(text, start, is_a.start() if is_a else verb.start())
        if found and verb.group("joint"):
            later = _after_unit().search(text, verb.end(), end)
            joined = text.startswith("会同", verb.end() - 2)
            return found, _given_by(later) if later else "lead" if joined else None
        if found:
            role = _given_by(verb)
            bound = (_DUTY.match(text, verb.start(), verb.end()) or _HELPS.match(text, verb.start())) and all(
                _BOUND_BODIES.search(text[a:b]) for a, b in found)
            if role == "support" and not bound and not _may_support(text, start, verb.start(), found):
                return [], None
            return found, role
    for stop in _FOLLOWER.finditer(text, start + 2, min(end, start + 80)):
        found = units(text, start, stop.start())
        if found:
            return found, None
    return units(text, start, end) if end - start <= 80 else [], None


_JOINT = compiled(rf"{_MODAL}会同")


def _with(text: str, start: int, end: int) -> list[Place]:
    """Return the units behind 会同 right after a subject that ends at `start`: they support it."""
    joint = _JOINT.match(text, start, end)
    return names(text, joint.end(), end) if joint else []


def _given_by(verb: re.Match[str]) -> UnitRole:
    return "lead" if verb.group("lead") else "responsible" if verb.group("responsible") else "support"
