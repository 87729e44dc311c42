"""The pages without a browser: whole text, right places, nothing fetched, nothing of a text that runs."""

from __future__ import annotations

import ast
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from view_examples import EVIL, FIRST, SECOND, hostile, years

import nlp_reform
from nlp_reform import align
from nlp_reform.errors import ReformError
from nlp_reform.model import Document, Page, Quantity, Reference, Source, Statement
from nlp_reform.view.fulltext import Anchors, blocks, find_marks, render
from nlp_reform.view.pages import explorer, report
from nlp_reform.view.tallies import directive_rows, doubt_rows, figure_rows
from nlp_reform.view.words import LANGUAGES, Words, _labels, language

PACKAGE = Path(nlp_reform.__file__).parent
VOID = {"meta", "img", "br", "link", "input", "path", "circle", "use", "rect", "col", "hr"}


class Reader(HTMLParser):
    """Reads a page: elements with their attributes, nesting checked, text by the class of what holds it."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[tuple[str, str]] = []
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.record: list[str] = []
        self.text: list[str] = []
        self.feed(page)
        self.close()
        assert not self.open

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        self.elements.append((tag, found))
        if tag not in VOID:
            self.open.append((tag, found.get("class") or ""))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        if tag not in VOID:
            opened, _ = self.open.pop()
            assert opened == tag, (opened, tag)

    def handle_data(self, data: str) -> None:
        if not any(tag in ("script", "style") for tag, _ in self.open):
            self.text.append(data)
        if any(name == "record" for _, name in self.open):
            self.record.append(data)


def history(documents: tuple[Document, ...]) -> align.History:
    return align.track(documents)


@pytest.fixture(scope="module")
def page() -> str:
    return report(years(), history(years()), "zh")


def test_the_text_of_record_stands_in_the_page_whole(page: str) -> None:
    assert "".join(Reader(page).record) == FIRST + SECOND


def test_every_link_leads_somewhere_and_no_anchor_twice(page: str) -> None:
    elements = Reader(page).elements
    ids = [found["id"] for _, found in elements if found.get("id")]
    assert len(ids) == len(set(ids))
    links = [str(found["href"])[1:] for tag, found in elements if tag == "a"]
    assert len(links) > 60
    assert set(links) <= set(ids)


def test_nothing_is_fetched(page: str) -> None:
    for tag, found in Reader(page).elements:
        for name, value in found.items():
            if name in ("src", "href", "action", "data", "poster", "srcset"):
                assert (value or "").startswith("#"), (tag, name, value)
    outside = re.sub(r'xmlns(:\w+)?="[^"]*"|<rdf:|<cc:', "", page)
    assert not re.findall(r"url\((?!#)|@import|https?://(?!www\.w3\.org|purl\.org|creativecommons\.org)", outside)


def test_a_row_names_page_offset_and_sentence() -> None:
    first = years()[0]
    row = next(row for row in figure_rows(0, first, Words("en")) if row.value == "≥ 12场")
    at = FIRST.index("12场")
    assert row.place.page == 2 and FIRST[row.place.offset:].startswith(("12场", "不少于12场"))
    assert abs(row.place.offset - at) <= 3
    anchor = int(row.place.anchor.removeprefix("s0-"))
    assert FIRST[anchor:].startswith("全年应当举办")
    assert row.role == "target" and "学术活动" in row.sentence


def test_directives_carry_strength_actor_and_targets() -> None:
    rows = {row.label: row for row in directive_rows(1, years()[1], Words("zh"))}
    assert rows["1."].strength == 5 and rows["1."].modality == "obligation"
    assert "组织部" in rows["2."].actors and rows["2."].targets == 1
    assert rows["3."].section.startswith("二、")


def test_doubts_are_told_in_the_language_and_lead_to_their_place() -> None:
    document = nlp_reform.extract("一、工作任务\n1.优化结构。新建学校若干所。\n2.完善制度。\n4.总结经验。\n")
    chinese = {row.said: row for row in doubt_rows(4, document, Words("zh"))}
    assert chinese["概数，未取值"].printed.startswith("若干") and chinese["概数，未取值"].anchor.startswith("s4-")
    assert "编号有缺" in chinese and not any(said.isascii() for said in chinese)
    assert "vague amount, not valued" in {row.said for row in doubt_rows(4, document, Words("en"))}


def test_every_kind_of_note_has_its_label() -> None:
    named = set()
    for file in PACKAGE.rglob("*.py"):
        for call in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(call, ast.Call) and call.args and isinstance(call.args[0], ast.Constant):
                name = getattr(call.func, "id", getattr(call.func, "attr", ""))
                if name in ("Note", "_note", "note", "Doubt"):
                    named.add(call.args[0].value)
    assert len(named) > 20
    assert named <= set(Words("zh").group("doubt"))


def test_changes_and_threads_are_told_in_words(page: str) -> None:
    text = "".join(Reader(page).text)
    assert "2019" in text and "加强" in text and "首次提出" in text
    assert re.search(r"<del>[^<]*2万人[^<]*</del><ins>[^<]*3万人", page)


def test_a_verdict_gives_its_reason_in_the_language() -> None:
    plans = [nlp_reform.extract(f"{year}年工作要点\n一、任务\n1.壮大队伍。{duty}\n2.完善制度。加强管理。\n")
             for year, duty in ((2019, "会员总数达到9万人。"), (2020, "2019年会员总数达到8万人。今年会员总数达到10万人。"))]
    texts = ["".join(Reader(report(plans, align.track(plans), lang)).text) for lang in LANGUAGES]
    assert "目标 9万人，实际 8万人，未达到" in texts[0]
    assert "8万人 against 9万人" in texts[1]


def test_one_document_has_no_comparison() -> None:
    page = report(years()[:1], None, "en")
    sections = [found["id"] for tag, found in Reader(page).elements if tag == "section"]
    assert sections == ["summary", "charts", "graph", "figures", "directives", "text"]


def test_a_document_with_nothing_in_it() -> None:
    empty = Document("empty", "无。", Source("e.txt", "text/plain", "utf-8", "0"))
    assert "".join(Reader(report([empty], None, "en")).record) == "无。"
    assert "".join(Reader(explorer([empty], "zh")).record) == "无。"


def test_documents_stand_in_order_of_their_years() -> None:
    first, second = years()
    page = report([second, first], history((second, first)), "en")
    assert "".join(Reader(page).record) == FIRST + SECOND


@pytest.mark.parametrize("lang", LANGUAGES)
def test_hostile_text_is_text_in_every_field(lang: str) -> None:
    documents = hostile()
    for page in (report(documents, history(documents), lang), explorer(documents, lang)):
        reader = Reader(page)
        assert "".join(reader.record) == documents[0].text + documents[1].text
        assert not [tag for tag, _ in reader.elements if tag in ("img", "b") and tag != "b"]
        names = {name for _, found in reader.elements for name in found}
        assert not [name for name in names if name.startswith("on")]
        scripts = [found.get("type") for tag, found in reader.elements if tag == "script"]
        assert scripts.count("application/json") == 2 and scripts.count("text/plain") == 1 and len(scripts) == 6
        assert "window.hacked=1</script>" not in page and "{{7*7}}" in page and "49" not in reader.text[0]


def test_the_hostile_documents_are_hostile_where_it_counts() -> None:
    page = "".join(Reader(report(hostile(), history(hostile()), "en")).text)
    assert page.count(EVIL) > 40


def test_labels_are_there_in_both_languages_and_alike() -> None:
    for group, entries in _labels().items():
        for name, pair in entries.items():
            assert len(pair) == 2 and all(pair), (group, name)
            assert set(re.findall(r"\{\w+\}", pair[0])) == set(re.findall(r"\{\w+\}", pair[1])), (group, name)


def test_the_language_comes_from_the_locale(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    assert language() == "en"
    monkeypatch.setenv("LANG", "zh_CN.UTF-8")
    assert language() == "zh" and language("en") == "en"
    with pytest.raises(ReformError, match="no language 'fr'"):
        language("fr")


@given(st.data())
@settings(max_examples=150, deadline=None)
def test_any_spans_nest_and_keep_the_text(data: st.DataObject) -> None:
    text = data.draw(st.text("文<>&\"' \r\n\U0001f600x", min_size=1, max_size=40))
    def spans() -> list[tuple[int, int]]:
        places = st.integers(0, len(text))
        found = data.draw(st.lists(st.tuples(places, places), max_size=8))
        return sorted({(min(p), max(p)) for p in found if p[0] != p[1]})

    document = Document(
        "d", text, Source("d", "text/plain", "utf-8", ""), pages=(Page(1, 0, len(text)),),
        statements=tuple(Statement(f"s{n}", None, "context", *span) for n, span in enumerate(spans())),
        quantities=tuple(Quantity(f"q{n}", None, *span, text[slice(*span)], 1.0, None, "", "=", "other") for n, span in enumerate(spans())),
        references=tuple(Reference(*span, text[slice(*span)], None, None, "document") for span in spans()),
    )
    words = Words("en")
    html = render(0, document, find_marks(document, words), 0, len(text))
    reader = Reader(f'<div class="record">{html}</div>')
    assert "".join(reader.record) == text
    assert "".join(str(block.html) for block in blocks(0, document, words)) == str(html)


def test_an_offset_outside_sentences_is_found_at_its_number() -> None:
    document = Document("d", "12 人。", Source("d", "", "", ""), statements=(Statement("s", None, "context", 3, 5),))
    anchors = Anchors(0, document)
    assert (anchors.of(0), anchors.of(4), anchors.page(0)) == ("m0-0", "s0-3", None)
