"""The directive graph: what documents hold, as typed nodes and edges, and the views analysts draw of it."""

from nlp_reform.graph.across import add_comparison
from nlp_reform.graph.build import build
from nlp_reform.graph.flatten import Flat, flatten
from nlp_reform.graph.layout import positions
from nlp_reform.graph.measure import MEASURES, measure
from nlp_reform.graph.project import PROJECTIONS, project
from nlp_reform.graph.rows import Edge, Node
from nlp_reform.graph.select import ego, select
from nlp_reform.graph.similar import add_similar

__all__ = [
    "MEASURES", "PROJECTIONS", "Edge", "Flat", "Node", "add_comparison", "add_similar", "build", "ego", "flatten",
    "measure", "positions", "project", "select",
]
