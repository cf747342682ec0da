"""Says over a column that its engine does not compute what the model was trained with."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel


class DeviationBadge(QLabel):
    """Not to be seen where there is nothing to say."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("look", "badge")
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(True)
        self.hide()

    def show_deviations(self, engine: str, deviations: Sequence[str]) -> None:
        """Sentences of ModelInfo.deviations; none hide it."""
        text = " ".join(deviations)
        said = f"{engine} deviates: {text}" if text else ""
        self.setText(said)
        self.setToolTip("\n".join((f"{engine} computes otherwise than this model was trained:", *deviations)))
        self.setAccessibleName(said)
        self.setVisible(bool(said))

    def clear(self) -> None:
        self.show_deviations("", ())
