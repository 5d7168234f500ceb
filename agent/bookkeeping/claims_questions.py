"""Claims about questions and discussions: how many there are, which have a record, which comes next."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice
from typing import Final

from agent.bookkeeping.counts import QuestionFacts
from agent.bookkeeping.discrepancy import Discrepancy, Fact, Held, claim_at, held
from agent.bookkeeping.documents import Documents, StateDocument
from agent.bookkeeping.facts import Facts
from agent.notes.asserted import asserted, is_asserted, is_denied
from agent.notes.declared import Declared
from agent.notes.discussion import POINTS_ELSEWHERE, question_ids
from agent.notes.lines import Line, heading_of, sections, state_of
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
    r"|(?:^|[^\w]|目前|现在)(?:深度|技术|苏格拉底式?)*讨论(?:文档|记录)?(?:总?共|[共总合]计|[共现已]有){1,2}[ \t]*"
    r"(?P<next>\d{1,4})[ \t]*(?:份|篇)"
    r"|\b(?P<english>\d{1,4})[ \t](?:deep[ \t])?discussions?[ \t](?:so far|in all|in total)\b"
    r"|\b(?:had|there are)[ \t](?P<had>\d{1,4})[ \t](?:deep[ \t])?discussions?\b(?![ \t](?:with|about|on|of|in)\b)"
    r"|(?:讨论(?:文档|记录)?(?:总?数量?|总计|共计?)?|\bdiscussions?(?: documents?)?)"
    r"(?:\*\*)?[ \t]*[:：|][ \t]*(?:\*\*)?(?P<behind>\d{1,4})(?![\d/.-])[ \t]*(?:份|个|篇)?",
    re.IGNORECASE,
)
_NEW: Final = re.compile(r"(?i)新增|今日|今天|本周|本次|待|计划|目标|\bnew\b|\btoday\b|\bthis week\b|\bgoals?\b")
_DONE: Final = re.compile(r"✅|☑|\[[xX]\]|已完成|(?<!未)完成|\b(?:done|completed)\b", re.IGNORECASE)
_WAS_TALKED: Final = re.compile(r"(?i)已讨论|讨论[了过]|已答|答完|(?<!be )\b(?:discussed|answered)\b")
_WAS_DISCUSSED: Final = re.compile(rf"{_WAS_TALKED.pattern}|完成[了的]?讨论|讨论(?:已|均已|都)?完成")
_OF_THE_LISTS: Final = re.compile(
    r"(?i)问答|问题[列清]表?单?|引导|\bquestions?[ \t](?:discussed|answered)\b|\bquestion list\b"
)
_MOST: Final = 20
"""Words for “done” in one line; each is looked at for what denies it."""
_TALKED: Final = re.compile(r"(?i)讨论|回答|答完|\bdiscuss|\banswer|\brecord")
_NAMES_ONE: Final = re.compile(r"Q\d")
_NEXT: Final = re.compile(
    r"(?i)(?:下一个?|待进入下一|接下来的?|当前)(?:问题|题|步)|\b(?:next|current) question\b"
    r"|\bnext\b(?:\**[ \t]*[:：]|[ \t](?:is|comes)\b)"
)
_IS_NEXT: Final = re.compile(r"\bQ\d{1,3}(?=[ \t]+(?:is|comes)[ \t]+next\b)")
_NONE_LEFT: Final = re.compile(r"(?i)[\s:：*]*(?:是|为|is)?[\s:：*]*(?:无|没有|none\b)")
_STEPS: Final = re.compile(r"(?i)下一步|next steps?")
_TO_DISCUSS: Final = re.compile(
    r"(?i)[ \t]*(?:[-*+]|\d+[.、)])[ \t]+(?:讨论|回答|discuss|answer)[ \t]*Q\d{1,3}(?![\d.])"
)


def question_totals(documents: Documents, facts: Facts) -> Iterator[Held]:
    """Hold `x/y 题` against the questions with a record, of all lists or of any one; `完成` against those settled.

    A total that no list has is wrong where the line speaks of the lists; it may count exercises elsewhere.
    """
    discussed = [(len(one.done), len(one.ids)) for one in facts.questions]
    settled = [(len(one.settled), len(one.ids)) for one in facts.questions]
    for path, state in documents.states.items():
        for one in state.declared:
            of_settled = bool(_DONE.search(one.text)) and not _WAS_DISCUSSED.search(one.text)
            counts = settled if of_settled else discussed
            done, total = sum(one for one, _ in counts), sum(one for _, one in counts)
            fair = {number for number, size in {*counts, (done, total)} if size == one.total}
            if one.unit != "question" or one.meaning != "done" or not (fair or _is_of_the_only_list(one, facts)):
                continue
            claim = claim_at(documents.texts, path, one.line, one.value)
            shown = f"{max(fair)}/{one.total}" if fair else f"{done}/{total}"
            fact = Fact(source=" ".join(q.path for q in facts.questions), value=shown)
            yield _worded(held(claim, fact, so=one.number in fair, key="questions"), settled=of_settled)


def _worded(one: Held, *, settled: bool) -> Held:
    return replace(one, wording="questions-settled") if settled and isinstance(one, Discrepancy) else one


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
            done, following = _named(asserted(line), planned=line in steps)
            lists = [one for one in facts.questions if set(done) <= set(one.ids)]
            if done and not any(_is_of_the_list(one, line) for one in lists):
                yield from _named_question(documents, lists, done, (path, line.number, lecture), key="question-done")
            lists = [one for one in facts.questions if set(following) <= set(one.ids)]
            if following and lists:
                yield from _named_question(
                    documents, lists, following, (path, line.number, lecture), key="question-next"
                )
            elif following:
                yield from _unlisted(documents, facts, following[0], (path, line.number, lecture))


def _named_question(
    documents: Documents, lists: Sequence[QuestionFacts], names: Sequence[str], at: tuple[str, int, int], *, key: str
) -> Iterator[Held]:
    path, number, lecture = at
    lists = [one for one in lists if one.lecture == lecture] or lists
    wrong = [_wrong(one, names, is_next=key == "question-next") for one in lists]
    so = not all(wrong)
    if so or len(wrong) == 1:
        claim = claim_at(documents.texts, path, number, _range(names))
        yield held(claim, Fact(source=lists[0].path, value=" ".join(wrong[0])), so=so, key=key)


def _unlisted(documents: Documents, facts: Facts, name: str, at: tuple[str, int, int]) -> Iterator[Held]:
    """Report a question called next that the only list which may be meant does not have."""
    path, number, lecture = at
    lists = [one for one in facts.questions if not lecture or one.lecture == lecture]
    if len(lists) == 1:
        claim = claim_at(documents.texts, path, number, name)
        fact = Fact(source=lists[0].path, value=_range(lists[0].ids))
        yield Discrepancy(claim=claim, fact=fact, key="question-next", wording="question-next-unlisted")


def discussion_totals(documents: Documents, facts: Facts) -> Iterator[Held]:
    """Hold `共 9 份深度讨论` against the documents in the discussions folder.

    Where there are none, a discussion may still stand in a record.
    """
    folder = documents.layout.discussions
    if not facts.discussion_files and (not folder or documents.records):
        return
    for path, state in documents.states.items():
        for line in state.current:
            text = asserted(line) if _DISCUSSIONS.search(line.text) else ""
            match = _DISCUSSIONS.search(text)
            if match is None or _NEW.search(text) or not is_asserted(text, *match.span()):
                continue
            number = next(group for group in match.groups() if group)
            claim = claim_at(documents.texts, path, line.number, number)
            fact = Fact(source=f"{folder}/", value=str(facts.discussion_files))
            yield held(claim, fact, so=int(number) == facts.discussion_files, key="discussions")


def _named(text: str, *, planned: bool) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the questions that a line calls done, and the one that it calls next.

    So does, among the next steps (`planned`), one that is to be discussed.
    """
    said = _IS_NEXT.search(text) or (_TO_DISCUSS.match(text) if planned else None)
    keyword = said or _NEXT.search(text)
    if keyword is None:
        return _called_done(text), ()
    done = _called_done(text[: keyword.start()])
    if _DONE.search(text, keyword.start()) or _NONE_LEFT.match(text, keyword.end()):
        return done, ()
    behind = question_ids(said[0] if said else text[keyword.end() :])
    return done, (behind or (() if done else question_ids(text)))[:1]


def _called_done(text: str) -> tuple[str, ...]:
    """Return the questions that a text calls done, or talked through and nothing left open."""
    open_yet = is_denied(text) or state_of(text) == "doing"
    done = tuple(islice(_DONE.finditer(text), _MOST)) or (() if open_yet else tuple(_WAS_TALKED.finditer(text))[:1])
    if not done or POINTS_ELSEWHERE.search(text):
        return ()
    return question_ids(text) if all(is_asserted(text, *one.span()) for one in done) else ()


def _is_of_the_only_list(one: Declared, facts: Facts) -> bool:
    lecture = lecture_number(one.text) or lecture_number(one.heading)
    named = [its for its in facts.questions if not lecture or its.lecture == lecture]
    return len(facts.questions) == len(named) == 1 and bool(_OF_THE_LISTS.search(one.text))


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
