"""Gives themes to directives, with the section's heading and the document's title as context."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np

from nlp_reform.classify import codebook as codebooks
from nlp_reform.classify import lexical, model, scan
from nlp_reform.classify.codebook import Codebook
from nlp_reform.classify.scan import Floats
from nlp_reform.model import Document, Theme
from nlp_reform.tokens import mainland

DEFAULT_TOP = 3
LEXICON = "lexicon"
"""The name that asks for scores by the codebook's terms alone."""
_HEADING, _TITLE = 0.5, 0.25
"""How much a term in the section's heading, or in the document's title, weighs beside one in the directive."""
_LEAST = 0.005
"""A score under which a code is not named."""
_CHUNK = 500
"""Texts scored at once: bounds the memory of a call, not its result."""


class _Scorer(NamedTuple):
    """Everything needed to score texts by one codebook."""

    book: Codebook
    given: lexical.Lexicon
    learned: model.ThemeModel | None
    level: int
    threshold: float


def classify(
    texts: Sequence[str], codebook: str, top: int = DEFAULT_TOP, *, level: int | None = None,
    using: str | None = None, threshold: float | None = None,
) -> list[list[tuple[str, float]]]:
    """Return for each Simplified text its `(code, score)` pairs, best first, at most `top`.

    Scores lie between 0 and 1; unless the codebook is `multi` they add up to at most 1. `level` asks for a
    deeper or higher level of the codebook than its own; `using` names a model (a folder, or `lexicon` for the
    terms alone) other than the one that goes with the codebook. A text whose best score is below `threshold`
    (default: the model's) gets an empty list. Raises `ResourceError` for an unknown codebook or model.
    """
    scorer = _scorer(codebook, level, using, threshold)
    found: list[list[tuple[str, float]]] = []
    for start in range(0, len(texts), _CHUNK):
        joined = scan.join([mainland(text) for text in texts[start:start + _CHUNK]])
        found += _answers(scorer, joined, None, top)
    return found


def score(
    texts: Sequence[str], codebook: str, *, level: int | None = None, using: str | None = None,
) -> tuple[tuple[str, ...], Floats]:
    """Return the codes and the full matrix `score[text, code]`, nothing left out."""
    scorer = _scorer(codebook, level, using, None)
    parts = [_matrix(scorer, scan.join([mainland(text) for text in texts[start:start + _CHUNK]]), None)
             for start in range(0, len(texts), _CHUNK)]
    labels = scorer.book.labels(scorer.level)
    return labels, np.concatenate(parts) if parts else np.zeros((0, len(labels)), dtype=np.float32)


def finder(
    names: Sequence[str], top: int = DEFAULT_TOP, *, level: int | None = None, using: str | None = None,
) -> Callable[[Document], Mapping[str, Any]]:
    """Return the function that finds the layer `themes` for the named codebooks."""
    scorers = tuple(_scorer(name, level, using, None) for name in names)
    terms = scan.Vocabularies([scorer.given.vocabulary for scorer in scorers])
    whole = scan.Vocabularies([*terms.parts, *(scorer.learned.grams for scorer in scorers if scorer.learned)])

    def find(document: Document) -> Mapping[str, Any]:
        owners = [directive.id for directive in document.directives]
        headings = {section.id: section.heading for section in document.sections}
        above: dict[str, int] = {}
        under = [above.setdefault(headings.get(one.section or "", ""), len(above)) for one in document.directives]
        bodies = scan.join([mainland(_plain(document, one.start, one.end)) for one in document.directives])
        around = scan.join([mainland(words) for words in (*above, document.title)])
        whole.look(bodies)
        terms.look(around)
        found: list[Theme] = []
        for scorer in scorers:
            context = lexical.evidence(around, scorer.given)
            context = _HEADING * context[under] + _TITLE * context[-1:]
            answers = _answers(scorer, bodies, context, top) if owners else []
            found += [Theme(owner, scorer.book.id, code, value)
                      for owner, pairs in zip(owners, answers, strict=True) for code, value in pairs]
        return {"themes": tuple(found)}

    return find


def _scorer(name: str, level: int | None, using: str | None, threshold: float | None) -> _Scorer:
    book = codebooks.load(name)
    folder = None if using == LEXICON else model.find(using) if using else model.shipped(book)
    learned = model.load(folder, book) if folder else None
    base = learned.level if learned else book.level
    least = threshold if threshold is not None else learned.threshold if learned else 0.0
    return _Scorer(book, lexical.lexicon(book, base), learned, level or base, least)


def _matrix(scorer: _Scorer, joined: scan.Joined, context: Floats | None) -> Floats:
    weighed = lexical.evidence(joined, scorer.given)
    if context is not None:
        weighed += context
    found = (scorer.learned.scores(joined, weighed) if scorer.learned
             else lexical.answers(weighed, scorer.book.multi))
    return found if scorer.book.labels(scorer.level) == scorer.given.labels else _spread(scorer, joined, found)


def _spread(scorer: _Scorer, joined: scan.Joined, found: Floats) -> Floats:
    """Take scores to another level: up by adding, down by each child's share of its parent's evidence."""
    book, base = scorer.book, scorer.given.labels
    target = book.labels(scorer.level)
    column = {label: index for index, label in enumerate(base)}
    if scorer.level < len(book.path(base[0])):
        up = np.zeros((len(base), len(target)), dtype=np.float32)
        for index, label in enumerate(base):
            up[index, target.index(book.roll_up(label, scorer.level))] = 1
        return found @ up
    below = lexical.evidence(joined, lexical.lexicon(book, scorer.level)) + np.float32(1e-3)
    home = np.array([next(column[step] for step in reversed(book.path(code)) if step in column) for code in target])
    whole = np.zeros((len(below), len(base)), dtype=np.float32)
    np.add.at(whole.T, home, below.T)
    return np.asarray(found[:, home] * below / whole[:, home], dtype=np.float32)


def _answers(
    scorer: _Scorer, joined: scan.Joined, context: Floats | None, top: int,
) -> list[list[tuple[str, float]]]:
    """Return the best pairs of each text, equal scores in the codebook's order; none for a text without letters."""
    found = _matrix(scorer, joined, context)
    labels = scorer.book.labels(scorer.level)
    order = np.argsort(-found, axis=1, kind="stable")[:, :max(top, 0)]
    values = np.round(np.take_along_axis(found, order, axis=1).astype(np.float64), 4)
    written = np.add.reduceat((joined.points > 1).astype(np.int64), joined.starts[:-1]) > 0
    answers = []
    for codes, scores, some in zip(order.tolist(), values.tolist(), written.tolist(), strict=True):
        enough = some and bool(scores) and scores[0] >= scorer.threshold
        answers.append([(labels[code], value) for code, value in zip(codes, scores, strict=True) if value > _LEAST]
                       if enough else [])
    return answers


def _plain(document: Document, start: int, end: int) -> str:
    """Return the cleaned text of a span of record."""
    view = document.view
    return view.text[view.map.clean(start):view.map.clean(end)]
