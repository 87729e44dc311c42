"""Reads gold: stand-off JSON over outside documents, and texts marked in place."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from fnmatch import fnmatch
from pathlib import Path
from typing import Any

from nlp_reform.errors import GoldError
from nlp_reform.evaluate.entries import Assembler, Entry, GoldDocument
from nlp_reform.evaluate.inline import Mark, strip
from nlp_reform.model import Source
from nlp_reform.model.ids import document_id
from nlp_reform.spans import Span

INLINE = ".gold.txt"
"""How the name of a text marked in place ends."""

_KINDS = {"s": "statements", "q": "quantities", "c": "cues", "a": "assignments", "i": "items", "dup": "duplicates",
          "n": "not_items", "t": "absent"}
_KEYS = {"cmp": "comparator", "ind": "indicator", "dir": "direction", "chg": "change", "dl": "deadline",
         "dle": "deadline_elsewhere", "base": "baseline", "bind": "binding", "cond": "condition", "exc": "exception",
         "mod": "modality", "str": "strength", "no": "number", "theme": "themes", "by": "labeller"}
_LISTS = ("statements", "quantities", "cues", "assignments", "absent")


def load_all(paths: Iterable[Path], roots: Sequence[Path] = (), genres: Mapping[str, str] | None = None,
             ) -> tuple[GoldDocument, ...]:
    """Load gold files and whole folders of them, in order of their names.

    `roots` are the folders a stand-off file's `document` may be relative to (tried after the gold's own
    parents); `genres` maps patterns of document names to genres. Raises `GoldError`.
    """
    files: list[Path] = []
    for path in paths:
        files += _folder(path) if path.is_dir() else [path]
    return tuple(load(file, roots, genres) for file in files)


def _folder(path: Path) -> Iterator[Path]:
    yield from sorted(p for p in path.iterdir() if p.suffix == ".json" or p.name.endswith(INLINE))


def load(path: Path, roots: Sequence[Path] = (), genres: Mapping[str, str] | None = None) -> GoldDocument:
    """Load one gold file of either form.

    Raises `GoldError` naming the file when it cannot be read, when its document is not found or has
    changed since (sha256), and naming line and reason when a mark is malformed.
    """
    try:
        written = path.read_bytes().decode("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise GoldError(f"{path}: cannot be read as UTF-8 gold: {error}") from error
    if path.name.endswith(INLINE):
        return _inline(path, written, genres or {})
    return _standoff(path, written, roots, genres or {})


def _inline(path: Path, written: str, genres: Mapping[str, str]) -> GoldDocument:
    """Read a text marked in place; a layer without a single mark in it counts as not marked, not as empty."""
    text, marks = strip(written, str(path))
    name = path.name.removesuffix(INLINE)
    source = _companion(path, name)
    raw = text.encode("utf-8", "surrogatepass")
    if source is not None:
        raw = source.read_bytes()
        if _decode(raw, source) != text:
            raise GoldError(f"{path}: stale: without its marks it is not the text of {source}")
    build = Assembler(document_id(name), text, str(path))
    build.extend(_entry(mark, str(path)) for mark in marks)
    whole = (Span(0, len(text)),)
    return build.finish(
        Source((source or path).name, "text/plain", "utf-8", hashlib.sha256(raw).hexdigest()), path=path, source=source,
        passages=whole, scope=whole if build.items else None, genre=_genre(name, genres, "demo"),
        tasks=frozenset(_KINDS[mark.kind] for mark in marks) & frozenset(_LISTS))


def _companion(path: Path, name: str) -> Path | None:
    """Find the unmarked document of a marked text: beside its folder, under the same stem."""
    for folder in (path.parent.parent / "documents", path.parent.parent / "raw", path.parent.parent, path.parent):
        candidate = folder / f"{name}.txt"
        if candidate.is_file():
            return candidate
    return None


def _entry(mark: Mark, where: str) -> Entry:
    layer = _KINDS.get(mark.kind)
    if layer is None:
        raise GoldError(f"{where}: line {mark.line}: unknown kind of mark {mark.kind!r}; known: {', '.join(_KINDS)}")
    keys: dict[str, Any] = {_KEYS.get(key, key): value for key, value in mark.keys.items()}
    keys = {key: value for key, value in keys.items() if value != ""}
    if layer == "quantities":
        keys.setdefault("comparator", "=")
    return Entry(layer, mark.start, mark.end, keys, str(keys.pop("labeller", "author")), mark.line)


def _standoff(path: Path, written: str, roots: Sequence[Path], genres: Mapping[str, str]) -> GoldDocument:
    try:
        body = json.loads(written)
    except json.JSONDecodeError as error:
        raise GoldError(f"{path}: line {error.lineno}: {error.msg}") from error
    if not isinstance(body, dict) or not isinstance(body.get("document"), str) or "sha256" not in body:
        raise GoldError(f"{path}: line 1: gold needs the keys document and sha256")
    source = _locate(path, body["document"], roots)
    raw = source.read_bytes()
    digest = hashlib.sha256(raw).hexdigest()
    if digest != body["sha256"]:
        raise GoldError(f"{path}: stale: {source} has sha256 {digest[:12]}…, the gold was made on "
                        f"{str(body['sha256'])[:12]}…; mark it again or bring the old text back")
    text = _decode(raw, source)
    build = Assembler(document_id(path.stem), text, str(path))
    entries = list(_entries(path, written, body))
    build.extend(entries)
    passages = _passages(path, body, len(text))
    inside = all(any(a <= entry.start < b for a, b in passages)
                 for entry in entries if entry.layer in ("items", "not_items", "duplicates"))
    scope = None if not build.items else passages if inside else (Span(0, len(text)),)
    return build.finish(
        Source(source.name, "text/plain", "utf-8", digest), path=path, source=source, passages=passages, scope=scope,
        genre=str(body.get("genre") or _genre(source.stem, genres, "")),
        tasks=frozenset(key for key in _LISTS if key in body))


def _decode(raw: bytes, source: Path) -> str:
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError as error:
        raise GoldError(f"{source}: the document of a gold file must be UTF-8: {error}") from error


def _locate(path: Path, document: str, roots: Sequence[Path]) -> Path:
    folders = [path.parent, *path.resolve().parents, *roots, *(p / "shared" for p in path.resolve().parents)]
    for folder in folders:
        if (folder / document).is_file():
            return folder / document
    raise GoldError(f"{path}: its document {document} is not found; looked beside the gold, in the folders above it"
                    + "".join(f", {root}" for root in roots))


def _passages(path: Path, body: Mapping[str, Any], length: int) -> tuple[Span, ...]:
    given = body.get("passages")
    try:
        spans = tuple(Span(int(a), int(b)) for a, b in given) if given is not None else (Span(0, length),)
    except (TypeError, ValueError) as error:
        raise GoldError(f"{path}: passages must be pairs of offsets: {error}") from error
    if any(not 0 <= a < b <= length for a, b in spans):
        raise GoldError(f"{path}: passages lie outside the document (length {length})")
    return spans


def _entries(path: Path, written: str, body: Mapping[str, Any]) -> Iterator[Entry]:
    """Yield the entries of a stand-off body; lines are counted only for the lists as they are walked."""
    labeller = str(body.get("labeller") or "unknown")
    structure = body.get("structure") or {}
    lists = [(key, body[key]) for key in _LISTS if key in body]
    lists += [(key, structure[key]) for key in ("items", "duplicates", "not_items") if key in structure]
    for key, rows in lists:
        if not isinstance(rows, list):
            raise GoldError(f"{path}: line {_line_of(written, key)}: {key} must be a list")
        for line, row in zip(_lines(written, key, len(rows)), rows, strict=True):
            yield _row(str(path), key, row, line, labeller)


def _row(where: str, key: str, row: Any, line: int, labeller: str) -> Entry:
    try:
        start = int(row["start"])
        printed = row.get("label" if key == "items" else "of" if key == "duplicates" else "text")
        end = int(row["end"]) if "end" in row else start + len(printed)
        keys = {k: v for k, v in row.items() if k not in ("start", "end", "labeller")}
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise GoldError(f"{where}: line {line}: {key} entry without readable offsets ({error!r})") from error
    if printed is not None and key in ("items", "duplicates"):
        keys["text"] = printed
    return Entry(key, start, end, keys, str(row.get("labeller") or labeller), line)


def _lines(written: str, key: str, count: int) -> Iterator[int]:
    """Yield the line on which each element of the list under `key` begins."""
    decode = json.JSONDecoder().raw_decode
    found = re.search(rf'"{key}"\s*:\s*\[', written)
    at, line, counted = found.end() if found else 0, 1, 0
    for _ in range(count):
        while written[at] in " \t\r\n,":
            at += 1
        line += written.count("\n", counted, at)
        counted = at
        yield line
        at = decode(written, at)[1]


def _line_of(written: str, key: str) -> int:
    return written.count("\n", 0, max(written.find(f'"{key}"'), 0)) + 1


def _genre(name: str, genres: Mapping[str, str], otherwise: str) -> str:
    return next((genre for pattern, genre in genres.items() if fnmatch(name, pattern)), otherwise)
