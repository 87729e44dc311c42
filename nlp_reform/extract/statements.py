"""Types every sentence: prescriptive, reported or context.

A chain of signs, strongest first, over the sentence, the part of the document it stands in and its cues.
Source: scheme.md section 2.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any, NamedTuple

from nlp_reform.extract.cues import Cue, scan, within
from nlp_reform.extract.matching import pattern
from nlp_reform.extract.parts import Part, parts
from nlp_reform.model import Document, Sentence, Statement, StatementKind
from nlp_reform.model.ids import Serial
from nlp_reform.resources import lexicon


class _Signs(NamedTuple):
    past: re.Pattern[str]
    done: re.Pattern[str]
    future: re.Pattern[str]
    aim: re.Pattern[str]
    context: re.Pattern[str]
    plan_actor: re.Pattern[str]
    verb_first: re.Pattern[str]
    clause_verb: re.Pattern[str]


@lru_cache(maxsize=1)
def _signs() -> _Signs:
    table = lexicon("statements")
    names = ("past", "done", "future", "aim", "context", "plan_actor")
    opener = (f"(?:{pattern('verbs', 'lead')})?(?:[一二三四五六七八九十]{{1,2}}[要是])?(?:{pattern('verbs', 'adverb')}|[、和与])*"
              f"(?:{pattern('verbs', 'action')})")
    return _Signs(*(re.compile(table[name]["regex"]) for name in names),
                  re.compile(opener), re.compile(f"[,;:](?:{opener})"))


def find_statements(document: Document) -> Mapping[str, Any]:
    """Return the layer `statements`, one for each of `document.sentences`, in the same order."""
    view = document.view
    cues = scan(view)
    starts = [cue.start for cue in cues]
    serial = Serial(document.id)
    found = []
    for sentence, part in zip(document.sentences, parts(document), strict=True):
        inside = within(cues, starts, sentence.start, sentence.end)
        kind = _kind(view.text, sentence, part, inside)
        start, end = view.span(sentence.start, sentence.end)
        found.append(Statement(serial.next(sentence.directive, "s"), sentence.directive, kind, start, end))
    return {"statements": tuple(found)}


_LOOK = 600
"""Signs are sought in the first characters of a sentence: a mutilated text may have one of a megabyte."""


def _kind(text: str, sentence: Sentence, part: Part, cues: tuple[Cue, ...]) -> StatementKind:
    words = text[sentence.body:min(sentence.end, sentence.body + _LOOK)]
    signs = _signs()
    firm = any(cue.strength >= 4 for cue in cues)
    if part == "review":
        return _in_review(words, signs, firm)
    aimed = signs.aim.search(words)
    verb = signs.verb_first.match(words)
    context = signs.context.search(words)
    past = signs.past.search(words)
    done = signs.done.search(words)
    future = signs.future.search(words) or signs.plan_actor.search(words)
    if aimed:
        return "prescriptive"
    if verb and not (past and done):
        return "prescriptive"
    if past and done and not firm and not future:
        return "reported"
    if firm:
        return "prescriptive"
    if context and not (future and not done):
        return "context"
    if cues or future or signs.clause_verb.search(words):
        return "prescriptive"
    if done and part != "plan":
        return "reported"
    return "prescriptive" if part == "plan" else "context"


def _in_review(words: str, signs: _Signs, firm: bool) -> StatementKind:
    if signs.context.search(words) and not signs.done.search(words):
        return "context"
    if firm and not signs.past.search(words) and not signs.done.search(words):
        return "prescriptive"
    return "reported"
