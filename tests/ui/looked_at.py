"""What the Inspector shows, and the row that it shows it of."""

from __future__ import annotations

from PySide6.QtWidgets import QLabel

from ann_viz.explain import follow
from ann_viz.ui.document.bridge import Bridge
from ann_viz.ui.inspector.panel import InspectorPanel


def shown(panel: InspectorPanel) -> list[str]:
    """Names of the cards that can be seen."""
    return [card.accessibleName() for card in panel.cards if card.isVisible()]


def words(panel: InspectorPanel) -> list[str]:
    return [label.text() for label in panel.findChildren(QLabel) if label.isVisible() and label.text()]


def whole_epochs(panel: InspectorPanel) -> list[float]:
    """Epochs in the course of a weight; the first ones have points between them, batch by batch."""
    return [epoch for epoch, _ in panel.trail.view.points if epoch == int(epoch)]


def the_row(bridge: Bridge):
    dataset, i = bridge.document.dataset, bridge.document.example
    return follow(bridge.document.network, dataset.X[i], dataset.Y[i])
