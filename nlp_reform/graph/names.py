"""Names of theme codes, read from the codebooks for the labels of theme nodes."""

from __future__ import annotations

from functools import lru_cache

from nlp_reform import resources
from nlp_reform.errors import ResourceError


@lru_cache(maxsize=32)
def theme_names(codebook: str) -> dict[str, tuple[str, str | None]]:
    """Return each code's Chinese and English name; nothing when the codebook is not at hand any more."""
    try:
        table = resources.load_toml(resources.locate("codebooks", codebook))
    except ResourceError:
        return {}
    codes = [entry for entry in table.get("codes", ()) if "code" in entry]
    return {str(entry["code"]): (entry.get("name_zh") or str(entry["code"]), entry.get("name_en")) for entry in codes}
