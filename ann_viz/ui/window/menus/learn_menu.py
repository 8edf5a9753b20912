"""The menu *Learn*: lessons and pages to learn from."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from ann_viz.explain.lesson import QUESTIONS, TOUR, lesson_head
from ann_viz.translation import translatable
from ann_viz.ui.window.menus.command import WITH_ROWS, Command, Rows

__all__ = ["LEARN"]


def _lessons() -> Iterator[Command]:
    """Yield a command for every lesson, called as in its file, and the tour."""
    for number, file in enumerate(QUESTIONS, start=1):
        lesson = lesson_head(file)
        yield Command(
            id=f"lesson_{number}", text=lesson.title, tip=lesson.tip, menu="Learn", shortcut=f"Ctrl+H, {number}",
            icon="lightbulb",
        )  # fmt: skip
    tour = lesson_head(TOUR)
    yield Command(
        id="tour", text=tour.title, tip=tour.tip, menu="Learn", shortcut="Ctrl+H, T", icon="sparkles", section=True
    )


LEARN: Final[Rows] = (
    _lessons,
    Command(
        id="open_lesson", text=translatable("Open a lesson…"),
        tip=translatable("A lesson from a file, perhaps your own"), menu="Learn", shortcut="Ctrl+H, O",
        icon="folder-open",
    ),
    Command(
        id="page_slope", text=translatable("Where a step lands"),
        tip=translatable("The slope of the loss under this network"), menu="Learn", shortcut="Ctrl+H, S",
        states=WITH_ROWS, section=True,
    ),
    Command(
        id="page_compare", text=translatable("With and without a hidden layer"),
        tip=translatable("Two networks side by side, on these rows"), menu="Learn", shortcut="Ctrl+H, C",
        states=WITH_ROWS,
    ),
    Command(
        id="lesson_next", text=translatable("Next step of the lesson"),
        tip=translatable("When you have done what it asks"), menu="Learn", shortcut="Alt+Right", section=True,
    ),
    Command(
        id="lesson_back", text=translatable("Previous step of the lesson"), tip=translatable("Read it again"),
        menu="Learn", shortcut="Alt+Left",
    ),
)  # fmt: skip
