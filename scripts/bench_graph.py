"""Graph figures: seconds to build and to write each format, at three sizes, and peak memory of each whole process.

    python scripts/bench_graph.py [--nodes 10000 30000 100000] [--formats gexf csv ...] [--each]

The documents are made up: directives with obligations, targets, actors and themes as plans have them, about two edges
a node. Each size runs in a process of its own, and with --each every format in one (its peak memory is then its own).
"""

from __future__ import annotations

import argparse
import gc
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from nlp_reform.export.graphs import graph_formats, write_graph
from nlp_reform.graph import build, flatten
from nlp_reform.model import (
    Assignment,
    Directive,
    Document,
    Mention,
    Obligation,
    Quantity,
    Section,
    Source,
    Target,
    Theme,
)

_DIRECTIVES = 500
"""Directives of one document; each makes about 3.1 nodes and 6.3 edges."""
_BODY = "推进第{n}项工作的落实，完善制度，健全机制，加强服务，会员应当按时报送材料，全年新增会员{n}人。"
SMALL = ("mermaid",)
"""Formats that refuse a graph of this size."""


def document(number: int, directives: int) -> Document:
    """Return a made-up document of so many directives."""
    name, year = f"doc-{number}", 2000 + number % 25
    parts = [f"{n}.{_BODY.format(n=n)}" for n in range(1, directives + 1)]
    text = "\n".join(parts)
    starts, at = [], 0
    for part in parts:
        starts.append(at)
        at += len(part) + 1

    def mention(n: int, words: str) -> Mention:
        start = starts[n] + parts[n].index(words)
        return Mention(start, start + len(words), words)

    ids = [f"{name}.d{n + 1}" for n in range(directives)]
    everyone = range(directives)
    quantities = tuple(Quantity(f"{ids[n]}.q1", ids[n], *_amount(starts[n], parts[n], n + 1), float(n + 1), None, "人",
                                "=", "target") for n in everyone)
    return Document(
        id=name, text=text, source=Source(f"{name}.txt", "text/plain", "utf-8", "0" * 64), title=f"要点（{year}年）",
        year=year,
        sections=tuple(Section(f"{name}.s{n // 10 + 1}", None, 1, "一、", n, "工作", starts[n], starts[n] + 1)
                       for n in range(0, directives, 10)),
        directives=tuple(Directive(ids[n], f"{name}.s{n // 10 + 1}", (), f"{n + 1}.", n + 1, "explicit",
                                   f"推进第{n + 1}项工作", starts[n], starts[n] + len(parts[n])) for n in everyone),
        obligations=tuple(Obligation(f"{ids[n]}.o1", ids[n], "", "obligation", 4, mention(n, "应当"),
                                     mention(n, "会员") if n % 3 == 0 else None, False, mention(n, "报送材料"),
                                     None, None) for n in everyone),
        assignments=tuple(Assignment(ids[n], Mention(starts[n], starts[n] + 2, f"{(n * 7 + k) % 97}部"), "support")
                          for n in everyone for k in range(n % 2)),
        quantities=quantities,
        targets=tuple(Target(f"{ids[n]}.t1", f"{ids[n]}.q1", ids[n], mention(n, "新增会员") if n % 2 else None,
                             "increase", "by", None, None, None, None) for n in everyone),
        themes=tuple(Theme(ids[n], "societies", ("governance", "academic", "party")[n % 3], 0.5) for n in everyone),
    )


def _amount(start: int, part: str, value: int) -> tuple[int, int, str]:
    words = f"{value}人"
    at = start + part.index(words)
    return at, at + len(words), words


def run(nodes: int, formats: list[str]) -> None:
    """Print one size's figures."""
    gc.set_threshold(1_000_000)  # as the command does
    documents = [document(n, _DIRECTIVES) for n in range(max(1, round(nodes / 3.1 / _DIRECTIVES)))]
    clock = Clock()
    graph = build(documents)
    took = clock.told()
    print(f"{graph.number_of_nodes():>7} nodes {graph.number_of_edges():>7} edges", flush=True)
    print(f"  {'build':<12}{took}", flush=True)
    clock = Clock()
    flatten(graph)
    print(f"  {'flatten':<12}{clock.told()}", flush=True)
    with tempfile.TemporaryDirectory() as folder:
        for name in formats:
            clock = Clock()
            paths = write_graph(graph, Path(folder) / name, name)
            took = clock.told()
            size = sum(path.stat().st_size for path in paths) / 1e6
            print(f"  {name:<12}{took} {size:8.1f} MB  {peak():6.0f} MB peak so far", flush=True)


class Clock:
    """Measures from its making: seconds by the wall and of this process (they part on a busy machine)."""

    def __init__(self) -> None:
        """Start."""
        self._began = time.perf_counter(), time.process_time()

    def told(self) -> str:
        """Return both as text."""
        wall, process = time.perf_counter() - self._began[0], time.process_time() - self._began[1]
        return f"{wall:7.2f} s ({process:6.2f} s of processor)"


def peak() -> float:
    """Return this process's peak resident megabytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main() -> None:
    """Read the arguments and run each size in a fresh process."""
    known = [name for name in graph_formats() if name not in SMALL]
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", maxsplit=1)[0])
    parser.add_argument("--nodes", type=int, nargs="+", default=[10_000, 30_000, 100_000])
    parser.add_argument("--formats", nargs="+", default=known)
    parser.add_argument("--each", action="store_true", help="a process for every format")
    parser.add_argument("--inside", action="store_true", help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.inside:
        run(given.nodes[0], given.formats)
        return
    for nodes in given.nodes:
        for formats in ([[name] for name in given.formats] if given.each else [given.formats]):
            subprocess.run([sys.executable, __file__, "--inside", "--nodes", str(nodes), "--formats", *formats],
                           check=True)


if __name__ == "__main__":
    main()
