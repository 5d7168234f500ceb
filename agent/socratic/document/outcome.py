"""What a session leaves in the workspace, as proposals: the document, and the documents that must know of it."""

import re
from collections.abc import Callable, Collection, Iterator, Sequence
from functools import partial
from pathlib import PurePosixPath
from typing import Final

from agent.bookkeeping.moved_on import Step
from agent.bookkeeping.proposals import Proposal, new_file
from agent.notes import record_entry, research_todo, research_todo_edits, working_memory
from agent.notes.discussion import question_ids
from agent.notes.evidence import Talk
from agent.notes.evidence import propose as propose_evidence
from agent.notes.progress import lecture_number
from agent.settings import Layout
from agent.socratic.aims.topic import file_topic, undoubled
from agent.socratic.document.account import Account
from agent.socratic.document.compile import Compiled
from agent.socratic.document.corrections import correction
from agent.socratic.document.entries import Surroundings, entries
from agent.socratic.document.quoting import ended
from agent.socratic.document.relations import Relation
from agent.socratic.document.todos import Todo, still_new, todo_text, todos
from agent.socratic.values import SessionState
from agent.text.edits import Edit
from agent.text.naming import file_name, unique_name
from agent.text.tokens import is_chinese, talk_units
from agent.words import Language, say

_SENTENCE: Final = re.compile(r".+?(?:[。！？!?]+|\.(?=\s|$)|$)")
_CLAUSE_END: Final = re.compile(r"[；;，,：:]|\s[–—-]\s")
_INSIGHT_CHARACTERS: Final = 200
_INSIGHT_UNITS: Final = 8
"""A shorter answer (in talk units) is none to remember."""
_STATED_CHARACTERS: Final = 60
_LIST: Final = "深度问答"

Propose = Callable[[str], tuple[Edit, ...]]


def document_path(compiled: Compiled, layout: Layout, taken: Collection[str]) -> str:
    """Return where the document goes: the workspace's name rule, unlike the names `taken` in that folder."""
    topic = file_topic(_nameable(compiled.topic, layout.discussion_name), layout.discussion_name)
    named = PurePosixPath(layout.discussion_name.replace("{topic}", topic))
    name = unique_name(file_name(named.stem, named.suffix or ".md"), taken)
    return f"{layout.discussions}/{name}" if layout.discussions else name


def _nameable(topic: str, rule: str) -> str:
    """Return a topic without a list's “深度问答” at its end; where a name is made of words, √ is one, as it tells."""
    bare = undoubled(topic.replace("/", " "), _LIST).rstrip(" -_:：—–")
    return bare.replace("√", "sqrt ") if rule.isascii() and not is_chinese(bare) else bare


def proposals(compiled: Compiled, text: str, around: Surroundings) -> tuple[Proposal | None, tuple[Proposal, ...]]:
    """Return the new document, and the edits of every document that must know of it, where it has a place for them.

    A session that was concluded before, its document still in place byte for byte, proposes nothing.
    """
    layout = around.layout
    first = around.read(document_path(compiled, layout, ()))
    if first and first.text == text:
        return None, ()
    path = document_path(compiled, layout, around.taken)
    why = say(compiled.language, "discussion.why.document")
    return new_file(path, text, why), changes(compiled, text, path, around)


def changes(compiled: Compiled, text: str, path: str, around: Surroundings) -> tuple[Proposal, ...]:
    """Return the edits of the documents that must know of a discussion document, one proposal for each of them."""
    found: dict[str, list[tuple[str, Propose]]] = {}
    for name, where, propose in _edits(compiled, text, path, around):
        found.setdefault(where, []).append((name, propose))
    made = (_edited(where, wanted, around, compiled.language, compiled.sid) for where, wanted in found.items())
    return tuple(one for one in made if one)


def parked(state: SessionState, around: Surroundings) -> tuple[Proposal, ...]:
    """Return what a session in which nothing was said leaves: the parked TODOs for the research TODO, or nothing."""
    found = todos(state)

    def propose(before: str) -> tuple[Edit, ...]:
        items = _new_items(found, before, state.language)
        return research_todo_edits.propose(before, topic=state.topic, items=items, path="", date=state.clock[:10])

    where = around.layout.research_todo
    made = _edited(where, [("research-todo", propose)], around, state.language, state.sid) if found else None
    return (made,) if made else ()


def commit_message(compiled: Compiled) -> str:
    """Return the message of a commit of this discussion: its topic, and for each question what changed into what."""
    language = compiled.language
    lines = [say(language, "discussion.commit-subject", topic=" ".join(compiled.topic.split())), ""]
    for account in compiled.accounts:
        title = " ".join(account.target.title.split()).rstrip("?？ ")
        now = account.now if account.now != account.first else None
        if now:
            how = "self" if compiled.offline else account.how
            facts = {"first": _stated(account.first.span), "now": _stated(now.span)}
            lines.append(
                say(
                    language, "discussion.commit-line", title=title, how=say(language, f"discussion.how.{how}"), **facts
                )
            )
        else:
            result = ended(account.target, account.result, compiled)
            lines.append(say(language, "discussion.commit-open", title=title, result=result))
    if compiled.todos or compiled.cards:
        counts = {"todos": len(compiled.todos), "cards": len(compiled.cards)}
        lines += ["", say(language, "discussion.commit-left", **counts)]
    return "\n".join(lines) + "\n"


def _edits(compiled: Compiled, text: str, path: str, around: Surroundings) -> Iterator[tuple[str, str, Propose]]:
    """Yield what is proposed to which document, by the name of its reason."""
    layout, topic, date = around.layout, compiled.topic, compiled.last_day
    insight = _insight(compiled)

    def listed(before: str) -> tuple[Edit, ...]:
        return working_memory.propose(before, topic=topic, path=path, insight="", date=date)

    def remembered(before: str) -> tuple[Edit, ...]:
        both = working_memory.propose(before, topic=topic, path=path, insight=insight, date=date)
        return tuple(edit for edit in both if edit not in listed(before))

    def evidence(before: str) -> tuple[Edit, ...]:
        lecture = _lecture(compiled) if compiled.discussed else ""
        talk = Talk(note=path, date=date, questions=_listed(compiled), settled=_settled(compiled))
        return propose_evidence(before, talk, lecture=lecture) if lecture else ()

    def to_do(before: str) -> tuple[Edit, ...]:
        items = _new_items(compiled.todos, before, compiled.language)
        settled = _settled(compiled)
        return research_todo_edits.propose(before, topic=topic, items=items, path=path, date=date, settled=settled)

    said = _said(compiled, path, around)
    yield "working-memory", layout.working_memory, listed
    yield "insight", layout.working_memory, remembered
    yield "progress", layout.progress, evidence
    yield "research-todo", layout.research_todo, to_do
    yield from (("readme", readme, listed) for readme in _readmes(around))
    for record, new in entries(compiled, path, around):
        yield "record", record, partial(record_entry.propose, entries=new)
    for older, related in _corrected(compiled, around).items():
        yield "correction", older, partial(correction, relations=related, compiled=compiled, path=path)
    for place, edits in around.moved_on(path, text, Step(date=date, said=said)).items():
        yield "moved-on", place, _as_proposed(edits)


def _as_proposed(edits: tuple[Edit, ...]) -> Propose:
    return lambda _: edits


def _said(compiled: Compiled, path: str, around: Surroundings) -> str:
    """Return what a log says of the discussion; where notes of several lectures lie, ids are those of a lecture."""
    ids = ", ".join(_listed(compiled))
    lectures = {number for note in around.notes if (number := lecture_number(note))}
    number = lecture_number(_lecture(compiled))
    named = f"Lecture {number:02} {ids}" if number and len(lectures) > 1 else ids
    about = named if ids else f"“{compiled.topic}”"
    return say(compiled.language, "discussion.logged", about=about, path=path)


def _corrected(compiled: Compiled, around: Surroundings) -> dict[str, list[Relation]]:
    """Return the earlier discussions that are corrected, each with what corrects it."""
    found: dict[str, list[Relation]] = {}
    for relation in compiled.relations:
        older = relation.older.cite.partition("#")[0]
        if relation.kind == "corrects" and older in around.notes and around.layout.discussions in _folders(older):
            found.setdefault(older, []).append(relation)
    return found


def _readmes(around: Surroundings) -> Iterator[str]:
    """Yield the notes that introduce the discussions' folder."""
    for note in around.notes:
        place = PurePosixPath(note)
        if str(place.parent) == around.layout.discussions and place.name.upper().startswith("README"):
            yield note


def _folders(path: str) -> tuple[str, ...]:
    return tuple(str(folder) for folder in PurePosixPath(path).parents)


def _new_items(found: Sequence[Todo], before: str, language: Language) -> tuple[str, ...]:
    """Return the TODOs as lines, without those that the research TODO already keeps open."""
    boxes = research_todo.parse_research_todo(before).boxes
    return tuple(todo_text(todo, language) for todo in still_new(found, boxes))


def _edited(
    path: str, wanted: Sequence[tuple[str, Propose]], around: Surroundings, language: Language, sid: str
) -> Proposal | None:
    """Return all that is proposed to one document; of two changes at one place the first stands."""
    document = around.read(path) if path else None
    if document is None:
        return None
    edits: list[Edit] = []
    reasons: list[str] = []
    for name, propose in wanted:
        new = [one for one in propose(document.text) if not any(_meet(one, other) for other in edits)]
        edits += new
        reasons += [say(language, f"discussion.why.{name}")] if new else []
    if not edits:
        return None
    return Proposal(
        path=path,
        before=document.text,
        expected_sha256=document.sha256,
        edits=tuple(edits),
        why=say(language, "discussion.why.and").join(dict.fromkeys(reasons)),
        session=sid,
    )


def _meet(one: Edit, other: Edit) -> bool:
    return one.start < other.end and other.start < one.end


def _listed(compiled: Compiled) -> tuple[str, ...]:
    """Return the ids of the questions of a list that were discussed, a split one once."""
    ids = (one.target.id.partition(".")[0] for one in compiled.accounts if one.target.id in compiled.discussed)
    return tuple(dict.fromkeys(name for name in ids if question_ids(name)))


def _settled(compiled: Compiled) -> bool:
    """Whether every question that was discussed ended well, in all its parts; offline the learner's grade says so."""
    found = [one for one in compiled.accounts if one.target.id in compiled.discussed]
    through = all(result != "unasked" for _, result in compiled.left)
    return bool(found) and through and all(one.result == "mastered" or _recalled(one) for one in found)


def _recalled(account: Account) -> bool:
    judged = account.verdict
    return account.result == "answered" and judged is not None and judged.verdict == "correct" and judged.confidence > 0


def _insight(compiled: Compiled) -> str:
    """Return the first sentence of an insight kept on the closing list, else of a note of the learner's, else ""."""
    own = [event.text for event in compiled.aside("note")]
    if compiled.choices.ratified:
        own = [pointer.span for pointer in compiled.insights] + own
    said = (" ".join(text.split()) for text in own)
    telling = next((text for text in said if talk_units(text) >= _INSIGHT_UNITS), "")
    sentences = [found.strip() for found in _SENTENCE.findall(telling)]
    whole = next((one for one in sentences if talk_units(one) >= _INSIGHT_UNITS), telling)
    return _shortened(whole, _INSIGHT_CHARACTERS)


def _stated(words: str) -> str:
    """Return the beginning of what was said, as a line of a commit message holds it."""
    flat = " ".join(words.split())
    sentences = [found.strip() for found in _SENTENCE.findall(flat)]
    first = sentences[0] if sentences else flat
    kept = _shortened(first, _STATED_CHARACTERS)
    return first.rstrip("。.") if kept == first else f"{kept}…"


def _shortened(sentence: str, most: int) -> str:
    """Return the sentence, of a very long one its beginning up to the last end of a clause."""
    if len(sentence) <= most:
        return sentence
    ends = [match.start() for match in _CLAUSE_END.finditer(sentence[:most])]
    whole = sentence[: ends[-1]] if ends else sentence[:most].rsplit(" ", 1)[0]
    return whole.rstrip()


def _lecture(compiled: Compiled) -> str:
    """Return the folder of the lecture that the session's questions come from, "" when there is none."""
    parts = (part for source in compiled.sources for part in PurePosixPath(source).parts)
    return next((part for part in parts if lecture_number(part)), "")
