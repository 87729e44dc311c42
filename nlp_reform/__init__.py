r"""Directives, quantitative targets and obligations out of Chinese policy texts, each with its place of record.

>>> import nlp_reform
>>> document = nlp_reform.extract("一、总体要求\n1.理事人数一般不超过150人。")
>>> document.quantities[0].value
150.0
"""

import sys
from types import ModuleType
from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"

if TYPE_CHECKING:
    from nlp_reform.api import (
        agreement,
        annotate,
        build_graph,
        classify,
        compare,
        demo,
        evaluate,
        export,
        extract,
        extract_many,
        gold,
        report_evaluation,
        to_frame,
        track,
        write_comparison,
        write_graph,
        write_history,
    )
    from nlp_reform.batching import batch
    from nlp_reform.converting import convert, to_pint, units
    from nlp_reform.corpus import Corpus
    from nlp_reform.counting import dfm, keyness, kwic, stats
    from nlp_reform.errors import ReformError
    from nlp_reform.looking import plot, report, view
    from nlp_reform.model import Document

__all__ = [
    "Corpus", "Document", "ReformError", "__version__", "agreement", "annotate", "batch", "build_graph", "classify",
    "compare", "convert", "demo", "dfm", "evaluate", "export", "extract", "extract_many", "gold", "keyness", "kwic",
    "plot", "report", "report_evaluation", "stats", "to_frame", "to_pint", "track", "units", "view", "write_comparison",
    "write_graph", "write_history",
]

_HOME = {"Document": "nlp_reform.model", "ReformError": "nlp_reform.errors", "batch": "nlp_reform.batching",
         "Corpus": "nlp_reform.corpus",
         **dict.fromkeys(("dfm", "keyness", "kwic", "stats"), "nlp_reform.counting"),
         **dict.fromkeys(("convert", "to_pint", "units"), "nlp_reform.converting"),
         **dict.fromkeys(("plot", "report", "view"), "nlp_reform.looking")}


def __getattr__(name: str) -> Any:
    """Import a public name where it is first used, so that `import nlp_reform` costs nothing."""
    if name not in __all__:
        raise AttributeError(f"module 'nlp_reform' has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(_HOME.get(name, "nlp_reform.api")), name)


class _Public(ModuleType):
    """The package as a module on which importing the room `extract` does not hide the verb `extract`."""

    def __setattr__(self, name: str, value: Any) -> None:
        """Keep public names free of the subpackages that bear them; they stay importable."""
        if not (name in __all__ and isinstance(value, ModuleType)):
            super().__setattr__(name, value)


sys.modules[__name__].__class__ = _Public
