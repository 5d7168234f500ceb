"""What of a line its author asserts: no quotation, denial, condition, plan or question, and nothing about other texts.

A number in such words is no claim about the work, and nobody is to be told that it is wrong.
"""

import re
from typing import Final

from agent.notes.lines import Line

_QUOTED: Final = re.compile(r"`[^`\n]+`|\$[^$\n]+\$|~~[^~\n]+~~|<!--[^<\n]*-->|“[^“”\n]+”|「[^「」\n]+」|\"[^\"\n]+\"")
_QUOTES: Final = frozenset('`$~<“「"')
# `status: completed` or “12” names a status or a number; it quotes no sentence.
_BARE: Final = re.compile(r"(?i)\W*(?:status\W+)?(?:completed|pending|done|已完成|待扩充|\d+)?\W*")
_LABELLED: Final = re.compile(r"(?i)[ \t>*-]*[^：:>\n，。,]{1,20}(?<!说|道|写)(?<!say)(?<!said)[*]*[：:]")
_CLAUSE: Final = re.compile(r"[，,。；;！!？?：:|（(]")
_SENTENCE: Final = re.compile(r"[。；;！!？?]|\.(?=\s|$)")
_DENIED: Final = re.compile(
    r"(?i)没|尚未|并未|还未|从未|并非|不[是算再到足]|\bnot\b|n['’]t\b|\bnever\b|\bno longer\b"
    r"|(?:约|近|大概|差不多|至少|超过|多于|少于|\babout|\baround|\bnearly|\balmost|\bat least|\bmore than|\bover"
    r"|\broughly|\bunder)[ \t]*$"
)
_SUPPOSED: Final = re.compile(
    r"(?i)如果|假如|假设|要是|倘若|一旦|若(?!干)|除非|等到|例如|比如|原计划|本该|不可能|谁说"
    r"|\bif\b|\bunless\b|\bonce\b|\bwhen\b|\bfor example\b"
)
_THEN: Final = re.compile(r"[ \t]*(?:以后|之后|以前|之前|后|前|就|时|才|的话)")
_PLANNED: Final = re.compile(
    r"(?i)计划|打算|争取|力争|准备|希望|预计|想|\b(?:plan|want|hope|aim|will|must|should|to (?:be|get|have))\b"
    r"|(?:要|将|需|应该?)[ \t]*$"
)
_WRONG: Final = re.compile(r"(?i)的说法|是错的|不属实|是假的|\b(?:is|was|are|were) (?:wrong|false|untrue)\b|吗|[?？]")
_IN_A_PERIOD: Final = re.compile(
    r"(?i)今[天日早晚年]|昨[天日晚]|前天|[去前]年|[本上这每][周月次季年天日批]|第[^，。\s]{1,3}[周天月]|\d[ \t]?[年月]"
    r"|新增|(?:[又再新]|刚刚?)[ \t]*$|\btoday\b|\byesterday\b"
    r"|\b(?:this|last|per|each|every|a) (?:day|week|month|year)\b"
)
_UP_TO_NOW: Final = re.compile(r"(?i)截[至止]|到今|至今|累计|总共|\bso far\b|\bas of\b|\buntil now\b")
_OTHER: Final = (
    r"参考文章|推荐文章|引用文章|论文|文献|笔记|讨论|问答|日记|周报|作业|报告|书评|译文|随笔|小说|新闻|待读|必读|阅读"
    r"|初稿|草稿|大纲|摘要|翻译|校对|\bpapers?\b|\bbooks?\b|\breferences?\b|\bdiscussions?\b|\bnotes\b|\breading\b"
)
_NOUN: Final = re.compile(rf"(?i)(?P<other>{_OTHER})|文章|博文|\barticles?\b")
_OTHER_BEHIND: Final = re.compile(rf"(?i)[^\W\d]{{0,6}}?(?:{_OTHER})")
_ANOTHER_HAS: Final = re.compile(
    r"(?i)(?:博客(?!文章)|网站|专栏|公众号|知乎|期刊|作者|RSS|订阅|收藏夹?|标签|》|\b(?:blog|site|journal|author|newsletter"
    r"|reading list)\b)[^，。；;,|：:]{0,6}(?:[有共]|\bhas\b|\bhad\b|\bholds\b|\bcontains\b|\blists\b)"
)
_SOME_BEFORE: Final = re.compile(
    r"(?i)(?:(?<![目之以])[前后这那首从]|\b(?:these|those|next|first|last|new|other))[ \t]*$"
)
_SOME_BEHIND: Final = re.compile(
    r"(?i)(?:博客)?(?:文章)?[ \t]*(?:关于|有关|讲|提到|讨论|涉及|引用|用到|包含|没|缺|需|的"
    r"|\b(?:on|about|that|which|with|mention|cite|lack|need)\b)"
)
# “- 优化理论：共 25 篇” is about that topic, “- 进度：共 25 篇” about all.
_A_TOPIC: Final = re.compile(
    r"(?i)[ \t]*(?:[-*+]|\d{1,3}[.)])[ \t]+"
    r"(?![^：:]*(?:[文总进现目状规全数扩完统]|article|progress|status|total|done|so far))[^：:|]{1,40}[：:][* \t]*$"
)


def asserted(line: Line) -> str:
    """Return the text of a line with blanks for what it quotes or strikes out; "" for a block quotation.

    A labelled value in one, `> **更新时间**：2025-11-24`, is the document's own.
    """
    if line.text.lstrip().startswith(">") and not _LABELLED.match(line.text):
        return ""
    if _QUOTES.isdisjoint(line.text):
        return line.text
    return _QUOTED.sub(lambda quoted: quoted[0] if _BARE.fullmatch(quoted[0]) else " " * len(quoted[0]), line.text)


def is_asserted(text: str, start: int, end: int) -> bool:
    """Say whether `text` asserts what stands in [start, end) of it."""
    before, behind = text[:start], text[end:]
    clause, sentence = _CLAUSE.split(before)[-1], _SENTENCE.split(before)[-1]
    stop = _SENTENCE.search(behind)
    ending = behind[: stop.end()] if stop else behind
    if _DENIED.search(clause) or _SUPPOSED.search(sentence) or _THEN.match(behind) or _WRONG.search(ending):
        return False
    return "已" in f"{clause}{text[start:end]}" or not _PLANNED.search(clause)


def is_of_a_period(text: str, start: int, end: int) -> bool:
    """Say whether what stands in [start, end) is the work of a day or a week, and no total."""
    clause, rest = _CLAUSE.split(text[:start])[-1], _CLAUSE.split(text[end:], maxsplit=1)[0]
    return not _UP_TO_NOW.search(clause) and bool(_IN_A_PERIOD.search(clause) or _IN_A_PERIOD.search(rest))


def is_denied(text: str) -> bool:
    """Say whether anything in `text` is denied."""
    return bool(_DENIED.search(text))


def is_of_articles(text: str, start: int, end: int, heading: str) -> bool:
    """Say whether a number of texts in [start, end), `30 篇`, counts all articles, not papers, notes or another's blog.

    What the texts are stands behind the number, else before it in the sentence, else in the `heading` above.
    """
    sentence = _SENTENCE.split(text[:start])[-1]
    whose = sentence + text[start:end]
    if _OTHER_BEHIND.match(text, end) or _SOME_BEHIND.match(text, end) or _ANOTHER_HAS.search(whose):
        return False
    if (text[start].isdigit() and _SOME_BEFORE.search(text[:start])) or _A_TOPIC.match(text[:start]):
        return False
    nearest = _NOUN.match(text[end:].lstrip()) or _last(text[start:end]) or _last(sentence) or _last(heading)
    return nearest is None or nearest["other"] is None


def _last(text: str) -> re.Match[str] | None:
    return max(_NOUN.finditer(text), key=re.Match.start, default=None)
