"""Sentences of the area “inbox”: the page of ideas, what is put where from it, and what is written into documents."""

from typing import Final, Literal

SENTENCES: Final[dict[str, dict[Literal["zh", "en"], str]]] = {
    # What is written into documents, in their own language; a mark is read again by these words.
    "went-todo": {"zh": "专题", "en": "topic"},
    "went-reading": {"zh": "待读", "en": "to read"},
    "went-session": {"zh": "提问", "en": "question"},
    "went-nothing": {"zh": "放下", "en": "dropped"},
    "mark": {"zh": "（→ {went} · {where}，{date}）", "en": " (→ {went} · {where}, {date})"},
    "mark-nowhere": {"zh": "（→ {went}，{date}）", "en": " (→ {went}, {date})"},
    "doc-topics": {"zh": "想法转来的专题", "en": "Topics from ideas"},
    "doc-created": {"zh": "**创建时间**: {date}", "en": "**Created**: {date}"},
    "doc-reading": {"zh": "待读", "en": "To read"},
    "doc-questions": {"zh": "想法转来的问题", "en": "Questions from ideas"},
    "doc-deep": {"zh": "**深度思考问题**:", "en": "**Deep questions**:"},
    # What the person reads.
    "why": {
        "zh": "{count} 条想法：放到该去的地方，并在原处注明",
        "en": "ideas: {count}, put where they belong and marked",
    },
    "none": {
        "zh": "没有想法页（{path}）；在 wenqu.toml 的 [layout] inbox 里写上它的路径",
        "en": "there is no page of ideas ({path}); name its path in [layout] inbox of wenqu.toml",
    },
    "not-its-own": {
        "zh": "{path} 已是另一种文档，不能同时是想法页",
        "en": "{path} is another document already, it cannot be the page of ideas",
    },
    "counts": {
        "zh": "{path}：{open} 条想法还没有分拣，{settled} 条已有去处{since}",
        "en": "{path}: {open} {open:idea|ideas} to triage, {settled} settled{since}",
    },
    "since": {"zh": "，最早的已有 {days} 天", "en": ", the oldest {days} {days:day|days} old"},
    "empty": {"zh": "{path} 里还没有想法。", "en": "{path} holds no idea yet."},
    "days": {"zh": " · {days} 天", "en": " · {days} {days:day|days}"},
    "no-section": {"zh": "（没有标题）", "en": "(no heading)"},
    "unread": {
        "zh": "没有读的行 {count}（原样留着）：",
        "en": "Lines that were not read, and stay as they are ({count}):",
    },
    "unread-more": {"zh": "另有 {count} 行：wenqu inbox --json", "en": "more: {count}, see wenqu inbox --json"},
    "next": {"zh": "\n分拣：wenqu inbox triage", "en": "\nTo triage: wenqu inbox triage"},
    "all-settled": {"zh": "没有要分拣的想法。", "en": "There is no idea to triage."},
    "unknown": {
        "zh": "这一行没有想法；行号见 wenqu inbox",
        "en": "no idea stands on this line; wenqu inbox lists the lines",
    },
    "needs-line": {
        "zh": "这里不是终端：写上想法的行号和 --to todo|reading|session|nothing",
        "en": "this is no terminal: name the lines of ideas, and --to todo|reading|session|nothing",
    },
    "needs-each-other": {"zh": "行号和 --to 要一起给出", "en": "lines and --to need each other"},
    "gone": {
        "zh": "{path}:{line} 已经分拣过：{text}（{went}{where}，{date}）",
        "en": "{path}:{line} is settled already: {text} ({went}{where}, {date})",
    },
    "ticked": {"zh": "{path}:{line} 已经划掉或勾选：{text}", "en": "{path}:{line} is ticked or struck through: {text}"},
    "settled-below": {
        "zh": "{path}:{line} 下面的都已有去处：{text}",
        "en": "{path}:{line}: all that stands below has its place: {text}",
    },
    "begin": {
        "zh": "{path}：{count} 条想法，一条一个键。t 专题  r 待读  s 提问  n 放下  回车 以后再说  q 结束；带下级的再加 o 逐条看",
        "en": "{path}: {count} {count:idea|ideas}, one key each. t topic  r to read  s question  n drop  Enter later  q end; o opens one with others below it",
    },
    "ask": {"zh": "t r s n{opens} 回车 q（像是{kind}）", "en": "t r s n{opens} Enter q (looks like: {kind})"},
    "nothing-decided": {"zh": "什么也没有定，没有改动。", "en": "Nothing was decided, nothing is changed."},
}
