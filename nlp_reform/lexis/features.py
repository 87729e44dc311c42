"""The document-feature matrix: how often each word stands in each document or directive."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

from nlp_reform.errors import ReformError
from nlp_reform.lexis.words import cut, words
from nlp_reform.model import Document
from nlp_reform.tables.frames import needed

if TYPE_CHECKING:
    import pandas as pd
    from scipy.sparse import csr_matrix

Weight = Literal["count", "relative", "tfidf", "present"]
WEIGHTS: tuple[Weight, ...] = ("count", "relative", "tfidf", "present")


@dataclass(frozen=True, slots=True)
class Features:
    """A sparse matrix of words: `matrix[i, j]` is the weight of `names[j]` in the text `rows[i]`.

    `rows` are ids of documents or directives, `documents` the id of the document of each row, `years` its year. The
    matrix goes into scikit-learn as it is.
    """

    matrix: csr_matrix = field(repr=False)
    names: tuple[str, ...] = field(repr=False)
    rows: tuple[str, ...]
    documents: tuple[str, ...] = field(repr=False)
    years: tuple[int | None, ...] = field(repr=False)

    def to_frame(self) -> pd.DataFrame:
        """Return the matrix as a pandas DataFrame of sparse columns, indexed by `rows`."""
        needed("pandas")
        import pandas as pd

        sparse: Any = pd.DataFrame.sparse
        made: pd.DataFrame = sparse.from_spmatrix(self.matrix, index=list(self.rows), columns=list(self.names))
        return made

    def __len__(self) -> int:
        """Return the number of rows."""
        return len(self.rows)


def dfm(
    documents: Iterable[Document], by: Literal["document", "directive"] = "document", weight: Weight = "count",
    least: int = 1, least_texts: int = 1,
) -> Features:
    """Return the document-feature matrix of documents, or of their directives.

    Words are Simplified and in mainland wording, two characters or more; those that occur fewer than `least` times,
    or in fewer than `least_texts` rows, are left out. `weight`: count; relative, the share of the row's words;
    tfidf, count times the smoothed log of inverse text frequency (as scikit-learn has it, not normalised); present, 1.
    Columns are in order of code points. Raises `ReformError` for another weight or unit.
    """
    if weight not in WEIGHTS or by not in ("document", "directive"):
        raise ReformError(
            f"no matrix of {weight!r} by {by!r}; weights are {', '.join(WEIGHTS)}, rows document or directive")
    texts = [text for document in documents for text in _texts(document, by)]
    whole, spread = Counter[str](), Counter[str]()
    for _, _, counts in texts:
        whole.update(counts)
        spread.update(counts.keys())
    names = sorted(word for word, count in whole.items() if count >= least and spread[word] >= least_texts)
    matrix = _matrix([counts for *_, counts in texts], names)
    ids = tuple(zip(*((row, document.id, document.year) for row, document, _ in texts), strict=True)) or ((), (), ())
    totals = [counts.total() for *_, counts in texts]
    return Features(_weighed(matrix, weight, totals), tuple(names), *ids)


def _texts(document: Document, by: str) -> Iterator[tuple[str, Document, Counter[str]]]:
    if by == "document":
        yield document.id, document, Counter(words(document))
        return
    view = document.view
    for one in document.directives:
        text = view.text[view.map.clean(one.start):view.map.clean(one.end)]
        yield one.id, document, Counter(cut(text))


def _matrix(texts: list[Counter[str]], names: list[str]) -> Any:
    import numpy as np
    from scipy.sparse import csr_matrix

    place = {name: n for n, name in enumerate(names)}
    columns, values, ends = [], [], [0]
    for counts in texts:
        kept = sorted((place[word], count) for word, count in counts.items() if word in place)
        columns += [column for column, _ in kept]
        values += [value for _, value in kept]
        ends.append(len(columns))
    return csr_matrix((np.array(values, dtype=np.int64), np.array(columns, dtype=np.int64), np.array(ends)),
                      shape=(len(texts), len(names)))


def _weighed(matrix: Any, weight: Weight, totals: list[int]) -> Any:
    import numpy as np
    from scipy.sparse import diags_array

    if weight == "count":
        return matrix
    if weight == "present":
        return matrix.sign()
    if weight == "relative":
        return (diags_array(1.0 / np.maximum(np.array(totals, dtype=float), 1.0)) @ matrix).tocsr()
    spread = np.asarray((matrix > 0).sum(axis=0), dtype=float).ravel()
    idf = np.log((1 + matrix.shape[0]) / (1 + spread)) + 1
    return (matrix @ diags_array(idf)).tocsr()
