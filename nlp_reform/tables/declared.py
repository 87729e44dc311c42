"""The tables of a document: every column with its type and meaning, in the order of all outputs."""

from __future__ import annotations

from typing import get_args

from nlp_reform.model import terms
from nlp_reform.model.signals import Colour
from nlp_reform.model.strength import Group, Level
from nlp_reform.tables.columns import Column, Table, choice, evidence, number, place, text, truth, whole

KEY = (
    text("document_id", "id of the document", "文件编号"),
    whole("year", "year the document governs", "年份"),
)
"""The first columns of every table."""
_DIRECTIVE = text("directive_id", "id of the directive it stands in", "所属指令编号", "empty outside of directives")
LONGEST_SENTENCE = 2000
"""Characters of a sentence above which only so many around the item are given."""
_SENTENCE = text("sentence", "the sentence it stands in, as printed", "所在句（原文）",
                 f"of one longer than {LONGEST_SENTENCE:,} characters that many around it, with … where it goes on",
                 prints=True)
_SHARES = tuple(
    number(level, f"share of demands that are {level}", f"{chinese}要求占比", "0 to 1")
    for level, chinese in zip(get_args(Level), ("严格", "明示", "直陈", "留有余地", "可选"), strict=True)
)


def _table(name: str, english: str, chinese: str, *columns: Column) -> Table:
    return Table(name, english, chinese, (*KEY, *columns))


_DOCUMENTS = _table(
    "documents", "a document", "文件",
    text("title", "title, as printed", "标题"), text("issuer", "who issued it", "发文机关"),
    text("number", "document number, as printed", "发文字号"),
    text("date", "date of issue", "成文日期", "ISO 8601; may be a year or a month only"),
    text("genre", "kind of document: notice, plan, work-report …", "文种"),
    text("genre_zh", "kind of document in Chinese", "文种（中文）"),
    whole("period_first", "first year it governs", "规划期起始年"),
    whole("period_last", "last year it governs", "规划期终止年"),
    choice("script", "Simplified, Traditional or both", "字体", terms.Script),
    text("source", "name of the file read", "来源文件"), text("media_type", "media type of the file", "媒体类型"),
    text("encoding", "encoding of the file", "编码"), text("sha256", "sha256 of the file's bytes", "文件校验和"),
    whole("length", "length of the text of record", "原文长度", "code points"),
    whole("sections", "number of sections", "章节数"), whole("directives", "number of directives", "指令数"),
    whole("statements", "number of statements", "语句数"), whole("obligations", "number of obligations", "义务数"),
    whole("quantities", "number of quantities", "数量数"), whole("targets", "number of targets", "目标数"),
)
_SECTIONS = _table(
    "sections", "a numbered or printed heading that holds other items or prose", "章节",
    text("section_id", "id of the section", "章节编号"), text("parent", "id of the section above", "上级章节编号"),
    whole("level", "depth, 1 at the top", "层级"), text("label", "its number as printed", "序号（原文）"),
    whole("number", "its number as a number", "序号数值"), text("heading", "its heading", "章节标题"),
    *place("", "the section", "章节"),
)
_DIRECTIVES = _table(
    "directives", "an item that tells somebody what to do", "指令",
    text("directive_id", "id of the directive", "指令编号"), text("section_id", "id of its section", "所属章节编号"),
    text("path", "printed labels from the root down", "序号路径", "joined by ' / '"),
    text("label", "its number as printed", "序号（原文）"), whole("number", "its number as a number", "序号数值"),
    choice("numbering", "whether the number is printed or the paragraph was told by what it says", "编号方式",
           terms.Numbering),
    text("heading", "its heading, or its first words", "条目标题"), *place("", "the directive", "指令"),
    whole("duplicates", "how often it is printed again", "重复次数"),
    text("themes", "best code of each codebook", "主题（各编码表最佳编码）",
         "codebook:code, joined by '; '; all codes with scores are in the table themes"),
    text("text", "the directive as printed", "指令原文", prints=True),
)
_STATEMENTS = _table(
    "statements", "a sentence and what it does", "语句",
    text("statement_id", "id of the statement", "语句编号"), _DIRECTIVE,
    choice("kind", "lays down, reports or explains", "语句类型", terms.StatementKind),
    *place("", "the sentence", "语句"), text("text", "the sentence as printed", "语句原文", prints=True),
)
_OBLIGATIONS = _table(
    "obligations", "a clause that lays something down", "义务",
    text("obligation_id", "id of the obligation", "义务编号"), _DIRECTIVE,
    text("statement_id", "id of its statement", "所属语句编号"),
    choice("modality", "deontic modality", "情态", terms.Modality),
    whole("strength", "strength, 5 strict to 1 optional", "力度", "1 to 5"),
    *evidence("cue", "the cue word", "标志词"), *evidence("bearer", "who must act", "责任主体"),
    truth("inherited", "whether the bearer is taken over from the text before", "主体是否承前"),
    *evidence("action", "what is to be done", "行为"), *evidence("condition", "under which condition", "条件"),
    *evidence("exception", "what is excepted", "例外"),
    choice("polarity", "to do or to leave undone", "极性", terms.Polarity),
    *evidence("object", "the action without its verb", "对象"),
    text("bearers", "canonical Simplified names of those who must act", "责任主体规范名", "joined by '; '"),
    text("rule", "the rule that found it", "识别规则"),
)
_ASSIGNMENTS = _table(
    "assignments", "a body named as leading, responsible or supporting", "分工",
    _DIRECTIVE, choice("role", "lead, responsible or support", "分工角色", terms.UnitRole),
    *evidence("unit", "the body", "单位"), text("canonical", "its canonical Simplified name", "规范名"),
    text("level", "its administrative level where known", "层级"), text("kind", "its kind where known", "类别"),
)
_QUANTITIES = _table(
    "quantities", "a number with its unit", "数量",
    text("quantity_id", "id of the quantity", "数量编号"), _DIRECTIVE, text("text", "as printed", "原文"),
    number("value", "value, the lower end of a range", "数值", "in unit; 万 and 亿 are folded in"),
    number("upper", "upper end of a range", "区间上限", "in unit"),
    text("unit", "unit, Simplified and without scale", "单位"),
    choice("comparator", "how it bounds what it measures", "比较关系", terms.Comparator),
    choice("role", "what the number is for", "角色", terms.Role), *place("", "the quantity", "数量"),
    text("rule", "the rule that gave the role", "识别规则"), _SENTENCE,
)
_TARGETS = _table(
    "targets", "a quantity to be reached", "目标",
    text("target_id", "id of the target", "目标编号"),
    text("quantity_id", "id of its quantity", "数量编号", "empty where a figure is left out on purpose"), _DIRECTIVE,
    *evidence("indicator", "what is measured", "指标"),
    text("key", "the indicator's name over years and bodies", "指标通用名", "see the lexicon indicators"),
    choice("comparator", "how the value bounds the indicator", "比较关系", terms.Comparator),
    number("value", "value, the lower end of a range", "数值", "in unit; 万 and 亿 are folded in"),
    number("upper", "upper end of a range", "区间上限", "in unit"),
    text("unit", "unit, Simplified and without scale", "单位"),
    choice("direction", "whether it is to rise, fall or hold", "方向", terms.Direction),
    choice("change", "by how much, to what, or at what level", "变化方式", terms.Change),
    *evidence("deadline", "by when", "期限"), whole("deadline_year", "the year the deadline means", "期限年份"),
    *evidence("baseline", "what the change starts from", "基期"),
    whole("baseline_year", "year of the baseline", "基期年份"),
    number("baseline_value", "value of the baseline", "基期值", "in unit"),
    *evidence("scope", "where or for whom it holds", "范围"),
    choice("binding", "binding or expected (约束性, 预期性)", "约束性", terms.Binding),
    truth("explicitly_absent", "whether the text says that no figure is set", "明示不设目标"),
    text("text", "the number as printed", "数字原文"), *place("", "the number", "数字"), _SENTENCE,
)
_REFERENCES = _table(
    "references", "a document or programme that the text names", "引用",
    text("text", "as printed", "原文"), text("title", "the title named", "文件名称"),
    text("number", "the document number named", "发文字号"),
    choice("kind", "document or programme", "类别", terms.ReferenceKind), *place("", "the reference", "引用"),
)
_THEMES = _table(
    "themes", "a code given to a directive", "主题",
    text("directive_id", "id of the directive", "指令编号"), text("codebook", "id of the codebook", "编码表"),
    text("code", "the code", "编码"), whole("rank", "1 is the best code of its codebook", "名次"),
    number("score", "how well it fits", "得分", "0 to 1"),
)
_NOTES = _table(
    "notes", "a doubtful reading or an oddity", "提示",
    text("code", "what kind of doubt", "提示代码"), choice("severity", "how grave", "级别", terms.Severity),
    *place("", "the doubtful place", "位置"), text("message", "in words", "说明"),
)
_STRENGTH = _table(
    "strength", "how firmly a document, section, actor or directive speaks", "力度分布",
    choice("by", "what is grouped", "分组方式", Group),
    text("group", "id of the document, section or directive, or name of the actor", "分组",
         "empty where the actor is not named"),
    whole("demands", "number of demands", "要求数"), *_SHARES,
    number("mean", "mean strength", "平均力度", "1 to 5"),
)
_SIGNALS = _table(
    "signals", "the colour of a directive: clear, forbidding or leaving room", "信号",
    text("directive_id", "id of the directive", "指令编号"), choice("signal", "black, red or grey", "信号", Colour),
    text("evidence", "ids of the obligations that gave it", "依据", "joined by blanks"),
)
_EXTRA = _table(
    "extra", "what a stage of a plugin found", "插件结果",
    text("layer", "name of the plugin's layer", "层名"), whole("number", "its place in the layer, from 1", "序号"),
    text("text", "its text, where the plugin gives one", "原文"), *place("", "it", "插件结果"),
    text("record", "all that the plugin says of it", "完整记录", "JSON"),
)
DOCUMENT_TABLES = {table.name: table for table in (
    _DOCUMENTS, _SECTIONS, _DIRECTIVES, _STATEMENTS, _OBLIGATIONS, _ASSIGNMENTS, _QUANTITIES, _TARGETS, _REFERENCES,
    _THEMES, _NOTES, _STRENGTH, _SIGNALS, _EXTRA,
)}
"""The tables by their names, in the order in which they are written."""
TABLES = tuple(DOCUMENT_TABLES)
"""The names of the tables."""
