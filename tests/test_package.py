"""What is shipped: the wheel and the sdist hold what they should and nothing else, and the wheel works elsewhere."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tarfile
import tomllib
import zipfile
from datetime import date
from pathlib import Path

import pytest
import yaml

import nlp_reform

ROOT = Path(__file__).resolve().parents[1]
SHIPPED = {"nlp_reform": "nlp_reform", "models": "nlp_reform/models", "corpora/societies-demo": "nlp_reform/corpora/societies-demo"}
"""Folder of the checkout → folder in the wheel; everything tracked in the first is in the second, and nothing more."""
MUST = (
    "nlp_reform/py.typed", "nlp_reform/lexicons/cues.toml", "nlp_reform/codebooks/govcn.toml",
    "nlp_reform/models/themes-govcn/weights.npz", "nlp_reform/models/statements/weights.npz",
    "nlp_reform/corpora/societies-demo/manifest.toml", "nlp_reform/corpora/societies-demo/raw/2019.txt",
)
FOREIGN = re.compile(r"__pycache__|\.pyc$|(^|/)tests/|(^|/)scripts/|(^|/)out/|\.ipynb|\.egg-info|\.venv|\.ci/")


def tracked(*folders: str) -> set[str]:
    """Return the files git holds or would hold under folders; skips where git or the checkout is not there."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z", *folders]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    if done.returncode:
        pytest.skip(f"no git checkout here to compare with: {done.stderr.strip()}")
    return {name for name in done.stdout.split("\0") if name and (ROOT / name).is_file()}


def build(target: str, source: Path, folder: Path) -> Path:
    command = [sys.executable, "-m", "hatchling", "build", "-t", target, "-d", str(folder)]
    done = subprocess.run(command, cwd=source, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    (built,) = folder.iterdir()
    return built


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build("wheel", ROOT, tmp_path_factory.mktemp("wheel"))


@pytest.fixture(scope="module")
def sdist(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build("sdist", ROOT, tmp_path_factory.mktemp("sdist"))


def names(wheel: Path) -> set[str]:
    return {name for name in zipfile.ZipFile(wheel).namelist() if ".dist-info/" not in name}


def test_the_wheel_is_what_git_holds_of_the_package_and_its_data(wheel: Path) -> None:
    wanted = {
        inside + name[len(outside):] for outside, inside in SHIPPED.items() for name in tracked(outside)
    }
    assert names(wheel) == wanted
    assert set(MUST) <= names(wheel)


def test_nothing_foreign_is_shipped(wheel: Path, sdist: Path) -> None:
    assert not [name for name in names(wheel) if FOREIGN.search(name)]
    with tarfile.open(sdist) as archive:
        inside = {name.split("/", 1)[1] for name in archive.getnames()}
    ours = tracked()
    assert inside - ours == {"PKG-INFO"}, "the sdist holds only files of the checkout and its own head"
    assert {"README.md", "LICENSE", "pyproject.toml", "tests/test_package.py", "constraints.txt"} <= inside
    assert not [name for name in inside if name.startswith((".ci", ".venv", "out/"))]


def test_the_wheel_of_the_sdist_is_the_wheel_of_the_checkout(wheel: Path, sdist: Path, tmp_path: Path) -> None:
    with tarfile.open(sdist) as archive:
        archive.extractall(tmp_path, filter="data")
    again = build("wheel", next(tmp_path.iterdir()), tmp_path / "dist")
    assert names(again) == names(wheel)


def test_the_head_of_the_wheel(wheel: Path) -> None:
    archive = zipfile.ZipFile(wheel)
    head = archive.read(f"nlp_reform-{nlp_reform.__version__}.dist-info/METADATA").decode()
    assert f"\nVersion: {nlp_reform.__version__}\n" in head
    assert "\nLicense-Expression: MIT\n" in head
    entry = archive.read(f"nlp_reform-{nlp_reform.__version__}.dist-info/entry_points.txt").decode()
    assert "nlp-reform = nlp_reform.cli:main" in entry


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that holds the unpacked wheel and nothing of the checkout.

    Its dependencies are those of the running interpreter: scripts/check_wheel.sh does the same in an empty
    environment, where pip fetches them.
    """
    folder = tmp_path_factory.mktemp("installed")
    command = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--no-index", "--no-compile", "--target", folder, wheel]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return folder


def run_installed(installed: Path, *arguments: object, cwd: Path) -> str:
    environment = {**os.environ, "PYTHONPATH": str(installed)}
    command = [sys.executable, "-m", "nlp_reform", *map(str, arguments)]
    done = subprocess.run(command, cwd=cwd, env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_the_installed_wheel_runs_the_demo_from_its_own_files(installed: Path, tmp_path: Path) -> None:
    out = run_installed(installed, "demo", "-o", "demo", cwd=tmp_path)
    assert "2021" in out
    assert len(list((tmp_path / "demo" / "json").glob("*.json"))) == 5
    environment = {**os.environ, "PYTHONPATH": str(installed)}
    show = "import nlp_reform.resources as r; print(r.locate('models', 'statements')); print(r.locate('lexicons', 'cues'))"
    done = subprocess.run([sys.executable, "-c", show], cwd=tmp_path, env=environment, capture_output=True, text=True)
    assert all(line.startswith(str(installed)) for line in done.stdout.split()), "models and words come out of the wheel"


def test_the_installed_wheel_reads_the_seed_as_the_checkout_does(installed: Path, seed: Path, tmp_path: Path) -> None:
    out = tmp_path / "seed.json"
    run_installed(installed, "extract", seed, "-o", out, cwd=tmp_path)
    here = tmp_path / "here.json"
    nlp_reform.export(nlp_reform.extract(seed), here)
    assert out.read_bytes() == here.read_bytes()


def test_the_citation_names_this_version() -> None:
    citation = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert {"cff-version", "message", "title", "authors"} <= set(citation), "what the format requires"
    assert str(citation["version"]) == project["version"] == nlp_reform.__version__
    assert citation["license"] == project["license"]
    assert [one["name"] for one in citation["authors"]] == [one["name"] for one in project["authors"]]


def test_a_released_version_is_cited_with_its_day_and_no_other_is() -> None:
    released = dict(re.findall(r"^## \[(\d[^]]*)\] - (\d{4}-\d\d-\d\d)$", (ROOT / "CHANGELOG.md").read_text("utf-8"), re.MULTILINE))
    citation = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    assert citation.get("date-released") == (date.fromisoformat(released[nlp_reform.__version__])
                                             if nlp_reform.__version__ in released else None)
