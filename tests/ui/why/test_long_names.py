"""Very long names, and what looks like markup, push nothing apart in Try and Why."""

from __future__ import annotations

import pytest

from ann_viz.data import Recipe, build_dataset, open_table
from ann_viz.ui.canvas.tried_bar import TriedBar
from ann_viz.ui.trying.panel import TryPanel
from ann_viz.ui.why.panel import WhyPanel

LONG = "x<b>x</b>&**" + "y" * 150


@pytest.fixture
def rooms(qtbot, bridge, view, tmp_path):
    """Return both rooms for columns, categories and classes with such names."""
    lines = [f"{LONG},kind,size,answer"]
    lines += [f"{i % 7},{LONG}{i % 3},{i % 11 / 2},{'no' if i % 2 else LONG}" for i in range(60)]
    path = tmp_path / "long.csv"
    path.write_text("\n".join(lines) + "\n")
    recipe = Recipe(target="answer", task="binary", inputs=(LONG, "kind", "size"), row_name=LONG)
    bridge.open_dataset(build_dataset(open_table(path), recipe))
    made = TryPanel(bridge), WhyPanel(bridge, view)
    for room, width in zip(made, (264, 320), strict=True):
        qtbot.addWidget(room)
        room.resize(width, 700)
        room.show()
    qtbot.waitUntil(made[1].answer.isVisible)
    yield made
    made[1].stop()


def test_nothing_is_pushed_apart(rooms, bridge, qtbot) -> None:
    """What is inside stays as wide as the room; the picture is taken without complaint."""
    trying, why = rooms
    bridge.pin_rows((bridge.document.tried,))
    trying.fields[2].give(99.0)
    qtbot.waitUntil(why.pinned.isVisible)
    why.reasons.show_page("what_if")
    for room, cards in ((trying, trying.fields.values()), (why, (why.answer, why.reasons, why.changes, why.pinned))):
        room.grab()
        assert room.minimumSizeHint().width() <= room.width()
        for card in cards:
            assert card.width() <= room.width()


def test_the_bar_above_the_picture(rooms, bridge, qtbot) -> None:
    """It insists on little more than its chip."""
    bar = TriedBar(bridge)
    qtbot.addWidget(bar)
    bar.show_row(bridge.document.shown_row())
    assert bar.minimumSizeHint().width() < 400 and "<b>" in bar.chip.text()
