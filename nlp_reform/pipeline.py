"""Stages and how they are folded over a document. Finders only return; this file alone attaches."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from typing import Any

from nlp_reform import plugins
from nlp_reform.errors import PluginError, WiringError
from nlp_reform.jsonable import plain
from nlp_reform.model import Document, MadeWith, Note
from nlp_reform.provenance import made_with

Found = Mapping[str, Any]
"""What a finder returns: a value for each layer it provides; `notes` may always be among them."""

EXTRA = "extra."
"""Layers of this prefix are kept in `Document.extra`, by the rest of their name: for stages of plugins."""
_LAYERS = frozenset(field.name for field in fields(Document)) - {"extra"}


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
            unknown = {one for one in (*stage.provides, *stage.requires, *stage.revises)
                       if one not in _LAYERS and not one.startswith(EXTRA)}
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
    extra = {name.removeprefix(EXTRA): found.pop(name) for name in tuple(found) if name.startswith(EXTRA)}
    return replace(document, **found, notes=notes, extra={**document.extra, **extra} if extra else document.extra)


STANDARD = ("normalise", "structure", "sentences", "metadata", "statements", "inferred", "quantities", "targets",
            "obligations", "assignments", "references", "themes")
"""The names of the built-in stages, in order; those of plugins are `package.name`."""


def standard(codebooks: Iterable[str]) -> Pipeline:
    """Return the pipeline from a text of record to themes, with the stages of plugins where their needs place them.

    A plugin that cannot be used adds a note to every document. Raises `ResourceError` for an unknown codebook.
    """
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
    return Pipeline(with_plugins((
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
    )), made_with(names))


def with_plugins(stages: Sequence[Stage]) -> tuple[Stage, ...]:
    """Return stages with those of plugins among them, each as early as what it requires and revises allows.

    A stage of a plugin may provide layers of its own (`extra.NAME`: records as plain JSON values) and revise
    layers that are there. One that cannot be loaded or placed becomes a note on every document.
    """
    placed, failed = tuple(stages), list(_failed())
    for plugin in plugins.installed("stages"):
        try:
            placed = _placed(placed, plugin_stage(plugin))
        except WiringError as error:
            failed.append(plugin.error(f"cannot be placed: {error}"))
        except PluginError as error:
            failed.append(error)
    if not failed:
        return placed
    notes = tuple(Note("plugin-failed", "warning", None, None, str(error)) for error in failed)
    return (*placed, Stage("plugins", (), (), lambda _: {"notes": notes}))


def _failed() -> Iterator[PluginError]:
    """Yield what is wrong with the plugins of lexicons and codebooks."""
    from nlp_reform.classify.codebook import faulty
    from nlp_reform.resources import faulty_lexicons

    yield from plugins.folders("lexicons").failed
    yield from plugins.folders("codebooks").failed
    yield from faulty().values()
    yield from faulty_lexicons()


def check_stage(plugin: plugins.Plugin) -> None:
    """Raise `PluginError` when a plugin's stage cannot be loaded, or placed among those of the standard pipeline."""
    stage = plugin_stage(plugin)
    try:
        _placed(tuple(one for one in standard(()).stages if one.name != stage.name), stage)
    except WiringError as error:
        raise plugin.error(f"cannot be placed: {error}") from error


def _placed(stages: tuple[Stage, ...], stage: Stage) -> tuple[Stage, ...]:
    """Put a stage behind the last one that fills or revises what it needs; raises `WiringError` where it cannot be."""
    needs = {*stage.requires, *stage.revises}
    at = max((n for n, one in enumerate(stages, 1) if needs & {*one.provides, *one.revises}), default=0)
    found = (*stages[:at], stage, *stages[at:])
    Pipeline(found)
    return found


def plugin_stage(plugin: plugins.Plugin) -> Stage:
    """Return the stage of a plugin, guarded: what it does wrong becomes a note. Raises `PluginError`."""
    found = plugin.load()
    if callable(found) and not isinstance(found, Stage):
        try:
            found = found()
        except Exception as error:
            raise plugin.error(f"failed ({type(error).__name__}: {error})") from error
    if not isinstance(found, Stage):
        raise plugin.error(f"gives no Stage ({plugin.value})")
    own = [layer for layer in found.provides if not layer.startswith(EXTRA)]
    if own:
        raise plugin.error(f"provides {own[0]!r}; layers of plugins are named extra.NAME, others can only be revised")
    return replace(found, name=f"{plugin.package}.{plugin.name}", find=_guarded(found, plugin))


def _guarded(stage: Stage, plugin: plugins.Plugin) -> Callable[[Document], Found]:
    def find(document: Document) -> Found:
        try:
            return {name: _checked(stage, name, value) for name, value in stage.find(document).items()}
        except Exception as error:
            failed = plugin.error(f"failed ({type(error).__name__}: {error})")
            return {"notes": (Note("plugin-failed", "warning", None, None, str(failed)),)}

    return find


def _checked(stage: Stage, name: str, value: Any) -> Any:
    """Return a layer as it is kept; those of a plugin's own are made plain, so that every format can write them."""
    if name not in {*stage.provides, *stage.revises, "notes"}:
        raise WiringError(f"it returned {name!r}, which it does not provide")
    if not name.startswith(EXTRA):
        if not isinstance(value, tuple):
            raise WiringError(f"{name} must be a tuple")
        return value
    return tuple(json.loads(json.dumps([plain(one) for one in value], allow_nan=False)))
