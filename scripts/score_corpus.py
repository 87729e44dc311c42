"""Score the toolkit on all gold present and show what a change gained and lost.

    scripts/score_corpus.py                                the table
    scripts/score_corpus.py --save before.json             keep this run
    scripts/score_corpus.py --against before.json          which single items were gained and lost since
    scripts/score_corpus.py --errors quantities            the errors of a task, each with its sentence
    scripts/score_corpus.py --errors quantities.role       of one slot
    scripts/score_corpus.py --by document --by class       more tables: document, genre, class
    scripts/score_corpus.py --release                      with the held-back gold: for release runs only

Gold: `tests/gold/dev`, `corpora/*/gold`, and `../shared/gold` where it lies beside the checkout; or the files
and folders named. Documents of gold that are not there are named and left out.
"""

from __future__ import annotations

import argparse
import sys
import time
import tomllib
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from nlp_reform.errors import GoldError  # noqa: E402
from nlp_reform.evaluate.board import read_run  # noqa: E402
from nlp_reform.evaluate.entries import GoldDocument  # noqa: E402
from nlp_reform.evaluate.gold import load_all  # noqa: E402
from nlp_reform.evaluate.render import render, render_changes, render_errors  # noqa: E402
from nlp_reform.evaluate.score import run, score  # noqa: E402
from nlp_reform.model import Document  # noqa: E402

SHARED = ROOT.parent / "shared"


def gold_files(release: bool) -> list[Path]:
    """Return the gold of this checkout, the held-back third only when asked for."""
    folders = [SHARED / "gold", ROOT / "tests/gold/dev", *sorted(ROOT.glob("corpora/*/gold"))]
    if release:
        folders.append(ROOT / "tests/gold/release")
    found = [p for folder in folders if folder.is_dir() for p in sorted(folder.iterdir())]
    return [p for p in found if p.suffix == ".json" or p.name.endswith(".gold.txt")]


def load_present(paths: list[Path]) -> list[GoldDocument]:
    """Load gold; what is malformed, stale or without its document is named on stderr and left out."""
    table = ROOT / "tests/gold/genres.toml"
    genres = tomllib.loads(table.read_text(encoding="utf-8"))["genres"] if table.exists() else {}
    found: list[GoldDocument] = []
    for path in paths:
        try:
            found += load_all([path], [SHARED], genres)
        except GoldError as error:
            print(f"left out: {error}", file=sys.stderr)
    return found


def extractor() -> Callable[[Path], Document]:
    """Return the toolkit's own extraction; while stages are missing, what is there."""
    from nlp_reform import api

    try:
        api.extract("一、通知。")
    except (AttributeError, ImportError) as error:
        print(f"not all stages are there ({error}): scoring those that are", file=sys.stderr)
        return partial()
    return api.extract


def partial() -> Callable[[Path], Document]:
    """Return an extraction of the stages that can be imported (for the time of building)."""
    from importlib import import_module

    from nlp_reform import read

    wanted = (("normalise", "find"), ("segment", "find_structure"), ("segment", "find_sentences"),
              ("segment", "find_metadata"), ("extract.statements", "find"), ("extract.quantities", "find"),
              ("extract.targets", "find"), ("extract.obligations", "find"), ("extract.assignments", "find"),
              ("extract", "find_statements"), ("extract", "find_quantities"), ("extract", "find_targets"),
              ("extract", "find_obligations"), ("extract", "find_assignments"))
    finders = []
    for room, name in wanted:
        try:
            found = getattr(import_module(f"nlp_reform.{room}"), name, None)
        except ImportError:
            found = None
        if found is not None and found not in finders:
            finders.append(found)

    def extract(path: Path) -> Document:
        document = read.from_path(path)
        for find in finders:
            try:
                layers = dict(find(document))
            except Exception as error:
                print(f"{path.name}: {find.__module__} failed: {error!r}", file=sys.stderr)
                continue
            layers.pop("notes", None)
            document = replace(document, **layers)
        return document

    return extract


def main() -> int:
    """Read the command line, score, print; 1 when gold was left out, 2 when there is none."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", nargs="*", type=Path, help="gold files or folders; default: all present")
    parser.add_argument("--save", type=Path, metavar="FILE")
    parser.add_argument("--against", type=Path, metavar="FILE")
    parser.add_argument("--errors", action="append", default=[], metavar="TASK")
    parser.add_argument("--by", action="append", default=[], choices=("document", "genre", "class"))
    parser.add_argument("--format", default="text", choices=("text", "json", "csv"))
    parser.add_argument("--release", action="store_true")
    args = parser.parse_args()
    began = time.perf_counter()
    wanted = args.gold or gold_files(args.release)
    gold = load_present(wanted)
    if not gold:
        print("no gold to score on", file=sys.stderr)
        return 2
    try:
        board = score(run(gold, extractor()))
        print(render(board, args.format, args.by), end="")
        for task in args.errors:
            print(render_errors(board.errors(task)), end="")
        if args.against:
            print(render_changes(board.against(read_run(args.against))), end="")
        if args.save:
            board.save(args.save)
    except GoldError as error:
        print(error, file=sys.stderr)
        return 2
    print(f"{time.perf_counter() - began:.1f} s", file=sys.stderr)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
