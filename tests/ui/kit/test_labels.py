"""Labels, boxes, tooltips, buttons and titles show text as it is, whatever it looks like."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from PySide6.QtCore import QPointF
from PySide6.QtGui import QEnterEvent, Qt
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from ann_viz.rich import bold, rich
from ann_viz.ui.kit.labels import MOST_ASKED, PlainLabel, RichLabel
from ann_viz.ui.kit.message_box import MessageBox
from ann_viz.ui.kit.plain_text import (
    TIP_LINES,
    TIP_WIDTH,
    caption_of,
    literal,
    plain_caption,
    plain_tip,
    plain_title,
    with_mnemonics,
)
from ann_viz.ui.kit.wheel import ComboBox

IMAGE = "<img src=x.png>"
JOINER = "\N{WORD JOINER}"


def test_plain_labels_know_no_markup(qtbot: QtBot) -> None:
    """The text stays what it is; role and wrapping are set."""
    label = PlainLabel(f"<b>{IMAGE}", role="muted", wrap=True)
    qtbot.addWidget(label)
    assert label.textFormat() == Qt.TextFormat.PlainText
    assert (label.text(), label.property("role"), label.wordWrap()) == (f"<b>{IMAGE}", "muted", True)


def test_room_that_is_kept_is_that_of_the_widest_so_far(qtbot: QtBot) -> None:
    """Less moves nothing, and more than is kept gets what it needs."""
    label = RichLabel("0.123", role="label")
    qtbot.addWidget(label)
    label.keep_room(100, least=5)
    kept = label.minimumWidth()
    assert kept == label.maximumWidth() == max(5, label.sizeHint().width())
    label.setText("0.12345")
    wide = label.minimumWidth()
    assert wide > kept
    label.setText("0.123")
    assert label.minimumWidth() == wide, "nothing around it is laid out anew"
    label.setText("a name that is wider than what is kept")
    assert label.minimumWidth() == 5 and label.maximumWidth() > label.sizeHint().width() > 100
    label.keep_room(0)
    assert label.minimumWidth() == 0


def test_rich_labels_escape_what_is_not_rich(qtbot: QtBot) -> None:
    """Our own tags work, any other text is read letter by letter."""
    label = RichLabel(role="body")
    qtbot.addWidget(label)
    label.setText(rich("so: {x}", x=bold(IMAGE)))
    assert label.words == f"so: {IMAGE}"
    assert label.text() == "so: <b>&lt;img src=x.png&gt;</b>"
    label.setText("so: {x}".format(x=bold("y")))
    assert label.words == "so: <b>y</b>"


def test_boxes_show_text_as_it_is(qtbot: QtBot) -> None:
    """Neither the text nor what follows it is markup, also where the first is bold."""
    parent = QWidget()
    qtbot.addWidget(parent)
    box = MessageBox("Title", IMAGE, f"more of {IMAGE} & <a href='x'>links</a>", parent)
    shown = {label.objectName(): label for label in box.findChildren(QLabel)}
    for name, said in (("label", IMAGE), ("informativelabel", f"more of {IMAGE} & <a href='x'>links</a>")):
        label = shown[f"qt_msgbox_{name}"]
        assert label.textFormat() == Qt.TextFormat.AutoText
        assert not Qt.mightBeRichText(label.text())
        assert label.text().replace(JOINER, "") == said
    assert MessageBox("Title", IMAGE, parent=parent, strong=True).text() == "<b>&lt;img src=x.png&gt;</b>"


@given(st.text(alphabet="<>&;/! \nabimgltxdoc?="))
@example("<?xml version='1.0'?> <b>x</b>")
@example("<!DOCTYPE html>")
@example("a &lt;b")
@example("5 < 6 <b>x</b>")
def test_nothing_is_taken_for_markup(text: str) -> None:
    """Qt's own guess is asked; a reader sees the same letters, and harmless texts stay as they are."""
    shown = literal(text)
    assert not Qt.mightBeRichText(shown)
    assert shown.replace(JOINER, "") == text
    assert Qt.mightBeRichText(text) or shown == text


def test_tooltips_are_no_larger_than_can_be_read() -> None:
    """Long lines are broken between words, endless ones anywhere, and what is too long ends with dots."""
    assert plain_tip("short\ntext") == "short\ntext"
    assert max(map(len, plain_tip("word " * 100).split("\n"))) <= TIP_WIDTH
    for endless in ("x" * 10_000, "\n" * 10_000, "word " * 10_000):
        lines = plain_tip(endless).split("\n")
        assert (len(lines), lines[-1]) == (TIP_LINES, "…")
        assert max(map(len, lines)) <= TIP_WIDTH
    assert plain_tip("") == ""


@pytest.mark.parametrize("text", ["R&D", "A && B", "[*]", "plain"])
def test_buttons_and_titles_show_every_letter(text: str, qtbot: QtBot) -> None:
    """Qt takes half of a doubled mark away again."""
    assert caption_of(plain_caption(text)) == text
    window = QWidget()
    qtbot.addWidget(window)
    window.setWindowTitle(plain_title(f"{text} — ANN Viz"))
    window.show()
    assert window.windowHandle().title() == f"{text} — ANN Viz"


@pytest.mark.parametrize("kind", [PlainLabel, RichLabel])
@pytest.mark.parametrize("wrap", [False, True])
def test_long_texts_push_nothing_apart(kind: type[PlainLabel | RichLabel], wrap: bool, qtbot: QtBot) -> None:
    """A label asks for its text as long as that is short."""
    label = kind("short", wrap=wrap)
    qtbot.addWidget(label)
    assert 0 < label.minimumSizeHint().width() < 80
    label.setText("x" * 10_000)
    assert label.minimumSizeHint().width() <= MOST_ASKED
    assert "x" * 10_000 in label.text()


def test_a_line_without_room_ends_with_dots(qtbot: QtBot) -> None:
    """As much of the text as fits is painted, on the same ground."""
    label, same = PlainLabel("word " * 40), PlainLabel("")
    for each in (label, same):
        qtbot.addWidget(each)
        each.resize(120, 20)
    same.setText(label.fontMetrics().elidedText(label.text(), Qt.TextElideMode.ElideRight, 120))
    assert label.grab().toImage() == same.grab().toImage()


def test_every_menu_has_a_key_of_its_own() -> None:
    """The first letter nobody has yet; what has none stays as it is, and a real & is no mark."""
    assert with_mnemonics(["File", "Edit", "Explain", "Help"]) == ["&File", "&Edit", "E&xplain", "&Help"]
    assert with_mnemonics(["A & B", "ab", "ba"]) == ["&A && B", "a&b", "ba"]
    assert [caption_of(each) for each in with_mnemonics(["A & B", "ab", "ba"])] == ["A & B", "ab", "ba"]


def hover(widget: QWidget) -> None:
    """Enter it with the pointer."""
    inside = QPointF(2, 2)
    QApplication.sendEvent(widget, QEnterEvent(inside, inside, inside))


def test_what_is_cut_is_said_on_hover(qtbot: QtBot) -> None:
    """A label, a rich one and a choice: the whole text where it is cut, nothing where it has room, never over a tip."""
    box = ComboBox()
    box.addItem("a fairly long text")
    for widget in (PlainLabel("a fairly long text"), RichLabel("a fairly long text"), box):
        qtbot.addWidget(widget)
        widget.resize(40, 24)
        widget.show()
        hover(widget)
        assert widget.is_cut
        assert widget.toolTip() == "a fairly long text"
        widget.resize(400, 24)
        hover(widget)
        assert not widget.is_cut
        assert widget.toolTip() == ""
        widget.setToolTip("its own")
        widget.resize(40, 24)
        hover(widget)
        assert widget.toolTip() == "its own"
