"""Presentation mode leaves picture, steps and loss, makes words larger, and gives everything back."""

from __future__ import annotations

import pytest
from clipping import cut_texts
from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QApplication

from ann_viz.scene import Neuron
from ann_viz.session.samples import samples
from ann_viz.ui.document.formula import FormulaLine
from ann_viz.ui.kit import theme
from ann_viz.ui.kit.labels import PlainLabel
from ann_viz.ui.window.presentation import factor_for


@pytest.fixture
def window(window):
    """Return the window with data."""
    window.open_sample(next(sample for sample in samples() if sample.file == "circles.csv"))
    for _ in range(window.bridge.document.snapshot.n_batches):
        window.bridge.step("batch")
    return window


def state(window) -> tuple[object, ...]:
    """Return what presentation changes."""
    parts = (
        window.menu_bar,
        window.build_dock,
        window.watch_dock,
        window.explain_dock,
        window.watch_panel.results,
        window.right_panel.tabBar(),
    )
    return (*(part.isVisible() for part in parts), theme.magnified(), window.right_panel.width())


def test_all_else_is_put_away_and_comes_back(window, qtbot) -> None:
    """Also what was hidden before stays hidden afterwards."""
    window.explain_dock.hide()
    before = state(window)
    window.actions_by_id["presentation"].trigger()
    qtbot.waitUntil(window.isFullScreen)
    assert not window.menu_bar.isVisible() and not window.build_dock.isVisible()
    assert window.explain_dock.isVisible() and window.watch_panel.charts.page("loss").isVisible()
    assert not window.watch_panel.results.isVisible() and theme.magnified() == 1.35
    qtbot.keyClick(window, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: state(window) == before)
    assert not window.isFullScreen()


def test_words_grow_and_the_mouse_still_finds_neurons(window, qtbot) -> None:
    """The ribbon needs more room by the same factor, and a click hits what is seen."""
    canvas = window.canvas_card.canvas
    usual = window.explain_panel.height()
    window.presentation.toggle()
    qtbot.waitUntil(lambda: window.explain_panel.height() == round(1.35 * usual))
    layout = canvas.frame.layout
    assert layout.width == pytest.approx(canvas.width() / 1.35)
    point = canvas.viewport.transform().map(layout.x[1], float(layout.y[1][2]))
    where = canvas.rect().topLeft()
    where.setX(round(point[0]))
    where.setY(round(point[1]))
    qtbot.mouseClick(canvas, Qt.MouseButton.LeftButton, pos=where)
    assert window.view.selection == Neuron(1, 2) and window.right_panel.currentIndex() == 0
    window.presentation.leave()
    assert canvas.frame.layout.width == canvas.width()


@pytest.mark.parametrize(("width", "expected"), [(800, 1.0), (900, 1.0), (1024, 1.14), (1215, 1.35), (3840, 1.35)])
def test_words_grow_less_on_a_small_screen(width, expected) -> None:
    """There a letter takes as much of the wall without growing."""
    assert factor_for(width) == pytest.approx(expected, abs=0.005)


def test_nothing_is_cut_on_a_small_projector(window, monkeypatch) -> None:
    """Not even with a tooltip that would say the rest: nobody in the back row sees one."""
    monkeypatch.setattr(window, "setWindowState", lambda _: None)  # the screen of tests is another one
    window.setMinimumSize(QSize(900, 520))
    for width in (1100, 1024):  # panels give way one by one
        window.resize(width, 768)
        QApplication.processEvents()
    window.presentation.toggle()
    assert theme.magnified() == factor_for(1024)
    for step in range(1, 6):
        window.actions_by_id[f"explain_{step}"].trigger()
        assert cut_texts(window) == []
        labels = [label for label in window.findChildren(PlainLabel) if label.isVisible()]
        assert [label.text() for label in labels if label.is_cut and not label.brief] == []
        words = window.explain_panel.findChild(FormulaLine).words
        assert "…" not in words and "**" not in words
    window.presentation.leave()


def test_a_change_of_theme_keeps_the_size(window) -> None:
    """Dark in the middle of a talk: the words stay large."""
    window.presentation.toggle()
    window.appearance.choose_theme("dark")
    assert theme.magnified() == 1.35
    window.presentation.leave()
    assert theme.magnified() == 1.0


def test_picture_and_chart_end_at_the_same_height(window, qtbot) -> None:
    """Nothing else stands beside them."""

    def bottom(widget) -> int:
        return widget.mapTo(window, widget.rect().bottomLeft()).y()

    window.actions_by_id["presentation"].trigger()
    qtbot.waitUntil(lambda: bottom(window.canvas_card) == bottom(window.watch_panel.charts))
    window.actions_by_id["presentation"].trigger()
