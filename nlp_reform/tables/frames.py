"""Rows as typed columns: pandas frames and Arrow tables by one declaration, also where there are no rows."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from functools import cache
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

    schema = arrow_schema(table)
    arrays = [_array(column, field.type, [row[column.name] for row in found])
              for column, field in zip(table.columns, schema, strict=True)]
    return pa.Table.from_arrays(arrays, schema=schema)


@cache
def arrow_schema(table: Table) -> pa.Schema:
    """Return the Arrow schema of a table; the meaning of each column is kept as its metadata.

    The schema's own metadata tell pandas which types to read the columns as.
    """
    import pyarrow as pa

    types = {"string": pa.string(), "Int64": pa.int64(), "Float64": pa.float64(), "boolean": pa.bool_(),
             "category": pa.dictionary(pa.int8(), pa.string())}
    fields = [pa.field(one.name, types[one.type], metadata={
        "description": one.english, "description_zh": one.chinese, "note": one.note}) for one in table.columns]
    return pa.schema(fields, metadata={"pandas": json.dumps(
        {"index_columns": [], "column_indexes": [], "columns": [_for_pandas(one) for one in table.columns]})})


_PANDAS_TYPES = {"string": "unicode", "Int64": "int64", "Float64": "float64", "boolean": "bool",
                 "category": "categorical"}


def _for_pandas(column: Column) -> dict[str, Any]:
    """Return what pandas wants to know of a column, by its specification of metadata in Arrow and Parquet."""
    category = column.type == "category"
    metadata = {"num_categories": len(column.terms), "ordered": False} if category else None
    return {"name": column.name, "field_name": column.name, "pandas_type": _PANDAS_TYPES[column.type],
            "numpy_type": "int8" if category else column.type, "metadata": metadata}


def needed(package: str) -> None:
    """Raise `ExportError` with the way out where a package of the extra `tables` is not installed."""
    if find_spec(package) is None:
        raise ExportError(f"tables need {package}: pip install 'nlp-reform[tables]'")


def _series(column: Column, values: list[Any]) -> Any:
    import pandas as pd

    if column.type != "category":
        return pd.array(values, dtype=column.type)
    _check(column, values)
    return pd.Categorical(values, categories=list(column.terms))


def _array(column: Column, kind: pa.DataType, values: list[Any]) -> pa.Array:
    import pyarrow as pa

    if column.type == "Float64":
        return pa.array([None if value is None else float(value) for value in values], kind)
    if column.type != "category":
        return pa.array(values, kind)
    _check(column, values)
    places = {term: place for place, term in enumerate(column.terms)}
    codes = pa.array([None if value is None else places[value] for value in values], pa.int8())
    return pa.DictionaryArray.from_arrays(codes, pa.array(column.terms, pa.string()))


def _check(column: Column, values: Iterable[Any]) -> None:
    """Raise `ExportError` for a value that is not in the vocabulary of a category."""
    strange = sorted({str(value) for value in values if value is not None} - set(column.terms))
    if strange:
        raise ExportError(f"column {column.name}: {', '.join(strange)}: not one of {', '.join(column.terms)}")


def _many(documents: Document | Iterable[Document]) -> Iterable[Document]:
    return [documents] if isinstance(documents, Document) else documents
