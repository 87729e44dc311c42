"""A document: its text of record, what is known of it, and the layers the stages found."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from nlp_reform.model import notebook
from nlp_reform.model.layers import Block, Sentence, Table
from nlp_reform.model.records import (
    Assignment,
    Directive,
    Genre,
    MadeWith,
    Mention,
    Note,
    Obligation,
    Page,
    Part,
    Period,
    Quantity,
    Reference,
    Section,
    Source,
    Statement,
    Target,
    Theme,
)
from nlp_reform.model.terms import Script
from nlp_reform.spans import View


@dataclass(frozen=True, slots=True)
class Document:
    """One policy text and everything found in it.

    Public layers are tuples in text order; their offsets are half-open code points of `text`.
    `view`, `blocks`, `sentences` and `tables` are working layers that index the cleaned copy: they
    serve the stages and are never exported. `made_with` says by which version and words the layers were found.
    serve the stages and are never exported. `extra` holds the layers of plugins by name, as plain JSON values.
    """

    id: str
    text: str = field(repr=False)
    source: Source
    title: str = ""
    issuer: str | None = None
    number: str | None = None
    date: str | None = None
    year: int | None = None
    script: Script = "hans"
    genre: Genre | None = None
    period: Period | None = None
    addressees: tuple[Mention, ...] = field(default=(), repr=False)
    parts: tuple[Part, ...] = field(default=(), repr=False)
    pages: tuple[Page, ...] = field(default=(), repr=False)
    sections: tuple[Section, ...] = field(default=(), repr=False)
    directives: tuple[Directive, ...] = field(default=(), repr=False)
    statements: tuple[Statement, ...] = field(default=(), repr=False)
    obligations: tuple[Obligation, ...] = field(default=(), repr=False)
    assignments: tuple[Assignment, ...] = field(default=(), repr=False)
    quantities: tuple[Quantity, ...] = field(default=(), repr=False)
    targets: tuple[Target, ...] = field(default=(), repr=False)
    references: tuple[Reference, ...] = field(default=(), repr=False)
    themes: tuple[Theme, ...] = field(default=(), repr=False)
    notes: tuple[Note, ...] = field(default=(), repr=False)
    made_with: MadeWith | None = field(default=None, repr=False, compare=False)
    extra: Mapping[str, tuple[Any, ...]] = field(default_factory=dict, repr=False, hash=False)
    view: View = field(default_factory=lambda: View("", ""), repr=False, compare=False)
    blocks: tuple[Block, ...] = field(default=(), repr=False, compare=False)
    sentences: tuple[Sentence, ...] = field(default=(), repr=False, compare=False)
    tables: tuple[Table, ...] = field(default=(), repr=False, compare=False)

    def _repr_html_(self) -> str:
        """Show the document in a notebook: what it is, what was found, and the beginning with its highlights."""
        facts = [("title 标题", self.title), ("issuer 发文机关", self.issuer), ("number 文号", self.number),
                 ("date 日期", self.date), ("year 年份", self.year), ("genre 文种", self.genre and self.genre.chinese)]
        counts = [(f"{english} {chinese}", len(getattr(self, english))) for english, chinese in (
            ("sections", "章节"), ("directives", "指令"), ("obligations", "义务"), ("quantities", "数量"),
            ("targets", "目标"), ("references", "引用"), ("notes", "提示"))]
        shown = [fact for fact in (*facts, *counts) if fact[1] not in (None, "")]
        return notebook.page(
            self.id, [notebook.table(["", ""], shown), notebook.marked(self.text, _marks(self))])


def _marks(document: Document) -> Iterator[notebook.Mark]:
    for quantity in document.quantities:
        value = f"{quantity.comparator} {quantity.value:g} {quantity.unit} ({quantity.role})"
        yield notebook.Mark(quantity.start, quantity.end, "quantity", value)
    for duty in document.obligations:
        said = f"{duty.modality}, strength {duty.strength}"
        if duty.cue:
            yield notebook.Mark(duty.cue.start, duty.cue.end, "cue", said)
        if duty.bearer and not duty.inherited:
            yield notebook.Mark(duty.bearer.start, duty.bearer.end, "bearer", said)
