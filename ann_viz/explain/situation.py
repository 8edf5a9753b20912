"""What there is to tell about: a network, a row followed through it, the words for both, and how far training is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ann_viz.engine import Network
from ann_viz.explain.row import RowPass
from ann_viz.explain.spans import Span

if TYPE_CHECKING:
    from ann_viz.data import PartName
    from ann_viz.explain.update import UpdateStory

__all__ = ["BatchSeen", "InputFact", "Later", "Names", "RunProgress", "Selected", "Settings", "Situation"]


@dataclass(frozen=True, slots=True, kw_only=True)
class InputFact:
    """How one column of the row became inputs.

    Parameters
    ----------
    column : str
        Its name.
    raw : str
        The cell as the file has it.
    values : tuple of float
        The inputs it became.
    mean, std : float or None
        What a number was standardised with; None where it became a number in another way.
    number : float or None
        The cell as a number, before it was standardised.
    how : tuple of Span
        All of it in one line; see `how_encoded`.
    way : str
        In which way columns like it become numbers: a word of "way …" in ``resources/explain/formulas.json``.
    """

    column: str
    raw: str
    values: tuple[float, ...]
    mean: float | None = None
    std: float | None = None
    number: float | None = None
    how: tuple[Span, ...] = ()
    way: str = "standard"


@dataclass(frozen=True, slots=True, kw_only=True)
class Names:
    """The words for a row and its answers.

    Parameters
    ----------
    row : str
        "row 2,990".
    target : str
        Column that is predicted.
    inputs : tuple of str
        One label per input.
    outputs : tuple of str
        One per output neuron.
    answer, truth : str
        What the network says and what is true: "leaves the bank 73 %", "leaves the bank".
    certainty : str
        How sure it was of the truth: "27 %"; empty for a number.
    right : bool or None
        Whether the answer is the truth; None for a number.
    """

    row: str
    target: str
    inputs: tuple[str, ...]
    outputs: tuple[str, ...]
    answer: str
    truth: str
    certainty: str
    right: bool | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Later:
    """What became of a run after the past moment that is told.

    Parameters
    ----------
    weights : str
        Which weights it has now: "epoch 64".
    loss : float
        Theirs, as in `RunProgress`.
    """

    weights: str
    loss: float


@dataclass(frozen=True, slots=True, kw_only=True)
class RunProgress:
    """How far training is; losses are means over rows, each counted once, NaN where there are none.

    Parameters
    ----------
    epoch, epochs : int
        Passes done, and asked for (0 for no end).
    n_train : int
        Rows to learn from.
    learning_rate : float
        At the next step.
    optimizer : str
        Its label.
    batch_size : int
        Rows per step, never more than there are.
    first_loss, loss, best_loss : float
        Validation loss (training loss where no rows are kept back): at the start, of `weights`, at its best.
    best_epoch : int
        When it was best; of a past moment as well, at which that may be still to come.
    weights : str
        Which weights `loss` was measured on: "epoch 6 (best) of 16 run".
    stopped : str
        Why training is over, in a sentence; empty while it may go on.
    validated : bool
        Whether rows are kept back to judge by.
    weighted : bool
        Whether training counts the rows of some classes more often than those of others.
    is_plain : bool
        Whether the weights are those of the end of the last epoch, so that nothing need be said of them.
    later : Later or None
        Where a past moment is told, what became of it.
    """

    epoch: int
    epochs: int
    n_train: int
    learning_rate: float
    optimizer: str
    batch_size: int
    first_loss: float
    loss: float
    best_loss: float
    best_epoch: int
    weights: str
    stopped: str = ""
    validated: bool = True
    weighted: bool = False
    is_plain: bool = True
    later: Later | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Selected:
    """A neuron that is looked at, and perhaps one of the connections that lead to it.

    Parameters
    ----------
    column, index : int
        Which neuron; column 0 is the inputs.
    source : int or None
        Neuron of the column before, where one connection is meant.
    """

    column: int
    index: int
    source: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchSeen:
    """The batch that the row is in, and what it does with the weight that is told; see `learning_lines`.

    Parameters
    ----------
    n_rows, place : int
        How many rows it has, and which of them the row is, from 0.
    is_over : bool
        Whether its update is done.
    mean : float or None
        ∂L/∂w of its mean loss; None where its error has not got back to the weight.
    coming : UpdateStory or None
        What the optimiser is about to do with the weight; known only between the last backward phase and the update.
    before : float or None
        What the weight was before the update, once that is done.
    """

    n_rows: int
    place: int
    is_over: bool = False
    mean: float | None = None
    coming: UpdateStory | None = None
    before: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Settings of training that make a difference to what is told.

    Parameters
    ----------
    dropout : float
        Share of hidden activations switched off in each step.
    penalties : str
        "L2 0.001", or several; empty without.
    clip_norm : float or None
        Longest gradient that is let through unscaled.
    """

    dropout: float = 0.0
    penalties: str = ""
    clip_norm: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Situation:
    """Everything `tell` may speak of.

    Parameters
    ----------
    network : Network
        With the weights that the row went through.
    row : RowPass
        The row's numbers.
    facts : tuple of InputFact
        How the row became inputs.
    names : Names
        The words.
    progress : RunProgress
        Of training.
    target_scale : tuple of (float, float)
        Mean and spread that a predicted number was standardised with; (0, 1) for classes.
    selected : Selected or None
        What the formulas shall be about, where there is a choice.
    part : {"train", "validation", "test"}
        Which part of the data the row belongs to; only training rows are learned from.
    made_up : bool
        Whether the row is in no file: it then belongs to no part, and nobody knows its truth.
    batch : BatchSeen or None
        The batch it is in, while that is gone through phase by phase.
    settings : Settings
        Of training.
    n_sent : int or None
        Through how many layers of weights the batch has sent the row so far; None for all.
    """

    network: Network
    row: RowPass
    facts: tuple[InputFact, ...]
    names: Names
    progress: RunProgress
    target_scale: tuple[float, float] = (0.0, 1.0)
    selected: Selected | None = None
    part: PartName = "train"
    made_up: bool = False
    batch: BatchSeen | None = None
    settings: Settings = Settings()
    n_sent: int | None = None
