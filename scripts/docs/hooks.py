"""What mkdocs calls while it builds: pages are made out of what they describe, and nothing is fetched."""

from __future__ import annotations

import logging
import sys
from pathlib import Path
from typing import Any

import jieba
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import event_priority
from mkdocs.structure.files import File, Files

ROOT = Path(__file__).resolve().parents[2]


def on_startup(command: str, dirty: bool) -> None:
    """Silence the segmenter of the search index: what it says of its start is no warning."""
    jieba.setLogLevel(logging.WARNING)


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Put pages that the navigation does not name at the end of their section: nobody's page is lost."""
    made = {"codebooks": ROOT / "nlp_reform" / "codebooks", "notebooks": ROOT / "scripts" / "notebooks"}
    for name, folder in {"howto": Path(config.docs_dir) / "howto", **made}.items():
        section = _section(config.nav or [], f"{name}/index.md")
        assert section is not None, name
        named = {place for entry in section for place in (entry.values() if isinstance(entry, dict) else [entry])}
        sources = sorted(path for path in folder.iterdir() if path.suffix in {".md", ".toml", ".ipynb"})
        pages = [f"{name}/{path.stem}.md" for path in sources]
        section += [page for page in pages if page not in named]
    return config


def _section(entries: list[Any], page: str) -> list[Any] | None:
    """Return the list of the navigation in which a page stands."""
    if page in entries:
        return entries
    below = [inner for entry in entries if isinstance(entry, dict) for inner in entry.values()]
    found = (_section(inner, page) for inner in below if isinstance(inner, list))
    return next((section for section in found if section is not None), None)


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add the pages and pictures that are made."""
    here = str(Path(__file__).parent)
    if here not in sys.path:
        sys.path.insert(0, here)
    from made import pages

    for name, content in pages():
        files.append(File.generated(config, name, content=content))
    return files


@event_priority(-100)  # after the search has written its index
def on_post_build(config: MkDocsConfig) -> None:
    """Write the search index as a script too: a page opened from disk may not fetch."""
    index = Path(config.site_dir) / "search" / "search_index.json"
    index.with_suffix(".js").write_text(f"var __index = {index.read_text(encoding='utf-8')}", encoding="utf-8")
