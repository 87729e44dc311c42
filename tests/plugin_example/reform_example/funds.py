"""A stage that finds 专项资金 (earmarked funds) among the quantities, and one that fails."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from nlp_reform.model import Document
from nlp_reform.pipeline import Stage


def find(document: Document) -> Mapping[str, Any]:
    """Return each amount of money whose sentence speaks of 专项资金, in either script."""
    found = []
    for quantity in document.quantities:
        line = document.view.text.rfind("\n", 0, document.view.map.clean(quantity.start)) + 1
        if quantity.unit == "元" and "专项资金" in document.view.text[line:document.view.map.clean(quantity.start)]:
            found.append({"quantity": quantity.id, "start": quantity.start, "end": quantity.end, "text": quantity.text})
    return {"extra.funds": tuple(found)}


def fail(document: Document) -> Mapping[str, Any]:
    """Fail as a plugin with a fault would."""
    raise LookupError("no table of funds")


STAGE = Stage("funds", ("extra.funds",), ("quantities", "view"), find)
FAULTY = Stage("faulty", ("extra.faults",), ("quantities",), fail)
