"""What a table is: its name, what a row stands for, and its columns with their types and meanings.

One declaration serves pandas frames, Parquet files, CSV, Excel and the reference page. Types are named as pandas
names its nullable ones; a `category` has a closed vocabulary, in its order.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Literal, get_args

Row = dict[str, Any]
"""A row of any table: strings, numbers, truth values or None by column name."""

Type = Literal["string", "Int64", "Float64", "boolean", "category"]


@dataclass(frozen=True)
class Column:
    """A column: its type, its meaning in English and Chinese, and the closed vocabulary of a category.

    `note` says the unit, or how offsets count. `prints` marks columns that quote the document at length: they are
    left out where no text is wanted.
    """

    name: str
    type: Type
    english: str
    chinese: str
    note: str = ""
    terms: tuple[str, ...] = ()
    prints: bool = False


@dataclass(frozen=True)
class Table:
    """A table: its name, what a row is in English and Chinese, and its columns in their order."""

    name: str
    english: str
    chinese: str
    columns: tuple[Column, ...]

    @cached_property
    def names(self) -> tuple[str, ...]:
        """The names of the columns in their order."""
        return tuple(column.name for column in self.columns)

    def without_text(self) -> Table:
        """Return the table without the columns that quote the document at length."""
        return Table(self.name, self.english, self.chinese, tuple(one for one in self.columns if not one.prints))


OFFSET = "half-open, in code points of the text of record 左闭右开，按原文字符计"


def text(name: str, english: str, chinese: str, note: str = "", prints: bool = False) -> Column:
    """Return a column of strings."""
    return Column(name, "string", english, chinese, note, prints=prints)


def whole(name: str, english: str, chinese: str, note: str = "") -> Column:
    """Return a column of whole numbers."""
    return Column(name, "Int64", english, chinese, note)


def number(name: str, english: str, chinese: str, note: str = "") -> Column:
    """Return a column of numbers."""
    return Column(name, "Float64", english, chinese, note)


def truth(name: str, english: str, chinese: str) -> Column:
    """Return a column of truth values."""
    return Column(name, "boolean", english, chinese)


def choice(name: str, english: str, chinese: str, terms: Any) -> Column:
    """Return a column with a closed vocabulary: a Literal type of `nlp_reform.model.terms`, or a tuple of words."""
    return Column(name, "category", english, chinese, terms=terms if isinstance(terms, tuple) else get_args(terms))


def place(prefix: str = "", english: str = "it", chinese: str = "") -> Iterator[Column]:
    """Yield the two columns of a place of record; `prefix` tells whose place it is."""
    yield whole(f"{prefix}start", f"where {english} starts", f"{chinese}起点", OFFSET)
    yield whole(f"{prefix}end", f"where {english} ends", f"{chinese}终点", OFFSET)


def evidence(name: str, english: str, chinese: str) -> Iterator[Column]:
    """Yield the three columns of printed evidence: its words as printed, and where they start and end."""
    yield text(name, f"{english}, as printed", f"{chinese}（原文）")
    yield from place(f"{name}_", english, chinese)
