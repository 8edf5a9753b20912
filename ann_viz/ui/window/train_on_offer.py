"""The question whether to train on, after a change of the network has stopped training."""

from __future__ import annotations

from PySide6.QtCore import QObject

from ann_viz.session import RunState
from ann_viz.ui.document.bridge import Bridge
from ann_viz.ui.kit.message_bar import MessageBar

__all__ = ["TrainOnOffer"]


class TrainOnOffer(QObject):
    """Asks in the message bar, until training runs again.

    Parameters
    ----------
    bridge : Bridge
    messages : MessageBar
        Where it asks.
    """

    def __init__(self, bridge: Bridge, messages: MessageBar, parent: QObject) -> None:
        super().__init__(parent)
        self._bridge, self._messages = bridge, messages
        self._asks = False
        bridge.interrupted.connect(self._ask)
        bridge.state_changed.connect(self._take_back)
        bridge.dataset_changed.connect(self._take_back)

    def _ask(self) -> None:
        self._messages.show_message(
            self.tr("The network has changed, so training has paused. What was learned is kept where it still fits."),
            [(self.tr("Train on"), self._bridge.train), (self.tr("Undo"), self._bridge.undo_stack.undo)],
        )
        self._asks = True

    def _take_back(self) -> None:
        if self._asks and self._bridge.document.state is RunState.RUNNING:
            self._asks = False
            self._messages.hide()
