"""Physical lines to paragraphs: hard wraps joined, page numbers and running heads left out.

Everything is decided from the document itself: its usual line width, whether blank lines part its paragraphs,
whether bare numbers count up through it.
"""

from __future__ import annotations

from collections import Counter
from itertools import pairwise
from typing import NamedTuple

from nlp_reform.normalise.characters import BLANK
from nlp_reform.normalise.furniture import furniture
from nlp_reform.normalise.lone import counted_labels, lone_numbers
from nlp_reform.normalise.markers import (
    addressed,
    clause_label,
    is_noise,
    label,
    number,
    occasion,
    starts_label,
    title_end,
    title_label,
)
from nlp_reform.prepared import compiled

_STRIP = "".join(
    map(chr, (*range(0x21), *range(0x7F, 0xA1), 0xAD, *range(0x2000, 0x2010), 0x202F, 0x205F, 0x2060, 0x3000, 0xFEFF))
)
_EDGE = frozenset(_STRIP)
_ENDS = frozenset("。!?;:…")
_CLOSERS = "”’」』)》〉\"'】]"
_CONTINUES = frozenset(",。、;:)”’》」』〉%!?")
_OPENS = frozenset("(“‘《「『〈、")
_LEADS_ON = frozenset("/于於在由和及与與为為将將把被的")
_LEADERS = compiled(r"(?:\.{4,}|…{2,}|·{4,}|-{6,}|_{4,}) ?\d*$")
_LEADER_ENDS = frozenset("0123456789.…·-_")
_UNIT = compiled(r"(?:[!-~]+|.)[,。、;:)”’》」』〉%!?]*")
_COUNTED = "一二三四五六七八九十"
_BRACKETED = compiled(r"\(([一二三四五六七八九十])\)")
_INDENT, _FRAGMENT, _LABEL_WIDTH, _WORDS, _LINES, _BRACKET, _FEW = 4, 12, 20, 8, 4, 200, 12
_TITLE_LINES, _HEAD = 4, 60
_MIN_WIDTH, _MAX_WIDTH, _BAND = 30, 150, 6
_SET_IN = 0.06
"""Share of lines set in where lines are wrapped: paragraphs may be long."""


class Line(NamedTuple):
    """A line that holds something: `[start, end)` without outer blanks, its text, and how it was set apart."""

    start: int
    end: int
    text: str
    gap: int
    indented: bool
    width: int


class Layout(NamedTuple):
    """What unwrapping decided: pieces to cut, and line breaks that become a blank."""

    cuts: list[tuple[int, int]]
    blanks: list[int]


class _Habits(NamedTuple):
    """How a document sets its lines: full width (0 when not wrapped), blank lines between paragraphs, indents."""

    width: int
    parted: bool
    indents: bool


def lines_of(text: str, record: str) -> list[Line]:
    """Return the lines that hold more than blanks and invisible characters; widths are those of the record."""
    lines = []
    gap = at = 0
    for raw in text.split("\n"):
        body = raw.strip()
        if body and (body[0] in _EDGE or body[-1] in _EDGE):
            body = raw.strip(_STRIP)
        if raw[:1] == "\t" and "\t" in body and not starts_label(body):
            body = raw.rstrip(_STRIP)  # the first cells of a row are empty
        if body:
            lead = raw.index(body[0]) if raw[0] != body[0] else 0
            indented = lead > 1 or raw[0] == "\u3000"
            start = at + lead
            lines.append(Line(start, start + len(body), body, gap, indented, _width(record[start : start + len(body)])))
            gap = 0
        elif not raw.strip(BLANK + "\r\x0c"):
            gap += 1
        at += len(raw) + 1
    return lines


def _width(printed: str) -> int:
    """Return the columns a text takes: one for ASCII, two for what UTF-8 writes in three bytes."""
    length = len(printed)
    return length if printed.isascii() else (length + len(printed.encode("utf-8", "surrogatepass"))) // 2


def unwrap(text: str, record: str, pages: tuple[tuple[int, int], ...] = ()) -> Layout:
    """Return what to cut so that each paragraph of a half-width copy of the record stands on one line.

    `pages` are the half-open spans of a paged source's pages; without them page breaks are read from page
    numbers that count up. Blank lines and outer blanks of lines are cut; one line break is left between paragraphs.
    """
    lines = lines_of(text, record)
    habits = _habits(lines)
    counting = lone_numbers(lines, record)
    found = furniture(lines, pages, counting, wrapped=habits.width > 0)
    cuts: list[tuple[int, int]] = []
    for index, size in found.glued.items():
        line = lines[index]
        cuts.append((line.start, line.start + size))
        lines[index] = line._replace(start=line.start + size, text=line.text[size:])
    kept = [line for number, line in enumerate(lines) if number not in found.lines] if found.lines else lines
    blanks: list[int] = []
    joins = _joins(kept, habits, frozenset(lines[number].start for number in counting))
    at, full = 0, False
    for line, joined in zip(kept, joins, strict=True):
        gap_end = line.start
        if gap_end == at + 1 and not joined:
            at, full = line.end, line.width >= 0.85 * habits.width > 0
            continue
        spaced = joined and _apart(text[at - 1], line.text[0], full=full)
        full = line.width >= 0.85 * habits.width > 0
        keep = text.find("\n", at, gap_end) if at and (spaced or not joined) else -1
        if spaced:
            blanks.append(keep)
        cuts += [(at, gap_end)] if keep < 0 else [(at, keep), (keep + 1, gap_end)]
        at = line.end
    cuts.append((at, len(text)))
    return Layout([cut for cut in cuts if cut[0] < cut[1]], blanks)


def _apart(before: str, after: str, *, full: bool) -> bool:
    """Tell whether joining two characters would make one word or one number of two.

    Digits at the end of a `full` line are one number with those that follow: the wrap broke it.
    """
    if not (before.isascii() and after.isascii()):
        return False
    return (before.isalpha() and after.isalpha()) or (before.isdigit() and after.isdigit() and not full)


def _habits(lines: list[Line]) -> _Habits:
    """Read the habits from the lines themselves."""
    long = [line for line in lines if line.width >= _MIN_WIDTH and not _leads(line.text)]
    widths = Counter(line.width for line in long)
    best, width = 0, 0
    for top in sorted(top for top in widths if top <= _MAX_WIDTH):
        band = sum(widths[near] for near in range(top - _BAND, top + 1))
        if band >= best:
            best, width = band, top
    wrapped = 0
    if best >= _LINES and best >= 0.3 * len(long):
        full = [(n, line) for n, line in enumerate(lines) if width - _BAND <= line.width <= width]
        if len(full) < _FEW:
            full = [(n, line) for n, line in full if "\t" not in line.text and not is_noise(line.text)]
            if sum(line.width > 1.3 * width for line in long) > 0.2 * len(long):
                full = []
        after = [(line, lines[n + 1]) for n, line in full if n + 1 < len(lines)]
        goes_on = sum(not (_ends(line.text) or starts_label(below.text)) for line, below in after)
        wrapped = width if len(full) >= _LINES and goes_on >= 0.5 * len(after) else 0
    closed = [line.gap > 0 for before, line in pairwise(lines) if _ends(before.text)]
    parted = len(closed) > 2 and sum(closed) >= 0.8 * len(closed)
    indents = sum(line.indented for line in lines) >= (_SET_IN if wrapped else 0.25) * len(lines)
    return _Habits(wrapped, parted, indents)


def _leads(text: str) -> bool:
    """Tell whether a line leads to a page number, as those of a contents page do."""
    return text[-1] in _LEADER_ENDS and _LEADERS.search(text) is not None


def _ends(text: str) -> bool:
    """Tell whether a line ends like the end of a sentence or clause, or with the single dash that opens a list."""
    last = text[-1]
    if last == "—":
        return text[-2:-1] != "—"
    if last == ")":
        return _bracketed(text)
    if last not in _CLOSERS:
        return last in _ENDS
    return text.rstrip(_CLOSERS)[-1:] in _ENDS


def _bracketed(text: str) -> bool:
    """Tell whether a line ends with a bracket that follows the end of a sentence (…办结。(某局负责))."""
    depth = 0
    for at in range(len(text) - 1, max(len(text) - _BRACKET, -1), -1):
        depth += (text[at] == ")") - (text[at] == "(")
        if depth == 0:
            return at > 0 and text[at - 1] in _ENDS
    return False


def _bracket_open(text: str) -> bool:
    """Tell whether a line ends within a bracket that it opened (…。(负责部门:)."""
    return 0 <= text.rfind("(") > text.rfind(")")


def _bracket_closes(text: str) -> bool:
    """Tell whether a line begins with the rest of a bracket, and with no label."""
    closing = text.find(")", 0, _BRACKET)
    return closing >= 0 and text.find("(", 0, closing) < 0 and not starts_label(text)


def _joins(lines: list[Line], habits: _Habits, counting: frozenset[int]) -> list[bool]:
    """Tell of each line whether it continues the one before; `counting` are where numbers of paragraphs start."""
    joins = [False] * len(lines)
    labels = counted_labels(lines) if habits.width else frozenset()
    tabbed = any("\t" in line.text for line in lines)
    begun = 0
    for n in range(1, len(lines)):
        before, line = lines[n - 1], lines[n]
        if before.start in counting:
            joins[n] = True
        elif line.start in counting or n in labels or (tabbed and ("\t" in before.text or "\t" in line.text)):
            begun = n
        elif _continues(before, line, lines[begun], n - begun, habits) or (
            habits.width and not line.gap and _counted_on(lines[begun:n], line.text)
        ):
            joins[n] = True
        else:
            begun = n
    return joins


def _continues(before: Line, line: Line, first: Line, depth: int, habits: _Habits) -> bool:
    """Tell whether `line` goes on the paragraph that began with `first`; `depth` lines it has by now."""
    if before.width <= _LABEL_WIDTH and label().fullmatch(before.text):
        lower = clause_label().match(line.text) and not clause_label().match(before.text)
        return bool(lower) or not starts_label(line.text)
    if line.text[0] in _CONTINUES and not (line.text[0] == ":" and habits.width):
        return line.text[0] != "%" or before.text[-1].isdigit()
    if _leads(before.text) or _stands_alone(before, line, first, depth):
        return False
    if not line.gap and _bracket_open(before.text) and _bracket_closes(line.text):
        return True
    if habits.width:
        return _wrapped(before, line, first, depth, habits)
    return _split(before, line, first, habits)


def _stands_alone(before: Line, line: Line, first: Line, depth: int) -> bool:
    """Tell whether a line of the head ends there: who reports when to whom, a whole title above number or addressee."""
    if occasion().fullmatch(before.text):
        return True
    if depth > _TITLE_LINES or title_end().search(before.text) is None:
        return False
    return number().fullmatch(line.text) is not None or (
        "关于" in first.text[:_HEAD] and addressed().match(line.text) is not None)


def _counted_on(paragraph: list[Line], text: str) -> bool:
    """Tell whether a line begins with the next bracketed number of a row that runs in the text before it.

    (包括(一)…;(二)…; with (三) at the start of the next line.)
    """
    match = _BRACKETED.match(text)
    if match is None or (place := _COUNTED.find(match.group(1))) < 1:
        return False
    mark = f"({_COUNTED[place - 1]})"
    return not paragraph[0].text.startswith(mark) and any(line.text.find(mark) >= 0 for line in paragraph)


def _wrapped(before: Line, line: Line, first: Line, depth: int, habits: _Habits) -> bool:
    """Decide in a hard-wrapped document."""
    if line.indented and habits.indents:
        return False
    labelled = starts_label(line.text)
    inside = depth > 1 and not labelled
    prose = inside and 2 * (before.end - first.start) >= 0.7 * habits.width and not title_label().match(first.text)
    exact = before.width + _INDENT * (before.indented and habits.indents) >= habits.width - 2
    if _ends(before.text):
        fragment = prose and line.width <= 2 and not line.gap
        headed = line.width < 0.7 * habits.width and not _ends(line.text)
        return fragment or (exact and not (labelled or line.gap or headed) and before.text[-1] not in ":;")
    if 0.7 * habits.width <= before.width <= 1.3 * habits.width:
        if labelled:
            return exact and not (line.gap or _is_titled(line.text))
        titled = depth == 1 and not _unfinished(before.text) and title_label().match(first.text)
        return not titled or before.width + _unit(line.text) > habits.width - _INDENT
    short = line.width <= 2 or before.width <= _FRAGMENT
    return (prose and short and not line.gap) or (not labelled and before.text[-1] in _OPENS)


def _unfinished(text: str) -> bool:
    """Tell whether a line is no whole title: a sentence ends in it, a quotation is open, or its last word leads on."""
    opened = any(text.rfind(a) > text.rfind(b) for a, b in ("「」", "“”", "《》"))
    return "。" in text or opened or text[-1] in _LEADS_ON


def _is_titled(text: str) -> bool:
    """Tell whether a line begins with a chapter's label set off by a blank, as no number in running text is."""
    match = title_label().match(text)
    return match is not None and text[match.end() : match.end() + 1].isspace()


def _unit(text: str) -> int:
    """Return the width of what could not be parted from the first character of a line."""
    match = _UNIT.match(text)
    return _width(match.group() if match else text[:1])


def _split(before: Line, line: Line, first: Line, habits: _Habits) -> bool:
    """Decide in a document whose lines are paragraphs, unless a link or a formula split one."""
    if line.gap or _ends(before.text):
        return False
    last = before.text[-1]
    opened = (last in _OPENS and last != "、") or (last.isascii() and last.isalpha() and line.text[0].isdigit())
    if not opened and (not habits.parted or (line.indented and habits.indents)):
        return False
    if starts_label(line.text) or is_noise(line.text) or is_noise(before.text):
        return False
    if opened:
        return True
    if title_label().match(first.text) and "。" not in before.text:
        return False
    return before.end - first.start + len(line.text) > _WORDS
