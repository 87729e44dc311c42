"""The built pages in Chromium: nothing from outside, nothing in the console, nothing wider than a telephone."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from places import ROOT

SITE = ROOT / "out" / "docs"
PAGES = ["index", "tutorial", "howto/years", "notebooks/five-years", "reference/cli", "reference/python", "reference/contract", "codebooks/govcn",
         "scheme", "design", "limits", "evaluation"]


def until(found: Callable[[], Any], seconds: float) -> Any:
    end = time.monotonic() + seconds
    while not (value := found()) and time.monotonic() < end:
        time.sleep(0.1)
    return value


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


@pytest.mark.parametrize("words", ["约束性", "codebook"])
def test_the_search_works_on_pages_opened_from_disk(browser: Any, words: str) -> None:
    if not SITE.is_dir():
        pytest.skip("the pages are not built: run `make docs` first")
    browser.open(SITE / "index.html")
    browser.run("document.querySelector('[data-md-toggle=search]').click()")
    box = browser.driver.find_element("css selector", "[data-md-component=search-query]")
    box.send_keys(words)
    found = "return document.querySelectorAll('.md-search-result__item').length"
    assert until(lambda: browser.run(found), 20) > 0
