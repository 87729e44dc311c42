"""The founding document, whole: everything must work on it first."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

import nlp_reform.api
from nlp_reform.model import Document


@pytest.fixture(scope="module")
def document(seed: Path) -> Document:
    return nlp_reform.api.extract(seed)


@pytest.fixture(scope="module")
def gold(shared: Path) -> dict[str, Any]:
    return json.loads((shared / "gold" / "seed-2018.json").read_text(encoding="utf-8"))  # type: ignore[no-any-return]


def test_what_it_is(document: Document) -> None:
    assert document.title == document.text[15:32]
    assert (document.year, document.issuer, document.script) == (2018, "中國科協", "hant")


def test_eight_sections_and_thirty_directives_each_once(document: Document, gold: dict[str, Any]) -> None:
    items = gold["structure"]["items"]
    assert [(s.label, s.start) for s in document.sections] == [(i["label"], i["start"]) for i in items if not i["directive"]]
    wanted = [(i["label"], i["number"], i["start"], i["heading"]) for i in items if i["directive"]]
    explicit = [d for d in document.directives if d.numbering == "explicit"]
    assert [(d.label, d.number, d.start, d.heading) for d in explicit] == wanted
    assert [d.number for d in document.directives] == list(range(1, 31)), "preambles are no directives"


def test_every_directive_stands_in_its_section(document: Document) -> None:
    sections = {s.id: s for s in document.sections}
    for directive in document.directives:
        section = sections[directive.section or ""]
        assert section.start < directive.start and directive.end <= section.end
        assert directive.path == (section.label, directive.label)


def test_directives_two_and_four_are_whole_across_their_breaks(document: Document) -> None:
    for number in (2, 4):
        directive = document.directives[number - 1]
        assert "\n" in document.text[directive.start:directive.end]
        assert document.text[directive.end - 1] == "。"
        assert document.text[directive.end:directive.end + 2] == "\n\n"


def test_the_second_half_is_kept_as_duplicates(document: Document, gold: dict[str, Any]) -> None:
    again = [d for d in document.directives if d.duplicates]
    assert [d.number for d in again] == list(range(12, 31))
    starts = {i["start"] for i in gold["structure"]["duplicates"]}
    assert {start for d in again for start, _ in d.duplicates} < starts
    assert all(len(d.duplicates) == 1 for d in again)
    repeated = [n for n in document.notes if n.code.startswith("duplicate")]
    assert repeated, "what was printed twice is said in a note"


def test_page_furniture_is_in_nothing(document: Document, gold: dict[str, Any]) -> None:
    furniture = [(i["start"], i["start"] + len(i["text"])) for i in gold["structure"]["not_items"]]
    layers = (document.directives, document.sections, document.statements, document.quantities)
    for layer in layers:
        for item in layer:
            assert not any(item.start < end and start < item.end for start, end in furniture), item


def test_every_quantity_and_nothing_else(document: Document, gold: dict[str, Any]) -> None:
    keys = ("start", "end", "text", "comparator", "role")
    found = [tuple(getattr(q, key) for key in keys) for q in document.quantities]
    assert found == [tuple(q[key] for key in keys) for q in gold["quantities"]]
    for quantity, wanted in zip(document.quantities, gold["quantities"], strict=True):
        assert quantity.value == pytest.approx(wanted["value"])
        assert quantity.unit == wanted.get("unit", "")


def test_the_growth_target_has_its_baseline(document: Document) -> None:
    target = document.targets[-1]
    quantity = next(q for q in document.quantities if q.id == target.quantity)
    assert (quantity.value, quantity.comparator, target.change, target.direction) == (15.0, ">=", "by", "increase")
    assert target.baseline is not None and target.baseline.year == 2017
    assert target.indicator is not None and target.indicator.text == "個人會員總數"


def test_explicit_cues(document: Document, gold: dict[str, Any]) -> None:
    found = [o for o in document.obligations if o.cue]
    hits = sum(
        any(o.cue and o.cue.start < c["end"] and c["start"] < o.cue.end
            and (o.modality, o.strength) == (c["modality"], c["strength"]) for o in found)
        for c in gold["cues"]
    )
    assert 2 * hits / (len(found) + len(gold["cues"])) >= 0.95


def test_bare_imperatives_are_obligations_of_strength_three(document: Document) -> None:
    bare = [o for o in document.obligations if o.cue is None]
    assert len(bare) > 50
    assert {(o.modality, o.strength) for o in bare} == {("obligation", 3)}


def test_every_span_says_what_stands_there(document: Document) -> None:
    for layer in (document.obligations, document.targets, document.assignments):
        for item in layer:
            for name in ("cue", "bearer", "action", "condition", "exception", "indicator", "scope", "unit"):
                mention = getattr(item, name, None)
                if mention is not None:
                    assert document.text[mention.start:mention.end] == mention.text


def test_themes_follow_the_sections(document: Document) -> None:
    codes = "governance secretariat membership academic popularization thinktank international party".split()
    section = {s.id: code for s, code in zip(document.sections, codes, strict=True)}
    best: dict[str, str] = {}
    for theme in document.themes:
        if theme.codebook == "societies":
            best.setdefault(theme.directive, theme.code)
    right = sum(best.get(d.id) == section[d.section or ""] for d in document.directives)
    assert right / len(document.directives) >= 0.8


def test_the_graph_reads_back_equal(document: Document, tmp_path: Path) -> None:
    import networkx as nx

    graph = nlp_reform.api.build_graph(document)
    kinds = {kind for _, kind in graph.nodes(data="kind")}
    assert {"document", "section", "directive", "target", "obligation", "actor", "theme"} <= kinds
    path = tmp_path / "seed.graphml"
    nlp_reform.api.write_graph(graph, path)
    again = nx.read_graphml(path, force_multigraph=True)
    assert (len(again), again.number_of_edges()) == (len(graph), graph.number_of_edges())
    igraph = pytest.importorskip("igraph")
    other = igraph.Graph.Read_GraphML(str(path))
    assert (other.vcount(), other.ecount()) == (len(graph), graph.number_of_edges())
