"""What a unit asks for, clause by clause, and which of it the other unit has: what tells `changed` from `reworded`.

A task is a clause that acts on something. What only frames it (按照…, 以…为…), what it is to bring about
(促进…, 让…, 满足…) and appeals (勇于…) ask for nothing of their own and are left out. Two tasks are one when what they
act on is one: verbs and adverbs do not count, near words do.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

from nlp_reform.align.meanings import content, model
from nlp_reform.align.records import Shift
from nlp_reform.align.units import Unit
from nlp_reform.align.wording import alike, bare, grams, within
from nlp_reform.model import Document
from nlp_reform.prepared import compiled
from nlp_reform.resources import lexicon
from nlp_reform.tokens import mainland

MISSING = 0.75
"""A task of which the other side has less than this share, by the weight of its words, is missing there; chosen on the
judged pairs of development, and right on more of the pairs judged afterwards, too (tests/gold/alignment/README.md)."""
PRINTED = 0.5
"""What a task acts on is not missing where the other side has this share of its characters, two and two: words turned
round (老艺人授课, 授课仍请老艺人). Chosen on development and the pairs beside it; .6 is nearly as good."""
WORTH = 0.8
"""Least weight of what is missing of a thing: words that stand beside any subject (政策, 制度, 问题) are no task by
themselves. Chosen on the judged pairs of development and check together."""
TELLING = 6.0
"""Learned weight from which a word keeps so much to one subject (教师, 医生) that characters cannot stand for it."""
_LEAST = 4
"""Characters below which a piece between two commas is joined to the next one."""
_ALIKE = 0.2
"""Least likeness of a task gone and a task come to be shown as one exchanged for the other."""
_STOP = compiled(r"[,;。:!?]")
_ASIDE = compiled(r"\((?:[^()]|\([^()]*\))*\)")
_TITLE = 24
_COUNT = compiled(
    "^(?:[一二三四五六七八九十]{1,2}(?:是|要)|[(]?[一二三四五六七八九十]{1,3}[)、]|[0-9]{1,3}(?:、|[.](?![0-9])))"
)

Words = tuple[str, ...]


class Task(NamedTuple):
    """A clause that acts on something: its words in Simplified, what it acts on, its place.

    `things` holds one entry for each member of a list, in mainland terms, for matching, `parts` its characters.
    """

    clause: str
    things: tuple[Words, ...]
    parts: tuple[str, ...]
    span: tuple[int, int]


def find_tasks(document: Document, unit: Unit) -> tuple[Task, ...]:
    """Return the tasks of a unit's prescriptive sentences, an item's title left out."""
    spans = unit.sentences
    if unit.grain == "directive" and len(spans) > 1 and spans[0][1] - spans[0][0] <= _TITLE + len(unit.label):
        spans = spans[1:]
    return tuple(task for span in spans for task in _tasks(document, *span))


def _tasks(document: Document, start: int, end: int) -> Iterator[Task]:
    """Yield the tasks of a sentence; a frame or a result is one only where the sentence has nothing else."""
    empty, frame, result = _patterns()
    view = document.view
    first, last = view.map.clean(start), view.map.clean(end - 1) + 1
    clauses = list(_clauses(view.text[first:last]))
    told = False
    for n, (a, b) in enumerate(clauses):
        words = _COUNT.sub("", "".join(view.text[first + a:first + b].split()))
        core = bare(words)
        alone = len(clauses) == 1 or (n == len(clauses) - 1 and not told)
        framing = frame.match(core) or core.endswith("的")
        if empty.search(core) or (not alone and framing) or (told and result.match(core)):
            continue
        members = [(thing, part) for part in mainland(words).split("、") if (thing := acted_on(part))]
        if members:
            told = True
            things, parts = zip(*members, strict=True)
            yield Task(words, things, parts, view.span(first + a, first + b))


def _clauses(text: str) -> Iterator[tuple[int, int]]:
    """Yield the places of the clauses; a short one goes with the next, what stands in brackets is left out."""
    asides = [match.span() for match in _ASIDE.finditer(text)]
    begin = 0
    for match in [*_STOP.finditer(text), None]:
        stop = match.start() if match else len(text)
        if any(a < stop < b for a, b in asides):
            continue
        if len(bare(text[begin:stop])) >= _LEAST or (match is None and stop > begin):
            if not any(a <= begin and stop <= b for a, b in asides):
                yield begin, stop
            begin = stop + 1


@lru_cache(maxsize=1 << 14)
def acted_on(text: str) -> Words:
    """Return the words of a clause that are no verbs, adverbs or vague words of policy, each once, in order."""
    vague = _vague()
    return tuple(dict.fromkeys(word for word in content(text) if word not in vague))


def find_content(
    before: Sequence[Task], after: Sequence[Task], texts: tuple[str, str]
) -> Iterator[Shift]:
    """Yield the tasks that one side has alone, as shifts of the field `content`; mirrored when swapped."""
    gone = _missing(before, texts[1])
    come = _missing(after, texts[0])
    order = sorted(((-round(alike(a.clause, b.clause), 6), abs(i - j), min(i, j), i, j)
                    for i, a in enumerate(gone) for j, b in enumerate(come)))
    ahead: dict[int, int] = {}
    for worth, _, _, i, j in order:
        if -worth >= _ALIKE and i not in ahead and j not in ahead.values():
            ahead[i] = j
    for i, task in enumerate(gone):
        other = come[ahead[i]] if i in ahead else None
        yield Shift("content", task.clause, other and other.clause, None, task.span, other and other.span)
    taken = set(ahead.values())
    for j, task in enumerate(come):
        if j not in taken:
            yield Shift("content", None, task.clause, None, None, task.span)


def shares(tasks: Sequence[Task], text: str) -> list[bool]:
    """Return for each thing that the tasks act on whether a text has it."""
    other = acted_on(text)
    return [got >= MISSING * whole for task in tasks for thing in task.things
            for got, whole in [_weights(thing, other, text)]]


def _missing(tasks: Sequence[Task], text: str) -> list[Task]:
    if not tasks:
        return []
    other, pairs = acted_on(text), grams(text)
    return [task for task in tasks
            if any(_is_missing(thing, other, text)
                   and (_printed(bare(part), pairs) < PRINTED or any(_telling(word, other, text) for word in thing))
                   for thing, part in zip(task.things, task.parts, strict=True))]


def _telling(word: str, other: Words, text: str) -> bool:
    """Tell whether a word names a subject of its own that the other side has nothing near to."""
    known = model()
    return (word not in text and word in known.words and known.weights[known.words[word]] >= TELLING
            and max((_near(word, o) for o in other), default=0.0) < 0.5)


def _printed(clause: str, pairs: frozenset[str]) -> float:
    """Return the share of a clause's characters that stand with a neighbour of theirs on the other side, too."""
    met = [clause[n:n + 2] in pairs for n in range(len(clause) - 1)]
    return sum(a or b for a, b in zip([False, *met], [*met, False], strict=True)) / max(1, len(clause))


def _is_missing(thing: Words, other: Words, text: str) -> bool:
    got, whole = _weights(thing, other, text)
    return got < MISSING * whole and whole - got >= WORTH


def _weights(thing: Words, other: Words, text: str) -> tuple[float, float]:
    """Return how much of a thing's weight the other side's text has, and that weight."""
    known = model()
    got = whole = 0.0
    for word in thing:
        weight = float(known.weights[known.words[word]]) if word in known.words else 1.0
        whole += weight
        if word in text:
            got += weight
        else:
            parts = within(word, text) if len(word) > 2 else 0.0
            got += weight * max(parts, max((_near(word, o) for o in other), default=0.0))
    return got, whole


@lru_cache(maxsize=1 << 17)
def _near(word: str, other: str) -> float:
    """Return how near two words are, by common characters or in meaning."""
    letters = 0.5 * len(set(word) & set(other)) / max(len(word), len(other))
    one, two = _direction(word), _direction(other)
    return letters if one is None or two is None else max(letters, float(one @ two))


@lru_cache(maxsize=1 << 14)
def _direction(word: str) -> Any:
    """Return a word's vector at length 1, None for a word that was not learned."""
    import numpy as np

    known = model()
    if word not in known.words:
        return None
    row = known.rows[known.words[word]]
    return row / max(float(np.linalg.norm(row)), 1e-6)


@lru_cache(maxsize=1)
def _vague() -> frozenset[str]:
    table = lexicon("verbs")
    verbs = " ".join((table["action"]["terms"], table["adverb"]["terms"])).split()
    return frozenset((*verbs, *lexicon("align")["task"]["vague"]))


@lru_cache(maxsize=1)
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    table = lexicon("align")["task"]

    def either(name: str) -> str:
        return "|".join(sorted(table[name], key=len, reverse=True))

    lead = f"(?:{either('lead')})*"
    return (compiled(either("empty")), compiled(f"{lead}(?:{either('frame')})"),
            compiled(f"{lead}(?:{either('manner')})*(?:{either('result')})"))
