"""The one Qt object that knows the session: what the user can do to it.

Widgets call its methods and re-read ``bridge.document`` when it signals.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from ann_viz.session import RunState, Speed, StepKind
from ann_viz.session.judged.costs import MistakeCosts
from ann_viz.session.suggested import Suggestion
from ann_viz.session.view_state import ViewState
from ann_viz.ui.document.bridge_runs import BridgeWithRuns

if TYPE_CHECKING:
    from ann_viz.data import Dataset
    from ann_viz.session.project import Project
    from ann_viz.session.trying.tried_row import TriedRow
    from ann_viz.session.work import Work
    from ann_viz.session.work_mark import WorkMark

__all__ = ["Bridge"]


class Bridge(BridgeWithRuns):
    """Session methods as Qt slots, and what changed as signals; parameters and attributes are those of `BridgeCore`."""

    # What the user does ---------------------------------------------------------------------------------------------
    def open_dataset(self, dataset: Dataset, suggestion: Suggestion | None = None) -> None:
        """Make `dataset` the document's data; the network fits itself to it, and to what is suggested.

        The same table with other roles is a change that can be undone, unless its rows are in files that go with it.
        """
        left = self._session.open(dataset, suggestion)
        if left is None:
            self.undo_stack.clear()
        self._record_run(self.tr("columns"), left)
        self._announce_dataset()

    def open_project(self, project: Project, dataset: Dataset) -> None:
        """Take a project and its data, with all runs; there is no way back."""
        self._session.open_project(project, dataset)
        self.undo_stack.clear()
        self._announce_dataset()
        if project.state.view is not None:
            self.view_opened.emit(project.state.view)

    def take_rows(self, dataset: Dataset) -> None:
        """Go on with the data of the project that was opened without them; see `Session.take_rows`."""
        self._session.take_rows(dataset)
        self._announce_dataset()

    def keep_view(self, view: ViewState) -> None:
        """Take note of how the network is looked at; see `Session.keep_view`."""
        self._session.keep_view(view)

    def begin_anew(self) -> None:
        """Let go of data and runs; there is no way back."""
        self._session.begin_anew()
        self.undo_stack.clear()
        self._announce_dataset()

    def work_mark(self) -> WorkMark:
        """Return what is another as soon as there is something else to save."""
        return self._session.work_mark()

    @property
    def has_own_work(self) -> bool:
        """Whether there is more than opening the data again would give; see `Session.has_own_work`."""
        return self._session.has_own_work

    def ask_for_work(self) -> None:
        """Have the worker stand ready with what is to be saved; see `Session.ask_for_work`."""
        self._session.ask_for_work()

    def take_work(self) -> Work | None:
        """Return what is to be saved, a half-done batch finished; None while the worker is at one."""
        work = self._session.take_work()
        if self._session.state is not RunState.RUNNING:
            self.refresh()
        return work

    @property
    def rows_inside(self) -> bool:
        """Whether the project holds the rows as well."""
        return self._session.rows_inside

    def keep_rows_inside(self, inside: bool) -> None:
        """Have the project hold the rows as well, or not."""
        self._session.keep_rows_inside(inside)
        self.runs_changed.emit()

    def toggle(self) -> None:
        """Train when still, pause when running."""
        if self._session.state is RunState.RUNNING:
            self.pause()
        else:
            self.train()

    def step(self, kind: StepKind) -> None:
        """Do one phase, one batch or one epoch, then stand still."""
        self._session.step(kind)
        self.refresh()

    def restore_best(self) -> None:
        """Take the weights of the epoch with the lowest validation loss."""
        self._record_state(self.tr("back to the best epoch"), self._session.restore_best())

    def restore_last(self) -> None:
        """Take the weights of the last epoch again, after those of the best."""
        self._record_state(self.tr("back to the last epoch"), self._session.restore_last())

    def ask_test_rows(self) -> None:
        """Judge the weights on show by the test rows, pausing first; see `Session.ask_test_rows`."""
        self.pause()
        self._session.ask_test_rows()
        self.runs_changed.emit()
        self.refresh()

    def set_training(self, **changes: Any) -> None:
        """Change hyperparameters from the next step on; raises ConfigError."""
        before = self._settings("train_config", changes)
        self._session.set_training(**changes)
        self._record(
            self.tr("hyperparameter"),
            lambda: self.set_training(**before),
            lambda: self.set_training(**changes),
            " ".join(sorted(changes)),
        )
        self.settings_changed.emit()
        self.refresh()

    def set_parameter(self, layer: int, row: int, column: int, value: float, *, gesture: int = 0) -> None:
        """Set a weight or bias by hand, pausing first; see `Session.set_parameter`.

        Values set one after the other are undone together, but for those of another `gesture`.
        """
        if not self._may_change():
            return
        self.pause()
        before = self._session.set_parameter(layer, row, column, value)
        self._record(
            self.tr("weight set by hand"),
            lambda: self.set_parameter(layer, row, column, before),
            lambda: self.set_parameter(layer, row, column, value),
            f"parameter {layer} {row} {column} {gesture}",
        )
        self.refresh()

    def train_on_row(self) -> None:
        """Do one step on the shown row alone, pausing first; raises StateError for a row that is not learned from."""
        self.pause()
        self._record_state(self.tr("step on one row"), self._session.train_on_row())

    def temper(self, temperature: float) -> None:
        """Divide what the outputs add up, pausing first; see `Session.temper`."""
        self.pause()
        self._record_state(self.tr("temperature scaling"), self._session.temper(temperature))

    def lock_parameter(self, layer: int, row: int, column: int, locked: bool) -> None:
        """Let training leave a weight or bias alone, or change it again; pauses first."""
        if not self._may_change():
            return
        self.pause()
        self._session.lock_parameter(layer, row, column, locked)
        self._record(
            self.tr("lock") if locked else self.tr("unlock"),
            lambda: self.lock_parameter(layer, row, column, not locked),
            lambda: self.lock_parameter(layer, row, column, locked),
        )
        self.refresh()

    def switch_neuron(self, column: int, index: int, on: bool) -> None:
        """Switch an input or hidden neuron on or off; pauses first."""
        if not self._may_change():
            return
        self.pause()
        self._session.switch_neuron(column, index, on)
        self._record(
            self.tr("neuron on") if on else self.tr("neuron off"),
            lambda: self.switch_neuron(column, index, not on),
            lambda: self.switch_neuron(column, index, on),
        )
        self.refresh()

    def _settings(self, config: str, names: Iterable[str]) -> dict[str, Any]:
        """Return some settings as they are now."""
        now = getattr(self._session, config)
        return {} if now is None else {name: getattr(now, name) for name in names}

    def set_speed(self, speed: Speed) -> None:
        """Change the pace of training."""
        self._session.set_speed(speed)

    def set_costs(self, costs: MistakeCosts) -> None:
        """Say what the two kinds of mistakes cost; see `Session.set_costs`."""
        before = self._session.costs
        self._session.set_costs(costs)
        self._record(self.tr("costs of mistakes"), lambda: self.set_costs(before), lambda: self.set_costs(costs))
        self.threshold_changed.emit()
        self.refresh()

    def set_threshold(self, threshold: float) -> None:
        """Say yes from this chance on; see `Session.set_threshold`. One drag is undone in one step."""
        before = self._session.threshold
        self._session.set_threshold(threshold)
        self._record(
            self.tr("decision threshold"),
            lambda: self.set_threshold(before),
            lambda: self.set_threshold(threshold),
            "threshold",
        )
        self.threshold_changed.emit()
        self.refresh()

    def set_example(self, index: int) -> None:
        """Show row `index` of the dataset on the canvas."""
        self._session.set_example(index)
        self._seen_example = self._session.example
        self.example_changed.emit()

    def try_row(self, row: TriedRow | None, key: str = "") -> None:
        """Show a made-up row in the place of the example, or the example again; see `Session.try_row`.

        Values set one after the other with the same key are undone together. To begin or to end it is a choice of view.
        """
        data, before = self._session.described, self._session.tried

        def go(to: TriedRow | None) -> None:
            if self._session.described is data:
                self.try_row(to)

        self._session.try_row(row)
        if before is not None and row is not None:
            self._record(self.tr("values to try"), lambda: go(before), lambda: go(row), key)
        self.example_changed.emit()

    def pin_rows(self, rows: tuple[TriedRow, ...]) -> None:
        """Keep made-up rows to compare with, and no others; see `Session.pin_rows`."""
        self._session.pin_rows(rows)
        self.example_changed.emit()

    def lock_columns(self, names: frozenset[str]) -> None:
        """Let suggestions of what would change an answer leave these columns alone; see `Session.lock_columns`."""
        self._session.lock_columns(names)
        self.example_changed.emit()

    def announce_siblings(self) -> None:
        """Tell that networks from other seeds have been trained beside a run."""
        self.runs_changed.emit()
