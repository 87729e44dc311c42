"""The verb of many documents: `batch`."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from nlp_reform.errors import ReformError

if TYPE_CHECKING:
    from nlp_reform.batch import Done, Progress

_NEEDED = ("pyarrow", "psutil", "rensa")


def batch(
    source: str | Path, output: str | Path, engine: str = "local", scheduler: str | None = None,
    workers: int | None = None, resume: bool = False, timeout: float = 120.0, memory: int = 1024,
    codebook: Sequence[str] = (), representatives: bool = False,
    progress: Callable[[Progress], None] | None = None,
) -> Done:
    """Analyse all documents of a folder or manifest into a Parquet data set with a manifest; return what was done.

    `source` is a folder (all files in it, at any depth) or a manifest: CSV, TSV, JSONL or XLSX with a column `path`
    (relative to the manifest) and, if wanted, `id`, `year` and `issuer`, which go into the tables. `output` is a
    folder that gets a folder for each table (those of `nlp_reform.tables`, `failures`, `signatures` and
    `near_duplicates`) and `manifest.json`. Rows do not depend on `engine`, `workers` or the order of files.

    `engine` is local (processes) or dask; `scheduler` the address of a running Dask scheduler, None a cluster of
    this machine. `workers` is by default the number of processors. `resume` takes over what an earlier run in
    `output` finished and whose bytes, settings, words and models are the same. A document that takes more than
    `timeout` seconds or `memory` megabytes, or cannot be read, is recorded in `failures`; the rest goes on.
    `representatives` analyses only one of each cluster of near-duplicates. `progress` is called with the counts.

    Raises `ReadError` for a source that is not there, `ExportError` when `output` cannot be written, `ResourceError`
    for an unknown codebook, `ReformError` for an unknown engine or a missing package.
    """
    missing = [name for name in _NEEDED if find_spec(name) is None]
    if missing:
        raise ReformError(f"batch needs {', '.join(missing)}: pip install 'nlp-reform[batch]'")
    if timeout <= 0 or memory <= 0 or (workers is not None and workers <= 0):
        raise ReformError("timeout, memory and workers must be above 0")
    from nlp_reform.batch import Choices, Limits, Settings, run
    from nlp_reform.classify import chosen
    from nlp_reform.classify.codebook import load

    books = chosen(codebook)
    for name in books:
        load(name)
    choices = Choices(engine, scheduler, workers, resume, Limits(timeout, memory), progress)
    return run(Path(source), Path(output), Settings(books, representatives), choices)
