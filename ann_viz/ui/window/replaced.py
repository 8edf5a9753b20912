"""What other data have replaced in the window: Undo brings it back, with its runs and its file."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from ann_viz.ui.document.bridge import Bridge

if TYPE_CHECKING:
    from ann_viz.session.work import Keepsake
    from ann_viz.session.work_mark import WorkMark
    from ann_viz.ui.window.keeping import Keeper

__all__ = ["Former", "Replaced"]


@dataclass(frozen=True, eq=False)
class Former:
    """A document that was open.

    Parameters
    ----------
    work : Keepsake
        All there was to save.
    name : str
        What it was called.
    path : Path or None
        Its project file.
    mark : WorkMark or None
        What it was like when all of it was in there.
    is_saved : bool
        Whether all of it is in there still.
    """

    work: Keepsake
    name: str
    path: Path | None
    mark: WorkMark | None
    is_saved: bool

    @property
    def folder(self) -> Path:
        """Where its data are looked for, when they have moved along with it."""
        return self.work.source.path.parent if self.path is None else self.path.parent


class Replaced(QObject):
    """Remembers the last document for Undo.

    Parameters
    ----------
    bridge : Bridge
        To the document.
    keeper : Keeper
        Knows its file.
    """

    wanted = Signal(object)
    """Carries the Former that is to be opened again."""

    def __init__(self, bridge: Bridge, keeper: Keeper) -> None:
        super().__init__(keeper)
        self._bridge, self._keeper = bridge, keeper

    def take(self) -> Former | None:
        """Return what is about to be replaced; None where nothing of the user's would go by it."""
        bridge, keeper = self._bridge, self._keeper
        is_own = bridge.has_own_work or keeper.is_changed
        if bridge.document.described is None or keeper.is_lent or not is_own:
            return None
        bridge.pause()
        work = bridge.take_work()
        mark, is_saved = keeper.mark, not keeper.is_changed
        return None if work is None else Former(work.keepsake(), keeper.name, keeper.path, mark, is_saved)

    def offer(self, former: Former | None) -> None:
        """Let Undo bring it back, now that other data are open."""
        if former is not None:
            text = self.tr("leaving {name}").format(name=former.name)
            self._bridge.undo_stack.record(text, lambda: self.wanted.emit(former), lambda: None)
