"""What the user can do to moments and runs: train one, look at another, begin one with another network, name it.

`Bridge` adds the rest.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal

from ann_viz.engine import LayerConfig, Trainer
from ann_viz.engine.compiled.choice import EngineChoice
from ann_viz.session import Moment, RunState
from ann_viz.session.seeds import Sibling
from ann_viz.session.suggested import Suggestion
from ann_viz.session.suggested_reasons import standing_suggestion
from ann_viz.session.twin import Grown
from ann_viz.ui.document.bridge_core import BridgeCore

if TYPE_CHECKING:
    from ann_viz.session.sweeping.swept import Swept

__all__ = ["BridgeWithRuns"]


class BridgeWithRuns(BridgeCore):
    """Session methods about runs as Qt slots; what cannot be undone says so."""

    branched = Signal(int)
    """A run goes on from a past moment of this one."""

    def train(self) -> None:
        """Start or go on learning."""
        self._session.train()
        self.refresh()

    def pause(self) -> None:
        """Stop at the next batch boundary; the view is then exact."""
        self._session.pause()
        self.refresh()

    def look_at(self, moment: Moment | None, *, dragged: bool = False) -> None:
        """Show a moment of a run to everyone, or what is newest again; see `Session.look_at`.

        While one drags through many moments the picture goes first: charts and texts follow once it is painted.
        """
        if moment is not None and moment.run != self._session.run_numbers[0]:
            self.show_run(moment.run)
        self._session.look_at(moment)
        self.refresh(picture_first=dragged)

    def continue_from_here(self) -> None:
        """Begin a run with the weights that are looked at, and train it if training was under way."""
        was_running, left = self._session.state is RunState.RUNNING, self._session.run_numbers[0]
        self._record_run(self.tr("continue from here"), self._session.continue_from_here())
        self._announce_network(was_running=False)
        if was_running:
            self.train()
        self.branched.emit(left)

    def _may_change(self) -> bool:
        """Leave the past moment that is looked at, as the user wants it; return whether to change the network then."""
        return bool(self._where_to_change())

    def _where_to_change(self, *, anew: bool = False) -> str:
        """Leave it likewise; return "here" where one goes on from it, "now", or nothing not to change the network.

        Parameters
        ----------
        anew : bool
            Whether the change begins with fresh weights, but for those that one goes on from.
        """
        if self._session.looking_at is None or self.ask_where_to_change is None:
            return "now"
        answer = self.ask_where_to_change(anew)
        if answer == "here":
            self.continue_from_here()
        elif answer == "now":
            self.look_at(None)
        else:
            self.settings_changed.emit()  # controls that have moved go back
        return answer

    # Another network -------------------------------------------------------------------------------------------------
    def reset(self) -> None:
        """Return to the same starting weights."""
        self._record_run(self.tr("reset"), self._session.reset())
        self.refresh()

    def new_start(self) -> None:
        """Draw new starting weights from a new seed."""
        self._record_run(self.tr("new start"), self._session.new_start())
        self._announce_network(was_running=False)

    def set_network(self, **changes: Any) -> None:
        """Change seed, loss or initialisers, which starts anew, but for the weights that one goes on from.

        Raises ConfigError, before anybody is asked.
        """
        config = self._session.network_config
        if config is not None:
            replace(config, **changes)  # checks them
        where = self._where_to_change(anew=True)
        if where:
            kept = where == "here"
            self._change_network(self.tr("network"), lambda: self._session.set_network(keep_weights=kept, **changes))

    def set_engine(self, engine: EngineChoice) -> None:
        """Train with another engine, which starts anew likewise."""
        where = self._where_to_change(anew=True)
        if where:
            kept = where == "here"
            self._change_network(self.tr("engine"), lambda: self._session.set_engine(engine, keep_weights=kept))

    def use_suggestion(self, suggestion: Suggestion) -> None:
        """Begin with suggested layers and settings."""
        self._change_network(self.tr("suggested settings"), lambda: self._session.use_suggestion(suggestion))

    def back_to_defaults(self) -> None:
        """Begin with what is suggested for the data and for as large a network as there is; nothing without data."""
        suggestion = standing_suggestion(self._session)
        if suggestion is not None:
            self.use_suggestion(suggestion)

    def edit_hidden(self, layers: tuple[LayerConfig, ...]) -> None:
        """Change the hidden layers by hand; a learning rate that nobody has chosen follows, but in no lesson."""
        follow = not self.in_lesson
        if not self._may_change():
            return
        self._change_network(self.tr("hidden layers"), lambda: self._session.set_hidden(layers, follow=follow))

    def set_hidden(self, layers: tuple[LayerConfig, ...]) -> None:
        """Change the hidden layers; weights whose two ends survive are kept."""
        self._change_network(self.tr("hidden layers"), lambda: self._session.set_hidden(layers))

    def _change_network(self, text: str, change: Callable[[], int | None]) -> None:
        was_running = self._session.state is RunState.RUNNING
        self._record_run(text, change())
        self._announce_network(was_running)

    # Runs ------------------------------------------------------------------------------------------------------------
    def show_run(self, number: int) -> None:
        """Make another run the current one: its data, network and the settings it learned with; training pauses."""
        self._record_run(self.tr("another run"), self._go_to_run(number))
        self._session.take_back_settings()
        self.settings_changed.emit()

    def take_run(self, trained: Trainer, title: str, note: str, sweep: int) -> None:
        """Add a run that was trained in a sweep, on the rows that are open, and make it the current one."""
        self._record_run(self.tr("run of a sweep"), self._session.take_run(trained, title, note, sweep=sweep))
        self._announce_network(was_running=False)

    def note_sweep(self, swept: Swept) -> None:
        """List a sweep among the runs."""
        self._session.note_sweep(swept)
        self.runs_changed.emit()

    def rename_run(self, number: int, title: str) -> None:
        """Give a run a name; an empty one returns to what changed."""
        before = self._session.find_run(number).title
        self._session.rename_run(number, title)
        self._record(
            self.tr("name of a run"), lambda: self.rename_run(number, before), lambda: self.rename_run(number, title)
        )
        self.runs_changed.emit()

    def set_run_note(self, number: int, note: str) -> None:
        """Write a note beside a run."""
        before = self._session.find_run(number).note
        self._session.set_run_note(number, note)
        self._record(
            self.tr("note"),
            lambda: self.set_run_note(number, before),
            lambda: self.set_run_note(number, note),
            f"note {number}",
        )
        self.runs_changed.emit()

    def pin_run(self, number: int, pinned: bool) -> None:
        """Keep a run whatever else is forgotten, or let it be forgotten like the others."""
        self._session.pin_run(number, pinned)
        self.runs_changed.emit()

    def show_curve(self, number: int, shown: bool) -> None:
        """Draw a run's curve beside those of the others, or not."""
        self._session.show_curve(number, shown)
        self.runs_changed.emit()

    def set_accuracy(self, on: bool) -> None:
        """Want several networks to answer together, or one; see `Session.set_accuracy`."""
        self._session.set_accuracy(on)
        self.settings_changed.emit()
        self.runs_changed.emit()
        self.refresh()

    def answer_together(self, siblings: Sequence[Sibling]) -> None:
        """Have the current run answer together with what was trained beside it; see `Session.answer_together`."""
        self._session.answer_together(siblings)
        self.runs_changed.emit()
        self.refresh()

    def keep_twin(self, grown: Grown) -> int:
        """List what was trained in step with a run; it can be deleted, which can be undone."""
        number = self._session.keep_twin(grown)
        self._record(self.tr("twin"), lambda: self.delete_run(number), lambda: self._restore_run(number))
        self.refresh()
        return number

    def keep_weights_only(self, number: int) -> None:
        """Forget what lies between the first, the best and the last epoch of a run, pausing first; for good."""
        self.pause()
        self._session.keep_weights_only(number)
        self.runs_changed.emit()
        self.refresh()

    def delete_run(self, number: int) -> None:
        """Take a run off the list, which can be undone; raises StateError for the current one."""
        self._session.delete_run(number)
        self._record(self.tr("deleted run"), lambda: self._restore_run(number), lambda: self.delete_run(number))
        self.runs_changed.emit()

    def _restore_run(self, number: int) -> None:
        self._session.restore_run(number)
        self.runs_changed.emit()
