"""The words of the interface in Chinese or English."""

from __future__ import annotations

import os
from functools import lru_cache
from pathlib import Path
from typing import Literal

from nlp_reform.classify import load
from nlp_reform.errors import ReformError, ResourceError
from nlp_reform.model import Note
from nlp_reform.project import active
from nlp_reform.resources import load_toml

Language = Literal["zh", "en"]
LANGUAGES: tuple[Language, ...] = ("zh", "en")
ASSETS = Path(__file__).parent / "assets"
_LOCALE = ("LC_ALL", "LC_MESSAGES", "LANG")


def language(lang: str | None = None) -> Language:
    """Return `lang`, or when None that of the project's settings, or of the locale: Chinese for a Chinese one.

    Raises `ReformError` for another name.
    """
    lang = lang or active().lang
    if lang is None:
        given = next((os.environ[name] for name in _LOCALE if os.environ.get(name)), "")
        return "zh" if given.lower().startswith("zh") else "en"
    if lang not in LANGUAGES:
        raise ReformError(f"no language {lang!r}; known are {', '.join(LANGUAGES)}")
    return lang


class Words:
    """Looks up labels: `words("role", "target")` is 目标 or target; an unknown name is returned as it is."""

    def __init__(self, lang: Language) -> None:
        """Take the language."""
        self.lang = lang
        self._at = LANGUAGES.index(lang)
        self._table = _labels()

    def __call__(self, group: str, name: object, **values: object) -> str:
        """Return a label, its `{blanks}` filled with `values`."""
        pair = self._table[group].get(str(name))
        if pair is None:
            return str(name)
        return pair[self._at].format(**values) if values else pair[self._at]

    def group(self, group: str) -> dict[str, str]:
        """Return all labels of a group, in the order in which they are listed."""
        return {name: pair[self._at] for name, pair in self._table[group].items()}

    def doubt(self, note: Note, quoted: bool = False) -> str:
        """Return what a note says: its kind's label, or its own message where that says more.

        Messages are English and name particulars; they are shown in English unless the place is `quoted` beside
        them, and for kinds without a label (a plugin's).
        """
        pair = self._table["doubt"].get(note.code)
        return note.message if pair is None or (self.lang == "en" and not quoted) else pair[self._at]

    def theme(self, codebook: str, code: str) -> str:
        """Return a theme's name in the language; its code when the codebook is not at hand any more."""
        try:
            found = load(codebook).by_code.get(code)
        except ResourceError:
            return code
        return code if found is None else found.name_zh if self.lang == "zh" else found.name_en


@lru_cache(maxsize=1)
def _labels() -> dict[str, dict[str, list[str]]]:
    return load_toml(ASSETS / "labels.toml")
