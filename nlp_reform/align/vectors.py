"""Blended TF-IDF of character 1–2-grams and words, and the nearest units of the other document.

Character pairs are the best single measure for aligning yearly plans (AUC .975 on 64 judged pairs); words add what
a shared rare term says. One vocabulary and one weighting for both documents, so that the measure is symmetric.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Sequence
from itertools import chain, count
from operator import add
from typing import Any, NamedTuple

from nlp_reform.tokens import segmenter

CHARACTERS = 0.65
"""The share of character grams in the blend; the rest is words."""
_BLOCK = 1000
_CELLS = 1_000_000
"""Cells of a dense block of rows."""
_MANY = 3000
"""Units of both sides together above which common grams are left out of the search."""


class Vectors(NamedTuple):
    """Rows of both sides (scipy CSR): blended unit rows, whose product is the blended cosine, and plain weights."""

    before: Any
    after: Any
    weights: tuple[Any, Any]


def vectorise(before: Sequence[str], after: Sequence[str]) -> Vectors:
    """Return the blended TF-IDF rows of both sides."""
    from scipy.sparse import hstack

    texts = [*before, *after]
    cut = segmenter().cut
    characters, plain = _matrix(_grams(text) for text in texts)
    words, _ = _matrix(Counter(word for word in cut(text) if len(word) > 1) for text in texts)
    blended = hstack([characters * math.sqrt(CHARACTERS), words * math.sqrt(1 - CHARACTERS)], format="csr",
                     dtype="float32")
    return Vectors(blended[:len(before)], blended[len(before):], (plain[:len(before)], plain[len(before):]))


def sentence_vectors(before: Sequence[str], after: Sequence[str]) -> Vectors:
    """Return rows of character pairs alone, which cost less: for single sentences inside longer units."""
    rows, plain = _matrix(_pairs(text) for text in (*before, *after))
    return Vectors(rows[:len(before)], rows[len(before):], (plain[:len(before)], plain[len(before):]))


def bare_weights(texts: Sequence[str]) -> Any:
    """Return one row a text: the rarity of each of its character pairs, whatever their number."""
    return _matrix(map(_pairs, texts))[1]


def _pairs(text: str) -> Counter[str]:
    return Counter(map(add, text, text[1:]))


def _grams(text: str) -> Counter[str]:
    return Counter([*text, *map(add, text, text[1:])])


def _matrix(rows: Iterable[Counter[str]]) -> tuple[Any, Any]:
    """Return sublinear, smoothed TF-IDF with rows of length 1, and the bare IDF of what each row has."""
    import numpy as np
    from scipy.sparse import csr_matrix

    vocabulary: defaultdict[str, int] = defaultdict(count().__next__)  # the next free column for a new gram
    columns: list[int] = []
    counts: list[int] = []
    ends = [0]
    for row in rows:
        columns.extend(map(vocabulary.__getitem__, row))
        counts.extend(row.values())
        ends.append(len(columns))
    height = len(ends) - 1
    place = np.array(columns, dtype=np.int32)
    frequency = np.bincount(place, minlength=max(1, len(vocabulary)))
    rarity = (np.log((1 + height) / (1 + frequency)) + 1)[place]
    data = (1.0 + np.log(np.array(counts, dtype=np.float64))) * rarity
    owner = np.repeat(np.arange(height), np.diff(ends))
    length = np.sqrt(np.bincount(owner, weights=data**2, minlength=height))
    data /= np.where(length > 0, length, 1)[owner]
    shape = height, max(1, len(vocabulary))
    end = np.array(ends, dtype=np.int32)
    rarity -= 1  # what every unit has says nothing
    return (csr_matrix((data.astype(np.float32), place, end), shape=shape),
            csr_matrix((rarity.astype(np.float32), place, end), shape=shape))


def nearest(vectors: Vectors, top: int, least: float) -> dict[tuple[int, int], float]:
    """Return the blended cosine of every pair that is among the `top` of its row or of its column."""
    before, after = _telling(vectors)
    found = {(row, column): score for row, column, score in _top(before, after, top, least)}
    found.update(((row, column), score) for column, row, score in _top(after, before, top, least))
    if before is vectors.before or not found:
        return found
    return dict(zip(found, products(vectors.before, vectors.after, *apart(found)).tolist(), strict=True))


def products(before: Any, after: Any, rows: Any, columns: Any) -> Any:
    """Return the products of the paired rows (two arrays of numbers), in blocks so that memory stays small."""
    import numpy as np

    spread, order = np.diff(before.indptr), np.argsort(columns, kind="stable")
    height = max(1, _CELLS // after.shape[1])
    found = np.zeros(len(rows))
    for first in range(0, after.shape[0], height):
        mine = order[slice(*np.searchsorted(columns, [first, first + height], sorter=order))]
        row = rows[mine]
        owner = np.repeat(np.arange(len(row)), spread[row])
        skipped = np.cumsum(spread[row]) - spread[row]
        place = np.arange(len(owner)) + (before.indptr[row] - skipped)[owner]
        there = after[first:first + height].toarray()[(columns[mine] - first)[owner], before.indices[place]]
        found[mine] = np.bincount(owner, before.data[place] * there, len(row))
    return found.round(5)


def apart(pairs: Collection[tuple[int, int]]) -> tuple[Any, Any]:
    """Return the first and the second numbers of pairs, as arrays."""
    import numpy as np

    flat = np.fromiter(chain.from_iterable(pairs), dtype=np.int32, count=2 * len(pairs))
    return flat[::2], flat[1::2]


def _telling(vectors: Vectors) -> tuple[Any, Any]:
    """Return the rows to search with: of many units, without the grams that more than one in thirty has.

    What nearly every unit shares costs most of the search and decides nothing; the cosines are of whole rows.
    """
    import numpy as np
    from scipy.sparse import diags

    height = vectors.before.shape[0] + vectors.after.shape[0]
    if height < _MANY:
        return vectors.before, vectors.after
    counts = np.bincount(vectors.before.indices, minlength=vectors.before.shape[1])
    counts += np.bincount(vectors.after.indices, minlength=vectors.before.shape[1])
    keep = diags((counts <= height / 30).astype(np.float32), format="csr", dtype="float32")
    pruned = []
    for side in (vectors.before, vectors.after):
        rows = (side @ keep).tocsr()
        rows.eliminate_zeros()
        pruned.append(rows)
    return pruned[0], pruned[1]


def _top(rows: Any, columns: Any, top: int, least: float) -> Iterable[tuple[int, int, float]]:
    if not rows.shape[0] or not columns.shape[0]:
        return ()
    try:
        from sparse_dot_topn import sp_matmul_topn
    except ImportError:
        product = _product(rows, columns, top, least)
    else:
        product = sp_matmul_topn(rows, columns.T.tocsr(), top_n=top, threshold=least).tocoo()
    scores = product.data.astype(float).round(5)
    return zip(product.row.tolist(), product.col.tolist(), scores.tolist(), strict=True)


def _product(rows: Any, columns: Any, top: int, least: float) -> Any:
    """Do the same as sparse_dot_topn in blocks, where it is not installed."""
    import numpy as np
    from scipy.sparse import coo_matrix

    other = columns.T.tocsr()
    kept: list[tuple[Any, Any, Any]] = []
    for first in range(0, rows.shape[0], _BLOCK):
        near = (rows[first:first + _BLOCK] @ other).tocsr()
        for n in range(near.shape[0]):
            place = slice(near.indptr[n], near.indptr[n + 1])
            scores, names = near.data[place], near.indices[place]
            best = np.argsort(-scores, kind="stable")[:top]
            best = best[scores[best] >= least]
            kept.append((np.full(len(best), first + n), names[best], scores[best]))
    row, column, data = (np.concatenate(part) for part in zip(*kept, strict=True))
    return coo_matrix((data, (row, column)), shape=(rows.shape[0], columns.shape[0]))
