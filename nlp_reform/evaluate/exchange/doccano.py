"""doccano JSON lines (sequence labelling with relations): entities, relations, and the rest in `meta`.

doccano has no attributes: an entity's label carries the one people correct most (`quantities:target`,
`cues:obligation-4`, `statements:reported`), and its other attributes travel in `meta`, found again by layer and place:
the same place first, then the greatest overlap, so an entity whose borders were moved keeps them. Offsets count code
points: leave the project's option "Count grapheme clusters as one character" off, or every CRLF shifts what follows.
"""

from __future__ import annotations

import json
from typing import Any

from nlp_reform.errors import GoldError
from nlp_reform.evaluate.exchange.regions import Link, Marked, Region, check
from nlp_reform.evaluate.verdicts import pair

_IN_LABEL = {"statements": ("kind",), "quantities": ("role",), "cues": ("modality", "strength"),
             "assignments": ("role",), "slots": ("name",)}


def write(marked: Marked) -> bytes:
    """Return one JSON line."""
    numbers = {region.id: n for n, region in enumerate(marked.regions, 1)}
    entities = [{"id": numbers[r.id], "label": _label(r), "start_offset": r.start, "end_offset": r.end}
                for r in marked.regions]
    relations = [{"id": n, "from_id": numbers[link.source], "to_id": numbers[link.target], "type": link.name}
                 for n, link in enumerate(marked.links, 1)]
    kept = [{"id": r.id, "at": [r.start, r.end, r.layer], "attributes": r.attributes, "labeller": r.labeller}
            for r in marked.regions]
    row = {"text": marked.text, "entities": entities, "relations": relations,
           "meta": {"name": marked.name, "sha256": marked.sha256, "regions": kept}}
    return (json.dumps(row, ensure_ascii=False) + "\n").encode("utf-8")


def read(data: bytes, where: str) -> Marked:
    """Read one line back; raises `GoldError` naming what is malformed."""
    try:
        row = json.loads(data.decode("utf-8-sig").split("\n", 1)[0])
        meta = row.get("meta") or row["metadata"]
        regions, ids = _entities(row["entities"], meta["regions"])
        links = tuple(Link(ids[r["from_id"]], ids[r["to_id"]], r["type"]) for r in row.get("relations", ()))
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise GoldError(f"{where}: no doccano line of this project ({error!r})") from error
    check(row["text"], regions, where)
    return Marked(meta["name"], row["text"], meta["sha256"], tuple(regions), links)


def _label(region: Region) -> str:
    named = [region.attributes[name] for name in _IN_LABEL.get(region.layer, ()) if name in region.attributes]
    return region.layer + (":" + "-".join(named) if named else "")


def _entities(entities: list[dict[str, Any]], kept: list[dict[str, Any]]) -> tuple[list[Region], dict[Any, str]]:
    origin = _origins(entities, kept)
    regions: list[Region] = []
    ids: dict[Any, str] = {}
    for number, entity in enumerate(entities):
        layer, _, rest = entity["label"].partition(":")
        known = origin.get(number, {"id": f"new{entity['id']}", "attributes": {}, "labeller": "annotator"})
        said = dict(zip(_IN_LABEL.get(layer, ()), rest.split("-", 1), strict=False)) if rest else {}
        regions.append(Region(known["id"], layer, entity["start_offset"], entity["end_offset"],
                              {**known["attributes"], **said}, known["labeller"]))
        ids[entity["id"]] = known["id"]
    return regions, ids


def _origins(entities: list[dict[str, Any]], kept: list[dict[str, Any]]) -> dict[int, dict[str, Any]]:
    """Return what was sent for each entity, by its number: unmoved ones first, then moved ones by their overlap."""
    waiting: dict[tuple[Any, ...], list[dict[str, Any]]] = {}
    for one in kept:
        waiting.setdefault(tuple(one["at"]), []).append(one)
    origin: dict[int, dict[str, Any]] = {}
    for number, entity in enumerate(entities):
        same = waiting.get((entity["start_offset"], entity["end_offset"], entity["label"].partition(":")[0]))
        if same:
            origin[number] = same.pop(0)
    left = [(*place, one) for place, some in waiting.items() for one in some]
    moved = [(e["start_offset"], e["end_offset"], e["label"].partition(":")[0], number)
             for number, e in enumerate(entities) if number not in origin]
    for mine, sent in pair(moved, left, lambda item: item[:2], lambda x, y: bool(x[2] == y[2])):
        if mine is not None and sent is not None:
            origin[mine[3]] = sent[3]
    return origin
