"""Scores texts by the terms of a codebook: one scan for all texts, longer terms speak louder.

A term's weight is its length in characters less one, divided by the number of codes that list it. A term
found inside a longer listed term counts as the longer one only. Repetition adds less each time.
"""

from __future__ import annotations

from collections import defaultdict
from typing import NamedTuple
from weakref import WeakKeyDictionary

import numpy as np

from nlp_reform.classify import scan
from nlp_reform.classify.codebook import Codebook
from nlp_reform.classify.scan import Floats

_HALF = 2.0
"""Evidence at which a lexicon score reaches half of its share: one term of three characters."""

_SHARPEN = 1.5
"""Power that brings smoothed shares to the accuracy found on marked directives."""


class Lexicon(NamedTuple):
    """A codebook's terms as a vocabulary, and how much each speaks for each label (`weights[term, label]`)."""

    terms: tuple[str, ...]
    vocabulary: scan.Vocabulary
    labels: tuple[str, ...]
    weights: Floats


_BUILT: WeakKeyDictionary[Codebook, dict[int, Lexicon]] = WeakKeyDictionary()


def lexicon(book: Codebook, level: int | None = None) -> Lexicon:
    """Return the codebook's terms, rolled up to the labels of `level`."""
    built = _BUILT.setdefault(book, {})
    depth = level or book.level
    if depth not in built:
        built[depth] = _build(book, depth)
    return built[depth]


def _build(book: Codebook, level: int) -> Lexicon:
    labels = book.labels(level)
    column = {label: index for index, label in enumerate(labels)}
    votes: dict[str, set[int]] = defaultdict(set)
    for code in book.codes:
        label = column.get(book.roll_up(code.code, level))
        for term in scan.fold(code.include):
            if term and label is not None:
                votes[term].add(label)
        for term in scan.fold(code.exclude):
            votes.setdefault(term, set())
    terms = tuple(sorted(term for term in votes if term))
    weights = np.zeros((len(terms), len(labels)), dtype=np.float32)
    for row, term in enumerate(terms):
        for label in votes[term]:
            weights[row, label] = max(len(term) - 1, 1) / len(votes[term])
    return Lexicon(terms, scan.Vocabulary(terms), labels, weights)


def evidence(joined: scan.Joined, given: Lexicon) -> Floats:
    """Return `weight[text, label]`: the summed weights of the terms in each text, repeated terms by their root."""
    texts = len(joined.starts) - 1
    hits = scan.longest(given.vocabulary.find(joined))
    total = np.zeros((texts, len(given.labels)), dtype=np.float32)
    if len(hits.entry):
        keys, counts = np.unique(hits.text * given.vocabulary.size + hits.entry, return_counts=True)
        rows = given.weights[keys % given.vocabulary.size] * np.sqrt(counts).astype(np.float32)[:, None]
        text = keys // given.vocabulary.size
        first = np.flatnonzero(np.concatenate(([True], text[1:] != text[:-1])))
        total[text[first]] = np.add.reduceat(rows, first, axis=0)
    return total


def scores(weighed: Floats, multi: bool = False) -> Floats:
    """Return scores in [0, 1): each label's share of the evidence, shrunk when there is little of it.

    With `multi` every label stands on its own evidence alone, and scores do not add up.
    """
    whole = weighed if multi else weighed.sum(axis=1, keepdims=True)
    return np.asarray(np.divide(weighed, whole + _HALF), dtype=np.float32)


def answers(weighed: Floats, multi: bool = False) -> Floats:
    """Return what the lexicon alone answers with: scores that mean what they say, 0 for labels without evidence.

    Shares are smoothed and sharpened; with the constants here, expected calibration error is .05 to .12 on
    govcn, cap and the demo corpus (scripts/bench_themes.py), against .15 to .26 for `scores`.
    """
    if multi:
        return scores(weighed, multi)
    labels = weighed.shape[1]
    sharp = ((weighed + _HALF / labels) / (weighed.sum(axis=1, keepdims=True) + _HALF)) ** _SHARPEN
    return np.asarray(sharp / sharp.sum(axis=1, keepdims=True) * (weighed > 0), dtype=np.float32)


def find_terms(text: str, book: Codebook) -> list[tuple[str, tuple[str, ...]]]:
    """Return the codebook's terms in a text, in order, each with the labels it speaks for (none: an exclude term)."""
    given = lexicon(book)
    hits = scan.longest(given.vocabulary.find(scan.join([text])))
    return [(given.terms[entry], tuple(given.labels[label] for label in np.flatnonzero(given.weights[entry])))
            for entry in hits.entry]
