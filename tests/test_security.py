"""What the package promises of safety (SECURITY.md), read off its own code and tried on hostile input."""

from __future__ import annotations

import ast
import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
FILES = sorted((ROOT / "nlp_reform").rglob("*.py"))
NETWORK = {"socket", "ssl", "http", "ftplib", "smtplib", "imaplib", "poplib", "telnetlib", "socketserver", "xmlrpc", "webbrowser",
           "requests", "urllib3", "httpx", "aiohttp", "urllib.request", "asyncio"}
CODE_IN_DATA = {"pickle", "cPickle", "dill", "cloudpickle", "joblib", "marshal", "shelve", "code", "codeop"}
UNSAFE_XML = {"xml.etree", "xml.dom", "xml.sax", "xml.parsers"}
CALLS = {"eval", "exec", "compile", "__import__"}
CLUSTER = "nlp_reform/batch/cluster.py"
"""The one file that reaches other machines, on request: through Dask, whose protocol is its own affair (SECURITY.md)."""


def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def imported(module: ast.Module) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(module):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    return found


def within(name: str, forbidden: set[str]) -> bool:
    return any(name == one or name.startswith(f"{one}.") for one in forbidden)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_no_file_runs_data_as_code_opens_the_network_or_parses_xml_unguarded(path: Path) -> None:
    module = tree(path)
    names = imported(module)
    assert not [name for name in names if within(name, CODE_IN_DATA | UNSAFE_XML)]
    assert not [name for name in names if within(name, NETWORK)]
    assert path.relative_to(ROOT).as_posix() == CLUSTER or not [name for name in names if within(name, {"distributed", "dask"})]
    for node in ast.walk(module):
        if isinstance(node, ast.Call):
            name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
            attribute = isinstance(node.func, ast.Attribute)
            assert attribute or name not in CALLS, f"{name} in line {node.lineno}"
            keywords = {one.arg: one.value for one in node.keywords}
            shell = keywords.get("shell")
            assert not (isinstance(shell, ast.Constant) and shell.value), f"a shell in line {node.lineno}"
            if name == "load" and attribute and isinstance(node.func.value, ast.Name) and node.func.value.id == "np":  # type: ignore[attr-defined]
                assert isinstance(keywords["allow_pickle"], ast.Constant) and keywords["allow_pickle"].value is False
            if name in ("XMLParser", "HTMLParser") and attribute:
                assert isinstance(keywords.get("no_network"), ast.Constant), f"a parser in line {node.lineno}"


def test_extraction_and_batch_touch_no_socket(tmp_path: Path) -> None:
    """The main jobs run where opening any connection raises."""
    program = (
        "import socket, sys\n"
        "def refuse(*a, **k): raise AssertionError('a socket was opened')\n"
        "socket.socket.connect = refuse; socket.getaddrinfo = refuse; socket.create_connection = refuse\n"
        "import nlp_reform\n"
        "plan = nlp_reform.extract(sys.argv[1])\n"
        "nlp_reform.report(plan, sys.argv[2] + '/r.html'); nlp_reform.view(plan, sys.argv[2] + '/v.html')\n"
        "nlp_reform.write_graph(nlp_reform.build_graph(plan), sys.argv[2] + '/g.graphml')\n")
    done = subprocess.run([sys.executable, "-c", program, str(ROOT / "corpora/societies-demo/raw/2019.txt"), str(tmp_path)],
                          capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("suffix", [".html", ".mht", ".docx", ".md"])
def test_what_a_document_links_to_is_not_fetched(suffix: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import socket

    import nlp_reform

    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("a socket was opened")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    page = ("<!doctype html><html><head><link rel=stylesheet href='http://127.0.0.1:9/a.css'><script src='http://127.0.0.1:9/b.js'></script>"
            "</head><body><img src='http://127.0.0.1:9/c.png'><iframe src='file:///etc/passwd'></iframe><p>1.应当在3日内办结。</p></body></html>")
    path = tmp_path / f"a{suffix}"
    if suffix == ".docx":
        import docx

        word = docx.Document()
        word.add_paragraph("1.应当在3日内办结。")
        word.part.relate_to("http://127.0.0.1:9/t.dotx", "http://schemas.openxmlformats.org/officeDocument/2006/relationships/attachedTemplate", is_external=True)
        word.save(str(path))
    elif suffix == ".mht":
        path.write_text(f"MIME-Version: 1.0\nContent-Type: multipart/related; boundary=x\n\n--x\nContent-Type: text/html; charset=utf-8\n\n{page}\n--x--\n", encoding="utf-8")
    else:
        path.write_text(page if suffix == ".html" else "![](http://127.0.0.1:9/c.png)\n\n1.应当在3日内办结。\n", encoding="utf-8")
    document = nlp_reform.extract(path, ["societies"])
    assert "应当在3日内办结" in document.text and "root:" not in document.text


@pytest.mark.parametrize("name", ["../../evil.txt", "/etc/evil.txt", "..\\evil.txt", "a/../../b.txt", "\x00.txt", ".txt", "con.txt", "\u202etxt.evil"])
def test_a_documents_name_never_becomes_a_path(name: str, tmp_path: Path) -> None:
    import nlp_reform
    from nlp_reform.read import from_bytes

    document = nlp_reform.extract("1.应当在3日内办结。\n", ["societies"])
    read = from_bytes("1.应当在3日内办结。".encode(), name)
    assert "/" not in read.id and "\\" not in read.id and not read.id.startswith(".") and "\0" not in read.id
    from dataclasses import replace

    out = tmp_path / "deep" / "out"
    for format in ("json", "jsonl", "text"):
        for path in nlp_reform.export([replace(document, id=read.id)], f"{out}/", format):
            assert path.resolve().parent == out.resolve()
    assert {path.name for path in tmp_path.iterdir()} == {"deep"}


def test_no_output_of_a_hostile_text_runs_anything(tmp_path: Path) -> None:
    import nlp_reform

    evil = "=HYPERLINK(\"http://x\",\"y\")关于<script>alert(1)</script>的通知\n\n一、=cmd|' /C calc'!A0\n1.@SUM(1+1)应当在3日内办结<img src=x onerror=alert(1)>。\n"
    plan = nlp_reform.extract(evil, ["societies"])
    page = nlp_reform.report(plan, tmp_path / "r.html", "en").read_text(encoding="utf-8")
    assert "<script>alert(1)" not in page and "<img src=x" not in page
    for path in nlp_reform.export(plan, f"{tmp_path}/csv/", "csv"):
        for line in path.read_text(encoding="utf-8-sig").splitlines()[1:]:
            assert not line.startswith(("=", "+", "@")) and ",=H" not in line and ",@S" not in line and ',"=' not in line
    record = json.loads(nlp_reform.export(plan, tmp_path / "a.json")[0].read_text(encoding="utf-8"))
    assert record["text"] == evil
