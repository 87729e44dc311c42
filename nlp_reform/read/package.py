"""The parts of a Word file, unpacked within limits; no entity is expanded and nothing outside is fetched."""

from __future__ import annotations

import io
import posixpath
import zipfile
import zlib
from typing import TYPE_CHECKING

from nlp_reform.errors import ReadError
from nlp_reform.read import limits

if TYPE_CHECKING:
    from lxml.etree import _Element

_CHUNK = 1 << 16


class Package:
    """An Open Packaging file: parts by name, and the parts each refers to."""

    def __init__(self, data: bytes, name: str) -> None:
        """Open the archive; raises `ReadError` when it is damaged or holds too many files."""
        self._name = name
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except (zipfile.BadZipFile, OSError, ValueError) as error:
            raise self._damaged() from error
        if len(self._zip.filelist) > limits.MAX_ENTRIES:
            count = len(self._zip.filelist)
            raise ReadError(f"{name}: holds {count:,} files (at most {limits.MAX_ENTRIES:,}); save its text as .txt")
        self._files = {info.filename.lstrip("/").lower(): info for info in self._zip.filelist}

    def _damaged(self) -> ReadError:
        return ReadError(f"{self._name}: is a Word file that is damaged or cut short; fetch it again or save it anew")

    def part(self, path: str) -> bytes | None:
        """Return a part unpacked, None when there is none; raises `ReadError` past the limits or when damaged."""
        info = self._files.get(path.lstrip("/").lower())
        if info is None:
            return None
        if info.flag_bits & 1:
            raise ReadError(f"{self._name}: is encrypted; save it without a password")
        pieces, size = [], 0
        try:
            with self._zip.open(info) as stream:
                while piece := stream.read(_CHUNK):
                    size += len(piece)
                    bloated = size > limits.RATIO_FREE_BYTES and size > limits.MAX_RATIO * max(info.compress_size, 1)
                    if size > limits.MAX_PART_BYTES or bloated:
                        raise ReadError(f"{self._name}: unpacks to far more than its size (a zip bomb?)")
                    pieces.append(piece)
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError) as error:
            raise self._damaged() from error
        return b"".join(pieces)

    def xml(self, path: str) -> _Element | None:
        """Return the root of an XML part, None when there is none; raises `ReadError` when it declares a DTD."""
        from lxml import etree

        data = self.part(path)
        if data is None:
            return None
        parser = etree.XMLParser(
            resolve_entities=False, no_network=True, load_dtd=False, dtd_validation=False, huge_tree=False,
            remove_comments=True, remove_pis=True,
        )
        try:
            root = etree.fromstring(data, parser)
        except (etree.XMLSyntaxError, ValueError) as error:
            raise self._damaged() from error
        if root.getroottree().docinfo.internalDTD is not None:
            raise ReadError(f"{self._name}: declares entities, which Word never does; open it in Word and save it anew")
        return root

    def related(self, path: str = "") -> dict[str, str]:
        """Return the parts that one refers to (the package itself for ""): last word of the kind → path."""
        folder, file = posixpath.split(path)
        root = self.xml(posixpath.join(folder, "_rels", f"{file}.rels"))
        found: dict[str, str] = {}
        for relation in root if root is not None else ():
            if relation.get("TargetMode") == "External":
                continue
            kind, target = relation.get("Type", "").rsplit("/", 1)[-1], relation.get("Target", "")
            found.setdefault(kind, posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/"))
        return found
