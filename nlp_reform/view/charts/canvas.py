"""Figures of matplotlib without its global state, and how they become SVG or PNG."""

from __future__ import annotations

import io
import re
import warnings
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Literal

from nlp_reform.errors import ExportError
from nlp_reform.prepared import compiled

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

Format = Literal["svg", "png"]
FORMATS: tuple[Format, ...] = ("svg", "png")
INK = "#010203"
"""Colour of everything that a page draws in its own ink, dark or light; put there as `currentColor`."""
SERIES = ("#3b78b5", "#d9822b", "#4d9a57", "#b4508f", "#8c6d31", "#5b5fa8", "#c0504d", "#2a9d8f")
RISING = ("#6a9fd4", "#a9c4de", "#b3b3b3", "#e8a07c", "#cf5c4c")
"""Colours of strength 1 to 5."""
SIZE = 9.0
"""Points of all letters."""
_POINTS = 72.0
_FAMILIES = "Noto Sans CJK SC, Microsoft YaHei, PingFang SC, sans-serif"
_TEXT = compiled(r"<text [^>]*>")
_FACE = compiled(r"font: (?:\w+ )?([\d.]+)px [^;\"]+|font-family: [^;\"]+;? ?")
_MISSING = compiled(r"Glyph (\d+) .*missing")
_GROUP = compiled(r'<g id="[^"]*"')
_HEAD = compiled(r"^.*?(?=<svg)|<metadata>.*?</metadata>", re.DOTALL)


def figure(width: float, height: float, left: Sequence[str] = (), below: float = 0.5, above: float = 0.35) -> Figure:
    """Return a figure of inches whose left margin holds the labels named, whatever font they will be shown in."""
    from matplotlib.figure import Figure

    drawn = Figure(figsize=(width, height))
    margin = max((wide(label) for label in left), default=2.0) * SIZE / _POINTS + 0.15
    drawn.subplots_adjust(left=min(0.5, margin / width), right=1 - 0.2 / width, bottom=below / height,
                          top=1 - above / height)
    return drawn


def wide(text: str) -> float:
    """Return a text's width in ems: one for a Chinese character, about a half for others."""
    return sum(1.0 if ord(c) >= 0x2E80 else 0.58 for c in text)


def short(text: str, most: int = 18) -> str:
    """Return a label cut to a length that a margin can hold."""
    return text if len(text) <= most else text[: most - 1] + "…"


def bare(axes: Axes) -> Axes:
    """Take the frame off, leaving the axis that counts.

    No name of the vertical axis is placed, which matplotlib does by measuring every label beside it.
    """
    for side in ("top", "right", "left"):
        axes.spines[side].set_visible(False)
    axes.tick_params(length=0)
    axes.yaxis.set_label_coords(0, 0)
    return axes


def encode(
    name: str, draw: Callable[[], Figure | None], format: Format, font: str | None, inline: bool = False,
    made: str | None = None,
) -> bytes | None:
    """Return a drawing as a file; None when there is nothing to draw.

    `font` is the path of a font with Chinese characters: with it an SVG carries the shapes of its letters and
    looks the same anywhere; without, its letters stay text in the reader's own fonts. A PNG needs one. `inline`
    makes an SVG for a page, in the page's fonts and ink; `name` keeps its ids apart from other charts'. `made` says in
    the file by what it was made.
    """
    if format == "png" and font is None:
        raise ExportError("a PNG needs a font")
    with _style(name, None if inline else font):
        drawn = draw()
        if drawn is None:
            return None
        stream = io.BytesIO()
        more: dict[str, Any] = {"metadata": {"Date": None, "Creator": made}} if format == "svg" else {
            "metadata": {"Software": made}, "dpi": 160}
        with warnings.catch_warnings(record=True) as told:
            warnings.simplefilter("always" if font and not inline else "ignore", UserWarning)
            drawn.savefig(stream, format=format, transparent=inline, **more)
        if font and not inline:
            _tell(font, [str(one.message) for one in told])
    data = stream.getvalue()
    if format == "png":
        return data
    text = data.decode()
    if inline or font is None:
        text = _TEXT.sub(lambda tag: _FACE.sub(_size, tag[0]), text)
    if inline:
        text = _GROUP.sub("<g", _HEAD.sub("", text)).replace(INK, "currentColor")
    elif font is None:
        text = text.replace("<svg ", f'<svg font-family="{_FAMILIES}" ', 1)
    return text.encode()


def _size(found: re.Match[str]) -> str:
    """Keep of a letter's face its size only: the reader's own fonts know Chinese."""
    return f"font-size: {found[1]}px" if found[1] else ""


def _tell(font: str, messages: Sequence[str]) -> None:
    """Warn of characters that the font lacks; without a font letters stay text and nothing is missing."""
    lacking = sorted({chr(int(found[1])) for message in messages if (found := _MISSING.search(message))})
    if lacking:
        warnings.warn(f"{font}: has no shape for {''.join(lacking)}, which the chart shows as boxes; name another "
                      "font with --font", UserWarning, stacklevel=3)


@contextmanager
def _style(name: str, font: str | None) -> Iterator[None]:
    import logging

    import matplotlib as mpl

    logging.getLogger("matplotlib.font_manager").setLevel(logging.ERROR)  # "weight normal not found" for each letter
    settings: Any = {
        "svg.fonttype": "path" if font else "none", "svg.hashsalt": name, "text.parse_math": False,
        "font.size": SIZE, "axes.titlesize": SIZE, "axes.titlelocation": "left", "axes.titley": 1.0,
        "axes.axisbelow": True, "axes.unicode_minus": False, "legend.frameon": False, "font.family": "DejaVu Sans",
        **dict.fromkeys(("text.color", "axes.edgecolor", "axes.labelcolor", "xtick.color", "ytick.color"), INK),
    }
    if font:
        from matplotlib import font_manager

        font_manager.fontManager.addfont(font)
        settings["font.family"] = [font_manager.FontProperties(fname=font).get_name(), "DejaVu Sans"]
    with mpl.rc_context(settings):
        yield
