"""Why: the answer on its scale, what mattered, what if, what would change it, and others from other seeds."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QCheckBox

from ann_viz.resources import resource
from ann_viz.session import RunState
from ann_viz.session.headless import open_dataset
from ann_viz.session.samples import samples
from ann_viz.ui.why.panel import WhyPanel


@pytest.fixture
def ask(window, qtbot):
    """Return a function that opens a sample, trains a little and waits for the reasons."""

    def open_one(file: str, epochs: int = 2, **training: float) -> WhyPanel:
        window.open_sample(next(sample for sample in samples() if sample.file == file))
        window.bridge.set_training(**training)
        for _ in range(epochs):
            window.bridge.step("epoch")
            qtbot.waitUntil(lambda: window.bridge.document.state is not RunState.RUNNING)
        panel = window.right_panel.why
        window.docks.show_why()
        qtbot.waitUntil(lambda: panel.shown is not None)
        return panel

    return open_one


def test_the_answer_and_what_mattered(ask, window, qtbot) -> None:
    """The numbers are the network's own; the average, the parts and the answer are said to screen readers too."""
    panel = ask("iris.csv")
    answer = window.bridge.document.shown_row().answer
    assert panel.answer.number.text() == answer.texts[answer.best]
    assert panel.answer.phrase.text() == answer.names[answer.best] and panel.answer.which.isVisible()
    said = panel.reasons.waterfall.accessibleDescription()
    assert said.startswith("average: ") and answer.texts[answer.best] in said and said.count(";") == 5
    panel.answer.which.setCurrentIndex((answer.best + 1) % 3)
    panel.answer.which.activated.emit((answer.best + 1) % 3)
    other = answer.texts[(answer.best + 1) % 3]
    qtbot.waitUntil(lambda: panel.answer.number.text() == other)


def test_whose_answer_it_is_is_never_cut(ask) -> None:
    """The name may have to be brief; that the average of the weights answers explains why the picture says less."""
    panel = ask("penguins.csv", average_epochs=3.0)
    card = panel.answer
    card.setFixedWidth(240)
    assert card.answering.isVisible() and card.answering.text() == "avg"
    assert not card.answering.is_cut


def test_another_row_has_other_reasons(ask, window, qtbot) -> None:
    """A made-up row as well; an unchanged one is not asked about again."""
    panel = ask("penguins.csv", epochs=1)
    before = panel.shown
    panel.refresh()
    assert panel.shown is before
    window.bridge.set_example(4)
    qtbot.waitUntil(lambda: panel.shown is not before)
    window.docks.show_try()
    qtbot.waitUntil(lambda: panel.shown.question.row == window.bridge.document.tried)
    assert panel.changes.left_alone.text() == "left alone: sex"


def test_a_suggestion_is_tried_and_taken_back(ask, window, qtbot) -> None:
    """The form shows it, and Ctrl+Z brings the row back."""
    panel = ask("iris.csv")
    window.docks.show_try()
    tried = window.bridge.document.tried
    qtbot.waitUntil(lambda: panel.shown.question.row == tried and panel.changes.suggestions[0].isVisible())
    qtbot.mouseClick(panel.changes.suggestions[0].button, Qt.MouseButton.LeftButton)
    changed = window.bridge.document.tried
    assert changed != tried
    assert [each.value for each in window.left_side.trying.fields.values()] == list(changed.values)
    window.bridge.undo_stack.undo()
    assert window.bridge.document.tried == tried


def test_columns_are_left_alone(ask, window, qtbot) -> None:
    """Those that are unticked; with none left it says so."""
    panel = ask("iris.csv")
    panel.changes.change.click()
    boxes = panel.changes.findChildren(QCheckBox)
    assert [box.text() for box in boxes] == list(window.bridge.document.dataset.encoder.input_names)
    for box in boxes:
        box.setChecked(False)
    qtbot.waitUntil(lambda: panel.changes.note.text() == "Every column is left alone.")
    assert len(window.bridge.document.trying.locked) == 4


def test_what_if(ask, window, qtbot) -> None:
    """A row that mattered leads to the curve of its column; Enter does the same as a click."""
    panel = ask("house_prices.csv")
    first = panel.shown.question.summaries[panel.shown.order[0]].name
    waterfall = panel.reasons.waterfall
    qtbot.mouseClick(waterfall, Qt.MouseButton.LeftButton, pos=QPoint(20, 30))
    qtbot.waitUntil(lambda: panel.shown.curve is not None and panel.shown.curve.summary.name == first)
    assert panel.reasons.page == "what_if" and panel.reasons.column.currentText() == first
    assert "Highest at" in panel.reasons.curve_sentence.words
    panel.reasons.show_page("mattered")
    qtbot.keyClick(waterfall, Qt.Key.Key_Down)
    qtbot.keyClick(waterfall, Qt.Key.Key_Return)
    second = panel.shown.question.summaries[panel.shown.order[1]].name
    qtbot.waitUntil(lambda: panel.shown.curve.summary.name == second)
    panel.grab()


def test_others_from_other_seeds(ask, window, qtbot) -> None:
    """Trained once, then they stand beside the answer; while a network learns there are none like it."""
    panel = ask("iris.csv", epochs=1)
    assert "One network only" in panel.answer.sentence.words and panel.answer.more.text() == "Train 4 more seeds"
    qtbot.mouseClick(panel.answer.more, Qt.MouseButton.LeftButton)
    assert panel.answer.bar.isVisible() and panel.answer.more.text() == "Stop training them"
    qtbot.waitUntil(lambda: len(panel.shown.committee) == 5)
    assert panel.answer.sentence.words.startswith("5 seeds: ") and not panel.answer.more.isVisible()
    window.docks.show_try()
    assert window.canvas_card.example_bar.tried.range.text().startswith("± ")
    window.bridge.step("epoch")
    qtbot.waitUntil(lambda: len(panel.shown.committee) == 1)
    window.grab()


def test_in_both_voices(ask, window, qtbot) -> None:
    """Plain words name the columns, technical terms the method."""
    panel = ask("iris.csv")
    assert "most" in panel.reasons.sentence.words
    window.view.speak("technical")
    qtbot.waitUntil(lambda: "Shapley values, exact over all sets of columns" in panel.reasons.sentence.words)
    window.view.speak("plain")


def test_pixels_are_sampled(qtbot, bridge, view) -> None:
    """Of more columns than can be counted out, with the error of what was drawn."""
    bridge.open_dataset(open_dataset(resource("samples", "digits.csv")))
    panel = WhyPanel(bridge, view)
    qtbot.addWidget(panel)
    panel.resize(320, 600)
    panel.show()
    qtbot.waitUntil(lambda: panel.shown is not None)
    assert not panel.shown.contributions.is_exact and panel.shown.errors.max() > 0
    assert "others together" in panel.reasons.waterfall.accessibleDescription()
    panel.grab()
    panel.stop()


def test_beside_the_pinned(ask, window, qtbot) -> None:
    """The answers, and the columns that differ; without a pinned row there is no such card."""
    panel = ask("iris.csv")
    window.docks.show_try()
    form = window.left_side.trying
    qtbot.waitUntil(lambda: panel.shown.question.row == window.bridge.document.tried)
    assert not panel.pinned.isVisible()
    form.pin.click()
    form.fields[2].give(6.0)
    qtbot.waitUntil(panel.pinned.isVisible)
    said = panel.pinned.accessibleDescription()
    assert said.startswith("answer: ") and said.endswith(": 4.34, 6") and said.count(". ") == 1


def test_sums_without_end_have_no_reasons(qtbot, bridge, view) -> None:
    """Weights set too large by hand: said in a sentence, and the reasons come back with the weights."""
    bridge.open_dataset(open_dataset(resource("samples", "iris.csv")))
    panel = WhyPanel(bridge, view)
    qtbot.addWidget(panel)
    panel.show()
    qtbot.waitUntil(panel.answer.isVisible)
    with np.errstate(all="ignore"):
        for layer, row in ((0, 0), (0, 1), (0, 2), (0, 3), (1, 0), (2, 0)):
            bridge.set_parameter(layer, row, 0, 1e30 if layer else -1e30)
            bridge.set_parameter(layer, row, 1, 1e30)
        qtbot.waitUntil(lambda: not panel.shown.is_finite)
        assert not panel.answer.isVisible()
        bridge.reset()
        qtbot.waitUntil(panel.answer.isVisible)
    panel.stop()
