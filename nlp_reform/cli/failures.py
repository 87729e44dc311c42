"""Errors become one line on standard error; exit codes: 0 all done, 1 some failed, 2 wrong usage."""

from __future__ import annotations

import sys
import traceback
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from nlp_reform.errors import ReformError

if TYPE_CHECKING:
    from nlp_reform.model import Document


class Failures:
    """Says at once what failed, and ends the command with the right exit code."""

    def __init__(self, debug: bool) -> None:
        """Take whether tracebacks are wanted."""
        self._debug = debug
        self._count = 0

    def tell(self, name: str, error: Exception) -> None:
        """Print one line that names the file and the way out; with --debug the traceback before it."""
        self._count += 1
        if self._debug:
            traceback.print_exception(error)
        if isinstance(error, ReformError):
            click.echo(f"nlp-reform: {error}", err=True)
        else:
            click.echo(f"nlp-reform: {name}: {type(error).__name__}: {error}; this is a fault of the program: "
                       "run again with --debug and report it", err=True)

    @contextmanager
    def caught(self, name: str) -> Iterator[None]:
        """Tell an error inside and go on after it."""
        try:
            yield
        except BrokenPipeError:
            raise
        except Exception as error:
            self.tell(name, error)

    def end(self) -> None:
        """Exit with 1 when anything failed."""
        if self._count:
            sys.exit(1)


def same(one: str, other: str) -> bool:
    """Tell whether two names lead to one file."""
    return Path(one).exists() and Path(one).samefile(other)


def documents(files: Sequence[str], codebook: Sequence[str], failures: Failures) -> Iterator[Document]:
    """Yield every document that can be read; tell which cannot."""
    from nlp_reform import api
    from nlp_reform.cli.terminal import watched

    for name, found in watched(api.extract_many([Path(name) for name in files], codebook), len(files), "reading 读取"):
        if isinstance(found, Exception):
            failures.tell(name, found)
        else:
            yield found
