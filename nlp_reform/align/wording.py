"""Printed words as they are matched: Simplified, half-width, mainland terms, without blanks."""

from __future__ import annotations

from functools import lru_cache

from nlp_reform.model import Document, Mention
from nlp_reform.prepared import compiled
from nlp_reform.tokens import mainland

_MARKS = compiled(r"[\W_]+")


def wording(document: Document, start: int, end: int) -> str:
    """Return the words of record `[start, end)` for matching; offsets into the result mean nothing."""
    view = document.view
    first = view.map.clean(start)
    last = view.map.clean(end - 1) + 1 if end > start else first
    return "".join(mainland(view.text[first:last]).split())


def said(document: Document, mention: Mention | None) -> str:
    """Return a mention's words for matching, "" for none."""
    return "" if mention is None else wording(document, mention.start, mention.end)


def bare(text: str) -> str:
    """Return a text without punctuation and blanks: what must be equal for `unchanged`."""
    return _MARKS.sub("", text)


@lru_cache(maxsize=1 << 16)
def grams(text: str) -> frozenset[str]:
    """Return the pairs of neighbouring characters (the text itself when shorter)."""
    return frozenset(text[n:n + 2] for n in range(len(text) - 1)) or (frozenset((text,)) if text else frozenset())


def alike(one: str, other: str) -> float:
    """Return the Dice coefficient of the character pairs of two short texts, in 0…1."""
    if one == other:
        return 1.0 if one else 0.0
    a, b = grams(one), grams(other)
    return 2 * len(a & b) / (len(a) + len(b)) if a and b else 0.0


def within(small: str, large: str) -> float:
    """Return the share of the character pairs of `small` that `large` has, in 0…1."""
    a = grams(small)
    return len(a & grams(large)) / len(a) if a else 0.0
