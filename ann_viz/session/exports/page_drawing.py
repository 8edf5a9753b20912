"""How the web page draws the network, as numbers: positions on a wide and a narrow screen, thickness, opacity, tints.

The rules themselves stay in `ann_viz.scene`.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from ann_viz.data import Dataset
from ann_viz.scene import arrange, choose_neurons
from ann_viz.scene.curves import HANDLE, docks
from ann_viz.scene.layout import Layout
from ann_viz.scene.lines import STRONGEST
from ann_viz.scene.pixels import find_pixel_image
from ann_viz.scene.scales import (
    ALL_LINES_LIMIT,
    EMPTY,
    N_LEVELS,
    TINT_POWER,
    activation_reference,
    bias_share,
    line_opacity,
    line_width,
    tint_share,
)
from ann_viz.session.exports.portable import PortableModel
from ann_viz.session.exports.subject import Subject

__all__ = ["page_drawing"]

LABEL_PITCH: Final = 20
"""Pixels from one input to the next that a picture grows for, up to a limit."""


def page_drawing(subject: Subject, portable: PortableModel) -> dict[str, Any]:
    """Return what the page needs to draw the network as the window does, as JSON values."""
    dataset, network = subject.dataset, subject.model.network
    pixels = None if dataset is None else find_pixel_image(dataset)
    x = _centre(dataset, subject)
    values = [A[0] for A in network.activations(x[None, :]).A]
    shown, left_out = choose_neurons(values, picture=pixels is not None, likeliest=True)
    names = ("linear", *(layer.activation for layer in portable.layers))
    rho = (np.arange(N_LEVELS) + 0.5) / N_LEVELS
    sizes = [len(places) for places in shown]
    groups, per_input = ([], 0) if pixels is not None else (_groups(subject, shown[0]), LABEL_PITCH)
    return {
        "shown": [places.tolist() for places in shown],
        "likeliest": len(shown[-1]) if left_out[-1] else 0,
        "leftOut": list(left_out),
        "pixels": None if pixels is None else {"side": pixels.side, "places": pixels.places.tolist()},
        "layouts": {
            name: _layout(sizes, groups, subject.model.recipe.task, area, per_input=per_input)
            for name, area in _AREAS.items()
        },
        "levels": [{"width": w, "opacity": o} for w, o in zip(line_width(rho), line_opacity(rho), strict=True)],
        "allLines": ALL_LINES_LIMIT,
        "strongest": STRONGEST,
        "references": [activation_reference(name) for name in names],
        "tintPower": TINT_POWER,
        "tints": {look: [tint_share(0.0, dark=dark), tint_share(1.0, dark=dark)] for look, dark in _LOOKS},
        "empty": EMPTY,
        "biasShares": [bias_share(0.0), bias_share(math.inf), _full_bias()],
    }


_LOOKS: Final = (("light", False), ("dark", True))


@dataclass(frozen=True, slots=True)
class _Area:
    """Room for the picture: as large as on a screen, or made smaller as a whole for a phone.

    Parameters
    ----------
    width, height, top : float
        In pixels of the page; `top` is left above the neurons.
    margins : mapping of str to float
        Room for the answer, by task.
    smaller : float
        What circles and distances are multiplied by.
    """

    width: float
    height: float
    top: float
    margins: Mapping[str, float]
    smaller: float = 1.0


_AREAS: Final = {
    "wide": _Area(774.0, 541.0, 34.0, {"binary": 122.0, "multiclass": 150.0, "regression": 122.0}),
    "narrow": _Area(366.0, 270.0, 22.0, {"binary": 46.0, "multiclass": 104.0, "regression": 92.0}, 0.7),
}


def _full_bias() -> float:
    """Return the bias from which on a square has its full colour."""
    low, high = bias_share(0.0), bias_share(math.inf)
    return (high - low) / (bias_share(1.0) - low)


def _centre(dataset: Dataset | None, subject: Subject) -> NDArray[Any]:
    """Return a row whose strongest neurons are drawn where a layer is too wide for all."""
    if dataset is None:
        return np.zeros(subject.model.network.config.n_inputs, np.float32)
    return np.asarray(dataset.first("train", 1)[0])


def _groups(subject: Subject, shown: NDArray[Any]) -> list[tuple[int, int]]:
    groups = []
    for group in subject.model.encoder.groups:
        start, stop = np.searchsorted(shown, (group.start, group.stop)).tolist()
        if stop > start:
            groups.append((start, stop))
    return groups


def _layout(
    sizes: Sequence[int], groups: Sequence[tuple[int, int]], task: str, area: _Area, *, per_input: int
) -> dict[str, Any]:
    """Return positions in an area, with where every line leaves and arrives."""
    height = min(max(area.height, 30.0 + per_input * sizes[0]), 1.6 * area.height)
    width, room, margin, top = (each / area.smaller for each in (area.width, height, area.margins[task], area.top))
    layout = arrange(sizes, width, room, groups, output_margin=margin, top=top)
    return {
        "width": area.width,
        "height": height,
        "x": [_place(x, area) for x in layout.x],
        "y": [[_place(y, area) for y in rows] for rows in layout.y],
        "radius": [_place(radius, area) for radius in layout.radius],
        "gaps": [_gap(layout, gap, area) for gap in range(len(sizes) - 1)],
    }


def _place(value: float, area: _Area) -> float:
    return round(value * area.smaller, 2)


def _gap(layout: Layout, gap: int, area: _Area) -> dict[str, Any]:
    names = ("startX", "leave", "endX", "arrive")
    return {
        "handle": _place(HANDLE * (layout.x[gap + 1] - layout.x[gap]), area),
        **{name: [_place(v, area) for v in numbers] for name, numbers in zip(names, docks(layout, gap), strict=True)},
    }
