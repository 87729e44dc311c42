"""From directives to themes of a codebook."""

from nlp_reform.classify.codebook import Code, Codebook, available, load
from nlp_reform.classify.themes import DEFAULT_TOP, LEXICON, classify, finder, score

__all__ = ["DEFAULT_TOP", "LEXICON", "Code", "Codebook", "available", "classify", "finder", "load", "score"]
