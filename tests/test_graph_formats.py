"""Files open: by the published schemas and by readers that are not ours, with equal counts and attributes."""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
import subprocess
from collections import Counter
from pathlib import Path
from typing import Any

import networkx as nx
import pytest
from graph_examples import hostile, plans, two_years
from lxml import etree

from nlp_reform.errors import ExportError
from nlp_reform.export import write_graph
from nlp_reform.graph import Flat, build, flatten

GRAPHS = {"plans": two_years, "hostile": hostile, "empty": nx.MultiDiGraph}
FORMULA = ("=", "+", "-", "@", "\t", "\r")


@pytest.fixture(scope="module", params=GRAPHS)
def name(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="module")
def flat(name: str) -> Flat:
    return flatten(GRAPHS[name]())


@pytest.fixture(scope="module")
def out(name: str, tmp_path_factory: pytest.TempPathFactory) -> Any:
    folder = tmp_path_factory.mktemp(name)

    def path(format: str) -> Path:
        target = folder / ("graph.xlsx" if format == "xlsx" else format)
        if not target.exists():
            write_graph(GRAPHS[name](), target, format)
        return target

    return path


def ends(flat: Flat) -> Counter:
    return Counter((row["source"], row["target"], row["kind"]) for row in flat.edges)


def schema(shared: Path, name: str) -> etree.XMLSchema:
    file = shared / "schemas" / name
    if not file.exists():
        pytest.skip(f"../shared/schemas/{name} is absent")
    return etree.XMLSchema(etree.parse(file))


def check(valid: etree.XMLSchema, tree: etree._ElementTree) -> None:
    assert valid.validate(tree), valid.error_log


def test_graphml_is_valid_by_its_schema(shared: Path, out: Any) -> None:
    check(schema(shared, "graphml/graphml.xsd"), etree.parse(out("graphml")))


def test_gexf_is_valid_by_its_schema(shared: Path, out: Any) -> None:
    tree = etree.parse(out("gexf"))
    for element in tree.iter("{http://gexf.net/1.3/viz}*"):  # the schema has them in the main namespace
        element.tag = "{http://gexf.net/1.3}" + etree.QName(element).localname
    check(schema(shared, "gexf-1.3/gexf.xsd"), tree)


def test_yed_is_graphml_with_visible_labels(shared: Path, out: Any, flat: Flat) -> None:
    tree = etree.parse(out("yed"))
    y = "{http://www.yworks.com/xml/graphml}"
    labels = [element.text for element in tree.iter(f"{y}NodeLabel")]
    assert labels == [str(row["label"]).replace("\r\n", "\n") for row in flat.nodes]
    assert len(list(tree.iter(f"{y}PolyLineEdge"))) == len(flat.edges)
    for data in list(tree.iter("{http://graphml.graphdrawing.org/xmlns}data")):
        if data.get("key").endswith(".graphics"):
            data.getparent().remove(data)
    for key in list(tree.iter("{http://graphml.graphdrawing.org/xmlns}key")):
        if key.get("yfiles.type"):
            key.getparent().remove(key)
    check(schema(shared, "graphml/graphml.xsd"), tree)


@pytest.mark.parametrize("format", ["graphml", "yed"])
def test_networkx_reads_graphml_back_whole(out: Any, flat: Flat, format: str) -> None:
    graph = nx.read_graphml(out(format), force_multigraph=True)
    drawn = {"x", "y", "shape_type"} if format == "yed" else set()
    nodes = {node: without(data, *drawn) for node, data in graph.nodes(data=True)}
    assert nodes == {row["id"]: without(row, "id") for row in flat.nodes}
    assert {key: {"source": one, "target": other, **data} for one, other, key, data in graph.edges(keys=True, data=True)
            } == {row["id"]: without(row, "id") for row in flat.edges}


def test_networkx_reads_gexf_back_whole(out: Any, flat: Flat) -> None:
    graph = nx.read_gexf(out("gexf"), version="1.3")
    nodes = {node: without(data, "viz", "spells") for node, data in graph.nodes(data=True)}
    assert nodes == {row["id"]: without(row, "id") for row in flat.nodes}
    assert Counter((one, other, data["kind"]) for one, other, data in graph.edges(data=True)) == ends(flat)
    assert all({"color", "size", "position"} <= set(data["viz"]) for _, data in graph.nodes(data=True))


@pytest.mark.parametrize("format", ["graphml", "yed"])
def test_igraph_reads_graphml(out: Any, flat: Flat, format: str) -> None:
    igraph = pytest.importorskip("igraph", reason="igraph is a test-only dependency (GPL)")
    graph = igraph.Graph.Read_GraphML(str(out(format)))
    assert (graph.vcount(), graph.ecount()) == (len(flat.nodes), len(flat.edges))
    for vertex, row in zip(graph.vs, flat.nodes, strict=True):
        seen = vertex.attributes()
        assert {key: seen[key] for key in row} == {key: float(value) if type(value) is int else value
                                                   for key, value in row.items()}


def test_gexf_has_a_timeline(tmp_path: Path) -> None:
    tree = etree.parse(write_graph(two_years(), tmp_path / "x.gexf")[0])
    ns = {"g": "http://gexf.net/1.3"}
    graph = tree.find("g:graph", ns)
    assert (graph.get("mode"), graph.get("timeformat")) == ("dynamic", "date")

    def spells(node: str) -> list[tuple[str, str]]:
        return [(spell.get("start"), spell.get("end")) for spell in
                tree.iterfind(f".//g:node[@id='{node}']/g:spells/g:spell", ns)]

    assert spells("soc-2018.d1") == [("2018-01-01", "2018-12-31")]
    assert spells("actor-甲部") == [("2018-01-01", "2019-12-31")]
    edges = {edge.get("kind"): edge for edge in tree.iterfind(".//g:edge", ns)}
    assert edges["strengthens"].find("g:spells/g:spell", ns).get("start") == "2019-01-01"
    assert float(edges["strengthens"].get("weight")) == 0.9


def test_kinds_have_colours_of_their_own_and_places_differ(tmp_path: Path) -> None:
    graph = nx.read_gexf(write_graph(build(plans()), tmp_path / "x.gexf")[0], version="1.3")
    colours = {data["kind"]: tuple(data["viz"]["color"].values()) for _, data in graph.nodes(data=True)}
    assert len(set(colours.values())) == len(colours) == 10
    places = [tuple(data["viz"]["position"].values()) for _, data in graph.nodes(data=True)]
    assert len(set(places)) == len(places)


def test_node_link_is_what_networkx_reads(out: Any, flat: Flat) -> None:
    graph = nx.node_link_graph(json.loads(out("node-link").read_text("utf-8")), edges="edges")
    assert graph.is_multigraph()
    assert dict(graph.nodes(data=True)) == {row["id"]: without(row, "id") for row in flat.nodes}
    assert graph.number_of_edges() == len(flat.edges)


def test_d3_links_nodes_by_id(out: Any, flat: Flat) -> None:
    data = json.loads(out("d3").read_text("utf-8"))
    ids = {node["id"] for node in data["nodes"]}
    assert len(ids) == len(flat.nodes)
    assert all(link["source"] in ids and link["target"] in ids and "value" in link for link in data["links"])
    assert all(node["group"] == node["kind"] for node in data["nodes"])


def test_ndex_reads_cx2(out: Any, flat: Flat) -> None:
    cx2 = pytest.importorskip("ndex2.cx2", reason="ndex2 is absent")
    network = cx2.RawCX2NetworkFactory().get_cx2network(str(out("cx2")))
    nodes, edges = network.get_nodes(), network.get_edges()
    assert (len(nodes), len(edges)) == (len(flat.nodes), len(flat.edges))
    for number, row in enumerate(flat.nodes):
        assert nodes[number]["v"] == {"name": row["label"], "represents": row["id"], **without(row, "id", "label")}
    names = [row["id"] for row in flat.nodes]
    assert Counter((names[edge["s"]], names[edge["t"]], edge["v"]["interaction"]) for edge in edges.values()
                   ) == ends(flat)


def test_two_parsers_read_the_same_triples(out: Any, flat: Flat) -> None:
    rdflib = pytest.importorskip("rdflib", reason="rdflib is absent (extra rdf)")
    oxi = pytest.importorskip("pyoxigraph", reason="pyoxigraph is absent")
    turtle, json_ld = (rdflib.Graph().parse(out(name), format=name) for name in ("turtle", "json-ld"))
    assert set(turtle) == set(json_ld)
    one, other = ({*oxi.parse(path=str(out(name)), format=kind)} for name, kind in
                  (("turtle", oxi.RdfFormat.TURTLE), ("json-ld", oxi.RdfFormat.JSON_LD)))
    assert one == other
    assert len(one) == len(turtle)
    labels = {str(value) for value in turtle.objects(None, rdflib.RDFS.label)}
    assert {str(row["label"]) for row in flat.nodes} <= labels
    nr = rdflib.Namespace("urn:nlp-reform:vocab#")
    for row in flat.nodes:
        if row["kind"] == "directive" and "number" in row:
            node = rdflib.URIRef(f"urn:nlp-reform:node:{row['id']}")
            assert turtle.value(node, nr.number).toPython() == row["number"]


def test_linked_data_speaks_eli_skos_and_prov(tmp_path: Path) -> None:
    rdflib = pytest.importorskip("rdflib", reason="rdflib is absent (extra rdf)")
    graph = rdflib.Graph().parse(write_graph(build(plans()), tmp_path / "x.ttl")[0])
    found = graph.query("""
        PREFIX eli: <http://data.europa.eu/eli/ontology#> PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
        PREFIX prov: <http://www.w3.org/ns/prov#> PREFIX nr: <urn:nlp-reform:vocab#>
        PREFIX dcterms: <http://purl.org/dc/terms/>
        SELECT ?title ?date ?hash ?name ?score WHERE {
          ?document a eli:LegalResource ; eli:title ?title ; eli:date_document ?date ; prov:wasDerivedFrom ?file ;
            eli:has_part/eli:has_part ?directive .
          ?file nr:sha256 ?hash . ?directive dcterms:subject ?theme .
          ?theme a skos:Concept ; skos:prefLabel ?name ; skos:inScheme/skos:prefLabel "societies" ;
            skos:notation "academic" .
          ?link nr:from ?directive ; nr:to ?theme ; nr:score ?score .
        } ORDER BY ?title""")
    rows = [tuple(value.toPython() for value in row) for row in found]
    assert [(str(title), str(day), score) for title, day, _, _, score in rows] == [
        ("要点（2018年）", "2018-03-01", 0.25), ("要点（2019年）", "2019-03-01", 0.25)]


def test_graphviz_draws_dot_with_chinese_labels(out: Any, flat: Flat) -> None:
    if shutil.which("dot") is None:
        pytest.skip("Graphviz is absent: Debian package graphviz")
    done = subprocess.run(["dot", "-Tjson0", out("dot")], capture_output=True, check=True, timeout=120)
    drawn = json.loads(done.stdout.decode("utf-8", "replace"), strict=False)
    assert b"Error" not in done.stderr, done.stderr
    nodes, edges = drawn.get("objects", []), drawn.get("edges", [])
    assert (len(nodes), len(edges)) == (len(flat.nodes), len(flat.edges))
    assert [node["name"] for node in nodes] == [row["id"] for row in flat.nodes]
    assert Counter(edge["kind"] for edge in edges) == Counter(row["kind"] for row in flat.edges)
    svg = subprocess.run(["dot", "-Tsvg", out("dot")], capture_output=True, check=True, timeout=120).stdout
    drawn_text = "".join(etree.fromstring(svg, etree.XMLParser(huge_tree=True)).itertext())
    for row in flat.nodes:
        if row["kind"] == "directive" and "quotes" not in row:
            assert str(row["label"]) in drawn_text


def test_pajek_reads_back(out: Any, flat: Flat) -> None:
    igraph = pytest.importorskip("igraph", reason="igraph is a test-only dependency (GPL)")
    graph = nx.read_pajek(out("pajek"))
    assert (graph.number_of_nodes(), graph.number_of_edges()) == (len(flat.nodes), len(flat.edges))
    assert Counter(data["l"] for *_, data in graph.edges(data=True)) == Counter(row["kind"] for row in flat.edges)
    if flat.nodes:
        other = igraph.Graph.Read_Pajek(str(out("pajek")))
        assert (other.vcount(), other.ecount()) == (len(flat.nodes), len(flat.edges))
        assert set(other.vs["name"]) == set(graph)


def test_mermaid_is_one_line_a_node_and_edge(out: Any, flat: Flat) -> None:
    lines = out("mermaid").read_text("utf-8").splitlines()
    assert lines[0] == "flowchart LR"
    nodes = [line for line in lines if re.fullmatch(r'  n\d+\["[^"\[\]{}<>|`\\]*"\]:::k\d+', line)]
    edges = [line for line in lines if re.fullmatch(r'  n\d+ -->\|"[^"|<>`\\]*"\| n\d+', line)]
    assert (len(nodes), len(edges)) == (len(flat.nodes), len(flat.edges))


def test_mermaid_refuses_what_it_cannot_draw(tmp_path: Path) -> None:
    graph: nx.MultiDiGraph = nx.MultiDiGraph()
    graph.add_edges_from((n, n + 1) for n in range(501))
    with pytest.raises(ExportError, match="take a part of it with --ego"):
        write_graph(graph, tmp_path / "x.mmd")


def test_vault_links_lead_to_notes(out: Any, flat: Flat) -> None:
    notes = {file.stem: file.read_text("utf-8") for file in out("obsidian").rglob("*.md")}
    inside = {"obligation", "target"}
    assert len(notes) == sum(row["kind"] not in inside for row in flat.nodes)
    links = {found for note in notes.values() for found in re.findall(r"(?<!\\)\[\[([^|\]]+)\|", note)}
    assert links <= set(notes)
    for note in notes.values():
        front = note.split("\n---\n")[0].removeprefix("---\n").splitlines()
        for line in front:
            key, _, value = line.partition(": ")
            assert key == "tags" or json.loads(value) is not None


def test_sankey_counts_directives(tmp_path: Path) -> None:
    text = write_graph(two_years(), tmp_path / "x.sankey.csv")[0].read_text("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text)))
    assert {(row["source"], row["target"]): row["value"] for row in rows if row["step"] == "year-theme"}[
        "2018", "会员发展与服务"] == "1"
    across = {(row["source"], row["target"]): row["value"] for row in rows if row["step"] == "across-years"}
    assert across["2018 治理结构和治理方式", "2019 治理结构和治理方式"] == "1"


def test_csv_tables_hold_every_cell(out: Any, flat: Flat) -> None:
    for name, rows in (("nodes", flat.nodes), ("edges", flat.edges)):
        text = (out("csv") / f"{name}.csv").read_bytes().decode("utf-8-sig")
        found = list(csv.DictReader(io.StringIO(text, newline="")))
        assert len(found) == len(rows)
        for seen, row in zip(found, rows, strict=True):
            for key, value in row.items():
                if isinstance(value, str):
                    assert seen[key] == (f"'{value}" if value.startswith(FORMULA) and value != "=" else value)


@pytest.mark.parametrize("format", ["csv", "neo4j", "sankey"])
def test_no_cell_begins_a_formula(out: Any, format: str) -> None:
    target = out(format)
    for file in (target.glob("*.csv") if target.is_dir() else [target]):
        for row in csv.reader(io.StringIO(file.read_bytes().decode("utf-8-sig"), newline="")):
            for cell in row:
                assert cell == "=" or not cell.startswith(FORMULA) or re.fullmatch(r"-?\d+(\.\d+)?(e-?\d+)?", cell), cell


def test_parquet_is_typed(out: Any, flat: Flat) -> None:
    pq = pytest.importorskip("pyarrow.parquet", reason="pyarrow is absent (extra tables)")
    nodes = pq.read_table(out("parquet") / "nodes.parquet").to_pylist()
    assert [{key: value for key, value in row.items() if value is not None} for row in nodes] == flat.nodes
    edges = pq.read_table(out("parquet") / "edges.parquet")
    assert edges.column_names[:2] == ["source", "target"]
    assert edges.num_rows == len(flat.edges)


def test_workbook_holds_text_never_formulas(out: Any, flat: Flat) -> None:
    openpyxl = pytest.importorskip("openpyxl", reason="openpyxl is absent (extra tables)")
    book = openpyxl.load_workbook(out("xlsx"))
    assert book.sheetnames == ["nodes", "edges"]
    for name, rows in (("nodes", flat.nodes), ("edges", flat.edges)):
        cells = list(book[name].iter_rows())
        assert len(cells) == len(rows) + 1 or not rows
        assert not [cell for line in cells for cell in line if cell.data_type == "f"]
        assert not [cell.value for line in cells[1:] for cell in line
                    if isinstance(cell.value, str) and cell.value.startswith(FORMULA) and cell.value != "="]


def without(row: dict, *names: str) -> dict:
    return {key: value for key, value in row.items() if key not in names}
