"""What the tools around a session say: what to discuss, taking back, exporting, importing, committing."""

from typing import Final, Literal

SENTENCES: Final[dict[str, dict[Literal["zh", "en"], str]]] = {
    "paused-before": {
        "zh": "“{title}”还有一次没有结束的讨论（{date}）；接着它：wenqu socratic --resume {sid}",
        "en": "A session on “{title}” has not ended ({date}); to go on with it: wenqu socratic --resume {sid}",
    },
    "why-question": {
        "zh": "问题列表里下一个还没有记录的问题（{path}）",
        "en": "the next question of the list without a record ({path})",
    },
    "why-thread": {"zh": "{date} 谈过，当时{result}", "en": "discussed on {date}: {result}"},
    "why-parked": {"zh": "{date} 讨论时留到以后的", "en": "parked in the discussion of {date}"},
    "why-blocked": {
        "zh": "研究 TODO 里卡住或暂停的一项（{path}）",
        "en": "blocked or paused in the research TODO ({path})",
    },
    "why-todo": {
        "zh": "研究 TODO 里“{topic}”的深度思考问题（{path}）",
        "en": "a deep question of “{topic}” in the research TODO ({path})",
    },
    "suggested": {"zh": "今天谈：{title}——{why}。", "en": "Today: {title} — {why}."},
    "suggestions": {"zh": "可以谈：", "en": "You could discuss:"},
    "ask-suggestion": {"zh": "回车 = 第一项；或输入编号：", "en": "Enter = the first; or a number:"},
    "redacted": {
        "zh": "已删去 {sid} 的 T{seq}；记录里只留下【已删去】。",
        "en": "T{seq} of {sid} is taken back; the record holds only [redacted].",
    },
    "repeated": {
        "zh": "你在 {places} 也说过同样的话，那里没有动；要删就再用一次 --redact。",
        "en": "You said the same at {places}, which is untouched; --redact takes it back, too.",
    },
    "history-keeps": {
        "zh": "git 历史里提交过的旧版本不会改变；要从那里去掉，需要改写历史（例如 git filter-repo）。",
        "en": "What was committed to git keeps its old versions; to remove them there, the history must be rewritten (git filter-repo, for example).",
    },
    "already-redacted": {"zh": "这一条已经删去了", "en": "these words are taken back already"},
    "nothing-to-redact": {
        "zh": "没有这一条，或其中没有谁说的话（判断等随它所判的那一轮一起删）",
        "en": "there is no such record, or nobody speaks in it (a judgement goes with the turn it is about)",
    },
    "why-redacted": {"zh": "删去 T{seq} 的原话", "en": "take the words of T{seq} out"},
    "export-head": {"zh": "会话 {sid}，{date}", "en": "session {sid}, {date}"},
    "export-judged": {
        "zh": "判断 T{turn}：{verdict}，SOLO {solo}（{by}）{evidence}",
        "en": "on T{turn}: {verdict}, SOLO {solo} ({by}) {evidence}",
    },
    "export-evidence": {"zh": "，依据“{span}”", "en": ", by “{span}”"},
    "verdict.correct": {"zh": "正确", "en": "correct"},
    "verdict.partial": {"zh": "部分正确", "en": "partial"},
    "verdict.wrong": {"zh": "不对", "en": "wrong"},
    "verdict.dont_know": {"zh": "不知道", "en": "does not know"},
    "verdict.offtopic": {"zh": "岔开了", "en": "off topic"},
    "verdict.question": {"zh": "是提问", "en": "asks"},
    "verdict.assent": {"zh": "只是附和", "en": "bare assent"},
    "no-conversation": {
        "zh": "里面没有看到谁在说话；要 JSON Lines（每行一个 user 或 assistant），或带说话人的 Markdown（**User**:、我：、## Human）",
        "en": "nobody speaks in it; wanted are JSON Lines (user or assistant on each) or Markdown with speakers (**User**:, ## Human)",
    },
    "imported": {
        "zh": "已导入为会话 {sid}：{turns} 轮。{measured}",
        "en": "Imported as session {sid}: {turns} {turns:turn|turns}. {measured}",
    },
    "left-out": {
        "zh": "谈话太长：后面的 {count} 轮没有导入。",
        "en": "The conversation is too long: {count} later {count:turn was|turns were} left out.",
    },
    "shortened": {
        "zh": "{count} 轮太长，只留了前 {most} 个字符。",
        "en": "{count} {count:turn was|turns were} too long; the first {most} characters are kept.",
    },
    "cut": {"zh": "文件太大：只读了前 {mib} MiB。", "en": "The file is too large: only its first {mib} MiB were read."},
    "unread.not-json": {"zh": "第 {line} 行不是 JSON，略去。", "en": "Line {line} is not JSON and was left out."},
    "unread.not-text": {
        "zh": "第 {line} 行看不出谁说了什么，略去。",
        "en": "Line {line} does not tell who said what and was left out.",
    },
    "unread-more": {"zh": "……还有 {count} 行。", "en": "… and {count} more {count:line|lines}."},
    "bad-place": {
        "zh": "要写成 会话编号:记录编号，例如 20251124-153000-9f3a:7",
        "en": "wanted is SESSION:RECORD, such as 20251124-153000-9f3a:7",
    },
    "not-in-list": {"zh": "{path} 里没有 {ids}", "en": "{path} has no {ids}"},
    "offline-because": {
        "zh": "没有找到模型凭据（ANTHROPIC_API_KEY，或 --model-command），所以离线。",
        "en": "No model credential was found (ANTHROPIC_API_KEY, or --model-command), so this is offline.",
    },
    "needs-git": {"zh": "这里不是 git 仓库，无法提交", "en": "this is no git repository, so nothing can be committed"},
    "committed": {"zh": "已提交 {commit}：{paths}", "en": "committed {commit}: {paths}"},
    "left-uncommitted": {
        "zh": "未提交（之前就有你自己没提交的改动）：{paths}",
        "en": "not committed, for they held changes of your own before: {paths}",
    },
    "nothing-to-commit": {
        "zh": "没有采用任何改动，所以没有提交。",
        "en": "No change was taken, so nothing was committed.",
    },
}
