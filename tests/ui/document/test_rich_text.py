"""Texts of the resources become rich text: bold, linked words, and nothing else that a file could smuggle in."""

from __future__ import annotations

import re

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from ann_viz.ui.document.rich_text import LinkLabel, rich_text


def test_bold_and_words() -> None:
    """A word of the glossary is a link, also within bold words; the marks are gone."""
    text = rich_text("Press **Train** and watch **the loss**.", "#123456")
    assert "<b>Train</b>" in text
    assert '<b>the <a href="loss" style="color:#123456">loss</a></b>' in text
    assert "**" not in text


def test_markup_of_a_file_is_shown_as_it_is() -> None:
    """An own lesson, a column's name or a cell can't bring tags of its own."""
    text = rich_text('<img src="x"> & **<b>**', "#000000")
    assert not re.search(r"<(?!/?b>|/?a)", text)
    assert "&lt;img" in text
    assert "&amp;" in text


def test_links_are_followed_with_keys(qtbot: QtBot) -> None:
    """Tab goes from word to word, Enter asks for it; a text without links is passed by."""
    window = QWidget()
    qtbot.addWidget(window)
    field, label = QLineEdit(), LinkLabel()
    column = QVBoxLayout(window)
    column.addWidget(field)
    column.addWidget(label)
    asked: list[str] = []
    label.linkActivated.connect(asked.append)
    label.setText("Nothing to ask for.")
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    field.setFocus()
    qtbot.keyClick(field, Qt.Key.Key_Tab)
    assert not label.hasFocus()
    label.setText(rich_text("The learning rate times the gradient.", "#434B59"))
    qtbot.keyClick(field, Qt.Key.Key_Tab)
    qtbot.keyClick(label, Qt.Key.Key_Return)
    qtbot.keyClick(label, Qt.Key.Key_Tab)
    label.setText(rich_text("The learning rate times the gradient.", "#434B59"))
    qtbot.keyClick(label, Qt.Key.Key_Return)
    assert asked == ["learning_rate", "gradient"]
