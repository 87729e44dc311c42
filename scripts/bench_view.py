"""Time and size of reports, and how smoothly the graph explorer moves in a browser.

    python scripts/bench_view.py FILES... [--frames]

Documents are made of the files' text, cut or repeated to 20,000 characters; extraction is not counted, comparison
is, and so is what a new process must load: each size is measured in a process of its own (`--documents N`: one of
them). `--frames` opens the explorer in Chromium without a graphics card (software drawing, the slowest case a reader
meets), lets the camera pan and zoom for three seconds, and counts the frames of about 2,000 and 20,000 nodes;
`script ms a frame` is what a reader with a graphics card waits for.
"""

from __future__ import annotations

import argparse
import gc
import json
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from nlp_reform import align, api
from nlp_reform.model import Document
from nlp_reform.view.pages import explorer, report

LENGTH = 20_000
_PAN = """
const done = arguments[0], camera = explorer.getCamera(), start = performance.now(), times = [];
const stops = [{x: 0.7, y: 0.5, ratio: 0.5}, {x: 0.3, y: 0.6, ratio: 0.15}, {x: 0.5, y: 0.5, ratio: 1}];
const next = n => n < stops.length && camera.animate(stops[n], {duration: 1000}, () => next(n + 1));
let last = start;
const step = now => {
  times.push(now - last);
  last = now;
  if (now - start > 3000) return done({frames: times.length, worst: Math.max(...times.slice(2))});
  requestAnimationFrame(step);
};
next(0);
requestAnimationFrame(step);
"""
_SCRIPT = """
const times = [];
for (let n = 0; n < 30; n++) { const t = performance.now(); explorer.render(); times.push(performance.now() - t); }
return [explorer.getGraph().size, times.sort((a, b) => a - b)[15]];
"""
_FLAGS = ("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
          "--disable-background-networking", "--disable-component-update", "--disable-sync",
          "--disable-dev-shm-usage", "--enable-unsafe-swiftshader", "--window-size=1280,900")


def documents(files: Sequence[str], count: int) -> list[Document]:
    """Return documents of 20,000 characters, of neighbouring years."""
    texts = [Path(name).read_text(encoding="utf-8") for name in files]
    found = []
    with tempfile.TemporaryDirectory() as folder:
        for n in range(count):
            text = texts[n % len(texts)]
            path = Path(folder) / f"d{n}.txt"
            path.write_text((text * (LENGTH // len(text) + 1))[:LENGTH], encoding="utf-8")
            found.append(replace(api.extract(path), year=2000 + n))
    return found


def main() -> None:
    """Print a line of figures for each size, each measured in a process of its own."""
    parser = argparse.ArgumentParser()
    parser.add_argument("files", nargs="+")
    parser.add_argument("--documents", type=int)
    parser.add_argument("--frames", action="store_true")
    given = parser.parse_args()
    gc.set_threshold(1_000_000)  # as the command does
    if given.documents:
        built(given.files, given.documents)
        return
    for count in (1, 2, 20):
        subprocess.run([sys.executable, __file__, *given.files, "--documents", str(count)], check=True)
    if given.frames:
        frames(given.files)


def built(files: Sequence[str], count: int) -> None:
    """Print time and size of one report."""
    found = documents(files, count)
    wall, cpu = time.perf_counter(), time.process_time()
    history = align.track(found) if count > 1 else None
    compared = time.perf_counter() - wall
    page = report(found, history, "zh")
    print(json.dumps({
        "documents": count, "megabytes": round(len(page.encode()) / 1e6, 2),
        "seconds": round(time.perf_counter() - wall, 2), "of which comparison": round(compared, 2),
        "processor seconds": round(time.process_time() - cpu, 2),
    }))


def frames(files: Sequence[str]) -> None:
    """Open the explorer in Chromium and print frames a second while the camera moves."""
    from selenium import webdriver
    from selenium.webdriver.chrome.options import Options
    from selenium.webdriver.chrome.service import Service

    program, driver = shutil.which("chromium"), shutil.which("chromedriver")
    if program is None or driver is None:
        sys.exit("chromium and chromedriver are needed for --frames")
    with tempfile.TemporaryDirectory() as folder:
        options = Options()
        options.binary_location = program
        for flag in (*_FLAGS, f"--user-data-dir={folder}/profile"):
            options.add_argument(flag)
        browser = webdriver.Chrome(options=options, service=Service(driver))
        try:
            for wanted in (2_000, 20_000):
                _move(browser, documents(files, max(2, wanted // 700)), Path(folder) / f"{wanted}.html")
        finally:
            browser.quit()


def _move(browser: Any, found: list[Document], path: Path) -> None:
    path.write_text(explorer(found, "zh"), encoding="utf-8")
    began = time.perf_counter()
    browser.get(path.as_uri())
    loaded = time.perf_counter() - began
    browser.execute_script("document.getElementById('graph').scrollIntoView()")
    opened = browser.execute_script("return explorer.getGraph().order")
    first = browser.execute_async_script(_PAN)
    browser.execute_script("for (const box of document.querySelectorAll('[data-kind]')) if (!box.checked) box.click()")
    nodes = browser.execute_script("return explorer.getGraph().order")
    moved = browser.execute_async_script(_PAN)
    began = time.perf_counter()
    browser.execute_script("const s = document.getElementById('g-year'); s.selectedIndex = 1;"
                           "s.dispatchEvent(new Event('change'))")
    browser.execute_async_script("requestAnimationFrame(() => requestAnimationFrame(arguments[0]))")
    filtered = time.perf_counter() - began
    edges, script = browser.execute_script(_SCRIPT)
    print(json.dumps({
        "nodes": nodes, "shown as opened": opened, "edges after filter": edges,
        "load seconds": round(loaded, 2), "script ms a frame": round(script, 1),
        "frames a second as opened": round(first["frames"] / 3, 1),
        "frames a second, all nodes": round(moved["frames"] / 3, 1), "longest frame ms": round(moved["worst"]),
        "filter seconds": round(filtered, 2),
    }))


if __name__ == "__main__":
    main()
