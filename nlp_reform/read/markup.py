"""Where the text of a web page is: the element that holds its prose, without navigation and toolbars.

Measured on the saved pages of the development corpus against their plain texts (scripts/bench_read.py): all of the
text and nothing else, where trafilatura's readability rules lose table rows, list numbers and short paragraphs.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from nlp_reform.prepared import compiled
from nlp_reform.resources import lexicon

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_PROSE = compiled("[\u3400-\u9fff\U00020000-\U0003ffff\\d，。；、]+")
_TOKEN = compiled(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")
_HIDDEN = compiled(r"(?:display\s*:\s*none|visibility\s*:\s*hidden)", re.I)
_BOXES = frozenset(
    ("body", "div", "section", "article", "main", "table", "tbody", "tr", "td", "center", "form", "span", "font")
)
_MOST, _KNOWN, _FURNITURE = 0.9, 0.6, 0.3
_LINKS, _LINKED = 3, 0.8


@lru_cache(maxsize=1)
def _lexicon() -> dict[str, Any]:
    data = lexicon("web")
    return {
        **data,
        **{key: frozenset(data[key]) for key in ("drop", "outer", "words", "content")},
        "keep": compiled(data["keep"]),
        "related": compiled(data["related"]),
        "number": compiled(data["number"]),
    }


class Page:
    """A parsed page: which elements to leave out, and how much prose each of the others holds."""

    def __init__(self, root: HtmlElement) -> None:
        """Weigh every element once."""
        self.root = root
        self.dropped: set[HtmlElement] = set()
        self._prose: dict[HtmlElement, int] = {}
        self._linked: dict[HtmlElement, tuple[int, int]] = {}
        self._weigh()
        self._total = self._prose.get(root, 0)
        self._drop_named()

    def _weigh(self) -> None:
        """Count, bottom up, prose outside links, and text and number of links."""
        from lxml import etree

        drop = _lexicon()["drop"]
        walk = etree.iterwalk(self.root, events=("start", "end"))
        inside_link = 0
        for event, element in walk:
            if event == "start":
                if element.tag in drop or _is_hidden(element):
                    self.dropped.add(element)
                    walk.skip_subtree()
                inside_link += _is_link(element)
                continue
            own, linked, links = (0, 0, 0) if element in self.dropped else self._sum(element, inside_link > 0)
            if _is_link(element):
                inside_link -= 1
                links += 1
            self._prose[element] = own
            self._linked[element] = (linked, links)

    def _sum(self, element: HtmlElement, in_link: bool) -> tuple[int, int, int]:
        own = _weight(element.text)
        linked = links = 0
        for child in element:
            own += self._prose.get(child, 0) + _weight(child.tail)
            more = self._linked.get(child, (0, 0))
            linked, links = linked + more[0], links + more[1]
        return (0, linked + own, links) if in_link else (own, linked, links)

    def _drop_named(self) -> None:
        """Leave out what its class, id or kind says is furniture, unless it holds much of the page's prose."""
        data = _lexicon()
        for element in self.root.iter("*"):
            if element in self.dropped or element not in self._prose or element.tag in ("html", "body"):
                continue
            small = self._prose[element] <= _FURNITURE * self._total
            if small and (
                (element.tag in data["outer"] and not _inside(element, ("article", "main")))
                or element.get("role") in ("navigation", "banner", "contentinfo", "search", "complementary")
                or _named(element, data["words"], data["parts"])
                or self._is_link_list(element)
            ):
                self.dropped.add(element)

    def _is_link_list(self, element: HtmlElement) -> bool:
        """Tell whether an element is a list of links to other pages rather than text with links."""
        if element.tag not in ("ul", "ol", "dl", "div", "table", "p", "td", "section"):
            return False
        linked, links = self._linked[element]
        text = linked + self._prose[element]
        if links < _LINKS or linked < _LINKED * text:
            return False
        data = _lexicon()
        words = "".join(element.itertext())
        return not data["keep"].search(words) and "。" not in words and "；" not in words

    def content(self) -> HtmlElement:
        """Return the element that holds the text: a known one, or the innermost that holds nine tenths of the prose."""
        if not self._total:
            return self.root
        known = _lexicon()["content"]
        for element in self.root.iter("*"):
            if element in self.dropped or self._prose.get(element, 0) < _KNOWN * self._total:
                continue
            names = {*(element.get("class") or "").lower().split(), (element.get("id") or "").lower()}
            if names & known or element.get("itemprop") == "articleBody":
                return element
        node = self.root
        while True:
            boxes = [child for child in node if child.tag in _BOXES and child not in self.dropped]
            best = max(boxes, key=lambda child: self._prose.get(child, 0), default=None)
            if best is None or self._prose.get(best, 0) < _MOST * self._total:
                return node
            node = best

    def titles(self, content: HtmlElement) -> list[str]:
        """Return what may be the document's title as printed outside its content, best first."""
        found = [
            "".join(element.itertext())
            for element in self.root.iter("h1", "h2")
            if element not in self.dropped and not _within(element, content)
        ]
        wanted = _lexicon()["titles"]
        metas = {
            (meta.get("name") or meta.get("property") or "").lower(): meta.get("content") or ""
            for meta in self.root.iter("meta")
        }
        found += [metas[name] for name in wanted if name in metas]
        found += ["".join(element.itertext()) for element in self.root.iter("title")][:1]
        return [" ".join(title.split()) for title in found if title.strip()]

    def number(self, content: HtmlElement) -> str:
        """Return the document's number printed ahead of its content, alone or behind 发文字号; empty without one.

        What is left out and what follows the content (lists of other documents) is not looked at.
        """
        pattern = _lexicon()["number"]
        for element in self.root.iter("*"):
            if element is content:
                break
            found = pattern.fullmatch(" ".join((element.text or "").split()))
            if found and self.dropped.isdisjoint((element, *element.iterancestors())):
                return str(found.group(1))
        return ""


def is_related(line: str) -> bool:
    """Tell whether a line is a heading over links to other pages."""
    return bool(_lexicon()["related"].fullmatch(line.strip()))


def _weight(text: str | None) -> int:
    return sum(map(len, _PROSE.findall(text))) if text else 0


def _is_link(element: HtmlElement) -> bool:
    """Tell whether an element leads elsewhere; one left open runs over paragraphs with sentences, which are text."""
    return element.tag == "a" and bool(element.get("href")) and not any(
        "。" in "".join(inner.itertext()) for inner in element.iter("p"))


def _is_hidden(element: HtmlElement) -> bool:
    style = element.get("style")
    return element.get("hidden") is not None or (style is not None and _HIDDEN.search(style) is not None)


def _named(element: HtmlElement, words: Collection[str], parts: Collection[str]) -> bool:
    names = f"{element.get('class') or ''} {element.get('id') or ''}"
    if names == " ":
        return False
    folded = names.lower()
    return any(part in folded for part in parts) or any(token.lower() in words for token in _TOKEN.findall(names))


def _inside(element: HtmlElement, tags: Collection[str]) -> bool:
    return any(parent.tag in tags for parent in element.iterancestors())


def _within(element: HtmlElement, content: HtmlElement) -> bool:
    return element is content or any(parent is content for parent in element.iterancestors())
