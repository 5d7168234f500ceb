"""What is typed while no prompt stands there: the beginning of the next answer, and never sent by itself."""

from codecs import getincrementaldecoder
from typing import Final

from prompt_toolkit.application import get_app_session
from prompt_toolkit.input.typeahead import get_typeahead
from prompt_toolkit.input.vt100_parser import Vt100Parser
from prompt_toolkit.key_binding import KeyPress
from prompt_toolkit.keys import Keys

from agent.cli.terminal.quiet import pending

_ENTER: Final = (Keys.ControlM, Keys.ControlJ)


class TypedAhead:
    """What was typed since the last prompt, gathered piece by piece: a letter may come in two of them."""

    def __init__(self) -> None:
        self._decoder = getincrementaldecoder("utf-8")("surrogateescape")

    def after(self, begun: str) -> str:
        """Return `begun` with what was typed since, Enter as a line break; raise KeyboardInterrupt for Ctrl-C.

        Only text counts, and the key that rubs it out.
        """
        keys = get_typeahead(get_app_session().input)
        parser = Vt100Parser(keys.append)
        parser.feed(self._decoder.decode(pending()))
        parser.flush()
        return _written(begun, keys)


def _written(begun: str, keys: list[KeyPress]) -> str:
    written = list(begun)
    for key in keys:
        if key.key is Keys.ControlC:
            raise KeyboardInterrupt
        if key.key in _ENTER:
            written.append("\n")
        elif key.key is Keys.ControlH:
            del written[-1:]
        elif key.key is Keys.BracketedPaste:
            written += key.data.replace("\r\n", "\n").replace("\r", "\n")
        elif not isinstance(key.key, Keys):
            written.append(key.data)
    return "".join(written)
