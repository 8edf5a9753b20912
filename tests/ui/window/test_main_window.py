"""The whole window with real data: open, train, pause, step, reset, close; the numbers drawn are the engine's."""

from __future__ import annotations

import sys
import threading
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QMimeData, QObject, QPointF, Qt, QUrl, Signal
from PySide6.QtGui import QDropEvent, QImage
from PySide6.QtWidgets import QApplication, QLabel, QMessageBox

from ann_viz.app import first_window
from ann_viz.numerals import format_number
from ann_viz.session import RunState, Speed
from ann_viz.session.samples import samples
from ann_viz.ui.document.saving import picture_of
from ann_viz.ui.kit import theme
from ann_viz.ui.window.gc_guard import GcGuard
from ann_viz.ui.window.main_window import MainWindow


def open_sample(window: MainWindow, file: str) -> None:
    window.open_sample(next(sample for sample in samples() if sample.file == file))


def test_the_first_launch_shows_the_start_card(window) -> None:
    """Without data the centre is the start card and Train is off."""
    assert window.start_card.isVisible()
    assert not window.canvas_card.isVisible()
    assert not window.toolbar.train_button.isEnabled()


def test_the_window_of_the_program_is_dressed(qtbot) -> None:
    """The first window is made without a stylesheet, and has it when it is shown."""
    made = first_window()
    try:
        assert "QFrame" in QApplication.instance().styleSheet()
        assert made.start_card.isVisibleTo(made)
    finally:
        made.close()
        made.deleteLater()


def test_training_runs_pauses_and_the_numbers_move(window, qtbot) -> None:
    """Train → epochs pass and the loss falls; Pause → everything stands still."""
    open_sample(window, "xor.csv")
    document = window.bridge.document
    assert document.state is RunState.READY
    window.bridge.set_speed(Speed())
    window.bridge.set_training(epochs=0)  # or it could be over before the second click, which would train on
    qtbot.mouseClick(window.toolbar.train_button, Qt.MouseButton.LeftButton)
    assert window.toolbar.train_button.text().strip() == "Pause"
    qtbot.waitUntil(lambda: document.snapshot.epoch >= 5)
    qtbot.mouseClick(window.toolbar.train_button, Qt.MouseButton.LeftButton)
    assert document.state is RunState.PAUSED
    history = document.snapshot.history
    assert history.train_loss[-1] < history.train_loss[0]
    assert window.toolbar.metrics.train_loss.text() == f"{document.snapshot.scores.train_loss:.3f}"
    assert window.toolbar.metrics.epoch.text() == format_number(document.snapshot.epoch)


def test_the_output_can_be_recomputed_by_hand_from_what_is_drawn(window, qtbot) -> None:
    """A pupil with pen and paper gets the drawn output from the drawn inputs, weights and biases."""
    open_sample(window, "bank_customers.csv")
    window.bridge.step("batch")
    window.bridge.set_example(17)
    frame = window.canvas_card.canvas.frame
    snapshot = window.bridge.document.snapshot
    assert frame is not None
    a = frame.values[0].astype(float)
    for layer, (W, b) in enumerate(zip(snapshot.W, snapshot.b, strict=True)):
        z = a @ W.astype(float) + b.astype(float)
        a = np.maximum(z, 0.0) if layer < len(snapshot.W) - 1 else 1 / (1 + np.exp(-z))
        np.testing.assert_allclose(frame.values[layer + 1], a, rtol=1e-4, atol=1e-5)
        np.testing.assert_array_equal(frame.biases[layer], b)


def test_stepping_and_reset_from_the_keyboard(window, qtbot) -> None:
    """B does one batch, E one epoch, Ctrl+R returns to the same starting weights."""
    open_sample(window, "xor.csv")
    document = window.bridge.document
    start = document.snapshot.params.copy()
    window.canvas_card.canvas.setFocus()
    qtbot.keyClick(window.canvas_card.canvas, Qt.Key.Key_B)
    assert document.snapshot.step == 1
    assert not np.array_equal(document.snapshot.params, start)
    qtbot.keyClick(window.canvas_card.canvas, Qt.Key.Key_E)
    qtbot.waitUntil(lambda: document.state is not RunState.RUNNING)
    assert document.snapshot.epoch == 1
    qtbot.keyClick(window.canvas_card.canvas, Qt.Key.Key_R, Qt.KeyboardModifier.ControlModifier)
    assert document.snapshot.step == 0
    np.testing.assert_array_equal(document.snapshot.params, start)


def test_space_on_a_button_presses_the_button(window, qtbot) -> None:
    """Space trains only while no button has the focus."""
    open_sample(window, "xor.csv")
    window.bridge.set_speed(Speed(kind="step", per_second=1.0))
    step = window.toolbar.step_button
    step.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    step.setFocus()
    qtbot.keyClick(step, Qt.Key.Key_Space)
    assert window.bridge.document.state is not RunState.RUNNING
    assert window.bridge.document.snapshot.step == 1


def test_a_view_control_changes_nothing_in_the_experiment(window) -> None:
    """Another example, another theme: weights, history and state stay."""
    open_sample(window, "xor.csv")
    document = window.bridge.document
    window.bridge.step("batch")
    before = (document.snapshot.params.copy(), len(document.snapshot.history), document.state)
    window.bridge.set_example(5)
    window.toolbar.hold_training(held=True)  # as a sweep does
    window.appearance.choose_theme("dark")
    assert theme.current().dark and not window.toolbar.train_button.isEnabled()
    window.appearance.choose_theme("light")
    np.testing.assert_array_equal(document.snapshot.params, before[0])
    assert (len(document.snapshot.history), document.state) == before[1:]


def test_a_file_that_is_no_table_leaves_what_is_open(window, tmp_path, monkeypatch) -> None:
    """A refused file changes nothing."""
    open_sample(window, "xor.csv")
    dataset = window.bridge.document.dataset
    monkeypatch.setattr("ann_viz.ui.importing.dialog.ImportDialog.ask", lambda parent, path, _: None)
    window.open_file(tmp_path / "nothing.csv")
    assert window.bridge.document.dataset is dataset


def test_a_dropped_file_is_opened(window, tmp_path, monkeypatch) -> None:
    """Dropping one local file asks the import dialog for it."""
    asked: list[Path] = []
    monkeypatch.setattr("ann_viz.ui.importing.dialog.ImportDialog.ask", lambda parent, path, _: asked.append(path))
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(tmp_path / "my table.csv"))])
    drop = QDropEvent(
        QPointF(10, 10), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    )
    window.dropEvent(drop)
    assert asked == [tmp_path / "my table.csv"]


def test_a_loss_that_explodes_is_said_and_the_weights_stay_finite(window, qtbot) -> None:
    """Divergence ends in a sentence on screen, on the last finite weights."""
    open_sample(window, "house_prices.csv")
    window.bridge.set_training(optimizer="sgd", learning_rate=100.0)
    window.bridge.set_speed(Speed())
    window.bridge.train()
    qtbot.waitUntil(lambda: window.bridge.document.state is RunState.FAILED)
    assert np.isfinite(window.bridge.document.snapshot.params).all()
    box = window.findChild(QMessageBox, "errorBox")
    assert box is not None and "loss" in box.informativeText().lower()
    box.close()


class Counter(QObject):
    counted = Signal(int)


class Broken(QObject):
    happened = Signal()

    def fail(self) -> None:
        raise RuntimeError("a fault of the program")


def test_a_fault_in_a_slot_is_reported_not_swallowed(
    request: pytest.FixtureRequest, qtbot, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An exception in a slot opens a copyable report."""
    told = []  # in the place of pytest-qt's hook, which would fail the test
    monkeypatch.setattr(sys, "excepthook", lambda *fault: told.append(fault[0]))
    window = request.getfixturevalue("window")
    broken = Broken()
    broken.happened.connect(broken.fail)
    broken.happened.emit()
    qtbot.waitUntil(lambda: window.findChild(QMessageBox, "reportBox") is not None)
    assert told == [RuntimeError]
    box = window.findChild(QMessageBox, "reportBox")
    assert "a fault of the program" in box.detailedText()
    box.close()


def test_the_collector_runs_on_the_window_thread_only(qapp) -> None:
    """While the guard stands, Python's automatic collection is off; afterwards it is back."""
    import gc

    assert gc.isenabled()
    guard = GcGuard()
    assert not gc.isenabled()
    guard.stop()
    assert gc.isenabled()


@pytest.mark.parametrize("times", [3, pytest.param(15, marks=pytest.mark.slow)])
def test_closing_while_training_leaves_nothing(qtbot, times: int) -> None:
    """No thread, no warning, no crash, however often the window is closed in mid-run."""
    sample = next(sample for sample in samples() if sample.file == "xor.csv")
    before = threading.active_count()
    for _ in range(times):
        window = first_window()
        window.show()
        window.open_sample(sample)
        window.bridge.set_speed(Speed())
        window.bridge.train()
        QApplication.processEvents()
        assert window.bridge.document.state in (RunState.RUNNING, RunState.FINISHED)
        window.close()
        qtbot.waitUntil(lambda: threading.active_count() == before)  # a decomposition under way ends by itself
        window.deleteLater()
        QApplication.sendPostedEvents(None, 52)  # DeferredDelete: the window is gone before the next one comes


@pytest.mark.parametrize("name", ["light", "dark"])
def test_the_picture_shows_lines_in_both_colours(window, name) -> None:
    """An exported picture is not empty: positive and negative weights are there in their own colours."""
    window.appearance.choose_theme(name)
    open_sample(window, "bank_customers.csv")
    image = picture_of(window.canvas_card, 1.0)
    tokens = theme.current()
    image = image.convertToFormat(QImage.Format.Format_RGB888)
    rows = np.frombuffer(image.constBits(), np.uint8)
    pixels = rows.reshape(image.height(), -1)[:, : 3 * image.width()].reshape(image.height(), -1, 3).astype(int)
    inside = pixels[150:-60, 220:-130]  # between the columns' names and the answer
    spread = inside[..., 2] - inside[..., 0]  # how much bluer than red
    assert (spread > 60).sum() > 450 and (spread < -60).sum() > 450
    window.appearance.choose_theme("light")
    assert tokens.dark is (name == "dark")


def test_twenty_thousand_calls_that_return_none_survive(qtbot) -> None:
    """PySide6 6.12.0 on Python 3.11 aborts here; the version in use must not."""
    label = QLabel()
    qtbot.addWidget(label)
    sender = Counter()
    seen: list[int] = []
    sender.counted.connect(seen.append)
    for index in range(20_000):
        label.setText(str(index))
        sender.counted.emit(index)
    assert label.text() == "19999" and len(seen) == 20_000


def test_f1_opens_one_glossary_that_follows_the_voice(window, qtbot) -> None:
    """Asked for twice there is one; it closes with the window and can be opened anew."""
    window.actions_by_id["glossary"].trigger()
    first = window.side_windows.glossary
    window.actions_by_id["glossary"].trigger()
    assert window.side_windows.glossary is first and first.isVisible()
    window.actions_by_id["toggle_voice"].trigger()
    first.close()
    qtbot.waitUntil(lambda: window.side_windows.glossary is None)
