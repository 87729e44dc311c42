"""Gold marked in place: a readable text whose marks strip away to the document.

A span is ``⟦text|kind key=value key="two words"⟧`` and may hold other spans; a sentence ends with
``⟦P⟧``, ``⟦R⟧`` or ``⟦C⟧`` (prescriptive, reported, context; ``⟦C-⟧``: not scored). The sentence begins
after the sentence before it, or at the start of its paragraph.

kinds: ``q`` quantity, ``c`` cue, ``a`` responsible unit, ``i`` item label, ``dup`` label of a second
printing, ``n`` a place that tempts but is no item. `corpora/societies-demo/README.md` lists their keys.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from nlp_reform.errors import GoldError

STATEMENTS = {"P": "prescriptive", "R": "reported", "C": "context"}
_TOKEN = re.compile(r"⟦([PRC])(-?)⟧|⟦|\|([a-z]+)((?:\s+[a-z_]+=(?:\"[^\"]*\"|[^\s\"⟧]+))*)\s*⟧|⟧")
_PAIR = re.compile(r"([a-z_]+)=(?:\"([^\"]*)\"|(\S+))")


@dataclass(frozen=True, slots=True)
class Mark:
    """One marked span: half-open code-point offsets into the stripped text, kind and its keys."""

    start: int
    end: int
    kind: str
    text: str
    keys: dict[str, str] = field(default_factory=dict)


def strip(marked: str, name: str = "gold") -> tuple[str, tuple[Mark, ...]]:
    """Return the document and its marks, in order of their start.

    Statements come as marks of kind ``s`` with keys ``kind`` and ``scored`` (``yes``/``no``).
    Raises `GoldError` naming `name` and the line of an unbalanced or unreadable mark.
    """
    plain: list[str] = []
    length = 0
    open_at: list[tuple[int, int]] = []
    marks: list[Mark] = []
    sentence_from = 0
    at = 0
    for token in _TOKEN.finditer(marked):
        piece = marked[at:token.start()]
        plain.append(piece)
        length += len(piece)
        at = token.end()
        code, unscored, kind, keys = token.groups()
        if code:
            text = "".join(plain)
            start = _sentence_start(text, sentence_from, length)
            scored = "no" if unscored else "yes"
            marks.append(Mark(start, length, "s", text[start:], {"kind": STATEMENTS[code], "scored": scored}))
            sentence_from = length
        elif token.group() == "⟦":
            open_at.append((length, token.start()))
        elif kind and open_at:
            begin, _ = open_at.pop()
            pairs = {k: quoted or bare for k, quoted, bare in _PAIR.findall(keys)}
            marks.append(Mark(begin, length, kind, "".join(plain)[begin:], pairs))
        else:
            raise GoldError(f"{name}: line {_line(marked, token.start())}: unreadable mark {token.group()!r}")
    if open_at:
        raise GoldError(f"{name}: line {_line(marked, open_at[-1][1])}: mark is never closed")
    plain.append(marked[at:])
    return "".join(plain), tuple(sorted(marks, key=lambda m: (m.start, -m.end)))


def _sentence_start(text: str, after: int, end: int) -> int:
    start = max(after, text.rfind("\n\n", after, end) + 2 if "\n\n" in text[after:end].strip() else after)
    while start < end and text[start].isspace():
        start += 1
    return start


def _line(text: str, at: int) -> int:
    return text.count("\n", 0, at) + 1
