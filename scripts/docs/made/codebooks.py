"""A page a codebook, out of its TOML file."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from made.markdown import table
from nlp_reform import coding, resources

INTRO = """# Codebooks 编码表

A codebook is a file of codes: names in Chinese and English, a definition, terms that speak for the code (`include`)
and against it (`exclude`). A theme is a code given to a directive with a score between 0 and 1. These are built in;
yours is a TOML file of the same form ([how to code themes](../howto/themes.md)).

"""


def pages() -> Iterator[tuple[str, str]]:
    """Yield the list of codebooks and a page for each."""
    rows = []
    for listed in coding.list_codebooks():
        book = resources.load_toml(resources.locate("codebooks", listed.name))
        link = f"[`{book['id']}`]({book['id']}.md)"
        rows.append((link, book["version"], len(book["codes"]), book["name_zh"], book["name_en"]))
        yield f"codebooks/{book['id']}.md", _page(book)
    yield "codebooks/index.md", INTRO + table(("name", "version", "codes 编码数", "名称", "is"), rows)


def _page(book: dict[str, Any]) -> str:
    head = f"# {book['name_zh']} `{book['id']}`\n\n**{book['name_en']}**, version {book['version']}, "
    head += f"{len(book['codes'])} codes.\n"
    several = "A text may have several codes." if book["multi"] else "A text has one best code."
    head += f"{several} Codes are given at level {book['level']} unless asked otherwise.\n\n"
    head += f"Source: {book['source']}\n\n"
    tops = [code for code in book["codes"] if not code.get("parent")]
    return head + "".join(_family(top, book["codes"]) for top in tops)


def _family(top: dict[str, Any], codes: list[dict[str, Any]]) -> str:
    below = _below(top["code"], codes)
    parts = [f"## {top['code']} {top['name_zh']} · {top['name_en']}\n\n{top['definition']}\n\n"]
    if top.get("include"):
        parts.append(f"??? note \"{len(top['include'])} terms 词条\"\n    {'、'.join(top['include'])}\n\n")
    if below:
        rows = [
            (f"`{one['code']}`", one["name_zh"], one["name_en"], one["definition"], "、".join(one.get("include", ())))
            for one in below]
        parts.append(table(("code", "名称", "name", "definition", "terms 词条"), rows) + "\n")
    return "".join(parts)


def _below(parent: str, codes: list[dict[str, Any]]) -> list[dict[str, Any]]:
    found = []
    for code in codes:
        if code.get("parent") == parent:
            found += [code, *_below(code["code"], codes)]
    return found
