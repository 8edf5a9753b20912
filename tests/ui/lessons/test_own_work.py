"""A lesson asks before it takes own work, and gives settings and files back when it is closed."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox, QPushButton

from ann_viz.data import build_dataset, open_table, suggest_recipe
from ann_viz.engine import LayerConfig
from ann_viz.session.samples import samples
from ann_viz.session.suggested import suggest_training
from ann_viz.ui.lessons.own_work import LessonQuestion

LEFT = Qt.MouseButton.LeftButton
BY_FILE = {sample.file: sample for sample in samples()}


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[bool]:
    """Answer the question before a lesson with yes; collect how often it came."""
    times: list[bool] = []
    monkeypatch.setattr(LessonQuestion, "ask", classmethod(lambda *_args, **_kwargs: times.append(True) or True))
    return times


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
    changing = LessonQuestion(window, "xor.csv", trained=True, closes=False)
    assert "xor.csv" not in changing.informativeText()
    assert "Ctrl+Z" in changing.informativeText()
    for box in (untrained, trained, changing):
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


def test_an_own_file_is_offered_again(window, asked, customers, tmp_path, qtbot, monkeypatch) -> None:
    """After the lesson a button opens the file that it closed."""
    from ann_viz.data import build_dataset, open_table, suggest_recipe

    path = customers(tmp_path / "mine.csv")
    table = open_table(path)
    window.bridge.open_dataset(build_dataset(table, suggest_recipe(table, "Exited")))
    window.school.lesson(6)
    assert asked == [True]
    opened = []
    monkeypatch.setattr(window.opener, "open_file", opened.append)
    window.school.course.close()
    again = next(button for button in window.messages.findChildren(QPushButton) if "mine.csv" in button.text())
    qtbot.mouseClick(again, LEFT)
    assert opened == [path]
