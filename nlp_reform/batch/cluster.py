"""The Dask engine: shards as tasks of a running scheduler, or of a cluster of this machine's processes.

Tasks carry names and settings, never documents: workers read and write for themselves, so inputs and output must lie
on a file system that all of them see. A worker that dies loses the shards it was doing; others do them again.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING, Any, TypeVar

from nlp_reform.batch.shards import Job, Outcome, do
from nlp_reform.batch.watch import end
from nlp_reform.errors import ReformError

if TYPE_CHECKING:
    from distributed import Client

J = TypeVar("J")
R = TypeVar("R")
_ANSWERS_WITHIN = "20s"


@contextmanager
def cluster(scheduler: str | None, workers: int, run: str) -> Iterator[Cluster]:
    """Yield the engine, once there is a worker; raises `ReformError` when no scheduler answers at the address.

    Waiting for workers has no limit, for jobs that start them may stand in a queue; a `UserWarning` tells of it.
    """
    import dask
    from distributed import Client, LocalCluster

    with ExitStack() as stack:
        stack.enter_context(dask.config.set({"distributed.worker.memory.terminate": False}))
        if scheduler is None:
            address: Any = stack.enter_context(LocalCluster(
                n_workers=workers, threads_per_worker=1, processes=True, host="127.0.0.1", dashboard_address=None,
                memory_limit=0))
        else:
            address = scheduler
        try:
            client = stack.enter_context(Client(address, timeout=_ANSWERS_WITHIN, set_as_default=False))
        except (OSError, ValueError) as error:
            raise ReformError(f"{scheduler}: no Dask scheduler answers there ({error}); check the address") from error
        if not client.scheduler_info()["workers"]:
            warnings.warn(f"{scheduler}: no worker has come yet; the work begins with the first", stacklevel=2)
            client.wait_for_workers(1)
        try:
            yield Cluster(client)
        finally:
            client.run(end, run, on_error="ignore")


class Cluster:
    """The workers behind a client."""

    def __init__(self, client: Client) -> None:
        """Take a connected client."""
        self._client = client

    def map(self, function: Callable[[J], R], jobs: Sequence[J]) -> Iterator[R]:
        """Yield results in the order of the jobs."""
        futures = self._client.map(function, jobs, pure=False)
        yield from self._client.gather(futures)

    def shards(self, jobs: Sequence[Job], tick: Callable[[Outcome], None]) -> None:
        """Do the shards; documents are told shard by shard."""
        from distributed import as_completed
        from distributed.scheduler import KilledWorker

        futures = self._client.map(do, jobs, pure=False)
        try:
            for future in as_completed(futures, loop=self._client.loop):
                for outcome in future.result():
                    tick(outcome)
        except KilledWorker as error:
            raise ReformError(f"the cluster lost a shard's workers again and again ({error.last_worker.address}); "
                              "see their logs, and run again with --resume") from error
        finally:
            self._client.cancel(futures)
