"""*What is this?*: the next click says what a control is for, in place of using it.

The texts lie in ``resources/explain/what.json``, by objectName, command or class; a control without one of its own is
explained by its tooltip and by the nearest part around it that has one.
"""

from __future__ import annotations

import functools
import json
from dataclasses import dataclass
from typing import Any, Final

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QToolButton, QWidget

from ann_viz.errors import DataError
from ann_viz.resources import resource
from ann_viz.translation import translate
from ann_viz.ui.document.rich_text import LinkLabel, rich_text
from ann_viz.ui.kit import theme
from ann_viz.ui.kit.labels import PlainLabel
from ann_viz.ui.kit.popover import Popover

__all__ = ["About", "WhatIsThis", "about", "load_parts"]

FILE: Final = "what.json"
WIDTH: Final = 300
_CONFIRM: Final = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)


@dataclass(frozen=True, slots=True)
class About:
    """What is said of a control: its name, what it does (its tooltip, perhaps), and the part it belongs to."""

    name: str
    tip: str
    text: str


@functools.cache
def load_parts() -> dict[str, tuple[str, str]]:
    """Read name and text of every part, by ``objectName``, command or class; raises DataError."""
    try:
        content: dict[str, Any] = json.loads(resource("explain", FILE).read_text(encoding="utf-8"))
        parts = {name: (str(part["name"]), str(part["text"])) for name, part in content["parts"].items()}
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise DataError(
            translate("The explanations in '{file}' can't be read.").format(file=FILE), hint=f"({error!r})"
        ) from error
    return parts


def about(widget: QWidget) -> About | None:
    """Return what there is to say of a control; None where neither it nor anything around it is known."""
    parts = load_parts()
    tip = _tip(widget)
    part: QWidget | None = widget
    while part is not None:
        for name in (part.objectName(), _action_name(part), type(part).__name__):
            if name in parts:
                title, text = parts[name]
                return About(title, "", text) if part is widget else About(_title(widget, title), tip, text)
        part = None if part.isWindow() else part.parentWidget()
    return None


def _action_name(widget: QWidget) -> str:
    action = widget.defaultAction() if isinstance(widget, QToolButton) else None
    return "" if action is None else action.objectName()


def _tip(widget: QWidget) -> str:
    """What the control says of itself."""
    return widget.toolTip() or widget.accessibleDescription()


def _title(widget: QWidget, part: str) -> str:
    """Return what a control is called: by its own name, by its words, or as the part it belongs to."""
    words = widget.text().strip() if isinstance(widget, QAbstractButton) else ""
    return widget.accessibleName() or words or part


class WhatIsThis(QObject):
    """A mode that ends with one click, with Esc, or with its key.

    While it lasts, Enter explains what has the focus.

    Parameters
    ----------
    window : QWidget
        What can be clicked.
    """

    word_asked = Signal(str)
    """Someone wants a word explained; carries its id in the glossary."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self.active = False
        self.popover: Popover | None = None

    def toggle(self) -> None:
        """Begin, or give up."""
        if self.active:
            self._end()
        else:
            self.active = True
            QApplication.setOverrideCursor(Qt.CursorShape.WhatsThisCursor)
            application = QApplication.instance()
            if application is not None:
                application.installEventFilter(self)  # only while it lasts: it sees every event of the program

    def close(self) -> None:
        """Give up, if it is on."""
        if self.active:
            self._end()

    def _end(self) -> None:
        self.active = False
        QApplication.restoreOverrideCursor()
        application = QApplication.instance()
        if application is not None:
            application.removeEventFilter(self)

    def explain(self, widget: QWidget | None, at: QPoint) -> None:
        """Say at a point of the screen what `widget` is; the nearest known part around it will do."""
        found = None if widget is None else about(widget)
        if found is None:
            return
        popover = Popover(found.name, WIDTH, self._window)
        popover.setObjectName("whatIsThis")
        popover.column.addWidget(PlainLabel(found.name, role="title", wrap=True))
        if found.tip and found.tip != found.name:
            popover.column.addWidget(PlainLabel(found.tip, role="muted", wrap=True))
        words = LinkLabel()
        words.setText(rich_text(found.text, theme.current().text2))
        words.linkActivated.connect(popover.close)
        words.linkActivated.connect(self.word_asked)
        popover.column.addWidget(words)
        popover.setAccessibleDescription(f"{found.tip} {found.text}".replace("**", "").strip())
        for each in popover.findChildren(QLabel):
            each.ensurePolished()
        popover.setFixedHeight(popover.column.totalHeightForWidth(WIDTH))
        popover.open_at(at)
        self.popover = popover
        popover.destroyed.connect(self._on_popover_gone)

    def _on_popover_gone(self) -> None:
        self.popover = None

    # Qt -------------------------------------------------------------------------------------------------------------
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take the next click, or Enter, for a question; the control never sees it."""
        kind = event.type()
        if not self.active or not isinstance(watched, QWidget):
            return False
        if kind == QEvent.Type.MouseButtonPress and isinstance(event, QMouseEvent):
            point = event.globalPosition().toPoint()
            return True if watched.isWindow() and watched is not self._window else self._ask(watched, point)
        if kind in (QEvent.Type.MouseButtonRelease, QEvent.Type.MouseButtonDblClick):
            return True
        if kind in (QEvent.Type.KeyPress, QEvent.Type.ShortcutOverride) and isinstance(event, QKeyEvent):
            return self._on_key(kind, Qt.Key(event.key()))
        return False

    def _on_key(self, kind: QEvent.Type, key: Qt.Key) -> bool:
        if key != Qt.Key.Key_Escape and key not in _CONFIRM:
            return False
        focused = QApplication.focusWidget()
        if kind == QEvent.Type.KeyPress:
            self._end()
            if key in _CONFIRM and focused is not None:
                self.explain(focused, focused.mapToGlobal(focused.rect().bottomLeft()))
        return True

    def _ask(self, widget: QWidget, at: QPoint) -> bool:
        self._end()
        self.explain(widget, at)
        return True
