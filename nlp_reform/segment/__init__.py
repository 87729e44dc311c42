"""From the cleaned copy to blocks, sections, directives and sentences."""

from nlp_reform.segment.sentences import find as find_sentences
from nlp_reform.segment.structure import find as find_structure

__all__ = ["find_sentences", "find_structure"]
