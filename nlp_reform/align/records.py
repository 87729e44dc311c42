"""What a comparison is made of: the records of the contract `nlp-reform/compare/1`."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

from nlp_reform.jsonable import plain
from nlp_reform.model import Document, MadeWith, Note, notebook
from nlp_reform.spans import View

if TYPE_CHECKING:
    import pandas as pd

SCHEMA = "nlp-reform/compare/1"
_SHOWN = 80
"""Characters of an item shown in a notebook."""

Relation = Literal[
    "unchanged", "reworded", "strengthened", "weakened", "changed", "split", "merged", "added", "dropped",
]
"""What became of a measure, by section 7 of the annotation scheme."""
RELATIONS: tuple[Relation, ...] = (
    "unchanged", "reworded", "strengthened", "weakened", "changed", "split", "merged", "added", "dropped",
)
Move = Literal["up", "down"]
Mode = Literal["years", "cascade"]
Verdict = Literal["met", "missed", "exceeded", "not comparable"]


@dataclass(frozen=True, slots=True)
class Side:
    """One of the documents compared, and by what it was analysed."""

    id: str
    title: str
    year: int | None
    made_with: MadeWith | None = field(default=None, repr=False, compare=False)


def side(document: Document) -> Side:
    """Return a document as one of those compared."""
    return Side(document.id, document.title, document.year, document.made_with)


@dataclass(frozen=True, slots=True)
class Place:
    """A compared unit: its directive (None where the sentence belongs to none), its offsets of record, its words.

    `text` is the printed text of `[start, end)`; `label` and `section` are as printed.
    """

    directive: str | None
    start: int
    end: int
    label: str = ""
    section: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True)
class Shift:
    """One field that moved: from what, to what, and whether that is stricter (`up`), laxer (`down`) or neither.

    `before` and `after` are words for a reader (`obligation 4 应`, `90人`, None where one side has nothing);
    the spans say where they are printed.
    """

    field: str
    before: str | None
    after: str | None
    move: Move | None = None
    before_span: tuple[int, int] | None = None
    after_span: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Item:
    """What became of one measure. `score` is the calibrated probability that the link is right."""

    relation: Relation
    moved: bool
    before: tuple[Place, ...]
    after: tuple[Place, ...]
    similarity: float | None
    changes: tuple[Shift, ...] = ()
    score: float | None = None
    review: bool = False


@dataclass(frozen=True, slots=True)
class Aim:
    """A target with its words and value, as compared: the target's own record is `target`."""

    target: dict[str, Any]
    indicator: str
    text: str
    value: float | None
    unit: str
    comparator: str
    start: int | None
    end: int | None


@dataclass(frozen=True, slots=True)
class TargetPair:
    """Targets of one indicator in both documents, or in one of them; `relation` as for items."""

    indicator: str
    before: Aim | None
    after: Aim | None
    relation: Relation
    explicitly_absent: bool = False


@dataclass(frozen=True, slots=True)
class Figure:
    """A printed number with its place and value."""

    start: int
    end: int
    text: str
    value: float | None = None
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Result:
    """A target of the earlier document and the figure that the later one reports; `why` explains the verdict."""

    target: Figure
    achieved: Figure
    indicator: str
    verdict: Verdict
    why: str
    score: float


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two documents compared; `to_dict` gives the contract `nlp-reform/compare/1`, `to_frame` a table of items."""

    before: Side
    after: Side
    items: tuple[Item, ...]
    targets: tuple[TargetPair, ...]
    outcomes: tuple[Result, ...]
    notes: tuple[Note, ...] = ()
    mode: Mode = "years"
    views: tuple[View, View] = field(default_factory=lambda: (View("", ""), View("", "")), repr=False, compare=False)

    def to_dict(self) -> dict[str, Any]:
        """Return the contract's object: JSON values only."""
        return {
            "schema": SCHEMA, "mode": self.mode, "before": plain(self.before), "after": plain(self.after),
            "items": plain(self.items), "targets": [_target(pair) for pair in self.targets],
            "outcomes": plain(self.outcomes), "notes": plain(self.notes),
        }

    def counts(self) -> dict[Relation, int]:
        """Return how many items have each relation, all relations named."""
        return {name: sum(item.relation == name for item in self.items) for name in RELATIONS}

    def to_frame(self, table: str = "items") -> pd.DataFrame:
        """Return a table (`items`, `targets`, `outcomes`, `added`, `dropped`) as a tidy pandas DataFrame.

        Columns and their nullable types are always the same (`nlp_reform.align.declared.COMPARISON`); needs the extra
        `tables`. Raises KeyError for another name.
        """
        from nlp_reform.align.declared import COMPARISON
        from nlp_reform.align.tables import rows
        from nlp_reform.tables import frame

        return frame(COMPARISON[table], rows(self, table))


    def _repr_html_(self) -> str:
        """Show the comparison in a notebook: how many items of each relation, what moved, the targets."""
        counts = [(name, count) for name, count in self.counts().items() if count]
        moved = [(item.relation, _words(item.before), _words(item.after),
                  "; ".join(f"{shift.field}: {shift.before or '–'} → {shift.after or '–'}" for shift in item.changes))
                 for item in self.items if item.relation not in ("unchanged", "reworded")]
        targets = [(pair.indicator, pair.before.text if pair.before else None, pair.after.text if pair.after else None,
                    pair.relation) for pair in self.targets if pair.before and pair.after]
        heading = f"{self.before.year or self.before.id} → {self.after.year or self.after.id}"
        return notebook.page(heading, [
            notebook.table(("relation 关系", "items 条数"), counts),
            notebook.table(("relation 关系", "before 之前", "after 之后", "changes 变化"), moved),
            notebook.table(("indicator 指标", "before 之前", "after 之后", "relation 关系"), targets),
        ])


def _words(places: tuple[Place, ...]) -> str:
    text = " ".join("".join(one.text.split()) for one in places)
    return text if len(text) <= _SHOWN else text[:_SHOWN] + "…"


def _target(pair: TargetPair) -> dict[str, Any]:
    record: dict[str, Any] = {"indicator": pair.indicator}
    for name, aim in (("before", pair.before), ("after", pair.after)):
        record[name] = None if aim is None else {
            **aim.target, "text": aim.text, "value": plain(aim.value), "unit": aim.unit, "comparator": aim.comparator,
            "start": aim.start, "end": aim.end,
        }
    return {**record, "relation": pair.relation, "explicitly_absent": pair.explicitly_absent}
