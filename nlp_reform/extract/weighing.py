"""Scores sentences with trained weights: signs a combination at a time, characters for a whole text at once.

The same sums as the features of `features.features` by name; a test holds the two together.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from nlp_reform.errors import ResourceError
from nlp_reform.extract.features import GRAMS, VALUED, own, shares
from nlp_reform.extract.rules import by_rule, states, sure
from nlp_reform.extract.signs import Shown
from nlp_reform.model import Document, StatementKind

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float32]
    Ints = NDArray[np.int64]

FEATURES = 6
"""Version of the feature set; a model of another version is refused."""

_PLANE = 1 << 16
"""Characters beyond the first plane have no weights."""


class Weights(NamedTuple):
    """Weights by name, and by character and pair of characters: `pairs` holds rows of `table` by prefix."""

    kinds: tuple[StatementKind, ...]
    places: dict[str, int]
    table: Floats
    shares: Floats
    bias: Floats
    dense: Ints
    size: int
    single: Ints
    pairs: dict[str, Ints]
    summed: dict[Shown, Floats]


def load(folder: Path) -> Weights:
    """Read weights from a folder; raises `ResourceError` for those of another feature set."""
    import numpy as np

    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    if manifest.get("features") != FEATURES:
        found = manifest.get("features")
        raise ResourceError(f"{folder}: model of feature set {found!r}, this version reads {FEATURES}")
    with np.load(folder / "weights.npz", allow_pickle=False) as data:
        names: list[str] = data["names"].tolist()
        table = np.vstack([data["table"].astype(np.float32), np.zeros((1, len(manifest["kinds"])), np.float32)])
        bias = data["bias"].astype(np.float32)
    return arrange(tuple(manifest["kinds"]), names, table, bias)


def arrange(kinds: tuple[StatementKind, ...], names: Sequence[str], table: Floats, bias: Floats) -> Weights:
    """Lay weights out for look-up; `table` has a row of zeros after those of `names`."""
    import numpy as np

    places = {name: n for n, name in enumerate(names)}
    none = len(names)
    letters = sorted({c for name in names if name[0] in "2^$" for c in name[1:] if ord(c) < _PLANE})
    size = len(letters) + 1
    dense: Any = np.zeros(_PLANE, dtype=np.int64)
    for n, letter in enumerate(letters, 1):
        dense[ord(letter)] = n
    single: Any = np.full(_PLANE, none, dtype=np.int64)
    pairs: dict[str, Any] = {prefix: np.full(size * size, none, dtype=np.int32) for prefix in "2^$"}
    for n, name in enumerate(names):
        if name[0] == "1" and len(name) == 2 and ord(name[1]) < _PLANE:
            single[ord(name[1])] = n
        elif name[0] in pairs and len(name) == 3 and max(map(ord, name[1:])) < _PLANE:
            pairs[name[0]][dense[ord(name[1])] * size + dense[ord(name[2])]] = n
    valued = np.vstack([table[places.get(name, none)] for name in VALUED])
    return Weights(kinds, places, table, valued, bias, dense, size, single, pairs, {})


RULE, SPOKEN = 0.3, 0.5
"""What the rules' word adds to a kind's probability, in a plan and in a speech, where fewer sentences were marked.

A sentence unlike those trained on is then read by the rules. Chosen on documents left out.
"""


def trust(item: Shown) -> float:
    """Return what the rules' word on a sentence counts."""
    return 1 if sure(item) else SPOKEN if item.spoken else RULE


def weigh(document: Document, items: Sequence[Shown], weights: Weights) -> list[StatementKind]:
    """Return the kind of the highest score of each sentence, the rules' word added."""
    import numpy as np

    if not items:
        return []
    ruled = {item: (weights.kinds.index(by_rule(item)), trust(item)) for item in dict.fromkeys(items)}
    idle = {item: states(item) for item in ruled}
    likely = with_rules(scores(document, items, weights), [ruled[item] for item in items])
    likely[[idle[item] for item in items], weights.kinds.index("prescriptive")] = -1
    return [weights.kinds[n] for n in np.argmax(likely, axis=1)]


def with_rules(total: Floats, ruled: Sequence[tuple[int, float]]) -> Floats:
    """Turn scores into probabilities, and add to each row what the rules say: kind, and what their word counts."""
    import numpy as np

    likely: Floats = np.exp(total - total.max(axis=1, keepdims=True))
    likely /= likely.sum(axis=1, keepdims=True)
    kinds, counts = zip(*ruled, strict=True)
    likely[np.arange(len(likely)), kinds] += np.array(counts, dtype=np.float32)
    return likely


def scores(document: Document, items: Sequence[Shown], weights: Weights) -> Floats:
    """Return a row of scores a sentence, one a kind."""
    import numpy as np

    total = shares(items) @ weights.shares + weights.bias
    seen: dict[Shown, int] = {}
    rows = np.array([seen.setdefault(item, len(seen)) for item in items])
    sums = np.stack([_summed(item, weights) for item in seen])[rows]
    total += sums[:, 0]
    total[1:] += sums[:-1, 1]
    total[:-1] += sums[1:, 2]
    _add_grams(total, document, weights)
    return total


def _summed(item: Shown, weights: Weights) -> Floats:
    """Return what a combination of signs adds to its own sentence, to the next one and to the one before."""
    import numpy as np

    found = weights.summed.get(item)
    if found is None:
        if len(weights.summed) > _KEPT:
            weights.summed.clear()
        groups = (own(item), ["before:" + sign for sign in item.signs], ["after:" + sign for sign in item.signs])
        none = len(weights.places)
        found = np.stack([weights.table[[none, *[weights.places.get(name, none) for name in group]]].sum(axis=0)
                          for group in groups])
        weights.summed[item] = found
    return found


_KEPT = 20_000
"""Combinations of signs whose sums are kept; texts show a few hundred each."""


def _add_grams(total: Floats, document: Document, weights: Weights) -> None:
    """Add the weights of all characters and pairs: numbers count as one 0 each."""
    import numpy as np

    codes = np.frombuffer(document.view.text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    starts = np.array([s.body for s in document.sentences], dtype=np.int64)
    sizes = np.clip(np.array([s.end for s in document.sentences], dtype=np.int64) - starts, 0, GRAMS)
    owner = np.repeat(np.arange(len(starts)), sizes)
    at = np.arange(len(owner)) + np.repeat(starts - (np.cumsum(sizes) - sizes), sizes)
    letters = np.minimum(codes[at], _PLANE - 1).astype(np.int64)
    letters[(letters >= ord("0")) & (letters <= ord("9"))] = ord("0")
    keep = np.ones(len(letters), dtype=bool)
    keep[1:] = (letters[1:] != ord("0")) | (letters[:-1] != ord("0")) | (owner[1:] != owner[:-1])
    letters, owner = letters[keep], owner[keep]
    _gather(total, owner, weights.single[letters], weights)
    known = weights.dense[letters]
    inner = owner[1:] == owner[:-1]
    pairs, whose = (known[:-1] * weights.size + known[1:])[inner], owner[1:][inner]
    _gather(total, whose, weights.pairs["2"][pairs], weights)
    if len(whose):
        first = np.flatnonzero(np.r_[True, whose[1:] != whose[:-1]])
        last = np.r_[first[1:] - 1, len(whose) - 1]
        total[whose[first]] += weights.table[weights.pairs["^"][pairs[first]]]
        total[whose[last]] += weights.table[weights.pairs["$"][pairs[last]]]


def _gather(total: Floats, owner: Ints, rows: Ints, weights: Weights) -> None:
    """Add the weights of rows to their owners', a row once an owner."""
    import numpy as np

    none = len(weights.places)
    known = rows < none
    each = np.sort(owner[known] * none + rows[known])
    each = each[np.r_[True, each[1:] != each[:-1]]] if len(each) else each
    if len(each):
        whose = each // none
        first = np.flatnonzero(np.r_[True, whose[1:] != whose[:-1]])
        total[whose[first]] += np.add.reduceat(weights.table[each - whose * none], first, axis=0)
