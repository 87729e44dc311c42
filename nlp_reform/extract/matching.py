"""Word lists as one compiled pattern: a whole text is scanned once, the longest word wins at each place."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from nlp_reform.resources import lexicon


def trie(words: Iterable[str]) -> str:
    """Return a regular expression that matches the longest of the words, branching a character at a time.

    A plain alternation of hundreds of words tries each in turn; the branching form looks at every
    character once. An empty list matches nowhere.
    """
    tree: dict[str, dict[str, object]] = {}
    for word in words:
        node: dict[str, object] = tree  # type: ignore[assignment]
        for character in word:
            node = node.setdefault(character, {})  # type: ignore[assignment]
        node[""] = {}
    return _forest(tree) if tree else "(?!)"


_WIDE = 24
"""More branches than this are gathered into groups: the engine tries branches one by one, but a set at once."""


def _forest(tree: dict[str, dict[str, object]]) -> str:
    """Write the root: a look at the first character passes most places, groups of branches come next."""
    if "" in tree or len(tree) <= _WIDE:
        return _branch(tree)
    firsts = sorted(tree)
    groups = [firsts[n:n + _WIDE] for n in range(0, len(firsts), _WIDE)]
    written = [f"{_ahead(group)}{_branch({c: tree[c] for c in group})}" for group in groups]
    return f"{_ahead(firsts)}(?:{'|'.join(written)})"


def _ahead(characters: Iterable[str]) -> str:
    return f"(?=[{''.join(map(re.escape, characters))}])"


def _branch(node: dict[str, dict[str, object]]) -> str:
    """Write one node; its depth is a word's length, never the text's."""
    leaves = "".join(re.escape(c) for c, below in sorted(node.items()) if c and set(below) == {""})
    options = [re.escape(c) + _branch(below)  # type: ignore[arg-type]
               for c, below in sorted(node.items()) if c and set(below) != {""}]
    if leaves:
        options.append(f"[{leaves}]" if len(leaves) > 1 else leaves)
    body = options[0] if len(options) == 1 else f"(?:{'|'.join(options)})"
    if "" not in node:
        return body
    return f"(?:{body})?" if options else ""


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
