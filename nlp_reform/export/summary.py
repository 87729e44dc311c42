"""A document in words and figures that fit 80 columns."""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

from nlp_reform.model import Document, Quantity, Target

if TYPE_CHECKING:
    from rich.table import Table

WIDTH = 80
_LABEL = 40
"""Characters shown of an inferred directive that has no heading."""
_SHOWN = 20
"""Targets shown of the last document in an overview."""
_OFFICIAL = "govcn"
"""The codebook shown where none is made for the document's genre: official topics, which every reader knows."""
_COMPARE = {"=": "", ">=": "≥", ">": ">", "<=": "≤", "<": "<", "~": "≈", "range": ""}


def summary(document: Document) -> str:
    """Return title, counts, directives by section, and targets with their place of record."""
    from rich.console import Console
    from rich.table import Table

    stream = io.StringIO()
    console = Console(file=stream, width=WIDTH, color_system=None, highlight=False, markup=False, emoji=False)
    console.print(document.title or document.id)
    facts = [document.issuer, document.number, document.date, str(document.year) if document.year else None]
    console.print("  ".join(fact for fact in facts if fact) or "no issuer, number, date or year found")
    console.print(_counts(document))
    table = Table(box=None, pad_edge=False, show_edge=False, expand=True)
    table.add_column("no. 序号", no_wrap=True)
    table.add_column("directive 指令", no_wrap=True, overflow="ellipsis", ratio=1)
    table.add_column("theme 主题", no_wrap=True, overflow="ellipsis", max_width=18)
    table.add_column("place 位置", no_wrap=True, justify="right")
    for row in _directive_rows(document):
        table.add_row(*row)
    console.print(table)
    if document.targets:
        console.print()
        console.print(_target_table(document))
    console.print(_notes(document))
    return "\n".join(line.rstrip() for line in stream.getvalue().splitlines()) + "\n"


def _counts(document: Document) -> str:
    kinds = Counter(item.modality for item in document.obligations if item.cue is not None)
    cues = ", ".join(f"{count} {name}" for name, count in kinds.most_common())
    return (
        f"{len(document.sections)} sections, {len(document.directives)} directives, "
        f"{len(document.quantities)} quantities, {len(document.targets)} targets, "
        f"{len(document.obligations)} obligations" + (f" (cues: {cues})" if cues else "")
    )


def _notes(document: Document) -> str:
    """Return what was doubtful: each kind of note once, with how often it was met."""
    kinds = Counter(note.code for note in document.notes)
    first = {note.code: note.message for note in reversed(document.notes)}
    more = {code: f" (and {count - 1} more like it)" if count > 1 else "" for code, count in kinds.items()}
    return "\n".join(f"note 注: {first[code]}{more[code]}" for code in kinds)


def _directive_rows(document: Document) -> list[Sequence[str]]:
    theme = _best(document)
    section = {item.id: item for item in document.sections}
    shown: str | None = None
    found: list[Sequence[str]] = []
    for item in document.directives:
        if item.section != shown and item.section in section:
            above = section[item.section]
            found.append((above.label, "".join(above.heading.split()), "", str(above.start)))
        shown = item.section
        again = f"[×{len(item.duplicates) + 1}] " if item.duplicates else ""
        heading = item.heading or document.text[item.start:item.start + _LABEL]
        found.append((f" {item.label}", again + "".join(heading.split()), theme.get(item.id, ""), str(item.start)))
    return found


def _target_table(document: Document, most: int | None = None) -> Table:
    from rich.table import Table

    table = Table(box=None, pad_edge=False, show_edge=False, expand=True)
    for name in ("target 目标", "value 数值", "by when 时限", "place 位置"):
        table.add_column(name, overflow="fold", justify="right" if name.startswith("place") else "left")
    quantities = {item.id: item for item in document.quantities}
    for target in document.targets[:most]:
        table.add_row(*_target_row(target, quantities.get(target.quantity or "")))
    return table


def _target_row(target: Target, quantity: Quantity | None) -> Sequence[str]:
    indicator = target.indicator.text if target.indicator else "–"
    value = "none, on purpose" if quantity is None else f"{_COMPARE[quantity.comparator]}{quantity.text}"
    arrow = {"increase": "+", "decrease": "−"}.get(target.direction or "", "") if target.change == "by" else ""
    place = quantity.start if quantity else target.indicator.start if target.indicator else ""
    by_when = target.deadline.text if target.deadline else ""
    return tuple("".join(cell.split()) for cell in (indicator, arrow + value, by_when, str(place)))


def overview(documents: Sequence[Document]) -> str:
    """Return one line a document for many documents, and the targets of the last one."""
    from rich.console import Console
    from rich.table import Table

    stream = io.StringIO()
    console = Console(file=stream, width=WIDTH, color_system=None, highlight=False, markup=False, emoji=False)
    table = Table(box=None, pad_edge=False, show_edge=False, expand=True)
    table.add_column("document 文件")
    for name in ("directives 指令", "targets 目标", "achieved 已达", "strict 刚性", "hedged 柔性"):
        table.add_column(name, justify="right")
    table.add_column("top theme 主题")
    for document in documents:
        strengths = Counter(item.strength for item in document.obligations)
        reached = sum(item.role == "achieved" for item in document.quantities)
        best = Counter(code for code in _best(document).values()).most_common(1)
        table.add_row(document.id, str(len(document.directives)), str(len(document.targets)), str(reached),
                      str(strengths[5] + strengths[4]), str(strengths[2] + strengths[1]), best[0][0] if best else "")
    console.print(table)
    if documents and documents[-1].targets:
        last = documents[-1]
        console.print(f"\nThe first {min(_SHOWN, len(last.targets))} of {len(last.targets)} targets of {last.id}, "
                      "each with its offset in the text:")
        console.print(_target_table(last, _SHOWN))
    return "\n".join(line.rstrip() for line in stream.getvalue().splitlines()) + "\n"


def _best(document: Document) -> dict[str, str]:
    """Return each directive's best theme, by its Chinese name, of the codebook that fits the document."""
    from nlp_reform.classify import load

    books = {item.codebook: load(item.codebook) for item in document.themes}
    made_for = [book for book in books.values() if any(word in document.title for word in book.genres)]
    general = [book for book in books.values() if not book.genres]
    general.sort(key=lambda book: book.id != _OFFICIAL)
    if not made_for and not general:
        return {}
    chosen = (made_for or general)[0]
    best: dict[str, str] = {}
    for item in document.themes:
        if item.codebook == chosen.id:
            best.setdefault(item.directive, chosen.by_code[item.code].name_zh)
    return best
