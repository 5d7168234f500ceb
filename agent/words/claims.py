"""Sentences of the area “claims”: what a document says, with its place, and what the files show."""

from typing import Final, Literal

SENTENCES: Final[dict[str, dict[Literal["zh", "en"], str]]] = {
    "lectures": {
        "zh": "{where} 写已完成讲座 {claimed}；{source} 里有笔记的是 {shown}（{lectures}）",
        "en": "{where} says {claimed} lectures are done; {source} holds notes for {shown} ({lectures})",
    },
    "finished": {
        "zh": "{where} 写已完成讲座 {claimed}；笔记有 {noted} 讲，但问题列表里的问题全部有讨论记录的是 {shown}（{detail}）",
        "en": "{where} says {claimed} lectures are done; {noted} have notes, but only {shown} have a record for every listed question ({detail})",
    },
    "under-way": {
        "zh": "{where} 写进行中讲座 {claimed}；有笔记而问题列表没有全部讨论完的是 {shown}（{detail}）",
        "en": "{where} says {claimed} lectures are in progress; {shown} have notes and questions without a record ({detail})",
    },
    "questions": {
        "zh": "{where} 写完成 {claimed} 题；有讨论记录的是 {shown}（{source}）",
        "en": "{where} says {claimed} questions are done; {shown} have a record ({source})",
    },
    "questions-settled": {
        "zh": "{where} 写完成 {claimed} 题；讨论过并且讲清的是 {shown}（{source}）",
        "en": "{where} says {claimed} questions are done; {shown} were discussed and settled ({source})",
    },
    "lecture-started": {
        "zh": "{where} 写 {lecture} “{claimed}”；{source} 已有 {shown} 份笔记",
        "en": "{where} calls {lecture} “{claimed}”; {source} already holds notes: {shown}",
    },
    "lecture-empty": {
        "zh": "{where} 写 {lecture} “{claimed}”；{source} 里没有它的笔记",
        "en": "{where} calls {lecture} “{claimed}”; {source} holds no notes for it",
    },
    "lecture-rows": {
        "zh": "{where} 的任务表里 {lecture} 是 {done}；{source} 里它的笔记有 {shown} 份",
        "en": "{where}: in the task table {lecture} is {done}; {source} holds notes for it: {shown}",
    },
    "milestone": {
        "zh": "{where} 里程碑写 {claimed} 项任务；第 {phase} 阶段的表格里是 {shown}",
        "en": "{where} counts {claimed} tasks for the milestone; the tables of phase {phase} hold {shown}",
    },
    "list-missing": {
        "zh": "{where} 列出 {claimed} 份文档；{source} 里有 {shown} 份，没有列出的 {missing} 份：{names}",
        "en": "{where} lists {claimed} documents; {source} holds {shown}, {missing} of them not listed: {names}",
    },
    "list-dangling": {
        "zh": "{where} 列出 {claimed}；工作区里没有这样的文件",
        "en": "{where} lists {claimed}; there is no such file in the workspace",
    },
    "contradiction-lecture-done": {
        "zh": "各处所写已完成的讲座互相矛盾：{where} 写 {claimed}，另有 {others}",
        "en": "documents disagree on the lectures done: {where} says {claimed}, others {others}",
    },
    "contradiction-lecture-todo": {
        "zh": "各处所写未完成的讲座互相矛盾：{where} 写 {claimed}，另有 {others}",
        "en": "documents disagree on the lectures to do: {where} says {claimed}, others {others}",
    },
    "contradiction-lecture-total": {
        "zh": "各处所写讲座总数互相矛盾：{where} 写 {claimed}，另有 {others}",
        "en": "documents disagree on the total of lectures: {where} says {claimed}, others {others}",
    },
    "contradiction-article-done": {
        "zh": "各处所写已完成的文章互相矛盾：{where} 写 {claimed}，另有 {others}",
        "en": "documents disagree on the articles done: {where} says {claimed}, others {others}",
    },
    "contradiction-article-todo": {
        "zh": "各处所写未完成的文章互相矛盾：{where} 写 {claimed}，另有 {others}",
        "en": "documents disagree on the articles to do: {where} says {claimed}, others {others}",
    },
    "contradiction-article-met": {
        "zh": "各处所写达标的文章互相矛盾：{where} 写 {claimed}，另有 {others}",
        "en": "documents disagree on the articles that meet the standard: {where} says {claimed}, others {others}",
    },
    "contradiction-article-total": {
        "zh": "各处所写文章总数互相矛盾：{where} 写 {claimed}，另有 {others}",
        "en": "documents disagree on the total of articles: {where} says {claimed}, others {others}",
    },
    "naming": {
        "zh": "{where} 规定讨论文件名为 {claimed}；{source} 规定 {rules}（实际：{in_use}）",
        "en": "{where} wants discussions named {claimed}; {source} wants {rules} (in use: {in_use})",
    },
    "numbered-names": {
        "zh": "{where} 把 {ordinal} 号笔记叫 {claimed}；{source} 另有叫法（实际：{in_use}；共 {count} 个序号叫法不一）",
        "en": "{where} names note {ordinal} {claimed}; {source} names it otherwise (in use: {in_use}; numbers with two names: {count})",
    },
    "stale": {
        "zh": "{where} 写最后更新 {claimed}；最近的讨论是 {shown}",
        "en": "{where} says it was last updated {claimed}; the newest discussion is of {shown}",
    },
    "record-before-work": {
        "zh": "{where} 写记录始于 {claimed}；而学习从 {shown} 才开始（{source}）",
        "en": "{where} says the record began {claimed}; the work itself began {shown} ({source})",
    },
    "record-after-git": {
        "zh": "{where} 写记录始于 {claimed}；{source} 在 {shown} 就已有这个文件",
        "en": "{where} says the record began {claimed}; {source} held the file on {shown}",
    },
    "percentage": {
        "zh": "{where} 写 {ratio} 为 {claimed}；应为 {shown}",
        "en": "{where} calls {ratio} {claimed}; it is {shown}",
    },
    "focus": {
        "zh": "{where} 焦点写“{claimed}”；{date} 的笔记（{source}）写“{shown}”",
        "en": "{where} gives the focus “{claimed}”; the note of {date} ({source}) says “{shown}”",
    },
    "articles-done": {
        "zh": "{where} 写已完成 {claimed} 篇；status: completed 的是 {shown}（另外两种“完成”：勾选 {ticked} 篇，数量达标 {met} 篇（通过 {passed}）；文件 {files}，不重复 {distinct}）",
        "en": "{where} says {claimed} articles are done; status: completed is {shown} (the other two meanings of done: ticked {ticked}, counts met {met} (passed {passed}); {files} files, {distinct} distinct)",
    },
    "articles-done-unjudged": {
        "zh": "{where} 写已完成 {claimed} 篇；status: completed 的是 {shown}（勾选 {ticked} 篇；文件 {files}，不重复 {distinct}）",
        "en": "{where} says {claimed} articles are done; status: completed is {shown} (ticked {ticked}; {files} files, {distinct} distinct)",
    },
    "articles-todo": {
        "zh": "{where} 写待扩充 {claimed} 篇；文件里 status: pending 的是 {shown}",
        "en": "{where} says {claimed} articles are waiting; {shown} files say status: pending",
    },
    "articles-total": {
        "zh": "{where} 写共 {claimed} 篇；文件有 {files} 个，不重复 {distinct} 篇",
        "en": "{where} says {claimed} articles in all; there are {files} files, {distinct} distinct articles",
    },
    "articles-met": {
        "zh": "{where} 写达标 {claimed} 篇；wenqu check 量得数量达标 {met} 篇，通过 {passed} 篇",
        "en": "{where} says {claimed} articles meet the standard; by wenqu check: counts met {met}, passed {passed}",
    },
    "batches-ticked": {
        "zh": "{where} 勾选了第 {batches} 批，共 {claimed} 篇；status: completed 的是 {shown} 篇",
        "en": "{where} ticks the batches {batches}, {claimed} articles in all; status: completed is {shown}",
    },
    "batch-size": {
        "zh": "{where} 写第 {batch} 批 {claimed} 篇；其下列出 {shown} 篇",
        "en": "{where} gives batch {batch} {claimed} articles; the list under it has {shown}",
    },
    "batch-files": {
        "zh": "{where} 第 {batch} 批列出 {claimed} 篇；有 {missing} 篇找不到文件（如 {first}）",
        "en": "{where} lists {claimed} articles in batch {batch}; {missing} have no file (such as {first})",
    },
    "bar": {
        "zh": "{where} 第 {batch} 批进度写 {claimed}；按 status 是 {shown}",
        "en": "{where} shows batch {batch} at {claimed}; by status lines it is {shown}",
    },
    "ticked": {
        "zh": "{where} 勾选了《{title}》；{source} 写 {shown}",
        "en": "{where} ticks “{title}”; {source} says {shown}",
    },
    "unticked": {
        "zh": "{where} 没有勾选《{title}》；{source} 写 {shown}",
        "en": "{where} leaves “{title}” unticked; {source} says {shown}",
    },
    "ticked-ambiguous": {
        "zh": "{where} 的《{title}》对应 {files} 个文件（{source}），status 依次为 {shown}，无法判断",
        "en": "{where}: “{title}” fits {files} files ({source}) whose status is {shown}; this cannot be decided",
    },
    "index-status": {
        "zh": "{where}：索引写 {status} 的 {count} 条，文件的 status 是 {shown}（如 {first}）",
        "en": "{where}: the index calls {count} articles {status}; their files say status: {shown} (such as {first})",
    },
    "index-dangling": {
        "zh": "{where}：索引里有 {count} 条指向不存在的文件（如 {first}）",
        "en": "{where}: {count} entries of the index name files that do not exist (such as {first})",
    },
    "index-missing": {
        "zh": "{where}：索引有 {claimed} 条，文件有 {shown} 个，其中 {missing} 个不在索引里",
        "en": "{where}: the index has {claimed} entries; of {shown} files {missing} are not in it",
    },
    "batch-range": {
        "zh": "{where} 写第 {batches} 批共 {claimed} 篇；各批相加是 {shown}",
        "en": "{where} gives batches {batches} {claimed} articles; their sizes add up to {shown}",
    },
    "bar-overall": {
        "zh": "{where} 总体进度写 {claimed}；按 status 是 {shown}",
        "en": "{where} shows {claimed} overall; by status lines it is {shown}",
    },
    "counted-list": {
        "zh": "{where} 写 {claimed} 项；其下列出 {shown} 项",
        "en": "{where} says {claimed}; the list under it has {shown}",
    },
    "column": {
        "zh": "{where} “{column}”一列合计写 {claimed}；各行相加是 {shown}",
        "en": "{where} gives the column “{column}” a total of {claimed}; its rows add up to {shown}",
    },
    "statistic": {
        "zh": "{where} 写共 {claimed}（{column}）；同一文档的表格合计是 {shown}（{source}）",
        "en": "{where} says {claimed} in all ({column}); the table of the same document adds up to {shown} ({source})",
    },
    "own-count": {
        "zh": "{where} 写“{label}”{claimed}；按同一文档各节的状态是 {shown}",
        "en": "{where} says “{label}” {claimed}; by the sections of the same document it is {shown}",
    },
    "single-article": {
        "zh": "{where} 说《{title}》有 {claimed}；{source} 量得 {shown}",
        "en": "{where} gives “{title}” {claimed}; measured in {source}: {shown}",
    },
    "tree": {
        "zh": "{where} 的目录树列出 {claimed} 份笔记；其中 {count} 份不在那里：{names}",
        "en": "{where} draws a tree of {claimed} notes; {count} of them are not there: {names}",
    },
    "to-be-created": {
        "zh": "{where} 说 {claimed} 以后才创建；它已经在了（{shown} 份笔记）",
        "en": "{where} says that {claimed} is yet to be created; it is there (notes: {shown})",
    },
    "matrix": {
        "zh": "{where} 的优先级矩阵有 {claimed} 行；专题有 {shown} 个（没有行的专题：{names}；没有专题的行：{rows}）",
        "en": "{where} has a priority matrix of {claimed} rows; there are {shown} topics (topics without a row: {names}; rows without a topic: {rows})",
    },
    "lecture-contradiction": {
        "zh": "{where} 写 {lecture} “{claimed}”；别处写 {others}",
        "en": "{where} calls {lecture} “{claimed}”; elsewhere it is {others}",
    },
    "tasks-under": {
        "zh": "{where} 写“{title}”{claimed}；其下的任务完成了 {shown}",
        "en": "{where} calls “{title}” {claimed}; of the tasks under it {shown} are done",
    },
    "listed-questions": {
        "zh": "{where} 写有 {claimed} 个问题；列表里是 {shown} 个（{source}）",
        "en": "{where} says there are {claimed} questions; the list has {shown} ({source})",
    },
    "question-done": {
        "zh": "{where} 说 {claimed} 已经讨论；没有讨论记录的是 {shown}（{source}）",
        "en": "{where} says that {claimed} was discussed; there is no record of {shown} ({source})",
    },
    "question-next": {
        "zh": "{where} 写接下来是 {claimed}；它已经有讨论记录（{source}）",
        "en": "{where} says that {claimed} comes next; it has a record already ({source})",
    },
    "question-next-unlisted": {
        "zh": "{where} 写接下来是 {claimed}；{source} 里没有这一题（有 {shown}）",
        "en": "{where} says that {claimed} comes next; {source} has no such question (it has {shown})",
    },
    "discussions": {
        "zh": "{where} 写有 {claimed} 份讨论；{source} 里有 {shown} 份",
        "en": "{where} says there are {claimed} discussions; {source} holds {shown}",
    },
    "index-size": {
        "zh": "{where} 写 {source} 有 {claimed} 条；其中列出 {shown} 条",
        "en": "{where} gives {source} {claimed} entries; it has {shown}",
    },
    "listed-sum": {
        "zh": "{where} 写 {claimed}；其下各项相加是 {shown}",
        "en": "{where} says {claimed}; the entries under it add up to {shown}",
    },
    "stale-plan": {
        "zh": "{where} 写更新于 {claimed}；最近改动的文章是 {shown}",
        "en": "{where} says it was updated {claimed}; an article was changed {shown}",
    },
    "date-impossible": {
        "zh": "{where} 的日期是 {claimed}；没有这一天",
        "en": "{where} is dated {claimed}; there is no such day",
    },
    "article-row": {
        "zh": "{where} 写《{title}》“{claimed}”；{source} 写 {shown}",
        "en": "{where} calls “{title}” “{claimed}”; {source} says {shown}",
    },
    "articles-all": {
        "zh": "{where} 写“{claimed}”；status: completed 的是 {shown}",
        "en": "{where} says “{claimed}”; status: completed is {shown}",
    },
    "date-ahead": {
        "zh": "{where} 的日期是 {claimed}；今天才 {shown}",
        "en": "{where} is dated {claimed}; today is {shown}",
    },
}
