"""The tree of numbered items and printed headings of one part of a document."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from nlp_reform.prepared import compiled
from nlp_reform.resources import lexicon
from nlp_reform.segment.formulas import Paragraph, address
from nlp_reform.segment.labels import Label
from nlp_reform.segment.sequence import Key, key_of

_HEADING_LENGTH, _ESSAY, _TITLE, _CLAUSE = 30, 6, 40, 60
_NUMBERED = ("han", "han_bracket", "arabic", "dotted")
"""Families whose items stand by themselves where they order something; others finish the sentence they stand in."""
_HEADING = compiled(r"[^。!?;,:]{2,30}")


@dataclass(eq=False)
class Node:
    """An item or printed heading: its paragraph, what stands under it, and what it turns out to be."""

    paragraph: int
    label: Label | None
    level: int
    parent: Node | None
    order: int
    children: list[Node] = field(default_factory=list)
    own: list[int] = field(default_factory=list)
    after: list[int] = field(default_factory=list)

    @property
    def last(self) -> int:
        """Return the index of the last paragraph in or under this node."""
        mine = max([self.paragraph, *self.own[-1:], *self.after[-1:]])
        return max(mine, self.children[-1].last) if self.children else mine

    @property
    def numbered(self) -> bool:
        """Tell whether anything in or under this node has a label."""
        return self.label is not None or any(child.numbered for child in self.children)

    def path(self) -> list[Node]:
        """Return the nodes from the outermost down to this one."""
        nodes: list[Node] = []
        node: Node | None = self
        while node is not None and node.parent is not None:
            nodes.append(node)
            node = node.parent
        return nodes[::-1]


class Builder:
    """Reads paragraphs in order and hangs them into the tree; `root` holds what belongs to no node."""

    def __init__(self, text: str, paragraphs: Sequence[Paragraph], nesting: Mapping[Key, int]) -> None:
        """Take the cleaned text, its paragraphs and the depth order of marker families."""
        self._text = text
        self._paragraphs = paragraphs
        self._nesting = nesting
        self.root = Node(-1, None, 0, None, -100)
        self._at = self.root

    def item(self, index: int, label: Label) -> None:
        """Hang a labelled paragraph."""
        order = 10 * self._nesting[key_of(label)]
        while self._at.order >= order:
            self._at = self._at.parent or self.root
        self._push(index, label, order)

    def heading(self, index: int, order: int) -> None:
        """Hang a printed heading without number, which outranks everything from `order` on."""
        while self._at.order >= order:
            self._at = self._at.parent or self.root
        self._push(index, None, order)

    def box(self, index: int) -> None:
        """Hang the title of a boxed list (专栏1 重点工程) beside the item that is open: its numbers are its own."""
        self.heading(index, max(self._at.order, 0))

    def prose(self, index: int) -> None:
        """Hang any other paragraph under the item that is open."""
        if address()[1].match(self._text, *self._paragraphs[index]):
            while self._at.level > 1 or (self._at.level == 1 and self._at.parent is not self.root):
                self._at = self._at.parent or self.root
        (self._at.after if self._at.children else self._at.own).append(index)

    def _push(self, index: int, label: Label | None, order: int) -> None:
        node = Node(index, label, self._at.level + 1, self._at, order)
        self._at.children.append(node)
        self._at = node


@lru_cache(maxsize=1)
def _letter() -> re.Pattern[str]:
    return compiled(lexicon("frame")["headings"]["letter"])


def is_heading(text: str, paragraph: Paragraph) -> bool:
    """Tell whether a paragraph without label looks like a printed heading: short, no sentence, no date."""
    start, end = paragraph
    if text[end - 1] == ":" and _letter().fullmatch(text, start, end):
        return True
    if end - start > _HEADING_LENGTH or not _HEADING.fullmatch(text, start, end):
        return False
    return text[start] > "\u2fff" or text[start] in "“「《\""


@lru_cache(maxsize=1)
def _box() -> re.Pattern[str]:
    return compiled(lexicon("frame")["headings"]["box"])


def opens_box(text: str, paragraph: Paragraph) -> bool:
    """Tell whether a paragraph is the title of a boxed list (专栏1 重点工程)."""
    return _box().fullmatch(text, *paragraph) is not None


@lru_cache(maxsize=1)
def verbs() -> re.Pattern[str]:
    """Return the pattern of a verb behind adverbs; one that may open a name (规划范围) needs more behind it."""
    words = lexicon("verbs")
    nominal = set(words["nominal"]["terms"].split())
    adverbs, doubtful, plain = (
        "|".join(sorted(map(re.escape, terms), reverse=True))
        for terms in (words["adverb"]["terms"].split(), nominal, set(words["action"]["terms"].split()) - nominal)
    )
    return compiled(f"(?:{adverbs})*(?:{plain}|(?:{doubtful})(?=.{{5}}))")


@lru_cache(maxsize=1)
def _report() -> re.Pattern[str]:
    return compiled(lexicon("frame")["headings"]["report"])


def reports(text: str, start: int, end: int) -> bool:
    """Tell whether a title of its own line announces a report or assessment (2024年工作回顾, 面临的形势)."""
    if end - start > _TITLE or text.find("。", start, end) >= 0 or verbs().match(text, start, end):
        return False
    return _report().fullmatch(text, start, end) is not None


def opens_chapter(line: str) -> bool:
    """Tell whether a printed heading is one of those that open a chapter (前言, 总则 …)."""
    return line in lexicon("frame")["headings"]["words"]


def detach(node: Node, text: str, paragraphs: Sequence[Paragraph]) -> None:
    """Give paragraphs that trail behind the last of several like items to what holds the items.

    An item of a row keeps no more paragraphs than its longest sister has, and remarks in brackets (…牵头); the rest
    closes the section.
    """
    for child in node.children:
        detach(child, text, paragraphs)
    leaves = [child for child in node.children if not child.children and child.label is not None]
    if len(leaves) < 3 or leaves[-1] is not node.children[-1] or len(leaves) != len(node.children):
        return
    most = max(len(leaf.own) for leaf in leaves[:-1])
    while most < len(leaves[-1].own) and _remark(text, paragraphs[leaves[-1].own[most]]):
        most += 1
    extra = leaves[-1].own[most:]
    if extra and most <= 3:
        leaves[-1].own = leaves[-1].own[:most]
        node.after = extra + node.after


def _remark(text: str, paragraph: Paragraph) -> bool:
    """Tell whether a paragraph stands in brackets as a whole."""
    start, end = paragraph
    return text[start] == "(" and text[end - 1] == ")"


def essays(root: Node, text: str, paragraphs: Sequence[Paragraph]) -> frozenset[Node]:
    """Return the outermost items that are chapters of prose rather than directives.

    Such an item has a title of its own line and more than six paragraphs; where most of a part's outermost items
    without items are so, the shorter ones beside them are too.
    """
    leaves = [
        node
        for node in root.children
        if node.label is not None and not node.children and node.label.family.title
        and text.find("。", *paragraphs[node.paragraph]) < 0 and node.own
    ]
    long = [node for node in leaves if len(node.own) > _ESSAY]
    return frozenset(leaves if 2 * len(long) >= len(leaves) > 1 else long)


@lru_cache(maxsize=1)
def _duties() -> re.Pattern[str]:
    return compiled(lexicon("frame")["headings"]["duties"])


def lists_clauses(node: Node, text: str, paragraphs: Sequence[Paragraph]) -> bool:
    """Tell whether a node's items only finish its sentence: an article's, or short ones parted by semicolons.

    The steps and duties that an article lists (应当按照下列程序办理:) are items of their own, conditions are not; below
    an article that is a mere title (第四条 考核内容) all are.
    """
    if any(child.children or child.label is None for child in node.children):
        return False
    lead = paragraphs[[node.paragraph, *node.own][-1]]
    if node.label is not None and node.label.family.name == "article" and text[lead[1] - 1] in "。;,:!?":
        return _duties().search(text, *lead) is None
    if text[lead[1] - 1] != ":":
        return False
    items = [text[slice(*paragraphs[child.paragraph])] for child in node.children]
    if any(child.own for child in node.children) or sum(map(len, items)) > _CLAUSE * len(items):
        return False
    if 2 * sum(_orders(text, paragraphs, child) for child in node.children) > len(items):
        return False
    return 2 * sum(item[-1] in ";,及和或" for item in items[:-1]) >= len(items) - 1 > 0


def _orders(text: str, paragraphs: Sequence[Paragraph], node: Node) -> bool:
    """Tell whether a numbered item (（一）, 1.) opens with a verb."""
    label = node.label
    numbered = label is not None and label.family.name in _NUMBERED
    return numbered and verbs().match(text, label.end, paragraphs[node.paragraph][1]) is not None  # type: ignore[union-attr]


def points(node: Node, text: str, paragraphs: Sequence[Paragraph], labels: Mapping[int, Label]) -> bool:
    """Tell whether a title of its own line holds a row of points (一是 …, 第一， …) that are items of their own.

    There must be at least two, from the first on, and half of them must end their sentences.
    """
    if node.label is None or not node.label.family.title or text.find("。", *paragraphs[node.paragraph]) >= 0:
        return False
    row = [n for n in node.own if n in labels and labels[n].number is not None and labels[n].family.clause]
    closed = [text[paragraphs[n][1] - 1] == "。" for n in row]
    return len(row) > 1 and labels[row[0]].number == 1 and 2 * sum(closed) >= len(row)


def units(indices: Sequence[int], labels: Mapping[int, Label]) -> list[tuple[list[int], bool]]:
    """Return a section's paragraphs of prose as units, each with whether it is a point that counts.

    A row of points (一是 … 二是 …, 第一， … 第二， …) makes one unit a point, with the paragraphs up to the next;
    the last keeps no more of them than its longest sister. Every other paragraph is a unit of its own.
    """
    found: list[tuple[list[int], bool]] = []
    row: list[list[int]] = []

    def close() -> None:
        if len(row) > 1:
            most = max(len(unit) for unit in row[:-1])
            found.extend((unit, True) for unit in row[:-1])
            found.append((row[-1][:most], True))
            found.extend(([index], False) for index in row[-1][most:])
        else:
            found.extend(([index], False) for unit in row for index in unit)
        row.clear()

    before: Label | None = None
    for index in indices:
        label = labels.get(index)
        if label is None or label.number is None or not label.family.clause:
            if row and label is None:
                row[-1].append(index)
            else:
                close()
                found.append(([index], False))
            continue
        follows = before is not None and before.family == label.family and label.number == (before.number or 0) + 1
        if not (row and follows):
            close()
        if row or label.number == 1:
            row.append([index])
        else:
            found.append(([index], False))
        before = label
    close()
    return found
