"""The pages in Chromium: clicks, filters, searches, links; no console error, no request to any host."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from places import ROOT
from view_examples import FIRST, SECOND, hostile, years

from nlp_reform import align
from nlp_reform.view.pages import explorer, report

AXE = ROOT / "tests" / "node" / "node_modules" / "axe-core" / "axe.min.js"


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("pages")
    evil = hostile()
    pages = {
        "zh": report(years(), align.track(years()), "zh"), "en": report(years(), align.track(years()), "en"),
        "graph": explorer(years(), "zh"), "hostile": report(evil, align.track(evil), "en"),
    }
    for name, page in pages.items():
        (folder / f"{name}.html").write_text(page, encoding="utf-8")
    return {name: folder / f"{name}.html" for name in pages}


@pytest.fixture
def shown(browser: Any, files: dict[str, Path]) -> Any:
    """The report, and afterwards: no complaint, no request but for the file itself."""
    browser.open(files["zh"])
    yield browser
    assert browser.complaints() == []
    assert browser.requests() == [files["zh"].as_uri()]


def until(found: Callable[[], Any], seconds: float = 5) -> Any:
    end = time.monotonic() + seconds
    while not (value := found()) and time.monotonic() < end:
        time.sleep(0.05)
    return value


def rows(browser: Any, table: str) -> list[str]:
    return browser.run("return [...document.querySelectorAll(arguments[0] + ' tbody tr')].filter(r => !r.hidden).map(r => r.textContent)", table)


def test_searching_a_table_keeps_the_rows_that_match(shown: Any) -> None:
    everything = rows(shown, "#t-figures")
    box = shown.driver.find_element("css selector", "[data-for=t-figures] input")
    box.send_keys("3万人")
    found = rows(shown, "#t-figures")
    assert 0 < len(found) < len(everything) and all("3万人" in row for row in found)
    assert f"显示 {len(found)} / {len(everything)}" in shown.run("return document.querySelector('[data-for=t-figures] .count').textContent")


def test_filters_of_year_and_role_narrow_together(shown: Any) -> None:
    for label, value in (("年份", "2019"), ("类别", "已达")):
        shown.run("const l = [...document.querySelectorAll('[data-for=t-figures] label')].find(l => l.textContent.trim().startsWith(arguments[0]));"
                  "const s = l.querySelector('select'); s.value = arguments[1]; s.dispatchEvent(new Event('change'))", label, value)
    found = rows(shown, "#t-figures")
    assert len(found) == 1 and "1.6万人" in found[0]


def test_sorting_by_value_is_by_number_and_turns_round(shown: Any) -> None:
    head = shown.driver.find_elements("css selector", "#t-figures th button")[2]
    values = "return [...document.querySelectorAll('#t-figures tbody td:nth-child(3)')].map(c => c.dataset.sort).filter(Boolean).map(Number)"
    head.click()
    up = shown.run(values)
    head.click()
    down = shown.run(values)
    assert up == sorted(up) and down == sorted(up, reverse=True) and len(set(up)) > 3


def test_a_number_leads_to_its_sentence_in_the_full_text(shown: Any) -> None:
    link = shown.run("return [...document.querySelectorAll('#t-figures td.n a')].find(a => a.textContent.includes('15场'))")
    shown.run("document.querySelectorAll('details.document').forEach(d => d.open = false); arguments[0].scrollIntoView()", link)
    link.click()
    here = until(lambda: shown.run("const m = document.querySelector('.here'); return m && [m.textContent, m.closest('.s').textContent, m.closest('details').open]"))
    assert "15场" in here[0] and here[1].startswith("全年应当举办") and here[2] is True
    top = until(lambda: shown.run("const r = document.querySelector('.here').getBoundingClientRect(); return r.top > 0 && r.bottom < innerHeight"))
    assert top is True


def test_the_legend_switches_a_kind_of_mark(shown: Any) -> None:
    colour = "return getComputedStyle(document.querySelector('.record .m.quantity')).backgroundColor"
    before = shown.run(colour)
    shown.driver.find_element("css selector", "[data-mark-kind=quantity]").click()
    assert shown.run(colour) == "rgba(0, 0, 0, 0)" != before
    shown.driver.find_element("css selector", "[data-mark-kind=quantity]").click()
    assert shown.run(colour) == before


def test_relations_can_be_switched(shown: Any) -> None:
    count = "return [...document.querySelectorAll('.item.strengthened')].filter(i => i.offsetParent).length"
    assert shown.run(count) > 0
    shown.driver.find_element("css selector", "input[data-relation=strengthened]").click()
    assert shown.run(count) == 0


def test_the_graph_is_drawn_and_a_node_selects_rows_and_shows_its_text(shown: Any) -> None:
    assert shown.run("return document.querySelectorAll('#canvas canvas').length") > 3
    box = shown.driver.find_element("id", "g-search")
    box.send_keys("会员总数")
    assert shown.run("return document.querySelectorAll('#g-found button').length") > 0
    box.send_keys("\n")
    panel = until(lambda: shown.run("return document.querySelector('#panel h3')?.textContent"))
    assert "会员" in panel
    directive = shown.run("return [...document.querySelectorAll('#g-found button')].find(b => b.textContent.startsWith('指令 · 2.'))")
    shown.run("arguments[0].click()", directive)
    assert "力争到2020年底" in shown.run("return document.querySelector('#panel').textContent")
    chosen = shown.run("return [...document.querySelectorAll('tr.selected')].map(r => r.textContent)")
    assert any("万人" in row for row in chosen) and any("发展会员" in row for row in chosen)
    assert 0 < len(chosen) < len(rows(shown, "#t-figures")) + len(rows(shown, "#t-directives"))
    jump = shown.driver.find_element("css selector", "#panel a.jump")
    jump.click()
    assert shown.run("return location.hash").startswith("#d")


def test_a_click_on_the_drawing_selects_the_node_there(shown: Any) -> None:
    shown.run("document.getElementById('graph').scrollIntoView()")
    spot = shown.run(
        "const g = explorer.getGraph(), n = g.findNode((_, a) => a.label.includes('规范理事会'));"
        "const p = explorer.framedGraphToViewport(explorer.getNodeDisplayData(n)), r = document.querySelector('#canvas').getBoundingClientRect();"
        "return [p.x + r.left, p.y + r.top]")
    for kind in ("mouseMoved", "mousePressed", "mouseReleased"):
        shown.driver.execute_cdp_cmd("Input.dispatchMouseEvent", {"type": kind, "x": spot[0], "y": spot[1], "button": "left" if kind != "mouseMoved" else "none", "clickCount": 1})
    assert "规范理事会" in (until(lambda: shown.run("return document.querySelector('#panel h3')?.textContent")) or "")


def test_graph_filters_hide_what_does_not_fit(shown: Any) -> None:
    visible = "const g = explorer.getGraph(); return g.filterNodes(n => !explorer.getNodeDisplayData(n).hidden).length"
    everything = shown.run(visible)
    for control, value in (("g-year", "2018"), ("g-strength", "5")):
        shown.run("const s = document.getElementById(arguments[0]); s.value = arguments[1]; s.dispatchEvent(new Event('change'))", control, value)
        time.sleep(0.3)
        left = shown.run(visible)
        assert 0 < left < everything
        everything = left
    shown.driver.find_element("id", "g-reset").click()
    shown.run("const s = document.getElementById('g-theme'); s.selectedIndex = 1; s.dispatchEvent(new Event('change'))")
    assert shown.run("return document.getElementById('g-count').textContent").startswith("显示 ")


def test_dark_and_light_follow_the_system_and_the_button(browser: Any, files: dict[str, Path]) -> None:
    paper = "return getComputedStyle(document.body).backgroundColor"
    browser.open(files["en"], dark=True)
    dark = browser.run(paper)
    browser.driver.find_element("id", "appearance").click()
    light = browser.run(paper)
    browser.open(files["en"])
    assert browser.run(paper) == light != dark


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("name", ["zh", "en", "graph"])
def test_the_page_is_no_wider_than_the_screen(browser: Any, files: dict[str, Path], width: int, name: str) -> None:
    browser.open(files[name], width, 844)
    assert browser.run("return document.documentElement.scrollWidth") <= width
    assert browser.run("return parseFloat(getComputedStyle(document.querySelector('.record')).fontSize)") >= 15


def test_the_report_prints_with_its_whole_text(browser: Any, files: dict[str, Path]) -> None:
    import base64
    import io

    import pdfplumber

    browser.open(files["en"], dark=True)
    data = base64.b64decode(browser.driver.execute_cdp_cmd("Page.printToPDF", {})["data"])
    with pdfplumber.open(io.BytesIO(data)) as paper:
        text = "".join("".join((page.extract_text() or "").split()) for page in paper.pages)
        assert 2 < len(paper.pages) < 40
    assert "".join("各学会应于2021年底前建成专家库。".split()) in text
    assert "Search" not in text


def test_hostile_text_does_not_run(browser: Any, files: dict[str, Path]) -> None:
    browser.open(files["hostile"])
    browser.driver.find_element("id", "g-search").send_keys("script\n")
    for node in range(8):
        browser.run("document.querySelectorAll('#g-found button')[arguments[0]]?.click()", node)
    browser.run("for (const l of document.querySelectorAll('tr[data-node]')) l.click(); document.querySelectorAll('.jump').forEach(l => l.click())")
    assert browser.run("return window.hacked") is None
    assert browser.run("return document.querySelectorAll('img, b[onmouseover]').length") == 0
    assert browser.run("return [...document.querySelectorAll('.record')].map(r => r.textContent).join('')") == hostile()[0].text + hostile()[1].text
    assert browser.complaints() == [] and browser.requests() == [files["hostile"].as_uri()]


def test_the_text_in_the_page_is_the_text_of_record(browser: Any, files: dict[str, Path]) -> None:
    browser.open(files["zh"])
    assert browser.run("return [...document.querySelectorAll('.record')].map(r => r.textContent).join('')") == FIRST + SECOND


@pytest.mark.parametrize(("name", "dark"), [("zh", False), ("en", True), ("graph", False)])
def test_axe_finds_nothing_serious(browser: Any, files: dict[str, Path], name: str, dark: bool) -> None:
    if not AXE.is_file():
        pytest.skip("axe-core is not installed: npm install --prefix tests/node")
    browser.open(files[name], dark=dark)
    browser.run("document.querySelectorAll('#g-found button')[0]?.click()")
    browser.run(AXE.read_text(encoding="utf-8") + "; window.axe = axe")
    found = browser.driver.execute_async_script("const done = arguments[0]; axe.run(document, {resultTypes: ['violations']}).then(done)")
    serious = [(one["id"], one["nodes"][0]["html"][:200], one["nodes"][0]["failureSummary"][:300]) for one in found["violations"] if one["impact"] in ("serious", "critical")]
    assert serious == []


def test_without_webgl_it_is_said_and_lists_still_work(browser: Any, files: dict[str, Path]) -> None:
    source = "const get = HTMLCanvasElement.prototype.getContext; HTMLCanvasElement.prototype.getContext = function (kind, ...more) { return kind.startsWith('webgl') ? null : get.call(this, kind, ...more); }"
    script = browser.driver.execute_cdp_cmd("Page.addScriptToEvaluateOnNewDocument", {"source": source})
    try:
        browser.open(files["en"])
    finally:
        browser.driver.execute_cdp_cmd("Page.removeScriptToEvaluateOnNewDocument", script)
    assert "no WebGL" in browser.run("return document.getElementById('canvas').textContent")
    browser.driver.find_element("id", "g-search").send_keys("发展会员\n")
    assert "发展会员" in browser.run("return document.querySelector('#panel h3').textContent")
    assert browser.complaints() == []
