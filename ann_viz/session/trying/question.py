"""What is asked when an answer is to be explained, as one value for the thread that works it out."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ann_viz.data import Encoder
from ann_viz.engine import Network
from ann_viz.session.trying.column_summary import ColumnSummary
from ann_viz.session.trying.told_answer import Told
from ann_viz.session.trying.tried_row import TriedRow

__all__ = ["Question"]

Array = NDArray[np.floating]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Question:
    """Everything that the reasons for one answer follow from.

    Parameters
    ----------
    network : Network
        Whose answer it is; nobody changes it.
    committee : tuple of Network
        Of the same setup from other seeds; may be empty.
    encoder : Encoder
    summaries : tuple of ColumnSummary
    row : TriedRow
        The values of the row.
    x : (n_inputs,) array
        The same as the network is given it.
    background : (n, n_inputs) array
    told : Told
        Which number of the answer is asked about.
    locked : frozenset of str
        Columns that nobody can change.
    column : str
        Whose what-if curve is wanted; empty for none.
    answering : tuple of str
        What answers, in a word and as a sentence, where it is not the weights that are drawn; see `answering_tag`.
    alone : Network or None
        The one on show, where the network is a mean of which that is one.
    is_made_up : bool
        Whether the background is made up from summaries, since the table is missing.
    """

    network: Network
    committee: tuple[Network, ...] = ()
    encoder: Encoder
    summaries: tuple[ColumnSummary, ...]
    row: TriedRow
    x: Array
    background: Array
    told: Told
    locked: frozenset[str] = frozenset()
    column: str = ""
    answering: tuple[str, str] = ("", "")
    alone: Network | None = None
    is_made_up: bool = False
