"""The tasks: how gold and machine output of one document are brought together, one function each.

Every function returns verdicts for the marked passages only. scheme.md says what each thing means.
"""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping

from nlp_reform.evaluate.entries import GoldDocument
from nlp_reform.evaluate.verdicts import Outcome, Slot, Verdict, inside, pair, slot, worded
from nlp_reform.model import Assignment, Document, Mention, Obligation, Quantity, Statement, Target

Verdicts = Iterator[Verdict]


def _verdict(task: str, gold: GoldDocument, outcome: Outcome, classes: tuple[str, str], span: tuple[int, int], *,
             slots: tuple[Slot, ...] = ()) -> Verdict:
    text = gold.document.text[slice(*span)]
    return Verdict(task, gold.name, gold.genre, outcome, classes[0], classes[1], span[0], span[1], text, slots)


def statements(gold: GoldDocument, machine: Document) -> Verdicts:
    """Give each scored gold sentence the kind of the machine sentence that covers most of it."""
    found = machine.statements
    starts = [s.start for s in found]
    for sentence in gold.document.statements:
        if sentence.id in gold.unscored:
            continue
        best: Statement | None = None
        most = 0
        n = max(bisect_right(starts, sentence.start) - 1, 0)
        while n < len(found) and found[n].start < sentence.end:
            shared = min(found[n].end, sentence.end) - max(found[n].start, sentence.start)
            if shared > most:
                best, most = found[n], shared
            n += 1
        kind = best.kind if best else ""
        outcome: Outcome = "missed" if not best else "hit" if kind == sentence.kind else "wrong"
        same = bool(best) and plain_equal(gold.document.text, sentence, best)
        slots = (Slot("sentence bounds", "same", "same" if same else "other", same, same),) if best else ()
        yield _verdict("statements", gold, outcome, (sentence.kind, kind), (sentence.start, sentence.end),
                       slots=slots)


def plain_equal(text: str, a: Statement, b: Statement | None) -> bool:
    """Tell whether two sentences are the same but for white space at their ends."""
    return b is not None and text[a.start:a.end].strip() == text[b.start:b.end].strip() and a.start < b.end > a.start


def quantities(gold: GoldDocument, machine: Document) -> Verdicts:
    """Match quantities that overlap and have equal value and upper bound; the rest of them on the matched."""
    found = [q for q in machine.quantities if inside(gold.passages, q.start)]
    for a, b in pair(gold.document.quantities, found, _ends, _equal_value):
        if a is None or b is None:
            yield _one_sided("quantities", gold, a, b, "role")
            continue
        slots = (
            Slot("span", a.text, b.text, _ends(a) == _ends(b), True), slot("unit", a.unit or "none", b.unit or "none"),
            slot("comparator", a.comparator, b.comparator), slot("role", a.role, b.role))
        yield _verdict("quantities", gold, "hit", (a.role, b.role), _ends(a), slots=slots)


def _ends(item: Quantity) -> tuple[int, int]:
    return item.start, item.end


def _equal_value(a: Quantity, b: Quantity) -> bool:
    upper = (a.upper is None) == (b.upper is None) and (
        a.upper is None or b.upper is None or math.isclose(a.upper, b.upper, rel_tol=1e-9))
    return upper and math.isclose(a.value, b.value, rel_tol=1e-9, abs_tol=1e-12)


def _one_sided(task: str, gold: GoldDocument, a: object, b: object, label: str) -> Verdict:
    """Return the verdict on an item only one side has."""
    item = a if a is not None else b
    span = (item.start, item.end) if isinstance(item, Quantity) else _cited(item)
    name = str(getattr(item, label))
    if a is None:
        return _verdict(task, gold, "false", ("", name), span)
    return _verdict(task, gold, "missed", (name, ""), span)


def _cited(item: object) -> tuple[int, int]:
    if isinstance(item, Assignment):
        return item.unit.start, item.unit.end
    if isinstance(item, Obligation) and item.cue:
        return item.cue.start, item.cue.end
    raise TypeError(f"no place for {item!r}")


def targets(gold: GoldDocument, machine: Document) -> Verdicts:
    """Match quantities with role target on both sides, then compare their slots; and absent targets."""
    mine = {q.id: q for q in gold.document.quantities}
    theirs = {q.id: q for q in machine.quantities}
    slots_of = {t.quantity: t for t in machine.targets if t.quantity}
    wanted = [(t, mine[t.quantity]) for t in gold.document.targets if t.quantity]
    found = [(slots_of.get(q.id), q) for q in theirs.values() if q.role == "target" and inside(gold.passages, q.start)]
    for a, b in pair(wanted, found, lambda p: _ends(p[1]), lambda x, y: _equal_value(x[1], y[1])):
        if a is None or b is None:
            given = a or b
            assert given is not None
            outcome: Outcome = "missed" if a else "false"
            change = (given[0].change if given[0] else None) or "none"
            yield _verdict("targets", gold, outcome, (change, "") if a else ("", change), _ends(given[1]))
        else:
            classes = (a[0].change or "none", (b[0].change if b[0] else None) or "none")
            yield _verdict("targets", gold, "hit", classes, _ends(a[1]),
                           slots=_target_slots(a[0], b[0]))
    yield from _absent(gold, machine)


def _target_slots(a: Target, b: Target | None) -> tuple[Slot, ...]:
    return (
        worded("indicator", _text(a.indicator), _text(b.indicator) if b else None),
        slot("direction", a.direction, b.direction if b else None), slot("change", a.change, b.change if b else None),
        worded("deadline", _text(a.deadline), _text(b.deadline) if b else None),
        worded("baseline", _text(a.baseline), _text(b.baseline) if b else None),
        worded("scope", _text(a.scope), _text(b.scope) if b else None),
        slot("binding", a.binding, b.binding if b else None))


def _absent(gold: GoldDocument, machine: Document) -> Verdicts:
    wanted = [t.indicator for t in gold.document.targets if t.explicitly_absent and t.indicator]
    found = [t.indicator for t in machine.targets
             if t.explicitly_absent and t.indicator and inside(gold.passages, t.indicator.start)]
    for a, b in pair(wanted, found, _place, lambda _a, _b: True):
        outcome: Outcome = "hit" if a and b else "missed" if a else "false"
        given = a or b
        assert given is not None
        yield _verdict("targets", gold, outcome, ("absent" if a else "", "absent" if b else ""), _place(given))


def _place(item: Mention) -> tuple[int, int]:
    return item.start, item.end


def _text(item: object) -> str | None:
    return None if item is None else str(getattr(item, "text"))  # noqa: B009


def cues(gold: GoldDocument, machine: Document) -> Verdicts:
    """Match printed cues that overlap and have the same modality; strength and bearer on the matched.

    Gold marks the bearers that the sentence prints: where it has none, one the machine inherited is no error.
    """
    wanted = [o for o in gold.document.obligations if o.cue]
    found = [o for o in machine.obligations if o.cue and inside(gold.passages, o.cue.start)]
    for a, b in pair(wanted, found, _cited, lambda x, y: bool(x.modality == y.modality)):
        if a is None or b is None:
            yield _one_sided("cues", gold, a, b, "modality")
            continue
        slots = [slot("strength", a.strength, b.strength)]
        bearer = None if b.inherited and a.bearer is None else b.bearer
        slots += [worded("bearer", _text(a.bearer), _text(bearer))]
        slots += [worded(name, _text(getattr(a, name)), _text(getattr(b, name))) for name in ("condition", "exception")]
        yield _verdict("cues", gold, "hit", (a.modality, b.modality), _cited(a), slots=tuple(slots))


def units(gold: GoldDocument, machine: Document) -> Verdicts:
    """Match responsible units that overlap and have the same role."""
    found = [a for a in machine.assignments if inside(gold.passages, a.unit.start)]
    for a, b in pair(gold.document.assignments, found, _cited, lambda x, y: bool(x.role == y.role)):
        if a is None or b is None:
            yield _one_sided("units", gold, a, b, "role")
            continue
        span = Slot("span", a.unit.text, b.unit.text, _cited(a) == _cited(b), True)
        yield _verdict("units", gold, "hit", (a.role, b.role), _cited(a), slots=(span,))


def structure(gold: GoldDocument, machine: Document) -> Verdicts:
    """Match numbered items by where their label starts; number, nesting and kind on the matched."""
    if gold.scope is None:
        return
    by_start = {item.start: item for item in gold.items}
    found = {item[0]: item for item in _numbered(machine) if inside(gold.scope, item[0])}
    for item in gold.items:
        span = (item.start, item.start + len(item.label))
        kind = "directive" if item.directive else "section"
        if item.start not in found:
            yield _verdict("structure", gold, "missed", (kind, ""), span)
            continue
        _, _, number, path, what = found[item.start]
        slots = [slot("number", item.number, number), slot("kind", kind, what)]
        if item.level == 1 or item.parent is not None:
            slots.append(slot("nesting", _path(_ancestors(item.start, by_start)), _path(path)))
        yield _verdict("structure", gold, "hit", (kind, what), span, slots=tuple(slots))
    for start, (_, label, _, _, what) in sorted(found.items()):
        if start not in by_start:
            trap = any(m.start <= start < m.end for m in gold.not_items)
            twice = any(m.start <= start < m.end for m in gold.duplicates)
            name = "not an item" if trap else "second printing" if twice else what
            yield _verdict("structure", gold, "false", (name if name != what else "", what),
                           (start, start + max(len(label), 1)))


def _numbered(machine: Document) -> Iterator[tuple[int, str, int | None, tuple[str, ...], str]]:
    """Yield start, label, number, ancestors' labels and kind of every numbered section and directive."""
    sections = {s.id: s for s in machine.sections}
    for s in machine.sections:
        if s.label.strip():
            path: list[str] = []
            above, seen = s.parent, {s.id}
            while above in sections and above not in seen:
                seen.add(above)
                path.insert(0, sections[above].label.strip())
                above = sections[above].parent
            yield s.start, s.label, s.number, tuple(p for p in path if p), "section"
    for d in machine.directives:
        if d.numbering == "explicit" and d.label.strip():
            labels = tuple(p.strip() for p in d.path)
            own = labels and labels[-1] == d.label.strip()
            yield d.start, d.label, d.number, labels[:-1] if own else labels, "directive"


def _path(labels: Iterable[str]) -> str:
    return "/" + "/".join(labels)


def _ancestors(start: int, items: Mapping[int, object]) -> list[str]:
    labels: list[str] = []
    above = getattr(items[start], "parent", None)
    while above is not None:
        labels.insert(0, str(getattr(items[above], "label")).strip())  # noqa: B009
        above = getattr(items[above], "parent", None)
    return labels


def duplicates(gold: GoldDocument, machine: Document) -> Verdicts:
    """Tell of each second printing that it starts no second item, and of a directive's that it is kept."""
    starts = {item[0] for item in _numbered(machine)}
    kept = [span for d in machine.directives for span in d.duplicates]
    labels = {d.label.strip() for d in gold.document.directives}
    for mention in gold.duplicates:
        again = mention.start in starts
        placed = any(a <= mention.start < b for a, b in kept)
        directive = mention.text.strip() in labels
        slots = (slot("kept in duplicates", "yes", "yes" if placed else "no"),) if directive else ()
        outcome: Outcome = "wrong" if again else "hit"
        yield _verdict("duplicates", gold, outcome, ("duplicate", "directive" if again else "duplicate"),
                       (mention.start, mention.end), slots=slots)


def themes(gold: GoldDocument, machine: Document) -> Verdicts:
    """Give each directive with gold codes the machine's three best codes of the same codebook."""
    starts = {d.start: d.id for d in machine.directives}
    wanted: dict[tuple[str, str], list[str]] = {}
    for theme in gold.document.themes:
        wanted.setdefault((theme.directive, theme.codebook), []).append(theme.code)
    mine = {d.id: d for d in gold.document.directives}
    for (directive, book), codes in wanted.items():
        place = mine[directive]
        given = sorted((t for t in machine.themes if t.codebook == book and t.directive == starts.get(place.start)),
                       key=lambda t: -t.score)[:3]
        best = given[0].code if given else ""
        outcome: Outcome = "missed" if not best else "hit" if best in codes else "wrong"
        label = best if best in codes else codes[0]
        third = any(t.code in codes for t in given)
        slots = (Slot("top-3", codes[0], " ".join(t.code for t in given), third, third),)
        yield _verdict("themes", gold, outcome, (f"{book}:{label}", f"{book}:{best}" if best else ""),
                       (place.start, place.end), slots=slots)
