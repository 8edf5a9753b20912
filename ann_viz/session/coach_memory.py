"""What the coach has seen of a document and need not work out again."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np

from ann_viz.explain.group_gaps import RowGroup
from ann_viz.explain.run_report import Card, DataReport, RunReport
from ann_viz.session.coach_effect import Tried

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["CoachMemory"]

Rows: TypeAlias = "NDArray[np.floating]"


@dataclass(slots=True)
class CoachMemory:
    """Results with what they were worked out from, which is compared by identity.

    Attributes
    ----------
    data : DataReport or None
        What is known of the rows.
    run : (Snapshot, RunReport) or None
        The newest look.
    start, best : (moment, result) or None
        Measures of the untrained network, and losses of the best epoch.
    dataset : Dataset or None
        Whose rows are meant.
    rows : dict of (part, number) to (inputs, targets)
        Rows that are looked at again and again.
    groups : tuple of RowGroup or None
        Of the rows it is judged by; None where nobody has looked.
    card : Card or None
        What was said last.
    run_number : int
        Of the run it was said of.
    settings, since
        Those of the last look, and the epoch at which they were first seen.
    tried : Tried or None
        The button that was pressed last.
    other_starts : (moment, score) or None
        The first moment of the run, and what other ones lead to.
    weighed : dict of epoch to (moment, losses)
        Losses with weighed classes.
    """

    data: DataReport | None = None
    run: tuple[Any, RunReport] | None = None
    start: tuple[Any, Any] | None = None
    best: tuple[Any, Any] | None = None
    dataset: Any = None
    rows: dict[tuple[str, int], tuple[Rows, Rows]] = field(default_factory=dict)
    groups: tuple[RowGroup, ...] | None = None
    card: Card | None = None
    run_number: int = 0
    settings: Any = None
    since: int = 0
    tried: Tried | None = None
    other_starts: tuple[Any, float] | None = None
    weighed: dict[int, Any] = field(default_factory=dict)

    def learn(self, dataset: Any, found: DataReport) -> None:
        """Take in what is known of the rows of a dataset; the run is then looked at again."""
        self.attend(dataset)
        self.data, self.run, self.card = found, None, None

    def attend(self, dataset: Any) -> None:
        """Forget what was known of other rows."""
        if self.dataset is not dataset:
            self.dataset, self.rows = dataset, {}
            self.data = self.run = self.card = self.groups = None

    def begin(self, run_number: int) -> None:
        """Forget what was said of another run; what is known of the rows, and which button was pressed, stays."""
        self.run = self.card = self.settings = None
        self.run_number, self.since = run_number, 0
