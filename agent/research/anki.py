"""Cards as a file that Anki imports: tab-separated values in HTML, one card a line."""

import html
import re
from collections.abc import Iterable
from typing import Final

from agent.bookkeeping.cards import Card

_HEAD: Final = "#separator:tab\n#html:true\n#guid column:1\n#tags column:4\n"


def anki(cards: Iterable[Card]) -> str:
    """Return the file: a lasting id, question, answer with its place, tag; importing it again updates the cards.

    See “Importing → Text Files” in Anki's manual for the lines at its head.
    """
    rows = (
        (card.key, _field(card.question), _field(f"{card.answer}\n\n{card.place}"), _tag(card.topic)) for card in cards
    )
    return _HEAD + "".join("\t".join(row) + "\n" for row in rows)


def _field(text: str) -> str:
    """Return a text in HTML on one line, spaces and tabs at the beginning of a line kept."""
    lines = re.split(r"\r\n|[\r\n\v\f\x85\u2028\u2029]", html.escape(text))
    return "<br>".join(line.replace("\t", "&#9;") for line in lines)


def _tag(topic: str) -> str:
    """Return a topic as a tag, which holds no white space."""
    return html.escape("_".join(topic.split()))
