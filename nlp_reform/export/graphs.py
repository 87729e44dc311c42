"""Graph files. Each writer gets the flattened graph and returns the whole file."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from nlp_reform.errors import ExportError
from nlp_reform.export.write import write
from nlp_reform.graph import flatten

if TYPE_CHECKING:
    import networkx as nx


def _graphml(graph: nx.MultiDiGraph[str]) -> bytes:
    import networkx as nx

    stream = io.BytesIO()
    nx.write_graphml(graph, stream, named_key_ids=True, infer_numeric_types=True)
    return stream.getvalue()


_WRITERS: dict[str, Callable[[nx.MultiDiGraph[str]], bytes]] = {"graphml": _graphml}
GRAPH_FORMATS = tuple(_WRITERS)
"""The names of the graph formats."""


def write_graph(
    graph: nx.MultiDiGraph[str], output: str | Path, format: str = "graphml", force: bool = False
) -> tuple[Path, ...]:
    """Write a graph and return the paths written, each whole or not at all.

    Raises `ExportError` for a format that is not known (it lists those that are), and for a file that exists
    unless `force` is set.
    """
    path = Path(output)
    writer = _WRITERS.get(format)
    if writer is None:
        raise ExportError(f"no graph format {format!r}; known are {', '.join(GRAPH_FORMATS)}")
    if path.exists() and not force:
        raise ExportError(f"{path}: exists already; choose another name or add --force")
    return (write(path, writer(flatten(graph))),)
