"""Words for segmenters: what our lexicons hold, new words of a corpus, and both as a jieba user dictionary."""

from nlp_reform.vocabulary.dictionary import Dictionary, Entry, dictionary
from nlp_reform.vocabulary.listing import Listed, list_lexicons, show_lexicon
from nlp_reform.vocabulary.mine import Limits, NewWord, new_words
from nlp_reform.vocabulary.terms import SOURCES

__all__ = [
    "SOURCES", "Dictionary", "Entry", "Limits", "Listed", "NewWord", "dictionary", "list_lexicons", "new_words",
    "show_lexicon",
]
