"""A document: its text of record, what is known of it, and the layers the stages found."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

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
