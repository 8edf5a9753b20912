"""The network in the middle of the window, with what stands above it and over it for a while."""

from __future__ import annotations

from collections.abc import Callable

from ann_viz.ui.canvas.canvas_card import CanvasCard
from ann_viz.ui.document.bridge import Bridge
from ann_viz.ui.document.view import View
from ann_viz.ui.runs.end_card import EndCard
from ann_viz.ui.runs.look_banner import LookBanner

__all__ = ["PictureCard"]


class PictureCard(CanvasCard):
    """The picture with the end of a run and the past moment that is looked at.

    Parameters
    ----------
    bridge : Bridge
        To the document.
    view : View
        How the network is looked at.
    is_quiet : callable
        Whether a lesson is under way, which has its own words for the end of a run.
    """

    def __init__(self, bridge: Bridge, view: View, is_quiet: Callable[[], bool]) -> None:
        super().__init__(bridge, view)
        self.look_banner = LookBanner(bridge, self.canvas, self.canvas.layers.between_headings)
        self.end_card = EndCard(bridge, is_quiet, self)
        self.end_card.told.connect(self.announce)
        self.add_above_picture(self.end_card)
