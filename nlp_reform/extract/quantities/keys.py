"""Comparable indicators: one key for what the texts of different years call differently.

The schema is data (`lexicons/comparable.toml`) and can be extended by a user's own `comparable_user.toml`.
"""

from __future__ import annotations

from collections.abc import Iterator
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
    terms, longest = _terms()
    lengths: dict[int, int] = {}
    for start in range(len(indicator)):
        for end in range(start + 1, min(start + longest, len(indicator)) + 1):
            for n in terms.get(indicator[start:end], ()):
                if not schema()[n].get("last") or indicator[end:] in _words("tails"):
                    lengths[n] = max(lengths.get(n, 0), end - start)
    for bare in _bare(indicator):
        lengths.update((n, len(indicator)) for n in terms.get(f"={bare}", ()))
    fitting = [n for n in sorted(lengths) if _fits(schema()[n], indicator, unit, change)]
    return schema()[max(fitting, key=lambda n: lengths[n])]["id"] if fitting else None


@lru_cache(maxsize=1)
def _terms() -> tuple[dict[str, list[int]], int]:
    """Return the places in the schema of each term's entries (whole indicators behind a `=`), the longest's length."""
    found: dict[str, list[int]] = {}
    for n, entry in enumerate(schema()):
        for term in (*entry["terms"], *(f"={whole}" for whole in entry.get("whole", ()))):
            found.setdefault(term, []).append(n)
    return found, max(map(len, found), default=0)


@lru_cache(maxsize=2)
def _words(name: str) -> frozenset[str]:
    return frozenset(("", *lexicon("comparable")[name]))


def _bare(indicator: str) -> Iterator[str]:
    """Yield an indicator without the words before it, and behind it, that make it no other one (全省经济增速, 经济)."""
    for head in ("", *(head for head in _words("heads") if head and indicator.startswith(head))):
        rest = indicator.removeprefix(head)
        yield from (rest.removesuffix(tail) for tail in _words("tails") if rest.endswith(tail))


def _fits(entry: dict[str, Any], indicator: str, unit: str, change: str | None) -> bool:
    """Tell whether an entry allows for the unit, the kind of change, and all words of the indicator."""
    if (entry.get("units") and unit not in entry["units"]) or (entry.get("change") and change not in entry["change"]):
        return False
    return not any(word in indicator for word in entry.get("not_in", ()))
