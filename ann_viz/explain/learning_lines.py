"""What a training step makes of one weight: what this row alone asks for, the mean of the batch, and the change itself.

Three things, always with their names; an arrow stands only where the weight really changes.
"""

from __future__ import annotations

from typing import Final

import numpy as np

from ann_viz.explain.arithmetic import Product, Sum
from ann_viz.explain.expression import Number
from ann_viz.explain.printed_formula import stated, work_out
from ann_viz.explain.row import RowPass
from ann_viz.explain.situation import Selected, Situation
from ann_viz.explain.spans import Line, Span
from ann_viz.explain.texts import word
from ann_viz.numerals import FINE_DECIMALS, count

__all__ = ["learning_lines", "told_weight"]

DIGITS: Final = 5


def told_weight(row: RowPass, selected: Selected | None) -> tuple[int, int, int]:
    """Return the weight that is told, as layer, source and target: the selected one, or one that much hangs on.

    Of a neuron it is the weight with the largest gradient of the row; without a selection, that of the neuron with the
    largest share of the blame in the last hidden layer.
    """
    if selected is None or selected.column == 0:
        layer = max(0, len(row.delta) - 2)
        j = int(np.argmax(np.abs(row.delta[layer])))
    else:
        layer, j = selected.column - 1, selected.index
    if selected is not None and selected.source is not None:
        return layer, selected.source, j
    return layer, int(np.argmax(np.abs(row.dW[layer][:, j]))), j


def learning_lines(situation: Situation, name: str, layer: int, i: int, j: int) -> list[Line]:
    """Tell what becomes of one weight.

    Parameters
    ----------
    situation : Situation
        Of a training row.
    name : str
        Of the connection.
    layer, i, j : int
        It is ``W[layer][i, j]``.
    """
    batch, optimizer = situation.batch, situation.progress.optimizer
    alone = word("this row after") if batch is not None and batch.is_over else word("this row alone")
    lines = [Line(f"{name}: {alone}", _alone(situation, layer, i, j))]
    if batch is None:
        return lines
    lines.append(Line(word("mean of rows", rows=count(batch.n_rows, "row")), _mean(batch.mean)))
    made, w = word("made of it", optimizer=optimizer), float(situation.network.W[layer][i, j])
    if batch.coming is not None:
        return [*lines, Line(made, batch.coming.lines[-1].spans)]
    if batch.before is None:
        return [*lines, Line(made, _not_yet())]
    step = Sum((Number(batch.before, digits=DIGITS), Number(w - batch.before, digits=DIGITS)))
    return [*lines, Line(made, work_out("w ←", step, digits=DIGITS).spans)]


def _alone(situation: Situation, layer: int, i: int, j: int) -> tuple[Span, ...]:
    """The gradient of one weight: ∂L/∂w = δ·x (Rumelhart, Hinton & Williams 1986, eq. 5)."""
    delta = Number(float(situation.row.delta[layer][j]), FINE_DECIMALS, "error")
    product = Product((delta, Number(float(situation.row.A[layer][i]))))
    return work_out("∂L/∂w = δ·x", product, decimals=FINE_DECIMALS, signed=True, tone="error").spans


def _mean(mean: float | None) -> tuple[Span, ...]:
    if mean is None:
        return _not_yet()
    return stated("∂L/∂w", mean, digits=DIGITS, signed=True, tone="error").spans


def _not_yet() -> tuple[Span, ...]:
    return (Span(word("not yet"), "muted"),)
