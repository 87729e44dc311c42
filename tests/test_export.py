"""Outputs: the contract's names, tables that open safely, files written whole or not at all."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from nlp_reform.errors import ExportError
from nlp_reform.export import TABLES, render, rows, write_documents
from nlp_reform.export.write import write
from nlp_reform.model import Directive, Document, Mention, Obligation, Quantity, Source, Statement, Target

TEXT = "=1.个人会员达到2万人。"
DOCUMENT = Document(
    "plan", TEXT, Source("plan.txt", "text/plain", "utf-8", "0" * 64), title="=计划", year=2018,
    directives=(Directive("plan.d1", None, ("1.",), "1.", 1, "explicit", "个人会员达到2万人", 1, len(TEXT)),),
    statements=(Statement("plan.d1.s1", "plan.d1", "prescriptive", 1, len(TEXT)),),
    quantities=(Quantity("plan.d1.q1", "plan.d1", 9, 12, "2万人", 20000.0, None, "人", "=", "target"),),
    targets=(Target("plan.d1.t1", "plan.d1.q1", "plan.d1", Mention(3, 7, "个人会员"), None, "level", None, None, None, None),),
    obligations=(Obligation("plan.d1.o1", "plan.d1", "plan.d1.s1", "obligation", 3, None, None, False, None, None, None),),
)
CONTRACT = [
    "schema", "document", "made_with", "text", "pages", "sections", "directives", "statements", "obligations", "assignments",
    "quantities", "targets", "references", "themes", "notes",
]


def test_json_follows_the_contract() -> None:
    record = json.loads(render([DOCUMENT]))
    assert list(record) == CONTRACT
    assert record["schema"] == "nlp-reform/1"
    assert set(record["document"]) >= {"id", "title", "issuer", "number", "date", "year", "script", "source", "length"}
    assert {"genre", "period", "addressees", "parts"} <= set(record["document"])
    quantity = record["quantities"][0]
    assert TEXT[quantity["start"]:quantity["end"]] == quantity["text"]
    assert (quantity["value"], quantity["upper"]) == (20000, None)
    assert set(record["targets"][0]) >= {
        "id", "quantity", "directive", "indicator", "direction", "change", "deadline", "baseline", "scope", "binding",
        "explicitly_absent",
    }


def test_jsonl_is_one_line_a_document_and_text_can_be_left_out() -> None:
    lines = render([DOCUMENT, DOCUMENT], "jsonl", text=False).splitlines()
    assert len(lines) == 2
    assert "text" not in json.loads(lines[0])


@pytest.mark.parametrize("table", TABLES)
def test_every_table_has_rows_of_one_shape(table: str) -> None:
    found = rows([DOCUMENT], table)
    assert all(row["document_id"] == "plan" and row["year"] == 2018 for row in found)
    assert len({tuple(row) for row in found}) <= 1


def test_a_cell_that_begins_like_a_formula_is_neutralised() -> None:
    table = list(csv.DictReader(io.StringIO(render([DOCUMENT], "csv", table="documents"))))
    assert table[0]["title"] == "'=计划"
    assert list(csv.DictReader(io.StringIO(render([DOCUMENT], "csv", table="targets"))))[0]["value"] == "20000"


def test_the_summary_fits_eighty_columns() -> None:
    from rich.cells import cell_len

    lines = render([DOCUMENT], "text").splitlines()
    assert max(map(cell_len, lines)) <= 80
    assert any("2万人" in line for line in lines)


def test_a_folder_gets_a_file_a_table_with_a_mark_for_excel(tmp_path: Path) -> None:
    written = write_documents([DOCUMENT], f"{tmp_path}/tables/", "csv")
    *tables, described = written
    assert [path.stem for path in tables] == list(TABLES) and described.name == "csv-metadata.json"
    assert all(path.read_bytes().startswith(b"\xef\xbb\xbf") for path in tables)


def test_a_failed_write_leaves_the_old_file_and_nothing_beside_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    place = tmp_path / "out.json"
    write(place, "old")
    monkeypatch.setattr(Path, "replace", lambda *_: (_ for _ in ()).throw(OSError(28, "No space left on device")))
    with pytest.raises(ExportError, match=r"out\.json: cannot be written \(No space left"):
        write(place, "new")
    assert place.read_text() == "old"
    assert list(tmp_path.iterdir()) == [place]


def test_a_folder_in_the_files_place_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(ExportError, match="is a folder"):
        write(tmp_path, "x")
    (tmp_path / "file").write_text("")
    with pytest.raises(ExportError, match="cannot be written"):
        write(tmp_path / "file" / "below", "x")
