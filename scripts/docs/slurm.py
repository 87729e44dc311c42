"""A Slurm cluster of one node, this machine, for the page whose program asks for one.

Needs slurmctld, slurmd, slurm-client and munge of Debian.
"""

from __future__ import annotations

import os
import platform
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from unittest import mock

PROGRAMS = ("munged", "slurmctld", "slurmd", "sbatch", "sinfo", "scancel")
STARTS_WITHIN = 30
SETTINGS = """ClusterName=pages
SlurmctldHost={host}(127.0.0.1)
SlurmctldPort={port}
SlurmdPort={next}
SlurmUser={user}
SlurmdUser={user}
AuthType=auth/munge
AuthInfo=socket={place}/munge.socket
CredType=cred/munge
MpiDefault=none
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
SelectType=select/cons_tres
SelectTypeParameters=CR_Core
StateSaveLocation={place}/state
SlurmdSpoolDir={place}/spool
SlurmctldPidFile={place}/slurmctld.pid
SlurmdPidFile={place}/slurmd.pid
NodeName={host} NodeAddr=127.0.0.1 CPUs={cores} RealMemory=4096 State=UNKNOWN
PartitionName=normal Nodes=ALL Default=YES MaxTime=INFINITE State=UP
"""


def lacking() -> tuple[str, ...]:
    """Return the programs that are not here; without one there is no cluster."""
    return tuple(name for name in PROGRAMS if shutil.which(name) is None)


@contextmanager
def started(port: int = 16817) -> Iterator[None]:
    """Run the cluster until the end of the block and point this process's environment at it; all talk is on loopback.

    Raises RuntimeError when no node is idle after `STARTS_WITHIN` seconds.
    """
    with tempfile.TemporaryDirectory(prefix="slurm-", ignore_cleanup_errors=True) as name, ExitStack() as stack:
        place = Path(name)
        for folder in ("state", "spool"):
            (place / folder).mkdir()
        (place / "munge.key").write_bytes(os.urandom(128))
        (place / "munge.key").chmod(0o400)
        user = os.environ.get("USER") or "root"
        (place / "slurm.conf").write_text(SETTINGS.format(
            host=platform.node().split(".")[0], port=port, next=port + 1, user=user, place=place, cores=os.cpu_count()))
        stack.enter_context(mock.patch.dict(
            os.environ, SLURM_CONF=str(place / "slurm.conf"), DASK_JOBQUEUE__SLURM__INTERFACE="lo"))
        stack.enter_context(_running(
            "munged", "--foreground", "--force", f"--key-file={place}/munge.key", f"--socket={place}/munge.socket",
            f"--pid-file={place}/munged.pid", f"--log-file={place}/munged.log", f"--seed-file={place}/munged.seed"))
        stack.enter_context(_running("slurmctld", "-D"))
        stack.enter_context(_running("slurmd", "-D"))
        stack.callback(lambda: subprocess.run(["scancel", f"--user={user}"], capture_output=True, check=False))
        end = time.monotonic() + STARTS_WITHIN
        while "idle" not in subprocess.run(["sinfo", "-h"], capture_output=True, text=True, check=False).stdout:
            if time.monotonic() > end:
                raise RuntimeError("the Slurm cluster of this machine does not start")
            time.sleep(0.2)
        yield


@contextmanager
def _running(*command: str) -> Iterator[None]:
    process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        yield
    finally:
        process.terminate()
        with suppress(subprocess.TimeoutExpired):
            process.wait(10)
        process.kill()
        process.wait()
