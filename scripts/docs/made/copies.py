"""Pages that also lie at the top of the checkout: taken over with their links set right."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
COPIES = {"EVALUATION.md": "evaluation.md", "CONTRIBUTING.md": "contributing.md", "CHANGELOG.md": "changelog.md"}
LINK = re.compile(r"\[([^\]]+)\]\(([^)#]+)\)")


def pages() -> Iterator[tuple[str, str]]:
    """Yield each page under its name on the site."""
    for name, place in COPIES.items():
        yield place, LINK.sub(_link, (ROOT / name).read_text(encoding="utf-8"))


def _link(match: re.Match[str]) -> str:
    """Return a link that holds on the site: to a page of it, outside, or else the words alone."""
    words, target = match.groups()
    if target in COPIES:
        return f"[{words}]({COPIES[target]})"
    return match.group() if target.startswith("http") else f"`{target}`" if words == target else words
