"""Inputs with which the fuzzer (`scripts/fuzz.py`) once broke something: they never do again."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

CRASHERS = sorted((Path(__file__).parent / "crashers").glob("*/*.bin"))
sys.path.append(str(Path(__file__).resolve().parents[1] / "scripts"))


@pytest.mark.parametrize("path", CRASHERS, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_no_longer(path: Path) -> None:
    import fuzz

    fuzz.TARGETS[path.parent.name](b"\1\0")  # lexicons and models are loaded before anything is timed
    assert fuzz.run(path.parent.name, path.read_bytes()) is None
