"""Types every sentence: prescriptive, reported or context.

Signs of the sentence and its neighbours are weighed by a linear model (`models/statements`, trained by
`scripts/train_statements.py`, scored with numpy); without it a chain of rules decides. Source: scheme.md section 2.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from nlp_reform.errors import ResourceError
from nlp_reform.extract import task_tables
from nlp_reform.extract.assignments import only_names
from nlp_reform.extract.rules import by_rule
from nlp_reform.extract.signs import Shown, shown
from nlp_reform.model import Document, Note, Sentence, Statement, StatementKind
from nlp_reform.model.ids import Serial
from nlp_reform.prepared import compiled
from nlp_reform.resources import locate

if TYPE_CHECKING:
    from nlp_reform.extract.weighing import Weights

MODEL = "statements"
_CELL, _MARK = 20, compiled("[。!?;,:]")
_NAMES = compiled(r"(?:[^、,。;:!?]{1,10}、){6,}[^、,。;:!?]{1,12}[。;]?\s*")
_ASIDE = compiled(
    r"\s*(?:\([^()\n]*\)[。.;]?|(?:(?:19|20)\d\d|[一二]?[〇○零一二三四五六七八九十]{3,4})年"
    r"(?:\d{1,2}|[一二三四五六七八九十]{1,2})月(?:(?:\d{1,2}|[一二三四五六七八九十]{1,3})日)?)\s*")
"""A sentence that is nothing but a bracket or a date: it names units or sources, signs, and lays nothing down."""


def _is_cell(text: str, sentence: Sentence, item: Shown) -> bool:
    """Tell whether a sentence is a figure or a short name without label, mark or verb, or a list of names."""
    if sentence.heading or item.signs & {"verb_first", "cue_first", "firm", "soft"}:
        return False
    if _NAMES.fullmatch(text, sentence.body, sentence.end):
        return True
    if sentence.body > sentence.start or sentence.end - sentence.body > _CELL:
        return False
    return _MARK.search(text, sentence.body, sentence.end) is None


@lru_cache(maxsize=2)
def _weights(name: str) -> Weights | None:
    """Load the weights; None when there is no model of that name. Raises `ResourceError` for a broken one."""
    try:
        folder = locate("models", name)
    except ResourceError:
        return None
    from nlp_reform.extract.weighing import load

    return load(folder)


def find_statements(document: Document) -> Mapping[str, Any]:
    """Return the layer `statements`, one for each of `document.sentences`, in the same order."""
    items = shown(document)
    weights = _weights(MODEL)
    notes: tuple[Note, ...] = ()
    kinds: Sequence[StatementKind]
    if weights is None:
        kinds = [by_rule(item) for item in items]
        said = f"no models/{MODEL}: sentences typed by rules alone"
        notes = (Note("statements.no-model", "info", None, None, said),)
    else:
        from nlp_reform.extract.weighing import weigh

        kinds = weigh(document, items, weights)
    serial = Serial(document.id)
    ends, text = document.view.map.ends, document.view.text
    kinds = _after_lead(document, items, kinds)
    rows = list(task_tables.rows(document))
    tasks = {cell[0] for row in rows for cell in row.tasks}
    names = {cell[0] for row in rows for cell, _ in row.units} | {cell[0] for t in document.tables for cell in t.header}
    kinds = [
        _task(kind, s, item) if s.body in tasks
        else "context" if document.blocks[s.block].kind == "meta" or s.body in names
        or _aside(text, s.body, s.end) or _is_cell(text, s, item) else kind
        for s, item, kind in zip(document.sentences, items, kinds, strict=True)]
    found = tuple(
        Statement(serial.next(sentence.directive, "s"), sentence.directive, kind, *ends(sentence.start, sentence.end))
        for sentence, kind in zip(document.sentences, kinds, strict=True))
    return {"statements": found, "notes": notes}


_COUNTED = compiled(r"第[一二三四五六七八九十]+[,是]")


def _after_lead(document: Document, items: Sequence[Shown], kinds: Sequence[StatementKind]) -> list[StatementKind]:
    """Read what a report counts up as reports (…做了三件事。第一,推出…): it says no more of when than an order does."""
    text, found = document.view.text, list(kinds)
    lead: StatementKind = "context"
    for n, (sentence, item) in enumerate(zip(document.sentences, items, strict=True)):
        if sentence.body > sentence.start or not _COUNTED.match(text, sentence.body, sentence.end):
            continue
        if text.startswith("一", sentence.body + 1):
            lead = found[n - 1] if n and sentence.block - document.sentences[n - 1].block < 2 else "context"
        if lead == "reported" and not item.signs & {"will", "plan_actor", "future", "context"}:
            found[n] = "reported"
    return found


_FIELD = 8
"""A cell of a task column as short as this, without a verb or a mark at its end, names a field and sets no task."""


def _task(kind: StatementKind, sentence: Sentence, item: Shown) -> StatementKind:
    """Type a cell of a column that sets tasks."""
    if sentence.end - sentence.body <= _FIELD and "verb_first" not in item.signs and item.end == "-":
        return "context"
    return "reported" if kind == "reported" else "prescriptive"


def _aside(text: str, start: int, end: int) -> bool:
    return _ASIDE.fullmatch(text, start, end) is not None or only_names(text, start, end)
