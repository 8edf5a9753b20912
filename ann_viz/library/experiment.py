"""A table and a network that learns from it, for programs: the session of the window, waited for."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from ann_viz.data import PartName as Part
from ann_viz.engine import HistoryView, LayerConfig, Snapshot
from ann_viz.engine.compiled.choice import EngineChoice
from ann_viz.errors import StateError
from ann_viz.files import AnyPath
from ann_viz.library.trained import Answering
from ann_viz.session import Model, Session
from ann_viz.session.exports import Subject, subject_of
from ann_viz.session.headless import learn, open_dataset
from ann_viz.session.projectfile import save_project
from ann_viz.session.suggested import suggest_training

__all__ = ["Experiment", "open"]


class Experiment(Answering):
    """Learns from a table and answers rows; close it, or use it as a context manager, to let go of the table.

    Parameters
    ----------
    session : Session
        With the data open.
    """

    def __init__(self, session: Session) -> None:
        self._session = session

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def __del__(self) -> None:
        with suppress(Exception):  # of a program that ends
            self.close()

    @property
    def subject(self) -> Subject:
        """The model as it is now, and its run."""
        work = self._session.take_work()
        if work is None:
            raise StateError("The network is learning. Wait until it has ended.")
        return subject_of(work)

    @property
    def model(self) -> Model:
        """Network, encoding and recipe as they are now."""
        return self._session.model_of(self._snapshot.alone())

    @property
    def source(self) -> Path:
        """The table that it learns from."""
        if self._session.dataset is None:
            raise StateError("This experiment is closed.")
        return self._session.dataset.table.path

    @property
    def history(self) -> HistoryView:
        """Losses and metrics, epoch by epoch."""
        return self._snapshot.history

    @property
    def _snapshot(self) -> Snapshot:
        snapshot = self._session.snapshot
        if snapshot is None:
            raise StateError("This experiment is closed.")
        return snapshot

    def train(
        self,
        *,
        hidden: Sequence[int] | None = None,
        activation: str = "relu",
        seed: int | None = None,
        accuracy: bool = False,
        progress: Callable[[Snapshot], None] | None = None,
        **settings: Any,
    ) -> Self:
        """Learn, and keep the weights of the best epoch; called again, it goes on.

        Parameters
        ----------
        hidden : sequence of int, optional
            Neurons of each hidden layer, which begins anew; as suggested for the rows at first.
        activation : str
            Of these layers.
        seed : int, optional
            Of the starting weights and the order of rows, which begins anew.
        accuracy : bool
            Whether to train two more networks from other seeds, and to answer with the mean of the three.
        progress : callable, optional
            Gets a snapshot ten times a second.
        **settings
            Fields of `ann_viz.engine.TrainConfig`: ``epochs``, ``learning_rate``, ``batch_size``, ``l2`` …

        Returns
        -------
        Experiment
            Itself.

        Raises
        ------
        AnnVizError
            For a setting out of its range, and when training fails.
        """
        session = self._session
        if seed is not None:
            settings["seed"] = seed
        if settings:
            session.set_training(**settings)
        changes: dict[str, Any] = {} if seed is None else {"seed": seed}
        if hidden is not None:
            changes["hidden"] = tuple(LayerConfig(neurons=size, activation=activation) for size in hidden)
        if changes:
            session.set_network(**changes)
        learn(session, progress, accuracy=accuracy)
        return self

    def evaluate(self, part: Part = "test") -> dict[str, float]:
        """Return the scores on one part of the rows, in the units of the target.

        Parameters
        ----------
        part : {"train", "validation", "test"}
            Test rows have taken no part in learning or choosing; look at them last. A project, and a report, tell
            how often that was.
        """
        scores = dict(self._session.metrics(part))
        if part == "test" and scores:
            self._session.ask_test_rows()
        return scores

    def save(self, path: AnyPath) -> None:
        """Save it as a project, for the window, ``ann-viz predict`` and `load`; the table's file is never replaced."""
        save_project(path, self._session.project(), inputs=[self.source])

    def show(self, path: AnyPath) -> subprocess.Popen[bytes]:
        """Save it as a project and open that in the window, which is a process of its own."""
        self.save(path)
        return subprocess.Popen([sys.executable, "-m", "ann_viz", str(Path(path).absolute())])

    def close(self) -> None:
        """Let go of the table; more than once is fine."""
        self._session.close()


def open(
    path: AnyPath,
    target: str | None = None,
    *,
    seed: int = 3,
    engine: EngineChoice = "auto",
    **reading: Any,
) -> Experiment:
    """Open a table to learn from.

    Parameters
    ----------
    path : path
        CSV, Parquet or spreadsheet, read as in the window.
    target : str, optional
        Column to predict; suggested without it.
    seed : int
        Of the split, the starting weights and the order of rows.
    engine : {"auto", "numpy", "turbo"}
        What trains; auto is the quicker one.
    **reading
        Fields of `ann_viz.data.Dialect`, such as ``delimiter`` or ``decimal``, where the file is read wrongly.

    Returns
    -------
    Experiment

    Raises
    ------
    DataError
        When the file can't be read or the target can't be learned.

    Examples
    --------
    >>> import ann_viz
    >>> iris = ann_viz.open(sample("iris.csv"), target="species")
    >>> iris.train(epochs=60, hidden=(8,)).evaluate()["accuracy"] > 0.8
    True
    >>> iris.classes
    ('setosa', 'versicolor', 'virginica')
    >>> iris.export("iris.py", to="python")
    >>> iris.close()
    """
    session = Session(engine=engine)
    try:
        dataset = open_dataset(Path(path), target=target, seed=seed, overrides=reading)
        session.open(dataset, suggest_training(dataset, seed=seed), seed=seed)
    except BaseException:
        session.close()
        raise
    return Experiment(session)
