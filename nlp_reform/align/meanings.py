"""What units are about, beyond their letters: learned word vectors, weighted by how much a word keeps to a subject.

The vectors (`models/align`, `scripts/train_meanings.py`) come from counts of words in one sentence of policy texts:
拓展冬季旅游 and 挖掘冷资源 share no word and stand near each other all the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

from nlp_reform.align.units import Unit
from nlp_reform.align.vectors import apart
from nlp_reform.errors import ResourceError
from nlp_reform.prepared import compiled
from nlp_reform.resources import locate
from nlp_reform.tokens import segmenter

TOP = 4
"""Units of nearest meaning that become candidates, seen from either side."""
_MANY = 3000
"""Units of both sides together above which only the nearest one does: candidates cost most of a large comparison."""
_AROUND = 3
"""Units to either side that say in what company a unit stands."""
_BLOCK = 1000
_PAIRS = 20_000
_PLAIN = compiled(r"[\d.%A-Za-z]+")

Pairs = Sequence[tuple[int, int]]


class Model(NamedTuple):
    """The learned words: number of each, its row (float32, length 1) times its weight."""

    words: dict[str, int]
    rows: Any
    weights: Any


class Meanings(NamedTuple):
    """Rows of length 1 of both sides: what each unit is about, and what stands around it."""

    before: Any
    after: Any
    around: tuple[Any, Any]


def content(text: str) -> list[str]:
    """Return the words of a text that can mean something: longer than one character, no bare number."""
    return [word for word in segmenter().cut(text) if len(word) > 1 and not _PLAIN.fullmatch(word)]


@lru_cache(maxsize=1)
def model() -> Model:
    """Return the learned words; raises `ResourceError` where the files do not fit each other."""
    import numpy as np

    folder = locate("models", "align")
    try:
        words = (folder / "words.txt").read_text(encoding="utf-8").split()
        with np.load(folder / "weights.npz", allow_pickle=False) as saved:
            rows = saved["vectors"].astype(np.float32) * saved["scale"][:, None]
            weights = saved["weight"]
    except (OSError, ValueError, KeyError) as error:
        raise ResourceError(f"{folder}: {error}") from error
    if not len(words) == len(rows) == len(weights):
        raise ResourceError(f"{folder}: words.txt and weights.npz are of different lengths")
    return Model({word: n for n, word in enumerate(words)}, rows * weights[:, None], weights)


def find_meanings(before: Sequence[Unit], after: Sequence[Unit]) -> Meanings:
    """Return the rows of both sides."""
    rows = [_rows(side) for side in (before, after)]
    return Meanings(rows[0], rows[1], (_company(rows[0]), _company(rows[1])))


def nearest_meanings(meanings: Meanings) -> set[tuple[int, int]]:
    """Return the pairs of which one is among the `TOP` nearest of the other."""
    one, other = meanings.before, meanings.after
    top = TOP if len(one) + len(other) < _MANY else 1
    return {*_top(one, other, top), *((a, b) for b, a in _top(other, one, top))}


def likeness(meanings: Meanings, pairs: Pairs) -> tuple[list[float], list[float], list[float]]:
    """Return for each pair how near the units are, their companies, and each to the other's company, in -1…1."""
    import numpy as np

    a, b = apart(pairs)
    first, second = meanings.around

    def near(one: Any, other: Any) -> Any:
        blocks = (slice(n, n + _PAIRS) for n in range(0, len(a), _PAIRS))
        found = [np.einsum("ij,ij->i", one[a[block]], other[b[block]]) for block in blocks]
        return np.concatenate([np.zeros(0), *found])

    across = (near(meanings.before, second) + near(first, meanings.after)) / 2
    columns = near(meanings.before, meanings.after), near(first, second), across
    one, other, third = (column.astype(float).round(5).tolist() for column in columns)
    return one, other, third


def _rows(units: Sequence[Unit]) -> Any:
    import numpy as np

    known = model()
    rows = np.zeros((len(units), known.rows.shape[1]), dtype=np.float32)
    for n, unit in enumerate(units):
        numbers = sorted({known.words[word] for word in content(unit.text) if word in known.words})
        if numbers:
            rows[n] = known.rows[numbers].sum(axis=0)
    return _scaled(rows)


def _company(rows: Any) -> Any:
    import numpy as np

    sums = np.zeros_like(rows)
    for step in range(1, _AROUND + 1):
        sums[step:] += rows[:-step]
        sums[:-step] += rows[step:]
    return _scaled(sums)


def _scaled(rows: Any) -> Any:
    import numpy as np

    return rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-6)


def _top(rows: Any, columns: Any, top: int) -> Iterable[tuple[int, int]]:
    import numpy as np

    count = min(top, len(columns))
    if not count:
        return
    for start in range(0, len(rows), _BLOCK):
        near = np.round(rows[start:start + _BLOCK] @ columns.T, 5)
        best = np.argpartition(-near, count - 1, axis=1)[:, :count]
        for n, names in enumerate(best):
            yield from ((start + n, int(m)) for m in names if near[n, m] > 0)
