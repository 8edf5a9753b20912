"""The column *Build* at the left: what is taught, to which network, and how."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from ann_viz.ui.building.data_card import DataCard
from ann_viz.ui.building.hyper_card import HyperCard
from ann_viz.ui.building.network_card import NetworkCard
from ann_viz.ui.document.bridge import Bridge
from ann_viz.ui.document.missing_table import need_rows
from ann_viz.ui.kit.scrolling import Scrolling

__all__ = ["BuildPanel"]


class BuildPanel(QWidget):
    """What is taught, to which network, and how.

    Parameters
    ----------
    bridge : Bridge
        The cards read its document and call its methods.

    Attributes
    ----------
    cards : tuple of Card
    """

    def __init__(self, bridge: Bridge, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.data = DataCard(bridge)
        self.network = NetworkCard(bridge)
        self.hyper = HyperCard(bridge)
        self.cards = (self.data, self.network, self.hyper)
        need_rows(bridge, self.network, self.hyper)
        cards = QWidget()
        column = QVBoxLayout(cards)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        for card in self.cards:
            column.addWidget(card)
        column.addStretch()
        scroll = Scrolling(cards)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(scroll)

    def stop(self) -> None:
        """End what the cards do in threads, before the data are closed."""
        self.data.stop()
        self.hyper.stop()
