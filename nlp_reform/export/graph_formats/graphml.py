"""GraphML: plain (valid by its published schema) and with yFiles graphics, which yEd needs to show labels."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from nlp_reform.export.graph_formats.style import line, look, sizes
from nlp_reform.export.graph_formats.xml import HEAD, attribute, text
from nlp_reform.graph import Flat, positions
from nlp_reform.graph.flatten import ColumnType, Row

_SPACES = (
    'xmlns="http://graphml.graphdrawing.org/xmlns" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" '
    'xsi:schemaLocation="http://graphml.graphdrawing.org/xmlns '
    'http://graphml.graphdrawing.org/xmlns/1.0/graphml.xsd"'
)
_FONT = 'fontFamily="Microsoft YaHei" fontSize="12"'


def graphml(flat: Flat) -> str:
    """Return plain GraphML for Gephi, igraph, Cytoscape, networkx; the edge's `id` is its id in XML."""
    return "".join(_lines(flat, yed=False))


def yed(flat: Flat) -> str:
    """Return GraphML with the same data and, for yEd, labels, shapes, colours and places."""
    return "".join(_lines(flat, yed=True))


def _lines(flat: Flat, yed: bool) -> Iterator[str]:
    yield f'{HEAD}<graphml {_SPACES}{YFILES if yed else ""}>\n'
    yield from _keys("node", flat.node_types, {"id"})
    yield from _keys("edge", flat.edge_types, {"id", "source", "target"})
    if yed:
        yield '<key id="n.graphics" for="node" yfiles.type="nodegraphics"/>\n'
        yield '<key id="e.graphics" for="edge" yfiles.type="edgegraphics"/>\n'
    yield '<graph id="G" edgedefault="directed">\n'
    places = positions(flat) if yed else {}
    size = sizes(flat) if yed else {}
    for row in flat.nodes:
        name = str(row["id"])
        drawn = _node_graphics(row, places[name], size[name]) if yed else ""
        yield f'<node id="{attribute(name)}">{_data("n", row, ("id",))}{drawn}</node>\n'
    for row in flat.edges:
        drawn = _edge_graphics(row) if yed else ""
        yield (f'<edge id="{attribute(row["id"])}" source="{attribute(row["source"])}" '
               f'target="{attribute(row["target"])}">{_data("e", row, ("id", "source", "target"))}{drawn}</edge>\n')
    yield "</graph>\n</graphml>\n"


YFILES = (
    ' xmlns:y="http://www.yworks.com/xml/graphml" xmlns:yed="http://www.yworks.com/xml/yed/3"'
)


def _keys(part: str, types: Mapping[str, ColumnType], skipped: set[str]) -> Iterator[str]:
    for name, kind in types.items():
        if name not in skipped:
            yield (f'<key id="{part[0]}.{attribute(name)}" for="{part}" attr.name="{attribute(name)}" '
                   f'attr.type="{kind}"/>\n')


def _data(part: str, row: Row, skipped: tuple[str, ...]) -> str:
    return "".join([f'<data key="{part}.{name}">{text(value)}</data>' for name, value in row.items()
                    if name not in skipped])


def _node_graphics(row: Row, place: tuple[float, float], size: float) -> str:
    seen = look(row["kind"])
    return (
        f'<data key="n.graphics"><y:ShapeNode><y:Geometry height="{size * 2}" width="{size * 2}" x="{place[0]:.1f}" '
        f'y="{-place[1]:.1f}"/><y:Fill color="{seen.colour}" transparent="false"/>'
        f'<y:NodeLabel modelName="sides" modelPosition="s" {_FONT}>{text(row["label"])}</y:NodeLabel>'
        f'<y:Shape type="{seen.yed}"/></y:ShapeNode></data>'
    )


def _edge_graphics(row: Row) -> str:
    return (
        f'<data key="e.graphics"><y:PolyLineEdge><y:LineStyle color="{line(row["kind"])}" type="line" width="1.0"/>'
        f'<y:Arrows source="none" target="standard"/><y:EdgeLabel {_FONT}>{text(row["label"])}</y:EdgeLabel>'
        "</y:PolyLineEdge></data>"
    )
