"""Charts: something is drawn, in Chinese that can be read, and where it cannot it is said."""

from __future__ import annotations

import re
import warnings
from pathlib import Path
from xml.etree import ElementTree

import pytest
from click.testing import CliRunner
from view_examples import FIRST, SECOND, hostile, years

import nlp_reform
from nlp_reform import align, looking
from nlp_reform.cli.main import cli
from nlp_reform.errors import ExportError
from nlp_reform.view.words import Words

matplotlib = pytest.importorskip("matplotlib", reason="matplotlib is not installed: no charts")

from nlp_reform.view.charts import CHARTS, chart, fonts  # noqa: E402
from nlp_reform.view.charts.ranges import amount  # noqa: E402

SVG = "{http://www.w3.org/2000/svg}"


def text_of(svg: bytes) -> str:
    return "".join("".join(one.itertext()) for one in ElementTree.fromstring(svg).iter(f"{SVG}text"))


@pytest.fixture(scope="module")
def history() -> align.History:
    return align.track(years())


EXPECTED = {"themes": "指令数", "strength": "一、加强组织建设", "targets": "2万人", "threads": "首次提出", "actors": "组织部", "deadlines": "2020"}


@pytest.mark.parametrize("name", CHARTS)
def test_every_chart_is_drawn_with_its_words(name: str, history: align.History) -> None:
    svg = chart(name, years(), history, Words("zh"))
    assert svg and EXPECTED[name] in text_of(svg)
    assert svg == chart(name, years(), history, Words("zh")), "the same chart is the same file"


@pytest.mark.parametrize("name", CHARTS)
def test_hostile_names_are_only_words(name: str) -> None:
    documents = hostile()
    svg = chart(name, documents, align.track(documents), Words("en"), inline=True)
    assert svg
    tags = {one.tag.removeprefix(SVG) for one in ElementTree.fromstring(svg).iter()}
    assert tags <= {"svg", "g", "path", "text", "defs", "style", "use", "clipPath", "rect", "tspan"} | {t for t in tags if t.startswith("{")}
    assert b"<script" not in svg and b"onerror=" not in re.sub(rb">[^<]*<", b"><", svg)


def test_an_inline_chart_has_the_ink_and_letters_of_its_page(history: align.History) -> None:
    svg = (chart("themes", years(), history, Words("zh"), inline=True) or b"").decode()
    assert svg.startswith("<svg") and "currentColor" in svg and "DejaVu" not in svg and "<image" not in svg


def test_an_actor_is_one_row_in_either_script() -> None:
    plans = [nlp_reform.extract(f"{year}年工作要點\n一、工作任務\n1.{duty}\n2.{duty}\n")
             for year, duty in ((2019, "县教育局应加强学会建设。"), (2020, "縣教育局應加強學會建設。"))]
    drawn = text_of(chart("actors", plans, None, Words("zh")) or b"")
    assert drawn.count("县教育局") == 1 and "縣教育局" not in drawn


def test_nothing_to_draw_is_no_chart() -> None:
    assert chart("threads", years()[:1], None, Words("en")) is None


def test_a_png_without_a_chinese_font_is_refused_with_advice(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(fonts, "find", lambda: None)
    with pytest.raises(ExportError, match="fonts-noto-cjk"):
        looking.plot(years(), tmp_path, format="png")
    written = looking.plot(years(), tmp_path, ["themes"], lang="zh")
    assert "指令数" in text_of(written[0].read_bytes()), "an SVG keeps its letters as text"


def test_a_font_without_chinese_is_not_taken(tmp_path: Path) -> None:
    from matplotlib.font_manager import findfont

    latin = findfont("DejaVu Sans")
    assert not fonts.covers(latin)
    with pytest.raises(ExportError, match="no font with Chinese"):
        looking.plot(years(), tmp_path, font=latin)
    (tmp_path / "no.ttf").write_bytes(b"no font")
    with pytest.raises(ExportError, match="no font with Chinese"):
        looking.plot(years(), tmp_path, font=tmp_path / "no.ttf")


@pytest.fixture
def font() -> str:
    found = fonts.find()
    if found is None:
        pytest.skip("no font with Chinese characters is here (Debian: fonts-wqy-zenhei)")
    return found


def test_with_a_font_letters_are_shapes_and_none_is_missing(font: str, tmp_path: Path) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        written = looking.plot(years(), tmp_path, lang="zh", font=font)
        pictures = looking.plot(years(), tmp_path, format="png", lang="zh", font=font)
    assert [path.stem for path in written] == [path.stem for path in pictures] == list(CHARTS)
    assert all(b"<text" not in path.read_bytes() for path in written)
    assert all(path.read_bytes().startswith(b"\x89PNG") for path in pictures)


def test_a_character_that_the_font_lacks_is_told(font: str, tmp_path: Path) -> None:
    from dataclasses import replace

    odd = replace(years()[0], sections=tuple(replace(one, heading="\U0001fae8组织") for one in years()[0].sections))
    with pytest.warns(UserWarning, match="has no shape for \U0001fae8"):
        looking.plot(odd, tmp_path, ["strength"], font=font)


def test_the_command_writes_a_folder_or_one_file(tmp_path: Path) -> None:
    plans = []
    for year, text in ((2018, FIRST), (2019, SECOND)):
        plans.append(tmp_path / f"{year}.txt")
        plans[-1].write_text(text, encoding="utf-8")
    run = CliRunner().invoke
    done = run(cli, ["plot", *map(str, plans), "-o", f"{tmp_path}/all", "--lang", "zh"])
    assert done.exit_code == 0 and sorted(path.stem for path in (tmp_path / "all").iterdir()) == sorted(CHARTS)
    done = run(cli, ["plot", str(plans[0]), "--chart", "targets", "-o", f"{tmp_path}/one.svg", "--quiet"])
    assert done.exit_code == 0 and (tmp_path / "one.svg").is_file() and done.stderr == ""
    assert run(cli, ["plot", str(plans[0]), "--chart", "pie"]).exit_code == 2
    assert run(cli, ["plot", str(plans[0]), "--format", "gif"]).exit_code == 2


def test_axes_say_numbers_as_people_do() -> None:
    assert [amount(v, Words("zh")) for v in (0, 50, 12_000, 3e8, 2e12)] == ["0", "50", "1.2万", "3亿", "2万亿"]
    assert [amount(v, Words("en")) for v in (1_500, 2e6, 3e9)] == ["1.5k", "2m", "3bn"]
