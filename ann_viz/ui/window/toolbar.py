"""The strip below the menu: data chip, Reset, Step, Train, speed and the live numbers."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from ann_viz.errors import TABLE_IS_MISSING
from ann_viz.numerals import count
from ann_viz.session import RunState
from ann_viz.translation import translate
from ann_viz.ui.document.bridge import Bridge
from ann_viz.ui.kit import icons, theme
from ann_viz.ui.kit.labels import PlainLabel
from ann_viz.ui.kit.plain_text import plain_tip
from ann_viz.ui.window.actions import HELD
from ann_viz.ui.window.metric_strip import MetricStrip
from ann_viz.ui.window.speed_control import SpeedControl

__all__ = ["COMPACT_WIDTH", "Toolbar"]

COMPACT_WIDTH: Final = 1280
TIGHT_WIDTH: Final = 1000
"""Windows narrower than these get shorter words."""

ROOMY_WIDTH: Final = 1310
"""From here on the speed has a long slider."""

CHIP_WIDTH: Final = 296
LEAST_CHIP_WIDTH: Final = 196
CHIP_HEIGHT: Final = 40
GAP: Final = 8
MARGINS: Final = 12, 4


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
        dataset = self._bridge.document.described
        tokens = theme.current()
        self._icon.setPixmap(icons.pixmap("file-plus-2" if dataset is None else "table", tokens.accent, 18))
        self._arrow.setPixmap(icons.pixmap("chevron-down", tokens.muted, 14))
        self._facts.brief = ""
        if dataset is None:
            name, facts = self.tr("No data yet"), self.tr("drop a table anywhere")
        else:
            name = dataset.name
            what = dataset.recipe.phrase or dataset.recipe.target
            rows = self.tr("missing") if dataset.is_missing else count(len(dataset.X), "row")
            facts = self.tr("{rows} · predicts: {what}").format(rows=rows, what=what)
            self._facts.brief = rows
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
        self._held = False
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
        self.metrics = MetricStrip(bridge, self)
        self._arrange()
        bridge.state_changed.connect(self.show_state)
        self.show_state()

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
        row.setContentsMargins(MARGINS[0], 0, MARGINS[1], 0)
        row.setSpacing(0)
        row.addWidget(self.chip)
        row.addStretch(2)
        for button in (self.reset_button, self.step_button, self.train_button):
            row.addSpacing(GAP)
            row.addWidget(button)
        row.addSpacing(GAP)
        row.addWidget(self.speed)
        row.addStretch(3)
        row.addWidget(self.metrics)

    def show_state(self) -> None:
        """Turn the main button to what a press will do."""
        running = self._bridge.document.state is RunState.RUNNING
        text = self.tr("Pause") if running else self.tr("Train")
        self.train_button.setText(f" {text}")
        tokens = theme.current()
        name = "pause" if running else "play"
        icon = icons.icon(name, tokens.on_fill, 16, solid=True, disabled=tokens.dimmed)
        self.train_button.setIcon(icon)
        self.train_button.setEnabled(self._bridge.document.dataset is not None and not self._held)
        self._actions["toggle_training"].setText(text)

    def hold_training(self, *, held: bool) -> None:
        """Disable the main button while a sweep has the processor."""
        self._held = held
        self.show_state()
        is_missing = self._bridge.document.is_without_rows
        self.train_button.setToolTip(plain_tip(translate(HELD if held else TABLE_IS_MISSING if is_missing else "")))

    def set_room(self, width: float) -> None:
        """Take less room in a narrow window: icons without words, fewer and shorter metrics.

        Parameters
        ----------
        width : float
            Of the window, in pixels of which words of the usual size are made.
        """
        compact, style = width < COMPACT_WIDTH, Qt.ToolButtonStyle
        for button in (self.reset_button, self.step_button):
            button.setToolButtonStyle(style.ToolButtonIconOnly if compact else style.ToolButtonTextBesideIcon)
        self.speed.set_brief(width < TIGHT_WIDTH)
        room = 100 if width < TIGHT_WIDTH else 150 if compact else 185 if width < ROOMY_WIDTH else 200
        self.speed.setFixedWidth(round(room * theme.magnified()))
        others = (self.chip, self.reset_button, self.step_button)  # Train and the speed have one width
        taken = sum(each.minimumSizeHint().width() for each in others) + self.train_button.width() + 4 * GAP
        taken += self.speed.minimumWidth() + sum(MARGINS)
        self.metrics.set_compact(compact, tight=width < TIGHT_WIDTH, room=round(width * theme.magnified()) - taken)

    def changeEvent(self, event: QEvent) -> None:
        """Tint icons anew when the theme changes."""
        if event.type() == QEvent.Type.PaletteChange:
            self.show_state()
        super().changeEvent(event)
