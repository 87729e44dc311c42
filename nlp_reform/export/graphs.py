"""Graph files: chooses the format, keeps what stands there unless told, writes all or nothing.

The formats are imported when a graph is written: whoever exports documents alone does not wait for them.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from nlp_reform.errors import ExportError
from nlp_reform.export.write import write, write_folder

if TYPE_CHECKING:
    import networkx as nx

    from nlp_reform.export.graph_formats import GraphFormat

EXPORTERS = "nlp_reform.exporters"
"""Entry points of this group add formats: each names a `GraphFormat` or a function from `Flat` to the content."""


def write_graph(
    graph: nx.MultiDiGraph[str], output: str | Path, format: str | None = None, force: bool = False
) -> tuple[Path, ...]:
    """Write a graph and return the paths written, all of them or none.

    `format` is one of `graph_formats()`; without it the output's ending tells, and
    it is graphml for a name without one. Formats of several files (csv, neo4j, obsidian, parquet) write a folder.
    Raises `ExportError` for a format that is not known (it lists those that are), for an output that exists unless
    `force` is set, and for what cannot be written.
    """
    from nlp_reform.graph import flatten

    path = Path(output)
    chosen = graph_format(format or format_of(path))
    folder = chosen.suffix == "/"
    if not force and (path.exists() and not (folder and path.is_dir() and not any(path.iterdir()))):
        raise ExportError(f"{path}: exists already; choose another name or add --force")
    if folder and path.exists() and not path.is_dir():
        raise ExportError(f"{path}: is a file, but {chosen.name} writes a folder; choose another name")
    if not folder and path.is_dir():
        raise ExportError(f"{path}: is a folder; name a file in it")
    content = chosen.render(flatten(graph))
    if isinstance(content, Mapping):
        return write_folder(path, content)
    return (write(path, content),)


def format_of(path: Path) -> str:
    """Return the format whose file names end as this one does; graphml for a name without an ending.

    Raises `ExportError` for an ending that no format has.
    """
    fitting = [one for one in _built_in().values() if path.name.lower().endswith(one.suffix)]
    if fitting:
        return max(fitting, key=lambda one: len(one.suffix)).name
    if not path.suffix:
        return "graphml"
    raise ExportError(f"{path}: no graph format ends with {path.suffix}; name one of {', '.join(graph_formats())}")


def graph_format(name: str) -> GraphFormat:
    """Return a format by its name; raises `ExportError` that lists the known ones."""
    if name in _built_in():
        return _built_in()[name]
    if name in _installed():
        return _load(name)
    raise ExportError(f"no graph format {name!r}; known are {', '.join(graph_formats())}")


def graph_formats() -> tuple[str, ...]:
    """Return the names of all formats, those of installed exporters last."""
    return (*_built_in(), *(name for name in sorted(_installed()) if name not in _built_in()))


def _built_in() -> dict[str, GraphFormat]:
    from nlp_reform.export.graph_formats import BUILT_IN

    return BUILT_IN


@cache
def _installed() -> frozenset[str]:
    from importlib.metadata import entry_points

    return frozenset(point.name for point in entry_points(group=EXPORTERS))


def _load(name: str) -> GraphFormat:
    """Return an installed exporter's format; raises `ExportError` when it cannot be loaded."""
    from importlib.metadata import entry_points

    from nlp_reform.export.graph_formats import GraphFormat

    point = next(iter(entry_points(group=EXPORTERS, name=name)))
    try:
        found = point.load()
    except Exception as error:
        raise ExportError(f"the exporter {name!r} ({point.value}) cannot be loaded: {error}") from error
    if isinstance(found, GraphFormat):
        return found
    if callable(found):
        return GraphFormat(name, f".{name}", point.value, found)
    raise ExportError(f"the exporter {name!r} ({point.value}) is neither a GraphFormat nor a function")
