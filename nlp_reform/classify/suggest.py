"""Picks the directives most worth coding next, and writes the sheet to code them on."""

from __future__ import annotations

import csv
from collections.abc import Collection, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np

from nlp_reform.classify import scan, themes
from nlp_reform.classify.scan import Floats
from nlp_reform.errors import ExportError

_BUCKETS = 512
_POOL = 20
"""How many uncertain texts a pick are compared for diversity."""
_HEAD = ("directive", "document", "text", "code", "suggested", "uncertainty")


class Item(NamedTuple):
    """A directive that could be coded."""

    directive: str
    document: str
    text: str


class Suggestion(NamedTuple):
    """A directive worth coding: what the model would say, and how unsure it is (0 sure, 1 a toss-up)."""

    item: Item
    codes: tuple[tuple[str, float], ...]
    uncertainty: float


def suggest(
    items: Sequence[Item], codebook: str, count: int = 50, *, done: Collection[str] = (), using: str | None = None,
    level: int | None = None, top: int = themes.DEFAULT_TOP,
) -> list[Suggestion]:
    """Return the next `count` directives worth coding, the most useful first.

    Uncertainty is one less the gap between the two best scores; each pick is weighed by how little it
    resembles (in character pairs) what was picked before it. `done` holds the ids already coded. Texts must
    be Simplified. The same input gives the same picks.
    """
    left = [item for item in items if item.directive not in set(done) and item.text.strip()]
    if not left or count < 1:
        return []
    labels, scores = themes.score([item.text for item in left], codebook, level=level, using=using)
    best = -np.sort(-scores, axis=1)
    doubt = 1.0 - (best[:, 0] - best[:, 1] if scores.shape[1] > 1 else best[:, 0])
    pool = np.argsort(-doubt, kind="stable")[: count * _POOL]
    looks = _looks([left[i].text for i in pool])
    likeness = np.zeros(len(pool), dtype=np.float32)
    open_ = np.ones(len(pool), dtype=bool)
    picked: list[Suggestion] = []
    for _ in range(min(count, len(pool))):
        worth = np.where(open_, doubt[pool] * (1.0 - likeness), -1.0)
        at = int(worth.argmax())
        open_[at] = False
        likeness = np.maximum(likeness, looks @ looks[at])
        row = int(pool[at])
        order = np.argsort(-scores[row], kind="stable")[:top]
        codes = tuple((labels[code], round(float(scores[row, code]), 4)) for code in order)
        picked.append(Suggestion(left[row], codes, round(float(doubt[row]), 4)))
    return picked


def _looks(texts: Sequence[str]) -> Floats:
    """Return a row of length 1 a text: its character pairs, counted in hash buckets."""
    joined = scan.join(texts)
    points = joined.points.astype(np.uint64)
    pairs = ((points[:-1] * np.uint64(0x9E3779B1) + points[1:]) % np.uint64(_BUCKETS)).astype(np.int64)
    inside = (joined.points[:-1] > 1) & (joined.points[1:] > 1)
    owner = np.repeat(np.arange(len(texts)), np.diff(joined.starts))[:-1]
    counts = np.bincount(owner[inside] * _BUCKETS + pairs[inside], minlength=len(texts) * _BUCKETS)
    looks = np.sqrt(counts.reshape(len(texts), _BUCKETS)).astype(np.float32)
    return np.asarray(looks / np.maximum(np.linalg.norm(looks, axis=1, keepdims=True), 1e-9), dtype=np.float32)


def write_sheet(suggestions: Sequence[Suggestion], path: Path) -> None:
    """Write a coding sheet (CSV with a byte order mark for Excel, or XLSX) with an empty column `code`.

    The filled sheet is a label file as `themes train` reads it. Raises `ExportError`.
    """
    rows = [(one.item.directive, one.item.document, one.item.text, "",
             "; ".join(f"{code} {score:.2f}" for code, score in one.codes), one.uncertainty) for one in suggestions]
    try:
        if path.suffix.lower() == ".xlsx":
            from openpyxl import Workbook

            book = Workbook(write_only=True)
            sheet = book.create_sheet("coding")
            for row in (_HEAD, *rows):
                sheet.append(row)
            book.save(path)
            return
        with path.open("w", encoding="utf-8-sig", newline="") as file:
            csv.writer(file).writerows([_HEAD, *rows])
    except ImportError as error:
        raise ExportError(f"{path}: writing XLSX needs openpyxl: pip install nlp-reform[tables]") from error
    except OSError as error:
        raise ExportError(f"{path}: {error.strerror or error}") from error
