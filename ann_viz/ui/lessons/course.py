"""Leads through a lesson: prepares each step, looks whether the reader has done it, and fills the texts with numbers.

It listens only while a lesson is open, and while the network learns it looks four times a second at most.
"""

from __future__ import annotations

import time
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QDockWidget, QWidget

from ann_viz.explain import filled
from ann_viz.explain.lesson import Lesson, LessonStep
from ann_viz.explain.lesson_expectations import has_left, is_met, is_tried
from ann_viz.explain.lesson_state import LessonState
from ann_viz.explain.lesson_values import values_of
from ann_viz.session import RunState
from ann_viz.session.lesson_facts import look, look_quickly
from ann_viz.ui.lessons.own_work import LessonQuestion, OwnWork
from ann_viz.ui.lessons.panel import LessonPanel
from ann_viz.ui.lessons.setup import prepare
from ann_viz.ui.lessons.show_me import can_be_shown, find_part, point_at

if TYPE_CHECKING:
    from ann_viz.ui.document.bridge import Bridge
    from ann_viz.ui.lessons.setup import LessonHost

__all__ = ["Course"]

INTERVAL_S: Final = 0.25


class Course(QObject):
    """One lesson at a time.

    Parameters
    ----------
    bridge : Bridge
        To the document.
    host : LessonHost
        The window in which the lesson takes place, and in whose voice it is told.
    """

    ended = Signal(str, str)
    """Id of the lesson that is over, finished or not, and the reader's file that it closed, or nothing."""

    def __init__(self, bridge: Bridge, host: LessonHost) -> None:
        window = host.window()
        super().__init__(window)
        self._bridge = bridge
        self._host = host
        self.lesson: Lesson | None = None
        self._place = 0
        self._last = 0.0
        self._start = self._now = LessonState()
        self._starts: dict[int, LessonState] = {}
        self._met: set[int] = set()
        self._answers: dict[int, int] = {}
        self._said: dict[int, dict[str, str]] = {}  # the numbers of the steps that were gone on from
        self._left = False
        self._own = OwnWork(bridge, host)
        self.panel = LessonPanel(window)
        self.panel.hide()
        self.panel.next_asked.connect(self.next)
        self.panel.back_asked.connect(self.back)
        self.panel.show_asked.connect(self._show_part)
        self.panel.close_asked.connect(self.close)
        self.panel.answered.connect(self._on_answered)
        host.view.voice_changed.connect(self._on_voice_changed)

    # What the reader does -------------------------------------------------------------------------------------------
    @property
    def step(self) -> LessonStep | None:
        """The step on show."""
        return None if self.lesson is None else self.lesson.steps[self._place]

    @property
    def number(self) -> int:
        """Which step that is, from 1."""
        return self._place + 1

    @property
    def met(self) -> bool:
        """Whether the reader has done what it asks."""
        return self._place in self._met

    @property
    def is_preparing(self) -> bool:
        """Whether a step is being set up: data that are opened are the lesson's."""
        return self._own.preparing

    def start(self, lesson: Lesson) -> bool:
        """Begin a lesson, if the reader agrees to what it changes; another one ends."""
        at_stake = self._own.at_stake(in_lesson=self.lesson is not None)
        if lesson.changes_work and at_stake:
            closes = lesson.opens_sample
            if not LessonQuestion.ask(self._host, self._bridge.document, closes=closes):
                return False
        self._own.remember(lesson, at_stake=at_stake)
        if self.lesson is None:
            self._listen(on=True)
            self._bridge.in_lesson = True
        self._place = 0
        self.lesson = lesson
        self._starts.clear()
        self._met.clear()
        self._answers.clear()
        self._said.clear()
        self._go_to(0)
        self.panel.show()
        return True

    def next(self) -> None:
        """Go to the next step, done or skipped; behind the last one the lesson ends."""
        if self.lesson is None:
            return
        if self._left:
            self._go_on_here()
        elif self._place + 1 == len(self.lesson.steps):
            self.close()
        else:
            if self.met:
                self._said.setdefault(self._place, values_of(self._start, self._now))
            self._go_to(self._place + 1)

    def _go_on_here(self) -> None:
        """Take data and network as they are now for those of the step."""
        self._start = self._starts[self._place] = self._state()
        self._show_step()
        self._look()

    def start_again(self) -> None:
        """Begin the lesson anew, with its own data and network."""
        if self.lesson is not None:
            self._starts.clear()
            self._met.clear()
            self._answers.clear()
            self._said.clear()
            self._go_to(0)

    def back(self) -> None:
        """Read the step before again."""
        if self._left:
            self.start_again()
        elif self.lesson is not None and self._place:
            self._go_to(self._place - 1)

    def close(self) -> None:
        """End the lesson; what it has opened stays until the reader opens something else."""
        if self.lesson is None:
            return
        lesson, self.lesson = self.lesson, None
        self._listen(on=False)
        self._bridge.in_lesson = False
        self.panel.hide()
        self._host.pages.show("network")
        self.ended.emit(lesson.id, self._own.leave())

    def _on_voice_changed(self) -> None:
        if self.lesson is not None:
            self._show_step()
            self._look()

    # Steps ----------------------------------------------------------------------------------------------------------
    def _go_to(self, place: int) -> None:
        if self.lesson is None:
            return
        self._place = place
        step = self.lesson.steps[place]
        first_time = place not in self._starts
        page = self.lesson.page_at(place)
        if first_time:
            self._own.preparing = True  # what the setup changes is not the reader's doing
            if place == 0 or step.expect == "selected":
                self._host.view.select(None)
            prepare(step.setup, self._bridge, self._host)
            self._host.pages.show(page)
            self._own.preparing = False
            self._now = self._state()
            self._starts[place] = self._now
        self._host.pages.show(page)
        self._start = self._starts[place]
        self._show_step()
        self._look()
        target = self._part()
        if target is not None and _is_at_hand(target):
            point_at(target)

    def _show_step(self) -> None:
        step = self.step
        if self.lesson is None or step is None:
            return
        values = self._values()
        self.panel.show_step(
            self.lesson.title,
            self.number,
            len(self.lesson.steps),
            points=step.highlight is not None,
            choices=tuple(filled(choice.text(self._host.view.voice), values) for choice in step.choices),
        )
        if self._place in self._answers:
            self.panel.show_answer(self._answers[self._place])

    def _values(self) -> dict[str, str]:
        """The numbers of now; of a step that was gone on from, those it was left with."""
        return self._said.get(self._place) or values_of(self._start, self._now)

    def _part(self) -> QWidget | None:
        """The part of the window that the step is about, if it can be seen."""
        name = None if self.step is None else self.step.highlight
        target = None if name is None else find_part(self._host.window(), name)
        return target if target is not None and can_be_shown(target) else None

    def _show_part(self) -> None:
        target = self._part()
        if target is not None:
            point_at(target)

    def _on_answered(self, place: int) -> None:
        self._answers[self._place] = place
        self.panel.show_answer(place)
        self._look()

    # Looking --------------------------------------------------------------------------------------------------------
    def _listen(self, *, on: bool) -> None:
        bridge, view = self._bridge, self._host.view
        for signal in (
            bridge.snapshot_changed,
            bridge.state_changed,
            bridge.example_changed,
            bridge.settings_changed,
            view.selection_changed,
            view.mode_changed,
            view.told_changed,
            self._host.pages.changed,
        ):
            if on:
                signal.connect(self._on_changed)
            else:
                signal.disconnect(self._on_changed)

    def _on_changed(self) -> None:
        now = time.monotonic()
        running = self._bridge.document.state is RunState.RUNNING
        if self._own.preparing or (running and (self.met or now - self._last < INTERVAL_S)):
            return
        self._last = now
        self._look(anew=not running)

    def _look(self, *, anew: bool = True) -> None:
        """See whether the step is done, and say it with the numbers of now.

        Parameters
        ----------
        anew : bool
            Whether the texts are filled anew although nothing was achieved: not while the network learns.
        """
        step = self.step
        if step is None:
            return
        self._now = self._state()
        was_left = self._left
        self._left = self._place not in self._said and has_left(step, self._start, self._now)
        if self._left:
            self.panel.show_left()
            return
        if was_left:
            self._show_step()
        if is_met(step, self._start, self._now) and not self.met:
            self._met.add(self._place)
            anew = True
        if anew:
            values, voice = self._values(), self._host.view.voice
            self.panel.show_text(filled(step.text.text(voice), values))
            if self.met:
                done = "" if step.done is None else filled(step.done.text(voice), values)
                self.panel.show_done(self._judged(step, done), met=True)
            else:
                tried = step.wrong is not None and is_tried(step, self._start, self._now)
                said = filled(step.wrong.text(voice), values) if tried and step.wrong is not None else ""
                self.panel.show_done(said, met=False)

    def _judged(self, step: LessonStep, done: str) -> str:
        """Say first whether the chosen answer is the right one."""
        if not step.choices or not done:
            return done
        right = self._answers.get(self._place) == step.right
        verdict = self.tr("Yes.") if right else self.tr("Not quite.")
        return f"{verdict} {done}"

    def _state(self) -> LessonState:
        document, view = self._bridge.document, self._host.view
        quickly = document.state is RunState.RUNNING and bool(self._now.file)
        looked_at = view.selection, view.told, view.mode
        now = look_quickly(document, self._now, *looked_at) if quickly else look(document, *looked_at)
        answer = self._answers.get(self._place)
        return replace(now, voice=view.voice, answer=answer, **self._host.pages.facts())


def _is_at_hand(part: QWidget) -> bool:
    """Return whether `part` is seen, or would be after another tab is chosen: a closed dock is left closed."""
    if part.isVisible():
        return True
    dock: QWidget | None = part
    while dock is not None and not isinstance(dock, QDockWidget):
        dock = dock.parentWidget()
    return dock is not None and dock.isVisible()
