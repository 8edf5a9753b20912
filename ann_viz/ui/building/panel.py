"""The column *Build* at the left: what is taught, to which network, and how."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout, QWidget

from ann_viz.ui.document.bridge import Bridge
from ann_viz.ui.document.missing_table import need_rows
from ann_viz.ui.kit.late import LatePage
from ann_viz.ui.kit.scrolling import Scrolling

if TYPE_CHECKING:
    from ann_viz.ui.building.data_card import DataCard
    from ann_viz.ui.building.hyper_card import HyperCard
    from ann_viz.ui.building.network_card import NetworkCard

__all__ = ["BuildPanel"]


class BuildPanel(QWidget):
    """What is taught, to which network, and how; in a narrow window nobody sees it before it is opened.

    Parameters
    ----------
    bridge : Bridge
        The cards read its document and call its methods.

    Attributes
    ----------
    cards : tuple of LatePage
        The places of the three cards.
    """

    def __init__(self, bridge: Bridge, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._data, self._network = LatePage(self._make_data), LatePage(self._make_network)
        self._hyper = LatePage(self._make_hyper)
        self.cards = (self._data, self._network, self._hyper)
        need_rows(bridge, self._network, self._hyper)
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

    def _make_data(self) -> DataCard:
        from ann_viz.ui.building.data_card import DataCard

        return DataCard(self._bridge)

    def _make_network(self) -> NetworkCard:
        from ann_viz.ui.building.network_card import NetworkCard

        return NetworkCard(self._bridge)

    def _make_hyper(self) -> HyperCard:
        from ann_viz.ui.building.hyper_card import HyperCard

        return HyperCard(self._bridge)

    @property
    def data(self) -> DataCard:
        """The columns, the target and the split."""
        return self._data.page

    @property
    def network(self) -> NetworkCard:
        """The hidden layers."""
        return self._network.page

    @property
    def hyper(self) -> HyperCard:
        """How it is trained."""
        return self._hyper.page

    def stop(self) -> None:
        """End what the cards do in threads, before the data are closed."""
        for card in (self._data, self._hyper):
            if card.is_made:
                card.page.stop()
