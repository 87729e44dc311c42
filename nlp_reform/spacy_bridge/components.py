"""The four components. Each runs the stages its layers need, once a Doc, and writes its span groups.

`reform_structure` (结构): sections, directives, statements, references. `reform_quantities` (数量与目标): quantities
and the slots of targets. `reform_obligations` (义务): cues, bearers, actions, conditions, assignments, and
candidates from a parser and a recogniser that ran before. `reform_themes` (主题): codes of the directives.

A component that stands alone runs the stages below it too; `nlp.analyze_pipes()` then says that nobody assigns
`doc._.reform` before it: the groups of `reform_structure` are missing, nothing else.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc

from nlp_reform.spacy_bridge import carry
from nlp_reform.spacy_bridge import evidence as witnesses

ASSIGNS = ["doc._.reform", "doc.spans"]
REQUIRES = ["doc._.reform"]


class Component:
    """Runs one component's stages on Docs; it has no state, so it is written to disk by its config alone."""

    def __init__(self, factory: str, codebook: Sequence[str] = (), evidence: witnesses.Labels | None = None) -> None:
        """Take the factory's name, the codebooks of themes, and the labels of evidence to look for."""
        self.factory = factory
        self.codebook = tuple(codebook)
        self.evidence = evidence
        carry.extend()

    def __call__(self, doc: Doc) -> Doc:
        """Return the Doc with `doc._.reform` and the component's span groups.

        Raises `ReadError` for a text with NUL bytes or half characters, `ResourceError` for an unknown codebook; in
        `nlp.pipe` an error handler set on the pipeline gets them, and the other Docs go on.
        """
        from nlp_reform.spacy_bridge import analysis, groups

        document = analysis.analyse(doc, self.factory, self.codebook)
        groups.mark(doc, document, self.factory)
        if self.evidence is not None:
            witnesses.mark(doc, document, self.evidence)
        return doc

    def to_bytes(self, **_: Any) -> bytes:
        """Return nothing: all there is to know stands in the config."""
        return b""

    def from_bytes(self, data: bytes, **_: Any) -> Component:
        """Return the component as the config made it."""
        return self

    def to_disk(self, path: str | Path, **_: Any) -> None:
        """Write nothing, as `to_bytes`."""

    def from_disk(self, path: str | Path, **_: Any) -> Component:
        """Return the component as the config made it."""
        return self


@Language.factory("reform_structure", assigns=ASSIGNS)
def reform_structure(nlp: Language, name: str) -> Component:
    """Find sections, directives, statements and references."""
    return Component("reform_structure")


@Language.factory("reform_quantities", requires=REQUIRES, assigns=ASSIGNS)
def reform_quantities(nlp: Language, name: str) -> Component:
    """Find quantities with unit, comparator and role, and the slots of targets."""
    return Component("reform_quantities")


@Language.factory("reform_obligations", requires=REQUIRES, assigns=ASSIGNS,
                  default_config={"evidence": True, "subjects": witnesses.SUBJECTS, "bodies": witnesses.BODIES})
def reform_obligations(nlp: Language, name: str, evidence: bool, subjects: list[str], bodies: list[str]) -> Component:
    """Find obligations and assignments; with `evidence`, candidates from the parse and the entities that are there.

    `subjects` are the dependency labels of subjects, `bodies` the entity labels of those who can act.
    """
    labels = witnesses.Labels(tuple(subjects), tuple(bodies)) if evidence else None
    return Component("reform_obligations", evidence=labels)


@Language.factory("reform_themes", requires=REQUIRES, assigns=ASSIGNS, default_config={"codebook": []})
def reform_themes(nlp: Language, name: str, codebook: list[str]) -> Component:
    """Give themes to directives; `codebook` names codebooks by name or path, none means all that can be found."""
    return Component("reform_themes", codebook)
