"""Finds the workspace and reads its settings: command line, then WENQU_*, then wenqu.toml, then the user's own file."""

import json
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path, PurePosixPath
from typing import Any, Final

from agent.errors import BadArgument, NoWorkspace, SettingsInvalid
from agent.settings import Layout, ModelSettings, Settings, SiteSettings
from agent.text.faults import fault
from agent.text.numerals import numeral
from agent.words import Phrase, say

FILE_NAME: Final = "wenqu.toml"
_CHOICES: Final = {"language": ("zh", "en"), "layout.ordinals": ("01", "")}
_TOPIC: Final = "{topic}"
_LONGEST_SECONDS: Final = 86_400
_NEAR: Final = 0.8
"""How like a key a misspelt one is, by the share of its letters in order."""
_ALLOWED: Final = {
    **{name: " | ".join(f'"{choice}"' for choice in choices) for name, choices in _CHOICES.items()},
    "layout.discussion_name": f'"{_TOPIC}….md"',
    "session.journal_in_git": "true | false",
    "site.home": '"….md"',
    "site.base_url": '"https://…"',
    "site.summary": "true | false",
    "site.verdicts": "true | false",
    "expansion.exclude": '["….md", …]',
    "todo.most_urgent": "1, 2, 3, …",
}
# A cloned workspace must not choose where keys and notes are sent, nor what is run.
_USER_ONLY: Final = ("model.command", "model.base_url", "model.timeout_seconds")
_CREDENTIALS: Final = ("model.api_key", "model.auth_token", "api_key", "auth_token", "base_url", "model_command")


def _flat(table: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    """Yield "table.name" and value, as settings are named everywhere but in the file."""
    for name, value in table.items():
        if isinstance(value, dict):
            yield from ((f"{name}.{key}", inner) for key, inner in value.items())
        else:
            yield name, value


def _defaults() -> dict[str, Any]:
    tables = asdict(Settings())
    tables["session"] = {"journal_in_git": tables.pop("journal_in_git")}
    tables["expansion"] = {"exclude": tables.pop("exclude")}
    tables["todo"] = {"most_urgent": tables.pop("most_urgent")}
    return dict(_flat(tables))


_DEFAULTS: Final = _defaults()


@dataclass(frozen=True, slots=True, kw_only=True)
class Ignored:
    """A setting in a workspace's file that only the user may make (the sentence is "workspace.setting-ignored")."""

    path: str
    key: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Configuration:
    """The settings in force, and what of the workspace's file was left out of them."""

    settings: Settings
    notices: tuple[Ignored, ...] = ()


def find_root(start: Path) -> Path:
    """Return the nearest folder from `start` upwards that holds wenqu.toml; raise NoWorkspace."""
    start = start.resolve()
    for folder in (start, *start.parents):
        if (folder / FILE_NAME).is_file():
            return folder
    raise NoWorkspace(folder=str(start))


def read_settings(root: Path | None, *, options: Mapping[str, object], environ: Mapping[str, str]) -> Configuration:
    """Return the settings of the workspace at `root` (None: the user's alone).

    `options` come from the command line under dotted names such as "model.main", None where not given. The variable of
    a setting is its name: WENQU_MODEL_MAIN. Raises SettingsInvalid with path and key for a file that cannot be read, an
    unknown key or a value of a wrong kind; BadArgument for such a value in the other two places.
    """
    values = dict(_DEFAULTS)
    own_file = _user_file()
    values.update(_checked(_read(own_file), own_file))
    notices: tuple[Ignored, ...] = ()
    if root is not None:
        file = root / FILE_NAME
        written = _read(file)
        notices = tuple(Ignored(path=FILE_NAME, key=key) for key in written if key in _USER_ONLY + _CREDENTIALS)
        allowed = {key: value for key, value in written.items() if key not in _USER_ONLY + _CREDENTIALS}
        values.update(_checked(allowed, file))
    values.update(_from_environment(environ))
    values.update({name: checked_argument(name, name, value) for name, value in options.items() if value is not None})
    return Configuration(settings=_settings(values), notices=notices)


def render_settings(settings: Settings) -> str:
    """Return the text of a commented wenqu.toml; what only the user may set is left out."""
    layout = {name: str(value) for name, value in asdict(settings.layout).items()}
    lines = [
        _comment(settings, "head"),
        "",
        _comment(settings, "language"),
        _assignment("language", settings.language),
        "",
        _comment(settings, "standard"),
        _assignment("standard", settings.standard),
        "",
        _comment(settings, "layout"),
        "[layout]",
        *(_assignment(name, value) for name, value in layout.items()),
        "",
        _comment(settings, "macros"),
        "[macros]",
        *(_assignment(_quoted(name), value) for name, value in settings.macros.items()),
        "",
        _comment(settings, "session"),
        "[session]",
        f"journal_in_git = {str(settings.journal_in_git).lower()}",
        "",
        _comment(settings, "model"),
        "[model]",
        _assignment("main", settings.model.main),
        _assignment("cheap", settings.model.cheap),
    ]
    return "\n".join(lines) + "\n"


def _settings(values: Mapping[str, Any]) -> Settings:
    def table(name: str) -> dict[str, Any]:
        return {key.removeprefix(name): value for key, value in values.items() if key.startswith(name)}

    return Settings(
        language=values["language"],
        standard=values["standard"],
        layout=Layout(**table("layout.")),
        model=ModelSettings(**table("model.")),
        site=SiteSettings(**table("site.")),
        macros=table("macros."),
        journal_in_git=values["session.journal_in_git"],
        exclude=tuple(values["expansion.exclude"]),
        most_urgent=values["todo.most_urgent"],
    )


def _user_file() -> Path:
    import platformdirs  # noqa: PLC0415 - not needed where nothing is read

    return platformdirs.user_config_path("wenqu") / "config.toml"


def _read(file: Path) -> dict[str, Any]:
    try:
        return dict(_flat(tomllib.loads(file.read_bytes().decode("utf-8-sig"))))
    except FileNotFoundError:
        return {}
    except OSError as error:
        raise SettingsInvalid(path=str(file), reason=error.strerror) from None
    except (ValueError, RecursionError) as error:
        raise SettingsInvalid(path=str(file), reason=fault(error)) from None


def _checked(values: Mapping[str, Any], file: Path) -> dict[str, Any]:
    try:
        return {name: _value(name, value) for name, value in values.items()}
    except ValueError as error:
        raise SettingsInvalid(path=str(file), reason=error.args[0]) from None


def _from_environment(environ: Mapping[str, str]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    if environ.get("ANTHROPIC_BASE_URL"):
        found["model.base_url"] = environ["ANTHROPIC_BASE_URL"]
    for name, default in _DEFAULTS.items():
        variable = "WENQU_" + name.upper().replace(".", "_")
        if environ.get(variable):
            found[name] = checked_argument(variable, name, _typed(environ[variable], default))
    return found


def _typed(text: str, default: object) -> object:
    """Read a variable as the kind of its setting; what does not fit stays text, and is refused as such."""
    if isinstance(default, bool):
        return {"true": True, "1": True, "false": False, "0": False}.get(text.lower(), text)
    if isinstance(default, float) and text.replace(".", "", 1).isdecimal():
        return float(text)
    if isinstance(default, int) and text.isdecimal() and (number := numeral(text)) is not None:
        return number
    return text


def checked_argument(shown: str, name: str, value: object) -> object:
    """Return the value of the setting `name` that was given as the argument `shown`; raise BadArgument."""
    try:
        return _value(name, value)
    except ValueError as error:
        raise BadArgument(argument=shown, reason=error.args[0]) from None


def _value(name: str, value: object) -> object:
    """Return the value of a setting; raise ValueError with the reason: "what stands there → what may", or a phrase."""
    default = "" if name.startswith("macros.") else _DEFAULTS.get(name)
    if default is None:
        raise ValueError(_unknown(name))
    if _is_path(name) and isinstance(value, str) and not _stays_inside(value):
        raise ValueError(Phrase.of("workspace.setting-outside", name=name, value=_quoted(value)))
    if not _fits(name, default, value):
        allowed = _ALLOWED.get(name) or _quoted(default)
        raise ValueError(f"{name} = {_quoted(value)} → {allowed}")
    return PurePosixPath(str(value)).as_posix() if _is_path(name) and value else value


def _unknown(name: str) -> Phrase:
    """Return that there is no such setting, with the one that was probably meant, else with all."""
    from difflib import get_close_matches  # noqa: PLC0415 - only where something was mistyped

    close = get_close_matches(name, _DEFAULTS, n=1, cutoff=_NEAR)
    if close:
        return Phrase.of("workspace.setting-near", name=name, near=close[0])
    return Phrase.of("workspace.setting-unknown", name=name, known=", ".join(_DEFAULTS))


def _fits(name: str, default: object, value: object) -> bool:
    if isinstance(default, bool | tuple):
        return isinstance(value, bool) if isinstance(default, bool) else _is_paths(value)
    if isinstance(default, int | float):
        kinds = int if isinstance(default, int) else (int, float)
        return isinstance(value, kinds) and not isinstance(value, bool) and 0 < value < _LONGEST_SECONDS
    if not isinstance(value, str):
        return False
    if name in _CHOICES:
        return value in _CHOICES[name]
    if name == "layout.discussion_name":
        others = value.replace(_TOPIC, "", 1)
        return others != value and value.endswith(".md") and not set("/{}\0") & set(others)
    return not value or _is_named(name, value)


def _is_named(name: str, value: str) -> bool:
    if name == "site.base_url":
        return value.startswith(("http://", "https://"))
    return name != "site.home" or value.endswith(".md")


def _is_path(name: str) -> bool:
    return name.startswith("layout.") or name == "site.home"


def _is_paths(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(one, str) and _stays_inside(one) for one in value)


def _stays_inside(path: str) -> bool:
    return "\0" not in path and not path.startswith("/") and ".." not in PurePosixPath(path).parts


def _comment(settings: Settings, key: str) -> str:
    return f"# {say(settings.language, f'workspace.settings-{key}')}"


def _assignment(name: str, value: str) -> str:
    return f"{name} = {_quoted(value)}"


def _quoted(value: object) -> str:
    # JSON's escapes are TOML's, but for DEL, which JSON leaves as it is.
    return json.dumps(value, ensure_ascii=False, default=str).replace("\x7f", "\\u007f")
