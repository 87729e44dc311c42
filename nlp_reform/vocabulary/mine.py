"""New words of a corpus: sequences of words that stand together too often, in too many surroundings, to be chance.

A candidate is two or more neighbouring words of the segmenter. Its support: how often it occurs, in how many texts,
its cohesion (the least pointwise mutual information of any cut in two, in bits) and its freedom (the lesser
entropy of what stands left and right of it, in bits; the end of a phrase counts as a neighbour of its own each
time). After Church & Hanks (1990) and the accessor variety of Feng et al. (2004).
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import NamedTuple

from nlp_reform.prepared import compiled
from nlp_reform.resources import lexicon
from nlp_reform.tokens import Segmenter

_CHINESE = compiled(r"[\u4e00-\u9fff]+")
_NUMERAL = compiled(r"[零〇一二两三四五六七八九十百千万亿]+")
_WORDS = 4
"""No new word is made of more words than this."""


class Limits(NamedTuple):
    """What a candidate must reach: occurrences, bits of cohesion, bits of freedom; its longest form in characters."""

    least: int = 5
    cohesion: float = 5.0
    freedom: float = 1.5
    longest: int = 8


class NewWord(NamedTuple):
    """A new word with its support."""

    word: str
    occurrences: int
    documents: int
    cohesion: float
    freedom: float


Parts = tuple[str, ...]


def new_words(texts: Iterable[str], segmenter: Segmenter, limits: Limits | None = None) -> tuple[NewWord, ...]:
    """Return the new words of Simplified texts, most frequent first, equally frequent ones in code point order.

    The same texts and limits give the same words. A part of a longer new word is left out where it hardly occurs
    without it.
    """
    asked = limits or Limits()
    phrases = [[phrase for run in _CHINESE.findall(text) for phrase in _phrases(segmenter.cut(run))] for text in texts]
    counts = _counts(phrases, asked)
    total = sum(count for parts, count in counts.items() if len(parts) == 1)
    fit = {parts: _cohesion(parts, counts, total) for parts in counts
           if len(parts) > 1 and len("".join(parts)) <= asked.longest and _bounded(parts)}
    held = {parts for parts, bits in fit.items() if bits >= asked.cohesion}
    found = [NewWord("".join(parts), counts[parts], seen, round(fit[parts], 2), round(free, 2))
             for parts, seen, free in _surroundings(phrases, held) if free >= asked.freedom]
    return tuple(sorted(_whole(found), key=lambda one: (-one.occurrences, one.word)))


@lru_cache(maxsize=1)
def _function() -> frozenset[str]:
    return frozenset(lexicon("new_words")["function"]["terms"].split()) | _table("adverb") | _table("preposition")


@lru_cache(maxsize=1)
def _verbs() -> frozenset[str]:
    """Verbs that open a phrase, not a word (加强 科普)."""
    return _table("action") - _table("nominal")


@lru_cache(maxsize=1)
def _edge() -> frozenset[str]:
    return frozenset(lexicon("new_words")["edge"]["terms"].split())


def _bounded(parts: Parts) -> bool:
    """Tell whether the first and the last word may be those of a name."""
    return parts[0] not in _verbs() and not {parts[0], parts[-1]} & _edge()


def _table(name: str) -> frozenset[str]:
    return frozenset(lexicon("verbs")[name]["terms"].split())


def _phrases(words: Sequence[str]) -> list[Parts]:
    """Cut words into phrases at function words and numerals, which no new word holds."""
    phrases: list[Parts] = []
    open_: list[str] = []
    for word in words:
        if word in _function() or _NUMERAL.fullmatch(word):
            phrases.append(tuple(open_))
            open_ = []
        else:
            open_.append(word)
    return [phrase for phrase in (*phrases, tuple(open_)) if phrase]


def _counts(phrases: Iterable[Iterable[Parts]], limits: Limits) -> Counter[Parts]:
    """Count words and sequences of words; a sequence is counted only where both its shorter halves are frequent."""
    flat = [phrase for text in phrases for phrase in text]
    counts: Counter[Parts] = Counter((word,) for phrase in flat for word in phrase)
    for size in range(2, _WORDS + 1):
        longer = Counter(
            phrase[at:at + size] for phrase in flat for at in range(len(phrase) - size + 1)
            if counts[phrase[at:at + size - 1]] >= limits.least and counts[phrase[at + 1:at + size]] >= limits.least)
        counts.update({parts: count for parts, count in longer.items() if count >= limits.least})
    return counts


def _cohesion(parts: Parts, counts: Counter[Parts], total: int) -> float:
    """Return the least mutual information of any cut: what holds the weakest joint together."""
    return min(math.log2(counts[parts] * total / (counts[parts[:at]] * counts[parts[at:]]))
               for at in range(1, len(parts)))


def _surroundings(phrases: Sequence[Sequence[Parts]], held: set[Parts]) -> list[tuple[Parts, int, float]]:
    """Return for each candidate in how many texts it stands and how free its surroundings are."""
    left: defaultdict[Parts, Counter[str]] = defaultdict(Counter)
    right: defaultdict[Parts, Counter[str]] = defaultdict(Counter)
    seen: defaultdict[Parts, set[int]] = defaultdict(set)
    for number, text in enumerate(phrases):
        for place, phrase in enumerate(text):
            for size in range(2, min(_WORDS, len(phrase)) + 1):
                for at in range(len(phrase) - size + 1):
                    parts = phrase[at:at + size]
                    if parts in held:
                        end = at + size
                        left[parts][phrase[at - 1] if at else f"{number} {place}"] += 1
                        right[parts][phrase[end] if end < len(phrase) else f"{number} {place}"] += 1
                        seen[parts].add(number)
    return [(parts, len(seen[parts]), min(_entropy(left[parts]), _entropy(right[parts]))) for parts in sorted(held)]


def _entropy(neighbours: Counter[str]) -> float:
    total = neighbours.total()
    return -sum(count / total * math.log2(count / total) for count in neighbours.values()) + 0.0


_BOUND = 0.8
"""A part that stands in one longer new word in this share of its occurrences is no word of its own."""


def _whole(found: Sequence[NewWord]) -> list[NewWord]:
    """Leave out what is nearly always part of one longer new word."""
    return [one for one in found if not any(
        one.word in other.word and one is not other and other.occurrences >= _BOUND * one.occurrences
        for other in found)]
