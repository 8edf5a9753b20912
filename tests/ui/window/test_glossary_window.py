"""The glossary window: finds words, tells them in both voices, and points at their place in the real window."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QEvent, Qt, QTimer
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from ann_viz.app import make_application
from ann_viz.explain.glossary import load_glossary
from ann_viz.session.samples import samples
from ann_viz.ui.kit import theme
from ann_viz.ui.lessons import show_me
from ann_viz.ui.lessons.show_me import Ring, can_be_shown, find_part, point_at
from ann_viz.ui.window.glossary_window import GlossaryWindow
from ann_viz.ui.window.main_window import MainWindow


@pytest.fixture(autouse=True)
def _lasting_rings(monkeypatch: pytest.MonkeyPatch) -> None:
    """A ring stays until the test has looked at it, however slow the machine is."""
    monkeypatch.setattr(show_me, "DURATION_MS", 600_000)


@pytest.fixture
def glossary(window: MainWindow) -> Iterator[GlossaryWindow]:
    made = GlossaryWindow(window, window.view)
    made.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    made.show()
    yield made
    made.close()
    made.deleteLater()


def open_sample(window: MainWindow) -> None:
    window.open_sample(next(sample for sample in samples() if sample.file == "xor.csv"))


def rings(window: QWidget) -> list[Ring]:
    return [ring for ring in window.findChildren(Ring) if ring.isVisible()]


def test_every_word_that_can_be_shown_has_a_widget(window: MainWindow) -> None:
    """All names exist in the window, and with data open all of them can be pointed at."""
    names = {entry.show for entry in load_glossary().values() if entry.show is not None}
    assert names
    open_sample(window)
    for name in names:
        target = find_part(window, name)
        assert target is not None, name
        assert can_be_shown(target), name


def test_typing_finds_a_word_and_arrows_move(glossary: GlossaryWindow, qtbot: QtBot) -> None:
    """The list shrinks to what fits; the first is explained; arrows in the field choose others."""
    assert not glossary.isModal()
    everything = glossary.list.count()
    qtbot.keyClicks(glossary.field, "gradient")
    assert 1 < glossary.list.count() < everything
    assert glossary.term.text() == "Gradient"
    qtbot.keyClick(glossary.field, Qt.Key.Key_Down)
    assert glossary.term.text() == "Gradient descent"
    qtbot.keyClick(glossary.field, Qt.Key.Key_Up)
    qtbot.keyClick(glossary.field, Qt.Key.Key_Up)
    assert glossary.term.text() == "Gradient"
    qtbot.keyClicks(glossary.field, "zzz")
    assert glossary.nothing.isVisible()
    assert not glossary.list.isVisible()
    qtbot.keyClick(glossary.field, Qt.Key.Key_Down)
    glossary.field.clear()
    assert glossary.list.count() == everything
    assert glossary.term.text() == "Gradient"


def test_both_voices_stand_below_each_other(glossary: GlossaryWindow, window: MainWindow) -> None:
    """The chosen voice comes first."""
    glossary.show_entry("bias")
    entry = load_glossary()["bias"]
    assert glossary.entry is entry
    assert (glossary.first.text(), glossary.second.text()) == (entry.plain, entry.technical)
    window.view.speak("technical")
    assert (glossary.first.text(), glossary.second.text()) == (entry.technical, entry.plain)
    assert glossary.first_caption.text() == "Technical terms"


def test_links_lead_to_other_words(glossary: GlossaryWindow, qtbot: QtBot) -> None:
    """Also to those that what is typed hides."""
    qtbot.keyClicks(glossary.field, "ReLU")
    assert glossary.entry.id == "relu"
    glossary.see_also.linkActivated.emit("activation_function")
    assert glossary.entry.id == "activation_function"
    glossary.field.setText("softmax")
    glossary.see_also.linkActivated.emit("weight")
    assert glossary.entry.id == "weight"
    assert glossary.field.text() == ""
    assert glossary.list.currentItem().text() == "Weight"


def test_show_me_opens_a_hidden_dock_and_rings_it(window: MainWindow, glossary: GlossaryWindow, qtbot: QtBot) -> None:
    """Also when another tab hides it. The ring surrounds the widget, lets the mouse through, and is gone in time."""
    window.right_panel.show_inspector()
    window.watch_dock.hide()
    chart = window.watch_panel.charts.page("loss")
    glossary.show_entry("loss")
    assert glossary.show_me.isEnabled()
    qtbot.mouseClick(glossary.show_me, Qt.MouseButton.LeftButton)
    assert window.watch_dock.isVisible() and chart.isVisible()
    (ring,) = rings(window)

    def is_around_the_chart() -> bool:
        middle = chart.mapTo(window, chart.rect().center())
        larger = ring.size() - chart.size()
        return ring.geometry().contains(middle) and max(larger.width(), larger.height()) <= 2 * show_me.MARGIN

    qtbot.waitUntil(is_around_the_chart)  # it follows once the window is laid out
    assert ring.testAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
    timer = ring.findChild(QTimer)
    assert timer.isActive() and timer.interval() == show_me.DURATION_MS
    timer.start(0)  # its time is over
    qtbot.waitUntil(lambda: not rings(window))


def test_one_ring_at_a_time_that_follows_its_widget(window: MainWindow, qtbot: QtBot) -> None:
    """A second call takes the first ring away; a smaller window moves the ring."""
    point_at(window.watch_dock)
    second = point_at(window.explain_dock)
    assert rings(window) == [second]
    top = second.y()
    window.resize(1300, 760)
    qtbot.waitUntil(lambda: second.y() < top)
    image = window.grab().toImage()
    edge = second.geometry().center().x(), second.y() + 1
    assert image.pixelColor(*edge).name().upper() == theme.current().accent


def test_what_cant_be_seen_yet_says_why(window: MainWindow, glossary: GlossaryWindow, qtbot: QtBot) -> None:
    """The network is there only with data; turning to the glossary looks again."""
    glossary.show_entry("weight")
    assert not glossary.show_me.isEnabled()
    assert "data are open" in glossary.reason.text() == glossary.show_me.toolTip()
    open_sample(window)
    QApplication.sendEvent(glossary, QEvent(QEvent.Type.ActivationChange))
    assert glossary.show_me.isEnabled()
    assert glossary.reason.text() == ""
    window.stack.setCurrentIndex(0)  # gone again, without the glossary having noticed
    qtbot.mouseClick(glossary.show_me, Qt.MouseButton.LeftButton)
    assert not rings(window)
    assert not glossary.show_me.isEnabled()


def test_a_word_without_a_place_says_so(window: MainWindow, qtbot: QtBot) -> None:
    """In a window that has none of the names, nothing can be pointed at."""
    empty = QWidget()
    qtbot.addWidget(empty)
    glossary = GlossaryWindow(empty, window.view)
    assert not glossary.show_me.isEnabled()
    assert "no place of its own" in glossary.reason.text()


def test_links_follow_the_theme(glossary: GlossaryWindow) -> None:
    """Their colour is that of the theme in use."""
    app = make_application()
    before = theme.current()
    other = "light" if before.dark else "dark"
    theme.apply(app, other)
    try:
        assert theme.THEMES[other].accent in glossary.see_also.text()
        assert glossary.palette().color(QPalette.ColorRole.Link).name().upper() == theme.THEMES[other].accent
    finally:
        theme.apply(app, "dark" if before.dark else "light")


def test_a_widget_far_below_is_scrolled_to(qtbot: QtBot) -> None:
    """The ring is where the widget can be seen, and a minimised window comes back."""
    window, inside, scroll = QWidget(), QWidget(), QScrollArea()
    qtbot.addWidget(window)
    column = QVBoxLayout(inside)
    labels = [QLabel(f"{n}") for n in range(60)]
    for label in labels:
        label.setFixedHeight(30)
        column.addWidget(label)
    scroll.setWidget(inside)
    QHBoxLayout(window).addWidget(scroll)
    window.resize(200, 200)
    window.showMinimized()
    ring = point_at(labels[-1])
    assert not window.isMinimized()
    assert scroll.verticalScrollBar().value() > 0
    qtbot.waitUntil(lambda: window.rect().contains(ring.geometry()))  # it follows once the label is scrolled to
    labels[-1].setParent(None)
    labels[-1].deleteLater()
    qtbot.waitUntil(lambda: not rings(window))
