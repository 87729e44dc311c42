"""What a parser and an entity recogniser in the same pipeline say about who must act, beside what our rules say.

Where a Doc has dependencies, the subject of a verb that lies in an obligation is a candidate for its bearer; where it
has entities, a body (ORG, GPE …) is a candidate actor. Each candidate tells its source and its verdict: `confirmed`
(our rules found the same), `other` (they found somebody else) or `new` (they found nobody). They stand in the span
group `reform.candidates` of their own: no bearer, actor or entity is ever changed by them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Literal, NamedTuple

from spacy.tokens import Doc, Span, Token

from nlp_reform.model import Document, Obligation
from nlp_reform.spacy_bridge.groups import Marked, Tokens, put

KEY = "reform.candidates"
SUBJECTS = ["nsubj", "nsubj:pass", "nsubjpass", "nsubj:outer", "SBV", "top"]
"""Labels of subjects in Universal Dependencies, CLEAR (spaCy's Chinese models) and LTP."""
BODIES = ["ORG", "GPE", "NORP", "ORGANIZATION", "Ni", "NT"]
"""Labels of those who can act in OntoNotes, LTP and ICTCLAS."""

Kind = Literal["bearer", "actor"]
Origin = Literal["dependency", "entity"]
Verdict = Literal["confirmed", "other", "new"]


class Labels(NamedTuple):
    """Which labels of the parser and the recogniser to listen to."""

    subjects: tuple[str, ...] = tuple(SUBJECTS)
    bodies: tuple[str, ...] = tuple(BODIES)


class Candidate(NamedTuple):
    """A candidate: its span, what for, who says so by which label, the obligation's id or "", and the verdict."""

    span: Span
    kind: Kind
    source: Origin
    label: str
    obligation: str
    verdict: Verdict


def mark(doc: Doc, document: Document, labels: Labels | None = None) -> None:
    """Write the group `reform.candidates` where the Doc has dependencies or entities; else leave the Doc alone.

    Spans carry the kind as label and the obligation's id; `attrs["evidence"]` holds source, label and verdict of each.
    """
    listened = labels or Labels()
    if not (doc.has_annotation("DEP") or doc.has_annotation("ENT_IOB")):
        return
    found = sorted({*_subjects(doc, document, listened), *_bodies(doc, document, listened)},
                   key=lambda one: (one.span.start, one.span.end, one.source, one.obligation))
    marked = [Marked(c.span.start_char, c.span.end_char, c.kind, c.obligation) for c in found]
    put(Tokens(doc), KEY, marked, {"evidence": [[c.source, c.label, c.verdict] for c in found]})


def again(doc: Doc) -> None:
    """Make the group anew from its own offsets, after retokenising."""
    attrs = doc.spans[KEY].attrs
    marked = [Marked(start, end, kind, owner) for (start, end), (kind, owner) in
              zip(attrs["exact"], attrs["named"], strict=True)]
    put(Tokens(doc), KEY, marked, {"evidence": attrs["evidence"]})


def candidates(doc: Doc) -> list[Candidate]:
    """Return the candidates of a Doc, in text order; none where no parser or recogniser ran before us."""
    if KEY not in doc.spans:
        return []
    group = doc.spans[KEY]
    return [Candidate(span, span.label_, source, label, span.id_, verdict)
            for span, (source, label, verdict) in zip(group, group.attrs["evidence"], strict=True)]


def _subjects(doc: Doc, document: Document, labels: Labels) -> Iterator[Candidate]:
    """Yield the subject of each verb in an obligation; coordinated verbs share theirs."""
    if not doc.has_annotation("DEP"):
        return
    for token in doc:
        if token.dep_ not in labels.subjects or token.head is token:
            continue
        span = _phrase(doc, token)
        for verb in (token.head, *_shared(token.head, labels)):
            for obligation in _around(document.obligations, verb.idx):
                yield Candidate(span, "bearer", "dependency", token.dep_, obligation.id, _weigh(span, obligation))


def _shared(verb: Token, labels: Labels) -> Iterator[Token]:
    return (other for other in verb.conjuncts
            if other.i > verb.i and not any(child.dep_ in labels.subjects for child in other.children))


def _phrase(doc: Doc, subject: Token) -> Span:
    """Return the subject with what depends on it, without marks and blanks at its borders."""
    start, end = subject.left_edge.i, subject.right_edge.i + 1
    while start < subject.i and (doc[start].is_punct or doc[start].is_space):
        start += 1
    while end > subject.i + 1 and (doc[end - 1].is_punct or doc[end - 1].is_space):
        end -= 1
    return doc[start:end]


def _around(obligations: Iterable[Obligation], at: int) -> list[Obligation]:
    """Return the obligation whose cue or action holds the character at `at`: the narrowest, none where none does."""
    holding = [(part.end - part.start, n, one) for n, one in enumerate(obligations)
               for part in (one.cue, one.action) if part and part.start <= at < part.end]
    return [min(holding)[2]] if holding else []


def _weigh(span: Span, obligation: Obligation) -> Verdict:
    bearer = obligation.bearer
    if bearer is None or obligation.inherited:
        return "new"
    return "confirmed" if bearer.start < span.end_char and span.start_char < bearer.end else "other"


def _bodies(doc: Doc, document: Document, labels: Labels) -> Iterator[Candidate]:
    """Yield the bodies among the entities, with the obligation in whose sentence part they stand."""
    known = [(actor.start, actor.end) for one in document.obligations for actor in one.bearers]
    known += [(one.bearer.start, one.bearer.end) for one in document.obligations if one.bearer]
    known += [(one.unit.start, one.unit.end) for one in document.assignments]
    for entity in doc.ents:
        if entity.label_ not in labels.bodies:
            continue
        met = any(start < entity.end_char and entity.start_char < end for start, end in known)
        owner = next((one.id for one in document.obligations if _extent(one, entity.start_char)), "")
        yield Candidate(entity, "actor", "entity", entity.label_, owner, "confirmed" if met else "new")


def _extent(obligation: Obligation, at: int) -> bool:
    """Tell whether a place lies between the first and the last printed part of an obligation."""
    parts = [part for part in (obligation.bearer, obligation.cue, obligation.action) if part]
    return bool(parts) and min(part.start for part in parts) <= at < max(part.end for part in parts)
