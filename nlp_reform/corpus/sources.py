"""Where the documents of a corpus lie, and what a manifest says of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePath

from nlp_reform.classify.labels import read_table
from nlp_reform.errors import ReadError
from nlp_reform.model import Document
from nlp_reform.model.ids import distinct, document_id


@dataclass(frozen=True, slots=True)
class Entry:
    """One document to be: its id, its name as shown, its file or itself, and what is known of it beforehand."""

    id: str
    name: str
    path: Path | None = None
    document: Document | None = field(default=None, repr=False)
    known: Mapping[str, str] = field(default_factory=dict)

    @property
    def given(self) -> dict[str, str | int]:
        """What goes before that which the document says of itself: title, issuer, number, date and year."""
        found: dict[str, str | int] = {
            key: self.known[key] for key in ("title", "issuer", "number", "date") if self.known.get(key)}
        return {**found, **({"year": int(self.known["year"])} if self.known.get("year") else {})}


def in_folder(folder: Path, pattern: str) -> list[Entry]:
    """Return the files of a folder and below that match a pattern, in order of their names; hidden ones are left out.

    Raises `ReadError` when there is no such folder, or no file in it that matches.
    """
    if not folder.is_dir():
        raise ReadError(f"{folder}: no such folder; check the spelling")
    found = [path.relative_to(folder) for path in folder.glob(pattern) if path.is_file()]
    names = sorted(path.as_posix() for path in found if not any(part.startswith(".") for part in path.parts))
    if not names:
        raise ReadError(f"{folder}: no file matches {pattern!r}; patterns are such as *.txt or **/*.pdf")
    return distinctly(Entry(_id(name), name, folder / name) for name in names)


def in_manifest(manifest: Path) -> list[Entry]:
    """Return the documents of a table (CSV, TSV, XLSX, JSON lines) with the column `path`, relative to the table.

    Columns `id`, `title`, `issuer`, `number`, `date`, `year` go before what the documents say; others can be filtered
    by. Raises `ReadError` naming the row at fault.
    """
    found = []
    for row, cells in read_table(manifest):
        known = {key.strip().lower(): str(value or "").strip() for key, value in cells.items() if key}
        name = known.pop("path", "")
        if not name:
            raise ReadError(f"{manifest}: row {row} has no path; give each document's place, relative to this file")
        year = known.get("year", "")
        if year and not (year.isascii() and year.isdigit() and len(year) == 4):
            raise ReadError(f"{manifest}: row {row}: the year {year!r} is no year of four digits")
        own = known.pop("id", "")
        found.append(Entry(document_id(own) if own else _id(name), name, manifest.parent / name, known=known))
    if not found:
        raise ReadError(f"{manifest}: lists no documents; give them in the column path")
    return distinctly(found)


def distinctly(entries: Iterable[Entry]) -> list[Entry]:
    """Return entries whose ids are distinct: of two `plan` the second is `plan-2`."""
    taken: set[str] = set()
    return [replace(entry, id=distinct(entry.id, taken)) for entry in entries]


def _id(name: str) -> str:
    return document_id(PurePath(name).with_suffix("").as_posix())
