"""Fit the score of a candidate pair on judged pairs; prints the weights for `lexicons/align.toml`.

Judged are the demo corpus and the outside pairs named below; one outside pair is held back and never read here.

    python scripts/fit_alignment.py            # weights, and figures with each pair left out in turn
"""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np

ROOT = Path(__file__).resolve().parents[1]
GOLD = ROOT / "tests" / "gold" / "alignment"
CORPUS = ROOT.parent / "shared" / "corpus"
DEMO = ROOT / "corpora" / "societies-demo"
HELD_BACK = "hailar-gwr-2013--hailar-gwr-2014"

RIDGE = 10.0
"""What an additional unit of a scaled weight costs; chosen on the pairs left out."""

Rows = list[tuple[tuple[float, ...], int, float]]


def demo() -> Iterator[tuple[str, Rows]]:
    """Yield the candidate pairs of each two years of the demo corpus with their judgement."""
    from nlp_reform.align.candidates import find_pairs
    from nlp_reform.align.units import find_units
    from nlp_reform.api import extract

    years = range(2017, 2022)
    documents = {year: extract(DEMO / "raw" / f"{year}.txt") for year in years}
    with (DEMO / "gold" / "alignment.csv").open(encoding="utf-8", newline="") as file:
        judged = {(row["before"], row["after"]) for row in csv.DictReader(file)}
    for year in years[:-1]:
        pair = documents[year], documents[year + 1]
        units = find_units(pair[0]), find_units(pair[1])
        field = find_pairs(pair, units)
        rows: Rows = []
        for p in field.pairs.values():
            names = f"{year}:{units[0][p.before].label}", f"{year + 1}:{units[1][p.after].label}"
            if units[0][p.before].bare != units[1][p.after].bare:
                rows.append((p.features, int(names in judged), 0.5))
        yield f"demo-{year}", rows


def outside() -> Iterator[tuple[str, Rows]]:
    """Yield the candidate pairs of the judged source rows of the outside documents."""
    from nlp_reform.align.candidates import find_pairs
    from nlp_reform.align.units import FINE, PROSE, find_units, is_prose
    from nlp_reform.api import extract

    for path in sorted(GOLD.glob("*--*.json")):
        if path.stem == HELD_BACK:
            continue
        gold = json.loads(path.read_text(encoding="utf-8"))
        pair = extract(CORPUS / gold["before"]["file"]), extract(CORPUS / gold["after"]["file"])
        most = FINE if any(map(is_prose, pair)) else PROSE
        units = find_units(pair[0], most), find_units(pair[1], most)
        field = find_pairs(pair, units)
        rows: Rows = []
        for row in gold["rows"]:
            start, end = row["before"]
            for p in field.pairs.values():
                one, other = units[0][p.before], units[1][p.after]
                if one.start < end and start < one.end and one.bare != other.bare:
                    right = any(other.start < b and a < other.end for a, b in row["after"])
                    rows.append((p.features, int(right), 1.0))
        yield path.stem, rows


def fit(rows: Rows) -> tuple[list[float], float]:
    """Return weights, none negative, and bias of a logistic regression with a ridge on the scaled features."""
    from scipy.optimize import minimize

    x = np.array([row[0] for row in rows])
    y = np.array([row[1] for row in rows])
    w = np.array([row[2] for row in rows])
    spread = x.std(axis=0)

    def loss(theta: np.ndarray) -> float:
        z = x @ theta[1:] + theta[0]
        return float((w * (np.logaddexp(0, z) - y * z)).sum() + RIDGE * ((theta[1:] * spread) ** 2).sum())

    start = np.zeros(x.shape[1] + 1)
    found = minimize(loss, start, method="L-BFGS-B", bounds=[(None, None)] + [(0, None)] * x.shape[1])
    return list(found.x[1:]), float(found.x[0])


def main() -> None:
    """Print the weights and, for each pair left out, how its candidates are told apart."""
    from nlp_reform.align.candidates import FEATURES

    sets = dict([*demo(), *outside()])
    for left, rows in sets.items():
        weights, bias = fit([row for name, other in sets.items() if name != left for row in other])
        z = np.array([row[0] for row in rows]) @ np.array(weights) + bias
        y = np.array([row[1] for row in rows])
        p = 1 / (1 + np.exp(-z))
        order = np.argsort(np.argsort(z))
        auc = (order[y == 1].mean() - (y.sum() - 1) / 2) / max(1, (y == 0).sum())
        print(f"{left:50} pairs {len(y):5} right {y.sum():4}  AUC {auc:.3f}  at .5: precision "
              f"{y[p >= .5].mean():.2f} recall {(p[y == 1] >= .5).mean():.2f}", file=sys.stderr)
    weights, bias = fit([row for other in sets.values() for row in other])
    print(f"bias = {bias:.2f}\n\n[score.weights]")
    for name, weight in zip(FEATURES, weights, strict=True):
        print(f"{name} = {weight:.2f}")


if __name__ == "__main__":
    main()
