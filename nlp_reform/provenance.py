"""By what an analysis was made: version and hashes, so that it can be repeated and a difference explained."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from functools import lru_cache
from pathlib import Path

from nlp_reform import __version__
from nlp_reform.model import MadeWith, UsedCodebook
from nlp_reform.plugins import KINDS, installed
from nlp_reform.resources import fingerprints

PROGRAM = "nlp-reform"


@lru_cache(maxsize=8)
def made_with(codebooks: tuple[str, ...] = ()) -> MadeWith:
    """Return what an analysis with these codebooks, by name or path, is made with in this process."""
    found = fingerprints(codebooks)
    used = tuple(UsedCodebook(Path(name).stem, digest) for name, digest in found["codebooks"].items())
    packages = sorted({f"{plugin.package} {plugin.version}" for kind in KINDS for plugin in installed(kind)})
    return MadeWith(PROGRAM, __version__, digest(found["lexicons"]), digest(found["models"]), used, tuple(packages))


def digest(values: Mapping[str, object]) -> str:
    """Return one sha256 over named values, in the order of their names."""
    return hashlib.sha256(json.dumps(values, sort_keys=True, default=str).encode()).hexdigest()


def lines(made: Iterable[MadeWith | None]) -> list[str]:
    """Return by what documents were made, a line for each way; one line where all were made alike."""
    return [str(one) for one in dict.fromkeys(made) if one is not None]
