"""Rows as typed columns: pandas frames and Arrow tables by one declaration, also where there are no rows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

from nlp_reform.errors import ExportError
from nlp_reform.model import Document
from nlp_reform.tables.columns import Column, Row, Table
from nlp_reform.tables.declared import DOCUMENT_TABLES, TABLES
from nlp_reform.tables.rows import rows

if TYPE_CHECKING:
    import pandas as pd
    import pyarrow as pa


def to_frame(documents: Document | Iterable[Document], table: str = "directives") -> pd.DataFrame:
    """Return a table over one or many documents as a pandas DataFrame with all its columns and nullable types.

    Raises `ExportError` for a name that is not in `TABLES`, and where pandas is not installed.
    """
    return frame(named(table), rows(_many(documents), table))


def to_arrow(documents: Document | Iterable[Document], table: str = "directives") -> pa.Table:
    """Return a table over one or many documents as a pyarrow Table; raises `ExportError` as `to_frame` does."""
    return arrow(named(table), rows(_many(documents), table))


def named(table: str) -> Table:
    """Return the declaration of a table of documents; raises `ExportError` for an unknown name."""
    if table not in DOCUMENT_TABLES:
        raise ExportError(f"no table {table!r}; known are {', '.join(TABLES)}")
    return DOCUMENT_TABLES[table]


def frame(table: Table, found: Sequence[Row]) -> pd.DataFrame:
    """Return rows as a DataFrame by their declaration."""
    needed("pandas")
    import pandas as pd

    return pd.DataFrame({column.name: _series(column, [row[column.name] for row in found]) for column in table.columns})


def arrow(table: Table, found: Sequence[Row]) -> pa.Table:
    """Return rows as an Arrow table by their declaration; pandas reads it back with the types of `frame`."""
    needed("pyarrow")
    import pyarrow as pa

    return pa.Table.from_pandas(frame(table, found), schema=arrow_schema(table), preserve_index=False)


def arrow_schema(table: Table) -> pa.Schema:
    """Return the Arrow schema of a table; the meaning of each column is kept as its metadata."""
    import pyarrow as pa

    types = {"string": pa.string(), "Int64": pa.int64(), "Float64": pa.float64(), "boolean": pa.bool_(),
             "category": pa.dictionary(pa.int8(), pa.string())}
    return pa.schema([pa.field(one.name, types[one.type], metadata={
        "description": one.english, "description_zh": one.chinese, "note": one.note}) for one in table.columns])


def needed(package: str) -> None:
    """Raise `ExportError` with the way out where a package of the extra `tables` is not installed."""
    if find_spec(package) is None:
        raise ExportError(f"tables need {package}: pip install 'nlp-reform[tables]'")


def _series(column: Column, values: list[Any]) -> Any:
    import pandas as pd

    if column.type != "category":
        return pd.array(values, dtype=column.type)
    strange = sorted({str(value) for value in values if value is not None} - set(column.terms))
    if strange:
        raise ExportError(f"column {column.name}: {', '.join(strange)}: not one of {', '.join(column.terms)}")
    return pd.Categorical(values, categories=list(column.terms))


def _many(documents: Document | Iterable[Document]) -> Iterable[Document]:
    return [documents] if isinstance(documents, Document) else documents
