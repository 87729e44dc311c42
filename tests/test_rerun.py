"""Manifests: a run done again gives the same bytes, and says what is not as it was."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from nlp_reform import rerunning
from nlp_reform.cli.main import cli

PLAN = "某会{year}年工作要点\n一、主要任务\n1.推进信息公开，新建专栏不少于{n}个。\n2.各学会不得挪用经费。\n"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for year in (2019, 2020, 2021):
        (tmp_path / f"{year}.txt").write_text(PLAN.format(year=year, n=year - 2010), encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(*arguments: str, code: int = 0) -> Result:
    done = CliRunner().invoke(cli, list(arguments))
    assert done.exit_code == code, done.output
    return done


@pytest.mark.parametrize("command", [
    "extract 2019.txt 2020.txt -o out/all.json", "extract 2019.txt 2020.txt --format jsonl --no-text -o out/",
    "extract 2019.txt --format csv -o out/tables/ --codebook societies", "extract 2019.txt --format xlsx -o out/x.xlsx",
    "compare 2019.txt 2020.txt --format json -o out/change.json", "track 2019.txt 2020.txt 2021.txt --phrase 公开 --format json -o out/track.json",
    "graph 2019.txt 2020.txt --kind directive --kind target --measure degree -o out/all.gexf", "graph 2019.txt -f csv -o out/graph",
    "report 2019.txt 2020.txt --lang zh -o out/report.html", "view 2019.txt --lang en -o out/view.html",
    "plot 2019.txt 2020.txt --lang en --chart themes -o out/themes.svg", "plot 2019.txt --lang zh -o out/plots",
])
def test_a_run_done_again_is_identical(command: str, folder: Path) -> None:
    run(*command.split(), "--manifest", "out/run.json")
    told = json.loads((folder / "out" / "run.json").read_text(encoding="utf-8"))
    assert told["schema"] == "nlp-reform/manifest/1" and told["made_with"]["version"] and told["versions"]["python"]
    assert [one["path"] for one in told["inputs"]][0] == "../2019.txt" and all(len(one["sha256"]) == 64 for one in told["inputs"])
    before = {path: path.read_bytes() for path in (folder / "out").rglob("*")
              if path.is_file() and not path.name.startswith(".")}
    shown = run("rerun", "out/run.json", "-o", "again")
    assert shown.stderr.count("identical: again/") == len(told["outputs"]) == len(before) - 1
    for one in told["outputs"]:
        assert (folder / "again" / one["path"]).read_bytes() == (folder / "out" / told["output"]["folder"] / one["path"]).read_bytes()
    assert {path: path.read_bytes() for path in before} == before


def test_a_folder_may_move_as_a_whole(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run("extract", "2019.txt", "-o", "out/2019.json", "--manifest", "run.json")
    moved = folder.parent / f"{folder.name}-moved"
    shutil.move(folder, moved)
    monkeypatch.chdir(moved.parent)
    assert rerunning.rerun(moved / "run.json").identical


def test_a_changed_input_is_named(folder: Path) -> None:
    run("extract", "2019.txt", "2020.txt", "-o", "out/", "--manifest", "run.json")
    (folder / "2020.txt").write_text(PLAN.format(year=2020, n=99), encoding="utf-8")
    done = run("rerun", "run.json", code=1)
    assert "2020.txt: is not as it was" in done.stderr and "2019.txt: is not" not in done.stderr
    assert "identical: 2019.json" in done.stderr and "DIFFERENT: 2020.json" in done.stderr
    (folder / "2020.txt").unlink()
    assert "2020.txt: cannot be read" in run("rerun", "run.json", code=1).stderr


def test_other_versions_and_words_are_named(folder: Path) -> None:
    run("extract", "2019.txt", "-o", "out/2019.json", "--manifest", "run.json")
    told = json.loads((folder / "run.json").read_text(encoding="utf-8"))
    told["made_with"] |= {"version": "0.0.1", "lexicons": "0" * 64}
    told["versions"] |= {"jieba": "0.1", "gone": "1"}
    (folder / "run.json").write_text(json.dumps(told), encoding="utf-8")
    done = run("rerun", "run.json")
    for line in ("version: 0.0.1 then, ", "lexicons are not as they were", "jieba: 0.1 then, 0.42", "gone: 1 then, not there now"):
        assert line in done.stderr


def test_what_cannot_be_done_again_is_a_usage_error(folder: Path) -> None:
    for arguments in (("2019.txt",), ("-", "-o", "x.json")):
        assert "a manifest needs files" in run("extract", *arguments, "--manifest", "run.json", code=2).stderr
    (folder / "x.json").write_text("{}")
    assert "is no manifest" in run("rerun", "x.json", code=1).stderr
    assert "cannot be read" in run("rerun", "none.json", code=1).stderr
