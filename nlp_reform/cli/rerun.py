"""`rerun`: a manifest in, the same outputs out, and what is not as it was."""

from __future__ import annotations

import sys

import click

from nlp_reform.cli.document import DEBUG
from nlp_reform.cli.failures import Failures
from nlp_reform.cli.terminal import say


@click.command(epilog="Example: nlp-reform rerun out/plan.manifest.json -o again/")
@click.argument("manifest", metavar="MANIFEST")
@click.option("-o", "--output", metavar="FOLDER",
              help="Where the outputs go.  [default: they are made, looked at and thrown away]")
@DEBUG
def rerun(manifest: str, output: str | None, debug: bool) -> None:
    """Do again what --manifest wrote down, and check that it comes out the same. 复现

    Inputs that changed and versions that differ are named. Ends with 0 when every output is byte by byte what it was,
    else with 1. The outputs written at first are left alone.
    """
    from nlp_reform import rerunning

    failures = Failures(debug)
    found = None
    with failures.caught(manifest):
        found = rerunning.rerun(manifest, output)
    if found is not None:
        for line in (*found.changed, *found.different):
            click.echo(f"nlp-reform: {line}", err=True)
        for path, same in found.outputs:
            say(f"{'identical' if same else 'DIFFERENT'}: {path if output else path.name}")
        if not found.identical:
            sys.exit(1)
    failures.end()
