"""A short article, replies that pass a small standard, and a model that says what it was told to say."""

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from agent.expansion.numbering import numbered
from agent.model.messages import Reply, Request, StopReason, Usage

PATH = "文章/熵.md"
ARTICLE = """---
title: 熵
date: 2026-10-18
source: https://example.org/archives/77
status: pending
---

# 熵

均匀分布的熵最大，本文没有证明这一点，只给出了定义和一张表。

## 公式推导与注释

TODO: 添加详细的数学公式推导和注释
"""
PLAN = {
    "outline": [{"part": n, "title": f"{n}.1 节", "content": "一句话"} for n in range(1, 6)],
    "notation": [{"symbol": "$H$", "meaning": "熵"}],
    "claims": [{"claim": "均匀分布的熵最大", "gap": "没有证明"}],
    "derivations": [
        {"goal": "上界", "start": "定义", "steps": ["取对数", "取界"], "displays": 30, "weakest": "等号何时成立"}
    ],
    "flaws": [{"title": f"缺{n}", "shows_in": "上界", "cause": "因", "impact": "式", "remedy": "补"} for n in range(3)],
    "directions": [{"title": f"向{n}", "gap": "空", "question": "何时？"} for n in range(3)],
    "analogies": [{"picture": f"图{n}", "corresponds": "甲乙丙", "breaks": "丁"} for n in range(2)],
}
PARTS = {
    1: "### 第1部分：核心理论、公理与历史基础\n\n#### 1.1 起源\n\n熵来自对无知的计数，它的上界见 2.1 节。\n",
    2: (
        "### 第2部分：严谨的核心数学推导\n\n#### 2.1 上界\n\n记分布为 $p$，先写出定义：\n\n"
        "$$\nH=-\\sum_i p_i\\log p_i\n$$\n\n"
        "用 $\\log u\\le u-1$ 得到上界：\n\n$$\nH\\le\\log n\n$$\n\n等号要求各项相等。\n"
    ),
    4: (
        "### 第4部分：方法论变体、批判性比较与优化\n\n#### 4.1 缺陷\n\n**缺陷1：个数一变，熵就变**\n\n"
        "**问题描述**：添一个不会发生的选项，上界就抬高。\n\n**根本原因**：2.1 节的上界只看个数。\n\n"
        "**定量影响**：从两项到四项，上界加倍，即 2 倍（推导：代入 2.1 节第二式）。\n\n"
        "也可参看 Shannon（待核），那里的常数约为 3（估计：假设对数以二为底）。\n"
    ),
}
WRITTEN = {number: numbered(text, number) for number, text in PARTS.items()}
"""The parts as they stand in the article: the displays of the derivation bear numbers."""
POOR_PART2 = PARTS[2].replace("等号要求", "由此易证，等号要求")
LONGER_PART2 = PARTS[2].replace("用 $\\log u", "先看一项：\n\n$$\nu\\log u\n$$\n\n再用 $\\log u")
"""One formula more, before that of the bound: (2.2) becomes (2.3)."""
CITED_PART4 = PARTS[4].replace("（推导：代入 2.1 节第二式）", "（推导：代入式 (2.2) 的上界）")


def reply(text: str, stop_reason: StopReason = "end_turn", tokens: int = 1_000) -> Reply:
    usage = Usage(input_tokens=100, output_tokens=tokens)
    return Reply(text=text, stop_reason=stop_reason, usage=usage, model="claude-sonnet-5-5")


def purposes(model: "Scripted") -> list[str]:
    return [request.purpose for request in model.asked]


@dataclass
class Scripted:
    """A model that answers each purpose with the next of its replies, the last one again and again."""

    replies: dict[str, list[Any]]
    name: str = "scripted"
    asked: list[Request] = field(default_factory=list)
    during: Callable[[Request], None] | None = None

    def ask(self, request: Request, on_text: Callable[[str], None] | None = None) -> Reply:
        self.asked.append(request)
        if self.during:
            self.during(request)
        script = self.replies[request.purpose]
        answer = script.pop(0) if len(script) > 1 else script[0]
        if isinstance(answer, BaseException):
            raise answer
        return answer if isinstance(answer, Reply) else reply(answer)


def good_replies(**changes: list[Any]) -> dict[str, list[Any]]:
    """The replies that pass, with some of them changed: `part4=["…"]`, `repair=[…]`."""
    replies: dict[str, list[Any]] = {"expand.plan": [json.dumps(PLAN, ensure_ascii=False)]}
    replies |= {f"expand.part{number}": [text] for number, text in PARTS.items()}
    return replies | {f"expand.{name}": answers for name, answers in changes.items()}
