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

from nlp_reform.extract import task_tables
from nlp_reform.extract.actors import body, is_unit, named, names, units
from nlp_reform.extract.duties import ROLES, Given, inside, prose, role_of, turns, verb
from nlp_reform.model import Assignment, Document, Mention, UnitRole
from nlp_reform.prepared import compiled
from nlp_reform.resources import lexicon

Place = tuple[int, int]


_RUN_ON = r"(?:牵头|主办|责任|负责|配合|协办|参与|参加|协同|承办)(?:单位|部门|机关)[::]"
"""Labels so plain that they need no mark before them; a blank there is gone from the cleaned text."""


class _Signs(NamedTuple):
    bracket: re.Pattern[str]
    label: re.Pattern[str]
    labels: re.Pattern[str]
    alone: re.Pattern[str]
    duties: re.Pattern[str]
    first_leads: re.Pattern[str]
    rest_support: re.Pattern[str]
    announced: re.Pattern[str]


@lru_cache(maxsize=1)
def _signs() -> _Signs:
    table = lexicon("assignments")
    labels = table["label"]
    any_label = "|".join(f"(?P<{role}>{labels[role]})" for role in (*ROLES, "other"))
    keys = "负责|牵头|配合|参与|参加|责任|分工|主办|承办|落实|协助"
    return _Signs(
        bracket=compiled(rf"(?:\((?=[^()\n]{{0,300}}(?:{keys}))(?:[^()\n]|\([^()\n]{{0,60}}\)){{2,400}}\)"
                         rf"|\[(?=[^\[\]\n]{{0,300}}(?:{keys}))[^\[\]\n]{{2,400}}\]"
                         rf"|〔(?=[^〔〕\n]{{0,300}}(?:{keys}))[^〔〕\n]{{2,400}}〕"
                         rf"|【(?=[^【】\n]{{0,300}}(?:{keys}))[^【】\n]{{2,400}}】)"),
        label=compiled(
            rf"(?=[{re.escape(labels['first'])}])(?:^|(?<=[\n;。,(\])】.、 ])|(?={_RUN_ON}))"
            rf"(?:\[|【)?(?:{any_label})(?:\]|】)?(?:[::]|为)", re.MULTILINE),
        labels=compiled(rf"(?:{any_label})[::]"),
        alone=compiled(rf"^(?:{any_label})\n(?=[^\n。;:]{{2,80}}$)", re.MULTILINE),
        duties=compiled(table["duties"]["heading"]),
        first_leads=compiled(table["first_leads"]["regex"]),
        rest_support=compiled(table["rest_support"]["regex"]),
        announced=compiled(table["announced"]["regex"]),
    )


def only_names(text: str, start: int, end: int) -> bool:
    """Tell whether a sentence begins with a label of responsible units: it names them, and lays nothing down."""
    return _signs().labels.match(text, start, end) is not None


def find_assignments(document: Document) -> Mapping[str, Any]:
    """Return the layer `assignments`, in text order, one entry a unit; 等 and 有关部门 after 会同 are no units.

    `Mention.text` is as printed; `canonical`, `level` and `kind` come from `actors.body`.
    """
    text = document.view.text
    signs = _signs()
    given: list[Given] = []
    taken: list[Place] = []
    for match in signs.bracket.finditer(text):
        found = list(_bracket(text, match.start() + 1, match.end() - 1))
        given += found
        if found:
            taken.append(match.span())
    for start, found in _bare(text):
        if not inside(taken, start):
            given += found
            bisect.insort(taken, (start, found[-1].end + 1))
    for cell, role in ((cell, role) for row in task_tables.rows(document) for cell, role in row.units):
        given += list(_bracket(text, *cell)) or [Given(*place, role) for place in named(text, *cell)]
        bisect.insort(taken, cell)
    given += _fields(document)
    given += _answering(document)
    given += _lines(text, taken)
    given += prose(document, taken)
    if signs.first_leads.search(text):
        given = _first_leads(given, taken, bool(signs.rest_support.search(text)))
    return {"assignments": tuple(_attach(document, given))}


def _bracket(text: str, start: int, end: int) -> Iterator[Given]:
    """Read one bracket: segments parted by ; or , and labels; a segment's verb or label gives the role."""
    labels = list(_signs().labels.finditer(text, start, end))
    if any(role_of(label) for label in labels):
        bounds = [*(label.start() for label in labels[1:]), end]
        for label, stop in zip(labels, bounds, strict=True):
            role = role_of(label)
            if role:
                yield from _listed(text, label.end(), stop, role)
                yield from _more(text, label.end(), stop, role)
        return
    pending: list[Place] = []
    for clause in turns(text, start, end):
        found, role = _segment(text, clause.start, clause.end)
        if role is None:
            pending += units(text, clause.start, clause.end)
            continue
        for place in (*pending, *found):
            yield Given(*place, role)
        yield from _joined(text, clause.start, clause.end)
        pending = []


_BARE = compiled(r"(?<=[。;,])\(((?:[^()\n]|\([^()\n]{1,20}\)){2,200})\)(?=[。;]?(?:\n|$))")


_TERM = compiled(r"[,;](?:(?:完成|办结)?(?:时限|时间|期限)[::]?|[^,;、]{0,12}(?:底|前|内)完成).*")
"""Behind the names: by when."""


def _bare(text: str) -> Iterator[tuple[int, list[Given]]]:
    """Yield the brackets that close a paragraph and hold names of units alone: （教育部、财政部）.

    Where the document announces them (各项任务后括号内所列单位…) any names will do, else all must be known bodies.
    """
    announced = bool(_signs().announced.search(text))
    for match in _BARE.finditer(text):
        term = _TERM.search(text, *match.span(1))
        end = term.start() if term else match.end(1)
        pieces = text[match.start(1):end].split("、")
        places = units(text, match.start(1), end)
        if not places or (len(places) < len(pieces) and not announced):
            continue
        if announced or all(body(text[a:b]).kind for a, b in places):
            yield match.start(), [Given(a, b, "responsible") for a, b in places]


def _more(text: str, start: int, end: int, role: UnitRole) -> Iterator[Given]:
    """Read the groups of units that go on behind a ; without a label of their own: 责任单位:A;各市人民政府."""
    while (mark := text.find(";", start, end)) > 0:
        start = mark + 1
        stop = text.find(";", start, end)
        yield from (Given(*place, role) for place in units(text, start, stop if stop > 0 else end))


def _listed(text: str, start: int, end: int, role: UnitRole) -> Iterator[Given]:
    """Read units after a label up to the first mark that ends the list."""
    listed = _LISTED.match(text, start, end)
    for place in units(text, start, listed.end() if listed else end):
        yield Given(*place, role)


_LISTED = compiled(rf"(?:\([^()\n]{{1,60}}\)|[, ](?![^,;。 ]{{0,8}}[::])|(?!{_RUN_ON})[^;。\n(),\[\]【】 ])*+")
"""A list of units: brackets belong to names (各市(州)人民政府), a comma or blank before a label ends it."""


def _segment(text: str, start: int, end: int) -> tuple[list[Place], UnitRole | None]:
    """Read `UNITS verb` of one segment: 教育部牵头, 财政部会同有关部门负责, 各省按职责分工负责."""
    for match in verb().finditer(text, start, end):
        whole = text[start:match.start()]
        joined = re.search(r"会同|(?<=[部委局署厅])商(?=[^、]{2})", whole)
        stop = start + joined.start() if joined and joined.start() else match.start()
        found = named(text, start, stop)
        if any(is_unit(text[a:b]) for a, b in found):
            return found, role_of(match)
    return [], None


def _joined(text: str, start: int, end: int) -> Iterator[Given]:
    """Yield the units named behind 会同 in a segment: they support; 有关部门 there is none."""
    joint = text.find("会同", start, end)
    for place in names(text, joint + 2, end) if joint > start else ():
        if not _ANY.match(text, *place):
            yield Given(*place, "support")


_ANY = compiled(r"(?:其他|其它|各)?(?:有关|相关)")


def _lines(text: str, taken: list[Place]) -> Iterator[Given]:
    """Read 责任单位：… lines."""
    for match in _signs().label.finditer(text):
        role = role_of(match)
        if role and not inside(taken, match.start()):
            yield from _listed(text, match.end(), min(len(text), match.end() + 400), role)


def _answering(document: Document) -> Iterator[Given]:
    """Read the items of a section on duties that open with a unit and a colon: 县财政局：保障经费."""
    text = document.view.text
    named_so = {section.id for section in document.sections if _signs().duties.search(section.heading)}
    for block in document.blocks:
        colon = text.find(":", block.body, min(block.end, block.body + 40)) if block.section in named_so else -1
        if block.kind == "item" and colon > 0 and is_unit(text[block.body:colon]):
            opens = verb().match(text, colon + 1, block.end)
            yield Given(block.body, colon, (opens and role_of(opens)) or "responsible")


def _fields(document: Document) -> Iterator[Given]:
    """Read a label alone on its line and the names on the next: a form whose cells are taken apart."""
    text = document.view.text
    heads = {cell[0] for table in document.tables for cell in table.header}
    for match in _signs().alone.finditer(text):
        role = role_of(match)
        if role and match.start() not in heads:
            end = text.find("\n", match.end())
            yield from (Given(*place, role) for place in units(text, match.end(), end if end > 0 else len(text)))


def _first_leads(given: list[Given], taken: list[Place], rest_support: bool) -> list[Given]:
    """Make the first unit of each bracket its leader, 按职责分工 though it be, where the document says the first leads.

    The others support where it says so too (`rest_support`), else they stay responsible.
    """
    seen: set[int] = set()
    result = []
    for item in sorted(given):
        n = bisect_right(taken, (item.start, 1 << 60)) - 1
        bracket = n if n >= 0 and item.start < taken[n][1] else -1 - item.start
        first = bracket >= 0 and bracket not in seen
        seen.add(bracket)
        if first:
            result.append(item._replace(role="lead"))
        elif bracket >= 0 and item.role == "responsible" and rest_support:
            result.append(item._replace(role="support"))
        else:
            result.append(item)
    return result


def _attach(document: Document, given: list[Given]) -> Iterator[Assignment]:
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
