"""The menu *Explain*: the five steps, and how they are told."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from ann_viz.explain import load_texts
from ann_viz.translation import translatable
from ann_viz.ui.window.menus.command import LOADED, Command, Rows

__all__ = ["EXPLAIN"]


def _steps() -> Iterator[Command]:
    """Yield a command for each of the five steps, called as in the panel."""
    for number, step in enumerate(load_texts(), start=1):
        yield Command(
            id=f"explain_{number}", text=f"{number} {step.title['plain']}", tip=step.tip, menu="Explain",
            shortcut=f"{number}", states=LOADED,
        )  # fmt: skip


EXPLAIN: Final[Rows] = (
    _steps,
    Command(
        id="toggle_voice", text=translatable("Plain words or technical terms"),
        tip=translatable("Change how everything is told"), menu="Explain", shortcut="T", section=True,
    ),
    Command(
        id="follow_path", text=translatable("Chain rule along a path"),
        tip=translatable("From the selected input to an answer, factor by factor; again for the next"), menu="Explain",
        shortcut="Ctrl+J", icon="split", states=LOADED,
    ),
)  # fmt: skip
