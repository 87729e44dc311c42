"""Teaches a theme model from coded texts; scikit-learn is needed here and nowhere else.

The model is a logistic regression over character n-grams (tf-idf) and the lexicon's scores, blended with the
lexicon's own scores. How much of each is chosen by log loss on documents that the folds held back, and those
same held-back scores give every figure that is reported.
"""

from __future__ import annotations

import hashlib
import platform
import random
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np

from nlp_reform.classify import evaluation, features, lexical, model, scan
from nlp_reform.classify.codebook import Codebook
from nlp_reform.classify.labels import Label
from nlp_reform.classify.scan import Floats, Ints

FOLDS = 5
_SCALE = 2.0
"""How strongly the lexicon's scores enter beside the n-grams, whose rows have length 1."""
_STRENGTH = 5.0
"""Inverse regularization of the logistic regression. Stronger makes it overrate itself where terms are new."""
_BLENDS = (0.0, 0.3, 0.5, 1.0)
_FLOOR = 0.002
_EXAMPLE = 0.1
"""Weight of a codebook's example sentence beside a coded text."""
_MOST_GRAMS = 20_000
_VOCABULARY_FROM = 20_000
"""Texts from which n-grams are collected: more add rare ones only."""
_CROSS_FROM = 3_000
"""Texts used for cross-validation when there are more: a sample of whole documents."""
_CURVE = (0.25, 0.5, 0.75)
_RARE_GUESS = 1 / 3
"""Scores so low that fewer than this share of best guesses are right call for abstaining."""


@dataclass(frozen=True, slots=True)
class Trained:
    """A trained model ready to be saved: arrays for npz, n-grams, manifest and the held-back figures."""

    arrays: dict[str, Any]
    grams: list[str]
    manifest: dict[str, Any]
    figures: evaluation.Figures
    baseline: evaluation.Figures


@dataclass(frozen=True, slots=True)
class _Data:
    """Texts with lexicon evidence, codes as indices, documents, and weights."""

    texts: list[str]
    codes: list[list[int]]
    documents: list[str]
    weights: Floats
    evidence: Floats

    def take(self, rows: Ints) -> _Data:
        """Return some of the rows."""
        return _Data([self.texts[i] for i in rows], [self.codes[i] for i in rows], [self.documents[i] for i in rows],
                     self.weights[rows], self.evidence[rows])

    def __add__(self, other: _Data) -> _Data:
        """Return the rows of both."""
        return _Data(self.texts + other.texts, self.codes + other.codes, self.documents + other.documents,
                     np.concatenate((self.weights, other.weights)), np.concatenate((self.evidence, other.evidence)))


@dataclass(frozen=True, slots=True)
class _Fit:
    grams: list[str]
    idf: Floats
    weights: Floats
    lexical: Floats
    bias: Floats

    def learned(self, data: _Data, multi: bool) -> Floats:
        """Return what the regression alone gives each label."""
        joined = scan.join(data.texts)
        logits = features.times(features.rows(joined, scan.Vocabulary(self.grams), self.idf), self.weights)
        logits += (_SCALE * lexical.scores(data.evidence, multi)) @ self.lexical + self.bias
        if multi:
            return np.asarray(1.0 / (1.0 + np.exp(-logits)), dtype=np.float32)
        powers = np.exp(logits - logits.max(axis=1, keepdims=True))
        return np.asarray(powers / powers.sum(axis=1, keepdims=True), dtype=np.float32)


def train(
    labels: Sequence[Label], book: Codebook, *, level: int | None = None, extra: Sequence[Label] = (),
    described: str = "", seed: int = 0, progress: Callable[[str], None] = lambda _: None,
) -> Trained:
    """Train a model on coded texts, and try it on documents held back.

    `extra` are coded texts of lesser weight that only ever train, beside the codebook's own examples;
    `described` says in words what the labels are. Texts must be Simplified. Every class of `level` that has
    neither label nor example can still be found by the lexicon's share of the blend.
    """
    depth = level or book.level
    names = book.labels(depth)
    data = _data(labels, book, depth, 1.0)
    examples = [Label(text, (book.roll_up(code.code, depth),), f"examples of {code.code}", 0)
                for code in book.codes for text in code.examples if book.roll_up(code.code, depth) in names]
    taught = _data([*examples, *extra], book, depth, _EXAMPLE)
    sample = data.take(_whole_documents(data.documents, _CROSS_FROM, seed))
    progress(f"cross-validation on {len(sample.texts)} texts")
    held, curve = _held_back(sample, taught, book.multi, seed)
    own = lexical.scores(sample.evidence, book.multi)
    blend = min(_BLENDS, key=lambda share: _loss(_blended(held, own, share, book.multi), sample.codes, book.multi))
    scores = _blended(held, own, blend, book.multi)
    threshold = _threshold(scores, sample.codes)
    progress(f"training on {len(data.texts)} texts")
    fit = _fit(data + taught, book.multi, seed)
    figures = evaluation.figures(scores, sample.codes, names, threshold)
    baseline = evaluation.figures(lexical.answers(sample.evidence, book.multi), sample.codes, names)
    manifest = {
        "schema": model.SCHEMA, "codebook": book.id, "codebook_version": book.version, "level": depth,
        "fingerprint": model.fingerprint(book), "labels": list(names), "scale": _SCALE, "blend": blend,
        "floor": _FLOOR, "threshold": threshold,
        "training": {
            "described": described, "texts": len(labels), "documents": len(set(data.documents)),
            "classes": dict(sorted(Counter(names[code] for codes in data.codes for code in codes).items())),
            "extra": len(extra), "examples": len(examples), "seed": seed,
            "sha256": hashlib.sha256("\n".join(sorted(f"{'+'.join(one.codes)}\t{one.text}" for one in labels))
                                     .encode("utf-8", "surrogatepass")).hexdigest(),
        },
        "figures": {"held_back": asdict(figures), "lexicon_only": asdict(baseline), "learning_curve": curve,
                    "folds": FOLDS, "texts": len(sample.texts)},
        "versions": _versions(),
    }
    arrays = {"idf": fit.idf.astype(np.float16), "weights": fit.weights.astype(np.float16),
              "lexical": fit.lexical, "bias": fit.bias}
    return Trained(arrays, fit.grams, manifest, figures, baseline)


def _data(labels: Sequence[Label], book: Codebook, level: int, weight: float) -> _Data:
    given = lexical.lexicon(book, level)
    column = {name: index for index, name in enumerate(given.labels)}
    texts = [one.text for one in labels]
    parts = [lexical.evidence(scan.join(texts[start:start + 2_000]), given) for start in range(0, len(texts), 2_000)]
    evidence = np.concatenate(parts) if parts else np.zeros((0, len(column)), dtype=np.float32)
    return _Data(texts, [[column[code] for code in one.codes] for one in labels], [one.document for one in labels],
                 np.full(len(texts), weight, dtype=np.float32), evidence)


def folds(documents: Sequence[str], count: int, seed: int) -> Ints:
    """Return each text's fold: whole documents together, folds of about equal size, the same on every machine."""
    sizes = Counter(documents)
    order = sorted(sizes, key=lambda name: hashlib.sha256(f"{seed}:{name}".encode()).hexdigest())
    load = [0] * count
    home: dict[str, int] = {}
    for name in sorted(order, key=lambda name: -sizes[name]):
        home[name] = load.index(min(load))
        load[home[name]] += sizes[name]
    return np.array([home[name] for name in documents], dtype=np.int64)


def _whole_documents(documents: Sequence[str], most: int, seed: int) -> Ints:
    """Return the rows of a sample of whole documents, at most about `most`; all of them when they are few."""
    names = sorted(set(documents), key=lambda name: hashlib.sha256(f"{seed}:{name}".encode()).hexdigest())
    sizes = Counter(documents)
    kept: set[str] = set()
    total = 0
    for name in names:
        if total and total + sizes[name] > most:
            break
        kept.add(name)
        total += sizes[name]
    return np.array([row for row, name in enumerate(documents) if name in kept], dtype=np.int64)


def _held_back(data: _Data, taught: _Data, multi: bool, seed: int) -> tuple[Floats, list[dict[str, float]]]:
    """Return held-back regression scores, and top-1 accuracy with a growing share of the documents."""
    fold = folds(data.documents, FOLDS, seed)
    held = np.zeros(data.evidence.shape, dtype=np.float32)
    curve = []
    for share in (*_CURVE, 1.0):
        for one in range(FOLDS):
            train_rows, test_rows = np.flatnonzero(fold != one), np.flatnonzero(fold == one)
            if not len(train_rows) or not len(test_rows):
                continue
            kept = data.take(train_rows)
            if share < 1:
                kept = kept.take(_whole_documents(kept.documents, int(share * len(train_rows)), seed + 1))
            held[test_rows] = _fit(kept + taught, multi, seed).learned(data.take(test_rows), multi)
        right = [int(row.argmax()) in codes for row, codes in zip(held, data.codes, strict=True)]
        curve.append({"share": share, "top1": round(float(np.mean(right)), 4)})
    return held, curve


def _fit(data: _Data, multi: bool, seed: int) -> _Fit:
    from scipy.sparse import csr_matrix, hstack

    grams = _choose_grams(data.texts, seed)
    vocabulary = scan.Vocabulary(grams)
    joined = scan.join(data.texts)
    ones = features.rows(joined, vocabulary, np.ones(len(grams), dtype=np.float32))
    seen = np.bincount(ones.columns, minlength=len(grams))
    idf = (np.log((1 + len(data.texts)) / (1 + seen)) + 1).astype(np.float16).astype(np.float32)
    given = features.rows(joined, vocabulary, idf)
    own = _SCALE * lexical.scores(data.evidence, multi)
    matrix = hstack([csr_matrix((given.values, given.columns, given.starts), shape=(len(data.texts), len(grams))),
                     csr_matrix(own)]).tocsr()
    weights, bias = _regress(matrix, data, multi, own.shape[1])
    return _Fit(grams, idf, weights[:len(grams)], weights[len(grams):], bias)


def _regress(matrix: Any, data: _Data, multi: bool, labels: int) -> tuple[Floats, Floats]:
    """Return weights `[feature, label]` and biases; a label without any text gets a bias that rules it out."""
    from sklearn.linear_model import LogisticRegression

    weights = np.zeros((matrix.shape[1], labels), dtype=np.float32)
    bias = np.full(labels, -12.0, dtype=np.float32)
    steps = 200 if len(data.texts) < 20_000 else 40
    if multi:
        for label in range(labels):
            true = np.array([label in codes for codes in data.codes])
            if true.any() and not true.all():
                one = LogisticRegression(C=_STRENGTH, max_iter=steps).fit(matrix, true, data.weights)
                weights[:, label], bias[label] = one.coef_[0], one.intercept_[0]
        return weights, bias
    first = np.array([codes[0] for codes in data.codes])
    if len(set(first.tolist())) == 1:
        bias[first[0]] = 0.0
        return weights, bias
    fitted = LogisticRegression(C=_STRENGTH, max_iter=steps).fit(matrix, first, data.weights)
    if len(fitted.classes_) == 2:
        weights[:, fitted.classes_[1]], bias[fitted.classes_] = fitted.coef_[0], [0.0, fitted.intercept_[0]]
        return weights, bias
    weights[:, fitted.classes_], bias[fitted.classes_] = fitted.coef_.T, fitted.intercept_
    return weights, bias


def _choose_grams(texts: Sequence[str], seed: int) -> list[str]:
    """Return the n-grams that stand in two texts or more, the commonest first when there are too many; sorted."""
    if len(texts) > _VOCABULARY_FROM:
        texts = random.Random(seed).sample(list(texts), _VOCABULARY_FROM)  # noqa: S311
    seen = features.count_grams(texts)
    return sorted(sorted(seen, key=lambda gram: (-seen[gram], gram))[:_MOST_GRAMS])


def _blended(learned: Floats, own: Floats, share: float, multi: bool) -> Floats:
    if not multi:
        own = own + np.float32(_FLOOR)
        own = own / own.sum(axis=1, keepdims=True)
    return np.asarray((1 - share) * learned + share * own, dtype=np.float32)


def _loss(scores: Floats, codes: Sequence[Sequence[int]], multi: bool) -> float:
    """Return the mean negative log of what the right codes were given, with `multi` of the wrong ones too."""
    true = np.zeros(scores.shape, dtype=bool)
    for text, given in enumerate(codes):
        true[text, list(given)] = True
    sure = np.clip(scores, 1e-6, 1 - 1e-6)
    loss = -np.log(sure[true]).sum()
    if multi:
        loss -= np.log(1 - sure[~true]).sum()
    return float(loss / len(scores))


def _threshold(scores: Floats, codes: Sequence[Sequence[int]]) -> float:
    """Return the score under which best guesses are mostly wrong: what lies below is right less than a third."""
    best = scores.max(axis=1)
    right = np.array([int(row.argmax()) in given for row, given in zip(scores, codes, strict=True)])
    for step in (0.2, 0.15, 0.1):
        below = best < step
        if below.any() and right[below].mean() < _RARE_GUESS and below.mean() <= 0.05:
            return step
    return 0.05


def _versions() -> dict[str, str]:
    import sklearn

    return {"python": platform.python_version(), "numpy": np.__version__, "scikit-learn": str(sklearn.__version__)}


def apply(trained: Trained, texts: Sequence[str], book: Codebook) -> Floats:
    """Return `score[text, label]` of a model that has not been saved, as the saved one would give it."""
    made = trained.manifest
    idf, weights, own, bias = (np.asarray(trained.arrays[name], dtype=np.float32)
                               for name in ("idf", "weights", "lexical", "bias"))
    ready = model.ThemeModel(
        book.id, made["level"], tuple(made["labels"]), book.multi, scan.Vocabulary(trained.grams),
        idf, weights, own, bias, made["scale"], made["blend"], made["floor"], made["threshold"], made,
    )
    joined = scan.join(texts)
    return ready.scores(joined, lexical.evidence(joined, lexical.lexicon(book, made["level"])))
