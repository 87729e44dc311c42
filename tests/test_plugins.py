"""A plugin package, really installed into a folder of its own, and what each of its plugins does or fails to do."""

from __future__ import annotations

import csv
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from places import ROOT

from nlp_reform import plugins, resources
from nlp_reform.errors import PluginError
from nlp_reform.model import Document, Source
from nlp_reform.pipeline import Pipeline, Stage, standard
from nlp_reform.plugins import Plugin

EXAMPLE = ROOT / "tests" / "plugin_example"
PLAN = "云岭省灯会协会2019年工作要点\n\n一、办好灯会\n\n1.安排专项资金30万元，制作花灯80盏灯。\n2.完善制度，安排经费5万元。\n"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder that pip installed the example into, with nothing fetched."""
    source, target = tmp_path_factory.mktemp("source") / "example", tmp_path_factory.mktemp("site")
    subprocess.run(["cp", "-r", EXAMPLE, source], check=True)
    pip = [sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-deps", "--no-index",
           "--no-build-isolation", "--target", target, source]
    done = subprocess.run(pip, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return target


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    path = tmp_path / "plan.txt"
    path.write_text(PLAN, encoding="utf-8")
    return path


def run(site: Path | None, *arguments: object) -> subprocess.CompletedProcess[str]:
    path = os.pathsep.join(str(place) for place in (site, ROOT) if place)
    return subprocess.run([sys.executable, "-m", "nlp_reform", *map(str, arguments)], capture_output=True, text=True,
                          check=False, env={**os.environ, "PYTHONPATH": path})


def test_the_list_tells_package_version_and_whether_each_loads(site: Path) -> None:
    done = run(site, "plugins", "--format", "json")
    found = {(one["kind"], one["name"]): one for one in json.loads(done.stdout)}
    states = {key: one["state"] for key, one in found.items()}
    assert states == {
        ("readers", "memo"): "loads", ("readers", "brk"): "fails", ("lexicons", "example"): "loads",
        ("codebooks", "example"): "fails", ("exporters", "outline"): "loads", ("exporters", "labels"): "loads",
        ("stages", "funds"): "loads", ("stages", "faulty"): "loads", ("stages", "gone"): "fails",
    }
    assert {(one["package"], one["version"]) for one in found.values()} == {("reform-example", "0.3.1")}
    assert done.returncode == 1 and "'brk' (readers) of reform-example 0.3.1 cannot be loaded" in done.stderr
    assert "Traceback" not in done.stderr
    shown = run(site, "plugins").stdout.splitlines()
    assert shown[0].split() == ["kind", "name", "package", "version", "state", "points", "to"] and len(shown) == 10


def test_without_plugins_the_list_says_so() -> None:
    done = run(None, "plugins")
    assert done.returncode == 0 and done.stdout.strip() == "no plugins are installed"


def test_a_stage_is_placed_and_a_faulty_one_noted(site: Path, plan: Path) -> None:
    record = json.loads(run(site, "extract", plan).stdout)
    assert [PLAN[one["start"]:one["end"]] for one in record["extra"]["funds"]] == ["30万元"]
    assert "faults" not in record["extra"]
    notes = {note["message"] for note in record["notes"] if note["code"] == "plugin-failed"}
    assert any("'faulty' (stages) of reform-example 0.3.1 failed (LookupError: no table of funds)" in said for said in notes)
    assert any("'gone' (stages) of reform-example 0.3.1 cannot be loaded (ModuleNotFoundError" in said for said in notes)
    rows = list(csv.DictReader(run(site, "extract", plan, "--format", "csv", "--table", "extra").stdout.splitlines()))
    assert [(row["layer"], row["number"], row["text"], json.loads(row["record"])) for row in rows] == [
        ("funds", "1", "30万元", record["extra"]["funds"][0])]
    assert PLAN[int(rows[0]["start"]):int(rows[0]["end"])] == "30万元"
    plain = json.loads(run(None, "extract", plan).stdout)
    assert "extra" not in plain and not [note for note in plain["notes"] if note["code"] == "plugin-failed"]
    assert plain["obligations"] == record["obligations"]


def test_words_of_a_lexicon_are_read_with_ours(site: Path, plan: Path) -> None:
    units = {q["text"]: q["unit"] for q in json.loads(run(site, "extract", plan).stdout)["quantities"]}
    assert units["80盏灯"] == "盏灯"
    assert "80盏灯" not in {q["text"] for q in json.loads(run(None, "extract", plan).stdout)["quantities"]}
    assert "盏灯" in run(site, "lexicon", "show", "units").stdout
    assert "走马灯" in run(site, "lexicon", "show", "lanterns").stdout and run(None, "lexicon", "show", "lanterns").returncode == 1


def test_a_codebook_codes_and_a_faulty_one_is_noted(site: Path, plan: Path) -> None:
    record = json.loads(run(site, "extract", plan).stdout)
    assert {one["code"] for one in record["themes"] if one["codebook"] == "lanterns"} == {"fairs", "other"}
    said = [note["message"] for note in record["notes"] if "codebook" in note["message"]]
    assert len(said) == 1 and "reform-example 0.3.1" in said[0] and "faulty.toml" in said[0]
    assert record["made_with"]["plugins"] == ["reform-example 0.3.1"]
    names = [line.split()[0] for line in run(site, "codebook", "list").stdout.splitlines()]
    assert "lanterns" in names and "faulty" not in names and "govcn" in names
    assert run(site, "extract", plan, "--codebook", "lanterns").returncode == 0
    assert "faulty.toml" in run(site, "extract", plan, "--codebook", "faulty").stderr


def test_a_lexicon_that_does_not_fit_is_left_out_and_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, text in (("units", '[count.units]\n"盏灯" = 1\n'), ("mainland", "[odd]\nx = 1\n"), ("verbs", "[action\n")):
        (tmp_path / f"{name}.toml").write_text(text, encoding="utf-8")
    brought = Plugin("lexicons", "words", "x", "demo", "1.0")
    monkeypatch.setattr(plugins, "folders", lambda kind: plugins.Folders(((brought, tmp_path),)) if kind == "lexicons" else plugins.Folders())
    read = resources.lexicon.__wrapped__
    assert read("units")["count"]["units"]["盏灯"] == 1
    assert "odd" not in read("mainland") and read("verbs")["action"]["terms"]
    failed, = resources.faulty_lexicons()
    assert "'words' (lexicons) of demo 1.0" in str(failed) and "mainland.toml" in str(failed)


def test_a_reader_gets_its_ending_and_a_broken_one_is_named(site: Path, plan: Path, tmp_path: Path) -> None:
    memo, empty, broken = tmp_path / "a.memo", tmp_path / "b.MEMO", tmp_path / "c.brk"
    memo.write_text(f"FROM: 云岭\n\n{PLAN}", encoding="utf-8")
    empty.write_text("FROM: 云岭", encoding="utf-8")
    broken.write_text(PLAN, encoding="utf-8")
    done = run(site, "extract", memo, empty, broken, plan, "--format", "jsonl")
    records = [json.loads(line) for line in done.stdout.splitlines()]
    assert [one["document"]["id"] for one in records] == ["a", "plan"]
    assert records[0]["text"] == PLAN and records[0]["document"]["source"]["media_type"] == "text/x-memo"
    said = done.stderr.splitlines()
    assert done.returncode == 1 and len(said) == 2
    assert "no empty line" in said[0] and f"{broken}: the plugin 'brk' (readers) of reform-example 0.3.1" in said[1]
    assert "FROM" in json.loads(run(None, "extract", memo).stdout)["text"], "without the plugin it is plain text"


def test_exporters_of_documents_and_graphs(site: Path, plan: Path, tmp_path: Path) -> None:
    assert run(site, "extract", plan, "--format", "outline").stdout.splitlines() == ["plan\t1.\t1.安排专项资金30万元", "plan\t2.\t2.完善制度，安排经费5"]
    folder = tmp_path / "out"
    assert run(site, "extract", plan, "--format", "outline", "-o", f"{folder}/").returncode == 0
    assert (folder / "plan.outline.txt").read_text(encoding="utf-8").startswith("plan\t1.")
    assert run(site, "graph", plan, "-f", "labels", "-o", tmp_path / "x.labels").returncode == 0
    assert "云岭省灯会协会" in (tmp_path / "x.labels").read_text(encoding="utf-8")
    wrong = run(site, "graph", plan, "-f", "outline", "-o", tmp_path / "y")
    assert wrong.returncode == 1 and "use it with `nlp-reform extract`" in wrong.stderr and not (tmp_path / "y").exists()
    assert run(site, "extract", plan, "--format", "nothing").returncode == 2
    assert run(None, "extract", plan, "--format", "outline").returncode == 2


def test_help_looks_for_no_plugin(site: Path) -> None:
    code = ("import sys\nfrom nlp_reform.cli.main import cli\n"
            "for words in (['--help'], ['extract', '--help'], ['plugins', '--help']):\n"
            "    cli.main(words, standalone_mode=False)\n"
            "print([n for n in ('nlp_reform.plugins', 'importlib.metadata', 'reform_example') if n in sys.modules], file=sys.stderr)")
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True,
                          env={**os.environ, "PYTHONPATH": os.pathsep.join(map(str, (site, ROOT)))})
    assert done.stderr.strip() == "[]"


def test_without_plugins_nothing_of_importlib_is_loaded(plan: Path) -> None:
    code = ("import sys\nfrom nlp_reform import plugins\n"
            "print(plugins.installed('stages'), 'importlib.metadata' in sys.modules)")
    done = subprocess.run([sys.executable, "-S", "-c", code], capture_output=True, text=True, check=True,
                          env={"PYTHONPATH": str(ROOT)})
    assert done.stdout.strip() == "() False"


def _plugin(name: str, value: str, package: str = "demo") -> Plugin:
    return Plugin("stages", name, value, package, "1.0")


def _stage(**kinds: tuple[str, ...]) -> Stage:
    return Stage("s", kinds.get("provides", ()), kinds.get("requires", ()), lambda _: {}, kinds.get("revises", ()))


@pytest.fixture
def stages(monkeypatch: pytest.MonkeyPatch) -> dict[str, object]:
    """Stages that plugins of the package `demo` bring, by name; fill it before building a pipeline."""
    brought: dict[str, object] = {}
    monkeypatch.setattr(plugins, "everything", lambda kind: tuple(
        _plugin(name, f"demo:{name}") for name in brought) if kind == "stages" else ())
    monkeypatch.setattr(Plugin, "load", lambda self: brought[self.name])
    return brought


def test_a_stage_comes_as_early_as_its_needs_allow(stages: dict[str, object]) -> None:
    stages["late"] = lambda: _stage(provides=("extra.a",), requires=("targets",))
    stages["revising"] = _stage(requires=("sentences",), revises=("statements",))
    names = [stage.name for stage in standard(()).stages]
    assert names.index("demo.late") == names.index("targets") + 1
    assert names.index("inferred") < names.index("demo.revising") < names.index("quantities")


@pytest.mark.parametrize(("stage", "told"), [
    (_stage(requires=("targts",)), "no such layer: targts"),
    (_stage(requires=("extra.nobodys",)), "requires extra.nobodys"),
    (_stage(provides=("quantities",)), "'quantities'; layers of plugins are named extra.NAME"),
    ("no stage", "gives no Stage"),
    (lambda: 1 / 0, "failed \\(ZeroDivisionError"),
])
def test_a_stage_that_cannot_be_used_is_a_note(stage: object, told: str, stages: dict[str, object]) -> None:
    stages["odd"] = stage
    document = standard(())(Document("d", PLAN, Source("d", "text/plain", "utf-8", "")))
    failed = [note.message for note in document.notes if note.code == "plugin-failed"]
    assert len(failed) == 1 and document.directives
    with pytest.raises(PluginError, match=told):
        raise PluginError(failed[0])


@pytest.mark.parametrize("found", [{"extra.a": (object(),)}, {"extra.b": ()}, {"targets": []}, {"extra.a": (float("nan"),)}])
def test_what_a_stage_may_not_return_is_a_note(found: dict[str, object], stages: dict[str, object]) -> None:
    stages["odd"] = Stage("odd", ("extra.a",), ("targets",), lambda _: found, ("targets",))
    document = standard(())(Document("d", PLAN, Source("d", "text/plain", "utf-8", "")))
    assert [note.code for note in document.notes if note.code == "plugin-failed"] and not document.extra


def test_of_two_plugins_of_one_name_the_first_package_is_used(monkeypatch: pytest.MonkeyPatch) -> None:
    both = (_plugin("x", "a:b", "alpha"), _plugin("x", "c:d", "beta"))
    monkeypatch.setattr(plugins, "everything", lambda kind: both)
    assert plugins.installed("stages") == both[:1] and plugins.hidden(both[1]) and not plugins.hidden(both[0])


def test_the_wiring_knows_layers_of_plugins() -> None:
    run = Pipeline([Stage("a", ("extra.x",), (), lambda _: {"extra.x": (1,)}), Stage("b", ("extra.y",), ("extra.x",), lambda d: {"extra.y": d.extra["x"] * 2})])
    assert run(Document("d", "文", Source("d", "text/plain", "utf-8", ""))).extra == {"x": (1,), "y": (1, 1)}
