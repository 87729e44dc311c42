"""The commands of codebooks and themes, from a table of texts to a taught model."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from nlp_reform.cli.main import cli

ROOT = Path(__file__).resolve().parents[1]
RAW = ROOT / "corpora" / "societies-demo" / "raw"


def run(*arguments: object) -> Result:
    return CliRunner().invoke(cli, [str(a) for a in arguments])


def test_codebooks_are_listed_shown_and_checked() -> None:
    listed = json.loads(run("codebook", "list", "--format", "json").stdout)
    assert {"societies", "govcn", "cap", "instruments"} <= {book["name"] for book in listed}
    shown = json.loads(run("codebook", "show", "govcn", "--format", "json").stdout)
    assert sum(code["depth"] == 1 for code in shown["codes"]) == 22
    assert "党的建设" in run("codebook", "show", "societies").stdout
    for book in ("societies", "govcn", "cap", "instruments"):
        assert run("codebook", "check", book).exit_code == 0


def test_a_faulty_codebook_is_named_with_its_row(tmp_path: Path) -> None:
    book = tmp_path / "mine.toml"
    book.write_text('id = "mine"\nversion = "1"\nname_zh = "我"\nname_en = "m"\n[[codes]]\ncode = "a"\nname_zh = "甲"\n'
                    'name_en = "a"\n[[codes]]\ncode = "a"\nname_zh = "乙"\nname_en = "b"\n', encoding="utf-8")
    done = run("codebook", "check", book)
    assert done.exit_code == 1
    assert "row 10" in done.output and "twice" in done.output


def test_a_table_of_texts_gets_codes(tmp_path: Path) -> None:
    table = tmp_path / "texts.csv"
    table.write_bytes("text\n加强科普场馆建设，办好科普日活动。\n規範理事會換屆選舉。\n".encode("utf-8-sig"))
    out = tmp_path / "coded.csv"
    assert run("themes", "classify", table, "--codebook", "societies", "-o", out).exit_code == 0
    with out.open(encoding="utf-8-sig") as file:
        rows = list(csv.DictReader(file))
    assert [row["code1"] for row in rows] == ["popularization", "governance"]
    missing = run("themes", "classify", table, "--codebook", "societies", "--column", "wording")
    assert missing.exit_code == 1 and "wording" in missing.stderr


@pytest.fixture(scope="module")
def sheet(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A coding sheet filled in with the section's theme."""
    folder = tmp_path_factory.mktemp("coding")
    sheet = folder / "sheet.csv"
    plans = sorted(RAW.glob("*.txt"))
    assert run("themes", "suggest", *plans, "--codebook", "societies", "--count", "40", "-o", sheet).exit_code == 0
    with sheet.open(encoding="utf-8-sig") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == 40 and not any(row["code"] for row in rows)
    for row in rows:
        row["code"] = row["suggested"].split(" ")[0]
    with sheet.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    return sheet


def test_a_filled_sheet_teaches_a_model_that_is_used(sheet: Path, tmp_path: Path) -> None:
    model = tmp_path / "model"
    done = run("themes", "train", "--codebook", "societies", "--labels", sheet, "-o", model)
    assert done.exit_code == 0, done.output
    assert (model / "manifest.json").exists()
    figures = run("themes", "evaluate", "--codebook", "societies", "--labels", sheet, "--model", model)
    assert figures.exit_code == 0 and "macro-F1" in figures.stdout and "lexicon" in figures.stdout


def test_unknown_codes_are_named_with_their_rows(tmp_path: Path) -> None:
    labels = tmp_path / "labels.csv"
    labels.write_text("text,code\n加强科普,popularization\n加强党建,nonsense\n", encoding="utf-8")
    done = run("themes", "train", "--codebook", "societies", "--labels", labels, "-o", tmp_path / "m")
    assert done.exit_code == 1
    assert "row 3" in done.stderr and "nonsense" in done.stderr
    assert not (tmp_path / "m").exists()


def test_words_that_mark_a_year() -> None:
    done = run("themes", "explore", RAW / "2017.txt", RAW / "2020.txt", "--by", "year", "--top", "5")
    assert done.exit_code == 0
    groups = {line.split()[0] for line in done.stdout.splitlines()[1:]}
    assert groups == {"2017", "2020"}
