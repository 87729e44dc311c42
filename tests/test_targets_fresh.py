"""Made-up documents of many genres, marked before the program read them: what was gained there is not lost again."""

from __future__ import annotations

from pathlib import Path

import pytest

from nlp_reform import api
from nlp_reform.evaluate.board import Board

FRESH = Path(__file__).parent / "gold" / "fresh"


@pytest.fixture(scope="module")
def board() -> Board:
    found, errors = api.evaluate([FRESH])
    assert not errors
    return found


@pytest.mark.parametrize(
    ("task", "measure", "floor"),
    [
        ("quantities", "value", 0.97),
        ("quantities", "unit", 0.98),
        ("quantities", "comparator", 0.98),
        ("quantities", "role", 0.93),
        ("targets", "value", 0.95),
        ("targets", "indicator", 0.90),
        ("targets", "change", 0.95),
        ("targets", "deadline", 0.88),
    ],
)
def test_floor(board: Board, task: str, measure: str, floor: float) -> None:
    row = next(r for r in board.rows() if (r.task, r.measure) == (task, measure))
    assert row.f1 is not None
    assert row.f1 >= floor
