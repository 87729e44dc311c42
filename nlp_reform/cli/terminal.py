"""How commands speak to a person: progress on long work, what was written, colours; all of it can be silenced."""

from __future__ import annotations

import os
import sys
import warnings
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

import click

T = TypeVar("T")
_QUIET, _PLAIN = "nlp_reform.quiet", "nlp_reform.plain"


def shared(command: click.Command) -> click.Command:
    """Give a command, or every command of a group, the options `--config`, `--quiet`, `--no-color`; return it."""
    if isinstance(command, click.Group):
        for one in command.commands.values():
            shared(one)
        return command
    command.params.append(click.Option(
        ["--config"], metavar="FILE", expose_value=False, is_eager=True, callback=_settings,
        help="The project's settings.  [default: NLP_REFORM_CONFIG, else the nearest nlp-reform.toml upwards]"))
    for name, key, help_text in (
        ("--quiet", _QUIET, "No progress and no word of what was written; errors are still told."),
        ("--no-color", _PLAIN, "No colours, also where the output is a terminal (so does NO_COLOR)."),
    ):
        command.params.append(click.Option([name], is_flag=True, expose_value=False, help=help_text,
                                           callback=_keep(key)))
    return command


def _settings(context: click.Context, _: click.Parameter, value: str | None) -> None:
    from nlp_reform import project
    from nlp_reform.errors import ConfigError

    try:
        project.active() if value is None else project.use(value)
    except ConfigError as error:
        raise click.UsageError(str(error), context) from error


def _keep(key: str) -> Any:
    def keep(context: click.Context, _: click.Parameter, value: bool) -> None:
        context.meta[key] = value

    return keep


def quiet() -> bool:
    """Tell whether the running command was asked to be quiet."""
    return _asked(_QUIET)


def coloured() -> bool:
    """Tell whether standard output may carry colours: a terminal, and nobody asked for none."""
    return sys.stdout.isatty() and not _asked(_PLAIN) and not os.environ.get("NO_COLOR")


def say(message: str) -> None:
    """Print a word about the work on standard error, unless asked to be quiet."""
    if not quiet():
        click.echo(message, err=True)


@contextmanager
def noted() -> Iterator[None]:
    """Say what the work warns of as it happens, in a line of its own."""
    with warnings.catch_warnings():
        warnings.simplefilter("always", UserWarning)
        warnings.showwarning = lambda message, *_, **__: say(f"note: {message}")
        yield


def watched(things: Iterable[T], count: int, words: str) -> Iterator[T]:
    """Yield things while a progress bar on standard error counts them; none when quiet, no terminal, or one thing."""
    if quiet() or count < 2 or not sys.stderr.isatty():
        yield from things
        return
    from rich.console import Console
    from rich.progress import track

    console = Console(stderr=True, no_color=_asked(_PLAIN) or None)
    yield from track(things, words, total=count, console=console, transient=True)


def _asked(key: str) -> bool:
    context = click.get_current_context(silent=True)
    return bool(context and context.meta.get(key))
