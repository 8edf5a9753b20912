"""What a document holds: data, network, settings, runs, what is looked at; to be read through properties."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from ann_viz.engine import USUAL_THRESHOLD, Network, NetworkConfig, Snapshot, TrainConfig, Trainer
from ann_viz.engine.compiled.choice import EngineChoice
from ann_viz.errors import TABLE_IS_MISSING, AnnVizError, StateError
from ann_viz.scene.thickness import Thickness
from ann_viz.session.coach_memory import CoachMemory
from ann_viz.session.judged.costs import MistakeCosts
from ann_viz.session.looks_at_test import LookAtTest
from ann_viz.session.manual_edits import ManualEdits
from ann_viz.session.run import Earlier, Moment, Run
from ann_viz.session.runner import Runner
from ann_viz.session.runs import Runs
from ann_viz.session.scores import Scores
from ann_viz.session.seeds import Siblings
from ann_viz.session.shown_batch import ShownBatch
from ann_viz.session.speed import Speed
from ann_viz.session.starting import require
from ann_viz.session.state import RunState
from ann_viz.session.throughput import Throughput
from ann_viz.session.trying.known import KnownOfData
from ann_viz.translation import translate

if TYPE_CHECKING:
    from ann_viz.data import Dataset
    from ann_viz.session.shown_row import ShownRow
    from ann_viz.session.sweeping.swept import Swept
    from ann_viz.session.trying.tried_row import TriedRow, Trying

__all__ = ["DocumentState"]


class DocumentState:
    """What `Document` is made of; its parameters are these.

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
        self._accuracy = False
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
        self._n_train = 0  # as a project says whose table is missing
        self._sweeps: dict[int, tuple[Dataset, Swept]] = {}

    @property
    def state(self) -> RunState:
        """What is being done."""
        return self._state

    @property
    def dataset(self) -> Dataset | None:
        """The data that are open; None without any, and of a project whose table is missing: whoever needs rows asks.

        This is the one place where it is decided what needs rows. What can be told without them comes from `described`.
        """
        return None if self._dataset is None or self._dataset.is_missing else self._dataset

    @property
    def described(self) -> Dataset | None:
        """The data that are open as far as names and encoding go; of a project whose table is missing without rows."""
        return self._dataset

    def with_rows(self) -> Dataset:
        """Return the data, for what needs their rows; raises StateError without data, also of a missing table."""
        if self.is_without_rows:
            raise StateError(translate(TABLE_IS_MISSING))
        return require(self.dataset)

    @property
    def is_without_rows(self) -> bool:
        """Whether a project is open whose table is missing."""
        return self._dataset is not None and self._dataset.is_missing

    @property
    def n_train(self) -> int:
        """How many rows are learned from, or were; 0 without data."""
        return self._n_train if self.dataset is None else len(self.dataset.train)

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
    def accuracy(self) -> bool:
        """Whether runs that end are to answer together with networks from other seeds; see `session/accuracy.py`."""
        return self._accuracy

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
        from ann_viz.session.trying.tried_row import Trying

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
        """The made-up row that is shown in the place of the example; a typical one where there are no rows to show."""
        from ann_viz.session.trying.tried_row import typical_row

        if self._dataset is None:
            return None
        if self._dataset.is_missing and self.trying.row is None:
            return typical_row(self._known.summaries(self._dataset))
        return self.trying.row

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

    @property
    def siblings(self) -> Siblings:
        """What has been trained beside the runs, from other seeds and on other rows; its work is for jobs."""
        return self._siblings

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

    @property
    def coach_memory(self) -> CoachMemory:
        """What the coach remembers from one look to the next."""
        return self._coach_memory

    @property
    def samples_per_second(self) -> float:
        """Training rows learned per second over about the last second of the last run."""
        return self._throughput.per_second

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

    @property
    def costs(self) -> MistakeCosts:
        """What the two kinds of mistakes of a yes-or-no answer cost."""
        return self._costs

    @property
    def sweeps(self) -> tuple[Swept, ...]:
        """The sweeps on the open data that have come to something, oldest first; not those on other columns."""
        return tuple(swept for dataset, swept in self._sweeps.values() if dataset is self._dataset)

    @property
    def last_sweep(self) -> int:
        """The highest number that a sweep on the open table has, whatever its columns; 0 without any."""
        return max(self._sweeps, default=0)

    @property
    def looks_at_test(self) -> tuple[LookAtTest, ...]:
        """What the test rows of the open table have said so far, of each network once, oldest first."""
        return self._looks_at_test
