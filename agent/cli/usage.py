"""What is wrong with the words that were typed, in the person's language; the parser's own sentences are English."""

import re
from collections.abc import Sequence
from difflib import get_close_matches
from typing import Any, Final, get_args

from typer.exceptions import TyperException

from agent.words import SENTENCES, Language, say

_FOLDER: Final = "-C"
_EXTRA: Final = re.compile(r"extra argument\S* \((.*)\)", re.DOTALL)
_QUOTED: Final = re.compile(r"'(.*?)' is not one of")


def usage_sentence(error: TyperException, argv: Sequence[str], command: str, language: Language) -> str:
    """Return one sentence about a parser's error: what was typed, what is wanted, where to read on.

    The parser keeps its classes to itself; their names have not changed in ten years.
    """
    param, option = getattr(error, "param", None), str(getattr(error, "option_name", ""))
    match type(error).__name__:
        case "NoSuchOption" if option == _FOLDER:
            problem = say(language, "cli.folder-after", command=command)
        case "NoSuchOption":
            close = [*(getattr(error, "possibilities", None) or ()), ""][0]
            problem = say(language, "cli.no-option", option=option) + suggested(close, language)
        case "MissingParameter" if param is not None:
            problem = say(language, "cli.missing", name=_name(param, language))
        case "BadParameter" if param is not None:
            given, wanted = _given(param, argv, error.message), _wanted(param, language)
            close = [*get_close_matches(given, get_args(param.type_descriptor.annotation), n=1), ""][0]
            problem = say(language, "cli.bad-value", name=_name(param, language), given=given, wanted=wanted)
            problem += suggested(close, language)
        case "BadOptionUsage":
            needless = any(word.startswith(f"{option}=") for word in argv)
            problem = say(language, "cli.needless-value" if needless else "cli.needs-value", option=option)
        case _:
            extra = _EXTRA.search(error.message)
            problem = say(language, "cli.extra", words=extra[1]) if extra else error.format_message()
    return say(language, "cli.usage", problem=problem, command=f"wenqu {command}".rstrip())


def unknown_command(word: str, commands: Sequence[str], language: Language) -> str:
    """Return the sentence about a command that does not exist, with the one that was probably meant."""
    close = [*get_close_matches(word, commands, n=1), ""][0]
    problem = say(language, "cli.no-command", command=word) + suggested(close, language)
    return say(language, "cli.usage", problem=problem, command="wenqu")


def suggested(close: str, language: Language) -> str:
    """Return the question whether `close` was meant; "" where nothing comes close."""
    return say(language, "cli.did-you-mean", close=close) if close else ""


def _name(param: Any, language: Language) -> str:
    """Return how a sentence names a parameter: an option as it is typed, an argument in the person's language."""
    if param.param_type_name == "option":
        return str(param.opts[0])
    key = f"cli.word-{str(param.metavar).rstrip('.').lower()}"
    return say(language, key) if key in SENTENCES else str(param.metavar)


def _given(param: Any, argv: Sequence[str], message: str) -> str:
    """Return the value that was typed: the parser quotes it only where it is none of several."""
    quoted = _QUOTED.search(message)
    if quoted:
        return quoted[1]
    words = list(argv)
    joined = [word.partition("=")[2] for word in words if word.partition("=")[0] in param.opts and "=" in word]
    after = [words[at + 1] for at, word in enumerate(words[:-1]) if word in param.opts]
    return [*joined, *after, ""][0]


def _wanted(param: Any, language: Language) -> str:
    kind = param.type_descriptor.annotation
    if get_args(kind):
        return " | ".join(get_args(kind))
    wanted = say(language, f"cli.wanted-{'integer' if kind is int else 'number'}")
    if param.min is None:
        return wanted
    bounds = f"≥ {param.min}" if param.max is None else f"{param.min}–{param.max}"
    return wanted + say(language, "cli.wanted-range", range=bounds)
