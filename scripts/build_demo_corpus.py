"""Build the demo corpus from its gold, or check that what is committed is what would be built.

    scripts/build_demo_corpus.py            write raw/*.txt, the 2021 DOCX, HTML and PDF, and manifest.toml
    scripts/build_demo_corpus.py --check    write nothing; name what is stale and every slot that does not fit

`corpora/societies-demo/gold/YYYY.gold.txt` is the source of truth: a plain text is the gold without its marks,
and the other forms of 2021 are made from that text. Their dates are fixed, so the same libraries give the same
bytes; with other library versions DOCX and PDF may differ in bytes, which `--check` reports as a remark only.
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import html
import io
import sys
import zipfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Literal

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from nlp_reform.evaluate.inline import Mark, strip  # noqa: E402

CORPUS = ROOT / "corpora" / "societies-demo"
ISSUER = "云岭省学会联合会"
ISSUER_HANT = "雲嶺省學會聯合會"
PROVENANCE = "constructed for this project"
FIXED = datetime(2021, 3, 1, 9, 0, 0)
MEDIA = {".txt": "text/plain; charset=utf-8", ".html": "text/html; charset=utf-8", ".pdf": "application/pdf",
         ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document"}
SLOTS = ("indicator", "deadline", "baseline", "scope", "bearer", "condition", "exception")
FONT = "STSong-Light"
LINE, LEADING, MARGIN, TOP, BOTTOM = 34, 21.0, 92.0, 752.0, 92.0
CLOSING = "。，、；：！？）”》"
COLUMNS = (0, 190, 235, 310, 375, 420)

BlockKind = Literal["title", "section", "item", "paragraph", "table"]


@dataclass(frozen=True, slots=True)
class Block:
    """One paragraph of the text, its label apart; a table keeps its rows as lines with tabs."""

    kind: BlockKind
    label: str
    text: str


def blocks(text: str, marks: tuple[Mark, ...]) -> tuple[Block, ...]:
    """Cut a stripped text into blocks; the gold's item marks say what is a section and what an item."""
    labels = {mark.start: mark for mark in marks if mark.kind == "i"}
    found: list[Block] = []
    at = 0
    for paragraph in text.split("\n\n"):
        mark = labels.get(at)
        body = paragraph.strip("\n")
        if mark is not None:
            kind: BlockKind = "item" if mark.keys["directive"] == "yes" else "section"
            found.append(Block(kind, mark.text, body[len(mark.text):]))
        elif body:
            kind = "table" if "\t" in body else "paragraph" if found else "title"
            found.append(Block(kind, "", body))
        at += len(paragraph) + 2
    return tuple(found)


def cells(table: Block) -> list[list[str]]:
    """Return the rows of a table block."""
    return [line.split("\t") for line in table.text.split("\n")]


# --- HTML ---------------------------------------------------------------------------------------------------

HTML_HEAD = """<!DOCTYPE html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<title>{title}_通知公告_{issuer}</title>
<meta name="PubDate" content="2021-03-01">
</head>
<body>
<header><a href="/">{issuer}</a></header>
<nav><ul><li><a href="/">首页</a></li><li><a href="/xw/">工作动态</a></li><li><a href="/tz/">通知公告</a></li>
<li><a href="/hy/">会员之家</a></li><li><a href="/kp/">科普云</a></li></ul></nav>
<div class="crumbs">当前位置：<a href="/">首页</a> &gt; <a href="/tz/">通知公告</a></div>
<main><article>
<h1>{title}</h1>
<div class="info">发布时间：2021-03-01　来源：办公室　浏览次数：1024</div>
<div class="share"><button>分享到微信</button><button>分享到微博</button><button>打印本页</button></div>
"""
HTML_FOOT = """</article></main>
<aside class="related"><h4>相关链接</h4><ul>
<li><a href="/tz/1.html">关于报送2020年度学会年报的通知</a></li>
<li><a href="/tz/2.html">2021年省级科普基地申报问答</a></li>
<li><a href="/tz/3.html">3项团体标准公开征求意见</a></li>
</ul></aside>
<footer>版权所有：{issuer}　<a href="/map.html">网站地图</a></footer>
</body>
</html>
"""


def to_html(document: tuple[Block, ...], listed: str = "四、") -> bytes:
    """Return a web page with furniture around the text.

    The items of the section labelled `listed` stand in an `<ol>`, so their numbers are not in the text.
    """
    names = {"title": html.escape(document[0].text), "issuer": ISSUER}
    parts = [HTML_HEAD.format(**names)]
    inside = False
    section = ""
    for block in document[1:]:
        section = block.label if block.kind == "section" else section
        wanted = block.kind == "item" and section == listed
        if wanted and not inside:
            parts.append(f'<ol start="{block.label.rstrip(".")}">\n')
        elif inside and not wanted:
            parts.append("</ol>\n")
        inside = wanted
        parts.append(_html_block(block, inside))
    parts.append(HTML_FOOT.format(**names))
    return "".join(parts).encode("utf-8")


def _html_block(block: Block, listed: bool) -> str:
    text = html.escape(block.text)
    if block.kind == "section":
        return f"<h3>{block.label}{text}</h3>\n"
    if block.kind == "table":
        head, *rows = cells(block)
        lines = ["<table>", _html_row(head, "th"), *(_html_row(row, "td") for row in rows), "</table>\n"]
        return "\n".join(lines)
    return f"<li>{text}</li>\n" if listed else f"<p>{block.label}{text}</p>\n"


def _html_row(row: list[str], tag: str) -> str:
    return "<tr>" + "".join(f"<{tag}>{html.escape(cell)}</{tag}>" for cell in row) + "</tr>"


# --- DOCX ---------------------------------------------------------------------------------------------------

NUMBERING = """<w:abstractNum {ns} w:abstractNumId="91"><w:multiLevelType w:val="singleLevel"/>
<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/><w:lvlJc w:val="left"/>
<w:pPr><w:ind w:left="0" w:firstLine="420"/></w:pPr></w:lvl></w:abstractNum>"""
NUMBER = '<w:num {ns} w:numId="91"><w:abstractNumId w:val="91"/></w:num>'
PROPERTIES = '<w:numPr {ns}><w:ilvl w:val="0"/><w:numId w:val="91"/></w:numPr>'


def to_docx(document: tuple[Block, ...]) -> bytes:
    """Return a Word file: items are numbered by a numbering definition, the table is a real one."""
    import docx
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls

    ns = nsdecls("w")
    word = docx.Document()
    numbering = word.part.numbering_part.element
    numbering.insert(0, parse_xml(NUMBERING.format(ns=ns)))
    numbering.append(parse_xml(NUMBER.format(ns=ns)))
    for block in document:
        if block.kind == "table":
            _docx_table(word, block)
        elif block.kind in ("title", "section"):
            word.add_heading(block.label + block.text, level=0 if block.kind == "title" else 1)
        else:
            paragraph = word.add_paragraph(block.text)
            if block.kind == "item":
                paragraph._p.get_or_add_pPr().append(parse_xml(PROPERTIES.format(ns=ns)))
    _docx_properties(word.core_properties, document[0].text)
    out = io.BytesIO()
    word.save(out)
    return rezip(out.getvalue())


def _docx_table(word: Any, block: Block) -> None:
    rows = cells(block)
    table = word.add_table(rows=len(rows), cols=len(rows[0]), style="Table Grid")
    for line, row in zip(table.rows, rows, strict=True):
        for cell, text in zip(line.cells, row, strict=True):
            cell.text = text


def _docx_properties(core: Any, title: str) -> None:
    core.title, core.author, core.last_modified_by, core.comments = title, PROVENANCE, PROVENANCE, ""
    core.created = core.modified = FIXED
    core.revision = 1


def rezip(raw: bytes) -> bytes:
    """Return the same ZIP archive with every member dated `FIXED`."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(raw)) as old, zipfile.ZipFile(out, "w", compresslevel=6) as new:
        for name in old.namelist():
            member = zipfile.ZipInfo(name, FIXED.timetuple()[:6])
            member.compress_type = zipfile.ZIP_DEFLATED
            member.create_system = 0
            new.writestr(member, old.read(name))
    return out.getvalue()


# --- PDF ----------------------------------------------------------------------------------------------------


def to_pdf(document: tuple[Block, ...]) -> bytes:
    """Return a PDF with hard-wrapped lines, a running head and page numbers; its font is not embedded."""
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont
    from reportlab.pdfgen.canvas import Canvas

    pdfmetrics.registerFont(UnicodeCIDFont(FONT))
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(595.0, 842.0), invariant=1)
    canvas.setTitle(document[0].text)
    canvas.setAuthor(PROVENANCE)
    page, y = 1, TOP
    _furniture(canvas, page)
    for block in document:
        for draw in _drawings(block):
            if y < BOTTOM:
                canvas.showPage()
                page, y = page + 1, TOP
                _furniture(canvas, page)
            draw(canvas, y)
            y -= LEADING
    canvas.save()
    return out.getvalue()


def _furniture(canvas: Any, page: int) -> None:
    canvas.setFont(FONT, 9)
    canvas.drawString(MARGIN, 796, f"{ISSUER}文件")
    canvas.line(MARGIN, 790, 595 - MARGIN, 790)
    canvas.drawCentredString(297.5, 48, f"— {page} —")
    canvas.setFont(FONT, 12)


def _drawings(block: Block) -> Iterator[Callable[[Any, float], None]]:
    """Yield one drawing for each printed line of a block."""
    if block.kind == "table":
        for row in cells(block):
            yield _row_drawing(row)
        return
    for n, line in enumerate(wrap(block.label + block.text)):
        yield _line_drawing(line, n == 0, block.kind == "title")


def _line_drawing(line: str, first: bool, centred: bool) -> Callable[[Any, float], None]:
    def draw(canvas: Any, y: float) -> None:
        if centred:
            canvas.drawCentredString(297.5, y, line)
        else:
            canvas.drawString(MARGIN + (24 if first else 0), y, line)
    return draw


def _row_drawing(row: list[str]) -> Callable[[Any, float], None]:
    def draw(canvas: Any, y: float) -> None:
        base = y - 6
        for left, right, cell in zip(COLUMNS[:-1], COLUMNS[1:], row, strict=True):
            canvas.rect(MARGIN + left, base, right - left, LEADING)
            canvas.setFont(FONT, 10)
            canvas.drawString(MARGIN + left + 4, y, cell)
        canvas.setFont(FONT, 12)
    return draw


def wrap(text: str) -> list[str]:
    """Break a paragraph after `LINE` ems (ASCII counts half, the first line is indented by two)."""
    lines, line, width = [], "", 2.0
    for char in text:
        size = 0.5 if char.isascii() else 1.0
        if width + size > LINE and char not in CLOSING:
            lines.append(line)
            line, width = "", 0.0
        line += char
        width += size
    return [*lines, line]


# --- corpus -------------------------------------------------------------------------------------------------


def gold_files() -> list[Path]:
    """Return the marked texts in order of their years."""
    return sorted((CORPUS / "gold").glob("*.gold.txt"))


def load(path: Path) -> tuple[str, tuple[Mark, ...]]:
    """Return text and marks of one gold file."""
    return strip(path.read_bytes().decode("utf-8"), path.name)


def build() -> dict[str, bytes]:
    """Return every generated document: path inside the corpus → bytes."""
    made: dict[str, bytes] = {}
    for path in gold_files():
        name = path.name.removesuffix(".gold.txt")
        text, marks = load(path)
        made[f"raw/{name}.txt"] = text.encode("utf-8")
        if name == "2021":
            document = blocks(text, marks)
            made |= {"raw/2021.docx": to_docx(document), "raw/2021.html": to_html(document),
                     "raw/2021.pdf": to_pdf(document)}
    return made


def manifest(files: Mapping[str, bytes]) -> str:
    """Return the manifest of the corpus over these raw files."""
    lines = ['name = "societies-demo"', 'title = "学会改革工作要点（示例语料）"', 'language = "zh"',
             f'provenance = "{PROVENANCE}"', 'license = "MIT"', 'gold = "gold"', 'alignment = "gold/alignment.csv"',
             'outcomes = "gold/outcomes.csv"', 'built_by = "scripts/build_demo_corpus.py"']
    for path in gold_files():
        year = path.name.removesuffix(".gold.txt")
        text = files[f"raw/{year}.txt"].decode("utf-8")
        hant = ISSUER_HANT in text
        title = next(line for line in text.split("\n") if line.startswith((ISSUER, ISSUER_HANT)))
        lines += ["", "[[documents]]", f'id = "{year}"', f'title = "{title}"', f"year = {year}",
                  f'issuer = "{ISSUER_HANT if hant else ISSUER}"', f'script = "{"hant" if hant else "hans"}"',
                  f'gold = "gold/{path.name}"', f'provenance = "{PROVENANCE}"']
        own = [name for name in files if Path(name).stem == year]
        for name in sorted(own, key=lambda n: (not n.endswith(".txt"), n)):
            digest = hashlib.sha256(files[name]).hexdigest()
            lines += ["", "[[documents.files]]", f'path = "{name}"', f'media_type = "{MEDIA[Path(name).suffix]}"',
                      f'sha256 = "{digest}"']
    return "\n".join(lines) + "\n"


def write() -> None:
    """Write raw files and manifest."""
    made = build()
    for name, raw in made.items():
        target = CORPUS / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(raw)
    (CORPUS / "manifest.toml").write_bytes(manifest(made).encode("utf-8"))


# --- check --------------------------------------------------------------------------------------------------


def wrong_slots(path: Path) -> Iterator[str]:
    """Yield every mark outside a sentence and every slot whose text does not stand in its mark's sentence."""
    text, marks = load(path)
    sentences = [mark for mark in marks if mark.kind == "s"]
    for mark in marks:
        if mark.kind == "s":
            continue
        own = next((s for s in sentences if s.start <= mark.start and mark.end <= s.end), None)
        if own is None:
            yield f"{path.name}:{mark.line}: {mark.text!r} stands in no sentence"
            continue
        for slot in SLOTS:
            if mark.keys.get(slot, "") not in own.text:
                yield f"{path.name}:{mark.line}: {slot} {mark.keys[slot]!r} is not in the sentence of {mark.text!r}"
        if mark.keys.get("deadline_elsewhere", "") not in text[:mark.start]:
            yield f"{path.name}:{mark.line}: deadline_elsewhere of {mark.text!r} does not stand before it"


def directive_labels() -> dict[str, list[str]]:
    """Return the labels of each year's directives."""
    return {path.name.removesuffix(".gold.txt"): [m.text for m in load(path)[1] if m.keys.get("directive") == "yes"]
            for path in gold_files()}


def wrong_alignment() -> Iterator[str]:
    """Yield alignment rows that name no directive, and directives that a pair of years leaves out."""
    labels = directive_labels()
    known = {f"{year}:{label}" for year, own in labels.items() for label in own}
    with (CORPUS / "gold/alignment.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    for side, years in (("before", sorted(labels)[:-1]), ("after", sorted(labels)[1:])):
        named = {row[side] for row in rows if row[side]}
        yield from (f"alignment.csv: no directive {name}" for name in sorted(named - known))
        wanted = {name for name in known if name[:4] in years}
        yield from (f"alignment.csv: {name} is not in column {side}" for name in sorted(wanted - named))


def wrong_outcomes() -> Iterator[str]:
    """Yield outcome rows whose printed numbers are not marked as target and as achieved."""
    marked = {path.name[:4]: [m for m in load(path)[1] if m.kind == "q"] for path in gold_files()}
    with (CORPUS / "gold/outcomes.csv").open(encoding="utf-8", newline="") as file:
        for number, row in enumerate(csv.DictReader(file), 2):
            for side in ("target", "achieved"):
                found = [m for m in marked[row[f"{side}_year"]] if m.text == row[side] and m.keys["role"] == side]
                if not found:
                    yield f"outcomes.csv:{number}: no {side} {row[side]} in {row[f'{side}_year']}"


def check() -> int:
    """Compare the committed corpus with a rebuild; return the number of faults, all of them printed."""
    faults: list[str] = [fault for path in gold_files() for fault in wrong_slots(path)]
    faults += [*wrong_alignment(), *wrong_outcomes()]
    made = build()
    there = {name: (CORPUS / name).read_bytes() for name in made if (CORPUS / name).is_file()}
    faults += [f"{name}: missing" for name in made if name not in there]
    for name, raw in there.items():
        if raw != made[name] and name.endswith((".docx", ".pdf")):
            print(f"remark: {name}: other bytes than a rebuild here (other library versions?)")
        elif raw != made[name]:
            faults.append(f"{name}: stale, run scripts/build_demo_corpus.py")
    committed = CORPUS / "manifest.toml"
    if not committed.is_file() or committed.read_bytes().decode("utf-8") != manifest({**made, **there}):
        faults.append("manifest.toml: stale, run scripts/build_demo_corpus.py")
    for fault in faults:
        print(fault, file=sys.stderr)
    return len(faults)


def main() -> None:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true", help="write nothing, compare")
    if parser.parse_args().check:
        raise SystemExit(1 if check() else 0)
    write()


if __name__ == "__main__":
    main()
