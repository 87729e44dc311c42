"""The page of the tables, out of the one declaration that frames, Parquet, CSV and Excel are made by."""

from __future__ import annotations

from collections.abc import Iterator

from nlp_reform.tables import reference


def pages() -> Iterator[tuple[str, str]]:
    """Yield the page."""
    yield "reference/tables.md", reference()
