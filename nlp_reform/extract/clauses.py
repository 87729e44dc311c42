"""Cuts a sentence into clauses at ， ； ： outside quotes and brackets. Offsets index the cleaned copy."""

from __future__ import annotations

import re
from typing import NamedTuple

_MARK = re.compile(r"[,;:。!?(“《「『‘)”》」』’]")
_OPEN = frozenset("(“《「『‘")
_CLOSE = frozenset(")”》」』’")


class Clause(NamedTuple):
    """A clause without its closing mark; `mark` is that mark, empty at the sentence's end."""

    start: int
    end: int
    mark: str


def split(text: str, start: int, end: int) -> list[Clause]:
    """Return the clauses of `[start, end)` in order; brackets may nest to any depth or stay open.

    A bracket that is never closed would hide all marks after it, so it counts only when as many
    close as open in the sentence.
    """
    marks = list(_MARK.finditer(text, start, end))
    opened = sum(m.group() in _OPEN for m in marks)
    balanced = opened == sum(m.group() in _CLOSE for m in marks)
    clauses: list[Clause] = []
    depth, at = 0, start
    for match in marks:
        mark = match.group()
        if mark in _OPEN:
            depth += 1
        elif mark in _CLOSE:
            depth = max(depth - 1, 0)
        elif not (depth and balanced):
            if match.start() > at:
                clauses.append(Clause(at, match.start(), mark))
            at = match.end()
    if at < end:
        clauses.append(Clause(at, end, ""))
    return clauses
