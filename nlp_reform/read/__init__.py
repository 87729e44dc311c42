"""From bytes to a text of record: each reader returns the text and what its format knows of it."""

from nlp_reform.read.load import from_bytes, from_path, from_text

__all__ = ["from_bytes", "from_path", "from_text"]
