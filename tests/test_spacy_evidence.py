"""A parser and a recogniser in the same pipeline are listened to, and change nothing of ours."""

from __future__ import annotations

import spacy
from spacy.language import Language
from spacy.tokens import Doc, Span
from spacy.training import Example
from spacy_examples import CONFIG, pipeline

import nlp_reform
from nlp_reform.spacy_bridge import attach, candidates

TEXT = "云岭省学会联合会2019年工作要点\n\n一、加强组织建设\n\n1.各学会应当规范理事会建设。学术部负责制定管理办法。秘书处会同财务部要建立台账、公开结果。\n2.建立会员服务制度，必须在2020年底前完成。"


def annotated(nlp: Language, subjects: dict[str, tuple[str, str]], bodies: tuple[str, ...]) -> Doc:
    """Return the Doc of TEXT with hand-set heads (subject word: its verb and label) and entities."""
    doc = nlp.make_doc(TEXT)
    at = {}
    for token in doc:
        if token.idx >= TEXT.index("1."):
            at.setdefault(token.text, token)
        token.head, token.dep_ = token, "ROOT"
    for word, (verb, label) in subjects.items():
        at[word].head, at[word].dep_ = at[verb], label
    doc.ents = [Span(doc, *_tokens(doc, name), label="ORG") for name in bodies]
    return doc


def _tokens(doc: Doc, name: str) -> tuple[int, int]:
    start = doc.text.index(name)
    span = doc.char_span(start, start + len(name), alignment_mode="expand")
    return span.start, span.end


def test_subjects_and_entities_are_candidates_with_source_and_verdict() -> None:
    nlp = pipeline()
    doc = annotated(nlp, {"学会": ("规范", "nsubj"), "会员": ("建立", "nsubj")}, ("秘书处", "会员"))
    before = [(ent.text, ent.label_) for ent in doc.ents]
    nlp(doc)
    plain = pipeline()(TEXT)
    assert doc._.reform == plain._.reform, "our records are the same with and without a parse"
    assert [(ent.text, ent.label_) for ent in doc.ents] == before
    found = {(c.span.text, c.kind, c.source, c.label, c.verdict) for c in candidates(doc)}
    assert ("秘书处", "actor", "entity", "ORG", "confirmed") in found
    assert ("会员", "actor", "entity", "ORG", "new") in found
    subject = [c for c in candidates(doc) if c.label == "nsubj" and "学会" in c.span.text]
    assert [c.verdict for c in subject] == ["confirmed"]
    owner = next(o for o in doc._.reform.obligations if o.id == subject[0].obligation)
    assert owner.action and owner.action.text == "规范理事会建设"
    said = [(c.span.text, *c[1:]) for c in candidates(doc)]
    with doc.retokenize() as retokenizer:
        retokenizer.merge(doc[0:4])
    attach(doc)
    assert [(c.span.text, *c[1:]) for c in candidates(doc)] == said


def test_who_is_found_by_nobody_is_new_and_another_is_other() -> None:
    nlp = pipeline()
    verbs = {"制度": ("建立", "nsubj"), "台账": ("制定", "nsubj")}
    found = {c.span.text: c.verdict for c in candidates(nlp(annotated(nlp, verbs, ())))}
    assert found["台账"] == "other"
    doc = nlp(annotated(nlp, {"制度": ("完成", "nsubj:pass")}, ()))
    assert [(c.span.text, c.verdict, c.label) for c in candidates(doc)] == [("制度", "new", "nsubj:pass")]


def test_coordinated_verbs_share_their_subject() -> None:
    nlp = pipeline()
    doc = nlp.make_doc("一、总则\n1.学会应当制定办法，必须公开结果。")
    word = {token.text: token for token in doc}
    for token in doc:
        token.head, token.dep_ = token, "ROOT"
    word["学会"].head, word["学会"].dep_ = word["制定"], "nsubj"
    word["公开"].head, word["公开"].dep_ = word["制定"], "conj"
    found = {(c.span.text, c.verdict, c.obligation) for c in candidates(nlp(doc))}
    obligations = doc._.reform.obligations
    assert {one.id for one in obligations} == {id for _, _, id in found} and len(obligations) == 2


def test_the_labels_are_settings_and_evidence_can_be_refused() -> None:
    for config, count in (({"evidence": False}, 0), ({"subjects": ["top"], "bodies": []}, 0), ({"subjects": ["nsubj"], "bodies": ["ORG"]}, 2)):
        nlp = spacy.blank("zh", config=CONFIG)
        nlp.add_pipe("reform_obligations", config=config)
        assert len(candidates(nlp(annotated(nlp, {"学会": ("规范", "nsubj")}, ("秘书处",))))) == count
    assert candidates(pipeline()(TEXT)) == [], "no parser, no candidates"


def test_a_trained_pipeline_plugs_in() -> None:
    """Tagger, parser and recogniser trained on made-up sentences run before ours in one pipeline."""
    spacy.util.fix_random_seed(7)
    nlp = spacy.blank("zh", config=CONFIG)
    tok2vec = {"model": {"@architectures": "spacy.HashEmbedCNN.v2", "width": 32, "depth": 2, "embed_size": 300,
                         "window_size": 1, "maxout_pieces": 2, "subword_features": True, "pretrained_vectors": None}}
    nlp.add_pipe("tok2vec", config=tok2vec)
    listener = {"model": {"tok2vec": {"@architectures": "spacy.Tok2VecListener.v1", "width": 32}}}
    for name in ("tagger", "parser", "ner"):
        nlp.add_pipe(name, config={**listener, **({"min_action_freq": 1} if name == "parser" else {})})
    examples = [_example(nlp, who, verb, what) for who in ("学会", "秘书处", "财务部", "协会") for verb, what in (("规范", "建设"), ("制定", "办法"), ("公开", "结果"))]
    optimizer = nlp.initialize(lambda: examples)
    for _ in range(30):
        nlp.update(examples, sgd=optimizer)
    for name in ("reform_structure", "reform_obligations"):
        nlp.add_pipe(name)
    doc = nlp("一、总则\n1.财务部应当公开办法。\n2.协会应当规范结果。")
    assert doc[0].tag_ and doc.has_annotation("DEP")
    found = [(c.span.text, c.kind, c.source, c.verdict) for c in candidates(doc)]
    for who in ("财务部", "协会"):
        assert (who, "actor", "entity", "confirmed") in found, found
        assert (who, "bearer", "dependency", "confirmed") in found, found
    assert nlp_reform.extract(doc.text).obligations == doc._.reform.obligations


def _example(nlp: Language, who: str, verb: str, what: str) -> Example:
    doc = nlp.make_doc(f"1.{who}应当{verb}{what}。")
    words = [token.text for token in doc]
    first, last = words.index(verb), words.index("应当")
    heads = [first] * len(words)
    deps = ["dep"] * len(words)
    tags = ["X"] * len(words)
    subject = last - 1
    for at, dep, tag in ((subject, "nsubj", "NN"), (last, "aux", "VV"), (first, "ROOT", "VV"), (first + 1, "obj", "NN")):
        deps[at], tags[at] = dep, tag
    start = doc.text.index(who)
    entity = doc.char_span(start, start + len(who), alignment_mode="expand")
    return Example.from_dict(doc, {"words": words, "spaces": [bool(token.whitespace_) for token in doc], "heads": heads,
                                   "deps": deps, "tags": tags, "entities": [(entity.start_char, entity.end_char, "ORG")]})
