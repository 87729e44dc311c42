"""Which stages each component runs: those its layers need and that the Doc has not been through."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import chain

from spacy.tokens import Doc

from nlp_reform.classify import chosen
from nlp_reform.model import Document
from nlp_reform.pipeline import EXTRA, STANDARD, Pipeline, attach, standard
from nlp_reform.provenance import made_with
from nlp_reform.spacy_bridge import carry

LAYERS: Mapping[str, tuple[str, ...]] = {
    "reform_structure": ("title", "script", "sections", "directives", "statements", "references"),
    "reform_quantities": ("quantities", "targets"),
    "reform_obligations": ("obligations", "assignments"),
    "reform_themes": ("themes",),
}
"""The layers that each component fills; what they need is filled first where nobody has."""


def analyse(doc: Doc, component: str, codebook: Sequence[str] = ()) -> Document:
    """Return the Doc's document with a component's layers found, and keep it on the Doc.

    `codebook` names the codebooks of the themes, none means all that can be found. Stages that the Doc went through
    are not run again; themes of a codebook that is new are added to those of the others. Raises `ReadError` for a text
    that cannot be read and `ResourceError` for an unknown codebook.
    """
    carried = carry.get(doc)
    document, done = (carried.document, carried.done) if carried else (carry.begin(doc), ())
    if not done:
        document = _unanalysed(document)
    before = done
    layers = [layer for layer in LAYERS[component] if layer != "themes"]
    wanted = {stage.name for stage in _pipeline(()).needed(chain(LAYERS["reform_structure"], layers))}
    document, done = _run(document, done, wanted)
    if component == "reform_themes":
        document, done = _themes(document, done, chosen(codebook))
        document, done = _run(document, done, wanted)
    if done != before or carried is None:
        books = tuple(name.removeprefix("themes:") for name in done if name.startswith("themes:"))
        document = replace(document, notes=tuple(dict.fromkeys(document.notes)), made_with=made_with(books))
        carry.put(doc, document, done)
    return document


def _run(document: Document, done: tuple[str, ...], wanted: Collection[str]) -> tuple[Document, tuple[str, ...]]:
    """Run the wanted stages that the document has not been through, and those of plugins whose needs are then met."""
    have = {"id", "text", "source", "pages"}
    if any(name.startswith("themes:") for name in done):
        have.add("themes")
    for stage in _pipeline(()).stages:
        plugin = stage.name not in STANDARD and {*stage.requires, *stage.revises} <= have
        if stage.name not in done and (stage.name in wanted or plugin):
            document, done = attach(stage, document), (*done, stage.name)
        if stage.name in done:
            have |= set(stage.provides)
    return document, done


def done_of(document: Document) -> tuple[str, ...]:
    """Return the stages a document must have been through: none without its working layers (read from JSON).

    A stage whose layers are all empty is not counted: running it again changes nothing.
    """
    if document.view.record != document.text:
        return ()
    structure = {stage.name for stage in _pipeline(()).needed(LAYERS["reform_structure"])}
    done = [stage.name for stage in _pipeline(()).stages if stage.name in structure
            or (stage.name != "themes" and any(_filled(document, layer) for layer in stage.provides))]
    return (*done, *(f"themes:{book}" for book in dict.fromkeys(theme.codebook for theme in document.themes)))


def _themes(document: Document, done: tuple[str, ...], books: Sequence[str]) -> tuple[Document, tuple[str, ...]]:
    fresh = tuple(book for book in books if f"themes:{book}" not in done)
    if not fresh:
        return document, done
    stage = next(one for one in _pipeline(fresh).stages if one.name == "themes")
    found = attach(stage, document)
    return replace(found, themes=document.themes + found.themes), (*done, *(f"themes:{book}" for book in fresh))


def _filled(document: Document, layer: str) -> bool:
    if layer.startswith(EXTRA):
        return layer.removeprefix(EXTRA) in document.extra
    return bool(getattr(document, layer))


def _unanalysed(document: Document) -> Document:
    """Return what reading gave: id, text, source, pages and notes."""
    return Document(document.id, document.text, document.source, pages=document.pages, notes=document.notes)


@lru_cache(maxsize=8)
def _pipeline(codebooks: tuple[str, ...]) -> Pipeline:
    return standard(codebooks)
