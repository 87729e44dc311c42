"""Made-up plans, pipelines over them, and the package's entry points as an installed package would show them."""

from __future__ import annotations

import tomllib
from pathlib import Path

import spacy
from places import ROOT
from spacy.language import Language

PLAN = (
    "云岭省学会联合会2019年工作要点\n\n一、加强组织建设\n\n1.各学会应当规范理事会建设。学术部负责制定管理办法。秘书处会同财务部要建立台账、公开结果。\n"
    "2.发展会员。力争到2020年底会员总数达到3万人，增长１３．５％。\n\n二、加强学术交流\n\n3.全年举办学术会议不少于十二场，不得收取费用。"
)
HANT = (
    "雲嶺省學會聯合會2020年工作要點\n\n一、加強組織建設\n\n1.各學會應當規範理事會建設。\n2.發展會員。力爭到2021年底會員總數達到3萬人。\n"
)
CONFIG = {"nlp": {"tokenizer": {"@tokenizers": "nlp_reform.Tokenizer.v1"}}}
COMPONENTS = ("reform_structure", "reform_quantities", "reform_obligations", "reform_themes")


def pipeline(*components: str) -> Language:
    """Return a blank Chinese pipeline with our tokenizer and some of our components, by default all."""
    nlp = spacy.blank("zh", config=CONFIG)
    for name in components or COMPONENTS:
        nlp.add_pipe(name)
    return nlp


def installed(folder: Path) -> Path:
    """Write the package's metadata with the entry points of pyproject.toml to a folder for sys.path; return it.

    An editable install keeps the entry points of the day it was made; this is what installing it now would write.
    """
    points = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["entry-points"]
    metadata = folder / "nlp_reform-0.dist-info"
    metadata.mkdir(parents=True)
    (metadata / "METADATA").write_text("Metadata-Version: 2.1\nName: nlp-reform\nVersion: 0\n", encoding="utf-8")
    lines = [f"[{group}]\n" + "".join(f"{name} = {value}\n" for name, value in named.items()) for group, named in points.items()]
    (metadata / "entry_points.txt").write_text("\n".join(lines), encoding="utf-8")
    return folder
