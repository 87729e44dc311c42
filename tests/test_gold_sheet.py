"""The annotators' sheet: what they write comes back as gold that loads."""

from __future__ import annotations

import json
import runpy
import sys
from pathlib import Path

import pytest

from nlp_reform.evaluate.gold import load

SCRIPT = Path(__file__).resolve().parents[1] / "scripts" / "gold_sheet.py"
TEXT = "1.规范理事会。个人会员不足2万人的，理事人数一般不超过150人。去年新增会员300人。\r\n第二段由组织部牵头，科普部配合。\r\n"
MARKS = """\
1 P
1 i 1. | 1 | 1 | D | 规范理事会
2 P
# doubt: is the hedge one cue with the bound?
2 q 2万人 | 20000 | 人 | < | condition
2 q 150人 | 150 | 人 | <= | target | ind=理事人数; chg=level; scope=个人会员不足2万人的
2 c 一般不超过 | obligation 2 | cond=个人会员不足2万人的
3 R
3 q 300人 | 300 | 人 | = | achieved | ind=会员; dir=increase; chg=by
4 P
4 a 组织部 | lead
4 a 科普部 | support
"""


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):  # type: ignore[no-untyped-def]
    """Run the script on a document of a shared folder of our own."""
    (tmp_path / "corpus").mkdir()
    (tmp_path / "corpus" / "plan.txt").write_bytes(TEXT.encode("utf-8"))
    script = runpy.run_path(str(SCRIPT))
    script["compile_gold"].__globals__["SHARED"] = tmp_path

    def call(marks: str) -> Path:
        document, sheet, out = tmp_path / "corpus" / "plan.txt", tmp_path / "s.txt", tmp_path / "plan.json"
        (tmp_path / "m.txt").write_text(marks, encoding="utf-8")
        for words in (["prepare", document, 0, len(TEXT), "-o", sheet],
                      ["compile", document, sheet, tmp_path / "m.txt", "--labeller", "T", "-o", out]):
            monkeypatch.setattr(sys, "argv", ["gold_sheet.py", *map(str, words)])
            script["main"]()
        return out

    return call


def test_marks_become_gold(run) -> None:  # type: ignore[no-untyped-def]
    path = run(MARKS)
    gold = load(path)
    document = gold.document
    assert [s.kind for s in document.statements] == ["prescriptive", "prescriptive", "reported", "prescriptive"]
    assert [(q.text, q.value, q.comparator, q.role) for q in document.quantities] == [
        ("2万人", 20000, "<", "condition"), ("150人", 150, "<=", "target"), ("300人", 300, "=", "achieved")]
    assert document.targets[0].indicator is not None and document.targets[0].indicator.text == "理事人数"
    assert gold.outcomes[0].direction == "increase"
    assert [(a.unit.text, a.role) for a in document.assignments] == [("组织部", "lead"), ("科普部", "support")]
    assert [(i.label, i.number, i.heading) for i in gold.items] == [("1.", 1, "规范理事会")]
    assert set(gold.labellers["obligations"]) == {"T"}
    assert "。" not in json.dumps(json.loads(path.read_text(encoding="utf-8")), ensure_ascii=False)


def test_a_wrong_line_is_named(run, capsys: pytest.CaptureFixture[str]) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(SystemExit):
        run(MARKS + "4 q 九百人 | 900 | 人 | = | target\n")
    assert "m.txt:13" in capsys.readouterr().err
    with pytest.raises(SystemExit):
        run(MARKS.replace("3 R\n", ""))
    assert "no kind for sentences 3" in capsys.readouterr().err
