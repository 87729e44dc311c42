"""What is compared: directives, and the prescriptive sentences of running prose."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import Literal, NamedTuple

from nlp_reform.align.wording import bare, wording
from nlp_reform.model import Directive, Document, Section, Statement
from nlp_reform.prepared import compiled

Grain = Literal["directive", "sentence"]

PROSE = 12
"""An explicit directive with more prescriptive sentences than this is a chapter of prose under a number (items
（一） of national and district work reports have 13 to 76, numbered items of plans and notices at most 11): it
is compared sentence by sentence like a paragraph."""
FINE = 2
"""The same where the other document is running prose: a numbered paragraph of ten tasks would stand against single
sentences and be like none of them."""
CHAPTERS = 4.5
"""Prescriptive sentences an explicit directive holds on average, above which a document is running prose under
numbers (plans of numbered tasks hold two or three, their titles among them; chapters of district reports five or
more)."""
REVIEW = 0.2
_OPENING = 8
"""Reported sentences ahead of prescriptive ones below which an opening is no review."""
_LABEL = compiled(
    r"^\s*(?:第[^\s第]{1,6}[条章节]|[(（]?[0-9０-９一二三四五六七八九十百]{1,4}[)）、.．]|[①-⑳]|—+|[一二三四五六七八九十]是)\s*"
)
_TITLE = 24
_SHORT = 16
"""Characters of a title; a first sentence that is longer, or of several clauses, is a task itself."""
_CLAUSES = compiled("[,，;；]")


class Unit(NamedTuple):
    """One compared unit; `text` and `heading` are for matching, offsets are of record.

    `sentences` are the record spans of its prescriptive sentences, `kept` of all its
    sentences, `group` names the section it stands in (for a sentence of a long directive, the directive).
    """

    number: int
    directive: str | None
    start: int
    end: int
    label: str
    text: str
    bare: str
    heading: str
    group: str
    grain: Grain
    sentences: tuple[tuple[int, int], ...]
    kept: tuple[tuple[int, int], ...]


def plan_start(document: Document) -> int:
    """Return where a report's review of the past year ends: 0 where no such part opens the document.

    The review is the opening stretch in which reported sentences outnumber prescriptive ones most; a few
    that read like tasks in it (`REVIEW` of the two kinds at most) are reports all the same.
    """
    best = lead = told = reported = 0
    end = 0
    for statement in document.statements:
        told += statement.kind == "prescriptive"
        reported += statement.kind == "reported"
        lead = reported - told
        if lead > best and told <= REVIEW * (told + reported):
            best, end = lead, statement.end
    return end if best >= _OPENING else 0


def is_prose(document: Document) -> bool:
    """Tell whether most of what a document prescribes stands in running prose and not in short numbered items."""
    counts = Counter(s.directive for s in document.statements if s.kind == "prescriptive")
    items = [n for d in document.directives if d.numbering != "inferred" and 0 < (n := counts[d.id]) <= PROSE]
    return 2 * sum(items) < sum(counts.values()) or sum(items) > CHAPTERS * len(items)


def find_units(document: Document, most: int = PROSE) -> tuple[Unit, ...]:
    """Return the compared units in text order.

    An item of more than `most` prescriptive sentences goes by sentence; with 0 every item does, its title left out.
    A directive without a prescriptive sentence is a report and no unit. A prescriptive sentence of a section that
    stands in no directive (a section's opening paragraph), or ahead of them all (the general requirements that open a
    plan), is a unit of its own; where a document has no directive at all every prescriptive sentence is.
    """
    inside: dict[str | None, list[Statement]] = defaultdict(list)
    begin = plan_start(document)
    for statement in document.statements:
        if statement.start >= begin:
            inside[statement.directive].append(statement)
    heads = {d.start for d in document.sections}
    opening = min((*heads, *(d.start for d in document.directives)), default=0)
    found: list[Unit] = []
    for directive in document.directives:
        mine = inside.get(directive.id, [])
        told = [s for s in mine if s.kind == "prescriptive"]
        if not told:
            continue
        if directive.numbering == "inferred" or len(told) > most:
            group = directive.section if directive.numbering == "inferred" else directive.id
            skipped = not most and _titled(document, directive, told)
            found += [_sentence(document, s, directive, group or "") for s in told[skipped:]]
        else:
            found.append(_whole(document, directive, mine, told))
    bare_prose = not found
    found += [
        _sentence(document, statement, None, sentence.section or "")
        for statement, sentence in zip(document.statements, document.sentences, strict=True)
        if statement.directive is None and statement.kind == "prescriptive" and not sentence.heading
        and statement.start >= begin
        and (bare_prose or sentence.section is not None or statement.start < opening) and statement.start not in heads
    ]
    found.sort(key=lambda unit: unit.start)
    return tuple(unit._replace(number=n) for n, unit in enumerate(u for u in found if u.bare))


def _titled(document: Document, directive: Directive, told: list[Statement]) -> bool:
    """Tell whether the first of several sentences is only the title of a numbered item."""
    if len(told) == 1 or directive.numbering == "inferred" or not directive.heading:
        return False
    first = bare(document.text[told[0].start:told[0].end].removeprefix(directive.label))
    return first == bare(directive.heading) and len(first) <= _SHORT and not _CLAUSES.search(directive.heading)


def _whole(document: Document, directive: Directive, mine: list[Statement], told: list[Statement]) -> Unit:
    """Return a directive as one unit.

    What it reports is matched too: inside an item that prescribes, a report is of the same measure. Whole items of
    reports are no units, and reported sentences of prose neither.
    """
    text = "".join(wording(document, s.start, s.end) for s in mine)
    text = _LABEL.sub("", text)
    title = wording(document, mine[0].start, mine[0].end)
    return Unit(
        0, directive.id, directive.start, directive.end, directive.label, text, bare(text),
        _LABEL.sub("", title)[:_TITLE], directive.section or "", "directive", tuple((s.start, s.end) for s in told),
        tuple((s.start, s.end) for s in mine),
    )


def _sentence(document: Document, statement: Statement, directive: Directive | None, group: str) -> Unit:
    text = _LABEL.sub("", wording(document, statement.start, statement.end))
    return Unit(
        0, directive.id if directive else None, statement.start, statement.end, directive.label if directive else "",
        text, bare(text), text[:_TITLE], group, "sentence", ((statement.start, statement.end),),
        ((statement.start, statement.end),),
    )


def headings(document: Document) -> dict[str, str]:
    """Return the words of every section's and directive's heading for matching, by id."""
    found: dict[str, str] = {"": ""}
    items: tuple[Section | Directive, ...] = (*document.sections, *document.directives)
    for item in items:
        place = document.text.find(item.heading, item.start, item.end) if item.heading else -1
        words = wording(document, place, place + len(item.heading)) if place >= 0 else "".join(item.heading.split())
        found[item.id] = bare(words)
    return found
