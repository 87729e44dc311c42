"""PDF: text with its pages, ruled tables as rows, lines set in; locked, cut and scanned files named as such."""

from __future__ import annotations

import io
import zlib
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image
from reportlab.lib import pdfencrypt
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from nlp_reform import normalise, read
from nlp_reform.errors import ReadError
from nlp_reform.read import limits, ruled

FONT = "STSong-Light"
LONG = "各学会应当健全制度并且确保落实不得推诿拖延各学会应当健全制度"


def made(*pages: Callable[[Any], None], **options: Any) -> bytes:
    pdfmetrics.registerFont(UnicodeCIDFont(FONT))
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(595, 842), invariant=1, **options)
    for draw in pages:
        canvas.setFont(FONT, 12)
        draw(canvas)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def written(*lines: str, left: float = 92) -> Callable[[Any], None]:
    def draw(canvas: Any) -> None:
        for number, line in enumerate(lines):
            canvas.drawString(left, 750 - 21 * number, line)
    return draw


def table(rows: list[list[str]], top: float = 700, widths: tuple[float, ...] = (150, 80, 80), skip: frozenset[str] = frozenset()) -> Callable[[Any], None]:
    """Draw a ruled table; the upper edge of the cells named in `skip` is left out."""
    def draw(canvas: Any) -> None:
        canvas.drawString(92, top + 40, "附：主要指标")
        for number, row in enumerate(rows):
            x = 92.0
            for width, cell in zip(widths, row, strict=True):
                bottom = top - 20 * number
                if str(number) not in skip or x > 92:
                    canvas.line(x, bottom + 20, x + width, bottom + 20)
                canvas.line(x, bottom, x, bottom + 20)
                canvas.line(x + width, bottom, x + width, bottom + 20)
                canvas.drawString(x + 4, bottom + 5, cell)
                x += width
        canvas.line(92, top - 20 * (len(rows) - 1), 92 + sum(widths), top - 20 * (len(rows) - 1))
        canvas.drawString(92, top - 20 * len(rows) - 20, "表后的文字。")
    return draw


def test_pages_say_where_their_text_is() -> None:
    document = read.from_bytes(made(written("第一页的文字。"), written("第二页的文字。")), "plan.pdf")
    assert [document.text[page.start:page.end] for page in document.pages] == ["第一页的文字。\n", "第二页的文字。\n"]
    assert document.source.media_type == "application/pdf"


def test_ruled_tables_are_rows_in_their_place() -> None:
    rows = [["指标", "单位", "目标"], ["会员总数", "万人", "3"], ["覆盖率", "%", "95"]]
    lines = read.from_bytes(made(table(rows)), "plan.pdf").text.splitlines()
    assert lines == ["附：主要指标", "指标\t单位\t目标", "会员总数\t万人\t3", "覆盖率\t%\t95", "表后的文字。"]


def test_merged_cells_lead_each_of_their_rows() -> None:
    rows = [["类别", "指标", "目标"], ["经济", "产值", "5%"], ["", "就业", "3万人"]]
    lines = read.from_bytes(made(table(rows, skip=frozenset({"2"}))), "plan.pdf").text.splitlines()
    assert lines[1:4] == ["类别\t指标\t目标", "经济\t产值\t5%", "经济\t就业\t3万人"]


def test_a_frame_around_text_is_no_table() -> None:
    def framed(canvas: Any) -> None:
        written(LONG, LONG)(canvas)
        canvas.rect(80, 700, 450, 80)
        canvas.line(80, 690, 530, 690)
    assert "\t" not in read.from_bytes(made(framed), "plan.pdf").text


def test_lines_set_in_from_the_margin_begin_with_blanks() -> None:
    def page(canvas: Any) -> None:
        for number, (line, left) in enumerate([(LONG, 116), (LONG, 92), (LONG, 92), (LONG, 116), (LONG, 92)]):
            canvas.drawString(left, 700 - 21 * number, line)
    lines = read.from_bytes(made(page), "plan.pdf").text.splitlines()
    assert [line.startswith("\u3000\u3000") for line in lines] == [True, False, False, True, False]


def test_a_paragraph_that_ends_with_a_full_line_stays_apart() -> None:
    full = LONG[:29] + "。"

    def page(canvas: Any) -> None:
        for number, (line, left) in enumerate([("1.健全制度。" + LONG[:22], 116), (full, 92), ("2.抓好落实。" + LONG[:22], 116),
                                               (full, 92), ("各学会应当于年底报告。", 116), ("3.加强领导。" + LONG[:22], 116), (full, 92)]):
            canvas.drawString(left, 700 - 21 * number, line)
    document = read.from_bytes(made(page), "plan.pdf")
    assert "。\n各学会应当于年底报告" in normalise.find(document)["view"].text


def test_locked_files_are_named_and_merely_restricted_ones_read() -> None:
    page = written("一、加强领导。")
    with pytest.raises(ReadError, match="is encrypted"):
        read.from_bytes(made(page, encrypt=pdfencrypt.StandardEncryption("geheim", strength=128)), "plan.pdf")
    open_to_read = made(page, encrypt=pdfencrypt.StandardEncryption("", ownerPassword="x", strength=128))
    assert read.from_bytes(open_to_read, "plan.pdf").text == "一、加强领导。\n"


def test_cut_and_damaged_files_are_named() -> None:
    data = made(*[written(LONG)] * 5)
    for share in (0.1, 0.5, 0.9, 0.99):
        with pytest.raises(ReadError, match="cut short"):
            read.from_bytes(data[: int(len(data) * share)], "plan.pdf")
    with pytest.raises(ReadError, match="damaged or cut short"):
        read.from_bytes(b"%PDF-1.4\nrubbish\n%%EOF", "plan.pdf")
    assert read.from_bytes(data + b"\nsent by mail\n", "plan.pdf").pages[-1].number == 5


def test_a_scan_is_named_and_a_scanned_page_noted() -> None:
    def picture(canvas: Any) -> None:
        canvas.drawImage(ImageReader(Image.new("RGB", (40, 40), "white")), 92, 400, 200, 200)
    with pytest.raises(ReadError, match="scan without a text layer"):
        read.from_bytes(made(picture, picture), "plan.pdf")
    document = read.from_bytes(made(written(LONG, LONG), picture, written(LONG, LONG)), "plan.pdf")
    assert [(note.code, note.message[:7]) for note in document.notes] == [("scanned-pages", "page 2 ")]
    assert document.pages[1].end - document.pages[1].start == 1


def test_ten_thousand_pages_are_read_and_more_than_the_limit_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    data = made(*[written("一、加强领导。")] * 10_000)
    document = read.from_bytes(data, "plan.pdf")
    assert len(document.pages) == 10_000 and document.pages[-1].end == len(document.text)
    monkeypatch.setattr(limits, "MAX_PDF_PAGES", 9_999)
    with pytest.raises(ReadError, match="10,000 pages"):
        read.from_bytes(data, "plan.pdf")


def _packed(content: bytes, filters: str = "/FlateDecode") -> bytes:
    """Return a PDF of one page with this packed content."""
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R>>",
        b"<</Length %d/Filter%s>>stream\n%s\nendstream" % (len(content), filters.encode(), content),
    ]
    out = b"%PDF-1.4\n"
    places = []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj%sendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    return out + b"xref\n0 5\n0000000000 65535 f \n%strailer<</Size 5/Root 1 0 R>>startxref\n%d\n%%%%EOF" % (table, len(out))


@pytest.mark.parametrize("prefix", [b"", bytes(range(256)) * 200])
def test_streams_that_unpack_without_end_are_refused(prefix: bytes) -> None:
    content = zlib.compress(prefix + b" " * (60 << 20), 9)
    with pytest.raises(ReadError, match="far more than its size"):
        read.from_bytes(_packed(content), "plan.pdf")
    with pytest.raises(ReadError, match="far more than its size"):
        read.from_bytes(_packed(zlib.compress(content, 9), "[/FlateDecode /FlateDecode]"), "plan.pdf")


def test_time_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    ticks = iter(range(0, 10_000, 60))
    monkeypatch.setattr(limits.time, "monotonic", lambda: next(ticks))
    with pytest.raises(ReadError, match="takes more than"):
        read.from_bytes(made(*[written(LONG)] * 5), "plan.pdf")


def test_the_content_decides_and_not_the_name() -> None:
    assert read.from_bytes(made(written("一、加强领导。")), "plan.txt").source.media_type == "application/pdf"


@given(st.lists(st.integers(5, 30), min_size=2, max_size=5), st.lists(st.integers(30, 90), min_size=2, max_size=5))
@settings(max_examples=50)
def test_any_grid_is_found_as_drawn(heights: list[int], widths: list[int]) -> None:
    xs, ys = [50.0], [800.0]
    for width in widths:
        xs.append(xs[-1] + width)
    for height in heights:
        ys.append(ys[-1] - height - 10)
    strokes = [ruled.Stroke(xs[0], y, xs[-1], y) for y in ys] + [ruled.Stroke(x, ys[0], x, ys[-1]) for x in xs]
    (found,) = ruled.tables(strokes)
    assert (len(found.xs), len(found.ys)) == (len(xs), len(ys))
    assert [list(row) for row in found.owner] == [[(r, c) for c in range(len(widths))] for r in range(len(heights))]
    assert found.field((xs[0] + xs[1]) / 2, (ys[-1] + ys[-2]) / 2) == (len(heights) - 1, 0)
    assert found.field(xs[0] - 20, ys[0]) is None


def test_tables_agree_with_pdfplumber() -> None:
    import pdfplumber

    rows = [["指标", "单位", "目标"], ["会员总数", "万人", "3"], ["覆盖率", "%", "95"], ["期刊", "种", "8"]]
    data = made(table(rows))
    with pdfplumber.open(io.BytesIO(data)) as pdf:
        theirs = pdf.pages[0].extract_tables()
    ours = [line.split("\t") for line in read.from_bytes(data, "plan.pdf").text.splitlines() if "\t" in line]
    assert ours == theirs[0] == rows
