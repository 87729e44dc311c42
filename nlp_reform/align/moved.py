"""Whether a measure left its subject: a section that was renamed, joined, parted or put elsewhere moves nobody."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from nlp_reform.align.assign import Link
from nlp_reform.align.candidates import Field
from nlp_reform.align.wording import alike

_SHARE = 0.34
"""A section goes on in every section that at least this share of its linked units went to (or came from)."""
_NAMED = 0.5
_COMPANY = 4
"""Units to either side among which a sentence of prose must have lost its neighbours to have moved: the sections of
running prose are inferred, and what goes on beside the same measures stands where it stood."""

_NEAR = range(-_COMPANY, _COMPANY + 1)


def find_moved(field: Field, links: Sequence[Link], names: tuple[dict[str, str], dict[str, str]]) -> list[bool]:
    """Return for each link whether its section is another one now.

    `names` are the words of the sections' headings; two sections of like headings are one.
    """
    flows: Counter[tuple[str, str]] = Counter()
    for link in links:
        for a in link.before:
            flows.update((field.before[a].group, field.after[b].group) for b in link.after)
    out: Counter[str] = Counter()
    into: Counter[str] = Counter()
    for (one, other), count in flows.items():
        out[one] += count
        into[other] += count

    def goes_on(one: str, other: str) -> bool:
        count = flows[one, other]
        return (count >= _SHARE * out[one] or count >= _SHARE * into[other]
                or alike(names[0].get(one, ""), names[1].get(other, "")) >= _NAMED)

    met = {(a, b) for link in links for a in link.before for b in link.after}

    def stays(a: int, b: int) -> bool:
        one, other = field.before[a], field.after[b]
        if goes_on(one.group, other.group):
            return True
        if one.grain == other.grain == "directive":
            return False
        if not names[0].get(one.group) or not names[1].get(other.group):
            return True
        return any((a + i, b + j) in met for i in _NEAR for j in _NEAR if (i, j) != (0, 0))

    return [any(not stays(a, b) for a in link.before for b in link.after) for link in links]
