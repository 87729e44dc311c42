"""A font with Chinese characters on this machine; boxes are never printed."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from nlp_reform.errors import ExportError

_NEEDED = "目标條與龥"
"""Simplified and Traditional characters that a font must have."""
_KNOWN = ("notosanscjk", "notosanssc", "sourcehansans", "wqy", "msyh", "pingfang", "simhei", "heiti", "notoserifcjk",
          "simsun", "songti", "droidsansfallback", "uming", "ukai", "arialuni")
"""Pieces of the file names of fonts that are known to have them, best first."""
ADVICE = ("no font with Chinese characters is on this machine; install one (Debian: apt install fonts-noto-cjk or "
          "fonts-wqy-zenhei) or name a font file with --font")


@lru_cache(maxsize=1)
def find() -> str | None:
    """Return the path of a font that has Simplified and Traditional characters, a known sans serif before others."""
    from matplotlib.font_manager import findSystemFonts

    def rank(path: str) -> tuple[int, str]:
        name = Path(path).name.lower().replace("-", "").replace("_", "")
        return next((n for n, known in enumerate(_KNOWN) if known in name), len(_KNOWN)), path

    return next((path for path in sorted(findSystemFonts(), key=rank) if covers(path)), None)


def covers(path: str) -> bool:
    """Tell whether a font file has the characters needed; a file that is no font has not."""
    from matplotlib.ft2font import FT2Font

    try:
        table = FT2Font(path).get_charmap()
    except (OSError, RuntimeError):
        return False
    return all(ord(character) in table for character in _NEEDED)


def given(path: str) -> str:
    """Return the path of a font that the user named; raises `ExportError` when it is none or lacks Chinese."""
    if not covers(path):
        raise ExportError(f"{path}: is no font with Chinese characters; name another with --font")
    return path
