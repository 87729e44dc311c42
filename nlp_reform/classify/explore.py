"""Looks around before coding: which words mark a theme, a section or a year, and an optional topic view."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from nlp_reform.lexis import cut, log_likelihood, log_ratio


class Key(NamedTuple):
    """A word that marks a group.

    `inside` and `outside` are its occurrences inside and outside the group; `log_likelihood` is Dunning's G²
    (3.84 is p < .05, 15.13 p < .0001); `log_ratio` is the binary log of the relative frequencies, so 1 means
    twice as frequent.
    """

    group: str
    word: str
    inside: int
    outside: int
    log_likelihood: float
    log_ratio: float


class Topic(NamedTuple):
    """A topic of the exploratory view: its words, and the texts it weighs most in. Not a coding."""

    number: int
    words: tuple[str, ...]
    share: float
    texts: tuple[int, ...]


def keyness(groups: Mapping[str, Sequence[str]], top: int = 20, least: int = 3) -> list[Key]:
    """Return for each group the `top` words that mark it against all other groups, strongest first.

    Groups are texts by theme, section or year; a group alone gets nothing, having nothing to stand out from.
    Words that occur fewer than `least` times in the group are left out. Signs of rarity are not reported:
    only words more frequent inside than outside.
    """
    counts = {group: Counter(word for text in texts for word in cut(text)) for group, texts in groups.items()}
    whole: Counter[str] = Counter()
    for counted in counts.values():
        whole.update(counted)
    total = sum(whole.values())
    found: list[Key] = []
    for group, counted in counts.items():
        inside = sum(counted.values())
        outside = total - inside
        if not inside or not outside:
            continue
        keys = [_key(group, word, count, whole[word] - count, inside, outside)
                for word, count in counted.items() if count >= least]
        keys = [key for key in keys if key.log_ratio > 0]
        found += sorted(keys, key=lambda key: (-key.log_likelihood, key.word))[:top]
    return found


def _key(group: str, word: str, count: int, rest: int, inside: int, outside: int) -> Key:
    likelihood, ratio = (of(count, rest, inside, outside) for of in (log_likelihood, log_ratio))
    return Key(group, word, count, rest, round(likelihood, 2), round(ratio, 2))


def topics(texts: Sequence[str], count: int = 10, top: int = 10, seed: int = 0) -> list[Topic]:
    """Return an exploratory topic view (non-negative matrix factorization of tf-idf words), largest topic first.

    It finds what stands together in these texts; its topics have no names and are no codes. Fewer come back
    when the texts do not carry `count`.
    """
    from sklearn.decomposition import NMF
    from sklearn.feature_extraction.text import TfidfVectorizer

    found = [cut(text) for text in texts]
    if sum(bool(line) for line in found) < 2:
        return []
    vectorizer = TfidfVectorizer(analyzer=lambda line: line, min_df=2 if len(texts) >= 10 else 1, sublinear_tf=True)
    try:
        matrix = vectorizer.fit_transform(found)
    except ValueError:
        return []
    parts = max(1, min(count, *matrix.shape))
    model = NMF(n_components=parts, init="nndsvda", random_state=seed, max_iter=400)
    weights = model.fit_transform(matrix)
    names = vectorizer.get_feature_names_out()
    whole = weights.sum() or 1.0
    order = sorted(range(parts), key=lambda topic: -weights[:, topic].sum())
    return [Topic(number, tuple(str(names[i]) for i in (-model.components_[topic]).argsort(kind="stable")[:top]),
                  round(float(weights[:, topic].sum() / whole), 4),
                  tuple(int(i) for i in (-weights[:, topic]).argsort(kind="stable")[:5] if weights[i, topic] > 0))
            for number, topic in enumerate(order, start=1)]
