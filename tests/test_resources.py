"""Resources are found in a fixed order, and a missing one says where it was looked for."""

from pathlib import Path

import pytest

from nlp_reform import resources
from nlp_reform.errors import ResourceError


def test_a_missing_resource_lists_every_place(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv(resources.VARIABLE, str(tmp_path))
    with pytest.raises(ResourceError) as error:
        resources.locate("codebooks", "no-such")
    looked = str(error.value)
    assert "no-such" in looked
    assert all(str(place) in looked for place in resources.places("codebooks"))
    assert len(resources.places("codebooks")) + 1 == 5


def test_a_given_path_comes_first_then_the_variable(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "codebooks").mkdir()
    mine = tmp_path / "codebooks" / "societies.toml"
    mine.write_text("id = 'mine'", encoding="utf-8")
    monkeypatch.setenv(resources.VARIABLE, str(tmp_path))
    assert resources.locate("codebooks", "societies") == mine
    assert resources.locate("codebooks", str(mine)) == mine


def test_broken_toml_names_file_and_line(tmp_path: Path) -> None:
    broken = tmp_path / "broken.toml"
    broken.write_text("a = 1\nb = = 2\n", encoding="utf-8")
    with pytest.raises(ResourceError, match=r"broken\.toml.*line 2"):
        resources.load_toml(broken)


def test_every_lexicon_loads_and_names_its_source() -> None:
    names = sorted(path.stem for path in (resources.PACKAGE / "lexicons").glob("*.toml"))
    assert names
    for name in names:
        text = (resources.PACKAGE / "lexicons" / f"{name}.toml").read_text(encoding="utf-8")
        assert resources.lexicon(name) and "source" in text, name
