"""Sentences of the area “context”: the session-start summary and the discrepancies it names."""

from typing import Final, Literal

SENTENCES: Final[dict[str, dict[Literal["zh", "en"], str]]] = {
    "title": {
        "zh": "会话摘要 · {workspace} · 依据文件与 git（{head}，{date}）",
        "en": "Session summary · {workspace} · from the files and git ({head}, {date})",
    },
    "title-no-git": {
        "zh": "会话摘要 · {workspace} · 依据文件（没有 git 提交，{date}）",
        "en": "Session summary · {workspace} · from the files (no git commit, {date})",
    },
    "last": {"zh": "上次停在", "en": "Last stop"},
    "next": {"zh": "下一步", "en": "Next"},
    "progress": {"zh": "进度（按文件）", "en": "Progress (by the files)"},
    "said": {"zh": "学习者原话", "en": "In your words"},
    "differs": {"zh": "与文件不一致（{count}）", "en": "Documents against files ({count})"},
    "due": {"zh": "该复习", "en": "To recall"},
    "due-cards": {
        "zh": "{count} 张卡到期，最早 {since}：{question}（{where}）",
        "en": "cards due: {count}, the oldest since {since}: {question} ({where})",
    },
    "todo": {"zh": "研究TODO", "en": "Research TODO"},
    "standard": {"zh": "标准与估算", "en": "Standard and effort"},
    "habits": {"zh": "约定", "en": "Habits"},
    "unreadable": {"zh": "读不了", "en": "Unreadable"},
    "steps": {"zh": "建议", "en": "Suggested"},
    "nothing-yet": {
        "zh": "还没有可作依据的讨论、记录或单独提交",
        "en": "nothing to go by yet: no discussion, no record, no commit but imports",
    },
    "position": {"zh": "{name}{date} → {where}", "en": "{name}{date} → {where}"},
    "position-written": {"zh": "，据此写成 {path}", "en": "; written from it: {path}"},
    "why-first-open-question": {
        "zh": "这份列表里第一个没有讨论记录的问题",
        "en": "first question of the list without a record",
    },
    "why-not-settled": {
        "zh": "上次谈的就是它，还没有定论",
        "en": "talked about last, and not settled",
    },
    "why-in-order": {
        "zh": "文档写明的顺序里第 {number} 篇（{place}）；{characters} 字符",
        "en": "number {number} of the order that a document gives ({place}); {characters} characters",
    },
    "why-no-notes": {"zh": "第一个还没有笔记的讲座", "en": "first lecture without notes"},
    "why-in-batch": {
        "zh": "第 {batch} 批，completed {done}/{total}；status: pending，{characters} 字符",
        "en": "batch {batch}, completed {done}/{total}; status: pending, {characters} characters",
    },
    "why-newest-pending": {
        "zh": "还没有完成的 {pending} 篇（不重复）中日期最新的；{characters} 字符",
        "en": "the newest of {pending} distinct articles not yet completed; {characters} characters",
    },
    "lecture": {
        "zh": "{mark} Lecture {number:02} {title}：{notes} 份笔记{questions}",
        "en": "{mark} Lecture {number:02} {title}: notes {notes}{questions}",
    },
    "lecture-questions": {"zh": "，有讨论记录的问题 {done}/{total}", "en": ", questions with a record {done}/{total}"},
    "lecture-open": {"zh": "（还没有：{names}）", "en": " (still without: {names})"},
    "lectures-empty": {"zh": "⚪ 其余 {count} 讲没有笔记", "en": "⚪ other lectures, without notes: {count}"},
    "list": {
        "zh": "{mark} {path}：有讨论记录的问题 {done}/{total}{open}",
        "en": "{mark} {path}: questions with a record {done}/{total}{open}",
    },
    "discussions": {
        "zh": "讨论文档 {files} 份，其中 {quoting} 份引用了学习者原话",
        "en": "discussion documents: {files}, with the learner's own words: {quoting}",
    },
    "articles-forced": {
        "zh": "其中用 mark --force 标为 completed 的 {count} 篇：{names}",
        "en": "marked completed with mark --force: {count}; {names}",
    },
    "articles": {
        "zh": "文章 {files} 个文件（不重复 {distinct} 篇）：completed {completed}，pending {pending}{met}",
        "en": "{files} article files ({distinct} distinct): completed {completed}, pending {pending}{met}",
    },
    "articles-met": {
        "zh": "；按标准：数量达标 {met}，各项都通过 {passed}",
        "en": "; by the standard: counts met {met}, all of it passed {passed}",
    },
    "batch": {
        "zh": "{mark} 第 {number} 批：completed {done}/{total}{missing}",
        "en": "{mark} batch {number}: completed {done}/{total}{missing}",
    },
    "batch-missing": {"zh": "，{missing} 篇没有文件", "en": ", {missing} without a file"},
    "plan-week": {
        "zh": "按计划今天在“{title}”（{begins} 至 {ends}，{where}）",
        "en": "by the plan today lies in “{title}” ({begins} to {ends}, {where})",
    },
    "plan-over": {
        "zh": "计划的最后一周止于 {ends}（{where}），已过 {days} 天",
        "en": "the plan's last week ended {ends} ({where}), {days} days ago",
    },
    "differs-more": {"zh": "另有 {count} 处：wenqu reconcile", "en": "more: {count}, see wenqu reconcile"},
    "todo-counts": {
        "zh": "{open} 项未完成，{done} 项已完成，{topics} 个专题{updated}（{path}）",
        "en": "open {open}, closed {done}, topics {topics}{updated} ({path})",
    },
    "todo-updated": {"zh": "，最后更新 {date}", "en": ", last updated {date}"},
    "todo-focus": {"zh": "焦点：{focus}（{where}）", "en": "focus: {focus} ({where})"},
    "todo-oldest": {
        "zh": "提出最早、还没有完成的方向：{title}（{created} 提出，已 {days} 天），{open} 项未完成（{where}）",
        "en": "oldest direction still open: {title}, of {created} ({days} days), open {open} ({where})",
    },
    "todo-none-closed": {
        "zh": "还没有做完过一项：每周选一项做完，并写下依据",
        "en": "nothing was ever closed: pick one a week and close it with evidence",
    },
    "standard-line": {
        "zh": "{standard}；{waiting} 篇待扩充，原文约 {tokens} token",
        "en": "{standard}; {waiting} articles waiting, about {tokens} tokens of text",
    },
    "standard-older": {
        "zh": "；{count} 篇是按较旧的标准完成的",
        "en": "; {count} completed under an older standard",
    },
    "reckoned": {
        "zh": "不一致 {count} 处{undecided}，已接受 {accepted} 处，相符 {equal} 处。",
        "en": "discrepancies: {count}{undecided}; accepted: {accepted}; claims that are so: {equal}.",
    },
    "reckoned-undecided": {"zh": "（其中 {count} 处无法判断）", "en": " ({count} of them undecided)"},
    "clears-write": {
        "zh": "wenqu reconcile --write 能改好其中 {count} 处。",
        "en": "wenqu reconcile --write settles {count} of them.",
    },
    "clears-most": {
        "zh": "要手改的以 {path} 最多（{count} 处）；写得对的那处用 wenqu reconcile --accept {id} --reason 理由。",
        "en": "Most of what to change by hand stands in {path} ({count}): change that document, or accept what is meant: wenqu reconcile --accept {id} --reason WHY.",
    },
    "so": {"zh": "= {where} “{text}”：{claimed} 属实", "en": "= {where} “{text}”: {claimed} is so"},
    "unread": {"zh": "！没有核对：{sentence}", "en": "! not held against the files: {sentence}"},
    "accepted": {"zh": "已接受 [{id}] {sentence}", "en": "accepted [{id}] {sentence}"},
    "accepted-void": {
        "zh": "   {date} 接受过：{reason}；现在没有它所说的不一致",
        "en": "   was accepted {date}: {reason}; there is no such discrepancy now",
    },
    "withdrawn": {
        "zh": "已收回 [{id}] {where}（{date} 接受：{reason}）",
        "en": "withdrawn [{id}] {where} (accepted {date}: {reason})",
    },
    "withdraw-unknown": {
        "zh": "没有接受过这个编号；已接受的见 wenqu reconcile --all",
        "en": "nothing with this id was accepted; wenqu reconcile --all lists what was",
    },
    "accepted-since": {"zh": "   {date} 接受：{reason}", "en": "   accepted {date}: {reason}"},
    "accept-needs-reason": {"zh": "两者要一起给出", "en": "each needs the other"},
    "accept-unknown": {
        "zh": "没有这个编号的不一致，见 wenqu reconcile",
        "en": "no discrepancy has this id, see wenqu reconcile",
    },
    "document-needs-write": {"zh": "只与 --write 一起使用", "en": "goes with --write only"},
    "no-place-for-block": {
        "zh": "文章、讨论和记录里不放进度块",
        "en": "articles, discussions and records hold no progress block",
    },
    "nothing-to-write": {
        "zh": "没有要更新的：进度块（<!-- wenqu:progress -->）和进度条都与文件一致，或者还没有。要给一份文档加上进度块：wenqu reconcile --write 文档",
        "en": "Nothing to bring up to date: progress blocks (<!-- wenqu:progress -->) and bars agree with the files, or there are none. To add a block to a document: wenqu reconcile --write DOCUMENT",
    },
    "why-block": {"zh": "按文件更新进度块", "en": "the progress block, from the files"},
    "why-bars": {
        "zh": "按 status 更新进度条与计数：completed {completed}，文件 {files}（不重复 {distinct}）",
        "en": "bars and counts, by the status lines: completed {completed}, files {files} ({distinct} distinct)",
    },
    "why-totals": {
        "zh": "总数 {stated} 改为现有文章数 {there}",
        "en": "the total {stated} becomes the {there} articles there are",
    },
    "total-kept": {
        "zh": "{path} 没有动的一处：{why}。原来的总数若不是目标，用 wenqu reconcile --write --totals 改。",
        "en": "Left as it is in {path}: {why}. Where the old total is no goal: wenqu reconcile --write --totals.",
    },
    "totals-need-write": {"zh": "和 --write 一起用", "en": "it goes with --write"},
    "no-block": {
        "zh": "没有文档带进度块；要加上一个：wenqu reconcile --write 文档",
        "en": "No document holds a progress block; to add one: wenqu reconcile --write DOCUMENT",
    },
    "block-note": {
        "zh": "由 `wenqu reconcile --write` 根据文件写成；标记之间的手改会被覆盖。",
        "en": "Written by `wenqu reconcile --write` from the files; what you change between the markers is overwritten.",
    },
    "block-articles": {
        "zh": "- 文章：文件 {files}，不重复 {distinct}；status: completed {completed}，status: pending {pending}；勾选的标题 {ticked}",
        "en": "- articles: files {files}, distinct {distinct}; status: completed {completed}, status: pending {pending}; ticked titles {ticked}",
    },
    "block-standard": {
        "zh": "- 标准：数量达标 {met}，通过 {passed}",
        "en": "- standard: counts met {met}, passed {passed}",
    },
    "block-lectures": {
        "zh": "- 讲座：有笔记 {noted}/{total}（{names}）",
        "en": "- lectures: with notes {noted}/{total} ({names})",
    },
    "block-discussions": {
        "zh": "- 讨论文档：{files}，引用学习者原话的 {quoting}",
        "en": "- discussions: {files}, with the learner's own words {quoting}",
    },
    "block-questions": {
        "zh": "- 问题（{path}）：有讨论记录 {done}/{total}",
        "en": "- questions ({path}): with a record {done}/{total}",
    },
    "block-todo": {
        "zh": "- 研究TODO：未完成 {open}，已完成 {done}，专题 {topics}",
        "en": "- research TODO: open {open}, closed {done}, topics {topics}",
    },
    "standard-cost": {
        "zh": "；约 {calls} 次请求，输出 {output} token，约 {cost}",
        "en": "; about {calls} requests, {output} tokens out, {cost}",
    },
    "step": {
        "zh": "{minutes} 分钟：{title}（{why}）→ {command}",
        "en": "{minutes} min: {title} ({why}) → {command}",
    },
    "loop-ask": {
        "zh": "\n按 {numbers} 开始一步，? 说明，q 离开：",
        "en": "\n{numbers} starts a step, ? explains, q leaves:",
    },
    "loop-help": {
        "zh": "一个数字开始它前面那一步，做完再回到这里；其他命令在这里之外输入，wenqu --help 列出它们。",
        "en": "A number starts the step beside it and you come back here; other commands are typed outside, wenqu --help lists them.",
    },
    "loop-back": {"zh": "回车：更新后的摘要，q：离开", "en": "Enter: the summary as it is now, q: leave"},
    "loop-topic": {"zh": "讨论什么？（回车：由问渠提议）", "en": "What about? (Enter: let wenqu propose)"},
    "loop-next": {"zh": "下次从这里接着：{step}", "en": "To go on next time: {step}"},
    "step-apply": {
        "zh": "看一遍等着的 {count} 条建议",
        "en": "decide on {count} {count:proposal|proposals} kept for later",
    },
    "step-apply-why": {"zh": "上次没有定；文件一改就作废", "en": "left open, and void once their file changes"},
    "step-review": {"zh": "凭记忆答 {count} 张到期的卡", "en": "answer {count} due {count:card|cards} from memory"},
    "step-review-why": {"zh": "到期 {due} 张，最早 {since}", "en": "{due} due, the oldest since {since}"},
    "step-triage": {"zh": "分拣想法，一条一个键", "en": "triage ideas, one key each"},
    "step-triage-why": {"zh": "{path} 里有 {count} 条还没有去处", "en": "{path} holds {count} without a place"},
    "step-todo-review": {"zh": "研究TODO的{name}", "en": "{name} of the research TODO"},
    "step-todo-review-why": {"zh": "{reason}", "en": "{reason}"},
    "step-todo-review-last": {"zh": "上一次是 {date}", "en": "the last one was on {date}"},
    "step-todo-review-none": {"zh": "还没有回顾过", "en": "there was none yet"},
    "step-reconcile": {
        "zh": "核对文档与文件，用 --write 改或用 --accept 接受",
        "en": "settle what documents and files disagree on, by --write or --accept",
    },
    "step-reconcile-why": {"zh": "{count} 处不符", "en": "{count} {count:place|places}"},
    "step-check": {"zh": "看哪些 completed 没有达标", "en": "see which completed articles fall short"},
    "step-check-why": {"zh": "{completed} 篇里数量达标 {met} 篇", "en": "counts met in {met} of {completed}"},
    "step-look": {"zh": "检查笔记的名字、链接和引文", "en": "check the names, links and quotations of your notes"},
    "step-look-why": {"zh": "眼下没有更急的短事", "en": "nothing short is more urgent"},
    "step-plan": {"zh": "看学习计划，安排下一讲", "en": "look at the plan and prepare the next lecture"},
    "step-plan-why": {"zh": "{id} {title} 还没有笔记", "en": "{id} {title} has no notes yet"},
    "step-batch": {"zh": "看下一批文章和价钱", "en": "look at the next batch and its price"},
    "step-batch-why": {"zh": "{pending} 篇待扩充", "en": "{pending} articles wait"},
    "step-reading": {"zh": "看接下来读哪一篇", "en": "see what to read next"},
    "step-reading-why": {"zh": "按 {path} 的阶段与先后", "en": "by the stages and the order of {path}"},
    "step-resume": {"zh": "接着讨论“{title}”", "en": "go on with the session on “{title}”"},
    "step-resume-why": {"zh": "{date} 停下，还没有结束", "en": "paused {date}, not ended"},
    "step-socratic": {"zh": "讨论 {id}“{title}”", "en": "discuss {id} “{title}”"},
    "step-socratic-on": {"zh": "接着讨论 {id}“{title}”", "en": "go on with {id} “{title}”"},
    "step-socratic-on-why": {"zh": "{reason}", "en": "{reason}"},
    "step-socratic-why": {"zh": "{reason}", "en": "{reason}"},
    "step-expand": {"zh": "扩充“{title}”", "en": "expand “{title}”"},
    "step-expand-why": {"zh": "{reason}", "en": "{reason}"},
    "step-discuss": {"zh": "先就“{title}”答几个问题", "en": "answer a few questions on “{title}” first"},
    "step-discuss-why": {"zh": "想过再写，写得不一样", "en": "what was thought over is written differently"},
    "step-topic": {"zh": "开始一次讨论", "en": "begin a session"},
    "step-topic-why": {"zh": "没有列表给出下一个问题", "en": "no list names a next question"},
    "drift": {
        "zh": "文档的说法与文件的实际：{count} 处不符，{equal} 处相符。最要紧的：",
        "en": "What the documents claim against what the files show: {count} differ, {equal} agree. Those that matter most:",
    },
    "drift-none": {
        "zh": "文档的说法与文件的实际：{count} 处不符，{equal} 处相符。",
        "en": "What the documents claim against what the files show: {count} differ, {equal} agree.",
    },
}
