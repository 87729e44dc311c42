"""Documents for the tests of pages: made-up plans of two years, and one whose every field is hostile."""

from __future__ import annotations

from dataclasses import fields, replace
from functools import lru_cache
from typing import Any

from nlp_reform import api
from nlp_reform.model import Document, Mention, Page

FIRST = """云岭省学会联合会2018年工作要点

一、加强组织建设

1.规范理事会。理事人数一般不超过150人，常务理事不得多于理事总数的三分之一。

2.发展会员。力争到2020年底个人会员总数达到2万人。（责任单位：组织部）

二、提升服务能力

3.举办学术年会。全年应当举办不少于12场学术活动，经费紧张时可适当减少。

4.加强宣传。鼓励各学会开设公众号。
"""
SECOND = """云岭省学会联合会2019年工作要点

一、加强组织建设

1.规范理事会。理事人数必须控制在120人以内，常务理事不得多于理事总数的三分之一。

2.发展会员。力争到2020年底个人会员总数达到3万人。目前个人会员已达到1.6万人。（责任单位：组织部）

二、提升服务能力

3.举办学术年会。全年应当举办不少于15场学术活动，经费紧张时可适当减少。

4.建设专家库。各学会应于2021年底前建成专家库。
"""
EVIL = "</script><script>window.hacked=1</script><img src=x onerror=window.hacked=1>\"'><b onmouseover=window.hacked=1>{{7*7}}$\\frac</style>&lt;"
"""What would run if any field were printed as it is."""


@lru_cache(maxsize=1)
def years() -> tuple[Document, Document]:
    """Two years of one plan; the first has two pages."""
    first, second = api.extract(FIRST), api.extract(SECOND)
    half = FIRST.index("二、")
    return (replace(first, id="plan-2018", pages=(Page(1, 0, half), Page(2, half, len(FIRST)))), replace(second, id="plan-2019"))


@lru_cache(maxsize=1)
def hostile() -> tuple[Document, Document]:
    """The same plans with hostile text, titles, ids, headings, labels, codes, names and messages."""
    found = []
    for text, year in ((FIRST, 2018), (SECOND, 2019)):
        read = api.extract(text.replace("加强宣传", f"加强{EVIL}宣传").replace("建设专家库", f"建设{EVIL}专家库").replace("组织部", f"{EVIL}部"))
        poisoned = {name: tuple(_poisoned(item) for item in getattr(read, name)) for name in _LAYERS}
        found.append(replace(read, **poisoned, id=f"{EVIL}{year}", title=EVIL, issuer=EVIL, number=EVIL, date=EVIL, year=year))
    return found[0], found[1]


_LAYERS = ("sections", "directives", "statements", "obligations", "assignments", "quantities", "targets", "references", "themes", "notes")
_CLOSED = {"id", "kind", "modality", "comparator", "role", "numbering", "direction", "change", "binding", "severity", "rule", "text"}


def _poisoned(item: Any) -> Any:
    """Return a record with every free string hostile; ids keep their links, evidence keeps its offsets."""
    changed: dict[str, Any] = {}
    for field in fields(item):
        value = getattr(item, field.name)
        if isinstance(value, Mention):
            changed[field.name] = Mention(value.start, value.end, EVIL)
        elif isinstance(value, str) and field.name in {"directive", "section", "parent", "statement", "quantity", "id"}:
            changed[field.name] = EVIL + value
        elif isinstance(value, str) and (field.name == "text" or field.name not in _CLOSED):
            changed[field.name] = EVIL
    return replace(item, **changed)
