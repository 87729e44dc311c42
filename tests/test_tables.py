"""Tables: one declaration gives the same columns and types to frames, Parquet, CSV and Excel, also when empty."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from pathlib import Path
from typing import Any, get_args

import pytest
from view_examples import years

import nlp_reform
from nlp_reform import tables
from nlp_reform.errors import ExportError
from nlp_reform.export import render, write_documents
from nlp_reform.jsonable import exact
from nlp_reform.model import Document, Note, Source, terms

pd = pytest.importorskip("pandas", reason="pandas is not installed")

EMPTY = Document("empty", "", Source("empty.txt", "text/plain", "utf-8", "0" * 64))


@pytest.fixture(scope="module")
def found() -> list[Document]:
    return list(years())


def types(frame: Any) -> dict[str, str]:
    return {name: str(dtype) for name, dtype in frame.dtypes.items()}


@pytest.mark.parametrize("table", tables.TABLES)
def test_rows_have_the_declared_columns_in_order(table: str, found: list[Document]) -> None:
    declared = tables.DOCUMENT_TABLES[table]
    assert declared.names[:2] == ("document_id", "year") and len(set(declared.names)) == len(declared.names)
    assert all(tuple(row) == declared.names for row in tables.rows(found, table))


@pytest.mark.parametrize("table", tables.TABLES)
def test_types_do_not_depend_on_what_was_found(table: str, found: list[Document]) -> None:
    declared = {column.name: column.type for column in tables.DOCUMENT_TABLES[table].columns}
    full, bare = tables.to_frame(found, table), tables.to_frame(EMPTY, table)
    assert types(full) == types(bare) == types(tables.to_frame([], table)) == declared
    for column in tables.DOCUMENT_TABLES[table].columns:
        if column.type == "category":
            assert tuple(full[column.name].cat.categories) == column.terms


@pytest.mark.parametrize("table", tables.TABLES)
def test_parquet_gives_the_same_frame_back(table: str, found: list[Document], tmp_path: Path) -> None:
    pytest.importorskip("pyarrow", reason="pyarrow is not installed")
    (path,) = write_documents(found, tmp_path / "table.parquet", "parquet", table=table)
    read = pd.read_parquet(path)
    pd.testing.assert_frame_equal(read, tables.to_frame(found, table), check_categorical=False)
    assert types(read) == types(tables.to_frame(found, table))
    assert tables.arrow_schema(tables.DOCUMENT_TABLES[table]).equals(tables.to_arrow(found, table).schema)


def test_a_folder_gets_every_table_as_parquet(found: list[Document], tmp_path: Path) -> None:
    pytest.importorskip("pyarrow", reason="pyarrow is not installed")
    written = write_documents(found, f"{tmp_path}/all/", "parquet")
    assert [path.name for path in written] == [f"{name}.parquet" for name in tables.TABLES]


def test_csv_of_nothing_still_has_its_header() -> None:
    for name, table in tables.DOCUMENT_TABLES.items():
        head = next(csv.reader(io.StringIO(render([EMPTY], "csv", table=name))))
        assert tuple(head) == table.names


def test_themes_keep_the_columns_whatever_the_codebook() -> None:
    text = "一、总体要求\n1.加强科普场馆建设，新建场馆不少于3个。"
    one, other = nlp_reform.extract(text, ["societies"]), nlp_reform.extract(text, ["govcn"])
    assert types(tables.to_frame(one)) == types(tables.to_frame(other))
    ranked = tables.to_frame(one, "themes").query("rank == 1")
    wide = ranked.pivot(index="directive_id", columns="codebook", values="code")
    assert tables.to_frame(one)["themes"][0] == f"societies:{wide['societies'].iloc[0]}"


def test_offsets_of_evidence_point_at_what_is_printed(found: list[Document]) -> None:
    texts = {document.id: document.text for document in found}
    checked = 0
    for name, table in tables.DOCUMENT_TABLES.items():
        for column in table.names:
            if f"{column}_start" in table.names:
                frame = tables.to_frame(found, name).dropna(subset=[column, f"{column}_start"])
                for row in frame.itertuples():
                    start, end = getattr(row, f"{column}_start"), getattr(row, f"{column}_end")
                    assert texts[row.document_id][start:end] == getattr(row, column)
                    checked += 1
    assert checked > 20


def test_values_are_exact_as_printed() -> None:
    text = "一、主要目标\n1.产值达到4.6亿元，占比达到13.55%，投入0.07亿元。"
    values = tables.to_frame(nlp_reform.extract(text), "quantities")["value"].tolist()
    assert values == [460_000_000, 13.55, 7_000_000]


def test_huge_values_are_printed_as_their_decimal() -> None:
    assert [exact(value) for value in (2e4, 0.1, 1e24, -5e22)] == [20_000, 0.1, 10**24, -5 * 10**22]


def test_categories_are_the_closed_vocabularies_of_the_model() -> None:
    kinds = {column.name: column.terms for column in tables.DOCUMENT_TABLES["quantities"].columns}
    assert kinds["role"] == get_args(terms.Role) and kinds["comparator"] == get_args(terms.Comparator)


def test_a_word_outside_a_closed_vocabulary_is_told_not_lost() -> None:
    strange = replace(EMPTY, notes=(Note("x", "fatal", None, None, "made up"),))  # type: ignore[arg-type]
    with pytest.raises(ExportError, match="column severity: fatal"):
        tables.to_frame(strange, "notes")


def test_an_unknown_table_names_the_known_ones() -> None:
    with pytest.raises(ExportError, match="no table 'verbs'; known are documents"):
        nlp_reform.to_frame(EMPTY, "verbs")


def test_the_reference_names_every_column_in_two_languages() -> None:
    page = tables.reference()
    for table in tables.DOCUMENT_TABLES.values():
        assert f"\n## {table.name}\n" in f"\n{page}"
        for column in table.columns:
            assert f"| `{column.name}` | {column.type} | {column.english}" in page
            assert column.english and any("\u4e00" <= letter <= "\u9fff" for letter in column.chinese), column.name


def test_comparisons_and_histories_have_fixed_columns_too(found: list[Document]) -> None:
    from nlp_reform.align.declared import COMPARISON, HISTORY
    from nlp_reform.align.history import TABLES as HISTORIES
    from nlp_reform.align.tables import TABLES as COMPARISONS

    assert (tuple(COMPARISON), tuple(HISTORY)) == (COMPARISONS, HISTORIES)
    full = nlp_reform.compare(found[0], found[1]), nlp_reform.track(found, ["建设"])
    bare = nlp_reform.compare(EMPTY, EMPTY), nlp_reform.track([EMPTY])
    for declared, one, other in ((COMPARISON, full[0], bare[0]), (HISTORY, full[1], bare[1])):
        for name, table in declared.items():
            assert types(one.to_frame(name)) == types(other.to_frame(name)) == {c.name: c.type for c in table.columns}
    assert len(full[0].to_frame()) and len(full[1].to_frame("steps")) and len(full[1].to_frame("phrases")) == len(found)
