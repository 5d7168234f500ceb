"""What a roadmap and a card say of a paper, section by section, in both languages."""

import re
from collections.abc import Mapping
from typing import Final, Literal

from agent.words import Language

Aspect = Literal["paper", "standing", "problem", "contributions", "meaning", "limits", "influence"]

TITLES: Final[Mapping[Aspect, Mapping[Language, str]]] = {
    "paper": {"zh": "📖 论文", "en": "📖 Paper"},
    "standing": {"zh": "🏆 历史地位", "en": "🏆 Place in history"},
    "problem": {"zh": "❓ 解决的核心问题", "en": "❓ Problem it solves"},
    "contributions": {"zh": "✨ 核心贡献", "en": "✨ Main contributions"},
    "meaning": {"zh": "🔑 历史意义", "en": "🔑 What it changed"},
    "limits": {"zh": "⚠️ 局限性", "en": "⚠️ Limitations"},
    "influence": {"zh": "📊 后续影响", "en": "📊 What followed"},
}
"""The sections of a card in their order, as the seed of such roadmaps titles them."""

_PATTERNS: Final[tuple[tuple[Aspect, str], ...]] = (
    ("paper", r"论文|技术报告|重要工作|阅读清单|待读|\b(?:papers?|publications?|references|reading list|to read)\b"),
    ("standing", r"历史地位|历史成就|place in history|historical (?:place|standing|significance)"),
    ("problem", r"核心问题|解决(?:的)?(?:核心)?问题|发现的问题|\bproblems?\b"),
    ("limits", r"局限|根本问题|\blimit(?:s|ations?)\b|\bweakness(?:es)?\b"),
    ("influence", r"后续|启发|\binfluence\b|what followed|follow[- ]ups?|\blegacy\b"),
    ("meaning", r"意义|影响|what it changed|\bmeaning\b|\bimpact\b|\bsignificance\b"),
    (
        "contributions",
        r"核心(?:贡献|创新|发现|原理|思想|突破|特点|成就)|\bcontributions?\b|\bkey ideas?\b|\bresults\b",
    ),
)


def aspect_of(title: str) -> Aspect | None:
    """Return what a heading or the head of a column is about, None for none of these."""
    return next((aspect for aspect, words in _PATTERNS if re.search(words, title, re.IGNORECASE)), None)
