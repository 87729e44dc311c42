"""The verbs of codebooks and themes: list, show, check; classify, train, suggest, evaluate, explore.

Each function is a command of `nlp-reform codebook` or `nlp-reform themes`, with the same names and defaults. Texts
and documents may be Simplified or Traditional.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from nlp_reform.model import Document

if TYPE_CHECKING:
    from nlp_reform.classify.check import Problem
    from nlp_reform.classify.evaluation import Figures
    from nlp_reform.classify.explore import Key, Topic
    from nlp_reform.classify.suggest import Suggestion
    from nlp_reform.classify.training import Trained
    from nlp_reform.classify.verbs import Listed


def list_codebooks() -> tuple[Listed, ...]:
    """Return all codebooks that can be found, built-in and the user's, with the model that goes with each."""
    from nlp_reform.classify import verbs

    return verbs.list_codebooks()


def show_codebook(name: str) -> dict[str, Any]:
    """Return a codebook, by name or path, as plain values: its head and its codes with their depth."""
    from nlp_reform.classify import verbs

    return verbs.show_codebook(name)


def check_codebook(name: str) -> tuple[Problem, ...]:
    """Return what is wrong or doubtful in a codebook file, with rows; nothing when all is well."""
    from nlp_reform.classify.check import check

    return check(name)


def classify_table(
    file: str | Path, codebook: str, top: int = 3, column: str = "text", level: int | None = None,
    model: str | None = None, threshold: float | None = None,
) -> list[dict[str, str]]:
    """Return the rows of a table of texts (CSV, TSV, XLSX, JSONL) with `code1`, `name1`, `score1`, … added.

    `column` is the heading of the texts, `level` the depth of the hierarchy, `model` a folder or `lexicon` for the
    terms alone; a text whose best score is under `threshold` gets no code. Raises `ReadError`, `ResourceError`.
    """
    from nlp_reform.classify import verbs

    return verbs.classify_table(
        Path(file), codebook, top, column=column, level=level, using=model, threshold=threshold, clean=_clean)


def train(
    documents: Iterable[Document], codebook: str, labels: str | Path, output: str | Path, level: int | None = None,
    seed: int = 0,
) -> Trained:
    """Train a theme model from a label file (CSV, XLSX, JSONL of text or directive id, and code) and write it.

    `documents` give the texts of the directive ids the file names (none needed where it holds texts). The figures
    in the returned model are from cross-validation grouped by document. Raises `ReadError` with row numbers.
    """
    from nlp_reform.classify import verbs

    return verbs.train_model(
        Path(labels), codebook, Path(output), texts=_texts(documents), level=level, seed=seed, clean=_clean)


def suggest(
    documents: Iterable[Document], codebook: str, output: str | Path, count: int = 50, done: str | Path | None = None,
    model: str | None = None, level: int | None = None,
) -> list[Suggestion]:
    """Pick the `count` directives most worth coding next, write them as a coding sheet, and return them.

    `done` is a label file whose directives are left out. The sheet is CSV or XLSX by its name; filled in, it is a
    label file for `train`.
    """
    from nlp_reform.classify import labels
    from nlp_reform.classify import suggest as room
    from nlp_reform.classify.suggest import Item

    coded = {cells.get("directive", "") for _, cells in labels.read_table(Path(done))} if done else set()
    items = [Item(name, owner, text) for name, owner, text in _directives(documents)]
    picked = room.suggest(items, codebook, count, done=coded, using=model, level=level)
    room.write_sheet(picked, Path(output))
    return picked


def evaluate(
    documents: Iterable[Document], codebook: str, labels: str | Path, model: str | None = None,
    level: int | None = None,
) -> tuple[Figures, Figures]:
    """Return how well the model in use, and the lexicon alone, give the codes of a label file."""
    from nlp_reform.classify import verbs

    return verbs.evaluate_labels(
        Path(labels), codebook, texts=_texts(documents), level=level, using=model, clean=_clean)


def explore(
    documents: Iterable[Document], codebook: str = "govcn", by: str = "theme", top: int = 20, topics: int = 0,
) -> tuple[list[Key], list[Topic]]:
    """Return the words that mark each theme, section or year, and on request topics, for looking around.

    `by` is theme, section or year. Keyness is Dunning's log-likelihood with the log ratio as effect size. `topics`
    asks for that many topics (NMF): an exploration, not a coding.
    """
    from nlp_reform.classify import explore as room
    from nlp_reform.classify import verbs

    pairs = [pair for document in documents for pair in _grouped(document, codebook, by)]
    keys = room.keyness(verbs.group_texts(pairs), top)
    return keys, room.topics([text for _, text in pairs], topics) if topics else []


def _clean(text: str) -> str:
    from nlp_reform.normalise.script import simplify

    return simplify(text)[0]


def _directives(documents: Iterable[Document]) -> list[tuple[str, str, str]]:
    return [(one.id, document.id, _clean("".join(document.text[one.start:one.end].split())))
            for document in documents for one in document.directives]


def _texts(documents: Iterable[Document]) -> dict[str, str]:
    return {name: text for name, _, text in _directives(documents)}


def _grouped(document: Document, codebook: str, by: str) -> Sequence[tuple[str, str]]:
    best: dict[str, str] = {}
    for theme in document.themes:
        if theme.codebook == codebook:
            best.setdefault(theme.directive, theme.code)
    headings = {section.id: section.label + section.heading for section in document.sections}
    found = []
    for directive, (_, _, text) in zip(document.directives, _directives([document]), strict=True):
        group = {
            "theme": best.get(directive.id, "none"), "section": headings.get(directive.section or "", "none"),
            "year": str(document.year or "unknown"),
        }[by]
        found.append((group, text))
    return found
