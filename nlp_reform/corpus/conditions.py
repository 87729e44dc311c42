"""Which documents of a corpus are meant: by year, issuer, genre, a column of the manifest, or a function."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from typing import Any

from nlp_reform.errors import ReformError
from nlp_reform.model import Document
from nlp_reform.normalise.script import simplify

FIELDS = ("id", "title", "issuer", "number", "date", "year", "script", "genre")
"""What documents say of themselves and can be chosen by; columns of a manifest come beside them."""


def meets(document: Document, known: Mapping[str, str], conditions: Mapping[str, Any]) -> bool:
    """Tell whether a document meets all conditions; raises `ReformError` for a name that is not known.

    A condition is a value, a collection of values (a `range` of years), or a function of the value. Texts are
    compared in Simplified; a genre by its name or its Chinese one.
    """
    return all(_meets(_values(document, known, name), wanted) for name, wanted in conditions.items())


def _values(document: Document, known: Mapping[str, str], name: str) -> tuple[Any, ...]:
    if name == "genre":
        return (document.genre.name, document.genre.chinese) if document.genre else (None,)
    if name in FIELDS:
        return (getattr(document, name),)
    if name in known:
        return (known[name],)
    names = ", ".join((*FIELDS, *known))
    raise ReformError(f"documents cannot be filtered by {name!r}; known are {names}")


def _meets(values: tuple[Any, ...], wanted: Any) -> bool:
    if callable(wanted):
        test: Callable[[Any], bool] = wanted
        return any(map(test, values))
    choice = wanted if isinstance(wanted, Collection) and not isinstance(wanted, str) else (wanted,)
    return any(value in choice or _plain(value) in {_plain(one) for one in choice} for value in values)


def _plain(value: Any) -> Any:
    return simplify(value)[0].strip() if isinstance(value, str) else value
