"""From directives to themes of a codebook."""

from nlp_reform.classify.codebook import Code, Codebook, available, chosen, load
from nlp_reform.classify.themes import DEFAULT_TOP, LEXICON, classify, finder, score

__all__ = ["DEFAULT_TOP", "LEXICON", "Code", "Codebook", "available", "chosen", "classify", "finder", "load", "score"]
