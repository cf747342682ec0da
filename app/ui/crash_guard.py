"""Keeps a model whose engine's process ended from being loaded again by itself, also at the next start.

It is loaded when the user asks for it: picks it, presses the switch, or sends a message.
"""

from PySide6.QtCore import QObject, Signal, Slot

from app.errors import EngineDied
from app.language import tr
from app.ui.conversation_flow import ConversationFlow
from app.ui.preferences import Preferences
from app.ui.target import Target
from app.workers.controller import GenerationController
from app.workers.events import ModelLoaded, RequestFailed, WorkerEvent


class CrashGuard(QObject):
    """Stands between the window and the chat's flow."""

    said = Signal(str)
    """A sentence for the user."""

    def __init__(
        self,
        flow: ConversationFlow,
        controller: GenerationController,
        preferences: Preferences,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._flow = flow
        self._preferences = preferences
        controller.reported.connect(self._observe)

    def open(self, target: Target, *, unasked: bool = False) -> None:
        """Load `target`, except that one that crashed waits when nobody asked for it."""
        if not unasked or _name(target) != self._crashed:
            self._flow.open(target)
        elif self._flow.target != target:
            self._flow.aim(target)
            said = tr(
                "{model} with {runtime} ended its process last time, so it is not loaded by itself. "
                "Send a message, or pick it, to load it."
            )
            self.said.emit(said.format(model=target.listed.entry.name, runtime=target.runtime))

    @property
    def _crashed(self) -> str:
        """What crashed last and has not been loaded since; "" for nothing."""
        return self._preferences.settings.crashed

    @Slot(object)
    def _observe(self, event: WorkerEvent) -> None:
        target = self._flow.target
        if target is None:
            return
        if isinstance(event, RequestFailed) and isinstance(event.error, EngineDied):
            self._preferences.change(crashed=_name(target))
        elif isinstance(event, ModelLoaded) and self._crashed == _name(target):
            self._preferences.change(crashed="")


def _name(target: Target) -> str:
    return f"{target.listed.entry.name} {target.backend} {target.options.engine}"
