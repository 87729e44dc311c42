"""What the tests of batch share: a folder of made-up notices, running it, and reading what came out."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

ROOT = Path(__file__).resolve().parents[1]
LINES = (
    "加强科普场馆建设，到2025年达到{n}个以上。", "各单位应当建立台账，不得少于{n}次。", "由省教育厅牵头，市财政局配合，{n}月底前完成。",
    "鼓励社会力量参与，投入不低于{n}万元。", "原则上每季度通报{n}次进展情况。", "推动服务覆盖率由{n}%提高到9{n}%。",
    "贯彻落实《云岭省科普条例》（云政发〔2019〕{n}号）。",
)


def folder(place: Path, count: int, lines: int = 6) -> Path:
    """Make a folder of `count` short notices, all different."""
    place.mkdir(parents=True, exist_ok=True)
    for number in range(count):
        body = "".join(f"{at + 1}.{LINES[(at * 5 + number) % len(LINES)].format(n=number + at + 1)}\n" for at in range(lines))
        (place / f"notice-{number:03d}.txt").write_text(f"关于第{number}项工作的通知\n\n一、重点任务\n{body}", encoding="utf-8")
    return place


def command(*arguments: object) -> list[str]:
    return [sys.executable, "-m", "nlp_reform", "batch", *map(str, arguments)]


def run(*arguments: object, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command(*arguments), capture_output=True, text=True, timeout=300,
                          env={**os.environ, "PYTHONPATH": str(ROOT), **environment})


def manifest(output: Path) -> dict[str, Any]:
    return json.loads((output / "manifest.json").read_text(encoding="utf-8"))


def deterministic(output: Path) -> dict[str, bytes]:
    """Return every file of a data set, the manifest without its part `run`."""
    found = {str(path.relative_to(output)): path.read_bytes() for path in sorted(output.rglob("*.parquet"))}
    head = manifest(output)
    head.pop("run")
    return {**found, "manifest.json": json.dumps(head, sort_keys=True).encode()}


def read(output: Path, table: str) -> pa.Table:
    return pa.concat_tables([pq.ParquetFile(path).read() for path in sorted((output / table).glob("*.parquet"))])


def left_over(output: Path) -> list[str]:
    return [path.name for path in output.rglob("*.tmp")]
