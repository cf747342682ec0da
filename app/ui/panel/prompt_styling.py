"""How prompts are wrapped for each model: as its files say, or as the user chose for it in the panel."""

from pathlib import Path

from PySide6.QtCore import QObject, Slot

from app.catalog.entry import CatalogEntry
from app.chat.prompt import PromptStyle
from app.ui.conversation_flow import ConversationFlow
from app.ui.panel.opening_panel import OpeningPanel
from app.workers.catalog_scanner import CatalogScanner


class PromptStyling(QObject):
    """Lives in the GUI thread."""

    def __init__(
        self, scanner: CatalogScanner, flow: ConversationFlow, panel: OpeningPanel, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._scanner = scanner
        self._flow = flow
        self._panel = panel
        self._model: CatalogEntry | None = None
        self._chosen: dict[Path, PromptStyle] = {}
        panel.style_changed.connect(self._choose)

    def of(self, entry: CatalogEntry) -> PromptStyle:
        """The style for `entry`."""
        return self._chosen.get(entry.path, entry.prompt_style)

    def show(self, entry: CatalogEntry) -> None:
        """The chat is answered by `entry` from now on."""
        self._model = entry
        self._flow.style = self.of(entry)
        self._panel.show_style(self._flow.style)

    @Slot(object)
    def _choose(self, style: PromptStyle) -> None:
        self._flow.style = style
        if self._model is not None:
            self._chosen[self._model.path] = style
            self._scanner.remember_style(self._model.path, style)
