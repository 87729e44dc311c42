"""The page of Python: its verbs by hand, and every class among the public names."""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from pathlib import Path

import nlp_reform
from nlp_reform.errors import ReformError

HEAD = Path(__file__).with_name("python.head.md")


def pages() -> Iterator[tuple[str, str]]:
    """Yield the page; mkdocstrings fills in what the docstrings say."""
    public = [getattr(nlp_reform, name) for name in nlp_reform.__all__]
    classes = [one for one in public if inspect.isclass(one) and not issubclass(one, ReformError)]
    parts = [f"::: {one.__module__}.{one.__qualname__}\n\n" for one in classes]
    yield "reference/python.md", HEAD.read_text(encoding="utf-8") + "".join(parts)
