"""What a reader takes at most, so that no file, however made, can exhaust time or memory.

A file above a limit is refused with a `ReadError` naming the limit; nothing is cut off silently.
"""

from __future__ import annotations

import time

from nlp_reform.errors import ReadError

MAX_BYTES = 256 << 20
"""Bytes of any file; the longest work reports with pictures stay below a tenth of it."""

MAX_HTML_BYTES = 32 << 20
"""Bytes of an HTML page: its tree takes some twenty times that in memory."""

MAX_TAGS = 1_000_000
"""Elements of one HTML page or one Word part."""

MAX_PART_BYTES = 64 << 20
"""Bytes of one part of a Word file after unpacking, counted while unpacking, whatever its header says."""

MAX_RATIO = 200
"""How many times its packed size a part may unpack to, above `RATIO_FREE_BYTES`; Word's own files stay below 60."""

RATIO_FREE_BYTES = 4 << 20
"""Below this many unpacked bytes the ratio is not looked at."""

MAX_ENTRIES = 20_000
"""Files inside one Word file."""

MAX_PDF_PAGES = 20_000
"""Pages of one PDF."""

MAX_STREAM_BYTES = 32 << 20
"""Bytes of one stream of a PDF, pictures apart, after unpacking; pdfium takes some twenty times that to draw it."""

MAX_TABLE_PAGES = 200
"""Pages of one PDF whose ruled tables are rebuilt; the tables after them stay lines of text, with a note."""

MAX_PAGE_OBJECTS = 20_000
"""Objects of a PDF page above which its lines are taken for a drawing, not for a ruled table."""

MAX_COLUMNS = 256
"""Columns of a table: what a cell's span beyond them claims is ignored."""

MAX_SECONDS = 120.0
"""Seconds that reading one file may take before it is refused."""

OFFICE_SECONDS = 90.0
"""Seconds LibreOffice may take to convert one file before it is ended."""


class Clock:
    """Counts the seconds spent on one file."""

    def __init__(self, name: str, seconds: float = MAX_SECONDS) -> None:
        """Start counting."""
        self._name = name
        self._seconds = seconds
        self._end = time.monotonic() + seconds

    def check(self) -> None:
        """Raise `ReadError` when the time is over."""
        if time.monotonic() > self._end:
            raise ReadError(f"{self._name}: takes more than {self._seconds:.0f} seconds to read; split the file")


def check_size(size: int, name: str, most: int = MAX_BYTES) -> None:
    """Raise `ReadError` when a file of `size` bytes is larger than `most`."""
    if size > most:
        raise ReadError(
            f"{name}: has {size / 1e6:,.0f} MB (at most {most / 1e6:,.0f} MB); split it or save its text as .txt"
        )
