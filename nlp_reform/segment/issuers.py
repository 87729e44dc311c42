"""Which body issued a document: by its signature, its title, a byline, a bracket, or how the text names itself."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from nlp_reform.model import Block, Document
from nlp_reform.prepared import compiled
from nlp_reform.resources import lexicon
from nlp_reform.segment.formulas import DATE, printed

_GOVERNMENT = compiled(r"(?:\d{4}年)?([^\W\d年]{1,12}?(?:省|市|区|县|州|旗|盟)(?:人民)?政府)(?:工作报告|施政)")
_UNPLACED = frozenset(f"{level}{body}" for level in "省市区县州旗" for body in ("政府", "人民政府"))
_PLACE = compiled(r"(?:\d{4}年)?([\u4e00-\u9fff]{1,12}?(?:省|市|区|县|州|旗))(?:\d{4}年)?(?:人民)?政府工作报告")
_BEFORE = compiled(
    r"\(?[—–-]{0,6} ?.{4}年.{1,8}日 ?在([\u4e00-\u9fff]{1,12}?[省市区县州旗盟])(?:第|人民代表)")
"""Whose assembly a report was made before tells whose government made it."""
_MADE = compiled(r"\(.{0,60}日 ?([\u4e00-\u9fff]{2,30}?)(?:印发|发布|公布|颁布|制定|订定)\)")
_SHORT = compiled(r"([\u4e00-\u9fff]{3,30}?)\(以下简?称本(?:局|府|部|会|署|处|院|厅|委|校|所|中心)\)")
"""What brackets say of who made a document: below its title, and behind the body's name (以下簡稱本局)."""
_LABELLED = compiled(r"(?:发布机构|发文机关|发文机构|发文单位|制定机关):(.{2,40})")
_OFFICE = compiled(
    r"([\u4e00-\u9fff]{2,20}?(?:政府|国务院|司司长|行政长官|委员会|局|厅|院))(?=(?:总理|省长|市长|区长|县长|州长|主席|主任|局长|厅长|院长|[\u4e00-\u9fff·]{2,4}$))"
)
_HEAD, _OFTEN = 400, 2


class _Bodies(NamedTuple):
    """Patterns of a body's name: whole, before a linking word, spoken for, before the number of a decree."""

    whole: re.Pattern[str]
    linked: re.Pattern[str]
    spoken: re.Pattern[str]
    decreed: re.Pattern[str]


@lru_cache(maxsize=1)
def _bodies() -> _Bodies:
    data = lexicon("issuers")["body"]
    endings = "|".join(sorted((*data["endings"], *data["alone"]), key=len, reverse=True))
    name = rf"[\u4e00-\u9fff()、·]{{0,40}}?(?:{endings})"
    # each up to its first ending: a row of bodies is parted in one way only
    names = rf"(?:(?>{name})[、, ]?+)+(?:{data['others']})?"
    kinds = rf"(?:{'|'.join(lexicon('issuers')['genre']['alone'])})$"
    years = (r"(?:19|20)\d\d", r"1[01]\d年", "[一二][〇零][〇零一二三四五六七八九]{2}")
    linking = "|".join((*data["linking"], kinds, *years))
    return _Bodies(
        compiled(names),
        compiled(rf"(?:(?:19|20)\d\d年(?:度)?)?[\d .]*({names}?)(?=(?:{linking}))"),
        compiled(rf"(?:我)?(?:谨)?代表({names}?)(?=[,向]|报告)"),
        compiled(rf"日({name})(?:令第|[\u4e00-\u9fff]{{1,6}}字第)"),
    )


def whole_name() -> re.Pattern[str]:
    """Return the pattern of a line that only names bodies."""
    return _bodies().whole


def find(document: Document, head: list[Block]) -> str | None:
    """Return the issuing body as printed: who signs, whom title or byline names, whom the speaker speaks for.

    A bare 省人民政府 takes its place from the title, or from the assembly it reported to.
    """
    text = document.view.text
    spans = list(_issuers(text, head))
    if not spans:
        return None
    span = spans[0]
    named = text[slice(*span)]
    if named.endswith("政府") and not named.endswith("人民政府"):
        whole = f"{named.removesuffix('政府')}人民政府"
        span = next((other for other in spans if text[slice(*other)] == whole), span)
    issuer = printed(document, *span).rstrip("，、, ")
    if text[slice(*span)] in _UNPLACED:
        places = [_PLACE.search(text, block.start, block.end) for block in head if block.kind == "title"]
        places += [_BEFORE.match(text, block.start, block.end) for block in head]
        place = next((match for match in places if match), None)
        return printed(document, *place.span(1)) + issuer[1:] if place else issuer
    return issuer


def _issuers(text: str, head: list[Block]) -> Iterator[tuple[int, int]]:
    """Yield the places that name an issuing body, the surest first."""
    bodies = _bodies()
    for n, following in enumerate(head):
        if not DATE.fullmatch(text, following.start, following.end):
            continue
        first = n
        while first and head[first - 1].kind == "meta" and bodies.whole.fullmatch(
                text, head[first - 1].start, head[first - 1].end):
            first -= 1
        if first < n:
            yield head[first].start, head[n - 1].end
    titles = [block for block in head if block.kind == "title"]
    yield from ((b.start, b.end) for b in titles if bodies.whole.fullmatch(text, b.start, b.end))
    matches = [bodies.linked.match(text, block.start, block.end) for block in (*titles, *head)]
    if titles:
        matches.append(_GOVERNMENT.search(text, titles[0].start, titles[-1].end))
    for pattern in (_LABELLED, _OFFICE):
        matches += [pattern.match(text, block.start, block.end) for block in head]
    matches += [bodies.decreed.search(text, block.start, block.end) for block in head]
    matches += [_MADE.match(text, block.start, block.end) for block in head]
    matches.append(_SHORT.search(text, 0, _HEAD))
    matches.append(bodies.spoken.search(text, 0, _HEAD))
    yield from (match.span(1) for match in matches if match)


def own_region(text: str) -> tuple[int, int] | None:
    """Return where a text of a government that calls itself 本府 first names the place it governs."""
    if text.count("本府") < _OFTEN:
        return None
    found: dict[str, int] = Counter()
    for name in lexicon("issuers")["regions"]["taiwan"]:
        if count := text.count(name):
            found[name] = count
    if not found:
        return None
    name = max(found, key=found.__getitem__)
    place = text.find(name)
    return place, place + len(name)
