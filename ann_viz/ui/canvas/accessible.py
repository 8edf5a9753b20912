"""The picture of the network for screen readers: the canvas is a list, and every neuron an item that says its numbers.

The selected connection is one more item at the end. Qt asks only while a screen reader runs; until then none is made.
"""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QAccessibleEvent, QAccessibleInterface

from ann_viz.explain.moment import stop_text, weights_text
from ann_viz.numerals import FINE_DECIMALS, unsigned
from ann_viz.session import RunState
from ann_viz.ui.canvas.accessible_items import CanvasItems
from ann_viz.ui.canvas.canvas import NetworkCanvas
from ann_viz.ui.document.bridge import Bridge
from ann_viz.ui.document.view import View

__all__ = ["CanvasSpeaker"]

DIRECT: Final = Qt.FindChildOption.FindDirectChildrenOnly


class CanvasSpeaker(QObject):
    """Makes a canvas known to screen readers and tells them what is selected.

    Parameters
    ----------
    canvas : NetworkCanvas
        Its owner.
    bridge, view
        Where the numbers and the selection are.
    """

    def __init__(self, canvas: NetworkCanvas, bridge: Bridge, view: View) -> None:
        super().__init__(canvas)
        self._canvas = canvas
        self._bridge = bridge
        self._view = view
        self.items = CanvasItems(canvas, bridge, view)
        self._sizes: tuple[int, ...] = ()
        self._said = ""
        _install_factory()
        view.selection_changed.connect(self._on_selection_changed)
        bridge.dataset_changed.connect(self._on_network_changed)
        bridge.settings_changed.connect(self._on_network_changed)
        bridge.state_changed.connect(self._on_state_changed)
        bridge.example_changed.connect(self._on_example_changed)
        self._on_network_changed()

    @property
    def said(self) -> str:
        """What was announced last."""
        return self._said

    def announce(self, text: str) -> None:
        """Have a screen reader say something that nobody asked about; nothing while none runs."""
        if QAccessible.isActive() and text:
            self._said = text
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self._canvas, text))

    # What changed ---------------------------------------------------------------------------------------------------
    def _on_selection_changed(self) -> None:
        """Move the screen reader's attention to what was selected."""
        if not QAccessible.isActive() or not self._canvas.hasFocus():
            return
        if self._view.way is not None:
            self.announce(self._canvas.stage.describe_selection())
            return
        mark = self._view.selection
        if mark is None:
            QAccessible.updateAccessibility(QAccessibleEvent(self._canvas, QAccessible.Event.Focus))
            return
        for event in (QAccessible.Event.Focus, QAccessible.Event.Selection):
            QAccessible.updateAccessibility(QAccessibleEvent(self.items.item(mark), event))

    def _on_state_changed(self) -> None:
        """Say that training began or ended; standing still, the selected item has other numbers than before."""
        state, mark = self._bridge.document.state, self._view.selection
        self.announce(self._sentence_of(state))
        if QAccessible.isActive() and mark is not None and state is not RunState.RUNNING:
            QAccessible.updateAccessibility(QAccessibleEvent(self.items.item(mark), QAccessible.Event.NameChanged))

    def _sentence_of(self, state: RunState) -> str:
        snapshot = self._bridge.document.snapshot
        templates = {
            RunState.RUNNING: self.tr("Training has begun."),
            RunState.PAUSED: self.tr("Training stands still. Weights: {weights}. Loss {loss}."),
            RunState.FINISHED: self.tr("{stopped} Loss {loss}."),
        }
        if snapshot is None or state not in templates:
            return ""
        loss = unsigned(snapshot.judged_loss, FINE_DECIMALS)
        return templates[state].format(weights=weights_text(snapshot), stopped=stop_text(snapshot), loss=loss)

    def _on_example_changed(self) -> None:
        from ann_viz.explain.network_text import answer_sentence

        seen = self.items.seen if QAccessible.isActive() else None
        if seen is not None:
            self.announce(answer_sentence(seen))

    def _on_network_changed(self) -> None:
        config = self._bridge.document.network_config
        sizes = () if config is None else config.sizes
        if sizes == self._sizes:
            return
        self._sizes = sizes
        self.items.forget()
        if QAccessible.isActive():
            QAccessible.updateAccessibility(QAccessibleEvent(self._canvas, QAccessible.Event.ObjectReorder))


@functools.cache
def _install_factory() -> Callable[[str, QObject], QAccessibleInterface | None]:
    """Let Qt ask for the interface of a canvas; once, for it never forgets a factory."""

    def make(_class_name: str, thing: QObject) -> QAccessibleInterface | None:
        speaker = thing.findChild(CanvasSpeaker, options=DIRECT) if isinstance(thing, NetworkCanvas) else None
        return None if speaker is None else speaker.items.make_interface()

    QAccessible.installFactory(make)
    return make
