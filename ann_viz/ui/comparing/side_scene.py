"""What one side of the comparison draws: a network at a moment of its run, with the numbers of the shown row."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from ann_viz.data import Dataset
from ann_viz.engine import OUTPUTS, NetworkConfig, Snapshot
from ann_viz.explain import wording
from ann_viz.explain.input_labels import InputLabels
from ann_viz.scene import (
    Element,
    Frame,
    LineCurves,
    LineMode,
    NetworkNumbers,
    arrange,
    build_curves,
    build_frame,
    choose_neurons,
    to_shown,
)
from ann_viz.scene.scales import drawable, weight_reference
from ann_viz.session.document import Document
from ann_viz.session.manual_edits import ManualEdits
from ann_viz.session.row_facts import RowFacts
from ann_viz.session.run import Run
from ann_viz.session.shown_row import ShownRow, show_row
from ann_viz.session.trying.tried_row import TriedFacts

__all__ = ["SideScene", "facts_of", "side_scene", "weight_scale"]

TOP: Final = 62.0
LEFT: Final = 118.0
ANSWER: Final = 66.0  # right of the output's centre
CAPS: Final = (8.5, 14.0, 20.0)
PIECES: Final = 10


@dataclass(frozen=True, slots=True, eq=False)
class SideScene:
    """One side, arranged for a size.

    Parameters
    ----------
    row : ShownRow
    curves : LineCurves
    shown : tuple of ndarray
        Which neurons of every column are drawn.
    names : tuple of str
        Of the inputs that are drawn.
    captions : tuple of str
        Above every column after the inputs.
    frame : Frame or None
        What is painted; None before `framed` was called.
    """

    row: ShownRow
    curves: LineCurves
    shown: tuple[NDArray[np.intp], ...]
    names: tuple[str, ...]
    captions: tuple[str, ...]
    frame: Frame | None = None

    def signal_scale(self) -> float:
        """Return what its strongest signals are drawn by where they are alone."""
        return self._build("signals", 0.0, None, self.numbers).reference

    @property
    def config(self) -> NetworkConfig:
        """The network."""
        return self.row.facts.config

    @property
    def numbers(self) -> NetworkNumbers:
        """All numbers of network and row."""
        network = self.row.network
        return NetworkNumbers(weights=tuple(network.W), biases=tuple(network.b), values=self.row.values)

    def framed(
        self, mode: LineMode, reference: float, selection: Element | None = None, less: SideScene | None = None
    ) -> SideScene:
        """Return it with what is painted.

        Parameters
        ----------
        mode : LineMode
        reference : float
            The number at full thickness, of both sides; 0 lets this side's decide.
        selection : Element, optional
            What is selected, counted among all neurons; what has nothing to do with it fades.
        less : SideScene, optional
            Draw what its weights have more than these, in place of the weights.
        """
        numbers = self.numbers
        if less is not None:
            weights = tuple(other - own for own, other in zip(numbers.weights, less.numbers.weights, strict=True))
            numbers = replace(numbers, weights=weights)
        return replace(self, frame=self._build(mode, reference, selection, numbers))

    def _build(self, mode: LineMode, reference: float, selection: Element | None, numbers: NetworkNumbers) -> Frame:
        config = self.config
        activations = [*(layer.activation for layer in config.hidden), OUTPUTS[config.task].name]
        marked = to_shown(selection, self.shown)
        drawn = numbers.only(self.shown)
        return build_frame(self.curves, drawn, activations, mode=mode, reference=reference, selection=marked)


def facts_of(document: Document, dataset: Dataset, run: Run, snapshot: Snapshot) -> RowFacts:
    """Return the row on show, made up or not, as the data of a run have it: with other columns they may lack it.

    Parameters
    ----------
    document : Document
    dataset : Dataset
        Its own.
    run : Run
    snapshot : Snapshot
        The moment of it.
    """
    there = run.dataset.place_of(int(dataset.source_rows[document.example])) or 0
    if document.tried is None:
        return RowFacts(run.dataset, snapshot.config, there)
    return TriedFacts(run.dataset, snapshot.config, there, document.tried.among(dataset, run.dataset, there))


def side_scene(
    snapshot: Snapshot,
    facts: RowFacts,
    size: tuple[float, float],
    threshold: float,
    last: SideScene | None = None,
) -> SideScene:
    """Arrange one side.

    Parameters
    ----------
    snapshot : Snapshot
        A moment of the run.
    facts : RowFacts
        Of the row on show.
    size : tuple of float
        Width and height in logical pixels.
    threshold : float
        Above which chance an answer is yes.
    last : SideScene, optional
        What this side showed before: if it was the same row, that is not read again.
    """
    row = show_row(facts, snapshot, snapshot.alone(), ManualEdits(), last.row if last else None, threshold=threshold)
    labels = row.facts.labels
    places = [(start, stop) for column, start, stop in labels.groups if column in labels.foldable]
    shown, _ = choose_neurons(row.values, folded=places if len(labels.names) > 64 else (), likeliest=True)
    drawn = labels.only(shown[0].tolist())
    groups = [(start, stop) for _, start, stop in drawn.groups]
    layout = arrange(
        [len(column) for column in shown], *size, groups, output_margin=ANSWER, top=TOP, left=LEFT, caps=CAPS
    )
    names = tuple(_input_names(drawn))
    captions = tuple(wording.layer_captions(snapshot.config))
    return SideScene(row, build_curves(layout, PIECES), shown, names, captions)


def _input_names(labels: InputLabels) -> list[str]:
    """Return a name for every input that is drawn: members of a category behind a short form of their column."""
    names = list(labels.names)
    for column, start, stop in labels.groups:
        if stop - start > 1:
            short = column if len(column) <= 4 else column[:3]
            names[start:stop] = [f"{short}: {name}" for name in names[start:stop]]
    return names


def weight_scale(scenes: tuple[SideScene, ...]) -> float:
    """Return the |w| drawn at full thickness on both sides: the larger of what each would have."""
    return max(weight_reference(drawable(np.concatenate([w.ravel() for w in scene.row.network.W]))) for scene in scenes)
