"""The command line as a person meets it: exit codes, one clear line for what fails, the rest delivered."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from nlp_reform.cli.main import cli

PLAN = "云岭省学会联合会2019年工作要点\n\n一、加强组织建设\n\n1.规范理事会。理事人数一般不超过150人。\n\n2.发展会员。力争到2020年底会员总数达到3万人。\n"


def run(*arguments: object, stdin: bytes | None = None) -> Result:
    return CliRunner().invoke(cli, [str(a) for a in arguments], input=stdin)


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    path = tmp_path / "plan.txt"
    path.write_text(PLAN, encoding="utf-8")
    return path


def test_extract_prints_one_object_a_document(plan: Path) -> None:
    done = run("extract", plan)
    assert done.exit_code == 0, done.output
    record = json.loads(done.stdout)
    assert record["document"]["id"] == "plan"
    assert [item["label"] for item in record["directives"]] == ["1.", "2."]
    for layer in ("quantities", "directives", "statements"):
        for item in record[layer]:
            assert "text" not in item or PLAN[item["start"]:item["end"]] == item["text"]


def test_two_files_of_one_name_get_ids_of_their_own(plan: Path, tmp_path: Path) -> None:
    twin = tmp_path / "b" / "plan.txt"
    twin.parent.mkdir()
    twin.write_text(PLAN, encoding="utf-8")
    ids = [json.loads(line)["document"]["id"] for line in run("extract", plan, twin, "--format", "jsonl").stdout.splitlines()]
    assert ids == ["plan", "plan-2"]


def test_standard_input(plan: Path) -> None:
    done = run("extract", "-", "--format", "jsonl", stdin=PLAN.encode("gb18030"))
    assert done.exit_code == 0
    assert json.loads(done.stdout)["document"]["source"]["encoding"] == "gb18030"


def _bad(folder: Path) -> dict[str, bytes | None]:
    return {
        "missing.txt": None, "empty.txt": b"", "blank.txt": b" \n\t\n", "binary.txt": b"\x7fELF\x00\x01",
        "nul.txt": "一、加强\0建设".encode(), "surrogate.txt": b"\xed\xa0\x80abc \xed\xb0\x80",
    }


@pytest.mark.parametrize("name", ["missing.txt", "empty.txt", "blank.txt", "binary.txt", "nul.txt", "surrogate.txt"])
def test_bad_input_is_one_line_and_the_rest_is_delivered(name: str, plan: Path, tmp_path: Path) -> None:
    data = _bad(tmp_path)[name]
    bad = tmp_path / name
    if data is not None:
        bad.write_bytes(data)
    out = tmp_path / "out.jsonl"
    done = run("extract", bad, plan, "--format", "jsonl", "-o", out)
    assert done.exit_code == 1
    said = [line for line in done.stderr.splitlines() if not line.startswith("wrote")]
    assert len(said) == 1 and str(bad) in said[0] and "Traceback" not in done.stderr
    assert [json.loads(line)["document"]["id"] for line in out.read_text(encoding="utf-8").splitlines()] == ["plan"]


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    done = run("extract", tmp_path)
    assert done.exit_code == 1
    assert "is a folder" in done.stderr


def test_a_line_too_long_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from nlp_reform.read import plain

    monkeypatch.setattr(plain, "LONGEST_LINE", 1000)
    path = tmp_path / "long.txt"
    path.write_text("加强" * 600, encoding="utf-8")
    done = run("extract", path)
    assert done.exit_code == 1
    assert "one line of 1,200 characters" in done.stderr


def test_nothing_is_written_when_all_fail(tmp_path: Path) -> None:
    done = run("extract", tmp_path / "no.txt", "-o", tmp_path / "out.json")
    assert done.exit_code == 1
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "arguments", [("extract",), ("extract", "x.txt", "--format", "yaml"), ("extract", "x.txt", "--table", "none"), ("graph", "x", "-f", "none")]
)
def test_wrong_usage_ends_with_two(arguments: tuple[str, ...]) -> None:
    assert run(*arguments).exit_code == 2


def test_an_unknown_codebook_says_where_it_was_looked_for(plan: Path) -> None:
    done = run("extract", plan, "--codebook", "nowhere")
    assert done.exit_code == 1
    assert "no codebooks named 'nowhere'" in done.stderr


def test_a_traceback_only_with_debug(tmp_path: Path) -> None:
    assert "Traceback" not in run("extract", tmp_path / "no.txt").stderr
    assert "Traceback" in run("extract", tmp_path / "no.txt", "--debug").stderr


def test_graph_writes_and_keeps_what_exists(plan: Path, tmp_path: Path) -> None:
    out = tmp_path / "plan.graphml"
    assert run("graph", plan, "-o", out).exit_code == 0
    before = out.read_bytes()
    again = run("graph", plan, "-o", out)
    assert again.exit_code == 1 and "--force" in again.stderr
    assert run("graph", plan, "-o", out, "--force").exit_code == 0
    assert out.read_bytes() == before


def test_help_and_extract_import_nothing_heavy(plan: Path) -> None:
    code = (
        "import sys\nfrom nlp_reform.cli.main import cli\n"
        "cli.main(sys.argv[1:], standalone_mode=False)\n"
        "print([n for n in ('spacy', 'jieba', 'sklearn', 'networkx', 'pandas') if n in sys.modules], file=sys.stderr)"
    )
    for arguments in (["--help"], ["extract", str(plan)]):
        done = subprocess.run([sys.executable, "-c", code, *arguments], capture_output=True, text=True, check=True)
        assert done.stderr.strip() == "[]"


def test_the_demo_runs_on_the_bundled_corpus(tmp_path: Path) -> None:
    done = run("demo", "-o", tmp_path / "demo")
    assert done.exit_code == 0, done.output
    assert (tmp_path / "demo" / "societies-demo.graphml").stat().st_size > 10_000
    assert "2021" in done.stdout


def test_a_document_is_never_overwritten_by_its_own_output(plan: Path) -> None:
    done = run("extract", plan, "-o", plan)
    assert done.exit_code == 2
    assert plan.read_text(encoding="utf-8") == PLAN


def test_a_link_is_followed_and_a_device_written_through(plan: Path, tmp_path: Path) -> None:
    real, link = tmp_path / "real.json", tmp_path / "link.json"
    real.write_text("old")
    link.symlink_to(real)
    assert run("extract", plan, "-o", link).exit_code == 0
    assert link.is_symlink() and json.loads(real.read_text(encoding="utf-8"))
    assert run("extract", plan, "-o", "/dev/null").exit_code == 0
    assert not Path("/dev/null").is_file()


def test_a_name_with_a_line_break_is_a_file(tmp_path: Path) -> None:
    path = tmp_path / "new\nline.txt"
    path.write_text(PLAN, encoding="utf-8")
    assert len(json.loads(run("extract", path).stdout)["directives"]) == 2


def test_comparators_stay_as_they_are_in_csv(plan: Path) -> None:
    table = run("extract", plan, "--format", "csv", "--table", "quantities").stdout
    assert ",'=" not in table and "<=" in table
