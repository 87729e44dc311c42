"""The tables of a run beside those of the documents: what failed, signatures, near-duplicates."""

from __future__ import annotations

from nlp_reform.tables import DOCUMENT_TABLES, Table
from nlp_reform.tables.columns import choice, number, text, truth, whole

KINDS = ("read", "timeout", "memory", "crash", "fault")
"""Why a document failed: it cannot be read; it took too long, or too much memory; its process died; a program fault."""

_ID = text("document_id", "id of the document", "文件编号")
FAILURES = Table("failures", "a document that could not be analysed", "失败文件", (
    _ID, text("name", "its name", "文件名"), text("sha256", "sha256 of its bytes", "文件校验和", "empty if unreadable"),
    choice("kind", "why, in one word", "失败类别", KINDS), text("reason", "why, and the way out", "失败原因"),
))
SIGNATURES = Table("signatures", "the MinHash signature of a text", "文本签名", (
    _ID, text("signature", "128 minima of hashed shingles", "最小哈希签名", "8 hexadecimal digits each"),
))
NEAR_DUPLICATES = Table("near_duplicates", "a document that others repeat nearly word for word", "近似重复文件", (
    text("cluster", "id of the cluster's representative, the most typical of its texts", "所属组（代表文件编号）"),
    _ID, truth("representative", "whether it is the representative", "是否代表文件"),
    number("similarity", "estimated share of wording in common with it", "与代表文件的相似度", "0 to 1"),
    whole("size", "number of documents in the cluster", "组内文件数"),
))
SHARD_TABLES = {**DOCUMENT_TABLES, FAILURES.name: FAILURES, SIGNATURES.name: SIGNATURES}
"""The tables that each shard has one file of."""
