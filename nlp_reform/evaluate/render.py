"""Shows a board: a plain table for a terminal, JSON or CSV for the rest."""

from __future__ import annotations

import csv
import io
import json
import unicodedata
from collections.abc import Iterable, Sequence

from nlp_reform.evaluate.board import SCHEMA, Board, Changes, Error
from nlp_reform.evaluate.measures import Row

_HEAD = ("task", "measure", "P", "R", "F1", "95 % interval", "gold", "found")


def render(board: Board, format: str = "text", by: Sequence[str] = ()) -> str:
    """Return the board's table as `text`, `json` or `csv`; `by` adds tables (`document`, `genre`, `class`)."""
    rows = [("", row) for row in board.rows()]
    for group in by:
        rows += [(group, row) for row in board.rows(group)]  # type: ignore[arg-type]
    if format == "json":
        body = {"schema": SCHEMA, "documents": len({v.document for v in board.verdicts}),
                "rows": [{"by": group, **row._asdict()} for group, row in rows]}
        return json.dumps(body, ensure_ascii=False, indent=1) + "\n"
    if format == "csv":
        out = io.StringIO()
        write = csv.writer(out, lineterminator="\n")
        write.writerow(("by", *Row._fields))
        write.writerows((group, *row) for group, row in rows)
        return out.getvalue()
    parts = [f"{len({v.document for v in board.verdicts})} gold files, {len(board.verdicts)} items\n"]
    parts += [_text([row for name, row in rows if name == group], group) for group in ("", *by)]
    return "\n".join(parts)


def _text(rows: Iterable[Row], by: str) -> str:
    lines = [(by or "", *_HEAD)]
    last = ("", "")
    for row in rows:
        task = "" if (row.group, row.task) == last else row.task
        group = "" if row.group == last[0] else row.group
        last = (row.group, row.task)
        interval = "" if row.low is None or row.high is None else f"{row.low:.3f}-{row.high:.3f}"
        lines.append((group, task, row.measure, _figure(row.precision), _figure(row.recall), _figure(row.f1), interval,
                      str(row.support), str(row.found)))
    return columns(lines, left=3)


def columns(lines: Sequence[Sequence[str]], left: int) -> str:
    """Return rows in columns, the first `left` of them flush left; Chinese characters count two."""
    widths = [max(_width(line[n]) for line in lines) for n in range(len(lines[0]))]
    shown = []
    for line in lines:
        cells = [cell + " " * (w - _width(cell)) if n < left else " " * (w - _width(cell)) + cell
                 for n, (cell, w) in enumerate(zip(line, widths, strict=True)) if w]
        shown.append("  ".join(cells).rstrip())
    return "\n".join(shown) + "\n"


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def _figure(value: float | None) -> str:
    return "–" if value is None else f"{value:.3f}"


def render_errors(errors: Iterable[Error]) -> str:
    """Return an error listing: place, what went wrong, gold and found, and the sentence around."""
    return "".join(f"{e.place}  {e.task} {e.what}: {e.text!r} gold={e.gold or '–'} found={e.found or '–'}\n"
                   f"    {e.sentence}\n" for e in errors)


def render_changes(changes: Changes) -> str:
    """Return what was gained and lost, one item a line."""
    lines = [f"gained {len(changes.gained)}, lost {len(changes.lost)}"]
    for sign, some in (("+", changes.gained), ("-", changes.lost)):
        lines += [f"{sign} {c.task.rstrip('.')}  {c.document}:{c.start}  {c.text!r}  {c.before} -> {c.after}"
                  for c in some]
    return "\n".join(lines) + "\n"
