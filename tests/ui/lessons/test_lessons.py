"""Every lesson can be completed by a reader who does what it says, in the real window."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QDoubleSpinBox, QLabel

from ann_viz.explain.lesson import QUESTIONS, LessonStep
from ann_viz.explain.lesson_file import own_lessons
from ann_viz.session import RunState, Speed

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from ann_viz.ui.lessons.course import Course
    from ann_viz.ui.window.main_window import MainWindow

LEFT = Qt.MouseButton.LeftButton
QUICKLY = 500.0  # steps per second


def place_of(connection: int, sizes: list[int]) -> tuple[int, int, int]:
    """Gap, source and target of a connection by its number."""
    for gap, (n_in, n_out) in enumerate(pairwise(sizes)):
        if connection < n_in * n_out:
            return gap, *divmod(connection, n_out)
        connection -= n_in * n_out
    raise AssertionError("no such connection")


class Reader:
    """Does what a step asks, with mouse and keys only."""

    def __init__(self, window: MainWindow, qtbot: QtBot) -> None:
        self.window = window
        self.qtbot = qtbot

    @property
    def course(self) -> Course:
        return self.window.school.course

    def do(self, step: LessonStep) -> None:
        """Do it, and wait until the window has seen it."""
        QApplication.processEvents()  # the step has been laid out before a reader sees it
        if not self.course.met:
            getattr(self, f"_{step.expect}")(step)
            self.qtbot.waitUntil(lambda: self.course.met)

    def go_on(self) -> None:
        self.qtbot.mouseClick(self.course.panel.next, LEFT)

    def _key(self, key: Qt.Key) -> None:
        self.window.activateWindow()  # the offscreen platform forgets it when a popup closes
        self.qtbot.waitUntil(self.window.isActiveWindow)
        self.window.canvas_card.canvas.setFocus()
        self.qtbot.keyClick(self.window.canvas_card.canvas, key)

    def _answered(self, step: LessonStep) -> None:
        self.qtbot.mouseClick(self.course.panel.choices[step.right], LEFT)

    def _row_changed(self, _step: LessonStep) -> None:
        self._key(Qt.Key.Key_BracketRight)

    def _wrong_row(self, _step: LessonStep) -> None:
        self._key(Qt.Key.Key_W)

    def _told(self, step: LessonStep) -> None:
        self._key(Qt.Key[f"Key_{step.value}"])

    def _voice_changed(self, _step: LessonStep) -> None:
        self._key(Qt.Key.Key_T)

    def _selected(self, step: LessonStep) -> None:
        canvas, layout = self.window.canvas_card.canvas, self.window.canvas_card.canvas.frame.layout
        if step.value == "connection":
            drawn = canvas.frame.lines  # what is not drawn can't be clicked, such as a gradient that is not there yet
            gap, source, target = place_of(int(drawn.connections[-1]), [len(a) for a in canvas.frame.values])
            x, y = canvas.stage.arrangement.curves.middle(gap, source, target)
        elif step.value == "category":
            groups = self.window.bridge.document.dataset.encoder.groups
            x, y = layout.x[0], layout.y[0][next(group.start for group in groups if group.stop - group.start > 1)]
        else:
            column = 0 if step.value == "input" else 1
            x, y = layout.x[column], layout.y[column][1]
        self.qtbot.mouseClick(canvas, LEFT, pos=QPoint(round(x), round(y)))

    def _lines(self, step: LessonStep) -> None:
        self.qtbot.mouseClick(self.window.canvas_card.example_bar.modes.button(step.value), LEFT)

    def _weight_raised(self, step: LessonStep) -> None:
        self._turn(step.value)

    def _weight_below_first(self, _step: LessonStep) -> None:
        self._turn(-2.0)

    def _turn(self, by: float) -> None:
        """Type another weight for the line in hand."""
        self._key(Qt.Key.Key_Return)
        editor = QApplication.activePopupWidget()
        box = editor.findChild(QDoubleSpinBox)
        box.setValue(box.value() + by)
        editor.close()
        self.qtbot.waitUntil(lambda: QApplication.activePopupWidget() is None)

    def _phase(self, _step: LessonStep) -> None:
        for _ in range(8):
            if not self.course.met:
                self._key(Qt.Key.Key_P)

    def _steps(self, step: LessonStep) -> None:
        for _ in range(step.value):
            if step.highlight == "slopeStep":
                self.qtbot.mouseClick(self.window.pages.slope.step, LEFT)
            else:
                self._key(Qt.Key.Key_B)

    def _descended(self, step: LessonStep) -> None:
        for _ in range(step.value):
            self.qtbot.mouseClick(self.window.pages.slope.step, LEFT)

    def _row_trained(self, _step: LessonStep) -> None:
        self.window.actions_by_id["train_on_row"].trigger()

    def _looked_back(self, _step: LessonStep) -> None:
        self._key(Qt.Key.Key_Home)

    def _train(self, _step: LessonStep) -> None:
        if self.window.bridge.document.state is not RunState.RUNNING:
            self.qtbot.mouseClick(self.window.toolbar.train_button, LEFT)

    _training = _accuracy = _train

    def _epochs(self, step: LessonStep) -> None:
        """Train, and faster than the lesson's own speed, at which half a minute is to be watched."""
        self.window.bridge.set_speed(Speed("step", QUICKLY))
        self._train(step)

    def _paused(self, _step: LessonStep) -> None:
        self.qtbot.mouseClick(self.window.toolbar.train_button, LEFT)

    def _lands(self, step: LessonStep) -> None:
        self.qtbot.waitUntil(lambda: not self.window.pages.slope.busy)
        key = Qt.Key.Key_PageUp if step.value == "higher" else Qt.Key.Key_PageDown
        for _ in range(8):
            if not self.course.met:
                self.qtbot.keyClick(self.window.pages.slope.rate, key)

    def _compared(self, _step: LessonStep) -> None:
        self.qtbot.mouseClick(self.window.pages.compare.header.train, LEFT)

    def _layers(self, _step: LessonStep) -> None:
        self.window.activateWindow()
        self.qtbot.waitUntil(self.window.isActiveWindow)
        self.qtbot.keyClick(self.window, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)


@pytest.fixture
def reader(window: MainWindow, qtbot: QtBot) -> Callable[[int, int], Reader]:
    """Return a reader in front of a window of some size."""

    def sit_down(width: int, height: int) -> Reader:
        window.resize(width, height)
        QApplication.processEvents()
        return Reader(window, qtbot)

    return sit_down


@pytest.fixture
def as_the_program_runs() -> Iterator[None]:
    """Numbers may overflow without a warning: one lesson breaks networks on purpose."""
    with np.errstate(all="ignore"):
        yield


@pytest.mark.usefixtures("as_the_program_runs")
@pytest.mark.parametrize("voice", ["plain", pytest.param("technical", marks=pytest.mark.slow)])
@pytest.mark.parametrize("number", range(len(QUESTIONS) + 1))
def test_a_lesson_is_completed(reader, qtbot, number: int, voice: str) -> None:
    """Each step is met by doing what it says; no text is cut off or lacks a value; the end closes the panel."""
    student = reader(1440, 900) if voice == "plain" else reader(1100, 700)
    window, lesson = student.window, own_lessons()[number]
    if voice == "technical":
        window.actions_by_id["toggle_voice"].trigger()
    window.actions_by_id["tour" if number == len(QUESTIONS) else f"lesson_{number + 1}"].trigger()
    panel = student.course.panel
    for place, step in enumerate(lesson.steps, start=1):
        assert student.course.number == place
        student.do(step)
        QApplication.processEvents()
        assert panel.next.isEnabled()
        qtbot.waitUntil(lambda: "–" not in panel.text)  # what is measured on a thread comes a moment later
        for text in (panel.text, panel.done_text, *(button.text() for button in panel.choices)):
            assert "–" not in text, text
            assert not re.search(r"[{}]|\bnan\b", text), text
        assert bool(panel.done_text) == (step.done is not None)
        for label in panel.findChildren(QLabel):
            if label.wordWrap():
                assert label.height() >= label.heightForWidth(label.width()), label.text()
        student.go_on()
    assert student.course.lesson is None
    assert panel.isHidden()
