"""Whatever the input: readers refuse or read, documents keep their invariants, outputs can be read back."""

from __future__ import annotations

import codecs
import io
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from invariants import HOSTILE, check_comparison, check_document, check_graph, check_outputs, pipeline

from nlp_reform.errors import ReadError
from nlp_reform.model import Document
from nlp_reform.read import from_bytes, from_text
from nlp_reform.tables import rows
from nlp_reform.tables.declared import LONGEST_SENTENCE

pieces = st.lists(st.sampled_from(HOSTILE), min_size=1, max_size=40).map("".join)
texts = st.one_of(pieces, st.text(min_size=1, max_size=200))
NAMES = ("a.txt", "a.html", "a.md", "a.docx", "a.pdf", "a.mht", "a", "计划.txt")


def read(text: str) -> Document | None:
    """Return the document of a text; None where it is refused, as texts with NUL or half characters are."""
    try:
        return pipeline()(from_text(text, "d"))
    except ReadError:
        return None


@given(st.binary(max_size=400), st.sampled_from(NAMES))
@settings(max_examples=300, deadline=None)
def test_any_bytes_are_read_or_refused_in_one_line(data: bytes, name: str) -> None:
    try:
        document = from_bytes(data, name)
    except ReadError as error:
        assert str(error).startswith(name) and "\n" not in str(error)
    else:
        assert document.text.strip()
        document.text.encode("utf-8")


MAGIC = (b"PK\x03\x04", b"%PDF-1.4\n", b"<!doctype html><p>", b"MIME-Version: 1.0\nContent-Type: multipart/related;")
"""Beginnings of formats that are read in this process; old office files go to LibreOffice, which is not fuzzed here."""


@given(st.sampled_from(MAGIC), st.binary(max_size=300))
@settings(max_examples=200, deadline=None)
def test_files_that_only_begin_like_a_format_are_refused_or_read(magic: bytes, rest: bytes) -> None:
    try:
        from_bytes(magic + rest, "d.bin")
    except ReadError as error:
        assert "d.bin" in str(error)


@given(texts, st.sampled_from(["utf-8", "utf-16", "gb18030", "utf-8-sig"]))
@settings(max_examples=100, deadline=None)
def test_a_text_that_is_read_is_what_its_encoding_says(text: str, encoding: str) -> None:
    try:
        data = text.encode(encoding)
    except UnicodeEncodeError:
        return
    try:
        document = from_bytes(data, "d.txt")
    except ReadError:
        return
    if document.source.media_type == "text/plain":
        decoded = codecs.decode(data, document.source.encoding, "replace")
        assert document.text == decoded.removeprefix("\ufeff") or document.text == decoded


@given(texts)
@settings(max_examples=150, deadline=None)
def test_any_text_yields_a_document_that_holds_together_and_can_be_written(text: str) -> None:
    document = read(text)
    if document is not None:
        assert document.text == text
        check_document(document)
        check_outputs(document)


@given(texts)
@settings(max_examples=30, deadline=None)
def test_any_document_has_a_graph_that_can_be_written(text: str) -> None:
    document = read(text)
    if document is not None:
        check_graph(document)


@given(texts, texts)
@settings(max_examples=60, deadline=None)
def test_any_two_texts_can_be_compared(before: str, after: str) -> None:
    one, other = read(before), read(after)
    if one is not None and other is not None:
        check_comparison(one, other)


SHAPES = {
    "deep nesting": "".join(f"{mark}加强建设。\n" for mark in ("一、", "（一）", "1.", "（1）", "①", "a.", "（a）", "i.")) * 60,
    "open brackets": "（" * 5000 + "加强建设" + "）" * 5000,
    "open quotes": "“《" * 3000,
    "right to left": "\u202e1.加强建设。\u202c\n\u200f2.应当在3日内办结。" * 50,
    "combining": "1.加" + "\u0301\u20dd\ufe0f" * 2000 + "强建设，不得少于5次。",
    "four bytes": "1.加强𠮷𪚥𱁬建设，由𠮷市牵头。\n" * 200,
    "one character a line": "\n".join("一、加强建设，应当在2025年底前达到90%以上。" * 60),
    "one line": "加强建设，应当在2025年底前达到90%以上，" * 500,
    "digits": "1" * 20_000,
    "numerals": "一百二十三万" * 4000,
    "points": "1.1.1.1.1.1.1.1." * 1500,
    "dashes": "1-" * 8000,
    "blanks": "1." + " \u3000\t" * 5000 + "加强建设。",
    "cues": "应当必须不得" * 3000,
    "actors": "发展改革委、财政部、教育部、" * 1000,
    "dates": "2018年11月7日" * 2000,
    "table": "|".join(["指标", "单位", "2025年"] * 400) + "\n" + "|".join(["90%"] * 1200),
}


@pytest.mark.parametrize("shape", SHAPES)
def test_shapes_that_trip_programs(shape: str) -> None:
    document = read(SHAPES[shape])
    assert document is not None
    check_document(document)
    check_outputs(document)


def test_a_paragraph_without_an_end_is_not_printed_with_each_of_its_numbers() -> None:
    document = read(SHAPES["one line"])
    assert document is not None and len(document.statements) == 1
    found = rows([document], "quantities")
    assert len(found) >= 500
    for row in found:
        assert len(row["sentence"]) <= LONGEST_SENTENCE + 2 and row["text"] in row["sentence"]
        assert row["sentence"].strip("…") in document.text


@pytest.mark.parametrize("text", ["加强\ud800建设", "\udfff", "加强\0建设", "", " \n\u3000"])
def test_half_characters_nul_and_nothing_are_refused(text: str) -> None:
    with pytest.raises(ReadError):
        from_text(text, "d")


def test_archives_that_unpack_to_far_more_than_their_size_are_refused() -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("_rels/.rels", '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
                         '<Relationship Id="r" Type="x/officeDocument" Target="word/document.xml"/></Relationships>')
        archive.writestr("word/document.xml", b"<w:document>" + bytes(100 << 20))
    assert len(stream.getvalue()) < 1 << 20
    with pytest.raises(ReadError, match="zip bomb"):
        from_bytes(stream.getvalue(), "bomb.docx")


def test_an_entity_that_names_a_file_is_not_read() -> None:
    stream = io.BytesIO()
    body = ('<?xml version="1.0"?><!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/hostname">]>'
            '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p><w:r><w:t>&x;</w:t></w:r>'
            "</w:p></w:body></w:document>")
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("_rels/.rels", '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
                         '<Relationship Id="r" Type="x/officeDocument" Target="word/document.xml"/></Relationships>')
        archive.writestr("word/document.xml", body)
    with pytest.raises(ReadError, match="declares entities"):
        from_bytes(stream.getvalue(), "x.docx")
