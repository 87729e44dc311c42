"""The Excel workbook: typed cells, frozen headers, filters, links from numbers to sentences; LibreOffice opens it."""

from __future__ import annotations

import datetime
import io
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from view_examples import EVIL, FIRST, hostile, years

from nlp_reform.cli.main import cli
from nlp_reform.export import TABLES
from nlp_reform.export.workbook import CONTENTS, workbook

openpyxl = pytest.importorskip("openpyxl", reason="openpyxl is not installed")


@pytest.fixture(scope="module")
def book() -> Any:
    first, second = years()
    return openpyxl.load_workbook(io.BytesIO(workbook([replace(first, date="2018-03-01"), replace(second, date="2019")])))


def table(book: Any, sheet: str) -> list[dict[str, Any]]:
    head, *body = book[sheet].iter_rows()
    return [{name.value: cell for name, cell in zip(head, row, strict=True)} for row in body]


def test_a_sheet_a_table_then_codebook_and_provenance(book: Any) -> None:
    assert tuple(book.sheetnames) == CONTENTS == (*TABLES, "codebook", "provenance")
    for sheet in book:
        assert sheet.freeze_panes and sheet.auto_filter.ref and sheet.freeze_panes.endswith("2")


def test_cells_have_types(book: Any) -> None:
    document = table(book, "documents")
    assert document[0]["date"].value == datetime.datetime(2018, 3, 1) and document[0]["date"].is_date
    assert document[1]["date"].value == "2019" and document[0]["year"].value == 2018
    quantity = next(row for row in table(book, "quantities") if row["text"].value == "2万人")
    assert quantity["value"].value == 20000 and quantity["value"].data_type == "n"
    assert {row["inherited"].data_type for row in table(book, "obligations")} == {"b"}


def test_every_number_leads_to_its_sentence(book: Any) -> None:
    linked = [row for row in table(book, "quantities") if row["value"].hyperlink]
    assert len(linked) > 5
    for row in linked:
        sheet, cell = row["value"].hyperlink.location.replace("'", "").split("!")
        aim = {head.value: found for head, found in zip(book[sheet][1], book[sheet][int(cell[1:])], strict=True)}
        assert aim["document_id"].value == row["document_id"].value
        assert row["text"].value in aim["text"].value
        assert aim["start"].value <= row["start"].value < aim["end"].value


def test_codes_are_explained_and_bytes_named(book: Any) -> None:
    codes = {(row["codebook"].value, row["code"].value): row["name_zh"].value for row in table(book, "codebook")}
    for row in table(book, "themes"):
        assert codes[row["codebook"].value, row["code"].value]
    provenance = table(book, "provenance")[0]
    assert len(provenance["sha256"].value) == 64 and provenance["length"].value == len(FIRST)


def test_nothing_runs_as_a_formula_and_long_texts_are_cut() -> None:
    first = replace(years()[0], title="=1+1", issuer="+cmd", number="http://example.invalid", text=years()[0].text + "长" * 40_000)
    first = replace(first, directives=(replace(first.directives[0], end=len(first.text)),))
    read = openpyxl.load_workbook(io.BytesIO(workbook([first])))
    row = table(read, "documents")[0]
    assert [row[name].value for name in ("title", "issuer", "number")] == ["=1+1", "+cmd", "http://example.invalid"]
    assert {row[name].data_type for name in ("title", "issuer", "number")} == {"s"} and not row["number"].hyperlink
    assert len(table(read, "directives")[0]["text"].value) == 32_767


def test_hostile_fields_stay_text() -> None:
    read = openpyxl.load_workbook(io.BytesIO(workbook(hostile())))
    assert table(read, "documents")[0]["title"].value == EVIL
    assert not [cell for sheet in read for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]


def test_without_text_there_are_no_sentences() -> None:
    read = openpyxl.load_workbook(io.BytesIO(workbook(years(), text=False)))
    assert "text" not in table(read, "statements")[0] and not any(row["value"].hyperlink for row in table(read, "quantities"))


def test_extract_writes_it_and_says_when_no_file_is_named(tmp_path: Path) -> None:
    plan = tmp_path / "plan.txt"
    plan.write_text(FIRST, encoding="utf-8")
    done = CliRunner().invoke(cli, ["extract", str(plan), "--format", "xlsx", "-o", f"{tmp_path}/out/"])
    assert done.exit_code == 0 and [path.name for path in (tmp_path / "out").iterdir()] == ["plan.xlsx"]
    refused = CliRunner().invoke(cli, ["extract", str(plan), "--format", "xlsx"])
    assert refused.exit_code == 1 and "name one with -o" in refused.stderr


def test_libreoffice_opens_it_as_it_is(tmp_path: Path) -> None:
    office = shutil.which("soffice") or shutil.which("libreoffice")
    if office is None:
        pytest.skip("LibreOffice is not here (Debian: libreoffice-calc-nogui): the workbook is not opened in it")
    path = tmp_path / "plan.xlsx"
    path.write_bytes(workbook(years()))
    csv = 'csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1'
    subprocess.run([office, "--headless", f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}", "--convert-to", csv, "--outdir", str(tmp_path), str(path)],
                   capture_output=True, check=True, timeout=120)
    found = {file.stem.removeprefix("plan-"): file.read_text(encoding="utf-8") for file in tmp_path.glob("plan-*.csv")}
    assert set(found) == set(CONTENTS)
    assert "2万人" in found["quantities"] and "20000" in found["quantities"]
