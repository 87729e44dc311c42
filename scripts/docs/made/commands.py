"""The page of the command line, out of the commands themselves."""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

from made.markdown import table
from nlp_reform.cli.main import cli

HEAD = Path(__file__).with_name("commands.head.md")
SHARED = ("debug", "quiet", "no_color", "help")
"""Options that nearly every command has: told once, at the head of the page."""


def pages() -> Iterator[tuple[str, str]]:
    """Yield the page."""
    context = click.Context(cli, info_name="nlp-reform")
    parts = [HEAD.read_text(encoding="utf-8")]
    for name in cli.list_commands(context):
        command = cli.get_command(context, name)
        assert command is not None, name
        parts.append(_section(command, context, 2))
    yield "reference/cli.md", "\n".join(parts)


def _section(command: click.Command, parent: click.Context, level: int) -> str:
    """Return a command's part of the page, and those of the commands below it."""
    context = click.Context(command, info_name=command.name, parent=parent)
    words = context.command_path.removeprefix("nlp-reform ")
    usage = " ".join([context.command_path, *command.collect_usage_pieces(context)])
    heading = f"{'#' * level} {words} {{ #{words.replace(' ', '-')} }}"
    parts = [heading, inspect.cleandoc(command.help or "").replace("\b\n", "")]
    if isinstance(command, click.Group):
        parts += [_section(command.commands[name], context, level + 1) for name in command.list_commands(context)]
        return "\n\n".join(parts) + "\n"
    parts.append(f"```text\n{usage}\n```")
    options = [one for one in command.params if isinstance(one, click.Option) and one.name not in SHARED]
    if options:
        parts.append(table(("option 选项", "meaning", "default 默认"), (_row(option, context) for option in options)))
    parts.append(_below(command, context))
    return "\n\n".join(parts) + "\n"


def _row(option: click.Option, context: click.Context) -> tuple[str, str, str]:
    info: dict[str, Any] = option.to_info_dict()
    choices = info["type"].get("choices")
    value = "" if info["is_flag"] else " / ".join(map(str, choices)) if choices else option.make_metavar(context)
    names = "`, `".join(option.opts) + (f"` / `{option.secondary_opts[0]}" if option.secondary_opts else "")
    shown = option.get_help_extra(context).get("default", "")
    told, _, other = (option.help or "").partition("[default: ")
    default = "required 必填" if option.required else shown or other.rstrip("]")
    return f"`{names}`" + (f" {value}" if value else ""), told, default


def _below(command: click.Command, context: click.Context) -> str:
    """Return what stands below the options: lists as printed, and the example as a command."""
    formatter = click.HelpFormatter(width=100)
    command.format_epilog(context, formatter)
    listed, _, example = formatter.getvalue().partition("Example: ")
    blocks = [inspect.cleandoc(listed.strip("\n")), " ".join(example.split())]
    return "\n\n".join(f"```text\n{block}\n```" for block in blocks if block)
