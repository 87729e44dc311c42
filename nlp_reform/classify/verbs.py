"""What the commands `codebook` and `themes` do, as functions of paths and plain values."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from nlp_reform.classify import card, codebook, evaluation, labels, lexical, model, themes, training
from nlp_reform.errors import ExportError


@dataclass(frozen=True, slots=True)
class Listed:
    """A codebook as `codebook list` prints it; `model` is the folder of the model that goes with it."""

    name: str
    version: str
    name_zh: str
    name_en: str
    codes: int
    labels: int
    model: str | None


def list_codebooks() -> tuple[Listed, ...]:
    """Return all codebooks that can be found, built-in and the user's, sorted by name."""
    found = []
    for name in codebook.available():
        book = codebook.load(name)
        folder = model.shipped(book)
        found.append(Listed(name, book.version, book.name_zh, book.name_en, len(book.codes), len(book.labels()),
                            str(folder) if folder else None))
    return tuple(found)


def show_codebook(name: str) -> dict[str, Any]:
    """Return a codebook as plain values: its head, and its codes with their depth in the hierarchy."""
    book = codebook.load(name)
    head = {key: getattr(book, key) for key in ("id", "version", "name_zh", "name_en", "source", "multi", "level")}
    codes = [{"code": code.code, "parent": code.parent, "depth": len(book.path(code.code)), "name_zh": code.name_zh,
              "name_en": code.name_en, "definition": code.definition, "include": list(code.include),
              "exclude": list(code.exclude), "examples": list(code.examples),
              "maps": {other: list(to) for other, to in code.maps.items()}} for code in book.codes]
    return {**head, "languages": list(book.languages), "codes": codes}


def classify_table(
    path: Path, name: str, top: int = themes.DEFAULT_TOP, *, column: str = "text", level: int | None = None,
    using: str | None = None, threshold: float | None = None, clean: Callable[[str], str] = labels.same,
) -> list[dict[str, str]]:
    """Return the rows of a table (CSV, TSV, XLSX, JSONL) with columns `code1`, `name1`, `score1`, … added.

    `column` is the heading of the texts. Raises `ReadError` naming the file when there is no such column.
    """
    rows = labels.read_table(path)
    book = codebook.load(name)
    labels.need(path, rows, column)
    found = themes.classify([clean(cells.get(column) or "") for _, cells in rows], name, top, level=level,
                            using=using, threshold=threshold)
    answered = []
    for (_, cells), pairs in zip(rows, found, strict=True):
        added: dict[str, str] = {}
        for at in range(top):
            code, score = pairs[at] if at < len(pairs) else ("", None)
            added[f"code{at + 1}"] = code
            added[f"name{at + 1}"] = book.by_code[code].name_zh if code else ""
            added[f"score{at + 1}"] = "" if score is None else f"{score:.4f}"
        answered.append({**cells, **added})
    return answered


def train_model(
    path: Path, name: str, output: Path, *, texts: Mapping[str, str] | None = None, level: int | None = None,
    seed: int = 0, clean: Callable[[str], str] = labels.same, progress: Callable[[str], None] = lambda _: None,
) -> training.Trained:
    """Train a model from a label file and write it to the folder `output`; return it with its figures.

    `texts` gives the text of each directive id that the file names. Raises `ReadError` for a faulty label
    file and `ExportError` when the folder cannot be written.
    """
    book = codebook.load(name)
    given = labels.read(path, book, texts, clean, level)
    trained = training.train(given, book, level=level, seed=seed, described=f"Labels of {path.name}.",
                             progress=progress)
    try:
        model.save(output, trained.arrays, trained.grams, trained.manifest, card.card(trained.manifest))
    except OSError as error:
        raise ExportError(f"{output}: {error.strerror or error}") from error
    return trained


def evaluate_labels(
    path: Path, name: str, *, texts: Mapping[str, str] | None = None, level: int | None = None,
    using: str | None = None, clean: Callable[[str], str] = labels.same,
) -> tuple[evaluation.Figures, evaluation.Figures]:
    """Return the figures of the model in use, and of the lexicon alone, against a label file.

    They say nothing of new texts when the model was trained on these labels.
    """
    book = codebook.load(name)
    given = labels.read(path, book, texts, clean, level)
    results = []
    for used in (using, themes.LEXICON):
        names, scores = themes.score([one.text for one in given], name, level=level, using=used)
        column = {code: index for index, code in enumerate(names)}
        results.append(evaluation.figures(scores, [[column[code] for code in one.codes] for one in given], names))
    return results[0], results[1]


def explain(text: str, name: str) -> list[tuple[str, tuple[str, ...]]]:
    """Return the codebook's terms that stand in a Simplified text, in order, with the codes each speaks for."""
    return lexical.find_terms(text, codebook.load(name))


def group_texts(pairs: Sequence[tuple[str, str]]) -> dict[str, list[str]]:
    """Return texts by group from `(group, text)` pairs, groups in order of their first text."""
    groups: dict[str, list[str]] = {}
    for group, text in pairs:
        groups.setdefault(group, []).append(text)
    return groups
