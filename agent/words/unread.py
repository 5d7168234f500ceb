"""Sentences of the area “unread”: what of a document could not be read, or contradicts something else in it."""

from typing import Final, Literal

SENTENCES: Final[dict[str, dict[Literal["zh", "en"], str]]] = {
    "box": {"zh": "勾选框认不出：{text}", "en": "an unreadable box: {text}"},
    "code": {"zh": "代码块：{text}", "en": "a code block: {text}"},
    "count": {"zh": "写明的篇数与列出的不同：{text}", "en": "another number than are listed: {text}"},
    "date": {"zh": "读不出日期：{text}", "en": "no date can be read: {text}"},
    "entry": {"zh": "看不出是哪篇论文：{text}", "en": "no paper can be made out: {text}"},
    "front-matter": {"zh": "头信息读不出", "en": "the front matter cannot be read"},
    "long": {"zh": "这一行太长，没有读：{text}", "en": "a line too long to be read: {text}"},
    "loose": {"zh": "不是列表项：{text}", "en": "no list item: {text}"},
    "number": {"zh": "同一方向里编号重复：{text}", "en": "a number that its direction has twice: {text}"},
    "org": {
        "zh": "Org 的标题，Markdown 里不是标题，没有读：{text}",
        "en": "a headline of Org, none in Markdown, not read: {text}",
    },
    "ornament": {
        "zh": "每一项都是同样的记号，分不出读没读，不算读过：{text}",
        "en": "every item bears the same mark, which tells nothing; none counts as read: {text}",
    },
    "priority": {"zh": "优先级认不出：{text}", "en": "an unknown priority: {text}"},
    "row": {"zh": "阶段里的表格没有读：{text}", "en": "a table in a stage is not read: {text}"},
    "state": {"zh": "状态认不出：{text}", "en": "an unknown state: {text}"},
    "stray": {"zh": "不属于任何话题，没有读：{text}", "en": "of no topic, not read: {text}"},
    "table": {
        "zh": "这张表不是优先级矩阵，没有读：{text}",
        "en": "a table other than the priority matrix, not read: {text}",
    },
    "troubles": {
        "zh": "前后不一致或读不出的 {count} 处：",
        "en": "Contradictions, and what could not be read ({count}):",
    },
    "width": {
        "zh": "这一行的列数与表头不同：{text}",
        "en": "a row of another width than its head: {text}",
    },
    "year": {"zh": "年份前后不同：{text}", "en": "different years: {text}"},
}
