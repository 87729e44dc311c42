"""Which document of a corpus a reference means: by number, by title, or by the title inside 关于印发…的通知."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping

from nlp_reform.model.document import Document
from nlp_reform.model.records import Reference
from nlp_reform.prepared import compiled

_BRACKETS = str.maketrans("[]【】()", "〔〕〔〕〔〕")
_MARKS = compiled(r"[《》〈〉“”\"\s]")
_INSIDE = compiled(r"关于(?:印发|批转|转发|发布|公布)(?P<inner>.{4,})的(?:通知|公告|命令|决定)$")


def plain(name: str) -> str:
    """Return a title or number without marks, blanks and width: what two printings of one name share."""
    return _MARKS.sub("", unicodedata.normalize("NFKC", name))


def known(documents: Iterable[Document]) -> dict[str, str]:
    """Return the names by which documents may be cited, each with the document's id; the first one keeps a name."""
    found: dict[str, str] = {}
    for document in documents:
        names = [_number(document.number or "")]
        title = plain(_simplified(document))
        inner = _INSIDE.search(title)
        names += [title, inner.group("inner") if inner else ""]
        for name in names:
            if len(name) >= _SHORTEST:
                found.setdefault(name, document.id)
    return found


_SHORTEST = 4
"""Shorter names (办法, 通知) tell nothing."""


def resolve(reference: Reference, documents: Mapping[str, str], own: str = "") -> str | None:
    """Return the id of the document referred to, where `known` has it; a document does not cite itself (`own`)."""
    title = plain(reference.title or "")
    inner = _INSIDE.search(title)
    for name in (_number(reference.number or ""), title, inner.group("inner") if inner else ""):
        found = documents.get(name)
        if name and found is not None and found != own:
            return found
    return None


def _number(number: str) -> str:
    return plain(number).translate(_BRACKETS)


def _simplified(document: Document) -> str:
    """Return the title as the cleaned copy has it, which is how references give titles too."""
    title, view = document.title or "", document.view
    at = document.text.find(title) if title else -1
    if at < 0 or not view.text:
        return title
    return view.text[view.map.clean(at):view.map.clean(at + len(title))]
