"""A page that is made when somebody first looks at it."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QPushButton, QVBoxLayout, QWidget

from ann_viz.ui.kit.late import LatePage, make_seen_pages


def two_fields() -> QWidget:
    """Return a page with two fields, one below the other."""
    page = QWidget()
    column = QVBoxLayout(page)
    column.addWidget(QLineEdit())
    column.addWidget(QLineEdit())
    return page


def test_tab_reaches_a_late_page_where_it_stands(qtbot: Any) -> None:
    """Not behind all else in the window."""
    window = QWidget()
    qtbot.addWidget(window)
    late, before, after = LatePage(two_fields), QPushButton(), QPushButton()
    column = QVBoxLayout(window)
    for widget in (before, late, after):
        column.addWidget(widget)
    late.hide()
    window.show()
    assert not late.is_made
    late.show()
    reached, widget = [], before.nextInFocusChain()
    while widget is not before:
        reached += [widget] if widget.focusPolicy() & Qt.FocusPolicy.TabFocus else []
        widget = widget.nextInFocusChain()
    assert reached == [*late.page.findChildren(QLineEdit), after]


def test_what_will_be_seen_can_be_made_before(qtbot: Any) -> None:
    """What is hidden, and what stands in something hidden, still waits."""
    panel = QWidget()
    qtbot.addWidget(panel)
    seen, hidden, inside = LatePage(two_fields, panel), LatePage(two_fields, panel), QWidget(panel)
    hidden.hide()
    inside.hide()
    within = LatePage(two_fields, inside)
    make_seen_pages(panel)
    assert seen.is_made and not hidden.is_made and not within.is_made
