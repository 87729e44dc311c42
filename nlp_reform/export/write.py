"""Writes aside, then replaces: a reader sees the old file or the whole new one, never half of it."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path

from nlp_reform.errors import ExportError


def write(path: Path, data: str | bytes) -> Path:
    """Write a whole file; text goes out as UTF-8 with its line ends as they are.

    Missing folders are made; a link is followed, a device or pipe is written through. Raises `ExportError` naming
    the target when it cannot be written (no permission, full disk, a folder in its place); the file that stood
    there is then unchanged and nothing is left beside it.
    """
    payload = data.encode("utf-8") if isinstance(data, str) else data
    if path.is_dir():
        raise ExportError(f"{path}: is a folder; name a file in it")
    if path.is_symlink():
        path = path.resolve()
    if path.exists() and not path.is_file():
        return _through(path, payload)
    aside: Path | None = None
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name[:60]}.", suffix=".tmp")
        aside = Path(name)
        with os.fdopen(handle, "wb") as stream:
            stream.write(payload)
        aside.chmod(0o666 & ~_umask())
        aside.replace(path)
    except OSError as error:
        if aside is not None:
            aside.unlink(missing_ok=True)
        raise ExportError(f"{path}: cannot be written ({error.strerror}); choose another place with -o") from error
    except BaseException:
        if aside is not None:
            aside.unlink(missing_ok=True)
        raise
    return path


def _through(path: Path, payload: bytes) -> Path:
    """Write to something that is no file (a device, a pipe): it can be neither kept nor replaced."""
    try:
        with path.open("wb") as stream:
            stream.write(payload)
    except OSError as error:
        raise ExportError(f"{path}: cannot be written ({error.strerror}); choose another place with -o") from error
    return path


LISTING = ".nlp-reform-files"
"""Names the files that a folder was written with, so that a later writing takes away those it does not renew."""


def write_folder(path: Path, files: Mapping[str, str | bytes]) -> tuple[Path, ...]:
    """Write a folder of files, given by their paths in it; return the paths written, all of them or none.

    Everything is first written to a folder aside. Where the folder stands already, files of other names in it are
    left alone, except those that an earlier writing by this function put there. Raises `ExportError` naming
    the folder when anything cannot be written; what stood there is then unchanged.
    """
    aside: Path | None = None
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        aside = Path(tempfile.mkdtemp(dir=path.parent, prefix=f".{path.name[:60]}.", suffix=".tmp"))
        new = aside / "new"
        _fill(new, files)
        if path.is_dir() and any(path.iterdir()):
            _exchange(new, path, aside / "old")
        else:
            new.replace(path)
    except OSError as error:
        raise ExportError(f"{path}: cannot be written ({error.strerror}); choose another place with -o") from error
    finally:
        if aside is not None:
            shutil.rmtree(aside, ignore_errors=True)
    return tuple(path / name for name in files)


def _fill(folder: Path, files: Mapping[str, str | bytes]) -> None:
    folder.mkdir()
    for parent in sorted({str(Path(name).parent) for name in files}):
        (folder / parent).mkdir(parents=True, exist_ok=True)
    for name, data in {**files, LISTING: "".join(f"{name}\n" for name in files)}.items():
        _put(f"{folder}/{name}", data.encode("utf-8") if isinstance(data, str) else data)


def _put(place: str, data: bytes) -> None:
    """Write a new file by the system's own calls: a vault has 30,000 notes, and Python's files cost half as much."""
    handle = os.open(place, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o666)
    try:
        while data:
            data = data[os.write(handle, data):]
    finally:
        os.close(handle)


def _exchange(new: Path, path: Path, old: Path) -> None:
    """Put the files of `new` into the folder `path`, what they replace into `old`; undo it all on any error."""
    listed = (path / LISTING).read_text(encoding="utf-8").splitlines() if (path / LISTING).is_file() else []
    fresh = [file.relative_to(new) for file in sorted(new.rglob("*")) if file.is_file()]
    gone = [Path(name) for name in listed if not Path(name).is_absolute() and ".." not in Path(name).parts]
    moved: list[tuple[Path, Path]] = []
    try:
        for name in dict.fromkeys([*gone, *fresh]):
            if (path / name).is_file():
                _move(path / name, old / name, moved)
        for name in fresh:
            _move(new / name, path / name, moved)
    except BaseException:
        for source, target in reversed(moved):
            target.replace(source)
        raise


def _move(source: Path, target: Path, moved: list[tuple[Path, Path]]) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    source.replace(target)
    moved.append((source, target))


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
