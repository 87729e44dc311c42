"""The verbs of extending: lexicons, a dictionary for segmenters, plugins.

Each function is a command of `nlp-reform lexicon` or `nlp-reform plugins`, with the same names and defaults.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from nlp_reform.errors import PluginError
from nlp_reform.model import Document

if TYPE_CHECKING:
    from nlp_reform.plugins import Plugin
    from nlp_reform.vocabulary import Dictionary, Listed


def list_lexicons() -> tuple[Listed, ...]:
    """Return the lexicons in use with their tables and sizes."""
    from nlp_reform import vocabulary

    return vocabulary.list_lexicons()


def show_lexicon(name: str) -> dict[str, Any]:
    """Return a lexicon as plain values, by name. Raises `ResourceError` for an unknown one."""
    from nlp_reform import vocabulary

    return vocabulary.show_lexicon(name)


def build_lexicon(
    documents: Iterable[Document | str | Path] = (), output: str | Path = "policy.dict", words: Sequence[str] = (),
    least: int = 5, cohesion: float = 5.0, freedom: float = 1.5, longest: int = 8,
) -> Dictionary:
    """Write a jieba user dictionary of our lexicons' words and of a corpus's new words, and return it.

    `documents` are documents or names of files (none: the lexicons alone); `words` chooses lexicons (bodies,
    indicators, programmes, units, mainland; none means all). A new word occurs `least` times, holds together by
    `cohesion` bits, stands in surroundings of `freedom` bits and is at most `longest` characters long;
    `Dictionary.new` has each with its support. The same input gives the same bytes. Raises `ReformError` for an
    unknown source, `ReadError` for what cannot be read, `ExportError` when the file cannot be written.
    """
    from nlp_reform import vocabulary
    from nlp_reform.errors import ReformError
    from nlp_reform.export.write import write

    unknown = [name for name in words if name not in vocabulary.SOURCES]
    if unknown:
        raise ReformError(f"no source of words {unknown[0]!r}; known are {', '.join(vocabulary.SOURCES)}")
    limits = vocabulary.Limits(least, cohesion, freedom, longest)
    built = vocabulary.dictionary(map(_plain, documents), words, limits)
    write(Path(output), str(built))
    return built


@dataclass(frozen=True, slots=True)
class InstalledPlugin:
    """A plugin as `nlp-reform plugins` prints it; `message` says what is wrong with one that fails."""

    kind: str
    name: str
    package: str
    version: str
    points_to: str
    state: Literal["loads", "fails", "hidden"]
    message: str = ""


def plugins() -> tuple[InstalledPlugin, ...]:
    """Return all installed plugins, each loaded to see whether it can be used.

    `hidden` is one whose name another package's plugin of the same kind has.
    """
    from nlp_reform import plugins as room

    return tuple(_tried(plugin, room.hidden(plugin)) for kind in room.KINDS for plugin in room.everything(kind))


def _tried(plugin: Plugin, hidden: bool) -> InstalledPlugin:
    from nlp_reform import pipeline
    from nlp_reform.classify.codebook import check_plugin as check_codebooks
    from nlp_reform.export import added as export
    from nlp_reform.plugins import check_folder
    from nlp_reform.read import added as read
    from nlp_reform.resources import check_lexicons

    tries: dict[str, Callable[[Plugin], object]] = {
        "readers": read.check, "exporters": export.check, "stages": pipeline.check_stage,
        "lexicons": lambda given: check_lexicons(given, check_folder(given)), "codebooks": check_codebooks}
    known = (plugin.kind, plugin.name, plugin.package, plugin.version, plugin.value)
    if hidden:
        return InstalledPlugin(*known, "hidden", "another package has a plugin of this name")
    try:
        tries[plugin.kind](plugin)
    except PluginError as error:
        return InstalledPlugin(*known, "fails", str(error))
    return InstalledPlugin(*known, "loads")


def read(source: str | Path) -> Document:
    """Return a file as a document, its text cleaned but not analysed: what `build_lexicon` needs of it.

    `-` is standard input. Raises `ReadError` naming the file and the way out.
    """
    from nlp_reform.read import from_path

    return _cleaned(from_path(Path(source)))


def _cleaned(document: Document) -> Document:
    from dataclasses import replace

    from nlp_reform import normalise

    return document if document.view.text else replace(document, **normalise.find(document))


def _plain(source: Document | str | Path) -> str:
    """Return the cleaned Simplified text."""
    return (_cleaned(source) if isinstance(source, Document) else read(source)).view.text
