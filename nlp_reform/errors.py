"""One error root: every error a user can meet says what is wrong, where, and the way out."""

from __future__ import annotations


class ReformError(Exception):
    """Root of all errors raised on purpose; its text is one line a person can act on."""


class ReadError(ReformError):
    """A document could not be read; names the file."""


class ResourceError(ReformError):
    """A lexicon, codebook, corpus or model is missing or malformed; names where it was looked for."""


class ConfigError(ReformError):
    """A project's settings are at fault; names the file and the key."""


class PluginError(ReformError):
    """A plugin of another package cannot be used; names the plugin, the package and its version."""


class GoldError(ReformError):
    """Gold is malformed or does not fit its document; names file, line and reason."""


class WiringError(ReformError):
    """Stages cannot be composed: one requires what none before it provides."""


class UnitError(ReformError):
    """A value cannot be put into another unit; names both units and why."""


class ExportError(ReformError):
    """An output could not be written; names the target."""
