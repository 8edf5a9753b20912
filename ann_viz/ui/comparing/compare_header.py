"""The head of the comparison: which runs, what the lines show, whether a twin is trained."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QSignalBlocker, QSize, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QWidget

from ann_viz.ui.kit import icons, theme
from ann_viz.ui.kit.controls import IconButton, Segments
from ann_viz.ui.kit.labels import PlainLabel
from ann_viz.ui.kit.plain_text import plain_tip
from ann_viz.ui.kit.run_mark import mark_icon
from ann_viz.ui.kit.wheel import ComboBox

__all__ = ["CompareHeader"]

HEIGHT: Final = 43
WIDEST: Final = 226
NARROWEST: Final = 84


class CompareHeader(QWidget):
    """Two lists of runs, and buttons."""

    chosen = Signal(int, str)
    swapped = Signal()
    mode_chosen = Signal(str)
    only_chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedHeight(HEIGHT)
        self.boxes = {letter: self._make_box(letter) for letter in "AB"}
        self.swap = IconButton("arrow-left-right", self.tr("Let A be B and B be A"), extent=28, parent=self)
        self.train = QPushButton(self)
        self.train.setObjectName("compareTrain")
        self.train.setProperty("kind", "soft")
        self.twin = QPushButton(self.tr("Twin…"), self)
        self.twin.setToolTip(plain_tip(self.tr("The same network again with one thing changed (Ctrl+Shift+D)")))
        self._says = PlainLabel(parent=self, role="muted")
        self.modes = Segments(
            (
                ("map", self.tr("Map")),
                ("weights", self.tr("Weights")),
                ("signals", self.tr("Signals")),
                ("difference", self.tr("Difference")),
            ),
            self.tr("Lines show"),
            self,
        )
        self.sides = Segments((("A", "A"), ("B", "B")), self.tr("Side"), self)
        self.sides.show_value("A")
        self.close_button = IconButton("x", self.tr("Back to the network (Esc)"), extent=28, icon_size=16, parent=self)
        self._lay_out()
        self.sides.hide()
        self.train.hide()
        self.modes.chosen.connect(self.mode_chosen)
        self.sides.chosen.connect(self.only_chosen)
        self.swap.clicked.connect(self.swapped)

    def _make_box(self, letter: str) -> ComboBox:
        box = ComboBox(self)
        box.setObjectName(f"compare{letter}")
        box.setAccessibleName(self.tr("Run {letter}").format(letter=letter))
        box.setIconSize(QSize(18, 18))
        box.setMaximumWidth(WIDEST)
        box.setMinimumWidth(NARROWEST)
        box.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        box.activated.connect(lambda _place: self._on_chosen(letter))
        return box

    def _lay_out(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 6, 10, 6)
        row.setSpacing(8)
        for widget in (self.boxes["A"], self.swap, self.boxes["B"], self.train, self.twin, self._says):
            row.addWidget(widget, WIDEST if widget in self.boxes.values() else 0)
        row.addStretch(1)
        row.addWidget(self.sides)
        row.addWidget(self.modes)
        row.addWidget(self.close_button)

    @property
    def only(self) -> str:
        """The side that is shown where there is room for one."""
        return self.sides.value

    def set_narrow(self, narrow: bool) -> None:
        """Choose between the sides where there is room for one."""
        self.sides.setVisible(narrow)

    def show_runs(self, runs: Sequence[tuple[int, str, int]], numbers: tuple[int, int] | None) -> None:
        """Offer runs, each with its number, name and place among all; `numbers` are those that are A and B."""
        for widget in (*self.boxes.values(), self.swap, self.modes):
            widget.setVisible(numbers is not None)
        self.twin.setVisible(numbers is None)
        self._says.setText("")
        if numbers is None:
            return
        for letter, number in zip("AB", numbers, strict=True):
            box = self.boxes[letter]
            with QSignalBlocker(box):
                box.clear()
                for each, name, place in runs:
                    box.addItem(mark_icon(letter if each == number else "", place, self), name, each)
                box.setCurrentIndex(box.findData(number))
            box.setToolTip(plain_tip(box.currentText()))

    def show_modes(self, mode: str, problem: str, *, maps: bool) -> None:
        """Press the button of what the lines show; say why there is no difference where there is none."""
        self.modes.show_value(mode)
        difference = self.modes.button("difference")
        difference.setEnabled(not problem)
        difference.setToolTip(plain_tip(problem or self.tr("B's lines show what A's weights have more")))
        self.modes.button("map").setVisible(maps)

    def show_training(self, waiting: bool, *, running: bool) -> None:
        """Offer to train a twin that is not through yet."""
        self.train.setVisible(waiting)
        self.train.setText(icons.beside_icon(self.tr("Pause both") if running else self.tr("Train both")))
        self.train.setIcon(icons.icon("pause" if running else "play", theme.current().accent, 14, solid=True))
        for widget in (*self.boxes.values(), self.swap):
            widget.setEnabled(not waiting)

    def say(self, sentence: str) -> None:
        """Say what could not be done."""
        self._says.setText(sentence)
        self._says.setToolTip(plain_tip(sentence))

    def _on_chosen(self, letter: str) -> None:
        number = self.boxes[letter].currentData()
        if isinstance(number, int):
            self.chosen.emit(number, letter)
