"""What went wrong and what to do about it: one sentence per exception in `agent.errors`."""

from typing import Final, Literal

SENTENCES: Final[dict[str, dict[Literal["zh", "en"], str]]] = {
    "failed": {"zh": "{reason}", "en": "{reason}"},
    "bad-argument": {"zh": "{argument}：{reason}", "en": "{argument}: {reason}"},
    "unknown-file": {
        "zh": "找不到 {path}。请核对路径（相对于工作区 {root}）。",
        "en": "There is no file {path}. Check the path (relative to the workspace {root}).",
    },
    "unknown-standard": {
        "zh": "没有叫 {name} 的标准。可用的有：{known}。",
        "en": "There is no standard {name}. Known: {known}.",
    },
    "unknown-standard-set": {
        "zh": "设置里的标准 {name} 不存在。可用的有：{known}。请改正 wenqu.toml 的 standard。",
        "en": "There is no standard {name}, as the settings call it. Known: {known}. Correct standard in wenqu.toml.",
    },
    "already-workspace": {
        "zh": "{folder} 已经是工作区（有 wenqu.toml）。要重新识别，先移走 wenqu.toml；要改设置，直接编辑它。",
        "en": "{folder} is a workspace already (it holds wenqu.toml). Edit that file to change settings, or move it away to adopt again.",
    },
    "nothing-to-adopt": {
        "zh": "{folder} 里没有 Markdown 笔记可以接管。新建工作区用 wenqu init。",
        "en": "{folder} holds no Markdown notes to adopt. Create a workspace with: wenqu init",
    },
    "folder-not-empty": {
        "zh": "{folder} 已经存在而且不是空文件夹，没有改动任何内容。换一个位置，或用 wenqu adopt 接管已有的笔记。",
        "en": "{folder} exists and is not an empty folder; nothing was changed. Name another place, or take over existing notes with: wenqu adopt",
    },
    "not-an-article": {
        "zh": "{path} 不是文章：文章是文件头里有 status 一行的 Markdown 文件。",
        "en": "{path} is not an article: an article is a Markdown file whose front matter has a status line.",
    },
    "unknown-session": {
        "zh": "没有编号为 {sid} 的会话。用 wenqu socratic --list 查看已有会话。",
        "en": "There is no session {sid}. List the sessions with: wenqu socratic --list",
    },
    "session-ended": {
        "zh": "会话 {sid} 已经结束。用 wenqu socratic --rebuild {sid} 查看它的文档，用 wenqu apply 写下还没写下的改动。",
        "en": "Session {sid} has ended. See its document with: wenqu socratic --rebuild {sid}, and write what was not written yet with: wenqu apply",
    },
    "no-open-session": {
        "zh": "没有未结束的会话。用 wenqu socratic 开始一次，用 wenqu socratic --list 查看已有会话，用 wenqu apply 写下还没写下的改动。",
        "en": "No unfinished session. Begin one with: wenqu socratic, list them with: wenqu socratic --list, or write what was not written yet with: wenqu apply",
    },
    "no-workspace": {
        "zh": "{folder} 及其上层文件夹里没有 wenqu.toml。新建工作区用 wenqu init，接管已有笔记用 wenqu adopt，想先看看用 wenqu demo。",
        "en": "Neither {folder} nor a folder above it holds wenqu.toml. Create a workspace with `wenqu init`, take over existing notes with `wenqu adopt`, or look first with `wenqu demo`.",
    },
    "settings-invalid": {
        "zh": "设置文件 {path} 无效，请改正后重试。读到的问题：{reason}",
        "en": "The settings file {path} is invalid; correct it and try again. What was found: {reason}",
    },
    "not-utf8": {
        "zh": "{path} 从第 {byte} 字节起不是 UTF-8 文本。请先转换编码；文件没有改动。",
        "en": "{path} is not UTF-8 text (from byte {byte}). Convert it first; the file was not touched.",
    },
    "stdin-not-utf8": {
        "zh": "第 {line} 行不是 UTF-8 文本，没有记录",
        "en": "line {line} is not UTF-8 text; nothing was recorded",
    },
    "unreadable": {
        "zh": "无法读取 {path}：{reason}。",
        "en": "Cannot read {path}: {reason}.",
    },
    "site-in-the-way": {
        "zh": "{path} 不是本程序写的，没有改动任何文件。把它移走，或把页面写到 {folder} 以外的文件夹。",
        "en": "{path} was not written by this program; nothing was changed. Move it away, or name another folder than {folder}.",
    },
    "site-unwritable": {
        "zh": "无法写入网页 {path}：{reason}。笔记没有改动；先写好的网页留在那里，再写一次就会补齐。",
        "en": "Cannot write the page {path}: {reason}. No note was changed; pages written before it stay, and the next build completes them.",
    },
    "site-interrupted": {
        "zh": "已中断。笔记没有改动；先写好的网页留在那里，再写一次就会补齐。",
        "en": "Interrupted. No note was changed; pages written until then stay, and the next build completes them.",
    },
    "unwritable": {
        "zh": "无法写入 {path}：{reason}。什么都没有改动。",
        "en": "Cannot write {path}: {reason}. Nothing was changed.",
    },
    "outside-workspace": {
        "zh": "{path} 不在工作区 {root} 里（或在它的 .git 里），不读也不写。",
        "en": "{path} lies outside the workspace {root} (or in its .git); it is neither read nor written.",
    },
    "changed-on-disk": {
        "zh": "{path} 在读取之后被改动，已保留磁盘上的版本；本次结果存为 {beside}。",
        "en": "{path} was changed after it was read; the version on disk stays, ours was put beside it as {beside}.",
    },
    "locked": {
        "zh": "{name} 正被另一个进程使用（{holder}）。等它结束后再试。",
        "en": "{name} is in use by another process ({holder}). Try again when it has ended.",
    },
    "note-invalid": {
        "zh": "{path}:{line} 的文件头没法用，请先修正这一行：{reason}。",
        "en": "{path}:{line} has front matter that cannot be used. Mend that line first: {reason}.",
    },
    "net-refused": {"zh": "那里没有服务", "en": "connection refused"},
    "net-none": {"zh": "没有网络连接", "en": "no network leads there"},
    "net-no-host": {"zh": "找不到这个主机名", "en": "its name is not known"},
    "no-record": {
        "zh": "这一行不是第 {number} 条记录；从备份或 git 里恢复这个文件",
        "en": "this line is not record {number}; bring the file back from a backup or from git",
    },
    "disk-denied": {"zh": "没有权限", "en": "permission denied"},
    "disk-missing": {"zh": "没有这个文件", "en": "there is no such file"},
    "disk-folder": {"zh": "它是文件夹", "en": "it is a folder"},
    "disk-not-folder": {"zh": "路径里有一段不是文件夹", "en": "a part of the path is not a folder"},
    "disk-special": {"zh": "它不是普通文件", "en": "it is not a regular file"},
    "disk-link": {"zh": "它是一个链接", "en": "it is a link"},
    "disk-large": {"zh": "文件太大", "en": "it is too large"},
    "disk-full": {"zh": "磁盘或配额满了", "en": "the disk or the quota is full"},
    "disk-read-only": {"zh": "磁盘只能读", "en": "the disk is read-only"},
    "disk-long-name": {"zh": "名字太长", "en": "its name is too long"},
    "disk-name-bytes": {"zh": "名字不是 UTF-8", "en": "its name is not UTF-8"},
    "fault-at": {"zh": "第 {line} 行第 {column} 列：{what}", "en": "line {line}, column {column}: {what}"},
    "fault-encoding": {
        "zh": "这里起不是 UTF-8 文本；请转换成 UTF-8",
        "en": "from here on it is not UTF-8 text; convert it to UTF-8",
    },
    "fault-bracket": {"zh": "括号没有配对", "en": "a bracket is not closed"},
    "fault-quote": {"zh": "引号没有配对", "en": "a quotation mark is not closed"},
    "fault-colon": {
        "zh": "值里有冒号加空格，或上一行没有写完",
        "en": "a value holds a colon and a blank, or the line above is not complete",
    },
    "fault-no-colon": {"zh": "这里要有“键: 值”的冒号", "en": "a colon is missing, as in “key: value”"},
    "fault-no-equals": {"zh": "这里要写成“键 = 值”", "en": "it should be “key = value”"},
    "fault-value-ends": {
        "zh": "值在这里已经结束，后面还有字，或缩进不齐",
        "en": "the value ends here and more follows it, or the indent differs",
    },
    "fault-unquoted": {
        "zh": "值里的引号、冒号或开头的符号在 YAML 里另有意思；把整个值放进一对单引号，值里若有 '，每个写成 ''；也可以运行 wenqu repair --metadata，由它加上",
        "en": "a quotation mark, a colon or the first sign of the value means something else in YAML; put the whole value in a pair of single quotes, and write each ' within it as ''; or run wenqu repair --metadata, which does so",
    },
    "fault-more": {
        "zh": '值在这里已经结束，后面还有字；文字要整个放进一对双引号，其中的 " 写成 \\"，\\ 写成 \\\\',
        "en": 'the value ends here and more follows it; text goes whole into a pair of double quotes, " within it is \\" and \\ is \\\\',
    },
    "fault-tab": {"zh": "缩进用了制表符；请改用空格", "en": "a tab indents the line; use blanks"},
    "fault-sign": {
        "zh": "值不能以这个符号开头",
        "en": "a value cannot begin with this sign",
    },
    "fault-escape": {
        "zh": "双引号里的反斜杠要写两个",
        "en": "within double quotes a backslash is written twice",
    },
    "fault-control": {"zh": "有看不见的控制字符；请删去", "en": "there is an invisible control character; delete it"},
    "fault-alias": {
        "zh": "不读 YAML 的别名、标签和过深的嵌套",
        "en": "YAML aliases, tags and deep nesting are not read",
    },
    "fault-date": {"zh": "没有这样的日期或数字", "en": "there is no such date or number"},
    "fault-list": {"zh": "列表的“- ”没有对齐或位置不对", "en": "the “- ” of a list is not aligned or out of place"},
    "lines-of-value": {
        "zh": "{name} 和它的值要写在同一行上，不能跨行",
        "en": "{name} and its value belong on one line of their own",
    },
    "fault-twice": {"zh": "同一个键写了两次", "en": "a key is written twice"},
    "fault-bare-value": {"zh": "文字的值要加引号", "en": "a value that is text needs quotes"},
    "fault-json": {"zh": "不是有效的 JSON", "en": "it is not valid JSON"},
    "fault-mapping": {"zh": "不是一行行的“键: 值”", "en": "it does not consist of lines “key: value”"},
    "fault-long": {"zh": "文件头太长，没有读", "en": "the front matter is too long and was not read"},
    "fault-none": {"zh": "没有文件头", "en": "there is no front matter"},
    "fault-unclosed": {"zh": "文件头没有结束的一行", "en": "the front matter has no closing line"},
    "fault-syntax": {"zh": "写法不对", "en": "it is not well formed"},
    "original-lost": {
        "zh": "拒绝写入 {path}：原文第 {line} 行会被改动或丢失。",
        "en": "Refused to write {path}: line {line} of the original would be changed or lost.",
    },
    "would-shrink": {
        "zh": "拒绝写入 {path}：{lines} 行中会丢失 {lost} 行。",
        "en": "Refused to write {path}: {lost} of its {lines} lines would be lost.",
    },
    "leaves-out": {
        "zh": "{path} 的修改漏掉了 {pieces}，没有采用。",
        "en": "The repair of {path} leaves out {pieces}; it is not taken.",
    },
    "no-credential": {
        "zh": "没有可用的模型凭据。设置 ANTHROPIC_API_KEY，或用 --model-command 指定命令，或用 --model offline。",
        "en": "No model credential was found. Set ANTHROPIC_API_KEY, name a command with --model-command, or use --model offline.",
    },
    "needs-model": {
        "zh": "{command} 需要模型：设置 ANTHROPIC_API_KEY 或用 --model-command。离线可用：{offline}。",
        "en": "{command} needs a model: set ANTHROPIC_API_KEY or use --model-command. Offline you can use: {offline}.",
    },
    "model-timeout": {
        "zh": "模型 {model} 在 {seconds:g} 秒内没有回答。已有内容都已保存，稍后重试。",
        "en": "The model {model} did not answer within {seconds:g} seconds. Everything so far is saved; try again later.",
    },
    "model-unreachable": {
        "zh": "连接不上模型服务 {where}：{reason}。请检查网络与 base_url。",
        "en": "Cannot reach the model service {where}: {reason}. Check the network and base_url.",
    },
    "model-refused": {
        "zh": "模型服务拒绝了请求（{status} {type}）：{reason}",
        "en": "The model service refused the request ({status} {type}): {reason}",
    },
    "model-incomplete": {
        "zh": "模型 {model} 的回答中断了（{reason}），不予采用。已有内容都已保存，稍后重试。",
        "en": "The reply of {model} broke off ({reason}) and was not used. Everything so far is saved; try again later.",
    },
    "model-unanswered": {
        "zh": "批里的这次请求没有得到回答（{ending}）。再次运行会重新提交。",
        "en": "This request of the batch was not answered ({ending}). Run again to hand it in anew.",
    },
    "batch-unsettled": {
        "zh": "批 {batch} 的结果没有取全（{received}/{wanted}）。收到的都存好了，账本记着这一批，没有重新提交；稍后再运行同一条命令来取。确定不要了，加上 --fresh。",
        "en": "The results of the batch {batch} did not all arrive ({received} of {wanted}). What came is saved, the batch stays recorded and was not handed in again: run the same command later to receive the rest, or with --fresh to give it up.",
    },
    "model-garbage": {
        "zh": "模型 {model} 的回答不符合要求的格式：{reason}。可重试或换一个模型。",
        "en": "The reply of {model} does not have the form asked for: {reason}. Try again or use another model.",
    },
    "answer-empty": {"zh": "回答是空的", "en": "the answer is empty"},
    "answer-long": {"zh": "回答超过 {most} KiB，太长了", "en": "the answer is longer than {most} KiB"},
    "answer-encoding": {"zh": "第 {byte} 个字节起不是 UTF-8", "en": "it is not UTF-8 from byte {byte} on"},
    "command-empty": {"zh": "命令是空的", "en": "the command is empty"},
    "command-missing": {"zh": "找不到这个命令", "en": "there is no such command"},
    "command-silent": {"zh": "它没有说原因", "en": "it did not say why"},
    "model-command-failed": {
        "zh": "模型命令“{command}”失败（退出码 {code}）：{reason}",
        "en": "The model command “{command}” failed (exit code {code}): {reason}",
    },
    "git-failed": {
        "zh": "git {command} 失败：{reason}",
        "en": "git {command} failed: {reason}",
    },
    "prompt-missing": {
        "zh": "没有名为 {name} 的提示词。可用的有：{known}。",
        "en": "There is no prompt named {name}. Known: {known}.",
    },
}
