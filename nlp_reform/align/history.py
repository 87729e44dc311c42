"""What many years together show: the records of `track`, by the contract `nlp-reform/track/1`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from nlp_reform.align.records import Comparison, Place, Shift, Side, Verdict
from nlp_reform.jsonable import plain
from nlp_reform.model import Note, notebook

if TYPE_CHECKING:
    import pandas as pd

SCHEMA = "nlp-reform/track/1"
TABLES = ("threads", "steps", "trends", "phrases", "keyness")
"""The tables of a history, in the order of the sheets."""

Event = Literal[
    "first", "repeated", "strengthened", "weakened", "changed", "split", "merged", "returned", "achieved", "dropped",
]
"""What happened to a measure in a year: repeated is unchanged or reworded; returned is stated again after a gap."""


@dataclass(frozen=True, slots=True)
class Step:
    """One year in a measure's life; `places` is empty where it was dropped, `detail` names an outcome's verdict."""

    event: Event
    document: str
    year: int | None
    places: tuple[Place, ...] = ()
    changes: tuple[Shift, ...] = ()
    score: float | None = None
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Thread:
    """A measure over the years: its steps in order of the documents; `heading` is its first statement's beginning."""

    id: str
    heading: str
    first: int | None
    last: int | None
    stated: int
    open: bool
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Trend:
    """One indicator in one document: what was aimed at, and what the next document reports of it."""

    series: int
    indicator: str
    document: str
    year: int | None
    target: str | None
    value: float | None
    unit: str
    comparator: str
    explicitly_absent: bool
    achieved: str | None = None
    achieved_value: float | None = None
    verdict: Verdict | None = None


@dataclass(frozen=True, slots=True)
class Use:
    """How often a phrase stands in one document, and per 10,000 characters; first and last over all documents."""

    phrase: str
    document: str
    year: int | None
    count: int
    per_10000: float
    first: bool
    last: bool


@dataclass(frozen=True, slots=True)
class Key:
    """A word that one document uses more (`side` after) or less than the one before; log-likelihood as measure."""

    word: str
    before: str
    after: str
    before_count: int
    after_count: int
    likelihood: float
    side: Literal["before", "after"]


@dataclass(frozen=True, slots=True)
class History:
    """Many documents followed: `to_dict` gives `nlp-reform/track/1`, `to_frame` any of `TABLES`."""

    documents: tuple[Side, ...]
    threads: tuple[Thread, ...]
    trends: tuple[Trend, ...]
    phrases: tuple[Use, ...]
    keyness: tuple[Key, ...]
    comparisons: tuple[Comparison, ...]
    notes: tuple[Note, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """Return JSON values only; the comparisons of neighbouring years are not repeated."""
        names = ("documents", "threads", "trends", "phrases", "keyness", "notes")
        return {"schema": SCHEMA, **{name: plain(getattr(self, name)) for name in names}}

    def rows(self, table: str = "threads") -> list[dict[str, Any]]:
        """Return a table as flat rows by `nlp_reform.align.declared.HISTORY`; raises KeyError for another name."""
        if table == "threads":
            return [{**_head(thread), "course": "; ".join(f"{k}: {word}" for k, word in _events(thread).items())}
                    for thread in self.threads]
        if table == "steps":
            return [row for thread in self.threads for row in _steps(thread)]
        flat = {"trends": self.trends, "phrases": self.phrases, "keyness": self.keyness}
        return [_named(plain(item)) for item in flat[table]]

    def to_frame(self, table: str = "threads") -> pd.DataFrame:
        """Return a table as a tidy pandas DataFrame, its columns always the same; needs the extra `tables`."""
        from nlp_reform.align.declared import HISTORY
        from nlp_reform.tables import frame

        return frame(HISTORY[table], self.rows(table))

    def _repr_html_(self) -> str:
        """Show the history in a notebook: the documents, the longest threads, the indicators."""
        threads = sorted(self.threads, key=lambda thread: -thread.stated)
        paths = [(thread.heading, " → ".join(f"{step.year or '?'} {step.event}" for step in thread.steps))
                 for thread in threads]
        heading = " → ".join(str(side.year or side.id) for side in self.documents)
        return notebook.page(heading, [
            notebook.table(("measure 措施", "years 历年"), paths),
            notebook.table(("indicator 指标", "year 年份", "target 目标", "reported 完成", "verdict 结论"),
                           [(one.indicator, one.year, one.target, one.achieved, one.verdict) for one in self.trends]),
        ])

    def courses(self) -> list[dict[str, Any]]:
        """Return the threads for reading: a column a document, with what happened there."""
        return [{**_head(thread), **{side.id: _events(thread).get(side.id, "") for side in self.documents}}
                for thread in self.threads]


def _head(thread: Thread) -> dict[str, Any]:
    return {"thread": thread.id, "heading": thread.heading, "first": thread.first, "last": thread.last,
            "stated": thread.stated, "open": thread.open}


def _events(thread: Thread) -> dict[str, str]:
    events: dict[str, str] = {}
    for step in thread.steps:
        word = step.event + (f" ({step.detail})" if step.detail else "")
        events[step.document] = f"{events[step.document]}, {word}" if step.document in events else word
    return events


def _named(row: dict[str, Any]) -> dict[str, Any]:
    """Put the document's id, under its name in all tables, and the year first."""
    if "document" not in row:
        return row
    return {"document_id": row.pop("document"), "year": row.pop("year"), **row}


def _steps(thread: Thread) -> list[dict[str, Any]]:
    from nlp_reform.align.tables import shift_words

    return [{
        "document_id": step.document, "year": step.year, "thread": thread.id, "event": step.event,
        "detail": step.detail, "score": step.score, "changes": "; ".join(map(shift_words, step.changes)),
        "directive_id": " ".join(dict.fromkeys(p.directive or "" for p in step.places)),
        "start": step.places[0].start if step.places else None, "end": step.places[-1].end if step.places else None,
        "text": "\n".join("".join(p.text.split()) for p in step.places),
    } for step in thread.steps]
