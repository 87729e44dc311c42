"""An Obsidian vault: a note a directive, linked to notes of its section, document, actors, themes and indicators."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import lru_cache
from json.encoder import encode_basestring

from nlp_reform.graph import Flat
from nlp_reform.graph.flatten import Row, Scalar
from nlp_reform.prepared import compiled

_FOLDERS = {
    "document": "documents", "year": "years", "section": "sections", "directive": "directives",
    "indicator": "indicators", "actor": "actors", "theme": "themes", "reference": "references",
}
"""Kinds that have a note of their own, by the folder it stands in; the others are lines in their directive's note."""
_INSIDE = frozenset({"obligation", "target"})
_FRONT = (
    "kind", "document", "year", "number", "numbering", "start", "end", "codebook", "code", "score", "issuer", "date",
    "made_with",
)
_BYTES = 180
_MARKUP = compiled(r"[\\`*_\[\]<>#|^%$~=]")
_NO_TAG = compiled("[^0-9A-Za-z_-]")


def obsidian(flat: Flat) -> Mapping[str, str]:
    """Return the vault's notes by their path.

    Front matter holds the attributes and the label as alias; the body the text as a quotation, the obligations
    and targets as lists, and one link an edge. Open the folder as a vault; its graph view shows the network.
    """
    nodes: dict[object, Row] = {row["id"]: row for row in flat.nodes}
    names = _names(flat)
    leaving: defaultdict[object, list[Row]] = defaultdict(list)
    coming: defaultdict[object, list[Row]] = defaultdict(list)
    for edge in flat.edges:
        leaving[edge["source"]].append(edge)
        coming[edge["target"]].append(edge)
    notes: dict[str, str] = {}
    for row in flat.nodes:
        if row["id"] in names:
            lines = [*_front(row), *_body(row)]
            for edge in leaving[row["id"]]:
                target = nodes[edge["target"]]
                lines.append(f"- {_plain(edge['label'])}: {_link(target, names)}")
                if target["kind"] in _INSIDE:
                    lines.extend(f"  - {line}" for line in _inner(target, leaving, coming, nodes, names))
            folder = _FOLDERS.get(str(row["kind"]), "others")
            notes[f"{folder}/{names[row['id']]}.md"] = "\n".join([*lines, ""])
    return notes


def _names(flat: Flat) -> dict[object, str]:
    """Return the file names of notes: ids, cut to what file systems hold and distinct without regard to case."""
    names: dict[object, str] = {}
    taken: set[str] = set()
    for row in flat.nodes:
        if row["kind"] in _INSIDE:
            continue
        wanted = str(row["id"]).encode()[:_BYTES].decode("utf-8", "ignore").rstrip(".")
        name, number = wanted, 1
        while name.casefold() in taken:
            number += 1
            name = f"{wanted}-{number}"
        taken.add(name.casefold())
        names[row["id"]] = name
    return names


def _json(value: Scalar) -> str:
    return encode_basestring(value) if isinstance(value, str) else json.dumps(value)


def _front(row: Row) -> Iterator[str]:
    """Yield the front matter; JSON's strings are YAML's."""
    yield "---"
    yield f"aliases: [{_json(str(row['label']))}]"
    yield f"id: {_json(row['id'])}"
    for name in _FRONT:
        if name in row:
            yield f"{name}: {_json(row[name])}"
    yield f"tags: [nlp-reform/{_NO_TAG.sub('_', str(row['kind']))}]"
    yield "---"


def _body(row: Row) -> Iterator[str]:
    yield f"# {_plain(row['label'])}"
    yield ""
    if "text" in row and row["text"] != row["label"]:
        yield from (f"> {_plain(line)}" for line in str(row["text"]).splitlines() if line.strip())
        yield ""


def _inner(
    row: Row, leaving: Mapping[object, list[Row]], coming: Mapping[object, list[Row]], nodes: Mapping[object, Row],
    names: Mapping[object, str],
) -> Iterator[str]:
    """Yield the lines of an obligation or a target: its attributes, who bears it, what it measures."""
    told = [f"{name} {_plain(row[name])}" for name in ("modality", "strength", "cue", "comparator", "value", "unit",
                                                      "deadline", "condition") if name in row]
    if told:
        yield ", ".join(told)
    for edge in leaving[row["id"]]:
        yield f"{_plain(edge['label'])}: {_link(nodes[edge['target']], names)}"
    for edge in coming[row["id"]]:
        if nodes[edge["source"]]["kind"] == "actor":
            yield f"borne by {_link(nodes[edge['source']], names)}"


def _link(row: Row, names: Mapping[object, str]) -> str:
    """Return a link to a node's note, or its label when it has none."""
    label = _plain(row["label"])
    return f"[[{names[row['id']]}|{label}]]" if row["id"] in names else f"**{label}**"


@lru_cache(maxsize=1 << 16)
def _plain(value: object) -> str:
    """Return text on one line in which Markdown and Obsidian see no markup."""
    text = " ".join(str(value).split())
    return _MARKUP.sub(r"\\\g<0>", text) if _MARKUP.search(text) else text
