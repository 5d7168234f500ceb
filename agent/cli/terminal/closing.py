"""The screen at the close: everything that the document will list, ticked; what should not stand there is unticked."""

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from itertools import takewhile
from typing import TYPE_CHECKING, Final

from prompt_toolkit.application import Application, get_app
from prompt_toolkit.data_structures import Point
from prompt_toolkit.formatted_text import StyleAndTextTuples
from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent
from prompt_toolkit.keys import Keys
from prompt_toolkit.layout import HSplit, Layout, Window
from prompt_toolkit.layout.controls import FormattedTextControl

from agent.cli.terminal.answers import OURS, passed_over, style
from agent.cli.terminal.layout import columns, fitted
from agent.text.wrapping import wrapped
from agent.words import Language, say

if TYPE_CHECKING:
    from agent.socratic.person import Item

_KEYS: Final = "123456789abcdefghilmnopqrstuvwyz"
"""One key for each item; j and k move, x drops."""
_DIM: Final = "class:prompt"


class KeepList:
    """The list on the screen: which items are kept, and which one the cursor is at."""

    def __init__(self, items: "Sequence[Item]", language: Language, written: Callable[[str], str]) -> None:
        self._items = items
        self._language = language
        self._written = written
        self._dropped: set[str] = set()
        self._at = 0
        self.words_typed = False

    @property
    def kept(self) -> frozenset[str]:
        """The ids of what is ticked."""
        return frozenset(item.id for item in self._items) - self._dropped

    def move(self, by: int) -> None:
        """Move the cursor, no further than the ends."""
        self._at = min(max(self._at + by, 0), len(self._items) - 1)

    def toggle(self, number: int | None = None) -> None:
        """Drop or keep the item with this number, counted from 0, or the one at the cursor."""
        self._at = self._at if number is None else number
        self._dropped ^= {self._items[self._at].id}

    def refuse_words(self) -> None:
        """Have it said that nothing can be written here."""
        self.words_typed = True

    def lines(self) -> StyleAndTextTuples:
        """Return the screen as it is now, each piece with its style."""
        return [(dim, text) for _, dim, text in self._pieces()]

    def point(self) -> Point:
        """Return where the cursor is, so that its line stays in view."""
        above = takewhile(lambda piece: piece[0] != self._at, self._pieces())
        return Point(x=0, y=sum(text.count("\n") for _, _, text in above))

    def _pieces(self) -> Iterator[tuple[int | None, str, str]]:
        """Yield headings and items: the item's number, the style, the text."""
        kind = ""
        for number, item in enumerate(self._items):
            if item.kind != kind:
                kind = item.kind
                yield None, _DIM, say(self._language, f"terminal.keep.{kind}") + "\n"
            yield number, _DIM if item.id in self._dropped else "", self._row(number, item)

    def _row(self, number: int, item: "Item") -> str:
        mark = "›" if number == self._at else " "
        tick = " " if item.id in self._dropped else "x"
        key = _KEYS[number] if number < len(_KEYS) else " "
        lead = f"{mark} {key} [{tick}] "
        text = wrapped(" ".join(self._written(item.text).split()), max(columns() - len(lead), 1))
        return lead + text.replace("\n", "\n" + " " * len(lead)) + "\n"


def ratified(
    items: "Sequence[Item]", language: Language, *, written: Callable[[str], str], color: bool
) -> frozenset[str] | None:
    """Show the list until Enter and return the ids that are kept; None for Ctrl-C, Ctrl-D and a closed terminal."""
    keep = KeepList(items, language, written)

    def said(sentence: Callable[[], str]) -> Window:
        return Window(FormattedTextControl(lambda: [(_DIM, fitted(sentence()))]), dont_extend_height=True)

    def keys() -> str:
        refused = say(language, "terminal.keep.no-words") + "\n" if keep.words_typed else ""
        return refused + say(language, "terminal.keep.keys")

    table = FormattedTextControl(keep.lines, focusable=True, show_cursor=False, get_cursor_position=keep.point)
    head = said(lambda: "\n" + say(language, "terminal.keep"))
    rows = [head, Window(table, dont_extend_height=True), said(keys)]
    screen: Application[frozenset[str] | None] = Application(
        Layout(HSplit(rows)),
        key_bindings=_keys(keep, len(items)),
        style=style(color=color),
        erase_when_done=True,
    )
    try:
        return screen.run(**OURS)
    except (EOFError, OSError):
        return None


def _keys(keep: KeepList, count: int) -> KeyBindings:
    keys = KeyBindings()
    keys.add(Keys.Vt100MouseEvent)(passed_over)
    for names, act in (
        (("up", "k"), lambda: keep.move(-1)),
        (("down", "j", "tab"), lambda: keep.move(1)),
        (("space", "x"), keep.toggle),
        (("enter",), lambda: get_app().exit(result=keep.kept)),
        (("c-c", "c-d"), lambda: get_app().exit(result=None)),
        ((Keys.Any, Keys.BracketedPaste), keep.refuse_words),
        (("c-z",), lambda: get_app().suspend_to_background()),
    ):
        _bind(keys, names, act)
    for number, key in enumerate(_KEYS[:count]):
        _bind(keys, (key,), partial(keep.toggle, number))
    return keys


def _bind(keys: KeyBindings, names: Sequence[str], act: Callable[[], None]) -> None:
    def acted(_: KeyPressEvent) -> None:
        act()

    for name in names:
        keys.add(name)(acted)
