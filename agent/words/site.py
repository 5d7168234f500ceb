"""What the pages say around the notes, and what `wenqu site` says."""

from typing import Final, Literal

SENTENCES: Final[dict[str, dict[Literal["zh", "en"], str]]] = {
    "skip": {"zh": "跳到正文", "en": "Skip to the text"},
    "top": {"zh": "回到页首", "en": "Back to the top"},
    "nav": {"zh": "全站", "en": "Site"},
    "search": {"zh": "搜索", "en": "Search"},
    "articles": {"zh": "文章", "en": "Articles"},
    "notes": {"zh": "笔记", "en": "Notes"},
    "discussions": {"zh": "讨论", "en": "Discussions"},
    "status": {"zh": "进展", "en": "Progress"},
    "tags": {"zh": "标签", "en": "Tags"},
    "words": {"zh": "{count} 字", "en": "{count} words"},
    "formulas": {"zh": "{count} 个公式", "en": "{count} formulas"},
    "verdict-passed": {"zh": "通过标准", "en": "passes the standard"},
    "verdict-counts-met": {"zh": "数量达标，尚未通过", "en": "counts met, not passed yet"},
    "verdict-not-met": {"zh": "未达标准", "en": "does not meet the standard"},
    "unpublished": {
        "zh": "草稿，只在预览里：wenqu site build 不把它写成网页",
        "en": "A draft, in the preview alone: wenqu site build writes no page of it",
    },
    "draft": {"zh": "草稿", "en": "draft"},
    "no-status": {"zh": "文件头里没有 status，不算文章", "en": "no article: its front matter has no status"},
    "findings": {"zh": "检查出 {count} 处", "en": "Findings of the check: {count}"},
    "finding": {"zh": "第 {line} 行：{sentence}", "en": "line {line}: {sentence}"},
    "mended": {
        "zh": "（这一页按它多半的意思排了出来）",
        "en": " (set on this page as it is probably meant)",
    },
    "contents": {"zh": "目录", "en": "Contents"},
    "broken": {"zh": "有 {count} 个公式排不出来", "en": "Formulas that cannot be set: {count}"},
    "broken-line": {"zh": "第 {line} 行：{reason}", "en": "line {line}: {reason}"},
    "series": {"zh": "系列：{name}", "en": "Series: {name}"},
    "turn": {"zh": "前后", "en": "Before and after"},
    "bars-articles": {"zh": "文章", "en": "Articles"},
    "bars-lectures": {"zh": "讲座：有讨论记录的问题", "en": "Lectures: questions with a record"},
    "bars-batches": {"zh": "批次：标为 completed 的文章", "en": "Batches: articles marked completed"},
    "bars-topics": {"zh": "主题：标为 completed 的文章", "en": "Topics: articles marked completed"},
    "bars-todo": {"zh": "研究TODO", "en": "Research TODO"},
    "bar-completed": {"zh": "标为 completed", "en": "marked completed"},
    "bar-counts-met": {"zh": "数量达标", "en": "counts met"},
    "bar-passed": {"zh": "通过检查", "en": "passed the check"},
    "bar-lecture": {"zh": "第 {number} 讲 {title}", "en": "Lecture {number}: {title}"},
    "bar-batch": {"zh": "第 {number} 批", "en": "Batch {number}"},
    "bar-boxes": {"zh": "勾掉的待办", "en": "boxes ticked"},
    "search-none": {"zh": "没有找到。", "en": "Nothing found."},
    "search-some": {"zh": "{count} 页", "en": "Pages: {count}"},
    "search-most": {
        "zh": "找到 {count} 页，这里是前 {shown} 页；多写一个词，就找得更准",
        "en": "Pages: {count}, of which the first {shown} are here; one more word finds fewer",
    },
    "search-failed": {
        "zh": "有 {count} 个文件没能载入，里面的正文没有搜。",
        "en": "Files that could not be loaded: {count}; their texts were not searched.",
    },
    "search-script": {
        "zh": "搜索在你的浏览器里进行，需要打开 JavaScript。",
        "en": "The search runs in your browser and needs JavaScript.",
    },
    "bad-folder": {
        "zh": "页面要写到一个单独的文件夹里：里面不能有笔记，也不能在 .wenqu 或 .git 里",
        "en": "the pages need a folder of their own, which neither holds notes nor lies in .wenqu or .git",
    },
    "no-folder": {"zh": "这是一个文件，不是文件夹", "en": "this is a file, not a folder"},
    "anothers": {
        "zh": "这里像是另一个工作区的网页，其中 {count} 页会被删掉；换一个文件夹，或先把这个文件夹删掉",
        "en": "these seem to be another workspace's pages, {count} of which would be removed; name another folder, or remove this one first",
    },
    "leftover": {
        "zh": "笔记已经不在、或不再发布的网页 {count} 个（wenqu site build {folder} 删掉它们）：",
        "en": "Pages whose notes are gone or no more to be published: {count} (wenqu site build {folder} removes them)",
    },
    "no-home": {
        "zh": 'site.home = "{note}"：没有这份笔记，或者它读不了、是草稿、被 git 忽略',
        "en": 'site.home = "{note}": there is no such note, or it is a draft, is ignored by git or cannot be read',
    },
    "no-page": {"zh": "没有这一页。", "en": "There is no such page."},
    "bad-base-url": {
        "zh": "网址以 http:// 或 https:// 开头，例如 https://example.org/notes",
        "en": "an address begins with http:// or https://, for example https://example.org/notes",
    },
    "no-use": {
        "zh": "wenqu site {action} 用不到这个选项",
        "en": "wenqu site {action} has no use for this option",
    },
    "needs-folder": {
        "zh": "哪个文件夹？例如 wenqu site {action} site",
        "en": "which folder? For example: wenqu site {action} site",
    },
    "no-site": {
        "zh": "这里没有 wenqu 写的网页；先 wenqu site build",
        "en": "no pages of wenqu's lie here; first wenqu site build",
    },
    "port-taken": {
        "zh": "这个端口用不了；换一个，或用 --port 0 让系统挑一个",
        "en": "this port cannot be had; name another, or let the system choose with --port 0",
    },
    "serving": {
        "zh": "{address}\n只在这台机器上；保存笔记，网页就更新；Ctrl-C 结束。",
        "en": "{address}\nOn this machine only; save a note and the page follows; Ctrl-C ends.",
    },
    "served": {"zh": "预览结束。", "en": "The preview has ended."},
    "built": {
        "zh": "{pages} 页，{formulas} 个公式，写了 {written} 个文件，删了 {removed} 个 → {folder}",
        "en": "Pages: {pages}, formulas: {formulas}, files written: {written}, removed: {removed} → {folder}",
    },
    "ignored": {
        "zh": "git 忽略的笔记 {count} 篇没有写成网页（.gitignore 里写着；wenqu site serve 里看得到）",
        "en": "Notes that git ignores, without a page: {count} (.gitignore names them; wenqu site serve shows them)",
    },
    "drafts": {
        "zh": "草稿 {count} 篇没有写成网页（文件头里有 draft: true 一类；wenqu site serve 里看得到）",
        "en": "Drafts without a page: {count} (their front matter has draft: true or the like; wenqu site serve shows them)",
    },
    "unread": {
        "zh": "没能读取、所以没有网页的 {count} 个（wenqu context 说明原因）：",
        "en": "Could not be read and have no page: {count} (wenqu context says why)",
    },
    "lost-formulas": {"zh": "排不出来的公式 {count} 个：", "en": "Formulas that cannot be set: {count}"},
    "lost-others": {
        "zh": "此外没有照样显示的链接、图片和引用 {count} 处（wenqu site check 逐条列出）",
        "en": "Besides, links, images and references not shown as written: {count} (wenqu site check lists them)",
    },
    "checked": {
        "zh": "{notes} 篇笔记，{formulas} 个公式，{lost} 篇的公式不完整 ← {folder}",
        "en": "Notes: {notes}, formulas: {formulas}, notes whose formulas are not whole: {lost} ← {folder}",
    },
    "lost": {
        "zh": "  {path}：笔记里 {in_note} 个公式，网页里 {in_page} 个，其中混进标签的 {tagged} 个",
        "en": "  {path}: formulas in the note {in_note}, in the page {in_page}, with tags inside {tagged}",
    },
    "stale": {
        "zh": "和笔记不一致的网页 {count} 个（wenqu site build {folder} 重写）：",
        "en": "Pages that differ from their notes: {count} (wenqu site build {folder} writes them anew):",
    },
    "check-broken": {
        "zh": "排不出来、原样显示的公式 {count} 个：",
        "en": "Formulas that cannot be set and are shown as typed: {count}",
    },
    "check-miscounted": {
        "zh": "两种数法说法不一、可能没排成公式的 {count} 处：",
        "en": "What only one of the two counts takes for a formula, so that it may be lost: {count}",
    },
    "check-formula": {
        "zh": "写在地址或图片说明里、没有作为公式显示的 {count} 个：",
        "en": "Formulas in addresses or words of images, not shown as formulas: {count}",
    },
    "check-display-unclosed": {"zh": "没有收尾的公式 {count} 个：", "en": "Formulas without an end: {count}"},
    "check-delimiters": {
        "zh": "写成 \\(…\\) 或 \\[…\\]、没有当作公式的 {count} 处（改写成 $…$ 或 $$…$$）：",
        "en": "Written as \\(…\\) or \\[…\\], which is no formula here: {count} (write $…$ or $$…$$)",
    },
    "check-dollar": {
        "zh": "$ 不成对、可能漏写了一个的 {count} 处：",
        "en": "Where a $ has no partner, or the wrong one, so that one may be missing: {count}",
    },
    "check-link": {"zh": "没有去处的链接 {count} 处：", "en": "Links that lead nowhere: {count}"},
    "check-anchor": {
        "zh": "指向不存在的位置的链接 {count} 处：",
        "en": "Links to places that pages do not have: {count}",
    },
    "check-reference": {
        "zh": "引用了没有标号的公式 {count} 处：",
        "en": "References to formulas without a label: {count}",
    },
    "check-command": {
        "zh": "没有定义、当作文字排出的命令 {count} 个：",
        "en": "Commands that nobody declared, set as words: {count}",
    },
    "check-image": {
        "zh": "不在这里、或 git 忽略的图片 {count} 处：",
        "en": "Images that are not here, or that git ignores: {count}",
    },
    "check-remote-image": {
        "zh": "别处的图片，网页上只有通向它的链接，{count} 处：",
        "en": "Images elsewhere, of which pages have a link alone: {count}",
    },
    "more": {"zh": "  还有 {count} 个", "en": "  and {count} more"},
}
