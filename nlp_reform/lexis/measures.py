"""Measures of keyness for a word that occurs `a` times among `whole_a` words and `b` times among `whole_b`."""

from __future__ import annotations

from math import erfc, log, log2, sqrt

_NEVER = 0.5
"""What stands for a frequency of nought in a ratio (Hardie 2014)."""


def log_likelihood(a: int, b: int, whole_a: int, whole_b: int) -> float:
    """Return the log-likelihood G² of Dunning (1993) in the two-cell form of Rayson and Garside (2000)."""
    share = (a + b) / (whole_a + whole_b)
    return 2 * sum(seen * log(seen / (whole * share)) for seen, whole in ((a, whole_a), (b, whole_b)) if seen)


def chi_square(a: int, b: int, whole_a: int, whole_b: int) -> float:
    """Return Pearson's chi-square of the fourfold table with the correction of Yates."""
    c, d = whole_a - a, whole_b - b
    total = whole_a + whole_b
    below = (a + b) * (c + d) * whole_a * whole_b
    return total * max(0.0, abs(a * d - b * c) - total / 2) ** 2 / below if below else 0.0


def log_ratio(a: int, b: int, whole_a: int, whole_b: int) -> float:
    """Return the binary log of the relative frequencies' ratio (Hardie 2014): 1 is twice as frequent, -1 half."""
    return log2(((a or _NEVER) / whole_a) / ((b or _NEVER) / whole_b))


def p_value(value: float) -> float:
    """Return the probability of a value of G² or chi-square this high by chance, at one degree of freedom."""
    return erfc(sqrt(max(0.0, value) / 2))
