"""Candidate pairs of units and the calibrated score of each: how likely it is that they are one measure."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from nlp_reform.align.clauses import Covers, find_covers
from nlp_reform.align.marks import find_marks, rare_words, shared
from nlp_reform.align.meanings import find_meanings, likeness, nearest_meanings
from nlp_reform.align.units import Unit, headings
from nlp_reform.align.vectors import Vectors, apart, nearest, products, sentence_vectors, vectorise
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
    covers: Covers


def find_pairs(documents: tuple[Document, Document], units: tuple[tuple[Unit, ...], tuple[Unit, ...]]) -> Field:
    """Return the candidate pairs, scored; symmetric in the two documents."""
    before, after = units
    vectors = vectorise([u.text for u in before], [u.text for u in after])
    cosines = nearest(vectors, TOP, LEAST)
    sentences = _sentences(documents, units)
    meanings = find_meanings(before, after)
    _fill(cosines, vectors, {*sentences, *nearest_meanings(meanings)})
    keys = list(cosines)
    covers = find_covers(before, after, keys)
    marks = find_marks(documents[0], before), find_marks(documents[1], after)
    groups = _likeness((headings(documents[0]), headings(documents[1])), units)
    titled = lru_cache(maxsize=None)(alike)
    rare = rare_words(before, after)
    value = list(cosines.values())
    columns = (
        value, *_shares(cosines, (len(before), len(after))),
        [max(cosine, sentences.get(pair, 0.0)) for pair, cosine in cosines.items()], _around(vectors, cosines),
        [titled(before[a].heading, after[b].heading) for a, b in keys],
        [groups[before[a].group, after[b].group] for a, b in keys], _containment(vectors, keys),
        [rare(a, b) for a, b in keys], [shared(marks[0][0][a], marks[1][0][b]) for a, b in keys],
        [float(bool(marks[0][1][a] & marks[1][1][b])) for a, b in keys],
        [float("sentence" in (before[a].grain, after[b].grain)) for a, b in keys],
        covers.best, *likeness(meanings, keys),
        [1 - abs(a / len(before) - b / len(after)) for a, b in keys],
    )
    features = list(zip(*columns, strict=True))
    cells = zip(keys, value, features, probabilities(features), strict=True)
    pairs = {key: Pair(*key, cosine, row, score) for key, cosine, row, score in cells}
    return Field(before, after, vectors, pairs, covers)


def probabilities(features: Sequence[Sequence[float]]) -> list[float]:
    """Return the calibrated score of each pair's features."""
    import numpy as np

    fitted = scoring()
    table = np.array(features, dtype=float).reshape(-1, len(fitted.weights))
    logit = fitted.bias + (table * np.array(fitted.weights)).sum(axis=1)
    scores: list[float] = (1 / (1 + np.exp(-logit.clip(-30, 30)))).round(5).tolist()
    return scores


def _shares(cosines: dict[tuple[int, int], float], sizes: tuple[int, int]) -> tuple[list[float], list[float]]:
    """Return each cosine's share of the best that both units have, and of the best that one of them has."""
    import numpy as np

    values = np.array(list(cosines.values()))
    bests = []
    for place, size in zip(apart(cosines), sizes, strict=True):
        best = np.full(size, 1e-6)
        np.maximum.at(best, place, values)
        bests.append(best[place])
    both: list[float] = (values / np.maximum(*bests)).tolist()
    one: list[float] = (values / np.minimum(*bests)).tolist()
    return both, one


def _likeness(
    names: tuple[dict[str, str], dict[str, str]], units: tuple[tuple[Unit, ...], tuple[Unit, ...]]
) -> dict[tuple[str, str], float]:
    groups = [sorted({u.group for u in side}) for side in units]
    return {(a, b): alike(names[0].get(a, ""), names[1].get(b, "")) for a in groups[0] for b in groups[1]}


def _around(vectors: Vectors, cosines: dict[tuple[int, int], float]) -> list[float]:
    """Return the cosine of what stands around two units: the two units before and after, themselves left out."""
    import numpy as np
    from scipy.sparse import csr_matrix, diags

    if not cosines:
        return []
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
    row, column = apart(cosines)
    # where nothing stands around, the unit speaks for itself
    lone = alone[0][row] | alone[1][column]
    found: list[float] = np.where(lone, list(cosines.values()), products(sides[0], sides[1], row, column)).tolist()
    return found


def _containment(vectors: Vectors, pairs: Sequence[tuple[int, int]]) -> list[float]:
    """Return for each pair the shared weight over the lighter side's weight, in 0…1."""
    import numpy as np

    rows, columns = apart(pairs)
    weights = [np.asarray(side.sum(axis=1)).ravel() for side in vectors.weights]
    lighter = np.minimum(weights[0][rows], weights[1][columns])
    presence = vectors.weights[1].copy()
    presence.data[:] = 1.0  # a gram weighs the same on both sides
    shared = products(vectors.weights[0], presence, rows, columns) / np.maximum(lighter, 1e-6)
    found: list[float] = shared.clip(0, 1).round(4).tolist()
    return found


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
        cosines.update(zip(missing, products(vectors.before, vectors.after, *apart(missing)).tolist(), strict=True))
