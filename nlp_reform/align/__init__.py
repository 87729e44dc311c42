"""Years compared: what stayed, hardened, softened, came, went and was reached; many years as threads."""

from nlp_reform.align.compare import compare
from nlp_reform.align.history import History, Thread
from nlp_reform.align.records import RELATIONS, Comparison, Item, Mode, Place, Relation, Result, Shift, TargetPair
from nlp_reform.align.track import track

__all__ = [
    "RELATIONS", "Comparison", "History", "Item", "Mode", "Place", "Relation", "Result", "Shift", "TargetPair",
    "Thread",
    "compare", "track",
]
