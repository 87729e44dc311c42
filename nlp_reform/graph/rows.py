"""Typed rows behind every graph output: one for a node, one for an edge, and the ids both carry."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from hashlib import sha256
from typing import Literal

from nlp_reform.prepared import compiled

NodeKind = Literal[
    "document", "year", "section", "directive", "obligation", "target", "indicator", "actor", "theme", "reference"
]
EdgeKind = Literal[
    "contains", "next", "obliges", "sets", "measures", "leads", "responsible", "supports", "bears", "has_theme",
    "cites", "dated", "similar_to",
    # across years, from a comparison
    "continues", "strengthens", "weakens", "changes", "splits", "merges", "moves", "achieves",
    # of projections
    "works_on", "shares_work", "set_for",
]
Value = str | int | float | bool | None | tuple[int, ...]

_NOT_NAME = compiled("[^-.0-9A-Z_a-z\xb7\xc0-\xd6\xd8-\xf6\xf8-\xff\u3007\u4e00-\u9fa5]+")
"""What may not stand in an id. The rest is in XML's NMTOKEN by both its fourth and fifth edition (schema validators
follow the one, parsers the other), without the colon, which graph tools read as a port or a prefix."""
_LONGEST = 60
"""Characters of a name kept in an id; 60 Chinese characters stay below the 255 bytes of a file's name."""


def safe_id(name: str) -> str:
    """Return `name` as an XML NMTOKEN that begins with a letter, digit or underscore; never empty.

    A name that had to be changed or cut gets a piece of its own hash, so that two names never meet in one id.
    """
    token = _NOT_NAME.sub("_", name).lstrip("-.")
    if token == name and 0 < len(name) <= _LONGEST * 3:
        return name
    return f"{token.strip('_-.')[:_LONGEST]}_{_mark(name)}"


@lru_cache(maxsize=4096)
def shared_id(kind: NodeKind, name: str) -> str:
    """Return the id of a node that many documents share, as an XML NMTOKEN (`actor-教育部`)."""
    token = _NOT_NAME.sub("_", name)
    return f"{kind}-{name}" if token == name and len(name) <= _LONGEST else f"{kind}-{safe_part(name)}"


def safe_part(name: str) -> str:
    """Return a name cut and cleaned for use inside an id, with a piece of its hash."""
    return f"{_NOT_NAME.sub('_', name).strip('_')[:_LONGEST]}_{_mark(name)}"


def _mark(name: str) -> str:
    return sha256(name.encode("utf-8", "surrogatepass")).hexdigest()[:8]


@dataclass(slots=True)
class Node:
    """A node: its id, kind, a label to draw, its place of record when it has one, and more attributes.

    `start` and `end` are half-open code points of the document's text of record. `score` is 1.0 for what is
    printed.
    """

    id: str
    kind: NodeKind
    label: str
    document: str | None = None
    year: int | None = None
    start: int | None = None
    end: int | None = None
    text: str | None = None
    score: float = 1.0
    more: dict[str, Value] = field(default_factory=dict)

    def attributes(self) -> dict[str, Value]:
        """Return what networkx keeps on the node: every field but the id, and `more` beside them."""
        return {
            "kind": self.kind, "label": self.label, "document": self.document, "year": self.year,
            "start": self.start, "end": self.end, "text": self.text, "score": self.score, **self.more,
        }


@dataclass(slots=True)
class Edge:
    """An edge from `source` to `target`: its kind, the printed evidence for it, and how sure it is.

    `start`, `end` and `text` give what prints the relation (the unit's name in a bracket, the cited title, the
    indicator); `score` is 1.0 when it is printed.
    """

    source: str
    target: str
    kind: EdgeKind
    document: str | None = None
    year: int | None = None
    start: int | None = None
    end: int | None = None
    text: str | None = None
    score: float = 1.0
    more: dict[str, Value] = field(default_factory=dict)

    def attributes(self) -> dict[str, Value]:
        """Return what networkx keeps on the edge; the label is the kind in words."""
        return {
            "kind": self.kind, "label": self.kind.replace("_", " "), "document": self.document, "year": self.year,
            "start": self.start, "end": self.end, "text": self.text, "score": self.score, **self.more,
        }
