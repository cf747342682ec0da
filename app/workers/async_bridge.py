"""From Qt signals to `async for`: the events of one request as an asynchronous iterator.

Runs in the GUI thread on the qasync loop; the queue is filled by a slot of the same thread. Must not touch
threads.
"""

import asyncio
from collections.abc import AsyncGenerator

from PySide6.QtCore import QObject, SignalInstance, Slot

from app.workers.events import AnswerFinished, ModelLoaded, RequestFailed, WorkerEvent


class RequestEvents(QObject):
    """Collects the events of `request_id` from `signal`, from the moment it is made."""

    def __init__(self, signal: SignalInstance, request_id: int, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._request_id = request_id
        self._queue: asyncio.Queue[WorkerEvent] = asyncio.Queue()
        self._signal = signal
        signal.connect(self._receive)

    @Slot(object)
    def _receive(self, event: WorkerEvent) -> None:
        if event.request_id == self._request_id:
            self._queue.put_nowait(event)

    async def until_done(self) -> AsyncGenerator[WorkerEvent, None]:
        """Every event up to the one that ends the request. Raises the FacetError of a RequestFailed."""
        while True:
            event = await self._queue.get()
            if isinstance(event, RequestFailed):
                raise event.error
            yield event
            if isinstance(event, ModelLoaded | AnswerFinished):
                return

    def close(self) -> None:
        """Stop listening."""
        self._signal.disconnect(self._receive)
        self.deleteLater()
