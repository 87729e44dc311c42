"""One document in several forms gives the same directives and targets."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest

import nlp_reform

DEMO = Path(__file__).parents[1] / "corpora" / "societies-demo" / "raw"
CORPUS = Path("../shared/corpus")
TABLES = {"sc-gbf-2019-4-gongliyiyuan"}


@lru_cache(maxsize=8)
def extracted(path: Path) -> Any:
    return nlp_reform.extract(path)


def bare(text: str) -> str:
    return "".join(text.split())


def items(document: Any, layer: str) -> list[tuple[Any, ...]]:
    return [(item.number, bare(item.label), bare(item.heading)) for item in getattr(document, layer)]


def targets(document: Any) -> list[tuple[Any, ...]]:
    """Return the targets by what they say; a page's furniture inside a mention is no part of it."""
    view, quantities = document.view, {quantity.id: quantity for quantity in document.quantities}

    def words(mention: Any) -> str | None:
        if mention is None or mention.start is None:
            return None
        return bare(view.text[view.map.clean(mention.start):view.map.clean(mention.end)])

    found = []
    for target in document.targets:
        quantity = quantities.get(target.quantity)
        amount = (quantity.value, quantity.upper, quantity.unit, quantity.comparator) if quantity else None
        found.append((amount, words(target.indicator), target.direction, target.change, words(target.deadline),
                      words(target.scope), target.binding))
    return found


@pytest.mark.parametrize("form", ["html", "docx", "pdf"])
def test_the_demo_plan_is_the_same_in_every_form(form: str) -> None:
    plain, other = extracted(DEMO / "2021.txt"), extracted(DEMO / f"2021.{form}")
    assert items(other, "sections") == items(plain, "sections")
    assert items(other, "directives") == items(plain, "directives")
    assert targets(other) == targets(plain)
    assert (other.title, other.issuer, other.date, other.year) == (plain.title, plain.issuer, plain.date, plain.year)
    assert len(other.obligations) == len(plain.obligations) and len(other.assignments) == len(plain.assignments)


def test_every_directive_of_a_pdf_can_name_its_page() -> None:
    document = extracted(DEMO / "2021.pdf")
    assert [page.number for page in document.pages] == [1, 2, 3, 4]
    for directive in document.directives:
        assert sum(page.start <= directive.start < page.end for page in document.pages) == 1


@pytest.mark.skipif(not CORPUS.exists(), reason="needs ../shared/corpus")
@pytest.mark.parametrize("path", sorted((CORPUS / "html").glob("*.html")), ids=lambda path: path.stem)
def test_saved_pages_have_the_directives_of_their_text(path: Path) -> None:
    plain, other = extracted(CORPUS / f"{path.stem}.txt"), extracted(path)
    assert items(other, "directives") == items(plain, "directives")
    if path.stem not in TABLES:
        assert targets(other) == targets(plain)
