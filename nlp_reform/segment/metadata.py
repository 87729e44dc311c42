"""What a document says of itself: title, issuing body, document number, date of issue, the year it governs."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from nlp_reform.model import Block, Document
from nlp_reform.resources import lexicon
from nlp_reform.segment.frame import DATE, NUMBER
from nlp_reform.segment.labels import number_of

_NOT_SPACE = re.compile(r"\s+")
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d{2}|[一二][〇零○九][〇零○一二三四五六七八九]{2})(?:年|[—–~-]|至|财政年度|/)")
_MINGUO = re.compile(r"(?:中华)?民国([一二三四五六七八九十百〇零\d]{1,4})年|(?<!\d)(1\d\d)年度")
_PARTS = re.compile(r"(.+?)年(.+?)月(.+?)日")
_GOVERNMENT = re.compile(r"(?:\d{4}年)?([^\W\d年]{2,12}?(?:省|市|区|县|州|旗|盟)(?:人民)?政府)(?:工作报告|施政)")
_LABELLED = re.compile(r"(?:发布机构|发文机关|发文机构|发文单位|制定机关):(.{2,40})")
_OFFICE = re.compile(
    r"([\u4e00-\u9fff]{2,20}?(?:政府|国务院|司司长|行政长官|委员会|局|厅|院))(?=(?:总理|省长|市长|区长|县长|州长|主席|主任|局长|厅长|院长|[\u4e00-\u9fff·]{2,4}$))"
)
_HEAD = 400


def find(document: Document) -> Mapping[str, Any]:
    """Return the layers `title`, `issuer`, `number`, `date` (ISO 8601) and `year`.

    The title is read from the head of the text, over several lines; the issuing body from the title, the signature
    or the byline; the year is the one the document governs: the title's, else the date's, else the year the text
    calls its own (今年 beside a year, the commonest year). What is not there stays empty or None.
    """
    text = document.view.text
    head = [block for block in document.blocks if block.kind in ("title", "meta")]
    title, plain = _title(document, head)
    number = _number(document, head)
    date = _date(document, head)
    issuer = _issuer(document, head)
    year = _year(plain) or (int(date[:4]) if date else None) or _own_year(text)
    return {"title": title, "issuer": issuer, "number": number, "date": date, "year": year}


def _printed(document: Document, start: int, end: int) -> str:
    """Return text of record on one line, single blanks kept."""
    first, last = document.view.span(start, end)
    return _NOT_SPACE.sub(" ", document.view.record[first:last]).strip()


def _title(document: Document, head: list[Block]) -> tuple[str, str]:
    """Return the title as printed (its lines joined) and as it stands in the cleaned copy."""
    lines: list[Block] = []
    for block in head:
        if block.kind == "title":
            lines.append(block)
        elif lines:
            break
    if not lines:
        return "", ""
    text = document.view.text
    plain = "".join(text[block.start : block.end] for block in lines)
    return "".join(_printed(document, block.start, block.end) for block in lines), plain


def _number(document: Document, head: list[Block]) -> str | None:
    """Return the document number as printed."""
    text = document.view.text
    for block in head:
        if match := NUMBER.search(text, block.start, block.end):
            if match.end() - match.start() >= 0.5 * (block.end - block.start):
                return _printed(document, *match.span())
    return None


def _date(document: Document, head: list[Block]) -> str | None:
    """Return the date of signature, else of the head, as `2018-11-07`."""
    text = document.view.text
    found = None
    for block in head:
        if match := DATE.search(text, block.start, block.end):
            iso = _iso(match.group())
            if iso and match.end() - match.start() == block.end - block.start:
                return iso
            found = found or iso
    return found


def _iso(printed: str) -> str | None:
    match = _PARTS.match(printed.replace("中华", "").replace("○", "〇"))
    if match is None:
        return None
    year, month, day = match.groups()
    value = number_of(year.removeprefix("民国")) + (1911 if year.startswith("民国") else 0)
    numbers = (value, number_of(month.strip()), number_of(day.strip()))
    if not (1900 <= numbers[0] <= 2100 and 1 <= numbers[1] <= 12 and 1 <= numbers[2] <= 31):
        return None
    return f"{numbers[0]:04d}-{numbers[1]:02d}-{numbers[2]:02d}"


@lru_cache(maxsize=1)
def _bodies() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    """Return the patterns of a whole name of a body, of a body before a linking word, and of one spoken for."""
    data = lexicon("issuers")["body"]
    endings = "|".join(sorted((*data["endings"], *data["alone"]), key=len, reverse=True))
    name = rf"[\u4e00-\u9fff()、·]{{0,40}}?(?:{endings})"
    linking = "|".join(data["linking"])
    return (
        re.compile(rf"(?:{name}[、, ]?)+"),
        re.compile(rf"[\d .]*((?:{name}[、, ]?)+?)(?=(?:{linking}|(?:19|20)\d\d|[一二][〇零][〇零一二三四五六七八九]{{2}}|令第|公告|工作报告|施政))"),
        re.compile(rf"(?:我)?(?:谨)?代表((?:{name}[、, ]?)+?)(?=[,向]|报告)"),
    )


def _issuer(document: Document, head: list[Block]) -> str | None:
    """Return the issuing body as printed: who signs, whom the title or the byline names, whom the speaker speaks for."""
    text = document.view.text
    whole, linked, spoken = _bodies()
    dates = {block.start for block in head if DATE.fullmatch(text, block.start, block.end)}
    for block, following in zip(head, head[1:], strict=False):
        if following.start in dates and block.kind == "meta" and whole.fullmatch(text, block.start, block.end):
            return _printed(document, block.start, block.end)
    titles = [block for block in head if block.kind == "title"]
    for block in titles:
        if whole.fullmatch(text, block.start, block.end):
            return _printed(document, block.start, block.end)
    for block in (*titles, *head):
        if match := linked.match(text, block.start, block.end):
            return _printed(document, *match.span(1))
    if titles and (match := _GOVERNMENT.search(text, titles[0].start, titles[-1].end)):
        return _printed(document, *match.span(1))
    for block in head:
        if match := _LABELLED.match(text, block.start, block.end):
            return _printed(document, *match.span(1))
    for block in head:
        if match := _OFFICE.match(text, block.start, block.end):
            return _printed(document, *match.span(1))
    match = spoken.search(text, 0, _HEAD)
    return _printed(document, *match.span(1)).rstrip("，、, ") if match else None


def _year(title: str) -> int | None:
    """Return the first year a title names, western or of the Republic."""
    if match := _YEAR.search(title):
        digits = match.group(1)
        return int(digits) if digits.isdecimal() else number_of(digits.replace("○", "〇"))
    if match := _MINGUO.search(title):
        return number_of(match.group(1) or match.group(2)) + 1911
    return None


def _own_year(text: str) -> int | None:
    """Return the year a text without title or date speaks from: 今年 tied to a year, else the commonest one."""
    if match := re.search(r"((?:19|20)\d{2})年(?:工作安排|重点工作|政府工作|经济社会发展|是)", text):
        return int(match.group(1))
    years = Counter(re.findall(r"(?<!\d)((?:19|20)\d{2})年", text))
    return int(years.most_common(1)[0][0]) if years else None
