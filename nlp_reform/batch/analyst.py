"""The process that reads and analyses: one document at a time, told over standard input, answered on standard output.

Started by `watch.Analyst` as `python -m nlp_reform.batch.analyst`; ends when its standard input does. It is made to
be killed: it writes no file.
"""

from __future__ import annotations

import faulthandler
import gc
import os
import sys
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from nlp_reform.batch import wire
from nlp_reform.batch.manifest import words
from nlp_reform.batch.orders import Work
from nlp_reform.batch.similar import signature
from nlp_reform.batch.tables import SIGNATURES
from nlp_reform.errors import ReformError
from nlp_reform.pipeline import Pipeline, Stage, standard
from nlp_reform.read import from_path, from_text
from nlp_reform.tables import DOCUMENT_TABLES, arrow, rows

if TYPE_CHECKING:
    import pyarrow as pa

_WARMING = "一、总体要求\n1.加强建设，到2025年达到90%以上。"
"""Loads lexicons and models before the first document, whose time they are not to take."""
_GRACE = 10.0
"""Seconds after its time is over that a document may still take where the run that should end it is itself gone."""


def main() -> None:
    """Answer until the other side is gone."""
    requests, answers = sys.stdin.buffer, _private_output()
    told = wire.receive(requests)
    if told is None:
        return
    settings, _ = told
    _bound_memory(settings["memory"])
    try:
        if words() != settings["words"]:
            raise ReformError("a worker has another version of nlp-reform, or other lexicons or models, than the run "
                              "that gave it work; install the same everywhere")
        analyse = _analysis(settings["codebooks"], settings["work"])
    except ReformError as error:
        wire.send(answers, {"refused": str(error)})
        return
    gc.collect()
    gc.freeze()
    gc.set_threshold(1_000_000)
    wire.send(answers, {"ready": True})
    while (message := wire.receive(requests)) is not None:
        faulthandler.dump_traceback_later(settings["timeout"] + _GRACE, exit=True)  # works where Python itself hangs
        head, tables = _answer(message[0], analyse)
        faulthandler.cancel_dump_traceback_later()
        wire.send(answers, head, tables)


def _private_output() -> IO[bytes]:
    """Return standard output as a stream of our own: what a library prints goes nowhere."""
    mine = os.fdopen(os.dup(1), "wb")
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.close(nowhere)
    return mine


def _bound_memory(megabytes: int) -> None:
    """Let the system refuse what is far above the cap, for the case that it grows faster than anybody looks."""
    try:
        import resource
    except ImportError:  # not on this platform: the watch alone holds the cap
        return
    most = (2 * megabytes + 1024) << 20
    _, hard = resource.getrlimit(resource.RLIMIT_DATA)
    if hard == resource.RLIM_INFINITY or hard > most:
        resource.setrlimit(resource.RLIMIT_DATA, (most, hard))


def _analysis(codebooks: list[str], work: Work) -> Callable[[Mapping[str, Any]], dict[str, pa.Table]]:
    """Return the function from a document's item to its tables."""
    from nlp_reform import normalise

    sign = Pipeline([Stage("normalise", ("view", "script"), ("text",), normalise.find)])
    pipeline = sign if work == "sign" else standard(codebooks)
    pipeline(from_text(_WARMING))

    def analyse(item: Mapping[str, Any]) -> dict[str, pa.Table]:
        document = pipeline(replace(from_path(Path(item["path"]), name=item["name"]), id=item["id"]))
        given = {key: item[key] for key in ("year", "issuer") if item[key] is not None}
        document = replace(document, **given)
        found = {} if work == "sign" else {
            name: arrow(table, rows([document], name)) for name, table in DOCUMENT_TABLES.items()}
        if work != "analyse":
            sketch = {"document_id": document.id, "signature": signature(document.view.text)}
            found[SIGNATURES.name] = arrow(SIGNATURES, [sketch])
        return found

    return analyse


def _answer(item: Mapping[str, Any], analyse: Callable[..., dict[str, pa.Table]]) -> tuple[dict[str, Any], Any]:
    try:
        return {"done": True}, analyse(item)
    except ReformError as error:
        return {"kind": "read", "reason": str(error)}, None
    except MemoryError:
        return {"kind": "memory"}, None
    except Exception as error:
        reason = f"{item['name']}: {type(error).__name__}: {error}; this is a fault of the program: report it"
        return {"kind": "fault", "reason": reason.replace("\n", " ")}, None


if __name__ == "__main__":
    main()
