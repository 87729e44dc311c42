"""Cuts a sentence into clauses at ， ； ： outside quotes and brackets. Offsets index the cleaned copy."""

from __future__ import annotations

from collections import Counter
from typing import NamedTuple

from nlp_reform.prepared import compiled

_MARK = compiled(r"[,;:。!?(“《「『‘)”》」』’]")
_PLAIN = compiled(r"[,;:。!?]")
_BRACKET = compiled(r"[(“《「『‘)”》」』’]")
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
    clauses: list[Clause] = []
    depth, at = 0, start
    if not _BRACKET.search(text, start, end):
        for match in _PLAIN.finditer(text, start, end):
            stop = match.start()
            if stop > at:
                clauses.append(Clause(at, stop, text[stop]))
            at = stop + 1
        if at < end:
            clauses.append(Clause(at, end, ""))
        return clauses
    marks = list(_MARK.finditer(text, start, end))
    kinds = Counter(m.group() for m in marks)
    balanced = sum(kinds[mark] for mark in _OPEN) == sum(kinds[mark] for mark in _CLOSE)
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
