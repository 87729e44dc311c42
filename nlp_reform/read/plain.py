"""Plain text: the encoding is found, the text is kept exactly as decoded, line ends included.

charset-normalizer names and orders the candidates; which of them it is, is read off the result: the right one
gives frequent Chinese characters, a wrong one rare characters, unassigned ones, or Latin letters with accents.
Measured on made-up and real texts down to four characters, the reading is right more often than byte statistics
alone (which take short GBK for Big5 and the reverse), so a candidate left out by them is still read.
"""

from __future__ import annotations

import codecs
import re
from functools import lru_cache

from nlp_reform.errors import ReadError
from nlp_reform.model import Note
from nlp_reform.prepared import compiled
from nlp_reform.resources import lexicon

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
    (b"\x84\x31\x95\x33", "gb18030"),
)
_CANDIDATES = ("utf-8", "gb18030", "big5", "cp950", "big5hkscs", "utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be")
_CONTROL = compiled("[\0-\x08\x0e-\x1f]")
_SAMPLE = 1 << 15
_NAMED = 1 << 12
"""Bytes shown to charset-normalizer: its time grows with them, its answer hardly changes."""
_BAD_ONE_IN = 2_000
LONGEST_LINE = 20_000_000
"""Characters in one line above which a file is taken for something other than a policy text."""

_DOUBT = 0.35
"""Mean score of the characters beyond ASCII that bytes need which do not all fit; 0 is enough when all fit."""

_MOSTLY_ASCII = 0.5
"""Share of printable ASCII from which bytes are text whatever the rest scores, if they decode strictly."""

_CLOSE = 0.3
"""How far below the best a candidate may score that decodes every byte when the best does not."""


def decode(data: bytes, name: str) -> tuple[str, str]:
    """Return the text and the encoding with which `data.decode(encoding)` gives it again.

    Accepts UTF-8, UTF-16 and UTF-32 with or without a byte order mark (the mark is a signature, not text:
    it is no part of the text of record), GB18030 with its subsets GBK and GB2312, and Big5 with HKSCS.
    A few bytes that do not fit (one in 2,000 bytes at most, as a download cut short leaves) become U+FFFD;
    `damage` notes them. Raises `ReadError` for binary data and for bytes that no encoding explains.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            text = _decoded(data, encoding)
            if text is None:
                raise ReadError(f"{name}: is marked as {encoding} but its bytes do not fit; save it again as UTF-8")
            return (text.removeprefix("\ufeff") if encoding == "gb18030" else text), encoding
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        found = _best(data)
        if found is None:
            raise ReadError(
                f"{name}: no text in a known encoding (byte {error.start}); save it as UTF-8, or check that it is text"
            ) from error
        return found
    if _doubtful(text):
        found = _best(data)
        if found is not None and "\0" not in found[0]:
            return found
    if "\0" in text:
        raise ReadError(f"{name}: holds NUL bytes, so it is not plain text; give a text, HTML, PDF or DOCX file")
    return text, "utf-8"


def damage(text: str, data: bytes, encoding: str) -> tuple[Note, ...]:
    """Return a note when bytes of `data` did not fit the encoding and stand as U+FFFD in the text."""
    first = text.find("\ufffd")
    if first < 0:
        return ()
    try:
        data.decode(encoding)
    except UnicodeDecodeError:
        count = text.count("\ufffd")
        message = f"{count} places could not be decoded as {encoding}, the first here; the file may be damaged"
        return (Note("undecodable-bytes", "warning", first, first + 1, message),)
    return ()


def check(text: str, name: str) -> str:
    """Return a text that can be analysed and written again; raises `ReadError` naming what stands in the way.

    Refused: nothing but white space, NUL characters, lone surrogates (half of a character), and lines of
    more than `LONGEST_LINE` characters.
    """
    if not text.strip():
        raise ReadError(f"{name}: is empty; nothing to read")
    if "\0" in text:
        raise ReadError(f"{name}: holds a NUL character at offset {text.index(chr(0))}; remove it, or save it again")
    try:
        text.encode("utf-8")
    except UnicodeEncodeError as error:
        raise ReadError(
            f"{name}: half a character (lone surrogate) at offset {error.start}; save the text again as UTF-8"
        ) from error
    longest = _longest_line(text)
    if longest > LONGEST_LINE:
        raise ReadError(
            f"{name}: one line of {longest:,} characters (at most {LONGEST_LINE:,}); split the file at paragraph ends"
        )
    return text


def _longest_line(text: str) -> int:
    if len(text) <= LONGEST_LINE:
        return 0
    longest = at = 0
    while (end := text.find("\n", at)) >= 0:
        longest, at = max(longest, end - at), end + 1
    return max(longest, len(text) - at)


def _decoded(data: bytes, encoding: str) -> str | None:
    """Decode strictly, or with U+FFFD for the few bytes that do not fit; None when they are many."""
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        text = data.decode(encoding, "replace")
    except UnicodeError:
        return None
    return text if text.count("\ufffd") * _BAD_ONE_IN <= len(data) + _BAD_ONE_IN // 2 else None


_THREE_BYTES = compiled("[\u0800-\U0010ffff]")


def _doubtful(text: str) -> bool:
    """Tell whether text valid as UTF-8 may be something else.

    It may when all it has beyond ASCII are two-byte characters, or when it is short and holds control characters.
    """
    if not text.isascii() and _THREE_BYTES.search(text) is None:
        return True
    return "\0" in text or (len(text) < 4096 and _CONTROL.search(text) is not None)


def _best(data: bytes) -> tuple[str, str] | None:
    """Return text and name of the candidate whose result reads most like Chinese; None if none does."""
    sample = data[:_SAMPLE]
    ranked = []
    for rank, encoding in enumerate(_candidates(sample)):
        if "32" in encoding and len(data) % 4:
            continue
        text = codecs.getincrementaldecoder(encoding)("replace").decode(sample, final=len(sample) == len(data))
        score, share = _score(text)
        if score >= 0 or (share >= _MOSTLY_ASCII and score > -1):
            ranked.append((-score, rank, encoding))
    ranked.sort()
    for score, _, encoding in ranked:
        if score > ranked[0][0] + _CLOSE:
            break
        try:
            return data.decode(encoding), encoding
        except UnicodeError:
            continue
    for score, _, encoding in ranked[:1]:
        text_or_none = _decoded(data, encoding) if -score >= _DOUBT else None
        return None if text_or_none is None else (text_or_none, encoding)
    return None


def _candidates(sample: bytes) -> tuple[str, ...]:
    """Return the candidates in charset-normalizer's order, then those it leaves out."""
    from charset_normalizer import from_bytes

    isolated = [encoding.replace("-", "_") for encoding in _CANDIDATES]
    named = [match.encoding.replace("_", "-") for match in from_bytes(sample[:_NAMED], cp_isolation=isolated)]
    return tuple(dict.fromkeys((*(name for name in named if name in _CANDIDATES), *_CANDIDATES)))


@lru_cache(maxsize=1)
def _classes() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    """Return patterns of the characters that speak for an encoding, against it, and not at all."""
    frequent = "".join(lexicon("characters")["frequent"].split())
    good = compiled(f"[{frequent}，。、；：！？“”‘’「」『』《》〈〉（）〔〕【】…—─·•　０-９％]")
    bad = compiled("[\0-\x08\x0e-\x1f\x7f-\xa0\u0100-\u02ff\u0370-\u1fff\u2e80-\u2fdf\u31c0-\u321f"
                     "\ua000-\udfff\ue000-\uf8ff\ufffd-\uffff]")
    return good, bad, compiled("[\x09-\x0d\x20-\x7e]")


def _score(text: str) -> tuple[float, float]:
    """Return how much a decoded sample reads like Chinese, and its share of printable ASCII.

    The first is 1 when all other characters are frequent ones, 0 when all are rare, below 0 for garbage.
    """
    good, bad, plain = _classes()
    ascii_count = len(plain.findall(text))
    counted = len(text) - ascii_count
    share = ascii_count / len(text) if text else 1.0
    if not counted:
        return 1.0, share
    return (len(good.findall(text)) - 3 * len(bad.findall(text))) / counted, share
