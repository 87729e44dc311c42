"""Roles: what a number is for: target, achieved, condition, baseline or other (scheme.md section 4).

Signs in the number's own surroundings come first (由…提高到, …以上的, 以下五个方面); what is left follows the kind
of its sentence, corrected by the tense of its own clause.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from nlp_reform.extract.matching import trie
from nlp_reform.extract.quantities import units
from nlp_reform.extract.quantities.pieces import Amount
from nlp_reform.model import Role, StatementKind
from nlp_reform.prepared import compiled
from nlp_reform.resources import lexicon

_CLAUSE = ",;:。!?\n"
_LONGEST_CLAUSE = 300
"""A clause is looked at no further back than this: a mutilated text may have one of a megabyte."""
_FROM = compiled(
    r"(?:从|由)(?:(?:过往|过去|以往)[^,。;]{0,12}\Z)?(?:(?:现时|现行|目前|当前|现有|原来?)的?)?"
    r"(?:每[月年人户天日次吨])* ?\Z")
_BOUNDS = frozenset({">=", ">", "<=", "<", "range"})
_PHYSICAL = frozenset({"mass", "power", "electric", "energy", "volume"})
_COUNTS = frozenset({"count", "people", "transport", ""})


class Place(NamedTuple):
    """Where an amount stands: its clause's start, its sentence, whether a past year governs the clause."""

    clause: int
    sentence: int
    end: int
    past: bool
    kind: StatementKind
    changed: bool = False
    """Whether the number before it is what this one changes from."""


class _Signs(NamedTuple):
    granted: re.Pattern[str]
    required: re.Pattern[str]
    modal: re.Pattern[str]
    only: re.Pattern[str]
    follows: re.Pattern[str]
    deviation: re.Pattern[str]
    past: re.Pattern[str]
    done: re.Pattern[str]
    summary: re.Pattern[str]
    pointing: re.Pattern[str]
    becomes: re.Pattern[str]
    source: re.Pattern[str]
    basis: re.Pattern[str]
    attribute: re.Pattern[str]
    limit: re.Pattern[str]
    making: re.Pattern[str]
    clause_of: re.Pattern[str]
    binding: re.Pattern[str]
    act: re.Pattern[str]
    holds: re.Pattern[str]
    shown: re.Pattern[str]
    announced: re.Pattern[str]
    plan: re.Pattern[str]
    foreseen: re.Pattern[str]
    standing: re.Pattern[str]
    household: re.Pattern[str]
    supposing: re.Pattern[str]
    norm: re.Pattern[str]
    aged: re.Pattern[str]
    sized: re.Pattern[str]


_THAN = "(?<![比较与])(?!(?<=[高低多少大小快慢优好]于)[去上]年)"
"""Not behind what compares: 比去年 and 高于去年 say nothing of when."""


@lru_cache(maxsize=1)
def _signs() -> _Signs:
    table = lexicon("roles")
    summary = table["summary"]
    verbs = lexicon("indicators")["verbs"]
    change = trie([*verbs["increase"], *verbs["decrease"], *verbs["neutral"]])
    return _Signs(
        compiled(
            rf"(?:[和至、到]?[\d.,〇零一二三四五六七八九十百千万亿两]+[^,。;、\d]{{1,4}}(?:以上|以下|以内)?)?(?:{trie(table['granted']['terms'])})"
            rf"|的[^,。;、给予按可享发有]{{1,4}}(?:{trie(table['granted']['kinds'])})(?![标额对政资条的])"
        ),
        compiled("|".join(table["required"]["patterns"])),
        compiled("|".join(table["modal"]["patterns"])),
        compiled("|".join(table["only"]["patterns"])),
        compiled(rf" ?(?:{trie(table['follows']['terms'])})"),
        compiled("|".join(table["deviation"]["patterns"])),
        compiled(rf"{_THAN}(?:{trie(table['past']['terms'])})"),
        compiled(
            rf"{_THAN}(?<![从由自])(?:{trie(table['done']['terms'])}|已(?=[\u4e00-\u9fff])|首[一二两三四五六七八九十\d]+个(?:月|季))(?![年底末]*的?基础上|同期)"
        ),
        compiled(
            rf"(?:的|重大|重点|主要|基本|突出|不同|大的?)?[^,。;、]{{0,{summary['width']}}}?(?:{trie(summary['open'])}|(?:{trie(summary['heads'])})(?=[,。;:、)的”一二两三四五六七八九十\d由均]|\Z|\n))"
        ),
        compiled(rf"(?<![级唱样文绘读课书剧版])(?:{trie(table['pointing']['terms'])})(?:的|这)?\Z"),
        compiled(
            rf"(?:{change})[^,。;\d]{{0,4}}(?:到|至|为|成|达)"
            r"(?:[\d〇零一二三四五六七八九至/-]{4,9}(?:财政)?年度?[底末]?的)? ?\Z"
        ),
        compiled(trie(table["source"]["terms"])),
        compiled(rf"(?:^|[,;:。、])[^,;:。]{{0,12}}?(?:{trie(table['basis']['terms'])})[^,;:。、]{{0,14}}\Z"),
        compiled(rf"(?:{trie(table['attribute']['terms'])})(?:约|达|逾|为)?\Z"),
        compiled(trie(table["limit"]["terms"])),
        compiled(rf"(?:{trie([*verbs['make'], *table['taken']['terms']])})\Z"),
        compiled(r"[^,。;、:]{0,14}(?<!目)的(?:[,;]|应|可(?!持|再)|须|不得|一律|予以|给予|按)"),
        compiled(trie(table["binding"]["terms"])),
        compiled(rf"(?:{trie([*verbs['make'], *verbs['increase'], *verbs['decrease']])})\Z"),
        compiled(r"(?:具有|具备|从事|持有|取得|任职|年满|累计|连续)\Z"),
        compiled(r"[^,。;]{0,12}(?:经历|经验|学历|资格|职称|业绩|工龄|教龄)(?=[^,。;]{0,20}的|者|$)"),
        compiled("|".join(table["announced"]["patterns"])),
        compiled(rf"[^,。;、]{{0,6}}?(?:{trie(table['announced']['heads'])})(?![区县])"),
        *(compiled("|".join(table[name]["patterns"])) for name in (
            "foreseen", "standing", "household", "supposing", "norm", "aged", "sized")),
    )


@lru_cache(maxsize=2)
def _before(table: str) -> tuple[str, ...]:
    """Return words right before a number: `reached` that it was reached, `handled` that its things were dealt with."""
    return tuple(lexicon("roles")[table]["terms"])


def clause_start(text: str, floor: int, at: int) -> int:
    """Return where the clause around `at` begins, not before `floor`."""
    floor = max(floor, at - _LONGEST_CLAUSE)
    for mark in _CLAUSE:
        place = text.rfind(mark, floor, at)
        if place >= 0:
            floor = place + 1
    return floor


def find(text: str, amount: Amount, following: Amount | None, place: Place) -> Role:  # noqa: PLR0911  (a chain of signs)
    """Return the role of one amount; `following` is the next one of its sentence."""
    if following is not None and _baseline(text, amount, following, place):
        return "baseline"
    if "基础上" in text[amount.right : amount.right + 5]:
        return "baseline"
    if _signs().standing.search(text, place.clause, amount.left) or _DONE_TO.match(text, amount.right):
        return "achieved"
    if _condition(text, amount, following, place):
        return "condition"
    if _other(text, amount, following, place):
        return "other"
    clause = text[place.clause : amount.left]
    signs, kind = _signs(), place.kind
    if kind == "prescriptive":
        done = _reported(text, clause, place, amount) or (
            signs.follows.match(clause)
            and signs.done.search(text, max(place.sentence, place.clause - _LONGEST_CLAUSE), place.clause)
        )
        return "achieved" if place.past or done else "target"
    if kind == "reported":
        return "target" if signs.binding.search(clause) and not signs.past.search(clause) else "achieved"
    if place.changed:
        return "achieved" if place.past or signs.past.search(clause) else "target"
    limited = signs.limit.search(text, max(place.clause, amount.left), amount.start)
    if limited or signs.granted.match(text, amount.right):
        return "target"
    return "achieved" if place.past or signs.past.search(clause) or clause.endswith(_before("reached")) else "other"


_CLOSES = compiled(r"[^,。;]{0,16},")
"""An if-clause and its end: 雇主如聘用不少于两名员工，可获豁免."""


def _supposed(text: str, amount: Amount, place: Place) -> bool:
    """Tell whether a number stands in an if-clause of a rule."""
    found = place.kind == "prescriptive" and _signs().supposing.search(text, place.clause, amount.left)
    return bool(found) and _CLOSES.match(text, amount.right) is not None


def _reported(text: str, clause: str, place: Place, amount: Amount) -> bool:
    """Tell whether a clause of a demand reports; 累计 does so only behind another sign of the past."""
    signs = _signs()
    done = signs.done.search(clause)
    if done is None or done.group() != "累计":
        return done is not None
    return any(m.group() != "累计" for m in signs.past.finditer(text, place.sentence, amount.left))


def _baseline(text: str, amount: Amount, following: Amount, place: Place) -> bool:
    """由3万元提高到10万元, 将现行16%的税率降至13%, 三档并两档."""
    if _COMPARED.search(text, place.clause, amount.left) and _BY_SO_MUCH.match(text, amount.right):
        return True
    between = text[amount.right : following.start]
    if len(between) > 24 or "。" in between or ";" in between or between.count(",") > 1:
        return False
    before = text[max(place.clause, amount.left - 14) : amount.left]
    if _FROM.search(before) and len(between) < 16 and re.search("[到至为成]|[增减升降]", between):
        return True
    if (
        amount.unit == following.unit
        and not place.changed
        and _signs().becomes.search(between)
        and _signs().source.search(text, place.clause, amount.left)
    ):
        return True
    return between.strip() == "并" and amount.unit == following.unit


def _condition(text: str, amount: Amount, following: Amount | None, place: Place) -> bool:  # noqa: C901, PLR0911  (a chain of signs)
    after = text[amount.right : amount.right + 8]
    signs = lexicon("roles")["event"]
    if amount.unit in signs["age"]:
        return not re.search("|".join(signs["life"]), text[place.clause : amount.left])
    if _signs().granted.match(text, amount.right):
        return False
    if _signs().clause_of.match(text, amount.right) and place.kind == "prescriptive":
        return True
    household = amount.unit == "人" and _signs().household.match(text, amount.right)
    if household or _signs().only.match(text, amount.right) or _signs().required.search(
        text, max(place.sentence, amount.left - _LONGEST_CLAUSE), amount.left
    ):
        return True
    before = text[max(place.clause, amount.left - 4) : amount.left]
    if before.endswith(("连续", "累计")) and re.match(r"[^,。;、]{2,16}的", text[amount.right : amount.right + 20]):
        return place.kind == "prescriptive"
    if amount.comparator not in _BOUNDS:
        return False
    if following is not None and units.dimension(amount.unit) == "money" and _signs().sized.fullmatch(
            text, amount.right, following.left):
        return True
    shown = _signs().holds.search(before) and _signs().shown.match(text, amount.right)
    given = text.startswith("对", place.clause) and _GIVEN_TO.match(text, amount.right)
    if shown or given or _supposed(text, amount, place) or re.match(r"的(?:[,;、。:)]|$)", after):
        return True
    if after.startswith(("且", "、", "或")) and following is not None and _joined(text, amount, following):
        had = _signs().norm.match(text, following.right) or _signs().making.search(text, place.clause, amount.left)
        return text.startswith("的", following.right) and not had
    if re.match(r"的[\u4e00-\u9fff]", after) and amount.comparator != "range":
        named = place.kind == "reported" or _signs().norm.match(text, amount.right)
        if named or _signs().modal.search(text, place.clause, amount.left):
            return False
        made = _signs().making.search(text, place.clause, amount.left) or _signs().becomes.search(before)
        return bool(_signs().aged.search(before)) or not made
    kind = units.dimension(amount.unit)
    if amount.right > amount.end and kind not in (*_COUNTS, "percent", "multiple", "time", "working_time"):
        return bool(re.match(r"的?[\u4e00-\u9fff]", after)) and not re.match(r"的?(?:[资投支拨]|奖|补)", after)
    return False


def _joined(text: str, amount: Amount, following: Amount) -> bool:
    """Tell whether two limits stand in one clause: 从业人员在十人以下、营业额不满五万元的."""
    between = text[amount.right : following.left]
    return len(between) <= 2 or (len(between) < _TWO_LIMITS and following.comparator in _BOUNDS
                                 and not re.search("[,;。:的]", between))


_TWO_LIMITS = 16
"""Between two limits that are one condition stands no more than this."""
_COMPARED = compiled(r"[比较][^,。;、较比]{2,16}的 ?\Z")
_BY_SO_MUCH = compiled(r"(?:大幅|略为|明显)?(?:[增减提降][加长少高低]|[上下][升降跌调]|[多少高低增减])")
"""较2019年度的 | 十三亿元 | 增加两倍: what another number is compared with."""
_GIVEN_TO = compiled(r"的[^,。;的]{2,12}(?:,|给予|予以|按|再?一次性)")
"""对研发投入超过1000万元 | 的企业给予补助: whom a rule is for."""
_DONE_TO = compiled(r"的[^,。;]{1,10}已")
"""超过一半的企业已…: what is told of them is no rule."""


def _other(text: str, amount: Amount, following: Amount | None, place: Place) -> bool:  # noqa: PLR0911  (a chain of signs)
    signs = _signs()
    before = text[max(place.clause, amount.left - 8) : amount.left].rstrip()
    after = text[amount.right : amount.right + 14]
    if before.endswith("并"):
        return False
    if place.kind != "prescriptive" and signs.deviation.search(text, max(place.clause, amount.left - 20), amount.left):
        return True
    if re.search(r"每(?:投资|消费|生产|花费?|销售|完成|使用|产出|支出)?\Z", before):
        return True
    attribute = signs.attribute.search(before)
    limited = amount.left < amount.start and signs.limit.match(text, amount.left)
    if attribute and not limited and (attribute.group().startswith("占地") or after.startswith(("的", ")"))):
        return True
    foreseen = signs.foreseen.search(text, max(place.sentence, amount.left - 80), amount.left)
    if foreseen or _appositive(text, amount, place, after):
        return True
    counted = units.dimension(amount.unit) in _COUNTS and amount.comparator == "="
    if counted and following is not None and before.endswith(("向", "给")):
        return True
    if counted and amount.unit and _sums_up(text, amount, before, after, place):
        return True
    if text[amount.start : amount.end] == "减半" and re.match(r"[^,。;]{0,10}(?:政策|优惠)", after):
        return True
    if (
        amount.unit == "年"
        and before.endswith("连续")
        and amount.right == amount.end
        and re.match(r"[\u4e00-\u9fff]", after)
    ):
        return True
    if counted and following is not None and not before.strip() and _scope_count(text, amount, following):
        return True
    if amount.comparator == "=" and units.dimension(amount.unit) in _PHYSICAL and re.match(r"[\u4e00-\u9fff]", after):
        return not before.endswith((*_before("handled"), *_before("reached")))
    described = amount.comparator == "~" and re.match(r"的(?!预期|目标)", after)
    return bool(described) and amount.unit != "" and not signs.making.search(text, place.clause, amount.left)


def _appositive(text: str, amount: Amount, place: Place, after: str) -> bool:
    """Tell whether a small number sums up the names it stands behind: 东湖公园、西山公园两个景区."""
    if not amount.chinese or amount.value > 20 or amount.comparator != "=" or not re.match("[\u4e00-\u9fff]", after):
        return False
    begin = max(place.clause, amount.left - 40)
    comma = text.rfind("、", begin, amount.left)
    if text[amount.left - 1] == "”":
        return text.find("“", begin, amount.left) > 0
    piece = text[comma + 1 : amount.left]
    if comma < 0 or len(piece) < 3 or re.search(r"[\d的等]|[一二三四五六七八九十两][个项条家所座处]", piece):
        return False
    return not _signs().act.search(piece)


_AMONG = compiled(r"[^,。;]{0,12}(?:当中|之中)[,;]")
"""七个项目当中，…: a whole of which a part is told."""


def _sums_up(text: str, amount: Amount, before: str, after: str, place: Place) -> bool:
    """以下五个方面, 稳增长、防风险、保民生三项任务, 这两项设施, 以5类类型为基础."""
    signs = _signs()
    announced = signs.announced.search(before) and signs.plan.match(after)
    if announced or signs.pointing.search(before) or _AMONG.match(after):
        return True
    small = amount.value <= 20
    if small and (signs.summary.match(after) or (amount.chinese and re.match(r"[^,。;、]{1,10}:", after))):
        return True
    if amount.unit == "方面":
        return True
    if amount.chinese and small and "、" in before and not before.endswith("等"):
        return not re.search(r"\d|[一二三四五六七八九十两][个项条家所次场期届辑]", text[place.clause : amount.left])
    if re.search(r"以[^,。;、]{0,14}\Z", before) and re.search(
        r"为(?:基础|依托|重点|核心|支撑|单位|主体|抓手|载体)", text[amount.right : amount.right + 40]
    ):
        return True
    clause = text[place.clause : amount.left]
    return amount.right == amount.end and bool(signs.basis.search(clause)) and not signs.act.search(clause)


def _scope_count(text: str, amount: Amount, following: Amount) -> bool:
    """31个省份本级公务接待费减少26%: the count only says whose figure follows."""
    between = text[amount.right : following.left]
    return not re.search(r"[,;。、]", between) and following.unit in ("%", "倍") and len(between) > 4
