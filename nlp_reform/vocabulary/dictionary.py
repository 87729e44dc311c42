"""A jieba user dictionary: one word a line, with a frequency at which the word is kept whole, and a tag."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

from nlp_reform.tokens import private_jieba, segmenter
from nlp_reform.vocabulary.mine import Limits, NewWord, new_words
from nlp_reform.vocabulary.terms import SOURCES, terms

NEW_TAG = "nw"
"""The tag of words found in a corpus (as in the PKU tag set)."""


class Entry(NamedTuple):
    """A line of the dictionary: word, frequency, tag, where it is from, and a new word's support."""

    word: str
    frequency: int
    tag: str
    source: str
    support: NewWord | None = None


class Dictionary(NamedTuple):
    """A user dictionary; `str()` of it is the file jieba reads (UTF-8, `word frequency tag`)."""

    entries: tuple[Entry, ...]

    @property
    def new(self) -> tuple[NewWord, ...]:
        """The words found in the corpus, with their support, most frequent first."""
        return tuple(entry.support for entry in self.entries if entry.support)

    def __str__(self) -> str:
        """Return the file's content."""
        return "".join(f"{entry.word} {entry.frequency} {entry.tag}\n" for entry in self.entries)


def dictionary(texts: Iterable[str] = (), sources: Sequence[str] = (), limits: Limits | None = None) -> Dictionary:
    """Return the dictionary of our lexicons' words (`sources`, none means all) and of the new words of texts.

    Texts are Simplified. The frequency is jieba's own suggestion: the least at which its words no longer win over the
    whole, or the one it has. The same lexicons and texts give the same bytes.
    """
    known = terms(sources or SOURCES)
    taken = {term.word for term in known}
    found = [word for word in new_words(texts, segmenter(), limits) if word.word not in taken]
    suggest = _base().suggest_freq
    entries = [Entry(term.word, suggest(term.word), term.tag, term.source) for term in known]
    entries += [Entry(word.word, suggest(word.word), NEW_TAG, "corpus", word) for word in found]
    return Dictionary(tuple(entries))


@lru_cache(maxsize=1)
def _base() -> Any:
    """Return a jieba without any user word."""
    return private_jieba()
