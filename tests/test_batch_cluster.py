"""The Dask engine against a real scheduler and workers on loopback: row by row the local engine's, a worker killed or not."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import psutil
import pytest
from batch_examples import ROOT, deterministic, folder, left_over, manifest, run

import nlp_reform
from nlp_reform.errors import ReformError

distributed = pytest.importorskip("distributed", reason="the extra cluster is not installed")
ENVIRONMENT = {**os.environ, "PYTHONPATH": str(ROOT), "DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES": "5"}


@contextmanager
def started(program: str, *arguments: str) -> Iterator[subprocess.Popen[bytes]]:
    """Run a program of distributed until the end of the block, with all its children."""
    command = [sys.executable, "-m", f"distributed.cli.dask_{program}", "--no-dashboard", "--host", "127.0.0.1", *arguments]
    process = subprocess.Popen(command, env=ENVIRONMENT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        yield process
    finally:
        stop(process)


def stop(process: subprocess.Popen[bytes]) -> None:
    """End a process that this test started, and all that it started."""
    if process.poll() is None:
        for one in [*psutil.Process(process.pid).children(recursive=True), process]:
            one.kill()
    process.wait()


@contextmanager
def cluster(place: Path, workers: int) -> Iterator[tuple[str, list[subprocess.Popen[bytes]]]]:
    """Yield the address of a scheduler and its workers' processes."""
    file = place / "scheduler.json"
    with ExitStack() as stack:
        stack.enter_context(started("scheduler", "--port", "0", "--scheduler-file", str(file)))
        wait = time.monotonic() + 60
        while not file.exists() and time.monotonic() < wait:
            time.sleep(0.05)
        arguments = ("--scheduler-file", str(file), "--nthreads", "1", "--memory-limit", "0", "--local-directory", str(place))
        processes = [stack.enter_context(started("worker", *arguments)) for _ in range(workers)]
        with distributed.Client(scheduler_file=str(file), set_as_default=False) as client:
            if workers:
                client.wait_for_workers(workers, timeout=120)
            address = client.scheduler.address
        yield address, processes


@pytest.fixture(scope="module")
def notices(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, bytes]]:
    """A folder of notices, one of them bad, and the bytes of a run of the local engine over it."""
    place = tmp_path_factory.mktemp("notices")
    source = folder(place / "in", 20, 30)
    (source / "empty.txt").write_bytes(b"")
    nlp_reform.batch(source, place / "out", workers=2, codebook=["societies"])
    return source, deterministic(place / "out")


def test_a_running_cluster_gives_the_local_engines_bytes_though_a_worker_is_killed(
    notices: tuple[Path, dict[str, bytes]], tmp_path: Path
) -> None:
    source, expected = notices
    with cluster(tmp_path, 2) as (address, workers):
        done = subprocess.Popen(
            [sys.executable, "-m", "nlp_reform", "batch", str(source), "-o", str(tmp_path / "out"), "--engine", "dask",
             "--scheduler", address, "--codebook", "societies"], env=ENVIRONMENT, stderr=subprocess.PIPE, text=True)
        wait = time.monotonic() + 120
        while not list((tmp_path / "out" / "documents").glob("part-*")) and done.poll() is None and time.monotonic() < wait:
            time.sleep(0.01)
        assert done.poll() is None, "the run was over before a worker could be killed"
        stop(workers[0])
        _, told = done.communicate(timeout=300)
        assert done.returncode == 1 and "empty.txt: is empty" in told and "Traceback" not in told
        assert deterministic(tmp_path / "out") == expected
        assert manifest(tmp_path / "out")["run"]["engine"] == "dask"
    again = nlp_reform.batch(source, tmp_path / "out", workers=1, resume=True, codebook=["societies"])
    assert again.kept == 20 and deterministic(tmp_path / "out") == expected
    assert left_over(tmp_path / "out") == []


def test_a_run_waits_for_its_first_worker(notices: tuple[Path, dict[str, bytes]], tmp_path: Path) -> None:
    with cluster(tmp_path, 0) as (address, _):
        done = subprocess.Popen(
            [sys.executable, "-m", "nlp_reform", "batch", str(notices[0]), "-o", str(tmp_path / "out"), "--engine", "dask",
             "--scheduler", address, "--codebook", "societies"], env=ENVIRONMENT, stderr=subprocess.PIPE, text=True)
        assert done.stderr is not None
        assert done.stderr.readline() == f"note: {address}: no worker has come yet; the work begins with the first\n"
        with started("worker", address, "--nthreads", "1", "--memory-limit", "0", "--local-directory", str(tmp_path)):
            _, told = done.communicate(timeout=300)
    assert done.returncode == 1 and "empty.txt: is empty" in told and "Traceback" not in told
    assert deterministic(tmp_path / "out") == notices[1]


def test_a_cluster_of_its_own(notices: tuple[Path, dict[str, bytes]], tmp_path: Path) -> None:
    done = run(notices[0], "-o", tmp_path / "out", "--engine", "dask", "--workers", 2, "--codebook", "societies")
    assert done.returncode == 1 and "Traceback" not in done.stderr, done.stderr
    assert deterministic(tmp_path / "out") == notices[1]


def test_an_address_where_nothing_answers_is_told_in_one_line(notices: tuple[Path, dict[str, bytes]], tmp_path: Path) -> None:
    with pytest.raises(ReformError, match=r"127\.0\.0\.1:9.*no Dask scheduler answers"):
        nlp_reform.batch(notices[0], tmp_path / "out", engine="dask", scheduler="tcp://127.0.0.1:9", codebook=["societies"])
    with pytest.raises(ReformError, match="add --engine dask"):
        nlp_reform.batch(notices[0], tmp_path / "out", scheduler="tcp://127.0.0.1:9", codebook=["societies"])
    with pytest.raises(ReformError, match="no engine 'spark'"):
        nlp_reform.batch(notices[0], tmp_path / "out", engine="spark", codebook=["societies"])
