"""Cuts a few characters into words, where loading jieba would cost more than reading the document.

The cut whose words are least rare in all, as jieba's without HMM. Words in lexicons/segments.toml, and those of the
lexicons of actors and verbs.
"""

from __future__ import annotations

from functools import lru_cache

from nlp_reform.extract.matching import words
from nlp_reform.resources import lexicon

_LONGEST = 6
_UNKNOWN = 10
"""What a character costs that is a word by itself."""
_LIGHT = dict.fromkeys("的和与及或等、在到向对把将为以从由按于就也都更再", 6)
_OWN = 10
"""What a word of the lexicons of actors and verbs costs that is rare elsewhere."""

_TABLES = (("actors", "heads"), ("actors", "follows"), ("verbs", "action"), ("verbs", "adverb"),
           ("verbs", "preposition"))


@lru_cache(maxsize=1)
def _costs() -> dict[str, int]:
    costs = {word: _OWN for name, table in _TABLES for word in words(name, table) if len(word) > 1}
    for table in ("verbs", "acts", "qualities", "others"):
        for cost, block in lexicon("segments")[table].items():
            costs.update(dict.fromkeys(block.split(), int(cost)))
    return costs


@lru_cache(maxsize=4)
def tagged(table: str) -> frozenset[str]:
    """Return the words that jieba's dictionary calls `verbs`, `acts` (verbs and nouns) or `qualities` (大型, 国有)."""
    return frozenset(word for block in lexicon("segments")[table].values() for word in block.split())


def cut(text: str, start: int, end: int) -> list[int]:
    """Return where the words of `text[start:end]` begin, and `end`."""
    costs, size = _costs(), end - start
    best, step = [0] * (size + 1), [1] * size
    for at in range(size - 1, -1, -1):
        first = start + at
        least = best[at + 1] + _LIGHT.get(text[first], _UNKNOWN)
        for length in range(2, min(_LONGEST, size - at) + 1):
            cost = costs.get(text[first:first + length])
            if cost is not None and cost + best[at + length] < least:
                least, step[at] = cost + best[at + length], length
        best[at] = least
    found = [start]
    while found[-1] < end:
        found.append(found[-1] + step[found[-1] - start])
    return found
