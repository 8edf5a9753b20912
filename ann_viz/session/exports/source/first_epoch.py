"""What it takes to repeat the first epoch of a run in a script, or why it can't be repeated there."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final

from ann_viz.data import Dataset
from ann_viz.engine import NetworkConfig, TrainConfig
from ann_viz.engine.evaluation import most_train_rows
from ann_viz.session.exports.source.columns import reads_texts
from ann_viz.session.exports.subject import Subject
from ann_viz.session.exports.to_portable import portable_model

__all__ = ["Course", "course_of"]

_TEXT_FILES: Final = (".csv", ".tsv", ".txt", ".data", ".dat", "")


@dataclass(frozen=True, kw_only=True, eq=False)
class Course:
    """What it takes to repeat the first epoch of a run.

    Parameters
    ----------
    network : NetworkConfig
    config : TrainConfig
        The settings; the learning rate is that of the first epoch.
    dataset : Dataset
    n_judged : int
        By so many training rows the loss was measured.
    first_loss : float
        Of the training rows after the first epoch; NaN where the run did not begin from the weights of its seed.
    """

    network: NetworkConfig
    config: TrainConfig
    dataset: Dataset
    n_judged: int
    first_loss: float

    @property
    def n_rows(self) -> int:
        """How many rows are learned from."""
        return len(self.dataset.train)

    @property
    def batch_size(self) -> int:
        """Rows of a whole batch."""
        return min(self.config.batch_size or self.n_rows, self.n_rows)

    @property
    def dropout(self) -> float:
        """Share of hidden neurons switched off in a step; 0 where there are none."""
        return self.config.dropout if self.network.hidden else 0.0

    @property
    def weighs_classes(self) -> bool:
        """Whether rare classes count as much as common ones."""
        return self.config.class_weights is not None and self.network.task != "regression"

    @property
    def is_averaged_or_dropped(self) -> bool:
        """Whether the run did what other libraries do in ways of their own, so that the same loss can't be promised."""
        return bool(self.dropout or self.config.average_epochs or self.n_judged != self.n_rows)


def course_of(subject: Subject) -> Course | str:
    """Return what the loop takes, or the sentence that says why there is none."""
    dataset, run = subject.dataset, subject.run
    if subject.n_networks > 1:
        return f"The model is {subject.n_networks} networks side by side; each learned alone, from another seed."
    if run is None:
        return "The model file does not know how it was trained."
    if dataset is None:
        return "The table was not at hand when this was written, so it does not show how the network learned."
    if not _is_plain(dataset):
        return "The table is not a plain CSV file, and reading it would take more code than the network."
    if not reads_texts(portable_model(subject.model)):
        return "The table has dates or times in a form that would take more code to read than the network."
    history, record = run.checkpoint.history, run.record
    has_first = len(history) > 1 and history.epoch[1] == 1 and record.untouched
    rate = float(history.learning_rate[1]) if has_first else record.config.learning_rate
    values = {name: getattr(record.config, name) for name in record.config.__dataclass_fields__}
    return Course(
        network=record.network,
        config=TrainConfig(**{**values, "learning_rate": rate}),
        dataset=dataset,
        n_judged=min(len(dataset.train), most_train_rows(subject.model.network)),
        first_loss=float(history.train_loss[1]) if has_first else math.nan,
    )


def _is_plain(dataset: Dataset) -> bool:
    """Whether ``csv.reader`` gives the rows of the table, one for one."""
    table, dialect = dataset.table, dataset.table.dialect
    is_odd = table.n_bad or table.n_padded or table.left_out or table.bad_bytes or dialect.wrapped or dialect.sheet
    is_text = table.path.suffix.casefold() in _TEXT_FILES
    return is_text and not is_odd and dialect.delimiter != " " and not dataset.is_streamed
