"""`codebook` and `themes`: what codes there are, and how texts get them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import click

from nlp_reform.cli.document import DEBUG
from nlp_reform.cli.failures import Failures, documents
from nlp_reform.errors import ReformError

MARK = "\ufeff"
"""Tells Excel that a CSV file is UTF-8."""
FILES = click.argument("files", metavar="[FILE]...", nargs=-1)
BOOK = click.option("--codebook", metavar="NAME", required=True, help="The codebook, by name or path.")
MODEL = click.option("--model", metavar="NAME", help="A model's folder or name, or lexicon for the terms alone.")
LEVEL = click.option("--level", type=int, help="Depth of the hierarchy, 1 at the top.  [default: the codebook's]")
LABELS = click.option("--labels", metavar="FILE", required=True,
                      help="CSV, TSV, XLSX or JSONL with a text or directive id, and a code.")
FORMAT = click.option("--format", type=click.Choice(["text", "json"]), default="text", show_default=True,
                      help="For reading or for programs.")


@click.group()
def codebook() -> None:
    """List, show and check codebooks. 编码表

    A codebook is a TOML file of codes with names, definitions and terms; yours stand beside the built-in ones, by
    path or in the codebooks folder of your data folder.
    """


@codebook.command("list", epilog="Example: nlp-reform codebook list")
@FORMAT
@DEBUG
def list_codebooks(format: str, debug: bool) -> None:
    """List the codebooks that can be found, built-in and your own. 列出编码表"""
    from nlp_reform import coding
    from nlp_reform.jsonable import plain

    failures = Failures(debug)
    with failures.caught("codebook"):
        found = coding.list_codebooks()
        if format == "json":
            click.echo(json.dumps(plain(found), ensure_ascii=False, indent=1))
        else:
            _table(("name", "version", "codes", "名称", "title"),
                   [(b.name, b.version, str(b.codes), b.name_zh, b.name_en) for b in found])
    failures.end()


@codebook.command("show", epilog="Example: nlp-reform codebook show societies")
@click.argument("name")
@FORMAT
@DEBUG
def show_codebook(name: str, format: str, debug: bool) -> None:
    """Show one codebook with its codes and definitions. 查看编码表"""
    from nlp_reform import coding

    failures = Failures(debug)
    with failures.caught(name):
        book = coding.show_codebook(name)
        if format == "json":
            click.echo(json.dumps(book, ensure_ascii=False, indent=1))
        else:
            click.echo(f"{book['id']} {book['version']}  {book['name_zh']}  {book['name_en']}")
            click.echo(f"source: {book['source']}")
            for code in book["codes"]:
                click.echo(f"{'  ' * code['depth']}{code['code']}  {code['name_zh']}  {code['name_en']}")
    failures.end()


@codebook.command("check", epilog="Example: nlp-reform codebook check my-codes.toml")
@click.argument("name")
@DEBUG
def check_codebook(name: str, debug: bool) -> None:
    """Check a codebook file and name each fault with its row. 检查编码表"""
    from nlp_reform import coding

    failures = Failures(debug)
    with failures.caught(name):
        problems = coding.check_codebook(name)
        for problem in problems:
            click.echo(f"{name}: row {problem.row}: {problem.severity}: {problem.code or ''} {problem.message}")
        click.echo(f"{name}: {len(problems)} problems" if problems else f"{name}: all well")
        errors = sum(problem.severity == "error" for problem in problems)
        if errors:
            failures.tell(name, ReformError(f"{name}: {errors} errors to mend before the codebook can be used"))
    failures.end()


@click.group()
def themes() -> None:
    """Give themes to texts, teach a model, and look around. 主题分类"""


@themes.command("classify", epilog="Example: nlp-reform themes classify texts.csv --codebook govcn -o coded.csv")
@click.argument("file")
@BOOK
@click.option("--top", type=int, default=3, show_default=True, help="Codes given to a text, at most.")
@click.option("--column", default="text", show_default=True, help="Heading of the column with the texts.")
@LEVEL
@MODEL
@click.option("--threshold", type=float, help="Least score of the best code.  [default: the model's]")
@click.option("-o", "--output", metavar="FILE", help="A CSV file; without it the table is printed.")
@DEBUG
def classify(file: str, codebook: str, top: int, column: str, level: int | None, model: str | None,
             threshold: float | None, output: str | None, debug: bool) -> None:
    """Give codes to a table of texts (CSV, TSV, XLSX, JSONL). 为文本表编码"""
    from nlp_reform import coding
    from nlp_reform.export.formats import csv_table
    from nlp_reform.export.write import write

    failures = Failures(debug)
    with failures.caught(file):
        table = csv_table(coding.classify_table(file, codebook, top, column, level, model, threshold))
        if output is None:
            click.echo(table, nl=False)
        else:
            click.echo(f"wrote {write(Path(output), MARK + table)}", err=True)
    failures.end()


@themes.command("train", epilog="Example: nlp-reform themes train --codebook mine.toml --labels coded.csv -o my-model")
@FILES
@BOOK
@LABELS
@click.option("-o", "--output", metavar="FOLDER", required=True, help="Where the model goes.")
@LEVEL
@click.option("--seed", type=int, default=0, show_default=True, help="Of the cross-validation's folds.")
@DEBUG
def train(files: Sequence[str], codebook: str, labels: str, output: str, level: int | None, seed: int,
          debug: bool) -> None:
    """Train a model from coded texts; figures are from cross-validation by document. 训练主题模型

    FILE are the documents whose directive ids the label file names; none where it holds the texts themselves.
    """
    from nlp_reform import coding
    from nlp_reform.classify.card import card

    failures = Failures(debug)
    with failures.caught(labels):
        trained = coding.train(_read(files, failures), codebook, labels, output, level, seed)
        click.echo(card(trained.manifest))
        click.echo(f"wrote {output}", err=True)
    failures.end()


@themes.command("suggest", epilog="Example: nlp-reform themes suggest plans/*.txt --codebook govcn -o sheet.xlsx")
@FILES
@BOOK
@click.option("-o", "--output", metavar="FILE", required=True, help="The coding sheet, .csv or .xlsx.")
@click.option("--count", type=int, default=50, show_default=True, help="How many directives to pick.")
@click.option("--done", metavar="FILE", help="A label file whose directives are left out.")
@MODEL
@LEVEL
@DEBUG
def suggest(files: Sequence[str], codebook: str, output: str, count: int, done: str | None, model: str | None,
            level: int | None, debug: bool) -> None:
    """Pick the directives most worth coding next and write a coding sheet. 建议优先编码的条目"""
    from nlp_reform import coding

    failures = Failures(debug)
    with failures.caught(output):
        picked = coding.suggest(_read(files, failures), codebook, output, count, done, model, level)
        click.echo(f"wrote {output}: {len(picked)} directives to code", err=True)
    failures.end()


@themes.command("evaluate", epilog="Example: nlp-reform themes evaluate --codebook govcn --labels coded.csv")
@FILES
@BOOK
@LABELS
@MODEL
@LEVEL
@DEBUG
def evaluate(files: Sequence[str], codebook: str, labels: str, model: str | None, level: int | None,
             debug: bool) -> None:
    """Measure the model, and the lexicon alone, against coded texts. 评测主题分类"""
    from nlp_reform import coding

    failures = Failures(debug)
    with failures.caught(labels):
        both = coding.evaluate(_read(files, failures), codebook, labels, model, level)
        rows = [(name, str(f.texts), str(f.classes), *(f"{v:.3f}" for v in
                 (f.top1, f.top3, f.macro_f1, f.ece, f.majority, f.coverage)))
                for name, f in zip(("in use", "lexicon"), both, strict=True)]
        _table(("scorer", "texts", "classes", "top-1", "top-3", "macro-F1", "ECE", "majority", "coverage"), rows)
    failures.end()


@themes.command("explore", epilog="Example: nlp-reform themes explore plans/*.txt --by year")
@FILES
@click.option("--codebook", metavar="NAME", default="govcn", show_default=True, help="For --by theme.")
@click.option("--by", type=click.Choice(["theme", "section", "year"]), default="theme", show_default=True,
              help="What the words are to mark.")
@click.option("--top", type=int, default=20, show_default=True, help="Words a group.")
@click.option("--topics", type=int, default=0, show_default=True, help="Add a topic view of so many topics.")
@DEBUG
def explore(files: Sequence[str], codebook: str, by: str, top: int, topics: int, debug: bool) -> None:
    """Show the words that mark each theme, section or year. 关键词探索

    Log-likelihood (G2) with the log ratio as effect size. Topics are an exploration, not a coding.
    """
    from nlp_reform import coding

    failures = Failures(debug)
    with failures.caught("explore"):
        keys, found = coding.explore(_read(files, failures, (codebook,)), codebook, by, top, topics)
        _table(("group", "word", "inside", "outside", "G2", "log ratio"), [tuple(map(str, key)) for key in keys])
        for topic in found:
            click.echo(f"topic {topic.number} ({topic.share:.0%}, exploration): {' '.join(topic.words)}")
    failures.end()


def _read(files: Sequence[str], failures: Failures, books: Sequence[str] = ()) -> list[Any]:
    return list(documents(files, books, failures))


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    from nlp_reform.evaluate.render import columns

    click.echo(columns([head, *rows], left=2), nl=False)
