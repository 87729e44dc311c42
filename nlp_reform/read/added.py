"""Readers that plugins bring, for file endings of their own."""

from __future__ import annotations

from collections.abc import Callable

from nlp_reform import plugins
from nlp_reform.errors import PluginError, ReadError
from nlp_reform.read.kinds import foreign
from nlp_reform.read.reading import Reading, fit


def read(data: bytes, name: str) -> Reading | None:
    """Return what a plugin's reader makes of a file, None where no plugin reads files of this ending.

    A reader takes the bytes and the name to show in errors, and returns a `Reading` (media type, encoding, pages whose
    offsets are half-open code points of its text, notes) or the text alone. Raises `ReadError` naming the file, the
    plugin and its package when the reader cannot be loaded, fails, or returns something else.
    """
    ending = foreign(name)
    plugin = plugins.find("readers", ending) if ending else None
    if plugin is None:
        return None
    try:
        found = check(plugin)(data, name)
        if isinstance(found, str):
            found = Reading(found, f"application/x-{ending}", "")
        if not isinstance(found, Reading) or not isinstance(found.text, str):
            raise plugin.error(f"returned {type(found).__name__}, no Reading and no text")
    except ReadError:
        raise
    except PluginError as error:
        raise ReadError(f"{name}: {error}") from error
    except Exception as error:
        raise ReadError(f"{name}: {plugin.error(f'failed ({type(error).__name__}: {error})')}") from error
    text, notes = fit(found.text)
    return found._replace(text=text, notes=(*found.notes, *notes))


def check(plugin: plugins.Plugin) -> Callable[[bytes, str], object]:
    """Return the function of a reader plugin; raises `PluginError` when there is none."""
    found: Callable[[bytes, str], object] = plugin.load()
    if not callable(found):
        raise plugin.error(f"names no function ({plugin.value})")
    return found
