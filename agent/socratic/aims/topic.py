"""The short form of a question or a topic: it names a session and its file."""

import re
from typing import Final

from agent.text.tokens import shingles

_KEY: Final = re.compile(r"(?i)为什么|为何|如何|怎样|怎么|什么|哪|多少|[a-z]{2,}")
"""A question word, or a technical term in Latin letters: a Chinese clause that holds one stands for its question."""
_ENGLISH_KEY: Final = re.compile(r"(?i)\b(?:why|how|what|which|when|where|who)\b")
_ENDING: Final = re.compile(r"是什么$")
_OPENING: Final = re.compile(r"(?i)^(?:什么是|what (?:happens to|would happen to|is|are) (?:the |a |an )?)")
_JOINT: Final = re.compile(r"[,，;；:：]")
_LEANS: Final = re.compile(r"(?i)(?:为什么)?(?:随着|如果|假设|当|若)|但|而|却|你|(?:when|if|while|because|and|but)\b")
"""How a clause begins that says nothing without the others."""
_WORD: Final = re.compile(r"[A-Za-z0-9]+(?:['’][A-Za-z]+)?")
_LOOSE: Final = shingles("a an the of to in on at by for from with and or is are be when than that as")
MOST: Final = 8.0
"""The size of a name of a session and its file: 16 English words or 24 Chinese characters."""
_LONGEST: Final = 200
"""Characters of which a name is cut: marks count as nothing, and a file's name has an end all the same."""
FEWEST: Final = 2.0
FEWEST_CHARACTERS: Final = 4


def short_form(question: str, *, section: str = "") -> str:
    """Return what a question asks in few words, cut where it loses no meaning.

    All of it where it is short, else without its opening (“what happens to …”), else its first clause that asks or
    names a term by itself, else the title of its section.
    """
    sentence = question.strip().rstrip("?？ ")
    whole = _trimmed(_ENDING, sentence)
    core = _trimmed(_OPENING, whole)
    core = core[:1].upper() + core[1:]
    clauses = (clause.strip() for clause in _JOINT.split(whole))
    telling = (clause for clause in clauses if _tells(clause))
    forms = (core, next(telling, ""), section)
    return next((form for form in forms if form and size(form) <= MOST), _cut(core))


def asking_form(question: str, *, section: str = "") -> str:
    """Return the short form of a question with its mark where it ends it: without, a question may be a statement."""
    sentence = question.strip()
    asked = sentence.rstrip("?？ ")
    form = short_form(sentence, section=section)
    before = asked.removesuffix(form).rstrip()
    ends_it = asked == form or (before != asked and _JOINT.fullmatch(before[-1:]))
    return f"{form}{sentence[len(asked) :]}" if ends_it else form


def file_topic(topic: str, rule: str) -> str:
    """Return a topic as it stands in the name of a file by `rule`, such as `{topic}-discussion.md`.

    A word that the rule adds anyway is left out; where the rule writes words with hyphens, so is the topic.
    """
    before, _, after = rule.partition("{topic}")
    topic = undoubled(topic.rstrip("?？ "), after.rsplit(".", 1)[0])
    if size(topic) > MOST:
        topic = short_form(topic)
    words = _WORD.findall(topic.replace("'", "").replace("’", "").casefold())
    hyphenated = rule.isascii() and (after.startswith("-") or before.endswith("-"))
    return "-".join(words) if hyphenated and words and not _chinese(topic) else topic


def undoubled(topic: str, kind: str) -> str:
    """Return a topic without the word at its end that `kind` says again (“量化讨论” before “深度讨论”)."""
    word = kind.strip(" -_")
    endings = [word] if word.isascii() else [word[-length:] for length in range(len(word), 1, -1)]
    for ending in endings:
        rest = topic[: len(topic) - len(ending)]
        whole = not (ending.isascii() and rest[-1:].isalnum())
        if ending and topic.casefold().endswith(ending.casefold()) and whole and rest.strip(" -_的"):
            return rest.rstrip(" -_的")
    return topic


def size(text: str) -> float:
    """Return the length of a name: two English words count as much as three Chinese characters, one."""
    return len(_WORD.findall(text)) / 2 + _chinese(text) / 3


def _tells(clause: str) -> bool:
    key = _KEY if _chinese(clause) else _ENGLISH_KEY
    return size(clause) > FEWEST and not _LEANS.match(clause) and key.search(clause) is not None


def _chinese(text: str) -> int:
    return sum("\u3400" <= character <= "\u9fff" for character in text)


def _trimmed(pattern: re.Pattern[str], text: str) -> str:
    """Return the text without what matches, where enough is left."""
    rest = pattern.sub("", text, count=1).strip(" ,，")
    return rest if len(rest) >= FEWEST_CHARACTERS else text


def _cut(text: str) -> str:
    """Return as much of the beginning as a name holds, ending with a whole word that does not lean on the next."""
    text = text[:_LONGEST]
    ends = (match.end() for match in re.finditer(r"[A-Za-z0-9]+|\S", text))
    kept = text[: max((end for end in ends if size(text[:end]) <= MOST), default=len(text))]
    while kept.rsplit(" ", 1)[-1].casefold() in _LOOSE and " " in kept:
        kept = kept.rsplit(" ", 1)[0]
    return kept.rstrip(" ,，;；:：")
