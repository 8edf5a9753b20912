"""Says which curve of a figure is which: its name behind a dot in its colour."""

from __future__ import annotations

from typing import Final

from ann_viz.rich import Rich, joined, rich
from ann_viz.scene.figure import Figure
from ann_viz.ui.kit import theme

__all__ = ["curve_legend"]

NO_BREAK: Final = "\u00a0"


def curve_legend(figure: Figure) -> Rich:
    """Return the names of all curves that have one, in the order they are drawn."""
    tokens = theme.current()
    return joined(
        "   ",
        [
            rich(
                '<span style="color:{colour}">●</span>\u00a0{name}',
                colour=getattr(tokens, line.colour),
                name=line.name.replace(" ", NO_BREAK),
            )
            for line in figure.lines
            if line.name
        ],
    )
