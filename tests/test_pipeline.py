"""Wiring is checked when a pipeline is built, and only the pipeline attaches."""

import pytest

from nlp_reform.errors import WiringError
from nlp_reform.model import Document, Note, Source
from nlp_reform.pipeline import Pipeline, Stage, standard

EMPTY = Document("d", "文", Source("d", "text/plain", "utf-8", ""))


def stage(name: str, provides: tuple[str, ...], requires: tuple[str, ...], **found: object) -> Stage:
    return Stage(name, provides, requires, lambda document: found)


def test_a_stage_before_its_need_is_refused() -> None:
    with pytest.raises(WiringError, match="targets requires quantities"):
        Pipeline([stage("targets", ("targets",), ("quantities",))])


def test_a_layer_is_provided_once_and_must_exist() -> None:
    with pytest.raises(WiringError, match="provides again"):
        Pipeline([stage("a", ("title",), ()), stage("b", ("title",), ())])
    with pytest.raises(WiringError, match="no such layer: titel"):
        Pipeline([stage("a", ("titel",), ())])


def test_found_layers_are_attached_and_notes_add_up() -> None:
    one, two = (Note("n", "info", None, None, text) for text in "ab")
    run = Pipeline([stage("a", ("title",), (), title="题", notes=(one,)), stage("b", ("year",), ("title",), year=2018, notes=(two,))])
    done = run(EMPTY)
    assert (done.title, done.year, done.notes) == ("题", 2018, (one, two))
    assert EMPTY.title == "", "the document handed in is never changed"


def test_a_finder_may_not_return_what_it_does_not_provide() -> None:
    with pytest.raises(WiringError, match="does not provide: year"):
        Pipeline([stage("a", ("title",), (), year=2018)])(EMPTY)


def test_only_the_stages_that_layers_need() -> None:
    run = Pipeline([
        stage("a", ("title",), ()), stage("b", ("year",), ("title",)), stage("c", ("number",), ()),
        Stage("d", (), ("title",), lambda document: {}, revises=("year",)), stage("e", ("date",), ("year",)),
    ])
    assert [s.name for s in run.needed(["date"])] == ["a", "b", "d", "e"]
    assert [s.name for s in run.needed(["title"])] == ["a"]


def test_the_standard_pipeline_is_wired() -> None:
    assert [s.name for s in standard(["societies"]).stages][0] == "normalise"
