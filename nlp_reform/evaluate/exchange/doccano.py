"""doccano JSON lines (sequence labelling with relations): entities, relations, and the rest in `meta`.

doccano has no attributes: an entity's label carries the one people correct most (`quantities:target`,
`cues:obligation-4`, `statements:reported`), and its other attributes travel in `meta`, found again by place and layer.
"""

from __future__ import annotations

import json
from typing import Any

from nlp_reform.errors import GoldError
from nlp_reform.evaluate.exchange.regions import Link, Marked, Region, check

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
        known: dict[tuple[Any, ...], list[dict[str, Any]]] = {}
        for kept in meta["regions"]:
            known.setdefault(tuple(kept["at"]), []).append(kept)
        regions, ids = _entities(row["entities"], known)
        links = tuple(Link(ids[r["from_id"]], ids[r["to_id"]], r["type"]) for r in row.get("relations", ()))
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise GoldError(f"{where}: no doccano line of this project ({error!r})") from error
    check(row["text"], regions, where)
    return Marked(meta["name"], row["text"], meta["sha256"], tuple(regions), links)


def _label(region: Region) -> str:
    named = [region.attributes[name] for name in _IN_LABEL.get(region.layer, ()) if name in region.attributes]
    return region.layer + (":" + "-".join(named) if named else "")


def _entities(entities: list[dict[str, Any]], known: dict[tuple[Any, ...], list[dict[str, Any]]],
              ) -> tuple[list[Region], dict[Any, str]]:
    regions: list[Region] = []
    ids: dict[Any, str] = {}
    for entity in entities:
        layer, _, rest = entity["label"].partition(":")
        waiting = known.get((entity["start_offset"], entity["end_offset"], layer), [])
        kept: dict[str, Any] = waiting.pop(0) if waiting else {"id": f"new{entity['id']}", "attributes": {},
                                                               "labeller": "annotator"}
        said = dict(zip(_IN_LABEL.get(layer, ()), rest.split("-", 1), strict=False)) if rest else {}
        attributes = {**kept["attributes"], **said}
        regions.append(Region(kept["id"], layer, entity["start_offset"], entity["end_offset"], attributes,
                              kept["labeller"]))
        ids[entity["id"]] = kept["id"]
    return regions, ids
