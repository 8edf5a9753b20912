"""Travelling through a run: one moment for the whole window, by mouse, keys and replay, and on from there."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from pytestqt.qtbot import QtBot

from ann_viz.engine import Network
from ann_viz.errors import ConfigError
from ann_viz.session import Moment, RunState
from ann_viz.session.samples import samples
from ann_viz.ui.kit import theme
from ann_viz.ui.kit.labels import RichLabel
from ann_viz.ui.window.main_window import MainWindow

EPOCHS = 6


@pytest.fixture
def trained(window: MainWindow, qtbot: QtBot) -> MainWindow:
    """The window with iris, trained for six epochs and standing still."""
    window.open_sample(next(sample for sample in samples() if sample.file == "iris.csv"))
    window.resize(1440, 900)
    with qtbot.waitExposed(window):
        window.show()
    window.bridge.set_training(epochs=EPOCHS)
    window.bridge.train()
    qtbot.waitUntil(lambda: window.bridge.document.state is RunState.FINISHED)
    return window


def epoch(window: MainWindow) -> int:
    assert window.bridge.document.snapshot is not None
    return window.bridge.document.snapshot.epoch


def press(window: MainWindow, qtbot: QtBot, at: float) -> None:
    """Press and release on the track where an epoch stands."""
    track = window.time_bar.track
    qtbot.mouseClick(track, Qt.MouseButton.LeftButton, pos=QPoint(round(track.x_of(at)), track.height() // 2))


def test_a_press_on_the_track_shows_that_epoch_everywhere(trained: MainWindow, qtbot: QtBot) -> None:
    """Toolbar, chart, canvas, table, banner and card speak of epoch 2 of 6, and the coach, who speaks of now, goes."""
    press(trained, qtbot, 2)
    assert epoch(trained) == 2 and trained.bridge.document.newest.epoch == EPOCHS
    metrics = trained.toolbar.metrics
    history = trained.bridge.document.snapshot.history
    assert (metrics.epoch.text(), metrics.epoch.shown) == ("2", "2 of 6") and metrics.samples.text() == "–"
    assert metrics.validation_loss.text() == f"{history.validation_loss[2]:.3f}"
    banner = trained.canvas_card.look_banner
    assert banner.isVisible() and banner.words.words == "Looking at epoch 2 of 6"
    watch = trained.watch_panel
    assert watch.since_then.isVisible() and not watch.coach.isVisible()
    assert watch.since_then.summary.text() == "epoch 2 → 6"
    place = banner.geometry()
    press(trained, qtbot, 4)
    assert banner.words.words == "Looking at epoch 4 of 6" and banner.geometry() == place, (
        "it does not move with numbers"
    )
    press(trained, qtbot, EPOCHS)
    assert epoch(trained) == EPOCHS and not trained.canvas_card.look_banner.isVisible()
    assert watch.coach.isVisible() and not watch.since_then.isVisible()


def test_the_banner_is_whole_and_covers_no_caption(trained: MainWindow, qtbot: QtBot) -> None:
    """In the usual sizes of the window, and in another theme; the chart names the best epoch briefly beside it.

    In a low window what has changed since then stands where it needs no scrolling to.
    """
    press(trained, qtbot, 2)
    banner, watch = trained.canvas_card.look_banner, trained.watch_panel

    def is_told_first() -> bool:
        return watch.since_then.mapTo(watch, QPoint()).y() < watch.results.mapTo(watch, QPoint()).y()

    def is_whole_and_aside() -> bool:
        left, right, middle = trained.canvas.layers.between_headings()
        is_whole = banner.width() == banner.sizeHint().width()
        return is_whole and left < banner.x() < middle < banner.geometry().right() < right

    for size in ((1440, 900), (1366, 768), (1280, 800), (1100, 700)):
        trained.resize(*size)
        trained.appearance.choose_theme("light" if theme.current().dark else "dark")
        qtbot.waitUntil(is_whole_and_aside)
        assert not banner.words.is_cut
        is_low = size[1] < 780 or size[0] < 1280
        qtbot.waitUntil(lambda is_low=is_low: is_told_first() is is_low)
    trained.appearance.choose_theme("light")
    best = trained.bridge.document.newest.best_epoch
    assert watch.charts.page("loss").plot.notes.pill.text() == f"best · {best}"


def test_dragging_goes_through_the_epochs(trained: MainWindow, qtbot: QtBot) -> None:
    """Every epoch under the pointer is shown while the button is held, and none when it is not."""
    track, seen = trained.time_bar.track, []
    trained.bridge.look_changed.connect(lambda: seen.append(epoch(trained)))
    y = track.height() // 2
    qtbot.mousePress(track, Qt.MouseButton.LeftButton, pos=QPoint(round(track.x_of(1)), y))
    for at in (2, 3):
        qtbot.mouseMove(track, QPoint(round(track.x_of(at)), y))
    qtbot.mouseRelease(track, Qt.MouseButton.LeftButton, pos=QPoint(round(track.x_of(3)), y))
    qtbot.mouseMove(track, QPoint(round(track.x_of(5)), y))
    assert seen == [1, 2, 3]


@pytest.mark.parametrize(
    ("command", "start", "end"),
    [
        ("look_back", 4, 3),
        ("look_forward", 4, 5),
        ("look_back_ten", 4, 0),
        ("look_forward_ten", 2, 6),
        ("look_forward", 5, 6),
        ("look_at_now", 1, 6),
    ],
)
def test_commands_step_through_the_epochs(trained: MainWindow, command: str, start: int, end: int) -> None:
    """As far as there are some; the last one is now."""
    trained.time_bar.look_at(start)
    trained.actions_by_id[command].trigger()
    assert epoch(trained) == end
    assert (trained.bridge.document.looking_at is None) == (end == EPOCHS)


def test_keys_of_the_window_look_and_return(trained: MainWindow, qtbot: QtBot) -> None:
    """A comma goes back, Esc and Space return and train nothing, Space pauses a replay, Home only looks at the best."""
    trained.canvas.setFocus()
    qtbot.keyClick(trained.canvas, Qt.Key.Key_Comma)
    assert epoch(trained) == EPOCHS - 1
    qtbot.keyClick(trained.canvas, Qt.Key.Key_Escape)
    assert trained.bridge.document.looking_at is None
    trained.bridge.set_training(epochs=0)  # Train would go on
    trained.actions_by_id["look_play"].trigger()
    qtbot.keyClick(trained.canvas, Qt.Key.Key_Space)
    assert not trained.time_bar.is_playing and trained.bridge.document.looking_at is not None
    qtbot.keyClick(trained.canvas, Qt.Key.Key_Space)
    assert trained.bridge.document.looking_at is None and trained.bridge.document.state is RunState.FINISHED
    before = trained.bridge.document.newest.params.tobytes()
    trained.actions_by_id["look_at_best"].trigger()
    assert epoch(trained) == trained.bridge.document.newest.best_epoch
    assert trained.bridge.document.newest.params.tobytes() == before


def test_the_track_is_a_slider_for_keys(trained: MainWindow, qtbot: QtBot) -> None:
    """Arrows go by one; the number beside it does the same."""
    trained.time_bar.look_at(3)
    qtbot.keyClick(trained.time_bar.track, Qt.Key.Key_Right)
    assert epoch(trained) == 4
    qtbot.keyClick(trained.time_bar.track, Qt.Key.Key_End)
    assert trained.bridge.document.looking_at is None
    trained.time_bar.field.setValue(1)
    assert epoch(trained) == 1


def test_a_replay_runs_to_the_end(trained: MainWindow, qtbot: QtBot) -> None:
    """From the start, epoch by epoch, until it is now; another press stops it where it is."""
    seen: list[int] = []
    trained.bridge.look_changed.connect(lambda: seen.append(epoch(trained)))
    trained.actions_by_id["look_play"].trigger()
    assert trained.time_bar.is_playing
    qtbot.waitUntil(lambda: not trained.time_bar.is_playing)
    assert seen == [0, 1, 2, 3, 4, 5, 6] and trained.bridge.document.looking_at is None
    trained.time_bar.look_at(2)
    trained.time_bar.toggle_play()
    trained.time_bar.toggle_play()
    assert not trained.time_bar.is_playing and epoch(trained) == 2


def test_continuing_keeps_the_run_that_was(trained: MainWindow, qtbot: QtBot) -> None:
    """The banner's button makes a run of its own, and Undo returns to the first."""
    trained.time_bar.look_at(3)
    qtbot.mouseClick(trained.canvas_card.look_banner.on, Qt.MouseButton.LeftButton)
    document = trained.bridge.document
    assert [run.branched_at for run in document.runs] == [None, 3] and epoch(trained) == 3
    assert document.looking_at is None and trained.time_bar.track.maximum() == 3
    trained.actions_by_id["undo"].trigger()
    assert epoch(trained) == EPOCHS


def test_a_change_while_looking_back_asks_what_it_is_about(trained: MainWindow, monkeypatch) -> None:
    """A run of its own from there, the newest weights, or nothing at all; that the first run stays is said once."""
    bridge, track = trained.bridge, trained.time_bar
    answers = iter(["", "now", "here"])
    monkeypatch.setattr("ann_viz.ui.window.run_rooms.ask_where_to_change", lambda *_: next(answers))
    before = bridge.document.snapshot.W[0][0, 0]
    track.look_at(2)
    bridge.set_parameter(0, 0, 0, 5.0)
    assert bridge.document.looking_at is not None and bridge.document.newest.W[0][0, 0] == before
    bridge.set_parameter(0, 0, 0, 5.0)
    assert bridge.document.looking_at is None and bridge.document.newest.W[0][0, 0] == 5.0
    assert len(bridge.document.runs) == 1
    track.look_at(2)
    bridge.set_parameter(0, 0, 0, 4.0)
    assert [run.branched_at for run in bridge.document.runs] == [None, 2]
    assert bridge.document.newest.W[0][0, 0] == 4.0 and epoch(trained) == 2
    assert "“First run” is kept in Runs." in trained.messages.text
    bridge.train()
    assert not trained.messages.isVisible()
    bridge.pause()
    track.look_at(1)
    bridge.continue_from_here()
    assert not trained.messages.isVisible()


def test_another_start_while_looking_back_asks_too(trained: MainWindow, monkeypatch) -> None:
    """From there the weights stay and nothing else; from now it begins afresh; a setting that can't be asks nothing."""
    bridge, document = trained.bridge, trained.bridge.document
    answers, told = iter(["", "here", "now"]), []
    monkeypatch.setattr(
        "ann_viz.ui.window.run_rooms.ask_where_to_change", lambda *asked: told.append(asked[-1]) or next(answers)
    )
    trained.time_bar.look_at(2)
    there, settings = document.snapshot.params, []
    with pytest.raises(ConfigError):
        bridge.set_network(dtype="nonsense")
    bridge.settings_changed.connect(lambda: settings.append(document.network_config.dtype))
    bridge.set_network(dtype="float64")
    assert document.looking_at is not None and settings == ["float32"], "controls show the old one again"
    bridge.set_network(dtype="float64")
    assert np.array_equal(document.newest.params, there) and document.newest.epoch == 0
    assert [run.branched_at for run in document.runs] == [None, 2, None]
    assert document.run_name(document.current_run) == "Float64"
    bridge.undo_stack.undo()
    assert epoch(trained) == 2
    trained.time_bar.look_at(1)
    bridge.set_network(seed=5)
    assert document.looking_at is None and epoch(trained) == 0
    assert np.array_equal(document.newest.params, Network(document.network_config).params)
    assert told == [True] * 3


def test_training_returns_to_now(trained: MainWindow, qtbot: QtBot) -> None:
    """Train while looking back goes on with the newest weights."""
    trained.time_bar.look_at(1)
    trained.bridge.set_training(epochs=0)
    trained.actions_by_id["toggle_training"].trigger()
    assert trained.bridge.document.looking_at is None
    trained.bridge.pause()


def test_differences_are_those_of_the_numbers_as_written(trained: MainWindow) -> None:
    """A pocket calculator finds what stands at the end of each line."""
    trained.time_bar.look_at(1)
    card = trained.watch_panel.since_then
    rows = [labels for labels in card.rows if labels[0].isVisible()]
    assert [labels[0].text() for labels in rows] == [
        "Loss, training", "Loss, validation", "Right answers", "This flower",
    ]  # fmt: skip
    for _, way, difference in rows[:3]:
        then, now = (float(text.replace(",", "")) for text in way.text().split(" → "))
        told = float(difference.text().replace("−", "-").replace("+", ""))
        assert told == pytest.approx(now - then, abs=1e-9)
    document = trained.bridge.document
    document_then, document_now = document.snapshot, document.newest
    n = document_now.n_judged[1]
    assert rows[2][1].text() == f"{round(document_then.judged_metric * n)} → {round(document_now.judged_metric * n)}"


def test_weights_that_were_put_back_stand_where_they_are_from(trained: MainWindow) -> None:
    """After Back to the best epoch the knob is at that epoch, not at the last one."""
    best = trained.bridge.document.newest.best_epoch
    assert trained.time_bar.track.value() == EPOCHS
    trained.bridge.restore_best()
    assert trained.time_bar.track.value() == best == trained.time_bar.field.value()
    trained.time_bar.look_at(0)
    assert trained.watch_panel.since_then.summary.text() == f"epoch 0 → {best}"
    trained.time_bar.return_to_now()
    assert trained.time_bar.track.value() == best


def test_steps_and_replays_begin_at_the_epoch_whose_weights_stand(trained: MainWindow, qtbot: QtBot) -> None:
    """Of a run that went back to its best that one, not the last; and a replay is over when it has shown the last."""
    bridge, bar = trained.bridge, trained.time_bar
    bridge.look_at(Moment(1, 3))
    bridge.continue_from_here()
    bridge.set_training(epochs=5, learning_rate=10.0)  # from now on it gets worse
    bridge.train()
    qtbot.waitUntil(lambda: bridge.document.state is RunState.FINISHED)
    assert bar.track.value() == 3, "its best, whose weights stand"
    trained.actions_by_id["look_at_best"].trigger()
    assert bridge.document.looking_at is None, "these weights stand already"
    trained.actions_by_id["look_back"].trigger()
    assert epoch(trained) == 2
    way = next(label for name, label, _ in trained.watch_panel.since_then.rows if name.text() == "This flower")
    assert way.brief.count("\N{NO-BREAK SPACE}%") == 2 and way.brief in way.text(), "cut, it would be another number"
    bar.return_to_now()
    seen: list[int] = []
    bridge.look_changed.connect(lambda: seen.append(epoch(trained)))
    trained.actions_by_id["look_play"].trigger()
    qtbot.waitUntil(lambda: not bar.is_playing)
    assert seen == [3, 4, 5]


def test_without_epochs_there_is_nothing_to_travel_to(window: MainWindow, qtbot: QtBot) -> None:
    """The track says what it will be for, and commands do nothing."""
    window.actions_by_id["look_back"].trigger()
    window.open_sample(next(sample for sample in samples() if sample.file == "xor.csv"))
    assert window.time_bar.track.is_empty and not window.time_bar.play.isEnabled()
    for command in ("look_back", "look_at_best", "look_play", "continue_from_here"):
        window.actions_by_id[command].trigger()
    assert window.bridge.document.looking_at is None
    window.bridge.step("batch")
    window.bridge.look_at(Moment(window.bridge.document.current_run.number, 0))
    assert window.canvas_card.look_banner.words.words == "Looking at epoch 0 of 0"


def told(window: MainWindow) -> list[object]:
    """Return what the window says and draws of the moment on show, but for where in the run it is."""
    metrics, results = window.toolbar.metrics, window.watch_panel.results
    numbers = metrics.epoch, metrics.train_loss, metrics.validation_loss, metrics.accuracy
    bar, stage, frame = window.canvas_card.example_bar, window.canvas.stage, window.canvas.frame
    assert frame is not None
    formulas = [label.words for label in window.explain_panel.findChildren(RichLabel) if label.isVisible()]
    assert len(formulas) >= 3
    return [
        *(metric.text() for metric in numbers), *(label.words for label in (bar.says, bar.truth, results.headline)),
        results.column.lines, window.canvas_card.legend.toolTip(), formulas, stage.answer,
        frame.reference, frame.line_numbers.tobytes(), *(values.tobytes() for values in frame.values),
    ]  # fmt: skip


def test_what_the_window_said_of_an_epoch_it_says_again(window: MainWindow, qtbot: QtBot) -> None:
    """Forwards and back: numbers, verdict, scores, formulas, legend, and every line and circle to the last bit."""
    window.open_sample(next(sample for sample in samples() if sample.file == "iris.csv"))
    window.resize(1440, 900)
    with qtbot.waitExposed(window):
        window.show()
    bridge, live = window.bridge, []
    for _ in range(EPOCHS):
        bridge.step("epoch")
        qtbot.waitUntil(lambda: bridge.document.state is RunState.PAUSED)
        window.explain(2)
        live.append(told(window))
    run = bridge.document.run_numbers[0]
    for at in (*range(1, EPOCHS), *range(EPOCHS - 1, 0, -2)):
        bridge.look_at(Moment(run, at))
        window.explain(2)
        assert told(window) == live[at - 1]
