"""What the legend says of the lines: what they are, how thick they get, and what their thickness is not."""

from __future__ import annotations

from typing import Final

from ann_viz.numerals import MINUS, count, format_number
from ann_viz.scene import Frame, LineMode
from ann_viz.translation import translatable, translate
from ann_viz.ui.canvas.legend_scale import beyond_text, scale_text

__all__ = ["about_lines", "line_caption", "line_title"]

_TITLES: Final[dict[LineMode, str]] = {
    "weights": translatable("Line = weight"),
    "signals": translatable("Line = signal"),
    "gradients": translatable("Line = gradient"),
    "change": translatable("Line = change"),
}

_CAPTIONS: Final[dict[LineMode, str]] = {
    "weights": translatable("thicker is larger"),
    "signals": translatable("weight × activation"),
    "gradients": translatable("of the last batch"),
    "change": translatable("since the last epoch"),
}

_NOT_IMPORTANCE: Final = (
    translatable("A thick line is a large weight, not an important column."),
    translatable("How large it must be depends on the column's scale: numbers enter in spreads, categories as 0 or 1."),
    translatable("What it brings must get through all that follows: neurons may be silent, weigh little or cancel it."),
)


def line_title(mode: LineMode, drawn: str) -> str:
    """Return what a line stands for, and of which network it is where `drawn` says so."""
    return f"{translate(_TITLES[mode])} · {drawn}" if drawn else translate(_TITLES[mode])


def line_caption(frame: Frame, *, dashed: bool) -> str:
    """Return what stands below the title: how many lines are drawn where not all are, else what they show.

    Parameters
    ----------
    dashed : bool
        Negative lines are dashed.
    """
    lines = frame.lines
    if lines.n_drawn < lines.n_total:
        return translate("{drawn} of {lines}: {share} % of the whole").format(
            drawn=format_number(lines.n_drawn),
            lines=count(lines.n_total, "line"),
            share=format_number(lines.share * 100, ".0f"),
        )
    if not frame.line_numbers.any():
        return translate("none yet")
    if frame.mode == "weights" and dashed:
        return translate("thicker is larger, dashed is negative")
    return translate(_CAPTIONS[frame.mode])


def about_lines(frame: Frame) -> str:
    """Return what there is to know of the thickness: its scale, what is beyond it, and what it does not mean."""
    scale = translate("Full thickness from {minus}{end} and +{end} on, the same for all lines.")
    parts = [scale.format(minus=MINUS, end=scale_text(frame.reference))]
    if frame.beyond.n:
        furthest = max(frame.beyond.low, frame.beyond.high, key=abs)
        beyond = translate("Beyond it, and no thicker: {lines}, up to {number}.")
        parts.append(beyond.format(lines=count(frame.beyond.n, "line"), number=beyond_text(furthest, frame.reference)))
    if frame.mode == "weights":
        parts += map(translate, _NOT_IMPORTANCE)
    return "\n".join(parts)
