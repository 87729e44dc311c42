"""What a theme model sees of a text: character n-grams, and what the codebook's terms say.

One function serves training and scoring, so both see the same numbers.
"""

from __future__ import annotations

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


def grams(text: str) -> set[str]:
    """Return the distinct n-grams of a text, as the scan would find them."""
    found: set[str] = set()
    for run in scan.fold(text).replace("\x01", "\0").split("\0"):
        for size in range(1, LONGEST + 1):
            found.update(run[start:start + size] for start in range(len(run) - size + 1))
    return {gram for gram in found if not any(char.isdecimal() for char in gram)}
