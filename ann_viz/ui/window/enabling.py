"""Which commands can be had now: as their table says, where there is something to act on, and while no sweep trains."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction

from ann_viz.session.suggested_reasons import is_at_defaults
from ann_viz.ui.document.bridge import Bridge
from ann_viz.ui.sweeping.sweeping import Sweeping
from ann_viz.ui.window import actions
from ann_viz.ui.window.keeping import Keeper
from ann_viz.ui.window.toolbar import Toolbar

__all__ = ["Enabling"]


class Enabling(QObject):
    """Enables and disables the actions of a window whenever something has changed that they hang on.

    Parameters
    ----------
    actions_by_id : dict of id to QAction
        The window's.
    toolbar : Toolbar
        Has controls of its own that a sweep holds.
    bridge : Bridge
    keeper : Keeper
        Knows whether there is anything to go back to.
    sweeping : Sweeping
    """

    def __init__(
        self, actions_by_id: dict[str, QAction], toolbar: Toolbar, bridge: Bridge, keeper: Keeper, sweeping: Sweeping
    ) -> None:
        super().__init__(toolbar)
        self._actions, self._toolbar = actions_by_id, toolbar
        self._bridge, self._keeper, self._sweeping = bridge, keeper, sweeping
        undo = bridge.undo_stack
        for signal in (
            bridge.state_changed, bridge.dataset_changed, bridge.settings_changed, undo.canUndoChanged,
            undo.canRedoChanged, keeper.changed, sweeping.state_changed,
        ):  # fmt: skip
            signal.connect(self._update)
        self._update()

    def _update(self) -> None:
        document, undo = self._bridge.document, self._bridge.undo_stack
        there_is = {
            "undo": undo.canUndo(),
            "redo": undo.canRedo(),
            "back_to_saved": self._keeper.can_go_back,
            "defaults": not is_at_defaults(document),
        }
        actions.update_enabled(self._actions, document.state, there_is)
        actions.hold_training(self._actions, held=self._sweeping.is_training)
        self._toolbar.hold_training(held=self._sweeping.is_training)
