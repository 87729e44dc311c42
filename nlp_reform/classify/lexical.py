"""Scores texts by the terms of a codebook: one scan a text, longer terms speak louder.

A term's weight is its length in characters divided by the number of codes that list it. A term found
inside a longer listed term counts as the longer one only. Scores are the share of the evidence, so they add
up to 1 over the codes that have any.
"""

from __future__ import annotations

import re
from collections import defaultdict
from functools import lru_cache

from nlp_reform.classify.codebook import Codebook


@lru_cache(maxsize=16)
def _index(codebook: Codebook) -> tuple[re.Pattern[str], dict[str, tuple[tuple[str, float], ...]]]:
    votes: dict[str, list[tuple[str, float]]] = defaultdict(list)
    for code in codebook.codes:
        for term in code.include:
            votes[term].append((code.code, float(len(term) - 1 or 1)))
        for term in code.exclude:
            votes.setdefault(term, [])
    shared = {term: tuple((c, w / len(given)) for c, w in given) for term, given in votes.items()}
    pattern = "|".join(re.escape(term) for term in sorted(votes, key=len, reverse=True))
    return re.compile(pattern), shared


def evidence(text: str, codebook: Codebook) -> dict[str, float]:
    """Return the summed weight of each code's terms in a Simplified text."""
    pattern, votes = _index(codebook)
    total: dict[str, float] = defaultdict(float)
    for match in pattern.finditer(text):
        for code, weight in votes[match.group()]:
            total[code] += weight
    return total


def shares(weighed: dict[str, float]) -> tuple[tuple[str, float], ...]:
    """Return `(code, score)` pairs, best first, scores adding up to 1; equal scores in order of code."""
    whole = sum(weighed.values())
    ranked = sorted(weighed.items(), key=lambda pair: (-pair[1], pair[0]))
    return tuple((code, round(weight / whole, 4)) for code, weight in ranked) if whole else ()
