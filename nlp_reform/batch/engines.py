"""Who does the shards: threads that each hold an analyst on this machine, or the workers of a Dask cluster."""

from __future__ import annotations

import os
import queue
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from importlib.util import find_spec
from typing import Any, Protocol, TypeVar

from nlp_reform.batch.shards import Job, Outcome, do
from nlp_reform.batch.watch import end
from nlp_reform.errors import ReformError

J = TypeVar("J")
R = TypeVar("R")
Tick = Callable[[Outcome], None]
ENGINES = ("local", "dask")


class Engine(Protocol):
    """Does jobs in any order, each once; whatever it is, the rows are the same."""

    def map(self, function: Callable[[J], R], jobs: Sequence[J]) -> Iterator[R]:
        """Yield a result for each job, in the order of the jobs; an error of a job is raised and ends the rest."""

    def shards(self, jobs: Sequence[Job], tick: Tick) -> None:
        """Do shards, and tell `tick` in the calling thread of each document."""


@contextmanager
def engine(name: str, scheduler: str | None, workers: int | None, run: str) -> Iterator[Engine]:
    """Yield an engine; at the end, however it comes, its workers are gone.

    `run` names the run whose analysts end with it. `scheduler` is the address of a running Dask scheduler, None
    starts a cluster of this machine's processes. Raises `ReformError` for an unknown name, a package that is
    missing, or a scheduler that does not answer.
    """
    if name not in ENGINES:
        raise ReformError(f"no engine {name!r}; known are {', '.join(ENGINES)}")
    if name == "local":
        if scheduler is not None:
            raise ReformError(f"a scheduler ({scheduler}) is for the engine dask: add --engine dask")
        with _local(workers or cores(), run) as found:
            yield found
        return
    if find_spec("distributed") is None:
        raise ReformError("the engine dask needs a package: pip install 'nlp-reform[cluster]'")
    from nlp_reform.batch.cluster import cluster

    with cluster(scheduler, workers or cores(), run) as found:
        yield found


def cores() -> int:
    """Return how many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


@contextmanager
def _local(workers: int, run: str) -> Iterator[Engine]:
    pool = ThreadPoolExecutor(workers, thread_name_prefix="nlp-reform-batch")
    try:
        yield Local(pool)
    finally:
        pool.shutdown(wait=False, cancel_futures=True)
        end(run)
        pool.shutdown(wait=True)


class Local:
    """Threads of this process, each with an analyst of its own."""

    def __init__(self, pool: ThreadPoolExecutor) -> None:
        """Take the pool of threads."""
        self._pool = pool

    def map(self, function: Callable[[J], R], jobs: Sequence[J]) -> Iterator[R]:
        """Yield results in the order of the jobs."""
        return self._pool.map(function, jobs)

    def shards(self, jobs: Sequence[Job], tick: Tick) -> None:
        """Do the shards; the calling thread waits where Ctrl-C reaches it."""
        told: queue.SimpleQueue[Outcome | Future[Any]] = queue.SimpleQueue()
        left = len(jobs)
        for job in jobs:
            self._pool.submit(do, job, told.put).add_done_callback(told.put)
        while left:
            news = told.get()
            if isinstance(news, Outcome):
                tick(news)
            else:
                news.result()
                left -= 1
