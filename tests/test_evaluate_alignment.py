"""Judging what a comparison linked."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import pytest

from nlp_reform.errors import GoldError
from nlp_reform.evaluate.alignment import Link, Row, judge, load_pair
from nlp_reform.evaluate.board import Board
from nlp_reform.spans import Span

TEXT = "规范理事会换届。发展个人会员。"
LINKED = Row(Span(0, 8), TEXT[:8], (Span(0, 9), Span(40, 50)), "strengthened")
DROPPED = Row(Span(8, 15), TEXT[8:], (), "dropped")
ADDED = Row(Span(20, 30), "新增条款", (), "added", added=True)


@pytest.mark.parametrize(
    ("row", "link", "outcome", "found"),
    [
        (LINKED, Link((Span(45, 60),), "strengthened"), "hit", "counterpart"),
        (LINKED, Link((Span(60, 70),), "strengthened"), "wrong", "counterpart"),
        (LINKED, None, "wrong", "dropped"),
        (DROPPED, Link((), "dropped"), "hit", "dropped"),
        (DROPPED, None, "hit", "dropped"),
        (DROPPED, Link((Span(0, 9),), "changed"), "wrong", "counterpart"),
        (ADDED, Link((), "added"), "hit", "added"),
    ],
)
def test_a_row_is_right_by_one_counterpart_or_by_none(row: Row, link: Link | None, outcome: str, found: str) -> None:
    (verdict,) = judge("a--b", "", [(row, link)])
    assert (verdict.outcome, verdict.found) == (outcome, found)
    assert bool(verdict.slots) == (outcome == "hit" and row is LINKED)


def test_relation_counts_only_where_the_link_is_right() -> None:
    rows: list[tuple[Row, Link | None]] = [
        (LINKED, Link((Span(0, 5),), "weakened")), (LINKED, Link((Span(0, 5),), "strengthened")), (LINKED, None),
        (DROPPED, None)]
    figures = {row.measure: row for row in Board(tuple(judge("a--b", "", rows))).rows()}
    assert figures["counterpart"].f1 == 0.75
    assert (figures["relation"].recall, figures["relation"].support) == (0.5, 2)
    assert (figures["dropped"].precision, figures["dropped"].recall) == (0.5, 1.0)


def gold(folder: Path, **changes: Any) -> Path:
    side = {}
    for name in ("before", "after"):
        (folder / f"{name}.txt").write_text(TEXT, encoding="utf-8")
        side[name] = {"file": f"{name}.txt", "sha256": hashlib.sha256(TEXT.encode()).hexdigest()}
    body = {**side, "rows": [{"before": [0, 8], "after": [[0, 8]], "relation": "unchanged", "moved": None}], **changes}
    path = folder / "before--after.json"
    path.write_text(json.dumps(body), encoding="utf-8")
    return path


def test_alignment_gold_is_read_and_held_to_its_documents(tmp_path: Path) -> None:
    pair = load_pair(gold(tmp_path), tmp_path)
    assert pair.rows == (Row(Span(0, 8), TEXT[:8], (Span(0, 8),), "unchanged"),)
    (tmp_path / "after.txt").write_text("改", encoding="utf-8")
    with pytest.raises(GoldError, match=r"before--after\.json: stale: .*after\.txt"):
        load_pair(tmp_path / "before--after.json", tmp_path)


@pytest.mark.parametrize("changes", [
    {"rows": [{"before": [0, 99], "after": [], "relation": None}]}, {"rows": [{"before": 3}]}, {"before": {}}])
def test_malformed_alignment_gold_names_the_file(tmp_path: Path, changes: dict[str, Any]) -> None:
    with pytest.raises(GoldError, match=r"before--after\.json"):
        load_pair(gold(tmp_path, **changes), tmp_path)
