"""Checks a codebook file and says, with row numbers, what is wrong and what is doubtful."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal

from nlp_reform import resources
from nlp_reform.classify import codebook as codebooks
from nlp_reform.classify.codebook import Code
from nlp_reform.errors import ResourceError

_TOP = {"id", "version", "languages", "name_zh", "name_en", "source", "multi", "level", "genres", "codes"}
_REQUIRED = ("id", "version", "name_zh", "name_en")
_CODE = {"code", "name_zh", "name_en", "definition", "include", "exclude", "parent", "examples", "maps"}
_MANY = 3
"""Codes that may share a term before it says nothing."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong (`error`: the codebook cannot be used) or doubtful (`warning`), and the row it stands in."""

    severity: Literal["error", "warning"]
    row: int
    code: str | None
    message: str


def check(name: str) -> tuple[Problem, ...]:
    """Return every problem of a codebook given by name or path, in order of row; none when all is well.

    Raises `ResourceError` when the file is not found or is not TOML.
    """
    path = resources.locate("codebooks", name)
    raw = resources.load_toml(path)
    rows = _rows(path.read_text(encoding="utf-8"))
    found = [*_shape(raw, rows)]
    if not any(problem.severity == "error" for problem in found):
        codes = tuple(codebooks.parse_code(entry, path) for entry in raw.get("codes", ()))
        for code, message in codebooks.structure_faults(codes):
            places = rows.get(code or "", [1])
            at = places[-1] if message == "is given twice" else places[0]
            found.append(Problem("error", at, code, message))
        found += _doubts(codes, rows)
        found += _mappings(codes, rows)
    return tuple(sorted(found, key=lambda problem: (problem.row, problem.severity, problem.message)))


def _rows(text: str) -> dict[str, list[int]]:
    """Return the rows in which each code is given."""
    rows: defaultdict[str, list[int]] = defaultdict(list)
    for row, line in enumerate(text.splitlines(), start=1):
        if match := re.match(r"""\s*code\s*=\s*["']?([^"'#]+?)["']?\s*(?:#.*)?$""", line):
            rows[match.group(1)].append(row)
    return dict(rows)


def _shape(raw: dict[str, Any], rows: dict[str, list[int]]) -> Iterator[Problem]:
    for key in _REQUIRED:
        if key not in raw:
            yield Problem("error", 1, None, f"codebook without {key!r}")
    for key in sorted(set(raw) - _TOP):
        yield Problem("warning", 1, None, f"unknown key {key!r}")
    codes = raw.get("codes", [])
    if not isinstance(codes, list) or not all(isinstance(entry, dict) for entry in codes):
        yield Problem("error", 1, None, "`codes` must be tables, each headed [[codes]]")
        return
    for entry in codes:
        name = str(entry.get("code", "?"))
        row = rows.get(name, [1])[0]
        for key in sorted(set(entry) - _CODE):
            yield Problem("warning", row, name, f"unknown key {key!r}")
        try:
            codebooks.parse_code(entry, None)
        except ResourceError as error:
            yield Problem("error", row, name, str(error))


def _doubts(codes: tuple[Code, ...], rows: dict[str, list[int]]) -> Iterator[Problem]:
    parents = {code.parent for code in codes}
    users: defaultdict[str, list[str]] = defaultdict(list)
    for code in codes:
        row = rows.get(code.code, [1])[0]
        if not code.definition:
            yield Problem("warning", row, code.code, "has no definition")
        if not (code.include or code.examples or code.code in parents or _rest(code)):
            yield Problem("warning", row, code.code, "is an empty class: no include terms and no examples")
        for term in sorted(set(code.include) & set(code.exclude)):
            yield Problem("warning", row, code.code, f"both includes and excludes {term!r}")
        for term in sorted({term for term in code.include if code.include.count(term) > 1}):
            yield Problem("warning", row, code.code, f"includes {term!r} twice")
        for term in set(code.include):
            users[term].append(code.code)
    for term, having in sorted(users.items()):
        if len(having) > _MANY:
            row = rows.get(having[-1], [1])[0]
            message = f"{term!r} is included by {len(having)} codes: {', '.join(having)}"
            yield Problem("warning", row, having[-1], message)


def _rest(code: Code) -> bool:
    """Tell whether a code is the rest class of its level, which has no terms of its own by nature."""
    return code.name_zh.startswith("其他") or code.name_en.lower().startswith("other")


def _mappings(codes: tuple[Code, ...], rows: dict[str, list[int]]) -> Iterator[Problem]:
    known = set(codebooks.available())
    for code in codes:
        row = rows.get(code.code, [1])[0]
        for book, targets in code.maps.items():
            if book not in known:
                yield Problem("warning", row, code.code, f"maps to a codebook {book!r} that is not found")
                continue
            for target in targets:
                if target not in codebooks.load(book).by_code:
                    yield Problem("error", row, code.code, f"maps to {target!r}, which codebook {book!r} does not have")
