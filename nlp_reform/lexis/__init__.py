"""Words counted over many documents: in context, by what they mark, as a matrix, and what texts are like.

Everything is matched on the cleaned Simplified copy and shown as printed, so Traditional and Simplified texts count
together.
"""

from nlp_reform.lexis.concordance import kwic
from nlp_reform.lexis.declared import KEYNESS, KWIC, STATS
from nlp_reform.lexis.features import Features, dfm
from nlp_reform.lexis.keyness import MEASURES, keyness
from nlp_reform.lexis.measures import chi_square, log_likelihood, log_ratio, p_value
from nlp_reform.lexis.profile import stats
from nlp_reform.lexis.words import cut, variants, words

__all__ = [
    "KEYNESS", "KWIC", "MEASURES", "STATS", "Features", "chi_square", "cut", "dfm", "keyness", "kwic", "log_likelihood",
    "log_ratio", "p_value", "stats", "variants", "words",
]
