"""Near-duplicates: MinHash signatures of character shingles, banded, joined into clusters.

After A. Broder, "On the resemblance and containment of documents" (1997). Signatures are taken of the cleaned copy's
letters and digits, so that a reprint in the other script or with other line ends counts as the same text.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Matrix = NDArray[np.uint32]

THRESHOLD = 0.8
"""Estimated Jaccard similarity of the shingles from which two texts are near-duplicates."""
SHINGLE = 5
"""Characters of a shingle."""
_WIDTH, _SEED = 128, 1
_BANDS, _ROWS = 21, 6
"""Bands of six values: a pair of similarity .8 agrees in one of them with probability .998, one of .5 with .28."""


class Member(NamedTuple):
    """A document of a cluster; the cluster bears the id of its representative."""

    cluster: str
    document: str
    similarity: float
    size: int


def signature(text: str) -> str:
    """Return the signature of a cleaned text as hexadecimal digits; the same on every machine and hash seed."""
    from rensa import RMinHash

    letters = "".join(filter(str.isalnum, text))
    sketch = RMinHash(num_perm=_WIDTH, seed=_SEED)
    sketch.update({letters[at:at + SHINGLE] for at in range(max(len(letters) - SHINGLE, 0) + 1)})
    return "".join(f"{value:08x}" for value in sketch.digest())


def matrix(signatures: Sequence[str]) -> Matrix:
    """Return signatures as rows of numbers: 512 bytes each."""
    import numpy as np

    packed = np.frombuffer(bytes.fromhex("".join(signatures)), dtype=">u4")
    return packed.astype(np.uint32).reshape(len(signatures), _WIDTH)


def clusters(documents: Sequence[str], signatures: Matrix) -> list[Member]:
    """Return the members of all clusters of two or more, by representative, then in the order given.

    Documents are near-duplicates when they are alike themselves or through others. The representative is the one
    whose signature agrees most with the most frequent value at each place; of equals the first.
    """
    if not documents:
        return []
    import numpy as np
    from scipy.sparse import coo_matrix
    from scipy.sparse.csgraph import connected_components

    pairs = np.array(sorted(set(_alike(signatures))), dtype=np.int64).reshape(-1, 2)
    size = len(documents)
    joined = coo_matrix((np.ones(len(pairs), dtype=bool), (pairs[:, 0], pairs[:, 1])), shape=(size, size))
    _, labels = connected_components(joined, directed=False)
    order = np.argsort(labels, kind="stable")
    groups = np.split(order, np.flatnonzero(np.diff(labels[order])) + 1)
    found = [_cluster(documents, signatures, group) for group in groups if len(group) > 1]
    return [member for cluster in sorted(found) for member in cluster]


def _alike(signatures: Matrix) -> Iterator[tuple[int, int]]:
    """Yield pairs that agree in a band and are similar enough: each member with the band's first and the one before."""
    import numpy as np

    for band in range(0, _BANDS * _ROWS, _ROWS):
        part = np.ascontiguousarray(signatures[:, band:band + _ROWS])
        keys = part.view(np.dtype((np.void, part.itemsize * _ROWS))).ravel()
        order = np.argsort(keys, kind="stable")
        edges = np.flatnonzero(keys[order][1:] != keys[order][:-1]) + 1
        for start, end in pairwise([0, *edges.tolist(), len(order)]):
            group = order[start:end]
            if len(group) < 2:
                continue
            for others in (np.full(len(group) - 1, group[0]), group[:-1]):
                near = (signatures[group[1:]] == signatures[others]).mean(axis=1) >= THRESHOLD
                yield from zip(others[near].tolist(), group[1:][near].tolist(), strict=True)


def _cluster(documents: Sequence[str], signatures: Matrix, group: Any) -> list[Member]:
    import numpy as np

    part = signatures[group]
    typical = []
    for column in part.T:
        values, counts = np.unique(column, return_counts=True)
        typical.append(values[counts.argmax()])
    best = int((part == np.array(typical, dtype=part.dtype)).sum(axis=1).argmax())
    near = (part == part[best]).mean(axis=1)
    name = documents[group[best]]
    return [Member(name, documents[at], round(float(share), 4), len(group))
            for at, share in zip(group.tolist(), near, strict=True)]
