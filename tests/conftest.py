"""Profiles of the property tests, and fixtures for the documents beside the checkout."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import settings
from places import SHARED

settings.register_profile("ci", derandomize=True)
if os.environ.get("CI"):  # the same examples every time: a submission is judged by what it changes
    settings.load_profile("ci")


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder beside the checkout with real documents and gold; a test that needs it skips without."""
    if not (SHARED / "gold").is_dir():
        pytest.skip("../shared is absent: real documents and their gold lie beside the checkout, not in it")
    return SHARED


@pytest.fixture(scope="session")
def seed(shared: Path) -> Path:
    """The founding document."""
    return next(iter(sorted((shared / "seeds").glob("*.txt"))))
