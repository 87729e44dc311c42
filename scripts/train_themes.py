"""Trains the theme models that ship, from labels beside the checkout; prints the figures its cards give.

python scripts/train_themes.py [govcn] [cap] [instruments]

`govcn` learns from the official topics of paragraphs (a paragraph carries its document's topic: noisy) and, with
less weight, of 60 titles; `cap` and `instruments` from directives marked by hand in tests/gold/themes, as offsets
and codes, where the two passes agree. Only weights and n-grams of at most three characters are written.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from nlp_reform.classify import card, codebook, labels, model, training
from nlp_reform.classify.codebook import Codebook
from nlp_reform.classify.labels import Label
from nlp_reform.normalise.script import simplify

ROOT = Path(__file__).resolve().parent.parent
CORPUS = ROOT.parent / "shared" / "corpus"
GOLD = ROOT / "tests" / "gold" / "themes"
DESCRIBED = {
    "govcn": "Paragraphs of State Council and ministry documents of 2021 to 2025 with the official topic of their "
             "document (noisy: a contact line carries its document's topic too), and titles of 60 documents.",
    "marked": "Directives sampled from national, provincial, district, Hong Kong and Taipei policy texts, marked in "
              "two passes by the same reader (a language model), the second in reverse order; only those on which both "
              "agree.",
}
REMARKS = {
    "govcn": "Half of the documents were read while the codebook's terms were written, which flatters them; on the "
             "half never read, held back, top-1 is .68, top-3 .86, ECE .12 (scripts/bench_themes.py prints both).",
    "marked": "The second pass was not blind: the reader still had the first in memory. It measures consistency, not "
              "truth; agreement between two people would be lower, and leaving out what the passes disagree on makes "
              "the figures kinder.",
}


def paragraphs(book: Codebook) -> list[Label]:
    """Return the paragraphs with their official topics; the part of the id before `#` is the document."""
    code = {one.name_zh: one.code for one in book.codes if one.parent is None}
    rows = labels.read_table(CORPUS / "labels" / "govcn-paragraphs.csv")
    return [Label(cells["text"], (code[cells["topic"]],), cells["id"].split("#")[0], row) for row, cells in rows]


def titles(book: Codebook) -> list[Label]:
    """Return the 60 titles with their official topics."""
    code = {one.name_zh: one.code for one in book.codes if one.parent is None}
    rows = labels.read_table(CORPUS / "labels" / "govcn-topics-60.tsv")
    return [Label(cells["title"], (code[cells["topic"].split("\\")[0]],), "titles", row) for row, cells in rows]


def marked(book: Codebook, agreed: bool = True, number: int = 1) -> list[Label]:
    """Return the directives one pass marked, or only those on which passes 1 and 2 agree at the codebook's level."""
    passes = [json.loads((GOLD / f"pass{one}.json").read_text(encoding="utf-8"))["items"] for one in (1, 2, 3)]
    texts: dict[str, str] = {}
    found = []
    for row, pair in enumerate(zip(*passes, strict=True)):
        codes = [one[book.id] and book.roll_up(one[book.id]) for one in pair]
        place = pair[0]
        if not codes[number - 1] or (agreed and codes[0] != codes[1]):
            continue
        name = place["document"]
        if name not in texts:
            texts[name] = (CORPUS / name).read_bytes().decode("utf-8")
        text = simplify(texts[name][place["start"]:place["end"]])[0]
        found.append(Label(text, (codes[number - 1],), name, row))
    return found


def main(names: list[str]) -> None:
    """Train the named models, all three by default."""
    for name in names or ["govcn", "cap", "instruments"]:
        book = codebook.load(name)
        official = name == "govcn"
        given = paragraphs(book) if official else marked(book)
        kind = "govcn" if official else "marked"
        trained = training.train(given, book, extra=titles(book) if official else (), described=DESCRIBED[kind])
        folder = ROOT / "models" / f"themes-{name}"
        text = card.card(trained.manifest, REMARKS[kind])
        model.save(folder, trained.arrays, trained.grams, trained.manifest, text)
        size = sum(path.stat().st_size for path in folder.iterdir())
        print(text.split("## Weak spots")[0], f"\n{folder.name}: {size} bytes, {len(trained.grams)} n-grams\n")


if __name__ == "__main__":
    main(sys.argv[1:])
