"""What is kept from one start to the next gives what would be made anew, and is never in the way."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from places import ROOT

from nlp_reform import prepared, resources
from nlp_reform.prepared import Shelf

PATTERNS = [
    ("(?P<year>(?:19|20)\\d\\d)年|(?P<plan>“?十[一二三四]五”?)", 0),
    ("(?<![较比])(?:增长|下降)(?P<to>到|至)?[\u4e00-\u9fff]{2,8}?", 0),
    ("^[A-Z]+ (?#note) \\w+$", re.IGNORECASE | re.MULTILINE | re.VERBOSE),
    ("(a)|(b)(?:c)", re.ASCII),
    ("[^,;。\ud800-\udfff]+", re.DOTALL),
]
TEXT = "2019年增长到百分之六,十三五”较下降至低位。ABC\nabc def bc 二〇"


@pytest.fixture
def place(tmp_path: Path) -> Path:
    return tmp_path / "below" / "prepared.bin"


@pytest.mark.parametrize(("pattern", "flags"), PATTERNS)
def test_a_kept_pattern_is_the_pattern(place: Path, pattern: str, flags: int) -> None:
    first = Shelf(place)
    made = first.pattern(pattern, flags)
    first.keep()
    kept = Shelf(place).pattern(pattern, flags)
    true = re.compile(pattern, flags)
    for found in (made, kept):
        assert (found.pattern, found.flags, found.groups, found.groupindex) == (true.pattern, true.flags, true.groups, true.groupindex)
        assert [(m.span(), m.groupdict(), m.lastgroup) for m in found.finditer(TEXT)] == [
            (m.span(), m.groupdict(), m.lastgroup) for m in true.finditer(TEXT)]


def test_a_second_start_compiles_and_parses_nothing(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = Shelf(place)
    for pattern, flags in PATTERNS:
        first.pattern(pattern, flags)
    first.table("terms = ['应当', '不得']")
    first.keep()
    monkeypatch.setattr(prepared._parser, "parse", lambda *_: pytest.fail("compiled again"))
    monkeypatch.setattr(prepared.tomllib, "loads", lambda *_: pytest.fail("parsed again"))
    second = Shelf(place)
    for pattern, flags in PATTERNS:
        second.pattern(pattern, flags)
    assert second.table("terms = ['应当', '不得']") == {"terms": ["应当", "不得"]}


def test_a_pattern_is_made_once_in_a_process(place: Path) -> None:
    shelf = Shelf(place)
    assert shelf.pattern("增(长)", 0) is shelf.pattern("增(长)", 0)


def test_same_text_other_flags_is_another_pattern(place: Path) -> None:
    shelf = Shelf(place)
    assert not shelf.pattern("abc", 0).match("ABC")
    assert shelf.pattern("abc", re.IGNORECASE).match("ABC")


def test_a_table_is_new_at_each_call(place: Path) -> None:
    shelf = Shelf(place)
    shelf.table("terms = ['应当']")["terms"].append("changed")
    assert shelf.table("terms = ['应当']") == {"terms": ["应当"]}


@pytest.mark.parametrize("text", ["day = 2018-03-01", "limit = inf\nshare = 0.1", "whole = 12345678901234567890", "a.b = {c = [1, 2.5, true]}"])
def test_what_json_cannot_say_is_parsed_again(place: Path, text: str) -> None:
    first = Shelf(place)
    first.table(text)
    first.keep()
    assert Shelf(place).table(text) == tomllib.loads(text)


def test_errors_are_those_of_the_libraries(place: Path) -> None:
    with pytest.raises(re.error, match="missing \\)"):
        Shelf(place).pattern("(a", 0)
    with pytest.raises(tomllib.TOMLDecodeError):
        Shelf(place).table("a = ")


@pytest.mark.parametrize("harm", [
    lambda data: b"", lambda data: data[: len(data) // 2], lambda data: b"\x00" * 100, lambda data: data[:-4] + b"\xff" * 4,
    lambda data: b'{"sha256": 1}\n', lambda data: b"[]\n", lambda data: data.replace(b'"patterns"', b'"else"', 1),
])
def test_a_damaged_file_counts_as_none(place: Path, harm: object) -> None:
    first = Shelf(place)
    first.pattern("增(长)", 0)
    first.keep()
    place.write_bytes(harm(place.read_bytes()))  # type: ignore[operator]
    assert Shelf(place).pattern("增(长)", 0).match("增长")


def test_a_code_that_is_none_is_compiled_anew(place: Path) -> None:
    shelf = Shelf(place)
    shelf.pattern("增(长)", 0)
    for at in range(len(shelf._codes)):
        shelf._codes[at] = 4_000_000_000
    shelf._made.clear()
    assert shelf.pattern("增(长)", 0).match("增长")


def test_only_what_a_run_used_is_kept_when_there_is_too_much(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = Shelf(place)
    for n in range(20):
        first.pattern(f"old{n}", 0)
    first.keep()
    monkeypatch.setattr(prepared, "_MOST", 10)
    second = Shelf(place)
    second.pattern("old7", 0)
    second.pattern("new", 0)
    second.keep()
    assert set(Shelf(place)._patterns) == {"0 old7", "0 new"}


def test_a_folder_that_cannot_be_written_is_no_error(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    shelf = Shelf(tmp_path / "file" / "prepared.bin")
    shelf.pattern("a", 0)
    shelf.keep()
    assert sorted(tmp_path.iterdir()) == [tmp_path / "file"]


def test_a_user_without_a_home_keeps_nothing_and_reads_on(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HOME", "XDG_CACHE_HOME", "XDG_DATA_HOME", "NLP_REFORM_CACHE", "NLP_REFORM_DATA"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(os.path, "expanduser", lambda path: path)
    assert prepared.user_cache() is None
    assert resources.locate("lexicons", "cues").is_file()


def test_nothing_half_written_stays(place: Path) -> None:
    shelf = Shelf(place)
    shelf.pattern("a", 0)
    place.mkdir(parents=True)  # a folder stands where the file should: it cannot be replaced
    (place / "inside").write_text("")
    shelf.keep()
    assert [path.name for path in place.parent.iterdir()] == [place.name]


@pytest.mark.parametrize("kept", ["on", "off"])
def test_a_run_keeps_what_it_made_unless_switched_off(tmp_path: Path, kept: str) -> None:
    cache = tmp_path / "cache"
    environment = {**os.environ, "NLP_REFORM_CACHE": str(cache) if kept == "on" else "off", "XDG_CACHE_HOME": str(cache)}
    outputs = [subprocess.run(
        [sys.executable, "-m", "nlp_reform", "extract", "-", "--format", "json"], input="一、目标\n1. 就业达到100万人。\n".encode(),
        env=environment, cwd=ROOT, capture_output=True, check=True).stdout for _ in range(2)]
    assert outputs[0] == outputs[1]
    assert [path.suffix for path in cache.glob("*")] == ([".bin"] if kept == "on" else [])
