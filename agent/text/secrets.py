"""Keys, tokens and passwords in a text that leaves the place where it was written."""

import re
from collections.abc import Iterable
from typing import Final

from agent.text.invisible import visible

_BLOCK: Final = re.compile(r"-----BEGIN ([A-Z ]*PRIVATE KEY)-----.*?(?:-----END \1-----|\Z)", re.DOTALL)
_KNOWN: Final = re.compile(
    r"(?<![A-Za-z0-9])(?P<kept>sk-ant-|sk-(?:proj-)?|gh[pousr]_|github_pat_|xox[abeprs]-|AKIA|AIza|hf_|glpat-"
    r"|[Bb]earer\s+|eyJ[A-Za-z0-9_-]{6,400}\.eyJ)(?P<secret>[A-Za-z0-9_.~+/=-]{12,})"
)
"""Beginnings by which services mark their keys, and the three parts of a signed token."""
_NAMED: Final = re.compile(
    r"(?i)(?P<kept>\b[\w-]{0,40}(?:api[_-]?key|secret|password|passwd|access[_-]?token|auth[_-]?token)[\"']?\s{0,4}[:=]"
    r"\s{0,4}[\"']?)(?P<secret>(?=[^\s\"'，。]{0,200}\d)(?=[^\s\"'，。]{0,200}[A-Za-z])[^\s\"'，。]{8,})"
)
"""What is assigned to such a name and holds letters and digits; `password: yes` is no password."""

_KEY: Final = re.compile(r"sk-ant-[A-Za-z0-9_-]{8,}")
KEY_MARK: Final = "sk-ant-…"
"""Stands where a key stood."""


def without_keys(text: str, own: Iterable[str] = ()) -> str:
    """Return `text` with every key of the model's service, and each of our `own` credentials, replaced by KEY_MARK.

    Where there is one, characters that nobody sees go too: they may stand inside it.
    """
    shown = visible(text)
    safe = shown
    for secret in own:
        safe = safe.replace(secret, KEY_MARK)
    safe = _KEY.sub(KEY_MARK, safe)
    return text if safe == shown else safe


def without_secrets(text: str) -> str:
    """Return `text` with every private key, service key, bearer token and assigned password replaced by `…`.

    Where there is one, characters that nobody sees go too.
    """
    shown = visible(text)
    safe = _BLOCK.sub(r"-----BEGIN \1-----…", shown) if "-----BEGIN" in shown else shown
    safe = _NAMED.sub(r"\g<kept>…", _KNOWN.sub(r"\g<kept>…", safe))
    return text if safe == shown else safe
