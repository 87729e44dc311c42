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

    return [
        any(not goes_on(field.before[a].group, field.after[b].group) for a in link.before for b in link.after)
        for link in links
    ]
