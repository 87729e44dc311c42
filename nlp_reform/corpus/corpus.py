"""The corpus: documents read lazily, filtered, counted, compared, and handed on as pandas frames."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from nlp_reform import api, counting
from nlp_reform.classify import chosen
from nlp_reform.corpus.cache import Cache, user_cache
from nlp_reform.corpus.conditions import meets
from nlp_reform.corpus.sources import Entry, distinctly, in_folder, in_manifest
from nlp_reform.errors import ReformError
from nlp_reform.lexis import KEYNESS, KWIC, STATS, Features
from nlp_reform.model import Document
from nlp_reform.model.notebook import listing
from nlp_reform.provenance import digest, made_with
from nlp_reform.tables import frame, to_frame

if TYPE_CHECKING:
    import networkx as nx
    import pandas as pd

    from nlp_reform.align import Comparison, History

_READY = 256
"""Documents kept in memory at most."""


class Failure(NamedTuple):
    """A document that could not be had: its name and the reason, one line with the way out."""

    name: str
    reason: str


class _Shelf:
    """What a corpus and its parts share: the documents in memory, the cache, the failures."""

    def __init__(self, codebook: Sequence[str], cache: Cache | None) -> None:
        self.codebook = tuple(codebook)
        self.cache = cache
        self.failures: dict[str, Failure] = {}
        self._ready: OrderedDict[str, Document] = OrderedDict()

    def get(self, entry: Entry) -> Document | None:
        """Return an entry's document, None where it cannot be had: the failures then say why."""
        if entry.document is not None:
            return entry.document
        if entry.id in self.failures:
            return None
        found = self._ready.get(entry.id)
        if found is None:
            try:
                found = self._kept(entry)
            except Exception as error:
                reason = str(error) if isinstance(error, ReformError) else f"{type(error).__name__}: {error}"
                self.failures[entry.id] = Failure(entry.name, reason)
                return None
            self._ready[entry.id] = found
            while len(self._ready) > _READY:
                self._ready.popitem(last=False)
        else:
            self._ready.move_to_end(entry.id)
        return replace(found, **entry.given)  # type: ignore[arg-type]

    def _kept(self, entry: Entry) -> Document:
        from nlp_reform.read import from_path

        path = entry.path or Path(entry.name)
        key = self._key(entry, path) if self.cache else None
        found = self.cache.get(key) if self.cache and key else None
        if found is None:
            found = api.analyse(replace(from_path(path, name=entry.name), id=entry.id), self.codebook)
            if self.cache and key:
                self.cache.put(key, found)
        return found

    def _key(self, entry: Entry, path: Path) -> str | None:
        """Return a hash of all that the document depends on; None for a file that cannot be read: reading says why."""
        try:
            data = sha256(path.read_bytes()).hexdigest() if path.is_file() else None
        except OSError:
            return None
        made = made_with(chosen(self.codebook))
        return data and digest({"data": data, "id": entry.id, "name": entry.name, "made_with": repr(made)})


class Corpus:
    """Many documents, analysed when they are first needed.

    Make one with `from_folder`, `from_manifest` or `from_documents`. Analysed documents are kept between sessions in
    the user's cache folder, by a hash of the file, the version, lexicons, models and codebooks; `cache=False` switches
    that off, a path puts it elsewhere. What cannot be read is in `failures` and does not stop the rest.
    """

    def __init__(self, entries: Sequence[Entry], shelf: _Shelf, conditions: Sequence[Mapping[str, Any]] = ()) -> None:
        """Take the entries; use the `from_` methods instead."""
        self._entries = tuple(entries)
        self._shelf = shelf
        self._conditions = tuple(conditions)

    @classmethod
    def from_folder(
        cls, path: str | Path, pattern: str = "**/*", codebook: Sequence[str] = (), cache: bool | str | Path = True
    ) -> Corpus:
        """Take the files of a folder that match a pattern (`*.txt`, `**/*.pdf`), in order of their names.

        Raises `ReadError` when there is no such folder or nothing in it matches.
        """
        return cls(in_folder(Path(path), pattern), _Shelf(codebook, _cache(cache)))

    @classmethod
    def from_manifest(cls, path: str | Path, codebook: Sequence[str] = (), cache: bool | str | Path = True) -> Corpus:
        """Take the documents of a table (CSV, TSV, XLSX, JSON lines) with the column `path`, relative to the table.

        `id`, `title`, `issuer`, `number`, `date` and `year` go before what the documents say of themselves; any other
        column can be filtered by and is in `metadata()`. Raises `ReadError` naming the row at fault.
        """
        return cls(in_manifest(Path(path)), _Shelf(codebook, _cache(cache)))

    @classmethod
    def from_documents(cls, documents: Iterable[Document]) -> Corpus:
        """Take documents analysed already."""
        entries = distinctly(Entry(one.id, one.source.name, document=one) for one in documents)
        return cls([replace(entry, document=replace(entry.document, id=entry.id)) if entry.document else entry
                    for entry in entries], _Shelf((), None))

    @property
    def documents(self) -> Iterator[Document]:
        """The documents in their order, each read when its turn comes."""
        return (document for _, document in self._pairs())

    @property
    def failures(self) -> tuple[Failure, ...]:
        """The documents that could not be had so far, with the reasons; complete after a run over all documents."""
        return tuple(self._shelf.failures.values())

    def __iter__(self) -> Iterator[Document]:
        """Iterate over `documents`."""
        return self.documents

    def __len__(self) -> int:
        """Return how many documents there are; of a filtered corpus they are read for it."""
        return sum(1 for _ in self._pairs()) if self._conditions else len(self._entries)

    def __getitem__(self, key: str | int) -> Document:
        """Return a document by its id or its place; raises KeyError or IndexError, and `ReformError` if unreadable."""
        if isinstance(key, int):
            return list(self.documents)[key] if self._conditions else self._must(self._entries[key])
        found = next((entry for entry in self._entries if entry.id == key), None)
        if found is None:
            raise KeyError(f"no document {key!r}; ids are such as {', '.join(e.id for e in self._entries[:5])}")
        return self._must(found)

    def filter(self, **conditions: Any) -> Corpus:
        """Return the part of the corpus that meets all conditions; nothing is read until it is used.

        By `id`, `title`, `issuer`, `number`, `date`, `year`, `script`, `genre` or a column of the manifest: a value, a
        collection of values (`year=range(2015, 2020)`), or a function of the value. Script does not matter.
        """
        return Corpus(self._entries, self._shelf, (*self._conditions, conditions))

    def metadata(self) -> pd.DataFrame:
        """Return the manifest's columns as a frame with `document_id`, to be merged with any table."""
        import pandas as pd

        rows = [{"document_id": document.id, **entry.known} for entry, document in self._pairs()]
        return pd.DataFrame(rows, columns=list(dict.fromkeys(["document_id", *(key for row in rows for key in row)])),
                            dtype="string")

    def to_frame(self, table: str = "directives") -> pd.DataFrame:
        """Return a table over all documents as a tidy DataFrame; `nlp_reform.tables.TABLES` names the tables."""
        return to_frame(self.documents, table)

    def to_parquet(self, folder: str | Path) -> tuple[Path, ...]:
        """Write every table as `TABLE.parquet` into a folder and return the paths; raises `ExportError`."""
        return api.export(self.documents, f"{folder}/", "parquet")

    def export(self, output: str | Path, format: str = "json", text: bool = True,
               table: str = "directives") -> tuple[Path, ...]:
        """Write the documents as `nlp_reform.export` does."""
        return api.export(self.documents, output, format, text, table)

    def kwic(self, term: str | Sequence[str], window: int = 20, regex: bool = False) -> pd.DataFrame:
        """Return every occurrence of a term, or of several, in its context; in either script and wording."""
        return frame(KWIC, counting.kwic(self.documents, term, window, regex))

    def keyness(
        self, a: Any, b: Any = None, measure: str = "log_likelihood", least: int = 3, top: int | None = None
    ) -> pd.DataFrame:
        """Return the words that mark part `a` against part `b`, or where `b` is None against all else.

        A part is a year, an id or ids, documents, a corpus, or conditions as `filter` takes them. Measures are
        log_likelihood (G²), chi_square and log_ratio; the table has all three.
        """
        target = self.part(a)
        ids = {document.id for document in target}
        other = [document for document in self if document.id not in ids] if b is None else self.part(b)
        return frame(KEYNESS, counting.keyness(target, other, measure, least, top))

    def dfm(
        self, by: Literal["document", "directive"] = "document",
        weight: Literal["count", "relative", "tfidf", "present"] = "count", least: int = 1, least_texts: int = 1,
    ) -> Features:
        """Return the document-feature matrix: scipy sparse `matrix`, `names`, `rows`; `to_frame()` for pandas."""
        return counting.dfm(self.documents, by, weight, least, least_texts)

    def stats(self) -> pd.DataFrame:
        """Return a row of figures a document: length, words, sentences, directives, strength, targets."""
        return frame(STATS, counting.stats(self.documents))

    def compare(self, a: Any, b: Any, mode: str = "years", grain: str = "directive") -> Comparison:
        """Compare two documents, by id, year or themselves; see `nlp_reform.compare`."""
        return api.compare(self._one(a), self._one(b), mode, grain=grain)

    def track(self, phrase: Sequence[str] = ()) -> History:
        """Follow measures, indicators and phrases through all documents; see `nlp_reform.track`."""
        return api.track(self.documents, [phrase] if isinstance(phrase, str) else phrase)

    def graph(self, **choices: Any) -> nx.MultiDiGraph[str]:
        """Return the directive graph of all documents; `choices` are those of `nlp_reform.build_graph`."""
        return api.build_graph(self.documents, **choices)

    def part(self, which: Any) -> list[Document]:
        """Return the documents of a part: a corpus, documents or ids, a year, or conditions as `filter` takes them."""
        if isinstance(which, Mapping):
            return list(self.filter(**which))
        if isinstance(which, int):
            return list(self.filter(year=which))
        if isinstance(which, Document):
            return [which]
        if isinstance(which, str):
            return [self[which]]
        return [one if isinstance(one, Document) else self[one] for one in which]

    def _one(self, which: Any) -> Document:
        found = self.part(which)
        if len(found) != 1:
            shown = ", ".join(document.id for document in found) or "none"
            raise ReformError(f"{which!r} is to be one document, is {len(found)}: {shown}; name it by its id")
        return found[0]

    def _must(self, entry: Entry) -> Document:
        found = self._shelf.get(entry)
        if found is None:
            raise ReformError(self._shelf.failures[entry.id].reason)
        return found

    def _pairs(self) -> Iterator[tuple[Entry, Document]]:
        columns = {key: "" for entry in self._entries for key in entry.known}
        for entry in self._entries:
            document = self._shelf.get(entry)
            if document and all(meets(document, {**columns, **entry.known}, one) for one in self._conditions):
                yield entry, document

    def __repr__(self) -> str:
        """Say how many documents there are, without reading any."""
        part = " filtered" if self._conditions else ""
        return f"<Corpus of {len(self._entries)} documents{part}, {len(self.failures)} failed>"

    def _repr_html_(self) -> str:
        rows = [[entry.id, entry.name, *entry.known.values()] for entry in self._entries]
        heads = ["id 编号", "source 来源", *dict.fromkeys(key for entry in self._entries for key in entry.known)]
        below = [f"{one.name}: {one.reason}" for one in self.failures]
        return listing(repr(self)[1:-1], heads, rows, below)


def _cache(given: bool | str | Path) -> Cache | None:
    folder: Path | None = user_cache() if given is True else Path(given) if given is not False else None
    return Cache(folder) if folder else None


