"""Prose beside items, and lists that are none: what stands above a section's items, contents, rows of figures."""

from __future__ import annotations

from segmenting import items, kinds, read

ABOVE = """2031年工作报告

一、去年工作
全年新建书屋九处。

二、今年安排
今年工作的总体要求是：坚持服务居民，完善公共设施，提高管理水平。
今年的主要目标是：新增就业三千人，新建书屋十二处。
重点做好以下两个方面工作：
（一）办好书屋。延长开放时间。
（二）修好道路。改造背街小巷。
"""


def inferred(text: str) -> list[str]:
    document = read(text)
    return [document.text[d.start : d.end] for d in document.directives if d.numbering == "inferred"]


def test_prose_above_a_sections_items_stands_but_what_announces_them_does_not() -> None:
    found = inferred(ABOVE)
    assert [text[:8] for text in found] == ["今年工作的总体要", "今年的主要目标是"]
    document = read(ABOVE)
    goals = next(d for d in document.directives if d.heading.startswith("今年的主要目标"))
    assert (goals.path, goals.label, goals.number) == (("二、",), "", None)


def test_one_paragraph_above_items_only_leads_to_them() -> None:
    text = ABOVE.replace("今年工作的总体要求是：坚持服务居民，完善公共设施，提高管理水平。\n", "")
    assert not any(found.startswith("今年的主要目标") for found in inferred(text))
    broken = ABOVE.replace("坚持服务居民，完善", "坚持服务居民，\n\n完善")
    assert not inferred(broken.replace("今年的主要目标是：新增就业三千人，新建书屋十二处。\n", "")), "broken in two, it is one"


def test_a_name_without_any_mark_is_no_directive() -> None:
    text = "2031年工程名单\n\n本年建设下列工程，按期完工。\n\n北湾新城东路至西路综合管廊及附属道路改造扩建工程二期甲段以及乙段\n"
    assert [found[:4] for found in inferred(text)] == ["本年建设"]


CONTENTS = "".join(
    f"{title} {first}{f' – {last}' if last > first else ''}\n"
    for title, first, last in (
        ("引言", 1, 4), ("经济回顾", 5, 9), ("前景", 10, 10), ("支援企业", 11, 15), ("(五) 公共财政", 16, 19), ("结语", 20, 21)
    )
)


def test_titles_with_the_numbers_of_their_paragraphs_are_contents() -> None:
    text = f"南屿2031年财政演辞\n\n{CONTENTS}\n1. 本年度经济好转。\n2. 政府会增拨资源，支援企业。\n3. 政府会检讨收费。\n"
    assert [label for _, label, _ in items(read(text))] == ["1.", "2.", "3."]
    assert sum(kind == "contents" for kind, _ in kinds(read(text))) == 6


def test_titles_with_numbers_that_do_not_go_on_are_no_contents() -> None:
    text = "基金结余表\n\n土地基金 12\n道路基金 40\n书屋基金 41\n河湖基金 97\n林木基金 180\n应急基金 200\n"
    assert all(kind != "contents" for kind, _ in kinds(read(text)))


def test_names_with_figures_behind_them_are_rows() -> None:
    text = (
        "一、收支情况\n各基金结余如下。\n土地基金 366,9 342,1 - 12%\n道路基金 - 1,456 1,456\n"
        "基金合计\n收入 55,9 (7,2) 48,7\n二、下年安排\n今年修路 3 公里，新建书屋 12 处。\n"
    )
    found = {line[:4]: kind for kind, line in kinds(read(text))}
    assert [found[name] for name in ("土地基金", "道路基金", "基金合计", "收入55")] == ["row"] * 4
    assert found["今年修路"] != "row", "a sentence that ends with its mark is prose"


WRAPPED = """南屿二〇三一年施政讲话

(一) 前言
1. 政府会循五个方向推动文化发展，今后的工作包括（一）兴建世界级
的文化设施和公共空间；（二）加强与海外艺术文化机构的联系合作；
（三）加强与邻近城市的文化交流合作；（四）善用科技；及（五）培
育人才，推动社会各界支持文化活动，让市民参与其中并且从中得益。
2. 政府会检讨现有的资助计划，让更多中小型艺术团体得到长期资助，
并且扩大场地伙伴计划，邀请更多团体成为场地伙伴，丰富演出节目。
(二) 教育
3. 政府会增加学前教育的学额，并且改善师生比例，提高教师的薪酬待
遇，推动学校与社区合作，让每一名学童都可以得到优质的学前教育。
"""


def test_an_enumeration_in_the_text_stays_there_when_a_line_begins_with_its_number() -> None:
    assert [label for _, label, _ in items(read(WRAPPED))] == ["(一)", "1.", "2.", "(二)", "3."]


def test_a_byline_of_office_and_name_is_no_title() -> None:
    found = dict(reversed(pair) for pair in kinds(read(f"2031年北湾省政府工作报告\n省长 林知远\n各位代表：\n{ABOVE}")))
    assert (found["2031年北湾省政府工作报告"], found["省长林知远"]) == ("title", "meta")
    assert dict(reversed(pair) for pair in kinds(read(f"市长致辞\n{ABOVE}")))["市长致辞"] != "meta"
