"""The page that trains two networks side by side from the same seed: without a hidden layer, and with one."""

from __future__ import annotations

from typing import Any, Final

from PySide6.QtCore import QEvent, QTimer, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from ann_viz.numerals import format_number, percent_fixed
from ann_viz.session import RunState
from ann_viz.session.comparison import EPOCHS, HIDDEN, Comparison, score
from ann_viz.ui.document.bridge import Bridge
from ann_viz.ui.kit.labels import PlainLabel
from ann_viz.ui.lessons.compare_views import CurvesView, MapView

__all__ = ["ComparePage"]

INTERVAL_MS: Final = 100
MAPS: Final = 1  # place of the maps in the column


class _Side(QWidget):
    """One of the two: its name, its accuracy, its map."""

    def __init__(self, name: str, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.map = MapView(name, self)
        heading = PlainLabel(title, self, role="strong")
        self.says = PlainLabel(parent=self, role="body")
        head = QHBoxLayout()
        head.addWidget(heading)
        head.addStretch()
        head.addWidget(self.says)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(head)
        column.addWidget(self.map, 1)


class ComparePage(QFrame):
    """Both networks, their loss curves, and one button for both."""

    changed = Signal()
    closed = Signal()

    def __init__(self, bridge: Bridge, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self.comparison: Comparison | None = None
        self._settings: object = None
        self.setObjectName("comparePage")
        self.setProperty("card", "canvas")
        self.setAccessibleName(self.tr("Without and with a hidden layer"))
        one = self.tr("One hidden layer of {n}").format(n=HIDDEN[0].neurons)
        self.sides = (
            _Side("mapWithout", self.tr("No hidden layer"), self),
            _Side("mapWith", one, self),
        )
        self.curves = CurvesView(self)
        self.train = QPushButton(self)
        self.train.setObjectName("compareTrain")
        self.train.setProperty("kind", "soft")
        self.again = QPushButton(self.tr("From the start"), self)
        self.leave = QPushButton(self.tr("Back to the network"), self)
        for button in (self.again, self.leave):
            button.setProperty("small", True)
        self._says, self._legend = PlainLabel(parent=self, role="muted"), PlainLabel(parent=self, role="muted")
        self._timer = QTimer(self)
        self._timer.setInterval(INTERVAL_MS)
        self._timer.timeout.connect(self._on_tick)
        self._arrange()
        self.train.clicked.connect(self.toggle)
        self.again.clicked.connect(self.begin)
        self.leave.clicked.connect(self.closed)
        bridge.dataset_changed.connect(self._on_dataset_changed)

    def _arrange(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self.train)
        head.addWidget(self.again)
        head.addWidget(self._says, 1)
        head.addWidget(self.leave)
        maps = QHBoxLayout()
        maps.setSpacing(16)
        for side in self.sides:
            maps.addWidget(side, 1)
        column = self._column = QVBoxLayout(self)
        column.setContentsMargins(14, 10, 14, 10)
        column.setSpacing(8)
        column.addLayout(head)
        column.addLayout(maps, 3)
        column.addWidget(self._legend)
        column.addWidget(self.curves, 1)

    def show_legend(self, classes: tuple[str, ...]) -> None:
        """Say what points and curves mean."""
        curves = self.tr("Loss: dashed without, solid with a hidden layer")
        points = f"● {classes[1]}   ○ {classes[0]}   ·   " if len(classes) == 2 else ""
        self._legend.setText(points + curves)

    # What it knows --------------------------------------------------------------------------------------------------
    def facts(self) -> dict[str, Any]:
        """Return epochs that both have done, and the accuracy of each."""
        if self.comparison is None:
            return {}
        without, with_layer = (score(snapshot) for snapshot in self.comparison.snapshots)
        return {"compared": self.comparison.epoch, "without": without, "with_layer": with_layer}

    # What the user does ---------------------------------------------------------------------------------------------
    def begin(self) -> None:
        """Put both at their starting weights."""
        self.stop()
        document = self._bridge.document
        self.comparison = None
        self._settings = self._settings_now()
        if document.dataset is not None and document.network_config is not None and not document.dataset.is_streamed:
            self.comparison = Comparison(document.dataset, document.network_config, document.train_config)
            flat = document.dataset.encoder.n_inputs == 2 and document.dataset.recipe.task == "binary"
            self._column.setStretch(MAPS, 3 if flat else 0)  # without maps the curves take their room
            for side in self.sides:
                side.map.setVisible(flat)
                if flat:
                    side.map.show_points(*document.dataset.part("train"))
            self.show_legend(document.dataset.encoder.class_names if flat else ())
        self._show()

    def toggle(self) -> None:
        """Let both learn, or stand still."""
        if self.comparison is None:
            return
        if self.comparison.running:
            self.stop()
        else:
            if self._bridge.document.state is RunState.RUNNING:  # three at once would only slow each other down
                self._bridge.pause()
            self.comparison.start()
            self._timer.start()
        self._show()

    def stop(self) -> None:
        """Let both stand still; before the data are closed."""
        if self.comparison is not None and self.comparison.running:
            self.comparison.stop()
            self._show()

    # What happened --------------------------------------------------------------------------------------------------
    def _on_dataset_changed(self) -> None:
        if self.isVisible():
            self.begin()
        else:
            self.stop()
            self.comparison = None

    def _on_tick(self) -> None:
        if self.comparison is None or not self.comparison.running:
            self._timer.stop()
            return
        self.comparison.poll()
        self._show()

    def _show(self) -> None:
        comparison = self.comparison
        self.train.setEnabled(comparison is not None and not comparison.finished)
        running = comparison is not None and comparison.running
        self.train.setText(self.tr("Pause both") if running else self.tr("Train both"))
        if comparison is None:
            self._says.setText(self.tr("Open a small table first."))
            return
        seed = comparison.configs[0].seed
        words = self.tr("Same seed ({seed}), same rows · epoch {epoch} of {all}")
        words = words.format(seed=seed, epoch=comparison.epoch, all=EPOCHS)
        self._says.setText(words if comparison.error is None else f"{words} · {comparison.error}")
        regression = comparison.configs[0].task == "regression"
        for side, snapshot in zip(self.sides, comparison.snapshots, strict=True):
            value = score(snapshot)
            text = (
                f"R² {format_number(value, '.3f')}"
                if regression
                else self.tr("{share} right").format(share=percent_fixed(value))
            )
            side.says.setText(text)
            side.map.setAccessibleDescription(side.says.text())
            if not side.map.isHidden():
                side.map.show_network(snapshot.network())
        histories = [snapshot.history for snapshot in comparison.snapshots]
        self.curves.show_curves(tuple(each.judged_loss for each in histories), EPOCHS)
        self.changed.emit()

    def _settings_now(self) -> object:
        """Return what both depend on."""
        document = self._bridge.document
        seed = None if document.network_config is None else document.network_config.seed
        return id(document.dataset), seed, document.train_config

    # Qt -------------------------------------------------------------------------------------------------------------
    def showEvent(self, event: QShowEvent) -> None:
        """Begin anew if data or settings have become others."""
        super().showEvent(event)
        if self._settings != self._settings_now():
            self.begin()

    def changeEvent(self, event: QEvent) -> None:
        """Colour the maps anew in another theme."""
        if event.type() == QEvent.Type.PaletteChange:
            for side in self.sides:
                side.map.tint()
        super().changeEvent(event)
