"""Markdown without its marks, and old office files through LibreOffice."""

from __future__ import annotations

import stat
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlp_reform import read
from nlp_reform.api import analyse
from nlp_reform.errors import ReadError
from nlp_reform.read import limits, markdown

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "WordDocument".encode("utf-16-le") + bytes(600)


def test_marks_are_left_out() -> None:
    text = "---\ntitle: x\n---\n# 工作要点 #\n\n一、要求\n===\n\n**一、** 加强[组织](u)建设，*不得*少于`3`人。[^1]\n> 引用\n***\n![图](a.png)\n\n[^1]: 含\n"
    lines = [line for line in markdown.unmarked(text).splitlines() if line.strip()]
    assert lines == ["工作要点", "一、要求", "一、 加强组织建设，不得少于3人。", "引用", "注1：含"]


def test_lists_are_numbered_as_shown() -> None:
    assert markdown.unmarked("1. 甲\n1. 乙\n   1. 子\n   1. 丑\n1. 丙").splitlines() == ["1. 甲", "2. 乙", "1. 子", "2. 丑", "3. 丙"]
    assert markdown.unmarked("3. 甲\n4. 乙\n\n7. 丙").splitlines() == ["3. 甲", "4. 乙", "", "7. 丙"]
    assert markdown.unmarked("- 甲\n  * 乙\n- [ ] 丙").splitlines() == ["• 甲", "• 乙", "• 丙"]
    assert markdown.unmarked("2018\\. 不是编号") == "2018. 不是编号"


def test_tables_are_rows() -> None:
    text = "| 指标 | 目标 |\n|:--|--:|\n| 会员 | **3**万人 |\n| a\\|b | |\n\n后文"
    assert markdown.unmarked(text).splitlines() == ["指标\t目标", "会员\t3万人", "a|b\t", "", "后文"]


def test_stars_that_are_no_emphasis_stay() -> None:
    assert markdown.unmarked("3 * 4 * 5\nsnake_case_name\n2*3") == "3 * 4 * 5\nsnake_case_name\n2*3"


def test_markdown_is_told_by_its_name() -> None:
    document = read.from_bytes("# 一、要求\r\n".encode("gb18030"), "plan.md")
    assert (document.text.strip(), document.source.media_type) == ("一、要求", "text/markdown")
    assert read.from_bytes("# 一、要求".encode(), "plan.txt").text == "# 一、要求"


@given(st.text(st.sampled_from("甲乙。*_`[]()!<>|#-=+~\\ \n1.:^"), max_size=200))
def test_any_text_is_stripped_without_fail(text: str) -> None:
    found = markdown.unmarked(text)
    assert found.count("甲") <= text.count("甲")


@pytest.mark.parametrize("piece", ["[", "*a", "_a ", "`", "<a", "<!--", "![", "|-", "> ", "1. ", "\\"])
def test_long_runs_of_marks_come_to_an_end(piece: str) -> None:
    assert len(markdown.unmarked(piece * 50_000)) <= len(piece) * 50_000


def _office(folder: Path, body: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Put a stand-in for LibreOffice on the path: a script that sees the same arguments."""
    program = folder / "soffice"
    program.write_text(f"#!{sys.executable}\nimport sys, time, pathlib\nargs = sys.argv\n{body}\n", encoding="utf-8")
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setenv("PATH", str(folder))


CONVERT = """
import docx
out = pathlib.Path(args[args.index('--outdir') + 1]); out.mkdir()
assert any(a.startswith('-env:UserInstallation=file:') for a in args) and '--headless' in args
word = docx.Document(); word.add_paragraph('一、加强领导。'); word.save(out / (pathlib.Path(args[-1]).stem + '.docx'))
"""


@pytest.mark.skipif(sys.platform == "win32", reason="the stand-in is a script")
@pytest.mark.parametrize(("name", "data", "media"), [
    ("a.doc", OLE, "application/msword"), ("a.wps", OLE, "application/vnd.ms-works"), ("a.rtf", b"{\\rtf1 x}", "application/rtf"),
])
def test_old_files_go_through_libreoffice(
    name: str, data: bytes, media: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _office(tmp_path, CONVERT, monkeypatch)
    document = read.from_bytes(data, name)
    assert (document.text, document.source.media_type) == ("一、加强领导。\n", media)
    assert "converted" in {note.code for note in document.notes}


@pytest.mark.skipif(sys.platform == "win32", reason="the stand-in is a script")
def test_a_conversion_that_fails_or_hangs_is_ended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _office(tmp_path, "sys.exit(1)", monkeypatch)
    with pytest.raises(ReadError, match="could not read it"):
        read.from_bytes(OLE, "a.doc")
    _office(tmp_path, "time.sleep(60)", monkeypatch)
    monkeypatch.setattr(limits, "OFFICE_SECONDS", 0.5)
    with pytest.raises(ReadError, match="took more than"):
        read.from_bytes(OLE, "a.doc")


def test_without_libreoffice_the_way_to_it_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    from nlp_reform.read import office

    monkeypatch.setattr(office, "program", lambda: None)
    with pytest.raises(ReadError, match=r"a\.doc: a \.doc file needs LibreOffice.*install LibreOffice") as caught:
        read.from_bytes(OLE, "a.doc")
    assert "\n" not in str(caught.value)


def test_bullets_that_head_numbered_lists_are_headings_over_their_items() -> None:
    text = (
        "# 北湾区方案\n\n为建设绿道，制定本方案。\n\n- 修建绿道\n  1. 各街道要建成绿道12公里。\n  2. 补种行道树三千株。\n\n"
        "* 节约用水\n\n  1. 漏损率控制在9%以内。\n  2. 更换管网30公里。\n- 其他\n  - 及时公开。\n"
    )
    found = analyse(read.from_bytes(text.encode(), "a.md"))
    names = {section.id: section.heading for section in found.sections}
    assert [(names.get(d.section or ""), d.label) for d in found.directives if d.label] == [
        ("修建绿道", "1."), ("修建绿道", "2."), ("节约用水", "1."), ("节约用水", "2."),
    ]
    assert "• 其他\n• 及时公开。" in found.text
    page = "<html><body><h1>方案</h1><ul><li>修建绿道<ol><li>建成12公里。</li><li>种树。</li></ol></li><li>其他</li></ul></body></html>"
    assert read.from_bytes(page.encode(), "a.html").text.splitlines()[1:] == ["修建绿道", "1.建成12公里。", "2.种树。", "• 其他"]
