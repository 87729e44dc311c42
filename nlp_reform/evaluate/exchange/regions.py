"""What every annotation tool understands: labelled regions with attributes, and named links between them.

Statements, quantities, printed cues, responsible units, item labels, second printings and absent targets are
regions; the slots of a quantity or cue (indicator, bearer, …) are regions of their own with a link to it. Bare
imperatives have no printed cue and are not marked. All offsets are half-open code points of the text of record.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from nlp_reform.errors import GoldError
from nlp_reform.evaluate.entries import Assembler, Entry, GoldDocument
from nlp_reform.model import Document, Mention, Source, Target
from nlp_reform.spans import Span

LAYERS = ("statements", "quantities", "cues", "assignments", "items", "duplicates", "absent", "slots")
SLOTS = ("indicator", "deadline", "baseline", "scope", "bearer", "condition", "exception")
VALUES: dict[str, tuple[str, ...]] = {
    "kind": ("prescriptive", "reported", "context"), "scored": ("yes", "no"),
    "role": ("target", "achieved", "condition", "baseline", "other", "lead", "responsible", "support"),
    "comparator": ("=", ">=", ">", "<=", "<", "~", "range"), "direction": ("increase", "decrease", "hold"),
    "change": ("by", "to", "level"), "binding": ("binding", "expected"),
    "modality": ("obligation", "prohibition", "permission", "encouragement", "aspiration"),
    "strength": ("1", "2", "3", "4", "5"), "directive": ("yes", "no"),
}
"""The closed attributes and their values; the others (value, upper, unit, number, level, …) are written freely."""


class Region(NamedTuple):
    """A marked span: its id in the file, layer, offsets, attributes as strings, and who made it."""

    id: str
    layer: str
    start: int
    end: int
    attributes: dict[str, str]
    labeller: str


class Link(NamedTuple):
    """`target` is the `name` (indicator, bearer, …) of `source`; both are ids of regions."""

    source: str
    target: str
    name: str


class Marked(NamedTuple):
    """A text with its marks, as it goes to a tool and comes back; `sha256` is of the document's file."""

    name: str
    text: str
    sha256: str
    regions: tuple[Region, ...]
    links: tuple[Link, ...]


def to_regions(document: Document, labeller: str = "machine", unscored: Iterable[str] = ()) -> Marked:
    """Return a document's marks as regions and links, in text order."""
    regions: list[Region] = []
    links: list[Link] = []
    silent = set(unscored)
    for layer, start, end, attributes, slots in _items(document, silent):
        owner = f"r{len(regions) + 1}"
        given = {key: _shown(value) for key, value in attributes.items() if value is not None and value != ""}
        regions.append(Region(owner, layer, start, end, given, labeller))
        for name, slot in slots.items():
            if slot is not None:
                part = f"r{len(regions) + 1}"
                regions.append(Region(part, "slots", slot[0], slot[1], {"name": name}, labeller))
                links.append(Link(owner, part, name))
    return Marked(document.id, document.text, document.source.sha256, tuple(regions), tuple(links))


def to_gold(marked: Marked, where: str) -> GoldDocument:
    """Return corrected marks as a gold document; raises `GoldError` naming file and mark that is malformed."""
    by_id = {region.id: region for region in marked.regions}
    slots: dict[str, dict[str, list[int]]] = {}
    for link in marked.links:
        part = by_id.get(link.target)
        if part is None or link.source not in by_id:
            raise GoldError(f"{where}: a link {link.name!r} goes to a region that is not there")
        slots.setdefault(link.source, {})[link.name] = [part.start, part.end]
    build = Assembler(marked.name, marked.text, where)
    build.extend(
        Entry(r.layer, r.start, r.end, _keys(r, slots.get(r.id, {})), r.labeller, number)
        for number, r in enumerate(marked.regions, 1) if r.layer != "slots"
    )
    whole = (Span(0, len(marked.text)),)
    layers = {"statements", "quantities", "cues", "assignments", "absent"}
    return build.finish(
        Source(marked.name, "text/plain", "utf-8", marked.sha256), path=Path(where), source=None, passages=whole,
        scope=whole if build.items else None, tasks=frozenset(layers),
    )


def _keys(region: Region, slots: dict[str, list[int]]) -> dict[str, Any]:
    keys: dict[str, Any] = {**region.attributes, **slots}
    if region.layer == "quantities":
        keys.setdefault("comparator", "=")
    return keys


Item = tuple[str, int, int, dict[str, Any], dict[str, tuple[int, int] | None]]


def _items(document: Document, unscored: set[str]) -> Iterator[Item]:
    found: list[Item] = [
        ("statements", s.start, s.end, {"kind": s.kind, "scored": s.id not in unscored}, {})
        for s in document.statements
    ]
    targets = {target.quantity: target for target in document.targets if target.quantity}
    for q in document.quantities:
        given = {"value": q.value, "upper": q.upper, "unit": q.unit, "comparator": q.comparator, "role": q.role}
        more, slots = _target(targets.get(q.id))
        found.append(("quantities", q.start, q.end, given | more, slots))
    for target in document.targets:
        if target.quantity is None and target.indicator is not None:
            more, slots = _target(target)
            found.append(("absent", target.indicator.start, target.indicator.end, more, slots))
    for o in document.obligations:
        if o.cue is not None:
            parts = {name: _place(getattr(o, name)) for name in ("bearer", "condition", "exception")}
            found.append(("cues", o.cue.start, o.cue.end, {"modality": o.modality, "strength": o.strength}, parts))
    found += [("assignments", a.unit.start, a.unit.end, {"role": a.role}, {}) for a in document.assignments]
    found += _structure(document)
    yield from sorted(found, key=lambda item: (item[1], -item[2], LAYERS.index(item[0])))


def _target(target: Target | None) -> tuple[dict[str, Any], dict[str, tuple[int, int] | None]]:
    if target is None:
        return {}, {}
    more: dict[str, Any] = {"direction": target.direction, "change": target.change, "binding": target.binding}
    when = target.deadline
    printed = (when.start, when.end) if when and when.start is not None and when.end is not None else None
    if when and printed is None:
        more["deadline_elsewhere"] = when.text
    baseline = (target.baseline.start, target.baseline.end) if target.baseline else None
    slots = {"indicator": _place(target.indicator), "deadline": printed, "baseline": baseline,
             "scope": _place(target.scope)}
    return more, slots


def _structure(document: Document) -> Iterator[Item]:
    codes: dict[str, list[str]] = {}
    for theme in document.themes:
        if theme.score == 1.0 or theme.directive not in codes:
            codes.setdefault(theme.directive, []).append(f"{theme.codebook}:{theme.code}")
    for section in document.sections:
        if section.label:
            given = {"number": section.number, "level": section.level, "directive": False, "heading": section.heading}
            yield "items", section.start, section.start + len(section.label), given, {}
    for directive in document.directives:
        if directive.numbering != "explicit" or not directive.label:
            continue
        given = {"number": directive.number, "level": len(directive.path), "directive": True,
                 "heading": directive.heading, "themes": " ".join(codes.get(directive.id, ()))}
        yield "items", directive.start, directive.start + len(directive.label), given, {}
        for start, end in directive.duplicates:
            yield "duplicates", start, end, {}, {}


def _place(mention: Mention | None) -> tuple[int, int] | None:
    return (mention.start, mention.end) if mention else None


def _shown(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return repr(value) if isinstance(value, float) else str(value)


def check(text: str, regions: Sequence[Region], where: str) -> None:
    """Raise `GoldError` for a region outside the text or of an unknown layer."""
    for region in regions:
        if region.layer not in LAYERS:
            raise GoldError(f"{where}: unknown label {region.layer!r}; known: {', '.join(LAYERS)}")
        if not 0 <= region.start < region.end <= len(text):
            raise GoldError(f"{where}: {region.layer} {region.start}-{region.end} lies outside the text")
