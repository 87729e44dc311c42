"""Formats of a history of many years: terminal summary, JSON, CSV, Excel, Markdown and HTML."""

from __future__ import annotations

import io
import json
from collections import Counter
from collections.abc import Callable
from html import escape
from pathlib import Path
from typing import Any

from nlp_reform.align import History
from nlp_reform.align.declared import HISTORY
from nlp_reform.align.history import TABLES as HISTORY_TABLES
from nlp_reform.errors import ExportError
from nlp_reform.export.comparison_pages import workbook
from nlp_reform.export.csvw import write_csv, write_csvs
from nlp_reform.export.formats import cell, csv_table
from nlp_reform.export.signing import signed
from nlp_reform.export.write import write

WIDTH = 80
_SHOWN = 30
_SUFFIX = {"text": "txt", "json": "json", "csv": "csv", "xlsx": "xlsx", "markdown": "md", "html": "html"}
HISTORY_FORMATS = tuple(_SUFFIX)
"""The names of the formats."""


def render_history(history: History, format: str = "text", table: str = "threads") -> str:
    """Return a history in one of the formats that are text; raises `ExportError` for xlsx."""
    renderers: dict[str, Callable[[], str]] = {
        "text": lambda: _text(history),
        "json": lambda: json.dumps(history.to_dict(), ensure_ascii=False, indent=1) + "\n",
        "csv": lambda: csv_table(history.rows(table), HISTORY[table].names),
        "markdown": lambda: _markdown(history),
        "html": lambda: _html(history),
    }
    if format not in renderers:
        raise ExportError(f"format {format!r} is a file of its own: name one with -o")
    return renderers[format]()


def write_history(
    history: History, output: str | Path, format: str = "text", table: str = "threads"
) -> tuple[Path, ...]:
    """Write a history and return the paths written, each whole or not at all.

    `output` is a file, or a folder (existing, or ending with `/`), which for csv gets a file a table. Raises
    `ExportError`.
    """
    if format not in HISTORY_FORMATS:
        raise ExportError(f"no track format {format!r}; known are {', '.join(HISTORY_FORMATS)}")
    if table not in HISTORY_TABLES:
        raise ExportError(f"no table {table!r}; known are {', '.join(HISTORY_TABLES)}")
    path = Path(output)
    folder = path.is_dir() or str(output).endswith("/")
    made = [side.made_with for side in history.documents]
    if folder and format == "csv":
        return write_csvs(path, {name: render_history(history, "csv", name) for name in HISTORY_TABLES}, HISTORY, made)
    if format == "csv":
        return write_csv(path, render_history(history, "csv", table), HISTORY[table], made)
    if folder:
        path /= f"track.{_SUFFIX[format]}"
    if format == "xlsx":
        sheets = [(name, history.courses() if name == "threads" else history.rows(name)) for name in HISTORY_TABLES]
        return (write(path, workbook(sheets, "track", made)),)
    return (write(path, signed(render_history(history, format, table), format, made)),)


def _text(history: History) -> str:
    """Return counts by year, the longest threads, and the indicators named in several years."""
    from rich.console import Console
    from rich.table import Table

    stream = io.StringIO()
    console = Console(file=stream, width=WIDTH, color_system=None, highlight=False, markup=False, emoji=False)
    years = Table(box=None, pad_edge=False, show_edge=False)
    events = {"first": "first", "repeated": "kept", "strengthened": "up", "weakened": "down", "changed": "changed",
              "returned": "back", "dropped": "dropped", "achieved": "reported"}
    years.add_column("document 文件")
    for name in events.values():
        years.add_column(name, justify="right", no_wrap=True)
    steps = [step for thread in history.threads for step in thread.steps]
    counted: Counter[tuple[str, str]] = Counter((step.document, step.event) for step in steps)
    for side in history.documents:
        years.add_row(side.id, *(str(counted[side.id, name]) for name in events))
    console.print(years)
    for note in history.notes:
        console.print(f"note: {note.message}")
    console.print("\nLongest threads 延续最久的措施")
    for thread in sorted(history.threads, key=lambda one: -one.stated)[:_SHOWN]:
        path = " → ".join(f"{step.year or '?'} {step.event}" for step in thread.steps if step.event != "achieved")
        console.print(f"{thread.id} {thread.heading}\n    {path}")
    _trends(console, history)
    return "\n".join(line.rstrip() for line in stream.getvalue().splitlines()) + "\n"


def _trends(console: Any, history: History) -> None:
    from rich.table import Table

    rows = trend_rows(history)
    if rows:
        table = Table(box=None, pad_edge=False, show_edge=False, title="Indicators 指标", title_justify="left")
        for name in rows[0]:
            table.add_column(name, overflow="fold")
        for row in rows[:_SHOWN]:
            table.add_row(*map(str, row.values()))
        console.print(table)
    for use in history.phrases:
        if use.first or use.last:
            console.print(f"{use.phrase}: {'first' if use.first else 'last'} in {use.document} ({use.count})")


def trend_rows(history: History) -> list[dict[str, str]]:
    """Return a row an indicator named in two documents or more, and a column a document: target / achieved."""
    cells: dict[int, dict[str, str]] = {}
    names: dict[int, str] = {}
    for trend in history.trends:
        names.setdefault(trend.series, trend.indicator)
        shown = "none, on purpose" if trend.explicitly_absent else f"{trend.comparator}{trend.target}".removeprefix("=")
        shown += f" / {trend.achieved} {trend.verdict}" if trend.achieved else ""
        row = cells.setdefault(trend.series, {})
        row[trend.document] = f"{row[trend.document]}; {shown}" if trend.document in row else shown
    kept = sorted((number for number, row in cells.items() if len(row) > 1), key=lambda n: (-len(cells[n]), n))
    sides = [side.id for side in history.documents]
    return [{"indicator 指标": names[n], **{name: cells[n].get(name, "") for name in sides}} for n in kept]


def _markdown(history: History) -> str:
    parts = ["# " + " → ".join(str(side.year or side.id) for side in history.documents)]
    parts += [f"\n> {note.message}" for note in history.notes]
    for heading, table in (("Indicators 指标", trend_rows(history)), ("Threads 措施", history.courses())):
        if table:
            parts += [f"\n## {heading}\n", f"| {' | '.join(table[0])} |", "|" + "---|" * len(table[0])]
            parts += [f"| {' | '.join(map(_flat, row.values()))} |" for row in table]
    return "\n".join(parts) + "\n"


def _html(history: History) -> str:
    title = " → ".join(str(side.year or side.id) for side in history.documents)
    style = ('body{font:15px/1.6 "Noto Serif CJK SC","Songti SC",serif;margin:2rem}table{border-collapse:collapse}'
             "td,th{border:1px solid #ccc;padding:.2rem .5rem;text-align:left;vertical-align:top}")
    parts = [f'<!doctype html><html lang="zh"><meta charset="utf-8"><title>{escape(title)}</title>'
             f"<style>{style}</style><h1>{escape(title)}</h1>"]
    parts += [f"<p><em>{escape(note.message)}</em></p>" for note in history.notes]
    for heading, table in (("Indicators 指标", trend_rows(history)), ("Threads 措施", history.courses())):
        if table:
            head = "".join(f"<th>{escape(name)}</th>" for name in table[0])
            rows = ("".join(f"<td>{escape(_flat(value))}</td>" for value in row.values()) for row in table)
            body = "".join(f"<tr>{row}</tr>" for row in rows)
            parts.append(f"<h2>{heading}</h2><table><tr>{head}</tr>{body}</table>")
    return "\n".join(parts) + "</html>\n"


def _flat(value: Any) -> str:
    value = cell(value)
    return "" if value is None else " ".join(str(value).split()).replace("|", "｜")
