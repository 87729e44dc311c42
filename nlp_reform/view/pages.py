"""Puts a page together: one file, styles and scripts inside, nothing fetched when it is opened."""

from __future__ import annotations

import hashlib
from base64 import b64encode
from collections.abc import Sequence
from functools import lru_cache
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from nlp_reform import __version__
from nlp_reform.model import Document
from nlp_reform.provenance import lines
from nlp_reform.view import changes, tallies
from nlp_reform.view.fulltext import MARKS, Anchors, blocks
from nlp_reform.view.network import network
from nlp_reform.view.words import ASSETS, Words, language

if TYPE_CHECKING:
    from jinja2 import Environment

    from nlp_reform.align import History

_DRAWING = "vendor/sigma.min.js"
"""Fails as soon as it runs where there is no WebGL, so the explorer starts it only where there is."""
_EXPLORER = ("vendor/graphology.umd.min.js", "explorer.js")
_FILTERS = {
    "figures": {"document": 0, "year": 0, "role": 3, "theme": 5},
    "directives": {"document": 0, "year": 0, "strength": 5, "theme": 4},
}
"""The columns a table is filtered by, and the cell that shows each."""


def report(documents: Sequence[Document], history: History | None = None, lang: str | None = None) -> str:
    """Return the report of one, two or many documents as one HTML page, in order of the history.

    `history` is what `align.track` made of them; without it the page has no comparison and no threads. Raises
    `ReformError` for a language that is neither zh, en nor None (the locale's).
    """
    words = Words(language(lang))
    parts = ["summary", "charts", "graph", "figures", "directives", "changes", "threads", "text"]
    if history is None:
        parts = [part for part in parts if part not in ("changes", "threads")]
    if history is not None:
        order = {side.id: n for n, side in enumerate(history.documents)}
        documents = sorted(documents, key=lambda one: order[one.id])
    return _page(documents, history, words, parts, words("page", "report"))


def explorer(documents: Sequence[Document], lang: str | None = None) -> str:
    """Return the graph explorer with its linked tables and the full text as one HTML page.

    Raises `ReformError` for a language that is neither zh, en nor None (the locale's).
    """
    words = Words(language(lang))
    return _page(documents, None, words, ["graph", "figures", "directives", "text"], words("page", "explorer"))


def _page(documents: Sequence[Document], history: History | None, words: Words, parts: list[str], kind: str) -> str:
    anchors = {document.id: Anchors(n, document) for n, document in enumerate(documents)}
    rows = {n: list(tallies.directive_rows(n, one, words)) for n, one in enumerate(documents)}
    figures = [row for n, one in enumerate(documents) for row in tallies.figure_rows(n, one, words)]
    names = [tallies.squeezed(one.title or one.id) for one in documents]
    scripts = [_asset("report.js"), *(map(_asset, _EXPLORER) if "graph" in parts else ())]
    return _environment().get_template("report.html.j2").render(
        w=words, parts=parts, title=f"{kind}: {'、'.join(names[:3])}{' …' if len(names) > 3 else ''}",
        version=__version__, made=lines(one.made_with for one in documents),
        style=Markup(_asset("report.css")), scripts=[Markup(script) for script in scripts],
        policy=_policy([*scripts, _asset(_DRAWING)]), drawing=Markup(_asset(_DRAWING)),
        facts=[tallies.facts(one) for one in documents], loop_number=_index,
        notes=[row for n, one in enumerate(documents) for row in tallies.doubt_rows(n, one, words)],
        sentences=_sentences(documents, history, words) if "summary" in parts else (),
        charts=_charts(documents, history, words) if "charts" in parts else (),
        figure_rows={"rows": figures, "filters": _filters("figures", figures, words)},
        directive_rows={"rows": (every := [row for n in rows for row in rows[n]]),
                        "filters": _filters("directives", every, words)},
        comparisons=[changes.comparison_part(one, anchors, words) for one in changes.pairs(history)],
        thread_table=changes.thread_table(history, anchors) if history else None,
        network=network(documents, words) if "graph" in parts else None, marks=MARKS,
        texts=[_text(n, one, rows[n], words) for n, one in enumerate(documents)], interface=_interface(words),
    )


def _text(number: int, document: Document, rows: Sequence[tallies.DirectiveRow], words: Words) -> dict[str, Any]:
    by_id = {row.node: row for row in rows}
    found = [{"row": block.directive and by_id.get(block.directive.id), "html": block.html,
              "start": block.directive.start if block.directive else 0,
              "end": block.directive.end if block.directive else 0} for block in blocks(number, document, words)]
    return {"title": tallies.squeezed(document.title or document.id), "blocks": found}


def _sentences(documents: Sequence[Document], history: History | None, words: Words) -> list[str]:
    found = []
    for one in documents:
        fact = tallies.facts(one)
        found.append(words("sentence", "one", title=tallies.squeezed(str(fact["document"])), year=fact["year"] or "–",
                           directives=fact["directives"], targets=fact["targets"], strict=fact["strict"],
                           soft=fact["soft"], obligations=len(one.obligations)))
    return found + [changes.sentence(one, words) for one in changes.pairs(history)]


def _charts(documents: Sequence[Document], history: History | None, words: Words) -> list[tuple[str, Markup | None]]:
    """Return each chart as SVG in the page's own ink; None where there is nothing to draw or no matplotlib."""
    from nlp_reform.view.charts import CHARTS, chart

    shown = CHARTS if history is not None else tuple(name for name in CHARTS if name != "threads")
    if find_spec("matplotlib") is None:
        return [(name, None) for name in shown]
    drawn = ((name, chart(name, documents, history, words, inline=True)) for name in shown)
    return [(name, None if svg is None else Markup(svg.decode())) for name, svg in drawn]


def _filters(table: str, rows: Sequence[Any], words: Words) -> list[tuple[str, int, list[str]]]:
    """Return the columns a table is filtered by, each with its cell and its values as shown."""
    found = []
    for column, cell in _FILTERS[table].items():
        values = tallies.options([getattr(row, column) for row in rows])
        known = words.group(column) if column in ("role", "strength") else {}
        found.append((column, cell, [known.get(value, value) for value in values]))
    return found


def _interface(words: Words) -> dict[str, Any]:
    """Return the words that the scripts show."""
    return {**words.group("do"), "nodes": words.group("node"), "strengths": words.group("strength")}


def _policy(scripts: Sequence[str]) -> str:
    """Return a content policy under which only our own scripts run and nothing is fetched."""
    hashes = " ".join(f"'sha256-{b64encode(hashlib.sha256(one.encode()).digest()).decode()}'" for one in scripts)
    return f"default-src 'none'; script-src {hashes}; style-src 'unsafe-inline'; img-src data: blob:"


def _index(facts: Sequence[Any], fact: Any) -> int:
    return next(n for n, one in enumerate(facts) if one is fact)


@lru_cache(maxsize=8)
def _asset(name: str) -> str:
    return (ASSETS / name).read_text(encoding="utf-8")


@lru_cache(maxsize=1)
def _environment() -> Environment:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    return Environment(loader=FileSystemLoader(ASSETS), autoescape=True, undefined=StrictUndefined, trim_blocks=True)
