"""Which neurons of the network are drawn, and where: for one architecture, one row and one size of the widget."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

import numpy as np
from PySide6.QtGui import QFont

from ann_viz.explain import wording
from ann_viz.explain.input_labels import InputLabels
from ann_viz.numerals import count, format_number, percent
from ann_viz.scene import (
    WIDEST,
    Connection,
    Element,
    LineCurves,
    Lines,
    Neuron,
    arrange,
    build_curves,
    choose_neurons,
    from_shown,
    mark_at,
    to_shown,
)
from ann_viz.scene.pixels import PixelImage, find_pixel_image
from ann_viz.translation import translate
from ann_viz.ui.canvas.answer import chance_room
from ann_viz.ui.canvas.input_names import column_at
from ann_viz.ui.canvas.labels import LABEL_HEIGHT, button_at

if TYPE_CHECKING:
    from ann_viz.session.row_facts import RowFacts
    from ann_viz.session.shown_row import ShownRow

__all__ = ["Arrangement", "arrange_network"]

MARGIN_CLASSES: Final = 150.0


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Arrangement:
    """Where everything is.

    Attributes
    ----------
    facts : RowFacts
        Of the row: names of all neurons, labels of all inputs.
    picture : PixelImage or None
        Where the inputs are pixels.
    labels : InputLabels
        Of the inputs that are drawn.
    folded : frozenset of str
        Columns of categories that are drawn as one input.
    shown : tuple of ndarray
        Which neurons of every column are drawn.
    hidden_counts : tuple of int
        How many are not.
    curves : LineCurves
    """

    facts: RowFacts
    picture: PixelImage | None
    labels: InputLabels
    folded: frozenset[str]
    shown: tuple[np.ndarray, ...]
    hidden_counts: tuple[int, ...]
    curves: LineCurves

    def with_row(self, facts: RowFacts) -> Arrangement:
        """Return it with the labels of another row."""
        return replace(self, facts=facts, labels=facts.labels.only(self.shown[0].tolist(), self.folded))

    def with_outputs(self, outputs: np.ndarray) -> Arrangement:
        """Return it with other outputs, as many as are drawn now."""
        return replace(self, shown=(*self.shown[:-1], outputs))

    def with_pieces(self, n_pieces: int) -> Arrangement:
        """Return it with curves of so many straight pieces."""
        return replace(self, curves=build_curves(self.curves.layout, n_pieces))

    @property
    def sizes(self) -> tuple[int, ...]:
        """Neurons of every column, drawn or not."""
        return self.facts.config.sizes

    @property
    def depends_on_row(self) -> bool:
        """Whether other neurons are drawn for another row: of wide layers the most active, of categories the chosen."""
        return any(self.hidden_counts) or bool(self.folded)

    @property
    def n_hidden(self) -> int:
        """Hidden layers."""
        return len(self.shown) - 2

    @property
    def caption(self) -> str:
        """What stands below the picture of the inputs."""
        text = translate("{k} × {k} picture, read row by row into {inputs}")
        return text.format(k=self.picture.side if self.picture else 0, inputs=count(len(self.shown[0]), "input"))

    def more(self, column: int) -> str:
        """Return "+208 more" for a column of which not all neurons are drawn."""
        n_more = self.hidden_counts[column]
        return translate("+{n} more").format(n=format_number(n_more)) if n_more else ""

    def refolded(self, column: str | None) -> frozenset[str]:
        """Return what is folded once a column of categories, by default all of them, is folded or unfolded."""
        columns = self.labels.foldable if column is None else frozenset([column])
        return self.folded - columns if columns <= self.folded else self.folded | columns

    # Asking ---------------------------------------------------------------------------------------------------------
    def mark_at(self, lines: Lines, x: float, y: float) -> Element | None:
        """Return what is under a point, counted among all neurons."""
        mark = mark_at(self.curves, lines, x, y)
        return None if mark is None else from_shown(mark, self.shown)

    def button_at(self, x: float, y: float) -> tuple[int, int] | None:
        """Return hidden layer, counted from 0, and −1 or 1 when one of its buttons is under a point."""
        return button_at(self.curves.layout, x, y)

    def column_at(self, x: float, y: float) -> str | None:
        """Return the column of categories whose name is under a point."""
        return None if self.picture is not None else column_at(self.curves.layout, self.labels, x, y)

    def named_at(self, x: float, y: float) -> Element | None:
        """Return the input or output whose name is beside its circle at a point, counted among all neurons."""
        layout, last = self.curves.layout, len(self.curves.layout.x) - 1
        column = 0 if x < layout.x[0] - layout.radius[0] else last
        if (column == last and x < layout.x[last] + layout.radius[last]) or (column == 0 and self.picture is not None):
            return None
        distances = np.abs(layout.y[column] - y)
        nearest = int(np.argmin(distances))
        return from_shown(Neuron(column, nearest), self.shown) if distances[nearest] <= LABEL_HEIGHT / 2 else None

    def place_of(self, mark: Element | None) -> tuple[float, float, float] | None:
        """Return centre and radius of a drawn neuron."""
        shown = to_shown(mark, self.shown)
        if not isinstance(shown, Neuron):
            return None
        layout = self.curves.layout
        return layout.x[shown.column], float(layout.y[shown.column][shown.index]), layout.radius[shown.column]

    def neighbour(self, mark: Element | None, columns: int, rows: int) -> Element:
        """Return the drawn neuron so many columns to the right and rows below `mark`; at an edge it stays."""
        here = to_shown(mark, self.shown)
        if isinstance(here, Connection):
            here = Neuron(here.gap + 1, here.target)
        if here is None:
            return from_shown(Neuron(len(self.shown) - 1, 0), self.shown)
        column = min(max(here.column + columns, 0), len(self.shown) - 1)
        if column != here.column:  # the nearest in height
            y = self.curves.layout.y[here.column][here.index]
            index = int(np.argmin(np.abs(self.curves.layout.y[column] - y)))
        else:
            index = min(max(here.index + rows, 0), len(self.shown[column]) - 1)
        return from_shown(Neuron(column, index), self.shown)


def arrange_network(
    row: ShownRow, folded: frozenset[str] | None, area: tuple[float, float], font: QFont, n_pieces: int
) -> Arrangement:
    """Compute positions for the network that a row goes through.

    Parameters
    ----------
    row : ShownRow
    folded : frozenset of str or None
        Columns of categories that shall be drawn as one input; by default all, where there are many inputs.
    area : tuple of float
        Width and height in logical pixels.
    font : QFont
        Of the picture.
    n_pieces : int
        Straight pieces of a curve.
    """
    facts, all_labels = row.facts, row.facts.labels
    picture = find_pixel_image(facts.dataset)
    if folded is None:
        folded = all_labels.foldable if len(all_labels.names) > WIDEST else frozenset()
    folded &= all_labels.foldable
    places = [(start, stop) for column, start, stop in all_labels.groups if column in folded]
    shown, hidden_counts = choose_neurons(row.values, picture=picture is not None, folded=places, likeliest=True)
    labels = all_labels.only(shown[0].tolist(), folded)
    groups = [] if picture is not None else [(start, stop) for _, start, stop in labels.groups]
    margin = MARGIN_CLASSES
    if facts.config.task == "binary":
        margin = chance_room(wording.binary_names(facts.dataset), percent(0.999), font)
    layout = arrange([len(column) for column in shown], *area, groups, output_margin=margin)
    return Arrangement(
        facts=facts,
        picture=picture,
        labels=labels,
        folded=folded,
        shown=shown,
        hidden_counts=hidden_counts,
        curves=build_curves(layout, n_pieces),
    )
