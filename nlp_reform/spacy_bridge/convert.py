"""Documents to Docs and back."""

from __future__ import annotations

from spacy.language import Language
from spacy.tokens import Doc

from nlp_reform.model import Document
from nlp_reform.spacy_bridge import analysis, carry, evidence, groups
from nlp_reform.spacy_bridge.tokenizer import Tokenizer


def to_doc(document: Document, nlp: Language) -> Doc:
    """Return a document as a Doc: its text tokenised, its records in span groups, itself on `doc._.reform`.

    With our tokenizer no record is cut by a token: borders of records are borders of tokens, so every span is exact.
    With another tokenizer spans are widened to whole tokens (see `groups`). The components of the pipeline are not
    run: `nlp(doc)` does, and finds what is done already. A document as the reader made it, unanalysed, is carried with
    its name, source and pages, and analysed by the components. Raises ValueError when a tokenizer changes the text.
    """
    carry.extend()
    if isinstance(nlp.tokenizer, Tokenizer):
        marked = [one for keys in groups.GROUPS.values() for find in keys.values() for one in find(document)]
        doc = nlp.tokenizer.tokenise(document.text, {at for one in marked for at in (one.start, one.end)})
    else:
        doc = nlp.make_doc(document.text)
        if doc.text != document.text:
            raise ValueError(f"the pipeline's tokenizer changes the text of {document.id!r}")
    done = analysis.done_of(document)
    carry.put(doc, document, done)
    for component in groups.GROUPS:
        if done or any(getattr(document, layer) for layer in analysis.LAYERS[component] if layer != "script"):
            groups.mark(doc, document, component)
    return doc


def from_doc(doc: Doc) -> Document:
    """Return the document of a Doc: the one it carries, equal to what was found; else its text, unanalysed.

    Offsets are code points of `doc.text`, whatever the tokens. Raises `ReadError` for a text that cannot be read.
    """
    carried = carry.get(doc)
    return carried.document if carried else carry.begin(doc)


def attach(doc: Doc) -> None:
    """Make anew the span groups that a Doc has of ours, from the offsets of record: after retokenising.

    spaCy leaves span groups where they were when tokens are merged or split; offsets do not change. A Doc without
    our document is left alone.
    """
    carried = carry.get(doc)
    for component, keys in groups.GROUPS.items():
        if carried and any(key in doc.spans for key in keys):
            groups.mark(doc, carried.document, component)
    if evidence.KEY in doc.spans:
        evidence.again(doc)
