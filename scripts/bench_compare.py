"""How fast two reports, two large plans and many years are compared.

Prints seconds of the clock and of the processor (which other work on the machine lengthens less), and peak memory.

python scripts/bench_compare.py            # constructed texts only, no outside data
"""

from __future__ import annotations

import gc
import random
import resource
import time
from collections.abc import Callable
from functools import partial
from typing import TypeVar

from nlp_reform import api
from nlp_reform.model import Document

T = TypeVar("T")
VERBS = [
    "加强", "推进", "完善", "扩大", "建设", "提高", "规范", "深化", "支持", "健全", "推动",
    "落实", "优化", "培育", "开展", "强化",
]
THINGS = [
    "科技期刊", "会员服务", "学术会议", "公共卫生", "职业教育", "农村道路", "财政资金", "社区养老", "知识产权",
    "数据共享", "市场准入", "环境治理", "税费减免", "人才培养", "基层治理", "物流园区", "生态修复", "中小企业",
    "文化场馆", "信用体系", "水利工程", "粮食生产", "住房保障", "应急管理", "国际合作", "标准制定",
]
ACTORS = ["各学会", "各市（州）", "信息中心", "财务部门", "乡镇政府", "行业协会", "科研院所", "有关部门"]


def plan(items: int, sentences: int, seed: int, year: int, moved: float = 0.3) -> str:
    """Return a constructed plan; two of one seed and other years differ in a share of their words and numbers."""
    words, other = random.Random(seed), random.Random(seed * 1000 + year)
    lines = [f"某省{year}年工作要点", "", "一、主要任务"]
    for n in range(1, items + 1):
        parts = []
        for _ in range(sentences):
            verb, thing, actor, more = (words.choice(x) for x in (VERBS, THINGS, ACTORS, THINGS))
            code, amount = words.randrange(1000, 9999), words.randrange(10, 900)
            if other.random() < moved:
                verb, amount = other.choice(VERBS), amount + other.randrange(1, 90)
            parts.append(f"{actor}应{verb}第{code}号{thing}与{more}衔接工作，全年不少于{amount}项。")
        lines.append(f"{n}.{''.join(parts)}")
    return "\n".join(lines) + "\n"


def timed(name: str, work: Callable[[], T]) -> T:
    """Run, print how long it took and the peak memory so far, and return what came out."""
    start, spent = time.perf_counter(), time.process_time()
    result = work()
    spent = time.process_time() - spent
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{name:44} {time.perf_counter() - start:7.2f} s   CPU {spent:7.2f} s   peak {peak:6.0f} MB", flush=True)
    return result


def read(items: int, sentences: int, year: int, seed: int = 1) -> Document:
    """Return an extracted plan."""
    return api.extract(plan(items, sentences, seed, year))


def main() -> None:
    """Print the figures."""
    gc.set_threshold(1_000_000)  # as the command does
    read(20, 3, 2016)
    api.compare(read(20, 3, 2016), read(20, 3, 2017))
    pair = [timed(f"extract 20,000 characters, {year}", partial(read, 160, 4, year)) for year in (2018, 2019)]
    print(f"characters {len(pair[0].text)} {len(pair[1].text)}, directives {len(pair[0].directives)}")
    timed("compare two reports", lambda: api.compare(pair[0], pair[1]))
    large = [timed(f"extract 5,000 directives, {year}", partial(read, 5000, 2, year)) for year in (2018, 2019)]
    done = timed("compare 5,000 x 5,000", lambda: api.compare(large[0], large[1]))
    print(f"directives {len(large[0].directives)}, items {len(done.items)}")
    many = timed("extract 70 reports", lambda: [read(160, 4, year) for year in range(1950, 2020)])
    timed("track 35 reports", lambda: api.track(many[:35]))
    timed("track 70 reports", lambda: api.track(many))


if __name__ == "__main__":
    main()
