"""Every error a user can meet, each with a sentence that says cause and next step.

FacetError
├── Cancelled              the user asked to stop; never shown as an error
├── UsageError             wrong arguments (exit code 2)
├── BackendUnavailable     something is not installed; the sentence says what
├── ModelError
│   ├── ModelNotFound
│   ├── BadModelFile       damaged, truncated, contradictory
│   └── UnsupportedModel   sound, but not for this backend
├── ContextFull            prompt and answer do not fit
├── OutOfMemory
│   └── TooLittleFree      a model will hardly fit; the user may load it all the same
├── Busy                   the session is answering something else
├── StoreError             chats cannot be read or written now
│   ├── StoreReadOnly      ... nor ever: they belong to a newer Facet
│   └── StoreDamaged       the file's content makes no sense
├── EngineDied             the process that ran an engine ended
└── InternalError          a defect of Facet
"""

from collections.abc import Callable

from app.language import sentence


class FacetError(Exception):
    """Base of all; str(error) is a sentence for the user."""

    #: What the user can do next, one short sentence; may be empty.
    next_step: str

    def __init__(self, message: str, next_step: str = "") -> None:
        super().__init__(message)
        self.next_step = next_step

    @property
    def message(self) -> str:
        """The sentence as it was made, which the window can say in its language; str(error) is English."""
        message: str = self.args[0]
        return message

    @property
    def whole(self) -> str:
        """What happened and what to do next, in one text that can be translated, too."""
        if not self.next_step:
            return self.message
        return sentence("{what} {next_step}", what=self.message, next_step=self.next_step)


class Cancelled(FacetError):
    """The user asked to stop."""

    def __init__(self, message: str = sentence("Stopped.")) -> None:
        super().__init__(message)


class UsageError(FacetError):
    """Arguments that make no sense."""


class BackendUnavailable(FacetError):
    """A backend or engine is not installed or cannot run here."""


class ModelError(FacetError):
    """Something about the model's files."""


class ModelNotFound(ModelError):
    """No file or catalog entry of that name."""


class BadModelFile(ModelError):
    """The file is damaged or is not what it says it is."""


class UnsupportedModel(ModelError):
    """A sound file that this backend cannot run."""


class ContextFull(FacetError):
    """More tokens than the context holds."""


class OutOfMemory(FacetError):
    """The machine has not enough memory for this."""


class TooLittleFree(OutOfMemory):
    """A model that will hardly fit was not loaded; after `overrule()` the next load tries."""

    def __init__(
        self, message: str, next_step: str = "", overrule: Callable[[], None] = lambda: None
    ) -> None:
        super().__init__(message, next_step)
        self.overrule = overrule


class Busy(FacetError):
    """The session is answering something else."""


class StoreError(FacetError):
    """Chats cannot be read or written now: a full disk, a lock, missing rights."""


class StoreReadOnly(StoreError):
    """The file of chats is only read: a newer Facet wrote it."""


class StoreDamaged(StoreError):
    """The file of chats is damaged."""


class EngineDied(FacetError):
    """The process that ran an engine ended; the model is not loaded any more."""


class InternalError(FacetError):
    """A defect of Facet."""
