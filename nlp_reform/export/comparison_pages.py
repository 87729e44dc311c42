"""A comparison as a Markdown page, an HTML page and an Excel workbook."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from html import escape
from typing import Any

from nlp_reform.align import RELATIONS, Comparison, Item
from nlp_reform.align.redline import redline
from nlp_reform.align.tables import TABLES, rows, shift_words
from nlp_reform.errors import ExportError
from nlp_reform.export import comparison_redline as red
from nlp_reform.export.comparison_text import bound, relation_name
from nlp_reform.export.formats import cell
from nlp_reform.model import MadeWith
from nlp_reform.provenance import lines

_TARGETS = {"indicator": "indicator 指标", "before": "before 之前", "after": "after 之后", "relation": "relation 关系"}
_OUTCOMES = {"indicator": "indicator 指标", "target_text": "target 目标", "achieved_text": "achieved 实际",
             "verdict": "verdict 结果", "why": "why 理由"}
"""Columns of the two tables and their headings."""
_STYLE = """
body{font:16px/1.7 "Noto Serif CJK SC","Songti SC","SimSun",serif;max-width:60rem;margin:2rem auto;padding:0 1rem}
del{color:#a11;background:#fdecec}ins{color:#075;background:#e8f6ee;text-decoration:none}
table{border-collapse:collapse;width:100%;font-size:.9rem}
td,th{border:1px solid #ccc;padding:.2rem .5rem;text-align:left}
.item{border-left:4px solid #bbb;padding:.1rem 1rem;margin:1rem 0}
.strengthened{border-color:#075}.weakened{border-color:#a11}
.changed{border-color:#c90}.added{border-color:#06c}.dropped{border-color:#808}.tag{font:bold .8rem sans-serif}
.shift{font:.8rem sans-serif;color:#555;margin:0}nav a{margin-right:1rem}
"""


def comparison_markdown(comparison: Comparison) -> str:
    """Return the comparison as one Markdown page, with a redline of every item that did not stay as it was."""
    counts = comparison.counts()
    parts = [f"# {_name(comparison)}\n", "| relation 关系 | items 条数 |", "|---|---|"]
    parts += [f"| {relation_name(comparison, name)} | {counts[name]} |" for name in RELATIONS if counts[name]]
    parts += [f"\n> {note.message}" for note in comparison.notes]
    tables = (("Targets 目标", _both(comparison), _TARGETS),
              ("Outcomes 完成情况", rows(comparison, "outcomes"), _OUTCOMES))
    for heading, found, columns in tables:
        if found:
            parts += [f"\n## {heading}\n", f"| {' | '.join(columns.values())} |", "|" + "---|" * len(columns)]
            parts += [f"| {' | '.join(_flat(row[key]) for key in columns)} |" for row in found]
    for relation in (name for name in RELATIONS if name != "unchanged" and counts[name]):
        parts.append(f"\n## {relation_name(comparison, relation)}\n")
        for item in (one for one in comparison.items if one.relation == relation):
            parts.append(f"- {red.markdown(redline(comparison, item))}" + (" *(moved)*" if item.moved else ""))
            parts += [f"    - {_flat(shift_words(shift))}" for shift in item.changes]
    return "\n".join(parts) + "\n"


def comparison_html(comparison: Comparison) -> str:
    """Return the comparison as one self-contained HTML page: no script, nothing loaded from elsewhere."""
    counts = comparison.counts()
    links = " ".join(f'<a href="#{name}">{relation_name(comparison, name)} {counts[name]}</a>'
                     for name in RELATIONS if counts[name])
    parts = [f'<!doctype html><html lang="zh"><meta charset="utf-8"><title>{escape(_name(comparison))}</title>'
             f"<style>{_STYLE}</style><h1>{escape(_name(comparison))}</h1><nav>{links}</nav>"]
    parts += [f"<p><em>{escape(note.message)}</em></p>" for note in comparison.notes]
    parts.append(_html_table("Targets 目标", _both(comparison), _TARGETS))
    parts.append(_html_table("Outcomes 完成情况", rows(comparison, "outcomes"), _OUTCOMES))
    for relation in (name for name in RELATIONS if counts[name]):
        parts.append(f'<h2 id="{relation}">{relation_name(comparison, relation)}</h2>')
        parts += [_html_item(comparison, item) for item in comparison.items if item.relation == relation]
    return "\n".join(parts) + "</html>\n"


def comparison_xlsx(comparison: Comparison) -> bytes:
    """Return an Excel workbook with a sheet each for items, targets, outcomes, added and dropped.

    Texts stay texts: nothing is run as a formula. Raises `ExportError` when XlsxWriter is not installed.
    """
    sheets = [(name, rows(comparison, name)) for name in TABLES]
    return workbook(sheets, _name(comparison), (comparison.before.made_with, comparison.after.made_with))


def workbook(
    sheets: Sequence[tuple[str, Sequence[dict[str, Any]]]], title: str, made: Iterable[MadeWith | None]
) -> bytes:
    """Return named tables as an Excel workbook, header rows frozen, with filters; its comments say by what made."""
    try:
        import xlsxwriter
    except ImportError as error:
        raise ExportError("xlsx needs XlsxWriter: pip install 'nlp-reform[tables]'") from error
    from datetime import datetime

    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"strings_to_formulas": False, "strings_to_urls": False, "in_memory": True})
    book.set_properties({"title": title, "comments": "\n".join(lines(made)), "created": datetime(2000, 1, 1)})
    head = book.add_format({"bold": True, "bottom": 1})
    for name, table in sheets:
        sheet = book.add_worksheet(name[:31])
        columns = list(dict.fromkeys(key for row in table for key in row)) or ["nothing found"]
        sheet.write_row(0, 0, columns, head)
        for n, row in enumerate(table, 1):
            for k, key in enumerate(columns):
                value = row.get(key)
                if value is not None:
                    sheet.write(n, k, value[:32_767] if isinstance(value, str) else value)
        sheet.freeze_panes(1, 0)
        sheet.autofilter(0, 0, max(1, len(table)), len(columns) - 1)
    book.close()
    return stream.getvalue()


def _html_item(comparison: Comparison, item: Item) -> str:
    flags = (" · moved" if item.moved else "") + (" · review" if item.review else "")
    shifts = "".join(f'<p class="shift">{escape(shift_words(shift))}</p>' for shift in item.changes)
    return (f'<div class="item {item.relation}"><span class="tag">{item.relation}{flags}</span>'
            f"<p>{red.html(redline(comparison, item))}</p>{shifts}</div>")


def _html_table(heading: str, table: Sequence[dict[str, Any]], columns: dict[str, str]) -> str:
    if not table:
        return ""
    head = "".join(f"<th>{heading}</th>" for heading in columns.values())
    cells = ("".join(f"<td>{escape(_flat(row[key]))}</td>" for key in columns) for row in table)
    return f"<h2>{heading}</h2><table><tr>{head}</tr>{''.join(f'<tr>{row}</tr>' for row in cells)}</table>"


def _both(comparison: Comparison) -> list[dict[str, Any]]:
    return [{"indicator": pair.indicator, "before": bound(pair.before), "after": bound(pair.after),
             "relation": pair.relation} for pair in comparison.targets if pair.before and pair.after]


def _name(comparison: Comparison) -> str:
    return f"{comparison.before.title or comparison.before.id} → {comparison.after.title or comparison.after.id}"


def _flat(value: Any) -> str:
    value = cell(value)
    return "" if value is None else " ".join(str(value).split()).replace("|", "｜")
