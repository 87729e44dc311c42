"""What must hold of every document and every output, whatever the text; shared by property tests and the fuzzer."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from functools import cache
from typing import Any

from lxml import etree

from nlp_reform import align, graph
from nlp_reform.export import TABLES, render
from nlp_reform.jsonable import LAYERS, to_dict
from nlp_reform.model import Document
from nlp_reform.pipeline import Pipeline, standard

NAME = re.compile(r"[\w.-]+")
HOSTILE = (
    "一、", "二、", "(一)", "（二）", "1.", "2.", "３．", "①", "第一章 总则", "第二条 ", "一是", "第一，", "——", "• ", "2.3.1 ",
    "完善制度。", "加强建设", "各部门要抓好落实；", "到2025年达到90%以上。", "不得", "应当", "必须", "鼓励", "可以", "力争", "原则上",
    "由发展改革委牵头", "（市教育局、市财政局负责）", "责任单位：", "除外", "的，", "如", "各位代表：", "附件：一览表", "目录", "国务院",
    "增长8.5%左右", "从3万人增至5万人", "不低于", "不超过", "12345678901234567890", "十", "百", "千", "万", "亿", "零", "〇", "两", "半",
    "1/3", "三分之一", "百分之", "1～2", "1-", "-1", "1,000", "1．5", "%", "‰", "万元", "公顷", "平方公里", "2018年11月7日",
    "国办发〔2018〕23号", "《关于印发", "的通知》", "《", "》", "“", "”", "〔", "〕", "(", ")", "（", "）", "[", "]", "{", "}", "<b>",
    "</b>", "<script>", "&amp;", "&", "]]>", "<!--", "=SUM(A1)", "+1", "@x", "'", '"', ",", "|", "\\", "关于資訊", "臺灣", "発", "後",
    "\n", "\n\n", "\r\n", "\r", "\t", " ", "\u3000\u3000", "\u2009", "\u200b", "\x0c", "\x1b", "\x7f", "\x85", "\u2028", "\ue000", "\x00",
    "\ud800", "\udc00", "\ufffe", "\uffff", "\ufeff", "\u202e", "\u202d", "\u2067", "\u2069", "\u200f", "\u200d", "\u0301", "\u20dd",
    "\ufe0f", "\U00020bb7", "\U0002a6a5", "\U0003106c", "\U000e0100", "👨‍👩‍👧", "ﷺ", "İ", "ß", "ǅ", "²", "½", "Ⅻ", "㍿", "㈠", "⑳", "٣", "۵", "๓",
)
"""Pieces from which texts are made: markers, cues, numbers, brackets, markup, and characters that trip programs."""


@cache
def pipeline() -> Pipeline:
    """The whole pipeline with the two smallest codebooks."""
    return standard(("societies", "instruments"))


def check_document(document: Document) -> None:
    """Spans are true and inside, ids are names of their own, references lead somewhere, layers are in text order."""
    length = len(document.text)
    for layer in ("addressees", "parts", *LAYERS):
        for item in _records(getattr(document, layer)):
            start, end = getattr(item, "start", None), getattr(item, "end", None)
            if start is None or end is None:
                continue
            assert 0 <= start <= end <= length, (layer, item)
            if isinstance(getattr(item, "text", None), str):
                assert document.text[start:end] == item.text, (layer, item)
    for layer in ("sections", "directives", "statements", "obligations", "quantities", "targets"):
        ids = [item.id for item in getattr(document, layer)]
        assert len(set(ids)) == len(ids), (layer, ids)
        assert all(map(NAME.fullmatch, ids)), (layer, ids)
    _check_references(document)
    for layer in ("directives", "statements", "quantities", "references"):
        places = [item.start for item in getattr(document, layer)]
        assert places == sorted(places), (layer, places)
    for one, other in zip(document.directives, document.directives[1:], strict=False):
        assert one.end <= other.start, (one, other)


def _check_references(document: Document) -> None:
    sections = {item.id for item in document.sections}
    directives = {item.id for item in document.directives}
    statements = {item.id for item in document.statements}
    quantities = {item.id for item in document.quantities}
    for layer in ("statements", "obligations", "assignments", "quantities", "targets", "themes"):
        for item in getattr(document, layer):
            assert item.directive is None or item.directive in directives, (layer, item)
    assert all(item.section is None or item.section in sections for item in document.directives)
    assert all(item.parent is None or item.parent in sections for item in document.sections)
    assert all(item.statement in statements for item in document.obligations)
    assert all(item.quantity is None or item.quantity in quantities for item in document.targets)


def check_outputs(document: Document) -> None:
    """Every format can be read back: JSON with the contract's values, CSV without formulas, XML well formed."""
    record = to_dict(document)
    assert json.loads(json.dumps(record, ensure_ascii=False).encode("utf-8")) == json.loads(json.dumps(record))
    assert json.loads(render([document], "jsonl")) == json.loads(json.dumps(record))
    render([document], "text").encode("utf-8")
    for table in TABLES:
        written = render([document], "csv", table=table)
        written.encode("utf-8")
        found = list(csv.reader(io.StringIO(written, newline="")))
        assert len({len(row) for row in found if row}) <= 1, table
        for row in found[1:]:
            assert not any(cell != "=" and cell.startswith(("=", "+", "-", "@", "\t", "\r")) and not _number(cell)
                           for cell in row), (table, row)


GRAPHS = ("graphml", "gexf", "cytoscape", "dot", "turtle")


def check_graph(document: Document, formats: tuple[str, ...] = GRAPHS) -> None:
    """The graph is written in every format, XML well formed."""
    from nlp_reform.export.graphs import graph_format, graph_formats

    flat = graph.flatten(graph.build([document]))
    for name in formats:
        if name not in graph_formats():
            continue
        content = graph_format(name).render(flat)
        if name in ("graphml", "gexf") and isinstance(content, str | bytes):
            etree.fromstring(content if isinstance(content, bytes) else content.encode("utf-8"))


def check_comparison(before: Document, after: Document) -> None:
    """A comparison cites only what is there, and can be shown in every format that is text."""
    from nlp_reform.export.comparison import render_comparison

    found = align.compare(before, after)
    record = found.to_dict()
    json.dumps(record, ensure_ascii=False).encode("utf-8")
    for item in record["items"]:
        for side, document in (("before", before), ("after", after)):
            for place in item[side]:
                assert 0 <= place["start"] <= place["end"] <= len(document.text)
    for name in ("text", "json", "csv", "markdown", "html", "redline"):
        render_comparison(found, name).encode("utf-8")


def _records(value: Any) -> Iterator[Any]:
    if is_dataclass(value):
        yield value
        for field in fields(value):
            yield from _records(getattr(value, field.name))
    elif isinstance(value, tuple | list):
        for item in value:
            yield from _records(item)


def _number(cell: str) -> bool:
    return re.fullmatch(r"[-+]?\d+(\.\d+)?(e[-+]?\d+)?", cell) is not None
