"""Finds lexicons, codebooks, corpora and models. Words live in these files, never in code."""

from __future__ import annotations

import hashlib
import json
import os
import sys
import tomllib
from contextlib import suppress
from functools import lru_cache
from pathlib import Path
from typing import Any

from nlp_reform import plugins, project
from nlp_reform.additions import merged
from nlp_reform.errors import ConfigError, PluginError, ResourceError
from nlp_reform.prepared import parsed

PACKAGE = Path(__file__).resolve().parent
VARIABLE = "NLP_REFORM_DATA"


def user_folder() -> Path:
    """Return the folder of the user's own data, by the platform's custom; it need not exist."""
    home = Path(os.path.expanduser("~"))  # noqa: PTH111  (of a user without a home it stays ~)
    if sys.platform == "win32":
        base = os.environ.get("APPDATA") or str(home / "AppData" / "Roaming")
    elif sys.platform == "darwin":
        base = str(home / "Library" / "Application Support")
    else:
        base = os.environ.get("XDG_DATA_HOME") or str(home / ".local" / "share")
    return Path(base) / "nlp-reform"


def places(kind: str) -> tuple[Path, ...]:
    """Return the folders where data of a kind (`lexicons`, `codebooks`, `corpora`, `models`) may lie, best first.

    Folders of plugins come last: a plugin's codebook never stands before one of yours.
    """
    given = os.environ.get(VARIABLE)
    own = project.active().data
    return (
        *((Path(given) / kind,) if given else ()),
        *((own / kind,) if own else ()),
        PACKAGE.parent / kind,
        PACKAGE / kind,
        user_folder() / kind,
        *(folder for _, folder in (plugins.folders(kind).found if kind in ("lexicons", "codebooks") else ())),
    )


def locate(kind: str, name: str) -> Path:
    """Return the path of a named resource.

    Looked for, in order: `name` itself as a path, the folder in the environment variable
    `NLP_REFORM_DATA`, the folder `data` of the project's settings, the checkout, the installed package, the user's
    data folder. Raises `ResourceError` listing all of them.
    """
    given = Path(name)
    if given.suffix and given.exists():
        return given
    file = name if kind in ("corpora", "models") else f"{name}.toml"
    tried = [folder / file for folder in places(kind)]
    for path in tried:
        if path.exists():
            return path
    looked = ", ".join(str(path) for path in (given, *tried))
    raise ResourceError(f"no {kind} named {name!r}; looked at {looked}; set {VARIABLE} to add a folder")


@lru_cache(maxsize=8)
def fingerprints(codebooks: tuple[str, ...] = ()) -> dict[str, dict[str, str]]:
    """Return the sha256 of every lexicon and model that can be found, and of the codebooks named (by name or path).

    Words that plugins and the project add to a lexicon count as part of it.
    """
    return {
        "lexicons": {name: _lexicon_sha256(name) for name in _names("lexicons")},
        "codebooks": {name: _sha256(locate("codebooks", name)) for name in codebooks},
        "models": {name: _sha256(locate("models", name)) for name in _names("models")},
    }


def _names(kind: str) -> list[str]:
    """Return the names of all resources of a kind, sorted."""
    found: set[str] = set()
    for folder in places(kind):
        if folder.is_dir():
            found |= {path.name if path.is_dir() else path.stem for path in folder.iterdir()
                      if path.suffix == ".toml" or (path.is_dir() and not path.name.startswith((".", "__")))}
    return sorted(found)


def _lexicon_sha256(name: str) -> str:
    own = _sha256(locate("lexicons", name))
    added: list[object] = [path.read_text(encoding="utf-8", errors="replace") for _, path in _added_by_plugins(name)]
    added += [table for _, table in project.active().lexicons.get(name, ())]
    return hashlib.sha256((own + json.dumps(added, default=str)).encode()).hexdigest() if added else own


def _sha256(path: Path) -> str:
    """Return the sha256 of a file, or of a folder's files with their names, in the order of these."""
    if path.is_file():
        return hashlib.sha256(path.read_bytes()).hexdigest()
    files = [file for file in sorted(path.rglob("*")) if file.is_file()]
    listed = "".join(f"{file.relative_to(path).as_posix()} {_sha256(file)}\n" for file in files)
    return hashlib.sha256(listed.encode()).hexdigest()


def load_toml(path: Path) -> dict[str, Any]:
    """Read a TOML file; raises `ResourceError` naming the file and the line."""
    try:
        return parsed(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise ResourceError(f"{path}: {error}") from error


@lru_cache(maxsize=64)
def lexicon(name: str) -> dict[str, Any]:
    """Return a lexicon (`nlp_reform/lexicons/NAME.toml`) with what plugins and the project add; treat it as read-only.

    What a plugin adds in a way that cannot be is left out, and told by `faulty_lexicons`.
    """
    project.note_read(name)
    _check_names()
    table = load_toml(locate("lexicons", name))
    for plugin, path in _added_by_plugins(name):
        with suppress(PluginError):  # told by `faulty_lexicons`
            table = _with_plugin(name, table, plugin, path)
    for where, added in project.active().lexicons.get(name, ()):
        table = merged(name, table, added, where)
    return table


def faulty_lexicons() -> tuple[PluginError, ...]:
    """Return what is wrong with the lexicons of plugins: their words are left out."""
    failed = []
    for plugin, folder in plugins.folders("lexicons").found:
        try:
            check_lexicons(plugin, folder)
        except PluginError as error:
            failed.append(error)
    return tuple(failed)


def check_lexicons(plugin: plugins.Plugin, folder: Path) -> None:
    """Raise `PluginError` for the first lexicon of a plugin that cannot be read, or added to ours of its name."""
    for path in sorted(folder.glob("*.toml")):
        base = locate("lexicons", path.stem)
        _with_plugin(path.stem, {} if base == path else load_toml(base), plugin, path)


def _added_by_plugins(name: str) -> list[tuple[plugins.Plugin, Path]]:
    """Return the files of plugins that add to a lexicon; a lexicon that only a plugin has is not added to itself."""
    files = [(plugin, folder / f"{name}.toml") for plugin, folder in plugins.folders("lexicons").found]
    return [(plugin, path) for plugin, path in files if path.exists() and path != locate("lexicons", name)]


def _with_plugin(name: str, base: dict[str, Any], plugin: plugins.Plugin, path: Path) -> dict[str, Any]:
    try:
        added = load_toml(path)
        return merged(name, base, added, path.name) if base else added
    except (ConfigError, ResourceError) as error:
        raise plugin.error(f"has a lexicon that cannot be used ({error})") from error


@lru_cache(maxsize=1)
def _check_names() -> None:
    """Raise `ConfigError` where the settings add words to a lexicon that there is not."""
    names = [path.stem for path in sorted((PACKAGE / "lexicons").glob("*.toml"))]
    for name in project.active().lexicons:
        if name not in names:
            raise ConfigError(f"{project.active().path}: lexicons: there is no {name!r}; known are {', '.join(names)}")
