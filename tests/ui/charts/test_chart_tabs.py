"""The Watch panel's tabs: one chart at a time, each telling what the engine holds; the card of answers below them."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from enlarged_charts import open_sample, train
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QTabBar

from ann_viz.data import build_dataset, suggest_recipe
from ann_viz.ui.charts.chart_table import CHARTS

LOSS, SCORE, ANSWERS, COLUMNS, ROWS, INSIDE = range(6)


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
    train(window, qtbot, 4)
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
    train(iris, qtbot, 4)
    assert iris.watch_panel.results.rows_counted.startswith("training · ")
