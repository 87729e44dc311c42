"""The board: all verdicts of a run, its tables, its errors, and what changed against an earlier run."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal, NamedTuple

from nlp_reform.errors import GoldError
from nlp_reform.evaluate.entries import GoldDocument
from nlp_reform.evaluate.measures import Row, by_class, table
from nlp_reform.evaluate.verdicts import Slot, Verdict

SCHEMA = "nlp-reform/evaluation/1"
_KEPT = 12
"""Characters of printed text kept in a saved run: enough to recognise an item, never a sentence."""


class Error(NamedTuple):
    """One item that went wrong, with the text around it; `place` is `document:start-end`."""

    task: str
    what: str
    place: str
    text: str
    gold: str
    found: str
    sentence: str


class Change(NamedTuple):
    """One item or slot that is right in one run and not in the other."""

    task: str
    document: str
    start: int
    text: str
    before: str
    after: str


class Changes(NamedTuple):
    """What a run gained and lost against an earlier one, item by item."""

    gained: tuple[Change, ...]
    lost: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class Board:
    """The outcome of scoring; `gold` is kept for the sentences around errors and absent in a board read back."""

    verdicts: tuple[Verdict, ...]
    gold: Mapping[str, GoldDocument] = field(default_factory=dict, repr=False)

    def rows(self, by: Literal["", "document", "genre", "class"] = "") -> list[Row]:
        """Return the table: whole, or one for each document, genre or class."""
        if by == "class":
            return by_class(self.verdicts)
        if not by:
            return table(self.verdicts)
        groups: dict[str, list[Verdict]] = {}
        for v in self.verdicts:
            groups.setdefault(getattr(v, by), []).append(v)
        return [row for group, some in groups.items() for row in table(some, group, interval=by == "genre")]

    def errors(self, task: str) -> list[Error]:
        """Return the false, missed and wrong items of a task, and the wrong slots of its hits, in text order.

        `task` may name a slot: `quantities.role`.
        """
        name, _, slot = task.partition(".")
        found: list[Error] = []
        for v in sorted((v for v in self.verdicts if v.task == name), key=lambda v: (v.document, v.start)):
            around = self._sentence(v)
            place = f"{v.document}:{v.start}-{v.end}"
            if v.outcome != "hit" and not slot:
                found.append(Error(name, v.outcome, place, v.text, v.gold, v.found, around))
            found += [Error(name, s.name, place, v.text, s.gold, s.found, around)
                      for s in v.slots if not s.exact and slot in ("", s.name)]
        return found

    def _sentence(self, v: Verdict) -> str:
        gold = self.gold.get(v.document)
        if gold is None:
            return ""
        text = gold.document.text
        for s in gold.document.statements:
            if s.start <= v.start < s.end:
                return " ".join(text[s.start:s.end].split())
        return " ".join(text[max(0, v.start - 30):v.end + 30].split())

    def against(self, before: Board) -> Changes:
        """Compare with an earlier run, item by item and slot by slot; items only one gold has are left out."""
        old, new = _states(before.verdicts), _states(self.verdicts)
        shared = {v.document for v in before.verdicts} & {v.document for v in self.verdicts}
        gained: list[Change] = []
        lost: list[Change] = []
        for key in {**old, **new}:
            a, b = old.get(key), new.get(key)
            either = b or a
            if either is None or either[2].document not in shared:
                continue
            if "|gold|" in key and (a is None or b is None):
                continue
            good_before, good_after = a is None or a[0], b is None or b[0]
            if good_before == good_after:
                continue
            v = either[2]
            change = Change(key.rsplit("|", 1)[0].split("|")[0] + key[key.rfind("#"):].replace("#", "."), v.document,
                            v.start, v.text[:_KEPT], a[1] if a else "–", b[1] if b else "–")
            (gained if good_after else lost).append(change)
        return Changes(tuple(sorted(gained)), tuple(sorted(lost)))

    def save(self, path: Path) -> None:
        """Write the run for later comparison; printed text is cut to a few characters."""
        rows = [{**v._asdict(), "text": v.text[:_KEPT],
                 "slots": [[s.name, s.gold[:_KEPT], s.found[:_KEPT], s.exact, s.lenient] for s in v.slots]}
                for v in self.verdicts]
        aside = path.with_name(path.name + ".tmp")
        lines = ",\n".join(json.dumps(row, ensure_ascii=False) for row in rows)
        aside.write_text(f'{{"schema": "{SCHEMA}", "verdicts": [\n{lines}\n]}}\n', encoding="utf-8")
        aside.replace(path)


def read_run(path: Path) -> Board:
    """Read a saved run back; raises `GoldError` naming the file when it is none."""
    try:
        body = json.loads(path.read_text(encoding="utf-8"))
        if body["schema"] != SCHEMA:
            raise ValueError(f"schema is {body['schema']!r}")
        return Board(tuple(Verdict(**{**row, "slots": tuple(Slot(*s) for s in row["slots"])})
                           for row in body["verdicts"]))
    except (OSError, KeyError, TypeError, ValueError) as error:
        raise GoldError(f"{path}: not a saved evaluation run ({SCHEMA}): {error}") from error


def _states(verdicts: Sequence[Verdict]) -> dict[str, tuple[bool, str, Verdict]]:
    """Return for every item, and for every slot of a matched one, whether it is right and how it reads."""
    states: dict[str, tuple[bool, str, Verdict]] = {}
    for v in verdicts:
        shown = v.found if v.outcome in ("wrong", "false") else v.outcome
        states[f"{v.key}|#"] = (v.outcome == "hit", shown, v)
        for s in v.slots:
            states[f"{v.key}|#{s.name}"] = (s.exact, s.found or "none", v)
    return states
