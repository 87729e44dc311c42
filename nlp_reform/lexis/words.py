"""The words of a document, and the spellings under which a term is looked for."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import islice, product

from nlp_reform.model import Document
from nlp_reform.prepared import compiled
from nlp_reform.resources import lexicon
from nlp_reform.tokens import mainland, segmenter

_WORD = compiled(r"[\u3400-\u9fff]{2,}|[A-Za-z][A-Za-z-]+")
_MOST = 64
"""Spellings of one term, at most."""


def words(document: Document, every: bool = False) -> list[str]:
    """Return the words of a document in order, Simplified and in mainland wording.

    Without `every` only those that can mark a text: two characters or more, no numbers, no punctuation.
    """
    return cut(document.view.text, every)


def cut(text: str, every: bool = False) -> list[str]:
    """Return the words of a Simplified text; see `words`."""
    found = segmenter().cut(mainland(text))
    return [word for word in found if not word.isspace()] if every else [w for w in found if _WORD.fullmatch(w)]


def variants(term: str) -> tuple[str, ...]:
    """Return the spellings of a Simplified term in mainland and in Taiwan or Hong Kong wording, itself first.

    信息公开 is looked for as 资讯公开 too, and the other way round; source: `lexicons/mainland.toml`.
    """
    home = mainland(term)
    pattern, others = _abroad()
    pieces = pattern.split(home)
    choices = [(piece, *others.get(piece, ())) for piece in pieces]
    return tuple(dict.fromkeys((term, home, *map("".join, islice(product(*choices), _MOST)))))


@lru_cache(maxsize=1)
def _abroad() -> tuple[re.Pattern[str], dict[str, tuple[str, ...]]]:
    found: dict[str, tuple[str, ...]] = {}
    for abroad, home in lexicon("mainland")["terms"].items():
        found[home] = (*found.get(home, ()), abroad)
    return compiled(f"({'|'.join(sorted(map(re.escape, found), key=len, reverse=True))})"), found
