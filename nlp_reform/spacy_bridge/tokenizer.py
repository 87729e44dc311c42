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

from nlp_reform.spacy_bridge import words
from nlp_reform.tokens import segmenter

NAME = "nlp_reform.Tokenizer.v1"
"""The tokenizer's name in a config: `[nlp.tokenizer] @tokenizers = "nlp_reform.Tokenizer.v1"`."""


@registry.tokenizers(NAME)  # type: ignore[untyped-decorator]
def create(fast: bool = True) -> Callable[[Language], Tokenizer]:
    """Return the factory a config calls; `fast` prefers rjieba to jieba where it is installed."""
    return lambda nlp: Tokenizer(nlp.vocab, fast)


class Tokenizer(DummyTokenizer):
    """Cuts a text into a Doc whose words and blanks join to exactly the text.

    Text in Traditional characters is cut as its Simplified form; the tokens keep the printed one, `token.norm_` is
    Simplified and half width. `token.like_num` knows Chinese numerals with 万 and 亿. Both engines give the same words.
    """

    def __init__(self, vocab: Vocab, fast: bool = True) -> None:
        """Take the vocabulary and give it our `like_num` and `norm`."""
        self.vocab = vocab
        self.fast = fast
        getters: dict[int, Callable[[str], Any]] = getattr(vocab, "lex_attr_getters")  # noqa: B009  (no part of its stub)
        getters |= {LIKE_NUM: words.like_num, NORM: norm}
        for lexeme in vocab:
            lexeme.set_flag(LIKE_NUM, words.like_num(lexeme.orth_))
            lexeme.norm_ = norm(lexeme.orth_)

    def __reduce__(self) -> tuple[Any, ...]:
        """Travel to another process without the segmenter, which is loaded there."""
        return Tokenizer, (self.vocab, self.fast)

    def __call__(self, text: str) -> Doc:
        """Return the Doc of a text."""
        return self.tokenise(text)

    def tokenise(self, text: str, extra: Iterable[int] = ()) -> Doc:
        """Return the Doc of a text, with token borders also at the offsets `extra` (code points)."""
        printed, spaces, norms = words.cut(text, segmenter(self.fast), extra)
        doc = Doc(self.vocab, words=printed, spaces=spaces)
        for token, form in zip(doc, norms, strict=True):
            if token.norm_ != form.lower():
                token.norm_ = form.lower()
        return doc

    def to_bytes(self, **_: Any) -> bytes:
        """Return nothing: all there is to know stands in the config."""
        return b""

    def from_bytes(self, data: bytes, **_: Any) -> Tokenizer:
        """Return the tokenizer as the config made it."""
        return self

    def to_disk(self, path: str | Path, **_: Any) -> None:
        """Write nothing, as `to_bytes`."""

    def from_disk(self, path: str | Path, **_: Any) -> Tokenizer:
        """Return the tokenizer as the config made it."""
        return self


def norm(word: str) -> str:
    """Return a word's norm: Simplified, half width, lower case."""
    return words.simplified(word).lower()
