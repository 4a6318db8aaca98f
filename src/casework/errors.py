"""Every exception that casework raises, in one tree.

CaseworkError
├── ProtocolInvalid       a protocol file does not say what a protocol must say
├── RegionUnknown         a region that no one has described
├── LanguageInvalid       a file with a further language that cannot be used
├── ActivityUnknown       a name that is no activity of the protocol
├── ScenarioInvalid       a scenario with errors was asked to play
├── ChoiceNotOffered      a decision that is not on offer here
├── StoreUnusable         the store cannot be opened, read or written
│   ├── StoreReadOnly     it can be read but not written
│   └── StoreTooNew       a newer edition of casework made it
├── NumberTaken           another decision or event already stands at this number
├── SessionUnknown        a session that the store does not have
├── SessionRunning        a session of which something is asked that only its end makes final
├── ActRefused            the facilitator asked for what is not possible now
├── OmissionUnsound       scenes cannot be left out: endings or rules would go with them
├── FiguresInvalid        a table of official figures that cannot be trusted as it stands
├── AttemptUnknown        an attempt that is not in the store
├── AttemptUnfinished     a certificate was asked for a story that has not come to its end
├── LaunchUnusable        a launch by a learning environment that cannot be followed
├── LedgerUnusable        the file that says what was sent cannot be opened, read or written
├── RecordStoreRefuses    a learning record store does not take what it gets, now or later
├── RecordStoreSilent     a learning record store that did not answer for too long
├── PackageMissing        something that is not installed with every casework
├── FolderWithoutScenarios  there is nothing to serve here
└── PortTaken             another program listens there already

Each keeps its values as attributes and builds its own message from them.
"""

from collections.abc import Sequence
from difflib import get_close_matches
from typing import Protocol


class CaseworkError(Exception):
    """The root: whatever casework raises on purpose."""


class Complaint(Protocol):
    """What is wrong, for a reader of either language; `key` is the field that it is about."""

    @property
    def key(self) -> str:
        """The field, or nothing for the whole file."""

    def in_(self, language: str) -> str:
        """Return it as one line in this language."""


class Spoken(Protocol):
    """A sentence in either language."""

    def in_(self, language: str) -> str:
        """Return it in this language."""


class ProtocolInvalid(CaseworkError):
    """A protocol file that cannot be used; `protocol` names it and `complaints` say what to mend, in file order."""

    def __init__(self, protocol: str, *complaints: Complaint) -> None:
        self.protocol = protocol
        self.complaints = complaints
        super().__init__(f"protocol '{protocol}': {self.in_('en')}")

    @property
    def file(self) -> str:
        """The name of the file."""
        return self.protocol if self.protocol.endswith(".toml") else f"{self.protocol}.toml"

    def in_(self, language: str) -> str:
        """Return every complaint, as one line in this language."""
        return "; ".join(complaint.in_(language) for complaint in self.complaints)


class RegionUnknown(CaseworkError):
    """A region that no one has described; `complaint` says which there are, in either language."""

    def __init__(self, complaint: Complaint) -> None:
        self.complaint = complaint
        super().__init__(complaint.in_("en"))


class LanguageInvalid(CaseworkError):
    """A file with a further language that cannot be used; `complaint` says why, in either language."""

    def __init__(self, file: str, complaint: Complaint) -> None:
        self.file = file
        self.complaint = complaint
        super().__init__(f"{file}: {complaint.in_('en')}")

    def in_(self, language: str) -> str:
        """Return what is wrong, as one line in this language."""
        return f"{self.file}: {self.complaint.in_(language)}"


class ActivityUnknown(CaseworkError):
    """A name that is no activity of the protocol, in no language."""

    def __init__(self, name: str, names: Sequence[str]) -> None:
        self.name = name
        self.nearest = tuple(get_close_matches(name, names, n=3, cutoff=0.5))
        hint = f"; nearest: {', '.join(self.nearest)}" if self.nearest else ""
        super().__init__(f"'{name}' is no activity of this protocol{hint}")


class ScenarioInvalid(CaseworkError):
    """A scenario that was asked to play but has errors; `remarks` are those, one line each."""

    def __init__(self, name: str, remarks: Sequence[str]) -> None:
        self.name = name
        self.remarks = tuple(remarks)
        super().__init__("\n".join([f"{name} cannot be played:", *self.remarks]))


class ChoiceNotOffered(CaseworkError):
    """A decision that is not on offer in this scene; `offered` lists what is."""

    def __init__(self, choice: str, scene: str, offered: Sequence[str]) -> None:
        self.choice = choice
        self.scene = scene
        self.offered = tuple(offered)
        right = ", ".join(self.offered) or "nothing, the attempt has ended"
        super().__init__(f"'{choice}' is not on offer in scene '{scene}'; on offer: {right}")


class StoreUnusable(CaseworkError):
    """The store cannot be opened, read or written; `reason` says why."""

    def __init__(self, address: str, reason: str) -> None:
        self.address = address
        self.reason = reason
        super().__init__(f"store {address}: {reason}")


class StoreReadOnly(StoreUnusable):
    """The store can be read but not written."""

    def __init__(self, address: str) -> None:
        super().__init__(address, "it may be read but not written; give write access, or name another with --store")


class StoreTooNew(StoreUnusable):
    """A newer edition of casework made this store; `revision` is what it carries."""

    def __init__(self, address: str, revision: str) -> None:
        self.revision = revision
        super().__init__(
            address, f"a newer casework made it (revision {revision}); update casework, or name another store"
        )


class NumberTaken(CaseworkError):
    """Another decision or event already stands at this number of the attempt or session."""

    def __init__(self, attempt: str, number: int) -> None:
        self.attempt = attempt
        self.number = number
        super().__init__(f"{attempt} already has something else at number {number}")


class SessionUnknown(CaseworkError):
    """A session that is not in the store."""

    def __init__(self, session: str) -> None:
        self.session = session
        super().__init__(f"session '{session}' is not in the store; open one, or name another store with --store")


class SessionRunning(CaseworkError):
    """A session that has not ended, of which something is asked that may still change."""

    def __init__(self, session: str) -> None:
        self.session = session
        super().__init__(f"session '{session}' has not ended; end it first, so that its votes can change no more")


class ActRefused(CaseworkError):
    """An act of the facilitator that is not possible in this phase of a workshop; `allowed` lists what is."""

    def __init__(self, act: str, subject: str, phase: str, allowed: Sequence[str]) -> None:
        self.act = act
        self.subject = subject
        self.phase = phase
        self.allowed = tuple(allowed)
        what = f"'{act}' of '{subject}'" if subject else f"'{act}'"
        super().__init__(f"{what} is not possible in phase '{phase}'; possible: {', '.join(self.allowed) or 'nothing'}")


class OmissionUnsound(CaseworkError):
    """Scenes that cannot be left out of a case; `reasons` are the properties that would fail."""

    def __init__(self, scenes: Sequence[str], reasons: Sequence[str]) -> None:
        self.scenes = tuple(scenes)
        self.reasons = tuple(reasons)
        super().__init__(f"cannot leave out {', '.join(self.scenes)}: {', '.join(self.reasons)}")


class FiguresInvalid(CaseworkError):
    """A table of figures that cannot be used; `file` names it, and `complaints` are one line each, in file order."""

    def __init__(self, file: str, *complaints: str) -> None:
        self.file = file
        self.complaints = complaints
        super().__init__("\n".join([f"figures {file} cannot be used:", *complaints]))


class AttemptUnknown(CaseworkError):
    """An attempt that is not in the store. The id is not said again: whoever reads it could go on with the attempt."""

    def __init__(self, attempt: str) -> None:
        self.attempt = attempt
        super().__init__("there is no such attempt in this store")


class AttemptUnfinished(CaseworkError):
    """An attempt of which no certificate can be given: not at its end, or its case `is_current` no more."""

    def __init__(self, *, is_current: bool) -> None:
        self.is_current = is_current
        why = "has not come to an end" if is_current else "is of a case that was changed since, or is gone"
        super().__init__(f"this attempt {why}")


class LaunchUnusable(CaseworkError):
    """A launch by a learning environment that does not follow cmi5, or comes from one that we do not know.

    `reason` says why, in either language.
    """

    def __init__(self, reason: Spoken) -> None:
        self.reason = reason
        super().__init__(f"this launch cannot be followed: {reason.in_('en')}")


class LedgerUnusable(CaseworkError):
    """The file that says what a record store has taken cannot be opened, read or written; `reason` says why."""

    def __init__(self, path: str, reason: str) -> None:
        self.path = path
        self.reason = reason
        super().__init__(f"ledger {path}: {reason}; name another file with --ledger")


class RecordStoreRefuses(CaseworkError):
    """A learning record store that does not take what it gets; `said` is its own explanation."""

    def __init__(self, address: str, status: int, said: str) -> None:
        self.address = address
        self.status = status
        self.said = said
        super().__init__(f"{address} refuses, with status {status}: {' '.join(said.split()) or 'no reason given'}")


class RecordStoreSilent(CaseworkError):
    """A learning record store that did not answer, or answered that it could not, for longer than our patience."""

    def __init__(self, address: str, reason: str) -> None:
        self.address = address
        self.reason = reason
        super().__init__(f"{address} does not answer ({reason})")


class PackageMissing(CaseworkError):
    """A package that this needs, and that is not installed with every casework; `extra` brings it."""

    def __init__(self, package: str, extra: str) -> None:
        self.package = package
        self.extra = extra
        super().__init__(f"the package {package} is missing; install casework[{extra}]")


class FolderWithoutScenarios(CaseworkError):
    """A folder in which no notebook was found."""

    def __init__(self, folder: str) -> None:
        self.folder = folder
        super().__init__(f"no scenarios (*.ipynb) in {folder}; name the right folder with --scenarios")


class PortTaken(CaseworkError):
    """Another program listens on this port already."""

    def __init__(self, port: int) -> None:
        self.port = port
        super().__init__(
            f"port {port} is in use; name another with --port, or leave --port out to have a free one chosen"
        )
