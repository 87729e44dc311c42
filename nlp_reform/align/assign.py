"""From scored pairs to links: equal texts first, then the best assignment, then splits and mergers.

Nothing is monotone: items move. A group of linked units is a star, one unit on one side and one or more on the
other, so that swapping the documents mirrors the result. A unit that only resembles one already taken gets a link
of its own to it.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from typing import Any, NamedTuple

from nlp_reform.align.candidates import Field, Pair, scoring
from nlp_reform.align.units import Unit

_GAIN = 0.04
"""How much the cosine to the centre must rise when a second unit is added to the first, for a split or merger."""

_CLAUSE = 0.18
"""How much better than the first the second unit must cover some clause of the third, where single sentences are
joined: a sentence splits by its clauses, and two of one paragraph easily resemble each other a little."""
_JOIN = 0.5
_BESIDE = 0.3
"""Least score of the second pair of a split or merger; a less sure one that covers a clause is a link beside."""
_ALONE = 1e-9
_CERTAIN = 0.99999
_LARGE = 4000
"""Candidate pairs of one component above which the assignment is made best first."""


class Link(NamedTuple):
    """A star of linked units; one of the two tuples has one member. `score` is the weakest pair's."""

    before: tuple[int, ...]
    after: tuple[int, ...]
    score: float
    cosine: float
    exact: bool


Holds = Callable[[Sequence[int], Sequence[int]], bool]
"""Whether units of the earlier and of the later document, one side of them a single one, are one measure in parts."""


def find_links(field: Field, holds: Holds) -> list[Link]:
    """Return the links in order of the earlier document, of one unit the assigned link ahead of those beside it.

    `holds` judges splits and mergers.
    """
    equal = _equal(field.before, field.after)
    taken = {a for a, _ in equal}, {b for _, b in equal}
    free = {key: pair for key, pair in field.pairs.items() if key[0] not in taken[0] and key[1] not in taken[1]}
    fitted = scoring()
    likely = {key: pair for key, pair in free.items() if pair.score >= fitted.link}
    chosen = [key for part in _components(likely) for key in _best(part)]
    links = [Link((a,), (b,), 1.0, 1.0, True) for a, b in equal]
    links += _stars(field, chosen, {key: pair for key, pair in free.items() if pair.score >= fitted.attach}, holds)
    main = {*equal, *chosen}

    def place(link: Link) -> tuple[int, bool, int]:
        beside = not any((a, b) in main for a in link.before for b in link.after)
        return min(link.before), beside, min(link.after)

    return sorted(links, key=place)


def _equal(before: Sequence[Unit], after: Sequence[Unit]) -> list[tuple[int, int]]:
    """Pair units of equal wording; among several the ones in like sections, then in order."""
    there: dict[str, list[Unit]] = defaultdict(list)
    for unit in after:
        there[unit.bare].append(unit)
    found: list[tuple[int, int]] = []
    here: dict[str, list[Unit]] = defaultdict(list)
    for unit in before:
        if unit.bare in there:
            here[unit.bare].append(unit)
    for text, mine in here.items():
        found += [(a.number, b.number) for a, b in zip(mine, there[text], strict=False)]
    return found


def _components(pairs: dict[tuple[int, int], Pair]) -> Iterable[list[Pair]]:
    """Yield the pairs of each connected component."""
    root: dict[tuple[str, int], tuple[str, int]] = {}

    def top(node: tuple[str, int]) -> tuple[str, int]:
        while root.setdefault(node, node) != node:
            root[node] = root[root[node]]
            node = root[node]
        return node

    for a, b in pairs:
        root[top(("a", a))] = top(("b", b))
    parts: dict[tuple[str, int], list[Pair]] = defaultdict(list)
    for pair in pairs.values():
        parts[top(("a", pair.before))].append(pair)
    return parts.values()


def _best(part: list[Pair]) -> list[tuple[int, int]]:
    """Return the likeliest assignment; ties go to the likelier place in the text.

    What is summed are log-odds: sums of probabilities would give up one sure pair for two doubtful ones.
    """
    if len(part) == 1:
        return [(part[0].before, part[0].after)]
    if len(part) > _LARGE:
        return _greedy(part)
    from scipy.sparse import csr_matrix
    from scipy.sparse.csgraph import min_weight_full_bipartite_matching

    rows = {n: k for k, n in enumerate(sorted({p.before for p in part}))}
    columns = {n: k for k, n in enumerate(sorted({p.after for p in part}))}
    cells = {(rows[p.before], columns[p.after]): p for p in part}
    least = _odds(scoring().attach)  # below every pair here, so that each is worth something
    worth = [_odds(p.score) - least + 0.2 * p.cosine - 1e-6 * abs(a / len(rows) - b / len(columns))
             for (a, b), p in cells.items()]
    # each row may also stay alone, at a place of its own that is worth next to nothing
    alone = [(n, len(columns) + n) for n in range(len(rows))]
    row, column = ([pair[side] for pair in (*cells, *alone)] for side in (0, 1))
    shape = len(rows), len(columns) + len(rows)
    table: Any = csr_matrix((worth + [_ALONE] * len(rows), (row, column)), shape=shape)
    picked = zip(*min_weight_full_bipartite_matching(table, maximize=True), strict=True)
    return [(p.before, p.after) for a, b in picked if (p := cells.get((int(a), int(b))))]


def _odds(score: float) -> float:
    score = min(score, _CERTAIN)
    return math.log(score / (1 - score))


def _greedy(part: list[Pair]) -> list[tuple[int, int]]:
    """Return pairs best first, where an exact assignment would cost too much: cubic in the number of units."""
    order = sorted(part, key=lambda p: (-p.score, -p.cosine, abs(p.before - p.after), min(p.before, p.after)))
    taken: tuple[set[int], set[int]] = (set(), set())
    found: list[tuple[int, int]] = []
    for p in order:
        if p.before not in taken[0] and p.after not in taken[1]:
            taken[0].add(p.before)
            taken[1].add(p.after)
            found.append((p.before, p.after))
    return found


def _stars(
    field: Field, chosen: Sequence[tuple[int, int]], pairs: dict[tuple[int, int], Pair], holds: Holds
) -> Iterable[Link]:
    """Attach what is left over to a chosen pair where the two together fit the third better than one alone.

    What is left and meets a unit that is taken already becomes a link beside: `split` and `merged` are said only
    where the parts add up.
    """
    ahead = dict(chosen)
    back = {b: a for a, b in chosen}
    more: dict[tuple[int, int], list[Pair]] = defaultdict(list)
    closed: set[tuple[str, int]] = set()
    loose = [p for key, p in pairs.items() if (key[0] in ahead) != (key[1] in back)]
    used: set[tuple[str, int]] = set()
    sizes = len(field.before), len(field.after)
    # where one document is much the longer, more of its measures must share a counterpart
    sure = scoring().sure * math.sqrt(min(sizes) / max(1, *sizes))
    for p in sorted(loose, key=lambda p: (-p.score, -p.cosine, min(p.before, p.after), max(p.before, p.after))):
        splits = p.before in ahead
        centre = ("a", p.before) if splits else ("b", p.after)
        leaf = ("b", p.after) if splits else ("a", p.before)
        base = (p.before, ahead[p.before]) if splits else (back[p.after], p.after)
        other = ("b", base[1]) if splits else ("a", base[0])
        if leaf in used:
            continue
        gains = centre not in closed and _gains(field, base, p, splits)
        whole = _whole(field, p)
        if gains and p.score >= _JOIN:
            used.add(leaf)
            closed.add(other)
            more[base].append(p)
        elif p.score >= (_BESIDE if gains and not whole else sure):  # meets what is taken already: a link beside
            used.add(leaf)
            yield Link((p.before,), (p.after,), p.score, p.cosine, False)
    for base in chosen:
        star = [field.pairs[base], *more.get(base, ())]
        ends = tuple(sorted({p.before for p in star})), tuple(sorted({p.after for p in star}))
        held = star if len(star) == 1 or holds(*ends) else star[:1]
        ends = tuple(sorted({p.before for p in held})), tuple(sorted({p.after for p in held}))
        yield Link(*ends, min(p.score for p in held), max(p.cosine for p in held), False)
        for p in star[len(held):]:
            if p.score >= sure:
                yield Link((p.before,), (p.after,), p.score, p.cosine, False)


def _whole(field: Field, pair: Pair) -> bool:
    return field.before[pair.before].grain == field.after[pair.after].grain == "directive"


def _gains(field: Field, base: tuple[int, int], extra: Pair, splits: bool) -> bool:
    """Tell whether the centre is met better by both leaves together than by the better one."""
    if not _whole(field, extra):
        side = 0 if splits else 1
        shares = field.covers.of(base, side), field.covers.of((extra.before, extra.after), side)
        return max(b - a for a, b in zip(*shares, strict=True)) >= _CLAUSE
    ours, theirs = field.vectors[:2] if splits else field.vectors[1::-1]
    centre = _row(ours, extra.before if splits else extra.after)
    both = _row(theirs, base[1] if splits else base[0])
    for column, value in _row(theirs, extra.after if splits else extra.before).items():
        both[column] = max(value, both.get(column, 0.0))
    length = math.sqrt(sum(value * value for value in both.values()))
    joint = sum(value * both.get(column, 0.0) for column, value in centre.items()) / (length or 1.0)
    return joint - max(field.pairs[base].cosine, extra.cosine) >= _GAIN


def _row(matrix: Any, number: int) -> dict[int, float]:
    place = slice(matrix.indptr[number], matrix.indptr[number + 1])
    return dict(zip(matrix.indices[place].tolist(), matrix.data[place].tolist(), strict=True))
