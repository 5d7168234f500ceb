"""Any command as a `Model`: it reads the prompt on its standard input and answers on its standard output."""

import hashlib
import json
import os
import re
import shlex
import shutil
import signal
import subprocess
from collections.abc import Callable
from contextlib import nullcontext, suppress
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Final

from agent.errors import BadArgument, ModelCommandFailed, ModelGarbage, ModelTimeout
from agent.model.credentials import redact, without_credentials
from agent.model.messages import Block, Reply, Request, Usage
from agent.words import Phrase

if TYPE_CHECKING:
    from agent.model.limiter import Limiter

_LONGEST_ANSWER_BYTES: Final = 512 << 10
"""More than the longest answers of services; a command that ran wild is to fill no article that nothing can read."""
_LIKE_A_MARK: Final = re.compile(r"(?m)^=== [a-z ]+ ===[ \t]*$")


class CommandModel:
    """A command such as `llm -m some-model`; it is split as a shell would, but no shell runs.

    It is not given our credentials: it has its own, or needs none.
    """

    def __init__(self, command: str, *, timeout_seconds: float = 600.0, limiter: "Limiter | None" = None) -> None:
        """Split `command`; raise BadArgument when it is empty or its quotes do not close.

        With a `limiter` the command runs only while it holds one of its permits.
        """
        try:
            self._arguments = shlex.split(command)
        except ValueError:
            raise BadArgument(argument="--model-command", reason=Phrase.of("errors.fault-quote")) from None
        if not self._arguments:
            raise BadArgument(argument="--model-command", reason=Phrase.of("errors.command-empty"))
        self._called = _name(self._arguments)
        self.name = self._called + _rest(self._arguments, self._called)
        self._timeout_seconds = timeout_seconds
        self._limiter = limiter
        self._running: set[subprocess.Popen[bytes]] = set()

    def require(self) -> None:
        """Raise BadArgument where the command's program is not there: to be told so after an answer is too late."""
        if shutil.which(self._arguments[0]) is None:
            argument = f"--model-command {self._called}"
            raise BadArgument(argument=argument, reason=Phrase.of("errors.command-missing"))

    def ask(self, request: Request, on_text: Callable[[str], None] | None = None) -> Reply:
        """Return the command's whole output as the reply, with no usage: a command does not report it.

        Raise ModelTimeout, ModelCommandFailed, or ModelGarbage for an answer that is empty, too long or not UTF-8.
        """
        try:
            with self._limiter.permit() if self._limiter else nullcontext():
                answer = self._run(as_text(request).encode())
                text = answer.decode("utf-8").strip()
        except UnicodeDecodeError as error:
            reason = Phrase.of("errors.answer-encoding", byte=error.start)
            raise ModelGarbage(model=self._called, reason=reason) from None
        if not text:
            raise ModelGarbage(model=self._called, reason=Phrase.of("errors.answer-empty"))
        if len(answer) > _LONGEST_ANSWER_BYTES:
            reason = Phrase.of("errors.answer-long", most=_LONGEST_ANSWER_BYTES >> 10)
            raise ModelGarbage(model=self._called, reason=reason)
        if on_text:
            on_text(text)
        return Reply(text=text, stop_reason="end_turn", usage=Usage(), model=self._called)

    def close(self) -> None:
        """End the commands that still run."""
        for process in tuple(self._running):
            _kill_group(process)

    def _run(self, prompt: bytes) -> bytes:
        pipe = subprocess.PIPE
        try:
            process = subprocess.Popen(  # noqa: S603 - the user's own command, from the user's own side
                self._arguments,
                stdin=pipe,
                stdout=pipe,
                stderr=pipe,
                env=without_credentials(os.environ),
                start_new_session=True,
            )
        except FileNotFoundError:
            reason = Phrase.of("errors.command-missing")
            raise ModelCommandFailed(command=self._called, code=127, reason=reason) from None
        except OSError as error:
            raise ModelCommandFailed(command=self._called, code=127, reason=error.strerror) from None
        self._running.add(process)
        with process:
            try:
                answer, complaint = process.communicate(prompt, timeout=self._timeout_seconds)
            except subprocess.TimeoutExpired:
                _kill_group(process)
                raise ModelTimeout(model=self._called, seconds=self._timeout_seconds) from None
            except KeyboardInterrupt:  # its own session keeps the terminal's signal from the command
                _kill_group(process)
                raise
            finally:
                self._running.discard(process)
        if process.returncode:
            # Redacted first: a key cut in two is no longer known for one.
            said = redact(complaint.decode("utf-8", "replace").strip())[-500:]
            why = said or Phrase.of("errors.command-silent")
            raise ModelCommandFailed(command=self._called, code=process.returncode, reason=why)
        return answer


def _name(arguments: list[str]) -> str:
    """Return what a command is called, without a secret: the program, its script, its model."""
    words = [Path(arguments[0]).name]
    words += [Path(word).name for word in arguments[1:2] if not word.startswith("-")]
    words += [model for option, model in pairwise(arguments) if option in {"-m", "--model"}]
    return " ".join(words)


def _rest(arguments: list[str], called: str) -> str:
    """Return what tells a command from one with other arguments, such as a key: a few digits of a hash, "" for none."""
    named = len(called.split()) + sum(one in {"-m", "--model"} for one in arguments)
    return f" #{hashlib.sha256(chr(0).join(arguments).encode()).hexdigest()[:4]}" if named < len(arguments) else ""


def _kill_group(process: "subprocess.Popen[bytes]") -> None:
    """End the command and everything it started: a child that lives on would hold the pipes open."""
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)


def as_text(request: Request) -> str:
    """Render a request as one plain text: the system text, the schema if there is one, then the turns.

    The turns are marked only where there is more than one; a line of theirs that looks like a mark gets a backslash.
    """
    parts = [_join(request.system)] if request.system else []
    if request.schema is not None:
        parts.append(f"=== json schema ===\n{json.dumps(request.schema, ensure_ascii=False)}")
    for message in request.messages:
        said = _join(message.blocks)
        if len(request.messages) > 1:
            said = f"=== {message.role} ===\n" + _LIKE_A_MARK.sub(r"\\\g<0>", said)
        parts.append(said)
    return "\n\n".join(parts) + "\n"


def _join(blocks: tuple[Block, ...]) -> str:
    return "\n\n".join(block.text for block in blocks)
