"""Two documents compared: links, relations with evidence, targets, outcomes."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache, partial
from typing import NamedTuple, get_args

from nlp_reform.align.assign import Link, find_links
from nlp_reform.align.candidates import Field, find_pairs, scoring
from nlp_reform.align.changes import find_changes
from nlp_reform.align.doubts import find_doubts
from nlp_reform.align.facets import Facets, Layers
from nlp_reform.align.moved import find_moved
from nlp_reform.align.outcomes import find_outcomes
from nlp_reform.align.parts import add_up
from nlp_reform.align.records import Comparison, Item, Mode, Place, side
from nlp_reform.align.relations import joined, relation
from nlp_reform.align.targets import pair_targets
from nlp_reform.align.units import FINE, PROSE, Grain, Unit, find_units, headings, is_prose
from nlp_reform.errors import ReformError
from nlp_reform.model import Document


def compare(before: Document, after: Document, mode: Mode = "years", grain: Grain = "directive") -> Comparison:
    """Compare two documents and return what became of every measure, target and promise.

    `before` is the earlier document; in mode `cascade` it is the higher level (national) and `after` the lower,
    which is then asked only what it takes up, and nothing is an outcome. Any two documents compare; what is
    odd about them (one text twice, years the wrong way round, no plan in one) is said in `notes`. With `grain`
    `sentence` numbered directives are taken apart, too, and every prescriptive sentence is followed by itself.
    Raises `ReformError` for another mode or grain.
    """
    for name, given, known in (("mode", mode, get_args(Mode)), ("grain", grain, get_args(Grain))):
        if given not in known:
            raise ReformError(f"no {name} {given!r}; known are {', '.join(known)}")
    one, other = prepare((before, after), grain)
    return compare_prepared(one, other, mode)


Sides = tuple[Callable[[int], Facets], Callable[[int], Facets]]
"""What the units of either side lay down, by their number."""


class Prepared(NamedTuple):
    """A document with what every comparison asks of it, so that many comparisons ask once."""

    document: Document
    units: tuple[Unit, ...]
    layers: Layers
    facets: Callable[[int], Facets]
    names: dict[str, str]


def prepare(documents: Sequence[Document], grain: Grain = "directive") -> list[Prepared]:
    """Return the documents with their units, layers and headings; the units of all of them are of one grain."""
    most = 0 if grain == "sentence" else FINE if any(map(is_prose, documents)) else PROSE
    return [_prepared(document, most) for document in documents]


def _prepared(document: Document, most: int) -> Prepared:
    units, layers = find_units(document, most), Layers(document)
    facets = lru_cache(maxsize=None)(lambda number: layers.of(units[number]))
    return Prepared(document, units, layers, facets, headings(document))


def compare_prepared(one: Prepared, other: Prepared, mode: Mode = "years") -> Comparison:
    """Compare two prepared documents; see `compare`."""
    before, after = one.document, other.document
    units, facets, names = (one.units, other.units), (one.facets, other.facets), (one.names, other.names)
    field = find_pairs((before, after), units)
    links = find_links(field, partial(holds, facets))
    items = tuple(_items((before, after), field, links, facets, names, mode))
    pairs = {(field.before[a].directive or "", field.after[b].directive or "")
             for link in links for a in link.before for b in link.after}
    own = tuple(one.layers.bounds())
    targets = tuple(pair_targets(own, tuple(other.layers.bounds()), pairs, every=mode == "years"))
    outcomes = tuple(find_outcomes(own, after, before.year)) if mode == "years" else ()
    sides = side(before), side(after)
    notes = tuple(find_doubts(before, after, units, mode))
    return Comparison(*sides, items, targets, outcomes, notes, mode, (before.view, after.view))


def holds(facets: Sides, before: Sequence[int], after: Sequence[int]) -> bool:
    """Tell whether the units of the one side are parts of the single unit of the other."""
    sides = [facets[0](n) for n in before], [facets[1](n) for n in after]
    whole, parts = sides if len(before) == 1 else sides[::-1]
    return add_up(whole[0], parts)


def _items(
    documents: tuple[Document, Document], field: Field, links: Sequence[Link], facets: Sides,
    names: tuple[dict[str, str], dict[str, str]], mode: Mode,
) -> Iterator[Item]:
    """Yield linked and dropped items in order of the earlier document, then the added ones."""
    years = documents[0].year, documents[1].year
    moved = find_moved(field, links, names)
    shown: list[tuple[int, Item]] = []
    fitted = scoring()
    for link, away in zip(links, moved, strict=True):
        sides = [field.before[n] for n in link.before], [field.after[n] for n in link.after]
        shifts = () if link.exact else find_changes(
            joined([facets[0](n) for n in link.before]), joined([facets[1](n) for n in link.after]), years, mode
        )
        places = [tuple(_place(d, u) for u in side) for d, side in zip(documents, sides, strict=True)]
        item = Item(relation(link, shifts), away, places[0], places[1], round(link.cosine, 4), shifts,
                    round(link.score, 4), link.score < fitted.review)
        shown.append((min(link.before), item))
    gone = set(range(len(field.before))) - {n for link in links for n in link.before}
    come = set(range(len(field.after))) - {n for link in links for n in link.after}
    near_row, near_column = _nearest(field)
    for n in gone:
        best = near_row.get(n, 0.0)
        shown.append((n, Item("dropped", False, (_place(documents[0], field.before[n]),), (), None, (),
                              round(1 - best, 4), best > 1 - fitted.review)))
    yield from (item for _, item in sorted(shown, key=lambda pair: pair[0]))
    for n in sorted(come):
        best = near_column.get(n, 0.0)
        yield Item("added", False, (), (_place(documents[1], field.after[n]),), None, (), round(1 - best, 4),
                   best > 1 - fitted.review)


def _nearest(field: Field) -> tuple[dict[int, float], dict[int, float]]:
    """Return the best score of each unit, by side."""
    rows: dict[int, float] = {}
    columns: dict[int, float] = {}
    for (a, b), pair in field.pairs.items():
        rows[a] = max(rows.get(a, 0.0), pair.score)
        columns[b] = max(columns.get(b, 0.0), pair.score)
    return rows, columns


def _place(document: Document, unit: Unit) -> Place:
    section = next((s.heading for s in document.sections if s.id == unit.group), "")
    return Place(unit.directive, unit.start, unit.end, unit.label, section, document.text[unit.start:unit.end])
