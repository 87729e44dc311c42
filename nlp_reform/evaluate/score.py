"""Scores machine output against gold: `score(pairs)` gives the board."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from nlp_reform.errors import GoldError
from nlp_reform.evaluate import tasks
from nlp_reform.evaluate.board import Board
from nlp_reform.evaluate.entries import GoldDocument
from nlp_reform.evaluate.verdicts import Verdict
from nlp_reform.model import Document

Pair = tuple[GoldDocument, Document]
TASKS: dict[str, Callable[[GoldDocument, Document], Iterator[Verdict]]] = {
    "structure": tasks.structure, "duplicates": tasks.duplicates, "statements": tasks.statements,
    "quantities": tasks.quantities, "targets": tasks.targets, "cues": tasks.cues, "units": tasks.units,
    "themes": tasks.themes,
}
"""Every task scored on one document. Alignment takes two: see `alignment`."""

_LAYER_OF = {"statements": "statements", "quantities": "quantities", "targets": "quantities", "cues": "cues",
             "units": "assignments"}


def run(gold: Iterable[GoldDocument], extract: Callable[[Path], Document]) -> Iterator[Pair]:
    """Pair each gold document with the machine's; a document with several gold files is read once.

    `extract` takes the path of the document (of the marked text's unmarked twin). Raises `GoldError` where
    gold has no document file.
    """
    known: dict[Path, Document] = {}
    for item in gold:
        if item.source is None:
            raise GoldError(f"{item.path}: no unmarked document {item.name}.txt beside it to extract from")
        path = item.source.resolve()
        if path not in known:
            known[path] = extract(path)
        yield item, known[path]


def score(pairs: Iterable[Pair], more: Iterable[Verdict] = ()) -> Board:
    """Score every pair in every task its gold was marked for; `more` are verdicts of other tasks (alignment).

    Raises `GoldError` when machine output was made from another text than gold.
    """
    verdicts: list[Verdict] = []
    gold: dict[str, GoldDocument] = {}
    for wanted, machine in pairs:
        if machine.text != wanted.document.text:
            raise GoldError(f"{wanted.path}: machine output was made from another text (lengths "
                            f"{len(wanted.document.text)} and {len(machine.text)})")
        name = wanted.name
        if name in gold:
            raise GoldError(f"{wanted.path}: a second gold file named {name}; also {gold[name].path}")
        gold[name] = wanted
        for task, judge in TASKS.items():
            if _LAYER_OF.get(task) is None or _LAYER_OF[task] in wanted.tasks:
                verdicts += judge(wanted, machine)
    return Board((*verdicts, *more), gold)
