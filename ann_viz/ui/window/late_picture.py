"""The place of the network in the middle of the window: filled with the first data, as the start page needs none."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from ann_viz.ui.document.bridge import Bridge
from ann_viz.ui.document.view import View
from ann_viz.ui.kit.late import LatePage

if TYPE_CHECKING:
    from ann_viz.ui.window.picture_card import PictureCard

__all__ = ["LatePicture"]


class LatePicture(LatePage["PictureCard"]):
    """Makes the card of the picture when it is shown or asked for something.

    Parameters
    ----------
    bridge : Bridge
        To the document.
    view : View
        How the network is looked at.
    is_quiet : callable
        Whether a lesson is under way, which has its own words for the end of a run.
    """

    layer_resized = Signal(int, int)
    """A hidden layer, counted from 0, shall have one neuron more or fewer."""

    def __init__(self, bridge: Bridge, view: View, is_quiet: Callable[[], bool], parent: QWidget) -> None:
        super().__init__(self._make_card, parent)
        self._bridge, self._view, self._is_quiet = bridge, view, is_quiet

    def _make_card(self) -> PictureCard:
        from ann_viz.ui.window.picture_card import PictureCard

        card = PictureCard(self._bridge, self._view, self._is_quiet)
        card.canvas.layer_resized.connect(self.layer_resized)
        return card

    def announce(self, text: str) -> None:
        """Have a screen reader say something that nobody asked about."""
        self.page.announce(text)

    def magnify(self, factor: float) -> None:
        """Draw the picture so many times as large."""
        self.page.canvas.magnify(factor)
