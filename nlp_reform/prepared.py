"""What a start makes of the program's own files, kept from one start to the next, as Python keeps byte code.

Nearly half of a cold start went into compiling the same few hundred patterns and parsing the same lexicons. Both are
kept here, each under the text it was made from, so that nothing kept can be out of date. The file is plain data (no
pickle, no marshal), belongs to one version of Python, and may be deleted at any time; what cannot be read or written is
made anew.
"""

from __future__ import annotations

import atexit
import hashlib
import json
import os
import re
import sys
import tempfile
import tomllib
from array import array
from collections.abc import Callable
from contextlib import suppress
from functools import lru_cache
from pathlib import Path
from re import _compiler, _parser  # type: ignore[attr-defined]
from typing import Any

VARIABLE = "NLP_REFORM_CACHE"
"""Names the folder of what is kept; `off` is none."""
_MOST = 1024
"""More entries than this are of many versions of the lexicons: then only those of this run are kept."""


def user_cache() -> Path | None:
    """Return the folder of what is kept: `NLP_REFORM_CACHE`, else by the platform's custom.

    None when it is `off`, and for a user without a home.
    """
    given = os.environ.get(VARIABLE)
    if given:
        return None if given.lower() == "off" else Path(given)
    home = Path("~").expanduser() if os.path.expanduser("~") != "~" else None  # noqa: PTH111  (a user without a home)
    if sys.platform == "win32":
        base = os.environ.get("LOCALAPPDATA") or (home and home / "AppData" / "Local")
    elif sys.platform == "darwin":
        base = home and home / "Library" / "Caches"
    else:
        base = os.environ.get("XDG_CACHE_HOME") or (home and home / ".cache")
    return Path(base) / "nlp-reform" if base else None


def compiled(pattern: str, flags: int = 0) -> re.Pattern[str]:
    """Return what `re.compile` returns; raises `re.error` alike."""
    shelf = _shelf()
    return shelf.pattern(pattern, int(flags)) if shelf else re.compile(pattern, flags)


def parsed(text: str) -> dict[str, Any]:
    """Return what `tomllib.loads` returns; raises `tomllib.TOMLDecodeError` alike."""
    shelf = _shelf()
    return shelf.table(text) if shelf else tomllib.loads(text)


def derived(kind: str, text: str, make: Callable[[], list[str]]) -> list[str]:
    """Return what `make` makes of a text, made once for a text and a kind; raises what `make` raises."""
    shelf = _shelf()
    return shelf.words(kind, text, make) if shelf else make()


class Shelf:
    """The patterns and tables of one version of Python, in one file: a line of JSON, then the codes of the patterns."""

    def __init__(self, place: Path) -> None:
        """Open a file; one that is missing, damaged or not ours counts as empty."""
        self._place = place
        self._patterns: dict[str, tuple[int, int, int, int, dict[str, int]]] = {}
        self._tables: dict[str, str] = {}
        self._codes = array("I")
        self._made: dict[str, re.Pattern[str]] = {}
        self._used: set[str] = set()
        self._changed = False
        with suppress(OSError, ValueError, KeyError, TypeError):
            self._open()

    def pattern(self, pattern: str, flags: int) -> re.Pattern[str]:
        """Return a pattern, made once in a process, and from its code where that is kept."""
        key = f"{flags} {pattern}"
        if key in self._made:
            return self._made[key]
        if key not in self._patterns:
            self._compile(key, pattern, flags)
        begin, length, state, groups, names = self._patterns[key]
        self._used.add(key)
        numbered = dict(zip(names.values(), names, strict=True))
        try:
            found: re.Pattern[str] = _compiler._sre.compile(
                pattern, state, self._codes[begin : begin + length].tolist(), groups, names,
                tuple(numbered.get(number) for number in range(groups + 1)))
        except (RuntimeError, OverflowError):  # what Python says of a code that is none
            return re.compile(pattern, flags)
        self._made[key] = found
        return found

    def words(self, kind: str, text: str, make: Callable[[], list[str]]) -> list[str]:
        """Return words made of a text, a new list at each call."""
        key = _key(f"{kind} {text}")
        self._used.add(key)
        if key not in self._tables:
            self._tables[key] = json.dumps(make(), ensure_ascii=False)
            self._note()
        kept: list[str] = json.loads(self._tables[key])
        return kept

    def table(self, text: str) -> dict[str, Any]:
        """Return a table, a new one at each call."""
        key = _key(text)
        if key in self._tables:
            self._used.add(key)
            kept: dict[str, Any] = json.loads(self._tables[key])
            return kept
        table = tomllib.loads(text)
        with suppress(TypeError):  # of dates: JSON has none
            written = json.dumps(table, ensure_ascii=False, separators=(",", ":"))
            if json.loads(written) == table:
                self._tables[key] = written
                self._used.add(key)
                self._note()
        return table

    def _compile(self, key: str, pattern: str, flags: int) -> None:
        """Do what `re.compile` does up to the code; raises `re.error`."""
        tree = _parser.parse(pattern, flags)
        code = _compiler._code(tree, flags)
        state = tree.state
        groups, names = state.groups - 1, dict(state.groupdict)
        self._patterns[key] = (len(self._codes), len(code), flags | state.flags, groups, names)
        self._codes.extend(code)
        self._note()

    def _open(self) -> None:
        head, _, body = self._place.read_bytes().partition(b"\n")
        kept = json.loads(head)
        if hashlib.sha256(body).hexdigest() != kept["sha256"]:
            return
        codes = array("I")
        codes.frombytes(body)
        self._patterns = {key: tuple(entry) for key, entry in kept["patterns"].items()}
        self._tables, self._codes = kept["tables"], codes

    def _note(self) -> None:
        """Keep what is new when Python ends."""
        if not self._changed:
            self._changed = True
            atexit.register(self.keep)

    def keep(self) -> None:
        """Write the file aside and put it in place; where that cannot be, nothing is kept."""
        everything = len(self._patterns) + len(self._tables) <= _MOST
        codes = array("I")
        patterns = {}
        for key, (begin, length, *rest) in self._patterns.items():
            if everything or key in self._used:
                patterns[key] = (len(codes), length, *rest)
                codes.extend(self._codes[begin : begin + length])
        tables = {key: text for key, text in self._tables.items() if everything or key in self._used}
        body = codes.tobytes()
        kept = {"sha256": hashlib.sha256(body).hexdigest(), "patterns": patterns, "tables": tables}
        head = json.dumps(kept, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")
        with suppress(OSError):
            self._place.parent.mkdir(parents=True, exist_ok=True)
            with tempfile.NamedTemporaryFile(dir=self._place.parent, delete=False) as file:
                aside = Path(file.name)
                try:
                    file.write(head + b"\n" + body)
                    file.flush()
                    aside.replace(self._place)
                except OSError:
                    aside.unlink()


def _key(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


@lru_cache(maxsize=1)
def _shelf() -> Shelf | None:
    folder = user_cache()
    return Shelf(folder / f"prepared-{sys.implementation.cache_tag}-{sys.hexversion:x}.bin") if folder else None
