"""Codebooks: the format, what is refused and where, roll-up and crosswalk."""

from __future__ import annotations

from pathlib import Path

import pytest

from nlp_reform.classify import codebook
from nlp_reform.classify.check import check
from nlp_reform.errors import ResourceError

HEAD = 'id = "mine"\nversion = "1"\nname_zh = "我的"\nname_en = "Mine"\n'
A = '[[codes]]\ncode = "a"\nname_zh = "甲"\nname_en = "A"\ndefinition = "x"\ninclude = ["水利"]\n'
B = '[[codes]]\ncode = "b"\nname_zh = "乙"\nname_en = "B"\ndefinition = "x"\ninclude = ["道路"]\n'


def write(folder: Path, text: str) -> str:
    path = folder / "mine.toml"
    path.write_text(text, encoding="utf-8")
    return str(path)


@pytest.mark.parametrize("name", ["cap", "govcn", "instruments", "societies"])
def test_built_in_codebooks_are_without_fault(name: str) -> None:
    assert check(name) == ()
    book = codebook.load(name)
    assert book.id == name and book.source and book.version
    assert any(code.examples for code in book.codes)
    tops = [code for code in book.codes if code.parent is None]
    assert all(code.definition and code.name_zh and code.name_en for code in tops)


@pytest.mark.parametrize(("text", "message"), [
    (HEAD, "without codes"),
    (HEAD + A + A, "given twice"),
    (HEAD + A + B + 'parent = "z"\n', "parent 'z' that does not exist"),
    (HEAD + A + 'parent = "b"\n' + B + 'parent = "a"\n', "runs in a circle"),
    (HEAD + A + 'parent = "a"\n', "runs in a circle"),
    (HEAD + '[[codes]]\ncode = "a"\nname_en = "A"\n', "without 'name_zh'"),
    (HEAD + A.replace('["水利"]', '"水利"'), "must be a list"),
    (HEAD + 'codes = "a"\n', "must be tables"),
    (HEAD + "codes = [1]\n", "must be tables"),
    (A, "without 'id'"),
    ("id = ", "mine.toml"),
    (HEAD + A + "maps = 3\n", "code 'a'"),
    (HEAD + 'level = "x"\n' + A, "malformed"),
])
def test_a_malformed_codebook_is_refused_with_its_file(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(ResourceError, match=message):
        codebook.load(write(tmp_path, text))


def test_a_codebook_that_is_nowhere_lists_the_places() -> None:
    with pytest.raises(ResourceError, match="looked at"):
        codebook.load("no-such-codebook")


def test_check_gives_rows(tmp_path: Path) -> None:
    text = (HEAD + 'colour = "red"\n' + A + B + 'exclude = ["道路"]\n' + A.replace("definition", "defintion"))
    found = {(one.severity, one.row, one.code, one.message) for one in check(write(tmp_path, text))}
    assert ("warning", 1, None, "unknown key 'colour'") in found
    assert ("error", 20, "a", "is given twice") in found
    assert ("warning", 13, "b", "both includes and excludes '道路'") in found
    assert any(row == 7 and "defintion" in message for _, row, _, message in found)


def test_check_names_empty_classes_circles_and_lost_mappings(tmp_path: Path) -> None:
    text = HEAD + A.replace('include = ["水利"]\n', "") + 'maps = { cap = ["999"], nowhere = ["1"] }\n'
    messages = [one.message for one in check(write(tmp_path, text))]
    assert any("empty class" in message for message in messages)
    assert any("'999'" in message for message in messages)
    assert any("'nowhere'" in message for message in messages)
    circle = [one for one in check(write(tmp_path, HEAD + A + 'parent = "b"\n' + B + 'parent = "a"\n'))
              if one.severity == "error"]
    assert circle and all("circle" in one.message for one in circle)


def test_roll_up_and_labels() -> None:
    book = codebook.load("govcn")
    assert book.roll_up("04.02") == "04"
    assert book.roll_up("04.02", 2) == "04.02"
    assert book.path("04.02") == ("04", "04.02")
    assert len(book.labels()) == 22
    assert "22" in book.labels(2)
    assert "04" not in book.labels(2)
    assert len(codebook.load("cap").labels()) == 21


def test_crosswalk_reaches_every_govcn_code() -> None:
    book, other = codebook.load("govcn"), codebook.load("cap")
    for code in book.codes:
        targets = book.crosswalk(code.code, "cap")
        assert targets and all(target in other.by_code for target in targets), code.code
    assert book.crosswalk("04.02", "cap") == ("107",)
    assert book.crosswalk("04", "nowhere") == ()


def test_a_user_codebook_stands_beside_the_built_in_ones(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "codebooks").mkdir()
    write(tmp_path / "codebooks", HEAD + A + B)
    monkeypatch.setenv("NLP_REFORM_DATA", str(tmp_path))
    assert "mine" in codebook.available()
    from nlp_reform.classify import classify

    assert classify(["兴修水利"], "mine")[0][0][0] == "a"


def test_an_edited_codebook_is_read_again(tmp_path: Path) -> None:
    import os

    path = write(tmp_path, HEAD + A)
    assert len(codebook.load(path).codes) == 1
    Path(path).write_text(HEAD + A + B, encoding="utf-8")
    os.utime(path, ns=(1, 1))
    assert len(codebook.load(path).codes) == 2
