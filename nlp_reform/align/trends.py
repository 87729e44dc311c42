"""Indicators over the years, and the phrases and words by which years differ."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from nlp_reform.align.history import Key, Trend, Use
from nlp_reform.align.records import Aim, Comparison, Result, TargetPair
from nlp_reform.lexis import log_likelihood, words
from nlp_reform.model import Document
from nlp_reform.tokens import mainland

_KEYS = 20
"""Words shown for each side of two years."""
_LEAST = 10.83
"""Log-likelihood at p < 0.001: below it a word is no key word."""


class _Series:
    """Numbers the series of an indicator: by the pair that links two years, else by its name, unit and kind."""

    def __init__(self) -> None:
        self._linked: dict[tuple[int, int], int] = {}
        self._named: dict[tuple[str, str, str], int] = {}
        self._count = 0

    def number(self, n: int, pair: TargetPair) -> int:
        """Return the series of a pair of documents `n` and `n + 1`."""
        shown = pair.before or pair.after
        name = pair.indicator, shown.unit if shown else "", str(shown.target.get("change")) if shown else ""
        number = self._linked.get((n, pair.before.start or 0)) if pair.before else None
        if number is None and pair.indicator:
            number = self._named.get(name)
        if number is None:
            number = self._count
            self._count += 1
        self._named.setdefault(name, number)
        if pair.after:
            self._linked[n + 1, pair.after.start or 0] = number
        return number


def find_trends(documents: Sequence[Document], comparisons: Sequence[Comparison]) -> Iterator[Trend]:
    """Yield each indicator's targets in order of series and document; one named again after a gap goes on."""
    series = _Series()
    found: list[Trend] = []
    for n, comparison in enumerate(comparisons):
        results = {result.target.start: result for result in comparison.outcomes}
        for pair in comparison.targets:
            number = series.number(n, pair)
            if pair.before:
                result = results.get(-1 if pair.before.start is None else pair.before.start)
                found.append(_trend(number, documents[n], pair.indicator, pair.before, result))
            if pair.after and n == len(comparisons) - 1:
                found.append(_trend(number, documents[n + 1], pair.indicator, pair.after, None))
    order = {document.id: n for n, document in enumerate(documents)}
    yield from sorted(found, key=lambda trend: (trend.series, order[trend.document]))


def _trend(number: int, document: Document, indicator: str, aim: Aim, result: Result | None) -> Trend:
    return Trend(
        number, indicator, document.id, document.year, aim.text, aim.value, aim.unit, aim.comparator,
        bool(aim.target.get("explicitly_absent")), result.achieved.text if result else None,
        result.achieved.value if result else None, result.verdict if result else None,
    )


def find_uses(documents: Sequence[Document], phrases: Sequence[str]) -> Iterator[Use]:
    """Yield how often each phrase stands in each document; phrases are Simplified, blanks and script do not matter."""
    texts = ["".join(mainland(document.view.text).split()) for document in documents]
    for phrase in phrases:
        plain = "".join(mainland(phrase).split())
        counts = [text.count(plain) if plain else 0 for text in texts]
        seen = [n for n, count in enumerate(counts) if count]
        for n, (document, count) in enumerate(zip(documents, counts, strict=True)):
            share = round(10_000 * count / max(1, len(texts[n])), 3)
            yield Use(phrase, document.id, document.year, count, share, bool(seen) and n == seen[0],
                      bool(seen) and n == seen[-1])


def find_keys(documents: Sequence[Document]) -> Iterator[Key]:
    """Yield the key words between each two neighbouring documents: log-likelihood (Dunning 1993), p < 0.001."""
    counts = [Counter(words(document)) for document in documents]
    for n in range(len(documents) - 1):
        one, other = counts[n], counts[n + 1]
        totals = sum(one.values()) or 1, sum(other.values()) or 1
        scored = []
        for word in sorted(set(one) | set(other)):
            value = log_likelihood(one[word], other[word], *totals)
            if value >= _LEAST:
                scored.append((-value, word))
        kept: Counter[str] = Counter()
        for value, word in sorted(scored):
            side = "after" if other[word] / totals[1] > one[word] / totals[0] else "before"
            kept[side] += 1
            if kept[side] <= _KEYS:
                yield Key(word, documents[n].id, documents[n + 1].id, one[word], other[word], round(-value, 2),
                          "after" if side == "after" else "before")
