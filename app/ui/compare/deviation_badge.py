"""Says over a column that its engine computes otherwise than the model was trained; how, is the tooltip."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QSizePolicy

from app.language import shown, tr


class DeviationBadge(QLabel):
    """Not to be seen where there is nothing to say."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("look", "chip")
        self.setProperty("state", "differs")
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.hide()

    def show_deviations(self, engine: str, deviations: Sequence[str]) -> None:
        """Sentences of ModelInfo.deviations; none hide it. `engine` may be empty where it stands beside."""
        told = tr("Deviates from the reference")
        if engine:
            told = tr("{engine} deviates from the reference").format(engine=engine)
        told = told if deviations else ""
        self.setText(told)
        words = [shown(deviation) for deviation in deviations]
        self.setToolTip("\n".join(words))
        self.setAccessibleName(". ".join((told, *words)))
        self.setVisible(bool(deviations))

    def clear(self) -> None:
        self.show_deviations("", ())
