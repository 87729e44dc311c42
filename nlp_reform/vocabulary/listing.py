"""Which lexicons there are and what stands in them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from nlp_reform import resources


@dataclass(frozen=True, slots=True)
class Listed:
    """A lexicon as `lexicon list` prints it: its name, its tables, how many values they hold, and its file."""

    name: str
    tables: int
    values: int
    file: str


def list_lexicons() -> tuple[Listed, ...]:
    """Return the lexicons in use, sorted by name."""
    names = sorted({path.stem for folder in resources.places("lexicons") if folder.is_dir()
                    for path in folder.glob("*.toml")})
    found = []
    for name in names:
        held = resources.lexicon(name)
        tables = sum(isinstance(value, Mapping | list) for value in held.values())
        found.append(Listed(name, tables, _count(held), str(resources.locate("lexicons", name))))
    return tuple(found)


def show_lexicon(name: str) -> dict[str, Any]:
    """Return a lexicon as plain values; blocks of words come as lists. Raises `ResourceError` for an unknown one."""
    return {key: _parted(key, value) for key, value in resources.lexicon(name).items()}


_BLOCKS = ("terms", "names")
"""Keys whose string is a block of words; names stand one a line with their aliases."""


def _parted(key: str, value: Any) -> Any:
    if isinstance(value, Mapping):
        return {inner: _parted(inner, one) for inner, one in value.items()}
    if isinstance(value, list):
        return [_parted("", one) for one in value]
    if isinstance(value, str) and key in _BLOCKS:
        return value.strip().splitlines() if key == "names" else value.split()
    return value


def _count(value: Any, key: str = "") -> int:
    """Count the values: words of lists and blocks, and single settings; where they are from does not count."""
    if isinstance(value, Mapping):
        return sum(_count(one, inner) for inner, one in value.items() if inner not in ("source", "id"))
    if isinstance(value, list):
        return sum(_count(one) for one in value)
    if isinstance(value, str) and key in _BLOCKS:
        return len(_parted(key, value))
    return 1
