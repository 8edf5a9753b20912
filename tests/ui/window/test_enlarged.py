"""The page in the place of picture and panels: what makes room, and what another room hangs there."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from ann_viz.session.samples import samples
from ann_viz.ui.charts.chart_table import CHARTS
from ann_viz.ui.kit.controls import IconButton
from ann_viz.ui.window.docks import GUTTER


@pytest.fixture
def window(window):
    """Return the window with data and a few batches learned."""
    window.open_sample(next(sample for sample in samples() if sample.file == "circles.csv"))
    for _ in range(window.bridge.document.snapshot.n_batches):
        window.bridge.step("batch")
    return window


@pytest.fixture
def room(window):
    """Return the charts, enlarged."""
    window.actions_by_id["enlarge"].trigger()
    return window.enlarged.page("charts")


def test_it_makes_room_and_gives_it_back(window, qtbot) -> None:
    """Explain and the right panel go, Build and the time bar stay; what was closed before stays closed."""
    window.explain_dock.hide()
    window.watch_panel.charts.show_chart("answers")
    window.actions_by_id["enlarge"].trigger()
    room = window.enlarged.page("charts")
    assert window.stack.currentWidget() is room and room.front == "answers"
    assert not window.watch_dock.isVisible() and window.build_dock.isVisible() and window.docks.time.isVisible()
    qtbot.keyClick(window, Qt.Key.Key_Escape)
    assert window.stack.currentWidget() is window.picture
    assert window.watch_dock.isVisible() and not window.explain_dock.isVisible()


@pytest.mark.parametrize("away", ["enlarge", "toggle"])
def test_what_explain_leaves_goes_to_the_middle(window, qtbot, away: str) -> None:
    """The time bar stays at the lower edge, as high as it was; nothing stays empty above or below it."""
    bar, middle = window.docks.time, window.centralWidget()
    place = bar.geometry()
    window.actions_by_id["enlarge"].trigger() if away == "enlarge" else window.explain_dock.hide()
    qtbot.waitUntil(lambda: bar.geometry() == place and place.top() - middle.geometry().bottom() <= GUTTER + 1)


def test_a_comparison_below_it_keeps_its_room_and_makes_way_for_a_run_that_is_opened(window) -> None:
    """Explain stays away while two runs are compared; a run of a sweep is shown as the network."""
    window.pages.show_comparison()
    window.actions_by_id["enlarge"].trigger()
    window.enlarged.leave()
    assert window.stack.currentWidget() is window.pages.compare and not window.explain_dock.isVisible()
    window.commands.show_opened_run()
    assert window.stack.currentWidget() is window.picture and window.explain_dock.isVisible()


def test_every_chart_has_an_enlarged_page_and_stays_in_front_when_it_shrinks(window, room, qtbot) -> None:
    """The page reaches to the time bar; commands of the charts turn it, and the dock then shows the same one."""
    qtbot.waitUntil(lambda: window.docks.time.height() == window.docks.time.sizeHint().height())
    for chart in CHARTS:
        window.actions_by_id[f"chart_{chart.id}"].trigger()
        assert room.front == chart.id and room.page(chart.id).isVisible()
        room.grab()
    qtbot.keyClick(window, Qt.Key.Key_Escape)
    assert (
        window.watch_panel.charts.front == CHARTS[-1].id and window.watch_panel.charts.page(CHARTS[-1].id).isVisible()
    )


def test_the_button_on_a_chart_enlarges_it(window, qtbot) -> None:
    """The last of its first row."""
    page = window.watch_panel.charts.page("loss")
    button = next(each for each in page.findChildren(IconButton) if "Enlarge" in each.toolTip())
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert window.enlarged.name == "charts"


def test_it_says_which_run_epoch_and_rows_it_is_of(window, room) -> None:
    """Also when another moment is looked at."""
    document = window.bridge.document
    assert f"epoch {document.snapshot.epoch}" in room.about.text()
    assert room.rows.currentText() == f"Validation · {len(document.dataset.validation)} rows"


def test_test_rows_are_asked_for_once_and_counted(window, room, monkeypatch) -> None:
    """Declined, the rows are those from before."""
    place = room.rows.findData("test")
    for answer, part, looks in ((False, "validation", 0), (True, "test", 1)):
        monkeypatch.setattr(room, "ask_about_test", lambda answer=answer: answer)
        room.rows.setCurrentIndex(place)
        room.rows.activated.emit(place)
        assert window.watch_panel.desk.part == part and room.rows.currentData() == part
        assert len(window.bridge.document.looks_at_test) == looks
    monkeypatch.setattr(room, "ask_about_test", lambda: pytest.fail("asked again"))
    window.watch_panel.desk.choose_part("train")
    room.rows.setCurrentIndex(place)
    room.rows.activated.emit(place)
    assert window.watch_panel.desk.part == "test"


def test_another_room_hangs_its_page_there(window) -> None:
    """It is made when it is first shown, and the charts give way to it."""
    made = []
    window.enlarged.add("sweep", lambda: made.append(QLabel("a sweep")) or made[-1])
    assert made == []
    window.actions_by_id["enlarge"].trigger()
    window.enlarged.show("sweep")
    assert window.stack.currentWidget() is made[0] and window.enlarged.name == "sweep"
    window.enlarged.leave()
    assert window.watch_dock.isVisible() and window.stack.currentWidget() is window.picture


def test_a_lesson_page_and_presentation_take_its_place(window, room) -> None:
    """Nobody has to shrink it first."""
    window.pages.show("slope")
    assert window.enlarged.name == "" and window.stack.currentWidget() is window.pages.slope
    window.pages.show("network")
    window.actions_by_id["enlarge"].trigger()
    window.actions_by_id["presentation"].trigger()
    assert window.enlarged.name == "" and window.watch_dock.isVisible()
    window.presentation.leave()


@pytest.mark.parametrize("place", range(3))
def test_charts_are_saved_as_pictures_and_numbers(window, room, tmp_path, monkeypatch, place) -> None:
    """The kind asked for, in the place asked for; pictures bring their settings along, numbers none."""
    from ann_viz.session.exports.stamp import read_stamp
    from ann_viz.ui.charts import saving_charts

    kind = saving_charts.KINDS[place]
    path = tmp_path / f"chart{kind.suffix}"
    monkeypatch.setattr(saving_charts, "ask_where", lambda *_: str(path))
    saving_charts.save_chart(room.page("loss"), "loss", kind, window.bridge)
    starts = {".png": b"\x89PNG", ".svg": b"<?xml", ".csv": b"epoch,"}
    assert path.read_bytes().startswith(starts[kind.suffix])
    stamp = read_stamp(path.read_bytes())
    assert (stamp is None) == (kind.suffix == ".csv")
    assert stamp is None or stamp.network == window.bridge.document.network_config
