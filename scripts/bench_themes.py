"""Prints the figures of the theme classifier beside their baselines; nothing here is timed for a test.

python scripts/bench_themes.py [societies] [govcn] [marked] [demo] [speed] [train100k]
"""

from __future__ import annotations

import hashlib
import json
import random
import re
import sys
import time
from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import numpy as np
from train_themes import CORPUS, ROOT, marked, paragraphs, titles

from nlp_reform.classify import classify, codebook, evaluation, lexical, scan, themes, training
from nlp_reform.classify.labels import Label
from nlp_reform.classify.scan import Floats
from nlp_reform.normalise.script import simplify

CODES = ("governance", "secretariat", "membership", "academic", "popularization", "thinktank", "international", "party")


def line(name: str, figures: evaluation.Figures) -> None:
    """Print one row of figures."""
    print(f"{name:34} top-1 {figures.top1:.3f}  top-3 {figures.top3:.3f}  macro F1 {figures.macro_f1:.3f}  "
          f"ECE {figures.ece:.3f}  majority {figures.majority:.3f}  n {figures.texts}")


def measure(texts: Sequence[str], gold: Sequence[str], book: str, using: str | None = None) -> evaluation.Figures:
    """Measure the classifier as it ships."""
    names, scores = themes.score(texts, book, using=using)
    return evaluation.figures(scores, [[names.index(code)] for code in gold], names)


def societies() -> None:
    """Print the seed directives into `societies`, from their text without section headings."""
    gold = json.loads((CORPUS.parent / "gold" / "seed-2018.json").read_text(encoding="utf-8"))
    text = (CORPUS.parent / gold["document"]).read_text(encoding="utf-8")
    items = sorted(gold["structure"]["items"], key=lambda item: int(item["start"]))
    ends = [int(item["start"]) for item in items[1:]] + [len(text)]
    section, texts, codes = -1, [], []
    for item, end in zip(items, ends, strict=True):
        if not item["directive"]:
            section += 1
            continue
        texts.append(simplify(text[item["start"]:end])[0])
        codes.append(CODES[section])
    line("societies, seed directives", measure(texts, codes, "societies"))


def demo() -> None:
    """Print the directives of the demo corpus into `societies`, without and with their section's heading."""
    texts, codes, headings = [], [], []
    for path in sorted((ROOT / "corpora" / "societies-demo" / "gold").glob("*.gold.txt")):
        raw = path.read_text(encoding="utf-8")
        places = [*re.finditer(r"⟦[^⟦⟧|]*\|i ([^⟧]*)⟧", raw), None]
        heading = ""
        for here, after in pairwise(places):
            if here is None:
                continue
            theme = re.search(r"theme=societies:(\w+)", here.group(1))
            title = re.search(r'heading="([^"]*)"', here.group(1))
            if theme is None:
                heading = title.group(1) if title and "directive=no" in here.group(1) else heading
                continue
            body = raw[here.end():after.start() if after else len(raw)]
            texts.append(simplify(re.sub(r"\|[a-z]+(?: [a-z_]+=(?:\"[^\"]*\"|[^\s⟧]+))*|⟦[PRC]-?⟧|[⟦⟧]", "", body))[0])
            codes.append(theme.group(1))
            headings.append(heading)
    line("societies, demo directives", measure(texts, codes, "societies"))
    given = lexical.lexicon(codebook.load("societies"))
    weighed = lexical.evidence(scan.join(texts), given) + 0.5 * lexical.evidence(scan.join(headings), given)
    gold = [[given.labels.index(code)] for code in codes]
    line("  with section heading", evaluation.figures(lexical.answers(weighed), gold, given.labels))


def govcn() -> None:
    """Print classifiers compared on paragraphs held back by document: lexicon, linear, naive Bayes, blend."""
    book = codebook.load("govcn")
    given = paragraphs(book)
    names = book.labels()
    gold = [[names.index(one.codes[0])] for one in given]
    read = np.array([int(hashlib.sha256(one.document.encode()).hexdigest(), 16) % 2 == 0 for one in given])
    own = measure([one.text for one in given], [one.codes[0] for one in given], "govcn", themes.LEXICON)
    line("majority / lexicon only", own)
    for name, use in (("never read while terms were written", ~read), ("read", read)):
        part = [one for one, take in zip(given, use.tolist(), strict=True) if take]
        texts = [one.text for one in part]
        line(f"  lexicon, {name}"[:34], measure(texts, [one.codes[0] for one in part], "govcn", themes.LEXICON))
    fold = training.folds([one.document for one in given], training.FOLDS, 0)
    for name, words, bayes in (
        ("characters 1-3, logistic", False, False), ("characters 1-3, complement NB", False, True),
        ("words + characters, logistic", True, False), ("words + characters, CNB", True, True),
    ):
        line(name, evaluation.figures(_plain_learners(given, gold, fold, len(names), words, bayes), gold, names))
    trained = training.train(given, book, extra=titles(book))
    line("characters + lexicon, blended", trained.figures)
    held, rows = held_back(given, book)
    for name, use in (("never read", ~read), ("read", read)):
        taken = np.flatnonzero(use[rows])
        line(f"  blended, {name}", evaluation.figures(held[taken], [gold[rows[i]] for i in taken], names))


def held_back(given: Sequence[Label], book: codebook.Codebook) -> tuple[Floats, Any]:
    """Return each paragraph's scores by a whole model trained without its document, fold by fold."""
    fold = training.folds([one.document for one in given], training.FOLDS, 0)
    scores, order = [], []
    for one in range(training.FOLDS):
        test = np.flatnonzero(fold == one)
        trained = training.train([given[i] for i in np.flatnonzero(fold != one).tolist()], book, extra=titles(book))
        scores.append(training.apply(trained, [given[i].text for i in test.tolist()], book))
        order.append(test)
    return np.concatenate(scores), np.concatenate(order)


def _plain_learners(given: Sequence[Label], gold: list[list[int]], fold: Any, size: int, words: bool,
                    bayes: bool) -> Floats:
    from scipy.sparse import hstack
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.linear_model import LogisticRegression
    from sklearn.naive_bayes import ComplementNB

    from nlp_reform.tokens import segmenter

    texts = [one.text for one in given]
    codes = np.array([code[0] for code in gold])
    scores = np.zeros((len(texts), size), dtype=np.float32)
    for one in range(training.FOLDS):
        train, test = np.flatnonzero(fold != one), np.flatnonzero(fold == one)
        makers = [TfidfVectorizer(analyzer="char", ngram_range=(1, 3), min_df=2, sublinear_tf=True)]
        if words:
            makers.append(TfidfVectorizer(analyzer=segmenter().cut, min_df=2, sublinear_tf=True))
        matrix = hstack([maker.fit_transform([texts[i] for i in train]) for maker in makers]).tocsr()
        model = ComplementNB(alpha=0.3) if bayes else LogisticRegression(C=10, max_iter=200)
        model.fit(matrix, codes[train])
        found = model.predict_proba(hstack([maker.transform([texts[i] for i in test]) for maker in makers]).tocsr())
        scores[test[:, None], model.classes_[None, :]] = found
    return scores


def passes() -> None:
    """Print agreement on `cap` and `instruments` (pass 3: a blind second coder), and both scorers against each."""
    for name in ("cap", "instruments"):
        book = codebook.load(name)
        items = {number: json.loads((ROOT / "tests" / "gold" / "themes" / f"pass{number}.json").read_text())["items"]
                 for number in (1, 2, 3)}
        coded = {number: [(book.roll_up(item[name]) if item[name] else "none") for item in one]
                 for number, one in items.items()}
        for other in (2, 3):
            same = float(np.mean([a == b for a, b in zip(coded[1], coded[other], strict=True)]))
            kappa = evaluation.kappa(coded[1], coded[other])
            print(f"{name}: passes 1 and {other} agree on {same:.3f}, kappa {kappa:.3f}")
        for number in items:
            given = marked(book, agreed=False, number=number)
            texts, codes = [one.text for one in given], [one.codes[0] for one in given]
            line(f"  lexicon, pass {number}", measure(texts, codes, name, themes.LEXICON))
            line(f"  model, held back, pass {number}", training.train(given, book).figures)


def speed() -> None:
    """Print loading time and directives a second, 120 characters each."""
    source = (CORPUS / "gwr-2018.txt").read_text(encoding="utf-8").replace("\n", "")
    chance = random.Random(1)
    texts = [source[i:i + 120] for i in (chance.randrange(len(source) - 120) for _ in range(20_000))]
    for name in codebook.available():
        start = time.perf_counter()
        classify(texts[:1], name)
        loaded, used = time.perf_counter(), time.process_time()
        classify(texts, name)
        rate, busy = (len(texts) / took for took in (time.perf_counter() - loaded, time.process_time() - used))
        print(f"{name:14} load {loaded - start:.3f} s, {rate:,.0f} directives/s, {busy:,.0f} a second of processor")


def train100k() -> None:
    """Print how long training on 100,000 made-up labelled directives takes, and the memory it takes."""
    import resource

    book = codebook.load("govcn")
    source = "".join(path.read_text(encoding="utf-8") for path in sorted(CORPUS.glob("gwr-20*.txt"))).replace("\n", "")
    chance = random.Random(1)
    texts = [source[i:i + 120] for i in (chance.randrange(len(source) - 120) for _ in range(100_000))]
    codes = [found[0][0] if found else "22" for found in classify(texts, "govcn", 1, using=themes.LEXICON)]
    given = [Label(text, (code,), f"d{i // 40}", i) for i, (text, code) in enumerate(zip(texts, codes, strict=True))]
    start, used = time.perf_counter(), time.process_time()
    training.train(given, book, progress=print)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"100,000 labelled directives: {time.perf_counter() - start:.0f} s, "
          f"{time.process_time() - used:.0f} s of processor, peak {peak:,.0f} MB")


ALL = {"societies": societies, "demo": demo, "govcn": govcn, "marked": passes, "speed": speed,
       "train100k": train100k}

if __name__ == "__main__":
    for wanted in sys.argv[1:] or list(ALL):
        ALL[wanted]()
