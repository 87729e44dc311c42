"""The project's settings: found upwards, in their order of precedence, and added words that work."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from nlp_reform import project
from nlp_reform.additions import merged
from nlp_reform.errors import ConfigError

TEXT = "一、主要任务\n1.全年组织培训不少于90学点。\n2.合当公开年度账目。\n3.科普讲座不少于12场。\n"


def run(folder: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    kept = {key: value for key, value in os.environ.items() if not key.startswith("NLP_REFORM")}
    return subprocess.run([sys.executable, "-m", "nlp_reform", *arguments], cwd=folder, capture_output=True, text=True,
                          env={**kept, "LC_ALL": "C.UTF-8", **environment}, timeout=120)


def extract(folder: Path, *arguments: str, **environment: str) -> dict[str, Any]:
    done = run(folder, "extract", "plan.txt", *arguments, **environment)
    assert done.returncode == 0, done.stderr
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def books(record: dict[str, Any]) -> list[str]:
    return [book["name"] for book in record["made_with"]["codebooks"]]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    inner = tmp_path / "a" / "b"
    inner.mkdir(parents=True)
    (inner / "plan.txt").write_text(TEXT, encoding="utf-8")
    return inner


def test_option_before_environment_before_file_before_default(folder: Path) -> None:
    assert len(books(extract(folder, NLP_REFORM_CONFIG=""))) > 2
    (folder.parent.parent / "nlp-reform.toml").write_text('codebook = "societies"\n')
    assert books(extract(folder)) == ["societies"]
    assert books(extract(folder, NLP_REFORM_CODEBOOK="govcn, cap")) == ["govcn", "cap"]
    assert books(extract(folder, "--codebook", "instruments", NLP_REFORM_CODEBOOK="govcn")) == ["instruments"]
    (folder / "other.toml").write_text('codebook = ["cap"]\n')
    assert books(extract(folder, NLP_REFORM_CONFIG="other.toml")) == ["cap"]
    assert books(extract(folder, "--config", "other.toml")) == ["cap"]
    (folder / "nlp-reform.toml").write_text('codebook = ["govcn"]\n')
    assert books(extract(folder)) == ["govcn"]


def test_a_language_of_the_project_and_before_it_of_the_environment(folder: Path) -> None:
    (folder / "nlp-reform.toml").write_text('lang = "zh"\ncodebook = "societies"\n')
    for given, wanted in (({}, '<html lang="zh'), ({"NLP_REFORM_LANG": "en"}, '<html lang="en')):
        assert run(folder, "report", "plan.txt", "-o", "out.html", **given).returncode == 0
        assert wanted in (folder / "out.html").read_text(encoding="utf-8")


def test_added_words_are_found_and_change_the_hash(folder: Path) -> None:
    before = extract(folder)
    (folder / "nlp-reform.toml").write_text("""
codebook = "societies"
[lexicons.units.count]
units = { "学点" = 1 }
[[lexicons.cues.cue]]
id = "in_reason"
terms = ["合当"]
gives = { modality = "obligation", strength = 4 }
""", encoding="utf-8")
    after = extract(folder)
    assert "学点" not in [quantity["unit"] for quantity in before["quantities"]]
    assert [(q["text"], q["value"], q["unit"]) for q in after["quantities"]][0] == ("90学点", 90, "学点")
    rules = [(o["cue"]["text"], o["strength"]) for o in after["obligations"] if o["cue"]]
    assert ("合当", 4) in rules and "合当" not in [o["cue"]["text"] for o in before["obligations"] if o["cue"]]
    assert before["made_with"]["lexicons"] != after["made_with"]["lexicons"]


def test_indicators_of_ones_own_give_keys(folder: Path) -> None:
    (folder / "mine.toml").write_text('[[indicator]]\nid = "talks"\nterms = ["科普讲座"]\n', encoding="utf-8")
    (folder / "nlp-reform.toml").write_text('indicators = "mine.toml"\n')
    assert "talks" in [target["key"] for target in extract(folder)["targets"]]


def test_a_data_folder_of_the_project(folder: Path) -> None:
    own = folder / "data" / "codebooks"
    own.mkdir(parents=True)
    shown = run(folder, "codebook", "show", "societies", "--format", "json")
    assert shown.returncode == 0
    source = Path(__file__).resolve().parents[1] / "nlp_reform" / "codebooks" / "societies.toml"
    (own / "ours.toml").write_text(source.read_text(encoding="utf-8").replace('id = "societies"', 'id = "ours"', 1), encoding="utf-8")
    (folder / "nlp-reform.toml").write_text('data = "data"\ncodebook = "ours"\n')
    assert books(extract(folder)) == ["ours"]


WRONG = {
    'codebok = "a"': "unknown key 'codebok'; did you mean codebook?",
    "zzz = 1": "unknown key 'zzz'; known are codebook",
    "codebook = 3": "codebook: must be a name or a list of names",
    'lang = "fr"': "lang: must be one of zh, en",
    "lexicons = 1": "lexicons: must be tables",
    'data = "nowhere"': "no such folder",
    'indicators = "nowhere.toml"': "cannot be read",
    "codebook = [": "nlp-reform.toml:",
}


@pytest.mark.parametrize("text", WRONG)
def test_what_is_wrong_names_file_and_key(text: str, tmp_path: Path) -> None:
    path = tmp_path / "nlp-reform.toml"
    path.write_text(text)
    with pytest.raises(ConfigError) as told:
        project.load(path)
    assert WRONG[text] in str(told.value) and str(tmp_path) in str(told.value)


def test_the_command_line_says_it_once_and_ends_with_two(folder: Path) -> None:
    (folder / "nlp-reform.toml").write_text('[lexicons.cue]\nx = 1\n')
    done = run(folder, "extract", "plan.txt", "plan.txt")
    assert done.returncode == 1 and "lexicons: there is no 'cue'; known are actors" in done.stderr
    (folder / "nlp-reform.toml").write_text("codebook = 1\n")
    done = run(folder, "extract", "plan.txt", "plan.txt")
    assert done.returncode == 2 and done.stderr.count("must be a name") == 1 and "Traceback" not in done.stderr


BASE: dict[str, Any] = {
    "source": "here", "words": ["a", "b"], "block": "one two\nthree\n", "limit": 3,
    "entry": [{"id": "x", "terms": ["p"], "strict": True}, {"id": "y", "terms": ["q"]}], "table": {"k": 1},
}


def test_additions_join_what_is_there() -> None:
    added = {"words": ["b", "c"], "block": ["four"], "limit": 4, "table": {"m": 2},
             "entry": [{"id": "x", "terms": ["r"]}, {"id": "z", "terms": ["s"]}]}
    found = merged("made-up", BASE, added, "mine")
    assert found == {
        "source": "here", "words": ["a", "b", "c"], "block": "one two\nthree\nfour\n", "limit": 4,
        "entry": [{"id": "z", "terms": ["s"]}, {"id": "x", "terms": ["p", "r"], "strict": True}, {"id": "y", "terms": ["q"]}],
        "table": {"k": 1, "m": 2},
    }
    assert BASE["words"] == ["a", "b"] and len(BASE["entry"]) == 2


@pytest.mark.parametrize(("added", "told"), [
    ({"wrds": ["c"]}, "mine: the lexicon made-up has no 'wrds'; it has source, words"),
    ({"words": "c"}, "mine.words: must be a list, is text"),
    ({"words": [1]}, "mine.words: 1 is no word"),
    ({"limit": "4"}, "mine.limit: must be a number, is text"),
    ({"entry": [{"id": "z"}]}, r"mine.entry\[1\]: lacks terms"),
    ({"entry": [{"id": "z", "terms": ["s"], "stict": True}]}, r"mine.entry\[1\]: unknown key 'stict'; known are id, strict, terms"),
    ({"entry": [{"id": "z", "terms": "s"}]}, r"mine.entry\[1\].terms: must be a list, is text"),
])
def test_additions_that_do_not_fit_name_their_key(added: dict[str, Any], told: str) -> None:
    with pytest.raises(ConfigError, match=told):
        merged("made-up", BASE, added, "mine")


def test_settings_cannot_change_once_words_are_read(tmp_path: Path) -> None:
    (tmp_path / "one.toml").write_text("")
    code = ("import nlp_reform, nlp_reform.project as p; p.use('one.toml'); nlp_reform.extract('一、要求\\n1.加强管理。'); p.use('one.toml')\n"
            "try: p.use(None)\nexcept nlp_reform.ReformError as e: print(e)")
    done = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0 and "is in use already; choose the settings before" in done.stdout, done.stderr


def test_every_output_says_what_it_was_made_with(folder: Path) -> None:
    (folder / "later.txt").write_text(TEXT.replace("90", "95"), encoding="utf-8")
    record = extract(folder)
    assert record["made_with"]["program"] == "nlp-reform" and len(record["made_with"]["lexicons"]) == 64
    for command in ("compare", "track"):
        found = json.loads(run(folder, command, "plan.txt", "later.txt", "--format", "json").stdout)
        sides = found["documents"] if command == "track" else [found["before"], found["after"]]
        assert [side["made_with"] for side in sides] == [record["made_with"]] * 2
