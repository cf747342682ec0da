"""A backend that opens its models in a process of their own, where that is asked for or usual."""

from collections.abc import Callable
from dataclasses import asdict

from app.backends.base import (
    Availability,
    Backend,
    LoadedModel,
    LoadProgress,
    OpenOptions,
    ProgressCallback,
)
from app.backends.isolated import frames
from app.backends.isolated.call import Call, Event
from app.backends.isolated.engine_process import CHILD, EngineProcess
from app.backends.isolated.model import IsolatedModel
from app.backends.isolated.obituary import LOADING
from app.catalog.entry import CatalogEntry
from app.errors import BackendUnavailable, Cancelled, EngineDied, UnsupportedModel
from app.installation import Interpreter
from app.language import sentence

_ASK_EVERY_S = 0.05
"""How often the user's wish to stop is looked at while nothing comes: an import that holds the interpreter
over there holds nobody here.
"""


def _this_one() -> Interpreter | None:
    """No other Python."""
    return None


class IsolatedBackend:
    """Implements app.backends.base.Backend around another one."""

    def __init__(
        self,
        in_process: Backend,
        usually: Callable[[OpenOptions], bool],
        module: str = CHILD,
        interpreter: Callable[[], Interpreter | None] = _this_one,
    ) -> None:
        """`usually` decides where the options do not; `module` is what the child runs. Where `interpreter`
        names another Python, the backend runs only there: whatever the options say, in a process of its own.
        """
        self.in_process = in_process
        self._interpreter = interpreter
        self._usually = usually
        self._module = module

    @property
    def name(self) -> str:
        return self.in_process.name

    def availability(self) -> Availability:
        return self.in_process.availability()

    def can_open(self, entry: CatalogEntry) -> Availability:
        return self.in_process.can_open(entry)

    def open(self, entry: CatalogEntry, options: OpenOptions, progress: ProgressCallback) -> LoadedModel:
        interpreter = self._interpreter()
        isolated = self._usually(options) if options.isolated is None else options.isolated
        if interpreter is None and not isolated:
            return self.in_process.open(entry, options, progress)
        available = self.availability()
        if not available.available:
            raise BackendUnavailable(available.reason)
        openable = self.can_open(entry)
        if not openable.available:
            raise UnsupportedModel(openable.reason)
        process = EngineProcess(self._module, interpreter)
        try:
            with process.call(LOADING) as call:
                request = {"backend": self.name, "entry": frames.entry_document(entry)}
                call.ask("open", request | {"options": asdict(options)})
                opened = _follow(call, progress)
            document = opened.document
            info = frames.info_from(document["info"])
            return IsolatedModel(process, document["backend"], document["engine"], info)
        except BaseException:
            process.close()
            raise


def _follow(call: Call, progress: ProgressCallback) -> Event:
    """Pass progress on until the model is open."""
    latest = LoadProgress(sentence("starting the engine"))
    while True:
        try:
            event = call.wait(_ASK_EVERY_S)
        except EngineDied:
            if call.cancelled:  # it was ended because it did not stop: nothing is lost
                raise Cancelled from None
            raise
        if event is not None and event.kind == "opened":
            if call.cancelled:
                raise Cancelled
            return event
        if event is not None:
            latest = frames.progress_from(event.document["progress"])
        if not call.cancelled and not progress(latest):
            call.cancel()
