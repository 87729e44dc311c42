"""Measure the readers: speed of PDF against pypdfium2 itself, and what each format keeps of one document.

    scripts/bench_read.py            all tables; without ../shared/corpus only the demo corpus
    scripts/bench_read.py --quick    one round a PDF instead of nine

PDF time is the best processor time of the rounds over opening the file and taking the text of every page, against
the same with pypdfium2 alone (`get_textpage().get_text_range()` of each page), in one process, in turn.
"""

from __future__ import annotations

import argparse
import difflib
import re
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

import nlp_reform  # noqa: E402
from nlp_reform import read  # noqa: E402

CORPUS = ROOT.parent / "shared" / "corpus"
DEMO = ROOT / "corpora" / "societies-demo" / "raw"
PDF_TWINS = {"hk-budget-2024.pdf": "hk-budget-2024.txt", "hk-pa-2019.pdf": "hk-policy-address-2019.txt"}
_BLANK = re.compile(r"\s+")


def bare(document: Any) -> str:
    """Return a document's cleaned text without blanks."""
    return _BLANK.sub("", document.view.text)


def items(document: Any) -> list[tuple[int | None, str]]:
    """Return the directives as number and heading, without blanks."""
    return [(d.number, _BLANK.sub("", d.heading)) for d in document.directives]


def shared(first: list[Any], second: list[Any]) -> int:
    """Return how many entries two lists share in order."""
    matcher = difflib.SequenceMatcher(None, first, second, autojunk=False)
    return sum(block.size for block in matcher.get_matching_blocks())


def best(first: Callable[[], object], second: Callable[[], object], rounds: int) -> tuple[float, float]:
    """Return the best processor time of each of two works, done in turn for a few rounds."""
    times: tuple[list[float], list[float]] = ([], [])
    for _ in range(rounds):
        for work, taken in zip((first, second), times, strict=True):
            start = time.process_time()
            work()
            taken.append(time.process_time() - start)
    return min(times[0]), min(times[1])


def pdfium_alone(path: Path) -> int:
    """Take the text of all pages with pypdfium2 and nothing else."""
    import pypdfium2

    pdf = pypdfium2.PdfDocument(path.read_bytes())
    size = 0
    for page in pdf:
        textpage = page.get_textpage()
        size += len(textpage.get_text_range())
        textpage.close()
        page.close()
    pdf.close()
    return size


def bench_pdf(rounds: int) -> None:
    """Print the time of reading PDF files against pypdfium2 alone."""
    print(f"{'PDF':28} {'pages':>5} {'pypdfium2 s':>12} {'ours s':>8} {'ratio':>6}")
    for path in [DEMO / "2021.pdf", *(CORPUS / "pdf" / name for name in PDF_TWINS)]:
        if path.exists():
            pages = len(read.from_path(path).pages)
            alone, ours = best(partial(pdfium_alone, path), partial(read.from_path, path), rounds)
            print(f"{path.name:28} {pages:>5} {alone:>12.3f} {ours:>8.3f} {ours / alone:>6.2f}")


def bench_forms() -> None:
    """Print what the forms of the demo plan of 2021 have in common with its plain text."""
    plain = nlp_reform.extract(DEMO / "2021.txt")
    print(f"\n{'2021 as':28} {'directives equal':>17} {'targets':>9} {'quantities':>11}")
    for form in ("html", "docx", "pdf"):
        other = nlp_reform.extract(DEMO / f"2021.{form}")
        print(f"{form:28} {shared(items(other), items(plain)):>9} of {len(plain.directives):>4} "
              f"{len(other.targets):>4}/{len(plain.targets):<4} {len(other.quantities):>5}/{len(plain.quantities):<5}")


def bench_corpus() -> None:
    """Print how far originals and their plain texts agree, and trafilatura beside them."""
    theirs_reads: Callable[..., str | None] | None = None
    try:
        from trafilatura import extract as theirs_reads
    except ImportError as error:  # it needs lxml_html_clean, which not every environment has
        print(f"\nwithout trafilatura: {str(error).splitlines()[0]}")
    print(f"\n{'original against its text':34} {'text like':>9} {'trafilatura':>11} {'directives equal':>17} targets")
    pairs = [(page, CORPUS / f"{page.stem}.txt") for page in sorted((CORPUS / "html").glob("*.html"))]
    pairs += [(CORPUS / "pdf" / name, CORPUS / twin) for name, twin in PDF_TWINS.items()]
    alike = total = 0
    for path, twin in pairs:
        original, plain = nlp_reform.extract(path), nlp_reform.extract(twin)
        theirs = "-"
        if path.suffix == ".html" and theirs_reads is not None:
            found = theirs_reads(path.read_text(encoding="utf-8"), include_tables=True, favor_recall=True) or ""
            theirs = f"{likeness(_BLANK.sub('', found), _BLANK.sub('', plain.text)):.4f}"
        same = shared(items(original), items(plain))
        alike, total = alike + same, total + max(len(original.directives), len(plain.directives))
        print(f"{path.name:34} {likeness(bare(original), bare(plain)):>9.4f} {theirs:>11} "
              f"{same:>9} of {len(plain.directives):>4} {len(original.targets):>4}/{len(plain.targets):<4}")
    print(f"directives equal in number and heading: {alike} of {total} ({alike / max(total, 1):.1%})")


def likeness(first: str, second: str) -> float:
    """Return the share of 20-character pieces that two texts have in common (Dice)."""
    pieces = [{text[n : n + 20] for n in range(max(len(text) - 19, 1))} for text in (first, second)]
    return 2 * len(pieces[0] & pieces[1]) / (len(pieces[0]) + len(pieces[1]))


def main() -> None:
    """Run the measures."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--quick", action="store_true", help="one round a PDF instead of nine")
    quick = parser.parse_args().quick
    bench_pdf(1 if quick else 9)
    bench_forms()
    if CORPUS.exists():
        bench_corpus()


if __name__ == "__main__":
    main()
