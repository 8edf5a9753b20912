"""What everyone may read of the one document: data, network, the newest snapshot, and what they say together."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, replace

import numpy as np
from numpy.typing import NDArray

from ann_viz.data import Dataset
from ann_viz.engine import USUAL_THRESHOLD, Network, NetworkConfig, Snapshot, TrainConfig, Trainer
from ann_viz.engine.compiled.choice import EngineChoice
from ann_viz.errors import AnnVizError
from ann_viz.explain.moment import live_text
from ann_viz.explain.update import UpdateStory, explain_update
from ann_viz.scene.thickness import Thickness
from ann_viz.session.coach_memory import CoachMemory
from ann_viz.session.judged.costs import MistakeCosts
from ann_viz.session.looks_at_test import LookAtTest
from ann_viz.session.manual_edits import ManualEdits
from ann_viz.session.modelfile import Model
from ann_viz.session.run import Earlier, Moment, Run
from ann_viz.session.run_names import run_name
from ann_viz.session.runner import Runner
from ann_viz.session.runs import Runs
from ann_viz.session.scores import Part, Scores
from ann_viz.session.seeds import Siblings
from ann_viz.session.setup import Setup, setup_of
from ann_viz.session.shown_batch import ShownBatch
from ann_viz.session.shown_row import RowFacts, ShownRow, show_row
from ann_viz.session.speed import Speed
from ann_viz.session.starting import require
from ann_viz.session.state import RunState
from ann_viz.session.throughput import Throughput
from ann_viz.session.trying.known import KnownOfData
from ann_viz.session.trying.tried_row import TriedFacts, TriedRow, Trying
from ann_viz.session.wrong import next_wrong

__all__ = ["Document"]


class Document:
    """Data, network and training, to be read; `Session` adds the commands that change them and is the only writer.

    Parameters
    ----------
    train_config : TrainConfig, optional
        Hyperparameters to start with.
    engine : {"numpy", "turbo", "auto"}
        What runs train with.
    """

    def __init__(self, train_config: TrainConfig | None = None, engine: EngineChoice = "numpy") -> None:
        self._engine: EngineChoice = engine
        self._state = RunState.EMPTY
        self._dataset: Dataset | None = None
        self._network_config: NetworkConfig | None = None
        self._train_config = train_config or TrainConfig()
        self._speed = Speed()
        self._error: AnnVizError | None = None
        self._chosen = 0
        self._batch: ShownBatch | None = None
        self._newest: Snapshot | None = None
        self._past: Snapshot | None = None
        self._looking_at: Moment | None = None
        self._runs = Runs()
        self._siblings = Siblings()
        self._manual_edits = ManualEdits()
        self._thickness = Thickness()
        self._asked = self._train_config  # without what `train` added to go on after the end
        self._trained_with: TrainConfig | None = None  # in the last step of the current run
        self._earlier: tuple[Earlier, ...] = ()
        self._unseen = False
        self._untouched = True  # the weights are those that the seed gives
        self._trainer: Trainer | None = None
        self._runner: Runner | None = None
        self._throughput = Throughput()
        self._scores: Scores | None = None
        self._shown_network: Network | None = None
        self._shown_model: Network | None = None
        self._row: ShownRow | None = None
        self._trying: Trying | None = None
        self._known = KnownOfData()
        self._coach_memory = CoachMemory()
        self._thresholds: dict[tuple[str, ...], float] = {}  # of every target that was predicted
        self._looks_at_test: tuple[LookAtTest, ...] = ()
        self._costs = MistakeCosts()

    @property
    def state(self) -> RunState:
        """What is being done."""
        return self._state

    @property
    def dataset(self) -> Dataset | None:
        """The data that are open."""
        return self._dataset

    @property
    def network_config(self) -> NetworkConfig | None:
        """Shape, seed and starting rules of the network; None without data."""
        return self._network_config

    @property
    def train_config(self) -> TrainConfig:
        """Hyperparameters."""
        return self._train_config

    @property
    def engine(self) -> EngineChoice:
        """What a run that begins now is asked to train with; what does train it, a snapshot says."""
        return self._engine

    @property
    def speed(self) -> Speed:
        """The pace of training."""
        return self._speed

    @property
    def error(self) -> AnnVizError | None:
        """Why the state is FAILED."""
        return self._error

    @property
    def example(self) -> int:
        """Row of the dataset that is shown: the chosen one, or while training goes phase by phase one of the batch."""
        among = None if self._batch is None else self._batch.row
        return self._chosen if among is None else among

    @property
    def batch(self) -> ShownBatch | None:
        """The batch that training goes through phase by phase; None when it does not."""
        return self._batch

    @property
    def trying(self) -> Trying:
        """Rows that somebody made up for the open data; raises StateError without data."""
        dataset = require(self._dataset)
        if self._trying is None or self._trying.dataset is not dataset:
            self._trying = Trying(dataset=dataset)
        return self._trying

    @property
    def known(self) -> KnownOfData:
        """What is known of the columns of the open data, without their rows."""
        return self._known

    @property
    def tried(self) -> TriedRow | None:
        """The made-up row that is shown in the place of the example."""
        return None if self._dataset is None else self.trying.row

    @property
    def snapshot(self) -> Snapshot | None:
        """What everyone shows: the moment that is looked at, or else the newest one."""
        return self._past or self._newest

    @property
    def newest(self) -> Snapshot | None:
        """The newest snapshot of the current run, whatever is looked at; exact whenever the state is not RUNNING."""
        return self._newest

    @property
    def looking_at(self) -> Moment | None:
        """The past moment that `snapshot` is; None for the newest."""
        return self._looking_at

    @property
    def runs(self) -> tuple[Run, ...]:
        """All runs that learned something, and the current one, as they are now, oldest first."""
        return tuple(self._as_now(run) for run in self._runs)

    @property
    def current_run(self) -> Run | None:
        """The run that is shown and that training goes on with."""
        number = self._runs.current
        return None if number is None else self._as_now(self._runs[number])

    @property
    def run_numbers(self) -> tuple[int, ...]:
        """The number of the current run, then those of all that are listed, oldest first; empty without data."""
        current = self._runs.current
        return () if current is None else (current, *(run.number for run in self._runs))

    def find_run(self, number: int) -> Run:
        """Return a run by its number; raises StateError where it has been forgotten."""
        return self._as_now(self._runs[number])

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

    @property
    def siblings(self) -> Siblings:
        """What has been trained beside the runs, from other seeds and on other rows; its work is for jobs."""
        return self._siblings

    def setup_of(self, run: Run) -> Setup:
        """Return what a run follows from, to train it again from other seeds."""
        return setup_of(self._as_now(run), {each.number: each for each in self.runs})

    def _as_now(self, run: Run) -> Run:
        """Return a run with what has happened since it became the current one."""
        if run.number != self._runs.current or self._newest is None:
            return run
        now = replace(run, asked=self._asked, trained_with=self._trained_with, earlier=self._earlier)
        return replace(now, snapshot=self._newest, network_config=self._newest.config)

    @property
    def manual_edits(self) -> ManualEdits:
        """Weights set or locked and neurons switched off by hand since the network began."""
        return self._manual_edits

    @property
    def thickness(self) -> Thickness:
        """The scale of thickness over the run, as far as it was looked at."""
        return self._thickness

    def full_thickness(self) -> float:
        """Return the |w| that is drawn at full thickness for the snapshot on show; it never falls within a run."""
        snapshot = require(self.snapshot)
        self._thickness = self._thickness.renewed(snapshot.moment, snapshot.W)
        return self._thickness.at(snapshot.moment)

    @property
    def coach_memory(self) -> CoachMemory:
        """What the coach remembers from one look to the next."""
        return self._coach_memory

    @property
    def samples_per_second(self) -> float:
        """Training rows learned per second over about the last second of the last run."""
        return self._throughput.per_second

    @property
    def as_of(self) -> str:
        """What a part that is renewed at a pace of its own says of its numbers while training runs; else empty.

        Standing still, and phase by phase, all parts show the same snapshot.
        """
        if self._state is not RunState.RUNNING or self._speed.kind == "phase":
            return ""
        return live_text(require(self.snapshot))

    @property
    def network(self) -> Network:
        """The network of the newest snapshot, with the weights that are drawn."""
        if self._shown_network is None:
            self._shown_network = require(self.snapshot).network()
        return self._shown_network

    @property
    def model_network(self) -> Network:
        """What of the newest snapshot is judged, kept and predicted with: the average where there is one."""
        if require(self.snapshot).average is None:
            return self.network
        if self._shown_model is None:
            self._shown_model = require(self.snapshot).model()
        return self._shown_model

    @property
    def threshold(self) -> float:
        """Above which chance the answer to a yes-or-no question is yes; it belongs to the target."""
        return self._thresholds.get(self._question, USUAL_THRESHOLD)

    @property
    def _question(self) -> tuple[str, ...]:
        """What the threshold is of: the target and which of its values is yes."""
        if self._dataset is None or self._dataset.recipe.task != "binary":
            return ()
        return self._dataset.recipe.target, *self._dataset.encoder.class_names

    def shown_row(self) -> ShownRow | None:
        """Return the shown row and what the newest snapshot makes of it, the same to everyone; None without data."""
        snapshot = self.snapshot
        if self._dataset is None or snapshot is None:
            return None
        batch = self._batch
        place = None if batch is None or batch.beside or self.tried is not None else batch.place
        facts, edits = self._facts(self._dataset, snapshot), self._manual_edits
        self._row = show_row(facts, snapshot, self.network, edits, self._row, place, self.threshold)
        return self._row

    def row_of(self, snapshot: Snapshot) -> ShownRow | None:
        """Return what another snapshot of the same run makes of the shown row; None without data."""
        if self._dataset is None:
            return None
        facts, edits = self._facts(self._dataset, snapshot), self._manual_edits
        return show_row(facts, snapshot, snapshot.network(), edits, None, threshold=self.threshold)

    def _facts(self, dataset: Dataset, snapshot: Snapshot) -> RowFacts:
        if self.tried is None:
            return RowFacts(dataset, snapshot.config, self.example)
        return TriedFacts(dataset, snapshot.config, self.example, self.tried)

    def metrics(self, part: Part) -> Mapping[str, float]:
        """Score the newest snapshot on a part of the data, in the target's own units; empty for a part without rows."""
        return require(self._scores).score(self.model_network, part, self.threshold)

    @property
    def costs(self) -> MistakeCosts:
        """What the two kinds of mistakes of a yes-or-no answer cost."""
        return self._costs

    @property
    def looks_at_test(self) -> tuple[LookAtTest, ...]:
        """What the test rows of the open table have said so far, of each network once, oldest first."""
        return self._looks_at_test

    @property
    def look_at_test(self) -> LookAtTest | None:
        """What the test rows have said of the weights on show; None where they were not asked."""
        snapshot = self.snapshot
        if snapshot is None:
            return None
        params = snapshot.model_params
        return next((look for look in self._looks_at_test if look.is_of(params, self.threshold)), None)

    def answers(self, part: Part) -> tuple[NDArray[np.floating], NDArray[np.floating]]:
        """Return truth and the newest snapshot's answers for the rows by which a part is judged; see `Scores`."""
        return require(self._scores).answers(self.model_network, part)

    def baseline(self, part: Part) -> Mapping[str, float]:
        """Score the trivial answer, the commonest class or the mean, likewise."""
        return require(self._scores).trivial(part)

    def model(self) -> Model:
        """Return what predicting takes, with the weights on show or their average, ready for `save_model`."""
        return self.model_of(self.model_network)

    def model_of(self, network: Network) -> Model:
        """Return what predicting with a network needs."""
        dataset = require(self.dataset)
        return Model(
            network=network,
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
        if self._trainer is None or self._runner is not None or self._past is not None:
            return None
        memory = self._trainer.memory_of(layer, row, column)
        return None if memory is None else explain_update(self._trainer.config, replace(memory, gradient=gradient))

    def find_wrong(self) -> int | None:
        """Return the next row behind the shown one that is answered wrongly, as `shown_row` will say, or None."""
        return next_wrong(self.network, require(self.dataset), self.example, self.threshold)
