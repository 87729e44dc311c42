"""The page of the lexicons: what each file is for, how much it holds, where its words come from."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from made.markdown import table
from nlp_reform import resources

INTRO = """# Lexicons 词典

Words live in data, not in code: `nlp_reform/lexicons/*.toml`. Each entry has its terms, what they give, and beside
them the longer words that hold a term and mean something else (`not_in`: 供应 is no 应). A file of the same name in the
folder `lexicons/` of the folder that the environment variable `NLP_REFORM_DATA` names is read instead of the built-in
one. Indicators of your own go into `comparable_user.toml` there or in your data folder, and are read beside it.

"""


def pages() -> Iterator[tuple[str, str]]:
    """Yield the page."""
    rows, parts = [], []
    for path in sorted((resources.PACKAGE / "lexicons").glob("*.toml")):
        words, name = resources.load_toml(path), path.stem
        comment = _comment(path.read_text(encoding="utf-8"))
        rows.append((f"[`{name}`](#{name})", comment.split(". ")[0].rstrip(".") + ".", len(set(_strings(words)))))
        sources = "; ".join(dict.fromkeys(_sources(words)))
        parts.append(f"## {name}\n\n{comment}\n\n" + (f"Source: {sources}\n\n" if sources else "")
                     + f"Tables: {', '.join(f'`{key}`' for key in words)}.\n\n")
    yield "lexicons.md", INTRO + table(("file", "holds", "strings 词条数"), rows) + "\n" + "".join(parts)


def _comment(text: str) -> str:
    """Return the comment at the head of a file as one paragraph."""
    lines = []
    for line in text.splitlines():
        if not line.startswith("#"):
            break
        lines.append(line.lstrip("# ").strip())
    return " ".join(lines).replace("<", "&lt;").replace("|", "\\|").replace("*", "\\*").replace("_", "\\_")


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    for inner in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from _strings(inner)


def _sources(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        if isinstance(value.get("source"), str):
            yield value["source"]
        for inner in value.values():
            yield from _sources(inner)
    for inner in value if isinstance(value, list) else ():
        yield from _sources(inner)
