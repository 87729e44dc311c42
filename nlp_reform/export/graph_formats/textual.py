"""Text formats that draw: Graphviz DOT, Pajek, Mermaid."""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache

from nlp_reform.errors import ExportError
from nlp_reform.export.graph_formats.style import line, look
from nlp_reform.graph import Flat, positions
from nlp_reform.graph.flatten import Row, Scalar
from nlp_reform.prepared import compiled

_FONTS = "Noto Sans CJK SC,Source Han Sans SC,Microsoft YaHei,PingFang SC,sans-serif"
_DRAWN = frozenset({
    "URL", "area", "arrowhead", "arrowsize", "arrowtail", "class", "color", "colorscheme", "comment",
    "constraint", "decorate", "dir", "distortion", "edgetooltip", "fillcolor", "fixedsize", "fontcolor",
    "fontname", "fontsize", "gradientangle", "group", "headclip", "headlabel", "headport", "height", "href",
    "image", "imagepos", "imagescale", "label", "labelangle", "labeldistance", "labelfloat", "labelhref",
    "labelloc", "layer", "len", "lhead", "lp", "ltail", "margin", "minlen", "nojustify", "ordering",
    "orientation", "penwidth", "peripheries", "pin", "pos", "rects", "regular", "root", "samehead", "sametail",
    "samplepoints", "shape", "shapefile", "showboxes", "sides", "size", "skew", "sortv", "style", "tailclip",
    "taillabel", "tailport", "target", "tooltip", "vertices", "weight", "width", "xlabel", "xlp", "z",
})
"""Attributes that Graphviz draws by; data of such a name gets a trailing underscore."""
_MERMAID_EDGES, _MERMAID_LABEL = 500, 40


def dot(flat: Flat) -> str:
    """Return DOT in UTF-8: looks by kind, the text as tooltip, and every attribute under its name."""
    lines = [
        'digraph "Directive graph" {', '  graph [charset="UTF-8", overlap=false, splines=true];',
        f'  node [fontname="{_FONTS}", style=filled, fontsize=10];', f'  edge [fontname="{_FONTS}", fontsize=8];',
    ]
    for row in flat.nodes:
        seen = look(row["kind"])
        lines.append(f'  {_dot(row["id"])} [label={_dot(row["label"])}, shape={seen.dot}, '
                     f'fillcolor="{seen.colour}"{_dot_more(row, _NODE)}];')
    for row in flat.edges:
        lines.append(f'  {_dot(row["source"])} -> {_dot(row["target"])} [label={_dot(row["label"])}, '
                     f'color="{line(row["kind"])}"{_dot_more(row, _EDGE)}];')
    return "\n".join([*lines, "}", ""])


_NODE, _EDGE = frozenset({"id", "label"}), frozenset({"source", "target", "label"})
_DOT = str.maketrans({"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "", "&": "&amp;"})
_DOT_SPECIAL = compiled('[\\\\"\n\r&]')
_DOT_PIECE = 3000


def _dot(value: Scalar) -> str:
    """Return a quoted string; `&` is written as an entity, for Graphviz reads entities.

    Graphviz takes no more than 16,384 bytes between two quotes; longer text is joined by `+`.
    """
    text = value if type(value) is str else _printed(value)
    if len(text) <= _DOT_PIECE:
        return f'"{text.translate(_DOT)}"' if _DOT_SPECIAL.search(text) else f'"{text}"'
    pieces = (text[at:at + _DOT_PIECE] for at in range(0, len(text), _DOT_PIECE))
    return " + ".join(f'"{piece.translate(_DOT)}"' for piece in pieces)


@lru_cache(maxsize=1024)
def _dot_name(name: str) -> str:
    return _dot(f"{name}_" if name in _DRAWN else name)


def _dot_more(row: Row, skipped: frozenset[str]) -> str:
    told = [f", {_dot_name(name)}={_dot(value)}" for name, value in row.items() if name not in skipped]
    if "text" in row:
        told.append(f', tooltip={_dot(row["text"])}')
    return "".join(told)


def _printed(value: Scalar) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def pajek(flat: Flat) -> str:
    """Return a Pajek network: vertices with places and colours, one list of arcs with weight and relation.

    Labels are made unique by the id; the place is scaled into Pajek's unit square. UTF-8 without a byte
    order mark, as igraph and networkx read it.
    """
    counted = Counter(str(row["label"]) for row in flat.nodes)
    places = positions(flat)
    made = sorted({str(row["made_with"]) for row in flat.nodes if "made_with" in row})
    lines = [f"*Network {_pajek('; '.join(made) or 'Directive graph')}", f"*Vertices {len(flat.nodes)}"]
    xs, ys = [x for x, _ in places.values()] or [0.0], [y for _, y in places.values()] or [0.0]
    left, low = min(xs), min(ys)
    wide, high = max(xs) - left or 1.0, max(ys) - low or 1.0
    number: dict[Scalar, int] = {}
    for n, row in enumerate(flat.nodes, 1):
        number[row["id"]] = n
        label = str(row["label"]) if counted[str(row["label"])] == 1 else f'{row["label"]} ({row["id"]})'
        x, y = places[str(row["id"])]
        lines.append(f'{n} {_pajek(label)} {(x - left) / wide:.4f} {1 - (y - low) / high:.4f} 0.5')
    lines.append("*Arcs")
    for row in flat.edges:
        weight = row.get("weight", row.get("score", 1.0))
        weight = weight if isinstance(weight, int | float) else 1.0
        lines.append(f'{number[row["source"]]} {number[row["target"]]} {float(weight):g} l {_pajek(row["kind"])}')
    return "\n".join([*lines, ""])


def _pajek(value: Scalar) -> str:
    """Return a quoted label on one line; Pajek has no escape for a quote or a backslash."""
    return '"' + " ".join(_printed(value).split()).replace('"', "”").replace("\\", "＼") + '"'


def mermaid(flat: Flat) -> str:
    """Return a Mermaid flowchart, for Markdown pages and notes.

    Mermaid draws 500 edges at most: raises `ExportError` above that; take a selection.
    """
    if len(flat.edges) > _MERMAID_EDGES:
        raise ExportError(f"mermaid draws {_MERMAID_EDGES} edges at most, the graph has {len(flat.edges)}; take a "
                          "part of it with --ego, --theme, --actor, --year, --kind or --projection")
    number = {row["id"]: f"n{n}" for n, row in enumerate(flat.nodes)}
    kinds = {str(row["kind"]): f"k{n}" for n, row in enumerate({str(row["kind"]): row for row in flat.nodes}.values())}
    lines = ["flowchart LR", *(f"  %% {one}" for one in sorted({str(row["made_with"]) for row in flat.nodes
                                                              if "made_with" in row}))]
    lines += [f'  {number[row["id"]]}["{_mermaid(row["label"])}"]:::{kinds[str(row["kind"])]}' for row in flat.nodes]
    lines += [f'  {number[row["source"]]} -->|"{_mermaid(row["label"])}"| {number[row["target"]]}'
              for row in flat.edges]
    lines += [f"  classDef {name} fill:{look(kind).colour},stroke:#555,color:#000" for kind, name in kinds.items()]
    return "\n".join([*lines, ""])


def _mermaid(value: Scalar) -> str:
    """Return a label with everything that Mermaid or Markdown would read as its own written as an entity."""
    text = " ".join(_printed(value).split())
    text = text if len(text) <= _MERMAID_LABEL else text[:_MERMAID_LABEL] + "…"
    return re.sub(r'["#;<>&`\\\[\]{}()|*_~$%^-]', lambda found: f"#{ord(found[0])};", text) or " "
