"""Plugins: what other packages add by entry points. Nothing is looked for, let alone loaded, before it is needed.

| group | the entry point's name | what it names |
|---|---|---|
| `nlp_reform.readers` | a file ending without its dot (`eml`) | `read(data, name)` that gives a `Reading` or text |
| `nlp_reform.lexicons` | any | a package or folder of TOML files, added to the lexicons of their names |
| `nlp_reform.codebooks` | any | a package or folder of TOML files, each a codebook |
| `nlp_reform.exporters` | a format | a `DocumentExporter`, a `GraphFormat`, or a function from `Flat` to the content |
| `nlp_reform.stages` | any | a `Stage`, or a function without arguments that returns one |

A plugin that fails is named, by an error where it was asked for and by a note on the documents where it was not; the
rest goes on. Of two plugins of one name in a group the one of the package first in the alphabet is used.
"""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from types import ModuleType
from typing import Any, Literal

from nlp_reform.errors import PluginError

Kind = Literal["readers", "lexicons", "codebooks", "exporters", "stages"]
KINDS: tuple[Kind, ...] = ("readers", "lexicons", "codebooks", "exporters", "stages")
"""The kinds of plugins; `nlp_reform.` before one is the name of its group of entry points."""


@dataclass(frozen=True, slots=True)
class Plugin:
    """An installed entry point: its kind, name, what it points to (`module:name`), its package and that's version."""

    kind: Kind
    name: str
    value: str
    package: str
    version: str

    def load(self) -> Any:
        """Import what the plugin points to. Raises `PluginError` naming it."""
        from importlib.metadata import EntryPoint

        try:
            return EntryPoint(self.name, self.value, f"nlp_reform.{self.kind}").load()
        except Exception as error:
            raise self.error(f"cannot be loaded ({type(error).__name__}: {error})") from error

    def error(self, reason: str) -> PluginError:
        """Return the error that says what is wrong with the plugin, and the way out."""
        return PluginError(f"the plugin {self.name!r} ({self.kind}) of {self.package} {self.version} {_line(reason)}; "
                           f"mend or uninstall {self.package}")


def installed(kind: Kind) -> tuple[Plugin, ...]:
    """Return the plugins of a kind, sorted by name, each name once; their packages are not imported."""
    return tuple(plugin for plugin in everything(kind) if not hidden(plugin))


def hidden(plugin: Plugin) -> bool:
    """Tell whether another package's plugin of the same name is used instead."""
    return next(one for one in everything(plugin.kind) if one.name == plugin.name) != plugin


def find(kind: Kind, name: str) -> Plugin | None:
    """Return the plugin of a name, None where there is none."""
    return next((plugin for plugin in installed(kind) if plugin.name == name), None)


@lru_cache(maxsize=len(KINDS))
def everything(kind: Kind) -> tuple[Plugin, ...]:
    """Return all plugins of a kind, also those hidden by another of the same name."""
    if not _mentioned():
        return ()
    from importlib.metadata import entry_points

    points = entry_points(group=f"nlp_reform.{kind}")
    found = [Plugin(kind, point.name, point.value, point.dist.name if point.dist else "a package without a name",
                    point.dist.version if point.dist else "") for point in points]
    return tuple(sorted(found, key=lambda one: (one.name, one.package)))


@lru_cache(maxsize=1)
def _mentioned() -> bool:
    """Tell whether any installed package names one of our groups.

    importlib.metadata would answer too, but its import alone takes more than ten times as long as this.
    """
    for place in sys.path:
        if Path(place or ".").is_file():
            return True  # a zipped package: importlib.metadata looks into it
        try:
            entries = list(os.scandir(place or "."))
        except OSError:
            continue
        for entry in entries:
            if entry.name.endswith((".dist-info", ".egg-info")):
                try:
                    if b"[nlp_reform." in Path(entry.path, "entry_points.txt").read_bytes():
                        return True
                except OSError:
                    continue
    return False


@dataclass(frozen=True, slots=True)
class Folders:
    """The folders that plugins of a kind bring, with the plugin of each, and the errors of those that bring none."""

    found: tuple[tuple[Plugin, Path], ...] = ()
    failed: tuple[PluginError, ...] = ()


@lru_cache(maxsize=2)
def folders(kind: Literal["lexicons", "codebooks"]) -> Folders:
    """Return the folders of lexicons or codebooks that plugins bring."""
    found, failed = [], []
    for plugin in installed(kind):
        try:
            found.append((plugin, check_folder(plugin)))
        except PluginError as error:
            failed.append(error)
    return Folders(tuple(found), tuple(failed))


def check_folder(plugin: Plugin) -> Path:
    """Return the folder that a plugin of lexicons or codebooks names; raises `PluginError` when there is none."""
    given = plugin.load()
    if isinstance(given, ModuleType):
        given = next(iter(given.__path__)) if hasattr(given, "__path__") else Path(str(given.__file__)).parent
    if not isinstance(given, str | Path) or not Path(given).is_dir():
        raise plugin.error(f"names no folder and no package ({plugin.value})")
    return Path(given)


def _line(text: str) -> str:
    return " ".join(text.split())
