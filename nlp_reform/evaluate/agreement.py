"""Agreement between people who marked the same passages: kappa, alpha, span F1.

Cohen's kappa (Cohen 1960) comes from scikit-learn and takes two annotators; Krippendorff's alpha
(Krippendorff 2004, nominal) comes from NLTK and takes any number, with gaps. Span F1 takes one annotator as gold
and the other as found: it is symmetric, and the ceiling of what a program can be asked for.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import combinations
from typing import NamedTuple

from nlp_reform.errors import GoldError
from nlp_reform.evaluate import tasks
from nlp_reform.evaluate.entries import GoldDocument
from nlp_reform.evaluate.verdicts import Verdict, count
from nlp_reform.model import Document

Labels = dict[str, str]
"""What each annotator said of one thing."""

_SPAN_TASKS: dict[str, tuple[Callable[[GoldDocument, Document], Iterator[Verdict]], tuple[str, ...]]] = {
    "quantities": (tasks.quantities, ("role", "comparator", "unit")),
    "targets": (tasks.targets, ("indicator", "change", "direction", "deadline")),
    "cues": (tasks.cues, ("strength", "bearer", "condition")),
    "units": (tasks.units, ("span",)),
}
_NAMED = {"quantities": "role", "targets": "change", "cues": "strength"}
"""The slot whose values are labels on the matched items: kappa and alpha are given for it."""


class Figure(NamedTuple):
    """One figure of agreement; `support` counts the things it was taken over, `annotators` who they were."""

    task: str
    measure: str
    annotators: str
    value: float | None
    support: int


def agreement(gold: Iterable[GoldDocument]) -> list[Figure]:
    """Return the figures of agreement over all passages that two or more annotators marked.

    Gold documents belong together when they were marked on the same text; an annotator is known by the
    labeller of the items. Raises `GoldError` when no two annotators marked the same text.
    """
    groups = _groups(gold)
    if not groups:
        raise GoldError("no text was marked by two annotators: name gold of different labellers over the same document")
    labels = [one for group in groups for one in _kinds(group)]
    figures = list(_nominal("statements", "kind", labels))
    for task in _SPAN_TASKS:
        figures += _spans(task, groups)
    return figures


def render(figures: Sequence[Figure]) -> str:
    """Return the figures as a plain table."""
    lines = [f"{'task':12} {'measure':36} {'annotators':14} {'value':>7} {'n':>6}"]
    lines += [
        f"{f.task:12} {f.measure:36} {f.annotators:14} {_shown(f.value):>7} {f.support:6}" for f in figures
    ]
    return "\n".join(lines) + "\n"


def _shown(value: float | None) -> str:
    return "–" if value is None else f"{value:.3f}"


def _who(gold: GoldDocument) -> str:
    names = sorted({name for made in gold.labellers.values() for name in made})
    return "+".join(names) or gold.name


def _groups(gold: Iterable[GoldDocument]) -> list[list[GoldDocument]]:
    """Return gold of the same text whose passages overlap, at least two annotators a group."""
    by_text: dict[str, list[GoldDocument]] = {}
    for item in gold:
        by_text.setdefault(item.document.source.sha256, []).append(item)
    found: list[list[GoldDocument]] = []
    for items in by_text.values():
        for first in items:
            others = [o for o in items if _who(o) != _who(first) and _meet(first, o)]
            group = [first, *others]
            if others and not any(first in known for known in found):
                found.append(group)
    return found


def _meet(a: GoldDocument, b: GoldDocument) -> bool:
    return any(p.overlaps(q) for p in a.passages for q in b.passages)


def _kinds(group: Sequence[GoldDocument]) -> Iterator[Labels]:
    """Yield for every sentence that all annotators bounded alike what each called it."""
    said: dict[tuple[int, int], Labels] = {}
    for gold in group:
        for sentence in gold.document.statements:
            if sentence.id not in gold.unscored:
                said.setdefault((sentence.start, sentence.end), {})[_who(gold)] = sentence.kind
    yield from (labels for labels in said.values() if len(labels) > 1)


def _spans(task: str, groups: Sequence[Sequence[GoldDocument]]) -> Iterator[Figure]:
    """Yield span F1 of each pair of annotators, and how often they agree on the slots of what both marked."""
    judge, slots = _SPAN_TASKS[task]
    pairs: dict[str, list[Verdict]] = {}
    for group in groups:
        for a, b in combinations(group, 2):
            pairs.setdefault(f"{_who(a)}, {_who(b)}", []).extend(_both(judge, a, b))
    for who, verdicts in pairs.items():
        right, false, missed = count(verdicts)
        if not right + false + missed:
            continue
        yield Figure(task, "span F1", who, 2 * right / (2 * right + false + missed), right + missed)
        hits = [v for v in verdicts if v.outcome == "hit"]
        for name in slots:
            same = [s.exact for v in hits for s in v.slots if s.name == name and (s.gold or s.found)]
            if same:
                yield Figure(task, f"same {name} on matched", who, sum(same) / len(same), len(same))
    if task in _NAMED:
        name = _NAMED[task]
        labels = [{"first": s.gold, "second": s.found} for verdicts in pairs.values() for v in verdicts
                  for s in v.slots if v.outcome == "hit" and s.name == name]
        yield from _nominal(task, f"{name} on matched", labels)


def _both(judge: Callable[[GoldDocument, Document], Iterator[Verdict]], a: GoldDocument, b: GoldDocument,
          ) -> Iterator[Verdict]:
    """Judge b against a, only where both marked."""
    for verdict in judge(a, b.document):
        if any(start <= verdict.start < end for start, end in b.passages):
            yield verdict


def _nominal(task: str, what: str, labels: Sequence[Labels]) -> Iterator[Figure]:
    """Yield kappa for each pair of annotators and alpha over all of them."""
    who = sorted({name for one in labels for name in one})
    for a, b in combinations(who, 2):
        both = [(one[a], one[b]) for one in labels if a in one and b in one]
        if both:
            yield Figure(task, f"Cohen's kappa, {what}", f"{a}, {b}", _kappa(both), len(both))
    if labels:
        yield Figure(task, f"Krippendorff's alpha, {what}", "all", _alpha(labels), len(labels))


def _kappa(pairs: Sequence[tuple[str, str]]) -> float | None:
    """Return Cohen's kappa; None where both used one and the same label throughout (it is undefined)."""
    from sklearn.metrics import cohen_kappa_score

    if len({label for pair in pairs for label in pair}) < 2:
        return None
    return float(cohen_kappa_score([a for a, _ in pairs], [b for _, b in pairs]))


def _alpha(labels: Sequence[Labels]) -> float | None:
    """Return Krippendorff's nominal alpha; None where only one label was ever used."""
    from nltk.metrics.agreement import AnnotationTask

    if len({label for one in labels for label in one.values()}) < 2:
        return None
    data = [(who, str(n), label) for n, one in enumerate(labels) for who, label in one.items()]
    return float(AnnotationTask(data=data).alpha())
