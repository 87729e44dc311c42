"""Typed rows behind every graph output: one for a node, one for an edge."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Literal

NodeKind = Literal[
    "document", "year", "section", "directive", "obligation", "target", "indicator", "actor", "theme", "reference"
]
EdgeKind = Literal[
    "contains", "next", "obliges", "sets", "measures", "leads", "responsible", "supports", "bears", "has_theme",
    "cites", "dated",
]
Value = str | int | float | bool | None

_UNSAFE = re.compile(r"[^\w.-]+")


def shared_id(kind: NodeKind, name: str) -> str:
    """Return the id of a node that many documents share, as an XML NMTOKEN (`actor-教育部`)."""
    return f"{kind}-{_UNSAFE.sub('_', name).strip('_') or '_'}"


@dataclass(frozen=True, slots=True)
class Node:
    """A node: its id, kind, a label to draw, its place of record when it has one, and more attributes."""

    id: str
    kind: NodeKind
    label: str
    document: str | None = None
    year: int | None = None
    start: int | None = None
    end: int | None = None
    text: str | None = None
    more: dict[str, Value] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Edge:
    """An edge from `source` to `target` with its kind and the score (1.0 when it is printed)."""

    source: str
    target: str
    kind: EdgeKind
    document: str | None = None
    year: int | None = None
    score: float = 1.0
    more: dict[str, Value] = field(default_factory=dict)
