"""Weights in an engine's process, as the protocols of base.py want it."""

import weakref

from app.backends.base import ModelInfo
from app.backends.isolated.engine_process import EngineProcess
from app.backends.isolated.obituary import IDLE
from app.backends.isolated.session import IsolatedSession
from app.errors import UsageError
from app.language import sentence


class IsolatedModel:
    """Implements app.backends.base.LoadedModel. The process ends with the model and its last session."""

    def __init__(self, process: EngineProcess, backend: str, engine: str, info: ModelInfo) -> None:
        self.backend = backend
        self.engine = engine
        self.info = info
        self._process = process
        process.lease()
        self._finalizer = weakref.finalize(self, process.release)

    @property
    def pid(self) -> int:
        """Of the process that holds the weights."""
        return self._process.pid

    def session(self) -> IsolatedSession:
        if not self._finalizer.alive:
            raise UsageError(sentence("The model is closed."))
        with self._process.call(IDLE) as call:
            call.ask("session", {})
            event = call.wait()
            assert event is not None
        document = event.document
        return IsolatedSession(self._process, document["session"], self.info, document["context_tokens"])

    def close(self) -> None:
        self._finalizer()
