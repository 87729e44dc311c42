"""Lexicons shown, new words with their support, a dictionary both engines read, and jieba's own state untouched."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from places import DEMO

from nlp_reform import extending
from nlp_reform.cli.main import cli
from nlp_reform.errors import ResourceError
from nlp_reform.extending import build_lexicon
from nlp_reform.normalise.script import simplify
from nlp_reform.tokens import segmenter, user_words
from nlp_reform.vocabulary import Limits, new_words
from nlp_reform.vocabulary.terms import SOURCES, terms

PLANS = sorted((DEMO / "raw").glob("*.txt"))


def run(*arguments: object) -> Result:
    return CliRunner().invoke(cli, [str(a) for a in arguments])


@pytest.fixture(scope="module")
def policy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("dictionary") / "policy.dict"
    build_lexicon(PLANS, path)
    return path


def test_new_words_have_their_support() -> None:
    filler = ["甲方办理萤石会馆登记。", "乙方修缮萤石会馆大门。", "丙方参观萤石会馆展品。", "丁方租用萤石会馆礼堂。", "戊方捐助萤石会馆藏书。"]
    assert [tuple(one) for one in new_words(filler, segmenter(), Limits(cohesion=2))] == [("萤石会馆", 5, 5, 2.43, 2.32)]
    assert new_words(filler[:4], segmenter(), Limits(cohesion=1)) == (), "four times is not often enough"
    assert new_words(filler, segmenter(), Limits(cohesion=2, freedom=2.4)) == ()
    assert new_words(filler, segmenter(), Limits(cohesion=2.5)) == ()
    same = new_words(["乙方修缮萤石会馆大门。"] * 5, segmenter(), Limits(cohesion=2))
    assert "萤石会馆" not in {one.word for one in same}, "always in the same surroundings"


def test_function_words_and_verbs_part_new_words() -> None:
    texts = [f"{who}加强科普、完善的台账。" for who in "甲乙丙丁戊己"]
    assert new_words(texts, segmenter(), Limits(cohesion=0, freedom=0)) == ()


def test_terms_are_what_jieba_can_hold() -> None:
    found = terms(SOURCES)
    assert {term.source for term in found} == set(SOURCES)
    assert len({term.word for term in found}) == len(found) > 1000
    assert all(len(term.word) > 1 and "、" not in term.word and not term.word.isascii() for term in found)


def test_the_same_input_gives_the_same_bytes(policy: Path, tmp_path: Path) -> None:
    again = build_lexicon(PLANS, tmp_path / "again.dict")
    assert (tmp_path / "again.dict").read_bytes() == policy.read_bytes()
    assert [one.word for one in again.new][:2] == ["省学联", "专职秘书长"]
    assert all(one.occurrences >= 5 and one.cohesion >= 5 and one.freedom >= 1.5 for one in again.new)
    lines = policy.read_text(encoding="utf-8").splitlines()
    assert len(lines) == len(again.entries) and all(len(line.split(" ")) == 3 for line in lines)


def test_words_of_the_dictionary_are_kept_whole(policy: Path) -> None:
    text = "省学联设专职秘书长,国家发展和改革委员会提高0.5个百分点。"
    without = segmenter().cut(text)
    for fast in (True, False):
        words = segmenter(fast, policy).cut(text)
        assert "".join(words) == text
        assert {"省学联", "专职秘书长", "国家发展和改革委员会", "个百分点"} <= set(words)
    assert not {"省学联", "专职秘书长", "个百分点"} & set(without)


@pytest.mark.parametrize("with_dictionary", [False, True])
def test_both_engines_agree_on_every_word(with_dictionary: bool, policy: Path) -> None:
    pytest.importorskip("rjieba")
    chosen = policy if with_dictionary else None
    fast, slow = segmenter(True, chosen), segmenter(False, chosen)
    assert (fast.name, slow.name) == ("rjieba", "jieba")
    for path in PLANS:
        text = simplify(path.read_text(encoding="utf-8"))[0]
        for line in text.splitlines():
            assert fast.cut(line) == slow.cut(line)


def test_both_engines_agree_on_real_documents(shared: Path, policy: Path) -> None:
    pytest.importorskip("rjieba")
    for chosen in (None, policy):
        fast, slow = segmenter(True, chosen), segmenter(False, chosen)
        same = total = 0
        for path in sorted((shared / "corpus").glob("gwr-201[0-3]*.txt")):
            text = simplify(path.read_text(encoding="utf-8"))[0]
            ends = [_ends(engine.cut(text)) for engine in (fast, slow)]
            same += len(ends[0] & ends[1])
            total += len(ends[0] | ends[1])
        assert same / total > 0.9999, (same, total)


def _ends(words: list[str]) -> set[int]:
    at, found = 0, set()
    for word in words:
        at += len(word)
        found.add(at)
    return found


def test_neither_engines_own_state_is_touched(policy: Path) -> None:
    """In a fresh process: the global tables, the user tags, the forced splits, the log level, and what both cut."""
    code = f"""
import logging, jieba, jieba.finalseg
try:
    import rjieba
except ImportError:
    rjieba = None
def state():
    return (dict(jieba.dt.FREQ), jieba.dt.total, dict(jieba.user_word_tag_tab), jieba.dt.initialized,
            set(jieba.finalseg.Force_Split_Words), jieba.default_logger.level,
            rjieba and (rjieba.cut('省学联设专职秘书长'), rjieba.has_word('省学联'), rjieba.tag('国家发展和改革委员会')))
before = state()
from nlp_reform.tokens import segmenter
from nlp_reform.extending import build_lexicon
build_lexicon([], {str(policy.parent / 'other.dict')!r})
for fast in (True, False):
    assert '省学联' in segmenter(fast, {str(policy)!r}).cut('省学联设专职秘书长')
    assert '省学联' not in segmenter(fast).cut('省学联设专职秘书长')
assert state() == before and before[3] is False
assert '省学联' not in jieba.lcut('省学联设专职秘书长')
print('untouched')
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.stdout.strip() == "untouched", done.stderr


def test_a_malformed_dictionary_names_file_and_line(tmp_path: Path) -> None:
    path = tmp_path / "bad.dict"
    for line in ("省学联", "省学联 0 n", "省学联 many n", "省学联 5"):
        path.write_text(f"科普周 5 n\n\n{line}\n", encoding="utf-8")
        with pytest.raises(ResourceError, match=r"bad\.dict, line 3"):
            user_words(path)
        path.unlink()
    with pytest.raises(ResourceError, match="cannot be read"):
        segmenter(dictionary=path)
    path.write_bytes("科普周 5 n".encode("gb18030"))
    with pytest.raises(ResourceError, match="UTF-8"):
        segmenter(dictionary=path)


def test_a_changed_dictionary_is_read_again(tmp_path: Path) -> None:
    import os

    path = tmp_path / "own.dict"
    path.write_text("科普场馆 100000 n\n", encoding="utf-8")
    assert "科普场馆" in segmenter(dictionary=path).cut("科普场馆开放")
    path.write_text("场馆开放 100000 n\n", encoding="utf-8")
    os.utime(path, ns=(1, 1))
    assert "场馆开放" in segmenter(dictionary=path).cut("科普场馆开放")


def test_the_commands_list_show_and_build(tmp_path: Path) -> None:
    listed = json.loads(run("lexicon", "list", "--format", "json").stdout)
    assert {"units", "bodies", "mainland"} <= {one["name"] for one in listed}
    assert "units" in run("lexicon", "list").stdout
    assert json.loads(run("lexicon", "show", "mainland", "--format", "json").stdout)["terms"]["网路"] == "网络"
    assert "网路: 网络" in run("lexicon", "show", "mainland").stdout
    assert run("lexicon", "show", "nothing").exit_code == 1
    done = run("lexicon", "build", *PLANS, "-o", tmp_path / "p.dict")
    assert done.exit_code == 0 and "省学联" in done.stdout and "occurrences" in done.stdout
    assert (tmp_path / "p.dict").stat().st_size > 10_000


def test_what_cannot_be_read_is_named_and_the_rest_is_built(tmp_path: Path) -> None:
    done = run("lexicon", "build", tmp_path / "none.txt", *PLANS, "-o", tmp_path / "p.dict")
    assert done.exit_code == 1 and "none.txt" in done.stderr and (tmp_path / "p.dict").exists()
    done = run("lexicon", "build", tmp_path / "none.txt", "-o", tmp_path / "q.dict")
    assert done.exit_code == 1 and not (tmp_path / "q.dict").exists()
    done = run("lexicon", "build", "--words", "nouns", "-o", tmp_path / "q.dict")
    assert done.exit_code == 1 and "bodies, indicators" in done.stderr
    assert len(build_lexicon([], tmp_path / "u.dict", ["units"]).entries) == len(terms(["units"]))
    assert extending.show_lexicon("units")["people"]["base"] == "人"
