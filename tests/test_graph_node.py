"""Graph files open in the libraries that web pages draw with: graphology (sigma.js) and Cytoscape.js."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from graph_examples import hostile, two_years

from nlp_reform.export import write_graph
from nlp_reform.graph import Flat, flatten

NODE = Path(__file__).parent / "node"
FORMATS = {"gexf": "gexf", "graphml": "graphml", "cytoscape": "cyjs"}


@pytest.fixture(scope="module", params=[two_years, hostile])
def read(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[Flat, dict[str, Any]]:
    """What node sees in each file."""
    if shutil.which("node") is None:
        pytest.skip("node is absent")
    if not (NODE / "node_modules" / "graphology").is_dir():
        pytest.skip("the readers are not installed: npm install --prefix tests/node")
    folder = tmp_path_factory.mktemp("node")
    files = [f"{name}={write_graph(request.param(), folder / f'x.{suffix}')[0]}" for name, suffix in FORMATS.items()]
    done = subprocess.run(["node", NODE / "read.js", *files], capture_output=True, check=True, timeout=120)
    return flatten(request.param()), json.loads(done.stdout)


@pytest.mark.parametrize("format", FORMATS)
def test_counts_and_ends_are_equal(read: tuple[Flat, dict[str, Any]], format: str) -> None:
    flat, seen = read
    assert set(seen[format]["nodes"]) == {row["id"] for row in flat.nodes}
    assert Counter(map(tuple, seen[format]["edges"])) == Counter(
        (row["source"], row["target"], row["kind"]) for row in flat.edges)


@pytest.mark.parametrize("format", FORMATS)
def test_attributes_are_equal(read: tuple[Flat, dict[str, Any]], format: str) -> None:
    flat, seen = read
    for row in flat.nodes:
        node = seen[format]["nodes"][row["id"]]
        for name, value in row.items():
            if name != "id" and not (format == "cytoscape" and name == "parent"):
                assert node[name] == value, (row["id"], name)


def test_cytoscape_draws_kinds_in_their_colours_at_their_places(read: tuple[Flat, dict[str, Any]]) -> None:
    _, seen = read
    nodes = seen["cytoscape"]["nodes"].values()
    assert {node["colour"] for node in nodes if node["kind"] == "directive"} == {"rgb(242,142,43)"}
    assert len({(node["x"], node["y"]) for node in nodes}) == len(nodes)
