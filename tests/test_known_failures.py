"""What is known to be read wrongly, as strict xfail: the list is `known_failures.toml`."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from nlp_reform import api
from nlp_reform.model import Document

CASES = tomllib.loads((Path(__file__).parent / "known_failures.toml").read_text(encoding="utf-8"))["case"]


def printed(document: Document, layer: str, item: Any) -> str:
    """Return what a record of a layer cites: its own span, its cue's, or its quantity's."""
    if layer == "obligations":
        return item.cue.text if item.cue else ""
    if layer == "targets":
        return next((q.text for q in document.quantities if q.id == item.quantity), "")
    return document.text[item.start:item.end]


def reading(case: dict[str, str]) -> str | None:
    """Return the value the toolkit reads; the record itself must be there, so that only its field is known to fail."""
    document = api.extract(case["text"])
    found = [one for one in getattr(document, case["layer"]) if printed(document, case["layer"], one) == case["item"]]
    assert len(found) == 1, "the case names no single record: mend the case"
    value = getattr(found[0], case["field"])
    return value if value is None or isinstance(value, str) else value.text


class ReadOtherwiseError(Exception):
    """The reading is the wrong one that is known; anything else that goes wrong fails the test."""


@pytest.mark.parametrize("case", [
    pytest.param(case, id=f"{case['layer']}-{case['item'][:12]}-{case['field']}",
                 marks=pytest.mark.xfail(strict=True, reason=case["why"], raises=ReadOtherwiseError)) for case in CASES])
def test_known_failure(case: dict[str, str]) -> None:
    found = reading(case)
    if found != case["expected"]:
        raise ReadOtherwiseError(f"{found!r} instead of {case['expected']!r}")
