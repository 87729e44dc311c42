"""Words of a user added to a built-in lexicon: lists grow, entries of one id are joined, new entries stand beside."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from nlp_reform.errors import ConfigError

_OPEN = frozenset({"units"})
"""Lexicons whose top level is a list of like tables, so that a new one has a meaning (a dimension of units)."""


def merged(name: str, base: Mapping[str, Any], added: Mapping[str, Any], where: str) -> dict[str, Any]:
    """Return a lexicon with a user's additions; neither of the two is changed.

    Tables are joined key by key. Lists and blocks of words grow. In a list of entries (`[[cue]]`) one with the `id` of
    a built-in entry is joined to it, another is put before the built-in ones and needs the keys that all of them have.
    Numbers, truth values and single lines replace what was there. Raises `ConfigError` naming the key for a table
    that the lexicon does not have and for a value of another type.
    """
    for key, value in added.items():
        like = key in base or (name in _OPEN and isinstance(value, dict))
        if not like:
            raise ConfigError(f"{where}: the lexicon {name} has no {key!r}; it has {', '.join(base)}")
        if key not in base:
            _whole(value, [table for table in base.values() if isinstance(table, dict) and "units" in table],
                   f"{where}.{key}")
    return _tables(base, added, where)


def _tables(base: Mapping[str, Any], added: Mapping[str, Any], where: str) -> dict[str, Any]:
    return {**base, **{key: _value(base[key], value, f"{where}.{key}") if key in base else value
                       for key, value in added.items()}}


def _value(base: Any, added: Any, where: str) -> Any:
    if isinstance(base, dict) and isinstance(added, dict):
        return _tables(base, added, where)
    if isinstance(base, list) and isinstance(added, list):
        return _entries(base, added, where) if base and isinstance(base[0], dict) else _words(base, added, where)
    if isinstance(base, str) and "\n" in base and isinstance(added, str | list):
        lines = added if isinstance(added, list) else [added]
        return base.rstrip("\n") + "\n" + "\n".join(_texts(lines, where)) + "\n"
    if not isinstance(base, list | dict) and _kind(base) == _kind(added):
        return added
    raise ConfigError(f"{where}: must be {_kind(base)}, is {_kind(added)}")


def _words(base: Sequence[Any], added: Sequence[Any], where: str) -> list[Any]:
    _texts(added, where)
    return [*base, *(word for word in added if word not in base)]


def _entries(base: Sequence[dict[str, Any]], added: Sequence[Any], where: str) -> list[dict[str, Any]]:
    """Join entries of one id; put new ones first, so that they are tried before the built-in ones."""
    places = {entry["id"]: n for n, entry in enumerate(base) if "id" in entry}
    found, new = list(base), []
    for n, entry in enumerate(added, 1):
        here = f"{where}[{n}]"
        if not isinstance(entry, dict):
            raise ConfigError(f"{here}: must be a table, is {_kind(entry)}")
        at = places.get(entry.get("id", ""))
        if at is None:
            _whole(entry, base, here)
            new.append({"source": here, **entry} if "source" in base[0] else entry)
        else:
            found[at] = _tables(found[at], entry, here)
    return [*new, *found]


def _whole(entry: Mapping[str, Any], like: Sequence[Mapping[str, Any]], where: str) -> None:
    """Raise `ConfigError` where an entry lacks what all others have, or has something of another type."""
    needed = set.intersection(*(set(one) for one in like)) - {"source"}
    lacking = sorted(needed - set(entry))
    if lacking:
        raise ConfigError(f"{where}: lacks {', '.join(lacking)}")
    model = {key: value for one in like for key, value in one.items()}
    for key, value in entry.items():
        if key not in model:
            raise ConfigError(f"{where}: unknown key {key!r}; known are {', '.join(sorted(model))}")
        if _kind(value) != _kind(model[key]):
            raise ConfigError(f"{where}.{key}: must be {_kind(model[key])}, is {_kind(value)}")


def _texts(words: Sequence[Any], where: str) -> Sequence[str]:
    strange = [word for word in words if not isinstance(word, str) or not word.strip()]
    if strange:
        raise ConfigError(f"{where}: {strange[0]!r} is no word")
    return words


def _kind(value: Any) -> str:
    names = {bool: "true or false", int: "a number", float: "a number", str: "text", list: "a list", dict: "a table"}
    return names.get(type(value), type(value).__name__)
