"""Help texts, prompts and remarks of the command line."""

from typing import Final, Literal

SENTENCES: Final[dict[str, dict[Literal["zh", "en"], str]]] = {
    "usage": {"zh": "{problem}（用 wenqu --help 查看用法）", "en": "{problem} (see wenqu --help)"},
    "interrupted": {"zh": "已中断；已有内容都已保存。", "en": "Interrupted; everything so far is saved."},
    "pause": {"zh": "{reason} 等待 {seconds:.0f} 秒后重试……", "en": "{reason} Trying again in {seconds:.0f} s …"},
    "proposals": {"zh": "\n建议的改动，共 {count} 项：", "en": "\nProposed changes, {count} in all:"},
    "ask-proposals": {
        "zh": "回车 = 全部采用；输入编号 = 暂不采用这些；n = 全部暂缓：",
        "en": "Enter = take all; numbers = leave those; n = leave all:",
    },
    "applied": {"zh": "已写入 {path}", "en": "wrote {path}"},
    "postponed": {
        "zh": "暂缓 {count} 项，随时可用 wenqu apply 处理。",
        "en": "{count} left for later; see them with wenqu apply.",
    },
    "proposal-outdated": {
        "zh": "{path} 在提出建议之后被改动，“{why}”已作废。",
        "en": "{path} has changed since this was proposed for it: “{why}”. The proposal was dropped.",
    },
    "nothing-postponed": {"zh": "没有暂缓的改动。", "en": "Nothing was put off."},
    "needs-model-offline": {
        "zh": "wenqu check、--dry-run 的估算",
        "en": "wenqu check, the estimate of --dry-run",
    },
    "help-reconcile": {
        "zh": "列出文档说法与文件实际不一致的每一处",
        "en": "list every place where a document claims otherwise than the files show",
    },
    "no-question": {"zh": "没有哪份问题列表里有这个编号", "en": "no question list has this id"},
    "nothing-to-ask": {
        "zh": "没有尚未讨论的问题；请给出主题、问题编号或笔记路径",
        "en": "no open question is left; name a topic, a question's id, or a note",
    },
    "no-sessions": {
        "zh": "还没有会话。用 wenqu socratic 开始一次。",
        "en": "No sessions yet. Begin one with: wenqu socratic",
    },
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
    "ask-go-on": {"zh": "回车 = 开始；其他 = 不做：", "en": "Enter = go on; anything else = stop:"},
    "cost": {
        "zh": "用量：输入 {input} token（其中缓存 {cached}），输出 {output} token，花费 {cost}。",
        "en": "Used {input} tokens in ({cached} from the cache), {output} tokens out, cost {cost}.",
    },
    "prompt-tokens": {"zh": "{name}：约 {count} token", "en": "{name}: about {count} tokens"},
    "help-wenqu": {
        "zh": "问渠：让 Markdown 笔记保持诚实，以提问的方式讨论并逐字记录，按检查过的标准扩充文章。不带命令时显示会话摘要。",
        "en": "wenqu keeps a Markdown workspace honest, asks Socratic questions and records every word, and expands articles to a standard that is checked. Without a command: the session-start summary.",
    },
    "help-context": {
        "zh": "会话开始的摘要：停在哪里、下一步、文档与文件哪里不一致",
        "en": "the session-start summary: where you stopped, what is next, where documents contradict the files",
    },
    "help-socratic": {
        "zh": "苏格拉底式讨论：一次一问，逐字记录，结束时生成深度讨论文档",
        "en": "a Socratic session: one question at a time, every word recorded, ending in a discussion document",
    },
    "help-expand": {
        "zh": "按标准扩充一篇文章，通过检查才写入",
        "en": "expand an article to the standard; it is written only if the gate passes",
    },
    "help-check": {
        "zh": "按标准检查文章，检查讨论、命名、位置与链接（离线）",
        "en": "judge articles by the standard; check discussions, names, places and links, offline",
    },
    "help-mark": {
        "zh": "改文章的 status；completed 必须先通过检查",
        "en": "set an article's status; completed only through the gate",
    },
    "help-restore": {
        "zh": "把 git 里原文丢失的行补回原处（先给出差异）",
        "en": "put lost lines of an original back from git (as a diff first)",
    },
    "help-original": {
        "zh": "看原文还保留多少；--accept 认可现状",
        "en": "how much of an original is kept; --accept lets it stay as it is",
    },
    "help-repair": {
        "zh": "机械修正的建议：文件头（日期、标题）或公式",
        "en": "propose mechanical repairs: of front matter (date, title) or of formulas",
    },
    "help-accept-commit": {
        "zh": "以这个提交里的原文为准，认可现状",
        "en": "let the original stay as it is, compared with this commit",
    },
    "help-reason": {"zh": "理由（会被记录）", "en": "why (it is recorded)"},
    "help-metadata": {
        "zh": "按文末引用补日期、补全标题",
        "en": "fill dates and complete titles from the citation at the end",
    },
    "help-formulas": {"zh": "修正扩充部分里编译不了的公式", "en": "mend added formulas that do not compile"},
    "help-session": {
        "zh": "核对这次会话的文档与记录",
        "en": "hold the document of a session against its record",
    },
    "help-prompt": {"zh": "显示一个渲染好的提示词及其 token 数", "en": "show a rendered prompt with its token count"},
    "help-apply": {"zh": "处理暂缓的改动", "en": "apply proposals that were put off"},
    "help-init": {"zh": "新建一个工作区", "en": "create a workspace from the starter"},
    "help-adopt": {
        "zh": "就地接管已有的笔记文件夹，只写 wenqu.toml",
        "en": "adopt an existing folder of notes in place; writes wenqu.toml only",
    },
    "help-doctor": {
        "zh": "检查凭据、模型、设置、git 与权限",
        "en": "examine credential, model, settings, git and permissions",
    },
    "help-demo": {"zh": "离线演示整个流程", "en": "show the whole job offline"},
    "help-folder": {
        "zh": "工作区文件夹（默认：向上最近的 wenqu.toml 所在处）",
        "en": "the workspace (default: the nearest folder upwards with wenqu.toml)",
    },
    "help-version": {"zh": "显示版本", "en": "show the version"},
    "help-json": {"zh": "以 JSON 输出", "en": "print JSON"},
    "help-documents": {
        "zh": "与 --write 一起：给这份文档也加上进度块",
        "en": "with --write: a document that gets the progress block too",
    },
    "help-accept-claim": {
        "zh": "接受一处不一致，直到其中某个值改变",
        "en": "accept a discrepancy until one of its values changes",
    },
    "help-write": {
        "zh": "更新进度块（wenqu:progress 标记之间）；进度条作为改动提出",
        "en": "bring the progress blocks (between the wenqu:progress markers) up to date; bars are proposed",
    },
    "help-all": {"zh": "也列出已接受的", "en": "list what was accepted too"},
    "help-yes": {"zh": "不询问，直接采用建议的改动", "en": "apply proposals without asking"},
    "help-lang": {"zh": "输出语言", "en": "language of the output"},
    "help-no-color": {"zh": "不用颜色", "en": "no colours"},
    "help-model": {"zh": "模型名称，或 offline", "en": "a model's name, or offline"},
    "help-model-command": {
        "zh": "从 stdin 读提示、向 stdout 写回答的命令",
        "en": "a command that reads the prompt on stdin and answers on stdout",
    },
    "help-standard": {"zh": "标准，如 five-part/2025-11-24", "en": "the standard, such as five-part/2025-11-24"},
    "help-paths": {
        "zh": "文件或文件夹（默认：整个工作区）",
        "en": "files or folders (default: the whole workspace)",
    },
    "help-article": {"zh": "文章的路径", "en": "the article's path"},
    "help-status": {"zh": "新的 status", "en": "the new status"},
    "help-strict": {"zh": "把所有问题都算作错误", "en": "treat every finding as an error"},
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
        "zh": "新讨论的命名，如 {{topic}}深度讨论.md",
        "en": "the name of new discussions, such as {{topic}}-discussion.md",
    },
    "help-journal": {"zh": "对话记录是否进入 git", "en": "whether session journals enter git"},
    "help-format": {"zh": "text、markdown、json 或 hook", "en": "text, markdown, json or hook"},
    "help-budget": {"zh": "摘要最多多少 token", "en": "the most tokens the summary may take"},
    "help-topic": {
        "zh": "问题编号（如 Q2）、主题或问题列表的路径；省略时从下一个未讨论的问题开始",
        "en": "a question's id (such as Q2), a topic, or the path of a question list; by default the next open question",
    },
    "help-from": {"zh": "以这篇笔记为材料", "en": "take this note as the source"},
    "help-script": {
        "zh": "逐行读取学习者的话（每行一句或一个 /命令）",
        "en": "read the learner's turns from a file, one turn or /command a line",
    },
    "help-resume": {
        "zh": "继续一次会话（不写编号则是最近未结束的一次）",
        "en": "go on with a session (without an id: the newest that has not ended)",
    },
    "help-rebuild": {
        "zh": "由记录重新生成讨论文档并显示",
        "en": "make the discussion document again from its record and show it",
    },
    "help-list": {"zh": "列出会话", "en": "list the sessions"},
    "help-dry-run": {"zh": "只估算，不请求模型", "en": "estimate only, ask no model"},
    "help-max-cost": {"zh": "花费上限（美元）", "en": "the most it may cost, in US dollars"},
    "help-repairs": {
        "zh": "每个部分最多修改几轮（0–2）",
        "en": "the most rounds of repair for each part (0 to 2)",
    },
    "help-fresh": {"zh": "不用以前收到的回答，从头再来", "en": "start again without the replies received before"},
    "help-accept": {"zh": "检查改好的草稿并写入文章", "en": "judge a hand-edited draft again and write it"},
    "help-draft": {
        "zh": "与 --accept 同用：检查哪一份草稿（默认是通常的那一份）",
        "en": "with --accept: which draft to judge (default: the usual one)",
    },
    "help-prompt-name": {"zh": "提示词的名字，如 expand.part2", "en": "the prompt's name, such as expand.part2"},
    "help-prompt-path": {"zh": "用哪篇笔记填充", "en": "the note to fill it with"},
}
