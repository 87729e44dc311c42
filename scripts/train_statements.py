"""Train the weights that type sentences, from tuning gold, and tell how well they do on documents left out.

    train_statements.py [--leave-one-out] [-o models/statements]

Reads `../shared/gold`, `tests/gold/dev*` and `models/statements/labels.json` (offsets only). Writes `weights.npz`
(feature names, one row of weights a feature, bias; no pickle) and `manifest.json`. scikit-learn trains; the
package scores with numpy.
"""

from __future__ import annotations

import argparse
import json
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple, cast

import numpy as np

from nlp_reform import normalise, segment
from nlp_reform.evaluate.gold import load_all
from nlp_reform.extract.features import VALUED, features
from nlp_reform.extract.parts import Part
from nlp_reform.extract.rules import states
from nlp_reform.extract.signs import Shown, shown
from nlp_reform.extract.weighing import FEATURES, trust, with_rules
from nlp_reform.model import Document, Source

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared"
KINDS = ("prescriptive", "reported", "context")
STRENGTH = 1.0
"""Inverse of the penalty; .1 and .3 gave the same within .002 when documents were left out."""


SMALLEST = 0.05
"""Features that weigh less are left out: 99.95 % of the sentences of the corpus keep their kind."""


class Sample(NamedTuple):
    """A marked sentence: its document, features and kind; `gold` tells double-checked marks from helping ones."""

    document: str
    row: dict[str, float]
    kind: str
    gold: bool


DEMO = "demo:"
"""Names of the demo documents in the training data: `demo:2018:bare` is that of 2018 without its head."""


def read(text: str, name: str = "") -> Document:
    """Return a text with its sentences and metadata."""
    document = Document(id="d", text=text, source=Source(name, "text/plain", "utf-8", ""))
    for find in (normalise.find, segment.find_structure, segment.find_sentences, segment.find_metadata):
        found = {key: value for key, value in find(document).items() if key != "notes"}
        document = replace(document, **found)
    return document


def gather() -> list[Sample]:
    """Return all marked sentences with the features of the sentence that covers most of each."""
    marks: dict[str, list[tuple[int, int, str, bool]]] = {}
    for path in (*sorted((SHARED / "gold").glob("*.json")), *sorted((ROOT / "tests/gold").glob("dev*/*.json"))):
        gold: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        marks.setdefault(gold["document"], []).extend(
            (s["start"], s["end"], s["kind"], True) for s in gold["statements"] if s["scored"])
    extra = json.loads((ROOT / "models/statements/labels.json").read_text(encoding="utf-8"))
    names = {kind[0]: kind for kind in KINDS}
    for name, rows in extra.items():
        marks.setdefault(name, []).extend((a, b, names[kind], False) for a, b, kind in rows)
    found = [sample for name in sorted(marks)
             for sample in samples(name, (SHARED / name).read_bytes().decode("utf-8"), marks[name])]
    return found + list(demo())


def demo() -> Iterator[Sample]:
    """Yield the sentences of the demo corpus, as they are and with the title blanked (what a cut-out passage shows).

    The cleaned copy is always Simplified, so that a variant in the other script would be the same again.
    """
    for gold in load_all([ROOT / "corpora/societies-demo/gold"]):
        text = gold.document.text
        marks = [(s.start, s.end, s.kind, True) for s in gold.document.statements if s.id not in gold.unscored]
        yield from samples(f"{DEMO}{gold.name}:own", text, marks)
        head = text.index("\n\n", 200)
        bare = re.sub(r"[^\n]", " ", text[:head]) + text[head:]
        yield from samples(f"{DEMO}{gold.name}:bare", bare, [mark for mark in marks if mark[0] >= head])


def samples(name: str, text: str, marks: Sequence[tuple[int, int, str, bool]]) -> list[Sample]:
    """Pair the marks of one document with its sentences."""
    document = read(text, name)
    rows = list(features(document, shown(document)))
    spans = [document.view.span(s.start, s.end) for s in document.sentences]
    found = []
    for start, end, kind, gold in marks:
        shared = [min(b, end) - max(a, start) for a, b in spans]
        best = int(np.argmax(shared)) if shared else -1
        if best >= 0 and shared[best] > 0:
            found.append(Sample(name, rows[best], kind, gold))
    return found


def fit(train: list[Sample]) -> tuple[Any, Any]:
    """Return vectoriser and classifier; features seen once are left out."""
    from sklearn.feature_extraction import DictVectorizer
    from sklearn.linear_model import LogisticRegression

    seen = Counter(name for sample in train for name in sample.row)
    vectors = DictVectorizer(dtype=np.float32)
    rows = [{name: value for name, value in sample.row.items() if seen[name] > 1} for sample in train]
    table = vectors.fit_transform(rows)
    model = LogisticRegression(C=STRENGTH, max_iter=3000, class_weight="balanced")
    return vectors, model.fit(table, [sample.kind for sample in train])


def leave_one_out(data: list[Sample]) -> dict[str, Any]:
    """Return macro-F1 and F1 by kind, every document scored by a model that saw neither it nor a variant of it.

    Rows: the shared and dev gold with and without the demo corpus in training; the demo corpus, its own year left
    out, and with no demo document in training at all.
    """
    rest = [sample for sample in data if not sample.document.startswith(DEMO)]
    plain = [sample for sample in data if sample.document.startswith(DEMO) and sample.document.endswith(":own")]
    return {
        "gold": _held(rest, data), "gold, no demo in training": _held(rest, rest),
        "demo": _held(plain, data), "demo, no demo in training": _held(plain, rest)}


def predict(vectors: Any, model: Any, test: list[Sample]) -> list[str]:
    """Return the kinds the package would give: the model's probabilities with the rules' word added."""
    rules = [next(name for name in sample.row if name.startswith("rule:"))[5:] for sample in test]
    items = [_shown(sample) for sample in test]
    kinds = list(model.classes_)
    total = model.decision_function(vectors.transform([sample.row for sample in test])).astype(np.float32)
    likely = with_rules(total, [(kinds.index(kind), trust(item)) for kind, item in zip(rules, items, strict=True)])
    likely[[states(item) for item in items], kinds.index("prescriptive")] = -1
    return [kinds[n] for n in np.argmax(likely, axis=1)]


def _shown(sample: Sample) -> Shown:
    """Return the signs of a sample and its part, read back from its features."""
    part = next(name for name in sample.row if name.startswith("p:"))[2:]
    signs = frozenset(name[2:] for name in sample.row if name.startswith("s:") and ":" not in name[2:])
    return Shown(signs, cast(Part, part), "", 0, "", spoken="h:" in sample.row)


def _held(tested: list[Sample], data: list[Sample]) -> dict[str, Any]:
    """Score the gold sentences of each document by a model of the rest of the data."""
    from sklearn.metrics import f1_score

    truth: list[str] = []
    given: list[str] = []
    for name in sorted({_family(sample.document) for sample in tested}):
        test = [sample for sample in tested if _family(sample.document) == name and sample.gold]
        if test:
            vectors, model = fit([sample for sample in data if _family(sample.document) != name])
            given += predict(vectors, model, test)
            truth += [sample.kind for sample in test]
    each = f1_score(truth, given, average=None, labels=list(KINDS))
    by_kind = {kind: round(float(score), 3) for kind, score in zip(KINDS, each, strict=True)}
    return {"macro_f1": round(float(each.mean()), 3), "f1": by_kind, "sentences": len(truth)}


def _family(document: str) -> str:
    """Return what a document and its variants share: `demo:2018`."""
    return document.rsplit(":", 1)[0] if document.startswith(DEMO) else document


def main() -> None:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--leave-one-out", action="store_true")
    parser.add_argument("-o", "--output", type=Path, default=ROOT / "models/statements")
    args = parser.parse_args()
    data = gather()
    manifest: dict[str, Any] = {"kinds": list(KINDS), "features": FEATURES, "sentences": len(data),
                                "documents": len({sample.document for sample in data}), "penalty": STRENGTH}
    args.output.mkdir(parents=True, exist_ok=True)
    if args.leave_one_out:
        manifest["left_out"] = leave_one_out(data)
    vectors, model = fit(data)
    order = [list(model.classes_).index(kind) for kind in KINDS]
    table = model.coef_[order].T.astype(np.float16)
    names = vectors.get_feature_names_out().tolist()
    kept = [n for n, name in enumerate(names) if name in VALUED or np.abs(table[n]).max() >= SMALLEST]
    np.savez_compressed(args.output / "weights.npz", names=np.array([names[n] for n in kept]),
                        table=table[kept], bias=model.intercept_[order].astype(np.float32))
    written = json.dumps(manifest, ensure_ascii=False, indent=1) + "\n"
    (args.output / "manifest.json").write_text(written, encoding="utf-8")
    print(json.dumps(manifest, ensure_ascii=False))


if __name__ == "__main__":
    main()
