"""Themes: what classify, the finder and the shipped models promise."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nlp_reform.classify import available, classify, codebook, finder, lexical, model, scan, themes
from nlp_reform.errors import ResourceError
from nlp_reform.model import Directive, Document, Section, Source
from nlp_reform.spans import View

ROOT = Path(__file__).resolve().parent.parent
BUILT_IN = ("cap", "govcn", "instruments", "societies")


@pytest.mark.parametrize("name", BUILT_IN)
def test_scores_are_ordered_bounded_and_at_most_top(name: str) -> None:
    texts = ["各级财政部门应当及时拨付补助资金。", "组织专家进校园举办科普讲座，发展会员。", "", "。，！", "abc 123",
             "\ud800\U0001f600"]
    for top in (0, 1, 3, 50):
        found = classify(texts, name, top)
        assert len(found) == len(texts)
        for pairs in found:
            assert len(pairs) <= top
            scores = [score for _, score in pairs]
            assert scores == sorted(scores, reverse=True)
            assert all(0 < score <= 1 for score in scores)
            assert {code for code, _ in pairs} <= set(codebook.load(name).by_code)
    assert classify(["", "。，"], name) == [[], []]
    assert classify([], name) == []


@pytest.mark.parametrize(("name", "text", "code"), [
    ("societies", "理事会每届任期五年，换届须由会员代表大会选举。", "governance"),
    ("societies", "在办事机构成立党支部，严格组织生活。", "party"),
    ("societies", "组织专家进社区举办科普讲座，提高公众科学素质。", "popularization"),
    ("govcn", "商业银行应当降低小微企业贷款利率，保险公司简化理赔。", "04"),
    ("govcn", "推进政务公开，规范政府网站管理。", "02"),
    ("govcn", "加强学前教育，扩大幼儿园学位。", "11"),
    ("govcn", "三级医院要开设发热门诊，做好传染病救治。", "13"),
    ("cap", "建设高速铁路和农村公路，完善综合交通枢纽。", "10"),
    ("cap", "提高最低生活保障标准，发展养老服务。", "13"),
    ("instruments", "对违法企业依法处罚，责令限期整改。", "environment"),
])
def test_plain_cases_get_their_code(name: str, text: str, code: str) -> None:
    assert classify([text], name)[0][0][0] == code


def test_official_names_of_the_22_classes() -> None:
    book = codebook.load("govcn")
    assert len(book.labels()) == 22
    names = {book.by_code[code].name_zh for code in book.labels()}
    assert {"财政、金融、审计", "综合政务", "科技、教育", "人口与计划生育、妇女儿童工作", "其他"} <= names


def test_deeper_level_keeps_the_parent_score() -> None:
    text = ["推进政务公开，规范政府网站管理，加强信访工作。"]
    top = dict(classify(text, "govcn", 22)[0])
    below = classify(text, "govcn", 200, level=2, threshold=0.0)[0]
    assert below[0][0] == "02.01"
    assert sum(score for code, score in below if code.startswith("02.")) == pytest.approx(top["02"], abs=0.02)


def test_taiwan_wording_is_met() -> None:
    assert classify(["完善资讯公开制度"], "societies")[0][0][0] == "secretariat"


def test_an_answer_does_not_depend_on_its_neighbours() -> None:
    texts = [f"第{i}项：支持外贸企业开拓市场，完善海关监管。" for i in range(1203)]
    together = classify(texts, "govcn")
    assert together[0] == classify(texts[:1], "govcn")[0]
    assert together[1202] == classify(texts[1202:], "govcn")[0]


def test_threshold_abstains() -> None:
    assert classify(["完善制度"], "govcn", threshold=1.01) == [[]]


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=80), st.text(max_size=80))
def test_any_text_is_scored(first: str, second: str) -> None:
    for name in BUILT_IN:
        found = classify([first, second], name)
        assert len(found) == 2
        if not codebook.load(name).multi:
            assert sum(score for _, score in found[0]) <= 1.001


@settings(max_examples=200, deadline=None)
@given(st.lists(st.text("学会员理事a1，", max_size=12), min_size=1, max_size=4),
       st.lists(st.text("学会员理事a1", min_size=1, max_size=4), min_size=1, max_size=8, unique=True))
def test_the_scan_finds_exactly_what_is_there(texts: list[str], terms: list[str]) -> None:
    hits = scan.Vocabulary(terms).find(scan.join(texts))
    starts = scan.join(texts).starts
    got = {(int(text), int(start - starts[text]), terms[entry])
           for entry, text, start in zip(hits.entry, hits.text, hits.start, strict=True)}
    want = {(i, at, term) for i, text in enumerate(texts) for term in terms
            for at in range(len(text)) if text.startswith(term, at)}
    assert got == want


def test_longer_term_silences_the_one_inside(tmp_path: Path) -> None:
    path = _book(tmp_path, '[[codes]]\ncode="a"\nname_zh="甲"\nname_en="A"\ninclude=["标准"]\nexclude=["工资标准"]\n'
                           '[[codes]]\ncode="b"\nname_zh="乙"\nname_en="B"\ninclude=["水"]\n')
    assert classify(["提高工资标准"], str(path)) == [[]]
    assert classify(["制定标准"], str(path))[0][0][0] == "a"
    assert [term for term, _ in lexical.find_terms("工资标准和标准", codebook.load(str(path)))] == ["工资标准", "标准"]


def test_finder_uses_the_section_heading() -> None:
    text = "会员工作\n抓好落实，务求实效。"
    document = Document(
        "d", text, Source("d.txt", "text/plain", "utf-8", ""), view=View(text, text),
        sections=(Section("d.s1", None, 1, "", None, "会员发展与会员服务", 0, len(text)),),
        directives=(Directive("d.d1", "d.s1", (), "", None, "inferred", "", 5, len(text)),),
    )
    found = finder(["societies"])(document)["themes"]
    assert [(theme.directive, theme.codebook, theme.code) for theme in found] == [("d.d1", "societies", "membership")]
    empty = Document("d", "", Source("d.txt", "text/plain", "utf-8", ""))
    assert finder(list(BUILT_IN))(empty) == {"themes": ()}


@pytest.mark.parametrize("name", ["govcn", "cap", "instruments"])
def test_shipped_models_load_and_hold_short_grams_only(name: str) -> None:
    folder = ROOT / "models" / f"themes-{name}"
    loaded = model.load(folder, codebook.load(name))
    assert loaded.manifest["codebook"] == name
    assert sum(path.stat().st_size for path in folder.iterdir()) < 3_000_000
    with np.load(folder / "weights.npz", allow_pickle=False) as stored:
        grams = stored["grams"].tobytes().decode().split("\n")
    assert max(map(len, grams)) <= 3
    assert not any(char.isdecimal() for gram in grams for char in gram)
    assert f"{loaded.manifest['figures']['held_back']['top1']:.3f}" in (folder / "CARD.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("change", ["schema", "fingerprint", "codebook"])
def test_another_version_is_refused_with_the_command(tmp_path: Path, change: str) -> None:
    folder = tmp_path / "m"
    shutil.copytree(ROOT / "models" / "themes-cap", folder)
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    manifest[change] = "other"
    (folder / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    with pytest.raises(ResourceError, match="nlp-reform themes train --codebook cap"):
        classify(["修路"], "cap", using=str(folder))


def test_a_damaged_or_pickled_model_is_refused(tmp_path: Path) -> None:
    folder = tmp_path / "m"
    shutil.copytree(ROOT / "models" / "themes-cap", folder)
    book = codebook.load("cap")
    data = (folder / "weights.npz").read_bytes()
    (folder / "weights.npz").write_bytes(data[:-1] + bytes([data[-1] ^ 1]))
    with pytest.raises(ResourceError, match="sha256"):
        model.load(folder, book)
    np.savez(folder / "weights.npz", grams=np.array([{}], dtype=object))
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    import hashlib

    manifest["sha256"]["weights.npz"] = hashlib.sha256((folder / "weights.npz").read_bytes()).hexdigest()
    (folder / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    with pytest.raises(ResourceError, match="malformed"):
        model.load(folder, book)
    (folder / "manifest.json").write_text("{", encoding="utf-8")
    with pytest.raises(ResourceError, match=r"manifest\.json"):
        model.load(folder, book)


def test_scoring_needs_neither_sklearn_nor_a_segmenter() -> None:
    code = ("import sys; from nlp_reform.classify import classify, available\n"
            "[classify(['完善海关监管'], name) for name in available()]\n"
            "print([name for name in ('sklearn','scipy','jieba','rjieba','spacy','pandas') if name in sys.modules])")
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, check=True,
                          env={**os.environ, "PYTHONIOENCODING": "utf-8"})
    assert done.stdout.strip() == "[]"


def test_built_in_codebooks_are_found() -> None:
    assert set(BUILT_IN) <= set(available())


def test_seed_directives_into_societies() -> None:
    shared = ROOT.parent / "shared"
    if not (shared / "gold" / "seed-2018.json").exists():
        pytest.skip("needs ../shared/gold/seed-2018.json")
    from nlp_reform.normalise.script import simplify

    gold = json.loads((shared / "gold" / "seed-2018.json").read_text(encoding="utf-8"))
    text = (shared / gold["document"]).read_text(encoding="utf-8")
    items = sorted(gold["structure"]["items"], key=lambda item: item["start"])
    ends = [item["start"] for item in items[1:]] + [len(text)]
    order = ("governance", "secretariat", "membership", "academic", "popularization", "thinktank", "international",
             "party")
    section, texts, codes = -1, [], []
    for item, end in zip(items, ends, strict=True):
        if item["directive"]:
            texts.append(simplify(text[item["start"]:end])[0])
            codes.append(order[section])
        else:
            section += 1
    right = sum(bool(pairs) and pairs[0][0] == code for pairs, code in
                zip(classify(texts, "societies", 1), codes, strict=True))
    assert right / len(codes) >= 0.80


def test_marked_places_carry_no_text_and_fit_their_documents() -> None:
    import hashlib

    folder = ROOT / "tests" / "gold" / "themes"
    first, second = (json.loads((folder / f"pass{n}.json").read_text(encoding="utf-8"))["items"] for n in (1, 2))
    places = [[(item["document"], item["start"], item["end"]) for item in one] for one in (first, second)]
    assert places[0] == places[1]
    assert len(places[0]) == 200
    for book in ("cap", "instruments"):
        known = set(codebook.load(book).by_code) | {None}
        assert {item[book] for item in first + second} <= known
    assert all(set(item) == {"document", "sha256", "start", "end", "cap", "instruments"} for item in first + second)
    corpus = ROOT.parent / "shared" / "corpus"
    if not corpus.exists():
        pytest.skip("needs ../shared/corpus")
    for item in first:
        data = (corpus / item["document"]).read_bytes()
        assert hashlib.sha256(data).hexdigest() == item["sha256"]
        assert item["end"] <= len(data.decode("utf-8"))


def test_score_gives_the_whole_matrix() -> None:
    labels, scores = themes.score(["完善海关监管", ""], "govcn")
    assert scores.shape == (2, 22) and len(labels) == 22
    assert np.allclose(scores.sum(axis=1), 1, atol=1e-3)
    assert themes.score([], "cap")[1].shape == (0, 21)


def _book(folder: Path, codes: str) -> Path:
    path = folder / "mine.toml"
    path.write_text('id="mine"\nversion="1"\nname_zh="我的"\nname_en="Mine"\n' + codes, encoding="utf-8")
    return path
