"""Which gold is at hand: beside this checkout, in it, and with the bundled corpora."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Sequence
from pathlib import Path

from nlp_reform import resources
from nlp_reform.errors import GoldError
from nlp_reform.evaluate.entries import GoldDocument
from nlp_reform.evaluate.gold import INLINE, load

ROOT = resources.PACKAGE.parent
SHARED = ROOT.parent / "shared"
_MARKED = ROOT / "tests" / "gold"


def gold_files(release: bool = False) -> list[Path]:
    """Return the gold at hand: `../shared/gold`, `tests/gold`, the corpora's; the held-back part on `release`."""
    made_up = [_MARKED / "fresh", _MARKED / "fresh-structure", _MARKED / "fresh-duties"]
    demo = resources.locate("corpora", "societies-demo") / "gold"
    folders = [SHARED / "gold", _MARKED / "dev", _MARKED / "dev-2", _MARKED / "dev-3", demo, *made_up]
    if release:
        folders += [_MARKED / "release", _MARKED / "release-2", _MARKED / "release-3"]
    return [file for folder in folders if folder.is_dir() for file in files_in(folder)]


def files_in(folder: Path) -> list[Path]:
    """Return the gold files of a folder, in order of their names."""
    return sorted(p for p in folder.iterdir() if p.suffix == ".json" or p.name.endswith(INLINE))


def load_present(paths: Iterable[Path]) -> tuple[list[GoldDocument], list[GoldError]]:
    """Load files and folders of gold; return what could be loaded, and the errors of what could not."""
    genres = _genres()
    found: list[GoldDocument] = []
    errors: list[GoldError] = []
    for path in paths:
        for file in files_in(path) if path.is_dir() else [path]:
            try:
                found.append(load(file, _roots(), genres))
            except GoldError as error:
                errors.append(error)
    return found, errors


def _roots() -> Sequence[Path]:
    return [SHARED] if SHARED.is_dir() else []


def _genres() -> dict[str, str]:
    table = _MARKED / "genres.toml"
    if not table.exists():
        return {}
    genres: dict[str, str] = tomllib.loads(table.read_text(encoding="utf-8"))["genres"]
    return genres
