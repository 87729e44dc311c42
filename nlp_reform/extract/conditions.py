"""When a clause binds and whom it leaves out, as printed. Offsets index the cleaned copy."""

from __future__ import annotations

from nlp_reform.extract.matching import listed
from nlp_reform.prepared import compiled

Place = tuple[int, int]

_OF = compiled(r"[^,;:。]{2,60}的")
_UNLESS = compiled(r"(?:未经|非经|未获|如未|若未|除非)[^,;:。]{2,40}$")
_THOSE = compiled(r"对于?(?!接|标|照|口|外|比)[^,;:。]{2,60}的(?=(?P<who>[^的,;:。]{1,10})$)")
_CASES = ("情形", "情况", "行为", "问题", "隐患", "线索")
_WHEN = compiled(
    r"(?:如果|如(?!期|实|何|数)|若(?!干)|凡是?|经(?!济|营|过|费|常|验|办|典|贸|纪|销))[^,;:。]{3,60}$|违反[^,;:。]{2,60}(?:规定|要求|约定|协议|合同|禁令|章程)(?:的)?$|对(?!接|标|照|口|外|比)于?[^,;:。]{3,80}(?:企业|单位|机构|学校|人员|项目|\))$"
    r"|(?:在[^,;:。]{2,40}(?:的前提下|前提下|条件下|情况下|环节|过程中|有效期内))$|(?!.{0,20}同时$)[^,;:。]{3,30}时$")
_LIMITED = compiled(
    r"[^,;:。]{0,40}?(?:不健全|达到[^,;:。、]{1,16}|不足[^,;:。、]{1,16}|超过?[\d.%一-龥]{1,12}|低于[^,;:。、]{1,16}|满足[^,;:。]{2,20})的")
_OWN = compiled(r"(?:有条件|具备条件|合乎?资格|符合[^,;:。、的]{0,10}条件|适合|确有需要)(?:且[^,;:。的]{2,12})?的")
_RELATIVE = compiled(
    r"(?=[^,;:。]{0,30}?(?:[不未没]|有(?!关)|符合|具备|能够|达到?|超过?|[届期]满|到期|逾期|缺乏|丧失|[低高多少]于"
    r"|以[上下内外](?=的|且|、)|新|连续|满足|属于|从事|取得|获得|经"
    r"|尚|因|拟|确需|年满|持有|参加|参与))(?!所有|广大|[^的]{0,40}(?:其他|以及))[^,;:。]{2,44}的(?=[^的,;:。]{1,14}$)")
"""A relative clause that says which of the bearers: 尚未换届的 in 尚未换届的学会."""

_INSIDE = compiled(
    r"未经[^,;:。]{2,14}(?:同意|批准|授权|许可|核准|备案|评估)"
    r"|经[^,;:。]{2,14}(?:同意|批准|授权|许可|核准)后?(?=[^,;:。的]{0,3}可)"
    r"|在[^,;:。]{2,30}?(?:前提下|条件下|有效期内|谈判中|过程中)|在(?:平等|自愿)[^,;:。]{1,10}基础上"
    r"|(?:根据|按照)[^,;:。]{2,24}需要|在[^,;:。]{2,20}(?:之)?前(?=也?(?:要|应|须|不得|必须))"
    r"|(?<=在)(?:有条件|具备条件|符合条件)的(?=[^,;:。]{2,20}(?:开展|设立|建设|试点|实施))")
_BEFORE = compiled(
    r"(?:^|[,;:。])?(?P<place>[^,;:。]{1,60}的|对[^,;:。]{2,30}(?:问题|情形|隐患|线索))(?:也|都|均|一般)?$")
_EXCEPT = compiled(r"除[^,;:。]{1,50}?(?:外|以外|之外)|(?:但|但是)[^,;:。]{2,60}除外|另有规定的除外")


_OPENS = frozenset("如若凡经对在未非除违")
"""Characters `_WHEN` can begin with, but for what ends in 时."""


_LABEL = compiled(r"(?:\d{1,3}[.、]|\([一二三四五六七八九十\d]{1,3}\)) *")


def of_clause(text: str, start: int, end: int) -> Place | None:
    """Return `[start, end)` when the clause is a condition: …不足2万人的, 对…, 经…批准后."""
    label = _LABEL.match(text, start, end)
    start = label.end() if label else start
    if end - start > 120:
        return None
    last = text[end - 1:end]
    if last == "的":
        return (start, end) if _OF.fullmatch(text, start, end) else None
    if last != "时" and text[start:start + 1] not in _OPENS:
        return None
    words = text[start:end]
    met = _WHEN.fullmatch(words) or _UNLESS.fullmatch(words) or _speaks_of(words)
    return (start, end) if met else None


def _speaks_of(words: str) -> bool:
    """Tell whether words say of whom or what a rule speaks: 对…的学会, 对…的情形; not 对…的经验."""
    those = _THOSE.match(words)
    return those is not None and (words.endswith(_CASES) or any(
        end == len(words) for at in range(those.end(), len(words)) for end in listed("actors", "heads").ends(
            words, at, len(words))))


def restriction(text: str, start: int, end: int) -> Place | None:
    """Return the restriction inside a bearer: 有条件的 in 有条件的学会."""
    found = _OWN.search(text, start, end) or _LIMITED.match(text, start, end) or _RELATIVE.match(text, start, end)
    return found.span() if found else None


def restricted(text: str, start: int, cue: int) -> Place | None:
    """Return the restriction on what a rule speaks of, right before its cue: 没有依据的 in 没有依据的评比一律取消."""
    found = _LACKING.match(text, start, min(cue, start + _REACH))
    return found.span() if found and cue - found.end() <= _NEAR else None


_REACH = 40
_NEAR = 10
_LACKING = compiled(r"(?:没有|未|不符合|不具备|不再|缺乏|超出|超过)[^的,;:。]{2,30}的(?=[^的,;:。]{1,10})")


def right_before(text: str, start: int, cue: int) -> Place | None:
    """Return the condition that ends right before a cue: 没有依据的 in 没有依据的一律取消."""
    found = _BEFORE.search(text, max(start, cue - 64), cue)
    return found.span("place") if found else None


def inside(text: str, start: int, end: int) -> Place | None:
    """Return a condition inside a clause: 在依法合规、风险可控的前提下."""
    found = _INSIDE.search(text, start, min(end, start + 160))
    return found.span() if found else None


_BEHIND = compiled(r",(?P<place>(?:但|但是)[^,;:。]{2,60}除外)")


def exception(text: str, start: int, end: int) -> Place | None:
    """Return what is excepted: 除…外, 但…除外, be it the clause behind."""
    behind = _BEHIND.match(text, end) if text.startswith(",但", end) else None
    if behind:
        return behind.span("place")
    end = min(end, start + 400)
    found = _EXCEPT.search(text, start, end) if text.find("除", start, end) >= 0 else None
    return found.span() if found else None
