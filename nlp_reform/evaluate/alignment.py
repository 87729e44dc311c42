"""The task of comparing two documents: is a measure's counterpart found, or rightly none, and is the relation right.

Comparing lies outside this room: whoever compares hands over, for each gold row, what the machine linked.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from nlp_reform.errors import GoldError
from nlp_reform.evaluate.verdicts import Outcome, Slot, Verdict, slot
from nlp_reform.spans import Span


class Row(NamedTuple):
    """One gold row: a measure of the earlier document (of the later one when `added`) and its counterparts.

    Any of `after` is right; none means that there is no counterpart. `relation` is None where none was judged.
    """

    source: Span
    text: str
    after: tuple[Span, ...]
    relation: str | None
    added: bool = False

    @property
    def kind(self) -> str:
        """The row's class: `counterpart`, `dropped` or `added`."""
        return "counterpart" if self.after else "added" if self.added else "dropped"


class Link(NamedTuple):
    """What the machine linked to a row's source: places in the other document and the relation."""

    after: tuple[Span, ...]
    relation: str


class PairGold(NamedTuple):
    """Gold over two documents, known by their paths."""

    name: str
    before: Path
    after: Path
    rows: tuple[Row, ...]


def judge(name: str, genre: str, rows: Iterable[tuple[Row, Link | None]]) -> Iterator[Verdict]:
    """Judge each row of a pair: hit when a gold counterpart is among the linked, or when both have none."""
    for row, link in rows:
        got = link.after if link else ()
        met = any(a.overlaps(b) for a in row.after for b in got)
        found = "counterpart" if got else "added" if row.added else "dropped"
        outcome: Outcome = "hit" if met or not (row.after or got) else "wrong"
        slots: tuple[Slot, ...] = ()
        if met and link and row.relation:
            slots = (slot("relation", row.relation, link.relation),)
        yield Verdict("alignment", name, genre, outcome, row.kind, found, *row.source, row.text, slots)


def load_pair(path: Path, corpus: Path) -> PairGold:
    """Read stand-off alignment gold (`tests/gold/alignment`) whose documents lie in `corpus`.

    Raises `GoldError` naming the file where it is malformed, and where a document is missing or has changed.
    """
    try:
        body = json.loads(path.read_text(encoding="utf-8"))
        sides = [(corpus / body[side]["file"], body[side]["sha256"]) for side in ("before", "after")]
        rows = [(Span(*row["before"]), tuple(Span(*s) for s in row["after"]), row["relation"]) for row in body["rows"]]
    except json.JSONDecodeError as error:
        raise GoldError(f"{path}: line {error.lineno}: {error.msg}") from error
    except (OSError, KeyError, TypeError, ValueError) as error:
        raise GoldError(f"{path}: not alignment gold: {error!r}") from error
    for document, digest in sides:
        if not document.is_file():
            raise GoldError(f"{path}: its document {document} is not found")
        if hashlib.sha256(document.read_bytes()).hexdigest() != digest:
            raise GoldError(f"{path}: stale: {document} has changed since it was marked")
    text = sides[0][0].read_bytes().decode("utf-8")
    if any(not 0 <= source.start < source.end <= len(text) for source, _, _ in rows):
        raise GoldError(f"{path}: a row lies outside {sides[0][0]}")
    return PairGold(path.stem, sides[0][0], sides[1][0], tuple(
        Row(source, text[source.start:source.end], after, relation) for source, after, relation in rows))
