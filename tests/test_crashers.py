"""Inputs with which the fuzzer (`scripts/fuzz.py`) once broke something: they never do again."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

CRASHERS = sorted((Path(__file__).parent / "crashers").glob("*/*.bin"))
WARM = b"\0@" + "一、会员\n各学会应当发展会员，全年新增会员不少于90人。\n".encode() * 4
"""Read once by each target, so that lexicons, models and libraries are loaded before anything is timed."""
sys.path.append(str(Path(__file__).resolve().parents[1] / "scripts"))


@pytest.mark.parametrize("path", CRASHERS, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_no_longer(path: Path) -> None:
    import fuzz

    fuzz.TARGETS[path.parent.name](WARM)
    assert fuzz.run(path.parent.name, path.read_bytes()) is None
