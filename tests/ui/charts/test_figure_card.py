"""The card of an enlarged chart: what its head leaves out where it is narrow."""

from __future__ import annotations

from pytestqt.qtbot import QtBot

from ann_viz.ui.charts.figure_card import RoomCard


def test_the_second_name_is_drawn_whole_or_not_at_all(qtbot: QtBot) -> None:
    """Half a term says nothing; the title stays, and the tooltip of the term too."""
    card = RoomCard("Right and wrong", "confusion matrix")
    qtbot.addWidget(card)
    card.resize(500, 200)
    card.show()

    def ink() -> int:
        picture = card.technical.grab().toImage()
        return len({picture.pixel(x, y) for x in range(picture.width()) for y in range(picture.height())})

    assert not card.technical.is_cut and ink() > 1
    card.resize(240, 200)
    card.body.activate()
    assert card.technical.is_cut and ink() == 1 and not card.title.is_cut
