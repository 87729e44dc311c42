"""What a page or text in a file was made with, put at its end; tables, JSON and workbooks have a field for it."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from nlp_reform.model import MadeWith
from nlp_reform.provenance import lines


def signed(content: str, format: str, made: Iterable[MadeWith | None]) -> str:
    """Return a text, redline, markdown or html file with its provenance; other formats as they are."""
    told = lines(made)
    if not told:
        return content
    if format in ("text", "redline"):
        return "\n".join([content, *told, ""])
    if format == "markdown":
        return "\n".join([content, "---", "", *(f"{line}  " for line in told), ""])
    if format == "html":
        footer = "".join(f"<p><small>{escape(line)}</small></p>" for line in told)
        return content.replace("</html>", f"<footer>{footer}</footer></html>")
    return content
