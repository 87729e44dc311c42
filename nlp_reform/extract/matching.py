"""Word lists: as one pattern that scans a text, or looked up at a place; the longest word wins.

A pattern of a thousand words takes ten milliseconds to compile; to ask what stands at one place, `Words` needs none.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache

from nlp_reform.resources import lexicon


def trie(words: Iterable[str]) -> str:
    """Return a regular expression that matches the longest of the words; an empty list matches nowhere.

    Words of which many begin alike stand behind their first characters: the engine then skips to these. Others stand in
    groups, each behind a look at their first characters, since the engine tries alternatives one by one but looks a
    character up in a set at once. Written out: a true trie of Chinese words is a set at every branch, and a set of
    characters costs `re` as much to compile as twenty of them written out.
    """
    alike: dict[str, list[str]] = {}
    for word in sorted(set(words), key=lambda word: (word[0], -len(word), word)):
        alike.setdefault(word[0], []).append(word)
    if not alike:
        return "(?!)"
    count = sum(map(len, alike.values()))
    return f"(?:{_by_first(alike)})" if count >= _ALIKE * len(alike) else _grouped(alike)


def _by_first(alike: Mapping[str, Sequence[str]]) -> str:
    return "|".join(f"{re.escape(first)}(?:{'|'.join(re.escape(word[1:]) for word in same)})"
                    for first, same in alike.items())


def _grouped(alike: Mapping[str, Sequence[str]]) -> str:
    groups: list[list[str]] = [[]]
    for first in alike:
        if sum(len(alike[c]) for c in groups[-1]) >= _WIDE:
            groups.append([])
        groups[-1].append(first)
    written = ["|".join(re.escape(word) for first in group for word in alike[first]) for group in groups]
    if len(groups) == 1:
        return f"(?:{written[0]})"
    ahead = [f"{_ahead(group)}(?:{choice})" for group, choice in zip(groups, written, strict=True)]
    return f"{_ahead(alike)}(?:{'|'.join(ahead)})"


_ALIKE = 3
"""Words to a first character from which on they stand behind it: with fewer, more places are tried in vain."""

_WIDE = 64
"""Words in a group: more of them cost time where a group is entered, fewer make more sets to compile."""


def _ahead(characters: Iterable[str]) -> str:
    return f"(?=[{''.join(map(re.escape, characters))}])"


def words(name: str, table: str) -> tuple[str, ...]:
    """Return the words of a lexicon's table: a list, or a block of words parted by blanks."""
    terms = lexicon(name)[table]["terms"]
    return tuple(terms.split()) if isinstance(terms, str) else tuple(terms)


class Words:
    """Words that are looked up where they may stand."""

    __slots__ = ("_alike",)

    def __init__(self, words: Iterable[str]) -> None:
        """Lay the words out by their first two characters, the longest first; words of one character come last."""
        alike: dict[str, list[str]] = {}
        for word in sorted(set(words), key=len, reverse=True):
            alike.setdefault(word[:2], []).append(word)
        for opening, same in alike.items():
            if len(opening) > 1:
                same.extend(alike.get(opening[0], ()))
        self._alike = {opening: tuple(same) for opening, same in alike.items()}

    def at(self, text: str, start: int) -> tuple[str, ...]:
        """Return the words that may stand at a place, the longest first."""
        return self._alike.get(text[start:start + 2]) or self._alike.get(text[start:start + 1], ())

    def opens(self, text: str, start: int, end: int) -> bool:
        """Tell whether `text[start:end]` begins with one of the words."""
        return text.startswith(self.at(text, start), start, end)

    def ends(self, text: str, start: int, end: int) -> Iterator[int]:
        """Yield where the words that `text[start:end]` begins with end, the longest first."""
        for word in self.at(text, start):
            if text.startswith(word, start, end):
                yield start + len(word)

    def end(self, text: str, start: int, end: int) -> int:
        """Return where the longest word that `text[start:end]` begins with ends; 0 where it begins with none."""
        for word in self.at(text, start):
            if text.startswith(word, start, end):
                return start + len(word)
        return 0


@lru_cache(maxsize=16)
def listed(name: str, table: str) -> Words:
    """Return a table's words for looking up."""
    return Words(words(name, table))


@lru_cache(maxsize=64)
def pattern(name: str, *tables: str) -> str:
    """Return the expression of all words of some tables of a lexicon."""
    return trie(word for table in tables for word in words(name, table))
