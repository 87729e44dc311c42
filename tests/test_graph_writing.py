"""Writing a graph: whole or not at all, never over what stands there unasked, and formats that others add."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import networkx as nx
import pytest
from click.testing import CliRunner
from graph_examples import plans

from nlp_reform import api, plugins
from nlp_reform.cli.main import cli
from nlp_reform.errors import ExportError, PluginError
from nlp_reform.export import graphs, write_graph
from nlp_reform.export.graphs import graph_formats
from nlp_reform.export.write import LISTING, write_folder
from nlp_reform.graph import Flat, build
from nlp_reform.plugins import Plugin


@pytest.fixture(scope="module")
def graph() -> nx.MultiDiGraph:
    return build(plans())


def everything(folder: Path) -> dict[str, bytes]:
    return {str(file.relative_to(folder)): file.read_bytes() for file in folder.rglob("*") if file.is_file()}


@pytest.mark.parametrize("format", graph_formats())
def test_what_exists_is_kept_without_force(graph: nx.MultiDiGraph, tmp_path: Path, format: str) -> None:
    target = tmp_path / "out"
    api.write_graph(graph, target, format)
    before = everything(tmp_path)
    with pytest.raises(ExportError, match="--force"):
        api.write_graph(graph, target, format)
    api.write_graph(graph, target, format, force=True)
    after = everything(tmp_path)
    assert before.keys() == after.keys()
    if format not in ("xlsx", "parquet"):
        assert before == after


def test_an_unknown_format_lists_the_known(graph: nx.MultiDiGraph, tmp_path: Path) -> None:
    with pytest.raises(ExportError, match="known are graphml, yed, gexf"):
        api.write_graph(graph, tmp_path / "x", "visio")
    with pytest.raises(ExportError, match=r"no graph format ends with \.csv"):
        api.write_graph(graph, tmp_path / "x.csv")
    assert not everything(tmp_path)


@pytest.mark.parametrize(("name", "format"), [
    ("a.graphml", "graphml"), ("a.yed.graphml", "yed"), ("a.gexf", "gexf"), ("a.d3.json", "d3"),
    ("A.JSON", "node-link"), ("a.ttl", "turtle"), ("a.net", "pajek"), ("a", "graphml")])
def test_the_ending_tells_the_format(name: str, format: str) -> None:
    assert graphs.format_of(Path(name)) == format


@pytest.mark.parametrize("format", ["graphml", "csv", "obsidian", "xlsx"])
def test_a_full_disk_leaves_nothing(tmp_path: Path, format: str) -> None:
    """The process may write 100 bytes a file, as on a disk that is full."""
    code = (
        "import resource, signal, sys; sys.path.insert(0, sys.argv[1])\n"
        "from graph_examples import plans\nfrom nlp_reform.export import write_graph\n"
        "from nlp_reform.graph import build\nfrom nlp_reform.errors import ExportError\n"
        "graph = build(plans())\nsignal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "import openpyxl, pyarrow.parquet, xlsxwriter\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (100, 100))\n"
        "try:\n    write_graph(graph, sys.argv[2], sys.argv[3], force=True)\n"
        "except ExportError as error:\n    assert 'cannot be written' in str(error), error\n"
        "else:\n    raise SystemExit('no error')\n"
    )
    (tmp_path / "kept").write_text("kept")
    target = tmp_path / "out"
    done = subprocess.run([sys.executable, "-B", "-c", code, str(Path(__file__).parent), str(target), format],
                          capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert everything(tmp_path) == {"kept": b"kept"}
    assert [path.name for path in tmp_path.iterdir()] == ["kept"]


@pytest.mark.parametrize("format", ["graphml", "csv", "obsidian"])
def test_a_place_that_cannot_be_written_is_an_error_of_one_line(
    graph: nx.MultiDiGraph, tmp_path: Path, format: str
) -> None:
    (tmp_path / "file").write_text("kept")
    with pytest.raises(ExportError, match="cannot be written"):
        api.write_graph(graph, tmp_path / "file" / "out", format)
    with pytest.raises(ExportError, match="is a f"):
        api.write_graph(graph, tmp_path if format == "graphml" else tmp_path / "file", format, force=True)
    assert everything(tmp_path) == {"file": b"kept"}


def test_a_folder_is_exchanged_whole_and_strange_files_stay(tmp_path: Path) -> None:
    folder = tmp_path / "vault"
    write_folder(folder, {"a.md": "old", "sub/gone.md": "old"})
    (folder / "mine.md").write_text("mine")
    write_folder(folder, {"a.md": "new", "sub/b.md": b"new"})
    assert {name: data for name, data in everything(folder).items() if name != LISTING} == {
        "a.md": b"new", "sub/b.md": b"new", "mine.md": b"mine"}
    assert [path.name for path in tmp_path.iterdir()] == ["vault"]


def test_an_exchange_that_breaks_off_is_undone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "vault"
    write_folder(folder, {"a.md": "old", "b.md": "old"})
    before = everything(folder)
    real = Path.replace

    def breaking(self: Path, target: Path) -> Path:
        if self.parent.name == "new" and self.name == "b.md":
            raise OSError(28, "No space left on device")
        return real(self, target)

    monkeypatch.setattr(Path, "replace", breaking)
    with pytest.raises(ExportError, match="No space left"):
        write_folder(folder, {"a.md": "new", "b.md": "new", "c.md": "new"})
    assert everything(folder) == before
    assert [path.name for path in tmp_path.iterdir()] == ["vault"]


def test_a_listing_cannot_lead_out_of_the_folder(tmp_path: Path) -> None:
    folder = tmp_path / "vault"
    write_folder(folder, {"a.md": "old"})
    (tmp_path / "precious").write_text("kept")
    (folder / LISTING).write_text(f"../precious\n{tmp_path / 'precious'}\n")
    write_folder(folder, {"a.md": "new"})
    assert (tmp_path / "precious").read_text() == "kept"


def words(flat: Flat) -> str:
    return " ".join(str(row["label"]) for row in flat.nodes)


def test_entry_points_add_formats(graph: nx.MultiDiGraph, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    added = {"broken": "no_such_module:x", "number": "math:pi", "words": "test_graph_writing:words"}
    found = tuple(Plugin("exporters", name, value, "example", "1.0") for name, value in added.items())
    monkeypatch.setattr(plugins, "everything", lambda kind: found if kind == "exporters" else ())
    assert graph_formats()[-3:] == ("broken", "number", "words")
    path, = write_graph(graph, tmp_path / "x.words", "words")
    assert "完善甲项制度" in path.read_text("utf-8")
    with pytest.raises(PluginError, match=r"'broken' \(exporters\) of example 1.0 cannot be loaded"):
        write_graph(graph, tmp_path / "y", "broken")
    with pytest.raises(PluginError, match="neither a GraphFormat nor a function"):
        write_graph(graph, tmp_path / "y", "number")


@pytest.mark.parametrize(("arguments", "told"), [
    (("--projection", "x"), "directive-similarity"), (("--measure", "x"), "betweenness"), (("-f", "x"), "graphml")])
def test_wrong_names_are_wrong_usage_that_lists_the_right_ones(arguments: tuple[str, ...], told: str) -> None:
    done = CliRunner().invoke(cli, ["graph", "x.txt", *arguments])
    assert done.exit_code == 2
    assert told in done.output


def test_a_selection_that_finds_nothing_is_a_failure_of_one_line(tmp_path: Path) -> None:
    plan = tmp_path / "plan-2018.txt"
    plan.write_text("要点（2018年）\n一、治理\n1.完善制度。会员应当缴费。\n", encoding="utf-8")
    done = CliRunner().invoke(cli, ["graph", str(plan), "--actor", "丙部", "-o", str(tmp_path / "x.gexf")])
    assert done.exit_code == 1
    assert "no actor '丙部' in the graph" in done.output
    assert not (tmp_path / "x.gexf").exists()
    done = CliRunner().invoke(cli, ["graph", str(plan), "--kind", "directive", "-o", str(tmp_path / "x.gexf")])
    assert done.exit_code == 0, done.output
    assert "1 nodes, 0 edges" in done.output
