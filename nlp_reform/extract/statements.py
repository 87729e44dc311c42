"""Types every sentence: prescriptive, reported or context.

Signs of the sentence and its neighbours are weighed by a linear model (`models/statements`, trained by
`scripts/train_statements.py`, scored with numpy); without it a chain of rules decides. Source: scheme.md section 2.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

from nlp_reform.errors import ResourceError
from nlp_reform.extract.signs import VALUED, Shown, by_rule, features, shown
from nlp_reform.model import Document, Note, Statement, StatementKind
from nlp_reform.model.ids import Serial
from nlp_reform.resources import locate

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

MODEL = "statements"
FEATURES = 3
"""Version of the feature set; a model of another version is refused."""


class _Weights(NamedTuple):
    kinds: tuple[StatementKind, ...]
    places: dict[str, int]
    known: frozenset[str]
    table: NDArray[np.float32]
    shares: NDArray[np.float32]
    bias: NDArray[np.float32]


@lru_cache(maxsize=2)
def _weights(name: str) -> _Weights | None:
    """Load the weights; None when there is no model of that name. Raises `ResourceError` for a broken one."""
    try:
        folder = locate("models", name)
    except ResourceError:
        return None
    import json

    import numpy as np

    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    if manifest.get("features") != FEATURES:
        found = manifest.get("features")
        raise ResourceError(f"{folder}: model of feature set {found!r}, this version reads {FEATURES}")
    with np.load(folder / "weights.npz", allow_pickle=False) as data:
        names = data["names"].tolist()
        table = np.vstack([data["table"].astype(np.float32), np.zeros((1, len(manifest["kinds"])), np.float32)])
        bias = data["bias"].astype(np.float32)
    places = {name: n for n, name in enumerate(names)}
    shares = np.vstack([table[places.get(name, -1)] for name in VALUED])
    return _Weights(tuple(manifest["kinds"]), places, frozenset(places), table, shares, bias)


def find_statements(document: Document) -> Mapping[str, Any]:
    """Return the layer `statements`, one for each of `document.sentences`, in the same order."""
    items = shown(document)
    weights = _weights(MODEL)
    notes: tuple[Note, ...] = ()
    if weights is None:
        kinds: Sequence[StatementKind] = [by_rule(item) for item in items]
        said = f"no models/{MODEL}: sentences typed by rules alone"
        notes = (Note("statements.no-model", "info", None, None, said),)
    else:
        kinds = _weigh(items, weights) if items else []
    serial = Serial(document.id)
    span = document.view.span
    found = tuple(
        Statement(serial.next(sentence.directive, "s"), sentence.directive, kind, *span(sentence.start, sentence.end))
        for sentence, kind in zip(document.sentences, kinds, strict=True))
    return {"statements": found, "notes": notes}


def _weigh(items: Sequence[Shown], weights: _Weights) -> list[StatementKind]:
    """Return the kind of the highest score of each sentence."""
    import numpy as np

    places: list[int] = []
    starts: list[int] = []
    values: list[tuple[float, ...]] = []
    known, place = weights.known, weights.places.__getitem__
    for names, shares in features(items):
        starts.append(len(places))
        places.append(len(known))
        places.extend(map(place, names & known))
        values.append(shares)
    given = weights.table[np.array(places)]
    scores = np.add.reduceat(given, np.array(starts), axis=0) + weights.bias
    scores += np.array(values, dtype=np.float32) @ weights.shares
    return [weights.kinds[n] for n in scores.argmax(axis=1)]
