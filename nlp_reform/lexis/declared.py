"""The tables of counting, declared as the tables of documents are."""

from __future__ import annotations

from nlp_reform.tables.columns import Table, choice, number, place, text, whole
from nlp_reform.tables.declared import KEY

KWIC = Table("kwic", "a term in its context", "关键词语境", (
    *KEY, text("directive_id", "id of the directive it stands in", "所属指令编号"),
    text("left", "what is printed before it in the paragraph", "左侧语境"),
    text("match", "the term as printed", "关键词（原文）"), text("right", "what is printed after it", "右侧语境"),
    *place("", "the term", "关键词"), text("term", "the term asked for", "检索词"),
))
KEYNESS = Table("keyness", "a word that marks one group of texts against another", "主题词", (
    text("word", "the word, Simplified and in mainland wording", "词语"),
    choice("side", "where it is more frequent than expected", "偏向", ("target", "reference")),
    whole("target_count", "occurrences in the target", "目标语料频次"),
    whole("reference_count", "occurrences in the reference", "参照语料频次"),
    number("target_rate", "occurrences a million words of the target", "目标语料频率", "per million words"),
    number("reference_rate", "occurrences a million words of the reference", "参照语料频率", "per million words"),
    number("log_likelihood", "log-likelihood G²", "对数似然值", "3.84 is p < .05, 10.83 p < .001"),
    number("chi_square", "chi-square with Yates' correction", "卡方值"),
    number("p", "probability by chance of the measure asked for", "显著性", "one degree of freedom, uncorrected"),
    number("log_ratio", "binary log of the ratio of the rates", "对数比", "1 is twice as frequent in the target"),
    whole("documents", "documents in which it occurs", "文档频次"),
))
STATS = Table("stats", "a document in figures", "文本统计", (
    *KEY, whole("characters", "Chinese characters", "汉字数"),
    whole("words", "words, numbers included, punctuation not", "词数"), whole("types", "different words", "词型数"),
    number("ttr", "moving-average type-token ratio", "型次比", "over windows of 500 words"),
    whole("sentences", "sentences", "句数"),
    number("sentence_length", "mean length of a sentence", "平均句长", "characters"),
    whole("directives", "directives", "指令数"),
    number("prescriptive", "share of sentences that lay down", "部署句占比", "0 to 1"),
    number("reported", "share of sentences that report", "回顾句占比", "0 to 1"),
    whole("obligations", "obligations", "义务数"), number("strength", "mean strength", "平均力度", "1 to 5"),
    number("cues", "obligations a thousand characters", "义务密度"),
    whole("targets", "targets", "目标数"), whole("binding", "binding targets", "约束性目标数"),
    number("quantities", "quantities a thousand characters", "数量密度"),
    whole("actors", "different bearers", "责任主体数"),
))
