"""The corpus: lazy, kept between sessions, filtered, never losing a document, shown in a notebook."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

import pytest

import nlp_reform
from nlp_reform import Corpus, api, tables
from nlp_reform.errors import ReadError, ReformError

pd = pytest.importorskip("pandas", reason="pandas is not installed")
DEMO = Path(__file__).resolve().parents[1] / "corpora" / "societies-demo" / "raw"
PLAN = "某会{year}年工作要点\n一、主要任务\n1.推进信息公开，新建专栏不少于{n}个。\n2.各学会不得挪用经费。\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "in" / "sub").mkdir(parents=True)
    for year in (2019, 2020, 2021):
        (tmp_path / "in" / f"{year}.txt").write_text(PLAN.format(year=year, n=year - 2010), encoding="utf-8")
    (tmp_path / "in" / "sub" / "2021.txt").write_text(PLAN.format(year=2021, n=3), encoding="utf-8")
    return tmp_path / "in"


@pytest.fixture
def counted(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The ids of the documents that were really analysed."""
    seen: list[str] = []
    analyse = api.analyse
    monkeypatch.setattr(api, "analyse", lambda document, codebook=(): seen.append(document.id) or analyse(document, codebook))
    return seen


def test_nothing_is_read_before_it_is_needed(folder: Path, counted: list[str]) -> None:
    corpus = Corpus.from_folder(folder, "*.txt", cache=False)
    assert len(corpus) == 3 and not counted and repr(corpus) == "<Corpus of 3 documents, 0 failed>"
    assert next(corpus.documents).id == "2019" and counted == ["2019"]
    assert corpus["2019"].year == 2019 and counted == ["2019"]
    assert [document.id for document in Corpus.from_folder(folder, cache=False)] == ["2019", "2020", "2021", "sub-2021"]


def test_documents_are_kept_between_sessions(folder: Path, tmp_path: Path, counted: list[str]) -> None:
    first = list(Corpus.from_folder(folder, cache=tmp_path / "cache"))
    assert len(counted) == 4
    again = Corpus.from_folder(folder, cache=tmp_path / "cache")
    assert list(again) == first and len(counted) == 4
    assert again.compare("2019", "2020").to_dict() == nlp_reform.compare(first[0], first[1]).to_dict()
    (folder / "2019.txt").write_text(PLAN.format(year=2019, n=1), encoding="utf-8")
    assert next(iter(Corpus.from_folder(folder, cache=tmp_path / "cache"))).quantities[-1].value == 1 and len(counted) == 5
    list(Corpus.from_folder(folder, codebook=["societies"], cache=tmp_path / "cache"))
    assert len(counted) == 9
    list(Corpus.from_folder(folder, cache=False))
    assert len(counted) == 13


@pytest.mark.parametrize("damage", ["cut", "empty", "nonsense", "other key", "other form"])
def test_a_damaged_entry_is_made_again(damage: str, folder: Path, tmp_path: Path, counted: list[str]) -> None:
    cache = tmp_path / "cache"
    wanted = list(Corpus.from_folder(folder, "2020.txt", cache=cache))
    (entry,) = cache.rglob("*.json.gz")
    kept = json.loads(gzip.decompress(entry.read_bytes()))
    whole = entry.read_bytes()
    changed: dict[str, Any] = {"other key": {**kept, "key": "0" * 64}, "other form": {**kept, "record": {"document": []}}}
    entry.write_bytes({"cut": whole[:-200], "empty": b"", "nonsense": b"\x80\x04N."}.get(damage) or (
        gzip.compress(json.dumps(changed[damage]).encode()) if damage in changed else b""))
    assert list(Corpus.from_folder(folder, "2020.txt", cache=cache)) == wanted and counted == ["2020", "2020"]
    assert json.loads(gzip.decompress(entry.read_bytes()))["key"] == kept["key"]
    assert [path.name for path in cache.rglob("*") if path.is_file()] == [entry.name]


def test_a_cache_that_cannot_be_written_is_told_once(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.warns(UserWarning, match="documents are not kept") as told:
        assert len(list(Corpus.from_folder(folder, cache=tmp_path / "file" / "below"))) == 4
    assert len(told) == 1


def test_the_environment_names_the_cache_or_switches_it_off(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NLP_REFORM_CACHE", str(tmp_path / "mine"))
    list(Corpus.from_folder(folder, "2020.txt"))
    assert len(list((tmp_path / "mine").rglob("*.gz"))) == 1
    monkeypatch.setenv("NLP_REFORM_CACHE", "off")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "xdg"))
    list(Corpus.from_folder(folder, "2020.txt"))
    assert not (tmp_path / "xdg").exists()


def test_what_cannot_be_read_is_told_and_the_rest_is_there(folder: Path) -> None:
    (folder / "2018.txt").write_bytes(b"")
    (folder / "2022.pdf").write_bytes(b"%PDF-1.4 broken")
    corpus = Corpus.from_folder(folder, cache=False)
    assert corpus.failures == ()
    assert list(corpus.to_frame("documents")["document_id"]) == ["2019", "2020", "2021", "sub-2021"]
    assert [failure.name for failure in corpus.failures] == ["2018.txt", "2022.pdf"]
    assert "is empty" in corpus.failures[0].reason
    with pytest.raises(ReformError, match="is empty"):
        corpus["2018"]
    with pytest.raises(KeyError, match="no document '1999'"):
        corpus["1999"]


def test_a_folder_without_a_match_says_so(tmp_path: Path) -> None:
    for folder, told in ((tmp_path / "none", "no such folder"), (tmp_path, "no file matches")):
        with pytest.raises(ReadError, match=told):
            Corpus.from_folder(folder)


@pytest.mark.parametrize("kind", ["csv", "tsv", "jsonl"])
def test_a_manifest_says_more(kind: str, folder: Path) -> None:
    rows = [{"path": "2019.txt", "year": "", "issuer": "", "region": "东部"},
            {"path": "2020.txt", "year": "1999", "issuer": "甲會", "region": "西部"},
            {"path": "none.txt", "year": "", "issuer": "", "region": "西部"}]
    mark = {"csv": ",", "tsv": "\t"}.get(kind)
    lines = [mark.join(rows[0]), *(mark.join(row.values()) for row in rows)] if mark else [json.dumps(row) for row in rows]
    (folder / f"list.{kind}").write_text("\n".join(lines) + "\n", encoding="utf-8")
    corpus = Corpus.from_manifest(folder / f"list.{kind}", cache=False)
    assert [(document.year, document.issuer) for document in corpus][1] == (1999, "甲會")
    assert [failure.name for failure in corpus.failures] == ["none.txt"]
    assert [document.id for document in corpus.filter(region="西部")] == ["2020"]
    assert [document.id for document in corpus.filter(issuer="甲会")] == ["2020"]
    metadata = corpus.metadata()
    assert list(metadata["region"]) == ["东部", "西部"]
    assert list(corpus.to_frame("targets").merge(metadata, on="document_id")["region"].unique()) == ["东部", "西部"]


@pytest.mark.parametrize(("text", "told"), [
    ("path,year\na.txt,20\n", "row 2: the year '20'"), ("file\na.txt\n", "row 2 has no path"), ("path\n", "lists no documents"),
])
def test_a_manifest_at_fault_names_the_row(text: str, told: str, tmp_path: Path) -> None:
    (tmp_path / "list.csv").write_text(text)
    with pytest.raises(ReadError, match=told):
        Corpus.from_manifest(tmp_path / "list.csv")


def test_parts_of_the_demo_corpus() -> None:
    corpus = Corpus.from_folder(DEMO, "*.txt", cache=False)
    assert [document.year for document in corpus.filter(year=range(2018, 2020))] == [2018, 2019]
    assert len(corpus.filter(script="hant")) == 1 and len(corpus.filter(genre="工作要点").filter(year=lambda y: y > 2019)) == 2
    assert len(corpus.filter(issuer="云岭省学会联合会")) == len(corpus.filter(issuer="雲嶺省學會聯合會")) == len(corpus)
    with pytest.raises(ReformError, match="cannot be filtered by 'region'; known are id, title"):
        list(corpus.filter(region="x"))
    for table in tables.TABLES:
        frame = corpus.to_frame(table)
        assert list(frame.columns) == list(tables.DOCUMENT_TABLES[table].names) and (len(frame) > 0) == (table != "extra")  # extra: plugins only
    assert set(corpus.kwic("学会")["document_id"]) == {"2017", "2018", "2019", "2020", "2021"}
    against_all, against_one = corpus.keyness(2021, top=5), corpus.keyness("2021", {"year": 2017}, top=5)
    assert set(against_all["side"]) == {"target", "reference"} and len(against_one) <= 10
    assert corpus.dfm(least=2).matrix.shape[0] == len(corpus.stats()) == 5
    assert len(corpus.track().documents) == 5 and corpus.graph(kind="directive").number_of_nodes() > 20
    assert corpus.compare(2018, 2019).after.id == "2019"
    with pytest.raises(ReformError, match="is to be one document, is 5"):
        corpus.compare({"script": ["hans", "hant"]}, 2019)


def test_parquet_of_a_corpus_in_duckdb_words(tmp_path: Path) -> None:
    pytest.importorskip("pyarrow", reason="pyarrow is not installed")
    corpus = Corpus.from_folder(DEMO, "201*.txt", cache=False)
    written = corpus.to_parquet(tmp_path / "tables")
    assert [path.stem for path in written] == list(tables.TABLES)
    assert len(pd.read_parquet(tmp_path / "tables" / "targets.parquet")) == len(corpus.to_frame("targets"))


def test_documents_in_memory_get_ids_of_their_own() -> None:
    one = nlp_reform.extract(PLAN.format(year=2019, n=1))
    corpus = Corpus.from_documents([one, nlp_reform.extract(PLAN.format(year=2020, n=2))])
    assert [document.id for document in corpus] == ["text", "text-2"] and corpus[1].year == 2020


EVIL = "<script>alert(1)</script>"


def test_a_notebook_shows_text_as_text(tmp_path: Path) -> None:
    text = f"某会2019年工作要点{EVIL}\n一、主要任务\n1.新建{EVIL}专栏不少于3个，各学会必须参加。\n"
    one, other = nlp_reform.extract(text), nlp_reform.extract(text.replace("3个", "5个").replace("2019", "2020"))
    (tmp_path / "a.csv").write_text(f"path,note\nnone.txt,{EVIL}\n", encoding="utf-8")
    corpus = Corpus.from_manifest(tmp_path / "a.csv", cache=False)
    list(corpus)
    for shown in (one, nlp_reform.compare(one, other), nlp_reform.track([one, other]), corpus):
        html = shown._repr_html_()
        assert "<script" not in html and html.startswith("<div>") and html.endswith("</div>")
    assert "<mark" in one._repr_html_() and "3个" in one._repr_html_() and "必须" in one._repr_html_()
    assert "&lt;script&gt;" in one._repr_html_() and "&lt;script&gt;" in corpus._repr_html_()
    assert "strengthened" in nlp_reform.compare(one, other)._repr_html_()
