"""A twin: the same start, rows and order with one thing changed, trained in step with the run it is a twin of.

What happens in a thread is `Twin.train`, the work of a job: epoch by epoch first the one, then the other. The window
takes pictures of both out of a slot, and in the end the session takes the checkpoints.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from threading import Event
from time import perf_counter, sleep
from typing import TYPE_CHECKING, Any, Final

from ann_viz.engine import Checkpoint, LayerConfig, Network, NetworkConfig, Snapshot, TrainConfig, Trainer
from ann_viz.engine.compiled.choice import EngineChoice
from ann_viz.errors import ConfigError, TrainingError
from ann_viz.session.best_epoch import at_epoch
from ann_viz.session.job import Progress
from ann_viz.session.mailbox import Mailbox
from ann_viz.session.run import Run
from ann_viz.session.setup import ended, epochs_of
from ann_viz.session.starting import branch_trainer, trainer_on
from ann_viz.translation import translate

if TYPE_CHECKING:
    from ann_viz.data import Dataset, Encoder, Recipe

__all__ = ["Change", "Grown", "Pair", "Twin"]

NAP_S: Final = 0.01  # so soon a stop is answered
STEADY_S: Final = 12.0  # what is watched takes no longer
STEADY_EPOCHS: Final = 20.0  # and does no fewer epochs a second


@dataclass(frozen=True, slots=True)
class Change:
    """What a twin has otherwise: fields of the network and of how it learns, or a column in another role.

    Parameters
    ----------
    network, training : mapping of str to value
        Fields of `NetworkConfig` and of `TrainConfig`.
    without : tuple of str
        Columns that it does not learn from.
    with_too : tuple of str
        Columns that it learns from as well; their weights are drawn anew.
    """

    network: Mapping[str, Any]
    training: Mapping[str, Any]
    without: tuple[str, ...] = ()
    with_too: tuple[str, ...] = ()

    @classmethod
    def of(cls, *, hidden: tuple[LayerConfig, ...] | None = None, **training: Any) -> Change:
        """Return a change of the hidden layers, or of how it learns."""
        return cls({} if hidden is None else {"hidden": hidden}, training)

    @property
    def is_of_columns(self) -> bool:
        """Whether the rows have to be prepared anew for it."""
        return bool(self.without or self.with_too)

    def recipe(self, run: Run) -> Recipe:
        """Return how the rows of a run are prepared for its twin.

        Raises
        ------
        ConfigError
            Where no column would be left.
        DataError
            Where nothing can be learned from a column.
        """
        from ann_viz.data.advice.suggest import with_role  # the first window has none

        recipe, table = run.dataset.recipe, run.dataset.table
        for name in self.with_too:
            recipe = with_role(table, recipe, name, "input")
        for name in self.without:
            recipe = with_role(table, recipe, name, "ignore")
        if not recipe.inputs:
            raise ConfigError(translate("One column has to stay for the twin to learn from."), field="twin")
        return recipe


@dataclass(frozen=True, slots=True, eq=False)
class Pair:
    """Both at the end of the same epoch."""

    epoch: int
    one: Snapshot
    other: Snapshot


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Grown:
    """What became of the twin, for the session to keep as a run.

    Parameters
    ----------
    dataset : Dataset
    network_config : NetworkConfig
    asked : TrainConfig
        Its settings, with the epochs and stop rules of the run it is a twin of.
    checkpoint : Checkpoint
    parent : int or None
        The run it hangs under.
    branched_at : int or None
        The epoch of that one from which both began.
    engine : str
    original : Checkpoint or None
        Of the run it is a twin of, where that had not learned anything before.
    """

    dataset: Dataset
    network_config: NetworkConfig
    asked: TrainConfig
    checkpoint: Checkpoint
    parent: int | None
    branched_at: int | None
    engine: EngineChoice
    original: Checkpoint | None


class Twin:
    """Two trainers, of which the first is only needed where the run has no past yet.

    Parameters
    ----------
    run : Run
        The one.
    change : Change
        What the other has otherwise; raises ConfigError where it can't.
    engine : str
        What both train with.
    epochs : int, optional
        How many both shall have; by default those that the run has had, or else shall have.
    dataset : Dataset, optional
        The rows with other columns to learn from; by default those of the run.

    Attributes
    ----------
    epochs : int
    """

    def __init__(
        self, run: Run, change: Change, engine: EngineChoice, epochs: int = 0, dataset: Dataset | None = None
    ) -> None:
        self.run = run
        self.dataset = dataset or run.dataset
        self.network_config = self._network_config(change)
        self.asked = replace(run.settings, **change.training)
        self.epochs = epochs or epochs_of(run)
        self._engine = engine
        self._pairs: Mailbox[Pair] = Mailbox()
        self._stopping = Event()
        is_branch = run.branched_at is not None and self._is_alike
        self._branched_at = run.branched_at if is_branch else None
        self._other = self._make_other(ended(self.asked, self.epochs))
        self._one = None if run.snapshot.epoch else self._make_one(ended(run.settings, self.epochs))

    def _network_config(self, change: Change) -> NetworkConfig:
        encoder = self.dataset.encoder
        config = replace(self.run.network_config, n_inputs=encoder.n_inputs, n_outputs=encoder.n_outputs)
        return replace(config, **change.network)

    @property
    def _is_alike(self) -> bool:
        """Whether the weights of the run fit the twin one by one."""
        return self.network_config == self.run.network_config and self.dataset is self.run.dataset

    def _make_one(self, config: TrainConfig) -> Trainer:
        network = self.run.snapshot.network()
        return trainer_on(self.run.dataset, network, config, engine=self._engine)

    def _make_other(self, config: TrainConfig) -> Trainer:
        """Return what trains the twin, from the very weights that the run began with, where it has as many."""
        past = self.run.snapshot.timeline
        if self._branched_at is not None:
            began = at_epoch(self.run, self._branched_at)
            began = replace(began, timeline=tuple(then for then in past if then.place <= began.place))
            return branch_trainer(self.dataset, began, config, self._engine)
        first = past[0] if past and past[0].place == (0, 0) else None
        network = Network(self.network_config)
        if first is not None and self._is_alike:
            network = first.network()
        elif first is not None and replace(self.network_config, n_inputs=first.config.n_inputs) == first.config:
            _start_alike(network, first.network(), self.run.dataset.encoder, self.dataset.encoder)
        return trainer_on(self.dataset, network, config, engine=self._engine)

    @property
    def likeness(self) -> Run:
        """The twin as the run that it will be, to be called by its name."""
        started = self._branched_at is not None
        return replace(
            self.run, number=0, dataset=self.dataset, network_config=self.network_config, asked=self.asked,
            trained_with=None, title="", note="", parent=self.run.parent if started else self.run.number,
            branched_at=self._branched_at, untouched=not started,
        )  # fmt: skip

    @property
    def epoch(self) -> int:
        """Epochs that both have had."""
        return self._other.epoch

    @property
    def now(self) -> Pair:
        """Both as they stand, to be asked while nobody trains."""
        epoch = self._other.epoch
        one = at_epoch(self.run, epoch) if self._one is None else self._one.snapshot(measured=True)
        return Pair(epoch, one, self._other.snapshot(measured=True))

    def take_pair(self) -> Pair | None:
        """Return the newest picture of both that was not yet taken."""
        return self._pairs.take()

    @property
    def is_over(self) -> bool:
        """Whether the twin has had all its epochs, or had to give up."""
        return self._other.finished is not None

    def train(self, progress: Progress, cancelled: Callable[[], bool], *, steady: bool = True) -> bool:
        """Train both to the end or until stopped; may be called again to go on.

        Parameters
        ----------
        progress, cancelled
            Of the job.
        steady : bool
            At a pace that can be watched; otherwise as fast as it goes.
        """
        per_second = max(STEADY_EPOCHS, self.epochs / STEADY_S)
        begin, first = perf_counter(), self._other.epoch
        self._stopping.clear()
        while not self.is_over and not self._is_to_stop(cancelled):
            epoch = self._other.epoch + 1
            for trainer in (self._one, self._other):
                self._advance(trainer, epoch)
            self._pairs.put(self.now)
            progress(min(1.0, epoch / self.epochs))
            due = begin + (epoch - first) / per_second
            while steady and perf_counter() < due and not self._is_to_stop(cancelled):
                sleep(NAP_S)
        return self.is_over

    def stop(self) -> None:
        """Let `train` come back soon; it can be called again."""
        self._stopping.set()

    def _is_to_stop(self, cancelled: Callable[[], bool]) -> bool:
        return self._stopping.is_set() or cancelled()

    @staticmethod
    def _advance(trainer: Trainer | None, epoch: int) -> None:
        if trainer is None:
            return
        try:
            while trainer.finished is None and trainer.epoch < epoch:
                trainer.advance(epoch)
        except TrainingError:  # it has gone back to its last good epoch, and is over
            pass

    def grown(self) -> Grown:
        """Return what there is to keep, while nobody trains; what is over stands at its best epoch, as a run does."""
        for trainer in (self._one, self._other):
            if trainer is not None and trainer.finished is not None:
                trainer.restore_best()
        return Grown(
            dataset=self.dataset,
            network_config=self.network_config,
            asked=self.asked,
            checkpoint=self._other.checkpoint(),
            parent=self.run.parent if self._branched_at is not None else self.run.number,
            branched_at=self._branched_at,
            engine=self._engine,
            original=None if self._one is None else self._one.checkpoint(),
        )


def _start_alike(network: Network, began: Network, before: Encoder, now: Encoder) -> None:
    """Let a network begin with the weights of one that has other columns, where both have the same inputs."""
    groups = {
        group.column: (group, feature.inputs) for feature, group in zip(before.features, before.groups, strict=True)
    }
    for feature, group in zip(now.features, now.groups, strict=True):
        known, inputs = groups.get(feature.column, (None, ()))
        if known is not None and inputs == feature.inputs:
            network.W[0][group.start : group.stop] = began.W[0][known.start : known.stop]
    for own, other in zip((*network.W[1:], *network.b), (*began.W[1:], *began.b), strict=True):
        own[:] = other
