"""Graph files: chooses the format, keeps what stands there unless told, writes all or nothing.

The formats are imported when a graph is written: whoever exports documents alone does not wait for them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from nlp_reform import plugins
from nlp_reform.errors import ExportError
from nlp_reform.export.added import DocumentExporter, guarded
from nlp_reform.export.csvw import write_csv
from nlp_reform.export.write import write, write_folder

if TYPE_CHECKING:
    import networkx as nx

    from nlp_reform.export.graph_formats import GraphFormat


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
    flat = flatten(graph)
    content = chosen.render(flat)
    if isinstance(content, Mapping):
        return write_folder(path, content)
    if chosen.table is not None and isinstance(content, str):
        made = [str(row["made_with"]) for row in flat.nodes if "made_with" in row]
        return write_csv(path, content, chosen.table, made)
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
    plugin = plugins.find("exporters", name)
    if plugin is not None:
        return _load(plugin)
    raise ExportError(f"no graph format {name!r}; known are {', '.join(graph_formats())}")


def graph_formats() -> tuple[str, ...]:
    """Return the names of all formats, those of installed exporters last."""
    added = (plugin.name for plugin in plugins.installed("exporters"))
    return tuple(dict.fromkeys((*_built_in(), *added)))


def _built_in() -> dict[str, GraphFormat]:
    from nlp_reform.export.graph_formats import BUILT_IN

    return BUILT_IN


def _load(plugin: plugins.Plugin) -> GraphFormat:
    """Return an installed exporter's format; raises `PluginError` when it cannot be loaded."""
    from nlp_reform.export.graph_formats import GraphFormat

    found = plugin.load()
    if isinstance(found, GraphFormat):
        return replace(found, render=guarded(plugin, found.render))
    if callable(found):
        return GraphFormat(plugin.name, f".{plugin.name}", plugin.value, guarded(plugin, found))
    if isinstance(found, DocumentExporter):
        raise plugin.error(f"writes documents, no graphs ({plugin.value}): use it with `nlp-reform extract`")
    raise plugin.error(f"is neither a GraphFormat nor a function ({plugin.value})")
