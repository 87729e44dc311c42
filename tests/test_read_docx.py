"""Word files: the numbers Word prints, tables, footnotes, tracked changes; bombs and entities refused."""

from __future__ import annotations

import io
import zipfile
from typing import Any

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from nlp_reform import read
from nlp_reform.api import analyse
from nlp_reform.errors import ReadError
from nlp_reform.read.numbering import ordinal

NS = nsdecls("w")


def level(place: int, style: str, text: str, extra: str = "", start: int = 1) -> str:
    return (f'<w:lvl w:ilvl="{place}"><w:start w:val="{start}"/><w:numFmt w:val="{style}"/>{extra}'
            f'<w:lvlText w:val="{text}"/></w:lvl>')


def define(word: Any, name: int, *levels: str, extra: str = "") -> None:
    """Add an abstract definition with a list of the same number."""
    part = word.part.numbering_part.element
    part.insert(0, parse_xml(f'<w:abstractNum {NS} w:abstractNumId="{name}">{extra}{"".join(levels)}</w:abstractNum>'))
    part.append(parse_xml(f'<w:num {NS} w:numId="{name}"><w:abstractNumId w:val="{name}"/></w:num>'))


def item(word: Any, text: str, name: int, place: int = 0) -> Any:
    paragraph = word.add_paragraph(text)
    paragraph._p.get_or_add_pPr().append(
        parse_xml(f'<w:numPr {NS}><w:ilvl w:val="{place}"/><w:numId w:val="{name}"/></w:numPr>')
    )
    return paragraph


def saved(word: Any) -> bytes:
    out = io.BytesIO()
    word.save(out)
    return out.getvalue()


def text_of(word: Any) -> list[str]:
    return read.from_bytes(saved(word), "plan.docx").text.splitlines()


def repacked(data: bytes, changes: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, changes.pop(name, None) or old.read(name))
        for name, content in changes.items():
            new.writestr(name, content)
    return out.getvalue()


@pytest.mark.parametrize(
    ("style", "numbers", "printed"),
    [
        ("chineseCounting", (1, 10, 11, 20, 99), "一 十 十一 二十 九十九"),
        ("chineseCountingThousand", (1, 10, 21, 101, 110, 1001), "一 十 二十一 一百零一 一百一十 一千零一"),
        ("japaneseCounting", (1, 10, 11, 100, 111), "一 十 十一 百 百十一"),
        ("ideographDigital", (1, 10, 23), "一 一〇 二三"),
        ("chineseLegalSimplified", (1, 10, 11, 21), "壹 壹拾 壹拾壹 贰拾壹"),
        ("decimal", (1, 12), "1 12"), ("decimalZero", (1, 12), "01 12"), ("decimalFullWidth", (1, 12), "１ １２"),
        ("decimalEnclosedCircle", (1, 20, 21), "① ⑳ 21"), ("lowerLetter", (1, 26, 27), "a z aa"),
        ("upperRoman", (1, 4, 9, 14, 1999), "I IV IX XIV MCMXCIX"), ("ideographTraditional", (1, 10), "甲 癸"),
        ("someNewStyle", (3,), "3"),
    ],
)
def test_styles_of_numbers(style: str, numbers: tuple[int, ...], printed: str) -> None:
    assert [ordinal(number, style) for number in numbers] == printed.split()


def test_labels_nest_restart_and_run_on() -> None:
    word = docx.Document()
    define(word, 71, level(0, "chineseCountingThousand", "%1、"), level(1, "chineseCounting", "（%2）"),
           level(2, "decimal", "%3."), level(3, "decimal", "%1.%2.%4", "<w:isLgl/>"))
    define(word, 72, level(0, "decimal", "%1."), level(1, "lowerLetter", "%2)", '<w:lvlRestart w:val="0"/>'))
    for text, name, place in (("甲", 71, 0), ("乙", 71, 1), ("丙", 71, 1), ("丁", 71, 2), ("戊", 71, 3), ("己", 71, 0),
                              ("庚", 71, 1), ("辛", 72, 0), ("壬", 72, 1), ("癸", 72, 0), ("子", 72, 1)):
        item(word, text, name, place)
    assert text_of(word) == ["一、甲", "（一）乙", "（二）丙", "1.丁", "1.2.1戊".replace("戊", " 戊"), "二、己", "（一）庚",
                             "1.辛", "a)壬", "2.癸", "b)子"]


def test_start_overrides_begin_a_list_anew_once() -> None:
    word = docx.Document()
    define(word, 71, level(0, "decimal", "%1."))
    word.part.numbering_part.element.append(parse_xml(
        f'<w:num {NS} w:numId="75"><w:abstractNumId w:val="71"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/>'
        "</w:lvlOverride></w:num>"
    ))
    for text, name in (("甲", 71), ("乙", 71), ("丙", 75), ("丁", 75), ("戊", 71)):
        item(word, text, name)
    assert text_of(word) == ["1.甲", "2.乙", "5.丙", "6.丁", "7.戊"]


def test_numbers_tied_to_styles_and_turned_off() -> None:
    word = docx.Document()
    define(word, 71, level(0, "chineseCounting", "%1、", '<w:pStyle w:val="Heading1"/>'),
           level(1, "chineseCounting", "（%2）", '<w:pStyle w:val="Heading2"/>'))
    for name in ("Heading 1", "Heading 2"):
        word.styles[name].element.get_or_add_pPr().append(
            parse_xml(f'<w:numPr {NS}><w:numId w:val="71"/></w:numPr>'))
    word.add_heading("总体要求", 1)
    word.add_heading("基本原则", 2)
    word.add_heading("重点任务", 1)
    off = word.add_heading("附件", 1)
    off._p.get_or_add_pPr().append(parse_xml(f'<w:numPr {NS}><w:ilvl w:val="0"/><w:numId w:val="0"/></w:numPr>'))
    assert text_of(word) == ["一、总体要求", "（一）基本原则", "二、重点任务", "附件"]


def test_a_number_does_not_run_into_the_year_after_it() -> None:
    word = docx.Document()
    define(word, 71, level(0, "decimal", "%1."))
    item(word, "2025年底前完成。", 71)
    assert text_of(word) == ["1. 2025年底前完成。"]


def test_bullets_and_empty_numbered_paragraphs() -> None:
    word = docx.Document()
    define(word, 71, level(0, "bullet", "\uf0b7"))
    define(word, 72, level(0, "decimal", "%1."))
    item(word, "加强领导。", 71)
    item(word, "甲", 72)
    item(word, "", 72)
    item(word, "丙", 72)
    assert [line for line in text_of(word) if line] == ["• 加强领导。", "1.甲", "3.丙"]


def test_tables_with_merged_cells_and_numbered_cells() -> None:
    word = docx.Document()
    define(word, 71, level(0, "decimal", "%1"))
    word.add_paragraph("附：主要指标")
    table = word.add_table(rows=3, cols=3)
    for row, texts in zip(table.rows, (("类别", "指标", "目标"), ("经济", "产值", "5%"), ("", "就业", "3万人")), strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text
    table.cell(1, 0).merge(table.cell(2, 0))
    assert text_of(word) == ["附：主要指标", "类别\t指标\t目标", "经济\t产值\t5%", "经济\t就业\t3万人"]


def test_a_table_that_sets_the_page_gives_lines() -> None:
    word = docx.Document()
    cell = word.add_table(rows=1, cols=1).cell(0, 0)
    cell.text = "一、加强领导。"
    cell.add_paragraph("二、抓好落实。")
    assert text_of(word) == ["一、加强领导。", "二、抓好落实。"]


def test_tracked_changes_are_read_as_accepted_with_a_note() -> None:
    word = docx.Document()
    paragraph = word.add_paragraph("会员达到")
    paragraph._p.append(parse_xml(f'<w:ins {NS} w:id="1" w:author="a"><w:r><w:t>3万人</w:t></w:r></w:ins>'))
    paragraph._p.append(parse_xml(f'<w:del {NS} w:id="2" w:author="a"><w:r><w:delText>2万人</w:delText></w:r></w:del>'))
    paragraph.add_run("。").font.hidden = False
    hidden = paragraph.add_run("隐藏")
    hidden.font.hidden = True
    document = read.from_bytes(saved(word), "plan.docx")
    assert document.text == "会员达到3万人。\n"
    assert [note.code for note in document.notes] == ["tracked-changes"]


def test_a_paragraph_whose_end_was_deleted_goes_on() -> None:
    word = docx.Document()
    first = word.add_paragraph("加强")
    first._p.get_or_add_pPr().append(parse_xml(f'<w:rPr {NS}><w:del w:id="1" w:author="a"/></w:rPr>'))
    word.add_paragraph("领导。")
    assert text_of(word) == ["加强领导。"]


def test_footnotes_follow_the_text_and_leave_it_undisturbed() -> None:
    word = docx.Document()
    paragraph = word.add_paragraph("会员达到3万人")
    paragraph._p.append(parse_xml(f'<w:r {NS}><w:footnoteReference w:id="2"/></w:r>'))
    paragraph.add_run("以上。")
    notes = f'<w:footnotes {NS}><w:footnote w:id="2"><w:p><w:r><w:t>含学生会员。</w:t></w:r></w:p></w:footnote></w:footnotes>'
    data = saved(word)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        relations = archive.read("word/_rels/document.xml.rels").decode()
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes"
    relations = relations.replace("</Relationships>", f'<Relationship Id="n1" Type="{kind}" Target="footnotes.xml"/></Relationships>')
    document = read.from_bytes(
        repacked(data, {"word/footnotes.xml": notes.encode(), "word/_rels/document.xml.rels": relations.encode()}), "a.docx"
    )
    assert document.text == "会员达到3万人以上。\n注1：含学生会员。\n"
    assert document.notes[0].code == "footnotes"
    assert document.text[document.notes[0].start:].startswith("注1")
    place = document.notes[1]
    assert (place.code, place.start, place.message[-9:]) == ("footnote", len("会员达到3万人"), "注1：含学生会员。")


def with_notes(word: Any, **parts: str) -> bytes:
    """Return a saved file with footnotes and endnotes: the XML of each part's notes."""
    data = saved(word)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        relations = archive.read("word/_rels/document.xml.rels").decode()
    changes = {}
    for name, inner in parts.items():
        kind = f"http://schemas.openxmlformats.org/officeDocument/2006/relationships/{name}"
        added = f'<Relationship Id="{name}" Type="{kind}" Target="{name}.xml"/></Relationships>'
        relations = relations.replace("</Relationships>", added)
        changes[f"word/{name}.xml"] = f"<w:{name} {NS}>{inner}</w:{name}>".encode()
    return repacked(data, {**changes, "word/_rels/document.xml.rels": relations.encode()})


def test_footnotes_and_endnotes_of_items_and_cells_lay_nothing_down() -> None:
    word = docx.Document()
    refer = '<w:r {}><w:{}Reference w:id="{}"/></w:r>'
    word.add_paragraph("一、修建绿道。年内建成绿道12公里。")._p.append(parse_xml(refer.format(NS, "footnote", 2)))
    word.add_paragraph("二、补种树木。各街道要补种行道树三千株。")._p.append(parse_xml(refer.format(NS, "endnote", 2)))
    word.add_paragraph("北湾区人民政府")
    word.add_paragraph("2021年3月1日")
    line = '<w:{0} w:id="2"><w:p><w:r><w:t>{1}</w:t></w:r></w:p><w:p><w:r><w:t>第二段。</w:t></w:r></w:p></w:{0}>'
    data = with_notes(
        word, footnotes=line.format("footnote", "绿道指步行专用道。"), endnotes=line.format("endnote", "各街道应当执行附表。")
    )
    found = analyse(read.from_bytes(data, "plan.docx"))
    assert found.text.splitlines()[-2:] == ["注1：绿道指步行专用道。 第二段。", "注2：各街道应当执行附表。 第二段。"]
    assert [found.text[d.start:d.end][-5:] for d in found.directives] == ["12公里。", "树三千株。"]
    assert [found.text[n.start or 0] for n in found.notes if n.code == "footnote"] == ["\n", "\n"]
    assert not found.parts and found.date == "2021-03-01"


def test_text_boxes_line_breaks_and_contents() -> None:
    word = docx.Document()
    word.add_paragraph("一行").add_run().add_break()
    word.paragraphs[0].add_run("又一行\t后")
    choice = f'<w:r {NS}><w:pict><v:textbox xmlns:v="urn:schemas-microsoft-com:vml"><w:txbxContent><w:p><w:r><w:t>框中</w:t></w:r></w:p></w:txbxContent></v:textbox></w:pict></w:r>'
    word.paragraphs[0]._p.append(parse_xml(choice))
    assert text_of(word) == ["一行", "又一行 后", "框中"]


def test_entities_are_refused_and_nothing_is_read_through_them() -> None:
    word = docx.Document()
    word.add_paragraph("正文")
    data = saved(word)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        body = archive.read("word/document.xml").decode()
    for declared in ('<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>',
                     '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY e "&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>'):
        changed = body.replace("?>", f"?>{declared}", 1).replace("正文", "正文&e;")
        with pytest.raises(ReadError, match="declares entities"):
            read.from_bytes(repacked(data, {"word/document.xml": changed.encode()}), "a.docx")


def test_bombs_and_damaged_files_are_refused() -> None:
    word = docx.Document()
    word.add_paragraph("正文")
    data = saved(word)
    bomb = b'<?xml version="1.0"?><w:document ' + NS.encode() + b"><w:body>" + b" " * 30_000_000 + b"</w:body></w:document>"
    with pytest.raises(ReadError, match="zip bomb"):
        read.from_bytes(repacked(data, {"word/document.xml": bomb}), "a.docx")
    for size in (40, len(data) // 2, len(data) - 30):
        with pytest.raises(ReadError, match="damaged or cut short"):
            read.from_bytes(data[:size], "a.docx")
    with pytest.raises(ReadError, match="damaged"):
        read.from_bytes(repacked(data, {"word/document.xml": b"<w:document"}), "a.docx")
    with pytest.raises(ReadError, match="without text"):
        read.from_bytes(saved(docx.Document()), "a.docx")


def test_other_archives_are_named() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("a.txt", "正文")
    with pytest.raises(ReadError, match="zip archive"):
        read.from_bytes(out.getvalue(), "a.docx")


def test_an_encrypted_word_file_is_named() -> None:
    container = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "EncryptedPackage".encode("utf-16-le") + bytes(600)
    with pytest.raises(ReadError, match="encrypted"):
        read.from_bytes(container, "a.docx")
