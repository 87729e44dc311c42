"""From the text of record to a cleaned copy: one script, one width, one paragraph a line."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from nlp_reform.model import Document
from nlp_reform.normalise.script import detect, simplify
from nlp_reform.spans import View

_CUT = re.compile(r"[\u00ad\u200b-\u200f\u2060\ufeff]|\r|(?<=[^\x00-\x7f\n])[ \t\u3000\xa0\u2009]+(?=[^\x00-\x7f\n])|(?m:^[ \t\u3000\xa0]+)|\n(?=\n)|(?<=[,;:.(]) +(?=[^\x00-\x7f])")


def find(document: Document) -> Mapping[str, Any]:
    """Return the layers `view` and `script`."""
    text = simplify(document.text)
    cuts = [match.span() for match in _CUT.finditer(text)]
    pieces, at = [], 0
    for start, end in cuts:
        pieces.append(text[at:start])
        at = end
    pieces.append(text[at:])
    return {"view": View(document.text, "".join(pieces), cuts), "script": detect(document.text, text)}
