"""`lexicon`: what words there are, and a dictionary for segmenters out of them and of a corpus."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any

import click

from nlp_reform.cli.coding import FORMAT
from nlp_reform.cli.document import DEBUG
from nlp_reform.cli.failures import Failures
from nlp_reform.cli.terminal import say, watched

_SUPPORT = ("word", "occurrences", "documents", "cohesion", "freedom")


@click.group()
def lexicon() -> None:
    """List and show lexicons, and build a user dictionary for jieba. 词表

    Lexicons are the TOML files of words that the finders read: units, cues, bodies, indicators and more.
    """


@lexicon.command("list", epilog="Example: nlp-reform lexicon list")
@FORMAT
@DEBUG
def list_lexicons(format: str, debug: bool) -> None:
    """List the lexicons in use with their sizes. 列出词表"""
    from nlp_reform import extending
    from nlp_reform.jsonable import plain

    failures = Failures(debug)
    with failures.caught("lexicon"):
        found = extending.list_lexicons()
        if format == "json":
            click.echo(json.dumps(plain(found), ensure_ascii=False, indent=1))
        else:
            rows = [(one.name, one.file, str(one.tables), str(one.values)) for one in found]
            _table([("name", "file", "tables", "values"), *rows])
    failures.end()


@lexicon.command("show", epilog="Example: nlp-reform lexicon show units")
@click.argument("name")
@FORMAT
@DEBUG
def show_lexicon(name: str, format: str, debug: bool) -> None:
    """Show the words of one lexicon, by name, with where they are from. 查看词表"""
    from nlp_reform import extending

    failures = Failures(debug)
    with failures.caught(name):
        found = extending.show_lexicon(name)
        if format == "json":
            click.echo(json.dumps(found, ensure_ascii=False, indent=1))
        else:
            for line in _lines(found):
                click.echo(line)
    failures.end()


@lexicon.command("build", epilog="Example: nlp-reform lexicon build plans/*.txt -o policy.dict")
@click.argument("files", metavar="[FILE]...", nargs=-1)
@click.option("-o", "--output", metavar="FILE", default="policy.dict", show_default=True, help="The dictionary file.")
@click.option("--words", metavar="NAME", multiple=True,
              help="Words of bodies, indicators, programmes, units or mainland; repeatable.  [default: all]")
@click.option("--least", type=click.IntRange(2), default=5, show_default=True,
              help="Occurrences of a new word, at least.")
@click.option("--cohesion", type=float, default=5.0, show_default=True,
              help="Bits of mutual information that hold a new word together, at least.")
@click.option("--freedom", type=float, default=1.5, show_default=True,
              help="Bits of entropy of what stands beside a new word, at least.")
@click.option("--longest", type=click.IntRange(2), default=8, show_default=True,
              help="Characters of a new word, at most.")
@FORMAT
@DEBUG
def build_lexicon(
    files: Sequence[str], output: str, words: Sequence[str], least: int, cohesion: float, freedom: float, longest: int,
    format: str, debug: bool,
) -> None:
    """Write a user dictionary for jieba from our lexicons and from new words of documents. 构建分词词典

    Each new word of FILE (documents of any kind that can be read, or -) is printed with its support: how often it
    occurs, in how many documents, its cohesion and freedom in bits. Without FILE only the lexicons are written. The
    file is UTF-8, a line a word: word, frequency, part of speech.
    """
    from nlp_reform import extending

    failures = Failures(debug)
    found = list(_read(files, failures))
    if files and not found:
        failures.end()
    with failures.caught(output):
        built = extending.build_lexicon(found, output, words, least, cohesion, freedom, longest)
        if format == "json":
            click.echo(json.dumps([one._asdict() for one in built.new], ensure_ascii=False, indent=1))
        elif built.new:
            _table([_SUPPORT, *(tuple(map(str, one)) for one in built.new)], left=1)
        say(f"wrote {output}: {len(built.entries)} words, {len(built.new)} of them new")
    failures.end()


def _read(files: Sequence[str], failures: Failures) -> Iterator[Any]:
    from nlp_reform import extending

    for name in watched(files, len(files), "reading 读取"):
        with failures.caught(name):
            yield extending.read(name)


def _lines(value: Any, name: str = "", depth: int = -1) -> Iterator[str]:
    """Write tables as indented names, words of a list on one line."""
    indent = "  " * max(depth, 0)
    if isinstance(value, dict):
        if name:
            yield f"{indent}[{name}]"
        for inner, one in value.items():
            yield from _lines(one, inner, depth + 1)
    elif isinstance(value, list) and any(isinstance(one, dict) for one in value):
        for one in value:
            yield from _lines(one, name, depth)
    else:
        words = " | ".join(map(str, value)) if isinstance(value, list) else str(value)
        yield f"{indent}{name}: {words}"


def _table(rows: Sequence[Sequence[str]], left: int = 2) -> None:
    from nlp_reform.evaluate.render import columns

    click.echo(columns(rows, left=left), nl=False)
