"""Coverage-guided fuzzing (atheris) of readers, segmenter, extractors, exporters and comparison.

    python scripts/fuzz.py read|segment|extract|export|compare --runs 100000 [--workdir out/fuzz] [--seed 1]

Each input is checked against `tests/invariants.py`, must not raise anything but a `ReformError`, and may not take
more than a second of processor time for each begun 10 kB. An input that breaks this is kept in `tests/crashers/TARGET/`
(named by its sha256), where `tests/test_crashers.py` replays it ever after; fuzzing goes on. The count of inputs that
actually ran is added to WORKDIR/counts.json. Needs the extra `fuzz`.
"""

from __future__ import annotations

import argparse
import hashlib
import io
import json
import os
import sys
import time
import traceback
import zipfile
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
CRASHERS = ROOT / "tests" / "crashers"
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]
SECONDS_PER_10_KB = 1.0
_DOCX = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_SUFFIXES = (".txt", ".html", ".md", ".docx", "", ".pdf", ".mht", ".htm")
_REPORT_EVERY = 2_000


def text_of(data: bytes) -> str:
    """Make a text of bytes: decoded as they are, or each byte a hostile piece; the first byte tells."""
    from invariants import HOSTILE

    if not data:
        return ""
    if data[0] % 4 == 0:
        return data[1:].decode("utf-8", "surrogatepass" if data[0] % 8 else "replace") if _decodes(data) else ""
    return "".join(HOSTILE[byte % len(HOSTILE)] for byte in data[1:])


def _decodes(data: bytes) -> bool:
    try:
        data[1:].decode("utf-8", "surrogatepass")
    except UnicodeDecodeError:
        return data[0] % 8 == 0
    return True


def read(data: bytes) -> None:
    """Read bytes as a file of some name; a third of them as the body of a Word file."""
    from nlp_reform import read as room

    if not data:
        return
    name = f"fuzz{_SUFFIXES[data[0] % len(_SUFFIXES)]}"
    payload = _word(data[2:]) if name.endswith(".docx") and data[1:2] < b"\xc0" else data[1:]
    document = room.load.from_bytes(payload, name)
    assert document.text.strip()
    document.text.encode("utf-8")


def _word(body: bytes) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("[Content_Types].xml", '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>')
        archive.writestr("_rels/.rels", '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
                         '<Relationship Id="r" Type="x/officeDocument" Target="word/document.xml"/></Relationships>')
        archive.writestr("word/document.xml", b'<w:document xmlns:w="' + _DOCX.encode() + b'"><w:body>' + body
                         + b"</w:body></w:document>")
    return stream.getvalue()


def segment(data: bytes) -> None:
    """Segment a text."""
    from invariants import check_document
    from segmenting import read as structure

    text = text_of(data)
    document = structure(text)
    assert document.text == text
    check_document(document)
    for block in document.blocks:
        assert 0 <= block.start <= block.body <= block.end <= len(document.view.text)


def extract(data: bytes) -> None:
    """Extract everything from a text, twice when it is short: the same comes out."""
    from invariants import check_document

    document = _document(text_of(data))
    check_document(document)
    if len(data) < 16:
        assert _document(document.text) == document


def export(data: bytes) -> None:
    """Write what was found in a text in every format."""
    from invariants import check_graph, check_outputs

    document = _document(text_of(data))
    check_outputs(document)
    check_graph(document)


def compare(data: bytes) -> None:
    """Compare two texts, cut where the first byte says."""
    from invariants import check_comparison

    if len(data) < 3:
        return
    cut = 2 + data[1] * len(data) // 256
    check_comparison(_document(text_of(data[:1] + data[2:cut])), _document(text_of(data[:1] + data[cut:])))


def _document(text: str):  # type: ignore[no-untyped-def]
    from invariants import pipeline

    from nlp_reform.read.load import from_text

    return pipeline()(from_text(text, "fuzz"))


TARGETS: dict[str, Callable[[bytes], None]] = {
    "read": read, "segment": segment, "extract": extract, "export": export, "compare": compare,
}


def run(target: str, data: bytes) -> str | None:
    """Run one input; return what went wrong, None when nothing did."""
    from nlp_reform.errors import ReformError

    start = time.process_time()
    try:
        TARGETS[target](data)
    except ReformError:
        pass
    except BaseException:
        return traceback.format_exc()
    spent, allowed = time.process_time() - start, SECONDS_PER_10_KB * (1 + len(data) // 10_000)
    return f"took {spent:.1f} s of processor time, allowed are {allowed:.1f}" if spent > allowed else None


def seeds(longest: int) -> list[bytes]:
    """Return pieces of the demo corpus as inputs to start from, as text, as files, and as pieces in order."""
    folder = ROOT / "corpora" / "societies-demo" / "raw"
    text = (folder / "2020.txt").read_text(encoding="utf-8")
    size = longest // 4
    chosen = [b"\0" + text[at:at + size].encode("utf-8") for at in range(0, len(text), len(text) // 12)]
    chosen += [bytes([1, *range(at, at + 24)]) for at in range(0, 140, 24)]
    chosen += [bytes([n]) + (folder / name).read_bytes()[:longest] for n, name in ((1, "2021.html"), (5, "2021.pdf"))]
    return [*chosen, b"\3\0<w:p><w:r><w:t>" + text[:40].encode("utf-8") + b"</w:t></w:r></w:p>"]


class Session:
    """Counts inputs, keeps each new kind of failure once, and goes on."""

    def __init__(self, target: str, workdir: Path) -> None:
        """Take the target and where the counts go."""
        self._target = target
        self._counts = workdir / f"counts-{target}-{os.getpid()}.json"
        self._seen: set[str] = set()
        self.ran = 0

    def __call__(self, data: bytes) -> None:
        """Run one input of the fuzzer."""
        self.ran += 1
        wrong = run(self._target, data)
        if wrong and self.ran > 1:  # the first one loads lexicons and models
            self._keep(data, wrong)
        if self.ran % _REPORT_EVERY == 0:
            self.save()

    def _keep(self, data: bytes, wrong: str) -> None:
        kind = "slow" if wrong.startswith("took") else "\n".join(wrong.splitlines()[-4:-1])
        if kind in self._seen:
            return
        self._seen.add(kind)
        folder = CRASHERS / self._target
        folder.mkdir(parents=True, exist_ok=True)
        name = hashlib.sha256(data).hexdigest()[:16]
        (folder / f"{name}.bin").write_bytes(data)
        sys.stderr.write(f"\n=== {self._target} {name}\n{wrong}\n")

    def save(self) -> None:
        """Write how many inputs ran."""
        self._counts.write_text(json.dumps({"target": self._target, "inputs": self.ran, "failures": len(self._seen)}))


def main() -> None:
    """Fuzz one target."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("target", choices=TARGETS)
    parser.add_argument("--runs", type=int, default=100_000)
    parser.add_argument("--workdir", type=Path, default=ROOT / "out" / "fuzz")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--longest", type=int, default=400, help="bytes of an input")
    arguments = parser.parse_args()
    import atheris

    corpus = arguments.workdir / arguments.target
    corpus.mkdir(parents=True, exist_ok=True)
    with atheris.instrument_imports(include=["nlp_reform"], enable_loader_override=False):
        for seed in seeds(arguments.longest):  # what is imported only where it is used is instrumented on the way
            (corpus / f"seed-{hashlib.sha256(seed).hexdigest()[:12]}").write_bytes(seed)
            run(arguments.target, seed)
    session = Session(arguments.target, arguments.workdir)
    options = {"runs": arguments.runs, "seed": arguments.seed, "max_len": arguments.longest, "len_control": 0,
               "timeout": 120, "rss_limit_mb": 4096, "print_final_stats": 1}
    atheris.Setup([sys.argv[0], str(corpus), *(f"-{key}={value}" for key, value in options.items())], session)
    import atexit

    atexit.register(session.save)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
