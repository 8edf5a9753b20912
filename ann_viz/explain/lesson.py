"""A lesson: steps that say something, prepare the window, and wait until the reader has done something.

Lessons are files in ``resources/lessons``, read by `lesson_file`; ``resources/docs/lessons.md`` documents them.
"""

from __future__ import annotations

import functools
from dataclasses import dataclass, field
from typing import Any, Final

from ann_viz.explain.texts import Voice, reading

__all__ = ["LINES", "PAGES", "QUESTIONS", "TOUR", "Both", "Lesson", "LessonHead", "LessonStep", "Setup", "lesson_head"]

QUESTIONS: Final = (
    "1_pass_the_input.json",
    "2_become_more_accurate.json",
    "3_update_the_weights.json",
    "4_gradient_descent.json",
    "5_backpropagate.json",
    "6_hidden_layer.json",
    "7_learn_by_heart.json",
    "8_break_it.json",
)
"""The lessons that come with the program, in the order of the menu."""

TOUR: Final = "tour.json"
"""The one that shows what is where."""

LINES: Final = ("weights", "signals", "gradients", "change")
"""What the lines of the picture can show."""

PAGES: Final = ("network", "slope", "compare")
"""What can stand in the middle of the window."""


@dataclass(frozen=True, slots=True)
class Both:
    """A text in both voices; words between ``**`` stand out, ``{names}`` are filled with live values."""

    plain: str
    technical: str

    def text(self, voice: Voice) -> str:
        """Return it in one voice."""
        return self.plain if voice == "plain" else self.technical


@dataclass(frozen=True, slots=True, kw_only=True)
class Setup:
    """What a step prepares when the reader comes to it for the first time; None leaves a thing as it is.

    Parameters
    ----------
    sample : str or None
        File in ``resources/samples`` to open.
    keep_open : bool
        Whether data that are already open stay instead.
    rows : int or None
        So many rows of the sample are used, drawn by chance; all where it is None.
    scaled : bool
        Whether its numbers are brought to one size, as is usual.
    layers : tuple of int or None
        Neurons of the hidden layers.
    activation : str
        Of these layers.
    training : mapping
        Fields of `TrainConfig`.
    seed : int or None
        Of the starting weights.
    reset : bool
        Whether the network goes back to its starting weights.
    row : int or None
        Row that is shown, counted from 1.
    lines : str or None
        One of `LINES`.
    speed : {"phase", "max"} or float or None
        Or so many epochs a second.
    tell : int or None
        Step of the Explain panel, 1 to 5.
    page : str or None
        One of `PAGES`.
    """

    sample: str | None = None
    keep_open: bool = False
    rows: int | None = None
    scaled: bool = True
    layers: tuple[int, ...] | None = None
    activation: str = "relu"
    training: dict[str, Any] = field(default_factory=dict)
    seed: int | None = None
    reset: bool = False
    row: int | None = None
    lines: str | None = None
    speed: str | float | None = None
    tell: int | None = None
    page: str | None = None

    @property
    def changes_work(self) -> bool:
        """Whether data, network or what it has learned become others."""
        opens = self.sample is not None and not self.keep_open
        return opens or self.layers is not None or bool(self.training) or self.seed is not None or self.reset


@dataclass(frozen=True, slots=True, kw_only=True)
class LessonStep:
    """One step of a lesson.

    Parameters
    ----------
    text : Both
        What is said.
    setup : Setup
        What is prepared.
    highlight : str or None
        ``objectName`` of the part of the window that it is about.
    expect : str
        What the reader must do: a name in `lesson_expectations.EXPECTATIONS`.
    value : str, int, float or None
        Which, how many or how much, where the expectation needs it.
    choices : tuple of Both
        Answers to choose from; with ``expect`` "answered".
    right : int
        The right one of them, counted from 0.
    done : Both or None
        What is said then.
    wrong : Both or None
        What is said when the reader has done something of that kind, but not what was asked.
    """

    text: Both
    setup: Setup = Setup()
    highlight: str | None = None
    expect: str = "next"
    value: str | float | None = None
    choices: tuple[Both, ...] = ()
    right: int = 0
    done: Both | None = None
    wrong: Both | None = None


@dataclass(frozen=True, slots=True)
class LessonHead:
    """What a menu says of a lesson."""

    title: str
    tip: str


@functools.cache
def lesson_head(file: str) -> LessonHead:
    """Read what a menu says of one of the program's lessons, a quick look at one of `QUESTIONS` or the `TOUR`.

    Raises
    ------
    DataError
        When the file can't be read.
    """
    with reading("lessons", file) as content:
        return LessonHead(str(content["title"]), str(content["tip"]))


@dataclass(frozen=True, slots=True, kw_only=True)
class Lesson:
    """A lesson.

    Parameters
    ----------
    id : str
        Its name in the program.
    title : str
        A question.
    minutes : int
        How long it takes.
    steps : tuple of Step
        In order.
    """

    id: str
    title: str
    minutes: int
    steps: tuple[LessonStep, ...]

    @property
    def opens_sample(self) -> bool:
        """Whether some step puts sample data in the place of what is open."""
        return any(step.setup.sample is not None and not step.setup.keep_open for step in self.steps)

    @property
    def changes_work(self) -> bool:
        """Whether some step replaces data, network or what it has learned."""
        return any(step.setup.changes_work for step in self.steps)

    def page_at(self, place: int) -> str:
        """Return what stands in the middle at a step: what the last step up to it has asked for."""
        asked = [step.setup.page for step in self.steps[: place + 1] if step.setup.page is not None]
        return asked[-1] if asked else "network"
