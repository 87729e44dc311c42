"""The page of limits: what it says by hand, and every known failure out of the file that the tests hold."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path
from typing import Any

from made.copies import ROOT
from made.markdown import table
from nlp_reform import resources

HEAD = Path(__file__).with_name("limits.head.md")
WEAK = re.compile(r"^### (Weak.*?)(?=^## )", re.DOTALL | re.MULTILINE)


def pages() -> Iterator[tuple[str, str]]:
    """Yield the page."""
    cases: list[dict[str, Any]] = resources.load_toml(ROOT / "tests" / "known_failures.toml")["case"]
    weak = WEAK.search((ROOT / "EVALUATION.md").read_text(encoding="utf-8"))
    head = HEAD.read_text(encoding="utf-8").replace("COUNT", str(len(cases)))
    parts = [head.replace("WEAK\n", f"### {weak[1].rstrip()}\n" if weak else "")]
    for layer, group in groupby(sorted(cases, key=lambda case: str(case["layer"])), key=lambda case: case["layer"]):
        rows = [(case["name"], case["text"].replace("\n", " ")) for case in group]
        parts.append(f"### {layer}\n\n" + table(("what is read wrongly", "made-up text 例句"), rows) + "\n")
    yield "limits.md", "".join(parts)
