"""Messages between a run and its analysts: a JSON head and Arrow tables, each with its length before it. No pickle."""

from __future__ import annotations

import json
import struct
from collections.abc import Mapping
from typing import IO, TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pyarrow as pa

_LENGTH = struct.Struct(">Q")


def send(stream: IO[bytes], head: Mapping[str, Any], tables: Mapping[str, pa.Table] | None = None) -> None:
    """Write one message; raises OSError when nobody reads any more."""
    bodies = {name: _packed(table) for name, table in (tables or {}).items()}
    message = json.dumps({**head, "tables": {name: len(body) for name, body in bodies.items()}}).encode("ascii")
    for piece in (_LENGTH.pack(len(message)), message, *bodies.values()):
        stream.write(piece)
    stream.flush()


def receive(stream: IO[bytes]) -> tuple[dict[str, Any], dict[str, pa.Table]] | None:
    """Return the next message's head and tables, None when the other side is gone."""
    import pyarrow as pa

    length = stream.read(_LENGTH.size)
    if len(length) < _LENGTH.size:
        return None
    message = stream.read(_LENGTH.unpack(length)[0])
    if len(message) < _LENGTH.unpack(length)[0]:
        return None
    head = json.loads(message)
    tables = {}
    for name, size in head.pop("tables").items():
        body = stream.read(size)
        if len(body) < size:
            return None
        tables[name] = pa.ipc.open_stream(body).read_all()
    return head, tables


def _packed(table: pa.Table) -> bytes:
    import pyarrow as pa

    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, table.schema) as writer:
        writer.write_table(table)
    return bytes(sink.getvalue())
