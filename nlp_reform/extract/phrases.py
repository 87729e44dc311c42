"""The words of a clause that names an actor, and what each may be there. Words in lexicons/actors.toml, verbs.toml."""

from __future__ import annotations

from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from nlp_reform.extract import cutting
from nlp_reform.extract.matching import words
from nlp_reform.resources import lexicon


class Kinds(NamedTuple):
    """Words by what they do in a phrase; `actors.toml`, table `encouraged`, says more of each."""

    heads: frozenset[str]
    endings: frozenset[str]
    alone: frozenset[str]
    verbs: frozenset[str]
    attributive: frozenset[str]
    adverbs: frozenset[str]
    prepositions: frozenset[str]
    joins: frozenset[str]
    single: frozenset[str]
    things: frozenset[str]
    sectors: frozenset[str]
    made: frozenset[str]
    partaking: frozenset[str]
    mutual: frozenset[str]
    opens: frozenset[str]
    again: frozenset[str]
    qualities: frozenset[str]
    bodies: tuple[str, ...]
    stative: tuple[str, ...]
    every: tuple[str, ...]


@lru_cache(maxsize=1)
def kinds() -> Kinds:
    """Return the words of the lexicons, made once."""
    table: dict[str, frozenset[str]] = {
        name: frozenset(block.split()) for name, block in lexicon("actors")["encouraged"].items()}
    none = table["things"] | table["qualities"]
    nominal = frozenset(words("verbs", "nominal")) | cutting.tagged("acts") | table["attributes"]
    action = frozenset(words("verbs", "action"))
    heads = frozenset(words("actors", "heads") + words("actors", "pronouns"))
    verbs = action | frozenset(words("actors", "follows")) | cutting.tagged("verbs") | cutting.tagged("acts")
    long = frozenset(word for word in verbs - heads - none if len(word) > 1)
    return Kinds(
        heads=heads, verbs=long, attributive=long - (action - nominal),
        adverbs=frozenset(words("verbs", "adverb")) - none,
        prepositions=frozenset(words("verbs", "preposition")) - table["joins"] | table["prepositions"],
        qualities=table["qualities"] | cutting.tagged("qualities"),
        bodies=tuple(table["bodies"]), stative=tuple(table["stative"]), every=tuple(table["every"]),
        **{name: table[name] for name in ("endings", "alone", "joins", "single", "things", "sectors", "made",
                                          "partaking", "mutual", "opens", "again")})


_STOP = frozenset(",;:。!?")
_PLACES = frozenset("省市县区地州盟旗")


class Phrase:
    """The words of `text[start:end]` up to its first mark.

    `starts` are the places where they begin, and where the last ends. A phrase begins at the word numbered `first`;
    `runs_on` tells that a mark and more follow.
    """

    def __init__(self, text: str, start: int, end: int) -> None:
        """Cut the words; their kinds are looked up when asked for."""
        self.text, self.kinds = text, kinds()
        stop = next((at for at in range(start, end) if text[at] in _STOP), end)
        self.runs_on = stop < end
        self.starts = cutting.cut(text, start, stop)
        self.words = [text[a:b] for a, b in pairwise(self.starts)]
        self._known: dict[tuple[int, int], bool] = {}

    def verb(self, at: int) -> bool:
        """Tell whether a word is a verb."""
        return self.words[at] in self.kinds.verbs

    def act(self, at: int) -> bool:
        """Tell whether a word is a verb or an adverb."""
        return self.words[at] in self.kinds.verbs or self.words[at] in self.kinds.adverbs

    def joined(self, at: int) -> bool:
        """Tell whether a word stands beside one that joins two (、 和), or is one."""
        return self.words[at - 1] in self.kinds.joins or self.words[at] in self.kinds.joins

    def predicate(self, at: int, first: int) -> bool:
        """Tell whether what an actor does may begin at a word."""
        word = self.words[at]
        if word in self.kinds.prepositions or self.verb(at):
            return True
        named, after = self.named(at, first), at + 1
        if word == "组织" and named and after < len(self.words):  # 行业组织 | 开展, 学会 | 组织会员
            return not self.predicate(after, first)
        if word in self.kinds.adverbs:
            return named or (after < len(self.words) and self.act(after))
        return self._so(at) or (named and (word in self.kinds.single or word.startswith(self.kinds.every)))

    def _so(self, at: int) -> bool:
        """Tell whether a word says how something comes about: 连锁化 | 发展."""
        after = at + 2 if self.words[at + 1:at + 2] == ["化"] else at + 1
        so = after > at + 1 or (self.words[at].endswith("化") and len(self.words[at]) > 2)
        return so and after < len(self.words) and self.act(after)

    def named(self, end: int, first: int) -> bool:
        """Tell whether the words from `first` to `end` end with an actor, by its bracket or its quotes too."""
        key = end, first
        if key not in self._known:
            self._known[key] = end > first and self._named(end, first)
        return self._known[key]

    def _named(self, end: int, first: int) -> bool:
        word, heads, last = self.words[end - 1], self.kinds.heads, self.starts[end]
        if word in (")", "”"):
            opening = "(" if word == ")" else "“"
            at = next((n for n in range(end - 2, first, -1) if self.words[n] == opening), end)
            if at == end or opening == "“":
                return at < end and self.named(end - 1, at + 1)
            return self.words[at - 1] in _PLACES or self.named(at, first)
        if word in self.kinds.things:
            return False
        if word[-1] in self.kinds.endings and (len(word) > 1 or word in self.kinds.alone):
            return True
        nearest = end - 2 if word in self.kinds.single else end - 1  # 办 is no office where it stands alone
        return any(self.text[self.starts[n]:last] in heads for n in range(nearest, max(first, end - 4) - 1, -1)) or (
            any(word[n:] in heads for n in range(1, len(word) - 1)))
