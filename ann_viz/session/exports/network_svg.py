"""The trained network as an SVG drawing, without a window: for the report, and for a page whose reader runs no scripts.

Widths, colours and places are those of the window; it reads the same frame.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from ann_viz.engine import OUTPUTS, Task
from ann_viz.explain import wording
from ann_viz.numerals import narrow, percent
from ann_viz.scene import Frame, Layout, NetworkNumbers, arrange, build_curves, build_frame, choose_neurons
from ann_viz.scene.curves import controls
from ann_viz.scene.scales import EMPTY, bias_share, tint_share
from ann_viz.session.exports.markup import FONT, Markup, element
from ann_viz.session.exports.subject import Subject
from ann_viz.tokens import THEMES, Tokens, mixed

__all__ = ["network_svg"]

WIDTH: Final = 774.0
HEIGHT: Final = 541.0
TOP: Final = 34.0
ANSWER_ROOM: Final = 150.0
LETTER: Final = 0.56
"""Width of a letter in heights of its font, about: nothing measures text here."""


def network_svg(
    subject: Subject, x: NDArray[np.floating], tokens: Tokens = THEMES["light"], *, ground: bool = True
) -> Markup:
    """Return the drawing.

    Parameters
    ----------
    subject : Subject
    x : ndarray, shape (n_inputs,)
        What the circles answer to.
    tokens : Tokens
    ground : bool
        Whether it has the colour of the canvas behind it; without it, it is for white paper.
    """
    model = subject.model
    network, config = model.shown, model.shown.config
    values = tuple(A[0] for A in network.activations(np.asarray(x, np.float32)[None, :]).A)
    shown, _ = choose_neurons(values, likeliest=True)
    groups = [(g.start, g.stop) for g in model.encoder.groups] if len(shown[0]) == len(values[0]) else []
    height = max(HEIGHT, min(860.0, 30 + 20.0 * len(shown[0])))
    layout = arrange([len(c) for c in shown], WIDTH, height, groups, output_margin=ANSWER_ROOM, top=TOP)
    names = [*(layer.activation for layer in config.hidden), OUTPUTS[config.task].name]
    numbers = NetworkNumbers(weights=tuple(network.W), biases=tuple(network.b), values=values).only(shown)
    frame = build_frame(build_curves(layout), numbers, names)
    neurons = wording.neuron_names(model, config)
    return element(
        "svg",
        *([element("rect", width=layout.width, height=layout.height, fill=tokens.canvas)] if ground else []),
        *_lines(frame, tokens),
        *_circles(frame, tokens),
        *_labels(layout, [neurons[0][place] for place in shown[0]], tokens),
        *_answers(layout, [neurons[-1][place] for place in shown[-1]], values[-1][shown[-1]], config.task, tokens),
        xmlns="http://www.w3.org/2000/svg",
        viewBox=f"0 0 {layout.width:g} {layout.height:g}",
        font_family=FONT,
        role="img",
    )


def _lines(frame: Frame, tokens: Tokens) -> Iterator[Markup]:
    """Yield one path per pen, weakest first."""
    lines, curves = frame.lines, build_curves(frame.layout)
    n_pieces = len(lines.pieces) // max(1, len(lines.connections))
    for bucket in lines.buckets:
        chosen = lines.connections[bucket.start // n_pieces : bucket.stop // n_pieces]
        parts = []
        for gap, (start, stop) in enumerate(curves.gaps):
            local = chosen[(chosen >= start) & (chosen < stop)] - start
            for (x0, y0), (x1, y1), (x2, y2), (x3, y3) in controls(frame.layout, gap, local).tolist():
                parts.append(f"M{x0:.1f} {y0:.1f}C{x1:.1f} {y1:.1f} {x2:.1f} {y2:.1f} {x3:.1f} {y3:.1f}")
        colour = tokens.negative if bucket.negative else tokens.positive
        yield element(
            "path", d="".join(parts), fill="none", stroke=mixed(tokens.canvas, colour, bucket.opacity),
            stroke_width=bucket.width,
        )  # fmt: skip


def _circles(frame: Frame, tokens: Tokens) -> Iterator[Markup]:
    layout = frame.layout
    for column, (x, radius) in enumerate(zip(layout.x, layout.radius, strict=True)):
        rows = zip(layout.y[column].tolist(), frame.values[column].tolist(), frame.strengths[column], strict=True)
        for place, (y, value, strength) in enumerate(rows):
            empty, sign = abs(value) < EMPTY, tokens.negative if value < 0 else tokens.positive
            fill = tokens.node_base if empty else mixed(
                tokens.node_base, sign, tint_share(float(strength), dark=tokens.dark)
            )  # fmt: skip
            edge = tokens.border_strong if empty else sign
            yield element("circle", cx=x, cy=y, r=radius + 2.5, fill=tokens.canvas)
            yield element("circle", cx=x, cy=y, r=radius, fill=fill, stroke=edge, stroke_width=1.5)
            if radius < 11:
                continue
            size = 9 if column == 0 or radius < 14 else 12
            ink = tokens.muted if empty else tokens.ink_light if strength > 0.8 else tokens.ink_dark
            text = narrow(value, 1 if column == 0 or radius < 17 else 2)
            yield _text(text, x, y + size * 0.36, ink, size, anchor="middle", weight=600)
            if column:
                bias = float(frame.biases[column - 1][place])
                side = radius * 0.72
                push = mixed(tokens.canvas, tokens.negative if bias < 0 else tokens.positive, bias_share(bias))
                corner = {"x": x - side - 4.5, "y": y + side - 4.5}
                yield element("rect", **corner, width=9, height=9, rx=2, fill=push, stroke=tokens.canvas)


def _labels(layout: Layout, names: Sequence[str], tokens: Tokens) -> Iterator[Markup]:
    rows, right = layout.y[0], layout.x[0] - layout.radius[0] - 9
    pitch = float(rows[1] - rows[0]) if len(rows) > 1 else 20.0
    every = max(1, int(np.ceil(14 / pitch)))
    for y, name in list(zip(rows.tolist(), names, strict=True))[::every]:
        yield _text(_cut(name, right - 8), right, y + 4.3, tokens.text, 12, anchor="end")


def _answers(
    layout: Layout, names: Sequence[str], values: NDArray[np.floating], task: Task, tokens: Tokens
) -> Iterator[Markup]:
    left = layout.x[-1] + layout.radius[-1] + 10
    best = int(np.argmax(values))
    rows = zip(layout.y[-1].tolist(), names, values.tolist(), strict=True)
    for place, (y, name, value) in enumerate(rows):
        text = name if task == "regression" else f"{_cut(name, layout.width - left - 50)} {percent(value)}"
        yield _text(text, left, y + 4.3, tokens.text, 12, weight=600 if place == best else 400)


def _cut(text: str, room: float) -> str:
    most = max(2, int(room / (12 * LETTER)))
    return text if len(text) <= most else text[: most - 1] + "…"


def _text(text: str, x: float, y: float, colour: str, size: int, *, anchor: str = "start", weight: int = 400) -> Markup:
    return element(
        "text", text, x=x, y=y, fill=colour, font_size=size, text_anchor=anchor, font_weight=weight
    )  # fmt: skip
