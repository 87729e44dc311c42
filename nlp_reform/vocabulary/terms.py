"""The words of our lexicons that a segmenter should know, with jieba's part-of-speech tags."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import NamedTuple

from nlp_reform.prepared import compiled
from nlp_reform.resources import lexicon

_FIT = compiled(r"(?=.*[\u4e00-\u9fd5])[\u4e00-\u9fd5a-zA-Z0-9+#&._%-]{2,}")
"""What jieba can keep as one word: it parts a text at every other character before it looks anything up."""


class Term(NamedTuple):
    """A word, its tag (nt body, n noun, nz other name, q unit) and the lexicon it is from."""

    word: str
    tag: str
    source: str


def _bodies() -> Iterator[str]:
    for group in lexicon("bodies")["group"]:
        for line in group["names"].strip().splitlines():
            name, _, others = line.partition(" =")
            yield from (name.strip(), *others.split())


def _indicators() -> Iterator[str]:
    for entry in lexicon("comparable")["indicator"]:
        yield from entry["terms"]


def _programmes() -> Iterator[str]:
    yield from lexicon("references")["programme"]["terms"].split()


def _units() -> Iterator[str]:
    for dimension in lexicon("units").values():
        if isinstance(dimension, Mapping):
            yield from dimension.get("units", ())


def _mainland() -> Iterator[str]:
    for word, counterpart in lexicon("mainland")["terms"].items():
        yield from (word, counterpart)


SOURCES: Mapping[str, tuple[str, Callable[[], Iterable[str]]]] = {
    "bodies": ("nt", _bodies), "indicators": ("n", _indicators), "programmes": ("nz", _programmes),
    "units": ("q", _units), "mainland": ("n", _mainland),
}
"""Where the words come from: bodies (机构), indicators (指标), programmes (工程与提法), units (单位), mainland terms of
Taiwan and Hong Kong words with those words (两岸用语), each with its tag."""


def terms(sources: Iterable[str]) -> tuple[Term, ...]:
    """Return the words of some sources, each once, under the first source that has it, in the order of the lexicons.

    Left out is what jieba cannot hold as one word: single characters, words without a Chinese character, words with
    marks inside. Raises KeyError for a source that is none of `SOURCES`.
    """
    found: dict[str, Term] = {}
    for source in sources:
        tag, words = SOURCES[source]
        for word in words():
            if _FIT.fullmatch(word):
                found.setdefault(word, Term(word, tag, source))
    return tuple(found.values())
