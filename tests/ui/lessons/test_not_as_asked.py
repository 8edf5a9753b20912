"""A reader who does something else than a lesson asks for is told so, and finds the way back."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from ann_viz.engine import LayerConfig
from ann_viz.explain.lesson import QUESTIONS
from ann_viz.scene import Connection, Neuron
from ann_viz.session.samples import samples

LEFT = Qt.MouseButton.LeftButton


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
