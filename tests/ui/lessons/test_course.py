"""A lesson in the window: it asks before it takes own work, gives settings back, and costs nothing when closed."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import SIGNAL, QSettings, Qt
from PySide6.QtWidgets import QApplication, QMessageBox, QPushButton, QWidget

from ann_viz.data import build_dataset, open_table, suggest_recipe
from ann_viz.engine import LayerConfig
from ann_viz.explain.lesson import QUESTIONS
from ann_viz.explain.lesson_file import own_lessons
from ann_viz.scene import Connection, Neuron
from ann_viz.session.samples import samples
from ann_viz.session.suggested import suggest_training
from ann_viz.ui.document.rich_text import LinkLabel
from ann_viz.ui.kit import file_dialogs
from ann_viz.ui.lessons import school
from ann_viz.ui.lessons.own_work import LessonQuestion
from ann_viz.ui.lessons.panel import LessonPanel
from ann_viz.ui.lessons.show_me import Ring
from ann_viz.ui.window.action_table import all_commands

LEFT = Qt.MouseButton.LeftButton
BY_FILE = {sample.file: sample for sample in samples()}


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[bool]:
    """Answer the question before a lesson with yes; collect how often it came."""
    times: list[bool] = []
    monkeypatch.setattr(LessonQuestion, "ask", classmethod(lambda *_args, **_kwargs: times.append(True) or True))
    return times


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


def test_without_own_work_nothing_is_asked(window, asked) -> None:
    """On an empty window, on an untouched sample and after another lesson a lesson begins at once."""
    window.school.lesson(3)
    assert window.school.course.lesson.id == "update_the_weights"
    window.school.lesson(6)
    window.school.course.close()
    window.school.lesson(1)
    assert window.school.course.number == 1
    assert asked == []


def test_own_work_is_asked_for_once(window, asked, customers, tmp_path) -> None:
    """A file, or a sample that has learned something; afterwards the way back is offered."""
    window.open_sample(BY_FILE["xor.csv"])
    window.bridge.step("batch")
    window.school.lesson(1)
    assert asked == [True]
    window.school.course.close()
    assert window.messages.text
    assert not any("Open" in button.text() for button in window.messages.findChildren(QPushButton))


def test_own_work_is_asked_for_also_in_the_middle_of_a_lesson(window, asked) -> None:
    """The tour goes round the reader's own network; a lesson that then takes its place asks first."""
    window.open_sample(BY_FILE["xor.csv"])
    window.bridge.step("batch")
    window.school.tour()
    assert asked == []
    window.school.lesson(1)
    assert asked == [True]
    window.school.lesson(2)
    assert asked == [True]


def test_the_learning_rate_stays_as_a_lesson_tells_of_it(window, asked, customers, tmp_path) -> None:
    """Also on the reader's own rows, where it follows layers set by hand before and after the lesson."""
    table = open_table(customers(tmp_path / "mine.csv"))
    dataset = build_dataset(table, suggest_recipe(table, "Exited"))
    bridge = window.bridge
    bridge.open_dataset(dataset, suggest_training(dataset))
    window.school.tour()
    assert bridge.document.dataset is dataset
    bridge.edit_hidden((LayerConfig(neurons=12),))
    assert bridge.document.train_config.learning_rate == 0.005
    window.school.close()
    bridge.undo_stack.undo()
    bridge.edit_hidden((LayerConfig(neurons=12),))
    assert bridge.document.train_config.learning_rate == 0.01


def test_what_the_reader_opens_or_does_with_a_lessons_data_is_own_work(window, asked) -> None:
    """Data opened during a lesson, and training after its end, are worth a question; the lesson itself is not."""
    window.school.lesson(3)
    window.bridge.step("batch")
    window.school.lesson(4)
    assert asked == []
    window.school.course.close()
    window.bridge.step("batch")
    window.school.lesson(4)
    assert asked == [True]
    window.open_sample(BY_FILE["iris.csv"])
    window.bridge.step("batch")
    window.school.lesson(5)
    assert asked == [True, True]


def test_no_means_that_nothing_changes(window, monkeypatch) -> None:
    """The reader's data, weights and page stay, and no panel appears."""
    monkeypatch.setattr(LessonQuestion, "ask", classmethod(lambda *_args, **_kwargs: False))
    window.open_sample(BY_FILE["xor.csv"])
    window.bridge.step("batch")
    before = window.bridge.document.snapshot
    window.school.lesson(1)
    assert window.bridge.document.snapshot is before
    assert window.school.course.panel.isHidden()


def test_the_question_offers_to_save_what_was_learned(window, qtbot, monkeypatch) -> None:
    """It names the file, and only a trained network is worth saving."""
    window.open_sample(BY_FILE["xor.csv"])
    untrained = LessonQuestion(window, "xor.csv", trained=False, closes=True)
    trained = LessonQuestion(window, "xor.csv", trained=True, closes=True)
    assert untrained.save is None
    assert trained.save is not None
    assert "xor.csv" in trained.informativeText()
    assert "save the project" in trained.informativeText()
    sample = LessonQuestion(window, "xor.csv", trained=True, closes=True, comes_back=False)
    assert "open it again" in trained.informativeText() and "open it again" not in sample.informativeText()
    changing = LessonQuestion(window, "xor.csv", trained=True, closes=False)
    assert "xor.csv" not in changing.informativeText()
    assert "Ctrl+Z" in changing.informativeText()
    for box in (untrained, trained, sample, changing):
        box.deleteLater()
    answers = iter(("save", "begin"))
    saved = []
    monkeypatch.setattr(window.opener.keeper, "save", lambda: saved.append(True))
    monkeypatch.setattr(QMessageBox, "exec", lambda box: getattr(box, next(answers)).click())
    window.bridge.step("batch")
    assert LessonQuestion.ask(window, window.bridge.document, closes=True)
    assert saved == [True]
    monkeypatch.setattr(QMessageBox, "exec", lambda box: box.cancel.click())
    assert not LessonQuestion.ask(window, window.bridge.document, closes=True)


def test_settings_come_back_with_the_readers_data(window, asked, qtbot) -> None:
    """Layers, hyperparameters and speed are the reader's again with the next data that no lesson opens."""
    window.open_sample(BY_FILE["iris.csv"])
    layers = (LayerConfig(neurons=5, activation="tanh"),)
    window.bridge.set_hidden(layers)
    window.bridge.set_training(learning_rate=0.02)
    window.show_speed(77)
    window.school.lesson(4)
    assert window.bridge.document.train_config.optimizer == "sgd"
    window.school.course.close()
    assert window.bridge.document.train_config.optimizer == "sgd"
    window.open_sample(BY_FILE["iris.csv"])
    qtbot.waitUntil(lambda: window.bridge.document.train_config.learning_rate == 0.02)
    assert window.bridge.document.train_config.optimizer == "adam"
    assert window.bridge.document.network_config.hidden == layers
    assert window.speed_position == 77


@pytest.mark.parametrize("name", ["mine.csv", "mine.annviz"])
def test_own_work_is_offered_again(name, window, asked, customers, tmp_path, qtbot, monkeypatch) -> None:
    """After the lesson a button opens the file that it closed, or the project where its work was saved."""
    from ann_viz.ui.document import saving

    path = customers(tmp_path / "mine.csv")
    table = open_table(path)
    window.bridge.open_dataset(build_dataset(table, suggest_recipe(table, "Exited")))
    monkeypatch.setattr(saving, "ask_where", lambda *_: str(tmp_path / "mine.annviz"))
    if name == "mine.annviz":
        window.save_work()
        qtbot.waitUntil(lambda: window.project_path is not None)
    window.school.lesson(6)
    assert asked == [True]
    opened = []
    monkeypatch.setattr(window.opener, "open_file", opened.append)
    window.school.course.close()
    again = next(button for button in window.messages.findChildren(QPushButton) if name in button.text())
    qtbot.mouseClick(again, LEFT)
    assert opened == [tmp_path / name]


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
    assert window.pages.compare.is_training
    window.close()
    assert not window.pages.compare.is_training


# Not as asked -------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("number", range(1, len(QUESTIONS) + 1))
def test_other_data_in_mid_lesson_are_noticed(window, qtbot, number: int) -> None:
    """The lesson says that it has been left; it can be started again, with its own data, or gone on with here."""
    window.school.lesson(number)
    course, panel = window.school.course, window.school.course.panel
    qtbot.mouseClick(panel.skip if panel.skip.isVisible() else panel.next, LEFT)
    own = window.bridge.document.dataset.name
    other = "iris.csv" if own != "iris.csv" else "xor.csv"
    window.open_sample(next(sample for sample in samples() if sample.file == other))
    assert "You have left the lesson" in panel.text and panel.next.isEnabled() and not panel.skip.isVisible()
    qtbot.mouseClick(panel.next, LEFT)
    assert course.number == 2 and "You have left" not in panel.text
    window.open_sample(next(sample for sample in samples() if sample.file == own))
    assert "You have left the lesson" in panel.text
    qtbot.mouseClick(panel.back, LEFT)
    assert course.number == 1 and "You have left" not in panel.text
    assert window.bridge.document.dataset.name == own
    assert panel.next.text() == "Next" and panel.back.text() == "Back"


def test_another_network_in_mid_lesson_is_noticed(window) -> None:
    """Undo brings the lesson back."""
    window.school.lesson(3)
    panel = window.school.course.panel
    before = panel.text
    window.bridge.set_hidden((LayerConfig(neurons=5),))
    assert "You have left the lesson" in panel.text
    window.bridge.undo_stack.undo()
    assert panel.text == before and not panel.next.isEnabled()


def test_the_wrong_circle_is_told(window, qtbot) -> None:
    """A country is asked for: Age is named and does not count, France does."""
    window.school.lesson(1)
    course, panel = window.school.course, window.school.course.panel
    while course.number < 4:
        qtbot.mouseClick(panel.skip, LEFT)
    names = list(window.bridge.document.dataset.encoder.input_names)
    window.view.select(Neuron(0, names.index("Age")))
    assert not course.met and panel.done_text.startswith("That is Age")
    window.view.select(Neuron(0, next(place for place, name in enumerate(names) if "France" in name)))
    assert course.met and "France" in panel.done_text


def test_another_weight_or_the_same_way_does_not_count(window, qtbot) -> None:
    """The same line is asked for, up by one; then below what it had at first."""
    window.school.lesson(3)
    course, panel = window.school.course, window.school.course.panel
    window.view.select(Connection(0, 0, 0))
    qtbot.mouseClick(panel.next, LEFT)
    weight = float(window.bridge.document.newest.W[0][0, 0])
    window.view.select(Connection(0, 1, 1))
    window.bridge.set_parameter(0, 1, 1, 9.0)
    assert not course.met and "Not that one yet" in panel.done_text
    window.view.select(Connection(0, 0, 0))
    window.bridge.set_parameter(0, 0, 0, weight + 1)
    assert course.met
    qtbot.mouseClick(panel.next, LEFT)
    window.bridge.set_parameter(0, 0, 0, weight + 0.2)
    assert not course.met, "lower than before, but not below what it had at first"
    window.bridge.set_parameter(0, 0, 0, weight - 0.2)
    assert course.met


def test_earlier_steps_keep_their_numbers(window, qtbot) -> None:
    """What was said before training is said again after it, with the numbers of then."""
    window.school.lesson(2)
    course, panel = window.school.course, window.school.course.panel
    qtbot.mouseClick(panel.choices[1], LEFT)
    said, done = panel.text, panel.done_text
    qtbot.mouseClick(panel.next, LEFT)
    window.bridge.step("epoch")
    qtbot.waitUntil(lambda: window.bridge.document.newest.epoch == 1)
    window.bridge.pause()
    qtbot.mouseClick(panel.back, LEFT)
    assert course.number == 1 and (panel.text, panel.done_text) == (said, done)
