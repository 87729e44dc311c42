"""CSV tables and beside them what their columns mean and by what they were made: CSV on the Web, of the W3C.

Rows written as JSON, which have no place for it either, are described alike. `NAME.csv-metadata.json` describes one
file, `csv-metadata.json` all files of a folder: these are the names that readers of CSV on the Web look for.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from nlp_reform.export.write import write
from nlp_reform.jsonable import plain
from nlp_reform.model import MadeWith
from nlp_reform.tables.columns import Column, Table

MARK = "\ufeff"
"""Begins every file, so that Excel reads it as UTF-8."""
_DATATYPES = {"string": "string", "Int64": "integer", "Float64": "double", "boolean": "boolean"}


Made = Iterable[MadeWith | str | None]
"""By what each document was made; in words where a graph keeps it."""


def write_csv(path: Path, text: str, table: Table, made: Made) -> tuple[Path, ...]:
    """Write one table and its description; return the paths written."""
    return write(path, MARK + text), describe(path, table, made)


def describe(path: Path, table: Table, made: Made) -> Path:
    """Write the description of a file beside it and return its path."""
    told = {"@context": "http://www.w3.org/ns/csvw", **_table(path.name, table), "notes": notes(made)}
    return write(path.with_name(f"{path.name}-metadata.json"), _json(told))


def write_csvs(
    folder: Path, texts: Mapping[str, str], tables: Mapping[str, Table], made: Made
) -> tuple[Path, ...]:
    """Write tables by their names into a folder, with one description of all; return the paths written."""
    written = tuple(write(folder / f"{name}.csv", MARK + text) for name, text in texts.items())
    told = {"@context": "http://www.w3.org/ns/csvw",
            "tables": [_table(f"{name}.csv", tables[name]) for name in texts], "notes": notes(made)}
    return (*written, write(folder / "csv-metadata.json", _json(told)))


def notes(made: Made) -> list[dict[str, Any]]:
    """Return by what was made what is written: once where all documents were made alike."""
    return [{"made_with": plain(one)} for one in dict.fromkeys(made)]


def _table(url: str, table: Table) -> dict[str, Any]:
    return {"url": url, "dc:title": table.name, "dc:description": _both(table.english, table.chinese),
            "tableSchema": {"columns": [_column(column) for column in table.columns]}}


def _column(column: Column) -> dict[str, Any]:
    described = {"name": column.name, "titles": column.name, "datatype": _datatype(column),
                 "dc:description": _both(column.english, column.chinese)}
    return {**described, "rdfs:comment": column.note} if column.note else described


def _datatype(column: Column) -> str | dict[str, str]:
    if column.type == "category":
        return {"base": "string", "format": "|".join(column.terms)}
    return _DATATYPES[column.type]


def _both(english: str, chinese: str) -> Sequence[dict[str, str]]:
    return [{"@value": english, "@language": "en"}, {"@value": chinese, "@language": "zh"}]


def _json(told: Mapping[str, Any]) -> str:
    return json.dumps(told, ensure_ascii=False, indent=1) + "\n"
