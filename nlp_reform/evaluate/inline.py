"""Gold marked in place: a readable text whose marks strip away to the document.

A span is ``⟦text|kind key=value key="two words"⟧`` and may hold other spans; a sentence ends with
``⟦P⟧``, ``⟦R⟧`` or ``⟦C⟧`` (prescriptive, reported, context; ``⟦C-⟧``: not scored). The sentence begins
after the sentence before it, or at the start of its line, whichever is later; one that runs over a line
break is written as a span instead, ``⟦text|s kind=P⟧``.

kinds: ``s`` sentence, ``q`` quantity, ``c`` cue, ``a`` responsible unit, ``i`` item label, ``dup`` label of
a second printing, ``n`` a place that tempts but is no item. `corpora/societies-demo/README.md` lists
their keys.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from nlp_reform.errors import GoldError
from nlp_reform.prepared import compiled

STATEMENTS = {"P": "prescriptive", "R": "reported", "C": "context"}
_TOKEN = compiled(r"⟦([PRC])(-?)⟧|⟦|\|([a-z]+)((?:\s+[a-z_]+=(?:\"[^\"]*\"|[^\s\"⟧]+))*)\s*⟧|⟧")
_Raw = tuple[int, int, str, dict[str, str], int]
_PAIR = compiled(r"([a-z_]+)=(?:\"([^\"]*)\"|(\S+))")


@dataclass(frozen=True, slots=True)
class Mark:
    """One marked span: half-open code-point offsets into the stripped text, kind, keys, line of the marked file."""

    start: int
    end: int
    kind: str
    text: str
    keys: dict[str, str] = field(default_factory=dict)
    line: int = field(default=0, compare=False)


def strip(marked: str, name: str = "gold") -> tuple[str, tuple[Mark, ...]]:
    """Return the document and its marks, in order of their start.

    Statements come as marks of kind ``s`` with keys ``kind`` and ``scored`` (``yes``/``no``). One pass
    over the text and one over the marks. Raises `GoldError` naming `name` and the line of an unbalanced
    or unreadable mark.
    """
    pieces: list[str] = []
    raw: list[_Raw] = []
    open_at: list[tuple[int, int]] = []
    length = at = sentence_from = counted = 0
    line = 1
    for token in _TOKEN.finditer(marked):
        piece = marked[at:token.start()]
        pieces.append(piece)
        length += len(piece)
        at = token.end()
        line += marked.count("\n", counted, token.start())
        counted = token.start()
        code, unscored, kind, keys = token.groups()
        if code:
            raw.append((sentence_from, length, "⟦", {"kind": STATEMENTS[code], "scored": _flag(not unscored)}, line))
            sentence_from = length
        elif token.group() == "⟦":
            open_at.append((length, line))
        elif kind and open_at:
            begin, _ = open_at.pop()
            pairs = {key: quoted or bare for key, quoted, bare in _PAIR.findall(keys)}
            if kind == "s":
                pairs, sentence_from = _sentence_keys(pairs), length
            raw.append((begin, length, kind, pairs, line))
        else:
            raise GoldError(f"{name}: line {line}: unreadable mark {_excerpt(marked, token.start())!r}")
    if open_at:
        raise GoldError(f"{name}: line {open_at[-1][1]}: mark is never closed")
    pieces.append(marked[at:])
    text = "".join(pieces)
    marks = [_mark(text, item) for item in raw]
    return text, tuple(sorted(marks, key=lambda m: (m.start, -m.end)))


def _mark(text: str, raw: _Raw) -> Mark:
    start, end, kind, keys, line = raw
    if kind == "⟦":
        kind, start = "s", _sentence_start(text, start, end)
    return Mark(start, end, kind, text[start:end], keys, line)


def _sentence_start(text: str, after: int, end: int) -> int:
    """Return where a sentence that ends at `end` begins: after the one before it, on its own line."""
    last = end
    while last > after and text[last - 1].isspace():
        last -= 1
    start = max(after, text.rfind("\n", after, last) + 1)
    while start < last and text[start].isspace():
        start += 1
    return start


def _sentence_keys(keys: dict[str, str]) -> dict[str, str]:
    """Bring `kind=P-` to the keys that sentence-final marks have."""
    code = keys.get("kind", "")
    kind = STATEMENTS.get(code.rstrip("-"), code.rstrip("-"))
    return {**keys, "kind": kind, "scored": keys.get("scored", _flag(not code.endswith("-")))}


def _flag(value: bool) -> str:
    return "yes" if value else "no"


def _excerpt(marked: str, at: int) -> str:
    """Return the unreadable mark from its bar to its bracket, for the message."""
    begin = max(marked.rfind("|", 0, at), marked.rfind("⟦", 0, at), marked.rfind("\n", 0, at) + 1, at - 40)
    return marked[begin:at + 1]
