"""What an analyst is asked to do with a document, within which limits, and what it answers."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    import pyarrow as pa

Work = Literal["sign", "analyse", "both"]
"""Take the signature of a text, analyse it, or both at once."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What one document may take: seconds, and megabytes of its process."""

    timeout: float = 120.0
    memory: int = 1024


@dataclass(frozen=True, slots=True)
class Orders:
    """What an analyst is to do with every document, with which codebooks, within which limits, in which run.

    `words` is a hash of the version, lexicons and models of the run: an analyst elsewhere that has others refuses.
    `environment` says where the project's settings and the user's data are.
    """

    codebooks: tuple[str, ...]
    limits: Limits
    work: Work
    run: str
    words: str
    environment: tuple[tuple[str, str], ...] = ()


@dataclass(slots=True)
class Answer:
    """What became of a document: its tables, or why there are none."""

    seconds: float
    tables: dict[str, pa.Table] = field(default_factory=dict)
    kind: str = ""
    reason: str = ""
