"""When a clause binds and whom it leaves out, as printed. Offsets index the cleaned copy."""

from __future__ import annotations

import re

Place = tuple[int, int]

_OF = re.compile(r"[^,;:。]{2,60}?的$")
_WHEN = re.compile(r"(?:如果?|若|凡是?|对于?|属于|经[^,;:。]{2,20}(?:批准|同意|审核)|符合|在[^,;:。]{2,40}(?:前提下|条件下|基础上|情况下|范围内|中|期内|下|环节|后|时|期间)|[^,;:。]{2,30}(?:时|后|前提下|情况下|条件下))[^,;:。]*$")
_LIMITED = re.compile(r"(?:[^,;:。、]{0,24}?(?:有条件|具备条件|符合条件|不健全|达到[^,;:。、]{1,16}|不足[^,;:。、]{1,16}|超过?[\d.%一-龥]{1,12}|低于[^,;:。、]{1,16}|适合|确有需要|具备[^,;:。、]{1,16}|符合[^,;:。、]{1,20}))的")
_INSIDE = re.compile(r"在[^,;:。]{2,30}?(?:前提下|条件下|基础上|情况下|有效期内|期间|谈判中)")
_EXCEPT = re.compile(r"除[^,;:。]{1,50}?(?:外|以外|之外)|(?:但|但是)[^,;:。]{2,60}除外|另有规定的除外")


def of_clause(text: str, start: int, end: int) -> Place | None:
    """Return `[start, end)` when the clause is a condition: …不足2万人的, 对…, 经…批准后."""
    words = text[start:end]
    if len(words) > 120:
        return None
    if _OF.fullmatch(words) or _WHEN.fullmatch(words):
        return start, end
    return None


def restriction(text: str, start: int, end: int) -> Place | None:
    """Return the restriction inside a bearer: 有条件的 in 有条件的学会."""
    found = _LIMITED.match(text, start, end)
    return found.span() if found else None


def inside(text: str, start: int, end: int) -> Place | None:
    """Return a condition inside a clause: 在依法合规、风险可控的前提下."""
    found = _INSIDE.search(text, start, min(end, start + 160))
    return found.span() if found else None


def exception(text: str, start: int, end: int) -> Place | None:
    """Return what is excepted: 除…外, 但…除外."""
    found = _EXCEPT.search(text, start, min(end, start + 400))
    return found.span() if found else None
