"""A lesson in the window: its steps, its words, what it shows, and that it costs nothing when closed."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import SIGNAL, QSettings, Qt
from PySide6.QtWidgets import QApplication, QWidget

from ann_viz.explain.lesson_file import own_lessons
from ann_viz.session.samples import samples
from ann_viz.ui.document.rich_text import LinkLabel
from ann_viz.ui.kit import file_dialogs
from ann_viz.ui.kit.late import LatePage
from ann_viz.ui.lessons import school
from ann_viz.ui.lessons.panel import LessonPanel
from ann_viz.ui.lessons.show_me import Ring
from ann_viz.ui.window.action_table import all_commands

LEFT = Qt.MouseButton.LeftButton
BY_FILE = {sample.file: sample for sample in samples()}


def _own(tmp_path: Path, **step: Any) -> Path:
    both = {"plain": "Plain {file}.", "technical": "Technical."}
    path = tmp_path / "own.json"
    steps = [{"text": both, "done": both, **step}, {"text": both}]
    path.write_text(json.dumps({"id": "own", "title": "Mine?", "minutes": 1, "steps": steps}), encoding="utf-8")
    return path


def said_by(panel: LessonPanel) -> str:
    """Return what a lesson says, with its links and colours."""
    return panel.findChildren(LinkLabel)[0].text()


@pytest.mark.parametrize(("height", "keeps"), [(700, False), (900, True)])
def test_a_low_window_keeps_no_room_free(qtbot, height: int, keeps: bool) -> None:
    """What is said at the end of a step has its two lines from the beginning, unless the picture needs them more."""
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(1100, height)
    panel = LessonPanel(window)
    panel.show_step("What is it?", 1, 2, points=False, choices=("This", "That"))
    panel.show_text("Which?")
    before = panel.sizeHint().height()
    panel.show_done("**This** it is.", met=True)
    assert (panel.sizeHint().height() == before) is keeps


def test_the_menu_asks_the_questions_of_the_files() -> None:
    """The commands are called as the lessons are."""
    texts = {command.id: command.text for command in all_commands()}
    lessons = own_lessons()[:6]
    assert len(lessons) == 6
    for number, lesson in enumerate(lessons, start=1):
        assert texts[f"lesson_{number}"] == lesson.title


def test_back_next_and_skip(window, qtbot) -> None:
    """Next waits for the reader, Skip does not, Back shows what was done as done; the keys do the same."""
    window.school.lesson(1)
    course = window.school.course
    panel = course.panel
    assert not panel.next.isEnabled()
    window.actions_by_id["lesson_next"].trigger()
    assert course.number == 1
    qtbot.mouseClick(panel.skip, LEFT)
    assert course.number == 2
    window.actions_by_id["lesson_back"].trigger()
    assert course.number == 1
    assert not panel.next.isEnabled()
    window.bridge.set_example(5)
    assert panel.next.isEnabled()
    assert "customer 6" in panel.done_text
    window.actions_by_id["lesson_next"].trigger()
    window.actions_by_id["lesson_back"].trigger()
    assert panel.next.isEnabled()
    assert panel.skip.isHidden()


def test_the_voice_changes_every_text(window, qtbot) -> None:
    """T swaps what is said, the answers and what was said at the end."""
    window.school.lesson(2)
    course = window.school.course
    step = course.lesson.steps[0]
    assert course.panel.choices[0].text() == step.choices[0].plain
    qtbot.mouseClick(course.panel.choices[0], LEFT)
    assert course.panel.done_text.startswith("Not quite. ")
    window.actions_by_id["toggle_voice"].trigger()
    assert course.panel.choices[0].text() == step.choices[0].technical
    assert course.panel.text.startswith("Weights are random.")
    assert step.done.technical in course.panel.done_text
    assert not course.panel.choices[1].isEnabled()


def test_a_ring_shows_the_part(window, qtbot) -> None:
    """The part of a step is ringed, and again when asked for."""
    window.school.lesson(1)
    assert window.findChild(Ring) is not None
    for ring in window.findChildren(Ring):
        ring.deleteLater()
    qtbot.waitUntil(lambda: window.findChild(Ring) is None)
    qtbot.mouseClick(window.school.course.panel.show_me, LEFT)
    assert window.findChild(Ring) is not None


def test_a_word_opens_the_glossary(window) -> None:
    """Links in the lesson, in Explain and in the coach's text lead to the word."""
    window.school.lesson(4)
    window.school.course.panel.word_asked.emit("hidden_layer")
    assert window.side_windows.glossary.entry.id == "hidden_layer"
    assert 'href="' in said_by(window.school.course.panel)
    window.explain_panel.word_asked.emit("bias")
    assert window.side_windows.glossary.entry.id == "bias"
    window.watch_panel.coach.word_asked.emit("weight")
    assert window.side_windows.glossary.entry.id == "weight"


def test_a_closed_lesson_listens_to_nothing(window) -> None:
    """After the end no signal reaches the course, so training costs what it cost before."""

    def n_listeners() -> list[int]:
        signals = ("snapshot_changed()", "state_changed()", "example_changed()", "settings_changed()")
        return [window.bridge.receivers(SIGNAL(signal)) for signal in signals]

    course = window.school.course
    for late in window.findChildren(LatePage):  # what it shows listens as well, once it is made
        assert late.page is not None
    before = n_listeners()
    window.school.lesson(1)
    assert all(now > then for now, then in zip(n_listeners(), before, strict=True))
    course.close()
    assert n_listeners() == before
    course.close()
    course.next()
    course.back()
    assert course.step is None


def test_an_own_lesson_is_opened(window, tmp_path, monkeypatch) -> None:
    """A sound file begins, without sample data, on what is open; a broken one says why in a box."""
    window.open_sample(BY_FILE["iris.csv"])
    monkeypatch.setattr(file_dialogs, "ask_file", lambda *_: _own(tmp_path))
    window.actions_by_id["open_lesson"].trigger()
    course = window.school.course
    assert course.lesson.title == "Mine?"
    assert course.panel.text == "Plain iris.csv."
    said = []
    monkeypatch.setattr(school, "show_error", lambda _window, title, error: said.append(f"{title} {error}"))
    window.school.open(_own(tmp_path, expect="fly"))
    assert "step 1" in said[0]
    monkeypatch.setattr(file_dialogs, "ask_file", lambda *_: None)
    window.actions_by_id["open_lesson"].trigger()
    assert course.lesson.title == "Mine?"


def test_a_lesson_without_data_still_speaks(window, tmp_path) -> None:
    """Values that nothing holds are dashes, and opening data meets the step."""
    window.school.open(_own(tmp_path, expect="loaded", highlight="noSuchPart"))
    course = window.school.course
    assert course.panel.text == "Plain –."
    assert not course.met
    course.panel.show_asked.emit()
    window.open_sample(BY_FILE["iris.csv"])
    assert course.met
    assert course.panel.done_text == "Plain iris.csv."


def test_the_tour_is_offered_loudly_only_once(window, qtbot) -> None:
    """The start card begins it; afterwards the settings know."""
    assert window.start_card.tour.property("kind") == "soft"
    qtbot.mouseClick(window.start_card.tour, LEFT)
    assert window.school.course.lesson.id == "tour"
    assert QSettings().value("learn/tour_seen")
    assert [action.objectName() for action in window.start_card.learn.menu().actions()] == [
        f"lesson_{number}" for number in range(1, 9)
    ]


def test_the_theme_may_change_during_a_lesson(window, qapp, qtbot) -> None:
    """Texts and maps are coloured anew."""
    window.school.lesson(4)
    qtbot.waitUntil(lambda: not window.pages.slope.busy)
    before = said_by(window.school.course.panel)
    window.actions_by_id["theme_dark"].trigger()
    QApplication.processEvents()
    assert said_by(window.school.course.panel) != before
    window.actions_by_id["theme_light"].trigger()


def test_the_window_may_close_in_the_middle(window) -> None:
    """A lesson that is open ends with the window, threads and all."""
    window.school.lesson(6)
    window.pages.compare.toggle()
    assert window.pages.compare.twins.busy
    window.close()
    assert not window.pages.compare.twins.busy
