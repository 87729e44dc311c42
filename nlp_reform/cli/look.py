"""`report`, `view` and `plot`: documents in, something to look at out."""

from __future__ import annotations

import warnings

import click

from nlp_reform.cli.document import CODEBOOK, DEBUG, FILES, MANIFEST
from nlp_reform.cli.failures import Failures, documents
from nlp_reform.cli.manifest import keep, repeatable
from nlp_reform.cli.terminal import say

LANG = click.option("--lang", type=click.Choice(["zh", "en"]), help="Language of the labels.  [default: the locale's]")


@click.command(epilog="Example: nlp-reform report 2018.txt 2019.txt -o report.html --lang zh")
@FILES
@click.option("-o", "--output", metavar="OUT", default="report.html", show_default=True, help="The HTML file.")
@LANG
@MANIFEST
@CODEBOOK
@DEBUG
def report(
    files: tuple[str, ...], output: str, lang: str | None, manifest: str | None, codebook: tuple[str, ...], debug: bool
) -> None:
    """Write one HTML file to read and send on: summary, charts, graph, targets, changes, full text. 可读报告

    The file needs no network. Every number leads to its sentence in the full text, in which quantities, cues,
    bearers, conditions and actors are marked. Several files are compared year by year.
    """
    from nlp_reform import looking
    from nlp_reform.view.words import language

    repeatable(files, output, manifest)
    failures = Failures(debug)
    found = list(documents(files, codebook, failures))
    if found:
        with failures.caught(output):
            keep("report", {"lang": language(lang), "codebook": codebook}, files, output,
                 (looking.report(found, output, lang),), manifest)
    failures.end()


@click.command(epilog="Example: nlp-reform view 20*.txt -o graph.html")
@FILES
@click.option("-o", "--output", metavar="OUT", default="graph.html", show_default=True, help="The HTML file.")
@LANG
@MANIFEST
@CODEBOOK
@DEBUG
def view(
    files: tuple[str, ...], output: str, lang: str | None, manifest: str | None, codebook: tuple[str, ...], debug: bool
) -> None:
    """Write the graph explorer as one HTML file: pan, zoom, search, filter, linked tables, full text. 图谱浏览

    The file needs no network. Selecting a node shows its text and neighbours and selects its rows in the tables.
    """
    from nlp_reform import looking
    from nlp_reform.view.words import language

    repeatable(files, output, manifest)
    failures = Failures(debug)
    found = list(documents(files, codebook, failures))
    if found:
        with failures.caught(output):
            keep("view", {"lang": language(lang), "codebook": codebook}, files, output,
                 (looking.view(found, output, lang),), manifest)
    failures.end()


@click.command(epilog="Example: nlp-reform plot 20*.txt --chart threads --format png -o figures/")
@FILES
@click.option("-o", "--output", metavar="OUT", default="plots", show_default=True,
              help="A folder, or for one chart a file that ends with .svg or .png.")
@click.option("--chart", metavar="NAME", multiple=True,
              help="themes, strength, targets, threads, actors or deadlines; repeatable.  [default: all]")
@click.option("--format", metavar="FORMAT", default="svg", show_default=True, help="svg or png.")
@click.option("--font", metavar="FILE", help="A font file with Chinese characters.  [default: one of the machine's]")
@LANG
@MANIFEST
@CODEBOOK
@DEBUG
def plot(
    files: tuple[str, ...], output: str, chart: tuple[str, ...], format: str, font: str | None, lang: str | None,
    manifest: str | None, codebook: tuple[str, ...], debug: bool,
) -> None:
    """Draw themes, strength, targets and outcomes, threads, actors and deadlines as SVG or PNG. 图表

    Several files are followed year by year. Where the machine has no font with Chinese characters, an SVG leaves
    the letters to the reader's fonts and a PNG is refused with the name of a font to install.
    """
    from nlp_reform import looking
    from nlp_reform.view.charts import CHARTS, FORMATS
    from nlp_reform.view.words import language

    if format not in FORMATS:
        raise click.BadParameter(f"{format!r} is not one of {', '.join(FORMATS)}", param_hint="--format")
    for name in chart:
        if name not in CHARTS:
            raise click.BadParameter(f"{name!r} is not one of {', '.join(CHARTS)}", param_hint="--chart")
    repeatable(files, output, manifest)
    failures = Failures(debug)
    found = list(documents(files, codebook, failures))
    if found:
        with failures.caught(output):
            with warnings.catch_warnings(record=True) as told:
                warnings.simplefilter("always", UserWarning)
                written = looking.plot(found, output, chart, format, lang, font)
            for message in dict.fromkeys(str(one.message) for one in told):
                say(f"note: {message}")
            keep("plot", {"chart": chart, "format": format, "lang": language(lang), "font": font, "codebook": codebook},
                 files, output, written, manifest)
            if not written:
                say("there was nothing to draw")
    failures.end()
