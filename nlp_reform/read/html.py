"""Web pages: the text of the document, without what stands around it. Nothing is fetched, no script is run."""

from __future__ import annotations

import re
from html import unescape
from typing import TYPE_CHECKING

from nlp_reform.errors import ReadError
from nlp_reform.model import Note
from nlp_reform.prepared import compiled
from nlp_reform.read import flow, limits, markup, plain
from nlp_reform.read.reading import Reading, one_line, without

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_CHARSET = re.compile(
    rb"""<(?:meta\b[^>]{0,200}?charset\s*=\s*|\?xml[^>]{0,80}?encoding\s*=\s*)["']?\s*([\w.:-]{2,24})""", re.I
)
_TAG = compiled(r"</?([a-z][a-z0-9:]*)[^<>]*>", re.I)
_BLOCK = compiled("p|div|h[1-6]|li|tr|td|th|br|table|section|article|ul|ol|title", re.I)
_UNFIT = compiled("[\0-\x08\x0b\x0e-\x1f\x7f\ufffe\uffff\ud800-\udfff]")
_WIDER = {"gb2312": "gb18030", "gbk": "gb18030", "x-gbk": "gb18030", "gb_2312-80": "gb18030", "big5": "big5hkscs",
          "big5-hkscs": "big5hkscs"}
_TITLE_PARTS = compiled(r"\s*[_|｜]\s*|\s+[-–—]+\s+")
_BLANKS = compiled(r"\s+")
_SHORTEST_TITLE, _HEAD = 6, 3000


def read(data: bytes, name: str) -> Reading:
    """Read a saved page: paragraphs as lines, `<ol>` numbers written out, tables as rows of tab-separated cells.

    Navigation, toolbars, share buttons and related links are left out. Raises `ReadError` for a page too large
    or without text.
    """
    limits.check_size(len(data), name, limits.MAX_HTML_BYTES)
    clock = limits.Clock(name)
    text, encoding = _decode(data, name)
    lines, notes = _lines(text, name, clock)
    record = "\n".join(lines).strip("\n")
    if not record.strip():
        raise ReadError(f"{name}: a web page without text (a script may load it); save it as the browser shows it")
    return Reading(record + "\n", "text/html", encoding, (), notes)


def read_archive(data: bytes, name: str) -> Reading:
    """Read the page in a web archive (.mht); raises `ReadError` when it holds none."""
    import email
    import email.policy

    limits.check_size(len(data), name, limits.MAX_HTML_BYTES)
    message = email.message_from_bytes(data, policy=email.policy.compat32)
    for part in message.walk():
        if part.get_content_type() in ("text/html", "application/xhtml+xml"):
            page = part.get_payload(decode=True)
            if isinstance(page, bytes) and page.strip():
                return read(page, name)._replace(media_type="multipart/related")
    raise ReadError(f"{name}: a web archive without a page in it; save the page as .html")


def _decode(data: bytes, name: str) -> tuple[str, str]:
    """Decode as valid UTF-8 or by the byte order mark, else as the page declares if that fits, else by how it reads."""
    if not data.startswith((b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf")):
        try:
            return data.decode("utf-8"), "utf-8"
        except UnicodeDecodeError:
            pass
        declared = _CHARSET.search(data[:8192])
        encoding = declared.group(1).decode("ascii", "replace").lower() if declared else ""
        encoding = _WIDER.get(encoding, encoding)
        if encoding in _WIDER.values():
            try:
                return data.decode(encoding), encoding
            except UnicodeDecodeError:
                pass
    return plain.decode(data, name)


def _lines(text: str, name: str, clock: limits.Clock) -> tuple[list[str], tuple[Note, ...]]:
    clean, unfit = _UNFIT.subn(" ", text)
    notes = (_note("unfit-characters", f"{unfit} control characters were replaced by blanks"),) if unfit else ()
    clean = one_line(clean)
    root, whole = _parsed(clean, name)
    if not whole:
        return _flat(clean), (*notes, _note("page-flattened", "nested too deeply: all its text is read, plainly"))
    clock.check()
    page = markup.Page(root)
    content = page.content()
    clock.check()
    lines = _without_related(flow.Writer(page.dropped, clock).write(content))
    title = _missing_title(page.titles(content), lines)
    if title:
        lines.insert(0, title)
    number = page.number(content)
    if number and _BLANKS.sub("", number) not in _BLANKS.sub("", "".join(lines)[:_HEAD]):
        lines.insert(1, number)
    return lines, notes


def _note(code: str, message: str) -> Note:
    return Note(code, "warning", None, None, message)


def _flat(text: str) -> list[str]:
    """Return the lines of a page that is nested too deeply for a tree: all its text, a line a block."""
    for begins, ends in (("<!--", "-->"), ("<script", "</script>"), ("<style", "</style>")):
        text = without(text, begins, ends)
    text = _TAG.sub(lambda match: "\n" if _BLOCK.fullmatch(match.group(1)) else "", text)
    return [line for piece in unescape(text).split("\n") if (line := " ".join(piece.split(" ")).strip())]


def _parsed(text: str, name: str) -> tuple[HtmlElement, bool]:
    """Return the root of a page and whether all of it was parsed; the parser has no access to the network."""
    from lxml import etree, html

    if text.count("<") > 2 * limits.MAX_TAGS:
        raise ReadError(f"{name}: has more than {limits.MAX_TAGS:,} elements; save its text as .txt")
    parser = html.HTMLParser(no_network=True, remove_comments=True, remove_pis=True, huge_tree=True, encoding="utf-8")
    try:
        root = html.document_fromstring(text.encode("utf-8"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        raise ReadError(f"{name}: a web page without text; save it again from the browser") from error
    return root, not any("RESOURCE_LIMIT" in entry.type_name for entry in parser.error_log)


def _without_related(lines: list[str]) -> list[str]:
    """Leave out a heading over links that were left out: it ends the text."""
    while lines and (not lines[-1].strip() or markup.is_related(lines[-1])):
        lines.pop()
    return lines


def _missing_title(titles: list[str], lines: list[str]) -> str:
    """Return the page's title when the text does not print it near its start."""
    head = _BLANKS.sub("", "".join(lines)[:_HEAD])
    for title in titles:
        part = max(_TITLE_PARTS.split(title), key=len).strip() if title != titles[0] or "_" in title else title
        bare = _BLANKS.sub("", part)
        if len(bare) >= _SHORTEST_TITLE:
            return "" if bare in head else part
    return ""
