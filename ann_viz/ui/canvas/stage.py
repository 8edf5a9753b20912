"""What the canvas draws now: the session's newest numbers, arranged for the widget's size and the chosen view."""

from __future__ import annotations

import bisect
from dataclasses import replace

import numpy as np
from PySide6.QtGui import QFont

from ann_viz.engine import Snapshot
from ann_viz.explain import wording
from ann_viz.explain.neuron import OUTPUT_FUNCTIONS
from ann_viz.explain.wording import Answer, InputLabels
from ann_viz.numerals import format_number
from ann_viz.scene import (
    WIDEST,
    Connection,
    Element,
    Frame,
    LineCurves,
    LineMode,
    NetworkNumbers,
    Neuron,
    arrange,
    build_curves,
    build_frame,
    choose_neurons,
    from_shown,
    mark_at,
    to_shown,
)
from ann_viz.scene.pixels import PixelImage, find_pixel_image
from ann_viz.session.shown_row import ShownRow
from ann_viz.translation import translate
from ann_viz.ui.canvas.answer import chance_room
from ann_viz.ui.canvas.follower import Follower
from ann_viz.ui.canvas.labels import button_at, column_at
from ann_viz.ui.canvas.manual_edits import locked_marks, off_neurons
from ann_viz.ui.canvas.tips import describe, headings, title
from ann_viz.ui.canvas.travel import Travel
from ann_viz.ui.document.bridge import Bridge
from ann_viz.ui.document.view import View
from ann_viz.ui.document.weight_gestures import WeightGestures

__all__ = ["Stage"]

FINER_FROM = (2.0, 4.0)
PIECES = (10, 20, 40)
"""Straight pieces of a curve, and the zooms from which there are more: thick joints would show."""

MARGIN_CLASSES = 150.0


class Stage:
    """Keeps positions, and prepares a frame when asked.

    Attributes
    ----------
    frame : Frame or None
        The last one prepared.
    curves : LineCurves or None
    labels : InputLabels or None
        Of the inputs that are drawn.
    answer : Answer or None
    hidden_counts : tuple of int
        Neurons of every column that are not drawn.
    picture : PixelImage or None
        Where the inputs are pixels.
    travel : Travel
        What runs along the lines.
    """

    def __init__(self, bridge: Bridge, view: View, hand: WeightGestures, font: QFont) -> None:
        self._bridge = bridge
        self._font = font
        self._view = view
        self._hand = hand
        self._shown: tuple[np.ndarray, ...] = ()
        self._sizes: tuple[int, ...] = ()
        self._references: dict[LineMode, float] = {}
        self._numbers: NetworkNumbers | None = None
        self._row: ShownRow | None = None
        self._folded: frozenset[str] = frozenset()
        self._area = (0.0, 0.0)
        self._n_pieces = PIECES[0]
        self._stale = True
        self._follower = Follower()
        self.frame: Frame | None = None
        self.curves: LineCurves | None = None
        self.labels: InputLabels | None = None
        self.answer: Answer | None = None
        self.hidden_counts: tuple[int, ...] = ()
        self.picture: PixelImage | None = None
        self.travel = Travel(bridge.session)

    # What changed ---------------------------------------------------------------------------------------------------
    def expire(self) -> None:
        """Prepare a new frame when next asked for one."""
        self._stale = True

    def forget_scale(self) -> None:
        """Let the scales begin anew (a new run)."""
        self._references.clear()
        self._stale = True

    def forget_row(self) -> None:
        """Read labels anew; in wide layers another row has other active neurons."""
        self.labels = None
        self._stale = True
        if any(self.hidden_counts) or self._folded:
            self.arrange(*self._area)

    def arrange(self, width: float, height: float) -> None:
        """Compute positions for the present architecture in an area of logical pixels."""
        self._area = (width, height)
        self._stale = True
        self.frame = self.labels = self.curves = None
        self._follower.forget()
        self._row = row = self._bridge.session.shown_row()
        if row is None:
            return
        dataset, config, labels = row.facts.dataset, row.facts.config, row.facts.labels
        self._sizes = config.sizes
        self.picture = find_pixel_image(dataset)
        self._folded = self._find_folded(labels)
        places = [(start, stop) for column, start, stop in labels.groups if column in self._folded]
        is_picture = self.picture is not None
        self._shown, self.hidden_counts = choose_neurons(row.values, picture=is_picture, folded=places)
        self.labels = labels.only(self._shown[0].tolist(), self._folded)
        groups = [] if is_picture else [(start, stop) for _, start, stop in self.labels.groups]
        margin = MARGIN_CLASSES
        if config.task == "binary":
            margin = chance_room(wording.binary_names(dataset), wording.percent(0.999), self._font)
        layout = arrange([len(shown) for shown in self._shown], width, height, groups, output_margin=margin)
        self.curves = build_curves(layout, self._n_pieces)

    def _find_folded(self, labels: InputLabels) -> frozenset[str]:
        """Return the columns of categories that are drawn as one input: by default all, where there are many inputs."""
        if self._view.folded is not None:
            return self._view.folded & labels.foldable
        return labels.foldable if len(labels.names) > WIDEST else frozenset()

    def show_at(self, zoom: float) -> None:
        """Draw curves fine enough for a zoom of 1 to 8."""
        n_pieces = PIECES[bisect.bisect_right(FINER_FROM, zoom)]
        if n_pieces != self._n_pieces:
            self._n_pieces = n_pieces
            if self.curves is not None:
                self.curves = build_curves(self.curves.layout, n_pieces)
            self._follower.forget()  # the last frame has the curves of before
            self._stale = True

    @property
    def outdated(self) -> bool:
        """Whether the architecture is no longer the one arranged for."""
        config = self._bridge.session.network_config
        return config is not None and (config.sizes != self._sizes or self.curves is None)

    # Preparing ------------------------------------------------------------------------------------------------------
    def prepare(self, *, lines_only: bool = False) -> None:
        """Bring the frame up to date with the newest snapshot.

        Parameters
        ----------
        lines_only : bool
            Where that is possible, only let the lines that are drawn follow their weights, for a third of the cost:
            which are drawn, their scale, the activations and the answer are of the last whole frame.
        """
        snapshot, curves = self._bridge.session.snapshot, self.curves
        if not self._stale or curves is None or snapshot is None or snapshot.config.sizes != self._sizes:
            return
        if lines_only and self._follow(snapshot):
            self._stale = False
            return
        self._row = row = self._bridge.session.shown_row()
        if row is None:
            return
        self._numbers = self._read(row)
        activations = [
            *(layer.activation for layer in snapshot.config.hidden),
            OUTPUT_FUNCTIONS[snapshot.config.task],
        ]
        mode, numbers = self._view.mode, self._numbers
        if mode != "gradients":
            numbers = replace(numbers, gradients=())  # or those of all neurons are searched for nothing
        drawn = numbers.only(self._shown)
        selection = to_shown(self._view.selection, self._shown)
        self.frame = build_frame(
            curves,
            drawn,
            activations,
            mode=mode,
            previous_reference=self._references.get(mode, 0.0),
            share=self._view.share,
            selection=selection,
        )
        self.travel.prepare(curves.layout, drawn, self._shown, selection, self._view.told)
        self._references[mode] = self.frame.reference
        self.answer = row.answer
        if self.labels is None:
            self.labels = row.facts.labels.only(self._shown[0].tolist(), self._folded)
        self._follower.remember(self._wishes())
        self._stale = False

    def _wishes(self) -> tuple[object, ...]:
        view = self._view
        return view.mode, view.selection, view.share, view.told, self._references.get(view.mode)

    def _follow(self, snapshot: Snapshot) -> bool:
        """Let the last frame's lines follow their weights; false where they show, or are chosen by, other things."""
        if self.frame is None or self.labels is None or self.travel.errors is not None:
            return False
        if self._view.mode != "weights" or self._view.selection is not None:
            return False
        frame = self._follower.follow(self.frame, snapshot, self._shown, self._wishes())
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
        )

    # Asking ---------------------------------------------------------------------------------------------------------
    def mark_at(self, x: float, y: float) -> Element | None:
        """Return what is under a point, counted among all neurons."""
        if self.frame is None or self.curves is None:
            return None
        mark = mark_at(self.curves, self.frame.lines, x, y)
        return None if mark is None else from_shown(mark, self._shown)

    def describe(self, mark: Element | None) -> str:
        """Return one sentence about `mark`, or an empty text."""
        self.prepare()
        if mark is None or self._numbers is None or self._row is None:
            return ""
        facts = self._row.facts
        text = describe(mark, self._numbers, facts.neuron_names, facts.labels.values, self._view.voice)
        if self._hand.parameter_of(mark) in self._bridge.session.manual_edits.changed:
            text += translate(" · set by hand")
        if self._hand.is_locked(mark):
            text += translate(" · locked")
        if self._hand.is_off(mark):
            text += translate(" · switched off")
        return text

    def button_at(self, x: float, y: float) -> tuple[int, int] | None:
        """Return hidden layer, counted from 0, and −1 or 1 when one of its buttons is under a point."""
        return None if self.curves is None else button_at(self.curves.layout, x, y)

    def column_at(self, x: float, y: float) -> str | None:
        """Return the column of categories whose name is under a point."""
        if self.curves is None or self.labels is None or self.picture is not None:
            return None
        return column_at(self.curves.layout, self.labels, x, y)

    def toggle_fold(self, column: str | None = None) -> None:
        """Fold or unfold a column of categories; by default all of them."""
        if self.labels is not None:
            columns = self.labels.foldable if column is None else frozenset([column])
            self._view.fold(self._folded - columns if columns <= self._folded else self._folded | columns)

    def title_of(self, mark: Element) -> str:
        """Return what a connection's weight or a neuron's bias is called."""
        return "" if self._row is None else title(mark, self._row.facts.neuron_names)

    def place_of(self, mark: Element | None) -> tuple[float, float, float] | None:
        """Return centre and radius of a drawn neuron."""
        shown = to_shown(mark, self._shown) if self.curves is not None else None
        if self.curves is None or not isinstance(shown, Neuron):
            return None
        layout = self.curves.layout
        return layout.x[shown.column], float(layout.y[shown.column][shown.index]), layout.radius[shown.column]

    def neighbour(self, mark: Element | None, columns: int, rows: int) -> Element | None:
        """Return the drawn neuron so many columns to the right and rows below `mark`; at an edge it stays."""
        if self.curves is None:
            return None
        here = to_shown(mark, self._shown)
        if isinstance(here, Connection):
            here = Neuron(here.gap + 1, here.target)
        if here is None:
            return from_shown(Neuron(len(self._shown) - 1, 0), self._shown)
        column = min(max(here.column + columns, 0), len(self._shown) - 1)
        if column != here.column:  # the nearest in height
            y = self.curves.layout.y[here.column][here.index]
            index = int(np.argmin(np.abs(self.curves.layout.y[column] - y)))
        else:
            index = min(max(here.index + rows, 0), len(self._shown[column]) - 1)
        return from_shown(Neuron(column, index), self._shown)

    @property
    def off(self) -> list[Neuron]:
        """Drawn neurons that are switched off, counted among what is drawn."""
        return off_neurons(self._bridge.session.manual_edits, self._shown)

    @property
    def locked(self) -> list[Element]:
        """Drawn connections that are locked, and neurons whose bias is."""
        return locked_marks(self._bridge.session.manual_edits, self._sizes, self._shown)

    def pixels(self) -> np.ndarray:
        """Return the inputs of the picture as they stand in the file, or encoded where those are no numbers."""
        row = self._bridge.session.shown_row()
        if row is None:
            return np.zeros(0)
        return row.values[0] if row.facts.pixels is None else row.facts.pixels

    @property
    def headings(self) -> tuple[tuple[str, str], ...]:
        """What stands at the top of the picture: a title and a line below it for each kind of layer."""
        return headings(len(self._shown) - 2, self._view.voice)

    @property
    def captions(self) -> list[str]:
        """What stands above every column after the inputs."""
        config = self._bridge.session.network_config
        return [] if config is None else wording.layer_captions(config)

    @property
    def caption(self) -> str:
        """What stands below the picture of the inputs."""
        text = translate("{k} × {k} picture, read row by row into {n} inputs")
        return text.format(k=self.picture.side if self.picture else 0, n=len(self._shown[0]))

    def more(self, column: int) -> str:
        """Return "+208 more" for a column of which not all neurons are drawn."""
        count = self.hidden_counts[column]
        return translate("+{n} more").format(n=format_number(count)) if count else ""
