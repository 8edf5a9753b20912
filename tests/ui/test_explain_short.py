"""In a low window the Explain panel takes one line, and opens when asked."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from ann_viz.ui.samples import samples


@pytest.fixture
def panel(window, qtbot):
    """Return the panel of a low window with data."""
    window.open_sample(next(sample for sample in samples() if sample.file == "circles.csv"))
    window.resize(1100, 700)
    qtbot.waitUntil(lambda: window.explain_panel.height() == 48)
    return window.explain_panel


def test_one_line_has_the_step_and_its_first_formula(panel, window, qtbot) -> None:
    """Only the step that is down has words; the sentence waits."""
    window.commands.explain(2)
    assert not panel._sentence.isVisible() and not panel._box.isVisible()
    assert panel._line.isVisible() and panel._line.toolTip().startswith("z = ")
    first, second = panel.ribbon._buttons[:2]
    assert first.sizeHint().width() < 40 < second.sizeHint().width()
    window.commands.explain(1)
    assert second.sizeHint().width() < 40


def test_the_chevron_opens_the_whole_and_closes_it(panel, qtbot) -> None:
    """Sentence and all formulas come and go."""
    qtbot.mouseClick(panel.chevron, Qt.MouseButton.LeftButton)
    assert panel.height() == 140 and panel._sentence.isVisible() and panel._box.isVisible()
    qtbot.mouseClick(panel.chevron, Qt.MouseButton.LeftButton)
    assert panel.maximumHeight() == 48 and not panel._sentence.isVisible()


def test_a_high_window_has_all_of_it(panel, window, qtbot) -> None:
    """No chevron there, and every step has its words."""
    window.resize(1440, 900)
    qtbot.waitUntil(lambda: panel.height() == 140)
    assert not panel.chevron.isVisible() and not panel._line.isVisible()
    assert all(button.sizeHint().width() > 60 for button in panel.ribbon._buttons)
