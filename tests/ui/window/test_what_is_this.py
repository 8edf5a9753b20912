"""What is this?: the next click explains, every visible control has something said of it, and nothing is pressed."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSlider,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QScrollBar,
    QTabBar,
    QWidget,
)

from ann_viz.session.samples import samples
from ann_viz.ui.window import what_is_this
from ann_viz.ui.window.what_is_this import about, load_parts

LEFT = Qt.MouseButton.LeftButton
CONTROLS = (QAbstractButton, QAbstractItemView, QAbstractSlider, QAbstractSpinBox, QComboBox, QLineEdit, QTabBar)


def _words(popover: QWidget) -> str:
    return " ".join(label.text() for label in popover.findChildren(QLabel))


@pytest.mark.parametrize("size", [(1440, 900), (1100, 700)])
@pytest.mark.parametrize("with_data", [False, True])
def test_every_visible_control_is_explained(window, size: tuple[int, int], with_data: bool) -> None:
    """The walk over the whole window meets no control that nothing is known of."""
    window.resize(*size)
    if with_data:
        window.open_sample(samples()[0])
    QApplication.processEvents()
    seen = [each for each in window.findChildren(QWidget) if each.isVisible() and isinstance(each, CONTROLS)]
    seen = [each for each in seen if not isinstance(each, QScrollBar)]
    assert len(seen) > 15
    for control in [*seen, window.canvas_card.canvas] if with_data else seen:
        found = about(control)
        assert found is not None, (type(control).__name__, control.objectName(), control.toolTip())
        assert found.name
        assert found.text


def test_a_click_explains_and_presses_nothing(window, qtbot) -> None:
    """Train is explained, not started; the mode is over after it."""
    window.open_sample(samples()[4])
    window.actions_by_id["what_is_this"].trigger()
    mode = window.side_windows.what_is_this
    assert mode.active
    assert QApplication.overrideCursor().shape() is Qt.CursorShape.WhatsThisCursor
    qtbot.mouseClick(window.toolbar.train_button, LEFT)
    assert not mode.active
    assert QApplication.overrideCursor() is None
    assert window.bridge.document.snapshot.step == 0
    assert window.bridge.document.state.name == "READY"
    assert "learn until you pause it" in mode.popover.accessibleDescription()
    mode.popover.close()
    qtbot.waitUntil(lambda: mode.popover is None)


def test_a_word_in_it_opens_the_glossary(window, qtbot) -> None:
    """A link of the text leads to the word."""
    window.open_sample(samples()[4])
    window.side_windows.ask_what_this_is()
    qtbot.mouseClick(window.left_side.build.hyper.rate, LEFT)
    mode = window.side_windows.what_is_this
    assert "loss" in _words(mode.popover)
    text = next(label for label in mode.popover.findChildren(QLabel) if "href" in label.text())
    text.linkActivated.emit("loss")
    assert window.side_windows.glossary.entry.id == "loss"
    qtbot.waitUntil(lambda: mode.popover is None)


def test_escape_and_the_same_key_give_up(window, qtbot) -> None:
    """Nothing is explained, and controls work again."""
    window.side_windows.ask_what_this_is()
    mode = window.side_windows.what_is_this
    qtbot.keyClick(window, Qt.Key.Key_Escape)
    assert not mode.active
    window.side_windows.ask_what_this_is()
    window.side_windows.ask_what_this_is()
    assert not mode.active
    assert mode.popover is None


def test_enter_explains_what_has_the_focus(window, qtbot) -> None:
    """The mode needs no mouse."""
    window.open_sample(samples()[4])
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    window.toolbar.speed.slider.setFocus()
    window.side_windows.ask_what_this_is()
    qtbot.keyClick(window.toolbar.speed.slider, Qt.Key.Key_Return)
    mode = window.side_windows.what_is_this
    assert "Speed" in _words(mode.popover)
    mode.popover.close()
    qtbot.waitUntil(lambda: mode.popover is None)


def test_a_click_beside_everything_explains_nothing(window) -> None:
    """The window itself has no text."""
    window.side_windows.ask_what_this_is()
    mode = window.side_windows.what_is_this
    mode.close()
    mode.explain(window, QPoint(0, 0))
    assert mode.popover is None
    assert about(window) is None


def test_texts_are_sentences() -> None:
    """Every part has a name and short sentences without exclamation marks."""
    parts = load_parts()
    assert len(parts) > 20
    for name, (title, text) in parts.items():
        assert title, name
        assert text.endswith("."), name
        assert "!" not in text, name
        assert all(len(sentence.split()) <= 32 for sentence in text.split(". ")), name


def test_a_broken_file_says_so(tmp_path, monkeypatch) -> None:
    """The name of the file stands in the error."""
    path = tmp_path / "what.json"
    path.write_text('{"parts": {"a": {}}}', encoding="utf-8")
    monkeypatch.setattr(what_is_this, "resource", lambda *_parts: path)
    with pytest.raises(what_is_this.DataError, match=r"what\.json"):
        load_parts.__wrapped__()
