"""How commands speak: progress only on a terminal, `--quiet`, `--no-color`, the report's commands."""

from __future__ import annotations

import sys
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result
from view_examples import FIRST, SECOND

from nlp_reform.cli import terminal
from nlp_reform.cli.main import cli


@pytest.fixture
def plans(tmp_path: Path) -> list[str]:
    for year, text in ((2018, FIRST), (2019, SECOND)):
        (tmp_path / f"{year}.txt").write_text(text, encoding="utf-8")
    return [str(tmp_path / "2018.txt"), str(tmp_path / "2019.txt")]


def run(*arguments: str) -> Result:
    return CliRunner().invoke(cli, list(arguments))


def commands(group: click.Group) -> list[click.Command]:
    return [one for command in group.commands.values() for one in (commands(command) if isinstance(command, click.Group) else [command])]


def test_every_command_can_be_quiet_and_plain() -> None:
    for command in commands(cli):
        flags = [flag for parameter in command.params for flag in parameter.opts]
        assert flags.count("--quiet") == flags.count("--no-color") == 1, command.name


@pytest.mark.parametrize("verb", ["report", "view"])
def test_pages_are_written_and_told_unless_quiet(verb: str, plans: list[str], tmp_path: Path) -> None:
    out = tmp_path / "page.html"
    done = run(verb, *plans, "-o", str(out), "--lang", "zh")
    assert done.exit_code == 0 and "wrote" in done.stderr and 'lang="zh-Hans"' in out.read_text(encoding="utf-8")
    out.unlink()
    done = run(verb, *plans, "-o", str(out), "--lang", "en", "--quiet")
    assert done.exit_code == 0 and done.stderr == "" and 'lang="en"' in out.read_text(encoding="utf-8")


def test_a_file_that_fails_is_named_even_when_quiet_and_the_rest_reported(plans: list[str], tmp_path: Path) -> None:
    out = tmp_path / "page.html"
    done = run("report", plans[0], str(tmp_path / "none.txt"), "-o", str(out), "--quiet")
    assert done.exit_code == 1 and "none.txt" in done.stderr and out.is_file()


def test_no_progress_where_there_is_no_terminal(plans: list[str]) -> None:
    assert run("extract", *plans, "--format", "text").stderr == ""


def test_progress_on_a_terminal_and_none_when_quiet(monkeypatch: pytest.MonkeyPatch) -> None:
    import io

    class Screen(io.StringIO):
        def isatty(self) -> bool:
            return True

    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.delenv("NO_COLOR", raising=False)
    for wanted in (True, False):
        screen = Screen()
        monkeypatch.setattr(sys, "stderr", screen)
        monkeypatch.setattr(terminal, "quiet", lambda wanted=wanted: not wanted)
        assert list(terminal.watched(iter("abc"), 3, "reading")) == ["a", "b", "c"]
        assert ("reading" in screen.getvalue()) is wanted


def test_colours_need_a_terminal_and_consent(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True, raising=False)
    monkeypatch.delenv("NO_COLOR", raising=False)
    assert terminal.coloured()
    monkeypatch.setenv("NO_COLOR", "1")
    assert not terminal.coloured()
