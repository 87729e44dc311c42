"""Codebooks: versioned files of codes with names, definitions and terms (scheme, section 6)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from nlp_reform import resources
from nlp_reform.errors import ResourceError


@dataclass(frozen=True, slots=True)
class Code:
    """One code: its names, definition, parent, and the terms that speak for (`include`) or against it."""

    code: str
    name_zh: str
    name_en: str
    definition: str
    include: tuple[str, ...]
    exclude: tuple[str, ...]
    parent: str | None = None


@dataclass(frozen=True, slots=True)
class Codebook:
    """A codebook; `multi` says whether one directive may carry several codes as equals."""

    id: str
    version: str
    name_zh: str
    name_en: str
    source: str
    multi: bool
    codes: tuple[Code, ...]


def available() -> tuple[str, ...]:
    """Return the names of all codebooks that can be found, sorted."""
    found = {path.stem for folder in resources.places("codebooks") if folder.is_dir() for path in folder.glob("*.toml")}
    return tuple(sorted(found))


@lru_cache(maxsize=32)
def load(name: str) -> Codebook:
    """Return a codebook by name, or by the path of a TOML file.

    Raises `ResourceError` when it is not found, or names the file and the code that is malformed: a missing
    id or name, a code given twice, a parent that does not exist.
    """
    path = resources.locate("codebooks", name)
    raw = resources.load_toml(path)
    codes = tuple(_code(entry, path) for entry in raw.get("codes", ()))
    _check(codes, path)
    try:
        return Codebook(
            raw["id"], str(raw["version"]), raw["name_zh"], raw["name_en"], raw.get("source", ""),
            bool(raw.get("multi", False)), codes,
        )
    except KeyError as error:
        raise ResourceError(f"{path}: codebook without {error.args[0]!r}") from error


def _code(entry: dict[str, Any], path: Path) -> Code:
    try:
        return Code(
            str(entry["code"]), entry["name_zh"], entry["name_en"], entry.get("definition", ""),
            tuple(entry.get("include", ())), tuple(entry.get("exclude", ())), entry.get("parent"),
        )
    except KeyError as error:
        raise ResourceError(f"{path}: code {entry.get('code', '?')!r} without {error.args[0]!r}") from error


def _check(codes: tuple[Code, ...], path: Path) -> None:
    if not codes:
        raise ResourceError(f"{path}: codebook without codes")
    known: set[str] = set()
    for code in codes:
        if code.code in known:
            raise ResourceError(f"{path}: code {code.code!r} is given twice")
        if code.parent is not None and code.parent not in known:
            raise ResourceError(f"{path}: parent {code.parent!r} of {code.code!r} is not given before it")
        known.add(code.code)
