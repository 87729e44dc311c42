"""spaCy: our segmenter as its tokenizer, our stages as its components, documents to Docs and back.

The only room that imports spacy. Importing it registers the components `reform_structure`, `reform_quantities`,
`reform_obligations` and `reform_themes` and the tokenizer `nlp_reform.Tokenizer.v1`; where the package is installed
spaCy finds them through its entry points without any import.
"""

from nlp_reform.spacy_bridge.carry import EXTENSION
from nlp_reform.spacy_bridge.components import Component
from nlp_reform.spacy_bridge.convert import attach, from_doc, to_doc
from nlp_reform.spacy_bridge.evidence import Candidate, candidates
from nlp_reform.spacy_bridge.groups import GROUPS, exact
from nlp_reform.spacy_bridge.tokenizer import Tokenizer

__all__ = [
    "EXTENSION", "GROUPS", "Candidate", "Component", "Tokenizer", "attach", "candidates", "exact", "from_doc", "to_doc",
]
