"""What the list of runs asks the window for: their table, a sweep of before, to train one on, to take one along."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QSettings
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from ann_viz.errors import TABLE_IS_MISSING
from ann_viz.session import RunState
from ann_viz.translation import translate
from ann_viz.ui.document.bridge import Bridge
from ann_viz.ui.kit.message_bar import MessageBar
from ann_viz.ui.runs.look_question import ask_where_to_change
from ann_viz.ui.sweeping.sweeping import Sweeping
from ann_viz.ui.window.enlarged import Enlarged
from ann_viz.ui.window.left_side import LeftSide

if TYPE_CHECKING:
    from ann_viz.ui.runs.runs_room import RunsRoom
    from ann_viz.ui.sweeping.sweep_page import SweepPage

__all__ = ["RunRooms"]

TOLD: Final = "runs/told_of_branches"
"""In the settings: whether it was said that a run stays when another one goes on from it."""


class RunRooms(QObject):
    """Hangs the pages of runs and sweeps where the picture is, and does what is asked for in the list.

    Parameters
    ----------
    bridge : Bridge
    left_side : LeftSide
        Has the list of runs and the form of a sweep.
    enlarged : Enlarged
        Gets the pages.
    sweeping : Sweeping
    messages : MessageBar
    train : QAction
        The window's command that begins or pauses training.
    take : callable
        Lets the run in the window be taken along.
    """

    def __init__(
        self,
        bridge: Bridge,
        *,
        left_side: LeftSide,
        enlarged: Enlarged,
        sweeping: Sweeping,
        messages: MessageBar,
        train: QAction,
        take: Callable[[], None],
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        runs = left_side.runs
        self._bridge, self._runs, self._left_side, self._enlarged = bridge, runs, left_side, enlarged
        self._sweeping, self._messages, self._train, self._take = sweeping, messages, train, take
        self._told_of_branch = ""
        enlarged.add("runs", self._make_table, origin=runs)
        enlarged.add("sweep", self._make_sweep_page, is_timeless=True, origin=runs)
        runs.sweep_chosen.connect(self.show_sweep)
        runs.training_asked.connect(self.train_on)
        runs.export_asked.connect(self.take_along)
        left_side.sweep.page_asked.connect(self._show_sweep_page)
        enlarged.changed.connect(self._on_page_changed)
        bridge.branched.connect(self._tell_of_branch)
        bridge.state_changed.connect(self._on_state_changed)
        bridge.ask_where_to_change = lambda anew: ask_where_to_change(parent, bridge.document, anew)

    def _make_table(self) -> RunsRoom:
        """Make the table; the card and the menu at the left are those of the row that the keys are on."""
        from ann_viz.ui.runs.runs_room import RunsRoom  # not needed for the first window

        room = RunsRoom(self._bridge)
        room.chosen.connect(self._runs.tree.choose)
        room.menu_asked.connect(self._runs.open_menu)
        return room

    def _make_sweep_page(self) -> SweepPage:
        from ann_viz.ui.sweeping.sweep_page import SweepPage

        return SweepPage(self._sweeping)

    def show_sweep(self, number: int) -> None:
        """Show a sweep of the list, or say that another one is under way, or that the table is missing."""
        if self._bridge.document.dataset is None:
            self._messages.show_message(translate(TABLE_IS_MISSING))
            return
        swept = next(each for each in self._bridge.document.sweeps if each.number == number)
        if not self._sweeping.show(swept):
            text = self.tr("{name} is under way. The others can be looked at when it is done.")
            self._messages.show_message(text.format(name=self._sweeping.title()))
        self._enlarged.show("sweep")

    def _show_sweep_page(self) -> None:
        """Show the page of a sweep, beside its form where there is room for both."""
        self._left_side.close_flyover()
        self._enlarged.show("sweep")

    def _on_page_changed(self) -> None:
        """Take the form of a sweep away with its page."""
        if self._enlarged.name != "sweep":
            self._left_side.sweep.show_runs()

    def _tell_of_branch(self, left: int) -> None:
        """Say once that nothing was overwritten, until training goes on or ends."""
        if not QSettings().value(TOLD):
            QSettings().setValue(TOLD, True)
            document = self._bridge.document
            text = self.tr("“{name}” is kept in Runs.").format(name=document.run_name(document.find_run(left)))
            self._told_of_branch = text
            self._messages.show_message(text)

    def _on_state_changed(self) -> None:
        if self._told_of_branch and self._messages.text == self._told_of_branch:
            self._messages.hide()
        self._told_of_branch = ""

    def train_on(self, number: int) -> None:
        """Show a run, and train it where training is possible now."""
        self._runs.show_run(number)
        if self._bridge.document.state is not RunState.RUNNING:
            self._train.trigger()

    def take_along(self, number: int) -> None:
        """Show a run, and ask in which form it is to be taken along: what is taken is what is seen."""
        self._runs.show_run(number)
        self._take()
