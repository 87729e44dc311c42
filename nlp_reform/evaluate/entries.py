"""From single marks to gold: both written forms become entries, and entries become a document."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, NamedTuple, get_args

from nlp_reform.errors import GoldError
from nlp_reform.model import (
    Assignment,
    Baseline,
    Binding,
    Change,
    Comparator,
    Deadline,
    Direction,
    Directive,
    Document,
    Mention,
    Modality,
    Obligation,
    Quantity,
    Role,
    Section,
    Source,
    Statement,
    StatementKind,
    Target,
    Theme,
    UnitRole,
)
from nlp_reform.spans import Span

LAYERS = ("statements", "quantities", "targets", "obligations", "assignments", "sections", "directives", "themes")
"""The layers gold may hold, in the order they are built."""


class Entry(NamedTuple):
    """One mark as written: its layer, place, keys, who made it and the line it stands on."""

    layer: str
    start: int
    end: int
    keys: Mapping[str, Any]
    labeller: str
    line: int


class GoldItem(NamedTuple):
    """One item of the structure; `parent` is the start of the item above it, None at the top or when unmarked."""

    start: int
    label: str
    number: int | None
    level: int
    heading: str
    directive: bool
    parent: int | None


@dataclass(frozen=True, slots=True)
class GoldDocument:
    """What people marked, in the model machine output has, and what only gold knows.

    `passages` are the spans that were marked: outside them nothing is said. `scope` is where structure
    was marked (None: nowhere). `labellers[layer][i]` made `document.<layer>[i]`. `unscored` holds ids of
    statements that are not scored, `not_items` tempting places, `duplicates` labels printed a second time.
    `outcomes` are the slots of quantities that are no targets (what was reached, of which indicator).
    `tasks` names the layers that were marked at all; an empty one among them means "there is none".
    """

    name: str
    document: Document
    path: Path
    source: Path | None
    passages: tuple[Span, ...]
    scope: tuple[Span, ...] | None = None
    genre: str = ""
    labellers: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    unscored: frozenset[str] = frozenset()
    items: tuple[GoldItem, ...] = ()
    not_items: tuple[Mention, ...] = ()
    duplicates: tuple[Mention, ...] = ()
    outcomes: tuple[Target, ...] = ()
    tasks: frozenset[str] = frozenset()


class Assembler:
    """Checks entries one by one and builds the gold document; every complaint names file and line."""

    def __init__(self, name: str, text: str, where: str) -> None:
        """Take the document's id and text, and the gold file's name for messages."""
        self.name, self.text, self.where = name, text, where
        self.layers: dict[str, list[Any]] = {layer: [] for layer in LAYERS}
        self.labellers: dict[str, list[str]] = {layer: [] for layer in LAYERS}
        self.unscored: set[str] = set()
        self.items: list[GoldItem] = []
        self.not_items: list[Mention] = []
        self.duplicates: list[Mention] = []
        self.outcomes: list[Target] = []
        self._starts: list[int] = []
        self._open: list[GoldItem] = []
        self._codes: list[tuple[int, Entry]] = []

    def extend(self, entries: Iterable[Entry]) -> None:
        """Build every entry, sentences first, since the others refer to them."""
        ordered = sorted(entries, key=lambda e: (e.layer != "statements", e.layer != "items", e.start, -e.end))
        for entry in ordered:
            if not 0 <= entry.start < entry.end <= len(self.text):
                raise self._wrong(entry, f"offsets {entry.start}-{entry.end} lie outside the document")
            printed = entry.keys.get("text")
            if printed is not None and printed != self.text[entry.start:entry.end]:
                raise self._wrong(entry, f"text {printed!r} is not what stands there "
                                         f"({self.text[entry.start:entry.end][:40]!r})")
            getattr(self, f"_{entry.layer}")(entry)
        self._themes()

    def finish(self, origin: Source, **more: Any) -> GoldDocument:
        """Return the gold document; `more` are fields of `GoldDocument` this class does not know."""
        layers: dict[str, Any] = {layer: tuple(items) for layer, items in self.layers.items()}
        layers["directives"] = tuple(map(self._printed_twice, layers["directives"]))
        document = Document(id=self.name, text=self.text, source=origin, **layers)
        return GoldDocument(
            name=self.name, document=document, items=tuple(self.items), not_items=tuple(self.not_items),
            duplicates=tuple(self.duplicates), outcomes=tuple(self.outcomes), unscored=frozenset(self.unscored),
            labellers={layer: tuple(who) for layer, who in self.labellers.items() if who}, **more)

    def _statements(self, entry: Entry) -> None:
        known = self.layers["statements"]
        if known and known[-1].end > entry.start:
            raise self._wrong(entry, "statement overlaps the one before it")
        new = Statement(f"{self.name}.s{len(known) + 1}", None, self._one(entry, "kind", get_args(StatementKind)),
                        entry.start, entry.end)
        self._starts.append(entry.start)
        self._add("statements", new, entry)
        if not _truth(entry.keys.get("scored", True)):
            self.unscored.add(new.id)

    def _quantities(self, entry: Entry) -> None:
        known = self.layers["quantities"]
        identity = f"{self.name}.q{len(known) + 1}"
        role = self._one(entry, "role", get_args(Role))
        upper = entry.keys.get("upper")
        quantity = Quantity(
            identity, None, entry.start, entry.end, self.text[entry.start:entry.end], self._number(entry, "value"),
            None if upper is None else self._number(entry, "upper"), str(entry.keys.get("unit") or ""),
            self._one(entry, "comparator", get_args(Comparator)), role)
        self._add("quantities", quantity, entry)
        target = self._target(entry, identity)
        if role == "target":
            self._add("targets", target, entry)
        elif any((target.indicator, target.direction, target.change, target.deadline, target.baseline)):
            self.outcomes.append(target)

    def _absent(self, entry: Entry) -> None:
        self._add("targets", self._target(entry, None), entry)

    def _target(self, entry: Entry, quantity: str | None) -> Target:
        """Read the slots of a quantity; those of reported figures go to `outcomes`, not among the targets."""
        deadline = self._slot(entry, "deadline")
        elsewhere = entry.keys.get("deadline_elsewhere")
        if isinstance(elsewhere, list):
            elsewhere = self._offsets(entry, "deadline_elsewhere", elsewhere).text
        baseline = self._slot(entry, "baseline")
        when = None
        if deadline:
            when = Deadline(deadline.start, deadline.end, deadline.text, None)
        elif elsewhere:
            when = Deadline(None, None, str(elsewhere), None)
        indicator = self._slot(entry, "indicator")
        if quantity is None and indicator is None:
            indicator = Mention(entry.start, entry.end, self.text[entry.start:entry.end])
        return Target(
            f"{self.name}.t{len(self.layers['targets']) + 1}", quantity, None, indicator,
            self._maybe(entry, "direction", get_args(Direction)), self._maybe(entry, "change", get_args(Change)), when,
            Baseline(baseline.start, baseline.end, baseline.text, None, None) if baseline else None,
            self._slot(entry, "scope"), self._maybe(entry, "binding", get_args(Binding)), quantity is None)

    def _cues(self, entry: Entry) -> None:
        strength = self._number(entry, "strength")
        if strength not in (1, 2, 3, 4, 5):
            raise self._wrong(entry, f"strength {strength:g} is not 1 to 5")
        sentence = self._sentence(entry.start)
        self._add("obligations", Obligation(
            f"{self.name}.o{len(self.layers['obligations']) + 1}", None, sentence.id if sentence else "",
            self._one(entry, "modality", get_args(Modality)), int(strength),
            Mention(entry.start, entry.end, self.text[entry.start:entry.end]), self._slot(entry, "bearer"), False, None,
            self._slot(entry, "condition"), self._slot(entry, "exception")), entry)

    def _assignments(self, entry: Entry) -> None:
        unit = Mention(entry.start, entry.end, self.text[entry.start:entry.end])
        self._add("assignments", Assignment(None, unit, self._one(entry, "role", get_args(UnitRole))), entry)

    def _items(self, entry: Entry) -> None:
        number = entry.keys.get("number")
        number = None if number is None else int(self._number(entry, "number"))
        level = int(self._number(entry, "level")) if "level" in entry.keys else 1
        while self._open and self._open[-1].level >= level:
            self._open.pop()
        above = self._open[-1].start if self._open else None
        label = self.text[entry.start:entry.end]
        heading = str(entry.keys.get("heading") or "")
        item = GoldItem(entry.start, label, number, level, heading, _truth(entry.keys.get("directive", True)), above)
        self._open.append(item)
        self.items.append(item)
        path = tuple(open_item.label.strip() for open_item in self._open)
        directive = f"{self.name}.d{len(self.layers['directives']) + 1}"
        if item.directive:
            self._add("directives", Directive(directive, None, path, label, number, "explicit", heading, entry.start,
                                              entry.end), entry)
        else:
            section = f"{self.name}.h{len(self.layers['sections']) + 1}"
            parent = next((s.id for s in reversed(self.layers["sections"]) if s.start == above), None)
            new = Section(section, parent, level, label, number, heading, entry.start, entry.end)
            self._add("sections", new, entry)
        if entry.keys.get("themes"):
            self._codes.append((entry.start, entry))

    def _duplicates(self, entry: Entry) -> None:
        self.duplicates.append(Mention(entry.start, entry.end, self.text[entry.start:entry.end]))

    def _not_items(self, entry: Entry) -> None:
        self.not_items.append(Mention(entry.start, entry.end, self.text[entry.start:entry.end]))

    def _printed_twice(self, directive: Directive) -> Directive:
        """Give a directive the second printings of its label."""
        twice = tuple((m.start, m.end) for m in self.duplicates if m.text == directive.label)
        return replace(directive, duplicates=twice) if twice else directive

    def _themes(self) -> None:
        """Give the codes written on items (`codebook:code`, several parted by blanks) to their directives."""
        by_start = {directive.start: directive.id for directive in self.layers["directives"]}
        for start, entry in self._codes:
            given = entry.keys["themes"]
            for code in given.split() if isinstance(given, str) else given:
                book, colon, name = str(code).partition(":")
                if not colon or start not in by_start:
                    raise self._wrong(entry, f"theme {code!r} is not codebook:code on a directive")
                self._add("themes", Theme(by_start[start], book, name, 1.0), entry)

    def _add(self, layer: str, item: Any, entry: Entry) -> None:
        self.layers[layer].append(item)
        self.labellers[layer].append(entry.labeller)

    def _sentence(self, at: int) -> Statement | None:
        n = bisect_right(self._starts, at) - 1
        found: Statement | None = self.layers["statements"][n] if n >= 0 else None
        return found if found and at < found.end else None

    def _slot(self, entry: Entry, name: str) -> Mention | None:
        """Place a slot's text in the entry's sentence: the nearest place, before the entry when equally near."""
        wanted = entry.keys.get(name)
        if not wanted:
            return None
        if isinstance(wanted, list):
            return self._offsets(entry, name, wanted)
        sentence = self._sentence(entry.start)
        a, b = (sentence.start, max(sentence.end, entry.end)) if sentence else self._line(entry)
        place = nearest(self.text, str(wanted), a, b, entry.start)
        if place is None:
            raise self._wrong(entry, f"{name} {wanted!r} does not stand in the sentence of "
                                     f"{self.text[entry.start:entry.end]!r}")
        return Mention(*place, self.text[place[0]:place[1]])

    def _offsets(self, entry: Entry, name: str, wanted: list[Any]) -> Mention:
        """Read a slot given as `[start, end]`, the form for long ones."""
        if len(wanted) != 2 or not all(isinstance(n, int) for n in wanted) or not (
                0 <= wanted[0] < wanted[1] <= len(self.text)):
            raise self._wrong(entry, f"{name} {wanted!r} is no span of the document")
        return Mention(wanted[0], wanted[1], self.text[wanted[0]:wanted[1]])

    def _line(self, entry: Entry) -> tuple[int, int]:
        end = self.text.find("\n", entry.end)
        return self.text.rfind("\n", 0, entry.start) + 1, len(self.text) if end < 0 else end

    def _number(self, entry: Entry, key: str) -> float:
        try:
            return float(entry.keys[key])
        except KeyError:
            raise self._wrong(entry, f"{key} is missing") from None
        except (TypeError, ValueError):
            raise self._wrong(entry, f"{key} {entry.keys[key]!r} is no number") from None

    def _one(self, entry: Entry, key: str, known: Sequence[str]) -> Any:
        value = entry.keys.get(key)
        if value not in known:
            raise self._wrong(entry, f"{key} {value!r} is none of {', '.join(known)}")
        return value

    def _maybe(self, entry: Entry, key: str, known: Sequence[str]) -> Any:
        return None if entry.keys.get(key) in (None, "", "none") else self._one(entry, key, known)

    def _wrong(self, entry: Entry, reason: str) -> GoldError:
        return GoldError(f"{self.where}: line {entry.line}: {reason}")


def nearest(text: str, wanted: str, start: int, end: int, anchor: int) -> tuple[int, int] | None:
    """Return the place of a printed text in `[start, end)` nearest to `anchor`; white space may differ."""
    pattern = r"\s*".join(re.escape(c) for c in wanted if not c.isspace())
    places = [match.span() for match in re.finditer(pattern, text[start:end])] if pattern else []
    if not places:
        return None
    a, b = min(places, key=lambda p: (abs(start + p[0] - anchor), p[0]))
    return start + a, start + b


def _truth(value: Any) -> bool:
    return value not in (False, "no", "false", "0", 0, None, "")
