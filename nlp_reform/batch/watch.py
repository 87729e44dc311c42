"""Holds an analyst to its time and memory: one that hangs, grows too large or dies is replaced; the run goes on."""

from __future__ import annotations

import atexit
import os
import signal
import subprocess
import sys
import threading
import time
from contextlib import suppress
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from nlp_reform import resources
from nlp_reform.batch import wire
from nlp_reform.batch.orders import Answer, Orders
from nlp_reform.batch.plan import Item
from nlp_reform.errors import ReformError

if TYPE_CHECKING:
    import psutil
    import pyarrow as pa

_LOOK_EVERY = 0.05
_START_SECONDS = 300.0
"""Seconds an analyst may take to load lexicons and models, on a busy machine too."""
_RENEW_MB = 320
"""An analyst that keeps more than this after a document is replaced, so that workers stay small over any number."""


class Stopped(Exception):  # noqa: N818 (no error: the run was ended on purpose)
    """The run was ended while a document was being analysed."""


class Analyst:
    """One analysing process and the thread that watches it."""

    def __init__(self, orders: Orders) -> None:
        """Start nothing yet; the process is started with the first document, and again whenever it was lost."""
        self.orders = orders
        self._process: subprocess.Popen[bytes] | None = None
        self._gauge: psutil.Process | None = None
        self._lock = threading.Lock()
        self._deadline: float | None = None
        self._why = ""
        self._closed = False

    def ask(self, item: Item) -> Answer:
        """Return what the analyst found, or why it could not; one that dies on a document gets a second try.

        Raises `ReformError` when no analyst can be started, `Stopped` after `close`.
        """
        answer = self._try(item)
        return self._try(item) if answer.kind == "crash" else answer

    def _try(self, item: Item) -> Answer:
        process = self._running()
        start = time.monotonic()
        message = self._talk(process, asdict(item), self.orders.limits.timeout)
        seconds = time.monotonic() - start
        if message is None:
            return Answer(seconds, {}, *self._lost(item))
        head, tables = message
        if self._megabytes() > _RENEW_MB:
            self._end()
        if head.get("done"):
            return Answer(seconds, tables)
        kind = head["kind"]
        return Answer(seconds, {}, kind, self._told(item, kind) if kind == "memory" else head["reason"])

    def close(self) -> None:
        """End the process, also while it works; a thread that waits for it gets `Stopped`."""
        self._closed = True
        self._end()

    def _running(self) -> subprocess.Popen[bytes]:
        if self._process is not None and self._process.poll() is None:
            return self._process
        process = subprocess.Popen(
            [sys.executable, "-P", "-m", "nlp_reform.batch.analyst"], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL, env=_environment(self.orders), start_new_session=os.name == "posix",
        )
        self._process, self._gauge = process, _gauge(process)
        if self._closed:
            self._end()
        threading.Thread(target=self._watch, args=(process,), daemon=True).start()
        settings = {"codebooks": self.orders.codebooks, "work": self.orders.work, "words": self.orders.words,
                    **asdict(self.orders.limits)}
        message = self._talk(process, settings, _START_SECONDS)
        if message is None or "refused" in message[0]:
            self._end()
            if self._closed:
                raise Stopped
            reason = message[0]["refused"] if message else f"a worker process does not start ({self._why or 'it died'})"
            raise ReformError(reason)
        return process

    def _talk(
        self, process: subprocess.Popen[bytes], head: dict[str, Any], seconds: float
    ) -> tuple[dict[str, Any], dict[str, pa.Table]] | None:
        """Send a message and return the answer, None when the process was ended or died before it came."""
        assert process.stdin is not None and process.stdout is not None
        with self._lock:
            self._why, self._deadline = "", time.monotonic() + seconds
        try:
            wire.send(process.stdin, head)
            message = wire.receive(process.stdout)
        except (OSError, ValueError):
            message = None
        with self._lock:
            self._deadline = None
            return None if self._why else message

    def _watch(self, process: subprocess.Popen[bytes]) -> None:
        """Kill the process when a document takes too long or too much."""
        while process.poll() is None:
            with self._lock:
                if process is self._process and self._deadline is not None:
                    if time.monotonic() > self._deadline:
                        self._why = "timeout"
                    elif self._megabytes() > self.orders.limits.memory:
                        self._why = "memory"
                    if self._why:
                        break
            time.sleep(_LOOK_EVERY)
        _kill(process)

    def _lost(self, item: Item) -> tuple[str, str]:
        why, process = self._why, self._process
        code = process.wait() if process is not None else 0
        self._end()
        if self._closed:
            raise Stopped
        kind = why or "crash"
        return kind, self._told(item, kind, code)

    def _told(self, item: Item, kind: str, code: int = 0) -> str:
        limits = self.orders.limits
        if kind == "timeout":
            return f"{item.name}: takes more than {limits.timeout:g} seconds; split it, or raise --timeout"
        if kind == "memory":
            return f"{item.name}: needs more than {limits.memory} MB; split it, or raise --memory"
        end = signal.Signals(-code).name if code < 0 else f"exit code {code}"
        return f"{item.name}: its process died ({end}); report it, or save the document as .txt"

    def _end(self) -> None:
        process, self._process = self._process, None
        if process is not None:
            _kill(process)
            for stream in (process.stdin, process.stdout):
                if stream is not None and not self._closed:
                    with suppress(OSError):
                        stream.close()

    def _megabytes(self) -> float:
        import psutil

        try:
            return float(self._gauge.memory_info().rss) / (1 << 20) if self._gauge else 0.0
        except psutil.Error:
            return 0.0


def _gauge(process: subprocess.Popen[bytes]) -> psutil.Process | None:
    import psutil

    try:
        return psutil.Process(process.pid)
    except psutil.Error:
        return None


def _kill(process: subprocess.Popen[bytes]) -> None:
    """End a process and all that it started."""
    import psutil

    try:
        family = psutil.Process(process.pid).children(recursive=True) if process.poll() is None else []
    except psutil.Error:
        family = []
    process.kill()
    for one in family:
        with suppress(psutil.Error):
            one.kill()
    process.wait()


def _environment(orders: Orders) -> dict[str, str]:
    """Return the environment of an analyst: this very package, one thread for algebra, absolute folders."""
    found = {**os.environ, **dict(orders.environment)}
    home = str(resources.PACKAGE.parent)
    found["PYTHONPATH"] = os.pathsep.join(filter(None, [home, found.get("PYTHONPATH", "")]))
    found |= dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")
    return found


_mine = threading.local()
_all: set[Analyst] = set()
_over: set[str] = set()
_turn = threading.Lock()


def analyst(orders: Orders) -> Analyst:
    """Return this thread's analyst for these orders; it lives on to the next shard. Raises `Stopped` after `end`."""
    kept: Analyst | None = getattr(_mine, "kept", None)
    if kept is None or kept.orders != orders:
        if kept is not None:
            _all.discard(kept)
            kept.close()
        with _turn:
            if orders.run in _over:
                raise Stopped
            kept = _mine.kept = Analyst(orders)
            _all.add(kept)
    return kept


def end(run: str | None = None) -> None:
    """End the analysts of a run in this process, None those of all; a thread that waits for one gets `Stopped`."""
    with _turn:
        ended = [one for one in _all if run in (None, one.orders.run)]
        _over.update(one.orders.run for one in ended)
        if run is not None:
            _over.add(run)
        _all.difference_update(ended)
    for one in ended:
        one.close()


atexit.register(end)
