"""`plugins`: what other packages add, and whether it works."""

from __future__ import annotations

import json

import click

from nlp_reform.cli.coding import FORMAT
from nlp_reform.cli.document import DEBUG
from nlp_reform.cli.failures import Failures
from nlp_reform.errors import PluginError


@click.command(epilog="Example: nlp-reform plugins")
@FORMAT
@DEBUG
def plugins(format: str, debug: bool) -> None:
    """List installed plugins: kind, name, package, version, and whether each loads. 已装插件

    Plugins are readers, lexicons, codebooks, exporters and stages that other packages bring by entry points. One that
    fails is told on standard error, and the exit code is then 1.
    """
    from nlp_reform import extending
    from nlp_reform.evaluate.render import columns
    from nlp_reform.jsonable import plain

    failures = Failures(debug)
    with failures.caught("plugins"):
        found = extending.plugins()
        if format == "json":
            click.echo(json.dumps(plain(found), ensure_ascii=False, indent=1))
        elif found:
            rows = [(one.kind, one.name, one.package, one.version, one.state, one.points_to) for one in found]
            click.echo(columns([("kind", "name", "package", "version", "state", "points to"), *rows], left=6), nl=False)
        else:
            click.echo("no plugins are installed")
        for one in found:
            if one.state == "fails":
                failures.tell(one.name, PluginError(one.message))
    failures.end()
