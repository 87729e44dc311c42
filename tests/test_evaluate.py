"""Gold in two forms, the scorer, the board of single items, and agreement."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from nlp_reform import api
from nlp_reform.cli.main import cli
from nlp_reform.errors import GoldError
from nlp_reform.evaluate.agreement import agreement
from nlp_reform.evaluate.board import read_run
from nlp_reform.evaluate.gold import load
from nlp_reform.evaluate.inline import strip
from nlp_reform.evaluate.score import score
from nlp_reform.evaluate.tasks import quantities, statements

ROOT = Path(__file__).resolve().parents[1]
TEXT = "一、总体要求\n1.个人会员不足2万人的，理事人数一般不超过150人。去年新增会员300人。\n"
INLINE = (
    '⟦一、|i number=1 level=1 directive=no⟧总体要求⟦C-⟧\n⟦1.|i number=1 level=2 directive=yes⟧个人会员不足'
    '⟦2万人|q value=20000 unit=人 cmp=< role=condition⟧的，理事人数'
    '⟦一般不超过|c modality=obligation strength=2 condition="个人会员不足2万人的"⟧'
    '⟦150人|q value=150 unit=人 cmp=<= role=target indicator=理事人数 change=level⟧。⟦P⟧'
    '去年新增会员⟦300人|q value=300 unit=人 role=achieved⟧。⟦R⟧\n'
)


def standoff(folder: Path, labeller: str = "A", **changes: Any) -> Path:
    text = folder / "plan.txt"
    text.write_text(TEXT, encoding="utf-8", newline="")
    first, second = TEXT.index("1."), TEXT.index("去年")
    body: dict[str, Any] = {
        "document": "plan.txt", "sha256": hashlib.sha256(text.read_bytes()).hexdigest(), "labeller": labeller,
        "passages": [[0, len(TEXT)]],
        "statements": [
            {"start": first, "end": second, "kind": "prescriptive"},
            {"start": second, "end": len(TEXT) - 1, "kind": "reported"},
        ],
        "quantities": [
            {"start": TEXT.index("2万人"), "end": TEXT.index("2万人") + 3, "value": 20000, "unit": "人",
             "comparator": "<", "role": "condition"},
            {"start": TEXT.index("150人"), "end": TEXT.index("150人") + 4, "value": 150, "unit": "人",
             "comparator": "<=", "role": "target", "indicator": "理事人数", "change": "level"},
        ],
        "cues": [], "assignments": [],
    }
    body |= changes
    path = folder / f"plan-{labeller}.json"
    path.write_text(json.dumps(body, ensure_ascii=False, indent=1), encoding="utf-8")
    return path


def test_marks_strip_away_to_the_document() -> None:
    text, marks = strip(INLINE)
    assert text == TEXT
    assert all(text[mark.start:mark.end] == mark.text for mark in marks)
    assert [mark.keys["kind"] for mark in marks if mark.kind == "s"] == ["context", "prescriptive", "reported"]


def test_both_forms_load_into_the_same_model(tmp_path: Path) -> None:
    marked = tmp_path / "plan.gold.txt"
    marked.write_text(INLINE, encoding="utf-8")
    one, other = load(marked).document, load(standoff(tmp_path)).document
    key = [(q.start, q.end, q.value, q.unit, q.comparator, q.role) for q in other.quantities]
    assert [(q.start, q.end, q.value, q.unit, q.comparator, q.role) for q in one.quantities][:2] == key
    assert one.targets[0].indicator == other.targets[0].indicator
    assert load(marked).labellers["quantities"] == ("author",) * 3


def test_stale_gold_names_the_file(tmp_path: Path) -> None:
    path = standoff(tmp_path)
    (tmp_path / "plan.txt").write_text(TEXT + "改", encoding="utf-8")
    with pytest.raises(GoldError, match=r"plan-A\.json: stale"):
        load(path)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"quantities": [{"start": 3, "end": 900, "value": 1, "role": "target", "comparator": "="}]}, "outside the document"),
        ({"quantities": [{"start": 3, "end": 5, "value": "x", "role": "target", "comparator": "="}]}, "no number"),
        ({"quantities": [{"start": 3, "end": 5, "value": 1, "role": "goal", "comparator": "="}]}, "role 'goal'"),
        ({"statements": [{"kind": "prescriptive"}]}, "without readable offsets"),
        ({"passages": [[5, 2]]}, "passages lie outside"),
    ],
)
def test_malformed_gold_gives_file_line_and_reason(tmp_path: Path, changes: dict[str, Any], said: str) -> None:
    with pytest.raises(GoldError, match=r"plan-A\.json") as error:
        load(standoff(tmp_path, **changes))
    assert said in str(error.value)
    assert "passages" in changes or "line " in str(error.value)


@pytest.mark.parametrize("broken", ["⟦2万人|q value=1", "2万人⟧", "⟦2万人|zz value=1⟧", "好⟦2万人|q role=target⟧"])
def test_malformed_marks_name_their_line(tmp_path: Path, broken: str) -> None:
    path = tmp_path / "plan.gold.txt"
    path.write_text("第一行\n" + broken, encoding="utf-8")
    with pytest.raises(GoldError, match=r"plan\.gold\.txt: line 2"):
        load(path)


def test_perfect_and_empty_output(tmp_path: Path) -> None:
    gold = load(standoff(tmp_path))
    assert {v.outcome for v in quantities(gold, gold.document)} == {"hit"}
    empty = api.extract(TEXT)
    nothing = type(empty)(id="d", text=TEXT, source=empty.source)
    assert [v.outcome for v in quantities(gold, nothing)] == ["missed", "missed"]
    assert [v.outcome for v in statements(gold, nothing)] == ["missed", "missed"]


def test_items_outside_the_passages_are_not_counted(tmp_path: Path) -> None:
    gold = load(standoff(tmp_path, passages=[[0, TEXT.index("去年")]]))
    found = api.extract(TEXT)
    assert any(q.value == 300 for q in found.quantities)
    assert not [v for v in quantities(gold, found) if v.start >= TEXT.index("去年")]


def test_a_wrong_role_is_listed_with_its_sentence(tmp_path: Path) -> None:
    gold = load(standoff(tmp_path))
    wrong = load(standoff(tmp_path, "B", quantities=[
        {"start": TEXT.index("2万人"), "end": TEXT.index("2万人") + 3, "value": 20000, "unit": "人", "comparator": "<",
         "role": "target"}])).document
    errors = score([(gold, wrong)]).errors("quantities")
    assert [(e.what, e.gold, e.found) for e in errors] == [("role", "condition", "target"), ("missed", "target", "")]
    assert errors[0].sentence.startswith("1.个人会员")


def test_single_items_gained_and_lost(tmp_path: Path) -> None:
    gold = load(standoff(tmp_path))
    worse = load(standoff(tmp_path, "B", quantities=[])).document
    before, after = score([(gold, worse)]), score([(gold, gold.document)])
    before.save(tmp_path / "before.json")
    changes = after.against(read_run(tmp_path / "before.json"))
    assert not changes.lost
    assert {c.text for c in changes.gained} == {"2万人", "150人"}
    assert before.against(after).lost == tuple(
        c._replace(before=c.after, after=c.before) for c in changes.gained)


def test_a_saved_run_holds_no_sentence(tmp_path: Path) -> None:
    board = api.evaluate([ROOT / "corpora/societies-demo/gold/2017.gold.txt"])[0]
    board.save(tmp_path / "run.json")
    rows = json.loads((tmp_path / "run.json").read_text(encoding="utf-8"))["verdicts"]
    assert max(len(row["text"]) for row in rows) <= 12
    with pytest.raises(GoldError, match="not a saved evaluation run"):
        read_run(ROOT / "pyproject.toml")


def test_intervals_hold_their_figure_and_are_the_same_again() -> None:
    board = api.evaluate([ROOT / "corpora/societies-demo/gold"])[0]
    rows = board.rows()
    assert rows == board.rows()
    for row in rows:
        if row.f1 is not None and row.low is not None and row.high is not None:
            assert row.low - 1e-9 <= row.f1 <= row.high + 1e-9, row
    assert {row.group for row in board.rows("document")} == {"2017", "2018", "2019", "2020", "2021"}


def test_agreement_of_one_with_another(tmp_path: Path) -> None:
    a = standoff(tmp_path)
    last = {"start": TEXT.index("去年"), "end": len(TEXT) - 1, "kind": "context"}
    first = {"start": TEXT.index("1."), "end": TEXT.index("去年"), "kind": "prescriptive"}
    b = standoff(tmp_path, "B", statements=[first, last], quantities=[])
    figures = {(f.task, f.measure): f for f in agreement([load(a), load(b)])}
    assert figures["quantities", "span F1"].value == 0.0
    kappa = figures["statements", "Cohen's kappa, kind"]
    assert kappa.value == pytest.approx(1 / 3) and kappa.support == 2
    assert figures["statements", "Krippendorff's alpha, kind"].value == pytest.approx(0.4)
    with pytest.raises(GoldError, match="two annotators"):
        agreement([load(a)])


def test_second_pass_agrees(shared: Path) -> None:
    table = CliRunner().invoke(cli, ["evaluate", "--agreement", str(ROOT / "tests/gold/dev"), str(ROOT / "tests/gold/second-pass")])
    assert table.exit_code == 0
    alpha = next(line for line in table.output.splitlines() if "alpha, kind" in line)
    assert float(alpha.split()[-2]) > 0.8


def test_the_command_lists_and_compares(tmp_path: Path) -> None:
    gold = str(ROOT / "corpora/societies-demo/gold/2017.gold.txt")
    run = CliRunner().invoke
    kept = tmp_path / "run.json"
    assert run(cli, ["evaluate", gold, "--save", str(kept)]).exit_code == 0
    again = run(cli, ["evaluate", gold, "--against", str(kept), "--by", "class", "--errors", "quantities"])
    assert again.exit_code == 0 and "gained 0, lost 0" in again.output
    rows = json.loads(run(cli, ["evaluate", gold, "--format", "json"]).stdout)["rows"]
    assert {"quantities", "structure", "cues"} <= {row["task"] for row in rows}
    missing = run(cli, ["evaluate", str(tmp_path / "no.json")])
    assert missing.exit_code == 1 and "no.json" in missing.stderr


def test_the_held_back_gold_is_scored_on_a_release_only() -> None:
    from nlp_reform.evaluate.present import gold_files

    held_back = {"release", "release-2", "release-3"}
    assert not [p for p in gold_files() if held_back & {*p.parts}]
    assert held_back <= {p.parent.name for p in gold_files(release=True)}
    assert [p for p in gold_files() if "dev-3" in p.parts]
