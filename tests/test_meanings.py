"""Meanings of units: learned words, their weights, and what they add to a comparison."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from nlp_reform.align import meanings
from nlp_reform.align.units import find_units
from nlp_reform.api import compare, extract
from nlp_reform.errors import ResourceError

BEFORE = "某市2021年工作要点\n一、主要任务\n1.发展冬季旅游，办好冰雪赛事。\n2.加强审计监督，查处违纪违法案件。\n"
AFTER = "某市2022年工作要点\n一、主要任务\n1.坚决惩治腐败，严肃廉政纪律。\n2.培育滑雪游客市场，丰富旅游节庆活动。\n"


def units(text: str) -> tuple[meanings.Unit, ...]:
    return find_units(extract(text))


def test_words_that_keep_to_a_subject_weigh_more() -> None:
    known = meanings.model()
    weight = {w: float(known.weights[known.words[w]]) for w in ("农民", "出口", "加强", "进一步")}
    assert min(weight["农民"], weight["出口"]) > 3 * max(weight["加强"], weight["进一步"])


def test_near_in_meaning_without_a_common_word() -> None:
    one, other = units(BEFORE), units(AFTER)
    found = meanings.find_meanings(one, other)
    near = found.before @ found.after.T
    assert near[1].argmax() == 0
    assert {(1, 0), (0, 1)} <= meanings.nearest_meanings(found)


def test_likeness_is_mirrored_when_the_sides_are_swapped() -> None:
    one, other = units(BEFORE), units(AFTER)
    there = list(zip(*meanings.likeness(meanings.find_meanings(one, other), [(0, 1), (1, 0)]), strict=True))
    back = list(zip(*meanings.likeness(meanings.find_meanings(other, one), [(1, 0), (0, 1)]), strict=True))
    assert np.allclose(there, back, atol=1e-4)


def test_texts_without_a_known_word_compare_all_the_same() -> None:
    blank = [u._replace(text="甲乙丙丁", bare="甲乙丙丁") for u in units(BEFORE)]
    found = meanings.find_meanings(blank, blank)
    assert not found.before.any()
    assert meanings.likeness(found, [(0, 0)]) == ([0.0], [0.0], [0.0])
    assert meanings.nearest_meanings(meanings.find_meanings((), blank)) == set()
    assert compare(extract("甲乙丙。"), extract("丁戊己。")).items == ()


def test_a_damaged_model_is_one_clear_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "models" / "align"
    folder.mkdir(parents=True)
    (folder / "words.txt").write_text("农民\n", encoding="utf-8")
    (folder / "weights.npz").write_bytes(b"no archive")
    monkeypatch.setenv("NLP_REFORM_DATA", str(tmp_path))
    meanings.model.cache_clear()
    try:
        with pytest.raises(ResourceError, match="align"):
            meanings.model()
    finally:
        monkeypatch.undo()
        meanings.model.cache_clear()
