"""Make `nlp_reform/lexicons/segments.toml` anew: the usual words of jieba's dictionary (MIT), by how rare they are.

    scripts/make_segments.py

A start of jieba costs more than reading a document; where a few words of a clause have to be told apart, these will do.
"""

from __future__ import annotations

import math
from importlib.util import find_spec
from itertools import groupby
from pathlib import Path

OUT = Path(__file__).resolve().parents[1] / "nlp_reform" / "lexicons" / "segments.toml"
SEEN = 200
"""Words that jieba's corpus has fewer times are left out."""
LENGTHS = range(2, 6)
_TABLES = {"v": "verbs", "vn": "acts", "b": "qualities"}
COMMENT = """\
# The usual words of Chinese, to cut a few characters into words without jieba; made by scripts/make_segments.py.
# Each key is what its words cost: the natural logarithm of how rare they are. `verbs` are those that are tagged a verb,
# `acts` those that are tagged a verb and a noun, `qualities` those that stand before nouns only.
"""


def main() -> int:
    """Write the file."""
    origin = find_spec("jieba").origin  # type: ignore[union-attr]
    lines = [line.split() for line in Path(str(origin)).with_name("dict.txt").read_text("utf-8").splitlines()]
    total = sum(int(count) for _, count, _ in lines)
    usual = [(word, math.floor(math.log(total / int(count))), tag) for word, count, tag in lines
             if int(count) >= SEEN and len(word) in LENGTHS and tag != "i" and all("一" <= c <= "龥" for c in word)]
    parts = [COMMENT + 'source = "jieba 0.42, dict.txt (MIT)"\n']
    for name in ("verbs", "acts", "qualities", "others"):
        chosen = sorted((cost, word) for word, cost, tag in usual if _TABLES.get(tag, "others") == name)
        parts.append(f"\n[{name}]\n")
        for cost, same in groupby(chosen, key=lambda pair: pair[0]):
            parts.append(f'{cost} = """\n{_wrapped([word for _, word in same])}\n"""\n')
    OUT.write_text("".join(parts), encoding="utf-8")
    return 0


def _wrapped(words: list[str]) -> str:
    return "\n".join(" ".join(words[at:at + 40]) for at in range(0, len(words), 40))


if __name__ == "__main__":
    raise SystemExit(main())
