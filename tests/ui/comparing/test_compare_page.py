"""Two runs side by side, and a twin trained in step: what is shown, asked for and kept."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from ann_viz.engine import LayerConfig
from ann_viz.resources import resource
from ann_viz.scene import Neuron
from ann_viz.session import RunState
from ann_viz.session.best_epoch import best_of
from ann_viz.session.headless import open_dataset
from ann_viz.session.trying.tried_row import row_of_table
from ann_viz.session.twin import Change
from ann_viz.ui.comparing.compare_page import ComparePage
from ann_viz.ui.comparing.twin_popover import TwinPopover
from ann_viz.ui.document.bridge import Bridge
from ann_viz.ui.kit.pale import LEFT
from ann_viz.ui.window.main_window import MainWindow

EPOCHS = 4


def learn(bridge: Bridge, qtbot: QtBot) -> int:
    """Train to the end and return the run's number."""
    bridge.train()
    qtbot.waitUntil(lambda: bridge.document.state is RunState.FINISHED)
    return bridge.document.run_numbers[0]


def learn_twice(bridge: Bridge, qtbot: QtBot) -> tuple[int, int]:
    """Train the flowers, and again with a penalty."""
    bridge.open_dataset(open_dataset(resource("samples", "iris.csv")))
    bridge.set_training(epochs=EPOCHS)
    first = learn(bridge, qtbot)
    bridge.set_training(l2=0.01)
    bridge.reset()
    return first, learn(bridge, qtbot)


@pytest.fixture
def two(bridge: Bridge, qtbot: QtBot) -> tuple[int, int]:
    """Two runs, by their numbers."""
    return learn_twice(bridge, qtbot)


@pytest.fixture
def page(two: tuple[int, int], bridge: Bridge, qtbot: QtBot) -> Iterator[ComparePage]:
    """The page without a window around it, the second run as A and the first as B."""
    made = ComparePage(bridge)
    made.resize(820, 700)
    with qtbot.waitExposed(made):
        made.show()
    made.show_runs(two[1], two[0])
    qtbot.waitUntil(lambda: made.findings.found is not None)
    yield made
    made.stop()
    made.close()
    made.deleteLater()


def test_the_key_compares_with_the_best_other_run(window: MainWindow, qtbot: QtBot) -> None:
    """Both at their best epoch, on one scale, with the setting that differs; Explain makes room, Esc gives it back."""
    first, second = learn_twice(window.bridge, qtbot)
    window.actions_by_id["compare"].trigger()
    page = window.pages.compare
    assert window.focusWidget() is page, "so that Esc leaves it"
    qtbot.waitUntil(lambda: page.findings.found is not None)
    assert page.numbers == (second, first) and window.stack.currentWidget() is page
    assert not window.explain_dock.isVisible() and window.watch_dock.isVisible()
    assert [(each.name, each.one, each.other) for each in page.findings.found.differences] == [("L2", "0.01", "0")]
    frames = [side.scene.frame for side in page.pair.sides.values()]
    assert frames[0].reference == frames[1].reference == page.pair.reference
    best = window.bridge.document.find_run(first).snapshot.best_epoch
    assert page.pair.sides["B"].heading.startswith(f"First run epoch {best} loss")
    assert "luck is not ruled out" in page.findings.sentence.words
    window.actions_by_id["show_runs"].trigger()
    runs = window.left_side.runs
    assert runs.letters == {second: "A", first: "B"}
    place = runs.tree.box_of(first).center()
    control = Qt.KeyboardModifier.ControlModifier
    window.pages.show("network")
    assert runs.letters == {}
    QTest.mouseClick(runs.tree.viewport(), Qt.MouseButton.LeftButton, control, place)
    assert window.stack.currentWidget() is page
    QTest.keyClick(page, Qt.Key.Key_Escape)
    assert window.stack.currentWidget() is window.picture and window.explain_dock.isVisible()


def test_pointing_and_selecting_is_mirrored(page: ComparePage) -> None:
    """The same neuron is ringed and selected on both sides."""
    page.pair.sides["A"].hovered.emit(Neuron(1, 2))
    assert [side.hover for side in page.pair.sides.values()] == [Neuron(1, 2)] * 2
    page.pair.sides["B"].clicked.emit(Neuron(1, 2))
    assert all(side.scene.frame.faded for side in page.pair.sides.values())
    page.pair.sides["A"].clicked.emit(Neuron(1, 2))
    assert page.pair.selection is None


def test_the_truth_is_that_of_the_row_both_look_at(page: ComparePage, bridge: Bridge) -> None:
    """A row that is tried out has none; both sides follow it, as *Why* does."""
    document, strip = bridge.document, page.strip
    assert strip.truth.text() == "truth: setosa" and strip.truth.isVisible()
    bridge.try_row(row_of_table(document.dataset, 60))
    assert not strip.truth.isVisible() and strip.row.text().startswith("New ")
    for side in page.pair.sides.values():
        assert np.array_equal(side.scene.row.facts.x, document.dataset.X[60]) and side.scene.row.facts.is_made_up
    bridge.try_row(None)
    assert strip.truth.isVisible()
    assert np.array_equal(page.pair.sides["A"].scene.row.facts.x, document.dataset.X[document.example])


def test_difference_needs_networks_of_one_size(page: ComparePage, two, bridge: Bridge, qtbot: QtBot) -> None:
    """Otherwise its button says why not."""
    assert page.header.modes.button("difference").isEnabled()
    page.choose_mode("difference")
    numbers = page.pair.sides["B"].scene.frame.line_numbers
    weights = [best_of(bridge.document.find_run(number)).model().W[0][0, 0] for number in page.numbers]
    assert numbers[0] == pytest.approx(weights[0] - weights[1])
    bridge.set_hidden((LayerConfig(neurons=3),))
    page.show_runs(learn(bridge, qtbot), two[0])
    assert not page.header.modes.button("difference").isEnabled() and page.pair.mode == "weights"


def test_sides_are_swapped_and_chosen(page: ComparePage, two) -> None:
    """A run that is chosen where the other one is changes places with it."""
    first, second = two
    page.header.swap.click()
    assert page.numbers == (first, second)
    page.show_side(second, "A")
    assert page.numbers == (second, first)
    assert page.header.boxes["A"].currentText() == "L2 0.01"


def test_seeds_are_trained_on_request(page: ComparePage, qtbot: QtBot) -> None:
    """The button of the verdict trains them in the background, what it said is pale meanwhile; then there are means."""
    assert page.findings.more.text() == "Try 5 seeds"
    page.findings.more.click()
    assert page.findings.sentence.graphicsEffect().opacity() == LEFT
    qtbot.waitUntil(lambda: page.findings.found.n_seeds == 5)
    assert page.findings.sentence.graphicsEffect() is None
    assert all(row.means for row in page.findings.found.metrics)


def test_one_run_is_not_compared(bridge: Bridge, qtbot: QtBot) -> None:
    """The page says how there can be two, and offers a twin."""
    bridge.open_dataset(open_dataset(resource("samples", "iris.csv")))
    page = ComparePage(bridge)
    qtbot.addWidget(page)
    page.show()
    page.show_best()
    assert page.promise.isVisible() and not page.pair.isVisible() and page.header.twin.isVisible()


def test_a_narrow_page_shows_one_side(page: ComparePage) -> None:
    """With buttons to choose which, and without the dots."""
    page.resize(600, 700)
    assert page.header.sides.isVisible()
    assert [side.isVisible() for side in page.pair.sides.values()] == [True, False]
    page.header.sides.button("B").click()
    assert [side.isVisible() for side in page.pair.sides.values()] == [False, True]


def test_a_twin_is_trained_in_step_and_kept(page: ComparePage, two, bridge: Bridge, qtbot: QtBot) -> None:
    """Both pictures show the same epoch; in the end it is a run called by what was changed, and both are compared."""
    page.begin_twin(two[0], Change({}, {"l2": 0.1}))
    assert page.header.train.isVisible() and page.header.train.text().strip() == "Train both"
    epochs = []
    page.changed.connect(lambda: epochs.append(page.twins.facts()["compared"]))
    page.train_twin(steady=False)
    qtbot.waitUntil(lambda: page.twins.twin is None)
    kept = bridge.document.find_run(page.numbers[1])
    assert bridge.document.run_name(kept) == "L2 0.1" and epochs[-1] == EPOCHS
    assert page.numbers == (two[0], kept.number)
    bridge.undo_stack.undo()
    assert kept.number not in [run.number for run in bridge.document.runs]


def test_a_twin_stands_still_when_asked_or_left(page: ComparePage, bridge: Bridge, qtbot: QtBot) -> None:
    """And goes on from there."""
    bridge.set_training(epochs=500)
    bridge.reset()
    page.begin_twin(bridge.document.run_numbers[0], Change({}, {"l2": 0.1}))
    page.header.train.click()
    qtbot.waitUntil(lambda: page.twins.facts()["compared"] >= 1)
    page.header.train.click()
    qtbot.waitUntil(lambda: not page.twins.busy)
    epoch = page.twins.facts()["compared"]
    page.header.train.click()
    qtbot.waitUntil(lambda: page.twins.facts()["compared"] > epoch)
    page.twins.stop()
    qtbot.waitUntil(lambda: not page.twins.busy)
    row = page.twins.row()
    assert row is not None and (row.name, row.parent) == ("L2 0.1", bridge.document.run_numbers[0])
    assert row.epoch == page.twins.facts()["compared"] and row.is_twin and not row.is_running
    page.twins.forget()
    assert page.twins.row() is None


def test_the_form_makes_the_twin_that_was_asked_for(two, bridge: Bridge, qtbot: QtBot) -> None:
    """A value that is the run's own already, or none at all, is refused with a sentence."""
    over = QWidget()
    qtbot.addWidget(over)
    over.show()
    form = TwinPopover(bridge.document.find_run(two[0]), "First run", over)
    asked = []
    form.asked.connect(lambda *values: asked.append(values))
    form.open_beside(over)
    form.what.setCurrentIndex(form.what.findData("layers"))
    form.field.setText("6, x")
    form.go.click()
    assert "Write the neurons" in form.problem and asked == []
    form.field.setText("6, 6")
    form.go.click()
    assert "has this already" in form.problem
    form.what.setCurrentIndex(form.what.findData("columns"))
    names = bridge.document.dataset.recipe.inputs
    assert [form.field.itemText(place) for place in range(form.field.count())] == list(names)
    assert form.choice.change(bridge.document.find_run(two[0]), form.value()).without == names[-1:]
    form.what.setCurrentIndex(form.what.findData("layers"))
    form.field.setText("5")
    form.seeds.setValue(3)
    form.steady.setChecked(False)
    form.go.click()
    (change, seeds, steady) = asked[0]
    assert [layer.neurons for layer in change.network["hidden"]] == [5] and (seeds, steady) == (3, False)
