"""The pages: every command and snippet runs as printed, and prints what the page shows."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
RUNNER = ROOT / "scripts" / "docs" / "snippets.py"
PAGES = sorted((ROOT / "scripts" / "docs").rglob("*.md"))
READMES = sorted(ROOT.glob("README*.md"))
FENCE = re.compile(r"^(?P<indent> *)```(?P<language>[a-z]+)(?P<head>.*)$", re.MULTILINE)
RUN = {"python", "sh"}
SHOWN = {"text", "json", "toml", "csv"}


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A cache of the pages' own: what one start compiled the next need not."""
    return tmp_path_factory.mktemp("kept")


def name(page: Path) -> str:
    return page.relative_to(ROOT).as_posix()


def fences(page: Path) -> list[re.Match[str]]:
    return list(FENCE.finditer(page.read_text(encoding="utf-8")))


@pytest.mark.parametrize("page", [page for page in PAGES + READMES if {f["language"] for f in fences(page)} & RUN], ids=name)
def test_a_page_runs_as_printed(page: Path, kept: Path) -> None:
    done = subprocess.run([sys.executable, RUNNER, page], cwd=ROOT, env={**os.environ, "PYTHONWARNINGS": "ignore", "NLP_REFORM_CACHE": str(kept)},
                          capture_output=True, text=True, timeout=600)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("page", PAGES + READMES, ids=name)
def test_no_code_escapes_the_runner(page: Path) -> None:
    for fence in fences(page):
        assert not (fence["indent"] and fence["language"] in RUN), f"{fence.group()}: indented blocks are not run"
        if fence["language"] not in RUN | SHOWN:
            assert "not run" in fence["head"], f"{fence.group()}: say in its title that the tests do not run it"


def test_both_readmes_show_commands_and_python() -> None:
    assert [page.name for page in READMES] == ["README.md", "README.zh.md"]
    for page in READMES:
        assert {fence["language"] for fence in fences(page)} >= RUN


def test_the_runner_tells_a_failure_and_a_difference(tmp_path: Path) -> None:
    cases = {
        "```sh\nexit 3\n```\n": "exit code 3", "```python\n1 / 0\n```\n": "ZeroDivisionError",
        "```python\nprint(1)\n```\n\n```text\n2\n```\n": "but the page shows",
    }
    for text, told in cases.items():
        page = tmp_path / "page.md"
        page.write_text(text, encoding="utf-8")
        done = subprocess.run([sys.executable, RUNNER, page], capture_output=True, text=True)
        assert done.returncode == 1 and told in done.stdout, text
    page.write_text("```python\na = 1\n```\n\n```sh\necho x; echo y; echo z\n```\n```text\nx\n…\n```\n```python\nprint(a + 1)\n```\n"
                    "```text\n2\n```\n", encoding="utf-8")
    assert subprocess.run([sys.executable, RUNNER, page], capture_output=True).returncode == 0
