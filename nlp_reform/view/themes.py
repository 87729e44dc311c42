"""One theme a directive, of the codebook that fits its document best."""

from __future__ import annotations

from nlp_reform.classify import load
from nlp_reform.errors import ResourceError
from nlp_reform.model import Document
from nlp_reform.view.words import Words

_OFFICIAL = "govcn"
"""The codebook shown where none is made for the document's genre: official topics, which every reader knows."""


def fitting_codebook(document: Document) -> str | None:
    """Return the codebook made for documents of this title, else the official topics, else any; None without."""
    fitting, general = [], []
    for name in dict.fromkeys(theme.codebook for theme in document.themes):
        try:
            genres = load(name).genres
        except ResourceError:
            genres = ()
        if any(word in document.title for word in genres):
            fitting.append(name)
        elif not genres:
            general.append(name)
    return next(iter(fitting or sorted(general, key=lambda name: name != _OFFICIAL)), None)


def best_themes(document: Document, words: Words) -> dict[str, str]:
    """Return each directive's best theme by its name in the language."""
    return {directive: words.theme(*key) for directive, key in best_codes(document).items()}


def best_codes(document: Document) -> dict[str, tuple[str, str]]:
    """Return each directive's best theme as codebook and code; the first listed has the highest score."""
    chosen = fitting_codebook(document)
    best: dict[str, tuple[str, str]] = {}
    for theme in document.themes:
        if theme.codebook == chosen:
            best.setdefault(theme.directive, (theme.codebook, theme.code))
    return best
