"""What a report counts and lists: the rows of its tables, each with the place it stands at."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from nlp_reform.model import Document, Quantity, Target
from nlp_reform.view.fulltext import Anchors
from nlp_reform.view.themes import best_themes
from nlp_reform.view.words import Words

SIGN: dict[str, str] = {"=": "", ">=": "≥ ", ">": "> ", "<=": "≤ ", "<": "< ", "~": "≈ ", "range": ""}
_LEADING = 90
"""Characters of a sentence shown in a table."""
_QUOTED = 24
"""Characters quoted of a doubtful place."""


class Place(NamedTuple):
    """Where a row stands: page (None without pages), offset of record, anchor in the page."""

    page: int | None
    offset: int
    anchor: str


class FigureRow(NamedTuple):
    """One number of a document, or a target that has none on purpose."""

    document: str
    year: int | None
    indicator: str
    value: str
    sort: float | None
    role: str
    deadline: str
    theme: str
    place: Place
    sentence: str
    node: str


class DirectiveRow(NamedTuple):
    """One directive; `strength` is the highest of its provisions, 0 without any."""

    document: str
    year: int | None
    label: str
    heading: str
    section: str
    theme: str
    strength: int
    modality: str
    actors: str
    targets: int
    place: Place
    node: str


class DoubtRow(NamedTuple):
    """A kind of doubt: what it is, the first printed words it is about, their anchor, and how many more."""

    document: str
    said: str
    printed: str
    anchor: str
    more: int


def figure_rows(number: int, document: Document, words: Words) -> Iterator[FigureRow]:
    """Yield the numbers of a document in text order, then the targets that are absent on purpose."""
    anchors, themes = Anchors(number, document), best_themes(document, words)
    targets = {target.quantity: target for target in document.targets}
    for item in document.quantities:
        target = targets.get(item.id)
        yield FigureRow(
            document.id, document.year, _indicator(target), SIGN[item.comparator] + squeezed(item.text), item.value,
            item.role, _deadline(target), themes.get(item.directive or "", ""), _place(anchors, item.start),
            _sentence(document, anchors, item.start), target.id if target else item.directive or "",
        )
    for target in document.targets:
        if target.quantity is None and target.indicator:
            yield FigureRow(
                document.id, document.year, _indicator(target), "–", None, "absent", _deadline(target),
                themes.get(target.directive or "", ""), _place(anchors, target.indicator.start),
                _sentence(document, anchors, target.indicator.start), target.id,
            )


def directive_rows(number: int, document: Document, words: Words) -> Iterator[DirectiveRow]:
    """Yield the directives of a document in text order."""
    anchors, themes = Anchors(number, document), best_themes(document, words)
    sections = {section.id: squeezed(section.label + section.heading) for section in document.sections}
    duties: defaultdict[str | None, list[tuple[int, str]]] = defaultdict(list)
    actors: defaultdict[str | None, dict[str, None]] = defaultdict(dict)
    for duty in document.obligations:
        duties[duty.directive].append((duty.strength, duty.modality))
        if duty.bearer:
            actors[duty.directive][squeezed(duty.bearer.text)] = None
    for unit in document.assignments:
        actors[unit.directive][squeezed(unit.unit.text)] = None
    targets = Counter(target.directive for target in document.targets)
    for item in document.directives:
        strength, modality = max(duties[item.id], default=(0, ""))
        heading = squeezed(item.heading) or squeezed(document.text[item.start:item.end])[:_LEADING // 2]
        yield DirectiveRow(
            document.id, document.year, item.label, heading, sections.get(item.section or "", ""),
            themes.get(item.id, ""), strength, modality, "、".join(actors[item.id]), targets[item.id],
            Place(anchors.page(item.start), item.start, f"d{number}-{item.start}"), item.id,
        )


def facts(document: Document) -> dict[str, object]:
    """Return the figures of one document, by the names of the columns."""
    strengths = Counter(item.strength for item in document.obligations)
    return {
        "document": document.title or document.id, "year": document.year, "issuer": document.issuer,
        "number": document.number, "date": document.date, "length": len(document.text),
        "sections": len(document.sections), "directives": len(document.directives), "targets": len(document.targets),
        "achieved": sum(item.role == "achieved" for item in document.quantities),
        "strict": strengths[5] + strengths[4], "soft": strengths[2] + strengths[1],
    }


def doubt_rows(number: int, document: Document, words: Words) -> Iterator[DoubtRow]:
    """Yield what was doubtful, a row a kind: what it is, the first place as printed, and how many more there are."""
    anchors = Anchors(number, document)
    kinds = Counter(note.code for note in document.notes)
    for note in {note.code: note for note in reversed(document.notes)}.values():
        printed = anchor = ""
        if note.start is not None and note.end is not None:
            first, last = anchors.sentence(note.start)
            printed = squeezed(document.text[note.start:note.end])
            anchor = anchors.of(note.start) if last > first else ""
        quoted = printed[:_QUOTED] + "…" * (len(printed) > _QUOTED)
        yield DoubtRow(squeezed(document.title or document.id), words.doubt(note, bool(printed)), quoted, anchor,
                       kinds[note.code] - 1)


def squeezed(text: str) -> str:
    """Return a printed text on one line, without the blanks of its layout."""
    return "".join(text.split()) if not text.isascii() else " ".join(text.split())


def quantities(document: Document) -> dict[str, Quantity]:
    """Return the quantities by their ids."""
    return {item.id: item for item in document.quantities}


def options(values: Sequence[object]) -> list[str]:
    """Return what a column can be filtered by: its values, each once, sorted."""
    return sorted({str(value) for value in values if value not in (None, "")})


def _place(anchors: Anchors, offset: int) -> Place:
    return Place(anchors.page(offset), offset, anchors.of(offset))


def _sentence(document: Document, anchors: Anchors, offset: int) -> str:
    """Return the sentence around an offset, cut to what a table can show, the place itself always in it."""
    start, end = anchors.sentence(offset)
    first = max(start, offset - _LEADING // 2)
    shown = squeezed(document.text[first:min(end, first + _LEADING)])
    return ("…" if first > start else "") + shown + ("…" if end > first + _LEADING else "")


def _indicator(target: Target | None) -> str:
    return squeezed(target.indicator.text) if target and target.indicator else ""


def _deadline(target: Target | None) -> str:
    if target is None or target.deadline is None:
        return ""
    year = f" ({target.deadline.year})" if target.deadline.year and str(target.deadline.year) not in \
        target.deadline.text else ""
    return squeezed(target.deadline.text) + year
