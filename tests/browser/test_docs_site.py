"""The built pages in Chromium: nothing from outside, nothing in the console, nothing wider than a telephone."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from conftest import ROOT

SITE = ROOT / "out" / "docs"
PAGES = ["index", "tutorial", "howto/years", "notebooks/five-years", "reference/cli", "reference/python", "reference/contract", "codebooks/govcn",
         "scheme", "design", "limits", "evaluation"]


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("name", PAGES)
def test_a_page_needs_nobody_and_fits(browser: Any, name: str, width: int) -> None:
    page: Path = SITE / f"{name}.html"
    if not SITE.is_dir():
        pytest.skip("the pages are not built: run `make docs` first")
    browser.open(page, width=width)
    assert browser.run("return document.querySelector('.md-content h1') !== null")
    assert browser.run("return document.documentElement.scrollWidth") <= width
    assert [address for address in browser.requests() if not address.startswith(("file:", "data:", "blob:"))] == []
    assert browser.complaints() == []
