"""Responsible units and the actor lexicon."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import nlp_reform
from nlp_reform.extract.actors import body, units
from nlp_reform.resources import lexicon

SHARED = Path(__file__).parents[2] / "shared"


def roles(text: str) -> list[tuple[str, str]]:
    return [(a.unit.text, a.role) for a in nlp_reform.extract(text).assignments]


@pytest.mark.parametrize(("text", "wanted"), [
    ("1. 完善目录。（市财政局牵头，市教育局、市文化局配合）\n",
     [("市财政局", "lead"), ("市教育局", "support"), ("市文化局", "support")]),
    ("1. 完善目录。（财政部会同有关部门负责）\n", [("财政部", "responsible")]),
    ("1. 完善目录。（负责部门：文化和旅游部、商务部；适用范围：某自贸试验区）\n",
     [("文化和旅游部", "responsible"), ("商务部", "responsible")]),
    ("1. 完善目录。\n牵头单位：市委组织部\n责任单位：各区政府，市直机关工委\n",
     [("市委组织部", "lead"), ("各区政府", "responsible"), ("市直机关工委", "responsible")]),
    ("1. 完善目录。（各区人民政府按职责分工负责）\n", [("各区人民政府", "support")]),
    ("1. 教育行政部门要参与验收工作。\n", [("教育行政部门", "support")]),
    ("1. 名册由市科协负责。\n", [("市科协", "responsible")]),
    ("四、任务分工\n（一）某市规划研究院。负责统筹评估工作。\n（二）某市规划协会。配合开展调研。\n",
     [("某市规划研究院", "responsible"), ("某市规划协会", "support")]),
    ("1. 工会、妇联等群团组织要积极参与。\n", [("工会", "support"), ("妇联", "support")]),
    ("1. 价格监测由市监管局牵头、市统计局配合。\n", [("市监管局", "lead"), ("市统计局", "support")]),
    ("1. 基金由财政部会同民政部和有关部门管理。\n",
     [("财政部", "lead"), ("民政部", "support"), ("有关部门", "support")]),
    ("1. 完善目录。\n责任单位：各市（州）人民政府，市科协等有关单位\n",
     [("各市（州）人民政府", "responsible"), ("市科协", "responsible")]),
    ("1. 市、县人民政府对本地区供热工作负总责。\n", [("市、县人民政府", "responsible")]),
    ("1. 建立市科协牵头、有关学会参与的工作机制。\n", [("市科协", "lead"), ("有关学会", "support")]),
    ("1. 學會是活動安全的責任單位。\n", [("學會", "responsible")]),
    ("1. 院校要参与标准开发。\n", [("院校", "support")]),
    ("1. 主辦機關：文化局；協辦機關：民政局\n", [("文化局", "lead"), ("民政局", "support")]),
    ("1. 完善目录。（国家发展和改革委员会、人力资源和社会保障部等按职责分工负责）\n",
     [("国家发展和改革委员会", "support"), ("人力资源和社会保障部", "support")]),
    ("1. 完善目录。【市科协牵头，市教育局协助】\n", [("市科协", "lead"), ("市教育局", "support")]),
    ("1. 完善目录。[责任部门：市文明办；参与部门：市教育局]\n", [("市文明办", "responsible"), ("市教育局", "support")]),
    ("1. 完善目录。\n牵头单位：市科协　配合单位：市教育局、团市委\n",
     [("市科协", "lead"), ("市教育局", "support"), ("团市委", "support")]),
    ("1. 完善目录。（商务部会同民政部、财政部牵头）\n", [("商务部", "lead"), ("民政部", "support"), ("财政部", "support")]),
    ("1. 商务部牵头，会同民政部成立工作组。\n", [("商务部", "lead"), ("民政部", "support")]),
    ("1. 省科协要会同公安、商务等部门开展检查。\n", [("省科协", "lead"), ("公安", "support"), ("商务", "support")]),
    ("1. 粮食和储备、市场监管部门牵头开展检查。\n", [("粮食和储备", "lead"), ("市场监管部门", "lead")]),
    ("1. 市科协负责制定标准，市教育局负责人员培训。\n", [("市科协", "responsible"), ("市教育局", "responsible")]),
    ("1. 街道办事处应当协助市科协开展工作，公安机关予以配合。\n", [("街道办事处", "support"), ("公安机关", "support")]),
    ("1. 日常工作由省科协承担，质量监测由省监测中心承担。\n", [("省科协", "responsible"), ("省监测中心", "responsible")]),
    ("1. 市管理中心受市科协委托，具体负责受理。\n", [("市管理中心", "responsible")]),
    ("1. 市科协要会同住房城乡建设部门开展检查。\n", [("市科协", "lead"), ("住房城乡建设部门", "support")]),
    ("1. 商务局负责编制名册，每年3月底前会同质监局公布。\n", [("商务局", "responsible"), ("质监局", "support")]),
    ("1. 文化局牵头推出漂书亭，联同康乐署设置点位。\n", [("文化局", "lead"), ("康乐署", "support")]),
    ("1. 旗文化馆负责选址，旗博物馆则承担修缮，妇联组织配合招募。\n",
     [("旗文化馆", "responsible"), ("旗博物馆", "responsible"), ("妇联组织", "support")]),
    ("1. 命题委托市珠算协会承担，点位由市图书馆承办。\n", [("市珠算协会", "responsible"), ("市图书馆", "responsible")]),
    ("1. 园区由企业承担建设，企业承担主体责任，居民承担费用。\n", []),
    ("1. 市体育协会承担平台运维。\n", []),
    ("1. 资料库由经济部水利署负责，镇公所配合查报。\n", [("经济部水利署", "responsible"), ("镇公所", "support")]),
    ("1. 学会部负责会务，各分会负责推荐。\n", [("学会部", "responsible"), ("各分会", "responsible")]),
    ("1. 装备部牵头，档案馆、离退休管理中心参加，铸造车间负责配件。\n",
     [("装备部", "lead"), ("档案馆", "support"), ("离退休管理中心", "support"), ("铸造车间", "responsible")]),
    ("1. 行政院农业委员会会同行政院环境保护署订定规范。\n",
     [("行政院农业委员会", "lead"), ("行政院环境保护署", "support")]),
    ("1. 省级人事厅（局）会同文物厅（局）办理。\n", [("省级人事厅（局）", "lead"), ("文物厅（局）", "support")]),
    ("1. 完善窗口。〔市商务局、市贸促会按职责分工负责〕\n", [("市商务局", "support"), ("市贸促会", "support")]),
    ("1. 完善窗口。（区住建局牵头，供电公司、各镇街配合；11月底前完成）\n",
     [("区住建局", "lead"), ("供电公司", "support"), ("各镇街", "support")]),
    ("1. 完善窗口。（市商务局、市财政局，完成时限：2025年10月）\n", [("市商务局", "responsible"), ("市财政局", "responsible")]),
    ("1. 完善窗口。（有关省、自治区人民政府负责）\n", [("有关省、自治区人民政府", "responsible")]),
    ("1. 省渔业主管部门主管木船登记工作。\n", [("省渔业主管部门", "responsible")]),
    ("1. 近年来，市园林局、市城管局密切配合，长椅多了三成。\n", []),
    ("1. 自2016年以来，市体育局会同市财政局布设秋千架。\n", []),
    ("1. 各县人民政府负责落实属地任务。\n", [("各县人民政府", "responsible")]),
    ("6. 每件实事由区政府督查室负责督办。\n", [("区政府督查室", "responsible")]),
    ("65. 保安局會統籌並會同消防處檢視法例。\n", [("保安局", "lead"), ("消防處", "support")]),
    ("1. 完善目录。\n省级牵头单位：省水利厅\n", [("省水利厅", "lead")]),
    ("1. 完善目录。（责任单位：省科协；各市人民政府）\n", [("省科协", "responsible"), ("各市人民政府", "responsible")]),
    ("52. 教育局會牽頭推行計劃，醫務衞生局提供協助。\n", [("教育局", "lead"), ("醫務衞生局", "support")]),
    ("52. 我已要求公務員事務局牽頭檢討安排。\n", [("公務員事務局", "lead")]),
    ("1. 改革由省医保局总牵头，具体由各县图书馆落实。\n", [("省医保局", "lead"), ("各县图书馆", "responsible")]),
    ("1. 由省农业厅牵头，省财政厅、省供销社等配合。\n",
     [("省农业厅", "lead"), ("省财政厅", "support"), ("省供销社", "support")]),
    ("1. 省科协作为牵头单位，要拿出大纲；省气象局、省教育厅作为参与单位，提供师资。\n",
     [("省科协", "lead"), ("省气象局", "support"), ("省教育厅", "support")]),
    ("1. 由省民政厅组织实施，省卫生健康委、省市场监管局派员参加。\n",
     [("省民政厅", "responsible"), ("省卫生健康委", "support"), ("省市场监管局", "support")]),
    ("1. 区级住建部门具体实施，社区居委会协助登记。\n",
     [("区级住建部门", "responsible"), ("社区居委会", "support")]),
    ("1. 建设站点。（省民政厅、省财政厅按职责分工负责，列第一位者为牵头单位，下同）\n",
     [("省民政厅", "lead"), ("省财政厅", "support")]),
    ("1. 学校应当与家长委员会配合。教育部门应当积极配合。\n", [("教育部门", "support")]),
    ("1. 市环保局会同市交通局开展联合检查。\n", [("市环保局", "lead"), ("市交通局", "support")]),
    ("1. 市环保局会同市交通局等部门负责制定办法。\n", [("市环保局", "responsible"), ("市交通局", "support")]),
    ("1. 办法由市规划部门会同市人民防空、市水务等部门另行制定。\n",
     [("市规划部门", "lead"), ("市人民防空", "support"), ("市水务", "support")]),
    ("1. 补助标准由财政部商民政部确定。\n", [("财政部", "lead"), ("民政部", "support")]),
    ("1. 省证监会、省药监局要按照职责分工，加大支持力度。\n", [("省证监会", "support"), ("省药监局", "support")]),
    ("1. 商务、海关等部门要加强信息共享，按职责分工做好服务。\n", [("商务", "support"), ("海关", "support")]),
    ("1. 公安、水务等部门在各自职责范围内，负责有关管理工作。\n", [("公安", "responsible"), ("水务", "responsible")]),
    ("1. 省数据局负责牵头建设，省财政厅为责任单位。\n", [("省数据局", "lead"), ("省财政厅", "responsible")]),
    ("1. 应急救援由县级人民政府统一负责，有关部门配合。\n", [("县级人民政府", "responsible"), ("有关部门", "support")]),
    ("1. 审批事项由市监管局依法组织实施。\n", [("市监管局", "responsible")]),
    ("1. 日常工作和具体实施由市交易中心承担。\n", [("市交易中心", "responsible")]),
    ("1. 监事会负责对收支进行监督。\n", [("监事会", "responsible")]),
    ("1. 市科协是科普主管部门，市教委是校外教育主管部门，负责指导和监督。\n",
     [("市科协", "responsible"), ("市教委", "responsible")]),
    ("1. 由省水利厅牵头，省财政厅、省林业局，各市人民政府按职责分工负责。\n",
     [("省水利厅", "lead"), ("省财政厅", "support"), ("省林业局", "support"), ("各市人民政府", "support")]),
    ("1. 各地要建立政府统一领导、民政部门牵头、有关部门分工负责的协调机制。\n",
     [("民政部门", "lead"), ("有关部门", "support")]),
    ("三、協辦機關為社會局、衛生局。\n", [("社會局", "support"), ("衛生局", "support")]),
])
def test_styles_of_naming_units(text: str, wanted: list[tuple[str, str]]) -> None:
    assert roles(text) == wanted


@pytest.mark.parametrize("text", [
    "1. 实行理事长负责制。\n", "1. 鼓励企业牵头组建联盟。\n", "1. 会员参加年会。\n", "1. 有关部门负责人出席。\n",
    "1. 完善目录。（各区人民政府负责落实属地责任）\n", "1. 企业参与标准开发。\n", "1. 我相信社會會同意這個方向。\n",
    "1. 建立政府牵头、部门协同的工作机制。\n", "1. 各有关部门要各司其职、密切配合。\n", "1. 费用由省科协承担。\n",
    "1. 引导企业协助开展培训。\n", "1. 形成党委领导、政府负责、社会协同的格局。\n",
    "1. 企业是创新主体，要加大投入，牵头组建联盟。\n",
])
def test_what_names_no_unit(text: str) -> None:
    assert roles(text) == []


def test_the_first_of_each_bracket_leads_where_the_text_says_so() -> None:
    text = "1. 编目录。（财政部、教育部负责，列第一位者为牵头单位，下同）\n2. 建名册。（商务部、民政部负责）\n"
    assert roles(text) == [("财政部", "lead"), ("教育部", "responsible"), ("商务部", "lead"), ("民政部", "responsible")]


def test_an_assignment_belongs_to_its_directive() -> None:
    document = nlp_reform.extract("1. 编制目录。（教育部负责）\n2. 建立名册。（民政部负责）\n")
    assert [a.directive for a in document.assignments] == [d.id for d in document.directives]


def test_names_joined_by_and_are_parted_only_between_whole_names() -> None:
    text = "文化和旅游部、教育部和财政部等"
    assert [text[a:b] for a, b in units(text, 0, len(text))] == ["文化和旅游部", "教育部", "财政部"]


def test_canonical_names_and_unknown_bodies() -> None:
    assert body("发展改革委") == body("国家发改委")
    assert body("发展改革委").name == "国家发展和改革委员会"
    unknown = body("某市园林绿化局")
    assert (unknown.known, unknown.level, unknown.kind) == (False, "prefecture", "agency")


def test_the_lexicon_has_three_hundred_bodies() -> None:
    lines = [line for group in lexicon("bodies")["group"] for line in group["names"].strip().splitlines()]
    assert len({line.partition(" =")[0] for line in lines}) >= 300
    assert all(group["level"] and group["kind"] for group in lexicon("bodies")["group"])


@pytest.mark.skipif(not (SHARED / "gold").exists(), reason="the shared gold is not here")
def test_units_of_a_state_council_notice() -> None:
    gold = json.loads((SHARED / "gold" / "sc-gf-2018-38-zimaoqu53.json").read_text(encoding="utf-8"))
    document = nlp_reform.extract(SHARED / gold["document"])
    (start, end), = gold["passages"]
    found = {(a.unit.start, a.unit.end, a.role) for a in document.assignments if start <= a.unit.start < end}
    wanted = {(a["start"], a["end"], a["role"]) for a in gold["assignments"]}
    assert 2 * len(found & wanted) / (len(found) + len(wanted)) >= 0.98


@pytest.mark.parametrize(
    ("sentence", "wanted"),
    [
        ("省药监局承担日常工作，省医保局负责质量监管。", [("省药监局", "responsible"), ("省医保局", "responsible")]),
        ("办公室设在司法局，具体负责日常工作。", [("办公室", "responsible")]),
        ("市建设行政主管部门是综合协调部门，负责组织实施本办法。", [("市建设行政主管部门", "responsible")]),
        ("财政、公安、应急等部门按照各自职责协同做好工作。", [("财政", "support"), ("公安", "support"), ("应急", "support")]),
        ("完成改造任务。（组织部、宣传部）", [("组织部", "responsible"), ("宣传部", "responsible")]),
        ("完成改造任务。（试行稿、讨论稿）", []),
    ],
)
def test_units_in_prose_and_in_bare_brackets(sentence: str, wanted: list[tuple[str, str]]) -> None:
    document = nlp_reform.extract(f"一、组织保障\n1.明确分工。{sentence}\n")
    assert [(a.unit.text, a.role) for a in document.assignments] == wanted


def test_announced_brackets_lead_and_support() -> None:
    text = "各项任务后括号内所列单位，列第一位者为牵头单位，其余为配合单位。\n一、任务\n1.健全制度。（服务部、联络处）\n"
    assert [(a.unit.text, a.role) for a in nlp_reform.extract(text).assignments] == [("服务部", "lead"), ("联络处", "support")]
