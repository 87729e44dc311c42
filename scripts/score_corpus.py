"""Score the toolkit on all gold present and show what a change gained and lost.

    scripts/score_corpus.py                                the table
    scripts/score_corpus.py --save before.json             keep this run
    scripts/score_corpus.py --against before.json          which single items were gained and lost since
    scripts/score_corpus.py --errors quantities            the errors of a task, each with its sentence
    scripts/score_corpus.py --errors quantities.role       of one slot
    scripts/score_corpus.py --by document --by class       more tables: document, genre, class
    scripts/score_corpus.py --release                      with the held-back gold: for release runs only

The same as `nlp-reform evaluate`, runnable from a checkout; it also says how long scoring took.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from nlp_reform.cli.evaluate import evaluate


def main() -> int:
    """Run `evaluate` with the arguments given."""
    began = time.perf_counter()
    try:
        evaluate.main(prog_name="score_corpus", standalone_mode=True)
    except SystemExit as end:
        print(f"{time.perf_counter() - began:.1f} s", file=sys.stderr)
        return int(end.code or 0)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
