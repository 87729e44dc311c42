"""Teaching themes: label files, training, evaluation, suggestions, exploration."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import numpy as np
import pytest

from nlp_reform.classify import card, classify, codebook, evaluation, explore, labels, model, suggest, training, verbs
from nlp_reform.classify.labels import Label
from nlp_reform.errors import ReadError

ROWS = [("理事会换届要按章程选举", "governance", "甲"), ("举办科普讲座", "popularization", "乙")]


@pytest.fixture
def book() -> codebook.Codebook:
    return codebook.load("societies")


def table(path: Path, rows: list[tuple[str, ...]], head: tuple[str, ...] = ("text", "code", "document"),
          encoding: str = "utf-8") -> Path:
    with path.open("w", encoding=encoding, newline="") as file:
        csv.writer(file).writerows([head, *rows])
    return path


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_csv_in_chinese_encodings(tmp_path: Path, book: codebook.Codebook, encoding: str) -> None:
    found = labels.read(table(tmp_path / "l.csv", ROWS, encoding=encoding), book)
    assert found == [Label(ROWS[0][0], ("governance",), "甲", 2), Label(ROWS[1][0], ("popularization",), "乙", 3)]


def test_jsonl_xlsx_and_directive_ids(tmp_path: Path, book: codebook.Codebook) -> None:
    lines = tmp_path / "l.jsonl"
    coded = (("soc.d1", "party"), ("soc.d2", "党的建设"), ("web.d1", "thinktank"))
    lines.write_text("\n".join(json.dumps({"directive": name, "code": code}) for name, code in coded), encoding="utf-8")
    found = labels.read(lines, book, {"soc.d1": "学习", "soc.d2": "党支部", "web.d1": "调研"})
    assert [(one.text, one.codes, one.document) for one in found] == [
        ("学习", ("party",), "soc"), ("党支部", ("party",), "soc"), ("调研", ("thinktank",), "web")]
    with pytest.raises(ReadError, match=r"row 1: no text, and no directive 'soc\.d1'"):
        labels.read(lines, book)
    openpyxl = pytest.importorskip("openpyxl")
    work = openpyxl.Workbook()
    for row in (("正文", "主题", "文件"), *ROWS):
        work.active.append(row)
    work.save(tmp_path / "l.xlsx")
    assert [one.codes for one in labels.read(tmp_path / "l.xlsx", book)] == [("governance",), ("popularization",)]


@pytest.mark.parametrize(("rows", "head", "message"), [
    ([*ROWS, ("某文", "govrnance", "")], ("text", "code", "document"), "row 4: unknown code 'govrnance'"),
    ([*ROWS, ("", "party", "")], ("text", "code", "document"), "row 4: no text"),
    ([*ROWS, ("某文", "", "")], ("text", "code", "document"), "row 4: no code"),
    ([*ROWS, ("某文", "party;academic", "")], ("text", "code", "document"), "row 4: 2 codes"),
    (ROWS[:1], ("text", "code", "document"), "only the class 'governance'"),
    ([], ("text", "code"), "row 1: needs columns"),
    (ROWS, ("a", "b", "c"), "row 1: needs columns `text`"),
    ([("某文", "x", "")] * 9, ("text", "code", "document"), r"row 2: .*row 6: .*\(and 4 more\)"),
])
def test_bad_labels_name_their_rows(tmp_path: Path, book: codebook.Codebook, rows: list[tuple[str, ...]],
                                    head: tuple[str, ...], message: str) -> None:
    with pytest.raises(ReadError, match=message):
        labels.read(table(tmp_path / "l.csv", rows, head), book)


def test_unreadable_files_are_named(tmp_path: Path, book: codebook.Codebook) -> None:
    for name, data in (("a.csv", b"text,code\n\x81\xff\xff,party\n"), ("b.xlsx", b"no zip"), ("c.jsonl", b"{]\n"),
                       ("d.jsonl", b"[1]\n")):
        (tmp_path / name).write_bytes(data)
        with pytest.raises(ReadError, match=name):
            labels.read(tmp_path / name, book)
    with pytest.raises(ReadError, match="missing"):
        labels.read(tmp_path / "missing.csv", book)


def made_up(book: codebook.Codebook, documents: int = 8) -> list[Label]:
    def term(code: codebook.Code, at: int) -> str:
        return code.include[at % len(code.include)]

    return [Label(f"{term(code, n + k)}方面要做好{term(code, 2 * n + k)}", (code.code,), f"文{n}", 2)
            for n in range(documents) for k, code in enumerate(book.codes)]


def test_train_save_load_and_use(tmp_path: Path, book: codebook.Codebook) -> None:
    given = made_up(book)
    trained = training.train(given, book, described="made up")
    assert trained.figures.texts == len(given)
    assert trained.figures.majority == pytest.approx(1 / 8, abs=0.01)
    assert trained.figures.top1 > 0.8
    model.save(tmp_path / "m", trained.arrays, trained.grams, trained.manifest, card.card(trained.manifest))
    texts = [one.text for one in given]
    saved = model.load(tmp_path / "m", book)
    assert saved.manifest["training"]["documents"] == 8
    got = classify(texts, "societies", 8, using=str(tmp_path / "m"), threshold=0)
    matrix = training.apply(trained, texts, book)
    names = book.labels()
    for pairs, row in zip(got, matrix, strict=True):
        assert pairs[0][1] == pytest.approx(float(row.max()), abs=2e-3)
        assert pairs[0][0] == names[int(row.argmax())]
    assert "made up" in (tmp_path / "m" / "CARD.md").read_text(encoding="utf-8")


def test_training_is_repeatable(book: codebook.Codebook) -> None:
    first, second = (training.train(made_up(book, 4), book) for _ in range(2))
    assert first.grams == second.grams
    assert all(np.array_equal(first.arrays[name], second.arrays[name]) for name in first.arrays)
    assert first.manifest == second.manifest


def test_two_classes_and_one_document_do_not_break_training(book: codebook.Codebook) -> None:
    given = [Label("理事会换届选举", ("governance",), "文", 2), Label("举办科普讲座", ("popularization",), "文", 3)] * 4
    trained = training.train(given, book)
    names = book.labels()
    best = training.apply(trained, [one.text for one in given[:2]], book).argmax(axis=1)
    assert [names[code] for code in best] == ["governance", "popularization"]


def test_multi_label_training() -> None:
    book = codebook.load("instruments")
    given = [Label("安排专项资金并依法处罚", ("supply", "environment"), f"文{n}", n) for n in range(6)]
    given += [Label("扩大进口，优先采购", ("demand",), f"文{n}", n) for n in range(6)]
    trained = training.train(given, book)
    scores = training.apply(trained, [given[0].text, given[-1].text], book)
    assert scores[0, 0] > 0.5 and scores[0, 1] > 0.5 and scores[1, 2] > 0.5


def test_documents_stay_together_in_folds() -> None:
    documents = [f"d{n % 17}" for n in range(200)]
    fold = training.folds(documents, 5, 0)
    assert {len(set(fold[[i for i, name in enumerate(documents) if name == one]])) for one in set(documents)} == {1}
    sizes = np.bincount(fold, minlength=5)
    assert sizes.max() - sizes.min() <= 24
    assert (training.folds(documents, 5, 0) == fold).all()


def test_figures_by_hand() -> None:
    scores = np.array([[0.9, 0.1, 0], [0.2, 0.7, 0.1], [0.6, 0.3, 0.1], [0.1, 0.1, 0.8]], dtype=np.float32)
    found = evaluation.figures(scores, [[0], [1], [1], [0]], ["a", "b", "c"])
    assert (found.top1, found.top3, found.majority, found.coverage) == (0.5, 1.0, 0.5, 1.0)
    assert found.ece == pytest.approx((0.1 + 0.3 + 0.6 + 0.8) / 4, abs=1e-4)
    by_class = {one.code: one for one in found.by_class}
    assert (by_class["a"].precision, by_class["a"].recall) == (0.5, 0.5)
    assert found.classes == 2
    abstaining = evaluation.figures(scores, [[0], [1], [1], [0]], ["a", "b", "c"], threshold=0.75)
    assert (abstaining.top1, abstaining.coverage) == (0.25, 0.5)
    assert evaluation.kappa(["a", "b"], ["a", "b"]) == 1.0
    assert evaluation.kappa(["a", "b", "a", "b"], ["a", "b", "b", "a"]) == 0.0


def test_suggestions_are_uncertain_varied_and_make_a_label_file(tmp_path: Path, book: codebook.Codebook) -> None:
    texts = ["党支部开展组织生活", "抓好各项工作", "抓好各项工作", "会员大会期间举办科普展览", "设立监事会"]
    items = [suggest.Item(f"x.d{n}", "x", text) for n, text in enumerate(texts)]
    picked = suggest.suggest(items, "societies", 3, done=["x.d4"])
    assert "x.d4" not in {one.item.directive for one in picked}
    assert [one.item.text for one in picked].count("抓好各项工作") == 1
    assert suggest.suggest(items, "societies", 3, done=["x.d4"]) == picked
    assert suggest.suggest([], "societies") == []
    assert len(suggest.suggest(items, "societies", 99)) == 5
    sheet = tmp_path / "sheet.csv"
    suggest.write_sheet(picked, sheet)
    filled = sheet.read_text(encoding="utf-8-sig").splitlines()
    assert filled[0] == "directive,document,text,code,suggested,uncertainty"
    for code, number in (("party", 1), ("academic", 2), ("party", 3)):
        cells = next(csv.reader([filled[number]]))
        filled[number] = ",".join([*cells[:3], code, "", ""])
    sheet.write_text("\n".join(filled), encoding="utf-8")
    assert len(labels.read(sheet, book)) == 3


def test_keyness_marks_what_a_group_says_more() -> None:
    groups = {"2018": ["会员服务要提高质量", "发展会员，会员管理"], "2019": ["科普活动进社区", "科普讲座与科普展览"]}
    keys = explore.keyness(groups, least=2)
    best = {key.group: key for key in reversed(keys)}
    assert best["2018"].word == "会员"
    assert best["2018"].inside == 3 and best["2018"].outside == 0
    assert best["2018"].log_ratio > 0 and best["2018"].log_likelihood > 0
    assert explore.keyness({"a": ["会员"]}) == []
    assert explore.keyness({}) == []


def test_keyness_by_hand() -> None:
    groups = {"a": ["会员 会员 会员 章程"], "b": ["会员 章程 章程 章程"]}
    key = next(key for key in explore.keyness(groups, least=1) if key.group == "a" and key.word == "会员")
    assert key.log_likelihood == pytest.approx(2 * (3 * np.log(3 / 2) + 1 * np.log(1 / 2)), abs=0.01)
    assert key.log_ratio == pytest.approx(np.log2(3), abs=0.01)


def test_topics_are_repeatable_and_never_fail_on_little_text() -> None:
    texts = ["会员服务会员发展", "会员管理会员服务", "科普活动科普讲座", "科普展览科普活动"] * 3
    found = explore.topics(texts, 2, 3)
    assert found == explore.topics(texts, 2, 3)
    assert {found[0].words[0], found[1].words[0]} <= {"会员", "科普", "服务", "活动", "会员服务"}
    assert explore.topics(["", "。"]) == []
    assert explore.topics([]) == []


def test_verbs_train_classify_and_evaluate(tmp_path: Path, book: codebook.Codebook) -> None:
    rows = [(one.text, one.codes[0], one.document) for one in made_up(book)]
    path = table(tmp_path / "l.csv", rows)
    trained = verbs.train_model(path, "societies", tmp_path / "m")
    used, own = verbs.evaluate_labels(path, "societies", using=str(tmp_path / "m"))
    assert used.top1 >= own.top1 - 0.05 and used.texts == len(rows)
    assert trained.manifest["training"]["texts"] == len(rows)
    answered = verbs.classify_table(path, "societies", 2, using=str(tmp_path / "m"))
    assert list(answered[0]) == ["text", "code", "document", "code1", "name1", "score1", "code2", "name2", "score2"]
    assert book.by_code[answered[0]["code1"]].name_zh == answered[0]["name1"]
    with pytest.raises(ReadError, match="no column 'body'"):
        verbs.classify_table(path, "societies", column="body")
    assert {one.name for one in verbs.list_codebooks()} >= {"cap", "govcn", "instruments", "societies"}
    assert verbs.show_codebook("govcn")["codes"][1]["depth"] == 2
    assert verbs.explain("理事会设在学校", "societies") == [("理事会", ("governance",))]
    assert verbs.group_texts([("b", "x"), ("a", "y"), ("b", "z")]) == {"b": ["x", "z"], "a": ["y"]}
