"""The directive graph: what a document holds, as typed nodes and edges."""

from nlp_reform.graph.build import build
from nlp_reform.graph.flatten import flatten
from nlp_reform.graph.rows import Edge, Node

__all__ = ["Edge", "Node", "build", "flatten"]
