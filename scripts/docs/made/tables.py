"""The page of the tables, out of the one declaration that frames, Parquet, CSV and Excel are made by."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from nlp_reform.align.declared import COMPARISON, HISTORY
from nlp_reform.converting import UNITS
from nlp_reform.lexis import KEYNESS, KWIC, STATS
from nlp_reform.tables import reference

HEAD = Path(__file__).with_name("tables.head.md")


def pages() -> Iterator[tuple[str, str]]:
    """Yield the page."""
    parts = [reference()]
    for heading, declared in (
        ("Of a comparison 两年对比", COMPARISON.values()), ("Of a history 多年跟踪", HISTORY.values()),
        ("Of counting 词语统计", (KWIC, KEYNESS, STATS)), ("Of conversion 单位换算", (UNITS,)),
    ):
        parts += [f"\n## {heading}\n\n", reference(declared, level=3)]
    yield "reference/tables.md", HEAD.read_text(encoding="utf-8") + "".join(parts)
