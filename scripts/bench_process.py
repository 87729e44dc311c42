"""Whole-process figures: wall time and peak memory of commands as a person starts them, cold.

    python scripts/bench_process.py [--runs N]

Prints a table; each row is the median of N fresh processes: seconds by the wall and of processor (they part on a busy
machine). The first start of all compiles patterns and parses lexicons, which are kept for later ones
(nlp_reform/prepared.py): it has a row of its own. `imports` lists which of the heavy libraries the process loaded.
"""

from __future__ import annotations

import argparse
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
SEED = ROOT.parent / "shared" / "seeds"
DEMO = ROOT / "corpora" / "societies-demo" / "raw"
HEAVY = ("spacy", "jieba", "rjieba", "sklearn", "networkx", "pandas", "numpy", "opencc", "trafilatura")


def run(command: list[str], cache: str | None = None) -> tuple[float, float, float]:
    """Return wall seconds, processor seconds and peak resident megabytes of one process."""
    environment = {**os.environ, **({"NLP_REFORM_CACHE": cache} if cache else {})}
    before = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, env=environment)
    _, status, usage = wait(process)
    seconds = time.perf_counter() - before
    if status:
        raise SystemExit(f"{' '.join(command)} ended with {status}")
    return seconds, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def wait(process: subprocess.Popen[bytes]) -> tuple[int, int, resource.struct_rusage]:
    """Wait for one process and return its own resource usage."""
    pid, status, usage = os.wait4(process.pid, 0)
    if process.stderr:
        process.stderr.close()
    process.returncode = os.waitstatus_to_exitcode(status)
    return pid, process.returncode, usage


def loaded(arguments: list[str]) -> str:
    """Return the heavy libraries that a command imports."""
    code = (
        "import sys, io, contextlib\n"
        "from nlp_reform.cli.main import cli\n"
        "with contextlib.redirect_stdout(io.StringIO()):\n"
        f"    cli.main({arguments!r}, standalone_mode=False)\n"
        f"print(*[name for name in {HEAVY!r} if name in sys.modules])\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return done.stdout.strip() or "none"


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=5)
    runs = parser.parse_args().runs
    program = [sys.executable, "-m", "nlp_reform"]
    seed = next(iter(sorted(SEED.glob("*.txt"))), DEMO / "2018.txt")
    report = ROOT.parent / "shared" / "corpus" / "gwr-2018.txt"
    rows = [("--help", ["--help"]), (f"extract {seed.parent.name}/{seed.name[:12]}", ["extract", str(seed)])]
    if report.exists():
        rows.append(("extract gwr-2018.txt (21,393 characters)", ["extract", str(report)]))
    print(f"{'command':44} {'wall s':>8} {'cpu s':>8} {'peak MB':>8}  heavy imports")
    floor = [run([sys.executable, "-c", "pass"]) for _ in range(runs)]
    show("python -c pass (the floor)", floor, "")
    for name, arguments in rows:
        show(name, [run([*program, *arguments]) for _ in range(runs)], loaded(arguments))
    firsts = []
    for _ in range(runs):
        with tempfile.TemporaryDirectory() as cache:
            firsts.append(run([*program, *rows[1][1]], cache))
    show(f"{rows[1][0]}, first start of all", firsts, "")


def show(name: str, figures: list[tuple[float, float, float]], imports: str) -> None:
    """Print a row: the median of the times, the largest memory."""
    wall, processor = (statistics.median(figure[n] for figure in figures) for n in (0, 1))
    print(f"{name:44} {wall:8.3f} {processor:8.3f} {max(figure[2] for figure in figures):8.0f}  {imports}")


if __name__ == "__main__":
    main()
