"""Many documents as one thing to count, filter and compare, read when they are needed and kept between sessions."""

from nlp_reform.corpus.cache import Cache, user_cache
from nlp_reform.corpus.corpus import Corpus, Failure

__all__ = ["Cache", "Corpus", "Failure", "user_cache"]
