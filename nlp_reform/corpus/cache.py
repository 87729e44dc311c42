"""Analysed documents kept in files, by a hash of all they depend on: gzipped JSON, no pickle, safe to delete."""

from __future__ import annotations

import gzip
import json
import warnings
import zlib
from pathlib import Path

from nlp_reform import prepared
from nlp_reform.errors import ExportError
from nlp_reform.export.write import write
from nlp_reform.jsonable import from_dict, layers, to_dict, with_layers
from nlp_reform.model import Document

_FORM = "nlp-reform/cache/1"


def user_cache() -> Path | None:
    """Return the folder of kept documents, in the folder that `NLP_REFORM_CACHE` names; None when it is `off`."""
    folder = prepared.user_cache()
    return folder / "documents" if folder else None


class Cache:
    """A folder of analysed documents, a file each; entries that are damaged or of another key are as if not there."""

    def __init__(self, folder: Path) -> None:
        """Take the folder; it is made with the first entry."""
        self.folder = folder
        self._told = False

    def get(self, key: str) -> Document | None:
        """Return the document kept under a key, None where there is none or it cannot be read whole."""
        try:
            kept = json.loads(gzip.decompress(self._place(key).read_bytes()))
            if (kept["form"], kept["key"]) != (_FORM, key):
                return None
            return with_layers(from_dict(kept["record"]), kept["layers"])
        except (OSError, EOFError, zlib.error, ValueError, KeyError, TypeError, AttributeError):
            return None

    def put(self, key: str, document: Document) -> None:
        """Keep a document whole or not at all; where nothing can be written, say so once and go on."""
        kept = {"form": _FORM, "key": key, "record": to_dict(document), "layers": layers(document)}
        text = json.dumps(kept, ensure_ascii=False, separators=(",", ":"))
        try:
            write(self._place(key), gzip.compress(text.encode("utf-8", "surrogatepass"), 1, mtime=0))
        except ExportError as error:
            if not self._told:
                warnings.warn(f"documents are not kept: {error}", stacklevel=2)
            self._told = True

    def _place(self, key: str) -> Path:
        return self.folder / key[:2] / f"{key}.json.gz"
