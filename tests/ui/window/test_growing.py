"""A page that grows out of a card: where it is on its way, that it goes again, and who sees nothing of it."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QRect
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from ann_viz.ui.window import growing
from ann_viz.ui.window.growing import Growing, may_move

SMALL, LARGE = QRect(300, 40, 90, 60), QRect(100, 10, 290, 280)


@pytest.mark.parametrize("is_opening", [True, False])
def test_a_page_grows_out_of_its_card_and_shrinks_into_it(qtbot: QtBot, is_opening: bool) -> None:
    """From one to the other, and then nothing lies over the window any more."""
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(400, 300)
    card, page = QWidget(window), QWidget(window)
    card.setGeometry(SMALL)
    page.setGeometry(LARGE)
    window.show()
    moving = Growing(window, page, card, is_opening=is_opening)
    assert moving.box == (SMALL if is_opening else LARGE) and moving.geometry() == window.rect()
    boxes = []
    with qtbot.waitSignal(moving.destroyed):
        moving.moved.connect(lambda: boxes.append(moving.box))
    assert boxes[-1] == (LARGE if is_opening else SMALL)
    sizes = [box.width() for box in boxes]
    assert sizes == sorted(sizes, reverse=not is_opening)


def test_nothing_moves_where_nobody_wants_or_sees_it(qapp, monkeypatch: pytest.MonkeyPatch) -> None:
    """As chosen in the program or the desktop; a screen that is none needs no motion either."""
    assert qapp.platformName() not in growing.UNSEEN or not may_move()
    monkeypatch.setattr(growing, "UNSEEN", frozenset())
    for less in (True, False):
        monkeypatch.setattr(growing, "is_motion_reduced", lambda less=less: less)
        assert may_move() is not less
