"""The shown row: what the file says of it, what the newest network makes of it, and the words for both.

Everything is worked out when first asked for and then kept: however many parts of the window look at the row, it is
read once, and goes through the network once per snapshot. `Document.shown_row` holds the one in use.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from ann_viz.engine import USUAL_THRESHOLD, ForwardPass, Network, Snapshot
from ann_viz.explain import Names, RowPass, follow, wording
from ann_viz.explain.chain import ChainStory, chain_story
from ann_viz.explain.network_text import Seen
from ann_viz.numerals import NOTHING
from ann_viz.scene import Way
from ann_viz.session.manual_edits import ManualEdits, Parameter
from ann_viz.session.row_facts import RowFacts

if TYPE_CHECKING:
    pass

__all__ = ["ShownRow", "show_row"]

Array = NDArray[np.floating[Any]]


@dataclass(frozen=True)
class ShownRow:
    """A row, and what the network of one snapshot makes of it.

    Parameters
    ----------
    facts : RowFacts
        What does not change while the network learns.
    snapshot : Snapshot
        The weights the row goes through.
    network : Network
        The same weights, ready to be used.
    changed, locked : frozenset of Parameter
        Weights and biases set by hand, and those that training leaves alone.
    off : frozenset of (column, index)
        Neurons that are switched off.
    place : int or None
        Which row it is, from 0, of the batch that training goes through phase by phase.
    threshold : float
        Above which chance a yes-or-no answer is yes.
    """

    facts: RowFacts
    snapshot: Snapshot
    network: Network
    changed: frozenset[Parameter]
    locked: frozenset[Parameter]
    off: frozenset[tuple[int, int]]
    place: int | None = None
    threshold: float = USUAL_THRESHOLD

    @property
    def is_learned_from(self) -> bool:
        """Whether it is a training row."""
        return not self.facts.is_made_up and self.facts.part == "train"

    @property
    def n_sent(self) -> int:
        """Through how many gaps of the picture it has been sent: not all while the batch that it is in is under way."""
        phase, n_gaps = self.snapshot.phase, len(self.network.W)
        if phase is None or self.place is None:
            return n_gaps
        return {"input": 0, "forward": phase.layer + 1}.get(phase.kind, n_gaps)

    @property
    def has_answered(self) -> bool:
        """Whether its way forward is over."""
        return self.n_sent == len(self.network.W)

    @property
    def dropped(self) -> tuple[NDArray[np.bool_], ...]:
        """Which neurons dropout has switched off for it in the batch under way, per column; empty where it has not."""
        if not self.masks:
            return ()
        sizes = self.snapshot.config.sizes
        none = (np.zeros(sizes[0], bool), np.zeros(sizes[-1], bool))
        return none[0], *(mask == 0 for mask in self.masks), none[1]

    @cached_property
    def weight(self) -> float:
        """What its loss counts in training; 1 where all rows count alike, and where nothing is learned from it."""
        weights = self.snapshot.class_weights
        if weights is None or not self.is_learned_from:
            return 1.0
        y = self.facts.y
        return float(weights[int(y[0] > 0.5) if len(y) == 1 else int(np.argmax(y))])

    @cached_property
    def masks(self) -> tuple[Array, ...]:
        """What dropout multiplies its activations by in the batch under way; empty where it takes no part in one.

        Where the batch has not got to, 1. After the update no batch is under way: then nothing is dropped.
        """
        batch, phase = self.snapshot.batch, self.snapshot.phase
        if batch is None or self.place is None or phase is None or phase.kind == "update":
            return ()
        share = 1 / (1 - self.snapshot.train_config.dropout)
        widths = self.snapshot.config.sizes[1:-1]
        return tuple(
            np.ones(width) if kept is None else kept[self.place] * share
            for kept, width in zip(batch.kept, widths, strict=False)  # without dropout there are none
        )

    @cached_property
    def forward(self) -> ForwardPass:
        """Every number of its way forward, as a batch of one row."""
        return self.network.activations(self.facts.x[None, :], self.masks)

    @cached_property
    def values(self) -> tuple[Array, ...]:
        """Activations of every column, the inputs first."""
        return tuple(A[0] for A in self.forward.A)

    @cached_property
    def passes(self) -> RowPass:
        """Its way forward, and that of its error back."""
        return follow(self.network, self.facts.x, self.facts.y, self.forward, weight=self.weight, masks=self.masks)

    @cached_property
    def answer(self) -> wording.Answer:
        """What the network says of it."""
        return wording.answer(self.facts.dataset, self.values[-1], self.threshold)

    @property
    def right(self) -> bool | None:
        """Whether the answer is the truth; None for a number."""
        which = self.facts.truth.which
        return None if which is None else which == self.answer.best

    @cached_property
    def names(self) -> Names:
        """The words for the row and its answers."""
        facts, answer = self.facts, self.answer
        which = facts.truth.which
        return Names(
            row=facts.text,
            target=facts.dataset.recipe.target,
            inputs=facts.dataset.encoder.input_names,
            outputs=answer.names if answer.kind == "multiclass" else answer.names[:1],
            answer=wording.verdict(answer),
            truth=facts.truth.text,
            certainty="" if which is None else answer.texts[which],
            right=self.right,
        )

    def chain(self, way: Way) -> ChainStory:
        """Return how the error comes back along the paths between an input and an answer."""
        if way not in self._chains:
            names = self.facts.neuron_names
            self._chains[way] = chain_story(self.network, self.passes, way.source, way.output, names, way.via)
        return self._chains[way]

    @cached_property
    def _chains(self) -> dict[Way, ChainStory]:
        return {}

    @cached_property
    def seen(self) -> Seen:
        """What there is to put into sentences."""
        facts = self.facts
        return Seen(
            network=self.network,
            values=self.values,
            names=facts.neuron_names,
            raw=facts.labels.values,
            n_columns=len(facts.dataset.encoder.groups),
            row=facts.text,
            answer=wording.verdict(self.answer) if self.has_answered else NOTHING,
            truth=facts.truth.text,
            changed=self.changed,
            locked=self.locked,
            off=self.off,
            n_sent=None if self.has_answered else self.n_sent,
        )


def show_row(
    facts: RowFacts,
    snapshot: Snapshot,
    network: Network,
    edits: ManualEdits,
    last: ShownRow | None,
    *,
    place: int | None = None,
    threshold: float = USUAL_THRESHOLD,
) -> ShownRow:
    """Return `last` where it is still that row under those weights, or else a new one that keeps the facts it can.

    Parameters
    ----------
    facts : RowFacts
        Of the row.
    snapshot, network
        The weights.
    edits : ManualEdits
        What was done to them by hand.
    last : ShownRow or None
        What was shown before.
    place : int or None
        Which row of the batch under way it is.
    threshold : float
        As of `ShownRow`.
    """
    row = ShownRow(facts, snapshot, network, edits.changed, edits.locked, edits.off, place, threshold)
    if last is None:
        return row
    if row == last:
        return last
    return replace(row, facts=last.facts) if last.facts == facts else row
