"""Many years followed: threads, trends, phrases."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise

from nlp_reform.align.compare import compare_prepared, prepare
from nlp_reform.align.history import History
from nlp_reform.align.records import side
from nlp_reform.align.threads import find_threads
from nlp_reform.align.trends import find_keys, find_trends, find_uses
from nlp_reform.model import Document, Note


def track(documents: Sequence[Document], phrases: Sequence[str] = ()) -> History:
    """Follow measures, indicators and phrases through documents, put in order of their years.

    Documents of unknown year stay where they stand in the list. A missing year is bridged: a measure that was
    dropped and comes again within three documents has returned. Near-linear in the number of documents.
    """
    ordered = _ordered(documents)
    prepared = prepare(ordered)
    comparisons = tuple(compare_prepared(one, other) for one, other in pairwise(prepared))
    return History(
        tuple(map(side, ordered)),
        tuple(find_threads(ordered, [one.units for one in prepared], comparisons)),
        tuple(find_trends(ordered, comparisons)), tuple(find_uses(ordered, phrases)), tuple(find_keys(ordered)),
        comparisons, tuple(_doubts(documents, ordered)),
    )


def _ordered(documents: Sequence[Document]) -> list[Document]:
    """Return the documents by year; one without a year keeps to the one before it."""
    keyed: list[tuple[int, int, Document]] = []
    last = 0
    for n, document in enumerate(documents):
        last = document.year if document.year is not None else last
        keyed.append((last, n, document))
    return [document for _, _, document in sorted(keyed, key=lambda entry: entry[:2])]


def _doubts(given: Sequence[Document], ordered: Sequence[Document]) -> Iterator[Note]:
    if [d.id for d in given] != [d.id for d in ordered]:
        yield _note("reordered", "the documents were put in order of their years")
    for document in ordered:
        if document.year is None:
            yield _note("unknown-year", f"{document.id} names no year: it is taken in the place where it was given")
    years = Counter(d.year for d in ordered if d.year is not None)
    for year, count in sorted(years.items()):
        if count > 1:
            yield _note("same-year", f"{count} documents are of {year}: taken as if one came after another")
    known = sorted(years)
    missing = [year for one, other in pairwise(known) for year in range(one + 1, other)] if known else []
    if missing:
        shown = ", ".join(map(str, missing[:10])) + ("…" if len(missing) > 10 else "")
        yield _note("missing-years", f"no document of {shown}: threads run over the gap")
    if len(ordered) < 2:
        yield _note("one-document", "there is nothing to follow in fewer than two documents")


def _note(code: str, message: str) -> Note:
    return Note(code, "warning", None, None, message)
