"""What a clause inherits from outside its sentence: the lead-in of its list, the addressee of the document."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from nlp_reform.extract import bearers, conditions, task_tables
from nlp_reform.model import Block, Document
from nlp_reform.prepared import compiled

Place = tuple[int, int]

_ADDRESSED = compiled(
    r"[^。!?\n]{2,200}(?:政府|部门|部委|机构|单位|学会|协会|公司|局|厅|委|院|校)[^。!?\n]{0,12}:$")
_GREETING = compiled(r"代表|同志|议员|委员们|主席")
_ITEM = compiled(r"[一二三四五六七八九十]+是|第?[一二三四五六七八九十]+,|\([一二三四"
    r"五六七八九十\d]+\)|\d+[.、]|——|[①-⑳•]")
_LONGEST = 400


class Host(NamedTuple):
    """The bearer and condition a list's lead-in lays on its items."""

    bearer: Place | None = None
    condition: Place | None = None


def addressee(document: Document) -> Place | None:
    """Return the line that addresses the document (各省、自治区…：) without its colon; None for a greeting."""
    text = document.view.text
    for block in document.blocks[:12]:
        line = text[block.start:min(block.end, block.start + 240)].rstrip()
        if _ADDRESSED.fullmatch(line) and not _GREETING.search(line):
            return block.start, block.start + len(line) - 1
        if block.kind == "section":
            break
    return None


def hosts(document: Document) -> Iterator[Host]:
    """Yield for every sentence what the lead-in of its list lays on it.

    A sentence that ends with a colon (各单位要做好以下工作：) is host to the items after it, until a heading or
    a paragraph that is no item. In a task table the row's unit is charged with the row's task.
    """
    text, blocks = document.view.text, document.blocks
    host, none = Host(), Host()
    block_of_host = -1
    rows = {cell[0]: Host(row.charged(text)) for row in task_tables.rows(document) for cell in row.tasks}
    for sentence in document.sentences:
        if sentence.body in rows:
            yield rows[sentence.body]
            continue
        kind = blocks[sentence.block].kind
        if host is not none and sentence.block != block_of_host:
            item = kind == "item" or _ITEM.match(text, sentence.start) is not None
            host = host if item and not _alike(text, blocks[sentence.block], blocks[block_of_host]) else none
        yield host
        if kind == "section":
            host = none
        elif _leads(text, sentence.body, sentence.end):
            host = _lead_in(text, sentence.body, sentence.end - 1)
            block_of_host = sentence.block


_NUMERAL = compiled(r"[一二三四五六七八九十百零〇\d]+")


def _alike(text: str, one: Block, two: Block) -> bool:
    """Tell whether two paragraphs are numbered alike: 第十条 is no item of what 第九条 leads in."""
    label = _NUMERAL.sub("#", text[one.start:one.body].strip())
    return bool(label) and label == _NUMERAL.sub("#", text[two.start:two.body].strip())


def _leads(text: str, start: int, end: int) -> bool:
    """Tell whether a sentence leads in a list: it ends with a colon and addresses nobody."""
    return text[end - 1:end] == ":" and end - start < _LONGEST and not _ADDRESSED.fullmatch(text, start, end)


def _lead_in(text: str, start: int, end: int) -> Host:
    last = max(text.rfind(",", start, end), text.rfind("。", start, end)) + 1
    bearer = bearers.topic(text, start, end) or (bearers.topic(text, last, end) if last > start + 1 else None)
    return Host(bearer,
                conditions.of_clause(text, start, last - 1) if last > start + 1 else None)
