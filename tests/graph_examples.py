"""Made-up plans of two years, a comparison of them, and a graph full of hostile attributes."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import networkx as nx
import numpy as np

from nlp_reform import graph as room
from nlp_reform.model import (
    Assignment,
    Directive,
    Document,
    Mention,
    Obligation,
    Quantity,
    Reference,
    Section,
    Source,
    Statement,
    Target,
    Theme,
)

ITEMS = {
    2018: ["1.完善甲项制度。会员应当按时缴费。（甲部牵头，乙部配合）", "2.发展会员。全年新增会员500人。",
           "3.鼓励乙会办刊。依照《甲章》。"],
    2019: ["1.完善甲项制度。会员必须按时缴费。（甲部牵头）", "2.发展会员。全年新增会员800人。", "3.开办新刊。"],
}


def mention(text: str, part: str, base: int = 0) -> Mention:
    start = text.index(part, base)
    return Mention(start, start + len(part), part)


def plan(year: int) -> Document:
    """A plan of three directives in two sections, with every kind of layer the graph draws on."""
    name = f"soc-{year}"
    title = f"要点（{year}年）"
    text = title + "\n一、治理\n" + "\n".join(ITEMS[year][:2]) + "\n二、学术\n" + ITEMS[year][2] + "\n"
    places = [(text.index(item), text.index(item) + len(item)) for item in ITEMS[year]]
    cue = mention(text, "应当" if year == 2018 else "必须")
    amount = mention(text, "500人" if year == 2018 else "800人")
    d = [f"{name}.d{n}" for n in (1, 2, 3)]
    quantity = Quantity(f"{d[1]}.q1", d[1], amount.start, amount.end, amount.text, float(amount.text[:-1]), None, "人",
                        "=", "target")
    return Document(
        id=name, text=text, source=Source(f"{name}.txt", "text/plain", "utf-8", f"{year:064d}"), title=title, year=year,
        date=f"{year}-03-01", number=f"甲发〔{year}〕1号", issuer="甲会",
        sections=(Section(f"{name}.s1", None, 1, "一、", 1, "治理", text.index("一、"), places[1][1]),
                  Section(f"{name}.s2", None, 1, "二、", 2, "学术", text.index("二、"), places[2][1])),
        directives=tuple(
            Directive(d[n], f"{name}.s{1 if n < 2 else 2}", (f"{n + 1}.",), f"{n + 1}.", n + 1, "explicit",
                      ITEMS[year][n][2:].split("。")[0], *places[n]) for n in range(3)),
        statements=(Statement(f"{d[0]}.s1", d[0], "prescriptive", *places[0]),),
        obligations=(
            Obligation(f"{d[0]}.o1", d[0], f"{d[0]}.s1", "obligation", 4 if year == 2018 else 5, cue,
                       mention(text, "会员", places[0][0]), False, mention(text, "按时缴费"), None, None),
            *((Obligation(f"{d[2]}.o1", d[2], "", "encouragement", 1, mention(text, "鼓励"), mention(text, "乙会"),
                          False, mention(text, "办刊"), None, None),) if year == 2018 else ())),
        assignments=(Assignment(d[0], mention(text, "甲部"), "lead"),
                     *((Assignment(d[0], mention(text, "乙部"), "support"),) if year == 2018 else ())),
        quantities=(quantity,),
        targets=(Target(f"{d[1]}.t1", quantity.id, d[1], mention(text, "新增会员"), "increase", "by", None, None, None,
                        None),),
        references=((Reference(*_place(text, "《甲章》"), "《甲章》", "甲章", None, "document"),)
                    if year == 2018 else ()),
        themes=(Theme(d[0], "societies", "governance", 0.75), Theme(d[1], "societies", "membership", 0.5),
                Theme(d[2], "societies", "academic", 0.25)),
    )


def _place(text: str, part: str) -> tuple[int, int]:
    found = mention(text, part)
    return found.start, found.end


def plans() -> list[Document]:
    return [plan(2018), plan(2019)]


def comparison() -> dict[str, Any]:
    """A comparison of the two plans by the contract nlp-reform/compare/1, made by hand."""
    one, other = plans()

    def unit(document: Document, n: int) -> list[dict[str, Any]]:
        item = document.directives[n]
        return [{"directive": item.id, "start": item.start, "end": item.end}]

    reported = mention(other.text, "800人")
    return {
        "schema": "nlp-reform/compare/1",
        "before": {"id": one.id, "title": one.title, "year": 2018},
        "after": {"id": other.id, "title": other.title, "year": 2019},
        "items": [
            {"relation": "strengthened", "moved": False, "before": unit(one, 0), "after": unit(other, 0),
             "similarity": 0.9, "changes": [{"field": "modality", "before": "应当", "after": "必须"}]},
            {"relation": "changed", "moved": True, "before": unit(one, 1), "after": unit(other, 1), "similarity": 0.8,
             "changes": []},
            {"relation": "dropped", "moved": False, "before": unit(one, 2), "after": [], "similarity": None,
             "changes": []},
            {"relation": "added", "moved": False, "before": [], "after": unit(other, 2), "similarity": None,
             "changes": []},
            {"relation": "split", "moved": False, "before": unit(one, 1),
             "after": [*unit(other, 1), {"directive": "soc-2019.d99", "start": 0, "end": 1}], "similarity": 0.4},
        ],
        "targets": [],
        "outcomes": [{"target": {"start": one.targets and one.quantities[0].start, "end": one.quantities[0].end,
                                 "text": "500人"},
                      "achieved": {"start": reported.start, "end": reported.end, "text": "800人"},
                      "indicator": "新增会员"}],
    }


def two_years() -> nx.MultiDiGraph:
    """The graph of the two plans with the edges across years and those of similarity."""
    return room.add_similar(room.add_comparison(room.build(plans()), comparison()))


HOSTILE: dict[Any, Any] = {
    "none": None, "list": ["a", 1, None], "dict": {"a": [1]}, "set": {"b", "a"}, "date": date(2018, 3, 1),
    "moment": datetime(2018, 3, 1, 12), "npint": np.int64(7), "npfloat": np.float32(0.5), "npbool": np.bool_(True),
    "array": np.arange(3), "nan": float("nan"), "inf": float("inf"), "big": 2**70, "long": 2**40,
    "bytes": "甲".encode(),
    "control": "a\x00b\x0bc\x1fd\x7fe\ufffff", "surrogate": "a\ud800b",
    "quotes": "\"double\" 'single' `back` \\slash\\",
    "lines": "one\ntwo\r\nthree\ttab", "markup": "<b>&amp; ]]> <!-- -- --> {}|;#", "emoji": "🧑‍🔬 家",
    "text": "长" * 10_000, "formula": "=1+1", "type": "typed", "id": "identified", "source": "sourced",
    "target": "aimed", "key": "keyed", "parent": "parented", "weight": 2.5, "label": "labelled \"x\"",
    "a name with spaces/and slashes": "named", "name:int": "colon", 5: "five", "": "empty", "empty": "",
    "negative": "-2+3", "at": "@SUM(A1)", "true": True,
}


def hostile() -> nx.MultiDiGraph:
    """A graph whose ids and attributes no format takes as they are; parallel edges and a loop among them."""
    graph: nx.MultiDiGraph = nx.MultiDiGraph()
    graph.add_node("plain", **{str(name): value for name, value in HOSTILE.items()}, kind="directive")
    graph.nodes["plain"].update({5: "five"})
    graph.add_node("a b/c#d:e", kind="some kind", mixed=1)
    graph.add_node("a b/c#d_e", mixed="one", list=3)
    graph.add_node(17, mixed=2.5, label=None)
    graph.add_node("-标①\x00", mixed=True, label="-标\x00")
    graph.add_node("=cmd", label="=cmd|' /C calc'!A0")
    graph.add_edge("plain", "a b/c#d:e", "first")
    graph["plain"]["a b/c#d:e"]["first"].update({str(name): value for name, value in HOSTILE.items()} | {"key_": 1})
    graph.add_edge("plain", "a b/c#d:e", kind="has theme", score=0.0)
    graph.add_edge(17, 17, kind="loop")
    graph.add_edge("-标①\x00", "=cmd", type="not a direction")
    return graph
