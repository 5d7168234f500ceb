"""Claims about questions and discussions: how many there are, which have a record, which comes next."""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from agent.bookkeeping.counts import QuestionFacts
from agent.bookkeeping.discrepancy import Fact, Held, claim_at, held
from agent.bookkeeping.documents import Documents, StateDocument
from agent.bookkeeping.facts import Facts
from agent.notes.discussion import POINTS_ELSEWHERE, question_ids
from agent.notes.lines import Line, heading_of, sections
from agent.notes.progress import lecture_number, lecture_of

_QUESTIONS: Final = re.compile(
    r"(?<![\d~≥+-])(?P<number>\d{1,3})[ \t]*(?:"
    r"个(?:精心设计的|高质量的?|苏格拉底式的?|引导性的?|引导|深度|思考|核心){1,3}问题|道(?:思考|讨论|深度)?题"
    r"|[ \t](?:guiding|deep|socratic|discussion)[ \t]questions)",
    re.IGNORECASE,
)
_DISCUSSIONS: Final = re.compile(
    r"(?:[共现已]有|共计?|总计|累计|已完成|完成了?|全部|目前)[^\d。；;,，~约]{0,6}(?P<number>\d{1,4})[ \t]*"
    r"(?:份|个|篇|次)(?:深度|技术|苏格拉底式?)*讨论"
    r"|(?:讨论(?:文档|记录)?(?:总?数量?|总计|共计?)?|\bdiscussions?(?: documents?)?)"
    r"(?:\*\*)?[ \t]*[:：|][ \t]*(?:\*\*)?(?P<behind>\d{1,4})(?![\d/.-])[ \t]*(?:份|个|篇)?",
    re.IGNORECASE,
)
_NEW: Final = re.compile(r"(?i)新增|今日|今天|本周|本次|待|计划|目标|\bnew\b|\btoday\b|\bthis week\b|\bgoals?\b")
_DONE: Final = re.compile(r"✅|☑|\[[xX]\]|已完成|完成|\b(?:done|completed)\b", re.IGNORECASE)
_TALKED: Final = re.compile(r"(?i)讨论|回答|答完|\bdiscuss|\banswer|\brecord")
_NAMES_ONE: Final = re.compile(r"Q\d")
_NEXT: Final = re.compile(
    r"(?i)(?:下一个?|待进入下一|接下来的?|当前)(?:问题|题|步)|\b(?:next|current) question\b|\bnext\b\**[ \t]*[:：]"
)
_IS_NEXT: Final = re.compile(r"\bQ\d{1,3}(?=[ \t]+(?:is|comes)[ \t]+next\b)")
_NONE_LEFT: Final = re.compile(r"(?i)[\s:：*]*(?:是|为|is)?[\s:：*]*(?:无|没有|none\b)")
_STEPS: Final = re.compile(r"(?i)下一步|next steps?")
_TO_DISCUSS: Final = re.compile(
    r"(?i)[ \t]*(?:[-*+]|\d+[.、)])[ \t]+(?:讨论|回答|discuss|answer)[ \t]*Q\d{1,3}(?![\d.])"
)


def question_totals(documents: Documents, facts: Facts) -> Iterator[Held]:
    """Hold `x/y 题` against the questions with a record, of all lists together or of any one."""
    counts = [(len(one.done), len(one.ids)) for one in facts.questions]
    done, total = sum(one for one, _ in counts), sum(one for _, one in counts)
    for path, state in documents.states.items():
        for one in state.declared:
            fair = {number for number, size in {*counts, (done, total)} if size == one.total}
            if one.unit != "question" or one.meaning != "done" or not fair:
                continue
            claim = claim_at(documents.texts, path, one.line, one.value)
            fact = Fact(source=" ".join(q.path for q in facts.questions), value=f"{max(fair)}/{one.total}")
            yield held(claim, fact, so=one.number in fair, key="questions")


def listed_questions(documents: Documents, facts: Facts) -> Iterator[Held]:
    """Hold `24个引导性问题` against the list that its line or section speaks of: of that name, or of that lecture."""
    for path, state in documents.states.items():
        for line, lecture in _with_lecture(path, state, _QUESTIONS):
            for match in _QUESTIONS.finditer(line.text):
                lists = [one for one in facts.questions if one.path.rpartition("/")[2] in line.text]
                lists = lists or [one for one in facts.questions if lecture and one.lecture == lecture]
                sizes = [len(one.ids) for one in lists]
                if not sizes:
                    continue
                claim = claim_at(documents.texts, path, line.number, match["number"])
                fact = Fact(source=" ".join(one.path for one in lists), value=", ".join(map(str, sizes)))
                yield held(claim, fact, so=int(match["number"]) in {*sizes, sum(sizes)}, key="listed-questions")


def named_questions(documents: Documents, facts: Facts) -> Iterator[Held]:
    """Hold questions that a line calls done, or the next one, against those with a record.

    The line is so when it is so of any list that has all these questions; a lecture named there or above decides.
    """
    for path, state in documents.states.items():
        steps = {line for one in sections(state.current) if _STEPS.search(one.title) for line in one.lines}
        for line, lecture in _with_lecture(path, state, _NAMES_ONE):
            names, is_next = _named(line.text, planned=line in steps)
            is_done = bool(_DONE.search(line.text))
            if not names or is_next == is_done or (is_done and POINTS_ELSEWHERE.search(line.text)):
                continue
            lists = [one for one in facts.questions if set(names) <= set(one.ids)]
            if is_done and any(_is_of_the_list(one, line) for one in lists):
                continue
            lists = [one for one in lists if one.lecture == lecture] or lists
            wrong = [_wrong(one, names[:1] if is_next else names, is_next=is_next) for one in lists]
            so = not all(wrong)
            if so or len(wrong) == 1:
                claim = claim_at(documents.texts, path, line.number, _range(names[:1] if is_next else names))
                fact = Fact(source=lists[0].path, value=" ".join(wrong[0]))
                yield held(claim, fact, so=so, key="question-next" if is_next else "question-done")


def discussion_totals(documents: Documents, facts: Facts) -> Iterator[Held]:
    """Hold `共 9 份深度讨论` against the documents in the discussions folder."""
    if not facts.discussion_files:
        return
    for path, state in documents.states.items():
        for line in state.current:
            match = _DISCUSSIONS.search(line.text)
            if match is None or _NEW.search(line.text):
                continue
            number = next(group for group in match.groups() if group)
            claim = claim_at(documents.texts, path, line.number, number)
            fact = Fact(source=f"{documents.layout.discussions}/", value=str(facts.discussion_files))
            yield held(claim, fact, so=int(number) == facts.discussion_files, key="discussions")


def _named(text: str, *, planned: bool) -> tuple[tuple[str, ...], bool]:
    """Return the questions that a line names, and whether it calls the first of them the next one.

    So does, among the next steps (`planned`), one that is to be discussed.
    """
    said = _IS_NEXT.search(text) or (_TO_DISCUSS.match(text) if planned else None)
    if said:
        return question_ids(said[0]), True
    keyword = _NEXT.search(text)
    if keyword is None:
        return question_ids(text), False
    behind = question_ids(text[keyword.end() :])
    return () if _NONE_LEFT.match(text, keyword.end()) else behind or question_ids(text), True


def _is_of_the_list(one: QuestionFacts, line: Line) -> bool:
    """Say whether a line is about the list itself, which is written, and not about the talk on its questions."""
    return one.path.rpartition("/")[2] in line.text and not _TALKED.search(line.text)


def _wrong(one: QuestionFacts, names: Sequence[str], *, is_next: bool) -> tuple[str, ...]:
    """Return the questions of which the list shows otherwise."""
    return tuple(name for name in names if (name in one.done) == is_next)


def _with_lecture(path: str, state: StateDocument, wanted: re.Pattern[str]) -> Iterator[tuple[Line, int]]:
    """Yield the wanted lines with the lecture that they name, else that of the headings above, or of the place."""
    above: list[tuple[int, int]] = []
    own = lecture_of(path)
    for line in state.current:
        head = heading_of(line)
        if head:
            above = [(level, number) for level, number in above if level < head[0]]
            above.append((head[0], lecture_number(head[1])))
        if wanted.search(line.text):
            yield line, lecture_number(line.text) or next((number for _, number in reversed(above) if number), own)


def _range(names: Sequence[str]) -> str:
    return names[0] if len(names) == 1 else f"{names[0]}–{names[-1]}"
