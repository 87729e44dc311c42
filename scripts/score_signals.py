"""Tell how three passes over 150 directives agree on black, red, grey and none, and how the product does on each.

    score_signals.py

Reads `tests/gold/signals` and `../shared`. A directive the product gives no signal counts as none.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path

import nlp_reform
from nlp_reform.model.signals import signals

ROOT = Path(__file__).resolve().parents[1]
GOLD = ROOT / "tests/gold/signals"
SHARED = ROOT.parent / "shared"
PASSES = ("first", "second", "blind")
LABELS = ("black", "grey", "red", "none")


def passes() -> dict[tuple[str, int], list[str]]:
    """Return the marks of the passes, in order, by document and start; raises ValueError for a changed text."""
    found: dict[tuple[str, int], list[str]] = {}
    for name in PASSES:
        for document, body in json.loads((GOLD / f"{name}.json").read_text(encoding="utf-8")).items():
            if sha256((SHARED / document).read_bytes()).hexdigest() != body["sha256"]:
                raise ValueError(f"{document} is not the text that was marked")
            for start, _, mark in body["signals"]:
                found.setdefault((document, start), []).append(mark)
    return found


def given(marks: Sequence[tuple[str, int]]) -> list[str]:
    """Return the product's signal of each marked directive."""
    colours: dict[tuple[str, int], str] = {}
    for name in {document for document, _ in marks}:
        document = nlp_reform.extract((SHARED / name).read_bytes().decode("utf-8", "replace"))
        starts = {directive.id: directive.start for directive in document.directives}
        colours.update({(name, starts[item.directive]): item.colour for item in signals(document)})
    return [colours.get(place, "none") for place in marks]


def kappa(one: Sequence[str], other: Sequence[str]) -> float:
    """Return Cohen's kappa of two lists of labels."""
    total = len(one)
    same = sum(a == b for a, b in zip(one, other, strict=True)) / total
    first, second = Counter(one), Counter(other)
    chance = sum(first[label] * second[label] for label in first) / total ** 2
    return (same - chance) / (1 - chance) if chance < 1 else 1.0


def f1(gold: Sequence[str], found: Sequence[str], label: str) -> float | None:
    """Return the F1 of one label; None when neither list has it."""
    hits = sum(a == b == label for a, b in zip(gold, found, strict=True))
    both = gold.count(label) + found.count(label)
    return 2 * hits / both if both else None


def main() -> None:
    """Print the figures."""
    marks = passes()
    columns = {name: [labels[n] for labels in marks.values()] for n, name in enumerate(PASSES)}
    first = columns["first"]
    product = given(list(marks))
    print(f"{len(marks)} directives; marks of the first pass {Counter(first)}")
    for name in PASSES[1:]:
        same = sum(a == b for a, b in zip(first, columns[name], strict=True))
        print(f"first and {name} pass agree on {same}, kappa {kappa(first, columns[name]):.3f}")
    for name, gold in columns.items():
        each = {label: f1(gold, product, label) for label in LABELS}
        right = sum(a == b for a, b in zip(gold, product, strict=True))
        shown = ", ".join(f"{label} {score:.3f}" for label, score in each.items() if score is not None)
        print(f"product against {name} pass: {right} right, kappa {kappa(gold, product):.3f}; F1 {shown}")


if __name__ == "__main__":
    main()
