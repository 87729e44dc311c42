"""The same verbs on the command line and in Python: names, parameters and defaults are equal."""

from __future__ import annotations

import inspect
from pathlib import Path

import click
import pytest

from nlp_reform import api, batching, coding, converting, counting, extending, looking, rerunning
from nlp_reform.cli.main import cli

ONLY_COMMAND = {"agreement", "config", "debug", "help", "no_color", "quiet"}
"""Options that only a command can have: how errors are shown, and which verb is meant."""

VERBS = {
    "batch": (batching.batch,),
    "extract": (api.extract, api.export, rerunning.record),
    "graph": (api.extract, api.build_graph, api.write_graph, rerunning.record),
    "evaluate": (api.evaluate, api.report_evaluation),
    "annotate": (api.extract, api.annotate),
    "gold": (api.gold,),
    "codebook list": (coding.list_codebooks,),
    "codebook show": (coding.show_codebook,),
    "codebook check": (coding.check_codebook,),
    "themes classify": (coding.classify_table,),
    "themes train": (coding.train,),
    "themes suggest": (coding.suggest,),
    "themes evaluate": (coding.evaluate,),
    "themes explore": (coding.explore,),
    "lexicon list": (extending.list_lexicons,),
    "lexicon show": (extending.show_lexicon,),
    "lexicon build": (extending.build_lexicon,),
    "plugins": (extending.plugins,),
    "report": (api.extract, looking.report, rerunning.record),
    "view": (api.extract, looking.view, rerunning.record),
    "plot": (api.extract, looking.plot, rerunning.record),
    "demo": (api.demo,),
    "compare": (api.compare, api.write_comparison, rerunning.record),
    "track": (api.track, api.write_history, rerunning.record),
    "kwic": (counting.kwic,),
    "keyness": (counting.keyness,),
    "stats": (counting.stats,),
    "units": (converting.units,),
    "rerun": (rerunning.rerun,),
    "completion": (),
}
SHOWN = {"codebook list": {"format"}, "codebook show": {"format"}, "lexicon list": {"format"},
         "lexicon show": {"format"}, "lexicon build": {"format"}, "plugins": {"format"}, "themes classify": {"output"},
         **{verb: {"format", "output"} for verb in ("kwic", "keyness", "stats", "units")}}
"""Options that say how a command shows what the function returns."""
HANDED_ON = {
    "after", "before", "board", "command", "comparison", "corrected", "documents", "file", "gold", "graph", "history", "inputs", "name", "outputs",
    "progress", "settings", "source", "sources", "target", "term",
}
"""Parameters through which one function takes what the one before it returned, or tells how far it is."""


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


def commands() -> dict[str, click.Command]:
    """Return every command by its words: `themes classify`."""
    found: dict[str, click.Command] = {}
    context = click.Context(cli)
    for name in cli.list_commands(context):
        command = cli.get_command(context, name)
        assert command is not None
        inner = command.commands if isinstance(command, click.Group) else {}
        found |= {f"{name} {below}": one for below, one in inner.items()} or {name: command}
    return found


@pytest.mark.parametrize("verb", sorted(VERBS))
def test_names_and_defaults_are_equal(verb: str) -> None:
    command, function = options(commands()[verb]), parameters(VERBS[verb])
    assert set(command) - SHOWN.get(verb, set()) == set(function)
    for name, default in function.items():
        required = default is inspect.Parameter.empty
        assert required or command[name] == default, name


def test_every_command_is_a_verb_in_python() -> None:
    assert set(commands()) == set(VERBS), "add the new command to VERBS"


def test_every_command_and_option_is_documented() -> None:
    for name, command in commands().items():
        assert command.help and len(command.help) > 20, name
        for parameter in command.params:
            if isinstance(parameter, click.Option):
                assert parameter.help, f"{name} --{parameter.name}"


def test_every_command_shows_an_example_of_itself() -> None:
    for name, command in commands().items():
        assert (command.epilog or "").startswith(f"Example: nlp-reform {name}"), name


def test_every_command_is_in_the_readme_or_a_page() -> None:
    root = Path(__file__).resolve().parents[1]
    text = "".join(page.read_text(encoding="utf-8") for page in [root / "README.md", *(root / "scripts" / "docs").rglob("*.md")])
    assert not [name for name in commands() if f"nlp-reform {name}" not in text and f"`{name}`" not in text]


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_a_shell_learns_to_complete(shell: str) -> None:
    from click.testing import CliRunner

    done = CliRunner().invoke(cli, ["completion", shell])
    assert done.exit_code == 0 and "_NLP_REFORM_COMPLETE" in done.stdout and "nlp-reform" in done.stdout


def test_commands_options_and_choices_are_completed() -> None:
    from click.shell_completion import ShellComplete

    complete = ShellComplete(cli, {}, "nlp-reform", "_NLP_REFORM_COMPLETE")
    assert {item.value for item in complete.get_completions([], "k")} == {"keyness", "kwic"}
    assert "--format" in {item.value for item in complete.get_completions(["extract"], "--f")}
    assert {item.value for item in complete.get_completions(["extract", "--format"], "j")} == {"json", "jsonl"}
