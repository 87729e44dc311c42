"""Plain text: every common encoding down to a few characters, line ends kept; bad files in one clear line."""

from __future__ import annotations

import codecs
import os
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nlp_reform import read
from nlp_reform.errors import ReadError
from nlp_reform.read import limits

HANS = "云岭省学会联合会2019年工作要点\r\n一、加强组织建设。理事人数一般不超过150人。\r\n二、发展会员，力争达到3万人。\r\n"
HANT = "雲嶺省學會聯合會2019年工作要點\r\n一、加強組織建設。理事人數一般不超過150人。\r\n二、發展會員，力爭達到3萬人。\r\n"
RAW = Path("../shared/corpus/raw/hailar-gwr-2013.gb18030.crlf.txt")


@pytest.mark.parametrize(
    ("text", "encoding", "told"),
    [
        (HANS, "utf-8", "utf-8"), (HANS, "utf-8-sig", "utf-8-sig"), (HANS, "utf-16", "utf-16"), (HANS, "utf-16-le", "utf-16-le"),
        (HANS, "utf-16-be", "utf-16-be"), (HANS, "utf-32", "utf-32"), (HANS, "utf-32-le", "utf-32-le"), (HANS, "gb18030", "gb18030"),
        (HANS, "gbk", "gb18030"), (HANT, "big5", "big5"), (HANT, "gb18030", "gb18030"), (HANT, "utf-16-le", "utf-16-le"),
        (HANT + "喺度嘅街坊，唔該晒。", "big5hkscs", "big5hkscs"), ("plan 2019, 5%\r\n", "ascii", "utf-8"),
    ],
)
def test_each_encoding_gives_the_text_and_the_encoding_that_gives_it_again(text: str, encoding: str, told: str) -> None:
    data = text.encode(encoding)
    document = read.from_bytes(data, "plan.txt")
    assert document.text == text
    assert document.source.encoding == told
    assert data.decode(told) == text


@pytest.mark.parametrize("encoding", ["gb18030", "utf-8", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("text", ["加强建设", "一、总则", "会员达到3万人", "2025年底前完成"])
def test_a_few_characters_are_enough(text: str, encoding: str) -> None:
    assert read.from_bytes(text.encode(encoding), "short.txt").text == text


@pytest.mark.parametrize("text", ["加強建設", "一、總則", "會員達到3萬人", "2025年底前完成"])
def test_a_few_characters_of_big5_are_enough(text: str) -> None:
    assert read.from_bytes(text.encode("big5"), "short.txt").text == text


@given(st.text(st.sampled_from("学会组织建设加强完善会员发展工作要点，。；、一二三（）0123456789%\r\n"), min_size=8, max_size=300))
def test_any_plain_chinese_comes_back_whole_from_gb18030_and_utf16(text: str) -> None:
    if text.isascii():
        return
    for encoding in ("utf-8", "gb18030", "utf-16"):
        if text.strip():
            assert read.from_bytes(text.encode(encoding), "x.txt").text == text


def test_a_byte_order_mark_is_no_text() -> None:
    for mark, encoding in ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_BE, "utf-16-be"), (b"\x84\x31\x95\x33", "gb18030")):
        assert read.from_bytes(mark + HANS.encode(encoding), "x.txt").text == HANS


def test_a_file_cut_inside_a_character_is_read_with_a_note() -> None:
    document = read.from_bytes((HANS * 40).encode("gb18030")[:-3], "cut.txt")
    assert [note.code for note in document.notes] == ["undecodable-bytes"]
    assert document.text[document.notes[0].start] == "\ufffd"


@pytest.mark.skipif(not RAW.exists(), reason="needs ../shared/corpus/raw")
def test_a_real_gb18030_file_keeps_its_line_ends() -> None:
    document = read.from_path(RAW)
    assert document.source.encoding == "gb18030"
    assert document.text.encode("gb18030") == RAW.read_bytes()
    assert "\r\n" in document.text


@pytest.mark.skipif(not RAW.exists(), reason="needs ../shared/corpus")
@pytest.mark.parametrize("encoding", ["gb18030", "big5hkscs", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-8-sig"])
def test_the_whole_corpus_comes_back_from_each_encoding(encoding: str) -> None:
    tried = 0
    for path in sorted(RAW.parents[1].glob("*.txt")):
        text = path.read_bytes().decode("utf-8")
        try:
            data = text.encode(encoding)
        except UnicodeEncodeError:
            continue
        tried += 1
        assert read.from_bytes(data, path.name).text == text, path.name
    assert tried > 0


BAD = {
    "empty.txt": (b"", "is empty"),
    "blank.txt": (b" \n\t\r\n", "is empty"),
    "program.txt": (b"\x7fELF\x02\x01\x01", "a program"),
    "picture.txt": (b"\x89PNG\r\n\x1a\n", "an image"),
    "archive.txt": (b"PK\x05\x06" + bytes(18), "an empty archive"),
    "nul.txt": ("一、加强\0建设".encode(), "NUL"),
    "noise.bin": (bytes(range(128, 256)) * 8, "no text in a known encoding"),
    "surrogate.txt": (b"\xed\xa0\x80abc \xed\xb0\x80", "no text in a known encoding"),
    "marked.txt": (codecs.BOM_UTF8 + bytes(range(128, 256)), "marked as utf-8"),
    "zip.docx": (b"PK\x03\x04" + bytes(40), "damaged"),
}


@pytest.mark.parametrize("name", BAD)
def test_what_is_no_text_is_named_with_a_way_out(name: str) -> None:
    data, reason = BAD[name]
    with pytest.raises(ReadError) as caught:
        read.from_bytes(data, name)
    message = str(caught.value)
    assert message.startswith(f"{name}: ") and reason in message and "\n" not in message and "; " in message


def test_one_endless_line_is_refused() -> None:
    with pytest.raises(ReadError, match="one line of"):
        read.from_bytes(b"a" * 20_000_001, "line.txt")


def test_a_file_above_the_limit_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "big.txt"
    with path.open("wb") as file:
        file.truncate(limits.MAX_BYTES + 1)
    with pytest.raises(ReadError, match="at most"):
        read.from_path(path)


def test_missing_files_folders_and_odd_names(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match="no such file"):
        read.from_path(tmp_path / "no.txt")
    with pytest.raises(ReadError, match="is a folder"):
        read.from_path(tmp_path)
    odd = tmp_path / "a\nb\x1b[31m 要点 #1.txt"
    odd.write_text(HANS, encoding="utf-8", newline="")
    assert read.from_path(odd).text == HANS
    with pytest.raises(ReadError) as caught:
        read.from_path(tmp_path / "x\ny.txt")
    assert "\n" not in str(caught.value)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes on this system")
def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(ReadError, match="no ordinary file"):
        read.from_path(tmp_path / "pipe")


def test_standard_input_is_read_by_its_content() -> None:
    document = read.from_path(Path("-"), lambda: b"<html><body><p>" + HANS.encode("gb18030") + b"</p></body></html>")
    assert document.source.name == "stdin"
    assert document.source.media_type == "text/html"


@given(st.binary(min_size=1, max_size=400))
@settings(deadline=None)
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    if data.startswith(b"{\\rtf"):
        return  # LibreOffice's own business
    for name in ("x.txt", "x.html", "x.md", "x.pdf", "x.docx"):
        try:
            document = read.from_bytes(data, name)
        except ReadError as error:
            assert "\n" not in str(error)
        else:
            assert document.text.strip()
            document.text.encode("utf-8")
            assert read.from_bytes(data, name) == document


@pytest.mark.parametrize(
    ("start", "name", "kind"),
    [("<html><body>", "page.txt", "text/html"), ("<div>", "page.html", "text/html"), ("", "page.txt", "text/plain")],
)
def test_many_comments_before_a_page_are_passed_at_once(start: str, name: str, kind: str) -> None:
    comments = "<!-- a -->\n" * 300
    document = read.from_bytes(f"{comments}{start}<p>一、加强领导。</p>".encode(), name)
    assert document.source.media_type == kind
    assert "一、加强领导。" in document.text


def test_a_markdown_file_cut_short_is_noted_without_a_place() -> None:
    data = ("# 要点\n\n" + "1. 各级应当加强监督，完善制度。\n" * 100).encode()[:-3]
    (note,) = read.from_bytes(data, "plan.md").notes
    assert (note.code, note.start, note.end) == ("undecodable-bytes", None, None)
