"""About Facet: its version, the licences of all it is made of, and what helps with a defect."""

from collections.abc import Callable

from PySide6.QtCore import QUrl, Slot
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QLabel, QPlainTextEdit, QPushButton, QVBoxLayout, QWidget

from app import licenses, paths
from app.language import marked, shown, tr
from app.ui.pages.form_row import FormRow, heading
from app.workers.diagnostics import diagnose
from app.workers.file_work import FileWork

_LICENCES_HEIGHT = 320
_WHAT = marked(
    "Runs Gemma models on your machine, natively or with transformers, and sets the two side by side."
)
_LICENCE = marked(
    "Under the Apache License 2.0. Nothing you write leaves this machine; there is no telemetry."
)


class AboutPage(QWidget):
    """`diagnosis` and `document` block; they run in a thread."""

    def __init__(
        self, diagnosis: Callable[[], str] = diagnose, document: Callable[[], str] = licenses.document
    ) -> None:
        super().__init__()
        self._diagnosis = diagnosis
        self._document = document
        self._asked = False
        self.work = FileWork(self)
        self.copy = QPushButton(tr("Copy"))
        self.copy.setAccessibleName(tr("Copy diagnostics"))
        self.log = QPushButton(tr("Open"))
        self.log.setAccessibleName(tr("Open the folder of the log"))
        self.licences = QPlainTextEdit(tr("Reading the licences …"))
        self.licences.setReadOnly(True)
        self.licences.setTabChangesFocus(True)
        self.licences.setAccessibleName(tr("Licences"))
        self.licences.setMinimumHeight(_LICENCES_HEIGHT)
        title = QLabel(f"Facet {licenses.own_version()}")
        title.setProperty("look", "strong")
        hint = tr("What `facet doctor` prints, without the names of your folders: for a report of a defect.")
        self._copying = FormRow(tr("Copy diagnostics"), self.copy, hint=hint)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        for part in (
            title,
            _text(tr(_WHAT)),
            _text(tr(_LICENCE)),
            heading(tr("When something goes wrong")),
            self._copying,
            FormRow(tr("The log"), self.log, hint=str(paths.log_dir())),
            heading(tr("Licences of what Facet is made of")),
        ):
            layout.addWidget(part)
        layout.addWidget(self.licences, 1)
        self.copy.clicked.connect(self._copy)
        self.log.clicked.connect(self._open_log)
        self.work.said.connect(self._fail)
        self.setFocusProxy(self.copy)

    def showEvent(self, event: object) -> None:
        if not self._asked:
            self._asked = True
            self.work.start(self._read_licences())

    @Slot()
    def _copy(self) -> None:
        self.copy.setEnabled(False)
        self.copy.setText(tr("Looking …"))
        self._copying.tell("")
        self.work.start(self._diagnose())

    async def _diagnose(self) -> None:
        try:
            QGuiApplication.clipboard().setText(await self.work.in_thread(self._diagnosis))
        finally:
            self.copy.setEnabled(True)
            self.copy.setText(tr("Copy"))
        self.copy.setText(tr("Copied"))
        self.copy.setFocus()

    async def _read_licences(self) -> None:
        try:
            self.licences.setPlainText(await self.work.in_thread(self._document))
        except OSError as error:
            self.licences.setPlainText(tr("The licences cannot be read ({reason}).").format(reason=error))

    @Slot(object)
    def _fail(self, sentence: object) -> None:
        self._copying.tell(shown(sentence))

    @Slot()
    def _open_log(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(paths.log_dir())))


def _text(text: str) -> QLabel:
    label = QLabel(text)
    label.setWordWrap(True)
    return label
