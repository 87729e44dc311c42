"""What a number of years, days or hours measures: what is lengthened, a term's own name, a thing kept or done."""

from __future__ import annotations

import re
from functools import lru_cache

from nlp_reform.extract.matching import trie
from nlp_reform.extract.quantities import nouns, units
from nlp_reform.extract.quantities.nouns import Extent
from nlp_reform.extract.quantities.pieces import Amount
from nlp_reform.extract.quantities.roles import clause_start
from nlp_reform.prepared import compiled
from nlp_reform.resources import lexicon

_REACH = 90
"""How many characters left of a number what lasts is sought."""
_TERM = compiled(
    r"(?:时间|[时年期]限|[期制]|周期|时长|寿命|年龄|时数|课时|学时|天数|日数|工时|里程|培训|训练|学习|间隔|住院日|[藏总]量|[展施服试]\w期间)\Z"
)


@lru_cache(maxsize=1)
def _keeping() -> re.Pattern[str]:
    return compiled(rf"(?<=[\u4e00-\u9fff]{{2}})(?:{trie(lexicon('indicators')['kept']['terms'])})\Z")


def named(
    text: str, amount: Amount, kind: str | None, front: Extent | None, behind: Extent | None
) -> Extent | None:
    """Return what lasts so long: what is lengthened or shortened, what 为期 is said of, or a term's own name."""
    if text.startswith("为期", amount.left - 2):
        said = nouns.front(text, clause_start(text, max(0, amount.left - _REACH), amount.left), amount.left - 2, False)
        return behind if text.startswith("的", amount.right) else said
    if _DONE.match(text, amount.end):
        return front
    longer = kind in ("increase", "decrease") and units.dimension(amount.unit) == "time" and amount.unit != "日"
    return front if longer else _term(text, front)


_DONE = compiled(r"[之以]?内完成(?![\u4e00-\u9fff])")
"""What is to be done within a time is what the time measures: 初审在30天内完成."""


def _term(text: str, front: Extent | None) -> Extent | None:
    """Return what a number of years or days measures: 有效期, or the thing kept (会议记录 | 保存10年)."""
    if front is None or front[1] - front[0] < 2:
        return None
    if _TERM.search(text, *front):
        return front
    kept = _keeping().search(text[slice(*front)])
    return (front[0], front[0] + kept.start()) if kept else None
