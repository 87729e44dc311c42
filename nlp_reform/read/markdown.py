"""Markdown to the text it stands for: marks gone, list numbers as they are shown, tables as rows.

Line by line, after CommonMark 0.31 and the tables of GitHub Flavored Markdown; lines are not joined.
"""

from __future__ import annotations

import re

from nlp_reform.prepared import compiled
from nlp_reform.read import grid
from nlp_reform.read.numbering import BULLET
from nlp_reform.read.reading import one_line, without

_FRONT = compiled(r"\A---[ \t]*\n(?:[^\n]*\n){0,200}?(?:---|\.\.\.)[ \t]*(?:\n|\Z)")
_FENCE = compiled(r" {0,3}(`{3,}|~{3,})")
_HEADING = compiled(r" {0,3}#{1,6}(?:[ \t]+|$)(.*?)(?:[ \t]+#+)?[ \t]*$")
_UNDERLINE = compiled(r" {0,3}(?:=+|-+)[ \t]*$")
_RULE = compiled(r" {0,3}(?:(?:\*[ \t]*){3,}|(?:-[ \t]*){3,}|(?:_[ \t]*){3,})$")
_QUOTE = compiled(r" {0,3}(?:> ?)+")
_BULLET = compiled(r"([ \t]*)[-*+][ \t]+(?:\[[ xX]\][ \t]+)?(?=\S)")
_NUMBER = compiled(r"([ \t]*)(\d{1,9})([.)])([ \t]+)(?=\S)")
_DIVIDER = compiled(r"[ \t]*\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*$")
_CELL = compiled(r"(?<!\\)\|")
_REFERENCE = compiled(r" {0,3}\[(?!\^)[^\]\n]{1,200}\]:[ \t]*\S+.{0,400}$")
_FOOTNOTE = compiled(r" {0,3}\[\^([^\]\n]{1,50})\]:[ \t]*")
_INLINE: tuple[tuple[re.Pattern[str], str], ...] = (
    (compiled(r"!\[([^\]\n]{0,500})\]\([^()\n]{0,1000}\)"), ""),
    (compiled(r"\[\^[^\]\n]{1,50}\](?!:)"), ""),
    (compiled(r"\[([^\[\]\n]{1,1000})\]\([^()\n]{0,1000}\)"), r"\1"),
    (compiled(r"\[([^\[\]\n]{1,1000})\]\[[^\[\]\n]{0,200}\]"), r"\1"),
    (compiled(r"<(https?://[^>\s]{1,1000})>"), r"\1"),
    (compiled(r"</?[a-zA-Z][^<>\n]{0,500}>"), ""),
    (compiled(r"(?<!\\)(\*{1,3})(?=\S)([^*\n]{1,2000}?)(?<=\S)\1"), r"\2"),
    (compiled(r"(?<![\\\w])(_{1,3})(?=\S)([^_\n]{1,2000}?)(?<=\S)\1(?!\w)"), r"\2"),
    (compiled(r"~~(?=\S)([^~\n]{1,2000}?)(?<=\S)~~"), r"\1"),
    (compiled(r"(?<!\\)(`{1,3})(?!`)([^`\n]{1,2000}?)\1(?!`)"), r"\2"),
    (compiled(r"\\([!-/:-@\[-`{-~])"), r"\1"),
    (compiled(r"(?:[ \t]{2,}|\\)$"), ""),
)


def unmarked(text: str) -> str:
    """Return the text that a Markdown file stands for.

    A list whose items are all marked `1.` is numbered as it would be shown; other numbers stay as written. A bullet
    that only heads a numbered list is a heading of its own line.
    """
    text = without(_FRONT.sub("", one_line(text)), "<!--", "-->")
    lines = text.split("\n")
    found: list[str] = []
    numbers: dict[int, tuple[int, int]] = {}
    fence = ""
    index = 0
    while index < len(lines):
        line = lines[index]
        index += 1
        if not fence and _holds_numbers(lines, index - 1):
            line = f"{line[: len(line) - len(line.lstrip())]}{line.lstrip()[1:].lstrip()}"
        mark = _FENCE.match(line)
        if fence or mark:
            fence = _fenced(line, mark, fence, found)
            continue
        if "|" in line and index < len(lines) and "|" in lines[index] and _DIVIDER.match(lines[index]):
            index = _table(lines, index - 1, found)
            continue
        if _RULE.match(line) or _REFERENCE.match(line) or (found and found[-1].strip() and _UNDERLINE.match(line)):
            continue
        found.append(_line(line, numbers))
    return "\n".join(found)


def _holds_numbers(lines: list[str], at: int) -> bool:
    """Tell whether a bullet only heads a numbered list: below it, deeper, a number follows."""
    bullet = _BULLET.match(lines[at])
    following = next((line for line in lines[at + 1 : at + 3] if line.strip()), "")
    number = _NUMBER.match(following) if bullet else None
    return bullet is not None and number is not None and _depth(number) > _depth(bullet)


def _depth(mark: re.Match[str]) -> int:
    return len(mark.group(1).expandtabs(4))


def _fenced(line: str, mark: re.Match[str] | None, fence: str, found: list[str]) -> str:
    """Take a line of a code block as it is, without the fences; return the fence that is open after it."""
    if mark and not fence:
        return mark.group(1)
    if mark and mark.group(1).startswith(fence) and not line.strip(" `~"):
        return ""
    found.append(line)
    return fence


def _line(line: str, numbers: dict[int, tuple[int, int]]) -> str:
    """Return a line without its marks; `numbers` holds the last written and shown number of each open list."""
    quote = _QUOTE.match(line)
    if quote:
        line = line[quote.end() :]
    heading = _HEADING.match(line)
    if heading:
        numbers.clear()
        return _inline(heading.group(1))
    bullet = _BULLET.match(line)
    if bullet:
        return f"{BULLET} {_inline(line[bullet.end() :])}"
    remark = _FOOTNOTE.match(line)
    if remark:
        return f"注{remark.group(1)}：{_inline(line[remark.end() :])}"
    number = _NUMBER.match(line)
    if number:
        depth = _depth(number) // 2
        for deeper in [key for key in numbers if key > depth]:
            del numbers[deeper]
        written = int(number.group(2))
        last = numbers.get(depth)
        shown = last[1] + 1 if last is not None and last[0] == written == 1 else written
        numbers[depth] = (written, shown)
        return f"{shown}{number.group(3)}{number.group(4)[:1]}{_inline(line[number.end() :])}"
    if line.strip() and not line[0].isspace():
        numbers.clear()
    return _inline(line)


def _table(lines: list[str], index: int, found: list[str]) -> int:
    """Write the rows of a table and return the line after it."""
    rows: list[list[str | None]] = []
    at = index
    while at < len(lines) and "|" in lines[at] and lines[at].strip():
        if at != index + 1:
            line = lines[at].strip()
            cells = _CELL.split(line.removeprefix("|"))
            rows.append([_inline(cell.strip()) for cell in (cells[:-1] if not cells[-1].strip() else cells)])
        at += 1
    found += grid.lines(grid.even(rows))
    return at


def _inline(text: str) -> str:
    """Return a line without links, emphasis and escapes."""
    for pattern, kept in _INLINE:
        text = pattern.sub(kept, text)
    return text
