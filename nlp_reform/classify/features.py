"""What a theme model sees of a text: character n-grams, and what the codebook's terms say.

One function serves training and scoring, so both see the same numbers.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from nlp_reform.classify import scan
from nlp_reform.classify.scan import Floats, Ints

LONGEST = 3
"""Characters in the longest n-gram; none crosses punctuation and none holds a digit, so years teach nothing."""


class Rows(NamedTuple):
    """A sparse matrix by rows: text `i` has `columns[starts[i]:starts[i+1]]` with `values` of length 1 (L2)."""

    starts: Ints
    columns: Ints
    values: Floats


def rows(joined: scan.Joined, vocabulary: scan.Vocabulary, idf: Floats) -> Rows:
    """Return the tf-idf rows of joined texts: (1 + ln count) · idf, each row of length 1."""
    texts = len(joined.starts) - 1
    hits = vocabulary.find(joined, ordered=False)
    keys = hits.text * max(vocabulary.size, 1) + hits.entry
    small = texts * max(vocabulary.size, 1) < 2**31
    keys, counts = np.unique(keys.astype(np.int32) if small else keys, return_counts=True)
    text, columns = np.divmod(keys, max(vocabulary.size, 1))
    values = ((1.0 + np.log(counts)) * idf[columns]).astype(np.float32)
    lengths = np.sqrt(np.bincount(text, weights=values.astype(np.float64) ** 2, minlength=texts)).astype(np.float32)
    values /= lengths[text]
    starts = np.concatenate((np.zeros(1, dtype=np.int64), np.cumsum(np.bincount(text, minlength=texts))))
    return Rows(starts, columns, values)


def times(given: Rows, weights: Floats) -> Floats:
    """Return the product of sparse rows and a dense matrix."""
    texts = len(given.starts) - 1
    out = np.zeros((texts, weights.shape[1]), dtype=np.float32)
    filled = np.flatnonzero(np.diff(given.starts))
    if len(filled):
        products = weights[given.columns] * given.values[:, None]
        out[filled] = np.add.reduceat(products, given.starts[filled], axis=0)
    return out


def count_grams(texts: Sequence[str]) -> dict[str, int]:
    """Return in how many texts each n-gram stands, for those that stand in two or more."""
    joined = scan.join(texts)
    flat = joined.points.astype(np.uint64)
    owner = np.repeat(np.arange(len(texts), dtype=np.uint64), np.diff(joined.starts))
    letter = (flat > 1) & ~((flat >= ord("0")) & (flat <= ord("9")))
    found: dict[str, int] = {}
    packed, whole = flat, letter
    for size in range(1, LONGEST + 1):
        if size > 1:
            packed = (packed[:-1] << np.uint64(16)) | flat[size - 1:]
            whole = whole[:-1] & letter[size - 1:]
        keys, inside = packed[whole], owner[: len(packed)][whole]
        order = np.lexsort((inside, keys))
        keys, inside = keys[order], inside[order]
        first = np.ones(len(keys), dtype=bool)
        first[1:] = (keys[1:] != keys[:-1]) | (inside[1:] != inside[:-1])
        names, counts = np.unique(keys[first], return_counts=True)
        for name, count in zip(names[counts > 1].tolist(), counts[counts > 1].tolist(), strict=True):
            found["".join(chr((name >> (16 * at)) & 0xFFFF) for at in reversed(range(size)))] = count
    return found
