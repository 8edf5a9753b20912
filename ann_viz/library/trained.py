"""A trained model for programs: it answers rows, and is taken elsewhere."""

from __future__ import annotations

from abc import ABC, abstractmethod
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ann_viz.errors import ConfigError
from ann_viz.files import AnyPath, write_file
from ann_viz.library.rows import Rows, columns_of
from ann_viz.session import Model
from ann_viz.session.exports import Subject, format_for, subject_in, wish_for
from ann_viz.session.records import encode_records

__all__ = ["Answering", "Trained", "load"]


class Answering(ABC):
    """Whatever has a model: it answers rows, and is written in other formats."""

    @property
    @abstractmethod
    def subject(self) -> Subject:
        """The model, and what is known of its run."""

    @property
    @abstractmethod
    def source(self) -> Path:
        """The file that it comes from, which nothing replaces."""

    def __repr__(self) -> str:
        model = self.model
        sizes = "-".join(map(str, model.shown.config.sizes))
        several = f", mean of {len(model.mean_of)} networks" if model.mean_of else ""
        return f"<{type(self).__name__} that predicts {model.recipe.target!r}, {sizes}{several}>"

    @property
    def model(self) -> Model:
        """Network, encoding and recipe."""
        return self.subject.model

    @property
    def classes(self) -> tuple[str, ...]:
        """Names of the classes, in the order of `predict_proba`; (no, yes) of a yes/no target, empty for a number."""
        return self.model.encoder.class_names

    def predict(self, rows: Rows) -> NDArray[Any]:
        """Return an answer for each row: names of classes, or numbers in the units of the target.

        Parameters
        ----------
        rows : data frame, dict, list of dicts, or array
            None and NaN are missing values; texts are read as in the file that was learned from.

        Raises
        ------
        DataError
            When a column is missing, naming it.
        """
        return self.model.encoder.decode_target(self._output(rows), self.model.threshold)

    def predict_proba(self, rows: Rows) -> NDArray[np.float64]:
        """Return the chance of each class for each row, shape (n, n_classes).

        Raises
        ------
        ConfigError
            Where a number is predicted.
        """
        if not self.classes:
            raise ConfigError("A number has no chances. Use predict.", field="task")
        output = self._output(rows)
        return output if output.shape[1] > 1 else np.hstack([1 - output, output])

    def _output(self, rows: Rows) -> NDArray[np.float64]:
        model = self.model
        return np.asarray(model.network.predict(encode_records(model.encoder, columns_of(rows, model))), np.float64)

    def export(self, path: AnyPath, to: str, *, rows: bool = False, **options: Any) -> None:
        """Write the model in one of the formats of ``ann-viz export``.

        Parameters
        ----------
        path : path
            Where to.
        to : str
            The format: "python", "onnx", "page" …
        rows : bool
            Whether rows of the table may be inside; none are without it.
        **options
            Of the format.
        """
        format = format_for(to)
        content = format.write(self.subject, wish_for(format, str(path), rows=rows, chosen=options))
        write_file(path, content, inputs=[self.source])


class Trained(Answering):
    """A model from a file.

    Parameters
    ----------
    subject : Subject
    source : Path
    """

    def __init__(self, subject: Subject, source: Path) -> None:
        self._subject, self._source = subject, source

    @property
    def subject(self) -> Subject:
        """The model, and what is known of its run."""
        return self._subject

    @property
    def source(self) -> Path:
        """The file that it comes from."""
        return self._source


def load(path: AnyPath) -> Trained:
    """Open a model or project file.

    Parameters
    ----------
    path : path
        Written by the window, by ``ann-viz train -o`` or by `Experiment.save`.

    Examples
    --------
    >>> import ann_viz
    >>> ann_viz.open(sample("iris.csv"), target="species").train(epochs=30).save("iris.annviz")
    >>> model = ann_viz.load("iris.annviz")
    >>> model
    <Trained that predicts 'species', 4-6-6-3>
    >>> flower = {"sepal_length_cm": 5.1, "sepal_width_cm": 3.5, "petal_length_cm": 1.4, "petal_width_cm": 0.2}
    >>> model.predict(flower)
    array(['setosa'], dtype=object)
    >>> bool(model.predict_proba([flower, flower])[0, 0] > 0.9)
    True
    """
    with subject_in(Path(path)) as subject:
        return Trained(subject, Path(path))
