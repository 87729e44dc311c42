"""Every output says by what it was made: version, lexicons, models, codebooks."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import pytest
from places import DEMO

import nlp_reform
from nlp_reform import converting, counting
from nlp_reform.export.comparison import COMPARISON_FORMATS, write_comparison
from nlp_reform.export.formats import DOCUMENT_FORMATS
from nlp_reform.export.graphs import graph_formats
from nlp_reform.export.history import HISTORY_FORMATS
from nlp_reform.lexis import KEYNESS, KWIC, STATS
from nlp_reform.model import Document
from nlp_reform.provenance import made_with
from nlp_reform.tables import DOCUMENT_TABLES


@pytest.fixture(scope="module")
def plans() -> list[Document]:
    return [nlp_reform.extract(DEMO / "raw" / f"{year}.txt", codebook=["societies"]) for year in (2018, 2019)]


def found(paths: tuple[Path, ...], made: Document) -> bool:
    """Whether the files together hold the version and the beginnings of the hashes."""
    texts = []
    for path in paths:
        data = path.read_bytes()
        if zipfile.is_zipfile(path):
            with zipfile.ZipFile(path) as archive:
                data = b"\n".join(archive.read(name) for name in archive.namelist())
        texts.append(data.decode("utf-8", "replace"))
    told, by = "\n".join(texts), made.made_with
    assert by is not None
    return all(part in told for part in (by.version, by.lexicons[:12], by.models[:12], by.codebooks[0].sha256[:12]))


@pytest.mark.parametrize("format", DOCUMENT_FORMATS)
@pytest.mark.parametrize("folder", [False, True])
def test_documents(plans: list[Document], tmp_path: Path, format: str, folder: bool) -> None:
    written = nlp_reform.export(plans[0], f"{tmp_path}/out/" if folder else tmp_path / "out.file", format)
    assert found(written, plans[0])


@pytest.mark.parametrize("format", COMPARISON_FORMATS)
def test_comparisons(plans: list[Document], tmp_path: Path, format: str) -> None:
    assert found(write_comparison(nlp_reform.compare(*plans), tmp_path / f"out.{format}", format), plans[0])


@pytest.mark.parametrize("format", HISTORY_FORMATS)
def test_histories(plans: list[Document], tmp_path: Path, format: str) -> None:
    history = nlp_reform.track(plans)
    assert found(nlp_reform.write_history(history, tmp_path / f"out.{format}", format), plans[0])


@pytest.mark.parametrize("format", sorted(graph_formats()))
def test_graphs(plans: list[Document], tmp_path: Path, format: str) -> None:
    graph = nlp_reform.build_graph([plans[0]])
    if format == "mermaid":
        graph = graph.subgraph([node for node, kind in graph.nodes(data="kind") if kind in ("document", "section")])
    assert found(nlp_reform.write_graph(graph, tmp_path / "out", format), plans[0])


@pytest.mark.parametrize("format", ["csv", "json", "jsonl", "text"])
@pytest.mark.parametrize("table", ["kwic", "keyness", "stats", "units"])
def test_rows(plans: list[Document], tmp_path: Path, table: str, format: str) -> None:
    declared, rows = {
        "kwic": (KWIC, counting.kwic(plans, "学会")), "keyness": (KEYNESS, counting.keyness(plans[0], plans[1])),
        "stats": (STATS, counting.stats(plans)), "units": (converting.UNITS, converting.units(plans, ["万元"]))}[table]
    path = counting.write_rows(declared, rows, tmp_path / f"rows.{format}", format)
    by = made_with()
    told = "".join(one.read_text("utf-8") for one in sorted(tmp_path.iterdir()) if one != path or format == "text")
    assert rows and all(part in told for part in (by.version, by.lexicons[:12], by.models[:12]))


@pytest.mark.parametrize("format", ["svg", "png"])
def test_plots(plans: list[Document], tmp_path: Path, format: str) -> None:
    pytest.importorskip("matplotlib")
    from nlp_reform.view.charts import fonts

    if fonts.find() is None:
        pytest.skip("no Chinese font on this machine")
    assert found(nlp_reform.plot(plans[0], tmp_path / f"themes.{format}", ["themes"], format), plans[0])


def test_the_report(plans: list[Document], tmp_path: Path) -> None:
    assert found((nlp_reform.report(plans, tmp_path / "r.html"),), plans[0])


def test_a_description_names_the_columns_of_its_file(plans: list[Document], tmp_path: Path) -> None:
    nlp_reform.export(plans, f"{tmp_path}/out/", "csv")
    told = json.loads((tmp_path / "out" / "csv-metadata.json").read_text())
    assert [table["dc:title"] for table in told["tables"]] == list(DOCUMENT_TABLES)
    for table in told["tables"]:
        head = (tmp_path / "out" / table["url"]).read_text("utf-8-sig").splitlines()[0].split(",")
        assert [column["name"] for column in table["tableSchema"]["columns"]] == head
    targets = next(table for table in told["tables"] if table["dc:title"] == "targets")
    types = {column["name"]: column["datatype"] for column in targets["tableSchema"]["columns"]}
    assert (types["value"], types["start"]) == ("double", "integer")
    assert types["comparator"]["format"].split("|")[:2] == ["=", ">="]


def test_documents_made_alike_are_told_once(plans: list[Document], tmp_path: Path) -> None:
    nlp_reform.export(plans, tmp_path / "t.csv", "csv", table="targets")
    assert len(json.loads((tmp_path / "t.csv-metadata.json").read_text())["notes"]) == 1
