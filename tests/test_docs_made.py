"""The pages that are made: schema, commands, codebooks, lexicons, tables, notebooks say what is there."""

from __future__ import annotations

import json
import re
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest

from nlp_reform import api, resources
from nlp_reform.cli.main import cli
from nlp_reform.jsonable import to_dict
from nlp_reform.tables import DOCUMENT_TABLES

ROOT = Path(__file__).resolve().parents[1]
RAW = ROOT / "corpora" / "societies-demo" / "raw"
NOTEBOOKS = sorted((ROOT / "scripts" / "notebooks").glob("*.ipynb"))


@pytest.fixture(scope="module", autouse=True)
def made() -> Any:
    """The makers, importable as they are while the site is built."""
    sys.path.insert(0, str(ROOT / "scripts" / "docs"))
    yield
    sys.path.remove(str(ROOT / "scripts" / "docs"))


@pytest.mark.parametrize("name", ["2018.txt", "2020.txt", "2021.docx", "2021.html", "2021.pdf"])
def test_what_extract_writes_follows_the_published_schema(name: str) -> None:
    jsonschema = pytest.importorskip("jsonschema")
    from made.contract import schema

    record = json.loads(json.dumps(to_dict(api.extract(RAW / name))))
    check = jsonschema.Draft202012Validator(schema())
    check.check_schema(schema())
    assert [error.message for error in check.iter_errors(record)] == []


@pytest.mark.parametrize("change", [
    lambda record: record["quantities"][0].update(role="hoped"), lambda record: record["targets"][0].pop("change"),
    lambda record: record.update(extra=1), lambda record: record["obligations"][0].update(strength="5"),
    lambda record: record["document"].update(script="latin"), lambda record: record["directives"][0].update(start=None),
])
def test_the_schema_notices_what_breaks_the_contract(change: Any) -> None:
    jsonschema = pytest.importorskip("jsonschema")
    from made.contract import schema

    record = json.loads(json.dumps(to_dict(api.extract(RAW / "2019.txt"))))
    change(record)
    assert list(jsonschema.Draft202012Validator(schema()).iter_errors(record))


def test_every_command_and_option_is_on_the_page_of_the_command_line() -> None:
    import click
    from made import commands

    page = dict(commands.pages())["reference/cli.md"]
    context = click.Context(cli)
    for name in cli.list_commands(context):
        command = cli.get_command(context, name)
        below = command.commands.values() if isinstance(command, click.Group) else [command]
        assert re.search(rf"^## {name} ", page, re.MULTILINE), name
        for one in below:
            missing = [option for option in one.params if isinstance(option, click.Option) and f"`{option.opts[-1]}`" not in page
                       and f"`{option.opts[-1]}` /" not in page]
            assert not missing, name


def test_every_codebook_lexicon_table_and_failure_has_its_place() -> None:
    from made import codebooks, failures, floors, lexicons, tables

    books = dict(codebooks.pages())
    for path in (resources.PACKAGE / "codebooks").glob("*.toml"):
        book = tomllib.loads(path.read_text(encoding="utf-8"))
        assert all(code["name_en"] in books[f"codebooks/{path.stem}.md"] for code in book["codes"]), path.stem
    words = dict(lexicons.pages())["lexicons.md"]
    assert all(f"## {path.stem}\n" in words for path in (resources.PACKAGE / "lexicons").glob("*.toml"))
    columns = dict(tables.pages())["reference/tables.md"]
    assert all(f"| `{column}` |" in columns for table in DOCUMENT_TABLES.values() for column in table.names)
    limits, cases = dict(failures.pages())["limits.md"], resources.load_toml(ROOT / "tests" / "known_failures.toml")["case"]
    assert all(case["name"].replace("|", "\\|") in limits for case in cases) and "### Weak" in limits
    rooms = {room.stem for room in (ROOT / "nlp_reform").iterdir() if room.suffix == ".py" or (room / "__init__.py").exists()}
    assert all(f">{room}</text>" in floors.floors() for room in rooms - {"__init__"})


def test_notebooks_are_kept_without_outputs() -> None:
    assert len(NOTEBOOKS) >= 3
    for path in NOTEBOOKS:
        for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]:
            assert not cell.get("outputs") and cell.get("execution_count") is None, f"{path.name}: clear its outputs"


def test_the_walk_through_runs_on_the_founding_text(seed: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("nbclient")
    from made.notebooks import run

    monkeypatch.setenv("NLP_REFORM_PLAN", str(seed))
    notebook = run(ROOT / "scripts" / "notebooks" / "a-work-plan-read.ipynb")
    printed = "".join(output.get("text", "") for cell in notebook.cells for output in cell.get("outputs", ()))
    assert "8 sections, 30 directives" in printed
