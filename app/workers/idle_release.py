"""Lets go of a pane's model when nothing was asked of it for some time: its memory is free for others then.

Owned by the controller it watches; looks at the clock only while a model stands ready.
"""

import time
from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Slot

from app.workers.controller import ControllerState, GenerationController

_LOOK_EVERY_MS = 15_000


class IdleRelease(QObject):
    """Lives in the GUI thread."""

    def __init__(
        self,
        controller: GenerationController,
        minutes: Callable[[], int],
        now: Callable[[], float] = time.monotonic,
    ) -> None:
        """`minutes` gives the user's choice as it is now, 0 = never; `now` is a clock in seconds."""
        super().__init__(controller)
        self._controller = controller
        self._minutes = minutes
        self._now = now
        self._since = now()
        self._timer = QTimer(self)
        self._timer.setInterval(_LOOK_EVERY_MS)
        self._timer.timeout.connect(self.look)
        controller.state_changed.connect(self._observe)
        controller.stopped.connect(self._timer.stop)

    @Slot()
    def look(self) -> None:
        """Release what is open if it was idle for long enough."""
        minutes = self._minutes()
        if minutes and self._now() - self._since >= 60 * minutes:
            self._controller.release()

    @Slot(object)
    def _observe(self, state: ControllerState) -> None:
        self._since = self._now()
        if state is ControllerState.READY:
            self._timer.start()
        else:
            self._timer.stop()
