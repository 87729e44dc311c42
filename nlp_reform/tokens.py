"""Word segmentation: jieba is the reference, rjieba the fast double when it is installed.

Both are used as private instances: neither jieba's module-level dictionary nor rjieba's is touched, so
another library in the same process sees them unchanged.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple, Protocol

from nlp_reform.errors import ResourceError
from nlp_reform.resources import lexicon


class Segmenter(Protocol):
    """Cuts a text into words that join to the text again."""

    name: str

    def cut(self, text: str) -> list[str]:
        """Return the words of `text` in order; `"".join(cut(text)) == text`."""


class UserWord(NamedTuple):
    """A line of a user dictionary."""

    word: str
    frequency: int
    tag: str


class Jieba:
    """jieba 0.42 with a dictionary of its own, without HMM (both engines then agree word by word)."""

    name = "jieba"

    def __init__(self, words: Iterable[UserWord] = ()) -> None:
        """Load a private dictionary and add words to it."""
        self._tokenizer = private_jieba()
        for word in words:
            self._tokenizer.add_word(*word)

    def cut(self, text: str) -> list[str]:
        """Return the words of `text`."""
        return list(self._tokenizer.cut(text, HMM=False))


class RJieba:
    """The Rust double of jieba, ten times as fast (extra `fast`)."""

    name = "rjieba"

    def __init__(self, words: Iterable[UserWord] = ()) -> None:
        """Load a private instance and add words to it; raises ImportError when rjieba is not installed."""
        import rjieba

        self._tokenizer = rjieba.Jieba()
        for word in words:
            self._tokenizer.add_word(*word)

    def cut(self, text: str) -> list[str]:
        """Return the words of `text`."""
        words: list[str] = self._tokenizer.cut(text, hmm=False)
        return words


def private_jieba() -> Any:
    """Return a loaded `jieba.Tokenizer` of one's own; jieba's global one, and how much it logs, stay as they were."""
    import logging

    import jieba

    level = jieba.default_logger.level
    try:
        jieba.setLogLevel(logging.WARNING)
        tokenizer = jieba.Tokenizer()
        tokenizer.initialize()
    finally:
        jieba.setLogLevel(level)
    return tokenizer


def segmenter(fast: bool = True, dictionary: str | Path | tuple[UserWord, ...] | None = None) -> Segmenter:
    """Return the segmenter in use: rjieba when `fast` and installed, else jieba.

    `dictionary` is a user dictionary, by the name of a file in jieba's form (`word frequency tag`, as `nlp-reform
    lexicon build` writes it) or as its words; they are added to a private instance, one for each dictionary as it
    stands. Raises `ResourceError` naming the file and the line that is malformed.
    """
    if dictionary is None or isinstance(dictionary, tuple):
        return _segmenter(fast, dictionary or ())
    return _segmenter(fast, user_words(dictionary))


@lru_cache(maxsize=4)
def _segmenter(fast: bool, words: tuple[UserWord, ...]) -> Segmenter:
    if fast:
        try:
            return RJieba(words)
        except ImportError:
            return Jieba(words)
    return Jieba(words)


def user_words(path: str | Path) -> tuple[UserWord, ...]:
    """Return the words of a user dictionary: a line a word, its frequency and its tag, parted by blanks.

    Every line needs all three: the engines guess a missing frequency each in its own way. Raises `ResourceError`
    naming file and line.
    """
    try:
        return _user_words(Path(path), Path(path).stat().st_mtime_ns)
    except OSError as error:
        raise ResourceError(f"{path}: the dictionary cannot be read ({error.strerror}); check the name") from error


@lru_cache(maxsize=4)
def _user_words(path: Path, _: int) -> tuple[UserWord, ...]:
    try:
        return parse_words(path.read_text(encoding="utf-8-sig"), str(path))
    except UnicodeDecodeError as error:
        raise ResourceError(f"{path}: the dictionary is not UTF-8; save it as UTF-8") from error


def parse_words(text: str, name: str) -> tuple[UserWord, ...]:
    """Return the words of a user dictionary's content; `name` stands in the `ResourceError` for a malformed line."""
    found = []
    for number, line in enumerate(text.splitlines(), 1):
        match = _USER_LINE.fullmatch(line.strip())
        if match:
            found.append(UserWord(match["word"], int(match["frequency"]), match["tag"]))
        elif line.strip():
            said = f"{name}, line {number}: not a word, a frequency above 0 and a tag"
            raise ResourceError(f"{said}: {line.strip()[:40]!r}")
    return tuple(found)


_USER_LINE = re.compile(r"(?P<word>\S+)\s+(?P<frequency>0*[1-9]\d{0,8})\s+(?P<tag>[a-zA-Z]+)")
"""jieba takes a frequency of 0 for an order to split the word, in all its instances at once: refused here."""


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
