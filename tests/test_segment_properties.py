"""Whatever the text: a document comes out, spans nest, offsets are true, and reading twice gives the same."""

from __future__ import annotations

import re

from hypothesis import example, given, settings
from hypothesis import strategies as st

from nlp_reform import normalise, segment
from nlp_reform.model import Document, Source
from nlp_reform.pipeline import Pipeline, Stage

ABOUT = ("title", "issuer", "number", "date", "year", "genre", "period", "addressees")
PIPELINE = Pipeline(
    (
        Stage("normalise", ("view", "script"), ("text",), normalise.find),
        Stage("structure", ("blocks", "sections", "directives", "tables", "parts"), ("view",), segment.find_structure),
        Stage("sentences", ("sentences",), ("blocks",), segment.find_sentences),
        Stage("metadata", ABOUT, ("blocks",), segment.find_metadata),
    )
)
PIECES = [
    *[
        "一、",
        "二、",
        "三、",
        "(一)",
        "（二）",
        "1.",
        "2.",
        "３．",
        "10、",
        "①",
        "第一章 总则",
        "第二条 ",
        "一是",
        "二是",
        "第一，",
        "——",
        "• ",
        "2.3.1 ",
        "㈠",
        "(",
        "。",
        "!",
        "○",
    ],
    *[
        "完善制度。",
        "加强建设",
        "各部门要抓好落实；",
        "到2025年达到90%以上。",
        "各位代表：",
        "各位代表！",
        "附件",
        "附件：一览表",
        "目录",
        "国务院",
    ],
    *[
        "2018年11月7日",
        "国办发〔2018〕23号",
        "行(xíng)政",
        "6 000 人",
        "12",
        "- 3 -",
        "........ 4",
        "指标",
        "单位",
        "2020年",
        "関於資訊",
        "Next Article",
    ],
    *(
        "\n",
        "\n\n",
        "\r\n",
        "\r",
        "\t",
        " ",
        "\u3000\u3000",
        "\u2009",
        "\u200b",
        "\x0c",
        "\ue000",
        "\x00",
        "\ud800",
        "(cid:12)",
    ),
]
NAME = re.compile(r"[\w.-]+")
parts = st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=6)), max_size=60)
texts = st.one_of(st.text(), parts.map("".join))


def read(text: str) -> Document:
    return PIPELINE(Document("d", text, Source("d.txt", "text/plain", "utf-8", "")))


@given(texts)
@settings(max_examples=300, deadline=None)
def test_any_text_yields_a_document_whose_spans_are_true(text: str) -> None:
    document = read(text)
    assert document.text == text
    for block in document.blocks:
        assert 0 <= block.start <= block.body <= block.end <= len(document.view.text)
    for sentence in document.sentences:
        first, last = document.view.span(sentence.start, sentence.end)
        assert 0 <= first < last <= len(text)
    for item in (*document.sections, *document.directives):
        assert 0 <= item.start < item.end <= len(text)
        assert not text[item.end - 1].isspace()
        for start, end in item.duplicates:
            assert item.end <= start < end <= len(text)
    for directive in document.directives:
        assert text.startswith(directive.label, directive.start)


@given(texts)
@settings(max_examples=200, deadline=None)
def test_items_nest_and_never_cross(text: str) -> None:
    document = read(text)
    sections = {section.id: section for section in document.sections}
    directives = {directive.id: directive for directive in document.directives}
    assert len(sections) + len(directives) == len(document.sections) + len(document.directives)
    for section in document.sections:
        if section.parent is not None:
            parent = sections[section.parent]
            assert parent.start <= section.start and section.end <= parent.end
            assert section.level == parent.level + 1
    for directive in document.directives:
        if directive.section is not None:
            parent = sections[directive.section]
            assert parent.start <= directive.start and directive.end <= parent.end
    for before, after in zip(document.directives, document.directives[1:], strict=False):
        assert before.end <= after.start
    for name in (*sections, *directives):
        assert NAME.fullmatch(name)
    for layer in (document.blocks, document.sentences):
        for owned in layer:
            assert owned.section is None or owned.section in sections
            assert owned.directive is None or owned.directive in directives


@given(texts)
@settings(max_examples=100, deadline=None)
def test_reading_twice_is_identical(text: str) -> None:
    assert read(text) == read(text)


@given(texts)
@example("\r\ue000\r0")
@settings(max_examples=200, deadline=None)
def test_the_cleaned_copy_is_the_record_with_pieces_cut(text: str) -> None:
    view = read(text).view
    assert len(view.text) + sum(end - start for start, end in view.map.cuts) == len(text)
    assert "\r" not in view.text
    assert "\n\n" not in view.text
