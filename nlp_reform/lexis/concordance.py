"""Terms in their context, as printed, with their places of record."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence

from nlp_reform.errors import ReformError
from nlp_reform.lexis.words import variants
from nlp_reform.model import Document
from nlp_reform.tables import Row, statement_at

_BREAK = re.compile(r"[ \t\u3000]*[\r\n]+[ \t\u3000]*")


def kwic(
    documents: Iterable[Document], terms: Sequence[str], simplify: Callable[[str], str], window: int = 20,
    regex: bool = False,
) -> list[Row]:
    """Return every occurrence of the terms by the declaration `KWIC`, in order of documents and places.

    Terms may be in either script and are found in both, in mainland and in Taiwan wording; with `regex` a term is a
    regular expression on the Simplified half-width text. `window` counts characters of the same paragraph on each
    side. Raises `ReformError` for a malformed expression and for an empty term.
    """
    patterns = [(term, _pattern(simplify(term).strip(), regex)) for term in terms]
    return [row for document in documents for row in sorted(
        _hits(document, patterns, window), key=lambda row: (row["start"], row["end"]))]


def _pattern(term: str, regex: bool) -> re.Pattern[str]:
    if not term:
        raise ReformError("an empty term is everywhere; name a word")
    try:
        return re.compile(term if regex else "|".join(sorted(map(re.escape, variants(term)), key=len, reverse=True)))
    except re.error as error:
        raise ReformError(f"{term!r} is no regular expression: {error}") from error


def _hits(document: Document, patterns: Sequence[tuple[str, re.Pattern[str]]], window: int) -> Iterator[Row]:
    view = document.view
    for term, pattern in patterns:
        for match in pattern.finditer(view.text):
            first, last = match.span()
            if first == last:
                continue
            start, end, printed = view.cite(first, last)
            before = max(first - window, view.text.rfind("\n", 0, first) + 1)
            stop = view.text.find("\n", last)
            after = min(last + window, len(view.text) if stop < 0 else stop)
            statement = statement_at(document, start)
            yield {"document_id": document.id, "year": document.year,
                   "directive_id": statement.directive if statement else None,
                   "left": _line(view.cite(before, first)[2]), "match": _line(printed),
                   "right": _line(view.cite(last, after)[2]), "start": start, "end": end, "term": term}


def _line(printed: str) -> str:
    return _BREAK.sub("", printed)
