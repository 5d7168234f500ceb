"""Sentences of the area “reading”: the reading roadmap, what to read next and why, and what is recorded in it."""

from typing import Final, Literal

SENTENCES: Final[dict[str, dict[Literal["zh", "en"], str]]] = {
    # What is written into the document, in its own language.
    "doc-read": {"zh": "已读", "en": "Read"},
    "doc-field": {"zh": "{date}（{proof}）", "en": "{date} ({proof})"},
    "doc-remark": {"zh": "（已读 {date}：{proof}）", "en": " (read {date}: {proof})"},
    "doc-cell": {"zh": "✅ 已读 {date}：{proof}", "en": "✅ read {date}: {proof}"},
    # What the person reads.
    "counts": {
        "zh": "{path}：论文 {papers} 篇，已读 {read} 篇{unproved}；必读还剩 {left}/{musts} 篇",
        "en": "{path}: {papers} papers, {read} read{unproved}; must-reads left: {left} of {musts}",
    },
    "counts-without-musts": {
        "zh": "{path}：论文 {papers} 篇，已读 {read} 篇{unproved}",
        "en": "{path}: {papers} papers, {read} read{unproved}",
    },
    "unproved": {"zh": "（其中 {count} 篇没有写证据）", "en": " ({count} of them without evidence)"},
    "weeks": {"zh": "（{span} 周）", "en": " (weeks: {span})"},
    "papers-read": {"zh": "论文 {done}/{total}", "en": "papers {done}/{total}"},
    "next": {"zh": "接下来读：{name}  {where}", "en": "Read next: {name}  {where}"},
    "then": {"zh": "再往后：{names}", "en": "After that: {names}"},
    "why-stage": {
        "zh": "“{stage}”里还没有读的第一篇：{task}（{where}）",
        "en": "the first unread one of “{stage}”: {task} ({where})",
    },
    "why-arrow": {
        "zh": "文档画着 {before} → {after}（{where}），先读 {before}",
        "en": "the document draws {before} → {after} ({where}), so {before} comes first",
    },
    "why-freed": {
        "zh": "它前面的 {names} 已经读过（{where}）",
        "en": "what comes before it is read: {names} ({where})",
    },
    "why-must": {"zh": "在“{title}”里（{where}）", "en": "it stands in “{title}” ({where})"},
    "why-order": {"zh": "按文档的次序，这是第一篇没有读的", "en": "in the document's order it is the first unread one"},
    "to-do": {"zh": "这一阶段还要做：", "en": "Also to do in this stage:"},
    "musts-left": {"zh": "必读还没有读的 {count} 篇：", "en": "Must-reads left ({count}):"},
    "more": {"zh": "  还有 {count} 篇：--all 列出全部", "en": "  and {count} more: --all lists them"},
    "all-read": {"zh": "全部读完了。", "en": "Everything is read."},
    "none": {"zh": "文档里没有认出论文。", "en": "No paper was recognised in the document."},
    "how": {
        "zh": '读完记一笔：wenqu roadmap done "{name}" --evidence 笔记的路径；做卡：wenqu card "{name}"',
        "en": 'When it is read: wenqu roadmap done "{name}" --evidence PATH; a card of it: wenqu card "{name}"',
    },
    "all": {"zh": "全部论文：", "en": "All papers:"},
    "no-roadmap": {
        "zh": "这个工作区没有阅读路线图（{path}）；在 wenqu.toml 的 [layout] roadmap 指明",
        "en": "this workspace has no reading roadmap ({path}); name it in wenqu.toml, [layout] roadmap",
    },
    "needs-paper": {
        "zh": "要指明一篇论文：简称、题目或年份",
        "en": "name a paper, by its short name, its title or its year",
    },
    "unknown-paper": {
        "zh": "路线图里没有这篇论文；wenqu roadmap --all 列出全部{near}",
        "en": "the roadmap has no such paper; wenqu roadmap --all lists all{near}",
    },
    "near": {"zh": "。相近的：{names}", "en": ". Near it: {names}"},
    "ambiguous": {
        "zh": "符合的不止一篇，写全名字：{candidates}",
        "en": "several fit, give the whole name:{candidates}",
    },
    "needs-evidence": {
        "zh": "记“{name}”已读要有证据：--evidence 笔记、卡片、代码的路径，会话或 会话:轮次，或网址（可多次）。",
        "en": "To record “{name}” as read takes evidence: --evidence with a note, a card, code, a session, SESSION:TURN or an address (may be repeated).",
    },
    "only-done": {"zh": "要写动作 done：wenqu roadmap done {name}", "en": "say what to do: wenqu roadmap done {name}"},
    "evidence-alone": {
        "zh": "它只和 done 一起用：wenqu roadmap done 论文 --evidence 路径",
        "en": "it goes with done alone: wenqu roadmap done PAPER --evidence PATH",
    },
    "already": {
        "zh": "“{name}”已经记为已读（{where}）：{places}",
        "en": "“{name}” is recorded as read already ({where}): {places}",
    },
    "why-done": {"zh": "“{name}”已读", "en": "“{name}” is read"},
    "next-after": {"zh": "接下来读：{name}", "en": "Read next: {name}"},
}
