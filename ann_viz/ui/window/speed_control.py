"""The speed slider: from one phase at a time through steps and epochs a second to as fast as the machine can."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEvent, QSignalBlocker
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QWidget

from ann_viz.session.speed import FASTEST_POSITION, position_of, speed_at, speed_words
from ann_viz.ui.document.bridge import Bridge
from ann_viz.ui.kit import icons, theme
from ann_viz.ui.kit.labels import PlainLabel
from ann_viz.ui.kit.wheel import Slider

__all__ = ["SpeedControl"]

DEFAULT_EPOCHS_PER_SECOND: Final = 4.0


class SpeedControl(QWidget):
    """Label, value and a slider between a turtle and a rabbit."""

    def __init__(self, bridge: Bridge, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._touched = False
        self.setFixedWidth(212)
        self._title = PlainLabel(self.tr("Speed"), self, role="label")
        self._value = PlainLabel(parent=self, role="label")
        self._turtle, self._rabbit = PlainLabel(parent=self), PlainLabel(parent=self)
        self.slider = Slider(self)
        self.slider.setObjectName("speed")
        self.slider.setRange(0, FASTEST_POSITION)
        self.slider.setAccessibleName(self.tr("Speed"))
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 6, 0, 6)
        grid.setHorizontalSpacing(6)
        grid.setVerticalSpacing(0)
        words = QHBoxLayout()
        words.setSpacing(8)
        words.addWidget(self._title)
        words.addStretch()
        words.addWidget(self._value)
        grid.addLayout(words, 0, 0, 1, 3)
        grid.addWidget(self._turtle, 1, 0)
        grid.addWidget(self.slider, 1, 1)
        grid.addWidget(self._rabbit, 1, 2)
        grid.setColumnStretch(1, 1)
        self._tint()
        self.slider.setValue(position_of(876))
        self.slider.valueChanged.connect(self._on_value_changed)
        bridge.dataset_changed.connect(self._on_dataset_changed)
        bridge.settings_changed.connect(self.show_speed)
        self._bridge.set_speed(speed_at(self.slider.value()))
        self.show_speed()

    @property
    def position(self) -> int:
        """Where the slider stands, 0 to 100."""
        return self.slider.value()

    def move_to(self, position: int) -> None:
        """Move the slider as a user does."""
        self.slider.setValue(position)

    def set_brief(self, brief: bool) -> None:
        """Say the speed without its name, which a turtle and a rabbit say as well."""
        self._title.setVisible(not brief)

    def show_speed(self) -> None:
        """Say the speed in words."""
        self._value.setText(speed_words(speed_at(self.slider.value()), self._steps_per_epoch()))

    def _steps_per_epoch(self) -> int:
        snapshot = self._bridge.document.snapshot
        return 219 if snapshot is None else snapshot.n_batches

    def _on_dataset_changed(self) -> None:
        if not self._touched:
            with QSignalBlocker(self.slider):
                self.slider.setValue(position_of(DEFAULT_EPOCHS_PER_SECOND * self._steps_per_epoch()))
            self._bridge.set_speed(speed_at(self.slider.value()))
        self.show_speed()

    def _on_value_changed(self, position: int) -> None:
        self._touched = True
        self._bridge.set_speed(speed_at(position))
        self.show_speed()

    def _tint(self) -> None:
        muted = theme.current().muted
        self._turtle.setPixmap(icons.pixmap("turtle", muted, 15))
        self._rabbit.setPixmap(icons.pixmap("rabbit", muted, 15))

    def changeEvent(self, event: QEvent) -> None:
        """Tint the icons anew when the theme changes."""
        if event.type() == QEvent.Type.PaletteChange:
            self._tint()
        super().changeEvent(event)
