"""The Watch panel's tabs: one chart at a time, each telling what the engine holds; the card of answers below them."""

from __future__ import annotations

import time
from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QTabBar

from ann_viz.data import build_dataset, suggest_recipe
from ann_viz.engine import LayerConfig
from ann_viz.scene.by_layer import LayerGradient, gradients_by_layer, layer_names, weights_by_layer
from ann_viz.session import RunState, Speed
from ann_viz.session.samples import samples
from ann_viz.ui.charts.chart_page import ChartPage
from ann_viz.ui.charts.chart_table import CHARTS
from ann_viz.ui.explaining.coach_card import CoachCard
from ann_viz.ui.explaining.panel import ExplainPanel
from ann_viz.ui.window.main_window import MainWindow

LOSS, SCORE, ANSWERS, COLUMNS, ROWS, INSIDE = range(6)


def open_sample(window: MainWindow, file: str) -> None:
    window.open_sample(next(sample for sample in samples() if file in sample.file))


def train(window: MainWindow, qtbot, epochs: int = 4) -> None:
    bridge = window.bridge
    bridge.set_training(epochs=epochs)
    bridge.set_speed(Speed())
    bridge.train()
    qtbot.waitUntil(lambda: bridge.document.state is RunState.FINISHED)


@pytest.fixture
def iris(window: MainWindow, qtbot) -> MainWindow:
    open_sample(window, "iris")
    train(window, qtbot)
    return window


def test_only_the_chart_in_front_works(iris, qtbot, monkeypatch) -> None:
    """A page behind another is not drawn; turned to, it catches up."""
    charts = iris.watch_panel.charts
    drawn = []
    for page in (charts.page(chart.id) for chart in CHARTS):
        monkeypatch.setattr(page, "redraw", lambda page=page: drawn.append(page.objectName()))
    iris.bridge.turn_offered.emit()
    assert drawn == ["lossChart"]
    charts.tabs.setCurrentIndex(INSIDE)
    iris.bridge.turn_offered.emit()
    assert drawn == ["lossChart", "insidePage", "insidePage"]


def test_tabs_are_walked_with_the_keyboard(iris, qtbot) -> None:
    """Arrow keys turn to the next chart."""
    tabs = iris.watch_panel.charts.tabs
    bar = tabs.findChild(QTabBar)
    bar.setFocus()
    qtbot.keyClick(bar, Qt.Key.Key_Right)
    assert tabs.currentIndex() == SCORE


def test_every_chart_is_a_command(iris) -> None:
    """From the menu or the palette, also when the panel is closed or shows the inspector."""
    charts = iris.watch_panel.charts
    for number, chart in enumerate(CHARTS):
        iris.right_panel.show_inspector()
        iris.watch_dock.hide()
        iris.actions_by_id[f"chart_{chart.id}"].trigger()
        assert charts.isVisible()
        assert charts.tabs.currentIndex() == number


def test_score_is_the_history_of_the_metric(iris, qtbot) -> None:
    """The curve of right answers on validation rows, the line of always guessing, and the scores of now beside it."""
    charts, page = iris.watch_panel.charts, iris.watch_panel.charts.page("score")
    charts.tabs.setCurrentIndex(SCORE)
    qtbot.waitUntil(lambda: page.is_up_to_date)
    history = iris.bridge.document.newest.history
    curve = next(line for line in page.view.figure.lines if "accuracy" in line.name)
    assert curve.y.tolist() == pytest.approx(history.validation_metric.tolist())
    guess = iris.bridge.document.baseline("validation")["accuracy"]
    assert any(line.dashed and line.y[0] == pytest.approx(guess) for line in page.view.figure.lines)
    names = [name for name, _, _ in page.table.lines]
    assert names == ["Accuracy", "Balanced accuracy", "F1, mean of classes", "ROC AUC"]
    assert page.table.lines[0][2] == f"{guess * 100:.1f}\N{NO-BREAK SPACE}%"
    qtbot.waitUntil(lambda: any("no hidden layer" in note.text for note in page.view.figure.notes))


def test_the_matrix_is_counted_by_hand(iris) -> None:
    """Each validation row is sent through the network alone; card and tab show the same counts."""
    panel, document = iris.watch_panel, iris.bridge.document
    names = document.dataset.encoder.class_names
    expected = np.zeros((3, 3), int)
    for row in document.dataset.validation.tolist():
        answer = int(document.network.predict(document.dataset.X[row : row + 1])[0].argmax())
        expected[names.index(document.dataset.raw(row)[-1]), answer] += 1
    assert panel.results.picture.grid.matrix.counts.tolist() == expected.tolist()
    assert panel.results.rows_counted == f"validation · {len(document.dataset.validation)}"
    share = np.trace(expected) / expected.sum()
    assert panel.results.column.lines[0] == (f"{share * 100:.1f}\N{NO-BREAK SPACE}%", "right · accuracy")
    panel.charts.tabs.setCurrentIndex(ANSWERS)
    assert panel.charts.page("answers").picture.grid.matrix.counts.tolist() == expected.tolist()


def test_the_large_matrix_takes_the_place_of_the_card(iris) -> None:
    """The small one says nothing else; with the loss in front it is back."""
    panel = iris.watch_panel
    panel.charts.tabs.setCurrentIndex(ANSWERS)
    assert not panel.results.isVisible()
    panel.charts.tabs.setCurrentIndex(LOSS)
    assert panel.results.picture.isVisible()


def test_clicking_a_cell_shows_such_a_row(iris, qtbot) -> None:
    """The row is a validation row of that class with that answer."""
    document, grid = iris.bridge.document, iris.watch_panel.results.picture.grid
    counts = grid.matrix.counts
    truth, answer = (int(part[0]) for part in np.nonzero(counts))
    qtbot.mouseClick(grid, Qt.MouseButton.LeftButton, pos=grid.cell(truth, answer).center().toPoint())
    assert document.example in document.dataset.validation
    assert int(document.dataset.Y[document.example].argmax()) == truth
    assert int(document.shown_row().values[-1].argmax()) == answer


def train_slowly(bridge) -> None:
    """Let training run without another batch for as long as a test takes."""
    bridge.set_speed(Speed(kind="step", per_second=0.01))
    bridge.train()


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The time, in the one place of a list, which only the test moves on."""
    now = [time.monotonic()]
    monkeypatch.setattr(time, "monotonic", lambda: now[0])
    return now


@pytest.fixture
def learning(iris: MainWindow, clock: list[float]) -> MainWindow:
    """The window while iris is being learned, slowly; everything has just been redrawn."""
    train_slowly(iris.bridge)
    iris.watch_panel.results.redraw_if_seen()
    return iris


def noted(part: ChartPage | CoachCard | ExplainPanel, drawn: list, monkeypatch: pytest.MonkeyPatch) -> None:
    """Note every redraw of a part, and let it happen."""
    method = "redraw" if isinstance(part, ChartPage) else "refresh"
    redraw = getattr(part, method)
    monkeypatch.setattr(part, method, lambda: drawn.append(part) or redraw())


def offer_turns(window: MainWindow) -> None:
    """Give every part the turns of some frames."""
    for _ in range(10):
        window.bridge.offer_turns()


def test_answers_are_counted_at_the_end_of_epochs(learning, clock, monkeypatch) -> None:
    """Within an epoch they wait longer; the next epoch shortens a wait that has begun; a pause ends it."""
    results, document, drawn = learning.watch_panel.results, learning.bridge.document, []
    later = results.findChild(QTimer, options=Qt.FindChildOption.FindDirectChildrenOnly)
    noted(results, drawn, monkeypatch)
    clock[0] += 1.0
    offer_turns(learning)
    assert drawn == []
    clock[0] += 1.1
    offer_turns(learning)
    assert len(drawn) == 1
    clock[0] += 0.1
    offer_turns(learning)
    assert later.isActive() and 1000 < later.interval() <= 2000
    next_epoch = replace(document.snapshot, epoch=document.snapshot.epoch + 1)
    monkeypatch.setattr(type(document), "snapshot", property(lambda _: next_epoch))
    offer_turns(learning)
    assert later.isActive() and later.interval() <= 401
    clock[0] += 0.4
    offer_turns(learning)
    assert len(drawn) == 2
    offer_turns(learning)
    assert later.isActive()
    learning.bridge.pause()
    assert len(drawn) > 2 and not later.isActive()


def test_the_first_redraw_does_not_slow_the_next_ones_down(learning, clock, monkeypatch) -> None:
    """It makes the chart, which takes long; only two slow redraws in a row make the next one wait."""
    page, times = learning.watch_panel.charts.page("loss"), []

    def slow() -> None:
        times.append(clock[0])
        clock[0] += 0.6

    monkeypatch.setattr(page, "redraw", slow)
    clock[0] += 1.0
    offer_turns(learning)
    assert len(times) == 2, "the second came as soon as the first was over"
    clock[0] = times[-1] + 5.9
    offer_turns(learning)
    assert len(times) == 2
    clock[0] = times[-1] + 6.1
    offer_turns(learning)
    assert len(times) > 2


def test_slow_parts_take_turns(learning, clock, monkeypatch) -> None:
    """Coach, Explain and charts are all due, and each frame of training redraws one of them, until none is left."""
    watch, drawn = learning.watch_panel, []
    parts = [learning.explain_panel, *learning.findChildren(CoachCard), watch.charts.page("loss"), watch.results]
    for part in parts:
        noted(part, drawn, monkeypatch)
    clock[0] += 10.0
    for frame in range(len(parts)):
        learning.bridge.offer_turns()
        assert len(drawn) == frame + 1
    assert set(drawn) == set(parts)
    learning.bridge.offer_turns()
    assert len(drawn) == len(parts)
    drawn.clear()
    learning.bridge.pause()
    assert set(drawn) == set(parts), "standing still, everything is exact at once"


def test_many_classes_list_what_is_mixed_up(window, qtbot) -> None:
    """Ten digits: the small matrix has no numbers, the mistakes stand beside it."""
    open_sample(window, "digits")
    train(window, qtbot, epochs=1)
    results = window.watch_panel.results
    counts = results.picture.grid.matrix.counts.copy()
    np.fill_diagonal(counts, 0)
    assert results.mix_ups.isVisible() and not results.column.isVisible()
    assert results.mix_ups.texts[0][1] == str(counts.max())
    assert "right" in results.headline.text()


def test_numbers_are_scattered_instead(window, qtbot) -> None:
    """Regression: dots in the target's units, and how far it is off."""
    open_sample(window, "house")
    train(window, qtbot)
    panel, document = window.watch_panel, window.bridge.document
    tabs = panel.charts.tabs
    rows = document.dataset.validation
    written_down = [float(document.dataset.raw(int(row))[-1]) for row in rows]
    points = panel.results.picture.scatter.points
    assert sorted(points[:, 0]) == pytest.approx(sorted(written_down), rel=1e-4)
    off = np.mean([abs(points[:, 0] - points[:, 1])])
    assert panel.results.column.lines[0] == (f"{off:,.0f}", "typically off by")
    for place in range(len(CHARTS)):
        tabs.setCurrentIndex(place)
        panel.grab()


def test_weights_are_counted_by_layer(iris) -> None:
    """Every weight lies in one bar; the mean size is that of the layer."""
    charts, snapshot = iris.watch_panel.charts, iris.bridge.document.snapshot
    charts.tabs.setCurrentIndex(INSIDE)
    layers, end = weights_by_layer(snapshot)
    assert [int(layer.counts.sum()) for layer in charts.page("inside").weights.view.layers] == [
        W.size for W in snapshot.W
    ]
    assert layers[0].size == pytest.approx(np.abs(snapshot.W[0]).mean())
    assert end >= max(np.abs(W).max() for W in snapshot.W)
    assert layer_names(3) == ("input → hidden 1", "hidden 1 → hidden 2", "hidden 2 → output")
    assert layer_names(1) == ("input → output",)
    assert layer_names(12)[8:11] == ("hidden 8 → hidden 9", "hidden 9 → 10", "hidden 10 → 11")


def test_gradients_are_those_of_the_last_batch(iris) -> None:
    """The bars are mean |∂L/∂w|; the scale never shrinks during a run."""
    charts, snapshot = iris.watch_panel.charts, iris.bridge.document.snapshot
    charts.tabs.setCurrentIndex(INSIDE)
    charts.page("inside").show_view("gradients")
    sizes = [layer.size for layer in charts.page("inside").gradients.view.layers]
    assert sizes == pytest.approx([np.abs(dW).mean() for dW in snapshot.dW])
    low, high = charts.page("inside").gradients.view.powers
    assert 10.0**low <= min(sizes) and max(sizes) <= 10.0**high
    charts.page("inside").gradients.view.show_layers(tuple(LayerGradient("", 1e-9) for _ in sizes))
    assert charts.page("inside").gradients.view.powers == (-9, high)
    charts.page("inside").gradients.view.grab()


def test_without_a_batch_there_are_no_gradients(window) -> None:
    """The page says what it waits for, with and without data."""
    charts = window.watch_panel.charts
    charts.tabs.setCurrentIndex(INSIDE)
    charts.page("inside").show_view("gradients")
    assert "first batch" in charts.page("inside").gradients.verdict.text()
    open_sample(window, "iris")
    assert gradients_by_layer(window.bridge.document.snapshot) == ()
    assert "first batch" in charts.page("inside").gradients.verdict.text()
    for place in range(len(CHARTS)):
        charts.tabs.setCurrentIndex(place)
        window.watch_panel.grab()


def test_sixteen_layers_keep_their_rows(window, qtbot) -> None:
    """A deep network's rows scroll; none is left out."""
    open_sample(window, "circles")
    window.bridge.set_hidden(tuple(LayerConfig(neurons=2) for _ in range(16)))
    window.bridge.step("batch")
    charts = window.watch_panel.charts
    inside = charts.page("inside")
    charts.tabs.setCurrentIndex(INSIDE)
    for name, page in (("weights", inside.weights), ("gradients", inside.gradients)):
        inside.show_view(name)
        assert len(page.view.layers) == 17
        assert page.view.height() >= 17 * 30
        page.grab()


def test_a_narrow_window_keeps_three_tabs_and_a_menu(iris, qtbot) -> None:
    """The others are in the menu of More, which then names what is in front."""
    charts = iris.watch_panel.charts
    charts.set_compact(True)
    bar = charts.tabs.tabBar()
    assert [bar.isTabVisible(place) for place in range(len(CHARTS))] == [True] * 3 + [False] * (len(CHARTS) - 3)
    assert charts.more.isVisible()
    charts.more.menu().actions()[-1].trigger()
    assert charts.page("inside").isVisible()
    assert charts.more.text() == "Inside" and charts.more.property("chosen")
    assert [entry.isChecked() for entry in charts.more.menu().actions()] == [False, False, True]
    charts.tabs.setCurrentIndex(LOSS)
    assert charts.more.text() == "More" and not charts.more.property("chosen")
    assert not any(entry.isChecked() for entry in charts.more.menu().actions())
    charts.set_compact(False)
    assert all(bar.isTabVisible(place) for place in range(len(CHARTS)))
    assert not charts.more.isVisible()


def test_without_validation_rows_the_training_rows_are_named(iris, qtbot) -> None:
    """The card says which rows it counts."""
    dataset = iris.bridge.document.dataset
    table = dataset.table
    split = replace(dataset.recipe.split, train=0.8, validation=0.0, test=0.2)
    iris.bridge.open_dataset(build_dataset(table, replace(suggest_recipe(table, "species"), split=split)))
    train(iris, qtbot)
    assert iris.watch_panel.results.rows_counted.startswith("training · ")
