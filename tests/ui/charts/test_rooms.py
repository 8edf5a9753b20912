"""The enlarged charts on a yes-or-no target, classes and a number: what they show is what counting by hand finds."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from enlarged_charts import learn, shown
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QMouseEvent
from PySide6.QtWidgets import QApplication, QPushButton

from ann_viz.data import build_dataset
from ann_viz.errors import DataError
from ann_viz.session import RunState
from ann_viz.session.judged.wrong_rows import Kind
from ann_viz.session.samples import samples
from ann_viz.ui.charts.chart_table import CHARTS
from ann_viz.ui.charts.curve_legend import NO_BREAK
from ann_viz.ui.kit import theme
from ann_viz.ui.kit.labels import RichLabel


def test_a_cell_lists_its_rows_and_a_row_is_shown(bank, qtbot) -> None:
    """Those it missed, the most wrong first, each with the chance it was given."""
    page = shown(bank, qtbot, "answers")
    page.grid.chosen.emit(1, 0)
    rows = shown(bank, qtbot, "rows")
    assert rows.kind == Kind(1, 0)
    document, dataset = bank.bridge.document, bank.bridge.document.dataset
    numbers = [row.number for row in rows.list.rows]
    chances = document.network.predict(dataset.X[np.array(numbers)])[:, 0]
    assert (dataset.Y[np.array(numbers)][:, 0] == 1).all() and (chances <= 0.5).all()
    assert chances.tolist() == sorted(chances.tolist())
    assert rows.about.text().startswith(f"{page.grid.matrix.counts[1, 0]} of")
    middle = QPointF(80, 24 + 2.5 * 32).toPoint()
    qtbot.mouseClick(rows.list, Qt.MouseButton.LeftButton, pos=middle)
    assert document.example == numbers[2]


def test_a_watched_row_stays_on_top(bank, qtbot) -> None:
    """Whatever the network makes of it, and whatever kind is listed."""
    rows = shown(bank, qtbot, "rows")
    bank.watch_panel.desk.watch(7)
    rows = shown(bank, qtbot, "rows")
    assert rows.list.rows[0].number == 7 and rows.list.rows[0].is_watched
    course = rows.list.rows[0].course
    assert course[-1] == pytest.approx(
        float(bank.bridge.document.newest.network().predict(bank.bridge.document.dataset.X[7:8])[0, 0]), abs=1e-6
    )
    bank.watch_panel.desk.watch(7)
    assert shown(bank, qtbot, "rows").list.rows[0].number != 7 or not rows.list.rows[0].is_watched


def test_columns_say_what_counts_and_a_bar_turns_the_map(bank, qtbot) -> None:
    """Bars in order, one curve each, and the map over the column that was clicked."""
    page = shown(bank, qtbot, "columns")
    losses = [column.loss for column in page.bars.columns]
    assert losses == sorted(losses, reverse=True) and len(losses) == 5
    assert [tile.name.text() for tile in page.tiles.tiles] == [column.column for column in page.bars.columns]
    page.bars.chosen.emit("balance")
    assert page.both.map.map.across.column == "balance" != page.both.map.map.up.column
    assert page.numbers()[1][0] == "importance"
    page.both.others.setCurrentIndex(page.both.others.findData("average"))
    before = page.result
    page.both.others.activated.emit(2)  # a mean over many rows takes long, and is not worked out where the window waits
    assert page.both.map.map is not None and page.result is before
    qtbot.waitUntil(lambda: page.is_up_to_date)
    assert page.both.map.map is page.result.averaged and page.result.importance is before.importance


def test_the_ring_on_the_map_tries_other_values(bank, qtbot) -> None:
    """By mouse and by keys; the answer on the map is that of the canvas, and Esc goes back to the row."""
    page, document = shown(bank, qtbot, "columns"), bank.bridge.document
    page.bars.chosen.emit("age")
    page.both.up.setCurrentIndex(page.both.up.findData("products"))
    page.both.up.activated.emit(1)
    ring, before = page.both.map.ring, document.shown_row().facts.cells
    middle = ring.rect().center()
    is_yes = document.shown_row().facts.y[0] > 0.5
    assert page.both.map.row.is_yes is bool(is_yes)
    truth = theme.current().positive if is_yes else theme.current().negative
    assert ring.grab().toImage().pixelColor(middle) == QColor(truth), "it is filled with the colour of the truth"
    goal = page.both.map.place(60.0, 4.0).toPoint() - ring.pos()
    qtbot.mousePress(ring, Qt.MouseButton.LeftButton, pos=middle)
    drag(ring, middle + QPoint(1, 1))
    assert document.tried is None, "a hand that trembles tries nothing"
    drag(ring, goal)
    qtbot.mouseRelease(ring, Qt.MouseButton.LeftButton, pos=middle)
    assert page.both.map.row.is_yes is None, "nobody knows what is true of it"
    cells = document.shown_row().facts.cells
    assert (float(cells["age"]), float(cells["products"])) == (pytest.approx(60, abs=1), 4)
    assert all(cells[name] == before[name] for name in ("balance", "country", "active"))
    answer = document.model_network.predict(document.shown_row().facts.x[None])[0, 0]
    assert f"{max(answer, 1 - answer):.0%}".rstrip("%") in page.both.map.row.words
    qtbot.keyClick(ring, Qt.Key.Key_Left)
    qtbot.keyClick(ring, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    keyed = document.shown_row().facts.cells
    assert float(keyed["age"]) < float(cells["age"]) and float(keyed["products"]) == 1
    qtbot.keyClick(ring, Qt.Key.Key_Escape)
    assert document.tried is None and bank.enlarged.name, "the first Esc gives up the values alone"
    qtbot.keyClick(ring, Qt.Key.Key_Escape)
    assert not bank.enlarged.name


def drag(ring, where) -> None:
    """Move the mouse with the button down."""
    left, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    place = QPointF(where)
    there = ring.mapToGlobal(place)
    QApplication.sendEvent(ring, QMouseEvent(QEvent.Type.MouseMove, place, there, Qt.MouseButton.NoButton, left, none))


def test_a_twin_without_what_hardly_counts(bank, qtbot) -> None:
    """Trained beside the run, which stays in the window; Undo takes it off the list."""
    page = shown(bank, qtbot, "columns")
    before = bank.bridge.document.dataset.recipe.inputs
    weak = [column.column for column in page.bars.columns if not column.counts]
    qtbot.mouseClick(page.leave_out, Qt.MouseButton.LeftButton)
    document = bank.bridge.document
    qtbot.waitUntil(lambda: len(document.runs) == 2 and not bank.pages.compare.twins.busy)
    twin = document.find_run(bank.pages.compare.numbers[1])
    assert set(before) - set(twin.dataset.recipe.inputs) == set(weak) and document.dataset.recipe.inputs == before
    assert bank.pages.compare.isVisible() and not bank.enlarged.name
    bank.bridge.undo_stack.undo()
    assert len(document.runs) == 1


def test_a_past_epoch_is_judged_when_it_is_looked_at(bank, qtbot) -> None:
    """Every room follows the time bar and says the epoch."""
    from ann_viz.session import Moment

    page = shown(bank, qtbot, "answers")
    run = bank.bridge.document.run_numbers[0]
    bank.bridge.look_at(Moment(run, 1))
    page = shown(bank, qtbot, "answers")
    document = bank.bridge.document
    auc = document.metrics("validation")["auc"]
    assert page.result.one.ranking.auc == pytest.approx(auc, abs=1e-6)
    assert "epoch 1" in bank.enlarged.page("charts").about.text()


@pytest.mark.slow
@pytest.mark.parametrize("file", ["digits", "house_prices", "circles"])
def test_every_room_shows_classes_numbers_and_a_plane(window, qtbot, file) -> None:
    """Nothing is missing, nothing raises, no button is empty; figures are written out as numbers."""
    learn(window, qtbot, file, epochs=2)
    for chart in CHARTS[1:]:
        page = shown(window, qtbot, chart.id)
        assert page.grab().width() > 0
        assert len(page.numbers()) > 1, chart.id
        assert all(each.text() for each in page.findChildren(QPushButton) if each.isVisible()), chart.id


def test_classes_have_no_threshold_and_no_costs(window, qtbot) -> None:
    """One class is told from the rest, and another one when it is chosen."""
    learn(window, qtbot, "iris", epochs=2)
    page = shown(window, qtbot, "answers")
    assert page.threshold.isHidden() and page.costs.isHidden() and not page.groups.isHidden()
    page.one.setCurrentIndex(2)
    page.one.activated.emit(2)
    qtbot.waitUntil(lambda: page.result.request.one == 2)
    dataset = window.bridge.document.dataset
    assert page.result.one.is_yes.sum() == (dataset.Y[dataset.validation].argmax(axis=1) == 2).sum()


def test_the_decision_over_two_numbers_stands_beside_the_network(window, qtbot) -> None:
    """In the dock, while it is learned."""
    learn(window, qtbot, "circles", epochs=2)
    window.actions_by_id["chart_columns"].trigger()
    page = window.watch_panel.charts.page("columns")
    qtbot.waitUntil(lambda: page.is_up_to_date and page.result is not None)
    assert page.plane.isVisible()
    assert {page.plane.map.across.column, page.plane.map.up.column} == set(window.bridge.document.dataset.recipe.inputs)
    page.plane.dragged.emit(0.0, 0.5)
    tried = window.bridge.document.tried
    assert (page.plane.row.x, page.plane.row.y) == pytest.approx((0.0, 0.5), abs=0.01) and tried is not None


def test_without_validation_rows_the_training_rows_are_judged_and_named(window, qtbot) -> None:
    """Everywhere."""
    window.open_sample(next(sample for sample in samples() if "iris" in sample.file))
    dataset = window.bridge.document.dataset
    split = replace(dataset.recipe.split, train=0.8, validation=0.0, test=0.2)
    window.bridge.open_dataset(build_dataset(dataset.table, replace(dataset.recipe, split=split)))
    page = shown(window, qtbot, "answers")
    assert page.result.request.part == "train"
    assert window.enlarged.page("charts").rows.currentText().startswith("Training")


def test_hidden_rooms_work_nothing_out(bank, qtbot) -> None:
    """Behind another chart, or shrunk, no job is begun."""
    page = shown(bank, qtbot, "columns")
    asked = []
    window_page = bank.enlarged.page("charts").page("answers")
    page.request = lambda: asked.append("columns")
    window_page.request = lambda: asked.append("answers")
    bank.enlarged.leave()
    bank.bridge.step("batch") if bank.bridge.document.state is not RunState.FINISHED else bank.bridge.refresh()
    assert asked == []


def test_what_can_not_be_worked_out_is_said(bank, qtbot, monkeypatch) -> None:
    """In a sentence on the page; the next result takes it away."""
    page = shown(bank, qtbot, "columns")

    def fails(_progress, _cancelled):
        raise DataError("Row 7 can't be read any more.")

    with monkeypatch.context() as patch:
        patch.setattr(page, "request", lambda: ("broken", fails))
        page.redraw_if_seen()
        qtbot.waitUntil(lambda: "Row 7" in page.working.words.text())
        assert page.working.isVisible() and not page.working.stop.isVisible()
    page.redraw_if_seen()
    qtbot.waitUntil(lambda: not page.working.isVisible() and page.is_up_to_date)


def test_every_curve_is_named_in_its_colour(bank, qtbot) -> None:
    """Below the chart of scores, and in every card of the inside, which draw several curves."""

    def named(label: RichLabel) -> str:
        return label.words.replace(NO_BREAK, " ")

    score = shown(bank, qtbot, "score")
    drawn = [line.name for line in score.view.figure.lines if line.name]
    assert len(drawn) == 3 and all(name in named(score.legend) for name in drawn)
    inside = shown(bank, qtbot, "inside")
    for card in inside.courses.values():
        assert all(line.name in named(card.sentence) for line in card.view.figure.lines)
    assert "input → hidden 1" in named(inside.courses["weights"].sentence)


def test_charts_in_the_dock_name_their_rows(bank, qtbot) -> None:
    """Enlarged, the list of rows above them does."""
    charts = bank.watch_panel.charts
    for name in ("columns", "rows"):
        bank.actions_by_id[f"chart_{name}"].trigger()
        page = charts.page(name)
        qtbot.waitUntil(lambda page=page: page.is_up_to_date and page.result is not None)
        assert page.about.text().startswith("validation · ")


def test_the_icon_of_saving_follows_the_theme(bank, qtbot) -> None:
    """It is drawn again in the colour of the other theme."""
    shown(bank, qtbot, "score")
    save = bank.enlarged.page("charts").save
    bank.appearance.choose_theme("light")
    before = save.icon().pixmap(16).toImage()
    bank.appearance.choose_theme("dark")
    assert save.icon().pixmap(16).toImage() != before
    bank.appearance.choose_theme("light")


def test_long_numbers_are_whole_and_leave_the_names_their_room(window, qtbot) -> None:
    """A price without its beginning is another price; and which column a curve is of counts more than its range."""
    learn(window, qtbot, "house")
    window.actions_by_id["chart_rows"].trigger()
    page = window.watch_panel.charts.page("rows")
    qtbot.waitUntil(lambda: page.is_up_to_date and page.result is not None)
    written = QFontMetricsF(page.list.font_of(12, QFont.Weight.DemiBold))
    assert all(written.horizontalAdvance(page.list.told(row)) <= page.list.said_width() for row in page.list.rows)
    tiles = shown(window, qtbot, "columns").tiles.tiles
    assert all(tile.name.width() >= tile.width() // 3 for tile in tiles if tile.isVisible())
    bars = window.enlarged.page("charts").page("columns").bars
    bars.resize(300, bars.height())
    metrics = QFontMetricsF(bars.font_of(11))
    assert bars.ticks() and sum(metrics.horizontalAdvance(text) for _, text in bars.ticks()[1:]) < bars.width() / 2
