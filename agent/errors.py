"""The exceptions of the program; each carries facts and builds its own sentence.

    AgentError                      exit code 1, CeilingReached; 130 SessionInterrupted, JobInterrupted,
    │                                   JobEndedAtOnce, SiteInterrupted
    ├── UsageProblem                2   BadArgument, UnknownFile, UnknownStandard, NotAnArticle, FolderNotEmpty,
    │                                   AlreadyWorkspace, NothingToAdopt, UnknownSession, SessionEnded,
    │                                   NoOpenSession, PromptMissing
    ├── WorkspaceError              3   NoWorkspace, SettingsInvalid, UnknownStandardSet, NotUtf8, Unreadable,
    │                                   Unwritable, OutsideWorkspace, ChangedOnDisk, Locked, NoteInvalid, OriginalLost,
    │                                   WouldShrink, LeavesOut, GitFailed, SiteInTheWay,
    │                                   SiteUnwritable
    └── ModelError                  4   NoCredential, NeedsModel, ModelTimeout, ModelUnreachable, ModelRefused,
                                        ModelIncomplete, ModelUnanswered, BatchUnsettled, ModelGarbage,
                                        ModelCommandFailed

Problems in the user's files are findings (values), not exceptions.
"""

import errno
import os
from typing import ClassVar, Final

from agent.words import Language, Phrase, say

# The system speaks English; what it says most often is said in the reader's language.
_SYSTEM: Final = {
    os.strerror(code): f"errors.disk-{name}"
    for name, codes in {
        "denied": (errno.EACCES, errno.EPERM),
        "missing": (errno.ENOENT,),
        "folder": (errno.EISDIR,),
        "not-folder": (errno.ENOTDIR,),
        "special": (errno.ENXIO,),
        "link": (errno.ELOOP,),
        "large": (errno.EFBIG,),
        "full": (errno.ENOSPC, errno.EDQUOT),
        "read-only": (errno.EROFS,),
        "long-name": (errno.ENAMETOOLONG,),
        "name-bytes": (errno.EILSEQ,),
    }.items()
    for code in codes
} | {
    os.strerror(errno.ECONNREFUSED): "errors.net-refused",
    os.strerror(errno.ENETUNREACH): "errors.net-none",
    os.strerror(errno.EHOSTUNREACH): "errors.net-none",
    "Name or service not known": "errors.net-no-host",  # what the resolver says, which has no number of the system's
    "Temporary failure in name resolution": "errors.net-no-host",
}


class AgentError(Exception):
    """A failure with a sentence for the user: what happened, what to do.

    A `reason` among the facts may be the system's own words.
    """

    exit_code: ClassVar[int] = 1
    key: ClassVar[str] = "errors.failed"

    def __init__(self, **facts: object) -> None:
        self.facts = facts
        super().__init__(self.sentence("en"))

    def sentence(self, language: Language) -> str:
        """Return the one sentence the user reads."""
        reason = self.facts.get("reason")
        key = _SYSTEM.get(reason) if isinstance(reason, str) else None
        facts = {**self.facts, "reason": Phrase.of(key)} if key else self.facts
        return say(language, self.key, **facts)


class CeilingReached(AgentError):
    """The next request could cost more than is left. Facts: ceiling, spent."""

    key = "expansion.ceiling"


class SessionInterrupted(AgentError):
    """Ctrl-C has paused a session. Facts: sid."""

    exit_code = 130
    key = "socratic.paused"


class JobInterrupted(AgentError):
    """Ctrl-C stops a job: no request leaves any more."""

    exit_code = 130
    key = "expansion.interrupted"


class JobEndedAtOnce(AgentError):
    """A second Ctrl-C: what is in flight is not waited for. Facts: command, to go on."""

    exit_code = 130
    key = "expansion.ended-at-once"


class SiteInterrupted(AgentError):
    """Ctrl-C stops the writing of pages."""

    exit_code = 130
    key = "errors.site-interrupted"


class UsageProblem(AgentError):
    """The command line asks for something that does not exist."""

    exit_code = 2


class BadArgument(UsageProblem):
    """An argument has a value that cannot be used. Facts: argument, reason."""

    key = "errors.bad-argument"


class UnknownStandard(UsageProblem):
    """A standard's name is not known. Facts: name, known."""

    key = "errors.unknown-standard"


class AlreadyWorkspace(UsageProblem):
    """A folder to be adopted is a workspace already. Facts: folder."""

    key = "errors.already-workspace"


class NothingToAdopt(UsageProblem):
    """A folder to be adopted holds no notes. Facts: folder."""

    key = "errors.nothing-to-adopt"


class FolderNotEmpty(UsageProblem):
    """A new workspace is asked for where something is already. Facts: folder."""

    key = "errors.folder-not-empty"


class NotAnArticle(UsageProblem):
    """A command for articles names another file. Facts: path."""

    key = "errors.not-an-article"


class UnknownFile(UsageProblem):
    """A path on the command line names nothing. Facts: path, root."""

    key = "errors.unknown-file"


class UnknownSession(UsageProblem):
    """A session id names nothing. Facts: sid."""

    key = "errors.unknown-session"


class SessionEnded(UsageProblem):
    """A session to be resumed has ended, its document is made. Facts: sid."""

    key = "errors.session-ended"


class NoOpenSession(UsageProblem):
    """The newest unfinished session is asked for, and there is none."""

    key = "errors.no-open-session"


class PromptMissing(UsageProblem):
    """A prompt name has no template. Facts: name, known."""

    key = "errors.prompt-missing"


class WorkspaceError(AgentError):
    """The user's files or git cannot be used as asked."""

    exit_code = 3


class NoWorkspace(WorkspaceError):
    """No `wenqu.toml` here or above. Facts: folder."""

    key = "errors.no-workspace"


class SettingsInvalid(WorkspaceError):
    """A settings file cannot be read. Facts: path, reason."""

    key = "errors.settings-invalid"


class UnknownStandardSet(WorkspaceError):
    """The standard of the settings is not known. Facts: name, known."""

    key = "errors.unknown-standard-set"


class NotUtf8(WorkspaceError):
    """A file that must be read is not UTF-8. Facts: path, byte."""

    key = "errors.not-utf8"


class Unreadable(WorkspaceError):
    """A file cannot be read. Facts: path, reason."""

    key = "errors.unreadable"


class Unwritable(WorkspaceError):
    """A file cannot be written. Facts: path, reason."""

    key = "errors.unwritable"


class SiteInTheWay(WorkspaceError):
    """A file that no site wrote stands where a page would. Facts: path, folder."""

    key = "errors.site-in-the-way"


class SiteUnwritable(WorkspaceError):
    """A file of a site cannot be written, others may have been. Facts: path, reason."""

    key = "errors.site-unwritable"


class OutsideWorkspace(WorkspaceError):
    """A path leaves the workspace. Facts: path, root."""

    key = "errors.outside-workspace"


class ChangedOnDisk(WorkspaceError):
    """A file changed between reading and writing. Facts: path, beside."""

    key = "errors.changed-on-disk"


class Locked(WorkspaceError):
    """A lock is held by another process. Facts: name, holder."""

    key = "errors.locked"


class NoteInvalid(WorkspaceError):
    """A note that must be edited has unreadable front matter. Facts: path, line, reason."""

    key = "errors.note-invalid"


class OriginalLost(WorkspaceError):
    """An edit would change the author's text. Facts: path, line."""

    key = "errors.original-lost"


class WouldShrink(WorkspaceError):
    """An edit would lose many lines. Facts: path, lost, lines."""

    key = "errors.would-shrink"


class LeavesOut(WorkspaceError):
    """A repair leaves out what it is to keep. Facts: path, pieces."""

    key = "errors.leaves-out"


class GitFailed(WorkspaceError):
    """A git command failed. Facts: command, reason."""

    key = "errors.git-failed"


class ModelError(AgentError):
    """The language model cannot be used or did not answer usably."""

    exit_code = 4


class NoCredential(ModelError):
    """No key, token or model command is set."""

    key = "errors.no-credential"


class NeedsModel(ModelError):
    """A command that needs a model was run offline. Facts: command, offline."""

    key = "errors.needs-model"


class ModelTimeout(ModelError):
    """No answer in time. Facts: model, seconds."""

    key = "errors.model-timeout"


class ModelUnreachable(ModelError):
    """No connection. Facts: where, reason."""

    key = "errors.model-unreachable"


class ModelRefused(ModelError):
    """The service answered with an error. Facts: status, type, reason."""

    key = "errors.model-refused"


class ModelIncomplete(ModelError):
    """A stream ended early or a reply was cut. Facts: model, reason."""

    key = "errors.model-incomplete"


class ModelUnanswered(ModelError):
    """A request of a batch ended without an answer. Facts: ending, “expired” or “canceled”."""

    key = "errors.model-unanswered"


class BatchUnsettled(ModelIncomplete):
    """The service has not given all the results of a batch. Facts: batch, received, wanted."""

    key = "errors.batch-unsettled"


class ModelGarbage(ModelError):
    """A structured reply does not validate. Facts: model, reason."""

    key = "errors.model-garbage"


class ModelCommandFailed(ModelError):
    """A model command exited with an error. Facts: command, code, reason."""

    key = "errors.model-command-failed"
