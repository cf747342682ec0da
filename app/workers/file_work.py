"""Work with the user's files for the window: each piece in a thread of its own, each errand a coroutine that
nobody waits for. What goes wrong becomes a sentence.
"""

import asyncio
import logging
from collections.abc import Callable, Coroutine
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

from PySide6.QtCore import QObject, Signal, Slot

from app.workers.failures import for_user

_log = logging.getLogger(__name__)

Result = TypeVar("Result")


class FileWork(QObject):
    """Lives in the GUI thread, with the qasync loop running. One piece of work is done at a time."""

    said = Signal(object)
    """A sentence for the user: why an errand could not be done."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._executor = ThreadPoolExecutor(1, "facet-files")
        self._errands: set[asyncio.Task[Any]] = set()
        self._shut_down = False

    def start(self, errand: Coroutine[Any, Any, None]) -> None:
        """Run `errand` to its end."""
        if self._shut_down:
            errand.close()
            return
        task = asyncio.get_running_loop().create_task(errand)
        self._errands.add(task)
        task.add_done_callback(self._ended)

    async def in_thread(self, work: Callable[[], Result]) -> Result:
        """What `work` gives, or raises, away from the GUI thread."""
        return await asyncio.get_running_loop().run_in_executor(self._executor, work)

    @property
    def settled(self) -> bool:
        """Whether no errand is under way."""
        return not self._errands

    @Slot()
    def shutdown(self) -> None:
        """Give up what is under way; a file that is being written is finished."""
        self._shut_down = True
        for task in list(self._errands):
            task.cancel()
        self._executor.shutdown(wait=False, cancel_futures=True)

    def wait_for_shutdown(self) -> None:
        """Block until the file that is being written is finished."""
        self.shutdown()
        self._executor.shutdown(wait=True)

    def _ended(self, task: asyncio.Task[None]) -> None:
        self._errands.discard(task)
        error = None if task.cancelled() else task.exception()
        if isinstance(error, Exception):
            self.said.emit(for_user(error).whole)
