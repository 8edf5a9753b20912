"""Two runs side by side, and a twin trained in step: what is shown, asked for and kept."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from ann_viz.engine import LayerConfig
from ann_viz.scene import Neuron
from ann_viz.session import RunState
from ann_viz.session.best_epoch import best_of
from ann_viz.session.samples import samples
from ann_viz.session.twin import Change
from ann_viz.ui.comparing.compare_page import ComparePage
from ann_viz.ui.comparing.twin_popover import TwinPopover
from ann_viz.ui.window.main_window import MainWindow

EPOCHS = 4


def learn(window: MainWindow, qtbot: QtBot) -> int:
    """Train to the end and return the run's number."""
    window.bridge.train()
    qtbot.waitUntil(lambda: window.bridge.document.state is RunState.FINISHED)
    return window.bridge.document.run_numbers[0]


@pytest.fixture
def two(window: MainWindow, qtbot: QtBot) -> tuple[MainWindow, int, int]:
    """The window with iris, learned twice: the second time with a penalty."""
    window.open_sample(next(sample for sample in samples() if sample.file == "iris.csv"))
    window.bridge.set_training(epochs=EPOCHS)
    first = learn(window, qtbot)
    window.bridge.set_training(l2=0.01)
    window.bridge.reset()
    return window, first, learn(window, qtbot)


def compared(window: MainWindow, qtbot: QtBot) -> ComparePage:
    """Return the page once it says what it found."""
    page = window.pages.compare
    qtbot.waitUntil(lambda: page.findings.found is not None)
    return page


def test_the_key_compares_with_the_best_other_run(two, qtbot: QtBot) -> None:
    """Both at their best epoch, on one scale, with the setting that differs; Explain makes room, Esc gives it back."""
    window, first, second = two
    window.actions_by_id["compare"].trigger()
    page = compared(window, qtbot)
    assert page.numbers == (second, first) and window.stack.currentWidget() is page
    assert not window.explain_dock.isVisible() and window.watch_dock.isVisible()
    assert [(each.name, each.one, each.other) for each in page.findings.found.differences] == [("L2", "0.01", "0")]
    frames = [side.scene.frame for side in page.pair.sides.values()]
    assert frames[0].reference == frames[1].reference == page.pair.reference
    best = window.bridge.document.find_run(first).snapshot.best_epoch
    assert page.pair.sides["B"].heading.startswith(f"First run epoch {best} loss")
    assert "luck is not ruled out" in page.findings.sentence.words
    QTest.keyClick(page, Qt.Key.Key_Escape)
    assert window.stack.currentWidget() is window.canvas_card and window.explain_dock.isVisible()


def test_the_tree_marks_what_is_compared(two, qtbot: QtBot) -> None:
    """Ctrl+click in the tree compares; A and B stand there, and go when the page is left."""
    window, first, second = two
    window.actions_by_id["show_runs"].trigger()
    runs = window.left_side.runs
    box = runs.tree.box_of(first)
    QTest.mouseClick(runs.tree.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.ControlModifier, box.center())
    assert window.pages.compare.numbers == (second, first)
    assert runs.letters == {second: "A", first: "B"}
    window.pages.show("network")
    assert runs.letters == {}


def test_pointing_and_selecting_is_mirrored(two, qtbot: QtBot) -> None:
    """The same neuron is ringed and selected on both sides."""
    window, first, second = two
    window.comparing.compare(second, first)
    page = compared(window, qtbot)
    page.pair.sides["A"].hovered.emit(Neuron(1, 2))
    assert [side.hover for side in page.pair.sides.values()] == [Neuron(1, 2)] * 2
    page.pair.sides["B"].clicked.emit(Neuron(1, 2))
    assert all(side.scene.frame.faded for side in page.pair.sides.values())
    page.pair.sides["A"].clicked.emit(Neuron(1, 2))
    assert page.pair.selection is None


def test_difference_needs_networks_of_one_size(two, qtbot: QtBot) -> None:
    """Otherwise its button says why not."""
    window, first, second = two
    window.comparing.compare(second, first)
    page = compared(window, qtbot)
    assert page.header.modes.button("difference").isEnabled()
    page.choose_mode("difference")
    numbers = page.pair.sides["B"].scene.frame.line_numbers
    a, b = (window.bridge.document.find_run(number) for number in (second, first))
    weights = [best_of(run).model().W[0][0, 0] for run in (a, b)]
    assert numbers[0] == pytest.approx(weights[0] - weights[1])
    window.bridge.set_hidden((LayerConfig(neurons=3),))
    third = learn(window, qtbot)
    page.show_runs(third, first)
    assert not page.header.modes.button("difference").isEnabled() and page.pair.mode == "weights"


def test_sides_are_swapped_and_chosen(two, qtbot: QtBot) -> None:
    """A run that is chosen where the other one is changes places with it."""
    window, first, second = two
    window.comparing.compare(second, first)
    page = compared(window, qtbot)
    page.header.swap.click()
    assert page.numbers == (first, second)
    page.show_side(second, "A")
    assert page.numbers == (second, first)
    assert page.header.boxes["A"].currentText() == "L2 0.01"


def test_seeds_are_trained_on_request(two, qtbot: QtBot) -> None:
    """The button of the verdict trains them in the background; then there are means, and the card counts them."""
    window, first, second = two
    window.actions_by_id["show_runs"].trigger()
    window.comparing.compare(second, first)
    page = compared(window, qtbot)
    assert page.findings.more.text() == "Try 5 seeds"
    page.findings.more.click()
    qtbot.waitUntil(lambda: page.findings.found.n_seeds == 5)
    assert all(row.means for row in page.findings.found.metrics)
    assert window.left_side.runs.card.facts[2][1].text() == f"{EPOCHS} epochs · 5 seeds"


def test_one_run_is_not_compared(window: MainWindow, qtbot: QtBot) -> None:
    """The page says how there can be two, and offers a twin."""
    window.open_sample(next(sample for sample in samples() if sample.file == "iris.csv"))
    window.actions_by_id["compare"].trigger()
    page = window.pages.compare
    assert page.promise.isVisible() and not page.pair.isVisible() and page.header.twin.isVisible()


def test_a_twin_is_trained_in_step_and_kept(two, qtbot: QtBot) -> None:
    """Both pictures show the same epoch; in the end it is a run called by what was changed, and both are compared."""
    window, first, _ = two
    page = window.pages.show_comparison()
    page.begin_twin(first, Change({}, {"l2": 0.1}))
    assert page.header.train.isVisible() and page.header.train.text() == "Train both"
    epochs = []
    page.changed.connect(lambda: epochs.append(page.facts()["compared"]))
    page.train_twin(steady=False)
    qtbot.waitUntil(lambda: page.twin is None)
    kept = window.bridge.document.find_run(page.numbers[1])
    assert window.bridge.document.run_name(kept) == "L2 0.1" and epochs[-1] == EPOCHS
    assert compared(window, qtbot).numbers == (first, kept.number)
    window.bridge.undo_stack.undo()
    assert kept.number not in [run.number for run in window.bridge.document.runs]


def test_a_twin_stands_still_when_asked_or_left(two, qtbot: QtBot) -> None:
    """And goes on from there."""
    window = two[0]
    window.bridge.set_training(epochs=500)
    window.bridge.reset()
    page = window.pages.show_comparison()
    page.begin_twin(window.bridge.document.run_numbers[0], Change({}, {"l2": 0.1}))
    page.header.train.click()
    qtbot.waitUntil(lambda: page.facts()["compared"] >= 1)
    page.header.train.click()
    qtbot.waitUntil(lambda: not page.is_training)
    epoch = page.facts()["compared"]
    page.header.train.click()
    qtbot.waitUntil(lambda: page.facts()["compared"] > epoch)
    window.pages.show("network")
    qtbot.waitUntil(lambda: not page.is_training)
    assert page.twin is not None


def test_the_form_makes_the_twin_that_was_asked_for(two, qtbot: QtBot) -> None:
    """A value that is the run's own already, or none at all, is refused with a sentence."""
    window, first, _ = two
    run = window.bridge.document.find_run(first)
    form = TwinPopover(run, "First run", window)
    asked = []
    form.asked.connect(lambda *values: asked.append(values))
    form.open_below(window)
    form.what.setCurrentIndex(form.what.findData("layers"))
    form.field.setText("6, x")
    form.go.click()
    assert "Write the neurons" in form.problem and asked == []
    form.field.setText("6, 6")
    form.go.click()
    assert "has this already" in form.problem
    form.field.setText("5")
    form.seeds.setValue(3)
    form.steady.setChecked(False)
    form.go.click()
    (change, seeds, steady) = asked[0]
    assert [layer.neurons for layer in change.network["hidden"]] == [5] and (seeds, steady) == (3, False)
