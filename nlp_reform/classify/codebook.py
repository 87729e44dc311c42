"""Codebooks: versioned files of codes with names, definitions and terms (scheme, section 6).

A codebook is a TOML file. Top-level keys: `id`, `version`, `name_zh`, `name_en`, and optionally `languages`,
`source`, `multi` (one directive may carry several codes as equals), `level` (the depth that `classify`
answers at, 1 by default), `genres` (words of titles for whose documents it is made). Each `[[codes]]` table
has `code`, `name_zh`, `name_en`, and optionally `parent`, `definition`, `include`, `exclude` (terms),
`examples` (made-up sentences) and `maps` (codebook id → codes).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

from nlp_reform import plugins, resources
from nlp_reform.errors import PluginError, ResourceError
from nlp_reform.project import active


@dataclass(frozen=True, slots=True)
class Code:
    """One code: its names, definition, parent, and the terms that speak for (`include`) or against it.

    An `exclude` term is read whole and speaks for nothing, so that a shorter term inside it stays silent.
    `maps` gives the codes of other codebooks that this one rolls up to.
    """

    code: str
    name_zh: str
    name_en: str
    definition: str = ""
    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    parent: str | None = None
    examples: tuple[str, ...] = ()
    maps: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, eq=False)
class Codebook:
    """A codebook; `multi` says whether one directive may carry several codes as equals.

    `level` is the depth of the hierarchy, counted from 1 at the top, at which directives are coded by
    default. `genres` are words of a title for whose documents the codebook is made; none means any document.
    Two codebooks are equal only when they are the same object.
    """

    id: str
    version: str
    name_zh: str
    name_en: str
    source: str
    multi: bool
    codes: tuple[Code, ...]
    languages: tuple[str, ...] = ("zh", "en")
    level: int = 1
    genres: tuple[str, ...] = ()

    @cached_property
    def by_code(self) -> dict[str, Code]:
        """The codes by their code."""
        return {code.code: code for code in self.codes}

    def path(self, code: str) -> tuple[str, ...]:
        """Return the codes from the top down to `code`; raises KeyError for an unknown one."""
        line: list[str] = []
        walk: str | None = code
        while walk is not None:
            line.append(walk)
            walk = self.by_code[walk].parent
        return tuple(reversed(line))

    def roll_up(self, code: str, level: int | None = None) -> str:
        """Return the code's ancestor at `level` (default: the codebook's), or itself when it stands higher."""
        line = self.path(code)
        return line[min(level or self.level, len(line)) - 1]

    def labels(self, level: int | None = None) -> tuple[str, ...]:
        """Return the codes a directive can get at `level`, in the codebook's order."""
        depth = level or self.level
        if depth not in self._labels:
            parents = {code.parent for code in self.codes}
            lines = ((code.code, len(self.path(code.code))) for code in self.codes)
            self._labels[depth] = tuple(
                code for code, deep in lines if deep == depth or (deep < depth and code not in parents))
        return self._labels[depth]

    @cached_property
    def _labels(self) -> dict[int, tuple[str, ...]]:
        """The labels of the levels asked for before."""
        return {}

    def crosswalk(self, code: str, other: str) -> tuple[str, ...]:
        """Return what `code` maps to in the codebook `other`: its own mapping, else its nearest ancestor's."""
        for step in reversed(self.path(code)):
            if other in self.by_code[step].maps:
                return self.by_code[step].maps[other]
        return ()


def available() -> tuple[str, ...]:
    """Return the names of all codebooks that can be found, sorted."""
    found = {path.stem for folder in resources.places("codebooks") if folder.is_dir() for path in folder.glob("*.toml")}
    return tuple(sorted(found - set(faulty())))


@lru_cache(maxsize=1)
def faulty() -> dict[str, PluginError]:
    """Return the codebooks of plugins that cannot be used, each with the error that says why."""
    return {name: error for plugin, folder in plugins.folders("codebooks").found
            for name, error in _faults(plugin, folder)}


def _faults(plugin: plugins.Plugin, folder: Path) -> Iterator[tuple[str, PluginError]]:
    for path in sorted(folder.glob("*.toml")):
        if resources.locate("codebooks", path.stem) == path:
            try:
                load(path.stem)
            except ResourceError as error:
                yield path.stem, plugin.error(f"has a codebook that cannot be used ({error})")


def check_plugin(plugin: plugins.Plugin) -> None:
    """Raise `PluginError` when a plugin of codebooks has no folder or a codebook in it that cannot be used."""
    for _, error in _faults(plugin, plugins.check_folder(plugin)):
        raise error


def chosen(names: Iterable[str] = ()) -> tuple[str, ...]:
    """Return the codebooks named; where none is, those of the project's settings, else all that can be found."""
    return tuple(names) or active().codebook or available()


def load(name: str) -> Codebook:
    """Return a codebook by name, or by the path of a TOML file.

    Raises `ResourceError` when it is not found, or names the file and the code that is malformed: a missing
    id or name, a code given twice, a parent that does not exist, a hierarchy that runs in a circle.
    """
    path = resources.locate("codebooks", name)
    return _load(path, path.stat().st_mtime_ns)


@lru_cache(maxsize=32)
def _load(path: Path, _changed: int) -> Codebook:
    raw = resources.load_toml(path)
    codes = tuple(parse_code(entry, path) for entry in _tables(raw, path))
    faults = list(structure_faults(codes))
    if faults:
        code, message = faults[0]
        raise ResourceError(f"{path}: {message}" if code is None else f"{path}: code {code!r} {message}")
    try:
        return Codebook(
            str(raw["id"]), str(raw["version"]), str(raw["name_zh"]), str(raw["name_en"]), str(raw.get("source", "")),
            bool(raw.get("multi", False)), codes, tuple(raw.get("languages", ("zh", "en"))), int(raw.get("level", 1)),
            tuple(raw.get("genres", ())),
        )
    except KeyError as error:
        raise ResourceError(f"{path}: codebook without {error.args[0]!r}") from error
    except (TypeError, ValueError) as error:
        raise ResourceError(f"{path}: malformed codebook: {error}") from error


def _tables(raw: dict[str, Any], path: Path) -> list[dict[str, Any]]:
    codes = raw.get("codes", [])
    if not isinstance(codes, list) or not all(isinstance(entry, dict) for entry in codes):
        raise ResourceError(f"{path}: `codes` must be tables, each headed [[codes]]")
    return codes


def parse_code(entry: dict[str, Any], path: Path | None) -> Code:
    """Return one `[[codes]]` table as a `Code`; raises `ResourceError` naming the file (if given) and the code."""
    name = entry.get("code", "?")
    where = f"{path}: " if path else ""
    try:
        parent = entry.get("parent")
        return Code(
            str(entry["code"]), str(entry["name_zh"]), str(entry["name_en"]), str(entry.get("definition", "")),
            _terms(entry, "include"), _terms(entry, "exclude"), None if parent is None else str(parent),
            _terms(entry, "examples"), {str(book): tuple(map(str, to)) for book, to in entry.get("maps", {}).items()},
        )
    except KeyError as error:
        raise ResourceError(f"{where}code {name!r} without {error.args[0]!r}") from error
    except (TypeError, AttributeError, ValueError) as error:
        raise ResourceError(f"{where}code {name!r}: {error}") from error


def _terms(entry: dict[str, Any], key: str) -> tuple[str, ...]:
    given = entry.get(key, ())
    if isinstance(given, str) or not all(isinstance(term, str) and term for term in given):
        raise ValueError(f"`{key}` must be a list of non-empty strings")
    return tuple(given)


def structure_faults(codes: Iterable[Code]) -> Iterable[tuple[str | None, str]]:
    """Give `(code, what is wrong)` for every fault that keeps a codebook from being used."""
    codes = tuple(codes)
    if not codes:
        yield None, "codebook without codes"
    parents: dict[str, str | None] = {}
    for code in codes:
        if code.code in parents:
            yield code.code, "is given twice"
        parents[code.code] = code.parent
    sound: set[str] = set()
    for start in parents:
        line = [start]
        while (above := parents[line[-1]]) is not None and above not in sound:
            if above not in parents:
                yield line[-1], f"names a parent {above!r} that does not exist"
                break
            if above in line:
                yield start, f"has a hierarchy that runs in a circle: {' → '.join([*line, above])}"
                break
            line.append(above)
        else:
            sound.update(line)
