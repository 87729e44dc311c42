"""Automatic numbering of a Word file: the labels that Word prints and the text of the paragraphs does not hold.

After ECMA-376 part 1, 17.9: counters belong to the abstract definition and are shared by the lists made of it; a list
with a start override begins anew the first time it is used.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from nlp_reform.prepared import compiled
from nlp_reform.read.numbering import BULLET, ordinal

if TYPE_CHECKING:
    from lxml.etree import _Element

_LEVELS = 9
_PLACE = compiled(r"%([1-9])")
_CHAIN = 40
_MOST_LABEL = 60


def local(element: _Element) -> str:
    """Return an element's name without its namespace ("" for an entity)."""
    return element.tag.rsplit("}", 1)[-1] if isinstance(element.tag, str) else ""


def child(element: _Element | None, *path: str) -> _Element | None:
    """Return the first child of a name, then its first child of the next name, and so on."""
    for name in path:
        element = next((e for e in element if local(e) == name), None) if element is not None else None
    return element


def children(element: _Element | None, name: str) -> Iterator[_Element]:
    """Yield the children of a name."""
    if element is not None:
        yield from (e for e in element if local(e) == name)


def value(element: _Element | None, name: str = "val") -> str | None:
    """Return an attribute of the element's own namespace."""
    if element is None:
        return None
    space = element.tag.partition("}")[0] + "}"
    return element.get(space + name, element.get(name))


def number(element: _Element | None, default: int | None = None, name: str = "val") -> int | None:
    """Return an attribute as a whole number; `default` when it is missing or none."""
    text = value(element, name) or ""
    return int(text) if re.fullmatch(r"-?\d{1,9}", text) else default


def on(element: _Element | None) -> bool:
    """Tell whether a switch such as `w:vanish` is there and not turned off."""
    return element is not None and value(element) not in ("0", "false", "off")


@dataclass(slots=True)
class _Level:
    start: int = 1
    style: str = "decimal"
    text: str = ""
    restart: int | None = None
    legal: bool = False
    paragraph_style: str | None = None


@dataclass(slots=True)
class _Style:
    based_on: str | None
    name: str
    list_id: str | None
    level: int | None


@dataclass(slots=True)
class _List:
    abstract: str
    levels: dict[int, _Level] = field(default_factory=dict)
    starts: dict[int, int] = field(default_factory=dict)


class Numbers:
    """Gives each paragraph, in order, the label Word prints before it."""

    def __init__(self, numbering: _Element | None, styles: _Element | None) -> None:
        """Take the roots of the numbering part and the styles part."""
        self._styles = {
            value(s, "styleId") or "": _Style(
                value(child(s, "basedOn")), (value(child(s, "name")) or "").lower(),
                value(child(s, "pPr", "numPr", "numId")), number(child(s, "pPr", "numPr", "ilvl")),
            )
            for s in children(styles, "style")
        }
        self._default = next((value(s, "styleId") for s in children(styles, "style")
                              if value(s, "type") == "paragraph" and value(s, "default") in ("1", "true")), None)
        self._abstract: dict[str, dict[int, _Level]] = {}
        self._linked: dict[str, str] = {}
        for definition in children(numbering, "abstractNum"):
            self._define(definition)
        self._lists = {value(n, "numId") or "": self._list(n) for n in children(numbering, "num")}
        self._counts: dict[str, list[int | None]] = {}
        self._begun: set[tuple[str, int]] = set()

    def _define(self, definition: _Element) -> None:
        name = value(definition, "abstractNumId") or ""
        self._abstract[name] = {number(e, 0, "ilvl") or 0: _level(e) for e in children(definition, "lvl")}
        link = value(child(definition, "numStyleLink"))
        if link:
            self._linked[name] = link

    def _list(self, num: _Element) -> _List:
        found = _List(value(child(num, "abstractNumId")) or "")
        for override in children(num, "lvlOverride"):
            level = number(override, 0, "ilvl") or 0
            start = number(child(override, "startOverride"))
            own = child(override, "lvl")
            if own is not None:
                found.levels[level] = _level(own)
            if start is not None:
                found.starts[level] = start
        return found

    def _chain(self, style: str | None) -> Iterator[tuple[str, _Style]]:
        """Yield a style and those it is based on."""
        for _ in range(_CHAIN):
            if style is None or style not in self._styles:
                return
            yield style, self._styles[style]
            style = self._styles[style].based_on

    def is_contents(self, paragraph: _Element) -> bool:
        """Tell whether a paragraph is an entry of a table of contents."""
        style = value(child(paragraph, "pPr", "pStyle"))
        return any(found.name.startswith("toc ") for _, found in self._chain(style))

    def label(self, paragraph: _Element) -> str:
        """Count a paragraph and return its label, "" when it is not numbered."""
        properties = child(paragraph, "pPr")
        given = child(properties, "numPr")
        list_id = value(child(given, "numId"))
        level = number(child(given, "ilvl"))
        style = value(child(properties, "pStyle")) or self._default
        if list_id is None:
            for name, found in self._chain(style):
                if found.list_id is not None:
                    list_id = found.list_id
                    level = level if level is not None else self._level_of(list_id, name, found)
                    break
        if list_id is None or list_id == "0" or list_id not in self._lists:
            return ""
        return self._next(list_id, min(max(level or 0, 0), _LEVELS - 1))

    def _level_of(self, list_id: str, style: str, found: _Style) -> int:
        """Return the level that a definition ties to a style, else the one the style names."""
        if list_id in self._lists:
            for place, level in self._levels(self._lists[list_id])[1].items():
                if level.paragraph_style == style:
                    return place
        return found.level or 0

    def _levels(self, given: _List) -> tuple[str, dict[int, _Level]]:
        """Return the abstract definition of a list, by its link to a list style if it has one, and its levels."""
        abstract = given.abstract
        for _ in range(_CHAIN):
            style = self._styles.get(self._linked.get(abstract, ""))
            linked = self._lists.get(style.list_id or "") if style is not None else None
            if linked is None or linked.abstract == abstract:
                break
            abstract = linked.abstract
        levels = self._abstract.get(abstract, {})
        return abstract, ({**levels, **given.levels} if given.levels else levels)

    def _next(self, list_id: str, place: int) -> str:
        given = self._lists[list_id]
        abstract, levels = self._levels(given)
        level = levels.get(place)
        if level is None:
            return ""
        counts = self._counts.setdefault(abstract, [None] * _LEVELS)
        if place in given.starts and (list_id, place) not in self._begun:
            counts[place] = given.starts[place]
        else:
            before = counts[place]
            counts[place] = level.start if before is None else before + 1
        self._begun.add((list_id, place))
        for deeper in range(place + 1, _LEVELS):
            restart = levels[deeper].restart if deeper in levels else None
            if restart is None or (restart and place < restart):
                counts[deeper] = None
        return _printed(level, levels, counts)


def _level(element: _Element) -> _Level:
    """Read a level; of alternatives for one format the last is the plain one."""
    formats = [e for e in element.iter() if local(e) == "numFmt"]
    return _Level(
        number(child(element, "start"), 1) or 0,
        (value(formats[-1]) if formats else None) or "decimal",
        value(child(element, "lvlText")) or "",
        number(child(element, "lvlRestart")),
        on(child(element, "isLgl")),
        value(child(element, "pStyle")),
    )


def _printed(level: _Level, levels: dict[int, _Level], counts: list[int | None]) -> str:
    if level.style == "bullet":
        mark = level.text.strip()
        return mark if mark and all(c.isprintable() and not "\ue000" <= c <= "\uf8ff" for c in mark) else BULLET

    def count(match: re.Match[str]) -> str:
        place = int(match.group(1)) - 1
        other = levels.get(place, _Level())
        reached = counts[place]
        return ordinal(other.start - 1 if reached is None else reached, "decimal" if level.legal else other.style)

    return _PLACE.sub(count, level.text)[:_MOST_LABEL].strip()
