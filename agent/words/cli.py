"""Help texts, prompts and remarks of the command line."""

from typing import Final, Literal

SENTENCES: Final[dict[str, dict[Literal["zh", "en"], str]]] = {
    "usage": {
        "zh": "{problem}。用法见 {command} --help",
        "en": "{problem}. See {command} --help",
    },
    "interrupted": {"zh": "已中断；已有内容都已保存。", "en": "Interrupted; everything so far is saved."},
    "pause": {"zh": "{reason} 等待 {seconds} 秒后重试……", "en": "{reason} Trying again in {seconds} s …"},
    "proposals": {"zh": "\n建议的改动，共 {count} 项：", "en": "\nProposed changes, {count} in all:"},
    "ask-proposals": {
        "zh": "回车或 y = 全部采用；输入编号 = 暂不采用这些；n 或 q = 全部暂缓：",
        "en": "Enter or y = take all; numbers = leave those; n or q = leave all:",
    },
    "answers": {
        "zh": "回车或 y：全部采用。编号（1 到 {count}，用空格或逗号隔开）：暂不采用这些，其余采用。n 或 q：全部暂缓，以后用 wenqu apply 处理。d：看改动的全文。",
        "en": "Enter or y: take all. Numbers (1 to {count}, with spaces or commas): leave those and take the others. n or q: leave all for wenqu apply. d: see the changes in full.",
    },
    "diff-rest": {
        "zh": "……另有 {count} 行，输入 d 看全文",
        "en": "… and {count} more {count:line|lines}; d shows all",
    },
    "diff-taken": {
        "zh": "……另有 {count} 行，写入后在 {path} 里看",
        "en": "… and {count} more {count:line|lines}, to be seen in {path} once written",
    },
    "answer-unclear": {
        "zh": "“{answer}”看不明白，什么都没有做。回车 = 全部采用；编号从 1 到 {count}，几个之间用逗号或空格隔开；n 或 q = 全部暂缓。",
        "en": "“{answer}” is unclear, nothing was done. Enter takes all; numbers run from 1 to {count}, with commas or spaces between them; n or q leaves all.",
    },
    "reason-replaced": {
        "zh": "   替换了 {date} 的理由：{reason}",
        "en": "   this replaces the reason of {date}: {reason}",
    },
    "output-full": {
        "zh": "结果没能全部写出：磁盘或配额满了。腾出空间后再运行一次。",
        "en": "Not all of the result could be written: the disk or the quota is full. Make room and run it again.",
    },
    "accept-undo": {
        "zh": "要收回：wenqu reconcile --withdraw {id}",
        "en": "To take it back: wenqu reconcile --withdraw {id}",
    },
    "applied": {"zh": "已写入 {path}", "en": "wrote {path}"},
    "applied-anew": {
        "zh": "已写入 {path}（它在这期间变了，改动照现在的内容重做）",
        "en": "wrote {path} (it had changed meanwhile; the change was made anew for it as it is)",
    },
    "proposal-needless": {
        "zh": "{path} 照现在的内容已没有什么可改，“{why}”略去。",
        "en": "{path}, as it is now, leaves nothing to change; “{why}” is passed over.",
    },
    "postponed": {
        "zh": "暂缓 {count} 项，随时可用 wenqu apply 处理。",
        "en": "{count} left for later; see {count:it|them} with wenqu apply.",
    },
    "proposal-outdated": {
        "zh": "{path} 在提出建议之后被改动，“{why}”已作废。",
        "en": "{path} has changed since this was proposed for it: “{why}”. The proposal was dropped.",
    },
    "nothing-postponed": {"zh": "没有等着处理的建议。", "en": "No proposal is waiting."},
    "needs-model-offline": {
        "zh": "wenqu check、--dry-run 的估算、--export 写出的提示词",
        "en": "wenqu check, the estimate of --dry-run, the prompts of --export",
    },
    "help-reconcile": {
        "zh": "文档的说法与文件不一致的每一处；--write 更新进度块",
        "en": "every place where a document does not agree with the files; --write keeps progress blocks up to date",
    },
    "no-sessions": {
        "zh": "还没有会话。用 wenqu socratic 开始一次。",
        "en": "No sessions yet. Begin one with: wenqu socratic",
    },
    "session-turns": {"zh": "{count:>3} 轮", "en": "{count:>3} {count:turn |turns}"},
    "session-open": {"zh": "未结束", "en": "open"},
    "session-ended": {"zh": "已结束", "en": "ended"},
    "session-unreadable": {"zh": "读不了", "en": "unreadable"},
    "document-refused": {
        "zh": "讨论文档没有写出：有引文与记录不符。记录完好，可用 wenqu socratic --rebuild {sid} 再看：",
        "en": "The discussion document was not written: a quotation does not match the record. The record is whole; see wenqu socratic --rebuild {sid}:",
    },
    "nothing-said": {
        "zh": "这次没有说什么，不生成文档。记录：{sid}",
        "en": "Nothing was said, so there is no document. Record: {sid}",
    },
    "document-written": {
        "zh": "\n讨论文档：{path}（由记录 {sid} 生成，引文已逐字核对）",
        "en": "\nDiscussion document: {path} (made from record {sid}; every quotation was verified)",
    },
    "ask-go-on": {"zh": "回车 = 开始，n = 不做：", "en": "Enter = go on, n = stop:"},
    "cost": {
        "zh": "用量：输入 {input} token（其中缓存 {cached}），输出 {output} token{price}。",
        "en": "Used {input} tokens in ({cached} from the cache), {output} tokens out{price}.",
    },
    "cost-untold": {
        "zh": "用量和花费不详：模型命令不报。",
        "en": "Tokens and cost are unknown: a model command does not tell them.",
    },
    "cost-price": {"zh": "，花费 {cost}", "en": ", cost {cost}"},
    "draining": {
        "zh": "正在停下：不再发新请求，已发出的收完就存好。再中断一次（Ctrl-C，或同样的信号）立即结束。",
        "en": "Stopping: nothing new is asked, what is in flight is received and saved. Another Ctrl-C, or the same signal, ends at once.",
    },
    "estimate-requests": {"zh": "请求", "en": "requests"},
    "estimate-input": {"zh": "输入", "en": "in"},
    "estimate-output": {"zh": "输出", "en": "out"},
    "estimate-cost": {"zh": "费用", "en": "cost"},
    "estimate-plain": {"zh": "不用缓存", "en": "no cache"},
    "estimate-article": {"zh": "文章", "en": "article"},
    "estimate-sum": {"zh": "合计 {count} 篇", "en": "{count} {count:article|articles}"},
    "estimate-ceiling-all": {
        "zh": "上限 {ceiling}：估计够 {count} 篇全部写完（返工不在内）。",
        "en": "The ceiling of {ceiling} should do for all {count} articles (repairs come on top).",
    },
    "estimate-ceiling-some": {
        "zh": "上限 {ceiling}：估计够写完 {count} 篇里的前 {within} 篇，其余不开始。",
        "en": "The ceiling of {ceiling} should do for the first {within} of {count} articles; the others are not begun.",
    },
    "estimate-ceiling-none": {
        "zh": "上限 {ceiling}：估计连一篇也写不完。",
        "en": "The ceiling of {ceiling} is less than one article is expected to cost.",
    },
    "estimate-used-again": {
        "zh": "以前收到的 {count} 份回答会再用，不再请求，也不在表里；想全部重新问，加上 --fresh。",
        "en": "Replies received earlier are used again and not in the table: {count}; --fresh asks anew for all.",
    },
    "estimate-untold": {
        "zh": "费用不详：价目里没有这个模型，模型命令也不报价。",
        "en": "The cost is unknown: the price list does not have this model, and a model command does not tell.",
    },
    "estimate-in-batches": {
        "zh": "加上 --batch-api 成批提交是半价：{cost}，缓存用不上时 {plain}；要等，最迟一天。",
        "en": "With --batch-api it is half the price: {cost}, or {plain} where the cache is not hit; it takes up to a day.",
    },
    "estimate-time": {
        "zh": "预计 {minutes} 分钟（同时 {workers} 篇）；返工不在内。",
        "en": "About {minutes} minutes with {workers} articles at once; repairs come on top.",
    },
    "estimate-time-batched": {
        "zh": "成批提交，半价，缓存未必用得上：一般三批，每批多半一小时内、最迟一天；返工不在内。",
        "en": "In batches, at half the price, the cache less sure: usually three of them, each mostly within an hour and never more than a day; repairs come on top.",
    },
    "prompt-tokens": {"zh": "{name}：约 {count} token", "en": "{name}: about {count} tokens"},
    "help-wenqu": {
        "zh": "问渠：让 Markdown 笔记说的与实际相符，以提问的方式讨论并逐字记录，按检查过的标准扩充文章。不写命令：摘要；在终端里接着给出三个下一步，按一个键就开始。",
        "en": "wenqu keeps a Markdown workspace honest, asks Socratic questions and records every word, and expands articles to a standard that is checked. Without a command: the summary, and at a terminal three next steps, one key each.",
    },
    "help-context": {
        "zh": "会话摘要：停在哪里、下一步、文档与文件哪里不一致",
        "en": "where you stopped, what is next, where documents contradict the files",
    },
    "help-socratic": {
        "zh": "苏格拉底式讨论：一次一问，逐字记录，结束时生成讨论文档",
        "en": "a Socratic session: one question at a time, every word recorded, ending in a discussion document",
    },
    "help-plan": {
        "zh": "提议下一批文章：理由、估算，采用后写进计划；学习计划里哪些落后了",
        "en": "the next batch of articles with reasons and price, written into the plan on a yes; what a learner is behind in",
    },
    "help-plan-size": {
        "zh": "一批最多几篇（默认与上一批同样多）",
        "en": "the most articles of a batch (by default as many as the last one has)",
    },
    "help-plan-take": {
        "zh": "改取列出的另一个系列或主题",
        "en": "take another series or topic of those that are named",
    },
    "help-review": {
        "zh": "复习到期的卡：先凭记忆答，再对照当时的话，自己评；FSRS-6 安排下一次",
        "en": "recall what is due: answer from memory, compare what was said then, grade it; FSRS-6 sets the next day",
    },
    "help-review-topic": {
        "zh": "只要与这个词有关的卡（问题、答案、讨论、路径）",
        "en": "only cards that hold this word (question, answer, discussion, path)",
    },
    "help-review-limit": {"zh": "最多问几张（默认 {default}）", "en": "the most cards to ask (by default {default})"},
    "help-review-stats": {
        "zh": "想起来的比例，以及以后每天到期几张",
        "en": "how much is recalled, and what is due by day",
    },
    "help-review-export": {
        "zh": "把全部卡写成 Anki 能导入的 TSV",
        "en": "all cards as TSV that Anki imports",
    },
    "help-expand": {
        "zh": "按标准扩充文章，过关才写入",
        "en": "expand articles to the standard; each is written only if it passes the gate",
    },
    "help-check": {
        "zh": "按标准检查文章，也检查讨论、命名、位置与链接；不用联网",
        "en": "judge articles by the standard, and discussions, names, places and links; offline",
    },
    "help-todo": {
        "zh": "研究TODO：列出、开始、暂停、凭证据关闭、排优先级、定期回顾",
        "en": "the research TODO: list, start, pause, close with evidence, put in order, review",
    },
    "help-todo-action": {
        "zh": "list（默认）、show、add、start、pause、close、prioritise、note、review",
        "en": "list (the default), show, add, start, pause, close, prioritise, note, review",
    },
    "help-todo-topic": {
        "zh": "话题：列表里的编号、方向.序号（如 2.3）或标题里的词；add 是标题，note 在话题后面写内容",
        "en": "a topic: its id in the list, DIRECTION.NUMBER (as 2.3) or words of its title; for add the title; note takes its text behind the topic",
    },
    "help-todo-evidence": {
        "zh": "close 的证据：讨论、文档、代码的路径（可带 :行号），或 会话:轮次（可多次）",
        "en": "what proves it: a discussion, document or code (PATH or PATH:LINE), or SESSION:TURN; may be repeated",
    },
    "help-todo-no-evidence": {
        "zh": "没有证据也关闭，记下理由",
        "en": "close it without evidence, and record why there is none",
    },
    "help-todo-box": {
        "zh": "close 时只勾选话题里的这一项（序号见 show）",
        "en": "with close: tick this box alone (show numbers them)",
    },
    "help-todo-to": {
        "zh": "prioritise、add 的优先级（prioritise 默认 top，add 默认 high）",
        "en": "the priority that prioritise (top, unless said) or add (high) gives",
    },
    "help-todo-instead": {
        "zh": "最高优先级满了时，降为高的话题（可多次）",
        "en": "the topic that falls to high where the top is full; may be repeated",
    },
    "help-todo-under": {
        "zh": "add 放进哪个方向（标题里的词）",
        "en": "with add: into which direction (words of its title)",
    },
    "help-todo-item": {"zh": "add 的待办（可多次）", "en": "with add: a box below it; may be repeated"},
    "help-todo-budget": {
        "zh": "最高优先级最多几个话题（默认按 wenqu.toml 的 [todo] most_urgent）",
        "en": "how many topics may have the top priority (default: most_urgent under [todo] in wenqu.toml)",
    },
    "help-todo-focus": {"zh": "start 时同时设为当前焦点", "en": "with start: make it the current focus as well"},
    "help-todo-recording": {
        "zh": "start 时标为“记录中”：研究做完，正在整理成果",
        "en": "with start: the work is done and being written up",
    },
    "help-todo-weekly": {"zh": "review：每周回顾（默认）", "en": "with review: the weekly one (the default)"},
    "help-todo-monthly": {"zh": "review：每月回顾", "en": "with review: the monthly one"},
    "help-todo-quarterly": {"zh": "review：季度回顾", "en": "with review: the quarterly one"},
    "example-todo": {
        "zh": "wenqu todo  列出话题，以及前后不一致之处\nwenqu todo start 2.3 --focus  开始第 2 个方向的第 3 个话题\nwenqu todo close 蒸馏 --evidence 深度讨论/蒸馏深度讨论.md  凭证据关闭\nwenqu todo review --weekly  每周回顾",
        "en": "wenqu todo  list the topics, and what contradicts what\nwenqu todo start 2.3 --focus  start topic 3 of direction 2\nwenqu todo close distillation --evidence discussions/distillation.md  close it with evidence\nwenqu todo review --weekly  the weekly review",
    },
    "help-roadmap": {
        "zh": "阅读路线图：各阶段读到哪里、接下来读哪篇和为什么、必读还剩哪些；读完凭证据记一笔",
        "en": "the reading roadmap: how far each stage is, what to read next and why, the must-reads left; done with evidence",
    },
    "help-roadmap-action": {"zh": "show（默认）、done", "en": "show (the default), done"},
    "help-roadmap-paper": {
        "zh": "论文：简称、题目里的词或年份",
        "en": "a paper: its short name, words of its title, or its year",
    },
    "help-roadmap-evidence": {
        "zh": "done 的证据：笔记、卡片、代码的路径，会话、会话:轮次，或网址（可多次）",
        "en": "with done: a note, a card, code, a session, SESSION:TURN or an address that proves it; may be repeated",
    },
    "help-roadmap-all": {"zh": "列出全部论文与全部必读", "en": "list all papers and all must-reads"},
    "example-roadmap": {
        "zh": "wenqu roadmap  各阶段的进度与接下来读的论文\nwenqu roadmap done ResNet --evidence 学习笔记/残差.md  凭证据记为已读\nwenqu roadmap --all --json  全部论文，给脚本用",
        "en": "wenqu roadmap  how far the stages are, and what to read next\nwenqu roadmap done ResNet --evidence notes/residuals.md  record it as read\nwenqu roadmap --all --json  all papers, for a script",
    },
    "help-card": {
        "zh": "论文卡片：按给出的来源起草，每一句写出处，来源里没有的标待核；没有模型就做一张空卡，填上路线图里写着的",
        "en": "a paper card drafted from the sources you give, each sentence with its place, the rest marked to verify; without a model an empty one with what the roadmap says",
    },
    "help-card-paper": {
        "zh": "论文：路线图里的简称或题目；不在路线图里的也可以",
        "en": "the paper: its short name or title in the roadmap; one that is not there will do too",
    },
    "help-card-from": {
        "zh": "来源：笔记或文本文件（可多次）；工作区外的短文整段留在卡片里",
        "en": "a source: a note or a text file (may be repeated); a short one from outside is kept in the card",
    },
    "help-card-paste": {
        "zh": "从标准输入读一段摘要作来源，留在卡片里",
        "en": "read an abstract on standard input as a source; it is kept in the card",
    },
    "example-card": {
        "zh": "wenqu card ResNet --from 学习笔记/残差.md  按笔记起草\nwenqu card ResNet --paste < 摘要.txt  按摘要起草\nwenqu card ResNet --model offline  空卡，填上路线图里写着的",
        "en": "wenqu card ResNet --from notes/residuals.md  draft it from a note\nwenqu card ResNet --paste < abstract.txt  draft it from an abstract\nwenqu card ResNet --model offline  an empty card with what the roadmap says",
    },
    "help-inbox": {
        "zh": "想法页：列出还没有分拣的想法；逐条放进研究TODO、待读、提问，或者放下",
        "en": "the page of ideas: list what is to triage; each becomes a topic, an entry to read, a question, or is dropped",
    },
    "help-inbox-action": {"zh": "list（默认）、triage", "en": "list (the default), triage"},
    "help-inbox-line": {
        "zh": "想法的行号，如列表所示；同一行有几个时如 75.2；带下级的一起走",
        "en": "lines of ideas, as listed; 75.2 where a line holds several; what is nested goes along",
    },
    "help-inbox-to": {
        "zh": "放到哪里：研究TODO的专题、待读（有阅读路线就在那里）、深度思考问题，或者放下",
        "en": "where it goes: a topic of the research TODO, what is to be read (in the roadmap if there is one), a deep question, or nowhere",
    },
    "example-inbox": {
        "zh": "wenqu inbox  列出想法\nwenqu inbox triage  在终端里逐条分拣，一条一个键\nwenqu inbox triage 12 15 --to todo  两条都成为专题",
        "en": "wenqu inbox  list the ideas\nwenqu inbox triage  one after the other at a terminal, one key each\nwenqu inbox triage 12 15 --to todo  both become topics",
    },
    "help-mark": {
        "zh": "设置文章的 status；completed 要先过关",
        "en": "set an article's status; completed only through the gate",
    },
    "help-restore": {
        "zh": "从 git 补回原文丢失的行（先给你看改动）",
        "en": "bring lost lines of an original back from git (a diff first)",
    },
    "help-original": {
        "zh": "看原文还保留多少；--accept 认可现状",
        "en": "how much of an original is kept; --accept lets it stay as it is",
    },
    "help-repair": {
        "zh": "能机械修正的地方，给出改动：文件头，或公式",
        "en": "proposals for mechanical repairs: of front matter, or of formulas",
    },
    "help-accept-commit": {
        "zh": "以这个提交里的原文为准，认可现状（要写 --reason）",
        "en": "let the original stay as it is, compared with this commit (give --reason)",
    },
    "help-reason": {"zh": "理由（会被记录）", "en": "why (it is recorded)"},
    "help-metadata": {
        "zh": "按文末引用补日期、补全标题；给读不出来的文件头加引号",
        "en": "dates and cut titles, from the citation at the end; quotes where front matter cannot be read",
    },
    "help-formulas": {
        "zh": "修正扩充部分里编译不了的公式",
        "en": "added formulas that do not compile",
    },
    "help-session": {
        "zh": "核对这次会话的文档与记录，并衡量这次对话",
        "en": "hold the document of this session against its record, and measure the conversation",
    },
    "help-prompt": {
        "zh": "显示渲染好的提示词及其 token 数",
        "en": "show a rendered prompt with its token count",
    },
    "help-apply": {
        "zh": "处理暂缓的改动",
        "en": "the proposed changes that you put off",
    },
    "help-init": {
        "zh": "新建工作区，里面有可以照着改的示例",
        "en": "create a workspace with examples, for you to replace with your own",
    },
    "help-adopt": {
        "zh": "就地接管已有的笔记文件夹；只写 wenqu.toml",
        "en": "take over an existing folder of notes in place; writes wenqu.toml and nothing else",
    },
    "help-doctor": {
        "zh": "体检：凭据、模型、设置、git、权限、残留文件",
        "en": "a health check: credential, model, settings, git, permissions, leftover files",
    },
    "help-demo": {
        "zh": "离线看完整个流程，不到一分钟",
        "en": "see the whole job, offline, in less than a minute",
    },
    "help-folder": {
        "zh": "工作区（默认：从这里向上，最近的有 wenqu.toml 的文件夹）",
        "en": "the workspace (default: the nearest folder from here upwards that holds wenqu.toml)",
    },
    "help-version": {
        "zh": "显示版本",
        "en": "show the version",
    },
    "help-json": {
        "zh": "输出 JSON（不提问）",
        "en": "print JSON (and ask nothing)",
    },
    "help-documents": {
        "zh": "与 --write 一起：给这些文档也加上进度块",
        "en": "with --write: documents that get a progress block too",
    },
    "help-accept-claim": {
        "zh": "接受编号为 ID 的一处不一致，直到其中某个值改变（要写 --reason；可写多次）",
        "en": "accept the discrepancy ID until one of its values changes (give --reason; may be repeated)",
    },
    "help-write": {
        "zh": "更新进度块（wenqu:progress 标记之间）；进度条作为改动提出",
        "en": "bring the progress blocks (between the wenqu:progress markers) up to date; bars are proposed",
    },
    "help-totals": {
        "zh": "连同 --write：也把文档写的文章总数改为现有的（它若是目标就别用）",
        "en": "with --write: also change the total of articles that a document states to those there are (not where it is a goal)",
    },
    "help-all": {"zh": "也列出已接受的和相符的", "en": "list what was accepted and what is so, too"},
    "help-yes": {
        "zh": "不询问，采用所有建议",
        "en": "take every proposal without asking",
    },
    "help-lang": {
        "zh": "输出语言（默认：工作区的，其次是系统的）",
        "en": "language of the output (default: the workspace's, else the system's)",
    },
    "help-no-color": {
        "zh": "不用颜色；设了 NO_COLOR 也是",
        "en": "no colours; NO_COLOR in the environment does the same",
    },
    "help-model": {
        "zh": "模型名称，或 offline（不用模型）",
        "en": "a model's name, or offline for none",
    },
    "help-model-command": {
        "zh": "代替模型的命令：从 stdin 读提示词，向 stdout 写回答",
        "en": "a command in place of the model: it reads the prompt on stdin and answers on stdout",
    },
    "help-standard": {
        "zh": "标准（默认：wenqu.toml 里的），如 five-part/2025-11-24",
        "en": "the standard (default: that of wenqu.toml), such as five-part/2025-11-24",
    },
    "help-paths": {
        "zh": "文件或文件夹（默认：整个工作区）",
        "en": "files or folders (default: the whole workspace)",
    },
    "help-article": {"zh": "文章的路径", "en": "the article's path"},
    "help-articles": {"zh": "文章的路径，可以写多篇", "en": "the articles' paths"},
    "help-workers": {
        "zh": "同时扩写几篇，每篇的各部分并行（默认：{default}）",
        "en": "articles at once, the parts of each side by side (default: {default})",
    },
    "help-status": {
        "zh": "completed 或 pending",
        "en": "completed or pending",
    },
    "help-withdraw-claim": {
        "zh": "不再接受编号为 ID 的那一处（可写多次）",
        "en": "take the acceptance of this one back (may be repeated)",
    },
    "help-withdraw-original": {"zh": "收回对它的认可", "en": "take its acceptance back"},
    "help-all-originals": {"zh": "列出认可过的原文和理由", "en": "list the originals that were accepted, and why"},
    "help-explain": {
        "zh": "写出标准要求什么：各部分、数量、形式，缺了算什么",
        "en": "print what the standard demands: parts, counts, form, and what missing them weighs",
    },
    "help-strict": {
        "zh": "扩充内容里的问题、其他笔记里的警告，都算作错误",
        "en": "treat what is wrong in added text, and warnings on other notes, as errors",
    },
    "help-force": {
        "zh": "未通过也设为 completed，并把理由记入文件头",
        "en": "set completed although it did not pass; the reason is recorded in the front matter",
    },
    "help-init-folder": {
        "zh": "新工作区的文件夹（默认：当前文件夹）",
        "en": "the new workspace's folder (default: this one)",
    },
    "help-demo-folder": {
        "zh": "演示工作区放在哪里（默认：临时文件夹）",
        "en": "where to put the demo's workspace (default: a temporary folder)",
    },
    "help-naming": {
        "zh": "新讨论怎样命名，如 {{topic}}深度讨论.md（默认：用得最多的）",
        "en": "how new discussions are named, such as {{topic}}-discussion.md (default: as most are)",
    },
    "help-journal": {
        "zh": "对话记录是否进入 git（默认：不）",
        "en": "whether session journals enter git (default: no)",
    },
    "help-format": {
        "zh": "输出形式（默认：{default}）；hook 供编程助手的 SessionStart 使用",
        "en": "the form of the output (default: {default}); hook is for a coding assistant's SessionStart",
    },
    "help-budget": {
        "zh": "摘要最多多少 token（默认：{default}）",
        "en": "the most tokens the summary may take (default: {default})",
    },
    "help-topic": {
        "zh": "问题编号（如 Q2，或 Q2 Q6）、主题、笔记或问题列表的路径；省略时提议几项，由你选",
        "en": "questions by id (Q2, or Q2 Q6), a topic, or the path of a note or question list; by default a few are proposed",
    },
    "help-from": {"zh": "以这篇笔记为材料", "en": "take this note as the source"},
    "help-script": {
        "zh": "从文件读学习者的话：每行一句，或一个 /命令",
        "en": "read the learner's turns from a file: one turn or one /command a line",
    },
    "help-resume": {
        "zh": "继续一次会话（不写编号：最近未结束的一次）",
        "en": "go on with a session (without an id: the newest that has not ended)",
    },
    "help-rebuild": {
        "zh": "由记录重新生成讨论文档并显示",
        "en": "make the discussion document again from its record and show it",
    },
    "help-turn": {
        "zh": "由别的助手代为开口：stdin 是学员的一句话（或 JSON：learner、tutor、diagnosis、confidence），stdout 是接下来该问什么（JSON）；new 开始一次",
        "en": "for another assistant as the voice: one learner turn on stdin (or JSON: learner, tutor, diagnosis, confidence), what to ask next as JSON on stdout; new begins one",
    },
    "help-import": {
        "zh": "导入在别处进行的对话（JSONL 日志，或带说话人的 Markdown），同样成文",
        "en": "import a conversation held elsewhere (a JSONL log, or Markdown with speakers) and make its document",
    },
    "help-redact": {
        "zh": "删去一条记录里的原话，只留下删过的标记；文档也会建议更新。已经提交到 git 的旧版本不会因此消失",
        "en": "take the words of one record back, leaving a mark in their place; updates of the documents are proposed. Versions that were committed to git stay there",
    },
    "help-export": {
        "zh": "输出整个会话（轮次、事件、判断），密钥略去",
        "en": "print a whole session (turns, events, judgements), secrets left out",
    },
    "help-export-format": {"zh": "--export 的格式：md 或 json", "en": "what --export prints: md or json"},
    "help-commit": {
        "zh": "结束时把采用的改动做成一个 git 提交，说明里写学到了什么",
        "en": "at the end, commit the changes that were taken, with a message that tells what was learnt",
    },
    "help-list": {"zh": "列出会话", "en": "list the sessions"},
    "help-batch": {
        "zh": "进度文档在“第 N 批次”下列出的文章，按列出的次序",
        "en": "the articles that the progress document lists under batch N, in its order",
    },
    "help-series": {
        "zh": "标题或文件名以此开头的系列，按序号",
        "en": "the series whose titles or files begin so, in its order",
    },
    "help-topic-word": {
        "zh": "标题、文件名或标签里有这个词的文章",
        "en": "articles with this word in title, file name or tags",
    },
    "help-pending": {"zh": "还没有完成的文章", "en": "articles that are not completed"},
    "help-failing": {
        "zh": "标为完成却不合标准的文章：留下站得住的部分，补缺修错，以建议的形式给出；也用于点名的、已有扩充的文章",
        "en": "articles marked completed that do not meet the standard, and any you name that hold an expansion: what holds up stays, the rest is added or repaired, as a proposal",
    },
    "help-limit": {"zh": "最多取这么多篇", "en": "take so many articles at most"},
    "help-exclude": {
        "zh": "永远不取这篇文章，记在 wenqu.toml 里；可以写多次",
        "en": "never take this article, remembered in wenqu.toml; may be given several times",
    },
    "help-commit-each": {"zh": "每写好一篇就单独提交到 git", "en": "commit each written article to git by itself"},
    "help-export-prompts": {
        "zh": "不用模型：把每一步的提示词写到这个文件夹，交给任何助手",
        "en": "without a model: write a prompt for each step to this folder, for any assistant",
    },
    "help-import-answers": {
        "zh": "把该文件夹里的回答过同一道检查，写入文章或存为草稿",
        "en": "take the answers in this folder through the same check, into the articles or into drafts",
    },
    "choose-articles": {
        "zh": "请指明文章：写出路径，或用 --batch、--series、--topic、--pending、--failing",
        "en": "say which articles: name their paths, or use --batch, --series, --topic, --pending, --failing",
    },
    "option-once": {
        "zh": "一次只能写一个；要做几批，请分几次运行",
        "en": "can be given once only; run the command again for another",
    },
    "options-apart": {
        "zh": "这两样不能同时用，请只留一样",
        "en": "these two cannot be used together; keep one of them",
    },
    "no-draft": {"zh": "没有待验收的草稿", "en": "there is no draft to accept"},
    "option-needs": {"zh": "只和 {partners} 一起用", "en": "goes with {partners} only"},
    "several-notes": {
        "zh": "几个文件都叫这个名字：{notes}。请写出路径",
        "en": "several files bear this name: {notes}; type the path",
    },
    "first-run": {
        "zh": "这个工作区第一次扩充，先做一篇：{path}。看过满意了，再运行一次做其余 {waiting} 篇；用 --limit 可以自己定数目。",
        "en": "The first run in this workspace takes one article: {path}. When you like what you see, run again for the other {waiting}, or set a number with --limit.",
    },
    "beyond-limit": {
        "zh": "另有 {waiting} 篇留到下一次（--limit）。",
        "en": "{waiting} more wait for the next run (--limit).",
    },
    "not-begun": {"zh": "没有开始，什么都没有改。", "en": "Not begun; nothing was changed."},
    "no-such-folder": {"zh": "没有这个文件夹", "en": "there is no such folder"},
    "no-answers": {
        "zh": "这个文件夹里还没有回答（*.answer.md）",
        "en": "there is no answer in this folder yet (*.answer.md)",
    },
    "nothing-chosen": {"zh": "没有要扩充的文章。", "en": "No article is to be expanded."},
    "why-excluded": {
        "zh": "扩充时不再取这 {count} 篇文章",
        "en": "{count} {count:article is|articles are} never to be expanded",
    },
    "folder-without-articles": {
        "zh": "这个文件夹里没有文章（文件头里有 status 的 .md）",
        "en": "there is no article in this folder (an .md file with a status in its front matter)",
    },
    "draft-of-one": {
        "zh": "一份草稿只写进一篇文章；请只写那一篇",
        "en": "a draft goes into one article; name that one alone",
    },
    "folder-among-notes": {
        "zh": "请选工作区以外的文件夹，否则提示词会被当作笔记",
        "en": "choose a folder outside the workspace, or the prompts would be taken for notes",
    },
    "exported": {
        "zh": "{path}：提示词在 {folder}，现在要答：{steps}",
        "en": "{path}: the prompts are in {folder}; to be answered now: {steps}",
    },
    "exported-answered": {
        "zh": "{path}：没有要答的了，现在可以导入：{command}",
        "en": "{path}: nothing is left to be answered. To take the answers in: {command}",
    },
    "plan-unusable": {
        "zh": "{path} 的计划用不上（{reason}），后面的提示词里没有它。",
        "en": "The plan for {path} cannot be used ({reason}); the later prompts are without it.",
    },
    "exported-next": {
        "zh": "把 步骤{prompt} 交给任何一个助手，回答原样存在它旁边，叫 步骤{answer}，再导出一次。详见 {path}",
        "en": "Give STEP{prompt} to any assistant, save its answer as it is beside it as STEP{answer}, and export again. More in {path}",
    },
    "report-kept": {"zh": "报告：{path}", "en": "Report: {path}"},
    "help-job-status": {
        "zh": "看正在运行（或上一次）的扩充做到哪里了，可在另一个终端用",
        "en": "how far the running job is, or the last one; works from another terminal",
    },
    "help-batch-api": {
        "zh": "请求成批提交（Claude 的 Message Batches）：半价，每批最迟一天；随时可停，再运行时取回",
        "en": "hand the requests in as Message Batches of the Claude API: half the price, up to a day for each; stop any time, run again to receive them",
    },
    "help-poll": {
        "zh": "与 --batch-api 同用：每隔几秒问一次批做完没有（默认：{default:g}）",
        "en": "with --batch-api: seconds between two looks at the batch (default: {default:g})",
    },
    "help-dry-run": {
        "zh": "只估算要多少请求和费用，不请求模型",
        "en": "estimate requests and cost only; ask no model",
    },
    "help-max-cost": {"zh": "整次运行的花费上限（美元）", "en": "the most the whole run may cost, in US dollars"},
    "help-repairs": {
        "zh": "每个部分最多修改几轮，0–2（默认：{default}）",
        "en": "the most rounds of repair for each part, 0 to 2 (default: {default})",
    },
    "help-fresh": {"zh": "不用以前收到的回答，从头再来", "en": "start again without the replies received before"},
    "help-accept": {"zh": "检查改好的草稿并写入文章", "en": "judge a hand-edited draft again and write it"},
    "help-draft": {
        "zh": "与 --accept 同用：检查哪一份草稿（默认：.wenqu/drafts 里这篇文章的）",
        "en": "with --accept: which draft to judge (default: the article's in .wenqu/drafts)",
    },
    "help-prompt-name": {
        "zh": "提示词的名字：expand.plan、expand.replan、expand.part1 … expand.part5、expand.repair、expand.continue；socratic.gold、diagnose、phrase、select、gloss；recall.grade；card.paper",
        "en": "the prompt: expand.plan, expand.replan, expand.part1 … expand.part5, expand.repair, expand.continue; socratic.gold, diagnose, phrase, select, gloss; recall.grade; card.paper",
    },
    "help-prompt-path": {
        "zh": "用哪篇文章填充（会话的提示词：笔记或问题列表；复习的：讨论文档；卡片的：来源）",
        "en": "the article to fill it with; a note or question list for those of a session, a discussion for that of a review, a source for that of a card",
    },
    "no-option": {
        "zh": "没有选项 {option}",
        "en": "There is no option {option}",
    },
    "did-you-mean": {
        "zh": "（是不是 {close}？）",
        "en": " (did you mean {close}?)",
    },
    "no-command": {
        "zh": "没有命令 {command}",
        "en": "There is no command {command}",
    },
    "folder-after": {
        "zh": "-C DIR 要写在命令之前：wenqu -C DIR {command}",
        "en": "-C DIR stands before the command: wenqu -C DIR {command}",
    },
    "options-after": {
        "zh": "选项要写在命令之后：wenqu {command} …",
        "en": "options stand after the command: wenqu {command} …",
    },
    "needs-folder": {
        "zh": "后面要写工作区的文件夹",
        "en": "name the folder of the workspace after it",
    },
    "missing": {
        "zh": "还缺 {name}",
        "en": "{name} is missing",
    },
    # An argument as sentences name it.
    "word-action": {"zh": "动作", "en": "ACTION"},
    "word-topic": {"zh": "话题", "en": "TOPIC"},
    "word-title": {"zh": "标题", "en": "TITLE"},
    "word-paper": {"zh": "论文", "en": "PAPER"},
    "bad-value": {
        "zh": "{name} 不能是“{given}”，应为：{wanted}",
        "en": "{name} cannot be “{given}”; it takes {wanted}",
    },
    "wanted-integer": {
        "zh": "整数",
        "en": "a whole number",
    },
    "wanted-number": {
        "zh": "数字",
        "en": "a number",
    },
    "wanted-range": {
        "zh": "（{range}）",
        "en": " ({range})",
    },
    "needs-value": {
        "zh": "{option} 后面要写一个值",
        "en": "{option} needs a value after it",
    },
    "needless-value": {
        "zh": "{option} 后面不写值",
        "en": "{option} takes no value",
    },
    "extra": {
        "zh": "多出来的词：{words}",
        "en": "too many words: {words}",
    },
    "exactly-one": {
        "zh": "请选其中一个",
        "en": "choose one of them",
    },
    "repair-one": {
        "zh": "请选其中一个。--metadata 修文件头：按文末引用补日期和被截断的标题，给读不出来的值加引号；--formulas 修扩充部分里编译不了的公式。",
        "en": "choose one of them. --metadata mends front matter: dates and cut titles from the citation at the end, quotes around values that cannot be read; --formulas mends added formulas that do not compile.",
    },
    "word-not-utf8": {
        "zh": "不是 UTF-8 文本，没有执行",
        "en": "is not UTF-8 text; nothing was done",
    },
    "word-blank": {
        "zh": "这里没有字（变量没有设置？），没有执行",
        "en": "says nothing (is a variable not set?); nothing was done",
    },
    "stdin-not-utf8": {
        "zh": "第 {line} 行不是 UTF-8 文本，没有采用；它之前的都已记录。转换编码后接着说：wenqu socratic --resume",
        "en": "line {line} is not UTF-8 text and was not taken; everything before it is recorded. Convert the encoding and go on with: wenqu socratic --resume",
    },
    "usage-label": {
        "zh": "用法：",
        "en": "Usage: ",
    },
    "usage-options": {
        "zh": "[选项]",
        "en": "[OPTIONS]",
    },
    "usage-wenqu": {
        "zh": "wenqu [-C DIR] [命令] [选项]",
        "en": "wenqu [-C DIR] [COMMAND] [OPTIONS]",
    },
    "arguments-label": {
        "zh": "参数",
        "en": "Arguments",
    },
    "options-label": {
        "zh": "选项",
        "en": "Options",
    },
    "examples-label": {
        "zh": "例子",
        "en": "Examples",
    },
    "help-site": {
        "zh": "把笔记做成网页：公式完好，可以搜索，不向任何别处请求",
        "en": "The notes as pages: formulas intact, searchable, with no request elsewhere",
    },
    "help-site-action": {
        "zh": "build 写到文件夹 OUT，只写变了的；serve 在本机预览，从笔记 NOTE 打开，保存即更新；check 数出 OUT 里的网页丢了什么",
        "en": "build writes to the folder OUT what has changed; serve previews on this machine, opened at NOTE, and follows each save; check counts what the pages in OUT have lost",
    },
    "help-site-place": {
        "zh": "build、check：网页的文件夹；serve：从哪份笔记打开",
        "en": "build, check: the folder of the pages; serve: the note to open",
    },
    "help-site-port": {
        "zh": "预览的端口，不写是 8765；0 由系统挑",
        "en": "the port of the preview, else 8765; 0 lets the system choose",
    },
    "help-site-strict": {
        "zh": "check：凡是列出来的，退出码都是 1",
        "en": "check: exit with 1 for everything that is listed",
    },
    "help-site-base-url": {
        "zh": "网页将发布在哪里，例如 https://me.github.io/notes/；写进 canonical 链接和 sitemap.txt",
        "en": "where the pages will be published, as https://me.github.io/notes/, for canonical links and sitemap.txt",
    },
    "group-learning": {
        "zh": "每天",
        "en": "Every day",
    },
    "group-articles": {
        "zh": "文章",
        "en": "Articles",
    },
    "group-research": {
        "zh": "研究",
        "en": "Research",
    },
    "group-pages": {
        "zh": "网页",
        "en": "Pages",
    },
    "group-start": {
        "zh": "开始与体检",
        "en": "First steps and health",
    },
    "help-end": {
        "zh": "每个命令的选项：wenqu 命令 --help。第一次用？先看 wenqu demo：离线，不到一分钟。",
        "en": "The options of a command: wenqu COMMAND --help. New here? Begin with wenqu demo: offline, less than a minute.",
    },
    "help-help": {
        "zh": "显示这份说明",
        "en": "show this text",
    },
    "help-list-json": {
        "zh": "与 --list 一起：输出 JSON",
        "en": "with --list: print JSON",
    },
    "example-socratic": {
        "zh": 'wenqu socratic  提议今天谈什么，回车就开始\nwenqu socratic Q2 Q6  问题列表里的 Q2 和 Q6\nwenqu socratic "注意力为什么要缩放"  你自己的主题\nwenqu socratic --resume  接着上次的说\nwenqu socratic --model offline  不用模型：回忆笔记\nwenqu socratic --import log.jsonl  与别的助手谈过的，导入成文\nwenqu socratic --redact 20251124-153000-9f3a:7  删去那一条原话',
        "en": 'wenqu socratic  proposes what to discuss; Enter begins\nwenqu socratic Q2 Q6  Q2 and Q6 of your question list\nwenqu socratic "why attention is scaled"  a topic of your own\nwenqu socratic --resume  go on where you stopped\nwenqu socratic --model offline  without a model: a recall notebook\nwenqu socratic --import log.jsonl  a talk with another assistant, compiled\nwenqu socratic --redact 20251124-153000-9f3a:7  take those words back',
    },
    "example-expand": {
        "zh": "wenqu expand 文章/甲.md --dry-run  先看要花多少\nwenqu expand 文章/甲.md --max-cost 1  最多花一美元\nwenqu expand --batch 7 --limit 2  进度文档第 7 批次的前两篇\nwenqu expand --batch 7 --batch-api  整批半价提交，几小时内取回\nwenqu expand --failing --max-cost 5  补全不合标准的，给出建议\nwenqu expand --accept 文章/甲.md  草稿改好了，再检查并写入",
        "en": "wenqu expand articles/one.md --dry-run  see first what it takes\nwenqu expand articles/one.md --max-cost 1  for a dollar at most\nwenqu expand --batch 7 --limit 2  the first two of batch 7 in the progress document\nwenqu expand --batch 7 --batch-api  all of it at half the price, within hours\nwenqu expand --failing --max-cost 5  complete what does not meet the standard, as proposals\nwenqu expand --accept articles/one.md  the draft is mended: judge it again and write it",
    },
    "example-check": {
        "zh": "wenqu check  整个工作区\nwenqu check 文章  一个文件夹\nwenqu check 文章/甲.md --strict  从严：问题算错误",
        "en": "wenqu check  the whole workspace\nwenqu check articles  one folder\nwenqu check articles/one.md --strict  what is wrong is an error",
    },
    "example-reconcile": {
        "zh": 'wenqu reconcile  列出不一致之处\nwenqu reconcile --accept 3f2a1c --reason "旧计划"  这一处不再提\nwenqu reconcile --write 学习进度.md  加上并更新进度块',
        "en": 'wenqu reconcile  list what is not so\nwenqu reconcile --accept 3f2a1c --reason "the old plan"  say no more of this one\nwenqu reconcile --write progress.md  add a progress block and keep it up',
    },
    "example-adopt": {
        "zh": "wenqu -C 我的笔记 adopt  在那个文件夹里",
        "en": "wenqu -C my-notes adopt  in that folder",
    },
    "typed-not-utf8": {
        "zh": "有些字不是 UTF-8 编码，已经拿掉；请看看再发送。",
        "en": "Some characters were not UTF-8 and were taken out; look it over and send it again.",
    },
}
