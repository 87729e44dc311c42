"""GEXF 1.3 for Gephi: colours, sizes, places, kinds of edges, and a timeline over the years."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from itertools import chain

from nlp_reform.export.graph_formats.style import line, look, rgb, sizes
from nlp_reform.export.graph_formats.xml import HEAD, attribute
from nlp_reform.graph import Flat, positions
from nlp_reform.graph.flatten import ColumnType, Row

_TYPES = {"boolean": "boolean", "int": "integer", "long": "long", "double": "double", "string": "string"}


def gexf(flat: Flat) -> str:
    """Return GEXF 1.3.

    The time of a node or edge is its `year`, for shared nodes each of their `years`, written as spells of whole
    calendar years; what has no year has no time and stays visible throughout. Gephi keeps parallel edges apart by
    their `kind`. Weight is the attribute `weight`, else the score.
    """
    return "".join(_lines(flat))


def _lines(flat: Flat) -> Iterator[str]:
    timed = any("year" in row or "years" in row for row in chain(flat.nodes, flat.edges))
    time = 'mode="dynamic" timeformat="date" timerepresentation="interval"' if timed else 'mode="static"'
    yield f'{HEAD}<gexf xmlns="http://gexf.net/1.3" xmlns:viz="http://gexf.net/1.3/viz" version="1.3">\n'
    yield "<meta><creator>nlp_reform</creator><description>Directive graph</description></meta>\n"
    yield f'<graph defaultedgetype="directed" idtype="string" {time}>\n'
    yield from _columns("node", flat.node_types, ("id", "label"))
    yield from _columns("edge", flat.edge_types, ("id", "source", "target", "label"))
    places, size = positions(flat), sizes(flat)
    yield f'<nodes count="{len(flat.nodes)}">\n'
    for row in flat.nodes:
        name = str(row["id"])
        x, y = places[name]
        yield (f'<node id="{attribute(name)}" label="{attribute(row["label"])}">{_values(row, _NODE)}{_spells(row)}'
               f'{_colour(look(row["kind"]).colour)}<viz:size value="{size[name]}"/>'
               f'<viz:position x="{x:.2f}" y="{y:.2f}" z="0.0"/></node>\n')
    yield f'</nodes>\n<edges count="{len(flat.edges)}">\n'
    for row in flat.edges:
        yield (f'<edge id="{attribute(row["id"])}" source="{attribute(row["source"])}" '
               f'target="{attribute(row["target"])}" kind="{attribute(row["kind"])}" '
               f'label="{attribute(row["label"])}"{_weight(row)}>{_values(row, _EDGE)}{_spells(row)}'
               f'{_colour(line(row["kind"]))}</edge>\n')
    yield "</edges>\n</graph>\n</gexf>\n"


_NODE = frozenset({"id", "label"})
_EDGE = frozenset({"id", "source", "target", "label"})


def _columns(part: str, types: Mapping[str, ColumnType], skipped: tuple[str, ...]) -> Iterator[str]:
    yield f'<attributes class="{part}" mode="static">\n'
    for name, kind in types.items():
        if name not in skipped:
            yield f'<attribute id="{attribute(name)}" title="{attribute(name)}" type="{_TYPES[kind]}"/>\n'
    yield "</attributes>\n"


def _values(row: Row, skipped: frozenset[str]) -> str:
    cells = [f'<attvalue for="{name}" value="{attribute(value)}"/>' for name, value in row.items()
             if name not in skipped]
    return f"<attvalues>{''.join(cells)}</attvalues>"


def _weight(row: Row) -> str:
    weight = row.get("weight", row.get("score", 1.0))
    positive = isinstance(weight, int | float) and weight > 0
    return f' weight="{float(weight)!r}"' if positive else ""


def _spells(row: Row) -> str:
    """Return the years of a row, neighbouring ones as one spell."""
    listed = row.get("years")
    if isinstance(listed, str):
        return _in_spells(tuple(int(word) for word in listed.split("; ") if word.isdigit()))
    year = row.get("year")
    return _in_spells((year,)) if isinstance(year, int) else ""


@lru_cache(maxsize=4096)
def _in_spells(years: tuple[int, ...]) -> str:
    spells: list[list[int]] = []
    for year in sorted({year for year in years if 1 <= year <= 9999}):
        if spells and year == spells[-1][1] + 1:
            spells[-1][1] = year
        else:
            spells.append([year, year])
    inside = "".join(f'<spell start="{first:04d}-01-01" end="{last:04d}-12-31"/>' for first, last in spells)
    return f"<spells>{inside}</spells>" if spells else ""


@lru_cache(maxsize=256)
def _colour(colour: str) -> str:
    red, green, blue = rgb(colour)
    return f'<viz:color r="{red}" g="{green}" b="{blue}"/>'
