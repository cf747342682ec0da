"""What a chat has of its own besides its messages: its system text, and how its answers are drawn.

Shows both for the chat on screen, keeps what the user changes with the chat, and gives each answer its seed.
"""

import secrets
from dataclasses import replace

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from app.backends.base import Sampling
from app.catalog.entry import CatalogEntry
from app.chat.record import ChatRecord
from app.language import shown, tr
from app.settings import Settings
from app.ui.chats.chat_book import ChatBook
from app.ui.chats.chat_sampling import sampling_of, sampling_values, with_sampling
from app.ui.chats.chat_session import ChatSession
from app.ui.conversation_flow import ConversationFlow
from app.ui.look.quantities import short_number
from app.ui.panel.side_panel import SidePanel
from app.ui.preferences import Preferences

_SEEDS = 1 << 32
_WRITE_MS = 400
"""After the last key, so that a text is written and not its letters."""


class ChatPersona(QObject):
    """All methods are for the GUI thread."""

    changed = Signal()
    """`shown` is different now."""

    def __init__(
        self,
        chats: ChatBook,
        flow: ConversationFlow,
        panel: SidePanel,
        preferences: Preferences,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._chats = chats
        self._flow = flow
        self._panel = panel
        self._preferences = preferences
        self._model: CatalogEntry | None = None
        self._chat = chats.current
        self._unwritten: dict[int, ChatSession] = {}
        self._write = QTimer(self)
        self._write.setSingleShot(True)
        self._write.setInterval(_WRITE_MS)
        self._write.timeout.connect(self.write)
        flow.drawn = self._drawn
        chats.opened.connect(self._show)
        chats.presets_changed.connect(panel.system.show_presets)
        panel.system.changed.connect(self._take_system)
        panel.system.preset_kept.connect(chats.keep_preset)
        panel.system.preset_removed.connect(chats.remove_preset)
        panel.sampling.changed.connect(self._take_sampling)
        panel.sampling.reset_requested.connect(self._reset)
        panel.sampling.keep_requested.connect(self._keep_for_new_chats)
        self.show_model(None)
        flow.sampling = sampling_of(preferences.settings)

    def shown(self, settings: Settings) -> Settings:
        """`settings` with what the panel shows."""
        return self._panel.sampling.values(settings)

    def given(self, record: ChatRecord) -> ChatRecord:
        """`record`, drawn as the panel says."""
        return replace(record, sampling=sampling_values(self.shown(self._preferences.settings)))

    def show_model(self, entry: CatalogEntry | None) -> None:
        """Whose defaults a reset gives."""
        self._model = entry
        sentence = ""
        if entry is not None:
            is_ = entry.sampling
            sentence = tr(
                "Reset to the model's defaults: temperature {temperature}, top-k {top_k}, top-p {top_p}, "
                "min-p {min_p}, repetition penalty {penalty} ({source})"
            ).format(
                temperature=short_number(is_.temperature),
                top_k=is_.top_k,
                top_p=short_number(is_.top_p),
                min_p=short_number(is_.min_p),
                penalty=short_number(is_.repetition_penalty),
                source=shown(is_.source),
            )
        self._panel.sampling.show_defaults(sentence)

    @Slot()
    def finish(self) -> None:
        """Take what is still being typed, and have everything written now."""
        self._panel.sampling.commit()
        self.write()

    @Slot()
    def write(self) -> None:
        """Have what was changed written now."""
        self._write.stop()
        unwritten, self._unwritten = self._unwritten, {}
        for chat_id, chat in unwritten.items():
            self._chats.change(chat_id, system=chat.record.system, sampling=chat.record.sampling)

    @Slot(object)
    def _show(self, chat: ChatSession) -> None:
        self.finish()
        self._chat = chat
        if not chat.messages and not chat.record.sampling:
            chat.record = replace(chat.record, sampling=sampling_values(self._preferences.settings))
        self._panel.system.show_text(chat.record.system)
        self._show_sampling()

    def _show_sampling(self) -> None:
        shown = self._of(self._chat)
        self._panel.sampling.show_values(shown)
        self._flow.sampling = sampling_of(shown)
        self.changed.emit()

    def _of(self, chat: ChatSession) -> Settings:
        return with_sampling(self._preferences.settings, chat.record.sampling)

    @Slot(str)
    def _take_system(self, text: str) -> None:
        self._keep(self._chat, replace(self._chat.record, system=text))

    @Slot()
    def _take_sampling(self) -> None:
        self._keep(self._chat, self.given(self._chat.record))
        self._flow.sampling = sampling_of(self._of(self._chat))
        self.changed.emit()

    def _keep(self, chat: ChatSession, record: ChatRecord) -> None:
        chat.record = record
        self._unwritten[chat.chat_id] = chat
        self._write.start()

    @Slot()
    def _reset(self) -> None:
        if self._model is None:
            return
        is_ = self._model.sampling
        values = {
            "temperature": is_.temperature,
            "top_k": is_.top_k,
            "top_p": is_.top_p,
            "min_p": is_.min_p,
            "repetition_penalty": is_.repetition_penalty,
        }
        self._keep(
            self._chat,
            replace(self._chat.record, sampling=sampling_values(with_sampling(self._of(self._chat), values))),
        )
        self._show_sampling()

    @Slot()
    def _keep_for_new_chats(self) -> None:
        self._preferences.take(self.shown(self._preferences.settings))

    def _drawn(self, chat: ChatSession) -> Sampling:
        """What the next answer in `chat` is drawn with; a seed that is not locked is a new one."""
        if chat is self._chat:
            self._panel.sampling.commit()
        chosen = self._of(chat)
        if not chosen.seed_locked:
            chosen = replace(chosen, seed=secrets.randbelow(_SEEDS))
            self._keep(chat, replace(chat.record, sampling=sampling_values(chosen)))
            if chat is self._chat:
                self._panel.sampling.show_seed(chosen.seed)
        return sampling_of(chosen)
