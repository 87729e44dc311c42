"""From the cleaned copy to blocks, sections, directives, sentences and what the document says of itself."""

from nlp_reform.segment.inferred import keep_prescriptive
from nlp_reform.segment.metadata import find as find_metadata
from nlp_reform.segment.sentences import find as find_sentences
from nlp_reform.segment.structure import find as find_structure

__all__ = ["find_metadata", "find_sentences", "find_structure", "keep_prescriptive"]
