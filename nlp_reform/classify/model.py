"""Theme models: weights in npz, everything else in JSON; scoring needs numpy only, loading executes nothing.

A model is a folder with `manifest.json` (schema, codebook and its fingerprint, file hashes, training data,
versions, figures), `weights.npz` and `CARD.md`. Scores are a blend of a softmax (or, for codebooks with
`multi`, of one logistic a code) over n-grams and lexicon evidence with the lexicon's own scores.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from typing import Any

import numpy as np

from nlp_reform import resources
from nlp_reform.classify import features, lexical, scan
from nlp_reform.classify.codebook import Codebook
from nlp_reform.classify.scan import Floats
from nlp_reform.errors import ResourceError

SCHEMA = "nlp-reform/themes/1"


@dataclass(frozen=True, eq=False)
class ThemeModel:
    """A loaded model.

    `grams` weighs n-grams (`idf`, then `weights`), `lexical` weighs the lexicon's scores times `scale`;
    `blend` is the share of the lexicon's own scores in the answer, `floor` what each code is given first.
    `threshold` is the best score under which a text gets no theme.
    """

    codebook: str
    level: int
    labels: tuple[str, ...]
    multi: bool
    grams: scan.Vocabulary
    idf: Floats
    weights: Floats
    lexical: Floats
    bias: Floats
    scale: float
    blend: float
    floor: float
    threshold: float
    manifest: dict[str, Any]

    def scores(self, joined: scan.Joined, weighed: Floats) -> Floats:
        """Return `score[text, label]` in [0, 1] for joined texts and the lexicon's evidence in them."""
        shares = lexical.scores(weighed, self.multi)
        given = features.rows(joined, self.grams, self.idf)
        logits = features.times(given, self.weights) + (self.scale * shares) @ self.lexical + self.bias
        if self.multi:
            learned = 1.0 / (1.0 + np.exp(-logits))
            return np.asarray((1 - self.blend) * learned + self.blend * shares, dtype=np.float32)
        logits -= logits.max(axis=1, keepdims=True)
        learned = np.exp(logits)
        learned /= learned.sum(axis=1, keepdims=True)
        own = shares + self.floor
        own /= own.sum(axis=1, keepdims=True)
        return np.asarray((1 - self.blend) * learned + self.blend * own, dtype=np.float32)


def fingerprint(book: Codebook) -> str:
    """Return a hash of what a model depends on: codes, hierarchy and terms, not names or definitions."""
    seen = [[code.code, code.parent, sorted(code.include), sorted(code.exclude)] for code in book.codes]
    return hashlib.sha256(json.dumps([book.multi, seen], ensure_ascii=False).encode()).hexdigest()


def shipped(book: Codebook) -> Path | None:
    """Return the folder of the model that goes with a codebook, or None when there is none."""
    for folder in resources.places("models"):
        if (folder / f"themes-{book.id}" / "manifest.json").is_file():
            return folder / f"themes-{book.id}"
    return None


def find(name: str) -> Path:
    """Return the folder of a model given by path or by name; raises `ResourceError` listing the places."""
    if (Path(name) / "manifest.json").is_file():
        return Path(name)
    return resources.locate("models", name)


def load(folder: Path, book: Codebook) -> ThemeModel:
    """Load a model for a codebook.

    Raises `ResourceError` when a file is missing, does not have the hash the manifest gives, or was made by
    another version of this format or of the codebook; the message names the command that retrains it.
    """
    manifest = _manifest(folder)
    retrain = f"retrain with: nlp-reform themes train --codebook {book.id} --labels FILE --output {folder}"
    if manifest.get("schema") != SCHEMA:
        found = manifest.get("schema")
        raise ResourceError(f"{folder}: model of schema {found!r}, this version reads {SCHEMA!r}; {retrain}")
    if manifest.get("codebook") != book.id:
        raise ResourceError(f"{folder}: model for codebook {manifest.get('codebook')!r}, not {book.id!r}; {retrain}")
    if manifest.get("fingerprint") != fingerprint(book):
        raise ResourceError(f"{folder}: model was trained on another version of codebook {book.id!r}; {retrain}")
    return _load(folder, manifest["sha256"]["weights.npz"], book)


def _manifest(folder: Path) -> dict[str, Any]:
    try:
        manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, ValueError) as error:
        raise ResourceError(f"{folder}: no readable manifest.json: {error}") from error
    if not isinstance(manifest, dict) or "weights.npz" not in manifest.get("sha256", {}):
        raise ResourceError(f"{folder}: manifest.json gives no sha256 of weights.npz")
    return manifest


@lru_cache(maxsize=8)
def _load(folder: Path, sha256: str, book: Codebook) -> ThemeModel:
    path = folder / "weights.npz"
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise ResourceError(f"{path}: {error}") from error
    if hashlib.sha256(raw).hexdigest() != sha256:
        raise ResourceError(f"{path}: sha256 differs from the manifest's; the file was changed or damaged")
    manifest = _manifest(folder)
    try:
        with np.load(BytesIO(raw), allow_pickle=False) as stored:
            arrays = {name: stored[name] for name in ("grams", "idf", "weights", "lexical", "bias")}
        grams = arrays["grams"].tobytes().decode("utf-8").split("\n")
        labels = tuple(manifest["labels"])
        model = ThemeModel(
            book.id, int(manifest["level"]), labels, book.multi, scan.Vocabulary(grams),
            arrays["idf"].astype(np.float32), arrays["weights"].astype(np.float32),
            arrays["lexical"].astype(np.float32), arrays["bias"].astype(np.float32), float(manifest["scale"]),
            float(manifest["blend"]), float(manifest["floor"]), float(manifest["threshold"]), manifest,
        )
        fits = model.weights.shape == (len(grams), len(labels)) and labels == book.labels(model.level)
    except (KeyError, ValueError, TypeError) as error:
        raise ResourceError(f"{path}: malformed model: {error}") from error
    if not fits:
        raise ResourceError(f"{path}: malformed model: sizes of weights, n-grams and labels do not agree")
    return model


def save(folder: Path, arrays: dict[str, Any], grams: list[str], manifest: dict[str, Any], card: str) -> None:
    """Write a model folder; the manifest is written last and gives the hashes of the other files."""
    folder.mkdir(parents=True, exist_ok=True)
    buffer = BytesIO()
    np.savez_compressed(buffer, grams=np.frombuffer("\n".join(grams).encode("utf-8"), dtype=np.uint8), **arrays)
    (folder / "weights.npz").write_bytes(buffer.getvalue())
    (folder / "CARD.md").write_text(card, encoding="utf-8")
    hashes = {name: hashlib.sha256((folder / name).read_bytes()).hexdigest() for name in ("weights.npz", "CARD.md")}
    text = json.dumps({**manifest, "sha256": hashes}, ensure_ascii=False, indent=2, sort_keys=True)
    (folder / "manifest.json").write_text(text + "\n", encoding="utf-8")
