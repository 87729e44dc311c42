"""What a document says of itself: title, issuing body, document number, date of issue, the year it governs."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from typing import Any

from nlp_reform.model import Block, Document, Note
from nlp_reform.prepared import compiled
from nlp_reform.segment import issuers, particulars
from nlp_reform.segment.formulas import DATE, printed
from nlp_reform.segment.formulas import number as number_pattern
from nlp_reform.segment.issuers import whole_name
from nlp_reform.segment.labels import label_at, number_of

_SPACE = compiled(r"\s+")
_STRAY = compiled(r"(?!(?:19|20)\d\d)[^\u4e00-\u9fff《“A-Za-z(]+(?=[\u4e00-\u9fff《“])")
_SPEECH = compiled(r"[向].{0,6}大会.{0,4}(?:报告|作).{0,8}(?:政府工作|工作报告)|作政府工作报告")
_MONTH = compiled(r"((?:19|20)\d{2})年(\d{1,2})月(?!\d)")
_HISTORY = compiled(r"\(.*(?:修订|修正|修改)")
_WESTERN = compiled(r"(?<!\d)((?:19|20)\d{2})年")
_SPOKEN_OF = compiled(r"(?<![\d到至—–~-])((?:19|20)\d{2})年(?!以?[前底后])")
_FISCAL = compiled(r"(?<![\d,])(1[01]\d)年度")
_PAST = compiled(r"回顾|总结|成就|成绩|以来")
_PLANNED = compiled(
    r"((?:19|20)\d{2})年(?:的)?(?:主要)?(?:工作安排|重点工作|政府工作|主要任务|工作任务|经济社会发展|国民经济和社会发展|工作总体)"
)
_OPENED = compiled(r"((?:19|20)\d{2})年,?是[^。]{0,60}(?:之年|第一年|一年|开局|起步|收官)")
_YEAR = compiled(
    r"(?<!\d)((?:19|20)\d{2}|[一二][〇零○九][〇零○一二三四五六七八九]{2})(?:年(?!远景)|[—–~-]|至|财政年度|/)"
)
_ARRANGED = compiled(r"(?:总结|回顾|情况).*?((?:19|20)\d{2})年[^\d]{0,10}(?:安排|计划|打算|思路|要点|任务)")
_MINGUO = compiled(r"(?:中华)?民国([一二三四五六七八九十百〇零\d]{1,4})年|(?<!\d)(1\d\d)年度")
_ZEROS = str.maketrans("○Oo", "〇〇〇")
_DASHED = compiled(r"(?<!\d)((?:19|20)\d{2})([-./])(\d{1,2})\2(\d{1,2})(?!\d)")
_PARTS = compiled(r"(.+?)年(.+?)月(.+?)日")
_RED = compiled(r"(?:文件|会议纪要|简报|通报|专报|公报)(?:\([一二三四五六七八九十\d]{1,3}\))?\Z|(?:第\d{1,3}期)\Z")
_ISSUE = compiled(r"会议文件|第\d{1,3}期\Z")
_TOLD = compiled(r"\(([^(),。]{4,30}号)[,、 ]")
_DECREED = compiled(r"日 ?([\u4e00-\u9fff]{2,20}令 ?第? ?\d{1,5} ?号) ?(?:公布|发布)")
_ISSUED = compiled(r"[^,。;)\d]{0,24}(?:令 ?第?\d{1,5}号)?(?:公布|发布|印发)")
"""Behind the date that counts where a bracket tells several (…通过 …公布)."""
_SESSION = compiled(r"(?:[—–-]{1,6} ?)?[〇零一二三四五六七八九\d]{4}年.{1,8}日 ?在.{4,60}(?:大会|会议|会)")
_LOOSE = compiled(r"(?<=\d) (?=[\u4e00-\u9fff])|(?<=[\u4e00-\u9fff]) (?=\d)")
_SHORTEST = 4
_HEAD, _BRIEF, _MOST = 400, 20, 400


def find(document: Document) -> Mapping[str, Any]:
    """Return the layers `title`, `issuer`, `number`, `date`, `year`, `genre`, `period` and `addressees`.

    The date is ISO 8601, `2021-09` without a day. The title is read from the head of the text, over several lines;
    the issuing body from the signature, the title or the byline; the year is the one the document governs: the
    title's, else the last revision's, else the date's, else the one its headings or most of its sentences name. What
    is not there stays empty or None; a title, issuer, year or period that is only inferred is noted.
    """
    text = document.view.text
    head = [block for block in document.blocks if block.kind in ("title", "meta")]
    if len(head) > _MOST:
        head = head[: _MOST // 2] + head[-_MOST // 2 :]
    notes: list[Note] = []
    title, plain = _title(document, head)
    if not title and (spoken := _SPEECH.search(text, 0, _HEAD)):
        title = plain = "政府工作报告"
        where = document.view.span(*spoken.span())
        notes.append(Note("title-inferred", "info", *where, "no title printed; read from the opening words"))
    elif not title and (place := _lone_heading(document)):
        title, plain = _set_title(printed(document, *place)), text[slice(*place)]
        notes.append(Note("title-inferred", "info", *document.view.span(*place), "no title printed; its first heading"))
    issuer = issuers.find(document, head)
    if issuer is None and (region := issuers.own_region(text)) is not None:
        issuer = printed(document, *region) + "政府"
        notes.append(Note("issuer-inferred", "info", *document.view.span(*region), "the text says 本府 of its issuer"))
    date = _date(document, head)
    year = _year(plain) or _revised(document, head) or (int(date[:4]) if date else None)
    kind = particulars.genre(plain, text)
    period, guessed = particulars.period(plain, text, kind, year)
    if year is None and period is not None and not guessed and period.last is not None:
        year = period.first
    if year is None and (year := _own_year(document)) is not None:
        notes.append(Note("year-inferred", "info", None, None, f"no year in title or date; {year} read from the text"))
        period, guessed = particulars.period(plain, text, kind, year)
    if guessed:
        notes.append(Note("period-inferred", "info", None, None, "the years governed are read from the goals set"))
    return {
        "title": title,
        "issuer": issuer,
        "number": _number(document, head),
        "date": date,
        "year": year,
        "genre": kind,
        "period": period,
        "addressees": particulars.addressees(document, head),
        "notes": tuple(notes),
    }


def _title(document: Document, head: list[Block]) -> tuple[str, str]:
    """Return the title as printed (its lines joined) and as it stands in the cleaned copy.

    List numbers, page numbers and stray signs before it are left out, and so is a line that only names a body.
    """
    text = document.view.text
    whole = whole_name()
    lines: list[tuple[int, int]] = []
    for block in head:
        if block.kind == "title" and not whole.fullmatch(text, block.start, block.end):
            between = lines and text[lines[-1][1] : block.start].strip()
            above = [text[slice(*line)] for line in lines]
            if (lines and _is_red_head(text, lines) and (between or _ISSUE.search(above[0]))) or _says_more(above, text[
                    block.start : block.end]):
                lines.clear()
            stray = _STRAY.match(text, block.start, block.end) if not lines else None
            lines.append((stray.end() if stray else block.start, block.end))
        elif lines and not _is_red_head(text, lines):
            break
    plain = "".join(text[start:end] for start, end in lines)
    return "".join(_set_title(printed(document, start, end)) for start, end in lines), plain


def _says_more(above: list[str], line: str) -> bool:
    """Tell whether lines above a title are a site's: one of them holds it again, with the site's name or a number."""
    return len(line) >= _SHORTEST and any(line in one for one in above)


def _is_red_head(text: str, lines: list[tuple[int, int]]) -> bool:
    """Tell whether all that was read is a line over number or title that names a body or a series (某局文件)."""
    if len(lines) != 1 or not _RED.search(text, *lines[0]):
        return False
    return whole_name().match(text, *lines[0]) is not None or _ISSUE.search(text, *lines[0]) is not None


def _set_title(printed: str) -> str:
    """Return a printed title without the blanks that only spread it: between single characters, beside digits."""
    if len(re.findall(r"(?<!\S)\S(?!\S)", printed)) * 2 > len(printed.split()) > 1:
        return _SPACE.sub("", printed)
    return _LOOSE.sub("", printed)


def _lone_heading(document: Document) -> tuple[int, int] | None:
    """Return the heading a text without title begins with, after a number that no other heading of its kind follows.

    So begins a chapter cut out of a longer document (肆、文化).
    """
    text = document.view.text
    sections = [block for block in document.blocks if block.kind not in ("noise", "meta", "contents")][:1]
    for block in sections:
        label = label_at(text, block.start, block.end)
        if label is None or not label.family.title or text[block.end - 1] in "。;:," or block.end - label.end > _BRIEF:
            return None
        others = (label_at(text, other.start, other.end) for other in document.blocks if other is not block)
        if all(other is None or other.family != label.family for other in others):
            return label.end, block.end
    return None


def _number(document: Document, head: list[Block]) -> str | None:
    """Return the document number as printed, without the blanks that a layout puts into it (〔2018〕38 号).

    It stands on a line of its own, else in a bracket under the title (某发〔2020〕8号，… 印发; 某令第47号公布).
    """
    text = document.view.text
    for block in head:
        match = number_pattern().search(text, block.start, block.end)
        if match and match.end() - match.start() >= 0.5 * (block.end - block.start):
            return "".join(printed(document, *match.span()).split())
    for block in head:
        decrees = list(_DECREED.finditer(text, block.start, block.end))
        found = _TOLD.match(text, block.start, block.end) or (decrees[0] if len(decrees) == 1 else None)
        if found and text.count("令", block.start, block.end) < 2 and number_pattern().fullmatch(text, *found.span(1)):
            return "".join(printed(document, *found.span(1)).split())
    return None


def _date(document: Document, head: list[Block]) -> str | None:
    """Return the date of signature, else of the head, as `2018-11-07`; `2021-09` where only the month is printed."""
    text = document.view.text
    found = month = dashed = None
    for block in head:
        if _SESSION.match(text, block.start, block.end) and (match := DATE.search(text, block.start, block.end)):
            return _iso(match.group())
        dates = list(DATE.finditer(text, block.start, block.end))
        if match := next((m for m in dates if _ISSUED.match(text, m.end(), block.end)), dates[0] if dates else None):
            iso = _iso(match.group())
            if iso and match.end() - match.start() == block.end - block.start:
                return iso
            found = found or iso
        elif match := _MONTH.match(text, block.start, block.end):
            month = month or f"{int(match.group(1)):04d}-{int(match.group(2)):02d}"
        elif dashed is None and (match := _DASHED.search(text, block.start, block.end)):
            dashed = _iso(f"{match.group(1)}年{match.group(3)}月{match.group(4)}日")
    return found or month or dashed


def _revised(document: Document, head: list[Block]) -> int | None:
    """Return the year of the last revision, when the head tells the history of a rule in brackets."""
    text = document.view.text
    for block in head:
        if block.kind == "meta" and _HISTORY.match(text, block.start, block.end):
            dates = [iso for match in DATE.finditer(text, block.start, block.end) if (iso := _iso(match.group()))]
            if dates:
                return int(max(dates)[:4])
    return None


def _iso(printed: str) -> str | None:
    match = _PARTS.match(printed.replace("中华", "").translate(_ZEROS))
    if match is None:
        return None
    year, month, day = match.groups()
    value = number_of(year.removeprefix("民国")) + (1911 if year.startswith("民国") else 0)
    numbers = (value, number_of(month.strip()), number_of(day.strip()))
    if not (1900 <= numbers[0] <= 2100 and 1 <= numbers[1] <= 12 and 1 <= numbers[2] <= 31):
        return None
    return f"{numbers[0]:04d}-{numbers[1]:02d}-{numbers[2]:02d}"


def _year(title: str) -> int | None:
    """Return the first year a title names, western or of the Republic."""
    match = _ARRANGED.search(title) or _YEAR.search(title)
    if match:
        digits = match.group(1)
        return int(digits) if digits.isdecimal() else number_of(digits.replace("○", "〇"))
    if match := _MINGUO.search(title):
        return number_of(match.group(1) or match.group(2)) + 1911
    return None


def _own_year(document: Document) -> int | None:
    """Return the year a heading plans for, else one said to be planned or opened, else the latest spoken of twice."""
    text = document.view.text
    headings = [text[block.start : block.end] for block in document.blocks if block.kind == "section"]
    planned = [int(year) for line in headings if _PAST.search(line) is None for year in _WESTERN.findall(line[:20])]
    if planned:
        return max(planned)
    if match := _PLANNED.search(text):
        return int(match.group(1))
    if opened := _OPENED.findall(text):
        return max(map(int, opened))
    if republic := _FISCAL.findall(text):
        return max(map(int, republic)) + 1911
    years = Counter(_SPOKEN_OF.findall(text))
    often = [int(year) for year, count in years.items() if count > 1]
    return max(often, default=int(years.most_common(1)[0][0]) if years else None)
