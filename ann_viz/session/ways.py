"""Which input and answer to look at together when someone asks for a path without pointing at both ends."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from ann_viz.scene import Element, Neuron, Way

if TYPE_CHECKING:
    from ann_viz.session.shown_row import ShownRow

__all__ = ["next_way"]


def next_way(row: ShownRow, selection: Element | None, way: Way | None) -> Way:
    """Return the paths to look at next: other ends of what is selected, or the next after those on show.

    From one that is on show it goes on to the next answer, or where there is only one to the next first line.

    Parameters
    ----------
    row : ShownRow
    selection : Element or None
        An input or an answer is kept as one end; else the input with the steepest line is.
    way : Way or None
        What is on show.
    """
    n_outputs = row.network.config.n_outputs
    if way is not None and n_outputs > 1:
        return Way(way.source, (way.output + 1) % n_outputs)
    if way is not None:
        story = row.chain(way)
        firsts = [neuron for neuron, _ in story.first_lines]
        place = firsts.index(story.path.neurons[1])
        return Way(way.source, way.output, (firsts[(place + 1) % len(firsts)],))
    last = len(row.network.W)
    output = row.answer.best if n_outputs > 1 else 0
    source = int(np.argmax(np.abs(row.passes.dW[0]).max(axis=1)))
    if isinstance(selection, Neuron) and selection.column == last:
        output = selection.index
    elif isinstance(selection, Neuron) and selection.column == 0:
        source = selection.index
    return Way(source, output)
