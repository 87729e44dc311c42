"""Writes aside, then replaces: a reader sees the old file or the whole new one, never half of it."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from nlp_reform.errors import ExportError


def write(path: Path, data: str | bytes) -> Path:
    """Write a whole file; text goes out as UTF-8 with its line ends as they are.

    Missing folders are made. Raises `ExportError` naming the target when it cannot be written (no permission,
    full disk, a folder in its place); the file that stood there is then unchanged and nothing is left beside it.
    """
    payload = data.encode("utf-8") if isinstance(data, str) else data
    if path.is_dir():
        raise ExportError(f"{path}: is a folder; name a file in it")
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


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
