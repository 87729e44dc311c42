"""Things and numbers in lists: which number is whose (游客10万人、收入3亿元，分别增长5%和6%)."""

from __future__ import annotations

import re

from nlp_reform.extract.quantities import nouns
from nlp_reform.extract.quantities.nouns import Extent
from nlp_reform.extract.quantities.pieces import Amount
from nlp_reform.prepared import compiled

_LISTED = compiled(r"[\d.%,〇零一二三四五六七八九十百千万亿个分点倍成左右以上和与及、]+")
_JOINT = compiled(r"(?:[、和与]|以及|及)")
_PART = compiled(r"(?:[^、和及与]|(?<=[普涉触遍])及|及(?=[时格])|和(?=[谐平睦])|与(?=会))+")
MEASURE = compiled(r"(?:[率额价量数费值比耗]|额度|比例|比重|强度|水平|里程|浓度|人次|[上下]限)\Z|收入|支出|规模|面积\Z")


def linked(text: str, a: Amount, b: Amount) -> bool:
    """Tell whether two numbers of one kind stand in a list with nothing between."""
    return text[a.right : b.left].strip() in ("、", "和", "及", "与", "以及")


def named_each(
    text: str, front: Extent | None, each: bool, amount: Amount, following: Amount | None
) -> tuple[Extent, ...]:
    """Return the things named before 分别, one for each number: A和B分别达3和5."""
    if front is None or not each or following is None or not linked(text, amount, following):
        return ()
    parts = [m.span() for m in _PART.finditer(text[front[0] : front[1]])]
    measured = [bool(MEASURE.search(text[front[0] + a : front[0] + b])) for a, b in parts]
    if len(parts) < 2 or (measured[-1] and not measured[0]):  # 食品、药品合格率: one head for all
        return ()
    spans = [(front[0] + a, front[0] + b) for a, b in parts]
    return tuple(nouns.front(text, a, b, False) or (a, b) for a, b in spans)


def after_list(text: str, start: int, end: int, counted: bool) -> int:
    """Let 、 begin a clause when a clause of its own, or the noun of the number before, stands before it."""
    if counted and "、" in text[start:end]:
        return text.index("、", start, end) + 1
    at = -1 if text.find("分别", start, end) >= 0 else text.rfind("、", start, end)
    while at >= start:
        piece = text[start:at].lstrip()
        if (
            at == start
            or piece.endswith(("增加", "减少", "提高", "下降", "增长", "第一"))
            or re.match("(?:推进|推动|加快|完成|开展|实施|深化|统筹|健全)", piece)
        ):
            return at + 1
        at = text.rfind("、", start, at)
    return start


def several(text: str, amount: Amount, named: tuple[Extent, ...]) -> tuple[Extent, ...]:
    """Return the last named things, one for each number listed from here: 游客10人、收入3元，分别增长1%和2%."""
    listed = _LISTED.match(text, amount.left)
    count = len(_JOINT.findall(listed.group())) + 1 if listed else 1
    last = tuple(dict.fromkeys(named))[-count:]
    return last if 1 < count == len(last) else ()
