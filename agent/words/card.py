"""Sentences of the area “card”: paper cards, what is written into one, and what is said about it."""

from typing import Final, Literal

SENTENCES: Final[dict[str, dict[Literal["zh", "en"], str]]] = {
    # What is written into a card.
    "to-verify": {"zh": "（待核）", "en": " (to verify)"},
    "to-fill": {"zh": "（待填）", "en": "(to fill in)"},
    "sources": {
        "zh": "> 来源：{sources}。每一句后面写着出处；来源里没有的标着（待核）。",
        "en": "> Sources: {sources}. Each sentence names its place; what they do not say is marked (to verify).",
    },
    "no-sources": {
        "zh": "> 来源：还没有。填进来的每一句写上出处，没有出处的标（待核）。",
        "en": "> Sources: none yet. Name the place of each sentence; mark what has none (to verify).",
    },
    "place": {"zh": "（{place}）", "en": " ({place})"},
    "pasted": {"zh": "原文", "en": "source text"},
    "authors": {"zh": "作者", "en": "Authors"},
    "venue": {"zh": "发表", "en": "Venue"},
    "year": {"zh": "年份", "en": "Year"},
    "cited": {"zh": "引用", "en": "Citations"},
    "section-questions": {"zh": "🃏 复习卡", "en": "🃏 Review cards"},
    "section-source": {"zh": "📎 原文", "en": "📎 Source text"},
    "folder": {"zh": "论文卡片", "en": "paper-cards"},
    # What the person reads.
    "why-new": {"zh": "“{name}”的卡片", "en": "the card of “{name}”"},
    "there-already": {
        "zh": "“{name}”已经有卡片：{path}。要重做，先把它改名或移走。",
        "en": "“{name}” has a card already: {path}. To make another, rename it or move it away.",
    },
    "offline": {
        "zh": "没有模型：这是一张空卡，只填了路线图里写着的 {known} 处（都标着行号），其余待填。",
        "en": "No model: this is an empty card with the {known} places that the roadmap gives (each with its line); the rest is to be filled in.",
    },
    "no-source": {
        "zh": "没有给来源，起草不了：先做一张空卡，填了路线图里写着的 {known} 处（都标着行号）。有原文就用 --from 文件，或 --paste 粘贴摘要。",
        "en": "No source was given, so nothing is drafted: an empty card with the {known} places that the roadmap gives (each with its line). With a text: --from FILE, or --paste for an abstract.",
    },
    "offline-bare": {
        "zh": "没有模型：这是一张空卡，来源记在里面，等你来填。",
        "en": "No model: this is an empty card that names its sources; it is yours to fill in.",
    },
    "no-source-bare": {
        "zh": "没有给来源，起草不了：先做一张空卡，等你来填。有原文就用 --from 文件，或 --paste 粘贴摘要。",
        "en": "No source was given, so nothing is drafted: an empty card, yours to fill in. With a text: --from FILE, or --paste for an abstract.",
    },
    "not-listed": {
        "zh": "路线图里没有“{name}”，卡片只凭给出的来源。",
        "en": "The roadmap does not list “{name}”; the card rests on the given sources alone.",
    },
    "drafted": {
        "zh": "{stated} 句，{placed} 句有出处，{doubtful} 句标了待核。",
        "en": "Sentences: {stated}; {placed} with a place, {doubtful} marked to verify.",
    },
    "drafting": {"zh": "正在按来源起草……", "en": "Drafting from the sources …"},
    "checking": {
        "zh": "有 {count} 处对不上来源，请模型改一遍……",
        "en": "{count} places are not borne out; asking once more …",
    },
    "paste": {
        "zh": "粘贴摘要，另起一行按 Ctrl-D 结束：",
        "en": "Paste the abstract; end with Ctrl-D on a line of its own:",
    },
    "nothing-pasted": {"zh": "什么也没有粘贴", "en": "nothing was pasted"},
    "empty-source": {"zh": "这份来源里没有文字", "en": "this source holds no text"},
    "too-long": {
        "zh": "来源太长（约 {tokens} 个 token，最多 {most}）；截取要用的部分，存成文件再给",
        "en": "the sources are too long (about {tokens} tokens, at most {most}); save the part that matters as a file",
    },
    "too-long-to-keep": {
        "zh": "粘贴的文字会整段留在卡片里，最多 {most} 字；长的请存进工作区，用 --from 给出",
        "en": "what is pasted is kept in the card, at most {most} characters; save a longer text in the workspace, --from FILE",
    },
    "needs-name": {"zh": "要写论文的名字：wenqu card 名字", "en": "name the paper: wenqu card NAME"},
    "accepted": {
        "zh": '读过了就记一笔：wenqu roadmap done "{name}" --evidence {path}',
        "en": 'When it is read: wenqu roadmap done "{name}" --evidence {path}',
    },
    "problem-quote": {
        "zh": "{where}：引的“{quote}”在来源里找不到",
        "en": "{where}: the quote “{quote}” does not stand in the sources",
    },
    "problem-fact": {
        "zh": "{where}：“{text}”里的 {found} 来源里没有",
        "en": "{where}: “{text}” says {found}, which the sources do not",
    },
    "problem-empty": {"zh": "{where}：是空的", "en": "{where}: it is empty"},
}
