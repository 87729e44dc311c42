"""Ids that survive edits: number paths and running numbers, never offsets. All are XML NMTOKENs."""

from __future__ import annotations

from nlp_reform.prepared import compiled

_UNSAFE = compiled(r"[^\w.-]+")


def document_id(name: str) -> str:
    """Return a file name's stem or a given name as an NMTOKEN; never empty."""
    return _UNSAFE.sub("-", name).strip("-.") or "document"


def distinct(wanted: str, taken: set[str]) -> str:
    """Return `wanted`, or with a running number when it is taken, and note it as taken."""
    name, number = wanted, 1
    while name in taken:
        number += 1
        name = f"{wanted}-{number}"
    taken.add(name)
    return name


class Serial:
    """Counts per owner: `next("soc-2018.d12", "q")` gives `soc-2018.d12.q1`, then `…q2`."""

    def __init__(self, document: str) -> None:
        """Take the id that owns whatever belongs to no directive."""
        self._document = document
        self._counts: dict[str, int] = {}

    def next(self, owner: str | None, letter: str) -> str:
        """Return the next id of this kind under its owner (the document when None)."""
        stem = f"{owner or self._document}.{letter}"
        number = self._counts[stem] = self._counts.get(stem, 0) + 1
        return f"{stem}{number}"
