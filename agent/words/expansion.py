"""Sentences of the area “expansion”: what a job says while it runs, how an item ended, the sheets it leaves behind."""

from typing import Final, Literal

SENTENCES: Final[dict[str, dict[Literal["zh", "en"], str]]] = {
    "estimated": {
        "zh": "{path}：预计 {calls} 次请求，输入约 {input} token，输出约 {output} token{price}。",
        "en": "{path}: about {calls} requests, {input} tokens in, {output} tokens out{price}.",
    },
    "estimated-price": {
        "zh": "；约 {cost}（不用缓存约 {plain}）",
        "en": "; about {cost} ({plain} without the cache)",
    },
    "price": {"zh": "，{cost}", "en": ", {cost}"},
    "price-unknown": {
        "zh": "不知道 {model} 的价格，花费上限无从计算；去掉这个选项，或换一个模型",
        "en": "the price of {model} is not known, so no ceiling can be kept; leave the option out or name another model",
    },
    "price-of-command": {
        "zh": "模型命令不报花费，花费上限守不住；去掉这个选项，或不用 --model-command",
        "en": "a model command does not tell what it costs, so no ceiling can be kept; leave this option out, or --model-command",
    },
    "step-plan": {"zh": "计划{number}", "en": "the plan{number}"},
    "step-part": {"zh": "第 {number} 部分", "en": "part {number}"},
    "step-repair": {"zh": "第 {number} 部分的修改", "en": "the repair of part {number}"},
    "asking": {
        "zh": "{path}：正在写{step} …",
        "en": "{path}: writing {step} …",
    },
    "received": {
        "zh": "{path}：收到{step}{counted}，已存好",
        "en": "{path}: received {step}{counted}, saved",
    },
    "received-counted": {"zh": "，{tokens} token{price}", "en": ", {tokens} tokens{price}"},
    "found": {
        "zh": "{path}：{step} 上次已经收到，不再请求{counted}",
        "en": "{path}: {step} was received earlier and is not asked for again{counted}",
    },
    "found-counted": {"zh": "（{tokens} token{price}）", "en": " ({tokens} tokens{price})"},
    "reused": {
        "zh": "{path}：沿用以前收到的 {count} 份回答（{models}）；想全部重新问，加上 --fresh",
        "en": "{path}: replies received earlier are used again: {count} ({models}); --fresh asks anew for all",
    },
    "passed": {
        "zh": "{path}：各部分检查通过，最后再看全文是否切题、是否与别的文章重复",
        "en": "{path}: all parts passed the check; last of all, whether it keeps to its subject and repeats no other article",
    },
    "so-far": {
        "zh": "{path}：目前写好的部分，自动检查没有发现问题；内容对不对，它看不出来",
        "en": "{path}: the check finds nothing in the parts written so far; whether they are right it cannot tell",
    },
    "not-passed": {
        "zh": "{path}：没有过关，{findings} 处不合标准（{parts}）",
        "en": "{path}: rejected by the gate, findings: {findings} ({parts})",
    },
    "not-standing": {
        "zh": "{path}：现有的扩充有 {findings} 处不合标准（{parts}）",
        "en": "{path}: the expansion that stands there has findings: {findings} ({parts})",
    },
    "rejected": {
        "zh": "  第 {part} 部分第 {line} 行：{finding}",
        "en": "  part {part}, line {line}: {finding}",
    },
    "rejected-more": {"zh": "  ……另有 {count} 处", "en": "  … and {count} more"},
    "unplanned": {
        "zh": "{path}：重写的计划还是用不上（{reason}）；各部分照原文直接写",
        "en": "{path}: the second plan cannot be used either ({reason}); the parts are written without one",
    },
    "plan-again": {
        "zh": "{path}：计划用不上（{reason}），请模型改正",
        "en": "{path}: the plan cannot be used ({reason}); the model is asked to put it right",
    },
    "plan-none": {
        "zh": "回答里没有读得出的 JSON 对象",
        "en": "the answer holds no JSON object that can be read",
    },
    "plan-open": {
        "zh": "JSON 对象没有收尾：写到一半断了，或有引号、括号没有配对",
        "en": "the JSON object has no end: it breaks off, or a quotation mark or bracket is not closed",
    },
    "plan-unreadable": {
        "zh": "JSON 在“{near}”这里读不下去：看看引号、逗号和反斜杠",
        "en": "the JSON cannot be read on from “{near}”: look at quotation marks, commas and backslashes",
    },
    "plan-cut": {"zh": "回答写到一半断了", "en": "the answer broke off halfway"},
    "plan-lacks": {"zh": "缺少 {name}", "en": "{name} is missing"},
    "plan-shape": {
        "zh": "{name} 应是一个列表，每项是一个对象，键名照提示词里的样子",
        "en": "{name} should be a list of objects with the keys that the prompt shows",
    },
    "plan-empty": {"zh": "{name} 是空的", "en": "{name} is empty"},
    "plan-no-part": {
        "zh": "outline 里没有第 {number} 部分的小节",
        "en": "outline has no section of part {number}",
    },
    "plan-too-few": {
        "zh": "{name} 只有 {count} 项，至少要 {wanted} 项",
        "en": "{name} has {count} entries, at least {wanted} are needed",
    },
    "unrepaired": {
        "zh": "{path}：第 {part} 部分没有修改，照现状往下走：{problem}",
        "en": "{path}: part {part} stays as it is, and the job goes on: {problem}",
    },
    "unchanged": {
        "zh": "{path}：第 {part} 部分的修改与原来一样，不再为它请求",
        "en": "{path}: the repair of part {part} changes nothing; no other is asked for",
    },
    "repair-leaves-out": {
        "zh": "{path}：第 {part} 部分的修改漏掉了 {pieces}，没有采用",
        "en": "{path}: the repair of part {part} leaves out {pieces}; it is not taken",
    },
    "repair-again": {
        "zh": "上一次修改漏掉了 {pieces}，没有采用；这一次留着，只改下面指出的。",
        "en": "The repair before this one left out {pieces} and was not taken; keep it this time, and change only what is named below.",
    },
    "equation-gone": {
        "zh": "这里引的式子已从推导里删去（编号因此记作 {found}）；改引别的式子，或改写这句话。",
        "en": "The formula that is cited here is no longer in the derivation (hence {found}); cite another, or put it otherwise.",
    },
    "source-nearest": {
        "zh": "{found}（最接近的是：“{nearest}”）",
        "en": "{found} (nearest: “{nearest}”)",
    },
    "lines-lost": {"zh": "{lines} 行中的 {lost} 行", "en": "{lost} of {lines} lines"},
    "doubt": {"zh": "<!-- 存疑：{words} -->", "en": "<!-- doubt: {words} -->"},
    "findings-rest": {
        "zh": "  ……另有 {count} 处，全部见 {sheet}",
        "en": "  … and {count} more, all of them in {sheet}",
    },
    "broke-off": {"zh": "【回答在此中断】", "en": "[the reply broke off here]"},
    "written": {
        "zh": "{path} 已扩充并标为 completed。请人工核对 {review}（列了 {points} 处），读完后在文件头加一行 read_by: 你的名字。",
        "en": "{path} is expanded and marked completed. Go through {review} ({points} {points:point|points}); when you have read it, add read_by: your name to the front matter.",
    },
    "written-read": {
        "zh": "{path} 已扩充并标为 completed。文件头里原有的 read_by 说的不是新写的内容：请人工核对 {review}（列了 {points} 处），读完后把那一行改成你的名字。",
        "en": "{path} is expanded and marked completed. The read_by that its front matter held is not about the new text: go through {review} ({points} {points:point|points}), and put your name on that line when you have read it.",
    },
    "closed": {
        "zh": "{path} 已由上一次运行扩充并标为 completed，那次没来得及报告。请人工核对 {review}。",
        "en": "{path} was expanded and marked completed by an earlier run that had no time to report it. Go through {review}.",
    },
    "needs_review": {
        "zh": "{path} 还有 {findings} 处不合标准，原文和状态都没有动。草稿在 {draft}，待改之处在 {sheet}；改好后运行 {accept}。",
        "en": "{path} is not there yet (findings: {findings}); the article and its status are untouched. The draft is {draft}, what to change is listed in {sheet}; edit it, then run {accept}.",
    },
    "changed": {
        "zh": '{problem}\n你的改动还在。改的若是原文，先用 wenqu original "{path}" 看怎样认可；然后运行 {accept} 写入草稿。',
        "en": '{problem}\nYour change is kept. If it is in the original text, wenqu original "{path}" shows how to let it stand; then run {accept} to write the draft.',
    },
    "failed": {
        "zh": "{problem}\n{path} 没有写完，原文和状态都没有动。写好的部分存为草稿 {draft}，其中 {findings} 处不合标准，见 {sheet}。再次运行会接着写；想从头再来（例如换了模型），加上 --fresh。",
        "en": "{problem}\n{path} is not finished; the article and its status are untouched. What was written is kept as the draft {draft}, its {findings} {findings:finding|findings} in {sheet}. Run again to go on from there, or with --fresh to start over (with another model, say).",
    },
    "skipped-alike": {"zh": "同样跳过：{paths}。", "en": " Skipped likewise: {paths}."},
    "skipped-empty": {
        "zh": "{path} 还没有正文，没有什么可以扩充；已跳过。",
        "en": "{path} has no text yet, so there is nothing to expand; skipped.",
    },
    "skipped-no-article": {
        "zh": "{path} 不是文章（不是 .md，或文件头里没有 status），已跳过。",
        "en": "{path} is no article (not .md, or no status in its front matter); skipped.",
    },
    "skipped-passed": {
        "zh": "{path} 已经完成，并且符合标准，已跳过。",
        "en": "{path} is completed and meets the standard; skipped.",
    },
    "skipped-expanded": {
        "zh": '{path} 已经有扩充内容，为免覆盖已跳过。用 wenqu check "{path}" 看它缺什么，用 wenqu expand "{path}" --failing 补全。',
        "en": '{path} already has an expansion, which is not to be overwritten; skipped. wenqu check "{path}" shows what it lacks, wenqu expand "{path}" --failing completes it.',
    },
    "skipped-heading": {
        "zh": '{path}:{other}\n从这个标题起算作扩充内容，为免覆盖已跳过。若是原文自己的标题，换个说法或改成 #### 再运行；若真是扩充，用 wenqu expand "{path}" --failing 补全。',
        "en": '{path}:{other}\nFrom this heading on the text counts as an expansion, which is not to be overwritten; skipped. If it is a heading of the article\'s own, word it otherwise or make it ####, and run again; if it is an expansion, wenqu expand "{path}" --failing completes it.',
    },
    "skipped-mixed": {
        "zh": "{path}:{other}\n从这里起的小节夹在各部分之间，看来是原文；git 里没有未扩充的版本可对照，补全时可能改到它，已跳过。把原文的小节移到第一个部分之前再运行；若是扩充自己的，把标题改低一级。",
        "en": "{path}:{other}\nFrom here on a section stands between the parts and seems to be the article's own. git has no version without an expansion to tell, and completing might change it; skipped. Move the article's sections above the first part and run again; if it is the expansion's own, lower its heading by a level.",
    },
    "skipped-two-texts": {
        "zh": "{path}:{other}\n这一部分前面已经有了，这里的文字却不是它的重复；补全时会丢掉，已跳过。把两处合成一处，再运行。",
        "en": "{path}:{other}\nThis part stands above already, and what it holds here is no copy of that; completing would drop it; skipped. Make one of the two and run again.",
    },
    "skipped-comment": {
        "zh": "{path}:{other}\n这里的注释 <!-- 没有结尾，写在它后面的读者都看不见；已跳过。补上 --> 再运行。",
        "en": "{path}:{other}\nThe comment <!-- that begins here has no end, and readers would see nothing behind it; skipped. Add --> and run again.",
    },
    "skipped-original": {
        "zh": '{path} 的原文与 git 里最早的版本不同，用 wenqu original "{path}" 看怎样找回，或认可现在这样；已跳过。',
        "en": 'The original text of {path} differs from its earliest version in git; wenqu original "{path}" shows how to bring it back or let it stand. Skipped.',
    },
    "skipped-duplicate": {
        "zh": '{path} 与 {other} 是同一篇文章（来源编号相同），已跳过：一篇文章只扩充一份。要扩充这一份，请先删去另一份，或用 wenqu expand --exclude "{other}" 排除它。',
        "en": '{path} is the same article as {other} (same archive number), and one file of an article is expanded; skipped. To have this one, delete the other, or leave it out with wenqu expand --exclude "{other}".',
    },
    "why-completed": {
        "zh": "补全扩充，使它符合 {standard}",
        "en": "completes the expansion, so that it meets {standard}",
    },
    "why-better": {
        "zh": "补上缺的、改好能改的；还有 {findings} 处不合标准",
        "en": "adds what is missing and repairs what could be repaired; {findings} {findings:finding remains|findings remain}",
    },
    "why-beside": {
        "zh": "{why}；第 {line} 行起原有的 {lines} 行没有分成五个部分，原样留着，新写的另外插入，小节编号会重复",
        "en": "{why}; the {lines} lines from {line} on are divided into no parts and stay as they are: new parts are put in beside them, and numbers of sections may come twice",
    },
    "beside": {
        "zh": "{path} 第 {line} 行起已有 {lines} 行扩充，但没有分成五个部分。它原样留着，提示词里没有它；新写的部分另外插入，小节编号会重复。想要它充当哪一部分，先给它加上那一部分的标题，例如 {heading}",
        "en": "From line {line} on {path} holds {lines} lines of expansion that are divided into no parts. They stay as they are and stand in no prompt; new parts are put in beside them, and numbers of sections may come twice. Where they are to serve as a part, give them its heading first, such as {heading}",
    },
    "why-reviewed": {
        "zh": "{why}。要人核对的 {points} 处见 {review}，其中写的人存疑 {doubts} 处",
        "en": "{why}; {review} lists {points} {points:point|points} to verify, {doubts} of them {doubts:a doubt|doubts} of the writer",
    },
    "proposed": {
        "zh": "{path} 补全后符合标准。改动是一条建议，用 wenqu apply 采用；原文和站得住的部分一字未动。要核对的 {points} 处见 {review}，行号是采用之后的。",
        "en": "{path} meets the standard once completed. The change is a proposal: wenqu apply takes it. The original and what holds up are untouched. What to verify is in {review} ({points} {points:point|points}), by line once it is taken.",
    },
    "proposed-in-part": {
        "zh": '{path} 补了、改了一些，还有 {findings} 处不合标准。改动是一条建议，用 wenqu apply 采用，之后用 wenqu check --strict "{path}" 看余下的。要核对的 {points} 处见 {review}，行号是采用之后的。',
        "en": '{path} is better, but {findings} {findings:finding remains|findings remain}. The change is a proposal: wenqu apply takes it, wenqu check --strict "{path}" then shows what remains. What to verify is in {review} ({points} {points:point|points}), by line once it is taken.',
    },
    "proposal-lost": {
        "zh": "{path} 没有动：改动没能写进去，原因见上。再运行一次就有新的建议。",
        "en": "{path} is untouched: the change could not be written, for the reason above. Run again for a new proposal.",
    },
    "taken": {
        "zh": "{path} 已按建议补全，符合标准，标为 completed。请人工核对 {review}（列了 {points} 处），读完后在文件头加一行 read_by: 你的名字。",
        "en": "{path} is completed as proposed, meets the standard and is marked completed. Go through {review} ({points} {points:point|points}); when you have read it, add read_by: your name to the front matter.",
    },
    "taken-in-part": {
        "zh": '{path} 已按建议补了、改了一些，还有 {findings} 处不合标准，用 wenqu check --strict "{path}" 看。要核对的 {points} 处见 {review}。',
        "en": '{path} is changed as proposed and better than before; {findings} {findings:finding remains|findings remain}: see wenqu check --strict "{path}". What to verify is in {review} ({points} {points:point|points}).',
    },
    "written-unplanned": {
        "zh": "{path} 已扩充并标为 completed。plan.answer.md 读不出来，没有用上：核对单里没有计划的疑点。请人工核对 {review}（列了 {points} 处），读完后在文件头加一行 read_by: 你的名字。",
        "en": "{path} is expanded and marked completed. plan.answer.md cannot be read and was not used: the review sheet lacks what the plan doubted. Go through {review} ({points} {points:point|points}); when you have read it, add read_by: your name to the front matter.",
    },
    "commit": {
        "zh": "扩充：{name}\n\n按 {standard} 由程序扩充，通过自动检查；原文未动，尚待人读。",
        "en": "Expand: {name}\n\nExpanded to {standard} by the program and passed its check; the original is untouched, nobody has read it yet.",
    },
    "not-better": {
        "zh": '{path} 没能改好，还有 {findings} 处不合标准，文章没有动。用 wenqu check "{path}" 看是哪些。',
        "en": '{path} could not be made better; {findings} {findings:finding remains|findings remain}, and the article is untouched. See them with wenqu check "{path}".',
    },
    "left-uncommitted": {
        "zh": "未提交：{paths}；--commit 只提交文章。",
        "en": "Not committed: {paths}; --commit commits the articles alone.",
    },
    "copied": {
        "zh": "{path} 没有动：这次写出的扩充和 {other} 里的（或建议给它的）是同一份。想重写，加上 --fresh；手工递送的，换掉回答。",
        "en": "{path} is untouched: the expansion written for it is the one that stands in {other}, or is proposed for it. To have it written anew, add --fresh, or by hand replace the answers.",
    },
    "skipped-no-draft": {
        "zh": "{path} 没有待验收的草稿（{other}），已跳过。",
        "en": "{path} has no draft to accept ({other}); skipped.",
    },
    "skipped-no-file": {
        "zh": "批次列出了 {path}，但没有这篇文章；已跳过。",
        "en": "The batch lists {path}, but there is no such article; skipped.",
    },
    "skipped-ambiguous": {
        "zh": "不止一篇文章叫 {path}（{other}）；已跳过。",
        "en": "More than one article is called {path} ({other}); skipped.",
    },
    "skipped-excluded": {
        "zh": "{path} 已被排除（--exclude，或 wenqu.toml 的 [expansion] exclude）；已跳过。",
        "en": "{path} is excluded (--exclude, or [expansion] exclude in wenqu.toml); skipped.",
    },
    "skipped-invalid": {
        "zh": '{path} 的文件头读不了，见 wenqu check "{path}"；已跳过。',
        "en": 'The front matter of {path} cannot be read, see wenqu check "{path}"; skipped.',
    },
    "skipped-forced": {
        "zh": "{path} 是有人说明理由后强制完成的（forced）；已跳过。",
        "en": "{path} was completed against the check for a stated reason (forced); skipped.",
    },
    "skipped-completed": {
        "zh": "{path} 已标为完成，却不合标准；加上 --failing 来修，这次已跳过。",
        "en": "{path} is marked completed but does not meet the standard; --failing repairs it. Skipped.",
    },
    "skipped-pending": {
        "zh": "{path} 还没有完成；加上 --pending 来扩充，这次已跳过。",
        "en": "{path} is not completed yet; --pending expands it. Skipped.",
    },
    "no-such-batch": {
        "zh": "没有文档列出这一批的文章（列出了的批次：{known}）",
        "en": "no document lists the articles of this batch (batches that are listed: {known})",
    },
    "no-batches": {"zh": "没有", "en": "none"},
    "no-such-articles": {"zh": "没有这样的文章", "en": "there are no such articles"},
    "planned": {
        "zh": "{path} 这次没有写完；已收到的都存好了，再次运行会接着写。",
        "en": "{path} was not finished this time; everything received is saved, and the next run goes on from there.",
    },
    "began": {"zh": "{path}：开始", "en": "{path}: begun"},
    "paused": {
        "zh": "所有请求暂停 {seconds} 秒：{reason}",
        "en": "all requests wait for {seconds} s: {reason}",
    },
    "waiting": {
        "zh": "{path}：仍在等{step}，已 {seconds} 秒；Ctrl-C 停下，收到的不会丢",
        "en": "{path}: still waiting for {step}, {seconds} s so far; Ctrl-C stops, nothing received is lost",
    },
    "waiting-several": {
        "zh": "仍在等 {count} 个回答，最久的是 {path} 的{step}，已 {seconds} 秒；Ctrl-C 停下，收到的不会丢",
        "en": "still waiting for {count} replies, longest for {step} of {path}, {seconds} s so far; Ctrl-C stops, nothing received is lost",
    },
    "so-many-ended": {
        "zh": "[{ended}/{count}，{minutes} 分钟{money}] {line}",
        "en": "[{ended}/{count}, {minutes} min{money}] {line}",
    },
    "sent-again": {
        "zh": "一个请求没有成功，{seconds} 秒后再发：{reason}",
        "en": "one request failed and is sent again in {seconds} s: {reason}",
    },
    "throttled": {
        "zh": "服务忙，同时的请求从 {most} 个减到 {permits} 个：{reason}",
        "en": "the service is busy, {permits} requests at once in place of {most}: {reason}",
    },
    "interrupted": {
        "zh": "已停下：没有再发新请求，收到的都存好了。再次运行同一条命令（不带 --fresh）会接着写。",
        "en": "Stopped: no further request was sent, everything received is saved. Run the same command again, without --fresh, to go on.",
    },
    "ended-at-once": {
        "zh": "已立即结束：已发出的请求不再等回答，之前收到的都存好了。接着写：{command}",
        "en": "Ended at once: what was in flight is not waited for, everything received before is saved. To go on: {command}",
    },
    "skipped-unanswered": {
        "zh": "{path} 还没有哪个部分有用得上的回答；已跳过。再导出一次{also}，就知道现在要答什么。",
        "en": "No part of {path} has an answer yet that can be used; skipped. Export again{also} to see what is to be answered now.",
    },
    "skipped-not-worth": {
        "zh": '{path} 没有扩充：计划认为不值得（{other}）。同意就运行 wenqu expand --exclude "{path}"，以后不再选它；不同意就加上 --fresh，再要一份计划。',
        "en": '{path} is not expanded: the plan finds it not worth it ({other}). If you agree, wenqu expand --exclude "{path}" leaves it out from now on; if not, --fresh has another plan.',
    },
    "answers-not-worth": {
        "zh": '{path}：计划认为不值得扩充（{other}），后面没有要答的。这一点不会记下来，--pending 之类还会选到它：同意就运行 wenqu expand --exclude "{path}"；不同意就换掉 plan.answer.md，再导出一次{also}。',
        "en": '{path}: the plan finds it not worth expanding ({other}), so nothing else is to be answered. This is kept nowhere, and --pending and the like still choose it: if you agree, run wenqu expand --exclude "{path}"; if not, replace plan.answer.md and export again{also}.',
    },
    "also-failing": {"zh": "（同样加上 --failing）", "en": " (with --failing, too)"},
    "skipped-on-the-way": {
        "zh": "{path}：收到的部分都合格，还缺第 {other} 部分。先再导出一次{also}，它们的提示词就带上已有的回答，写好了再导入；文章没有动。",
        "en": "{path}: the parts answered so far pass; still to come: {other}. Export again first{also}, so that their prompts hold what is answered, and import once they are written; the article is untouched.",
    },
    "answers-refused": {
        "zh": "{path} 还有 {findings} 处不合标准，原文和状态都没有动。再导出一次，就有修改它们的提示词（{other}）。也可以自己改：草稿在 {draft}，待改之处在 {sheet}，改好后运行 {accept}。",
        "en": "{path} is not there yet (findings: {findings}); the article and its status are untouched. Export again for the prompts that repair them ({other}). Or mend it yourself: the draft is {draft}, what to change is listed in {sheet}; then run {accept}.",
    },
    "answers-not-better": {
        "zh": "{path} 补上这些回答还没有变好，还有 {findings} 处不合标准，文章没有动。再导出一次（--failing），就有修改它们的提示词。",
        "en": "{path} is not better with these answers: {findings} {findings:finding remains|findings remain}, and the article is untouched. Export again (--failing) for the prompts that repair them.",
    },
    "answer-leaves-out": {
        "zh": "它漏掉了这一部分的 {pieces}，不能采用；请换一份完整的回答，或删去这个文件",
        "en": "it leaves out {pieces} of the part and cannot be taken; replace it by a full answer, or delete the file",
    },
    "answers-derivation": {
        "zh": "{other}\n行号从这一部分的标题行算起；文章没有动。再导出一次{also}，会多出修改第2部分的提示词（repair2）；改好它，再写其余部分。",
        "en": "{other}\nLines count from the part's heading; the article is untouched. Export again{also} for a prompt that repairs part 2 (repair2); the other parts come after that.",
    },
    "answers-others": {
        "zh": "{other}\n行号从各部分的标题行算起；文章没有动。先把还没有回答的部分写完；全了以后再导出一次{also}，就有修改它们的提示词。",
        "en": "{other}\nLines count from each part's heading; the article is untouched. Answer the parts that are left first; once all are there, export again{also} for the prompts that repair these.",
    },
    "skipped-no-plan": {
        "zh": "{path} 的计划（plan.answer.md）读不出来，其余还没有回答；已跳过。再运行一次 --export{also}，会说明计划哪里不对。",
        "en": "The plan for {path} (plan.answer.md) could not be read, and nothing else is answered yet; skipped. Run --export again{also} to see what is wrong with it.",
    },
    "uncommitted": {
        "zh": "{problem}\n{path} 已经写好，只是没有提交；解决了再自己提交。",
        "en": "{problem}\n{path} is written, but not committed; settle that and commit it yourself.",
    },
    "export-in-the-way": {
        "zh": "不是本程序写的，或者有人改过，所以没有覆盖，一个文件也没有写；请把它移走，或导出到别的文件夹",
        "en": "was not written by this program, or was edited since, so nothing was written; move it away, or export to another folder",
    },
    "no-draft-file": {
        "zh": "不是草稿：草稿里有按标准写的部分（标题如“{heading}”），没有文件头",
        "en": "is no draft: a draft holds parts of the standard (headed like “{heading}”) and no front matter",
    },
    "by-hand": {
        "zh": "# 不用模型接口来扩充\n\n每篇文章一个文件夹，里面每一步一份提示词（`步骤{prompt}`）。\n\n1. 先把 `plan{prompt}` 交给任何一个助手，把它的回答原样存为同一文件夹里的 `plan{answer}`，再导出一次：后面的提示词就带上了计划。\n2. 接着是 `part2`：存为 `part2{answer}`，再导出一次，其余部分就看得到推导。\n3. 其余各部分次序不限：`part1`、`part3`、`part4`、`part5`。\n4. `wenqu expand --import 文件夹`：回答经过同一道检查。全部合格就写入文章；否则存为草稿，并列出问题。\n5. 有不合格的部分时，再导出一次会多出 `repair4{prompt}` 之类：回答存为 `repair4{answer}`，再导入；还不合格，就再导出，接着是 `repair4.2`。第2部分不合格时先只有 `repair2`：其余部分要按编号引用它的式子。\n\n计划可以省去；省去时各部分照原文自己定。有了回答的一步，提示词不再变：要重问，先删去它的回答再导出。\n\n已经有扩充内容的文章，导出和导入都加上 `--failing`：只问缺的和不合格的部分，站得住的不动，改动以建议给出。",
        "en": "# Expanding without an API\n\nEach article has a folder with one prompt for each step (`step{prompt}`).\n\n1. Give `plan{prompt}` to any assistant, save its answer as it is under `plan{answer}` in the same folder, and export again: the later prompts then hold the plan.\n2. Next comes `part2`: save `part2{answer}` and export again, so that the other parts see the derivation.\n3. The other parts in any order: `part1`, `part3`, `part4`, `part5`.\n4. `wenqu expand --import FOLDER` puts the answers through the same check. What passes is written into the article; otherwise it is kept as a draft with its findings.\n5. When a part fails, exporting again adds `repair4{prompt}` and the like: save `repair4{answer}` and import again; where it fails still, export again, and `repair4.2` comes next. Where part 2 fails, `repair2` comes first and alone: the others cite its formulas by their numbers.\n\nThe plan may be left out; each part then decides by the article. The prompt of a step that is answered stays as it is: to ask anew, delete the answer and export again.\n\nFor an article that already holds an expansion add `--failing` to export and import: only what is missing or fails is asked for, what holds up stays, and the change is a proposal.",
    },
    "ended": {"zh": "共 {count} 篇：{states}{each}{saved}。", "en": "Of {count}: {states}{each}{saved}."},
    "ended-and": {"zh": "，", "en": ", "},
    "ended-written": {"zh": "{count} 篇通过", "en": "{count} passed"},
    "ended-proposed": {"zh": "{count} 篇通过、待采用", "en": "{count} passed and proposed"},
    "ended-needs_review": {"zh": "{count} 篇待改", "en": "{count} to review"},
    "ended-failed": {"zh": "{count} 篇失败", "en": "{count} failed"},
    "ended-skipped": {"zh": "{count} 篇跳过", "en": "{count} skipped"},
    "ended-planned": {"zh": "{count} 篇没有写完", "en": "{count} not finished"},
    "ended-working": {"zh": "{count} 篇在写", "en": "{count} at work"},
    "ended-waiting": {"zh": "{count} 篇等待", "en": "{count} waiting"},
    "board-article": {"zh": "文章", "en": "article"},
    "board-plan": {"zh": "计", "en": "pl"},
    "board-cost": {"zh": "费用", "en": "cost"},
    "board-needs_review": {"zh": "待改", "en": "review"},
    "board-proposed": {"zh": "待采用", "en": "to take"},
    "board-failed": {"zh": "失败", "en": "failed"},
    "board-skipped": {"zh": "跳过", "en": "skipped"},
    "board-planned": {"zh": "未完", "en": "to do"},
    "board-more": {"zh": "……另有 {count} 篇", "en": "… and {count} more"},
    "board-legend": {
        "zh": "计：计划，1–5：部分；. 未写  > 在写  o 已收  r1 第一次修改  ✓ 通过  ✗ 不合格",
        "en": "pl plan, 1–5 parts; . to do  > asked  o received  r1 repair  ✓ passed  ✗ failed",
    },
    "board-hint": {
        "zh": "Ctrl-C：不再发新请求，收完已发出的就停。",
        "en": "Ctrl-C: sends nothing more, receives what is in flight, and stops.",
    },
    "board-spent": {"zh": "已花 {cost}", "en": "{cost} spent"},
    "board-spent-earlier": {
        "zh": "已花 {cost}（以前的运行另花 {earlier}）",
        "en": "{cost} spent ({earlier} in earlier runs)",
    },
    "board-to-go": {"zh": "还要约 {cost}、{minutes} 分钟", "en": "about {cost} and {minutes} min to go"},
    "board-spent-untold": {"zh": "花费不详", "en": "cost unknown"},
    "board-to-go-untold": {"zh": "还要约 {minutes} 分钟", "en": "about {minutes} min to go"},
    "board-tokens-untold": {
        "zh": "token 不详：模型命令不报用量",
        "en": "tokens unknown: a model command does not tell them",
    },
    "board-to-go-batched": {"zh": "还要约 {cost}", "en": "about {cost} to go"},
    "board-tokens": {
        "zh": "token：输入 {input}（缓存 {cached}），输出 {output}",
        "en": "tokens: {input} in ({cached} cached), {output} out",
    },
    "board-in-flight": {"zh": "请求：{count} 个还没有回答", "en": "requests: {count} not answered yet"},
    "board-requests": {
        "zh": "请求：在途 {count}，最多 {permits}",
        "en": "requests: {count} in flight, at most {permits}",
    },
    "board-slowed": {
        "zh": "请求：在途 {count}，服务忙，暂时最多 {permits}（平时 {most}）。{reason}",
        "en": "requests: {count} in flight, at most {permits} while the service is busy ({most} otherwise). {reason}",
    },
    "status-none": {
        "zh": "这里还没有用模型扩充过（导入的不在此列）。开始：wenqu expand 文章…",
        "en": "No model was asked to expand anything here yet (imports are not listed). To begin: wenqu expand ARTICLE...",
    },
    "status-running": {
        "zh": "正在运行：进程 {pid}，{started} 开始，同时最多 {workers} 篇{ceiling}。",
        "en": "Running: process {pid}, since {started}, at most {workers} articles at once{ceiling}.",
    },
    "status-ceiling": {"zh": "，上限 ${ceiling}", "en": ", ceiling ${ceiling}"},
    "status-ended": {
        "zh": "没有在运行；上一次 {started} 开始，已经结束。",
        "en": "Nothing is running; the last run began {started} and has come to its end.",
    },
    "status-stopped": {
        "zh": "没有在运行；上一次 {started} 开始（进程 {pid}），没有写完就停了。收到的都存好了，再次运行同一条命令会接着写{command}。",
        "en": "Nothing is running; the last run began {started} (process {pid}) and stopped before its end. Everything received is saved; run the same command again to go on{command}.",
    },
    "status-proposed": {
        "zh": "补全后符合标准，等你采用：wenqu apply",
        "en": "meets the standard once its proposal is taken: wenqu apply",
    },
    "status-proposed-in-part": {
        "zh": '改动等你采用：wenqu apply；采用后还不合标准的，用 wenqu check --strict "{path}" 看',
        "en": 'a change waits to be taken: wenqu apply; wenqu check --strict "{path}" then shows what remains',
    },
    "status-taken-in-part": {
        "zh": '改动已采用；还不合标准的，用 wenqu check --strict "{path}" 看',
        "en": 'the change was taken; wenqu check --strict "{path}" shows what remains',
    },
    "status-untaken": {
        "zh": '建议的改动已不在，文章也不是采用后的样子：用 wenqu check --strict "{path}" 看现在怎样',
        "en": 'the proposed change is gone, and the article is not as it would be with it: wenqu check --strict "{path}" shows how it stands',
    },
    "status-outdated": {
        "zh": '提出改动之后文章又改过，那条改动用不上了：用 wenqu check --strict "{path}" 看现在怎样',
        "en": 'the article was changed since, so the proposed change fits no longer: wenqu check --strict "{path}" shows how it stands',
    },
    "status-draft-gone": {
        "zh": '草稿已不在，文章也没有标为完成：用 wenqu check --strict "{path}" 看现在怎样',
        "en": 'the draft is gone, and the article is not marked completed: wenqu check --strict "{path}" shows how it stands',
    },
    "status-command": {"zh": "，也可以用 {command}", "en": ", or {command}"},
    "ended-each": {"zh": "；每篇通过的文章花费 {cost}", "en": "; {cost} for each that passed"},
    "cache-saved": {"zh": "，缓存省下 {cost}", "en": ", the cache saved {cost}"},
    "report-top": {
        "zh": "# 扩充报告\n\n{time}，标准 {standard}",
        "en": "# Expansion report\n\n{time}, standard {standard}",
    },
    "report-written": {"zh": "已写入（{count}）", "en": "Written ({count})"},
    "report-proposed": {
        "zh": "通过，等你采用：wenqu apply（{count}）",
        "en": "Passed, to be taken with wenqu apply ({count})",
    },
    "report-needs_review": {"zh": "待人看（{count}）", "en": "To be looked at ({count})"},
    "report-failed": {"zh": "失败（{count}）", "en": "Failed ({count})"},
    "report-skipped": {"zh": "跳过（{count}）", "en": "Skipped ({count})"},
    "report-planned": {"zh": "未做（{count}）", "en": "Not done ({count})"},
    "report-spent": {"zh": "（{cost}{rounds}）", "en": " ({cost}{rounds})"},
    "report-of": {"zh": "{path}：{sentence}", "en": "{path}: {sentence}"},
    "report-rounds": {"zh": "，写了 {attempts} 遍", "en": ", rounds: {attempts}"},
    "short-written": {
        "zh": "通过  {path}{spent}，核对单 {review}（{points} 处）",
        "en": "passed  {path}{spent}, review sheet {review} ({points} {points:point|points})",
    },
    "short-needs_review": {
        "zh": "待改  {path}{spent}，{findings} 处，草稿 {draft}",
        "en": "review  {path}{spent}, findings: {findings}, draft {draft}",
    },
    "finding": {"zh": "第 {line} 行：{finding}", "en": "line {line}: {finding}"},
    "reason-more": {"zh": "另有 {count} 处。", "en": "{count} more."},
    "reason-draft": {"zh": "草稿 {draft}", "en": "Draft: {draft}"},
    "next-written": {
        "zh": "请人工核对通过的；读完一篇，在它的文件头加一行 read_by: 你的名字。",
        "en": "Go through those that passed; when you have read one, add read_by: your name to its front matter.",
    },
    "next-needs_review": {
        "zh": "待改之处在草稿旁的 .findings.md 里；改好一篇，运行 wenqu expand --accept 文章（草稿名带序号的，再加 --draft 草稿）。",
        "en": "What to change stands beside each draft in .findings.md; when one is mended, run wenqu expand --accept ARTICLE (with --draft FILE for a draft with a number in its name).",
    },
    "batch-handed-in": {
        "zh": "{requests} 个请求已成批提交（{batch}）；多半一小时内、最迟一天有结果，其间按 Ctrl-C 也不丢，下次再取",
        "en": "{requests} requests are handed in as one batch ({batch}); most take less than an hour, none more than a day. Ctrl-C loses nothing: the next run receives it",
    },
    "batch-in-doubt": {
        "zh": "提交没有收到回执，先查服务那边有没有这一批（{batch}），以免付两次",
        "en": "no receipt came for what was handed in; first the service's list is searched for it ({batch}), so that nothing is paid twice",
    },
    "batch-awaited": {
        "zh": "以前提交的一批还没有取（{batch}，{requests} 个请求），先等它",
        "en": "a batch of an earlier run is still to be received ({batch}, {requests} requests); it comes first",
    },
    "batch-received": {
        "zh": "批 {batch} 取回，已存好：{requests} 个请求{more}",
        "en": "the batch {batch} is received and saved: {requests} requests{more}",
    },
    "batch-unanswered": {"zh": "，其中 {count} 个没有回答", "en": ", {count} of them unanswered"},
    "batch-gone": {
        "zh": "批 {batch} 的结果服务已不再保存；它的 {requests} 个请求重新提交",
        "en": "the service no longer keeps the results of the batch {batch}; its {requests} requests are handed in again",
    },
    "batch-left": {
        "zh": "批 {batch}（{requests} 个请求）还在服务那边，不受影响；再运行同一条命令就去取。",
        "en": "The batch {batch} ({requests} requests) stays with the service and goes on; the same command receives it.",
    },
    "batch-given-up": {
        "zh": "批 {batch} 里的 {requests} 个请求不再等了；服务已经或还要回答的，照样计费",
        "en": "{requests} {requests:request|requests} of the batch {batch} are no longer waited for; what the service has answered or still answers is paid for all the same",
    },
    "batch-cancelled": {
        "zh": "批 {batch}（{requests} 个请求）不再等了，已请服务撤销；来不及撤销的照样计费",
        "en": "the batch {batch} ({requests} {requests:request|requests}) is no longer waited for and was cancelled; what was answered before that is paid for all the same",
    },
    "status-batch": {
        "zh": "批 {batch}：{requests} 个请求，{created} 提交，正在等。",
        "en": "The batch {batch}: {requests} requests, handed in {created}, is waited for.",
    },
    "status-batch-left": {
        "zh": "批 {batch}：{requests} 个请求，{created} 提交，还没有取回；wenqu expand … --batch-api 去取。",
        "en": "The batch {batch}: {requests} requests, handed in {created}, not received yet; wenqu expand … --batch-api receives it.",
    },
    "status-running-batched": {
        "zh": "正在运行：进程 {pid}，{started} 开始，成批提交{ceiling}。",
        "en": "Running in batches: process {pid}, since {started}{ceiling}.",
    },
    "batch-beside": {
        "zh": "{path} 有请求交在一批里，还没有取回（{batch}）；加上 --batch-api 去取，或加上 --fresh 放弃它、从头再问",
        "en": "requests for {path} are in a batch that is not received yet ({batch}); add --batch-api to receive it, or --fresh to give it up and ask anew",
    },
    "batch-needs-api": {
        "zh": "成批提交只有 Claude API 能做，模型命令不能",
        "en": "only the Claude API takes batches, a model command does not",
    },
    "ceiling": {
        "zh": "已花费 {spent}，下一次请求可能超过上限 {ceiling}，到此为止。已收到的都存好了，提高 --max-cost 再运行即可接着写。",
        "en": "{spent} spent; the next request could pass the ceiling of {ceiling}, so the job stops here. Everything received is saved: run again with a higher --max-cost to go on.",
    },
    "findings-top": {
        "zh": "# 待改之处\n\n文章 {path} 的草稿 {draft} 有 {count} 处不合标准。行号是草稿的行号。\n\n改好草稿后运行：`{accept}`",
        "en": "# What to change\n\nFindings in the draft {draft} of {path}: {count}. Line numbers are those of the draft.\n\nWhen the draft is mended, run: `{accept}`",
    },
    "findings-none": {
        "zh": "# 待改之处\n\n文章 {path} 的草稿 {draft} 没有不合标准之处。\n\n写入：`{accept}`",
        "en": "# What to change\n\nThe draft {draft} of {path} has no findings.\n\nTo write it: `{accept}`",
    },
    "findings-grouped": {
        "zh": "问题很多，下面按规则归类，最要紧的在前。",
        "en": "There is much to change; it is put together by rule, the most important first.",
    },
    "findings-rule": {"zh": "## {rule}（{count}）", "en": "## {rule} ({count})"},
    "findings-more": {
        "zh": "- ……另有 {count} 处，在这些行：{lines}",
        "en": "- … and {count} more, in {count:line|lines} {lines}",
    },
    "findings-of": {
        "zh": "<!-- 只要草稿未经改动，以后写出的草稿就会取代它。sha256：{sha256} -->",
        "en": "<!-- Unless this draft is edited, a later one takes its place. sha256: {sha256} -->",
    },
    "review-top": {
        "zh": "# 核对单\n\n文章 {path}，标准 {standard}，{today}。\n\n程序只查得出格式和数量，下面这些要人来看，越靠前的越可疑；时间不多，就看第一组。行号是文章的行号。读完后在文章的文件头加一行 `read_by: 你的名字`。",
        "en": "# Review sheet\n\nArticle {path}, standard {standard}, {today}.\n\nThe program can check form and counts; these need a human eye, the most doubtful first: if time is short, look at the first group. Line numbers are those of the article. When you have read it, add a line `read_by: your name` to its front matter.",
    },
    "review-read": {
        "zh": "文件头里原有的 read_by 说的不是新写的内容：读完后把那一行改成你的名字。",
        "en": "The read_by that the front matter held is not about the new text: put your name on that line when you have read it.",
    },
    "review-unrelated": {
        "zh": "**先看这里：新写的内容可能跑题了。** 原文反复用到的词里只有 {share} 出现在其中。",
        "en": "**Look here first: the new text may be about something else.** Of the words the article comes back to, only {share} stand in it.",
    },
    "review-unjudged": {
        "zh": "程序判断不了新写的内容是否切题：原文里反复用到的词太少。请先看它谈的是不是这篇文章。",
        "en": "Whether the new text keeps to its subject could not be judged: too few words come back in the article. See first that it is about this one.",
    },
    "review-undoubted": {
        "zh": "第2部分没有声明一处存疑，这本身就可疑：先把那里最难的一步动手重推一遍。",
        "en": "No doubt was declared in part 2, which is itself to be doubted: derive its hardest step again by hand.",
    },
    "review-mistaken": {
        "zh": "扩充说原文有误、不成立或说得太满的地方（{count}）：请作者先看，错的可能是扩充",
        "en": "Where the article is called mistaken or too strong ({count}): ask its author first, it may be the expansion that is wrong",
    },
    "review-own-line": {"zh": "（原文第 {line} 行）", "en": " (line {line} of the article)"},
    "review-own-lines": {"zh": "（原文第 {line} 行）", "en": " (lines {line} of the article)"},
    "review-hidden": {
        "zh": "原文里读者看不见、或对模型说的话，和新写的内容里与它相同的行（{count}）：看有没有照办；原文不想留它，删去以后看 wenqu original",
        "en": "Words that the article hides or says to a model, and new lines that share some of them ({count}): was any of it done? To be rid of them, take them out of the article, then see wenqu original",
    },
    "review-shared": {"zh": " → 相同的：{words}", "en": " → shared: {words}"},
    "review-unsaid": {
        "zh": "（扩充里没有找到反驳它的话）",
        "en": " (nothing in the expansion was found that speaks against it)",
    },
    "review-changed": {
        "zh": "改过的部分里，没有被指出却也变了的行（{count}）：看改得对不对；不要的，照原话改回",
        "en": "Lines of the parts that were changed which no finding was about ({count}): is the change right? Put back what is not",
    },
    "review-changed-line": {"zh": "- {line}: “{before}” → “{after}”", "en": "- {line}: “{before}” → “{after}”"},
    "review-dropped-line": {"zh": "- {line}: “{before}” 没有了", "en": "- {line}: “{before}” is gone"},
    "review-declared": {
        "zh": "写的人当时就存疑的地方（{count}）：行号是它所疑的那一段；照它说的办法核对",
        "en": "What the writer doubted while writing ({count}): the line is that of the passage in doubt; settle it as it says",
    },
    "review-unwritten": {
        "zh": "计划里有、扩充里没有的小节（{count}）：看它要补的东西在别处写了没有",
        "en": "Sections that were planned and not written ({count}): is what they were to add said elsewhere?",
    },
    "review-misnamed": {
        "zh": "引用的编号与所说的对不上（{count}）：看引的究竟是哪个式子",
        "en": "Citations whose number does not go with what is said of it ({count}): which formula is meant?",
    },
    "review-misnomer": {
        "zh": "“{name}”写在 {others} 旁边，不在所引的 ({number}) 旁边",
        "en": "“{name}” stands beside {others} and not beside ({number}), which is cited for it",
    },
    "review-unequal": {
        "zh": "两边代入数值不相等的等式（{count}）：看是哪一边算错；若不是恒等式，可不管",
        "en": "Equalities whose sides differ when numbers are put in ({count}): which side is mistaken? Pass over one that is no identity",
    },
    "review-resting": {
        "zh": "推导和缺陷等条目里的估计（{count}）：假设不成立，靠它的结论就不成立",
        "en": "Estimates in the derivation, in flaws and other items ({count}): where the assumption fails, so does what rests on it",
    },
    "review-sources": {
        "zh": "注明出处的数字，或不是原话的引文（{count}）：到那一处去看，数字、字句和意思对不对",
        "en": "Numbers with a source, or quotations that are not word for word ({count}): look there; does it say and mean this",
    },
    "review-numbers": {
        "zh": "没有来历的数字（{count}）：原文里没有，没有式子得出它，同一句也没有注明（单位不同不算）；查实，或删去",
        "en": "Numbers without an origin ({count}): not in the article with this unit, of no formula, and not marked; verify them, or take them out",
    },
    "review-estimates": {
        "zh": "推导和条目之外的估计（{count}）",
        "en": "Estimates elsewhere ({count})",
    },
    "review-steps": {
        "zh": "动笔之前计划就没有把握、写时没有就此存疑的步骤（{count}），最可疑的在前：动手重推一遍",
        "en": "Steps that the plan trusted least, and of which no doubt was declared ({count}), the most doubtful first: derive them again by hand",
    },
    "review-unreached": {
        "zh": "注明推导、程序没有算出的数（{count}），是哪一个写在行末：照它说的来历动手算一遍",
        "en": "Numbers said to be derived that the program could not work out ({count}), each at the end of its line: work them out as the mark says",
    },
    "review-which": {"zh": " → 所指的数：{number}", "en": " → the number: {number}"},
    "review-references": {
        "zh": "待核的文献与史实（{count}）：查到出处再去掉标记；年份、以人命名的结果，没有标记的也在这里",
        "en": "References and dates to verify ({count}): take the mark away once the source is found; years and results called by a name stand here too without one",
    },
    "review-targets": {
        "zh": "目标（{count}）：还没有达到，看它是否量得出来",
        "en": "Targets ({count}): not reached yet; can they be measured?",
    },
    "review-nothing": {
        "zh": "没有估计、待核或没有把握的地方。",
        "en": "No estimates, nothing to verify, no step in doubt.",
    },
    "review-more": {"zh": "- ……另有 {count} 处", "en": "- … and {count} more"},
    "review-more-at": {"zh": "，在第 {lines} 行", "en": ", on lines {lines}"},
}
