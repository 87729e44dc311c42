"""The tables of a comparison and of a history, declared as the tables of documents are."""

from __future__ import annotations

from collections.abc import Iterator

from nlp_reform.align.history import Event
from nlp_reform.align.records import RELATIONS, Verdict
from nlp_reform.model import terms
from nlp_reform.tables.columns import Column, Table, choice, number, place, text, truth, whole

_SIDES = (("before", "earlier document", "之前"), ("after", "later document", "之后"))
_SCORE = number("score", "probability that the link is right", "匹配概率", "0 to 1")
_REVIEW = truth("review", "whether a person should look at it", "建议人工复核")


def _unit(prefix: str, where: str, chinese: str) -> Iterator[Column]:
    yield text(f"{prefix}directive", f"ids of its directives in the {where}", f"{chinese}指令编号", "joined by blanks")
    yield text(f"{prefix}label", f"its number in the {where}, as printed", f"{chinese}序号")
    yield text(f"{prefix}section", f"its section in the {where}", f"{chinese}章节")
    yield from place(prefix, f"it in the {where}", chinese)
    yield text(f"{prefix}text", f"its words in the {where}, without breaks", f"{chinese}文字", prints=True)


def _aim(prefix: str, where: str, chinese: str) -> Iterator[Column]:
    yield text(f"{prefix}text", f"the number in the {where}, as printed", f"{chinese}数字原文")
    yield number(f"{prefix}value", f"its value in the {where}", f"{chinese}数值", "in unit; 万 and 亿 are folded in")
    yield text(f"{prefix}unit", f"its unit in the {where}", f"{chinese}单位")
    yield choice(f"{prefix}comparator", f"how it bounds in the {where}", f"{chinese}比较关系", terms.Comparator)
    yield choice(f"{prefix}change", "by how much, to what, or at what level", f"{chinese}变化方式", terms.Change)
    yield text(f"{prefix}deadline", f"by when in the {where}, as printed", f"{chinese}期限")
    yield choice(f"{prefix}binding", "binding or expected (约束性, 预期性)", f"{chinese}约束性", terms.Binding)
    yield from place(prefix, f"the number in the {where}", f"{chinese}数字")


def _figure(prefix: str, english: str, chinese: str) -> Iterator[Column]:
    yield text(f"{prefix}text", f"{english}, as printed", f"{chinese}（原文）")
    yield number(f"{prefix}value", f"value of {english}", f"{chinese}数值", "in unit; 万 and 亿 are folded in")
    yield text(f"{prefix}unit", f"unit of {english}", f"{chinese}单位")
    yield from place(prefix, english, chinese)


_ITEMS = Table("items", "what became of a measure", "措施变化", (
    choice("relation", "what became of it", "变化", RELATIONS),
    truth("moved", "whether it stands elsewhere", "是否移位"),
    _REVIEW, _SCORE, number("similarity", "likeness of the wording", "文字相似度", "0 to 1"),
    text("changes", "what moved: field, from, to", "变化内容", "joined by '; '"),
    *(column for side, where, chinese in _SIDES for column in _unit(f"{side}_", where, chinese)),
))
_TARGETS = Table("targets", "an indicator in one document or in both", "目标对照", (
    text("indicator", "what is measured", "指标"), choice("relation", "what became of it", "变化", RELATIONS),
    truth("explicitly_absent", "whether the later text says that no figure is set", "明示不设目标"),
    *(column for side, where, chinese in _SIDES for column in _aim(f"{side}_", where, chinese)),
))
_OUTCOMES = Table("outcomes", "a target and the figure that the later document reports", "完成情况", (
    text("indicator", "what is measured", "指标"), choice("verdict", "whether it was reached", "结论", Verdict),
    text("why", "the reason for the verdict", "判断依据"), _SCORE,
    *_figure("target_", "the target", "目标"), *_figure("achieved_", "the figure reported", "完成值"),
))
COMPARISON = {table.name: table for table in (
    _ITEMS, _TARGETS, _OUTCOMES,
    Table("added", "a measure only in the later document", "新增措施", (*_unit("", "later document", ""),
          _SCORE, _REVIEW)),
    Table("dropped", "a measure only in the earlier document", "删去措施",
          (*_unit("", "earlier document", ""), _SCORE, _REVIEW)),
)}
"""The tables of a comparison, in the order of the sheets."""
_YEAR = (text("document_id", "id of the document", "文件编号"), whole("year", "year the document governs", "年份"))
HISTORY = {table.name: table for table in (
    Table("threads", "a measure over the years", "历年措施", (
        text("thread", "number of the thread", "线索编号"), text("heading", "its first statement's beginning", "开头"),
        whole("first", "year it was first stated", "首次年份"), whole("last", "year it was last stated", "末次年份"),
        whole("stated", "how often it was stated", "出现次数"),
        truth("open", "whether it stands in the last document", "是否延续"),
        text("course", "what happened to it, document by document", "历程", "document: event, joined by '; '"),
    )),
    Table("steps", "a measure in one document", "措施逐年", (
        *_YEAR, text("thread", "number of the thread", "线索编号"),
        choice("event", "what happened to it", "事件", Event), text("detail", "of an outcome: the verdict", "细节"),
        _SCORE,
        text("changes", "what moved: field, from, to", "变化内容", "joined by '; '"),
        text("directive_id", "ids of its directives", "指令编号", "joined by blanks"), *place("", "it", ""),
        text("text", "its words, without breaks", "文字", prints=True),
    )),
    Table("trends", "an indicator in one document", "指标逐年", (
        *_YEAR, whole("series", "number of the indicator's series", "序列编号"),
        text("indicator", "what is measured", "指标"),
        text("target", "the target as printed", "目标（原文）"), number("value", "its value", "目标数值", "in unit"),
        text("unit", "its unit", "单位"), choice("comparator", "how it bounds", "比较关系", terms.Comparator),
        truth("explicitly_absent", "whether the text says that no figure is set", "明示不设目标"),
        text("achieved", "what the next document reports, as printed", "完成值（原文）"),
        number("achieved_value", "its value", "完成数值", "in unit"),
        choice("verdict", "whether it was reached", "结论", Verdict),
    )),
    Table("phrases", "a phrase in one document", "提法逐年", (
        *_YEAR, text("phrase", "the phrase asked for", "提法"), whole("count", "occurrences", "次数"),
        number("per_10000", "occurrences per 10,000 characters", "每万字次数"),
        truth("first", "whether it stands there first", "是否首次"),
        truth("last", "whether it stands there last", "是否末次"),
    )),
    Table("keyness", "a word that one document uses more than its neighbour", "逐年主题词", (
        text("word", "the word, Simplified", "词语"), text("before", "id of the earlier document", "之前文件"),
        text("after", "id of the later document", "之后文件"),
        whole("before_count", "occurrences in the earlier", "之前频次"),
        whole("after_count", "occurrences in the later", "之后频次"),
        number("likelihood", "log-likelihood G²", "对数似然值", "10.83 is p < .001"),
        choice("side", "the document that uses it more", "偏向", ("before", "after")),
    )),
)}
"""The tables of a history, in the order of the sheets."""
