"""What was done, written down so that it can be done again: manifests of every command that turns documents into files.

A manifest (`nlp-reform/manifest/1`) holds the command and its settings, the sha256 of every input and output, what it
was made with, and the versions of Python and of the libraries that read and cut the texts. Its paths are relative to
itself.
"""

from __future__ import annotations

import json
import os
import platform
import tempfile
from collections.abc import Callable, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from hashlib import sha256
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from nlp_reform import api, looking, project
from nlp_reform.classify import chosen
from nlp_reform.errors import ReadError, ReformError
from nlp_reform.export.write import write
from nlp_reform.jsonable import plain
from nlp_reform.model import Document
from nlp_reform.provenance import made_with

SCHEMA = "nlp-reform/manifest/1"
_LIBRARIES = ("charset-normalizer", "jieba", "lxml", "numpy", "opencc", "pdfplumber", "pypdfium2", "python-docx",
              "rjieba", "scipy")
"""Libraries whose versions can change what is read, cut or scored."""


@dataclass(frozen=True, slots=True)
class Repeat:
    """A run done again: inputs that changed, versions and words that differ, outputs with whether they are the same."""

    changed: tuple[str, ...]
    different: tuple[str, ...]
    outputs: tuple[tuple[Path, bool], ...]

    @property
    def identical(self) -> bool:
        """Whether every output came out byte by byte as it was."""
        return all(same for _, same in self.outputs)


def record(
    command: str, settings: Mapping[str, Any], inputs: Sequence[str | Path], output: str | Path | None,
    outputs: Sequence[Path], manifest: str | Path | None = None,
) -> Path | None:
    """Write the manifest of a run and return its path; None where no manifest is asked for.

    Raises `ReformError` where an input is standard input, or the run wrote no files: neither can be had again.
    """
    if manifest is None:
        return None
    check(inputs, output, manifest)
    place, output = Path(manifest), output or ""
    folder = Path(output).is_dir() or str(output).endswith("/")
    root = Path(output) if folder else Path(output).parent
    used = chosen(settings["codebook"])
    books = [_there(place, name) if name.endswith(".toml") else name for name in used]
    config = project.active().path
    told = {
        "schema": SCHEMA, "command": command, "settings": {**settings, "codebook": books},
        "config": _there(place, config) if config else None,
        "inputs": [{"path": _there(place, name), "sha256": _sha256(Path(name))} for name in inputs],
        "output": {"name": "" if folder else Path(output).name, "folder": _there(place, root)},
        "outputs": [{"path": path.relative_to(root).as_posix(), "sha256": _sha256(path)} for path in outputs],
        "made_with": plain(made_with(used)), "versions": _versions(),
    }
    return write(place, json.dumps(told, ensure_ascii=False, indent=1) + "\n")


def check(inputs: Sequence[str | Path], output: str | Path | None, manifest: str | Path | None) -> None:
    """Raise `ReformError` where a manifest is asked for and the run cannot be done again from files."""
    if manifest is not None and (output is None or any(str(name) == "-" for name in inputs)):
        raise ReformError(f"{manifest}: a manifest needs files to read and -o to write, not standard input or output")


def rerun(file: str | Path, output: str | Path | None = None) -> Repeat:
    """Do again what a manifest file tells, into the folder `output` (None: nowhere), and say what is not as it was.

    The outputs that were written at first are left alone. Raises `ReadError` for what is no manifest and for inputs
    that cannot be read, `ConfigError` when the settings then in force are not to be had.
    """
    place = Path(file)
    told = _load(place)
    if told["config"]:
        project.use(place.parent / told["config"])
    settings = {**told["settings"], "codebook": [
        str(place.parent / name) if name.endswith(".toml") else name for name in told["settings"]["codebook"]]}
    files = [place.parent / one["path"] for one in told["inputs"]]
    changed = tuple(f"{path}: {'cannot be read' if now is None else 'is not as it was'}"
                    for path, one in zip(files, told["inputs"], strict=True) if (now := _sha256(path)) != one["sha256"])
    with tempfile.TemporaryDirectory() if output is None else nullcontext(output) as folder:
        root = Path(folder)
        _COMMANDS[told["command"]](files, settings, f"{root}/{told['output']['name']}")
        outputs = tuple((root / one["path"], _sha256(root / one["path"]) == one["sha256"]) for one in told["outputs"])
    return Repeat(changed, tuple(_different(told, made_with(chosen(settings["codebook"])))), outputs)


def _extract(files: Sequence[Path], settings: Mapping[str, Any], output: str) -> None:
    found = _documents(files, settings)
    api.export(found, output, settings["format"], settings["text"], settings["table"])


def _compare(files: Sequence[Path], settings: Mapping[str, Any], output: str) -> None:
    before, after = _documents(files, settings)
    done = api.compare(before, after, settings["mode"], grain=settings.get("grain", "directive"))
    api.write_comparison(done, output, settings["format"], settings["table"])


def _track(files: Sequence[Path], settings: Mapping[str, Any], output: str) -> None:
    history = api.track(_documents(files, settings), settings["phrase"])
    api.write_history(history, output, settings["format"], settings["table"])


def _graph(files: Sequence[Path], settings: Mapping[str, Any], output: str) -> None:
    api.write_graph(api.build_graph(_documents(files, settings), **settings["part"]), output, settings["format"])


def _report(files: Sequence[Path], settings: Mapping[str, Any], output: str) -> None:
    looking.report(_documents(files, settings), output, settings["lang"])


def _view(files: Sequence[Path], settings: Mapping[str, Any], output: str) -> None:
    looking.view(_documents(files, settings), output, settings["lang"])


def _plot(files: Sequence[Path], settings: Mapping[str, Any], output: str) -> None:
    looking.plot(_documents(files, settings), output, settings["chart"], settings["format"], settings["lang"],
                 settings["font"])


_COMMANDS: dict[str, Callable[[Sequence[Path], Mapping[str, Any], str], None]] = {
    "extract": _extract, "graph": _graph, "compare": _compare, "track": _track, "report": _report, "view": _view,
    "plot": _plot,
}


def _documents(files: Sequence[Path], settings: Mapping[str, Any]) -> list[Document]:
    """Return the documents that can be read, as the command does; raises the first error where none can."""
    found = [one for _, one in api.extract_many(files, settings["codebook"])]
    errors = [one for one in found if isinstance(one, Exception)]
    if len(errors) == len(found):
        raise errors[0]
    return [one for one in found if isinstance(one, Document)]


def _different(told: Mapping[str, Any], now: Any) -> list[str]:
    """Return a line for every version or hash that is not as it was."""
    lines = []
    here: dict[str, Any] = plain(now)
    for name, before in told["made_with"].items():
        if before != here.get(name):
            shown = f": {before} then, {here.get(name)} now" if name == "version" else " are not as they were"
            lines.append(f"{name}{shown}")
    versions = _versions()
    for name in sorted({*told["versions"], *versions}):
        one, other = told["versions"].get(name), versions.get(name)
        if one != other:
            lines.append(f"{name}: {one or 'not there'} then, {other or 'not there'} now")
    return lines


def _load(place: Path) -> dict[str, Any]:
    try:
        told: dict[str, Any] = json.loads(place.read_text(encoding="utf-8"))
        if told["schema"] == SCHEMA and told["command"] in _COMMANDS:
            return told
    except OSError as error:
        raise ReadError(f"{place}: cannot be read ({error.strerror}); name the file that --manifest wrote") from error
    except (ValueError, KeyError, TypeError):
        pass
    raise ReadError(f"{place}: is no manifest of {SCHEMA}; name the file that --manifest wrote")


def _versions() -> dict[str, str]:
    found = {"python": platform.python_version()}
    for name in _LIBRARIES:
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            continue
    return found


def _there(manifest: Path, name: str | Path) -> str:
    """Return a path relative to the manifest's folder; absolute where they share no root."""
    try:
        return Path(os.path.relpath(name, manifest.parent)).as_posix()
    except ValueError:
        return Path(name).absolute().as_posix()


def _sha256(path: Path) -> str | None:
    try:
        return sha256(path.read_bytes()).hexdigest() if path.is_file() else None
    except OSError:
        return None
