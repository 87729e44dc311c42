"""Which labels really number something, and how their families nest in this document."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import cmp_to_key

from nlp_reform.segment.labels import Label

Key = tuple[str, int]
"""A family, and for dotted labels their depth: `2.3` and `2.3.1` are two families."""

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


def nesting(labels: Sequence[Label]) -> dict[Key, int]:
    """Return the depth order of the families that occur, outermost first, read from where their runs begin.

    A family whose runs begin right after a label of another is inside that other; where the document does not
    tell, the usual order of offices decides. Clause marks are innermost.
    """
    inside: Counter[tuple[Key, Key]] = Counter()
    families = {key_of(label): label.family for label in labels}
    before: Label | None = None
    for label in labels:
        if before is not None and label.number == 1 and key_of(before) != key_of(label):
            inside[key_of(before), key_of(label)] += 1
        if not label.family.clause:
            before = label

    def compare(a: Key, b: Key) -> int:
        if families[a].clause != families[b].clause:
            return 1 if families[a].clause else -1
        evidence = inside[b, a] - inside[a, b]
        if evidence and not (families[a].clause or a[0] == b[0]):
            return evidence
        return (families[a].rank - families[b].rank) or (a[1] - b[1])

    order = sorted(sorted(families, key=lambda k: (families[k].rank, k[1])), key=cmp_to_key(compare))
    return {family: place for place, family in enumerate(order)}
