"""What documents are like, in figures that can be compared across them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from nlp_reform.lexis.words import words
from nlp_reform.model import Document
from nlp_reform.prepared import compiled
from nlp_reform.tables import Row

_HAN = compiled(r"[\u3400-\u9fff\U00020000-\U0003ffff]")
_SPOKEN = compiled(r"\w")
_WINDOW = 500


def stats(documents: Iterable[Document]) -> list[Row]:
    """Return a row a document by the declaration `STATS`."""
    return [_row(document) for document in documents]


def _row(document: Document) -> Row:
    characters = len(_HAN.findall(document.view.text))
    spoken = [word for word in words(document, every=True) if _SPOKEN.search(word)]
    kinds = Counter(statement.kind for statement in document.statements)
    sentences = len(document.statements)
    strengths = [obligation.strength for obligation in document.obligations]
    return {
        "document_id": document.id, "year": document.year, "characters": characters, "words": len(spoken),
        "types": len(set(spoken)), "ttr": _ttr(spoken), "sentences": sentences,
        "sentence_length": _share(sum(one.end - one.start for one in document.statements), sentences, 2),
        "directives": len(document.directives), "prescriptive": _share(kinds["prescriptive"], sentences),
        "reported": _share(kinds["reported"], sentences), "obligations": len(strengths),
        "strength": _share(sum(strengths), len(strengths)), "cues": _share(1000 * len(strengths), characters),
        "targets": len(document.targets), "binding": sum(one.binding == "binding" for one in document.targets),
        "quantities": _share(1000 * len(document.quantities), characters),
        "actors": len({actor.name for one in document.obligations for actor in one.bearers}),
    }


def _ttr(found: Sequence[str]) -> float | None:
    """Return the moving-average type-token ratio (Covington and McFall 2010); of the whole where it is shorter."""
    width = min(_WINDOW, len(found))
    if not width:
        return None
    counts = Counter(found[:width])
    total, different = len(counts), len(counts)
    for gone, come in zip(found, found[width:], strict=False):
        counts[gone] -= 1
        different -= not counts[gone]
        different += not counts[come]
        counts[come] += 1
        total += different
    return round(total / (len(found) - width + 1) / width, 4)


def _share(part: float, whole: float, digits: int = 4) -> float | None:
    return round(part / whole, digits) if whole else None
