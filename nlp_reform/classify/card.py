"""Writes a model's card from its manifest: what it is for, what it learned from, how well it does."""

from __future__ import annotations

from typing import Any

_CARD = """# Themes by the codebook `{codebook}` (version {codebook_version}, level {level})

Scores Chinese policy directives (Simplified; Traditional ones are converted first) by the codes of a codebook.
For coding aid and counts over many directives; a single code wants a reader's eye.

## Learned from

{described}

{texts} coded texts of {documents} documents, {extra} of lesser weight, {examples} example sentences of the
codebook. Texts a class: {classes}.

## Figures, on documents held back ({folds} folds, {tried} texts)

| | top-1 | top-3 | macro F1 | ECE |
|---|---|---|---|---|
| this model | {top1:.3f} | {top3:.3f} | {macro_f1:.3f} | {ece:.3f} |
| lexicon only | {l_top1:.3f} | {l_top3:.3f} | {l_macro_f1:.3f} | {l_ece:.3f} |
| commonest class | {majority:.3f} | | | |

Answered: {coverage:.3f} of the texts (best score at least {threshold}). Regression alone with 25, 50, 75 and
100 % of the documents, top-1: {curve}.

| class | texts | precision | recall | F1 |
|---|---|---|---|---|
{by_class}

## Weak spots

Few texts a class make the figures of rare classes uncertain; the choice of blend and threshold was made on the
same folds. A paragraph that says nothing of its subject (dates, addresses, general guidance) is a guess.
{remarks}
## Made with

{versions}. Weights in `weights.npz` (float16), read without pickle; hashes in `manifest.json`.
"""


def card(manifest: dict[str, Any], remarks: str = "") -> str:
    """Return the card as Markdown; `remarks` is added to the weak spots."""
    held, own, training = (manifest["figures"]["held_back"], manifest["figures"]["lexicon_only"], manifest["training"])
    rows = "\n".join(f"| {one['code']} | {one['support']} | {one['precision']:.2f} | {one['recall']:.2f} | "
                     f"{one['f1']:.2f} |" for one in held["by_class"])
    return _CARD.format(
        **{key: manifest[key] for key in ("codebook", "codebook_version", "level", "threshold")},
        **{key: training[key] for key in ("texts", "documents", "extra", "examples")},
        **{key: held[key] for key in ("top1", "top3", "macro_f1", "ece", "majority", "coverage")},
        **{f"l_{key}": own[key] for key in ("top1", "top3", "macro_f1", "ece")},
        described=training["described"] or "Labels supplied by the user.",
        classes=", ".join(f"{code} {count}" for code, count in training["classes"].items()),
        folds=manifest["figures"]["folds"], tried=manifest["figures"]["texts"],
        curve=", ".join(f"{point['top1']:.3f}" for point in manifest["figures"]["learning_curve"]), by_class=rows,
        remarks=f"{remarks}\n" if remarks else "",
        versions=", ".join(f"{name} {version}" for name, version in manifest["versions"].items()),
    )
