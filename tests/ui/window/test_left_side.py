"""The left edge: pages under tabs, and in a narrow window a rail whose icons open their cards."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication

from ann_viz.session.samples import samples
from ann_viz.ui.lessons.show_me import can_be_shown, point_at


@pytest.fixture
def window(window, qtbot):
    """Return a narrow window with data."""
    window.open_sample(next(sample for sample in samples() if sample.file == "iris.csv"))
    window.resize(1100, 700)
    qtbot.waitUntil(window.left_side.rail.isVisible)
    return window


def test_an_icon_opens_its_card_and_the_same_closes_it(window, qtbot) -> None:
    """Each card stands at the top of what opens, and takes the focus."""
    side = window.left_side
    for button, card in zip(side.rail.buttons[1:4], side.build.cards, strict=True):
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
        assert side.flyover.isVisible() and button.isChecked()
        assert not card.visibleRegion().isEmpty()
        assert card.mapTo(side.flyover, QPoint(0, 0)).y() < 30
        assert card.visibleRegion().boundingRect().height() == card.height()  # all of it: there is room
        assert side.flyover.isAncestorOf(QApplication.focusWidget())
    qtbot.mouseClick(side.rail.buttons[3], Qt.MouseButton.LeftButton)
    assert not side.flyover.isVisible()


def test_escape_and_a_click_beside_it_close_it(window, qtbot) -> None:
    """After Esc the focus is on the icon again; a click into the picture selects nothing by accident."""
    side = window.left_side
    side.rail.buttons[1].click()
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Escape)
    assert not side.flyover.isVisible() and QApplication.focusWidget() is side.rail.buttons[1]
    side.rail.buttons[1].click()
    canvas = window.canvas_card.canvas
    qtbot.mouseClick(canvas, Qt.MouseButton.LeftButton, pos=QPoint(canvas.width() - 20, canvas.height() - 20))
    assert not side.flyover.isVisible()


def test_a_wide_window_has_the_column_back(window, qtbot) -> None:
    """The same cards, in the dock, with an open one closed; a very wide window has wider panels.

    At the right the coach comes before the results in the narrow window, and after them again.
    """
    side, watch = window.left_side, window.watch_panel

    def coach_comes_first() -> bool:
        return watch.coach.mapTo(watch, QPoint(0, 0)).y() < watch.results.mapTo(watch, QPoint(0, 0)).y()

    qtbot.waitUntil(coach_comes_first)
    side.rail.buttons[0].click()
    window.resize(1440, 900)
    qtbot.waitUntil(lambda: not side.rail.isVisible())
    assert side.flyover is None and side.build.isVisible() and window.build_dock.isAncestorOf(side.build)
    assert side.width() == 264 and window.right_panel.width() == 320
    qtbot.waitUntil(lambda: not coach_comes_first())
    window.resize(1900, 1000)
    qtbot.waitUntil(lambda: side.width() == 300)
    assert window.right_panel.width() == 380


def test_show_me_opens_the_card(window, qtbot) -> None:
    """Pointing at a control of a closed card opens it first."""
    side = window.left_side
    target = side.build.hyper
    assert can_be_shown(target)
    point_at(target)
    assert side.flyover.isVisible() and not target.visibleRegion().isEmpty()


def test_a_tab_is_turned_to_by_its_command(window, qtbot) -> None:
    """In a narrow window over the picture, in a wide one in the dock; what was put away comes back."""
    window.actions_by_id["show_try"].trigger()
    assert window.left_side.flyover.isVisible() and window.left_side.trying.isVisible()
    focus = window.focusWidget()
    assert focus is not None and window.left_side.trying.isAncestorOf(focus)  # keys fill the form in
    window.resize(1440, 900)
    qtbot.waitUntil(lambda: not window.left_side.rail.isVisible())
    assert window.left_side.trying.isVisible()
    qtbot.mouseClick(window.left_side.tabs.put_away, Qt.MouseButton.LeftButton)
    assert not window.build_dock.isVisible()
    window.actions_by_id["show_build"].trigger()
    assert window.left_side.build.isVisible() and not window.left_side.trying.isVisible()


def test_the_first_icon_opens_the_page_with_its_tabs(window, qtbot) -> None:
    """So every page can be turned to in a narrow window as well; an icon of a card opens that alone."""
    side = window.left_side
    qtbot.mouseClick(side.rail.buttons[0], Qt.MouseButton.LeftButton)
    assert side.tabs.tabBar().isVisible() and side.tabs.put_away.isVisible()
    qtbot.mouseClick(side.tabs.put_away, Qt.MouseButton.LeftButton)
    assert not side.flyover.isVisible()
    qtbot.mouseClick(side.rail.buttons[2], Qt.MouseButton.LeftButton)
    assert side.build.isVisible() and not side.tabs.tabBar().isVisible()
