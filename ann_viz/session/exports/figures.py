"""Small SVG figures of a report: the curve of the loss, and bars beside names."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np

from ann_viz.engine import HistoryView
from ann_viz.numerals import format_number
from ann_viz.scene.loss_curves import tick_texts, ticks, visible_range
from ann_viz.session.exports.markup import FONT, Markup, element
from ann_viz.tokens import THEMES, Tokens
from ann_viz.translation import translate

__all__ = ["bars_svg", "curve_svg"]

CURVE: Final = (420.0, 200.0)
LEFT, RIGHT, TOP, BOTTOM = 46.0, 110.0, 10.0, 26.0
BAR_PITCH: Final = 20.0
BAR_WIDTH: Final = 420.0
NAME_WIDTH: Final = 190.0
LONGEST_NAME: Final = 28


def curve_svg(history: HistoryView, epoch: int | None, tokens: Tokens = THEMES["light"]) -> Markup:
    """Return the losses over the epochs, with a line at the epoch whose weights are told of."""
    width, height = CURVE
    curves = [(history.train_loss, tokens.train, translate("rows it learns"))]
    if history.is_validated:
        curves.append((history.validation_loss, tokens.validation, translate("rows kept aside")))
    low, high = visible_range(tuple(losses for losses, _, _ in curves))
    last = max(1.0, float(history.epoch[-1]))

    def x(value: float) -> float:
        return LEFT + (width - LEFT - RIGHT) * value / last

    def y(loss: float) -> float:
        return TOP + (height - TOP - BOTTOM) * (1 - (min(max(loss, low), high) - low) / (high - low))

    parts: list[Markup] = []
    heights = ticks(low, high, 5)
    for value, text in zip(heights, tick_texts(heights), strict=True):
        parts.append(element("line", x1=LEFT, x2=width - RIGHT, y1=y(value), y2=y(value), stroke=tokens.border))
        parts.append(_text(text, LEFT - 7, y(value) + 4, tokens.muted, "end"))
    for value in ticks(0, last, 6, whole=True):
        parts.append(_text(format_number(value, ",.0f"), x(value), height - 6, tokens.muted, "middle"))
    if epoch is not None:
        ends_of_line = {"x1": x(epoch), "x2": x(epoch), "y1": TOP, "y2": height - BOTTOM}
        parts.append(element("line", **ends_of_line, stroke=tokens.accent, stroke_dasharray="3 3"))
    ends = [y(float(np.nan_to_num(losses[-1], nan=high))) for losses, _, _ in curves]
    apart = 7.0 if len(ends) > 1 and abs(ends[0] - ends[1]) < 14 else 0.0
    for place, (losses, colour, name) in enumerate(curves):
        points = " ".join(f"{x(e):.1f},{y(v):.1f}" for e, v in zip(history.epoch, losses, strict=True) if v == v)
        parts.append(element("polyline", points=points, fill="none", stroke=colour, stroke_width=2))
        shift = apart if ends[place] == max(ends) else -apart
        parts.append(_text(name, width - RIGHT + 8, ends[place] + 4 + shift, colour, weight=600))
    return _drawing(width, height, parts)


def bars_svg(rows: Sequence[tuple[str, float, str]], tokens: Tokens = THEMES["light"]) -> Markup:
    """Return a bar for each name, its length a share of 0 to 1, with a text behind it."""
    room = BAR_WIDTH - NAME_WIDTH - 70
    parts: list[Markup] = []
    for place, (name, share, text) in enumerate(rows):
        y = BAR_PITCH * place
        shown = name if len(name) <= LONGEST_NAME else name[: LONGEST_NAME - 1] + "…"
        parts.append(_text(shown, NAME_WIDTH - 10, y + 14, tokens.text, "end"))
        parts.append(
            element("rect", x=NAME_WIDTH, y=y + 5, width=max(1.0, room * share), height=10, rx=2, fill=tokens.fill)
        )
        parts.append(_text(text, NAME_WIDTH + room * max(share, 0.0) + 8, y + 14, tokens.muted))
    return _drawing(BAR_WIDTH, BAR_PITCH * len(rows) + 4, parts)


def _drawing(width: float, height: float, parts: Sequence[Markup]) -> Markup:
    box = f"0 0 {width:g} {height:g}"
    return element("svg", *parts, xmlns="http://www.w3.org/2000/svg", viewBox=box, font_family=FONT, role="img")


def _text(text: str, x: float, y: float, colour: str, anchor: str = "start", *, weight: int = 400) -> Markup:
    return element("text", text, x=x, y=y, fill=colour, font_size=11, text_anchor=anchor, font_weight=weight)
