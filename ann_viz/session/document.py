"""What everyone may read of the one document: data, network, the newest snapshot, and what they say together."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, replace
from typing import TYPE_CHECKING

import numpy as np

from ann_viz.engine import Network, NetworkConfig, Snapshot, rows_like, side_by_side
from ann_viz.explain.moment import live_text, when_text
from ann_viz.session.document_state import DocumentState
from ann_viz.session.looks_at_test import LookAtTest
from ann_viz.session.run import Run
from ann_viz.session.run_names import run_name
from ann_viz.session.setup import Setup, setup_of
from ann_viz.session.starting import require
from ann_viz.session.state import RunState
from ann_viz.session.wrong import next_wrong
from ann_viz.translation import translate

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from ann_viz.data import Dataset
    from ann_viz.data import PartName as Part
    from ann_viz.explain.update import UpdateStory
    from ann_viz.session.modelfile import Model
    from ann_viz.session.row_facts import RowFacts
    from ann_viz.session.shown_row import ShownRow

__all__ = ["Document"]


class Document(DocumentState):
    """Data, network and training, to be read; `Session` adds the commands that change them and is the only writer.

    Parameters
    ----------
    train_config : TrainConfig, optional
        Hyperparameters to start with.
    engine : {"numpy", "turbo", "auto"}
        What runs train with.
    """

    def run_name(self, run: Run) -> str:
        """Return what a run is called: its title, or what changed against the run it came from."""
        parent = self._runs.get(run.parent)
        return run_name(self._as_now(run), None if parent is None else self._as_now(parent))

    def run_place(self, number: int) -> int:
        """Return which of all runs one is, from 0; it gives its colour."""
        return self._runs.place(number)

    def parent_of(self, number: int) -> int | None:
        """Return the run that a run came from, whether that is listed or not; None where there is none."""
        return self._runs.parent_of(number)

    def setup_of(self, run: Run) -> Setup:
        """Return what a run follows from, to train it again from other seeds."""
        return setup_of(self._as_now(run), {each.number: each for each in self.runs})

    def full_thickness(self) -> float:
        """Return the |w| that is drawn at full thickness for the snapshot on show; it never falls within a run."""
        snapshot = require(self.snapshot)
        self._thickness = self._thickness.renewed(snapshot.moment, snapshot.W)
        return self._thickness.at(snapshot.moment)

    @property
    def as_of(self) -> str:
        """What a part that is renewed at a pace of its own says of its numbers while training runs; else empty.

        Standing still, and phase by phase, all parts show the same snapshot.
        """
        if self._state is not RunState.RUNNING or self._speed.kind == "phase":
            return ""
        return live_text(require(self.snapshot))

    @property
    def when(self) -> str:
        """Which moment is on show: "now", or the past one that is looked at, "epoch 28"."""
        return translate("now") if self.looking_at is None else when_text(require(self.snapshot))

    @property
    def network(self) -> Network:
        """The network of the newest snapshot, with the weights that are drawn."""
        if self._shown_network is None:
            self._shown_network = require(self.snapshot).network()
        return self._shown_network

    @property
    def model_network(self) -> Network:
        """What of the snapshot on show is judged, kept and predicted with; see `Snapshot.model`."""
        snapshot = require(self.snapshot)
        if snapshot.average is None and snapshot.beside is None:
            return self.network
        if self._shown_model is None:
            self._shown_model = snapshot.model()
        return self._shown_model

    def mean_of(self, config: NetworkConfig, params: NDArray[np.floating]) -> NDArray[np.floating] | None:
        """Return the parameters of the networks that answer together with one, its own first; None where it is alone.

        So a run's best epoch answers together with what was trained beside it until a weight of it is another; what
        all of its chances were tempered by holds for all.
        """
        for run in self._runs:
            if run.mean_of is not None and run.network_config == config:
                rows = rows_like(run.mean_of, config, params)
                if rows is not None:
                    return rows
        return None

    @property
    def n_networks(self) -> int:
        """How many networks the model on show is the mean of; 1 where one answers alone, and without data."""
        return 1 if self.snapshot is None else self.snapshot.n_networks

    def shown_row(self) -> ShownRow | None:
        """Return the shown row and what the newest snapshot makes of it, the same to everyone; None without data."""
        snapshot = self.snapshot
        if self._dataset is None or snapshot is None:
            return None
        from ann_viz.session.shown_row import show_row  # not to be waited for before there are data

        batch = self._batch
        place = None if batch is None or batch.beside or self.tried is not None else batch.place
        facts, edits = self._facts(self._dataset, snapshot), self._manual_edits
        self._row = show_row(facts, snapshot, self.network, edits, self._row, place=place, threshold=self.threshold)
        return self._row

    def row_of(self, snapshot: Snapshot) -> ShownRow | None:
        """Return what another snapshot of the same run makes of the shown row; None without data."""
        if self._dataset is None:
            return None
        from ann_viz.session.shown_row import show_row

        facts, edits = self._facts(self._dataset, snapshot), self._manual_edits
        return show_row(facts, snapshot, snapshot.network(), edits, None, threshold=self.threshold)

    def _facts(self, dataset: Dataset, snapshot: Snapshot) -> RowFacts:
        from ann_viz.session.row_facts import RowFacts
        from ann_viz.session.trying.tried_row import TriedFacts

        if self.tried is None:
            return RowFacts(dataset, snapshot.config, self.example)
        return TriedFacts(dataset, snapshot.config, self.example, self.tried)

    def metrics(self, part: Part) -> Mapping[str, float]:
        """Score the newest snapshot on a part of the data, in the target's own units; empty for a part without rows."""
        return require(self._scores).score(self.model_network, part, self.threshold)

    @property
    def look_at_test(self) -> LookAtTest | None:
        """What the test rows have said of the weights on show; None where they were not asked."""
        snapshot = self.snapshot
        if snapshot is None:
            return None
        params = self.model_network.params
        return next((look for look in self._looks_at_test if look.is_of(params, self.threshold)), None)

    def answers(self, part: Part) -> tuple[NDArray[np.floating], NDArray[np.floating]]:
        """Return truth and the newest snapshot's answers for the rows by which a part is judged; see `Scores`."""
        return require(self._scores).answers(self.model_network, part)

    def baseline(self, part: Part) -> Mapping[str, float]:
        """Score the trivial answer, the commonest class or the mean, likewise."""
        return require(self._scores).trivial(part)

    def model(self) -> Model:
        """Return what predicting takes, with what answers of the snapshot on show, ready for `save_model`."""
        return self.model_of(require(self.snapshot).alone())

    def model_of(self, network: Network) -> Model:
        """Return what predicting with a network needs, and with those that answer together with it."""
        from ann_viz.session.modelfile import Model

        dataset, rows = require(self.described), self.mean_of(network.config, network.params)
        mean_of = () if rows is None else tuple(Network.network_from(network.config, row) for row in rows)
        return Model(
            network=side_by_side(mean_of) if mean_of else network,
            mean_of=mean_of,
            encoder=dataset.encoder,
            recipe=dataset.recipe,
            dialect=asdict(dataset.table.dialect),
            engine=require(self.snapshot).engine,
            columns=tuple(column.name for column in dataset.table.columns),
            threshold=self.threshold,
        )

    def explain_update(self, layer: int, row: int, column: int) -> UpdateStory | None:
        """Tell what the coming update does to one weight or bias; None unless it is the next phase.

        Parameters
        ----------
        layer, row, column : int
            As in `set_parameter`.
        """
        from ann_viz.explain.update import explain_update

        if self._trainer is None or self._runner is not None or self._past is not None:
            return None
        parameter = self._trainer.parameter_state(layer, row, column)
        return None if parameter is None else explain_update(self._trainer.config, parameter)

    def explain_step(self, layer: int, row: int, column: int, gradient: float) -> UpdateStory | None:
        """Tell what the optimiser, as it stands, would make of a gradient; None while training runs or in the past.

        Parameters
        ----------
        layer, row, column : int
            As in `set_parameter`.
        gradient : float
            Of that weight or bias, without penalties.
        """
        from ann_viz.explain.update import explain_update

        if self._trainer is None or self._runner is not None or self._past is not None:
            return None
        memory = self._trainer.memory_of(layer, row, column)
        return None if memory is None else explain_update(self._trainer.config, replace(memory, gradient=gradient))

    def find_wrong(self) -> int | None:
        """Return the next row behind the shown one that is answered wrongly, as `shown_row` will say, or None."""
        return next_wrong(self.network, self.with_rows(), self.example, self.threshold)
