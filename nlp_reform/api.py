"""One function a verb, with the names and defaults of the commands."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from nlp_reform.model import Document

if TYPE_CHECKING:
    import networkx as nx
    import pandas as pd

    from nlp_reform.align import Comparison, History
    from nlp_reform.errors import GoldError
    from nlp_reform.evaluate.board import Board
    from nlp_reform.pipeline import Pipeline

_LONGEST_NAME = 255
"""Characters above which a string is a text and cannot be a file's name."""


def extract(source: str | Path, codebook: Sequence[str] = ()) -> Document:
    """Read one document and return everything found in it.

    `source` is a `Path`, the name of a file, `-` for standard input, or the text itself (a string with a line
    end or sentence end, too long for a name, or Chinese without a suffix where no such file exists).
    `codebook` names the codebooks of the themes, by name or path; none means all built-in ones. All offsets in
    the result are half-open code points of
    `Document.text`. Raises `ReadError` for what cannot be read and `ResourceError` for an unknown codebook.
    """
    return _extract(source, codebook, set())


def analyse(document: Document, codebook: Sequence[str] = ()) -> Document:
    """Return a document that was only read (`nlp_reform.read`) with everything found in it; see `extract`."""
    return _pipeline(tuple(codebook))(document)


def extract_many(
    sources: Iterable[str | Path], codebook: Sequence[str] = ()
) -> Iterator[tuple[str, Document | Exception]]:
    """Read many documents; yield each source's name with its document, or with the error that stopped it.

    One document's failure does not stop the rest. Ids are distinct: of two files `plan.txt` the second is
    `plan-2`.
    """
    taken: set[str] = set()
    for source in sources:
        try:
            yield str(source), _extract(source, codebook, taken)
        except Exception as error:
            yield str(source), error


def classify(texts: Sequence[str], codebook: str, top: int = 3) -> list[list[tuple[str, float]]]:
    """Return for each text its `(code, score)` pairs, best first, at most `top`; scores lie in 0…1.

    Texts may be Simplified or Traditional. Raises `ResourceError` for an unknown codebook.
    """
    from nlp_reform.classify import classify as room
    from nlp_reform.normalise.script import simplify

    return room([simplify(text)[0] for text in texts], codebook, top)


def build_graph(
    documents: Document | Iterable[Document], year: Collection[int] | int = (), theme: Collection[str] | str = (),
    kind: Collection[str] | str = (), actor: Collection[str] | str = (), modality: Collection[str] | str = (),
    ego: str | None = None, radius: int = 1, similar: bool = False, projection: str | None = None,
    measure: Sequence[str] = (),
) -> nx.MultiDiGraph[str]:
    """Return the directive graph of one or many documents, or a part or projection, as a networkx MultiDiGraph.

    Applied in this order, each only when given: `year`, `theme`, `actor`, `modality`, `kind` choose a part (see
    `nlp_reform.graph.select`); `ego` what lies within `radius` steps of a node, by id or label; `similar` joins
    directives of like wording; `projection` makes a smaller graph (`nlp_reform.graph.PROJECTIONS`); `measure` puts
    measures on the nodes (`nlp_reform.graph.MEASURES`). Each is also a function from graph to graph in
    `nlp_reform.graph`, where `add_comparison` joins the years. Raises `ReformError` for a name that is not there.
    """
    from nlp_reform import graph as room

    graph = room.build(_many(documents))
    if any((year, theme, kind, actor, modality)):
        graph = room.select(graph, year or None, theme or None, kind or None, actor or None, modality or None)
    if ego is not None:
        graph = room.ego(graph, ego, radius)
    if similar:
        graph = room.add_similar(graph)
    if projection is not None:
        graph = room.project(graph, projection)
    return room.measure(graph, measure) if measure else graph


def export(
    documents: Document | Iterable[Document], output: str | Path, format: str = "json", text: bool = True,
    table: str = "directives",
) -> tuple[Path, ...]:
    """Write documents and return the paths written, each whole or not at all.

    `format` is json, jsonl, csv, parquet, xlsx or text (a summary to read).
    `output` is a file, or a folder (existing, or ending with `/`) that gets a file a document, for csv and
    parquet a file a table. `text=False` leaves the text of record out; `table` names the one table of a csv or
    parquet file. Raises
    `ExportError`.
    """
    from nlp_reform.export import write_documents

    return write_documents(_many(documents), output, format, text, table)


def to_frame(documents: Document | Iterable[Document], table: str = "directives") -> pd.DataFrame:
    """Return a table of one or many documents as a tidy pandas DataFrame; needs the extra `tables`.

    `table` is one of `nlp_reform.tables.TABLES`. Columns and their nullable types are always the same, also where
    nothing was found; `nlp_reform.tables.reference()` explains each. Raises `ExportError` for another name.
    """
    from nlp_reform.tables import to_frame as room

    return room(documents, table)


def write_graph(
    graph: nx.MultiDiGraph[str], output: str | Path, format: str | None = None, force: bool = False
) -> tuple[Path, ...]:
    """Write a graph and return the paths written; an output that exists is kept unless `force`.

    `format` is one of `nlp_reform.export.graphs.graph_formats()`; without it the output's ending tells, else it is
    graphml. Raises `ExportError`.
    """
    from nlp_reform.export import write_graph as room

    return room(graph, output, format, force)


def demo(output: str | Path = "nlp-reform-demo") -> tuple[Sequence[Document], tuple[Path, ...]]:
    """Run the main job on the bundled corpus; return its documents and the JSON, CSV and GraphML written.

    Files that stand in the output folder from an earlier run are replaced.
    """
    from nlp_reform import resources

    folder = resources.locate("corpora", "societies-demo")
    documents = [extract(path) for path in sorted((folder / "raw").glob("*.txt"))]
    out = Path(output)
    written = export(documents, f"{out / 'json'}/") + export(documents, f"{out / 'csv'}/", "csv")
    written += write_graph(build_graph(documents), out / "societies-demo.graphml", force=True)
    return documents, written


def compare(
    before: Document | str | Path, after: Document | str | Path, mode: str = "years", codebook: Sequence[str] = (),
    grain: str = "directive",
) -> Comparison:
    """Compare two documents and return what became of every measure, target and promise.

    `before` and `after` are documents or whatever `extract` takes. Mode `years`: an earlier and a later plan;
    mode `cascade`: a higher level and a lower one that takes it up. Grain `sentence` follows every prescriptive
    sentence by itself, `directive` a numbered item as one measure. The result has `to_dict()` (the contract
    `nlp-reform/compare/1`) and `to_frame()`. Raises `ReadError` for what cannot be read, `ReformError` for another
    mode or grain.
    """
    from nlp_reform import align

    chosen: Any = mode
    size: Any = grain
    return align.compare(_document(before, codebook), _document(after, codebook), chosen, size)


def write_comparison(
    comparison: Comparison, output: str | Path, format: str = "text", table: str = "items"
) -> tuple[Path, ...]:
    """Write a comparison and return the paths written, each whole or not at all.

    `output` is a file, or a folder (existing, or ending with `/`); `table` names the one table of a csv file.
    Raises `ExportError`.
    """
    from nlp_reform.export.comparison import write_comparison as room

    return room(comparison, output, format, table)


def track(
    documents: Iterable[Document | str | Path], phrase: Sequence[str] = (), codebook: Sequence[str] = ()
) -> History:
    """Follow measures, indicators and phrases through many documents, put in order of their years.

    `documents` are documents or whatever `extract` takes; `phrase` names phrases to count, in either script. The
    result has `to_dict()` (`nlp-reform/track/1`) and `to_frame(table)`. Raises `ReadError` for what cannot be read.
    """
    from nlp_reform import align
    from nlp_reform.normalise.script import simplify

    found = [_document(source, codebook) for source in documents]
    return align.track(found, [simplify(words)[0] for words in phrase])


def write_history(
    history: History, output: str | Path, format: str = "text", table: str = "threads"
) -> tuple[Path, ...]:
    """Write what `track` found and return the paths written, each whole or not at all.

    `output` is a file, or a folder (existing, or ending with `/`); `table` names the one table of a csv file.
    Raises `ExportError`.
    """
    from nlp_reform.export.history import write_history as room

    return room(history, output, format, table)


def evaluate(gold: Sequence[str | Path] = (), release: bool = False) -> tuple[Board, list[GoldError]]:
    """Score the machine on gold files or folders (none: all at hand) and return the board and what was left out.

    `release` adds the held-back gold, which is looked at for a release only. Raises `GoldError` when there is
    nothing to score.
    """
    from nlp_reform.errors import GoldError
    from nlp_reform.evaluate.present import gold_files, load_present
    from nlp_reform.evaluate.score import run, score

    found, errors = load_present([Path(name) for name in gold] or gold_files(release))
    if not found:
        raise errors[0] if errors else GoldError("no gold to score on; name files or folders of gold")
    return score(run(found, extract)), errors


def report_evaluation(
    board: Board, by: Sequence[str] = (), errors: Sequence[str] = (), save: str | Path | None = None,
    against: str | Path | None = None, format: str = "text",
) -> str:
    """Return a board's tables, its error listings, and what it gained and lost `against` a run kept by `save`."""
    from nlp_reform.evaluate.board import read_run
    from nlp_reform.evaluate.render import render, render_changes, render_errors

    parts = [render(board, format, by)]
    parts += [render_errors(board.errors(task)) for task in errors]
    if against is not None:
        parts.append(render_changes(board.against(read_run(Path(against)))))
    if save is not None:
        board.save(Path(save))
    return "".join(parts)


def agreement(gold: Sequence[str | Path]) -> str:
    """Return a table of agreement between the annotators of the gold named: kappa, alpha, span F1.

    Gold over the same text by different labellers is compared. Raises `GoldError` when there is none.
    """
    from nlp_reform.evaluate import agreement as room
    from nlp_reform.evaluate.present import load_present

    found, errors = load_present([Path(name) for name in gold])
    if errors:
        raise errors[0]
    return room.render(room.agreement(found))


def annotate(
    documents: Document | Iterable[Document], output: str | Path = "annotation", tool: str = "xlsx"
) -> tuple[Path, ...]:
    """Write documents with their machine output for correction in a tool, and return the files written.

    Tools: labelstudio, doccano, inception, xlsx (a coding sheet). Raises `ExportError`.
    """
    from importlib.util import find_spec

    from nlp_reform.errors import ExportError
    from nlp_reform.evaluate.exchange import TOOLS, to_regions
    from nlp_reform.export.write import write

    chosen = TOOLS[tool]
    needed = {"xlsx": "openpyxl", "inception": "cassis"}.get(tool)
    if needed and find_spec(needed) is None:
        raise ExportError(f"{tool} needs the package {needed}; install it with: pip install 'nlp-reform[evaluate]'")
    return tuple(
        write(Path(output) / f"{one.id}{chosen.suffix}", chosen.write(to_regions(one))) for one in _many(documents)
    )


def gold(corrected: str | Path, document: str, output: str | Path, tool: str = "xlsx") -> Path:
    """Read a tool's corrected file and write it as stand-off gold that names the text `document`.

    Returns the file written. Raises `GoldError` naming the mark that is malformed, `ReadError` for a file that
    cannot be read.
    """
    from nlp_reform.errors import ReadError
    from nlp_reform.evaluate.exchange import TOOLS, to_gold, to_standoff
    from nlp_reform.export.write import write

    try:
        data = Path(corrected).read_bytes()
    except OSError as error:
        raise ReadError(f"{corrected}: cannot be read ({error.strerror}); name the file the tool exported") from error
    marked = TOOLS[tool].read(data, str(corrected))
    to_gold(marked, str(corrected))
    return write(Path(output), to_standoff(marked, document))


def _document(source: Document | str | Path, codebook: Sequence[str]) -> Document:
    return source if isinstance(source, Document) else extract(source, codebook)


def _extract(source: str | Path, codebook: Sequence[str], taken: set[str]) -> Document:
    from nlp_reform import read
    from nlp_reform.model.ids import distinct

    if isinstance(source, str) and _is_text(source):
        document = read.from_text(source)
    else:
        document = read.from_path(Path(source), _standard_input)
    return analyse(replace(document, id=distinct(document.id, taken)), codebook)


def _many(documents: Document | Iterable[Document]) -> list[Document]:
    return [documents] if isinstance(documents, Document) else list(documents)


def _is_text(source: str) -> bool:
    """Tell a text from a file's name: a name is short, on one line, and exists or has a suffix."""
    if len(source) > _LONGEST_NAME or "\n" in source or "。" in source:
        return True
    return source != "-" and not Path(source).suffix and not source.isascii() and not Path(source).exists()


def _standard_input() -> bytes:
    import sys

    return sys.stdin.buffer.read()


@lru_cache(maxsize=8)
def _pipeline(codebooks: tuple[str, ...]) -> Pipeline:
    from nlp_reform.classify import chosen
    from nlp_reform.pipeline import standard

    return standard(chosen(codebooks))
