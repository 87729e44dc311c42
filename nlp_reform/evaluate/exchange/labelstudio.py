"""Label Studio JSON: one task with regions, per-region choices and texts, and relations.

Label Studio's offsets count code points, as ours do (since 2022: its editor turns the browser's UTF-16 units into code
points, and its own tests hold it to that), and a CRLF counts two. The labelling configuration that shows all of it is
`CONFIG`. Corrected exports are read from `annotations` (the last one that was
not cancelled), else from `predictions`.
"""

from __future__ import annotations

import json
from typing import Any

from nlp_reform.errors import GoldError
from nlp_reform.evaluate.exchange.regions import LAYERS, VALUES, Link, Marked, Region, check

CONFIG = (
    "<View>\n"
    '  <Labels name="label" toName="text">\n'
    + "".join(f'    <Label value="{layer}"/>\n' for layer in LAYERS)
    + '  </Labels>\n  <Text name="text" value="$text" granularity="symbol"/>\n'
    + "".join(
        f'  <Choices name="{name}" toName="text" perRegion="true">\n'
        + "".join(f'    <Choice value="{value.replace("<", "&lt;")}"/>\n' for value in values)
        + "  </Choices>\n" for name, values in VALUES.items())
    + "".join(
        f'  <TextArea name="{name}" toName="text" perRegion="true"/>\n'
        for name in ("value", "upper", "unit", "number", "level", "heading", "themes", "name", "deadline_elsewhere"))
    + "</View>\n"
)
"""The labelling configuration to paste into a Label Studio project."""


def write(marked: Marked) -> bytes:
    """Return a JSON list with one task."""
    result: list[dict[str, Any]] = []
    for region in marked.regions:
        place = {"start": region.start, "end": region.end,
                 "text": marked.text[region.start:region.end]}
        base = {"id": region.id, "to_name": "text"}
        result.append({**base, "from_name": "label", "type": "labels", "value": {**place, "labels": [region.layer]},
                       "meta": {"labeller": region.labeller}})
        for name, value in region.attributes.items():
            kind = "choices" if name in VALUES else "textarea"
            key = "choices" if kind == "choices" else "text"
            result.append({**base, "from_name": name, "type": kind, "value": {**place, key: [value]}})
    result += [{"type": "relation", "from_id": link.source, "to_id": link.target, "direction": "right",
                "labels": [link.name]} for link in marked.links]
    task = {"data": {"text": marked.text, "name": marked.name, "sha256": marked.sha256},
            "predictions": [{"model_version": "nlp_reform", "result": result}]}
    return (json.dumps([task], ensure_ascii=False, indent=1) + "\n").encode("utf-8")


def read(data: bytes, where: str) -> Marked:
    """Read one task back; raises `GoldError` naming what is malformed."""
    try:
        body = json.loads(data.decode("utf-8-sig"))
        task = body[0] if isinstance(body, list) else body
        text, name, digest = (task["data"][key] for key in ("text", "name", "sha256"))
        done = [a for a in task.get("annotations", ()) if not a.get("was_cancelled")] or task["predictions"]
        result = done[-1]["result"]
        regions, links = _result(result)
    except (ValueError, KeyError, IndexError, TypeError, AttributeError) as error:
        raise GoldError(f"{where}: no Label Studio task of this project ({error!r})") from error
    check(text, regions, where)
    return Marked(name, text, digest, tuple(regions), tuple(links))


def _result(result: list[dict[str, Any]]) -> tuple[list[Region], list[Link]]:
    regions: dict[str, Region] = {}
    for row in result:
        if row["type"] == "labels":
            value = row["value"]
            regions[row["id"]] = Region(
                row["id"], value["labels"][0], int(value["start"]), int(value["end"]), {},
                row.get("meta", {}).get("labeller", "annotator"))
    links = []
    for row in result:
        if row["type"] in ("choices", "textarea"):
            given = row["value"]["choices" if row["type"] == "choices" else "text"]
            regions[row["id"]].attributes[row["from_name"]] = given[0] if isinstance(given, list) else given
        elif row["type"] == "relation":
            links.append(Link(row["from_id"], row["to_id"], row["labels"][0]))
    return list(regions.values()), links
