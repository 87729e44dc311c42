"""Machine output out for correction in annotation tools, and the corrections back as gold."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from nlp_reform.evaluate.exchange import coding_sheet, doccano, inception, labelstudio
from nlp_reform.evaluate.exchange.regions import Marked, to_gold, to_regions
from nlp_reform.evaluate.exchange.standoff import write as to_standoff

__all__ = ["TOOLS", "Marked", "Tool", "to_gold", "to_regions", "to_standoff"]


class Tool(NamedTuple):
    """How one annotation tool's file is written and read, and how its name ends."""

    suffix: str
    write: Callable[[Marked], bytes]
    read: Callable[[bytes, str], Marked]


TOOLS: dict[str, Tool] = {
    "labelstudio": Tool(".labelstudio.json", labelstudio.write, labelstudio.read),
    "doccano": Tool(".doccano.jsonl", doccano.write, doccano.read),
    "inception": Tool(".xmi", inception.write, inception.read),
    "xlsx": Tool(".coding.xlsx", coding_sheet.write, coding_sheet.read),
}
"""The annotation tools, by the names `annotate` takes."""
