"""Edges between directives of like wording."""

from __future__ import annotations

import math
import unicodedata
from collections import Counter
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from nlp_reform.graph.build import connect
from nlp_reform.graph.rows import Edge
from nlp_reform.graph.walk import each_node

if TYPE_CHECKING:
    import networkx as nx

_BLOCK = 1000
"""Rows multiplied at once, so that memory stays small."""


def add_similar(graph: nx.MultiDiGraph[str], top: int = 5, least: float = 0.3) -> nx.MultiDiGraph[str]:
    """Return a copy of the graph with `similar_to` edges between directives.

    Measured is the cosine of TF-IDF weighted characters and pairs of characters (the best single measure for
    aligning yearly plans, AUC .975 on 64 judged pairs). Each directive is joined to its `top` most similar ones
    at or above `least`; a pair gets one edge, from the earlier in the graph's order to the later, with the cosine
    as score.
    """
    linked: nx.MultiDiGraph[str] = graph.copy()
    nodes = [node for node, kind in each_node(graph, "kind") if kind == "directive"]
    texts = [_folded(graph.nodes[node].get("text") or graph.nodes[node].get("label") or "") for node in nodes]
    pairs: dict[tuple[int, int], float] = {}
    for row, column, score in _nearest(_matrix(texts), top, least) if len(nodes) > 1 else ():
        pairs[min(row, column), max(row, column)] = score
    for (one, other), score in sorted(pairs.items()):
        source, target = graph.nodes[nodes[one]], graph.nodes[nodes[other]]
        same = source.get("document") == target.get("document")
        years = [year for year in (source.get("year"), target.get("year")) if year is not None]
        connect(linked, Edge(nodes[one], nodes[other], "similar_to", source.get("document") if same else None,
                             max(years, default=None), score=round(score, 4)))
    return linked


def _folded(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split()).lower()


def _matrix(texts: list[str]) -> Any:
    """Return the TF-IDF matrix, a unit row a text."""
    import numpy as np
    from scipy.sparse import csr_array

    vocabulary: dict[str, int] = {}
    columns: list[int] = []
    values: list[float] = []
    ends = [0]
    for text in texts:
        counts = Counter(text)
        counts.update(map("".join, pairwise(text)))
        for gram, count in counts.items():
            columns.append(vocabulary.setdefault(gram, len(vocabulary)))
            values.append(1.0 + math.log(count))
        ends.append(len(columns))
    matrix = csr_array((np.array(values, dtype=np.float32), np.array(columns, dtype=np.int32), np.array(ends)),
                       shape=(len(texts), max(1, len(vocabulary))))
    frequency = np.bincount(matrix.indices, minlength=matrix.shape[1])
    weight = np.log((1 + len(texts)) / (1 + frequency)) + 1
    matrix.data *= weight[matrix.indices].astype(np.float32)
    rows = np.repeat(np.arange(len(texts)), np.diff(matrix.indptr))
    length = np.sqrt(np.bincount(rows, weights=matrix.data**2, minlength=len(texts)))
    matrix.data /= np.where(length > 0, length, 1)[rows].astype(np.float32)
    return matrix


def _nearest(matrix: Any, top: int, least: float) -> list[tuple[int, int, float]]:
    """Return for each row its most similar other rows."""
    import numpy as np

    found: list[tuple[int, int, float]] = []
    other = matrix.T.tocsr()
    for first in range(0, matrix.shape[0], _BLOCK):
        near = (matrix[first:first + _BLOCK] @ other).tocsr()
        for n in range(near.shape[0]):
            columns = near.indices[near.indptr[n]:near.indptr[n + 1]]
            scores = near.data[near.indptr[n]:near.indptr[n + 1]]
            keep = (scores >= least) & (columns != first + n)
            columns, scores = columns[keep], scores[keep]
            best = np.lexsort((columns, -scores))[:top]
            found.extend((first + n, int(columns[k]), float(scores[k])) for k in best)
    return found
