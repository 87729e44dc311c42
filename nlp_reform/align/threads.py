"""Threads: a measure followed through comparisons of neighbouring years, and over a gap of missing ones."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from nlp_reform.align.assign import find_links
from nlp_reform.align.candidates import find_pairs
from nlp_reform.align.history import Event, Step, Thread
from nlp_reform.align.records import Comparison, Item, Place
from nlp_reform.align.units import Unit
from nlp_reform.model import Document

GAP = 3
"""How many documents back a measure that comes again is looked for."""
RETURN = 0.6
"""Least score for a measure to be the same as one dropped earlier: stricter than between neighbouring years."""
_HEADING = 24
_EVENTS: dict[str, Event] = {
    "unchanged": "repeated", "reworded": "repeated", "strengthened": "strengthened", "weakened": "weakened",
    "changed": "changed", "split": "split", "merged": "merged",
}

Key = tuple[int, int]
"""A unit: number of the document, start of record."""


class _Life:
    """A thread being built: its steps, and the places it was last seen at."""

    def __init__(self, number: int) -> None:
        self.number = number
        self.steps: list[Step] = []
        self.last = 0


def find_threads(
    documents: Sequence[Document], units: Sequence[Sequence[Unit]], comparisons: Sequence[Comparison]
) -> Iterator[Thread]:
    """Yield the threads in order of first statement; `comparisons[i]` is of documents i and i+1.

    Near-linear in the number of documents: each is compared with its neighbours and, for what was dropped or
    added only, with the `GAP` before.
    """
    lives: list[_Life] = []
    at: dict[Key, _Life] = {}
    ended: list[dict[int, _Life]] = [{} for _ in documents]  # by document last stated in: start -> life
    _first(documents[0] if documents else None, units[0] if units else (), comparisons, lives, at)
    for n, comparison in enumerate(comparisons):
        added = [item for item in comparison.items if item.relation == "added"]
        again = _returned(documents, units, ended, n + 1, {item.after[0].start for item in added})
        for item in comparison.items:
            if item.before and item.after:
                _go_on(documents, n, item, at)
        for item in comparison.items:  # a thread ends only where no part of it goes on
            if item.relation == "dropped":
                _end(documents, n, item, at, ended)
        for item in added:
            _begin(documents, n + 1, item, again, lives, at)
        _achieved(documents, n, comparison, at)
    for life in lives:
        yield _thread(life, len(documents) - 1)


def _first(
    document: Document | None, units: Sequence[Unit], comparisons: Sequence[Comparison], lives: list[_Life],
    at: dict[Key, _Life],
) -> None:
    if document is None:
        return
    places = {p.start: p for item in comparisons[0].items for p in item.before} if comparisons else {
        u.start: Place(u.directive, u.start, u.end, u.label, "", document.text[u.start:u.end])
        for u in units
    }
    for start in sorted(places):
        life = _Life(len(lives))
        life.steps.append(Step("first", document.id, document.year, (places[start],)))
        lives.append(life)
        at[0, start] = life


def _go_on(documents: Sequence[Document], n: int, item: Item, at: dict[Key, _Life]) -> None:
    """Carry the thread of the first unit before to every unit after; the others of a merger end in it."""
    document = documents[n + 1]
    for place in item.before:
        life = at.get((n, place.start))
        if life is None:
            continue
        if life.last < n + 1 or not any(set(s.places) & set(item.after) for s in life.steps):
            life.steps.append(Step(_EVENTS[item.relation], document.id, document.year, item.after, item.changes,
                                   item.score))
        life.last = n + 1
        for after in item.after:
            at.setdefault((n + 1, after.start), life)


def _end(
    documents: Sequence[Document], n: int, item: Item, at: dict[Key, _Life], ended: list[dict[int, _Life]]
) -> None:
    place = item.before[0]
    life = at.get((n, place.start))
    if life is not None and life.last == n:
        life.steps.append(Step("dropped", documents[n + 1].id, documents[n + 1].year, (), (), item.score))
        ended[n][place.start] = life


def _begin(
    documents: Sequence[Document], n: int, item: Item, again: dict[int, tuple[_Life, float]], lives: list[_Life],
    at: dict[Key, _Life],
) -> None:
    place, document = item.after[0], documents[n]
    if (n, place.start) in at:
        return
    if place.start in again:
        life, score = again[place.start]
        life.steps.append(Step("returned", document.id, document.year, item.after, (), score))
    else:
        life = _Life(len(lives))
        life.steps.append(Step("first", document.id, document.year, item.after))
        lives.append(life)
    life.last = n
    at[n, place.start] = life


def _returned(
    documents: Sequence[Document], units: Sequence[Sequence[Unit]], ended: list[dict[int, _Life]], n: int,
    starts: set[int],
) -> dict[int, tuple[_Life, float]]:
    """Return which added units continue a thread that ended one to `GAP` documents ago; nearest documents first."""
    found: dict[int, tuple[_Life, float]] = {}
    for back in range(n - 2, max(-1, n - 2 - GAP), -1):
        open_lives = {start: life for start, life in ended[back].items() if life.steps[-1].event == "dropped"}
        left = starts - set(found)
        if not open_lives or not left:
            continue
        old, new = _only(units[back], set(open_lives)), _only(units[n], left)
        if not old or not new:
            continue
        field = find_pairs((documents[back], documents[n]), (old, new))
        for link in find_links(field, lambda *_: False):
            if link.score >= RETURN:
                life = open_lives[old[link.before[0]].start]
                if not any(life is other for other, _ in found.values()):
                    found[new[link.after[0]].start] = life, round(link.score, 4)
    return found


def _only(units: Sequence[Unit], starts: set[int]) -> tuple[Unit, ...]:
    kept = (unit for unit in units if unit.start in starts)
    return tuple(unit._replace(number=n) for n, unit in enumerate(kept))


def _achieved(documents: Sequence[Document], n: int, comparison: Comparison, at: dict[Key, _Life]) -> None:
    """Set an outcome beside the step of the measure whose target it answers."""
    places = sorted((p.start, p.end) for item in comparison.items for p in item.before)
    document = documents[n + 1]
    for result in comparison.outcomes:
        holding = next((start for start, end in places if start <= result.target.start < end), None)
        life = None if holding is None else at.get((n, holding))
        if life is not None:
            words = f"{result.indicator} {result.target.text} → {result.achieved.text}: {result.verdict}"
            life.steps.append(Step("achieved", document.id, document.year, (), (), result.score, words))


def _thread(life: _Life, newest: int) -> Thread:
    stated = [step for step in life.steps if step.places]
    years = [step.year for step in stated if step.year is not None]
    words = "".join(stated[0].places[0].text.split())
    return Thread(f"m{life.number + 1}", words[:_HEADING], min(years, default=None), max(years, default=None),
                  len({step.document for step in stated}), life.last == newest, tuple(life.steps))
