"""Pages made out of what they describe: codebooks, lexicons, schema, floors, known failures, notebooks."""

from __future__ import annotations

import importlib
from collections.abc import Iterator

MAKERS = (
    "codebooks", "lexicons", "commands", "contract", "python", "tables", "floors", "failures", "copies", "notebooks",
)


def pages() -> Iterator[tuple[str, str | bytes]]:
    """Yield each made file: its path under the pages, and its content."""
    for name in MAKERS:
        yield from importlib.import_module(f"made.{name}").pages()
