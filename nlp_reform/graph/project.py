"""Projections: the smaller graphs that analysts draw, made of the directive graph."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable
from itertools import combinations
from typing import TYPE_CHECKING

from nlp_reform.errors import ReformError
from nlp_reform.graph.build import connect
from nlp_reform.graph.rows import Edge, EdgeKind
from nlp_reform.graph.similar import add_similar
from nlp_reform.graph.walk import each_edge

if TYPE_CHECKING:
    import networkx as nx

_ACTING = frozenset({"leads", "responsible", "supports"})


def project(graph: nx.MultiDiGraph[str], name: str) -> nx.MultiDiGraph[str]:
    """Return a projection of the graph by its name (see `PROJECTIONS`); raises `ReformError` for another name.

    Nodes keep their attributes. Every edge carries `weight`: how many directives stand behind it (for
    directive-similarity the similarity, which is also its score).
    """
    maker = _MAKERS.get(name)
    if maker is None:
        raise ReformError(f"no projection {name!r}; known are {', '.join(PROJECTIONS)}")
    return maker(graph)


def _directive_similarity(graph: nx.MultiDiGraph[str]) -> nx.MultiDiGraph[str]:
    """Join directives where their wording is alike (`similar_to`, each pair once)."""
    if not any(kind == "similar_to" for _, _, kind in each_edge(graph, "kind")):
        graph = add_similar(graph)
    made = _nodes(graph, {"directive"})
    for source, target, data in graph.edges(data=True):
        if data.get("kind") == "similar_to":
            connect(made, Edge(source, target, "similar_to", data.get("document"), data.get("year"),
                               score=data["score"], more={"weight": data["score"]}))
    return made


def _actor_theme(graph: nx.MultiDiGraph[str]) -> nx.MultiDiGraph[str]:
    """Join actors to the themes of the directives they lead, answer for, support or bear duties in."""
    themes: defaultdict[str, list[str]] = defaultdict(list)
    for source, target, kind in each_edge(graph, "kind"):
        if kind == "has_theme":
            themes[source].append(target)
    counted: Counter[tuple[str, str]] = Counter()
    for directive, actors in _acting(graph, duties=True).items():
        counted.update((actor, theme) for actor in actors for theme in themes[directive])
    return _counted(_nodes(graph, {"actor", "theme"}), counted, "works_on")


def _actor_actor(graph: nx.MultiDiGraph[str]) -> nx.MultiDiGraph[str]:
    """Join actors that one directive names together, each pair once."""
    counted: Counter[tuple[str, str]] = Counter()
    for actors in _acting(graph, duties=False).values():
        counted.update(combinations(sorted(actors), 2))
    return _counted(_nodes(graph, {"actor"}), counted, "shares_work")


def _indicator_year(graph: nx.MultiDiGraph[str]) -> nx.MultiDiGraph[str]:
    """Join each indicator to the years it has a target in; one edge a target, with value, unit and comparator."""
    made = _nodes(graph, {"indicator", "year"})
    for target, indicator, data in graph.edges(data=True):
        year = f"year-{data.get('year')}"
        if data.get("kind") == "measures" and year in made:
            aim = graph.nodes[target]
            more = {name: aim.get(name) for name in ("value", "upper", "unit", "comparator", "direction", "change",
                                                     "deadline", "binding")}
            connect(made, Edge(indicator, year, "set_for", data.get("document"), data.get("year"), aim.get("start"),
                               aim.get("end"), aim.get("text"), more={**more, "of": target, "weight": 1}))
    return made


def _acting(graph: nx.MultiDiGraph[str], duties: bool) -> dict[str, list[str]]:
    """Return for each directive the actors named in it, in order; with `duties` also the bearers of its duties."""
    owner = {target: source for source, target, kind in each_edge(graph, "kind") if kind == "obliges"}
    found: defaultdict[str, dict[str, None]] = defaultdict(dict)
    for source, target, kind in each_edge(graph, "kind"):
        if kind in _ACTING:
            found[target][source] = None
        elif duties and kind == "bears" and target in owner:
            found[owner[target]][source] = None
    return {directive: list(actors) for directive, actors in found.items()}


def _nodes(graph: nx.MultiDiGraph[str], kinds: set[str]) -> nx.MultiDiGraph[str]:
    made: nx.MultiDiGraph[str] = graph.__class__()
    made.add_nodes_from((node, dict(data)) for node, data in graph.nodes(data=True) if data.get("kind") in kinds)
    return made


def _counted(
    made: nx.MultiDiGraph[str], counted: Counter[tuple[str, str]], kind: EdgeKind
) -> nx.MultiDiGraph[str]:
    """Join the counted pairs and drop the nodes that no edge touches."""
    for (source, target), weight in counted.items():
        connect(made, Edge(source, target, kind, more={"weight": weight}))
    made.remove_nodes_from([node for node, degree in made.degree() if not degree])
    return made


_MAKERS: dict[str, Callable[[nx.MultiDiGraph[str]], nx.MultiDiGraph[str]]] = {
    "directive-similarity": _directive_similarity,
    "actor-theme": _actor_theme,
    "actor-actor": _actor_actor,
    "indicator-year": _indicator_year,
}
PROJECTIONS = tuple(_MAKERS)
"""Names of the projections."""
