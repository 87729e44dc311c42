"""Learn what the words of policy texts mean by the company they keep: the vectors that comparisons use.

Counts only: how often two words stand in one sentence or in neighbouring ones (positive pointwise mutual
information, reduced by SVD), how rare a word is, and how much it belongs to a subject: 农民 comes again within two
sentences far oftener than chance, 进一步 does not. Nothing of the texts but single words goes into the model.

    python scripts/train_meanings.py                          # writes models/align
    python scripts/train_meanings.py --without gwr-2016 -o /tmp/m/align    # leaves documents out, to measure on them
"""

from __future__ import annotations

import argparse
import hashlib
import io
import json
from collections import Counter, defaultdict
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import numpy as np

ROOT = Path(__file__).resolve().parents[1]
CORPUS = ROOT.parent / "shared" / "corpus"
SEEDS = ROOT.parent / "shared" / "seeds"
DEMO = ROOT / "corpora" / "societies-demo" / "raw"
LEAST = 4
"""Sentences that a word must stand in, and in more than one document."""
SIZE = 100
NEXT = 0.3
"""Weight of a pair of words in neighbouring sentences beside one in the same sentence."""
NEAR = 2
LONG = 80
"""Words of a sentence that are paired; tables read as one sentence would count thousands of pairs."""

Sentences = list[list[str]]


def read(without: Iterable[str]) -> list[Sentences]:
    """Return the words of each sentence of each document."""
    from nlp_reform.align.meanings import content
    from nlp_reform.align.wording import wording
    from nlp_reform.api import extract

    left = set(without)
    paths = [p for folder in (CORPUS, SEEDS, DEMO) for p in sorted(folder.glob("*.txt")) if p.stem not in left]
    documents = [extract(path) for path in paths]
    return [[content(wording(d, s.start, s.end)) for s in d.statements] for d in documents]


def weigh(texts: list[Sentences], words: dict[str, int]) -> np.ndarray:
    """Return each word's weight: its rarity, less where it does not keep to a subject."""
    seen, again = np.zeros(len(words)), np.zeros(len(words))
    for sentences in texts:
        sets = [{words[w] for w in s if w in words} for s in sentences]
        for i, one in enumerate(sets):
            around = set().union(*(sets[j] for j in range(max(0, i - NEAR), min(len(sets), i + NEAR + 1)) if j != i))
            seen[list(one)] += 1
            again[list(one & around)] += 1
    total = sum(map(len, texts))
    chance = 1 - (1 - seen / total) ** (2 * NEAR)
    keeps = np.log((again + chance + 0.2) / (seen * chance + chance + 0.2))
    rarity = np.log((total + 1) / (seen + 0.5))
    return np.asarray(rarity * np.clip((keeps - 0.3) / 2.2, 0.05, 1.0))


def vectors(texts: list[Sentences], words: dict[str, int]) -> np.ndarray:
    """Return one row of length 1 a word."""
    from scipy.sparse import csr_matrix
    from scipy.sparse.linalg import svds

    pairs: defaultdict[tuple[int, int], float] = defaultdict(float)
    for sentences in texts:
        rows = [[words[w] for w in s if w in words][:LONG] for s in sentences]
        for n, row in enumerate(rows):
            beside = rows[n + 1] if n + 1 < len(rows) else []
            for a in row:
                for b in row:
                    pairs[a, b] += a != b
                for b in beside:
                    pairs[a, b] += NEXT * (a != b)
                    pairs[b, a] += NEXT * (a != b)
    first, second = (np.array(part) for part in zip(*pairs, strict=True))
    count = np.array(list(pairs.values()), dtype=float)
    often = np.bincount(first, weights=count, minlength=len(words))
    smooth = often**0.75
    chance = np.maximum(often[first] * smooth[second] / smooth.sum(), 1e-9)
    told = np.log(np.maximum(count / chance, 1e-9))
    keep = told > 0
    table = csr_matrix((told[keep], (first[keep], second[keep])), shape=(len(words), len(words)))
    side, value, _ = svds(table, k=SIZE, v0=np.ones(len(words)))
    found = np.asarray(side * np.sqrt(value))
    return np.asarray(found / np.maximum(np.linalg.norm(found, axis=1, keepdims=True), 1e-9))


def main() -> None:
    """Train and write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--without", action="append", default=[], metavar="NAME")
    parser.add_argument("-o", "--output", type=Path, default=ROOT / "models" / "align")
    args = parser.parse_args()
    texts = read(args.without)
    often = Counter(w for t in texts for s in t for w in set(s))
    spread = Counter(w for t in texts for w in {w for s in t for w in s})
    order = sorted((w for w, n in often.items() if n >= LEAST and spread[w] > 1), key=lambda w: (-often[w], w))
    words = {word: n for n, word in enumerate(order)}
    rows = vectors(texts, words)
    scale = np.abs(rows).max(axis=1, keepdims=True) / 127
    save(args.output, order, {
        "vectors": np.round(rows / scale).astype(np.int8), "scale": scale.ravel().astype(np.float32),
        "weight": weigh(texts, words).astype(np.float32),
    }, {"documents": len(texts), "sentences": sum(map(len, texts)), "left_out": sorted(args.without)})


def save(folder: Path, words: list[str], arrays: dict[str, Any], facts: dict[str, Any]) -> None:
    """Write words, arrays and manifest."""
    folder.mkdir(parents=True, exist_ok=True)
    buffer = io.BytesIO()
    np.savez_compressed(buffer, **arrays)
    (folder / "weights.npz").write_bytes(buffer.getvalue())
    (folder / "words.txt").write_text("\n".join(words) + "\n", encoding="utf-8")
    hashes = {n: hashlib.sha256((folder / n).read_bytes()).hexdigest() for n in ("weights.npz", "words.txt")}
    body = {"words": len(words), "size": SIZE, **facts, "sha256": hashes}
    (folder / "manifest.json").write_text(json.dumps(body, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    print(f"{folder}: {len(words)} words of {facts['documents']} documents, {len(buffer.getvalue()) / 1e6:.2f} MB")


if __name__ == "__main__":
    main()
