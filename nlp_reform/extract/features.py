"""Features of a sentence that weights are trained on: its signs, those around it, characters, the rules' word."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING

from nlp_reform.extract.rules import by_rule
from nlp_reform.extract.signs import Shown
from nlp_reform.model import Document, Sentence
from nlp_reform.prepared import compiled

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

GRAMS = 120
"""Characters of a sentence whose pairs are counted."""

_NEAR = 6
NEARBY = ("verb_first", "firm", "past", "done", "context", "plan_actor")
VALUED = ("all:verb_first", *(f"near:{sign}" for sign in NEARBY))
"""Features that carry a share between 0 and 1; all others are there or not."""


@lru_cache(maxsize=4096)
def own(item: Shown) -> frozenset[str]:
    """Return the names of the features a combination of signs gives: itself, by part, and what the rules say."""
    part = item.part
    names = {"p:" + part, "at:" + item.place, f"len:{item.length}", "end:" + item.end, "rule:" + by_rule(item)}
    names |= {"s:" + sign for sign in item.signs} | {f"s:{sign}:{part}" for sign in item.signs}
    if item.spoken:
        names |= {"h:", "h:at:" + item.place, "h:rule:" + by_rule(item)} | {"h:" + sign for sign in item.signs}
    if "verb_first" not in item.signs:
        names.add("novf:" + part)
    return frozenset(names)


def shares(items: Sequence[Shown]) -> NDArray[np.float32]:
    """Return the values of `VALUED`, a row a sentence: how common signs are in the document and around it."""
    import numpy as np

    count = len(items)
    seen: dict[frozenset[str], int] = {}
    rows = [seen.setdefault(item.signs, len(seen)) for item in items]
    flags = np.array([[sign in group for sign in NEARBY] for group in seen], dtype=np.float32)[rows]
    sums = np.vstack([np.zeros((1, len(NEARBY)), np.float32), np.cumsum(flags, axis=0)])
    at = np.arange(count)
    low, high = np.maximum(at - _NEAR, 0), np.minimum(at + _NEAR + 1, count)
    near = (sums[high] - sums[low]) / (high - low)[:, None]
    return np.hstack([np.full((count, 1), sums[-1, 0] / count), near]).astype(np.float32)


def features(document: Document, items: Sequence[Shown]) -> Iterator[dict[str, float]]:
    """Yield the features of every sentence by name, for training; `weighing` scores the same without names.

    Signs, signs by part, signs of both neighbours, place, part, what the rules say, length, shares of `VALUED`,
    characters and pairs of characters (every number is one 0), opening and end.
    """
    text, count = document.view.text, len(items)
    if not count:
        return
    for n, (item, values, s) in enumerate(zip(items, shares(items).tolist(), document.sentences, strict=True)):
        named = set(own(item))
        if n:
            named.update("before:" + sign for sign in items[n - 1].signs)
        if n + 1 < count:
            named.update("after:" + sign for sign in items[n + 1].signs)
        yield dict.fromkeys(named, 1.0) | dict(zip(VALUED, values, strict=True)) | _grams(text, s)


_DIGITS = compiled("[0-9]+")


def _grams(text: str, sentence: Sentence) -> dict[str, float]:
    plain = _DIGITS.sub("0", text[sentence.body:min(sentence.end, sentence.body + GRAMS)])
    pairs = [one + two for one, two in pairwise(plain)]
    names = {"1" + one for one in plain} | {"2" + pair for pair in pairs}
    if pairs:
        names |= {"^" + pairs[0], "$" + pairs[-1]}
    return dict.fromkeys(names, 1.0)
