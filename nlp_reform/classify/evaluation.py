"""How well themes are given: accuracy at 1 and 3, F1 a class, calibration, and what a guess would get."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from nlp_reform.classify.scan import Floats, Ints

_BINS = 10


@dataclass(frozen=True, slots=True)
class ClassFigure:
    """One class: how many texts carry it, and precision, recall and F1 of the best guess."""

    code: str
    support: int
    precision: float
    recall: float
    f1: float


@dataclass(frozen=True, slots=True)
class Figures:
    """Figures over texts with known codes. `top1` counts an abstention as wrong; `coverage` is the share answered.

    `ece` is the expected calibration error of the best score over ten equal bins; `majority` is what naming
    the commonest class would get.
    """

    texts: int
    classes: int
    top1: float
    top3: float
    macro_f1: float
    ece: float
    majority: float
    coverage: float
    by_class: tuple[ClassFigure, ...]


def figures(scores: Floats, gold: Sequence[Sequence[int]], labels: Sequence[str], threshold: float = 0.0) -> Figures:
    """Measure `score[text, label]` against the label indices in `gold`, one or more a text.

    A best guess is right when it is among the text's codes. Macro F1 is over the classes that occur in gold.
    """
    order = np.argsort(-scores, axis=1, kind="stable")
    true = np.zeros(scores.shape, dtype=bool)
    for text, codes in enumerate(gold):
        true[text, list(codes)] = True
    hits = np.take_along_axis(true, order, axis=1)
    best = scores.max(axis=1)
    answered = best >= threshold
    right = hits[:, 0]
    classes = tuple(_class(labels, code, order[:, 0], true, answered)
                    for code in np.flatnonzero(true.any(axis=0)).tolist())
    return Figures(
        len(scores), len(classes), _mean(right & answered), _mean(hits[:, :3].any(axis=1) & answered),
        round(float(np.mean([one.f1 for one in classes])), 4) if classes else 0.0,
        calibration_error(best, right), _mean(true[:, int(true.sum(axis=0).argmax())]), _mean(answered), classes,
    )


def calibration_error(confidence: Floats, right: np.ndarray[tuple[int, ...], np.dtype[np.bool_]]) -> float:
    """Return the expected calibration error: |confidence − accuracy| over ten equal bins, weighed by their texts."""
    bins = np.clip((confidence * _BINS).astype(int), 0, _BINS - 1)
    gaps = (abs(float(confidence[bins == one].sum() - right[bins == one].sum())) for one in range(_BINS))
    return round(sum(gaps) / max(len(right), 1), 4)


def kappa(first: Sequence[str], second: Sequence[str]) -> float:
    """Return Cohen's kappa of two codings of the same texts."""
    codes = sorted({*first, *second})
    agreed = sum(one == other for one, other in zip(first, second, strict=True)) / max(len(first), 1)
    chance = sum(first.count(code) * second.count(code) for code in codes) / max(len(first), 1) ** 2
    return 1.0 if chance == 1 else round((agreed - chance) / (1 - chance), 4)


def _class(
    labels: Sequence[str], code: int, first: Ints, true: np.ndarray[tuple[int, ...], np.dtype[np.bool_]],
    answered: np.ndarray[tuple[int, ...], np.dtype[np.bool_]],
) -> ClassFigure:
    named = (first == code) & answered
    both = int((named & true[:, code]).sum())
    support = int(true[:, code].sum())
    precision = both / named.sum() if named.any() else 0.0
    recall = both / support if support else 0.0
    f1 = 2 * precision * recall / (precision + recall) if both else 0.0
    return ClassFigure(labels[code], support, round(float(precision), 4), round(recall, 4), round(float(f1), 4))


def _mean(values: np.ndarray[tuple[int, ...], np.dtype[np.bool_]]) -> float:
    return round(float(values.mean()), 4) if len(values) else 0.0
