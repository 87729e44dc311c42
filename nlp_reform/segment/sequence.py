"""Which labels really number something, and how their families nest in this document."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import permutations

from nlp_reform.segment.labels import Label

Key = tuple[str, int]
"""A family, and for dotted labels their depth: `2.3` and `2.3.1` are two families."""

CHAPTERS = frozenset({"book", "chapter", "paragraph"})
"""Families of chapters: they hold directives and are none."""

_GAP = 3


def key_of(label: Label) -> Key:
    """Return what the label is counted with."""
    return label.family.name, label.depth


def accepted(labels: Sequence[Label]) -> list[bool]:
    """Tell of each label, in text order, whether it counts with others of its family.

    A number is kept when it starts at one and goes on, follows one of its family (at most three left out), or is
    followed by the next; first or only numbers of titled families (第一章, 一、, （一）) are kept too. Marks without
    a number are kept.
    """
    keep = [False] * len(labels)
    later: dict[Key, list[int]] = {}
    for index, label in enumerate(labels):
        later.setdefault(key_of(label), []).append(index)
    for places in later.values():
        last: int | None = None
        for order, index in enumerate(places):
            number = labels[index].number
            if number is None:
                keep[index] = True
                continue
            following = [labels[p].number for p in places[order + 1 : order + 3]]
            goes_on = number + 1 in following
            follows = last is not None and 0 <= number - last <= _GAP
            alone = number == 1 and _below(labels, index)
            if follows or goes_on or alone or (labels[index].family.title and (number == 1 or len(places) == 1)):
                keep[index] = True
                last = number
    return keep


def _below(labels: Sequence[Label], index: int) -> bool:
    """Tell whether a dotted label follows right on the number it begins under (2.2.1 after 2.2)."""
    label, above = labels[index], labels[index - 1] if index else None
    if above is None or not label.depth:
        return False
    return above.depth == label.depth - 1 and above.family.name in ("dotted", "bare")


def nesting(labels: Sequence[Label], around: Sequence[Label] = ()) -> dict[Key, int]:
    """Return the depth order of the families that occur, outermost first, read from where their runs begin.

    A family whose runs begin right after a label of another is inside that other. The strongest evidence is taken
    first, and what contradicts it is dropped; where neither `labels` nor the labels `around` them tell, the usual
    order of offices decides. One place does not set chapters inside other families. Clause marks are innermost.
    """
    families = {key_of(label): label.family for label in (*around, *labels)}
    usual = sorted(families, key=lambda key: (families[key].clause, families[key].rank, key[1]))
    place = {key: number for number, key in enumerate(usual)}
    near, far = _inside(labels), _inside(around)
    pairs: list[tuple[int, int, int, Key, Key]] = []
    for a, b in permutations(usual, 2):
        told = near[a, b] - near[b, a], far[a, b] - far[b, a]
        if families[a].clause or families[b].clause or a[0] == b[0] or not any(told):
            told = (0, 0)
        if told == (0, 0) and place[a] < place[b]:
            pairs.append((0, 0, place[b] - place[a], a, b))
        elif told > (0, 0) and (place[a] < place[b] or max(told) > (b[0] in CHAPTERS)):
            pairs.append((*told, 0, a, b))
    outer: dict[Key, set[Key]] = {key: set() for key in usual}
    for *_, above, below in sorted(pairs, key=lambda pair: pair[:3], reverse=True):
        if below not in _reached(outer, above):
            outer[below].add(above)
    order: dict[Key, int] = {}
    while len(order) < len(usual):
        order[next(key for key in usual if key not in order and outer[key] <= order.keys())] = len(order)
    return order


def _inside(labels: Sequence[Label]) -> Counter[tuple[Key, Key]]:
    """Count how often a run of one family begins right after a label of another: (outer, inner)."""
    found: Counter[tuple[Key, Key]] = Counter()
    before: Label | None = None
    for label in labels:
        if before is not None and label.number == 1 and key_of(before) != key_of(label):
            found[key_of(before), key_of(label)] += 1
        if not label.family.clause:
            before = label
    return found


def _reached(outer: dict[Key, set[Key]], key: Key) -> set[Key]:
    """Return the families known to be outside of one, itself included."""
    seen, open_ = {key}, [key]
    while open_:
        for above in outer[open_.pop()] - seen:
            seen.add(above)
            open_.append(above)
    return seen
