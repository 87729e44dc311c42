"""The floors of the house and the way of a text through it, drawn from the contract that import-linter holds."""

from __future__ import annotations

import ast
import html
import tomllib
from collections.abc import Iterator

from made.copies import ROOT
from made.markdown import table

CONTRACT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"]["contracts"][0]
FLOW = {"read": "读取", "normalise": "规整", "segment": "切分", "extract": "抽取", "classify": "主题", "graph": "图谱",
        "align": "比对", "export": "输出"}
GAP, HEIGHT, WIDTH = 14, 34, 900
STYLE = """<style>
text { font: 15px system-ui, sans-serif; text-anchor: middle; dominant-baseline: central; fill: #1a237e }
rect { fill: #e8eaf6; stroke: #5c6bc0; rx: 6px } .small { font-size: 12px }
path { stroke: #5c6bc0; fill: none; marker-end: url(#tip) }
</style><defs><marker id="tip" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto">
<path d="M0 0 8 4 0 8z" style="fill:#5c6bc0;stroke:none"/></marker></defs>
"""


def pages() -> Iterator[tuple[str, str]]:
    """Yield the two pictures and the page of the rooms."""
    yield "pictures/floors.svg", floors()
    yield "pictures/flow.svg", flow()
    design = (ROOT / "scripts" / "docs" / "made" / "design.head.md").read_text(encoding="utf-8")
    yield "design.md", design + table(("floor", "room", "does"), _rooms())


def floors() -> str:
    """Return the floors as an SVG, the highest on top."""
    rows = [[name.strip() for name in layer.split("|")] for layer in CONTRACT["layers"]]
    parts = []
    for index, rooms in enumerate(rows):
        top, width = 10 + index * (HEIGHT + 18), (WIDTH - GAP * (len(rooms) - 1)) / len(rooms)
        for place, room in enumerate(rooms):
            parts.append(_box(10 + place * (width + GAP), top, width, HEIGHT, room))
        if index:
            parts.append(f'<path d="M{10 + WIDTH / 2} {top - 18} v16"/>')
    return _svg(WIDTH + 20, 10 + len(rows) * (HEIGHT + 18), "Floors: each imports only from below", parts)


def flow() -> str:
    """Return the way of a text as an SVG."""
    width = (WIDTH - 18 * (len(FLOW) - 1)) / len(FLOW)
    parts = []
    for place, room in enumerate(FLOW):
        left = 10 + place * (width + 18)
        parts.append(_box(left, 10, width, 52, room, FLOW[room]))
        if place:
            parts.append(f'<path d="M{left - 18:.1f} 36 h16"/>')
    return _svg(WIDTH + 20, 72, "The way of a text", parts)


def _rooms() -> Iterator[tuple[str, str, str]]:
    """Yield every room with its floor, counted from the ground, and the first sentence of its docstring."""
    layers = CONTRACT["layers"]
    for index, layer in enumerate(layers):
        for room in layer.split("|"):
            path = ROOT / "nlp_reform" / room.strip()
            file = path / "__init__.py" if path.is_dir() else path.with_suffix(".py")
            told = ast.get_docstring(ast.parse(file.read_text(encoding="utf-8"))) or ""
            yield str(len(layers) - 1 - index), f"`{room.strip()}`", told.split("\n\n")[0]


def _box(left: float, top: float, width: float, height: float, *lines: str) -> str:
    middle, step = top + height / 2, 18
    first = middle - step * (len(lines) - 1) / 2
    words = "".join(
        f'<text x="{left + width / 2:.1f}" y="{first + step * place:.1f}" class="{"small" if place else "name"}">'
        f"{html.escape(line)}</text>"
        for place, line in enumerate(lines))
    return f'<rect x="{left:.1f}" y="{top}" width="{width:.1f}" height="{height}"/>{words}'


def _svg(width: float, height: float, title: str, parts: list[str]) -> str:
    head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" role="img"><title>{title}</title>'
    return f"{head}{STYLE}{''.join(parts)}</svg>\n"
