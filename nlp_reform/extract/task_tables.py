"""Task tables: a row sets a task, who answers for it and by when (任务分工表: 工作任务 | 责任单位 | 完成时限).

In a table of duties (成员单位 | 主要职责) a unit answers for what stands beside it. The header says what a column
holds. Offsets index the cleaned copy; words in lexicons/assignments.toml.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import zip_longest
from typing import Literal, NamedTuple

from nlp_reform.extract.duties import ROLES, role_of, verb
from nlp_reform.model import Document, UnitRole
from nlp_reform.prepared import compiled
from nlp_reform.resources import lexicon

Place = tuple[int, int]
Column = Literal["task", "lead", "support", "responsible", "time", "body", "duty"]


class Row(NamedTuple):
    """One row: the cells that set its task, those that name units with the role of the column, and by when."""

    tasks: tuple[Place, ...]
    units: tuple[tuple[Place, UnitRole], ...]
    time: Place | None

    def charged(self, text: str) -> Place | None:
        """Return the cell of who leads, else answers for the task; None for one that says more than names."""
        by_role = {role: cell for cell, role in reversed(self.units)}
        cell = by_role.get("lead") or by_role.get("responsible")
        return cell if cell and verb().search(text, *cell) is None else None


@lru_cache(maxsize=1)
def _heads() -> re.Pattern[str]:
    """Return the pattern of a header cell; the group that matches names the column."""
    table = lexicon("assignments")
    roles = (f"(?P<{role}>{table['label'][role]})" for role in ROLES)
    rest = (f"(?P<{name}>{words})" for name, words in table["column"].items())
    return compiled("|".join((*rest, *roles)))


def columns(text: str, cells: tuple[Place, ...], above: tuple[Column | None, ...] = ()) -> tuple[Column | None, ...]:
    """Return what each column holds by the cells of its header, else by those `above`; None where neither says."""
    found = [_heads().fullmatch(text, *cell) for cell in cells]
    kinds = [match.lastgroup if match else None for match in found]
    return tuple(kind or over for kind, over in zip_longest(kinds, above))  # type: ignore[misc]


def _tells(kinds: tuple[Column | None, ...]) -> bool:
    """Tell whether columns set tasks and name units."""
    return bool(({*kinds} & {*ROLES} and "task" in kinds) or {*kinds} >= {"body", "duty"})


def rows(document: Document) -> Iterator[Row]:
    """Yield the rows of a document's task tables; a header may have a second row (责任分工: 牵头单位 | 配合单位).

    Where cells stand one a line, a row that lacks some is passed over; in a line, the last lack.
    """
    text = document.view.text
    for table in document.tables:
        kinds, first = columns(text, table.header), 0
        if not _tells(kinds) and table.rows:
            kinds, first = columns(text, table.rows[0], kinds), 1
        if not _tells(kinds):
            continue
        for cells in table.rows[first:]:
            if len(cells) == len(kinds) or (len(cells) < len(kinds) and text.startswith("\t", cells[0][1])):
                yield _row(text, cells, kinds)


def _row(text: str, cells: tuple[Place, ...], kinds: tuple[Column | None, ...]) -> Row:
    filled = [(cell, kind) for cell, kind in zip(cells, kinds, strict=False) if cell[0] < cell[1]]
    duty = next((cell for cell, kind in filled if kind == "duty"), None)
    opens = verb().match(text, *duty) if duty else None
    answers = (opens and role_of(opens)) or "responsible"
    units = [(cell, answers if kind == "body" else kind) for cell, kind in filled if kind in (*ROLES, "body")]
    return Row(
        tuple(cell for cell, kind in filled if kind in ("task", "duty")),
        tuple((cell, role) for cell, role in units if role in ROLES),
        next((cell for cell, kind in filled if kind == "time"), None),
    )
