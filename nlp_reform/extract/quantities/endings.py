"""The verbs and adverbs at the end of a clause before a number: which one decides, and where what is measured ends."""

from __future__ import annotations

import re
from typing import NamedTuple

from nlp_reform.extract.quantities import words
from nlp_reform.extract.quantities.pieces import Amount
from nlp_reform.prepared import compiled
from nlp_reform.resources import lexicon

_VERB_OF_SHARE = compiled(
    r"(?<=[标准额度格价比例率])为|控制在|保持在|稳定在|达到|提高到|降[到至]|不[低高]于|不得[低高]于|不超过|不得超过"
)


class Ending(NamedTuple):
    """What was taken off the end of a clause: where it began, the verb that decides, and whether 到/至 followed it."""

    start: int
    verb: str | None
    to: bool
    each: bool
    kept: bool = False


def read(text: str, start: int, end: int, bounded: bool) -> Ending:
    """Take verbs and adverbs off the end of a clause; the verb nearest to the number decides, but 实现增长 raises."""
    verb: str | None = None
    to = each = kept = often = False
    named = _named_by_verb(text, start, end, bounded)
    if named:
        return named
    tail = words.patterns().tail
    kinds = words.kinds()
    while end > start:
        match = tail.search(text, max(start, end - 8), end)
        if match is None or match.start() == match.end():
            break
        found = match["verb"]
        if often and found is not None and kinds[found] == "make" and match.start() - start >= 2:
            break  # 安全检查每月一次: before a frequency the verb is a noun
        if match["adv"]:
            often = often or match["adv"].startswith("每")
            each, kept = each or match["adv"] == "分别", kept or match["adv"] == "继续"
        elif (verb is not None and found in words.adverbs()) or (
            (found is None and match["to"] is None)
            or (found is None and match["to"] == "在")
            or (verb is not None and found in ("获",))
        ):
            pass
        elif found is None:
            if verb is not None:
                break
            to, verb = True, "达到"
        elif verb is None:
            verb, to = found, match["to"] is not None and match["to"] != "在"
        elif kinds[verb] in ("level", "neutral") and kinds[found] in (
            "increase",
            "decrease",
            "hold",
            "neutral",
            "level",
        ):
            raised = kinds[found] in ("increase", "decrease", "neutral")
            to = to or (raised and verb not in {"实现", "完成"})
            verb = found if raised or kinds[found] == "hold" else verb
        elif _led_by(kinds[verb], found, match):
            pass
        else:
            break
        end = match.start()
    return Ending(end, verb, to, each, kept)


def _led_by(kind: str, before: str, match: re.Match[str]) -> bool:
    """Tell whether a verb only leads to the one that decides (实现 | 增长), as one change to another: 减慢至 | 增加."""
    changes = ("increase", "decrease")
    known = words.kinds()[before]
    return known in ("level", "neutral") or before in ("实现", "完成") or (
        match["to"] is not None and kind in changes and known in changes)


def _named_by_verb(text: str, start: int, end: int, bounded: bool) -> Ending | None:
    """Keep a verb that is a noun: before a bound (补助 | 最高15万元), before 为 (财政储备为80亿元), in 适老化改造."""
    table = lexicon("indicators")
    if text.endswith(tuple(f"{term}改造" for term in table["renewal"]["terms"]), start, end):
        return Ending(end, None, False, False)
    if bounded and text.endswith(tuple(table["grants"]["terms"]), start + 1, end):
        return Ending(end, None, False, False)
    if text.endswith("为", start, end) and text.endswith(tuple(table["sums"]["terms"]), start + 1, end - 1):
        return Ending(end - 1, "为", False, False)
    return None


def verb_end(text: str, start: int, amount: Amount) -> int:
    """Return where the verb of an amount ends: behind a bound before it (至少建设 | 一所), before a share's whole.

    获奖数应控制在 | 申报数的三成以内: the whole, 申报数, is no part of what is measured.
    """
    share = amount.unit in ("%", "")
    if share and text[amount.left - 1] == "的":
        match = _VERB_OF_SHARE.search(text, start, amount.left - 1)
        if match and match.start() > start:
            return match.end()
    reaching = amount.start - amount.head > 1 and text[amount.start - 1] != "的"
    if reaching and share:
        verb = words.patterns().tail.search(text, amount.head, amount.start)
        reaching = verb is not None and verb.start() < verb.end()
    end = amount.start if reaching else amount.left
    year = words.patterns().of_year.search(text, start, end)
    return year.start() if year else end
