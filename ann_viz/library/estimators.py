"""The network as estimators of scikit-learn, for pipelines, grid searches and comparisons; columns of numbers only.

What has texts, dates or missing values is learned by `ann_viz.open`, which encodes them.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import replace
from typing import Any, Final, Self

import numpy as np
from numpy.typing import NDArray

from ann_viz.data.encoding.scaling import mean_std, scaled
from ann_viz.engine import OUTPUTS, LayerConfig, Network, NetworkConfig, Task, TrainConfig, Trainer, side_by_side
from ann_viz.engine.compiled.choice import EngineChoice, make_trainer
from ann_viz.library.watching import watch
from ann_viz.session.accuracy import N_NETWORKS

try:
    from sklearn.base import BaseEstimator, ClassifierMixin, RegressorMixin
    from sklearn.utils import check_random_state
    from sklearn.utils.multiclass import check_classification_targets
    from sklearn.utils.validation import check_is_fitted, validate_data
except ModuleNotFoundError as error:
    raise ImportError("The estimators need scikit-learn: pip install 'ann-viz[sklearn]'.") from error

__all__ = ["AnnVizClassifier", "AnnVizRegressor"]

Array = NDArray[Any]
_LARGEST_SEED: Final = 2**31 - 1
_TWO: Final = 2


class _Estimator(BaseEstimator):  # type: ignore[misc]  # scikit-learn has no types
    """What both have in common.

    Parameters
    ----------
    hidden : sequence of int
        Neurons of each hidden layer.
    activation : str
        Of the hidden layers.
    optimizer, learning_rate, batch_size, epochs, l2
        As in `TrainConfig`.
    patience : int or None
        Epochs without a better loss before it ends; of the rows kept back, if there are any, else of all.
    validation_fraction : float
        Share of the rows kept back to find the best epoch; 0 keeps none.
    accuracy : bool
        Whether two more networks learn from other seeds, and the mean of the three answers.
    engine : {"auto", "numpy", "turbo"}
    watch : bool
        Whether a window opens and shows it, or the first of them, learning.
    random_state : int, RandomState or None
        Of the starting weights, the order of rows and which are kept back.
    """

    def __init__(
        self,
        hidden: Sequence[int] = (6, 6),
        activation: str = "relu",
        *,
        optimizer: str = "adam",
        learning_rate: float = 0.01,
        batch_size: int = 32,
        epochs: int = 200,
        l2: float = 0.001,
        patience: int | None = None,
        validation_fraction: float = 0.0,
        accuracy: bool = False,
        engine: EngineChoice = "auto",
        watch: bool = False,
        random_state: Any = None,
    ) -> None:
        self.hidden = hidden
        self.activation = activation
        self.optimizer = optimizer
        self.learning_rate = learning_rate
        self.batch_size = batch_size
        self.epochs = epochs
        self.l2 = l2
        self.patience = patience
        self.validation_fraction = validation_fraction
        self.accuracy = accuracy
        self.engine = engine
        self.watch = watch
        self.random_state = random_state

    def _learn(self, X: Array, Y: Array, task: Task) -> None:
        """Scale the columns, make the network and train it.

        Parameters
        ----------
        X, Y : (n, n_features), (n, n_outputs) arrays
        task : str
        """
        seed = int(check_random_state(self.random_state).randint(_LARGEST_SEED))
        rows = np.random.default_rng(seed).permutation(len(X))
        n_kept_back = round(len(X) * self.validation_fraction)
        kept_back, learned = rows[:n_kept_back], np.sort(rows[n_kept_back:])
        self.scales_ = np.array([mean_std(column) for column in X[learned].T], np.float64).T
        inputs = self._inputs(X).astype(np.float32)
        unseen = {"X_validation": inputs[kept_back], "Y_validation": Y[kept_back]} if n_kept_back else {}
        seeds = [(seed + by) % _LARGEST_SEED for by in range(N_NETWORKS if self.accuracy else 1)]
        trainers = [self._trainer(inputs[learned], Y[learned], unseen, task, each) for each in seeds]
        with self._watched(trainers[0].network, inputs[0]) as show:
            for trainer in trainers:
                self._train(trainer, show if trainer is trainers[0] else lambda _: None)
        answering = side_by_side([trainer.network for trainer in trainers]) if self.accuracy else trainers[0].network
        # In double precision, in which an answer does not depend on the rows beside it.
        self.network_ = Network.network_from(replace(answering.config, dtype="float64"), answering.params)
        self.history_, self.n_iter_ = trainers[0].history.view(), trainers[0].epoch

    def _trainer(self, X: Array, Y: Array, unseen: dict[str, Array], task: Task, seed: int) -> Trainer:
        """Return what trains a network from a seed."""
        network = Network(
            NetworkConfig(
                n_inputs=X.shape[1],
                n_outputs=Y.shape[1],
                task=task,
                hidden=tuple(LayerConfig(neurons=int(size), activation=self.activation) for size in self.hidden),
                seed=seed,
            )
        )
        config = TrainConfig(
            optimizer=self.optimizer,
            learning_rate=self.learning_rate,
            batch_size=self.batch_size,
            epochs=self.epochs,
            l2=self.l2,
            patience=self.patience,
            seed=seed,
        )
        return make_trainer(self.engine, network, X, Y, **unseen, config=config)

    def _train(self, trainer: Trainer, show: Callable[[float], None]) -> None:
        """Train to the end and keep the best epoch, where rows were kept back to find it."""
        while trainer.finished is None:
            trainer.advance(trainer.epoch + 1)
            show(trainer.history.view().last("train_loss"))
        if trainer.history.view().is_validated:
            trainer.restore_best()

    def _watched(self, network: Network, row: Array) -> AbstractContextManager[Callable[[float], None]]:
        """Return what shows the network, and the loss, after an epoch; it does nothing unless it is to be watched."""
        if not self.watch:
            return nullcontext(lambda loss: None)
        names = [*network.activation_names, OUTPUTS[network.config.task].name]
        inputs = [str(name) for name in getattr(self, "feature_names_in_", ())]
        outputs = [str(name) for name in getattr(self, "classes_", ())] if network.config.task == "multiclass" else []
        told = {"activations": names, "inputs": inputs, "outputs": outputs, "row": row.tolist()}
        return watch((network.W, network.b), title=type(self).__name__, **told)

    def _inputs(self, X: Array) -> NDArray[np.float64]:
        centres, spreads = self.scales_
        return scaled(np.asarray(X, np.float64), "standard", centres, spreads)

    def _output(self, X: Any) -> NDArray[np.float64]:
        check_is_fitted(self)
        X = validate_data(self, X, reset=False)
        output: NDArray[np.float64] = self.network_.predict(self._inputs(X))
        return output


class AnnVizClassifier(ClassifierMixin, _Estimator):  # type: ignore[misc]
    """A feed-forward network that tells classes apart; parameters as of `_Estimator`.

    Attributes
    ----------
    classes_ : (n_classes,) array
    network_ : Network
    history_ : HistoryView
        Losses and accuracy, epoch by epoch.
    n_iter_ : int
        Epochs done.

    Examples
    --------
    >>> from ann_viz import AnnVizClassifier
    >>> from sklearn.datasets import load_iris
    >>> X, y = load_iris(return_X_y=True)
    >>> AnnVizClassifier(hidden=(8,), epochs=60, random_state=1).fit(X, y).score(X, y) > 0.9
    True
    """

    def fit(self, X: Any, y: Any) -> Self:
        """Learn from rows of numbers and their classes."""
        X, y = validate_data(self, X, y)
        check_classification_targets(y)
        self.classes_, places = np.unique(y, return_inverse=True)
        n_classes = len(self.classes_)
        if n_classes == 1:
            raise ValueError("There is nothing to learn: y has one class only.")
        is_binary = n_classes == _TWO
        Y = places[:, None] if is_binary else np.eye(n_classes)[places]
        self._learn(X, Y.astype(np.float32), "binary" if is_binary else "multiclass")
        return self

    def predict_proba(self, X: Any) -> NDArray[np.float64]:
        """Return the chance of each class, shape (n, n_classes)."""
        output = self._output(X)
        return output if output.shape[1] > 1 else np.hstack([1 - output, output])

    def predict(self, X: Any) -> Array:
        """Return the likeliest class of each row."""
        chosen: Array = self.predict_proba(X).argmax(axis=1)
        answers: Array = self.classes_[chosen]
        return answers


class AnnVizRegressor(RegressorMixin, _Estimator):  # type: ignore[misc]
    """A feed-forward network that predicts a number; parameters as of `_Estimator`.

    Attributes
    ----------
    network_ : Network
    history_ : HistoryView
        Losses and R², epoch by epoch, of the scaled target.
    n_iter_ : int
        Epochs done.
    """

    def fit(self, X: Any, y: Any) -> Self:
        """Learn from rows of numbers and the number that belongs to each."""
        X, y = validate_data(self, X, y, y_numeric=True)
        targets = np.asarray(y, np.float64)[:, None]
        self.target_scale_ = mean_std(targets)
        self._learn(X, scaled(targets, "standard", *self.target_scale_).astype(np.float32), "regression")
        return self

    def predict(self, X: Any) -> NDArray[np.float64]:
        """Return a number for each row."""
        output = self._output(X)
        centre, spread = self.target_scale_
        return np.asarray(output[:, 0] * spread + centre)
