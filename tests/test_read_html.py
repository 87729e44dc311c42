"""Web pages: the document and nothing else, list numbers written out, tables as rows, nothing fetched."""

from __future__ import annotations

import base64
import socket
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from nlp_reform import read
from nlp_reform.errors import ReadError
from nlp_reform.read import limits

PAGES = Path("../shared/corpus/html")


def lines(body: str, head: str = "") -> list[str]:
    page = f"<!DOCTYPE html><html><head>{head}</head><body>{body}</body></html>"
    return read.from_bytes(page.encode(), "page.html").text.splitlines()


def test_numbers_of_lists_are_written_out() -> None:
    assert lines("<ol><li>甲<li>乙<ol type=a><li>丙</ol><li value=7>丁<li>戊</ol>") == ["1.甲", "2.乙", "a.丙", "7.丁", "8.戊"]
    assert lines("<ol start=17><li>甲<li>乙</ol>") == ["17.甲", "18.乙"]
    assert lines("<ol reversed><li>甲<li>乙</ol>") == ["2.甲", "1.乙"]
    assert lines("<ol type=I><li>甲<li>乙</ol><ul><li>丙</ul>") == ["I.甲", "II.乙", "• 丙"]
    assert lines('<ol style="list-style-type: cjk-ideographic"><li>总则<li>附则</ol>') == ["一、总则", "二、附则"]


def test_a_list_that_prints_its_own_numbers_gets_no_others() -> None:
    assert lines("<ol><li>（一）加强领导。<li>（二）抓好落实。</ol>") == ["（一）加强领导。", "（二）抓好落实。"]
    assert lines('<ol style="list-style:none"><li>加强领导。</ol>') == ["加强领导。"]


def test_a_number_does_not_run_into_the_year_after_it() -> None:
    assert lines("<ol><li>2025年底前完成。</ol>") == ["1. 2025年底前完成。"]


def test_tables_of_data_are_rows_and_tables_of_layout_are_not() -> None:
    head = "<tr><th rowspan=2>类别<th colspan=2>目标<tr><td>2020<td>2025"
    data = f"<table>{head}<tr><td rowspan=2>经济<td>1<td>2<tr><td>3<td>4</table>"
    assert lines(data) == ["类别\t目标\t", "类别\t2020\t2025", "经济\t1\t2", "经济\t3\t4"]
    layout = "<table><tr><td><p>一、加强领导。</p><p>二、抓好落实。</p></td></tr></table>"
    assert lines(layout) == ["一、加强领导。", "二、抓好落实。"]


def test_furniture_is_left_out() -> None:
    body = """<nav><a href=1>首页</a></nav><div class="crumbs">当前位置：<a href=1>首页</a></div>
    <div class="main-content"><h2>关于加强学会建设的通知</h2><p>各学会：</p><p>一、各学会应当健全制度，确保落实。</p>
    <div class="bdsharebuttonbox"><a href=#>微信</a><a href=#>微博</a></div></div>
    <div class="related"><h4>相关链接</h4><ul><li><a href=1>旧通知一</a><li><a href=2>旧通知二</a></ul></div>
    <script>document.write("脚本")</script><footer>版权所有</footer>"""
    assert lines(body) == ["关于加强学会建设的通知", "各学会：", "一、各学会应当健全制度，确保落实。"]


def test_a_title_printed_outside_the_text_is_put_before_it() -> None:
    prose = "<div id=zoom>" + "<p>各学会应当健全制度，确保各项任务落实。</p>" * 3 + "</div>"
    assert lines(prose, "<title>关于加强学会建设的通知_某省学会网</title>")[0] == "关于加强学会建设的通知"
    assert lines("<h1>关于加强学会建设的通知</h1>" + prose)[0] == "关于加强学会建设的通知"


def test_a_number_printed_outside_the_text_is_put_below_the_title() -> None:
    prose = "".join(f"<p>一、各单位要认真办理第{n}项工作，按时报告有关情况。</p>" for n in range(20))
    page = f"<nav><p>某发〔2003〕9号</p></nav><h1>某部关于登记工作的批复</h1><h2>某函〔2019〕112号</h2><div class=TRS_Editor>{prose}</div><table><tr><td>某发〔2001〕1号</table>"
    assert lines(page)[:2] == ["某部关于登记工作的批复", "某函〔2019〕112号"]
    shown = f"<h1>某部关于登记工作的批复</h1><div class=TRS_Editor><p>某函〔2019〕112号</p>{prose}</div>"
    assert [line for line in lines(shown) if "112号" in line] == ["某函〔2019〕112号"]


def test_attachments_are_kept_though_they_are_links() -> None:
    links = "<p>附件：<a href=1.doc>1.任务表</a> <a href=2.doc>2.名单</a> <a href=3.doc>3.回执</a></p>"
    assert lines("<p>各学会应当抓好落实，不得推诿。</p>" + links)[-1] == "附件：1.任务表 2.名单 3.回执"


@pytest.mark.parametrize("encoding", ["gb2312", "gbk", "gb18030", "utf-8", "utf-16", "big5"])
def test_encodings_of_pages(encoding: str) -> None:
    page = f"<html><head><meta charset={encoding}></head><body><p>各位同仁：一、保持安全，不得有失。</p></body></html>"
    document = read.from_bytes(page.encode(encoding), "page.html")
    assert document.text == "各位同仁：一、保持安全，不得有失。\n"


def test_a_web_archive() -> None:
    page = base64.encodebytes("<html><body><p>一、网页存档。</p></body></html>".encode())
    head = b'From: x\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="B"\r\n\r\n--B\r\n'
    part = b"Content-Type: text/html\r\nContent-Transfer-Encoding: base64\r\n\r\n"
    assert read.from_bytes(head + part + page + b"\r\n--B--\r\n", "page.mht").text == "一、网页存档。\n"


def test_nothing_is_fetched_and_no_entity_read(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("the network was used")

    monkeypatch.setattr(socket, "socket", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    page = """<!DOCTYPE html [<!ENTITY x SYSTEM "file:///etc/passwd">]><html><head><link rel=stylesheet href="http://x.invalid/a.css">
    <script src="http://x.invalid/a.js"></script></head><body><img src="http://x.invalid/a.png"><iframe src="http://x.invalid/"></iframe>
    <p>一、加强领导。&x;</p></body></html>"""
    text = read.from_bytes(page.encode(), "page.html").text
    assert "一、加强领导。" in text and "root:" not in text


@pytest.mark.parametrize("page", [
    "<div>" * 5000 + "<p>一、深处的文字。</p>", "<b>" * 100_000 + "一、深处的文字。",
    "<table>" * 3000 + "<tr><td>一、深处的文字。", "<html><script>" * 20_000 + "</script><p>一、深处的文字。",
    "<table><tr>" + "<td colspan=999999 rowspan=999999>一、深处的文字。" * 500,
])
def test_pages_made_to_exhaust_are_read_or_refused(page: str) -> None:
    try:
        document = read.from_bytes(page.encode(), "page.html")
    except ReadError:
        return
    assert "深处的文字" in document.text


def test_a_page_without_text_and_a_page_too_large() -> None:
    with pytest.raises(ReadError, match="without text"):
        read.from_bytes(b"<html><body><script>load()</script></body></html>", "page.html")
    with pytest.raises(ReadError, match="at most"):
        read.from_bytes(b"<html>" + b" " * limits.MAX_HTML_BYTES, "page.html")


def test_control_characters_are_replaced_with_a_note() -> None:
    document = read.from_bytes("<html><body><p>一、加\0强\x01领导。&#1;</p></body></html>".encode(), "page.html")
    assert document.text == "一、加 强 领导。 \n" or document.text == "一、加 强 领导。\n"
    assert "unfit-characters" in {note.code for note in document.notes}


@example(["<table>", "甲。", "</table>", "<a href=1>"])
@given(st.lists(st.sampled_from(["<p>", "</p>", "<div>", "</div>", "<table>", "</table>", "<tr>", "<td>", "<ol>", "</ol>", "<li>", "甲。", " ", "<br>", "<a href=1>", "</a>"]), max_size=60))
def test_any_nesting_gives_all_its_characters(pieces: list[str]) -> None:
    page = "<html><body>" + "".join(pieces) + "<p>末尾的文字，完。</p></body></html>"
    text = read.from_bytes(page.encode(), "page.html").text
    assert "末尾的文字，完。" in text


@pytest.mark.skipif(not PAGES.exists(), reason="needs ../shared/corpus/html")
@pytest.mark.parametrize("path", sorted(PAGES.glob("*.html")), ids=lambda path: path.stem)
def test_saved_pages_give_the_text_of_their_document(path: Path) -> None:
    def bare(text: str) -> str:
        return "".join(text.split())

    plain = read.from_path(path.parents[1] / f"{path.stem}.txt").text
    page = read.from_path(path).text
    if "\t" not in page:
        assert bare(page) == bare(plain)
        return
    pieces = {bare(cell) for line in page.splitlines() for cell in line.split("\t")}
    assert [piece for piece in pieces if piece not in bare(plain)] == []
    assert len(bare(page)) >= len(bare(plain))


def test_a_table_inside_a_cell_does_not_cost_the_outer_rows() -> None:
    inner = "<table><tr><td>建成区</td><td>郊区</td></tr><tr><td>40%</td><td>60%</td></tr></table>"
    rows = ("<tr><td>序号</td><td>指标</td><td>目标</td></tr>", f"<tr><td>1</td><td>绿地率{inner}</td><td>45%</td></tr>",
            "<tr><td>2</td><td>水质</td><td>90%</td></tr>")
    page = f"<html><body><p>各街道要完成下列指标。</p><table>{''.join(rows)}</table></body></html>"
    assert read.from_bytes(page.encode(), "a.html").text.splitlines()[1:] == [
        "序号\t指标\t目标", "1\t绿地率 建成区 郊区 40% 60%\t45%", "2\t水质\t90%",
    ]
    layout = f"<html><body><table><tr><td>各街道要完成下列指标。{inner}</td><td>右栏</td></tr></table></body></html>"
    assert "建成区\t郊区\n40%\t60%" in read.from_bytes(layout.encode(), "a.html").text
