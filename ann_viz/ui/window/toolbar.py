"""The strip below the menu: data chip, Reset, Step, Train, speed and the live metrics."""

from __future__ import annotations

import time
from typing import Final

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from ann_viz.numerals import NOTHING, count, format_number, short_number
from ann_viz.rich import joined, rich
from ann_viz.session import RunState
from ann_viz.ui.document.bridge import Bridge
from ann_viz.ui.kit import icons, theme
from ann_viz.ui.kit.labels import PlainLabel, RichLabel
from ann_viz.ui.kit.plain_text import plain_tip
from ann_viz.ui.window.speed_control import SpeedControl

__all__ = ["MetricLabel", "Toolbar", "rate_and_unit"]

METRICS_INTERVAL_S: Final = 0.1
CHIP_WIDTH: Final = 296
LEAST_CHIP_WIDTH: Final = 204
CHIP_HEIGHT: Final = 40
GAP: Final = 8
UNIT: Final = ' <span style="font-size:12px;font-weight:400;color:{muted}">{unit}</span>'


class MetricLabel(QWidget):
    """A small caption over a number."""

    def __init__(self, caption: str, parent: QWidget | None = None, *, dot: str = "") -> None:
        super().__init__(parent)
        self._dot, self._caption_text, self._number = dot, caption, NOTHING
        self._caption = RichLabel(parent=self, role="label")
        self._value = RichLabel(self._number, self, role="metric")
        self._value.setFont(theme.tabular(self._value.font()))
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 6, 12, 6)
        column.setSpacing(0)
        column.addWidget(self._caption)
        column.addWidget(self._value)
        self.tint()

    def tint(self) -> None:
        """Colour the dot for the theme in use."""
        colour = getattr(theme.current(), self._dot) if self._dot else ""
        dot = rich('<span style="color:{colour}">●</span> ', colour=colour) if self._dot else ""
        self._caption.setText(joined("", (dot, self._caption_text)))

    def set_caption(self, caption: str) -> None:
        """Rename the metric."""
        if caption != self._caption_text:
            self._caption_text = caption
            self.setAccessibleName(caption)
            self.tint()

    def set_value(self, text: str, unit: str = "") -> None:
        """Show a number; `unit` follows small and muted."""
        tail = rich(UNIT, muted=theme.current().muted, unit=unit) if unit else ""
        self._value.setText(joined("", (text, tail)))
        self._number = text

    def text(self) -> str:
        """Return the number on show, without its unit."""
        return self._number


class DataChip(QToolButton):
    """Two lines: the file, and what it is used for; a click opens the menu of data."""

    def __init__(self, bridge: Bridge, menu: QMenu, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self.setObjectName("dataChip")
        self.setProperty("kind", "chip")
        self.setMenu(menu)
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setMaximumWidth(CHIP_WIDTH)
        self._icon, self._arrow = PlainLabel(parent=self), PlainLabel(parent=self)
        self._name, self._facts = PlainLabel(parent=self, role="strong"), PlainLabel(parent=self, role="muted")
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self._name)
        words.addWidget(self._facts)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 2, 10, 2)
        row.setSpacing(10)
        row.addWidget(self._icon)
        row.addLayout(words, 1)
        row.addWidget(self._arrow)
        for label in (self._icon, self._arrow, self._name, self._facts):
            label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        bridge.dataset_changed.connect(self.show_data)
        self.show_data()

    def show_data(self) -> None:
        """Fill the chip from the document."""
        dataset = self._bridge.document.dataset
        tokens = theme.current()
        self._icon.setPixmap(icons.pixmap("file-plus-2" if dataset is None else "table", tokens.accent, 18))
        self._arrow.setPixmap(icons.pixmap("chevron-down", tokens.muted, 14))
        if dataset is None:
            name, facts = self.tr("No data yet"), self.tr("drop a CSV anywhere")
        else:
            name = dataset.name
            what = dataset.recipe.phrase or dataset.recipe.target
            facts = self.tr("{rows} · predicts: {what}").format(rows=count(len(dataset.X), "row"), what=what)
        for label, text in ((self._name, name), (self._facts, facts)):
            label.setText(text)
        self.setToolTip(plain_tip(f"{name} · {facts}"))
        self.setAccessibleName(f"{name}, {facts}")

    def sizeHint(self) -> QSize:
        """Room for a file and what it predicts."""
        return QSize(CHIP_WIDTH, CHIP_HEIGHT)

    def minimumSizeHint(self) -> QSize:
        """In a narrow window its words end in dots."""
        return QSize(LEAST_CHIP_WIDTH, CHIP_HEIGHT)

    def changeEvent(self, event: QEvent) -> None:
        """Tint the icons anew when the theme changes."""
        if event.type() == QEvent.Type.PaletteChange:
            self.show_data()
        super().changeEvent(event)


class Toolbar(QFrame):
    """Everything that starts, stops and measures learning.

    Parameters
    ----------
    bridge : Bridge
    actions : dict
        The window's actions by id; the buttons are theirs.
    data_menu : QMenu
        Shown by the chip.
    """

    def __init__(
        self, bridge: Bridge, actions: dict[str, QAction], data_menu: QMenu, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._actions = actions
        self._last_metrics = 0.0
        self._lines: list[QFrame] = []
        self.setProperty("card", "toolbar")
        self.setFixedHeight(56)
        self.chip = DataChip(bridge, data_menu, self)
        self.reset_button = self._tool_button(actions["reset"])
        self.step_button = self._tool_button(actions["step"])
        self.step_button.setPopupMode(QToolButton.ToolButtonPopupMode.MenuButtonPopup)
        steps = QMenu(self.step_button)
        for kind in ("phase", "batch", "epoch"):
            steps.addAction(actions[f"step_{kind}"])
        self.step_button.setMenu(steps)
        self.train_button = QToolButton(self)
        self.train_button.setObjectName("trainButton")
        self.train_button.setProperty("kind", "primary")
        self.train_button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.train_button.setFixedSize(116, 40)
        self.train_button.clicked.connect(actions["toggle_training"].trigger)
        self.speed = SpeedControl(bridge, self)
        self.epoch = MetricLabel(self.tr("Epoch"), self)
        self.train_loss = MetricLabel(self.tr("Loss, training"), self, dot="train")
        self.validation_loss = MetricLabel(self.tr("Loss, validation"), self, dot="validation")
        self.accuracy = MetricLabel(self.tr("Accuracy"), self)
        self.samples = MetricLabel(self.tr("Samples / s"), self)
        self._metrics = (self.epoch, self.train_loss, self.validation_loss, self.accuracy, self.samples)
        self._arrange()
        bridge.dataset_changed.connect(self.show_metrics)
        bridge.settings_changed.connect(self.show_metrics)
        bridge.snapshot_changed.connect(self._on_snapshot_changed)
        bridge.state_changed.connect(self.show_state)
        self.show_state()
        self.show_metrics()

    def _tool_button(self, action: QAction) -> QToolButton:
        button = QToolButton(self)
        button.setDefaultAction(action)
        button.setObjectName(f"{action.objectName()}Button")
        button.setProperty("kind", "tool")
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        button.setIconSize(QSize(15, 15))
        return button

    def _arrange(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 0, 4, 0)
        row.setSpacing(0)
        row.addWidget(self.chip)
        row.addStretch(2)
        for button in (self.reset_button, self.step_button, self.train_button):
            row.addSpacing(GAP)
            row.addWidget(button)
        row.addSpacing(GAP)
        row.addWidget(self.speed)
        row.addStretch(3)
        for index, metric in enumerate(self._metrics):
            if index:
                line = QFrame(self)
                line.setProperty("line", "v")
                line.setFixedHeight(34)
                self._lines.append(line)
                row.addWidget(line)
            row.addWidget(metric)

    def show_state(self) -> None:
        """Turn the main button to what a press will do."""
        running = self._bridge.document.state is RunState.RUNNING
        text = self.tr("Pause") if running else self.tr("Train")
        self.train_button.setText(f" {text}")
        tokens = theme.current()
        name = "pause" if running else "play"
        icon = icons.icon(name, tokens.on_fill, 16, solid=True, disabled=tokens.dimmed)
        self.train_button.setIcon(icon)
        self.train_button.setEnabled(self._bridge.document.state is not RunState.EMPTY)
        self._actions["toggle_training"].setText(text)
        self.show_metrics()

    def _on_snapshot_changed(self) -> None:
        now = time.monotonic()
        running = self._bridge.document.state is RunState.RUNNING
        if running and now - self._last_metrics < METRICS_INTERVAL_S:
            return
        self._last_metrics = now
        self.show_metrics()

    def show_metrics(self) -> None:
        """Show the newest numbers."""
        document = self._bridge.document
        snapshot = document.snapshot
        total = document.train_config.epochs
        epoch = snapshot.epoch if snapshot is not None else 0
        self.epoch.set_value(format_number(epoch), f"/ {format_number(total)}" if total else "")
        dataset = document.dataset
        regression = dataset is not None and dataset.recipe.task == "regression"
        self.accuracy.set_caption("R²" if regression else self.tr("Accuracy"))
        if dataset is None or snapshot is None or snapshot.step == 0 or len(snapshot.history) == 0:
            for metric in self._metrics[1:]:
                metric.set_value(NOTHING)
            return
        history = snapshot.history
        self.train_loss.set_value(short_number(float(history.train_loss[-1])))
        validation_loss = short_number(float(history.validation_loss[-1])) if history.is_validated else NOTHING
        self.validation_loss.set_value(validation_loss)
        if document.state is RunState.RUNNING:  # as of the last whole epoch; standing still, as of these very weights
            score = float(history.judged_metric[-1])
        else:
            score = document.metrics(dataset.judged_part)["r2" if regression else "accuracy"]
        if regression:
            self.accuracy.set_value(short_number(score))
        else:
            self.accuracy.set_value(format_number(score * 100, ".1f"), "%")
        self.samples.set_value(*rate_and_unit(document.samples_per_second))

    def set_compact(self, compact: bool) -> None:
        """Take less room: icons without words, fewer and shorter metrics."""
        style = Qt.ToolButtonStyle
        for button in (self.reset_button, self.step_button):
            button.setToolButtonStyle(style.ToolButtonIconOnly if compact else style.ToolButtonTextBesideIcon)
        self.speed.setFixedWidth(150 if compact else 200)
        self.samples.setVisible(not compact)
        self._lines[-1].setVisible(not compact)
        self.train_loss.set_caption(self.tr("Train") if compact else self.tr("Loss, training"))
        self.validation_loss.set_caption(self.tr("Validation") if compact else self.tr("Loss, validation"))

    def changeEvent(self, event: QEvent) -> None:
        """Tint icons and dots anew when the theme changes."""
        if event.type() == QEvent.Type.PaletteChange:
            for metric in self._metrics:
                metric.tint()
            self.show_state()
        super().changeEvent(event)


def rate_and_unit(per_second: float) -> tuple[str, str]:
    """Return a rate with its unit: 41.2 k."""
    if per_second <= 0:
        return NOTHING, ""
    if per_second >= 1e6:
        return format_number(per_second / 1e6, ".1f"), "M"
    if per_second >= 1e3:
        return format_number(per_second / 1e3, ".1f"), "k"
    return format_number(per_second, ".0f"), ""
