"""The flow of a run: plan, hash, (sign and cluster,) do the shards that are not done, cluster, say what was done."""

from __future__ import annotations

import json
import os
import secrets
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from nlp_reform import project, resources
from nlp_reform.batch import manifest, plan
from nlp_reform.batch.engines import Engine, engine
from nlp_reform.batch.files import aside, folder, keep_only
from nlp_reform.batch.orders import Limits, Orders, Work
from nlp_reform.batch.plan import Item, Shard
from nlp_reform.batch.shards import PART, Job, Outcome, earlier, parts, settled, tables_of
from nlp_reform.batch.similar import Member, clusters, matrix
from nlp_reform.batch.tables import NEAR_DUPLICATES, SIGNATURES
from nlp_reform.tables import arrow

_HASHED_AT_ONCE = 256


class Progress(NamedTuple):
    """How far a run is: documents in all, done with (failed and kept ones too), failed, and kept of an earlier run."""

    total: int
    done: int
    failed: int
    kept: int


@dataclass(frozen=True, slots=True)
class Done:
    """What a run did: where its tables are, and how many documents are in them, were kept, stood for, or failed."""

    output: Path
    documents: int
    kept: int
    represented: int
    failed: tuple[Outcome, ...] = field(repr=False)
    seconds: float


@dataclass(frozen=True, slots=True)
class Choices:
    """How a run is done; nothing here changes a row, except where a document goes over a limit."""

    engine: str = "local"
    scheduler: str | None = None
    workers: int | None = None
    resume: bool = False
    limits: Limits = field(default_factory=Limits)
    progress: Callable[[Progress], None] | None = None


def run(source: Path, output: Path, settings: manifest.Settings, choices: Choices) -> Done:
    """Analyse all documents of a folder or manifest into the folder `output`; see `nlp_reform.batch`."""
    start = time.monotonic()
    found = plan.items(source, output)
    with folder(output):
        token = secrets.token_hex(8)
        before = manifest.seconds(output) if choices.resume else {}
        manifest.begin(output, settings)
        with engine(choices.engine, choices.scheduler, choices.workers, token) as workers:
            chunks = [found[at:at + _HASHED_AT_ONCE] for at in range(0, len(found), _HASHED_AT_ONCE)]
            found = [item for chunk in workers.map(plan.hashed, chunks) for item in chunk]
            work = _Work(output, settings, choices, workers, token, len(found))
            report = work.all(found)
        seconds = {**{item.id: before[item.id] for item in found if item.id in before}, **work.seconds}
        took = time.monotonic() - start
        manifest.finish(output, settings, report.tables, found, work.failed, report.represented, {
            "engine": choices.engine, "workers": choices.workers, "seconds": round(took, 3), "kept": work.kept,
            "timeout": choices.limits.timeout, "memory": choices.limits.memory, "documents": seconds})
    done = len(found) - len(work.failed) - len(report.represented)
    return Done(output, done, work.kept, len(report.represented), tuple(work.failed.values()), took)


class _Report(NamedTuple):
    tables: dict[str, int]
    represented: dict[str, str]


class _Work:
    """The shards of one run, and the count of its documents."""

    def __init__(
        self, output: Path, settings: manifest.Settings, choices: Choices, workers: Engine, token: str, total: int
    ) -> None:
        self._output, self._choices, self._workers, self._token = output, choices, workers, token
        self._codebooks, self._representatives = settings.codebooks, settings.representatives
        self._depends = json.dumps(settings.to_dict(), sort_keys=True)
        self._total = total
        self.kept = 0
        self.failed: dict[str, Outcome] = {}
        self.seconds: dict[str, float] = {}

    def all(self, found: Sequence[Item]) -> _Report:
        """Do everything; return the rows of each table, and who is represented by whom."""
        represented: dict[str, str] = {}
        signed: list[Shard] = []
        if self._representatives:
            signed = self._do(found, "sign", lambda _: None)
            near = self._clusters(signed)
            represented = {one.document: one.cluster for one in near if one.document != one.cluster}
            found = [item for item in found if item.id not in represented]
            self._total -= len(represented)
        work: Work = "analyse" if self._representatives else "both"
        shards = self._do(found, work, self._count)
        if not self._representatives:
            near = self._clusters(shards)
        names = {name: {shard.file for shard in shards} for name in tables_of(work)}
        if signed:
            names[SIGNATURES.name] = {shard.file for shard in signed}
        names[NEAR_DUPLICATES.name] = {self._write(near)}
        for name, files in names.items():
            keep_only(self._output / name, files, PART)
        return _Report({name: _rows(self._output, name) for name in sorted(names)}, represented)

    def _do(self, found: Sequence[Item], work: Work, tick: Callable[[Outcome], None]) -> list[Shard]:
        """Do what is not done yet, and return all shards."""
        settings = sha256(f"{work} {self._depends}".encode()).hexdigest()
        known = earlier(self._output, settings, work) if self._choices.resume else {}
        orders = Orders(tuple(map(_absolute, self._codebooks)), self._choices.limits, work, self._token,
                        manifest.words(), _environment())
        shards, jobs = plan.shards(found, settings), []
        for shard in shards:
            if settled(shard, self._output, known, work):
                self._keep(len(shard.items), work)
                continue
            kept = {item.id: known[item.identity] for item in shard.items if item.identity in known}
            self._keep(len(kept), work)
            jobs.append(Job(shard, str(self._output.absolute()), orders, kept))
        kept_ids = {name for job in jobs for name in job.kept}
        self._workers.shards(jobs, lambda outcome: None if outcome.id in kept_ids else tick(outcome))
        return shards

    def _keep(self, count: int, work: Work) -> None:
        if work != "sign":
            self.kept += count
            self._tell()

    def _count(self, outcome: Outcome) -> None:
        self.seconds[outcome.id] = outcome.seconds
        if outcome.kind:
            self.failed[outcome.id] = outcome
        self._tell()

    def _tell(self) -> None:
        if self._choices.progress is not None:
            done = self.kept + len(self.seconds)
            self._choices.progress(Progress(self._total, done, len(self.failed), self.kept))

    def _clusters(self, shards: Sequence[Shard]) -> list[Member]:
        import numpy as np
        import pyarrow.parquet as pq

        documents: list[str] = []
        signatures = [matrix([])]
        for shard in shards:
            table = pq.ParquetFile(self._output / SIGNATURES.name / shard.file).read()
            documents += table["document_id"].to_pylist()
            signatures.append(matrix(table["signature"].to_pylist()))
        return clusters(documents, np.concatenate(signatures))

    def _write(self, members: Sequence[Member]) -> str:
        """Write the table of near-duplicates and return its file's name."""
        import pyarrow.parquet as pq

        table = arrow(NEAR_DUPLICATES, [
            {"cluster": one.cluster, "document_id": one.document, "representative": one.cluster == one.document,
             "similarity": one.similarity, "size": one.size} for one in members])
        name = f"part-000000-{sha256(json.dumps(members).encode()).hexdigest()[:16]}.parquet"
        with aside(self._output / NEAR_DUPLICATES.name / name) as place:
            pq.write_table(table, place, compression="zstd")
        return name


def _absolute(codebook: str) -> str:
    """Return a codebook's path so that processes elsewhere find it; a name stays a name."""
    path = Path(codebook)
    return str(path.absolute()) if path.suffix and path.exists() else codebook


def _environment() -> tuple[tuple[str, str], ...]:
    """Return what tells a process elsewhere where the settings and data of this one are."""
    data = os.environ.get(resources.VARIABLE)
    return ((project.VARIABLE, str(project.active().path or "")),
            *(((resources.VARIABLE, str(Path(data).absolute())),) if data else ()))


def _rows(output: Path, table: str) -> int:
    import pyarrow.parquet as pq

    return sum(pq.read_metadata(path).num_rows for path in parts(output, table))


