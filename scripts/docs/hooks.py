"""What mkdocs calls while it builds: pages are made out of what they describe, and nothing is fetched."""

from __future__ import annotations

import logging
import sys
from pathlib import Path

import jieba
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files

sys.path.insert(0, str(Path(__file__).parent))
from made import pages  # the folder of this file is known only now


def on_startup(command: str, dirty: bool) -> None:
    """Silence the segmenter of the search index: what it says of its start is no warning."""
    jieba.setLogLevel(logging.WARNING)


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add the pages and pictures that are made."""
    for name, content in pages():
        files.append(File.generated(config, name, content=content))
    return files
