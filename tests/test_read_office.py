"""Old office files through the real LibreOffice, where it and its Writer are installed."""

from __future__ import annotations

import subprocess
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from nlp_reform import extract
from nlp_reform.errors import ReadError
from nlp_reform.read import office

LINES = ("关于推进社区食堂建设的实施方案", "柳河办发〔2023〕15号", "各镇人民政府：", "为方便老年人就餐，制定本方案。",
         "一、总体目标", "到2025年，建成社区食堂60家。", "二、重点任务", "（一）优化布局。每个社区至少设置一处助餐点。",
         "（二）加强监管。市场监管局应当每季度检查一次。")
ROWS = (("任务", "责任单位"), ("制定补贴办法", "区民政局"))


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A made-up plan as .doc, .odt and .rtf, written by LibreOffice itself."""
    program = office.program()
    if program is None:
        pytest.skip("LibreOffice is not here (Debian: libreoffice-writer-nogui): old office files are not read")
    from docx import Document

    folder = tmp_path_factory.mktemp("office")
    word = Document()
    for line in LINES:
        word.add_paragraph(line)
    table = word.add_table(rows=2, cols=2, style="Table Grid")
    for row, texts in zip(table.rows, ROWS, strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text
    word.add_paragraph("柳河区人民政府办公室")
    word.save(str(folder / "plan.docx"))
    for kind in ("doc", "odt", "rtf"):
        subprocess.run([program, f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless", "--convert-to",
                        kind, "--outdir", str(folder), str(folder / "plan.docx")], check=False, capture_output=True,
                       timeout=240)
    if not (folder / "plan.doc").is_file():
        pytest.skip("LibreOffice has no Writer here (Debian: libreoffice-writer-nogui): old office files are not read")
    (folder / "plan.wps").write_bytes((folder / "plan.doc").read_bytes())
    return folder


def test_each_format_gives_the_same_plan_also_several_at_once(made: Path) -> None:
    names = ["plan.doc", "plan.odt", "plan.rtf", "plan.wps"]
    with ThreadPoolExecutor(4) as pool:
        plans = list(pool.map(lambda name: extract(str(made / name)), names))
    word = extract(str(made / "plan.docx"))
    for plan in plans:
        assert [(d.label, d.heading) for d in plan.directives] == [(d.label, d.heading) for d in word.directives]
        assert plan.number == "柳河办发〔2023〕15号"
        assert "制定补贴办法\t区民政局" in plan.text
        assert "converted" in {note.code for note in plan.notes}


def test_a_damaged_old_file_is_one_clear_line(made: Path) -> None:
    broken = made / "broken.doc"
    broken.write_bytes((made / "plan.doc").read_bytes()[:512])
    with pytest.raises(ReadError, match=r"broken\.doc: LibreOffice could not read it") as told:
        extract(str(broken))
    assert "\n" not in str(told.value)
