"""Many patterns in one pass: every place where one matches is among the places offered."""

import json
import re

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from nlp_reform.extract.scanning import Scanner, openings
from nlp_reform.prepared import compiled
from nlp_reform.resources import lexicon


@pytest.mark.parametrize(("pattern", "found"), [
    ("加强|建设", ["加强", "建设"]),
    ("加?强", ["加强", "强"]),
    (r"\d+年", [*"0123456789"]),
    ("(?<![高低])(?:去年|上[年月])(?!度)", ["上年", "上月", "去年"]),
    ("[甲乙](?:丙|丁戊)", ["丙", "丁"]),
    ("(?>要|应当)", ["应当", "要"]),
    ("了(?=[^,])", ["了"]),
    ("再{2,3}说", ["再"]),
])
def test_openings_are_what_a_match_may_begin_with(pattern: str, found: list[str]) -> None:
    if pattern.startswith("[甲乙]"):
        found = [first + second for first in "甲乙" for second in found]
    assert openings(pattern) == sorted(found)


@pytest.mark.parametrize("pattern", ["[^,]年", ".年", "年?", r"(?:年|\w)月", r"\s"])
def test_a_pattern_that_may_begin_with_anything_is_refused(pattern: str) -> None:
    with pytest.raises(ValueError, match="may begin with any character"):
        openings(pattern)


def _written() -> dict[str, re.Pattern[str]]:
    table = lexicon("statements")
    return {f"{kind} {name}": compiled(sign[kind], re.MULTILINE) for kind in ("regex", "soon")
            for name, sign in table.items() if name != "part" and isinstance(sign, dict) and kind in sign}


_PIECES = ("去年", "今年", "已", "完成", "实现了", "2018年", "一", "3", "是", "基础", "目标是", "。", "\n", ",", "请", "认真", "贯彻落实",
           "制定本办法", "由", "负责", "预计", "将", "我们", "不低于", "达到", "我衷心", "正在", "5月", "公布", "有助", "查处", "12起", "𠀀")


def _probe() -> str:
    words = " ".join(term for entry in lexicon("cues")["cue"] for term in (*entry["terms"], *entry.get("not_in", ())))
    return words + json.dumps(lexicon("statements"), ensure_ascii=False)


@settings(deadline=None)
@given(st.lists(st.sampled_from(_PIECES), max_size=24).map("".join))
@example(_probe())
def test_no_match_of_a_sign_is_missed(text: str) -> None:
    patterns = _written()
    scanner = Scanner(patterns)
    offered = {(name, at) for opening, at in scanner.places(text).tolist() for name in scanner.owners[opening]}
    found = {(name, match.start()) for name, pattern in patterns.items() for match in pattern.finditer(text)}
    assert found <= offered
