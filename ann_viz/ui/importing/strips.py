"""The buttons in the strips below rows with trouble; they stay at the right edge however the table is scrolled."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from itertools import pairwise
from typing import Final

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QTableView, QWidget

from ann_viz.data import BadLine
from ann_viz.numerals import format_number
from ann_viz.session.importing.repair import Decision
from ann_viz.translation import translatable, translate
from ann_viz.ui.importing.preview_model import PADDING, PreviewModel
from ann_viz.ui.kit import icons, theme

__all__ = ["RowStrips"]

BUTTONS: Final[tuple[tuple[Decision, str, str], ...]] = (
    ("edit", translatable("Edit row…"), translatable("Correct the text of this row")),
    ("pad", translatable("Fill up"), translatable("Use the row with empty cells where some are missing")),
    ("skip", translatable("Skip this row"), translatable("Leave the row out")),
)


class _Strip(QWidget):
    """Three buttons for one row; what was decided is marked."""

    def __init__(
        self, parent: QWidget, bad: BadLine, decision: Decision, fillable: bool, act: Callable[[str], None]
    ) -> None:
        super().__init__(parent)
        self._decision = decision
        self.buttons: dict[Decision, QPushButton] = {}
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        for name, label, tip in BUTTONS:
            button = QPushButton(translate(label))
            button.setAutoDefault(False)
            button.setProperty("small", True)
            button.setProperty("decided", name == decision)
            button.setProperty("kind", "danger" if name == decision == "skip" else "")
            button.setToolTip(translate(tip))
            name_of = self.tr("{action}: row {n}").format(action=translate(label).rstrip("…"), n=format_number(bad.row))
            button.setAccessibleName(name_of)
            button.setAccessibleDescription(self.tr("chosen") if name == decision else "")
            button.clicked.connect(lambda _=False, name=name: act(name))
            self.buttons[name] = button
            row.addWidget(button)
        if not fillable:
            self.buttons["pad"].setEnabled(False)
            self.buttons["pad"].setToolTip(self.tr("Only empty cells can be added or taken away; edit the row instead"))
        self.tint()
        self.adjustSize()

    def tint(self) -> None:
        """Colour the mark of what was decided."""
        tokens = theme.current()
        colour = tokens.danger if self._decision == "skip" else tokens.warning
        self.buttons[self._decision].setIcon(icons.icon("check", colour, 13))


class RowStrips(QObject):
    """All strips of a preview table.

    ``decided`` carries the row and "skip", "pad" or "edit".
    """

    decided = Signal(object, str)

    def __init__(self, table: QTableView, model: PreviewModel) -> None:
        super().__init__(table)
        self._table = table
        self._model = model
        self._strips: dict[int, _Strip] = {}

    @property
    def width(self) -> int:
        """Room the buttons take, 0 without any."""
        return max((strip.width() + PADDING for strip in self._strips.values()), default=0)

    def strip(self, place: int) -> dict[Decision, QPushButton]:
        """Return the buttons of the strip at a place of the preview."""
        return self._strips[place].buttons

    def rebuild(self, decision_of: Callable[[int], Decision], can_fill: Callable[[BadLine], bool]) -> None:
        """Make the buttons for the rows on show."""
        for strip in self._strips.values():
            if any(button.hasFocus() for button in strip.buttons.values()):
                self._table.setFocus()
            strip.hide()
            strip.deleteLater()
        self._strips.clear()
        for place in range(self._model.rowCount()):
            row = self._model.row(place)
            if row.kind == "reason" and row.bad is not None:
                bad = row.bad
                self._strips[place] = _Strip(
                    self._table.viewport(),
                    bad,
                    decision_of(bad.line),
                    can_fill(bad),
                    partial(self.decided.emit, bad),
                )
        buttons = [button for strip in self._strips.values() for button in strip.buttons.values()]
        for first, second in pairwise(buttons):
            QWidget.setTabOrder(first, second)
        self.place()

    def place(self) -> None:
        """Put the strips in sight where they belong, and hide the others."""
        right, bottom = self._table.viewport().width(), self._table.viewport().height()
        for place, strip in self._strips.items():
            top, height = self._table.rowViewportPosition(place), self._table.rowHeight(place)
            strip.move(right - strip.width() - PADDING, top + (height - strip.height()) // 2)
            strip.setVisible(-height < top < bottom)

    def tint(self) -> None:
        """Colour the icons for the theme in use."""
        for strip in self._strips.values():
            strip.tint()
