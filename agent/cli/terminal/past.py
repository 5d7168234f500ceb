"""What the learner typed before, for the arrow keys: it stands in the journals and is kept nowhere else.

So there is no second copy of private words, and what was redacted is gone from here, too.
"""

from collections.abc import Iterator
from contextlib import suppress
from itertools import islice
from typing import Final

from agent.errors import WorkspaceError
from agent.text.secrets import without_secrets
from agent.workspace.journal import read_journal, session_ids
from agent.workspace.store import Store

_SESSIONS: Final = 10
_MOST: Final = 200


def said_before(store: Store) -> Iterator[str]:
    """Yield the learner's turns, the newest first, those of the newest sessions; none that holds a key."""
    return islice(_said(store), _MOST)


def _said(store: Store) -> Iterator[str]:
    for sid in list(reversed(session_ids(store)))[:_SESSIONS]:
        with suppress(WorkspaceError):
            for record in reversed(read_journal(store, sid).records):
                text = str(record.content.get("text", ""))
                own = record.content.get("role") == "learner" and not record.content.get("redacted")
                if own and text == without_secrets(text):
                    yield text
