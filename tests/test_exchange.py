"""Annotation round trips: what goes to a tool and comes back untouched is what was sent."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path

import pytest
from lxml import etree

from nlp_reform import api
from nlp_reform.errors import GoldError
from nlp_reform.evaluate.exchange import TOOLS, Marked, to_gold, to_regions
from nlp_reform.evaluate.exchange.labelstudio import CONFIG
from nlp_reform.evaluate.exchange.regions import VALUES
from nlp_reform.evaluate.gold import load

ROOT = Path(__file__).resolve().parents[1]
TRICKY = (
    "=雲嶺省學會聯合會2019年工作要點\r\n\r\n一、加强𠮷祥建设😀\r\n\r\n1.規範理事會。個人會員不足2萬人的，理事人數一般不超過150人。"
    "\r\n\r\n2.發展會員。全國學會應在2020年底前由3萬人增加到5萬人以上，不設具體增長目標。（組織部牽頭，科普部、@辦公室配合）\r\n"
)


@pytest.fixture(scope="module", params=["tricky", "2017", "2018"])
def marked(request: pytest.FixtureRequest) -> Marked:
    source = TRICKY if request.param == "tricky" else ROOT / f"corpora/societies-demo/raw/{request.param}.txt"
    return to_regions(api.extract(source, ["societies"]))


def sorted_marks(marked: Marked) -> tuple[object, ...]:
    regions = sorted((r.id, r.layer, r.start, r.end, sorted(r.attributes.items()), r.labeller) for r in marked.regions)
    return marked.name, marked.text, marked.sha256, regions, sorted(marked.links)


@pytest.mark.parametrize("tool", sorted(TOOLS))
def test_nothing_is_lost_on_the_way(tool: str, marked: Marked) -> None:
    assert len(marked.regions) > 10 and len({r.layer for r in marked.regions}) > 4
    again = TOOLS[tool].read(TOOLS[tool].write(marked), "file")
    assert sorted_marks(again) == sorted_marks(marked)


@pytest.mark.parametrize("tool", sorted(TOOLS))
def test_the_files_are_the_same_bytes_again(tool: str, marked: Marked) -> None:
    if tool == "xlsx":
        pytest.skip("a workbook holds the time it was written")
    assert TOOLS[tool].write(marked) == TOOLS[tool].write(marked)


def test_corrections_become_gold(marked: Marked) -> None:
    gold = to_gold(marked, "file").document
    document = api.extract(marked.text) if marked.name == "text" else None
    assert gold.text == marked.text
    if document is not None:
        assert [(q.start, q.end, q.value, q.upper, q.unit, q.comparator, q.role) for q in gold.quantities] == [
            (q.start, q.end, q.value, q.upper, q.unit, q.comparator, q.role) for q in document.quantities]
        assert [(o.cue, o.modality, o.strength, o.bearer, o.condition) for o in gold.obligations] == [
            (o.cue, o.modality, o.strength, o.bearer, o.condition) for o in document.obligations if o.cue]
        assert [(t.indicator, t.direction, t.change) for t in gold.targets if t.quantity] == [
            (t.indicator, t.direction, t.change) for t in document.targets if t.quantity]


def test_gold_survives_export_and_reading_back() -> None:
    first = load(ROOT / "corpora/societies-demo/gold/2017.gold.txt")
    out = to_regions(first.document, "author", first.unscored)
    for tool in TOOLS.values():
        again = to_gold(tool.read(tool.write(out), "file"), "file")
        assert again.document.statements == first.document.statements
        assert again.document.quantities == first.document.quantities
        assert again.document.obligations == first.document.obligations
        assert again.unscored == first.unscored
        assert set(again.labellers["quantities"]) == {"author"}


def test_offsets_count_as_each_tool_counts_them() -> None:
    """Label Studio and doccano count code points; a CAS counts UTF-16 units. A CRLF is two everywhere."""
    marked = to_regions(api.extract(TRICKY))
    task = json.loads(TOOLS["labelstudio"].write(marked))[0]
    values = [row["value"] for row in task["predictions"][0]["result"] if row["type"] == "labels"]
    assert values and all(TRICKY[v["start"]:v["end"]] == v["text"] for v in values)
    row = json.loads(TOOLS["doccano"].write(marked))
    assert [(e["start_offset"], e["end_offset"]) for e in row["entities"]] == [(r.start, r.end) for r in marked.regions]
    with zipfile.ZipFile(io.BytesIO(TOOLS["inception"].write(marked))) as archive:
        cas = etree.fromstring(archive.read("document.xmi"))
    wide = TRICKY.encode("utf-16-le")
    spans = {(int(e.get("begin")), int(e.get("end"))) for e in cas.iter("{*}Quantities")}
    assert {wide[2 * a:2 * b].decode("utf-16-le") for a, b in spans} == {
        TRICKY[r.start:r.end] for r in marked.regions if r.layer == "quantities"}


def test_a_doccano_entity_keeps_its_attributes_when_its_borders_move() -> None:
    marked = to_regions(api.extract(TRICKY))
    row = json.loads(TOOLS["doccano"].write(marked))
    entity = next(e for e in row["entities"] if e["label"] == "quantities:target")
    entity["end_offset"] -= 1
    entity["label"] = "quantities:other"
    again = TOOLS["doccano"].read(json.dumps(row).encode(), "file")
    before = next(r for r in marked.regions if (r.layer, r.start) == ("quantities", entity["start_offset"]))
    after = next(r for r in again.regions if r.id == before.id)
    assert (after.start, after.end) == (before.start, before.end - 1)
    assert after.attributes == {**before.attributes, "role": "other"}
    assert again.links == marked.links
    assert to_gold(again, "file").document.quantities


def test_a_corrected_cell_is_read(marked: Marked) -> None:
    from openpyxl import load_workbook

    book = load_workbook(io.BytesIO(TOOLS["xlsx"].write(marked)))
    sheet = book["marks"]
    heads = [cell.value for cell in sheet[1]]
    row = next(row for row in sheet.iter_rows(min_row=2) if row[heads.index("layer")].value == "quantities")
    row[heads.index("role")].value = "other"
    out = io.BytesIO()
    book.save(out)
    again = TOOLS["xlsx"].read(out.getvalue(), "file")
    assert next(r for r in again.regions if r.layer == "quantities").attributes["role"] == "other"


def test_a_deleted_row_takes_its_links_with_it() -> None:
    from openpyxl import load_workbook

    marked = to_regions(api.extract("一、工作\n1.年底前会员总数达到300人。全年举办讲座30场。\n"))
    kept = [link for link in marked.links if link.source != marked.links[0].source]
    assert len(kept) < len(marked.links)
    book = load_workbook(io.BytesIO(TOOLS["xlsx"].write(marked)))
    book["marks"].delete_rows(next(row[0].row for row in book["marks"].iter_rows() if row[0].value == marked.links[0].source))
    out = io.BytesIO()
    book.save(out)
    assert list(TOOLS["xlsx"].read(out.getvalue(), "file").links) == kept
    assert len(to_gold(TOOLS["xlsx"].read(out.getvalue(), "file"), "file").document.quantities) == 1
    book["links"].append(["r1", "mine", "indicator"])
    out = io.BytesIO()
    book.save(out)
    with pytest.raises(GoldError, match=r"file: sheet links, row \d+: .* has the id mine"):
        TOOLS["xlsx"].read(out.getvalue(), "file")


def test_no_cell_is_a_formula(marked: Marked) -> None:
    from openpyxl import load_workbook

    book = load_workbook(io.BytesIO(TOOLS["xlsx"].write(marked)))
    assert not [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]


@pytest.mark.parametrize("tool", sorted(TOOLS))
def test_another_file_is_refused_by_name(tool: str) -> None:
    for data in (b"", b"{}", b"PK\x03\x04rest", "一、".encode("gb18030")):
        with pytest.raises(GoldError, match="my-file"):
            TOOLS[tool].read(data, "my-file")


def test_the_labelling_configuration_offers_every_value() -> None:
    view = etree.fromstring(CONFIG)
    offered = {c.get("name"): {x.get("value") for x in c} for c in view.iter("Choices")}
    assert offered == {name: set(values) for name, values in VALUES.items()}


def test_corrections_are_written_as_gold_that_loads(tmp_path: Path) -> None:
    text = tmp_path / "plan.txt"
    text.write_bytes(TRICKY.encode("utf-8"))
    document = api.extract(text)
    (sheet,) = api.annotate(document, tmp_path)
    made = api.gold(sheet, "plan.txt", tmp_path / "plan.json")
    gold = load(made)
    assert gold.source == text
    assert [(q.start, q.value, q.role) for q in gold.document.quantities] == [
        (q.start, q.value, q.role) for q in document.quantities]
    board, unread = api.evaluate([made])
    assert not unread
    assert {row.f1 for row in board.rows() if row.task in ("quantities", "cues", "units", "statements")} == {1.0}
    text.write_bytes(TRICKY.encode("utf-8") + b"!")
    with pytest.raises(GoldError, match=r"plan\.json: stale"):
        load(made)
