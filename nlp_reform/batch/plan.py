"""Which documents a run covers, under which ids, and how they are cut into shards.

Nothing here depends on the number of workers or on the order in which a folder lists its files.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path, PurePath

from nlp_reform.classify.labels import read_table
from nlp_reform.errors import ReadError
from nlp_reform.model.ids import distinct, document_id

MANIFESTS = (".csv", ".tsv", ".jsonl", ".ndjson", ".xlsx")
"""Endings by which a list of documents is told from a document."""


@dataclass(frozen=True, slots=True)
class Item:
    """One document to analyse: its id, its name as shown, where it lies, and what the manifest says of it.

    `sha256` is of its bytes, empty as long as nobody looked and where they cannot be read.
    """

    id: str
    name: str
    path: str
    year: int | None = None
    issuer: str | None = None
    sha256: str = ""

    @property
    def identity(self) -> str:
        """What its rows depend on, settings apart: the same identity gives the same rows."""
        return _digest([self.id, self.name, self.year, self.issuer, self.sha256])


@dataclass(frozen=True, slots=True)
class Shard:
    """Documents that are analysed as one task and lie in one file of each table."""

    number: int
    items: tuple[Item, ...]
    settings: str

    @property
    def file(self) -> str:
        """The name of its files: its place in the order, and a hash of all that its rows depend on."""
        return f"part-{self.number:06d}-{_digest([self.settings, [item.identity for item in self.items]])[:16]}.parquet"


def items(source: Path, skip: Path) -> list[Item]:
    """Return the documents of a folder (all files in it, hidden ones and those under `skip` left out) or a manifest.

    Ids come from the names (`a/plan.txt` is `a-plan`) or the manifest's column `id`; two alike are numbered apart.
    Raises `ReadError` when there is no such folder or manifest, or none in it.
    """
    if source.is_dir():
        found = list(_in_folder(source, skip))
    elif source.suffix.lower() in MANIFESTS:
        found = list(_in_manifest(source))
    elif source.exists():
        raise ReadError(f"{source}: is neither a folder nor a manifest ({', '.join(MANIFESTS)}); give one of them")
    else:
        raise ReadError(f"{source}: no such folder or manifest; check the spelling")
    if not found:
        raise ReadError(f"{source}: has no documents; put files there, or list them in the column path")
    taken: set[str] = set()
    return [replace(item, id=distinct(item.id, taken)) for item in sorted(found, key=lambda item: (item.name, item.id))]


def _in_folder(source: Path, skip: Path) -> Iterator[Item]:
    avoided = skip.resolve()
    for folder, below, files in os.walk(source):
        place = Path(folder)
        below[:] = [name for name in below if not name.startswith(".") and (place / name).resolve() != avoided]
        for file in files:
            if not file.startswith("."):
                name = (place / file).relative_to(source).as_posix()
                yield Item(_id(name), name, str((place / file).absolute()))


def _in_manifest(source: Path) -> Iterator[Item]:
    for row, cells in read_table(source):
        given = {key.strip().lower(): (value or "").strip() for key, value in cells.items()}
        name = given.get("path", "")
        if not name:
            missing = "has no column path" if "path" not in given else f"row {row} has no path"
            raise ReadError(f"{source}: {missing}; give each document's place, relative to this file")
        year = given.get("year", "")
        if year and not (year.isascii() and year.isdigit() and len(year) == 4):
            raise ReadError(f"{source}: row {row}: {year!r} is no year of four digits; correct it or leave it out")
        place = str((source.parent / name).absolute())
        yield Item(document_id(given.get("id") or _id(name)), PurePath(name).as_posix(), place,
                   int(year) if year else None, given.get("issuer") or None)


def _id(name: str) -> str:
    return document_id(PurePath(name).with_suffix("").as_posix())


def hashed(chunk: Sequence[Item]) -> list[Item]:
    """Return the documents with the sha256 of their bytes, empty where they cannot be read."""
    return [replace(item, sha256=_sha256(Path(item.path))) for item in chunk]


def _sha256(path: Path) -> str:
    try:
        if not path.is_file():  # a pipe would never end
            return ""
        with path.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except (OSError, ValueError):
        return ""


def shards(found: Sequence[Item], settings: str) -> list[Shard]:
    """Cut documents into shards of about the square root of their number.

    A cut stands before a document whose id says so by its hash, so that adding or taking away a document changes
    one shard (and its neighbour) and leaves the others as they are.
    """
    size = 1 << (len(found).bit_length() // 2)
    cut: list[list[Item]] = []
    for item in found:
        starts = int.from_bytes(hashlib.sha256(item.id.encode("utf-8", "surrogatepass")).digest()[:4]) % size == 0
        if not cut or starts or len(cut[-1]) >= 4 * size:
            cut.append([])
        cut[-1].append(item)
    return [Shard(number, tuple(part), settings) for number, part in enumerate(cut)]


def _digest(value: object) -> str:
    return hashlib.sha256(json.dumps(value).encode("ascii")).hexdigest()
