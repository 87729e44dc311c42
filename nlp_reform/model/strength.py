"""How firmly a document speaks: shares of strict, explicit, bare, hedged and optional demands, by group."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Literal

from nlp_reform.model.document import Document
from nlp_reform.model.records import Obligation

Level = Literal["strict", "explicit", "bare", "hedged", "optional"]
LEVELS: dict[int, Level] = {5: "strict", 4: "explicit", 3: "bare", 2: "hedged", 1: "optional"}
Group = Literal["document", "section", "actor", "directive"]


@dataclass(frozen=True, slots=True)
class Profile:
    """One row: the group, how many demands it has, the share of each level (they add up to 1), mean strength."""

    group: str
    count: int
    shares: dict[Level, float]
    mean: float


def profile(documents: Iterable[Document], by: Group = "document") -> tuple[Profile, ...]:
    """Return the strength profile of several documents together: actors of one canonical name are one row."""
    grouped: dict[str, list[int]] = {}
    for document in documents:
        _group(document, by, grouped)
    return tuple(_profile(key, strengths) for key, strengths in grouped.items())


def profiles(document: Document, by: Group = "document") -> tuple[Profile, ...]:
    """Return the strength profile of a document: one row in all, or one a section, directive or actor.

    Sections are the topmost above each directive, by id. A coordinated bearer counts for each of its
    members; demands that name nobody fall under the actor `""`. Rows come in the order of first mention.
    """
    return profile((document,), by)


def shares(strengths: Iterable[int]) -> dict[Level, float]:
    """Return the share of each level among strengths 1 to 5; all are 0 where there is none."""
    counts = Counter(strengths)
    total = counts.total() or 1
    return {level: counts[strength] / total for strength, level in LEVELS.items()}


def _group(document: Document, by: Group, grouped: dict[str, list[int]]) -> None:
    keys = _KEYS[by](document)
    for obligation in document.obligations:
        for key in keys(obligation):
            grouped.setdefault(key, []).append(obligation.strength)


Keys = Callable[[Obligation], Iterable[str]]


def _profile(group: str, strengths: list[int]) -> Profile:
    return Profile(group, len(strengths), shares(strengths), sum(strengths) / len(strengths))


def _whole(document: Document) -> Keys:
    return lambda _: (document.id,)


def _directives(document: Document) -> Keys:
    return lambda obligation: (obligation.directive or document.id,)


def _sections(document: Document) -> Keys:
    parents = {section.id: section.parent for section in document.sections}
    above = {directive.id: directive.section for directive in document.directives}

    def top(obligation: Obligation) -> tuple[str]:
        found = above.get(obligation.directive or "")
        for _ in range(len(parents)):
            if found is None or not parents.get(found):
                break
            found = parents[found]
        return (found or document.id,)

    return top


def _actors(document: Document) -> Keys:
    return lambda obligation: [actor.name for actor in obligation.bearers] or (
        [obligation.bearer.text] if obligation.bearer else [""])


_KEYS: dict[Group, Callable[[Document], Keys]] = {
    "document": _whole, "section": _sections, "directive": _directives, "actor": _actors}
