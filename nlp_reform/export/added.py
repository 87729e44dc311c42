"""Formats that plugins bring: of documents, and of graphs (`graph_formats.GraphFormat`)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from nlp_reform import plugins
from nlp_reform.errors import ExportError
from nlp_reform.model import Document


@dataclass(frozen=True, slots=True)
class DocumentExporter:
    """A document format of a plugin: what a file's name ends with, and the file's content from the documents."""

    suffix: str
    render: Callable[[Sequence[Document]], str | bytes]


def document_exporter(name: str) -> DocumentExporter:
    """Return a plugin's document format, guarded. Raises `ExportError` for an unknown name, `PluginError`."""
    plugin = plugins.find("exporters", name)
    if plugin is None:
        raise ExportError(f"no format {name!r}; installed by plugins are: {', '.join(names()) or 'none'}")
    found = plugin.load()
    if not isinstance(found, DocumentExporter):
        raise plugin.error(f"writes no documents ({plugin.value}): use it with `nlp-reform graph`")
    return DocumentExporter(found.suffix, guarded(plugin, found.render))


def check(plugin: plugins.Plugin) -> None:
    """Raise `PluginError` when an exporter cannot be loaded or is of no kind we know."""
    from nlp_reform.export.graph_formats import GraphFormat

    found = plugin.load()
    if not isinstance(found, DocumentExporter | GraphFormat) and not callable(found):
        raise plugin.error(f"is no DocumentExporter, no GraphFormat and no function ({plugin.value})")


def names() -> tuple[str, ...]:
    """Return the names of all installed exporters, of documents and of graphs; none is loaded."""
    return tuple(plugin.name for plugin in plugins.installed("exporters"))


def guarded(plugin: plugins.Plugin, function: Callable[[Any], Any]) -> Callable[[Any], Any]:
    """Return a plugin's function with every error of its own made a `PluginError` that names it."""
    def run(given: Any) -> Any:
        try:
            content = function(given)
        except Exception as error:
            raise plugin.error(f"failed ({type(error).__name__}: {error})") from error
        if not isinstance(content, str | bytes | dict):
            raise plugin.error(f"returned {type(content).__name__}, no text, no bytes and no files by name")
        return content

    return run
