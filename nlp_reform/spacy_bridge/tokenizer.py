"""The tokenizer for spaCy pipelines: jieba's words (rjieba when installed), whole numerals, Simplified norms."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from spacy.attrs import LIKE_NUM, NORM
from spacy.language import Language
from spacy.tokens import Doc
from spacy.util import DummyTokenizer, registry
from spacy.vocab import Vocab

from nlp_reform.spacy_bridge.words import cut, like_num, simplified
from nlp_reform.tokens import UserWord, parse_words, segmenter, user_words

NAME = "nlp_reform.Tokenizer.v1"
"""The tokenizer's name in a config: `[nlp.tokenizer] @tokenizers = "nlp_reform.Tokenizer.v1"`."""


@registry.tokenizers(NAME)  # type: ignore[untyped-decorator]
def create(fast: bool = True, dictionary: str | None = None) -> Callable[[Language], Tokenizer]:
    """Return the factory a config calls.

    `fast` prefers rjieba to jieba where it is installed; `dictionary` names a user dictionary (`nlp-reform lexicon
    build` writes one). A pipeline on disk holds the dictionary's words and needs the file no longer.
    """
    return lambda nlp: Tokenizer(nlp.vocab, fast, dictionary)


class Tokenizer(DummyTokenizer):
    """Cuts a text into a Doc whose words and blanks join to exactly the text.

    Text in Traditional characters is cut as its Simplified form; the tokens keep the printed one, `token.norm_` is
    Simplified and half width. `token.like_num` knows Chinese numerals with 万 and 亿. Both engines give the same words.
    """

    def __init__(
        self, vocab: Vocab, fast: bool = True, dictionary: str | None = None, words: tuple[UserWord, ...] | None = None
    ) -> None:
        """Take the vocabulary and give it our `like_num` and `norm`; `words` stand for the dictionary's where known."""
        self.vocab = vocab
        self.fast = fast
        self.dictionary = dictionary
        self._words = words
        getters: dict[int, Callable[[str], Any]] = getattr(vocab, "lex_attr_getters")  # noqa: B009  (no part of its stub)
        getters |= {LIKE_NUM: like_num, NORM: norm}
        for lexeme in vocab:
            lexeme.set_flag(LIKE_NUM, like_num(lexeme.orth_))
            lexeme.norm_ = norm(lexeme.orth_)

    def __reduce__(self) -> tuple[Any, ...]:
        """Travel to another process without the segmenter, which is loaded there."""
        return Tokenizer, (self.vocab, self.fast, self.dictionary, self.words)

    @property
    def words(self) -> tuple[UserWord, ...]:
        """The words of the user dictionary; raises `ResourceError` when its file cannot be read."""
        if self._words is None:
            self._words = user_words(self.dictionary) if self.dictionary else ()
        return self._words

    def __call__(self, text: str) -> Doc:
        """Return the Doc of a text."""
        return self.tokenise(text)

    def tokenise(self, text: str, extra: Iterable[int] = ()) -> Doc:
        """Return the Doc of a text, with token borders also at the offsets `extra` (code points)."""
        printed, spaces, norms = cut(text, segmenter(self.fast, self.words), extra)
        doc = Doc(self.vocab, words=printed, spaces=spaces)
        for token, form in zip(doc, norms, strict=True):
            if token.norm_ != form.lower():
                token.norm_ = form.lower()
        return doc

    def to_bytes(self, **_: Any) -> bytes:
        """Return the user dictionary; all else stands in the config."""
        return "".join(f"{word.word} {word.frequency} {word.tag}\n" for word in self.words).encode()

    def from_bytes(self, data: bytes, **_: Any) -> Tokenizer:
        """Take the user dictionary that `to_bytes` gave, whatever became of its file."""
        self._words = parse_words(data.decode(), "the tokenizer's dictionary")
        return self

    def to_disk(self, path: str | Path, **_: Any) -> None:
        """Write the user dictionary to a file."""
        Path(path).write_bytes(self.to_bytes())

    def from_disk(self, path: str | Path, **_: Any) -> Tokenizer:
        """Read the user dictionary that `to_disk` wrote."""
        return self.from_bytes(Path(path).read_bytes())


def norm(word: str) -> str:
    """Return a word's norm: Simplified, half width, lower case."""
    return simplified(word).lower()
