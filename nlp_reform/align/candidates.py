"""Candidate pairs of units and the calibrated score of each: how likely it is that they are one measure."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from nlp_reform.align.clauses import Covers, find_covers
from nlp_reform.align.marks import find_marks, rare_words, shared
from nlp_reform.align.meanings import find_meanings, likeness, nearest_meanings
from nlp_reform.align.units import Unit, headings
from nlp_reform.align.vectors import Vectors, nearest, products, sentence_vectors, vectorise
from nlp_reform.align.wording import alike, wording
from nlp_reform.model import Document
from nlp_reform.resources import lexicon

TOP = 8
LEAST = 0.08
ALIKE = 0.35
"""Least cosine of two single sentences that joins the units they stand in."""


class Scoring(NamedTuple):
    """The fitted weights and thresholds, from `lexicons/align.toml`."""

    bias: float
    weights: tuple[float, ...]
    link: float
    attach: float
    sure: float
    review: float


class Pair(NamedTuple):
    """A candidate: the two units' numbers, blended cosine, features in the order of `FEATURES`, score."""

    before: int
    after: int
    cosine: float
    features: tuple[float, ...]
    score: float


FEATURES = (
    "cosine", "share", "first", "sentence", "context", "heading", "section", "containment", "rare", "indicator",
    "named", "short", "clause", "meaning", "company", "across", "place",
)
"""cosine of blended TF-IDF; the cosine's share of the best that both units have, and that one of them has; the
likest two sentences; likeness of the units around; of headings; of sections; how much of the lighter unit's weight
the other has; the rarest common words; a common
indicator; a common actor or reference; whether one of them is a single sentence; the best covered
clause; how near the two are in meaning, the units around them, and each to what stands around the other; how alike
their places in the two documents are."""


@lru_cache(maxsize=1)
def scoring() -> Scoring:
    """Return the fitted weights."""
    table = lexicon("align")["score"]
    return Scoring(table["bias"], tuple(table["weights"][name] for name in FEATURES), table["link"], table["attach"],
                   table["sure"],
                   table["review"])


class Field(NamedTuple):
    """Both documents' units with everything the pairs are judged by."""

    before: tuple[Unit, ...]
    after: tuple[Unit, ...]
    vectors: Vectors
    pairs: dict[tuple[int, int], Pair]
    covers: dict[tuple[int, int], Covers]


def find_pairs(documents: tuple[Document, Document], units: tuple[tuple[Unit, ...], tuple[Unit, ...]]) -> Field:
    """Return the candidate pairs, scored; symmetric in the two documents."""
    before, after = units
    vectors = vectorise([u.text for u in before], [u.text for u in after])
    cosines = nearest(vectors, TOP, LEAST)
    sentences = _sentences(documents, units)
    meanings = find_meanings(before, after)
    _fill(cosines, vectors, {*sentences, *nearest_meanings(meanings)})
    best_row: dict[int, float] = defaultdict(float)
    best_column: dict[int, float] = defaultdict(float)
    for (row, column), value in cosines.items():
        best_row[row] = max(best_row[row], value)
        best_column[column] = max(best_column[column], value)
    names = headings(documents[0]), headings(documents[1])
    groups = _likeness(names, units)
    contained = _containment(vectors, list(cosines))
    rare = rare_words(before, after)
    marks = find_marks(documents[0], before), find_marks(documents[1], after)
    pairs: dict[tuple[int, int], Pair] = {}
    around = _around(vectors, cosines)
    covers = find_covers(before, after, list(cosines))
    means = list(likeness(meanings, list(cosines)))
    for ((row, column), value), mean in zip(cosines.items(), means, strict=True):
        one, other = before[row], after[column]
        bests = max(best_row[row], 1e-6), max(best_column[column], 1e-6)
        features = (
            value, value / max(bests), value / min(bests), max(value, sentences.get((row, column), 0.0)),
            around[row, column], alike(one.heading, other.heading),
            groups[one.group, other.group], contained[row, column],
            rare(row, column), shared(marks[0][0][row], marks[1][0][column]),
            float(bool(marks[0][1][row] & marks[1][1][column])),
            float("sentence" in (one.grain, other.grain)), covers[row, column].best, *mean,
            1 - abs(row / len(before) - column / len(after)),
        )
        pairs[row, column] = Pair(row, column, value, features, probability(features))
    return Field(before, after, vectors, pairs, covers)


def probability(features: Sequence[float]) -> float:
    """Return the calibrated score of a pair's features."""
    fitted = scoring()
    logit = fitted.bias + sum(w * x for w, x in zip(fitted.weights, features, strict=True))
    return round(1 / (1 + math.exp(-max(-30.0, min(30.0, logit)))), 5)


def _likeness(
    names: tuple[dict[str, str], dict[str, str]], units: tuple[tuple[Unit, ...], tuple[Unit, ...]]
) -> dict[tuple[str, str], float]:
    groups = [sorted({u.group for u in side}) for side in units]
    return {(a, b): alike(names[0].get(a, ""), names[1].get(b, "")) for a in groups[0] for b in groups[1]}


def _around(vectors: Vectors, cosines: dict[tuple[int, int], float]) -> dict[tuple[int, int], float]:
    """Return the cosine of what stands around two units: the two units before and after, themselves left out."""
    import numpy as np
    from scipy.sparse import csr_matrix, diags

    pairs = list(cosines)
    if not pairs:
        return {}
    sides, alone = [], []
    for rows in (vectors.before, vectors.after):
        height = rows.shape[0]
        steps = [step for step in (-2, -1, 1, 2) if abs(step) < height]
        near = csr_matrix((height, height), dtype="float32") if not steps else diags(
            [1.0] * len(steps), steps, shape=(height, height), format="csr", dtype="float32"
        )
        window = near @ rows
        length = np.sqrt(np.asarray(window.multiply(window).sum(axis=1)).ravel())
        alone.append(length == 0)
        sides.append(diags(1 / np.maximum(length, 1e-6), format="csr", dtype="float32") @ window)
    found = dict(zip(pairs, products(sides[0], sides[1], pairs), strict=True))
    for a, b in pairs if alone[0].any() or alone[1].any() else ():
        if alone[0][a] or alone[1][b]:  # nothing stands around: the unit speaks for itself
            found[a, b] = cosines[a, b]
    return found


def _containment(vectors: Vectors, pairs: list[tuple[int, int]]) -> dict[tuple[int, int], float]:
    """Return for each pair the shared weight over the lighter side's weight, in 0…1."""
    import numpy as np

    if not pairs:
        return {}
    rows, columns = (np.array(side) for side in zip(*pairs, strict=True))
    weights = [np.asarray(side.sum(axis=1)).ravel() for side in vectors.weights]
    shared: list[float] = []
    for first in range(0, len(pairs), 20_000):
        place = slice(first, first + 20_000)
        least = vectors.weights[0][rows[place]].minimum(vectors.weights[1][columns[place]])
        lighter = np.minimum(weights[0][rows[place]], weights[1][columns[place]])
        shared.extend((np.asarray(least.sum(axis=1)).ravel() / np.maximum(lighter, 1e-6)).tolist())
    return {pair: round(min(1.0, value), 4) for pair, value in zip(pairs, shared, strict=True)}


def _sentences(
    documents: tuple[Document, Document], units: tuple[tuple[Unit, ...], tuple[Unit, ...]]
) -> dict[tuple[int, int], float]:
    """Return the cosine of the likest two sentences of two units, where one of them has several."""
    if all(len(unit.kept) == 1 for side in units for unit in side):
        return {}
    texts: tuple[list[str], list[str]] = ([], [])
    owners: tuple[list[int], list[int]] = ([], [])
    for document, side, text, owner in zip(documents, units, texts, owners, strict=True):
        for unit in side:
            for start, end in unit.kept:
                text.append(wording(document, start, end))
                owner.append(unit.number)
    found: dict[tuple[int, int], float] = {}
    for (a, b), value in nearest(sentence_vectors(*texts), 3, ALIKE).items():
        key = owners[0][a], owners[1][b]
        found[key] = max(value, found.get(key, 0.0))
    return found


def _fill(cosines: dict[tuple[int, int], float], vectors: Vectors, more: set[tuple[int, int]]) -> None:
    """Add the pairs that share a sentence or are near in meaning but not among each other's nearest in letters."""
    missing = sorted(more - cosines.keys())
    if missing:
        cosines.update(zip(missing, products(vectors.before, vectors.after, missing), strict=True))
