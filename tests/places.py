"""Where the checkout, the bundled corpus, and the documents beside the checkout lie."""

from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared"
DEMO = ROOT / "corpora" / "societies-demo"
