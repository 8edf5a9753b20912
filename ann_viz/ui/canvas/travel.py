"""What travels along the lines of the picture: prepared with each frame, painted between lines and circles."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtGui import QFont, QPainter

from ann_viz.numerals import fixed_signed, format_number
from ann_viz.scene import Connection, Element, ErrorPaths, Errors, Layout, NetworkNumbers, Neuron, beads, error_paths
from ann_viz.scene.motion import NOTHING, Motion, flow_of
from ann_viz.session import Document, RunState
from ann_viz.translation import translate
from ann_viz.ui.canvas.flow import paint_beads, paint_blame, paint_error_paths, paint_gradients, paint_truth
from ann_viz.ui.kit.appearance import is_motion_reduced
from ann_viz.ui.kit.theme import Tokens

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from ann_viz.session.shown_row import ShownRow

__all__ = ["Travel"]

ANSWER_BOTTOM = 46.0
BELOW_OUTPUT = 14.0
LEARNING_OPACITY = 0.4
"""Of the weights, while the error runs over them."""


class Travel:
    """Signals or the error of the shown row, as far as they have come.

    Parameters
    ----------
    document : Document
    """

    def __init__(self, document: Document) -> None:
        self._document = document
        self._motion = Motion()
        self._layout: Layout | None = None
        self._numbers: NetworkNumbers | None = None
        self._errors: Errors | None = None
        self._paths: ErrorPaths | None = None
        self._selected: Neuron | None = None
        self.texts = ("", "")

    @property
    def moving(self) -> bool:
        """Whether the next frame looks different without new numbers."""
        return self._motion.moving

    @property
    def kind(self) -> str:
        """What travels: "nothing", "signals", "error" or "update"."""
        return self._motion.flow.kind

    @property
    def arrived(self) -> bool:
        """Whether the signals have come to where they go."""
        return self._motion.flow.endless or self._motion.arrived

    @property
    def share(self) -> float:
        """How far the lines have gone from the weights before an update to those after it, 0 to 1."""
        return self._motion.share

    @property
    def changes_numbers(self) -> bool:
        """Whether what is on its way will change more than what travels: circles that fill, lines that move."""
        flow = self._motion.flow
        return flow.kind == "update" or (flow.kind == "signals" and not flow.endless)

    @property
    def opacity(self) -> float:
        """Of the lines beneath."""
        errors = self._paths is not None and len(self._paths.dots) > 0 and self._selected is None
        return LEARNING_OPACITY if errors else 1.0

    @property
    def errors(self) -> Errors | None:
        """What is told of the error, counted among the neurons that are drawn."""
        return self._errors

    def begin(self, told: int | None) -> None:
        """Look at what travels now; a row that nothing is learned from has no error that goes back.

        Parameters
        ----------
        told : int, optional
            The step that someone asked to be told.
        """
        document, row = self._document, self._document.shown_row()
        pace = document.speed.steps_per_second if document.state is RunState.RUNNING else None
        flow = NOTHING if row is None else flow_of(row.snapshot, told, pace)
        if row is not None:
            of_batch = told is None and pace is None  # the phase of a batch, which the row may not be in
            is_judged = flow.first == len(row.network.W) and not row.facts.is_made_up
            is_learned = flow.kind != "error" or is_judged or row.is_learned_from
            if (of_batch and flow.kind != "update" and row.place is None) or not is_learned:
                flow = NOTHING
        self._motion.show(flow, still=is_motion_reduced())

    def prepare(
        self,
        layout: Layout,
        numbers: NetworkNumbers,
        shown: Sequence[NDArray[np.intp]],
        selection: Element | None,
    ) -> None:
        """Find the ways of what travels.

        Parameters
        ----------
        layout, numbers, selection
            Of the neurons that are drawn.
        shown : sequence of ndarray
            Which those are.
        """
        row = self._document.shown_row()
        self._layout, self._numbers = layout, numbers
        self._errors = self._paths = None
        flow = self._motion.flow
        if flow.kind != "error" or row is None:
            return
        passes = row.passes
        self._errors = Errors(delta=passes.delta, gradients=passes.dW).only(shown)
        self._selected = _hidden(selection, len(layout.x) - 1)
        self._paths = error_paths(
            layout, numbers.weights, self._errors.delta, receiver=self._selected, down_to=flow.first
        )
        self.texts = _truth_and_error(row)

    def paint_lines(self, painter: QPainter, tokens: Tokens) -> None:
        """Draw what is on the lines."""
        flow, numbers = self._motion.flow, self._numbers
        if flow.kind == "signals" and numbers is not None and self._layout is not None:
            gap, progress = self._motion.place
            strongest = beads(self._layout, gap, numbers.weights[gap], numbers.values[gap], progress)
            paint_beads(painter, strongest, tokens)
        elif self._paths is not None:
            paint_error_paths(painter, self._paths, self._motion.dot_shift, tokens)

    def paint_pills(self, painter: QPainter, tokens: Tokens, font: QFont, *, picture: bool) -> None:
        """Draw the numbers of the error over the circles.

        Parameters
        ----------
        picture : bool
            The inputs are drawn as pixels, beside which numbers find no room.
        """
        layout, errors, paths = self._layout, self._errors, self._paths
        if layout is None or errors is None or paths is None:
            return
        paint_blame(painter, layout, errors, paths, self._selected, tokens, font)
        here = self._selected
        if here is not None and self._motion.flow.first <= here.column and not (picture and here.column == 1):
            gradients = errors.gradients[here.column - 1][:, here.index]
            paint_gradients(painter, layout, gradients, here.column - 1, tokens, font)
        single = len(layout.y[-1]) == 1
        bottom = float(layout.y[-1][-1]) + (ANSWER_BOTTOM if single else layout.radius[-1] + BELOW_OUTPUT)
        paint_truth(painter, layout, *self.texts, below=bottom, tokens=tokens, base=font)


def _truth_and_error(row: ShownRow) -> tuple[str, str]:
    """Return what the pills beneath the answer say."""
    answer, y, delta = row.passes.A[-1], row.passes.y, row.passes.delta[-1]
    text = translate("truth: {name}").format(name=row.facts.truth.text)
    if len(y) > 1:
        return text, ""
    if row.facts.dataset.recipe.task == "binary":
        text += f" = {format_number(y[0], '.0f')}"
    is_difference = np.allclose(delta, answer - y, atol=1e-6)
    return text, f"{'δ = ŷ − y =' if is_difference else 'δ'} {fixed_signed(float(delta[0]))}"


def _hidden(selection: Element | None, output_column: int) -> Neuron | None:
    """Return the hidden neuron that is selected, or that the selected line feeds."""
    if isinstance(selection, Connection):
        selection = Neuron(selection.gap + 1, selection.target)
    return selection if selection is not None and 0 < selection.column < output_column else None
