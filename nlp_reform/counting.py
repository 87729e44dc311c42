"""The verbs of counting: terms in context, key words, figures of documents, the document-feature matrix.

The first three are commands of the same names, with the same parameters and defaults. Documents may be Simplified or
Traditional: they are matched in Simplified and shown as printed.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from nlp_reform.model import Document
from nlp_reform.tables import Row

if TYPE_CHECKING:
    from nlp_reform.lexis import Features
    from nlp_reform.tables import Table


def kwic(
    documents: Document | Iterable[Document], term: str | Sequence[str], window: int = 20, regex: bool = False
) -> list[Row]:
    """Return every occurrence of a term, or of several, in its context, with its place of record.

    A term may be in either script and is found in both, and in the wording of Taiwan and Hong Kong; with `regex` it is
    a regular expression on the Simplified half-width text. `window` counts characters on each side, within the
    paragraph. Rows are by the declaration `nlp_reform.lexis.KWIC`. Raises `ReformError` for an empty or malformed term.
    """
    from nlp_reform.lexis import kwic as room
    from nlp_reform.normalise.script import simplify

    terms = [term] if isinstance(term, str) else list(term)
    return room(_many(documents), terms, lambda text: text if regex else simplify(text)[0], window, regex)


def keyness(
    target: Document | Iterable[Document], reference: Document | Iterable[Document],
    measure: str = "log_likelihood", least: int = 3, top: int | None = None,
) -> list[Row]:
    """Return the words that mark the target against the reference and the other way round, the most telling first.

    `measure` orders and tests: log_likelihood (G², Dunning 1993), chi_square (Yates), log_ratio (Hardie 2014). Words
    that occur fewer than `least` times in both together are left out; `top` keeps so many a side. Rows are by
    `nlp_reform.lexis.KEYNESS`. Raises `ReformError` for another measure and for a side without words.
    """
    from nlp_reform.lexis import keyness as room

    return room(_many(target), _many(reference), measure, least, top)


def stats(documents: Document | Iterable[Document]) -> list[Row]:
    """Return a row of figures a document: length, words, sentences, strength, targets; see `nlp_reform.lexis.STATS`."""
    from nlp_reform.lexis import stats as room

    return room(_many(documents))


def dfm(
    documents: Document | Iterable[Document], by: Literal["document", "directive"] = "document",
    weight: Literal["count", "relative", "tfidf", "present"] = "count", least: int = 1, least_texts: int = 1,
) -> Features:
    """Return the document-feature matrix of documents or of their directives, for scikit-learn and pandas.

    Words are Simplified and of two characters or more; those that occur fewer than `least` times or in fewer than
    `least_texts` rows are left out. Raises `ReformError` for another weight.
    """
    from nlp_reform.lexis import dfm as room

    return room(_many(documents), by, weight, least, least_texts)


def write_rows(table: Table, rows: Sequence[Row], output: str | Path, format: str = "csv") -> Path:
    """Write rows of a declared table as csv, json, jsonl or text and return the path; raises `ExportError`.

    What the columns mean and by what the rows were made is said in a second file beside it, `NAME-metadata.json`, and
    at the end of a text.
    """
    from nlp_reform.export.csvw import describe, write_csv
    from nlp_reform.export.listing import render_rows
    from nlp_reform.export.signing import signed
    from nlp_reform.export.write import write
    from nlp_reform.provenance import made_with

    path, content, made = Path(output), render_rows(table, rows, format), [made_with()]
    if format == "csv":
        return write_csv(path, content, table, made)[0]
    written = write(path, signed(content, format, made))
    if format != "text":
        describe(path, table, made)
    return written


def _many(documents: Document | Iterable[Document]) -> Iterable[Document]:
    return [documents] if isinstance(documents, Document) else documents
