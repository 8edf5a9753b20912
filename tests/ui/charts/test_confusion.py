"""The grid of right and wrong answers: where cells are, what is written, said and asked for."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QToolTip

from ann_viz.scene.scatter import MOST_DOTS, dots
from ann_viz.session.confusion import Matrix
from ann_viz.ui.charts.answer_picture import ScatterView
from ann_viz.ui.charts.confusion_colours import fill_of, picture_of
from ann_viz.ui.charts.confusion_grid import ConfusionGrid
from ann_viz.ui.charts.results_views import MixUps, ScoreColumn, ScoreTable, score_text
from ann_viz.ui.document.paint import readable_ink
from ann_viz.ui.kit import theme

BANK = Matrix(("stays", "leaves"), np.array([[1148, 32], [188, 132]]), 188)


def many(k: int) -> Matrix:
    counts = np.diag(np.full(k, 20))
    counts[4, 9], counts[0, 1] = 6, 3
    return Matrix(tuple(f"kind {n}" for n in range(k)), counts, 6)


@pytest.fixture
def grid(qtbot, qapp) -> ConfusionGrid:
    theme.apply(qapp, "light")
    made = ConfusionGrid()
    qtbot.addWidget(made)
    made.resize(280, 200)
    made.show()
    return made


def contrast(one: QColor, other: QColor) -> float:
    lights = []
    for colour in (one, other):
        parts = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in colour.getRgbF()[:3]]
        lights.append(0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2])
    return (max(lights) + 0.05) / (min(lights) + 0.05)


@pytest.mark.parametrize("k", [2, 3, 4, 10, 26])
def test_cells_lie_side_by_side_within_the_widget(grid, k) -> None:
    """No two overlap, and none leaves the widget, however many there are."""
    counts = np.ones((k, k), int)
    grid.show_matrix(Matrix(tuple(f"a rather long name {n}" for n in range(k)), counts, 1))
    for row in range(k):
        for column in range(k):
            box = grid.cell(row, column)
            assert box.isValid() and grid.rect().toRectF().contains(box)
            assert column == 0 or box.left() >= grid.cell(row, column - 1).right()
            assert row == 0 or box.top() >= grid.cell(row - 1, column).bottom()
    grid.grab()


def test_a_click_asks_for_a_row_of_that_kind(grid, qtbot) -> None:
    """Truth is the row that was clicked, the answer its column."""
    grid.show_matrix(BANK)
    with qtbot.waitSignal(grid.chosen) as signal:
        qtbot.mouseClick(grid, Qt.MouseButton.LeftButton, pos=grid.cell(1, 0).center().toPoint())
    assert signal.args == [1, 0]


def test_arrow_keys_and_enter_do_the_same(grid, qtbot) -> None:
    """The cell that the keys have reached is said, and Enter asks for one of its rows."""
    grid.show_matrix(BANK)
    qtbot.keyClick(grid, Qt.Key.Key_Right)
    qtbot.keyClick(grid, Qt.Key.Key_Right)
    assert grid.accessibleDescription() == BANK.sentence(0, 1)
    with qtbot.waitSignal(grid.chosen) as signal:
        qtbot.keyClick(grid, Qt.Key.Key_Return)
    assert signal.args == [0, 1]
    QToolTip.hideText()


def test_the_mouse_is_told_what_a_cell_counts(grid, qtbot) -> None:
    """Hovering says the cell; beside the cells nothing is said, and a click there asks for nothing."""
    qtbot.mouseMove(grid, grid.rect().center())
    grid.show_matrix(BANK)
    for place in ((0, 0), (1, 1)):
        qtbot.mouseMove(grid, grid.cell(*place).center().toPoint())
    qtbot.waitUntil(lambda: QToolTip.text() == BANK.sentence(1, 1))
    with qtbot.assertNotEmitted(grid.chosen):
        qtbot.mouseClick(grid, Qt.MouseButton.LeftButton, pos=QPoint(1, 1))
        qtbot.keyClick(grid, Qt.Key.Key_A)
    grid.setFocus()
    assert grid.grab().toImage().pixelColor(grid.cell(0, 0).center().toPoint()).isValid()
    QToolTip.hideText()


@pytest.mark.parametrize("name", list(theme.THEMES))
@pytest.mark.parametrize("k", [2, 12])
def test_numbers_can_be_read_in_every_theme(name, k) -> None:
    """4.5:1 on every cell, and 7:1 in the themes of high contrast."""
    tokens = theme.THEMES[name]
    rng = np.random.default_rng(3)
    counts = rng.integers(0, 60, (k, k)) * rng.integers(0, 2, (k, k)) + np.diag(np.arange(k) * 20)
    matrix = Matrix(tuple(str(n) for n in range(k)), counts, int((counts - np.diag(np.diag(counts))).max()))
    for truth in range(k):
        for answer in range(k):
            fill = fill_of(tokens, matrix, truth, answer)
            assert contrast(fill, readable_ink(fill, tokens)) >= (7.0 if tokens.contrast else 4.5)


def test_right_cells_are_teal_and_the_worst_mistake_is_red() -> None:
    """Above four classes; a rarer mistake is paler."""
    tokens, matrix = theme.THEMES["light"], many(10)
    right, worst, rarer = (fill_of(tokens, matrix, *place) for place in ((0, 0), (4, 9), (0, 1)))
    assert right.green() > right.red()
    assert worst.red() > worst.green() + 60
    assert rarer.green() > worst.green()


def test_mix_ups_are_listed_and_can_be_clicked(qtbot) -> None:
    """One line each, with how often; a click on it asks for such a row, one beside it for nothing."""
    listed = MixUps()
    qtbot.addWidget(listed)
    listed.resize(200, 110)
    listed.show_mix_ups(many(10), [(4, 9, 6), (0, 1, 3)])
    assert listed.texts == (("kind 4 taken for kind 9", "6"), ("kind 0 taken for kind 1", "3"))
    with qtbot.waitSignal(listed.chosen) as signal:
        qtbot.mouseClick(listed, Qt.MouseButton.LeftButton, pos=listed.rect().topLeft() + listed.rect().center() * 0.4)
    assert signal.args == [4, 9]
    with qtbot.assertNotEmitted(listed.chosen):
        qtbot.mouseClick(listed, Qt.MouseButton.LeftButton, pos=listed.rect().bottomLeft())
    listed.grab()
    listed.show_mix_ups(many(10), [])
    assert listed.texts == ()
    listed.grab()


def test_long_names_are_listed_by_what_tells_them_apart(qtbot) -> None:
    """In full where there is room, then without what all begin with; the names beside the grid likewise."""
    names = tuple(f"chinstrap_colony_{n:03}_n" for n in range(100))
    counts = np.diag(np.full(100, 9))
    counts[4, 9] = 6
    matrix = Matrix(names, counts, 6)
    listed = MixUps()
    qtbot.addWidget(listed)
    listed.show_mix_ups(matrix, [(4, 9, 6)])
    shown = {}
    for width in (400, 200, 130):
        listed.resize(width, 110)
        shown[width] = listed.shown[0][0]
    assert shown == {
        400: "chinstrap_colony_004_n taken for chinstrap_colony_009_n",
        200: "…004_n taken for …009_n",
        130: "…004_n → …009_n",
    }


def test_every_how_many_th_class_is_named_beside_a_small_grid(grid) -> None:
    """No name touches the next, beside the grid and above it."""
    names = tuple(f"chinstrap_colony_{n:03}_n" for n in range(100))
    grid.resize(300, 240)
    grid.show_matrix(Matrix(names, np.diag(np.full(100, 9)), 0))
    corner, *labels = grid.labels()
    assert labels and all(text.startswith("…") for _, _, text in labels)
    boxes = [corner[0], *(box for box, _, _ in labels)]
    assert not any(one.intersects(other) for one, other in combinations(boxes, 2))
    assert len(labels) > 15


def test_scores_are_written_as_everywhere(qtbot) -> None:
    """Shares as per cent, what does not exist as a dash, and a minus that is one."""
    column, table = ScoreColumn(), ScoreTable()
    for widget in (column, table):
        qtbot.addWidget(widget)
    column.show_scores("binary", {"accuracy": 0.853, "recall": 0.41, "precision": float("nan")})
    assert [value for value, _ in column.lines] == ["85.3\N{NO-BREAK SPACE}%", "41.0\N{NO-BREAK SPACE}%", "–"]
    table.show_scores("binary", {"precision": 0.5}, {"recall": 0.0, "precision": float("nan")})
    assert table.lines[3][1:] == (score_text("precision", 0.5), "–")
    table.show_scores("regression", {"r2": 0.9, "mae": 12.4, "rmse": 20.0}, {"r2": -0.007, "mae": 50.0, "rmse": 70.0})
    assert table.lines[0] == ("R²", "0.900", "\N{MINUS SIGN}0.007")
    assert table.lines[1] == ("Typically off by", "12.40", "50.00")
    assert "Typically off by: 12.40, guessing 50.00" in table.accessibleName()
    column.grab()
    table.grab()


def test_dots_stand_where_truth_and_answer_meet(qtbot) -> None:
    """Few enough to be quick, and an answer far outside is moved to the edge."""
    truth = np.linspace(0.0, 100.0, 4000)
    answer = truth.copy()
    answer[-1] = 1e9
    points, low, high = dots(truth, answer)
    assert len(points) == MOST_DOTS
    assert (low, high) == (-5.0, 105.0)
    assert points.min() >= low and points.max() <= high
    assert np.allclose(points[:100, 0], points[:100, 1])
    few, low, high = dots(np.array([3.0]), np.array([4.0]))
    assert few.tolist() == [[3.0, 3.5]] and (low, high) == (2.5, 3.5)
    assert dots(np.empty(0), np.empty(0))[0].shape == (0, 2)
    view = ScatterView()
    qtbot.addWidget(view)
    view.resize(280, 180)
    view.show_points(truth, answer)
    view.grab()


@pytest.mark.parametrize("k", [100, 700])
def test_a_matrix_of_many_classes_is_a_picture(grid, k) -> None:
    """Cells too small for a number are dots: teal along the diagonal, red where classes are mixed up most."""
    counts = np.diag(np.full(k, 9))
    counts[k - 1, 0] = 5
    counts[0, k - 1] = 1
    matrix = Matrix(tuple(map(str, range(k))), counts, 5)
    tokens = theme.current()
    dots = picture_of(tokens, matrix)
    last = dots.width() - 1
    assert dots.width() == dots.height() == min(k, 512)
    right, worst, rarer, empty = (QColor(dots.pixel(*place)) for place in ((3, 3), (0, last), (last, 0), (5, 3)))
    assert right.green() > right.red()
    assert worst.red() > worst.green() + 60
    assert worst.green() < rarer.green() < rarer.red()
    assert empty.name() == QColor(tokens.surface2).name()
    grid.resize(300, 280)
    grid.show_matrix(matrix)
    assert QColor(grid.grab().toImage().pixel(*map(round, grid.cell(k // 2, k // 2).center().toTuple()))).green() > 0
