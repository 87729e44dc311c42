"""Words by which one group of texts differs from another."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from nlp_reform.errors import ReformError
from nlp_reform.lexis.measures import chi_square, log_likelihood, log_ratio, p_value
from nlp_reform.lexis.words import words
from nlp_reform.model import Document
from nlp_reform.tables import Row

MEASURES = ("log_likelihood", "chi_square", "log_ratio")
"""The measures by which words can be ordered."""


def keyness(
    target: Iterable[Document], reference: Iterable[Document], measure: str = "log_likelihood", least: int = 3,
    top: int | None = None,
) -> list[Row]:
    """Return the words of two groups of documents by the declaration `KEYNESS`, the most telling first.

    Words that occur fewer than `least` times in both together are left out; `top` keeps so many on each side. `measure`
    orders (by its size) and gives `p`, for the log ratio that of G². Raises `ReformError` for an unknown measure and
    when one of the groups has no words.
    """
    if measure not in MEASURES:
        raise ReformError(f"no measure {measure!r}; known are {', '.join(MEASURES)}")
    spread: Counter[str] = Counter()
    ours, theirs = _counted(target, spread), _counted(reference, spread)
    whole_a, whole_b = ours.total(), theirs.total()
    if not whole_a or not whole_b:
        side = "reference" if whole_a else "target"
        raise ReformError(f"the {side} has no words to compare; name documents for both")
    found = [_row(word, ours[word], theirs[word], (whole_a, whole_b), measure, spread[word])
             for word in {**ours, **theirs} if ours[word] + theirs[word] >= least]
    found.sort(key=lambda row: (-abs(row[measure]), -row["log_likelihood"], row["word"]))
    if top is None:
        return found
    kept = [row for side in ("target", "reference") for row in [r for r in found if r["side"] == side][:top]]
    return sorted(kept, key=lambda row: (-abs(row[measure]), -row["log_likelihood"], row["word"]))


def _counted(documents: Iterable[Document], spread: Counter[str]) -> Counter[str]:
    counts: Counter[str] = Counter()
    for document in documents:
        found = Counter(words(document))
        counts += found
        spread.update(found.keys())
    return counts


def _row(word: str, a: int, b: int, whole: tuple[int, int], measure: str, spread: int) -> Row:
    g2, chi, ratio = (of(a, b, *whole) for of in (log_likelihood, chi_square, log_ratio))
    rates = a / whole[0], b / whole[1]
    return {
        "word": word, "side": "target" if rates[0] >= rates[1] else "reference", "target_count": a,
        "reference_count": b, "target_rate": round(1e6 * rates[0], 2), "reference_rate": round(1e6 * rates[1], 2),
        "log_likelihood": round(g2, 4), "chi_square": round(chi, 4),
        "p": p_value(chi if measure == "chi_square" else g2),
        "log_ratio": round(ratio, 4), "documents": spread,
    }
