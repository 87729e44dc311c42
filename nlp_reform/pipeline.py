"""Stages and how they are folded over a document. Finders only return; this file alone attaches."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, fields, replace
from typing import Any

from nlp_reform.errors import WiringError
from nlp_reform.model import Document, MadeWith
from nlp_reform.provenance import made_with

Found = Mapping[str, Any]
"""What a finder returns: a value for each layer it provides; `notes` may always be among them."""

_LAYERS = frozenset(field.name for field in fields(Document))


@dataclass(frozen=True, slots=True)
class Stage:
    """One step: which layers it fills, which it needs filled before, and the function that finds them.

    `revises` names layers filled before that it may hand back corrected.
    """

    name: str
    provides: tuple[str, ...]
    requires: tuple[str, ...]
    find: Callable[[Document], Found]
    revises: tuple[str, ...] = ()


class Pipeline:
    """A checked sequence of stages.

    Raises `WiringError` when built if a stage requires a layer that none before it provides, if two
    stages provide one layer, or if a layer is no field of `Document`.
    """

    def __init__(self, stages: Iterable[Stage], made_with: MadeWith | None = None) -> None:
        """Check the wiring and keep the stages; `made_with` is what documents are told they were made with."""
        self.made_with = made_with
        self.stages = tuple(stages)
        have = {"id", "text", "source", "pages"}
        for stage in self.stages:
            unknown = {*stage.provides, *stage.requires, *stage.revises} - _LAYERS
            if unknown:
                raise WiringError(f"stage {stage.name}: no such layer: {', '.join(sorted(unknown))}")
            missing = {*stage.requires, *stage.revises} - have
            if missing:
                raise WiringError(f"stage {stage.name} requires {', '.join(sorted(missing))} before it")
            twice = set(stage.provides) & have
            if twice:
                raise WiringError(f"stage {stage.name} provides again: {', '.join(sorted(twice))}")
            have |= set(stage.provides)

    def __call__(self, document: Document) -> Document:
        """Return the document with every stage's layers attached, in order."""
        for stage in self.stages:
            document = attach(stage, document)
        return replace(document, made_with=self.made_with)

    def needed(self, layers: Iterable[str]) -> tuple[Stage, ...]:
        """Return the stages that some layers need, in order: those that fill or revise them, and what these need."""
        wanted, found = set(layers), []
        for stage in reversed(self.stages):
            if wanted & {*stage.provides, *stage.revises}:
                found.append(stage)
                wanted |= {*stage.requires, *stage.revises}
        return tuple(reversed(found))


def attach(stage: Stage, document: Document) -> Document:
    """Return the document with one stage's layers; raises `WiringError` for a layer the stage does not provide."""
    found = dict(stage.find(document))
    notes = document.notes + tuple(found.pop("notes", ()))
    stray = set(found) - {*stage.provides, *stage.revises}
    if stray:
        raise WiringError(f"stage {stage.name} returned what it does not provide: {', '.join(sorted(stray))}")
    return replace(document, **found, notes=notes)


def standard(codebooks: Iterable[str]) -> Pipeline:
    """Return the pipeline from a text of record to themes; raises `ResourceError` for an unknown codebook."""
    from nlp_reform import normalise, segment
    from nlp_reform.classify import finder
    from nlp_reform.extract import (
        find_assignments,
        find_obligations,
        find_quantities,
        find_references,
        find_statements,
        find_targets,
    )

    names = tuple(codebooks)
    return Pipeline((
        Stage("normalise", ("view", "script"), ("text",), normalise.find),
        Stage("structure", ("blocks", "sections", "directives", "tables", "parts"), ("view",),
              segment.find_structure),
        Stage("sentences", ("sentences",), ("blocks",), segment.find_sentences),
        Stage("metadata", ("title", "issuer", "number", "date", "year", "genre", "period", "addressees"), ("blocks",),
              segment.find_metadata),
        Stage("statements", ("statements",), ("sentences",), find_statements),
        Stage("inferred", (), ("statements",), segment.keep_prescriptive,
              revises=("sections", "directives", "blocks", "sentences", "statements")),
        Stage("quantities", ("quantities",), ("sentences", "statements", "year"), find_quantities),
        Stage("targets", ("targets",), ("quantities", "tables"), find_targets),
        Stage("obligations", ("obligations",), ("statements",), find_obligations),
        Stage("assignments", ("assignments",), ("sentences",), find_assignments),
        Stage("references", ("references",), ("sentences",), find_references),
        Stage("themes", ("themes",), ("directives",), finder(names)),
    ), made_with(names))
