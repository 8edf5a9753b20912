"""How much of a result is luck: the same setup trained from other seeds, or with other rows kept back; knows no Qt.

The work of a job: nothing here starts a thread. What has been trained once is remembered for its setup.
"""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Final, TypeAlias

import numpy as np

from ann_viz.engine import Checkpoint, Network, Snapshot, TrainConfig, Trainer, branched, evaluate
from ann_viz.engine.compiled.choice import make_trainer
from ann_viz.engine.rows import Rows
from ann_viz.errors import Cancelled, DataError, TrainingError
from ann_viz.session.job import Progress, Work
from ann_viz.session.scores import Scores, in_target_units
from ann_viz.session.setup import Setup
from ann_viz.translation import translate

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from ann_viz.data import Dataset

__all__ = ["N_FOLDS", "N_SEEDS", "Sibling", "Siblings", "tell_between"]

N_SEEDS: Final = 5  # the network itself is one of them
N_FOLDS: Final = 5
_MOST_SETUPS: Final = 64
_NICENESS: Final = 10

Array: TypeAlias = "NDArray[np.floating]"
Cancel: TypeAlias = Callable[[], bool]
Parts: TypeAlias = tuple[Rows, Rows, Rows | None, Rows | None]
"""Inputs and targets to learn from, and those to be judged by, if any."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Sibling:
    """A network of the same setup, with the weights of its best epoch.

    Parameters
    ----------
    number : int
        By how much its seeds are higher than those of the setup, from 1; of a fold, which one, from 0.
    network : Network
        Nobody trains it any more.
    epoch : int
        Its best epoch.
    scores : mapping of str to float
        As of `Scores`, on the rows the setup is judged by: loss, accuracy, auc …; mae and rmse in the target's units.
    exploded : bool
        Whether its training had to be given up; the weights are then the best before.
    """

    number: int
    network: Network
    epoch: int
    scores: Mapping[str, float]
    exploded: bool = False


class Siblings:
    """What has been trained from other seeds and on other rows, by setup; may be asked by several threads.

    A setup that was trained by half when its job was stopped goes on from there.
    """

    def __init__(self) -> None:
        self._found: dict[tuple[Setup, int], dict[int, Sibling]] = {}  # number of folds, 0 for seeds

    def seeds(self, setup: Setup, n: int = N_SEEDS - 1) -> tuple[Sibling, ...]:
        """Return what there is of the first n other seeds, in their order."""
        return self._there(setup, 0, n)

    def folds(self, setup: Setup, k: int = N_FOLDS) -> tuple[Sibling, ...]:
        """Return what there is of k networks that each were judged by another k-th of the rows."""
        return self._there(setup, k, k)

    def training_seeds(self, setup: Setup, n: int = N_SEEDS - 1) -> Work[tuple[Sibling, ...]]:
        """Return the work of a job: train what is missing of n other seeds, and return all n."""
        return partial(self._train_seeds, setup, n)

    def training_folds(self, setup: Setup, k: int = N_FOLDS) -> Work[tuple[Sibling, ...]]:
        """Return the work of a job: deal training and validation rows into k parts and keep back each in turn.

        Columns become numbers as they did for the setup; test rows stay out of it.

        Raises
        ------
        DataError
            From the work, where the rows do not fit the memory or are too few.
        """
        return partial(self._train_folds, setup, k)

    def forget(self) -> None:
        """Drop everything: the data are closed."""
        self._found.clear()

    # The work ---------------------------------------------------------------------------------------------------------
    def _train_seeds(self, setup: Setup, n: int, progress: Progress, cancelled: Cancel) -> tuple[Sibling, ...]:
        stream = setup.dataset.stream

        def train(number: int, tell: Progress) -> Sibling:
            own = setup.with_seed_moved(number)
            unseen = stream("validation") if len(setup.dataset.validation) else (None, None)
            snapshot, exploded = _learned(own, (*stream("train"), *unseen), tell, cancelled)
            network = snapshot.model()
            scores = Scores(setup.dataset).score(network, setup.dataset.judged_part)
            return Sibling(number=number, network=network, epoch=snapshot.best_epoch, scores=scores, exploded=exploded)

        return self._train(setup, 0, range(1, n + 1), train, progress)

    def _train_folds(self, setup: Setup, k: int, progress: Progress, cancelled: Cancel) -> tuple[Sibling, ...]:
        X, Y = _rows_to_deal(setup.dataset, k)
        part = np.random.default_rng(setup.dataset.recipe.split.seed).permutation(len(X)) % k

        def train(number: int, tell: Progress) -> Sibling:
            kept_back, rest = part == number, part != number
            snapshot, exploded = _learned(setup, (X[rest], Y[rest], X[kept_back], Y[kept_back]), tell, cancelled)
            network = snapshot.model()
            found = evaluate(setup.network.task, Y[kept_back], network.predict(X[kept_back]))
            scores = in_target_units(setup.dataset, found)
            return Sibling(number=number, network=network, epoch=snapshot.best_epoch, scores=scores, exploded=exploded)

        return self._train(setup, k, range(k), train, progress)

    def _train(
        self, setup: Setup, k: int, numbers: range, train: Callable[[int, Progress], Sibling], progress: Progress
    ) -> tuple[Sibling, ...]:
        found = self._found.setdefault((setup, k), {})
        while len(self._found) > _MOST_SETUPS:
            self._found.pop(next(iter(self._found)))
        for done, number in enumerate(numbers):
            begin, end = done / len(numbers), (done + 1) / len(numbers)
            if number not in found:
                found[number] = train(number, partial(tell_between, progress, begin, end))
        progress(1.0)
        return tuple(found[number] for number in numbers)

    def _there(self, setup: Setup, k: int, n: int) -> tuple[Sibling, ...]:
        found = self._found.get((setup, k), {})
        return tuple(found[number] for number in range(n + 1) if number in found)


def tell_between(progress: Progress, begin: float, end: float, share: float) -> None:
    """Report the share of a part of the work."""
    progress(begin + (end - begin) * share)


def _learned(setup: Setup, parts: Parts, progress: Progress, cancelled: Cancel) -> tuple[Snapshot, bool]:
    """Return the best epoch of what has gone through all stages of a setup, and whether it exploded."""
    n_epochs, exploded = setup.stages[-1].epochs, False
    trainer = _trainer(setup, parts, setup.stages[0])
    if trainer.engine != "numpy":  # that holds the interpreter, for which the window would wait all the longer
        _give_way()
    try:
        for number, stage in enumerate(setup.stages):
            if number:
                fresh = _trainer(setup, parts, stage).checkpoint()
                trainer = _trainer(setup, parts, stage, branched(fresh, trainer.snapshot()))
            while trainer.finished is None:
                trainer.advance()
                if cancelled():
                    raise Cancelled
                progress(min(1.0, trainer.epoch / n_epochs) if n_epochs else 0.0)
    except TrainingError:
        exploded = True
    trainer.restore_best()
    return trainer.snapshot(), exploded


def _trainer(setup: Setup, parts: Parts, stage: TrainConfig, checkpoint: Checkpoint | None = None) -> Trainer:
    X, Y, X_validation, Y_validation = parts
    unseen = {"X_validation": X_validation, "Y_validation": Y_validation}
    return make_trainer("auto", Network(setup.network), X, Y, **unseen, config=stage, checkpoint=checkpoint)


def _rows_to_deal(dataset: Dataset, k: int) -> tuple[Array, Array]:
    """Return training and validation rows together."""
    if dataset.is_streamed:
        raise DataError(translate("These rows lie in files because memory would not hold them; they can't be dealt."))
    parts = [dataset.part("train"), dataset.part("validation")]
    X, Y = (np.concatenate(columns) for columns in zip(*parts, strict=True))
    if len(X) < 2 * k:
        raise DataError(translate("These rows are too few to be dealt into so many parts."))
    return X, Y


def _give_way() -> None:
    """Let the window and the run that is watched go first, where a thread can be slower than its program."""
    if sys.platform == "linux" and threading.current_thread() is not threading.main_thread():
        with suppress(OSError):
            os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), _NICENESS)
