"""The manifest of a run: what was asked, by which program and words, and what became of every document.

All but the part `run` depends only on the documents and the settings.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from nlp_reform import __version__, resources
from nlp_reform.batch.files import aside
from nlp_reform.batch.plan import Item
from nlp_reform.batch.shards import Outcome

SCHEMA = "nlp-reform/batch/1"
NAME = "manifest.json"


@dataclass(frozen=True, slots=True)
class Settings:
    """What the rows depend on beside the documents; codebooks by name or path, as given."""

    codebooks: tuple[str, ...]
    representatives: bool

    def to_dict(self) -> dict[str, Any]:
        """Return the head of the manifest."""
        return {
            "schema": SCHEMA, "version": __version__,
            "settings": {"codebook": list(self.codebooks), "representatives": self.representatives},
            "resources": resources.fingerprints(self.codebooks),
        }


def words() -> str:
    """Return a hash of the version, the lexicons and the models of this process."""
    found = resources.fingerprints()
    return sha256(json.dumps([__version__, found["lexicons"], found["models"]]).encode()).hexdigest()


def begin(output: Path, settings: Settings) -> None:
    """Say that a run is under way: what is in the folder is not yet all of it."""
    with aside(output / NAME) as place:
        place.write_text(json.dumps({**settings.to_dict(), "complete": False}, indent=1) + "\n", encoding="utf-8")


def finish(
    output: Path, settings: Settings, tables: Mapping[str, int], items: Sequence[Item],
    failed: Mapping[str, Outcome], represented: Mapping[str, str], run: Mapping[str, Any],
) -> None:
    """Write the whole manifest; a line a document, so that millions of them are written and read as a stream."""
    head = json.dumps({**settings.to_dict(), "complete": True, "tables": tables}, ensure_ascii=False, indent=1)
    with aside(output / NAME) as place, place.open("w", encoding="utf-8", newline="\n") as stream:
        stream.write(head.removesuffix("\n}") + ',\n "documents": [')
        for number, entry in enumerate(_entries(items, failed, represented)):
            stream.write(("," if number else "") + "\n  " + json.dumps(entry))
        stream.write('\n ],\n "run": ' + json.dumps(run, ensure_ascii=False) + "\n}\n")


def _entries(
    items: Sequence[Item], failed: Mapping[str, Outcome], represented: Mapping[str, str]
) -> Iterator[dict[str, Any]]:
    for item in items:
        entry: dict[str, Any] = {"id": item.id, "name": item.name, "sha256": item.sha256}
        if item.id in represented:
            yield {**entry, "status": "represented", "reason": f"near-duplicate of {represented[item.id]}"}
        elif item.id in failed:
            outcome = failed[item.id]
            yield {**entry, "status": "failed", "kind": outcome.kind, "reason": outcome.reason}
        else:
            yield {**entry, "status": "done", "reason": ""}


def seconds(output: Path) -> dict[str, float]:
    """Return the seconds of each document that the manifest of an earlier run tells, none where there is none."""
    try:
        found = json.loads((output / NAME).read_text(encoding="utf-8"))["run"]["documents"]
        return {str(key): float(value) for key, value in found.items()}
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return {}
