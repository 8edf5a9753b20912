"""In a low window the Explain panel takes one line, and opens when asked."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QFontMetricsF
from PySide6.QtWidgets import QAbstractButton, QApplication, QScrollArea

from ann_viz.explain import Line
from ann_viz.explain.printed_formula import added, sum_of_products, work_out
from ann_viz.scene import Neuron
from ann_viz.session.samples import samples
from ann_viz.ui.document.formula import FormulaLine, shortened
from ann_viz.ui.document.rich_text import LinkLabel
from ann_viz.ui.explaining.panel import ExplainPanel


@pytest.fixture
def panel(window, qtbot):
    """Return the panel of a low window with data."""
    window.open_sample(next(sample for sample in samples() if sample.file == "circles.csv"))
    window.resize(1100, 700)
    qtbot.waitUntil(lambda: window.explain_panel.height() == 48)
    return window.explain_panel


def is_whole(panel: ExplainPanel) -> bool:
    """Return whether sentence and formulas are seen; there is never one without the other."""
    sentence, formulas = (panel.findChild(kind).isVisible() for kind in (LinkLabel, QScrollArea))
    assert sentence == formulas
    return sentence


def line_of(panel: ExplainPanel) -> FormulaLine:
    """Return the formula in one line."""
    return panel.findChild(FormulaLine)


def test_one_line_has_the_step_and_its_first_formula(panel, window, qtbot) -> None:
    """Only the step that is down has words; the sentence waits."""
    window.explain(2)
    assert not is_whole(panel)
    assert line_of(panel).isVisible() and line_of(panel).toolTip().startswith("z = ")
    first, second = panel.ribbon.findChildren(QAbstractButton)[:2]
    assert first.sizeHint().width() < 40 < second.sizeHint().width()
    window.explain(1)
    assert second.sizeHint().width() < 40


def test_the_chevron_opens_the_whole_and_closes_it(panel, qtbot) -> None:
    """Sentence and all formulas come and go."""
    qtbot.mouseClick(panel.chevron, Qt.MouseButton.LeftButton)
    assert panel.height() == 140 and is_whole(panel)
    qtbot.mouseClick(panel.chevron, Qt.MouseButton.LeftButton)
    assert panel.maximumHeight() == 48 and not is_whole(panel)


def test_a_high_window_has_all_of_it(panel, window, qtbot) -> None:
    """No chevron there, and every step has its words."""
    window.resize(1440, 900)
    qtbot.waitUntil(lambda: panel.height() == 140)
    assert not panel.chevron.isVisible() and not line_of(panel).isVisible()
    assert all(button.sizeHint().width() > 60 for button in panel.ribbon.findChildren(QAbstractButton))


def test_a_long_formula_keeps_its_result(panel, window, qtbot) -> None:
    """Terms in the middle give way to the result; with more room they come back."""
    window.open_sample(samples()[0])
    window.view.select(Neuron(1, 2))
    window.explain(2)
    whole = line_of(panel).toolTip()
    result = whole.rsplit("= ", 1)[1]
    qtbot.waitUntil(lambda: "…" in line_of(panel).text())
    assert f"{result}</span>" in line_of(panel).text()
    assert line_of(panel).sizeHint().width() <= line_of(panel).width()


@given(
    st.lists(st.tuples(st.floats(-9, 9), st.floats(-9, 9)), min_size=1, max_size=5), st.floats(0, 900)
)  # fmt: skip
def test_what_is_left_of_a_formula(qapp: QApplication, terms: list[tuple[float, float]], width: float) -> None:
    """The first piece and the last two, whole products between them, and no wider than there is room."""
    left, right = np.array(terms).T
    spans = work_out("z", added(sum_of_products(left, right))).spans
    line, font = Line("neuron", spans), QFont("Inter")
    short = shortened(line, font, width)
    assert (short.spans[0], *short.spans[-2:]) == (spans[0], *spans[-2:])
    if short is not line:
        kept = short.spans[1:-3]
        assert kept == spans[1 : 1 + len(kept)]
        after = spans[1 + len(kept)]
        assert not after.text.startswith("·"), "a product goes as a whole"
        assert (
            not kept or QFontMetricsF(font).horizontalAdvance("".join(span.text for span in short.spans[:-1])) <= width
        )
