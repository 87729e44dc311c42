"""Many patterns sought in one pass: an automaton finds where one may begin, the pattern says whether it does.

`re` passes over the text once a pattern. An automaton of what the patterns can begin with (one or two characters,
read off their expressions) passes over it once for all of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from re import _constants as sre  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import TYPE_CHECKING, Any

from nlp_reform.prepared import derived

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_SIZE = 2
"""Characters of an opening: with one, too many places are tried in vain; with three, there are too many openings."""

_WIDE = 40
"""A range of more characters than this opens anywhere."""


class Scanner:
    """Patterns by name, and the automaton of their openings."""

    def __init__(self, patterns: Mapping[str, re.Pattern[str]]) -> None:
        """Read the openings off the patterns; raises `ValueError` for one that may begin with any character."""
        import ahocorasick_rs

        owners: dict[str, list[str]] = {}
        for name, pattern in patterns.items():
            for opening in openings(pattern.pattern):
                owners.setdefault(opening, []).append(name)
        self.owners = tuple(tuple(names) for names in owners.values())
        """The names of the patterns that an opening belongs to, by its number."""
        self._automaton = ahocorasick_rs.AhoCorasick(list(owners))

    def places(self, text: str) -> NDArray[np.int64]:
        """Return a row for each place where a pattern may begin: the number of its opening, and the offset."""
        import numpy as np

        found = self._automaton.find_matches_as_indexes(text, overlapping=True)
        return np.array(found, dtype=np.int64).reshape(-1, 3)[:, :2]


def openings(pattern: str) -> list[str]:
    """Return strings of one or two characters so that every match of a pattern begins with one of them.

    Digits are the ten of ASCII. Raises `ValueError` for a pattern that may match nothing or begin with any character.
    """
    return derived("openings", pattern, lambda: _openings(pattern))


def _openings(pattern: str) -> list[str]:
    found = {text for text, _ in _heads(list(parser.parse(pattern)), _SIZE)}
    if "" in found:
        raise ValueError(f"may begin with any character: {pattern[:60]}")
    return sorted(found)


Head = tuple[str, bool]
"""What a part of a pattern may begin with, and whether what follows the part follows directly."""


def _heads(items: Sequence[tuple[Any, Any]], size: int) -> set[Head]:
    """Return what a sequence of parts may begin with, cut at `size`; places and looks around take no room."""
    heads: set[Head] = {("", True)}
    for code, value in items:
        if code in (sre.AT, sre.ASSERT, sre.ASSERT_NOT):
            continue
        if not any(goes_on for _, goes_on in heads):
            break
        heads = set(_joined(heads, code, value, size))
    return heads


def _joined(heads: Iterable[Head], code: Any, value: Any, size: int) -> Iterable[Head]:
    for text, goes_on in heads:
        if not goes_on:
            yield text, False
            continue
        for more, whole in _part(code, value, size - len(text)):
            yield text + more, whole and len(text + more) < size


def _part(code: Any, value: Any, size: int) -> set[Head]:
    """Return what one part may begin with."""
    if code is sre.LITERAL:
        return {(chr(value), True)}
    if code is sre.IN:
        return _set(value)
    if code is sre.BRANCH:
        return {head for branch in value[1] for head in _heads(list(branch), size)}
    if code in (sre.SUBPATTERN, sre.ATOMIC_GROUP):
        return _heads(list(value[3] if code is sre.SUBPATTERN else value), size)
    if code in (sre.MAX_REPEAT, sre.MIN_REPEAT, sre.POSSESSIVE_REPEAT):
        least, most, repeated = value
        once = {(text, whole and most == 1) for text, whole in _heads(list(repeated), size)}
        return once if least else once | {("", True)}
    return {("", False)}


def _set(items: Sequence[tuple[Any, Any]]) -> set[Head]:
    characters: set[str] = set()
    for code, value in items:
        if code is sre.LITERAL:
            characters.add(chr(value))
        elif code is sre.RANGE and value[1] - value[0] < _WIDE:
            characters.update(map(chr, range(value[0], value[1] + 1)))
        elif code is sre.CATEGORY and value is sre.CATEGORY_DIGIT:
            characters.update("0123456789")
        else:
            return {("", False)}
    return {(character, True) for character in characters}
