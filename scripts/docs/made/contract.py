"""The output contract `nlp-reform/1` as a page and as a JSON Schema, both out of the records themselves."""

from __future__ import annotations

import inspect
import json
from collections.abc import Iterator
from dataclasses import fields
from functools import cache
from pathlib import Path
from typing import Any, get_args, get_type_hints

from pydantic import TypeAdapter

from made.markdown import table
from nlp_reform import jsonable, model

TITLE = "reference/nlp-reform-1.schema.json"
HEAD = Path(__file__).with_name("contract.head.md")


@cache
def schema() -> dict[str, Any]:
    """Return the JSON Schema of one document as `extract --format json` writes it."""
    hints = get_type_hints(model.Document)
    layers = {name: _items(hints[name]) for name in ("pages", *jsonable.LAYERS)}
    head = {name: hints[name] for name in jsonable._HEAD}
    kinds = {**layers, **head, "source": hints["source"], "made_with": hints["made_with"]}
    bodies = {name: TypeAdapter(kind).json_schema() for name, kind in kinds.items()}
    definitions = {name: body for one in bodies.values() for name, body in one.pop("$defs", {}).items()}
    document = {name: bodies[name] for name in (*head, "source")} | {"length": {"type": "integer"}}
    properties = {
        "schema": {"const": jsonable.SCHEMA}, "document": _object(document, "The document's head."),
        "made_with": bodies["made_with"],
        "text": {"type": "string", "description": "The text of record; left out with --no-text."},
        **{name: {"type": "array", "items": bodies[name]} for name in ("pages", *jsonable.LAYERS)},
        "extra": {"type": "object", "additionalProperties": {"type": "array"},
                  "description": "Layers of plugins by name; left out where there are none."},
    }
    required = [name for name in properties if name not in ("text", "extra")]
    made = _object(properties, "One document by the contract nlp-reform/1.")
    made |= {"required": required, "$defs": definitions}
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": jsonable.SCHEMA, **_untitled(made)}


def pages() -> Iterator[tuple[str, str]]:
    """Yield the page and the schema file."""
    hints = get_type_hints(model.Document)
    parts = [HEAD.read_text(encoding="utf-8")]
    for name in ("pages", *jsonable.LAYERS):
        parts.append(f"### {name}\n\n" + _record(_items(hints[name])))
    inner = (model.Mention, model.Actor, model.Deadline, model.Baseline, model.Genre, model.Period, model.Part,
             model.MadeWith, model.UsedCodebook)
    parts.append("## Pieces\n\n" + "".join(f"### {one.__name__}\n\n{_record(one)}" for one in inner))
    yield "reference/contract.md", "".join(parts)
    yield TITLE, json.dumps(schema(), ensure_ascii=False, indent=1)


def _record(kind: type) -> str:
    hints = get_type_hints(kind)
    rows = [(f"`{field.name}`", _told(hints[field.name])) for field in fields(kind)]
    return f"{inspect.cleandoc(kind.__doc__ or '')}\n\n{table(('field', 'value'), rows)}\n"


def _told(hint: Any) -> str:
    """Return a type in the words of JSON."""
    words = {str: "string", int: "integer", float: "number", bool: "true or false", type(None): "null"}
    if hint in words:
        return words[hint]
    arguments = get_args(hint)
    if isinstance(hint, type) and not arguments:
        return f"[{hint.__name__}](#{hint.__name__.lower()})"
    if getattr(hint, "__origin__", None) is tuple:
        inside = [one for one in arguments if one is not Ellipsis]
        listed = ", ".join(dict.fromkeys(_told(one) for one in inside))
        return f"list of {listed}" if Ellipsis in arguments else f"[{', '.join(_told(one) for one in inside)}]"
    if all(isinstance(one, str) for one in arguments):
        return ", ".join(f"`{one}`" for one in arguments)
    return ", or ".join(_told(one) for one in arguments)


def _items(hint: Any) -> Any:
    return get_args(hint)[0]


def _object(properties: dict[str, Any], description: str) -> dict[str, Any]:
    return {"type": "object", "description": description, "properties": properties, "required": list(properties),
            "additionalProperties": False}


def _untitled(value: Any) -> Any:
    """Return a schema without the titles that only repeat names."""
    if isinstance(value, dict):
        kept = {key: inner for key, inner in value.items() if key != "title" or not isinstance(inner, str)}
        return {key: _untitled(inner) for key, inner in kept.items()}
    return [_untitled(inner) for inner in value] if isinstance(value, list) else value
