"""From the trees of items to the records: ids, headings, spans, duplicates, and the paragraphs' owners."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import lru_cache
from hashlib import blake2b
from typing import Any

from nlp_reform.model import Block, BlockKind, Directive, Document, Note, Section
from nlp_reform.prepared import compiled
from nlp_reform.resources import lexicon
from nlp_reform.segment.formulas import Paragraph, address
from nlp_reform.segment.labels import Label
from nlp_reform.segment.outline import Node, essays, is_heading, lists_clauses, points, reports, units
from nlp_reform.segment.sequence import CHAPTERS

_SENTENCE = compiled(r"[^。!?]*")
_TITLE_ONLY = compiled(r"《.{2,80}》(?:\([^()]{1,30}\))?[;。,]?")
_FURNITURE = compiled(r"[\r\n\x0b\x0c]")
_TRAILING = " \t\u3000。，,；;：:！!．.、"
_WORDED = compiled(r"(?:[^\u4e00-\u9fff]*[\u4e00-\u9fff]){4}")
_MARK = compiled("[。!?;,:]")
_NAME = 60


class Recorder:
    """Turns one document's trees into blocks, sections, directives and notes."""

    def __init__(
        self,
        document: Document,
        paragraphs: Sequence[Paragraph],
        kinds: Sequence[BlockKind | None],
        labels: Mapping[int, Label],
        repeats: Mapping[int, int],
    ) -> None:
        """Take the document and what was found of its paragraphs."""
        self._document = document
        self._view = document.view
        self._paragraphs = paragraphs
        self._kinds = list(kinds)
        self._labels = labels
        self._repeats = repeats
        self._copies: dict[int, list[int]] = {}
        for copy, original in repeats.items():
            self._copies.setdefault(original, []).append(copy)
        self._printed: dict[int, str] = {}
        self._used: Counter[str] = Counter()
        self._sections: list[Section] = []
        self._directives: list[Directive] = []
        self._owners: dict[int, tuple[str | None, str | None]] = {}
        self._notes: list[Note] = []
        self._essays: frozenset[Node] = frozenset()

    def record(self, roots: Sequence[Node]) -> dict[str, Any]:
        """Return the layers `blocks`, `sections`, `directives` and the notes."""
        numbered = [root for root in roots if root.numbered]
        for root in roots:
            part = f"a{numbered.index(root)}-" if root in numbered[1:] else ""
            self._essays = essays(root, self._view.text, self._paragraphs)
            self._walk(root, None, part)
        if not numbered:
            self.note("no-numbering", None, "no numbered items: directives are inferred from paragraphs")
        return {
            "blocks": tuple(self._block(index, start, end) for index, (start, end) in enumerate(self._paragraphs)),
            "sections": tuple(sorted(self._sections, key=lambda section: section.start)),
            "directives": tuple(sorted(self._directives, key=lambda directive: directive.start)),
            "notes": tuple(self._notes),
        }

    def _block(self, index: int, start: int, end: int) -> Block:
        label = self._labels.get(index)
        section, directive = self._owners.get(index, (None, None))
        return Block(start, end, label.end if label else start, self._kinds[index] or "prose", section, directive)

    def note(self, code: str, place: tuple[int, int] | None, message: str) -> None:
        """Keep a note on the paragraphs from the first to the last of `place`, or on the whole document."""
        span = self._span(*place) if place else (None, None)
        self._notes.append(Note(code, "info", span[0], span[1], message))

    def _walk(self, node: Node, section: str | None, part: str) -> None:
        """Record a node and all under it; `section` is the id of what holds it."""
        if node.parent is not None:
            if self._is_directive(node):
                self._directive(node, section, part)
                return
            section = self._section(node, section, part)
        own, after = node.own, node.after
        self._own(own, section)
        self._own(after, section)
        self._inferred(self._standing(node), section, node, part)
        self._check_numbers(node)
        for child in node.children:
            self._walk(child, section, part)
        self._inferred(after, section, node, part)

    def _standing(self, node: Node) -> list[int]:
        """Return a node's prose before its items that may stand as directives.

        Above a document's first item, and where it is one paragraph, it only leads to the items; where several
        stand above them (goals, principles, whole fields of a report) they lay down what no item says again.
        """
        if not node.children:
            return node.own
        text = self._view.text
        whole = [index for index in node.own if text[self._paragraphs[index][1] - 1] in "。!?"]
        if node.parent is None or len(whole) < 2:
            return []
        return [index for index in whole if self._kinds[index] is None and not _leads(text, self._paragraphs[index])]

    def _own(self, indices: Sequence[int], section: str | None) -> None:
        for index in indices:
            self._owners[index] = (section, None)

    def _is_directive(self, node: Node) -> bool:
        """Tell whether a node is an item by itself: numbered, no empty chapter or mere title, without items."""
        if node.label is None or (node.label.family.name in CHAPTERS and not node.own):
            return False
        if node.children:
            return lists_clauses(node, self._view.text, self._paragraphs)
        if not node.own and _TITLE_ONLY.fullmatch(self._view.text, node.label.end, self._paragraphs[node.paragraph][1]):
            return False
        if node.own and reports(self._view.text, node.label.end, self._paragraphs[node.paragraph][1]):
            return False
        return node not in self._essays and not points(node, self._view.text, self._paragraphs, self._labels)

    def _section(self, node: Node, parent: str | None, part: str) -> str:
        self._kinds[node.paragraph] = "section"
        span = self._span(node.paragraph, node.last)
        name = self._id("s", node, part)
        label, number, heading = self._title(node)
        copies = self._spans_of_copies(node)
        self._sections.append(Section(name, parent, node.level, label, number, heading, *span, duplicates=copies))
        self._owners[node.paragraph] = (name, None)
        return name

    def _directive(self, node: Node, section: str | None, part: str) -> None:
        name = self._id("d", node, part)
        label, number, heading = self._title(node)
        path = tuple(self._label(n.label) for n in node.path() if n.label is not None)
        self._directives.append(
            Directive(name, section, path, label, number, "explicit", heading, *self._span(node.paragraph, node.last),
                      self._spans_of_copies(node))
        )
        for index in self._under(node):
            self._owners[index] = (section, name)
            if index in self._labels:
                self._kinds[index] = "item"

    def _under(self, node: Node) -> list[int]:
        indices = [node.paragraph, *node.own, *node.after]
        for child in node.children:
            indices += self._under(child)
        return indices

    def _inferred(self, indices: Sequence[int], section: str | None, node: Node, part: str) -> None:
        """Record prose: points that count (一是, 第一，) as explicit directives, other paragraphs as inferred ones."""
        path = tuple(self._label(n.label) for n in node.path() if n.label is not None)
        prose = [index for index in indices if self._kinds[index] != "row"]
        for unit, counted in units(prose, self._labels):
            first, last = unit[0], unit[-1]
            start, end = self._paragraphs[first]
            text = self._view.text[start:end]
            label = self._labels[first] if counted else None
            if label is None and (_is_no_prose(text) or is_heading(self._view.text, (start, end))):
                continue
            if label is None:
                name = self._unique(f"{self._document.id}.d-{_digest(text)}")
                made = Directive(name, section, path, "", None, "inferred", self._heading(start, end),
                                 *self._span(first, last), self._copies_of(first))
            else:
                printed = self._label(label)
                name = self._unique(f"{self._id_of('d', node, part)}-{label.number}")
                made = Directive(name, section, (*path, printed), printed, label.number, "explicit",
                                 self._heading(label.end, end), *self._span(first, last), self._copies_of(first))
                self._kinds[first] = "item"
            self._directives.append(made)
            for index in unit:
                self._owners[index] = (section, name)

    def _copies_of(self, index: int) -> tuple[tuple[int, int], ...]:
        return tuple(self._span(copy, copy) for copy in self._copies.get(index, ()))

    def _spans_of_copies(self, node: Node) -> tuple[tuple[int, int], ...]:
        """Return where a node is printed again: from its label's copy to the end of what goes on in order."""
        found: list[tuple[int, int]] = []
        for first in self._copies.get(node.paragraph, ()):
            last = first
            while self._repeats.get(last, -1) < self._repeats.get(last + 1, -1) <= node.last:
                last += 1
            found.append(self._span(first, last))
        return tuple(found)

    def _span(self, first: int, last: int) -> tuple[int, int]:
        origin = self._view.map.origin
        return origin(self._paragraphs[first][0]), origin(self._paragraphs[last][1] - 1) + 1

    def _label(self, label: Label) -> str:
        """Return a label as printed, without outer blanks."""
        printed = self._printed.get(label.start)
        if printed is None:
            start, end = self._view.span(label.start, label.end)
            printed = self._printed[label.start] = self._view.record[start:end].strip()
        return printed

    def _title(self, node: Node) -> tuple[str, int | None, str]:
        start, end = self._paragraphs[node.paragraph]
        if node.label is None:
            return "", None, self._heading(start, end)
        return self._label(node.label), node.label.number, self._heading(node.label.end, end)

    def _heading(self, start: int, end: int) -> str:
        """Return the first sentence as printed, without line breaks, furniture between them and its last mark."""
        match = _SENTENCE.match(self._view.text, start, end)
        stop = match.end() if match else end
        if stop == start:
            return ""
        first, last = self._view.span(start, stop)
        printed = self._view.record[first:last]
        if not _FURNITURE.search(printed):
            return printed.strip().rstrip(_TRAILING)
        cuts = self._view.map.cuts
        pieces, at = [], first
        for number in range(bisect_left(cuts, (first, first)), bisect_left(cuts, (last, last))):
            cut_start, cut_end = cuts[number]
            if _FURNITURE.search(self._view.record, cut_start, cut_end):
                pieces.append(self._view.record[at:cut_start])
                at = cut_end
        pieces.append(self._view.record[at:last])
        return "".join(pieces).strip().rstrip(_TRAILING)

    def _id(self, letter: str, node: Node, part: str) -> str:
        return self._unique(self._id_of(letter, node, part))

    def _id_of(self, letter: str, node: Node, part: str) -> str:
        """Return the id that a node's number path makes."""
        steps = []
        for step in node.path():
            if step.label is not None and step.label.depth:
                steps = ["".join(self._view.text[step.label.start : step.label.end].split()).strip(".")]
            elif step.label is None or step.label.number is None:
                steps.append(_digest(self._view.text[slice(*self._paragraphs[step.paragraph])])[:6])
            else:
                steps.append(str(step.label.number))
        return f"{self._document.id}.{letter}{part}{'-'.join(steps)}"

    def _unique(self, name: str) -> str:
        self._used[name] += 1
        return name if self._used[name] == 1 else self._unique(f"{name}.{self._used[name]}")

    def _check_numbers(self, node: Node) -> None:
        """Note numbers missing or repeated among a node's items."""
        before: Node | None = None
        for child in node.children:
            if before is not None and before.label and child.label and before.label.family == child.label.family:
                last, number = before.label.number, child.label.number
                if last is not None and number is not None and number != last + 1 and number > 1:
                    code = "number-repeated" if number <= last else "number-missing"
                    place = child.paragraph, child.paragraph
                    self.note(code, place, f"{self._label(child.label)} comes after {self._label(before.label)}")
            before = child


def _is_no_prose(text: str) -> bool:
    """Tell whether a paragraph is an address, a figure or code with hardly a word, or a name without any mark."""
    bare = len(text) <= _NAME and _MARK.search(text) is None
    return bare or _WORDED.match(text) is None or address()[0].fullmatch(text) is not None


@lru_cache(maxsize=1)
def _announced() -> re.Pattern[str]:
    return compiled(lexicon("frame")["headings"]["announced"])


def _leads(text: str, paragraph: Paragraph) -> bool:
    """Tell whether a paragraph is one sentence that announces what is listed below it (重点做好以下工作:)."""
    start, end = paragraph
    stop = text.find("。", start, end)
    return stop in (-1, end - 1) and _announced().search(text, start, end) is not None


def _digest(text: str) -> str:
    return blake2b(text.encode("utf-8", "replace"), digest_size=4).hexdigest()
