"""Finds a learning rate: tries all on a copy of the network, shows what the loss did, and takes what is clicked."""

from __future__ import annotations

from functools import partial
from typing import Final

from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from ann_viz.errors import AnnVizError
from ann_viz.session import RunState
from ann_viz.session.rate_finder import RateCurve, find_rate, rate_request
from ann_viz.ui.building.rate_plot import RatePlot
from ann_viz.ui.document.bridge import Bridge
from ann_viz.ui.document.jobs import JobWatcher
from ann_viz.ui.kit.labels import PlainLabel
from ann_viz.ui.kit.number_controls import number_text
from ann_viz.ui.kit.popover import Popover
from ann_viz.ui.kit.progress import ProgressBar

__all__ = ["RatePopover"]

WIDTH: Final = 340


class RatePopover(Popover):
    """A chart and a button.

    Parameters
    ----------
    bridge : Bridge
        To the document.
    """

    def __init__(self, bridge: Bridge, parent: QWidget) -> None:
        super().__init__(self.tr("Find a learning rate"), WIDTH, parent)
        self._bridge = bridge
        self._rate: float | None = None
        self.says = PlainLabel(
            self.tr("Trying rates from 0.000001 to 10 on a copy of the network…"), role="muted", wrap=True
        )
        self.plot = RatePlot()
        self.bar = ProgressBar(self.tr("Rates tried"))
        self.use = QPushButton()
        self.use.setProperty("kind", "primary")
        self.use.hide()
        row = QHBoxLayout()
        row.addStretch()
        row.addWidget(self.use)
        self.column.addWidget(PlainLabel(self.tr("Find a learning rate"), role="title"))
        self.column.addWidget(self.says)
        self.column.addWidget(self.plot)
        self.column.addWidget(self.bar)
        self.column.addLayout(row)
        self._finder = JobWatcher("finding a learning rate", self)
        self._finder.progressed.connect(self.bar.show_share)
        self._finder.finished.connect(self._on_found)
        self._finder.failed.connect(self._on_failed)
        self.plot.chosen.connect(self._offer)
        self.use.clicked.connect(self._on_use)
        self.destroyed.connect(self._finder.stop)

    def begin(self) -> None:
        """Begin to try."""
        request = rate_request(self._bridge.document)
        self._finder.start(partial(find_rate, request))

    @property
    def busy(self) -> bool:
        """Whether rates are still being tried."""
        return self._finder.busy

    def _on_found(self, curve: RateCurve) -> None:
        self.bar.hide()
        self.plot.show_curve(curve)
        if curve.suggested is None:
            self.says.setText(
                self.tr("No rate made the loss fall clearly within one epoch. Click one to take it all the same.")
            )
            return
        words = self.tr(
            "The loss falls fastest a little above {rate} and explodes further right. Click another to take it."
        )
        self.says.setText(words.format(rate=number_text(curve.suggested)))
        self._offer(curve.suggested)

    def _on_failed(self, error: AnnVizError) -> None:
        self.bar.hide()
        self.says.setText(str(error))

    def _offer(self, rate: float) -> None:
        self._rate = rate
        self.use.setText(self.tr("Use {rate}").format(rate=number_text(rate)))
        self.use.show()
        self.adjustSize()

    def _on_use(self) -> None:
        if self._rate is None:
            return
        rate, bridge = self._rate, self._bridge
        self.close()
        bridge.set_training(learning_rate=rate)
        if bridge.document.state is RunState.FAILED:
            bridge.reset()
