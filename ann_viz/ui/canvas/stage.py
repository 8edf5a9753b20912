"""What the canvas draws now: the document's newest numbers, arranged for the widget's size and the chosen view."""

from __future__ import annotations

import bisect
from dataclasses import replace
from typing import TYPE_CHECKING, Final

import numpy as np
from PySide6.QtGui import QFont

from ann_viz.engine import OUTPUTS, Snapshot
from ann_viz.engine.arrays import layer_matrices
from ann_viz.explain import wording
from ann_viz.explain.wording import Answer
from ann_viz.scene import Element, Frame, LineMode, NetworkNumbers, Neuron, build_frame, to_shown
from ann_viz.scene.detail import likeliest_classes, shown_neurons, shown_parameters, shown_route
from ann_viz.scene.follower import Follower
from ann_viz.session import RunState
from ann_viz.session.tips import describe, title
from ann_viz.translation import translate
from ann_viz.ui.canvas.arrangement import Arrangement, arrange_network
from ann_viz.ui.canvas.looks_for import LooksFor
from ann_viz.ui.canvas.travel import Travel
from ann_viz.ui.document.bridge import Bridge
from ann_viz.ui.document.view import View
from ann_viz.ui.document.weight_gestures import WeightGestures

if TYPE_CHECKING:
    from ann_viz.explain.chain import ChainStory
    from ann_viz.session.shown_row import ShownRow

__all__ = ["Stage"]

FINER_FROM: Final = (2.0, 4.0)
PIECES: Final = (10, 20, 40)
"""Straight pieces of a curve, and the zooms from which there are more: thick joints would show."""


class Stage:
    """Keeps the arrangement, and prepares a frame when asked.

    Attributes
    ----------
    frame : Frame or None
        The last one prepared.
    arrangement : Arrangement or None
        Which neurons are drawn, and where.
    answer : Answer or None
    chain : ChainStory or None
        How the error comes back along the path that is looked at.
    looks_for : LooksFor
        What stands beside hidden neurons, if that is wished for.
    travel : Travel
        What runs along the lines.
    """

    def __init__(self, bridge: Bridge, view: View, hand: WeightGestures, font: QFont) -> None:
        self._bridge = bridge
        self._font = font
        self._view = view
        self._hand = hand
        self._references: dict[LineMode, float] = {}  # of weights it is the run's
        self._numbers: NetworkNumbers | None = None
        self._area = (0.0, 0.0)
        self._n_pieces = PIECES[0]
        self._stale = True
        self._row_stale = False  # the labels are those of another row
        self._follower = Follower()
        self.frame: Frame | None = None
        self.arrangement: Arrangement | None = None
        self.answer: Answer | None = None
        self.chain: ChainStory | None = None
        self.looks_for = LooksFor()
        self.travel = Travel(bridge.document)

    # What changed ---------------------------------------------------------------------------------------------------
    def expire(self) -> None:
        """Prepare a new frame when next asked for one."""
        self._stale = True

    def forget_scale(self) -> None:
        """Let the scales begin anew (a new run)."""
        self._references.clear()
        self._stale = True

    def forget_looks(self) -> None:
        """Work out anew what neurons look for, once someone looks."""
        self.looks_for = LooksFor()

    def forget_row(self) -> None:
        """Read labels anew; in wide layers another row has other active neurons."""
        self._stale = self._row_stale = True
        if self.arrangement is not None and self.arrangement.depends_on_row:
            self.arrange(*self._area)

    def arrange(self, width: float, height: float) -> None:
        """Compute positions for the present architecture in an area of logical pixels."""
        self._area = (width, height)
        self._stale, self._row_stale = True, False
        self.frame = None
        self._follower.forget()
        row, view = self._bridge.document.shown_row(), self._view
        self.arrangement = (
            None if row is None else arrange_network(row, view.folded, self._area, self._font, self._n_pieces)
        )

    def show_at(self, zoom: float) -> None:
        """Draw curves fine enough for a zoom of 1 to 8."""
        n_pieces = PIECES[bisect.bisect_right(FINER_FROM, zoom)]
        if n_pieces != self._n_pieces:
            self._n_pieces = n_pieces
            if self.arrangement is not None:
                self.arrangement = self.arrangement.with_pieces(n_pieces)
            self._follower.forget()  # the last frame has the curves of before
            self._stale = True

    def toggle_fold(self, column: str | None = None) -> None:
        """Fold or unfold a column of categories; by default all of them."""
        if self.arrangement is not None:
            self._view.fold(self.arrangement.refolded(column))

    @property
    def outdated(self) -> bool:
        """Whether the architecture is no longer the one arranged for."""
        config = self._bridge.document.network_config
        return config is not None and (self.arrangement is None or config.sizes != self.arrangement.sizes)

    # Preparing ------------------------------------------------------------------------------------------------------
    def prepare(self, *, lines_only: bool = False) -> None:
        """Bring the frame up to date with the newest snapshot.

        Parameters
        ----------
        lines_only : bool
            Where that is possible, only let the lines that are drawn follow their weights, for a third of the cost:
            which are drawn, their scale, the activations and the answer are of the last whole frame.
        """
        snapshot, arrangement = self._bridge.document.snapshot, self.arrangement
        if not self._stale or arrangement is None or snapshot is None or snapshot.config.sizes != arrangement.sizes:
            return
        if lines_only and self._follow(snapshot, arrangement):
            self._stale = False
            return
        row = self._bridge.document.shown_row()
        if row is None:
            return
        if self._row_stale:
            arrangement = self.arrangement = arrangement.with_row(row.facts)
            self._row_stale = False
        arrangement = self.arrangement = self._with_likeliest(row, arrangement)
        self._numbers = self._read(row)
        self.chain = None if self._view.way is None else row.chain(self._view.way)
        self._build_frame(snapshot, arrangement, self._numbers)
        self._look_closer(row, arrangement)
        self.answer = row.answer if row.has_answered and self.travel.arrived else None
        self._follower.remember(self._wishes())
        self._stale = False

    def _with_likeliest(self, row: ShownRow, arrangement: Arrangement) -> Arrangement:
        """Draw other outputs where the answer is not among them, and, once nothing moves, where others are likelier."""
        drawn, likeliest = arrangement.shown[-1], likeliest_classes(row.values[-1])
        running = self._bridge.document.state is RunState.RUNNING
        if np.array_equal(drawn, likeliest) or (running and row.answer.best in drawn):
            return arrangement
        self._follower.forget()
        return arrangement.with_outputs(likeliest)

    def _build_frame(self, snapshot: Snapshot, arrangement: Arrangement, numbers: NetworkNumbers) -> None:
        activations = [
            *(layer.activation for layer in snapshot.config.hidden),
            OUTPUTS[snapshot.config.task].name,
        ]
        view, mode = self._view, self._view.mode
        if mode != "gradients":
            numbers = replace(numbers, gradients=())  # or those of all neurons are searched for nothing
        self.travel.begin(view.told)
        drawn = numbers.only(arrangement.shown)
        on_the_way = drawn if self.travel.share == 1 else self._on_the_way(snapshot, numbers).only(arrangement.shown)
        selection = to_shown(view.selection, arrangement.shown)
        self.frame = build_frame(
            arrangement.curves,
            on_the_way,
            activations,
            mode=mode,
            reference=self._reference(),
            share=view.share,
            selection=selection if self.chain is None else shown_route(self.chain.path.neurons, arrangement.shown),
            arrived=self.travel.arrived,
        )
        self.travel.prepare(arrangement.curves.layout, drawn, arrangement.shown, selection)
        self._references[mode] = self.frame.reference

    def _look_closer(self, row: ShownRow, arrangement: Arrangement) -> None:
        if self._view.looks_for:
            running = self._bridge.document.state is RunState.RUNNING
            self.looks_for.renew(row, arrangement.shown, running=running)

    def _on_the_way(self, snapshot: Snapshot, numbers: NetworkNumbers) -> NetworkNumbers:
        """Return the numbers with weights and biases on their way from before the batch's update to after it."""
        if snapshot.batch is None:
            return numbers
        before = snapshot.batch.params_before
        params = before + np.float32(self.travel.share) * (snapshot.params - before)
        matrices = layer_matrices(params, snapshot.config.sizes)
        return replace(
            numbers, weights=tuple(each[:-1] for each in matrices), biases=tuple(each[-1] for each in matrices)
        )

    def _reference(self) -> float:
        """Return the scale of the lines so far, 0 for none."""
        mode = self._view.mode
        return self._bridge.document.full_thickness() if mode == "weights" else self._references.get(mode, 0.0)

    def _wishes(self) -> tuple[object, ...]:
        view = self._view
        return view.mode, view.selection, view.way, view.share, view.told, self._references.get(view.mode)

    def _follow(self, snapshot: Snapshot, arrangement: Arrangement) -> bool:
        """Let the last frame's lines follow their weights; false where they show, or are chosen by, other things."""
        if self.frame is None or self._row_stale or self.travel.errors is not None:
            return False
        if self._view.mode != "weights" or self._view.selection is not None:
            return False
        frame = self._follower.follow(self.frame, snapshot, arrangement.shown, self._wishes())
        self.frame = frame or self.frame
        return frame is not None

    def _read(self, row: ShownRow) -> NetworkNumbers:
        snapshot = row.snapshot
        return NetworkNumbers(
            weights=snapshot.W,
            biases=snapshot.b,
            values=row.values,
            gradients=snapshot.dW,
            before=snapshot.W_before if self._view.mode == "change" else (),
            sent=row.n_sent,
            dropped=row.dropped,
        )

    # Asking ---------------------------------------------------------------------------------------------------------
    def mark_at(self, x: float, y: float) -> Element | None:
        """Return what is under a point, counted among all neurons."""
        if self.frame is None or self.arrangement is None:
            return None
        return self.arrangement.mark_at(self.frame.lines, x, y)

    def place_of(self, mark: Element | None) -> tuple[float, float, float] | None:
        """Return centre and radius of a drawn neuron."""
        return None if self.arrangement is None else self.arrangement.place_of(mark)

    def describe(self, mark: Element | None) -> str:
        """Return one sentence about `mark`, or an empty text."""
        self.prepare()
        arrangement = self.arrangement
        if mark is None or self._numbers is None or arrangement is None:
            return ""
        facts = arrangement.facts
        text = describe(mark, self._numbers, facts.neuron_names, facts.labels.values, self._view.voice)
        if self._view.looks_for and (looks_for := self.looks_for.describe(mark)):
            text += f" · {looks_for}"
        if self._hand.parameter_of(mark) in self._bridge.document.manual_edits.changed:
            text += translate(" · set by hand")
        if self._hand.is_locked(mark):
            text += translate(" · locked")
        if self._hand.is_off(mark):
            text += translate(" · switched off")
        return text

    def describe_selection(self) -> str:
        """Return one sentence about what is selected, or an empty text."""
        from ann_viz.explain.chain_text import chain_sentence

        text = self.describe(self._view.selection)
        return text if self.chain is None else chain_sentence(self.chain, self._view.voice)

    def title_of(self, mark: Element) -> str:
        """Return what a connection's weight or a neuron's bias is called."""
        return "" if self.arrangement is None else title(mark, self.arrangement.facts.neuron_names)

    @property
    def off(self) -> list[Neuron]:
        """Drawn neurons that are switched off, counted among what is drawn."""
        edits, arrangement = self._bridge.document.manual_edits, self.arrangement
        return [] if arrangement is None else shown_neurons(edits.off, arrangement.shown)

    @property
    def locked(self) -> list[Element]:
        """Drawn connections that are locked, and neurons whose bias is."""
        edits, arrangement = self._bridge.document.manual_edits, self.arrangement
        return [] if arrangement is None else shown_parameters(edits.locked, arrangement.sizes, arrangement.shown)

    def pixels(self) -> np.ndarray:
        """Return the inputs of the picture as they stand in the file, or encoded where those are no numbers."""
        row = self._bridge.document.shown_row()
        if row is None:
            return np.zeros(0)
        return row.values[0] if row.facts.pixels is None else row.facts.pixels

    @property
    def can_resize(self) -> bool:
        """Whether layers may have more neurons, or fewer: without rows the new network could not learn."""
        return not self._bridge.document.is_without_rows

    @property
    def captions(self) -> list[str]:
        """What stands above every column after the inputs."""
        config = self._bridge.document.network_config
        return [] if config is None else wording.layer_captions(config)
