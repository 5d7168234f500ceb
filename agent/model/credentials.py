"""Where a credential for the Claude API may come from, and how a key is kept out of everything that is written."""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Final

_SECRET: Final = re.compile(
    r"(sk-ant-|Bearer\s+|ANTHROPIC_(?:API_KEY|AUTH_TOKEN|IDENTITY_TOKEN)['\"]?\s*[=:]\s*['\"]?)[^\s'\"]+"
)
_STATIC: Final = ("ANTHROPIC_API_KEY", "ANTHROPIC_AUTH_TOKEN")
_FEDERATION: Final = ("ANTHROPIC_FEDERATION_RULE_ID", "ANTHROPIC_ORGANIZATION_ID")
_IDENTITY: Final = ("ANTHROPIC_IDENTITY_TOKEN", "ANTHROPIC_IDENTITY_TOKEN_FILE")

_CREDENTIAL: Final = re.compile(r"ANTHROPIC_\w*(?:KEY|TOKEN|SECRET|PASSWORD|HEADERS)\w*")
_LEAST_SECRET: Final = 8
"""A shorter value is no credential, and would be found in any text."""


def own_secrets(environ: Mapping[str, str]) -> tuple[str, ...]:
    """Return the credentials that the environment holds, the longest first."""
    named = {value.strip() for name, value in environ.items() if _holds_credential(name)}
    return tuple(sorted((value for value in named if len(value) >= _LEAST_SECRET), key=lambda one: (-len(one), one)))


def without_credentials(environ: Mapping[str, str]) -> dict[str, str]:
    """Return the environment for a command that is none of ours: all but our credentials."""
    return {name: value for name, value in environ.items() if not _holds_credential(name)}


def _holds_credential(name: str) -> bool:
    return _CREDENTIAL.fullmatch(name) is not None and not name.endswith("_FILE")


def redact(text: str) -> str:
    """Return `text` with every API key and token, also those of a printed environment, replaced by `…`."""
    return _SECRET.sub(r"\1…", text)


def credential_present(environ: Mapping[str, str]) -> bool:
    """Tell whether the SDK will find a credential: a key, a token, a federated identity or a profile on disk.

    These are the SDK's own sources (key, token, named profile, federation, active profile), found without importing it.
    """
    if any(environ.get(name) for name in _STATIC):
        return True
    if all(environ.get(name) for name in _FEDERATION) and any(environ.get(name) for name in _IDENTITY):
        return True
    folder = environ.get("ANTHROPIC_CONFIG_DIR")
    return _has_profile(Path(folder) if folder else Path(environ.get("HOME", "~")) / ".config" / "anthropic", environ)


def _has_profile(folder: Path, environ: Mapping[str, str]) -> bool:
    """Tell whether `folder` holds the profile that is named, pointed at, or the default."""
    try:
        name = environ.get("ANTHROPIC_PROFILE") or (folder / "active_config").read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError):
        name = ""
    return (folder / "configs" / f"{name or 'default'}.json").is_file()
