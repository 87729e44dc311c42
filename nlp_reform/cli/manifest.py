"""What commands with the option `--manifest` share: a check before the run, and the writing after it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import click

from nlp_reform.cli.terminal import say


def repeatable(inputs: Sequence[str], output: str | None, manifest: str | None) -> None:
    """End with a usage error where a manifest is asked for and the run could not be done again."""
    if manifest is not None:
        from nlp_reform import rerunning
        from nlp_reform.errors import ReformError

        try:
            rerunning.check(inputs, output, manifest)
        except ReformError as error:
            raise click.UsageError(str(error)) from error


def keep(
    command: str, settings: Mapping[str, Any], inputs: Sequence[str], output: str, outputs: Sequence[Path],
    manifest: str | None,
) -> None:
    """Say what was written, and write the manifest where one is asked for."""
    for path in outputs:
        say(f"wrote {path}")
    write_manifest(command, settings, inputs, output, outputs, manifest)


def write_manifest(
    command: str, settings: Mapping[str, Any], inputs: Sequence[str], output: str, outputs: Sequence[Path],
    manifest: str | None,
) -> None:
    """Write the manifest where one is asked for."""
    if manifest is not None:
        from nlp_reform import rerunning

        say(f"wrote {rerunning.record(command, settings, inputs, output, outputs, manifest)}")
