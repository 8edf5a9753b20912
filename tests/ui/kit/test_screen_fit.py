"""A window fits its screen: the first time, as it was left, and on screens that become smaller or go away."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QRect, QSettings, QSize
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from ann_viz.app import make_window
from ann_viz.ui.kit.screen_fit import FRAME, SMALLEST, ScreenFit, first_size, least_size, within

LEAST, USUAL = QSize(1100, 700), QSize(1440, 900)

SCREENS = [(1366, 768, 1.0), (1366, 768, 1.25), (1920, 1080, 1.5), (1920, 1080, 2.0), (3840, 2160, 3.0)]


@pytest.mark.parametrize(("width", "height", "scale"), SCREENS)
@pytest.mark.parametrize("text", [1.0, 1.25, 1.5, 2.0])
def test_a_window_opens_within_every_screen(width: int, height: int, scale: float, text: float) -> None:
    """However its desktop and text are scaled, unless no window could be shown there at all."""
    room = QSize(int(width / scale / text), int(height / scale / text))
    least = least_size(LEAST, room)
    size = first_size(USUAL, least, room)
    holds_any = room.width() - FRAME.width() >= SMALLEST.width() and room.height() - FRAME.height() >= SMALLEST.height()
    assert size.expandedTo(least) == size
    assert not holds_any or (size + FRAME).boundedTo(room) == size + FRAME
    assert holds_any or size.expandedTo(SMALLEST) == size


def test_where_there_is_room_a_window_is_as_large_as_usual() -> None:
    assert least_size(LEAST, QSize(1920, 1080)) == LEAST
    assert first_size(USUAL, LEAST, QSize(1920, 1080)) == USUAL


@pytest.mark.parametrize(
    ("place", "expected"),
    [
        (QRect(100, 50, 400, 300), QRect(100, 50, 400, 300)),
        (QRect(-300, 0, 400, 300), QRect(0, 24, 400, 300)),
        (QRect(2500, 1500, 400, 300), QRect(600, 468, 400, 300)),  # of a screen that went away
        (QRect(100, 50, 1400, 900), QRect(0, 24, 1000, 744)),
    ],
)
def test_what_lies_outside_comes_back(place: QRect, expected: QRect) -> None:
    assert within(place, QRect(0, 24, 1000, 744)) == expected


def test_a_window_left_on_another_screen_opens_on_this_one(qtbot: QtBot) -> None:
    """Its geometry is remembered, but what was there is there no more."""
    screen = QGuiApplication.primaryScreen().availableGeometry()
    far = QWidget()
    qtbot.addWidget(far)
    far.setGeometry(QRect(screen.topRight(), screen.size() * 2).translated(4000, 3000))
    QSettings().setValue("window/geometry", far.saveGeometry())
    window = make_window()
    qtbot.addWidget(window)
    frame = window.frameGeometry()
    assert screen.contains(frame.topLeft())
    assert frame.height() <= screen.height() or window.height() == window.minimumHeight()


def test_a_window_comes_back_when_its_screen_changes(qtbot: QtBot) -> None:
    """Moved in whole, and made smaller down to its least size."""
    screen = QGuiApplication.primaryScreen()
    window = QWidget()
    qtbot.addWidget(window)
    fit = ScreenFit(window, QSize(300, 200))
    room = screen.availableGeometry()
    window.setGeometry(room.right() + 500, room.bottom() + 500, room.width() + 100, 250)
    window.show()
    fit.fit()
    assert room.contains(window.frameGeometry())
    window.resize(400, 250)
    window.move(room.topLeft())
    before = window.geometry()
    fit.fit()
    assert window.geometry() == before


def test_on_a_small_screen_a_window_may_be_smaller(qtbot: QtBot) -> None:
    """On the screen that holds less then the picture gets the room of the panel at the right."""
    window = make_window()
    qtbot.addWidget(window)
    window.resize(window.minimumSize())
    window.show()
    assert window.width() < 1100
    assert not window.watch_dock.isVisible()
    window.resize(1200, 700)
    assert window.watch_dock.isVisible()
