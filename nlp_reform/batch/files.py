"""The folder of a run: one run at a time, files whole or not there, nothing left behind."""

from __future__ import annotations

import os
import re
import secrets
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from pathlib import Path

from nlp_reform.errors import ExportError
from nlp_reform.prepared import compiled

_ASIDE = compiled(r"\.(part-\d{6,}-[0-9a-f]{16}\.parquet|manifest\.json)\.[0-9a-f]{8}\.tmp")
_LOCK = ".lock"


@contextmanager
def aside(path: Path) -> Iterator[Path]:
    """Yield a place beside `path`; what was written there takes its name at the end, or is taken away after an error.

    Raises `ExportError` when it cannot be written.
    """
    place = beside(path)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        yield place
        place.replace(path)
    except OSError as error:
        raise ExportError(unwritable(path.parent, error)) from error
    finally:
        place.unlink(missing_ok=True)


def beside(path: Path) -> Path:
    """Return a name beside `path` that no other process has."""
    return path.with_name(f".{path.name}.{secrets.token_hex(4)}.tmp")


def unwritable(output: str | Path, error: OSError) -> str:
    """Return the line that says why a folder cannot be written to, and the way out."""
    reason = error.strerror or str(error).rsplit("] ", 1)[-1]
    return f"{output}: cannot be written ({reason}); make room or choose another place, and run again with --resume"


@contextmanager
def folder(output: Path) -> Iterator[None]:
    """Hold a folder for one run and clear it of what an interrupted one left aside.

    The hold ends with the process, however it ends. Raises `ExportError` when another run holds it, or it cannot be
    made.
    """
    try:
        output.mkdir(parents=True, exist_ok=True)
        handle = os.open(output / _LOCK, os.O_RDWR | os.O_CREAT, 0o666)
    except OSError as error:
        raise ExportError(unwritable(output, error)) from error
    try:
        if not _held(handle):
            raise ExportError(f"{output}: another run is writing there; wait for it, or choose another folder")
        for path in output.rglob(".*.tmp"):
            if _ASIDE.fullmatch(path.name):
                path.unlink(missing_ok=True)
        yield
    finally:
        os.close(handle)


def _held(handle: int) -> bool:
    try:
        import fcntl
    except ImportError:  # not on this platform
        return True
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError:  # a file system without locks
        return True
    return True


def keep_only(folder: Path, names: Collection[str], pattern: re.Pattern[str]) -> None:
    """Take away the files of earlier runs from a table's folder: of this pattern, and not named."""
    for path in folder.glob("part-*"):
        if pattern.fullmatch(path.name) and path.name not in names:
            path.unlink(missing_ok=True)
