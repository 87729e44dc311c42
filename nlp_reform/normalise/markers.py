"""The marker families of the lexicon, as far as unwrapping needs them."""

from __future__ import annotations

import re
from functools import lru_cache

from nlp_reform.prepared import compiled
from nlp_reform.resources import lexicon

_GROUP = compiled(r"[?]P<[a-z]>")


def _compiled(flag: str) -> re.Pattern[str]:
    entries = (entry for entry in lexicon("markers")["family"] if not flag or entry.get(flag))
    return compiled("|".join(f"(?:{_GROUP.sub('?:', entry['pattern'])})" for entry in entries))


@lru_cache(maxsize=1)
def label() -> re.Pattern[str]:
    """Return a pattern of any label at the start of a line."""
    return _compiled("")


@lru_cache(maxsize=1)
def _firsts() -> frozenset[str]:
    return frozenset(lexicon("markers")["first"])


def starts_label(line: str) -> bool:
    """Tell whether a line begins with a label."""
    return line[0] in _firsts() and label().match(line) is not None


@lru_cache(maxsize=1)
def title_label() -> re.Pattern[str]:
    """Return a pattern of the labels whose first line is usually a title of its own."""
    return _compiled("title")


@lru_cache(maxsize=1)
def clause_label() -> re.Pattern[str]:
    """Return a pattern of the labels of points inside an item (一是, 第一，, ——)."""
    return _compiled("clause")


@lru_cache(maxsize=1)
def contents() -> re.Pattern[str]:
    """Return a pattern of the title of a contents page."""
    return compiled(lexicon("frame")["contents"]["pattern"])


@lru_cache(maxsize=1)
def occasion() -> re.Pattern[str]:
    """Return a pattern of the whole line under a report's title that says when and before whom it was made."""
    return compiled(lexicon("frame")["meta"]["occasion"])


@lru_cache(maxsize=1)
def title_end() -> re.Pattern[str]:
    """Return a pattern of how the title of a document ends (…的通知, …实施方案)."""
    return compiled(rf"(?:{'|'.join(lexicon('issuers')['genre']['endings'])})\Z")


@lru_cache(maxsize=1)
def number() -> re.Pattern[str]:
    """Return a pattern of a document number."""
    return compiled("|".join(f"(?:{pattern})" for pattern in lexicon("frame")["number"]["patterns"]))


@lru_cache(maxsize=1)
def addressed() -> re.Pattern[str]:
    """Return a pattern of how the line begins that says to whom a document goes."""
    return compiled(lexicon("frame")["address"]["begins"])


@lru_cache(maxsize=1)
def noise() -> tuple[frozenset[str], re.Pattern[str]]:
    """Return the words and the pattern of whole lines that are furniture of web pages."""
    data = lexicon("frame")["noise"]
    return frozenset(data["words"]), compiled("|".join(f"(?:{pattern})" for pattern in data["patterns"]))


def is_noise(line: str) -> bool:
    """Tell whether a line is a toolbar's, a breadcrumb or another piece of web furniture."""
    words, patterns = noise()
    return len(line) <= 70 and (line in words or patterns.fullmatch(line) is not None)
