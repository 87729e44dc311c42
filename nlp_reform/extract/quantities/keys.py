"""Comparable indicators: one key for what the texts of different years call differently.

The schema is data (`lexicons/comparable.toml`) and can be extended by a user's own `comparable_user.toml`.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from nlp_reform.resources import lexicon, load_toml, places

USER_FILE = "comparable_user.toml"


@lru_cache(maxsize=1)
def schema() -> tuple[dict[str, Any], ...]:
    """Return all entries, the user's own first. Raises `ResourceError` when a user's file is malformed."""
    own = [
        entry
        for folder in places("lexicons")
        if (folder / USER_FILE).exists()
        for entry in load_toml(folder / USER_FILE).get("indicator", ())
    ]
    return (*own, *lexicon("comparable")["indicator"])


@lru_cache(maxsize=4096)
def key(indicator: str, unit: str, change: str | None = None) -> str | None:
    """Return the key of an indicator (Simplified, as read), None when no entry fits.

    The longest term wins, so that 城镇居民人均可支配收入 is not taken for 居民收入; of equal length the first entry.
    """
    best: tuple[int, str] | None = None
    for entry in schema():
        if entry.get("units") and unit not in entry["units"]:
            continue
        if entry.get("change") and change not in entry["change"]:
            continue
        if any(word in indicator for word in entry.get("not_in", ())):
            continue
        length = max((len(term) for term in entry["terms"] if term in indicator), default=0)
        if length and (best is None or length > best[0]):
            best = length, entry["id"]
    return best[1] if best else None
