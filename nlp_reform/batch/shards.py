"""One shard: its documents analysed, its rows written aside, and put in place together, the table of documents last.

A shard whose file of `documents` is there is whole. Each of its files tells, in its own metadata, for which documents
it holds rows and under which settings, so that a later run takes over what is still true.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from nlp_reform.batch.files import beside, unwritable
from nlp_reform.batch.orders import Answer, Orders, Work
from nlp_reform.batch.plan import Item, Shard
from nlp_reform.batch.tables import FAILURES, SHARD_TABLES, SIGNATURES
from nlp_reform.batch.watch import analyst
from nlp_reform.errors import ExportError
from nlp_reform.prepared import compiled
from nlp_reform.tables import Table, arrow, arrow_schema

if TYPE_CHECKING:
    import pyarrow as pa

PART = compiled(r"part-\d{6,}-[0-9a-f]{16}\.parquet")
"""The names of the files of a run."""
_KEY = b"nlp_reform.batch"
_KEY_END = len("0123456789abcdef.parquet")
_FLUSH = 64
"""Documents after which rows are written out: a row group, whatever the size of the shard."""


def tables_of(work: Work) -> dict[str, Table]:
    """Return the tables that a kind of work writes for each shard; the one whose presence tells of all comes last."""
    if work == "sign":
        return {SIGNATURES.name: SIGNATURES}
    return {name: table for name, table in reversed(SHARD_TABLES.items()) if work == "both" or table is not SIGNATURES}


@dataclass(frozen=True, slots=True)
class Job:
    """A shard to do: where to, by which orders, and in which files of an earlier run documents' rows are, by id."""

    shard: Shard
    output: str
    orders: Orders
    kept: Mapping[str, str] = field(default_factory=dict)

    @property
    def tables(self) -> Mapping[str, Table]:
        """The tables it writes; the one that tells that all are there comes last."""
        return tables_of(self.orders.work)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one document; `kind` and `reason` are empty when it was done."""

    id: str
    seconds: float
    kind: str = ""
    reason: str = ""


def do(job: Job, tick: Callable[[Outcome], None] | None = None) -> list[Outcome]:
    """Do a shard and return what became of its documents; `tick` hears of each as it is done.

    Raises `ExportError` when its files cannot be written; nothing half-written is then left.
    """
    outcomes = []
    with _written(job) as add:
        for item, answer in _answers(job):
            add(item, answer)
            outcomes.append(Outcome(item.id, round(answer.seconds, 3), answer.kind, answer.reason))
            if tick is not None:
                tick(outcomes[-1])
    return outcomes


def _answers(job: Job) -> Iterator[tuple[Item, Answer]]:
    earlier = _Earlier(Path(job.output), job.tables)
    for item in job.shard.items:
        if item.id in job.kept:
            yield item, Answer(0.0, earlier.rows(job.kept[item.id], item.id))
        else:
            yield item, analyst(job.orders).ask(item)


class _Earlier:
    """Reads rows of documents out of the files of an earlier run, a file once for the documents that follow."""

    def __init__(self, output: Path, tables: Mapping[str, Table]) -> None:
        self._output, self._tables = output, tables
        self._file = ""
        self._found: dict[str, pa.Table] = {}

    def rows(self, file: str, document: str) -> dict[str, pa.Table]:
        import pyarrow.compute as pc
        import pyarrow.parquet as pq

        if file != self._file:
            self._file = file
            self._found = {name: pq.ParquetFile(self._output / name / file).read() for name in self._tables}
        return {name: table.filter(pc.equal(table["document_id"], document)) for name, table in self._found.items()}


@contextmanager
def _written(job: Job) -> Iterator[Callable[[Item, Answer], None]]:
    """Yield what takes each answer; at the end put the files in place, after an error take them away."""
    import pyarrow.parquet as pq

    output = Path(job.output)
    writers: dict[str, pq.ParquetWriter] = {}
    asides: dict[str, Path] = {}
    held: list[tuple[Item, Answer]] = []

    def flush() -> None:
        for name, table in job.tables.items():
            writers[name].write_table(_gathered(table, held))
        held.clear()

    def add(item: Item, answer: Answer) -> None:
        held.append((item, answer))
        done.update({item.id: item.identity} if not answer.kind else {})
        if len(held) == _FLUSH:
            flush()

    done: dict[str, str] = {}
    try:
        for name, table in job.tables.items():
            (output / name).mkdir(parents=True, exist_ok=True)
            asides[name] = beside(output / name / job.shard.file)
            writers[name] = pq.ParquetWriter(asides[name], arrow_schema(table), compression="zstd")
        yield add
        if held:
            flush()
        label = json.dumps({"settings": job.shard.settings, "documents": done})
        for name, writer in writers.items():
            writer.add_key_value_metadata({_KEY: label})
            writer.close()
            asides[name].replace(output / name / job.shard.file)
    except OSError as error:
        raise ExportError(unwritable(job.output, error)) from error
    finally:
        for name, aside in asides.items():
            _abandon(writers.get(name), aside)


def _abandon(writer: Any, aside: Path) -> None:
    """Close a writer, however it stands, and take its file away if it is still aside."""
    with suppress(OSError):
        if writer is not None:
            writer.close()
    aside.unlink(missing_ok=True)




def _gathered(table: Table, held: Sequence[tuple[Item, Answer]]) -> pa.Table:
    import pyarrow as pa

    if table is FAILURES:
        return arrow(FAILURES, [{"document_id": item.id, "name": item.name, "sha256": item.sha256, "kind": answer.kind,
                                 "reason": answer.reason} for item, answer in held if answer.kind])
    parts = [answer.tables[table.name] for _, answer in held if not answer.kind]
    return pa.concat_tables(parts) if parts else arrow_schema(table).empty_table()


def earlier(output: Path, settings: str, work: Work) -> dict[str, str]:
    """Return identity → file for each document that an earlier run of the same settings finished.

    A file that cannot be read (cut short by a machine that stopped), or is missing for a table, counts as not there.
    """
    found: dict[str, str] = {}
    tables = list(tables_of(work))
    for path in parts(output, tables[-1]):
        label = _label(path)
        if label.get("settings") == settings and all((output / name / path.name).is_file() for name in tables):
            found |= dict.fromkeys(label["documents"].values(), path.name)
    return found


def settled(shard: Shard, output: Path, known: Mapping[str, str], work: Work) -> bool:
    """Tell whether a shard is done already; files of another place in the order are renamed to its own."""
    files = {known.get(item.identity, "") for item in shard.items}
    file = files.pop()
    if files or file[-_KEY_END:] != shard.file[-_KEY_END:]:
        return False
    for name in tables_of(work):
        (output / name / file).replace(output / name / shard.file)
    return True


def _label(path: Path) -> dict[str, Any]:
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        return dict(json.loads((pq.read_metadata(path).metadata or {}).get(_KEY, b"{}")))
    except (OSError, ValueError, pa.ArrowException):
        return {}


def parts(output: Path, table: str) -> list[Path]:
    """Return a table's files in order."""
    folder = output / table
    return sorted(path for path in folder.glob("part-*.parquet") if PART.fullmatch(path.name))
