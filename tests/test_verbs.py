"""The same verbs on the command line and in Python: names, parameters and defaults are equal."""

from __future__ import annotations

import inspect

import click
import pytest

from nlp_reform import api
from nlp_reform.cli.main import cli

ONLY_COMMAND = {"agreement", "debug", "help"}
"""Options that only a command can have: how errors are shown, and which verb is meant."""

VERBS = {
    "extract": (api.extract, api.export),
    "graph": (api.extract, api.build_graph, api.write_graph),
    "evaluate": (api.evaluate, api.report_evaluation),
    "annotate": (api.extract, api.annotate),
    "gold": (api.gold,),
    "demo": (api.demo,),
    "compare": (api.compare, api.write_comparison),
    "track": (api.track, api.write_history),
}
OTHER_NAMES = {"files": "source", "output": "output"}
HANDED_ON = {"after", "before", "board", "corrected", "gold", "comparison", "documents", "graph", "history", "source", "sources"}
"""Parameters through which one function takes what the one before it returned."""


def options(command: click.Command) -> dict[str, object]:
    """Return each option of a command with its default, [] and () alike for "none given"."""
    found = {}
    for parameter in command.params:
        if isinstance(parameter, click.Option) and parameter.name not in ONLY_COMMAND:
            default = parameter.to_info_dict()["default"]
            found[parameter.name] = () if parameter.multiple and not default else default
    return found


def parameters(functions: tuple) -> dict[str, object]:  # type: ignore[type-arg]
    found = {}
    for function in functions:
        for parameter in inspect.signature(function).parameters.values():
            if parameter.name not in HANDED_ON:
                found[parameter.name] = parameter.default
    return found


@pytest.mark.parametrize("verb", sorted(VERBS))
def test_names_and_defaults_are_equal(verb: str) -> None:
    command, function = options(cli.commands[verb]), parameters(VERBS[verb])
    assert set(command) == set(function)
    for name, default in function.items():
        required = default is inspect.Parameter.empty
        assert required or command[name] == default, name


def test_every_command_is_a_verb_in_python() -> None:
    assert set(VERBS) <= set(cli.commands)
    covered = set(VERBS)
    assert set(cli.commands) - covered == set(), "add the new command to VERBS"


def test_every_command_and_option_is_documented() -> None:
    for name, command in cli.commands.items():
        assert command.help and len(command.help) > 20, name
        for parameter in command.params:
            if isinstance(parameter, click.Option):
                assert parameter.help, f"{name} --{parameter.name}"
