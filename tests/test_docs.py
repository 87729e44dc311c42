"""The pages: every command and snippet runs as printed, and prints what the page shows."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
RUNNER = ROOT / "scripts" / "docs" / "snippets.py"
PAGES = sorted((ROOT / "scripts" / "docs").rglob("*.md"))
READMES = sorted(ROOT.glob("README*.md"))
FENCE = re.compile(r"^(?P<indent> *)```(?P<language>[a-z]+)(?P<head>.*)$", re.MULTILINE)
RUN = {"python", "sh", "r", "cypher"}
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
    skipped = [line.removeprefix(f"{ROOT}/") for line in done.stdout.splitlines() if ": not run, for " in line]
    if skipped:
        pytest.skip("the rest ran; " + "; ".join(skipped))


@pytest.mark.parametrize("page", PAGES + READMES, ids=name)
def test_no_code_escapes_the_runner(page: Path) -> None:
    for fence in fences(page):
        assert not (fence["indent"] and fence["language"] in RUN), f"{fence.group()}: indented blocks are not run"
        if fence["language"] not in RUN | SHOWN:
            assert "not run" in fence["head"], f"{fence.group()}: say in its title that the tests do not run it"


def test_both_readmes_show_commands_and_python() -> None:
    assert [page.name for page in READMES] == ["README.md", "README.zh.md"]
    for page in READMES:
        assert {fence["language"] for fence in fences(page)} >= {"sh", "python"}


def test_both_readmes_tell_of_the_same_commands_and_pages() -> None:
    english, chinese = (page.read_text(encoding="utf-8") for page in READMES)
    for what in (r"nlp-reform ([a-z]+)", r"\]\((?!README)([^)]+)\)", r"--format ([a-z]+)", r"\.\[(.*)\]'"):
        assert set(re.findall(what, english)) == set(re.findall(what, chinese)), what


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
    page.write_text("<!-- needs: no_such_program -->\n```python\n1 / 0\n```\n", encoding="utf-8")
    done = subprocess.run([sys.executable, RUNNER, page], capture_output=True, text=True)
    assert done.returncode == 0 and f"{page}:3: not run, for no_such_program is not here" in done.stdout
    page.write_text("```python\na = 1\n```\n\n```sh\necho x; echo y; echo z\n```\n```text\nx\n…\n```\n```python\nprint(a + 1)\n```\n"
                    "```text\n2\n```\n", encoding="utf-8")
    assert subprocess.run([sys.executable, RUNNER, page], capture_output=True).returncode == 0


@pytest.mark.parametrize(("language", "needs", "first", "second", "printed", "broken"), [
    ("r", "Rscript", 'a <- c("目标", "任务")\na[1]', "length(a)", "[1] 2", "stop()"),
    ("cypher", "kglite", "CREATE (:Actor {name: '教育部'})", "MATCH (a:Actor) RETURN a.name AS name, 1 AS one", 'name, one\n"教育部", 1', "MATCH (a"),
])
def test_blocks_of_other_languages_share_what_the_page_made(
    tmp_path: Path, language: str, needs: str, first: str, second: str, printed: str, broken: str
) -> None:
    if shutil.which(needs) is None and find_spec(needs) is None:
        pytest.skip(f"{needs} is not here")
    page = tmp_path / "page.md"
    for text, status in ((printed, 0), ("anything", 1)):
        page.write_text(f"```{language}\n{first}\n```\n\n```{language}\n{second}\n```\n\n```text\n{text}\n```\n", encoding="utf-8")
        done = subprocess.run([sys.executable, RUNNER, page], capture_output=True, text=True)
        assert done.returncode == status, done.stdout + done.stderr
    page.write_text(f"```{language}\n{broken}\n```\n", encoding="utf-8")
    assert subprocess.run([sys.executable, RUNNER, page], capture_output=True).returncode == 1
