"""Word segmentation: jieba is the reference, rjieba the fast double when it is installed.

Both are used as private instances: neither jieba's module-level dictionary nor rjieba's is touched, so
another library in the same process sees them unchanged.
"""

from __future__ import annotations

import logging
import re
from functools import lru_cache
from typing import Protocol

from nlp_reform.resources import lexicon


class Segmenter(Protocol):
    """Cuts a text into words that join to the text again."""

    name: str

    def cut(self, text: str) -> list[str]:
        """Return the words of `text` in order; `"".join(cut(text)) == text`."""


class Jieba:
    """jieba 0.42 with a dictionary of its own, without HMM (both engines then agree word by word)."""

    name = "jieba"

    def __init__(self) -> None:
        """Load a private dictionary."""
        import jieba

        jieba.setLogLevel(logging.WARNING)
        self._tokenizer = jieba.Tokenizer()
        self._tokenizer.initialize()

    def cut(self, text: str) -> list[str]:
        """Return the words of `text`."""
        return list(self._tokenizer.cut(text, HMM=False))


class RJieba:
    """The Rust double of jieba, ten times as fast (extra `fast`)."""

    name = "rjieba"

    def __init__(self) -> None:
        """Load a private instance; raises ImportError when rjieba is not installed."""
        import rjieba

        self._tokenizer = rjieba.Jieba()

    def cut(self, text: str) -> list[str]:
        """Return the words of `text`."""
        words: list[str] = self._tokenizer.cut(text, hmm=False)
        return words


@lru_cache(maxsize=2)
def segmenter(fast: bool = True) -> Segmenter:
    """Return the segmenter in use: rjieba when `fast` and installed, else jieba."""
    if fast:
        try:
            return RJieba()
        except ImportError:
            return Jieba()
    return Jieba()


@lru_cache(maxsize=1)
def _mainland() -> tuple[re.Pattern[str], dict[str, str]]:
    terms: dict[str, str] = lexicon("mainland")["terms"]
    return re.compile("|".join(sorted(map(re.escape, terms), key=len, reverse=True))), terms


def mainland(text: str) -> str:
    """Return a Simplified text with Taiwan and Hong Kong policy terms in mainland wording.

    For matching only: lengths change, so no offset into the result means anything. Terms and their source:
    `lexicons/mainland.toml`.
    """
    pattern, terms = _mainland()
    return pattern.sub(lambda match: terms[match.group()], text)
