"""Counting: terms in context in both scripts, keyness by published formulas, the matrix, the figures."""

from __future__ import annotations

import csv
import io
import json
import re
from collections import Counter
from pathlib import Path

import pytest
from click.testing import CliRunner

import nlp_reform
from nlp_reform import lexis
from nlp_reform.cli.main import cli
from nlp_reform.errors import ReformError
from nlp_reform.model import Document

HANS = "某会2020年工作要点\n一、主要任务\n1.推进信息公开，建设信息公开专栏不少于3个。\n2.各学会不得挪用经费。\n"
HANT = "某會2021年工作要點\n一、主要任務\n1.推進資訊公開，辦好網路學堂。\n2.各學會應當改善服務，推進學術交流，加強學術交流。\n"


@pytest.fixture(scope="module")
def documents() -> list[Document]:
    return [nlp_reform.extract(HANS), nlp_reform.extract(HANT)]


@pytest.mark.parametrize("term", ["信息公开", "資訊公開", "资讯公开"])
def test_a_term_is_found_in_both_scripts_and_wordings(documents: list[Document], term: str) -> None:
    rows = nlp_reform.kwic(documents, term, window=4)
    assert [row["match"] for row in rows] == ["信息公开", "信息公开", "資訊公開"]
    for row, document in zip(rows, (documents[0], documents[0], documents[1]), strict=True):
        assert document.text[row["start"]:row["end"]] == row["match"] and row["term"] == term
    assert (rows[0]["left"], rows[0]["right"]) == ("1.推进", "，建设信")
    assert rows[2]["left"] == "1.推進" and rows[2]["directive_id"] == documents[1].directives[0].id


def test_context_ends_with_the_paragraph_and_terms_with_blanks_in_them_are_found() -> None:
    document = nlp_reform.extract("一、主要任务\n1.全面推进学术 交流活动，丰富内容。\n2.其他事项。\n")
    (row,) = nlp_reform.kwic(document, "学术交流", window=50)
    assert row["match"] == "学术 交流" == document.text[row["start"]:row["end"]]
    assert (row["left"], row["right"]) == ("1.全面推进", "活动，丰富内容。")


def test_regular_expressions_and_what_is_none(documents: list[Document]) -> None:
    assert [row["match"] for row in nlp_reform.kwic(documents, "不得|应当", regex=True)] == ["不得", "應當"]
    assert nlp_reform.kwic(documents, "x*", regex=True) == []
    for term, told in (("(", "is no regular expression"), ("  ", "an empty term")):
        with pytest.raises(ReformError, match=told):
            nlp_reform.kwic(documents, term, regex=True)


def test_measures_by_the_published_example() -> None:
    # Rayson & Garside 2000, form of table 1: a=10 of 1000, b=30 of 2000 give E1=13.33, E2=26.67
    from math import log

    expected = 2 * (10 * log(10 / (40 / 3)) + 30 * log(30 / (80 / 3)))
    assert lexis.log_likelihood(10, 30, 1000, 2000) == pytest.approx(expected)
    assert lexis.log_likelihood(0, 0, 5, 5) == 0 and lexis.log_likelihood(10, 20, 1000, 2000) == pytest.approx(0)
    assert lexis.log_ratio(20, 10, 1000, 1000) == pytest.approx(1) and lexis.log_ratio(0, 1, 100, 100) == pytest.approx(-1)
    stats = pytest.importorskip("scipy.stats")
    table = [[12, 988], [35, 1965]]
    assert lexis.chi_square(12, 35, 1000, 2000) == pytest.approx(stats.chi2_contingency(table, correction=True).statistic)
    for value in (0.5, 3.84, 10.83, 40.0):
        assert lexis.p_value(value) == pytest.approx(stats.chi2.sf(value, 1))


def test_keyness_counts_both_scripts_as_one(documents: list[Document]) -> None:
    rows = {row["word"]: row for row in nlp_reform.keyness(documents[1], documents[0], least=1)}
    assert (rows["推进"]["target_count"], rows["推进"]["reference_count"], rows["推进"]["documents"]) == (2, 1, 2)
    assert rows["学术交流"]["side"] == "target" and rows["经费"]["side"] == "reference"
    assert "网络" in rows and not any(re.search("[資網進]", word) for word in rows)
    values = [abs(row["log_likelihood"]) for row in nlp_reform.keyness(documents[1], documents[0], least=1)]
    assert values == sorted(values, reverse=True)
    top = nlp_reform.keyness(documents[1], documents[0], least=1, top=2, measure="log_ratio")
    assert Counter(row["side"] for row in top) == {"target": 2, "reference": 2}


def test_keyness_needs_words_on_both_sides(documents: list[Document]) -> None:
    with pytest.raises(ReformError, match="the reference has no words"):
        nlp_reform.keyness(documents, [])
    with pytest.raises(ReformError, match="no measure 'z'; known are log_likelihood"):
        nlp_reform.keyness(documents, documents, measure="z")


def test_the_matrix_holds_every_count(documents: list[Document]) -> None:
    found = nlp_reform.dfm(documents)
    assert found.rows == found.documents == tuple(d.id for d in documents) and found.years == (2020, 2021)
    for n, document in enumerate(documents):
        counts = Counter(lexis.words(document))
        assert {name: int(found.matrix[n, k]) for k, name in enumerate(found.names) if found.matrix[n, k]} == counts
    frame = found.to_frame()
    assert frame["学术交流"].tolist() == [0, 2]
    assert list(frame.columns) == sorted(found.names)
    relative = nlp_reform.dfm(documents, weight="relative").matrix
    assert relative.sum(axis=1) == pytest.approx(1)
    assert set(nlp_reform.dfm(documents, weight="present").matrix.data) == {1}
    assert set(nlp_reform.dfm(documents, least_texts=2).names) < set(found.names)
    assert nlp_reform.dfm([]).matrix.shape == (0, 0)


def test_the_matrix_by_directive_goes_into_scikit_learn(documents: list[Document]) -> None:
    from sklearn.cluster import KMeans
    from sklearn.feature_extraction.text import TfidfTransformer

    found = nlp_reform.dfm(documents, by="directive", weight="count")
    assert found.rows == tuple(one.id for document in documents for one in document.directives)
    assert len(KMeans(2, n_init=1, random_state=0).fit_predict(found.matrix)) == len(found)
    ours = nlp_reform.dfm(documents, by="directive", weight="tfidf").matrix
    assert ours.toarray() == pytest.approx(TfidfTransformer(norm=None).fit_transform(found.matrix).toarray())


def test_figures_of_documents(documents: list[Document]) -> None:
    first, second = nlp_reform.stats(documents)
    assert first["characters"] == len(re.findall(r"[\u4e00-\u9fff]", HANS)) and second["directives"] == 2
    assert first["obligations"] == len(documents[0].obligations) and first["targets"] == len(documents[0].targets)
    assert 0 < first["ttr"] <= 1 and first["types"] <= first["words"]
    assert nlp_reform.stats(Document("empty", "", documents[0].source))[0]["sentence_length"] is None


def test_the_moving_average_is_that_of_all_windows() -> None:
    from nlp_reform.lexis import profile

    words = [str(n * n % 37) for n in range(700)]
    windows = [len(set(words[at:at + 500])) / 500 for at in range(201)]
    assert profile._ttr(words) == pytest.approx(sum(windows) / len(windows), abs=1e-4)


@pytest.fixture
def files(tmp_path: Path) -> list[str]:
    for name, text in (("one.txt", HANS), ("two.txt", HANT)):
        (tmp_path / name).write_text(text, encoding="utf-8")
    return [str(tmp_path / "one.txt"), str(tmp_path / "two.txt")]


def run(*arguments: str, stdin: str | None = None) -> str:
    done = CliRunner().invoke(cli, list(arguments), input=stdin)
    assert done.exit_code == 0, done.output
    return done.stdout


def test_the_commands_print_what_the_functions_return(files: list[str], tmp_path: Path) -> None:
    shown = run("kwic", "資訊公開", *files)
    assert len(shown.splitlines()) == 3 and "[資訊公開]" in shown and shown.startswith("one:")
    rows = json.loads(run("kwic", "信息公开", *files, "--format", "json"))
    assert [row["match"] for row in rows] == ["信息公开", "信息公开", "資訊公開"] and list(rows[0]) == list(lexis.KWIC.names)
    lines = run("keyness", files[1], "--reference", files[0], "--least", "1", "--format", "jsonl").splitlines()
    assert {json.loads(line)["side"] for line in lines} == {"target", "reference"}
    table = list(csv.DictReader(io.StringIO(run("stats", *files, "--format", "csv"))))
    assert [row["document_id"] for row in table] == ["one", "two"]
    out = tmp_path / "stats.csv"
    assert run("stats", *files, "--format", "csv", "-o", str(out), "--quiet") == "" and out.read_bytes().startswith(b"\xef\xbb\xbf")
    assert "stdin" in run("kwic", "经费", "-", stdin=HANS)
    assert run("kwic", "没有的词", *files) == ""


def test_text_tables_are_aligned_by_cells(files: list[str]) -> None:
    from rich.cells import cell_len

    head, *lines = run("keyness", files[1], "--reference", files[0], "--least", "1").splitlines()
    ends = {cell_len(line.split("  ")[0]) for line in lines}
    assert head.startswith("word") and ends and max(map(cell_len, lines)) <= cell_len(head) + 8
