"""Word lists as one compiled pattern: a whole text is scanned once, the longest word wins at each place."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from nlp_reform.resources import lexicon


def trie(words: Iterable[str]) -> str:
    """Return a regular expression that matches the longest of the words; an empty list matches nowhere.

    The words stand in groups, each behind a look at their first characters, since the engine tries alternatives
    one by one but looks a character up in a set at once. Written out: a true trie of Chinese words is a set at every
    branch, and a set of characters costs `re` as much to compile as twenty of them written out.
    """
    alike: dict[str, list[str]] = {}
    for word in sorted(set(words), key=lambda word: (word[0], -len(word), word)):
        alike.setdefault(word[0], []).append(re.escape(word))
    if not alike:
        return "(?!)"
    groups: list[list[str]] = [[]]
    for first in alike:
        if sum(len(alike[c]) for c in groups[-1]) >= _WIDE:
            groups.append([])
        groups[-1].append(first)
    written = ["|".join("|".join(alike[first]) for first in group) for group in groups]
    if len(groups) == 1:
        return f"(?:{written[0]})"
    ahead = [f"{_ahead(group)}(?:{choice})" for group, choice in zip(groups, written, strict=True)]
    return f"{_ahead(alike)}(?:{'|'.join(ahead)})"


_WIDE = 64
"""Words in a group: more of them cost time where a group is entered, fewer make more sets to compile."""


def _ahead(characters: Iterable[str]) -> str:
    return f"(?=[{''.join(map(re.escape, characters))}])"


def words(name: str, table: str) -> tuple[str, ...]:
    """Return the words of a lexicon's table: a list, or a block of words parted by blanks."""
    terms = lexicon(name)[table]["terms"]
    return tuple(terms.split()) if isinstance(terms, str) else tuple(terms)


@lru_cache(maxsize=8)
def compiled(name: str, table: str) -> re.Pattern[str]:
    """Return a table's words compiled once for all that look for them: a large trie costs 30 ms."""
    return re.compile(pattern(name, table))


@lru_cache(maxsize=64)
def pattern(name: str, *tables: str) -> str:
    """Return the expression of all words of some tables of a lexicon."""
    return trie(word for table in tables for word in words(name, table))
