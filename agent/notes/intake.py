"""Where an idea is put: the mark on its own page, an entry to be read, a deep question, a direction for its topic."""

import re
from typing import Final

from agent.notes.deep_questions import LABEL
from agent.notes.inbox import Idea, Place
from agent.notes.lines import above_rule, insert_after, insert_below, is_rule, last_written, section_named, sections
from agent.notes.lines import visible_lines as visible
from agent.notes.research_todo_edits import language_of, section_edits
from agent.notes.research_topic import Topic
from agent.text.edits import Edit
from agent.words import say

_ADDRESS: Final = re.compile(r"https?://\S+\Z")
_READING: Final = r"\A(?:待读|to read)"


def mark_edit(text: str, idea: Idea, place: Place, where: str, date: str) -> Edit:
    """Return the edit that marks where an idea went, in the language of its page.

    The mark is plain text behind the idea: readers of the page see it too, and it survives every renderer. An HTML
    comment does not: Hugo drops raw HTML unless told otherwise, some versions with a warning, others print it.
    """
    language = language_of(text)
    went = say(language, f"inbox.went-{place}")
    mark = say(language, "inbox.mark" if where else "inbox.mark-nowhere", went=went, where=where, date=date)
    # A bare address would take a mark that touches it into the link.
    return Edit(idea.end, idea.end, f" {mark}" if _ADDRESS.search(idea.text) and mark[0] != " " else mark)


def reading_edits(text: str, entry: str) -> tuple[Edit, ...]:
    """Return the edit that adds an entry to what is to be read; the section for it is made if need be."""
    line = f"- [ ] {entry}"
    section = section_named((one for one in sections(visible(text)) if one.level > 1), _READING)
    if section:
        return (insert_after(text, last_written(above_rule(section.own)) or section.heading, [line]),)
    return _section(text, say(language_of(text), "inbox.doc-reading"), [line])


def question_edits(text: str, question: str, topic: Topic | None) -> tuple[Edit, ...]:
    """Return the edit that adds a deep question to a topic, None for one of its own; the list is made if need be."""
    line = f"- {question}"
    label = say(language_of(text), "inbox.doc-deep")
    if topic:
        asked = next((one for one in topic.lists if re.fullmatch(LABEL, one.label, re.IGNORECASE)), None)
        last = asked.items[-1][0] if asked else last_written(above_rule(topic.lines)) or topic.heading
        return (insert_below(text, last, [line] if asked else ["", label, line]),)
    title = say(language_of(text), "inbox.doc-questions")
    own = next((one for one in sections(visible(text)) if one.title == title), None)
    if own:
        return (insert_after(text, last_written(above_rule(own.own)) or own.heading, [line]),)
    return _section(text, title, [label, line])


def direction_edits(text: str, date: str) -> tuple[Edit, ...]:
    """Return the edit that makes the direction for topics that were ideas; () where it is there."""
    language = language_of(text)
    title = say(language, "inbox.doc-topics")
    if any(one.title == title for one in sections(visible(text))):
        return ()
    return _section(text, title, [say(language, "inbox.doc-created", date=date)])


def _section(text: str, title: str, lines: list[str]) -> tuple[Edit, ...]:
    """Return the edit that makes a section, below a rule where the document divides its sections so."""
    outer = [one for one in sections(visible(text)) if one.level == 2]
    ruled = any(is_rule(line) for one in outer for line in one.lines)
    return section_edits(text, [*(["", "---"] if ruled else []), "", f"## {title}", "", *lines])
