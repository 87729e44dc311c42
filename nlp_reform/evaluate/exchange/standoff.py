"""Gold as stand-off JSON: offsets, labels and short spans over a document known by its sha256."""

from __future__ import annotations

import json
from typing import Any

from nlp_reform.evaluate.exchange.regions import Marked

_LISTS = {"statements": "statements", "quantities": "quantities", "cues": "cues", "assignments": "assignments",
          "absent": "absent"}
_NUMBERS = {"value", "upper", "strength", "number", "level"}
_TRUTHS = {"scored", "directive"}


def write(marked: Marked, document: str) -> bytes:
    """Return the marks in the format of `tests/gold`; slots are `[start, end]`, so no text is copied.

    `document` is the path of the text, relative to the gold file or to a folder above it.
    """
    slots: dict[str, dict[str, list[int]]] = {}
    places = {region.id: [region.start, region.end] for region in marked.regions}
    for link in marked.links:
        slots.setdefault(link.source, {})[link.name] = places[link.target]
    body: dict[str, Any] = {"document": document, "sha256": marked.sha256, "passages": [[0, len(marked.text)]]}
    body |= {name: [] for name in _LISTS.values()}
    structure: dict[str, list[dict[str, Any]]] = {"items": [], "duplicates": []}
    for region in marked.regions:
        row: dict[str, Any] = {"start": region.start, "end": region.end}
        row |= {key: _typed(key, value) for key, value in region.attributes.items()} | slots.get(region.id, {})
        row["labeller"] = region.labeller
        if region.layer in _LISTS:
            body[_LISTS[region.layer]].append(row)
        elif region.layer == "items":
            structure["items"].append({"label": marked.text[region.start:region.end], **row})
        elif region.layer == "duplicates":
            structure["duplicates"].append({"of": marked.text[region.start:region.end], **row})
    body["structure"] = structure
    return (json.dumps(body, ensure_ascii=False, indent=1) + "\n").encode("utf-8")


def _typed(key: str, value: str) -> Any:
    if key in _TRUTHS:
        return value == "yes"
    return float(value) if key in _NUMBERS else value
