"""Documents as JSON and back: every layer equal, the working layers too when they are asked for."""

from __future__ import annotations

import json

import nlp_reform
from nlp_reform import jsonable

TEXT = "某市2021年工作要点\n一、主要任务\n1.到2023年新建公园不少于１２座，投\n资2.5亿元。\n２．各部门不得挪用资金，由市财政局牵頭。\n"


def test_a_document_comes_back_whole() -> None:
    document = nlp_reform.extract(TEXT)
    kept = json.loads(json.dumps([jsonable.to_dict(document), jsonable.layers(document)], ensure_ascii=False))
    found = jsonable.with_layers(jsonable.from_dict(kept[0]), kept[1])
    assert found == document and found.made_with == document.made_with is not None
    for name in ("blocks", "sentences", "tables"):
        assert getattr(found, name) == getattr(document, name)
    assert (found.view.text, found.view.map.cuts) == (document.view.text, document.view.map.cuts) and document.view.map.cuts
    assert [type(quantity.value) for quantity in found.quantities] == [float] * len(document.quantities)


def test_the_text_may_be_kept_apart() -> None:
    document = nlp_reform.extract(TEXT)
    assert jsonable.from_dict(jsonable.to_dict(document, text=False), TEXT) == document
