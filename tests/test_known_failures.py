"""Known failures, written down: each is a strict xfail until it comes right."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from nlp_reform.api import extract

CASES = tomllib.loads((Path(__file__).parent / "known_failures.toml").read_text(encoding="utf-8"))["case"]


def value(item: Any, path: str) -> Any:
    for name in path.split("."):
        item = getattr(item, name, None)
    return item


@pytest.mark.xfail(strict=True, raises=AssertionError)
@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_known_failure(case: dict[str, Any]) -> None:
    document = extract(case["text"], ["societies"])
    items: list[Any] = (
        [o for o in document.obligations if o.cue] if case["layer"] == "cues" else list(getattr(document, case["layer"])))
    if case["layer"] == "obligations":
        items = [o for o in items if o.bearer]
    found = [{path: value(item, path) for path in case["want"][0]} for item in items]
    assert found == case["want"]
