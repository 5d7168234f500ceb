"""Checking, marking, adopting, examining, the demo."""

from typing import Final, Literal

SENTENCES: Final[dict[str, dict[Literal["zh", "en"], str]]] = {
    "nothing-to-check": {
        "zh": "这里没有笔记可检查。",
        "en": "There are no notes here to check.",
    },
    "check-complete": {
        "zh": "补全这些文章：wenqu expand --failing --dry-run 先看要多少次请求、多少钱；原文和合格的部分不动。",
        "en": "To complete these: wenqu expand --failing --dry-run tells first how many requests and what they cost; originals, and parts that hold up, stay as they are.",
    },
    "check-summary": {
        "zh": "标准 {standard}：{articles} 篇文章，completed {completed}，pending {pending}；数量达标 {counts_met}，通过 {passed}；标为 completed 却未达标 {completed_but_not_met}。",
        "en": "Standard {standard}: articles {articles}, completed {completed}, pending {pending}; counts met {counts_met}, passed {passed}; marked completed without meeting them {completed_but_not_met}.",
    },
    "completed-under": {
        "zh": "{count} 篇是按较旧的标准 {standard} 完成的。",
        "en": "Completed under the older standard {standard}: {count}.",
    },
    "forced": {
        "zh": "  用 mark --force 标为 completed，理由：{reason}",
        "en": "  marked completed with mark --force: {reason}",
    },
    "unread": {
        "zh": "由程序扩充、还没有人读过的 {count} 篇（文件头没有 read_by）；核对单在 .wenqu/reviews/ 下。",
        "en": "Expanded by the program and read by nobody yet (no read_by in the front matter): {count}; their review sheets are in .wenqu/reviews/.",
    },
    "forced-articles": {
        "zh": "用 mark --force 标为 completed 的有 {count} 篇：{names}",
        "en": "Marked completed with mark --force: {count}{names}",
    },
    "undeclared": {
        "zh": '没有声明的命令使 {count} 个公式无法编译：{commands}。可在 wenqu.toml 的 [macros] 里声明，例如 "\\\\tr" = "\\\\operatorname{{tr}}"。',
        "en": 'Formulas broken by commands that nobody declares: {count}; {commands}. Declare them under [macros] in wenqu.toml, as in "\\\\tr" = "\\\\operatorname{{tr}}".',
    },
    "macros-found": {
        "zh": "公式里用到而没有声明的命令，会作为算子写进 wenqu.toml 的 [macros]：{commands}",
        "en": "Commands that formulas use and nobody declares; they go into [macros] of wenqu.toml as operators: {commands}",
    },
    "without-status": {
        "zh": "文章文件夹里有 {count} 份笔记没有 status，所以不算文章，例如 {path}。要让一份成为文章，在它的文件头写一行 status: pending；没有文件头的，在最前面写三行：---、status: pending、---。",
        "en": "Notes in the articles' folder without a status: {count}, for example {path}; they are no articles. To make one an article, write the line status: pending into its front matter, or, where it has none, three lines at the top: ---, status: pending, ---",
    },
    "check-notes": {
        "zh": "文章之外的笔记 {count} 篇，其中 {found} 篇有问题。",
        "en": "Notes other than articles: {count}; with problems: {found}.",
    },
    "kind-card": {"zh": "卡片", "en": "card"},
    "kind-discussion": {"zh": "讨论", "en": "discussion"},
    "kind-note": {"zh": "笔记", "en": "note"},
    "session-sound": {
        "zh": "会话 {sid} 的文档与记录逐字一致。",
        "en": "The document of session {sid} agrees with its record word for word.",
    },
    "session-edited": {
        "zh": "会话 {sid} 的文档改动过（{path}）；引文仍与记录逐字一致。",
        "en": "The document of session {sid} was changed ({path}); its quotations still agree with the record word for word.",
    },
    "session-absent": {
        "zh": "讨论文件夹里没有会话 {sid} 的文档；由记录重做的没有问题（wenqu socratic --rebuild {sid}）。",
        "en": "The folder of discussions has no document of session {sid}; made again from its record it holds (wenqu socratic --rebuild {sid}).",
    },
    "session-silent": {
        "zh": "会话 {sid} 里没有说什么，没有文档。",
        "en": "Nothing was said in session {sid}; it has no document.",
    },
    "restored": {
        "zh": "{path}：原文 {lines} 行，现保留 {before}；提交 {commit} 里有全文。补回后为 {after}。",
        "en": "{path}: {before} of the {lines} lines of the original is kept; commit {commit} has them all. Restored: {after}.",
    },
    "nothing-lost": {
        "zh": "{path}：原文 {lines} 行都在（对照提交 {commit}），没有要补的。",
        "en": "{path}: all {lines} lines of the original are there (compared with commit {commit}); nothing to restore.",
    },
    "why-restore": {
        "zh": "补回提交 {commit} 里的原文：{before} → {after}",
        "en": "bring the original back from commit {commit}: {before} → {after}",
    },
    "why-copies": {
        "zh": "。改写过的句子还留着（补回后的第 {lines} 行）：restore 只补不删，多余的请自己删去",
        "en": ". The changed wording stays (after restoring, at line {lines}): restore only adds; remove what you do not want",
    },
    "original-no-version": {
        "zh": "git 里没有这篇文章的版本，无从对照原文。先提交一次，以后就能对照。",
        "en": "git has no version of this article to compare with. Commit it once, and from then on it has.",
    },
    "original-kept": {
        "zh": "与提交 {commit} 里的原文相比，保留了 {kept}。",
        "en": "{kept} of the original in commit {commit} is kept.",
    },
    "original-copies": {
        "zh": "第 {lines} 行像是原文某一句改写后的样子；原句若已在旁边，多余的请自己删去。",
        "en": "Line {lines} looks like a sentence of the original in other words; where that stands beside it, remove what you do not want.",
    },
    "original-reason": {"zh": "{date} 认可：{reason}", "en": "Accepted on {date}: {reason}"},
    "original-void": {
        "zh": "{date} 曾在保留 {kept} 时认可；保留的比例变了，认可已失效。",
        "en": "It was accepted on {date} at {kept}; the share has changed, so that counts no more.",
    },
    "original-choice": {
        "zh": '补回：wenqu restore "{path}"\n就这样留着：wenqu original "{path}" --accept {commit} --reason "理由"',
        "en": 'Bring it back: wenqu restore "{path}"\nLeave it so: wenqu original "{path}" --accept {commit} --reason "why"',
    },
    "original-cut": {
        "zh": 'git 里的版本也断在同一处，restore 补不回来；请从出处补全。\n就这样留着：wenqu original "{path}" --accept {commit} --reason "理由"',
        "en": 'The version in git breaks off there too, and restore has nothing to bring back; complete it from its source.\nLeave it so: wenqu original "{path}" --accept {commit} --reason "why"',
    },
    "original-undivided": {
        "zh": '文章标为 completed，却找不到扩充部分，分不清哪些行是原文。给扩充部分加上标题；若还没有扩充，就改回 pending：wenqu mark "{path}" pending',
        "en": 'The article is marked completed, but no expansion is found in it, so nothing tells which lines are the original. Give the expansion its heading; if there is none yet: wenqu mark "{path}" pending',
    },
    "original-between": {
        "zh": "第 {line} 行起的“{title}”夹在扩充的各部分之间，看来是原文，可 git 里没有未扩充的版本可对照。把原文的小节移到第一个部分之前；若是扩充自己的，把标题改低一级。",
        "en": "“{title}” (line {line}) stands between the parts of the expansion and seems to be the article's own, and git has no version without an expansion to compare with. Move the article's sections above the first part; if it is the expansion's own, lower its heading by a level.",
    },
    "original-recorded": {
        "zh": "已认可 {path} 的原文现状，记在 {file}；保留的比例一变就失效。",
        "en": "Accepted the original of {path} as it is, recorded in {file}; it counts until the kept share changes.",
    },
    "original-withdrawn": {
        "zh": "已收回对 {path} 原文的认可（{file}）。",
        "en": "Took back the acceptance of the original of {path} ({file}).",
    },
    "original-listed": {
        "zh": "{path}：对照提交 {commit}，认可时保留 {kept}",
        "en": "{path}: against commit {commit}, {kept} kept when it was accepted",
    },
    "original-none-listed": {"zh": "没有认可过任何原文。", "en": "No original was accepted as it is."},
    "withdraw-none": {
        "zh": "没有认可过 {path} 的原文；认可过的见 wenqu original --all",
        "en": "the original of {path} was not accepted; wenqu original --all lists what was",
    },
    "accept-unknown": {
        "zh": "提交 {commit} 不存在，或其中没有 {path}",
        "en": "there is no commit {commit}, or it does not have {path}",
    },
    "accept-intact": {"zh": "原文完整，无须认可", "en": "the original is intact; there is nothing to accept"},
    "accept-reason": {"zh": "请写明理由", "en": "say why"},
    "why-quotes": {
        "zh": "给文件头里读不出来的值加上引号，读出来就是那一行的文字",
        "en": "quotes around values of the front matter that could not be read; they are read as they stand",
    },
    "why-date": {"zh": "按文末引用补上日期", "en": "the date, from the citation at the end"},
    "why-title": {"zh": "按文末引用补全标题", "en": "the whole title, from the citation at the end"},
    "why-formulas": {
        "zh": "修正 {count} 个公式，每一个都已编译通过",
        "en": "formulas mended: {count}; each compiles now",
    },
    "nothing-to-repair": {"zh": "没有能机械修正的地方。", "en": "There is nothing to repair mechanically."},
    "left-to-you": {"zh": "需要你自己决定的，共 {count} 处：", "en": "{count} left for you to decide:"},
    "verdict": {"zh": "{verdict}（{counts}；{clean}；{original}）", "en": "{verdict} ({counts}; {clean}; {original})"},
    "verdict-bare": {"zh": "{verdict}（{counts}；{original}）", "en": "{verdict} ({counts}; {original})"},
    "passed": {"zh": "通过", "en": "passed"},
    "not-passed": {"zh": "未通过", "en": "not passed"},
    "counts-met": {"zh": "数量达标", "en": "counts met"},
    "counts-missed": {"zh": "数量未达标", "en": "counts not met"},
    "clean": {"zh": "形式无误", "en": "clean"},
    "clean-but-manner": {
        "zh": "形式无误，行文要加 --strict 才查",
        "en": "clean, manner checked only with --strict",
    },
    "not-clean": {"zh": "形式有问题", "en": "not clean"},
    "original-intact": {"zh": "原文完整", "en": "original intact"},
    "original-altered": {"zh": "原文有改动", "en": "original altered"},
    "original-damaged": {"zh": "原文受损", "en": "original damaged"},
    "original-truncated": {"zh": "原文被截断", "en": "original truncated"},
    "original-accepted": {"zh": "原文改动已认可", "en": "changes to the original accepted"},
    "original-unknown": {"zh": "无从得知原文是否完整", "en": "original unknown"},
    "severity-error": {"zh": "错误", "en": "error"},
    "severity-warning": {"zh": "警告", "en": "warning"},
    "severity-note": {"zh": "提示", "en": "note"},
    "more-findings": {
        "zh": '……还有 {count} 条（全部：wenqu check "{path}"）',
        "en": '… and {count} more (all of them: wenqu check "{path}")',
    },
    "mark-marked": {"zh": "{path}：status 已改为 {status}。", "en": "{path}: status is now {status}."},
    "mark-unchanged": {"zh": "{path} 的 status 已经是 {status}。", "en": "The status of {path} is {status} already."},
    "mark-refused": {
        "zh": '{path} 没有通过检查，status 未改动。修正后重试；或用 --force "理由" 强行设为 completed，理由会写进文件头。',
        "en": '{path} did not pass; its status stays. Mend it and try again, or set it anyway with --force "reason": the front matter keeps the reason.',
    },
    "mark-forced": {
        "zh": '它没有通过检查（wenqu check "{path}"）；文件头的 forced 一行记下了理由：{reason}',
        "en": 'It did not pass the check (wenqu check "{path}"); the line `forced` of the front matter keeps the reason: {reason}',
    },
    "check-passed-over": {
        "zh": "{path} 不是 Markdown 文件，没有检查。",
        "en": "{path} is no Markdown file and was not checked.",
    },
    "init-done": {
        "zh": "已在 {folder} 建立工作区（{count} 个文件，git 仓库，还没有提交）。接下来：\n  cd {folder}\n  wenqu            会话摘要\n  wenqu socratic   开始一次苏格拉底式讨论\n里面的文章与讨论是示例，换成你自己的即可。",
        "en": "Created a workspace in {folder} ({count} files, a git repository without a commit). Next:\n  cd {folder}\n  wenqu            the session-start summary\n  wenqu socratic   a Socratic session\nIts articles and discussions are examples; put your own in their place.",
    },
    "recognised": {"zh": "识别出的文档：", "en": "Recognised:"},
    "none": {"zh": "（没有）", "en": "(none)"},
    "role-working_memory": {"zh": "工作记忆", "en": "working memory"},
    "role-progress": {"zh": "学习进度", "en": "learning progress"},
    "role-article_progress": {"zh": "文章进度与批次计划", "en": "article progress and plan"},
    "role-research_todo": {"zh": "研究TODO", "en": "research TODO"},
    "role-roadmap": {"zh": "阅读路线图", "en": "reading roadmap"},
    "role-inbox": {"zh": "想法页", "en": "page of ideas"},
    "role-discussions": {"zh": "深度讨论", "en": "discussions"},
    "role-notes": {"zh": "学习笔记", "en": "notes"},
    "role-articles": {"zh": "文章", "en": "articles"},
    "role-question_list": {"zh": "问题列表", "en": "question lists"},
    "role-record": {"zh": "讨论记录", "en": "discussion records"},
    "unsure": {"zh": "拿不准的（可在 wenqu.toml 里改）：", "en": "Not sure about (change them in wenqu.toml):"},
    "naming-rules": {
        "zh": "深度讨论有 {count} 种互相竞争的命名方式：",
        "en": "{count} naming rules for discussions compete:",
    },
    "naming-rule": {
        "zh": "  {number}. {pattern}  {files} 个文件  写明于 {where}",
        "en": "  {number}. {pattern}  files: {files}  stated in {where}",
    },
    "naming-rule-unstated": {
        "zh": "  {number}. {pattern}  {files} 个文件  没有写明{where}",
        "en": "  {number}. {pattern}  files: {files}  stated nowhere{where}",
    },
    "unreadable": {
        "zh": "没能读取，所以没有当作任何文档。先让它们能读，再把位置写进 wenqu.toml 的 [layout]：",
        "en": "Could not be read, so they were taken for nothing. Make them readable, then name their places under [layout] in wenqu.toml:",
    },
    "would-be": {"zh": "按名字，它像是{role}。", "en": " By its name it is the {role}."},
    "ask-naming": {
        "zh": "新讨论用哪一种命名？编号，或自己写一个含 {{topic}} 的；回车 = {default}",
        "en": "Which rule should new discussions follow? A number, or one of your own with {{topic}}; Enter = {default}",
    },
    "naming-unclear": {
        "zh": "请写 1 到 {count} 的编号，或一个含 {{topic}} 的名字，如 {{topic}}谈.md。",
        "en": "Type a number from 1 to {count}, or a name with {{topic}} in it, such as {{topic}}-talk.md.",
    },
    "ask-journal": {
        "zh": "对话记录是你说过的每一句话。要让它们进入 git 吗？[y/N]",
        "en": "Session journals hold every word you say. Should they enter git? [y/N]",
    },
    "journal-remote": {
        "zh": "注意：这个仓库有远端，进入 git 的对话记录会随 push 公开给能访问它的人。",
        "en": "Mind: this repository has a remote; journals in git are pushed to whoever can read it.",
    },
    "adopted": {
        "zh": "已写入 {path}，其他文件都没有动。\n  新讨论的命名：{naming}\n  对话记录：{journals}\n  语言：{code}\n都可以在 {path} 里改。接下来：\n  wenqu            会话摘要\n  wenqu reconcile  上面的每一处不符",
        "en": "Wrote {path} and touched nothing else.\n  new discussions are named {naming}\n  session journals {journals}\n  language: {code}\nAll can be changed in {path}. Next:\n  wenqu            the session-start summary\n  wenqu reconcile  every difference counted above",
    },
    "adopted-in-language": {
        "zh": '笔记是英文的，所以这个工作区说英文；要中文，把 {path} 里的 language 改为 "zh"。',
        "en": 'Your notes are in Chinese, so this workspace speaks Chinese; for English set language = "en" in {path}.',
    },
    "journals-in": {"zh": "进入 git", "en": "enter git"},
    "journals-out": {"zh": "不进入 git", "en": "stay out of git"},
    "doctor-workspace": {"zh": "工作区：{path}", "en": "workspace: {path}"},
    "doctor-settings": {
        "zh": "设置有效：语言 {code}，标准 {standard}",
        "en": "settings are valid: language {code}, standard {standard}",
    },
    "doctor-documents": {"zh": "wenqu.toml 里写的文档都在", "en": "all documents named in wenqu.toml are there"},
    "doctor-documents-missing": {
        "zh": 'wenqu.toml 里写的这些位置不存在：{paths}。建立它们，或在 wenqu.toml 里改正（没有就写 ""）',
        "en": 'named in wenqu.toml but not there: {paths}. Create them, or correct wenqu.toml ("" for none)',
    },
    "doctor-leftovers": {
        "zh": "中断的写入留下了 {count} 个临时文件，里面是同一文件夹里某篇笔记未写完的或更早的内容；先看看有没有要留的，再用 wenqu doctor --yes 删除：\n  {paths}",
        "en": "temporary files left by an interrupted write: {count}. Each holds an unfinished or earlier text of a note in its folder; see whether you want anything of that, then remove them with wenqu doctor --yes:\n  {paths}",
    },
    "ask-leftovers": {
        "zh": "删除这 {count} 个临时文件吗？[y/N]",
        "en": "Remove the temporary files listed ({count})? [y/N]",
    },
    "leftover-removed": {"zh": "已删除 {path}", "en": "removed {path}"},
    "doctor-permissions": {"zh": "工作区可以写入", "en": "the workspace can be written"},
    "doctor-git": {"zh": "git 正常，HEAD {head}", "en": "git works, HEAD {head}"},
    "doctor-git-absent": {
        "zh": "没有安装 git：原文核对和日期都要靠它，请安装",
        "en": "git is not installed: originals and dates are read from it; install it",
    },
    "doctor-git-none": {
        "zh": "工作区不在 git 里：原文无从核对，日期无从得知。在这里运行 git init 并提交一次",
        "en": "the workspace is not in git: originals cannot be verified and dates are unknown. Run git init here and commit once",
    },
    "doctor-journals-remote": {
        "zh": "对话记录会进入 git，而仓库有远端：push 会公开你的原话。不想公开就在 wenqu.toml 里设 journal_in_git = false",
        "en": "journals enter git and the repository has a remote: a push shares your words. Set journal_in_git = false in wenqu.toml to keep them here",
    },
    "doctor-model": {"zh": "模型有回答：{model}", "en": "the model answers: {model}"},
    "doctor-model-none": {
        "zh": "没有模型：设置 ANTHROPIC_API_KEY，或用 --model-command 'claude -p'。没有模型时摘要、检查和回忆笔记照常可用",
        "en": "no model: set ANTHROPIC_API_KEY, or use --model-command 'claude -p'. Without one the summary, the checks and the recall notebook still work",
    },
    "demo-opening": {
        "zh": "问渠演示：离线，不花钱，不到一分钟。\n\n  模型    回答是为演示事先写好的，由本机 {address} 上的替身按真实接口送出，没有费用\n  学习者  说的话来自脚本\n  其余    摘要、记录、核对、关口、写入，都是程序此刻真实运行的结果\n  工作区  {folder}（起步工作区的副本，演示后留给你）",
        "en": "The wenqu demo: offline, free, less than a minute.\n\n  model      its replies were written for this demo; a stand-in at {address} sends them\n             through the real interface, and they cost nothing\n  learner    speaks from a script\n  the rest   summary, record, verification, gate and writing are the program at work, now\n  workspace  {folder} (a copy of the starter, yours to keep)",
    },
    "demo-step-context": {
        "zh": "1/5  会话开始：现状由文件和 git 算出，不靠文档自称",
        "en": "1/5  A session begins: where things stand, by the files and git, not by what documents say",
    },
    "demo-step-socratic": {
        "zh": "2/5  苏格拉底式讨论：一次一问，每句话先存盘再回应",
        "en": "2/5  A Socratic session: one question at a time, every word on disk before it is answered",
    },
    "demo-step-document": {
        "zh": "3/5  讨论文档：由记录生成，每条引文都逐字核对过（这里是开头）",
        "en": "3/5  The discussion document: made from the record, every quotation verified (its beginning)",
    },
    "demo-step-expand": {
        "zh": "4/5  扩充一篇文章：一个部分的初稿没有过关，改好这一部分，整篇过了才写入",
        "en": "4/5  An article is expanded: the gate rejects the draft of one part, that part is repaired, and only then is anything written",
    },
    "demo-step-check": {
        "zh": "5/5  关口的判定，随时可以离线重做",
        "en": "5/5  The gate's verdict, which anybody can repeat offline",
    },
    "demo-end": {
        "zh": "演示结束，没有花一分钱。接着可以自己试：\n\n  cd {folder}\n  git status                      刚才添了、改了哪些文件\n  git diff                        改了的文件里改了什么\n  wenqu                           现在的会话摘要\n  wenqu socratic --model offline  自己来一次，不用模型",
        "en": "That was the demo, and it cost nothing. Go on by yourself:\n\n  cd {folder}\n  git status                      which files are new or changed\n  git diff                        what changed in those that were there\n  wenqu                           the session-start summary as it is now\n  wenqu socratic --model offline  a session of your own, without a model",
    },
}
