"""A trained model without anything of this program: plain values and arrays, from which other programs are written.

A column becomes inputs, an input is something asked of a cell followed by steps of arithmetic, and layers are weights
and the name of a function. Whoever writes a script, a page or an ONNX file goes through these and through nothing else.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final, Literal

import numpy as np
from numpy.typing import NDArray

from ann_viz.data.encoding.features import FeatureKind
from ann_viz.engine import Task

__all__ = [
    "STEPS",
    "Asked",
    "PortableColumn",
    "PortableInput",
    "PortableLayer",
    "PortableModel",
    "PortableOutput",
    "Reading",
    "Step",
    "StepKind",
]

USUAL_THRESHOLD: Final = 0.5
StepKind = Literal["log", "standardise", "clip", "log_tails", "soften"]
Asked = Literal["value", "part", "sine", "cosine", "yes", "category", "other", "missing"]
"""What an input asks of a cell: its number, a part of its date or the place of that part on its circle, or whether it
is the yes, that category, any other category, or missing."""


@dataclass(frozen=True, slots=True)
class Step:
    """One step of arithmetic with the numbers it takes."""

    kind: StepKind
    numbers: tuple[float, ...] = ()

    def apply(self, values: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return the values after this step."""
        return STEPS[self.kind](values, *self.numbers)


STEPS: Final[Mapping[StepKind, Callable[..., NDArray[np.float64]]]] = {
    "log": lambda x: np.sign(x) * np.log1p(np.abs(x)),
    "standardise": lambda x, centre, spread: (x - centre) / spread,
    "clip": lambda x, most: np.clip(x, -most, most),
    "log_tails": lambda x, start: (
        np.sign(x) * (np.minimum(np.abs(x), start) + np.log1p(np.maximum(np.abs(x) - start, 0.0)))
    ),
    "soften": lambda x, end: x / np.sqrt(1 + (x / end) ** 2),
}
"""What every kind of step does. Each format says the same in its own language, and has a row for every row here."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PortableInput:
    """One number that the network reads.

    Parameters
    ----------
    label : str
        What it is called on the picture.
    asked : str
        What is asked of the cell; see `Asked`.
    of : str
        The category or the part of a date that is asked for.
    steps : tuple of Step
        What is done to the answer, one after the other; answers that are yes or no are 1 or 0 and take none.
    """

    label: str
    asked: Asked
    of: str = ""
    steps: tuple[Step, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """How a number or date is written in the file.

    Parameters
    ----------
    form : str
        Empty for plain numbers; else see `ann_viz.data.files.forms`.
    decimal, thousands : str
        Marks in numbers; the second may be empty.
    absent : tuple of float
        Numbers that mean "no value".
    until : int or None
        Of years with two digits, the last that is meant.
    """

    form: str = ""
    decimal: str = "."
    thousands: str = ""
    absent: tuple[float, ...] = ()
    until: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PortableColumn:
    """A column and the inputs it becomes.

    Parameters
    ----------
    name : str
    kind : {"number", "yes_no", "category", "date", "text"}
        A date is a number of days since 1970-01-01, a text the number of its letters or words.
    inputs : tuple of PortableInput
        In their order.
    fill : float, str or None
        What stands in for a missing value: a number, one of the categories, or nothing, so that no input is on. Of a
        yes/no column, for an unknown text as well; None counts as no.
    categories : tuple of str
        The texts with an input of their own; (no, yes) of a yes/no column.
    spellings : tuple of (str, str)
        Other ways to write a category, and that category.
    counts : {"", "length", "words"}
        What is counted in a text.
    reading : Reading
        How its cells are written.
    low, high, typical : float
        Range of the training rows, and a value in its middle, for numbers and dates; what was counted, for texts.
    """

    name: str
    kind: FeatureKind
    inputs: tuple[PortableInput, ...]
    fill: float | str | None = None
    categories: tuple[str, ...] = ()
    spellings: tuple[tuple[str, str], ...] = ()
    counts: Literal["", "length", "words"] = ""
    reading: Reading = Reading()
    low: float = 0.0
    high: float = 0.0
    typical: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class PortableLayer:
    """A layer of weights: ``A = f(A_before @ W + b)``.

    Parameters
    ----------
    W : (n_in, n_out) ndarray
    b : (n_out,) ndarray
    activation : str
        A name of `ann_viz.engine.ACTIVATIONS`, or "softmax".
    """

    W: NDArray[Any]
    b: NDArray[Any]
    activation: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PortableOutput:
    """What the last layer says.

    Parameters
    ----------
    target : str
        The column that is predicted.
    task : {"binary", "multiclass", "regression"}
        One chance of a yes, a chance of every class, or a number that was scaled.
    classes : tuple of str
        (no, yes), or all classes; empty for a number.
    mean, std : float
        A number is ``output * std + mean``.
    unit : str
        Of that number; may be empty.
    threshold : float
        Above this chance the answer is yes.
    phrase : str
        What a yes means in words, such as "leaves the bank"; may be empty.
    reading : Reading
        How the target is written in the file.
    """

    target: str
    task: Task
    classes: tuple[str, ...] = ()
    mean: float = 0.0
    std: float = 1.0
    unit: str = ""
    threshold: float = USUAL_THRESHOLD
    phrase: str = ""
    reading: Reading = Reading()


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class PortableModel:
    """All that predicting takes.

    Parameters
    ----------
    columns : tuple of PortableColumn
    layers : tuple of PortableLayer
    output : PortableOutput
    missing : tuple of str
        Texts that mean "no value", unless they are a category of the column.
    dtype : str
        Precision of the weights.
    """

    columns: tuple[PortableColumn, ...]
    layers: tuple[PortableLayer, ...]
    output: PortableOutput
    missing: tuple[str, ...]
    dtype: str

    @property
    def sizes(self) -> tuple[int, ...]:
        """Neurons per layer, inputs and outputs included."""
        return (self.layers[0].W.shape[0], *(len(layer.b) for layer in self.layers))

    @property
    def labels(self) -> tuple[str, ...]:
        """What the inputs are called, in their order."""
        return tuple(each.label for column in self.columns for each in column.inputs)
