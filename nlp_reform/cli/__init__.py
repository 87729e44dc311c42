"""The command `nlp-reform`: one file a group of verbs, no logic of its own."""

from nlp_reform.cli.main import main

__all__ = ["main"]
