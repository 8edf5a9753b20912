"""The decision threshold as a number to be typed, the same on the page of answers and in their room."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Signal
from PySide6.QtWidgets import QToolTip, QWidget

from ann_viz.errors import ConfigError
from ann_viz.session.modelcheck import check_threshold
from ann_viz.translation import translate
from ann_viz.ui.kit.number_controls import NumberField
from ann_viz.ui.kit.plain_text import plain_tip

__all__ = ["ThresholdField"]


class ThresholdField(NumberField):
    """A field in per cent; what can be no threshold is refused in a tip under it, and the last one shown again."""

    chosen = Signal(float)
    """A threshold the user has typed."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(translate("Decision threshold"), percent=True, parent=parent)
        self.entered.connect(self._on_entered)
        self.rejected.connect(self._say)

    def _on_entered(self, threshold: float) -> None:
        try:
            check_threshold(threshold)
        except ConfigError as error:
            self.show_number(self.number)
            self._say(str(error))
        else:
            self.chosen.emit(threshold)

    def _say(self, sentence: str) -> None:
        QToolTip.showText(self.mapToGlobal(QPoint(0, self.height())), plain_tip(sentence), self)
