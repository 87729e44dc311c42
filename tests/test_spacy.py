"""The spaCy room: one analysis a Doc, spans with their offsets of record, and Docs that travel."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
import spacy
from places import DEMO, ROOT
from spacy.matcher import Matcher
from spacy.tokens import Doc, DocBin
from spacy_examples import COMPONENTS, HANT, PLAN, installed, pipeline

import nlp_reform
from nlp_reform import plugins
from nlp_reform.errors import ReadError
from nlp_reform.jsonable import from_dict, to_dict
from nlp_reform.model import Document
from nlp_reform.pipeline import STANDARD, Stage, standard
from nlp_reform.plugins import Plugin
from nlp_reform.read import from_path
from nlp_reform.spacy_bridge import GROUPS, analysis, attach, carry, exact, from_doc, to_doc

SHAPES = (PLAN, HANT, "", " \n\t ", "\u3000\u3000一、总体要求\r\n\r\n  1.  建设  PM2.5 监测站３个。", "No Chinese here, 3 items.")


@pytest.mark.parametrize("text", SHAPES)
def test_words_and_blanks_join_to_the_text(text: str) -> None:
    doc = pipeline()(text)
    assert doc.text == text
    assert [token.text for token in doc if token.text == " " and token.i and not doc[token.i - 1].whitespace_ and not doc[token.i - 1].is_space] == []


def test_the_components_find_what_extract_finds() -> None:
    nlp = pipeline()
    for text in (PLAN, HANT, *(path.read_text(encoding="utf-8") for path in sorted((DEMO / "raw").glob("*.txt")))):
        assert nlp(text)._.reform == nlp_reform.extract(text)


def test_every_span_covers_its_record_by_no_more_than_tokens_need() -> None:
    for text in (PLAN, HANT):
        doc = pipeline()(text)
        assert set(doc.spans) == {key for keys in GROUPS.values() for key in keys}
        for key in doc.spans:
            for span, start, end in exact(doc, key):
                assert span.start_char <= start < end <= span.end_char
                assert span[0].idx + len(span[0]) > start and span[-1].idx < end


def test_labels_and_ids_are_those_of_the_records() -> None:
    doc = pipeline()(PLAN)
    document = doc._.reform
    assert [(span.label_, span.id_) for span in doc.spans["reform.quantities"]] == [(q.role, q.id) for q in document.quantities]
    assert [span.text for span in doc.spans["reform.cues"] if span.label_ == "prohibition"] == ["不得"]
    themes = doc.spans["reform.themes"]
    assert [(span.id_, span.label_, score) for span, score in zip(themes, themes.attrs["scores"], strict=True)] == [
        (t.directive, f"{t.codebook}:{t.code}", t.score) for t in document.themes]


def test_no_stage_runs_twice_and_none_that_is_not_needed(monkeypatch: pytest.MonkeyPatch) -> None:
    ran: list[str] = []
    attached = analysis.attach

    def counted(stage, document):  # type: ignore[no-untyped-def]
        ran.append(stage.name)
        return attached(stage, document)

    monkeypatch.setattr(analysis, "attach", counted)
    nlp = pipeline()
    doc = nlp(PLAN)
    assert len(ran) == len(set(ran)) == 12
    again = nlp(Doc(nlp.vocab).from_bytes(doc.to_bytes()))
    assert len(ran) == 12 and again._.reform == doc._.reform
    ran.clear()
    pipeline("reform_structure")(PLAN)
    assert not {"quantities", "targets", "obligations", "themes"} & set(ran)


def test_stages_of_plugins_run_once_their_needs_are_met(monkeypatch: pytest.MonkeyPatch) -> None:
    def brought(kind: str) -> tuple[Plugin, ...]:
        return tuple(Plugin("stages", name, "m:x", "demo", "1") for name in ("after", "before")) if kind == "stages" else ()

    made = {"after": Stage("after", ("extra.after",), ("themes",), lambda d: {"extra.after": (len(d.themes),)}),
            "before": Stage("before", ("extra.before",), ("statements",), lambda d: {"extra.before": (len(d.statements),)})}
    monkeypatch.setattr(plugins, "everything", brought)
    monkeypatch.setattr(Plugin, "load", lambda self: made[self.name])
    analysis._pipeline.cache_clear()
    try:
        doc = pipeline("reform_structure")(PLAN)
        assert doc._.reform.extra == {"before": (len(doc._.reform.statements),)}
        carry._recent.clear()
        doc = pipeline("reform_themes")(doc)
        assert doc._.reform.extra["after"] == (len(doc._.reform.themes),) and len(doc._.reform.extra) == 2
    finally:
        analysis._pipeline.cache_clear()


def test_the_names_of_the_standard_stages() -> None:
    assert tuple(stage.name for stage in standard(()).stages) == STANDARD


def test_a_later_component_goes_on_from_a_doc_that_was_stored() -> None:
    nlp, rest = pipeline("reform_structure"), pipeline("reform_quantities", "reform_obligations", "reform_themes")
    stored = DocBin(store_user_data=True, docs=[nlp(PLAN)]).to_bytes()
    carry._recent.clear()
    doc = next(iter(DocBin().from_bytes(stored).get_docs(rest.vocab)))
    assert rest(doc)._.reform == nlp_reform.extract(PLAN)


def test_themes_of_two_codebooks_add_up() -> None:
    nlp = pipeline("reform_structure")
    nlp.add_pipe("reform_themes", config={"codebook": ["societies"]})
    nlp.add_pipe("reform_themes", name="more", config={"codebook": ["govcn", "societies"]})
    assert nlp(PLAN)._.reform.themes == nlp_reform.extract(PLAN, ["societies", "govcn"]).themes


def test_matcher_reads_numerals_and_simplified_norms() -> None:
    nlp = pipeline("reform_structure")
    matcher = Matcher(nlp.vocab)
    matcher.add("people", [[{"NORM": "会员"}, {"OP": "?"}, {"OP": "?"}, {"LIKE_NUM": True}, {"TEXT": "人"}]])
    for text, printed in (("會員達到3萬人。", "會員達到3萬人"), ("会员达到三千多万人。", "会员达到三千多万人"), ("会员１，１００人。", "会员１，１００人")):
        doc = nlp.make_doc(text)
        assert [doc[start:end].text for _, start, end in matcher(doc)] == [printed], [t.text for t in doc]
    numbers = {token.text for token in nlp.make_doc("统一管理，2.38万亿元、百分之五、叁拾、一般不超过150人，PM2.5三三制") if token.like_num}
    assert numbers == {"2.38万亿", "百分之五", "叁拾", "150"}


def test_the_extension_is_left_to_whoever_has_it() -> None:
    code = (
        "import spacy; from spacy.tokens import Doc; Doc.set_extension('reform', default='theirs')\n"
        "from nlp_reform.spacy_bridge import from_doc\n"
        "nlp = spacy.blank('zh'); nlp.add_pipe('reform_structure')\n"
        "doc = nlp('一、总则\\n1.必须落实。'); print(doc._.reform, len(from_doc(doc).directives))"
    )
    assert _run(code, ROOT) == "theirs 1"


@pytest.mark.parametrize("start", ["fork", "spawn"])
def test_docs_travel_between_processes(start: str, monkeypatch: pytest.MonkeyPatch) -> None:
    import multiprocessing

    monkeypatch.setattr("spacy.language.mp", multiprocessing.get_context(start))
    nlp = pipeline("reform_structure", "reform_quantities")
    docs = list(nlp.pipe([PLAN, HANT, ""], n_process=2, batch_size=1))
    assert [doc._.reform for doc in docs] == [nlp(text)._.reform for text in (PLAN, HANT, "")]
    here = nlp(HANT)
    assert [span.text for span in docs[1].spans["reform.quantities"]] == [span.text for span in here.spans["reform.quantities"]]


def test_docs_go_through_docbin_without_pickle(tmp_path: Path) -> None:
    nlp = pipeline()
    docs = [nlp(text) for text in (PLAN, HANT)]
    DocBin(store_user_data=True, docs=docs).to_disk(tmp_path / "plans.spacy")
    carry._recent.clear()
    back = list(DocBin().from_disk(tmp_path / "plans.spacy").get_docs(pipeline("reform_structure").vocab))
    for one, other in zip(docs, back, strict=True):
        assert other._.reform == one._.reform
        assert [token.norm_ for token in other] == [token.norm_ for token in one]
        for key in one.spans:
            assert [(s.start, s.end, s.label_, s.id_) for s in other.spans[key]] == [(s.start, s.end, s.label_, s.id_) for s in one.spans[key]]
            assert other.spans[key].attrs == one.spans[key].attrs


def test_a_pipeline_on_disk_loads_where_nobody_imports_us(tmp_path: Path) -> None:
    nlp = pipeline("reform_structure", "reform_quantities", "reform_obligations")
    nlp.add_pipe("reform_themes", config={"codebook": ["societies"]})
    nlp.to_disk(tmp_path / "model")
    code = (
        f"import spacy, sys; nlp = spacy.load({str(tmp_path / 'model')!r})\n"
        "assert [name for name in nlp.pipe_names] == " + repr(list(COMPONENTS)) + "\n"
        f"doc = nlp({PLAN!r}); print(len(doc._.reform.targets), {{t.codebook for t in doc._.reform.themes}}, doc.spans['reform.quantities'][0].text)"
    )
    want = nlp(PLAN)
    assert _run(code, installed(tmp_path / "site")) == f"{len(want._.reform.targets)} {{'societies'}} {want.spans['reform.quantities'][0].text}"


def test_the_tokenizer_takes_its_dictionary_along(tmp_path: Path) -> None:
    own = tmp_path / "own.dict"
    own.write_text("专职秘书长 5000 n\n", encoding="utf-8")
    config = {"nlp": {"tokenizer": {"@tokenizers": "nlp_reform.Tokenizer.v1", "dictionary": str(own)}}}
    nlp = spacy.blank("zh", config=config)
    assert "專職秘書長" in [token.text for token in nlp("設專職秘書長")]
    assert "專職秘書長" not in [token.text for token in pipeline("reform_structure").make_doc("設專職秘書長")]
    nlp.to_disk(tmp_path / "model")
    stored = nlp.to_bytes()
    own.unlink()
    for again in (spacy.load(tmp_path / "model"), spacy.blank("zh", config=config).from_bytes(stored)):
        assert "專職秘書長" in [token.text for token in again("設專職秘書長")]


def test_entry_points_make_add_pipe_work_without_an_import(tmp_path: Path) -> None:
    code = (
        "import spacy, sys\n"
        "nlp = spacy.blank('zh', config={'nlp': {'tokenizer': {'@tokenizers': 'nlp_reform.Tokenizer.v1'}}})\n"
        "light = not [n for n in ('nlp_reform.segment', 'lxml', 'sklearn', 'networkx') if n in sys.modules]\n"
        + "".join(f"nlp.add_pipe({name!r})\n" for name in COMPONENTS)
        + "print(light, len(nlp('一、总则\\n1.必须落实。').spans['reform.cues']))"
    )
    assert _run(code, installed(tmp_path / "site")) == "True 1"


def test_what_each_component_needs_and_gives_is_declared() -> None:
    found = pipeline().analyze_pipes()
    assert not any(found["problems"].values())
    assert pipeline("reform_quantities").analyze_pipes()["problems"] == {"reform_quantities": ["doc._.reform"]}


def test_documents_become_docs_and_come_back() -> None:
    nlp = pipeline("reform_structure", "reform_quantities")
    for path in sorted((DEMO / "raw").glob("*.txt")):
        document = nlp_reform.extract(path)
        doc = to_doc(document, nlp)
        assert from_doc(doc) == document
        for key in doc.spans:  # borders of records are borders of tokens
            assert all((span.start_char, span.end_char) == (start, end) for span, start, end in exact(doc, key))
        assert nlp(doc)._.reform == document


def test_a_record_read_from_json_becomes_a_doc() -> None:
    document = nlp_reform.extract(PLAN)
    read = from_dict(to_dict(document))
    assert read == document
    doc = to_doc(read, spacy.blank("zh"))
    assert from_doc(doc) == document and len(doc.spans["reform.quantities"]) == len(document.quantities)


def test_an_unanalysed_document_keeps_its_source() -> None:
    path = next(iter(sorted((DEMO / "raw").glob("*.txt"))))
    nlp = pipeline()
    doc = to_doc(from_path(path), nlp)
    assert not doc.spans
    assert nlp(doc)._.reform == nlp_reform.extract(path)


def test_spans_survive_retokenising() -> None:
    doc = pipeline("reform_structure", "reform_quantities")(PLAN)
    before = [(start, end) for _, start, end in exact(doc, "reform.quantities")]
    with doc.retokenize() as retokenizer:
        retokenizer.merge(doc[0:5])
    attach(doc)
    after = exact(doc, "reform.quantities")
    assert [(start, end) for _, start, end in after] == before
    assert all(doc.text[start:end] in span.text for span, start, end in after)


def test_a_text_that_cannot_be_read_is_named_and_the_rest_goes_on() -> None:
    nlp = pipeline("reform_structure")
    with pytest.raises(ReadError, match="NUL"):
        nlp("一、加强\0建设")
    failed: list[str] = []
    nlp.set_error_handler(lambda name, component, docs, error: failed.append(f"{name}: {error}"))
    assert len(list(nlp.pipe([PLAN, "一、加强\0建设", HANT]))) == 2
    assert len(failed) == 1 and "NUL" in failed[0]


def test_a_doc_of_another_text_is_refused() -> None:
    doc = spacy.blank("zh")("别的文本")
    with pytest.raises(ValueError, match="another text"):
        carry.put(doc, nlp_reform.extract(PLAN), ())
    assert isinstance(from_doc(doc), Document) and not from_doc(doc).directives


def _run(code: str, site: Path) -> str:
    path = f"{site}{':' if site != ROOT else ''}{ROOT if site != ROOT else ''}"
    code = code if site != ROOT else "import nlp_reform.spacy_bridge\n" + code.replace("import spacy; ", "import spacy; ", 1)
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False, env={"PYTHONPATH": path, "PATH": ""})
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()
