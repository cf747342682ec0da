"""The settings: every choice that is not made beside the chat, applied as soon as it is made."""

from collections.abc import Iterable

from PySide6.QtCore import QSignalBlocker, Qt, Signal, Slot
from PySide6.QtWidgets import QCheckBox, QLabel, QPushButton, QSpinBox, QVBoxLayout, QWidget

from app import paths
from app.language import tr
from app.settings import Settings
from app.ui.look.appearance import LARGEST, SMALLEST, STEP, THEMES
from app.ui.look.chevron_combo import ChevronCombo
from app.ui.look.still_spin_box import StillSpinBox
from app.ui.models.models_folder import ModelsFolder, folders_of
from app.ui.pages.folder_list import FolderList
from app.ui.pages.form_row import FormRow, heading
from app.ui.preferences import Preferences
from app.ui.translation import LANGUAGES
from app.workers.listing import CatalogListing

_DTYPES = ("bfloat16", "float32")
_LANGUAGES = ("system", *LANGUAGES)
_CONTEXT_STEP = 1024


class SettingsPage(QWidget):
    """A form over Preferences; what others change there is shown here."""

    opening_changed = Signal()
    """A value decides how models are opened; the one that is open has to be opened anew."""
    shortcuts_requested = Signal()

    def __init__(self, preferences: Preferences, folders: ModelsFolder) -> None:
        super().__init__()
        self._preferences = preferences
        self._listing: CatalogListing | None = None
        self.folders = FolderList()
        self.folders.add_requested.connect(folders.ask)
        self.folders.leave_requested.connect(folders.leave)
        self.threads = _number(tr("Threads"), 0, 256, 1)
        self.context = _number(tr("Context, in tokens"), 0, 1 << 20, _CONTEXT_STEP)
        self.idle = _number(tr("Release an idle model after, in minutes"), 0, 7 * 24 * 60, 5)
        self.idle.setSuffix(tr(" min"))
        self.idle.setSpecialValueText(tr("Never"))
        self.dtype = _choice(tr("Precision of transformers"), _DTYPES)
        self.isolation = QCheckBox()
        self.isolation.setAccessibleName(tr("Native in its own process"))
        self.guard = QCheckBox()
        self.guard.setAccessibleName(tr("Memory guard"))
        self.theme = _choice(tr("Theme"), map(tr, THEMES.values()))
        self.language = _choice(tr("Language"), (tr("As the system"), *LANGUAGES.values()))
        self.font_size = _number(tr("Size of all text"), SMALLEST, LARGEST, STEP)
        self.font_size.setSuffix(" %")
        self.font_size.setSpecialValueText("")
        self.shortcuts = QPushButton(tr("Shortcuts …"))
        self.shortcuts.clicked.connect(self.shortcuts_requested)
        self._lay_out()
        self.threads.valueChanged.connect(lambda value: self._open_anew(threads=value))
        self.context.valueChanged.connect(lambda value: self._open_anew(context_tokens=value))
        self.idle.valueChanged.connect(lambda value: preferences.change(idle_release_minutes=value))
        self.dtype.activated.connect(lambda row: self._open_anew(dtype=_DTYPES[row]))
        self.guard.clicked.connect(lambda on: preferences.change(memory_guard=on))
        self.isolation.clicked.connect(lambda on: self._open_anew(isolate_native=on))
        self.theme.activated.connect(lambda row: preferences.change(theme=list(THEMES)[row]))
        self.language.activated.connect(lambda row: preferences.change(language=_LANGUAGES[row]))
        self.font_size.valueChanged.connect(lambda value: preferences.change(font_percent=value))
        preferences.changed.connect(self._follow)
        self._show(preferences.settings)
        self.setFocusProxy(self.folders.add)

    @Slot(object)
    def show_listing(self, listing: CatalogListing | None) -> None:
        """The last scan of the folders."""
        self._listing = listing
        self.folders.show_folders(folders_of(self._preferences.settings), listing)

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        for part in (
            heading(tr("Model folders")),
            self.folders,
            heading(tr("Engines")),
            FormRow(
                tr("Threads"), self.threads, hint=tr("Of the engine; automatic takes what the machine has.")
            ),
            FormRow(
                tr("Context"),
                self.context,
                hint=tr(
                    "Tokens of a conversation that a model is opened for; automatic takes the model's own, "
                    "8192 at most. More takes more memory."
                ),
            ),
            FormRow(
                tr("Memory guard"),
                self.guard,
                hint=tr("Asks before a model is loaded that will hardly fit into the memory that is free."),
            ),
            FormRow(
                tr("Release an idle model"),
                self.idle,
                hint=tr(
                    "What was not used for so long gives its memory back, and is loaded again with the "
                    "next message."
                ),
            ),
            FormRow(
                tr("Native in its own process"),
                self.isolation,
                hint=tr("A crash of the native engine then leaves the window alone."),
            ),
            FormRow(tr("Precision of transformers"), self.dtype, hint=tr("float32 takes twice the memory.")),
            heading(tr("Looks")),
            FormRow(tr("Theme"), self.theme),
            FormRow(tr("Language"), self.language, hint=tr("Another one is spoken from the next start on.")),
            FormRow(
                tr("Size of all text"), self.font_size, hint=tr("From 80 to 200 percent of the system's.")
            ),
            heading(tr("Keyboard")),
            FormRow(tr("All shortcuts, and how to change them"), self.shortcuts),
            heading(tr("Where this is kept")),
            _path(tr("Settings: {path}").format(path=paths.config_dir() / "settings.json")),
            _path(tr("Chats: {path}").format(path=paths.data_dir())),
            _path(tr("Log: {path}").format(path=paths.log_dir())),
        ):
            layout.addWidget(part)
        layout.addStretch(1)

    def _open_anew(self, **values: object) -> None:
        self._preferences.change(**values)
        self.opening_changed.emit()

    @Slot(object, object)
    def _follow(self, _before: Settings, now: Settings) -> None:
        self._show(now)

    def _show(self, now: Settings) -> None:
        """Without announcing it."""
        for box, value in (
            (self.threads, now.threads),
            (self.context, now.context_tokens),
            (self.idle, now.idle_release_minutes),
            (self.font_size, now.font_percent),
        ):
            with QSignalBlocker(box):
                box.setValue(value)
        self.dtype.setCurrentIndex(_DTYPES.index(now.dtype))
        self.language.setCurrentIndex(_LANGUAGES.index(now.language))
        self.theme.setCurrentIndex(next((at for at, name in enumerate(THEMES) if name == now.theme), 0))
        self.isolation.setChecked(now.isolate_native)
        self.guard.setChecked(now.memory_guard)
        self.folders.show_folders(folders_of(now), self._listing)


def _number(name: str, low: int, high: int, step: int) -> QSpinBox:
    box = StillSpinBox()
    box.setAccessibleName(name)
    box.setRange(low, high)
    box.setSingleStep(step)
    box.setSpecialValueText(tr("Automatic"))
    box.setKeyboardTracking(False)
    box.setAlignment(Qt.AlignmentFlag.AlignRight)
    box.lineEdit().setTextMargins(8, 0, 8, 0)  # the style sheet's padding does not reach it
    return box


def _choice(name: str, titles: Iterable[str]) -> ChevronCombo:
    box = ChevronCombo()
    box.setSizeAdjustPolicy(ChevronCombo.SizeAdjustPolicy.AdjustToContents)
    box.addItems(list(titles))
    box.setAccessibleName(name)
    return box


def _path(text: str) -> QLabel:
    label = QLabel(text)
    label.setProperty("look", "muted")
    label.setWordWrap(True)
    return label
