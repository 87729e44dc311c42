"""The page of the tables, out of the one declaration that frames, Parquet, CSV and Excel are made by."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from nlp_reform.tables import reference

HEAD = Path(__file__).with_name("tables.head.md")


def pages() -> Iterator[tuple[str, str]]:
    """Yield the page."""
    yield "reference/tables.md", HEAD.read_text(encoding="utf-8") + reference()
