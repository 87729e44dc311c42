"""The settings of a project: a file `nlp-reform.toml`, found from the working directory upwards.

What a setting is is decided in this order: an option or argument, an environment variable, the project's file, the
built-in default. Relative paths in the file are relative to it.
"""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from functools import lru_cache
from pathlib import Path
from typing import Any

from nlp_reform.errors import ConfigError

FILE = "nlp-reform.toml"
VARIABLE = "NLP_REFORM_CONFIG"
"""Names the project's file; an empty value means: none, whatever stands in the folders."""
CODEBOOK, LANG = "NLP_REFORM_CODEBOOK", "NLP_REFORM_LANG"
"""Environment variables before the file: codebooks parted by commas, and zh or en."""
LANGUAGES = ("zh", "en")
KEYS = {
    "codebook": "a name or a list of names",
    "lang": "one of " + ", ".join(LANGUAGES),
    "data": "a folder with codebooks/, lexicons/, corpora/ or models/ of your own",
    "indicators": "a TOML file of comparable indicators",
    "lexicons": "tables of lexicons, each with words to add, or the path of a TOML file with them",
}
"""The keys of the file and what each holds."""


@dataclass(frozen=True, slots=True)
class Project:
    """The settings in force; `path` is the file they are from, None where there is none.

    `lexicons` are tables by the name of the lexicon they are added to, each with the place to name in errors.
    """

    path: Path | None = None
    codebook: tuple[str, ...] = ()
    lang: str | None = None
    data: Path | None = None
    lexicons: Mapping[str, tuple[tuple[str, Mapping[str, Any]], ...]] = field(default_factory=dict)


@lru_cache(maxsize=1)
def active() -> Project:
    """Return the settings in force in this process; raises `ConfigError` naming the file and the key at fault."""
    given = os.environ.get(VARIABLE)
    path = find(Path.cwd()) if given is None else Path(given) if given else None
    project = load(path) if path else Project()
    codebook = tuple(name.strip() for name in os.environ.get(CODEBOOK, "").split(",") if name.strip())
    lang = os.environ.get(LANG) or project.lang
    if lang is not None and lang not in LANGUAGES:
        raise ConfigError(f"{LANG}: {lang!r} must be {KEYS['lang']}")
    return Project(project.path, codebook or project.codebook, lang, project.data, project.lexicons)


def use(path: str | Path | None) -> Project:
    """Take a project's file for this process and those it starts, None for no file at all; return its settings.

    Raises `ConfigError` for a file that is at fault, and when another one is in use already: words are read once.
    """
    chosen = Path(path).absolute() if path is not None else None
    if _begun() and active().path != chosen:
        raise ConfigError(f"{path or 'no file'}: {active().path or 'no file'} is in use already; choose the "
                          f"settings before the first document is read, or set {VARIABLE}")
    if chosen is not None:
        load(chosen)
    os.environ[VARIABLE] = str(chosen or "")
    active.cache_clear()
    return active()


def find(folder: Path) -> Path | None:
    """Return the nearest `nlp-reform.toml` in a folder or above it, None where there is none."""
    return next((place / FILE for place in (folder, *folder.parents) if (place / FILE).is_file()), None)


def load(path: Path) -> Project:
    """Read a project's file; raises `ConfigError` naming the file and the key that is unknown or of a wrong type."""
    table = _toml(path)
    for key in table:
        if key not in KEYS:
            near = get_close_matches(key, KEYS, 1)
            meant = f"; did you mean {near[0]}?" if near else f"; known are {', '.join(KEYS)}"
            raise ConfigError(f"{path}: unknown key {key!r}{meant}")
    names = table.get("codebook", ())
    names = [names] if isinstance(names, str) else names
    if not isinstance(names, list | tuple) or not all(isinstance(name, str) and name for name in names):
        raise _wrong(path, "codebook")
    lang = table.get("lang")
    if lang is not None and lang not in LANGUAGES:
        raise _wrong(path, "lang")
    lexicons = _lexicons(path, table.get("lexicons", {}))
    if "indicators" in table:
        own = _beside(path, "indicators", table["indicators"])
        lexicons["comparable"] = (*lexicons.get("comparable", ()), (str(own), _toml(own)))
    data = _beside(path, "data", table["data"]) if "data" in table else None
    if data is not None and not data.is_dir():
        raise ConfigError(f"{path}: data: {data}: no such folder")
    return Project(path, tuple(_named(path, name) for name in names), lang, data, lexicons)


def _lexicons(path: Path, given: Any) -> dict[str, tuple[tuple[str, Mapping[str, Any]], ...]]:
    if not isinstance(given, dict):
        raise _wrong(path, "lexicons")
    found: dict[str, tuple[tuple[str, Mapping[str, Any]], ...]] = {}
    for name, value in given.items():
        if isinstance(value, str):
            own = _beside(path, f"lexicons.{name}", value)
            found[name] = ((str(own), _toml(own)),)
        elif isinstance(value, dict):
            found[name] = ((f"{path}: lexicons.{name}", value),)
        else:
            raise ConfigError(f"{path}: lexicons.{name}: must be a table, or the path of a TOML file")
    return found


def _named(path: Path, name: str) -> str:
    """Return a codebook's name, or its path from the file's folder where it ends like one."""
    return str(path.parent / name) if name.endswith(".toml") else name


def _beside(path: Path, key: str, value: Any) -> Path:
    if not isinstance(value, str) or not value:
        raise ConfigError(f"{path}: {key}: must be {KEYS.get(key, 'the path of a TOML file')}")
    return path.parent / value


def _wrong(path: Path, key: str) -> ConfigError:
    return ConfigError(f"{path}: {key}: must be {KEYS[key]}")


def _toml(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise ConfigError(f"{path}: cannot be read ({error.strerror}); check the path") from error
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise ConfigError(f"{path}: {error}") from error


_read: list[str] = []


def note_read(lexicon: str) -> None:
    """Remember that a lexicon was read under the settings in force: they can no longer be changed."""
    _read.append(lexicon)


def _begun() -> bool:
    return bool(_read)
