"""The strip over the picture while a past moment is looked at: which one, back to now, or on from here."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QToolButton, QWidget

from ann_viz.numerals import format_number
from ann_viz.rich import Rich, rich, words_of
from ann_viz.ui.document.bridge import Bridge
from ann_viz.ui.document.missing_table import need_rows
from ann_viz.ui.kit import icons, theme
from ann_viz.ui.kit.floating import Floating
from ann_viz.ui.kit.labels import PlainLabel, RichLabel
from ann_viz.ui.kit.plain_text import plain_tip

__all__ = ["LookBanner"]

HEIGHT: Final = 40
NARROW_HEIGHT: Final = 36
MOST_KEPT: Final = 320
GAP: Final = 8
"""Beside the headings of the first and the last layer: they are not covered while there is room."""


class LookBanner(Floating):
    """Floats over the heading of the hidden layers, so that nothing below it moves.

    Parameters
    ----------
    bridge : Bridge
        To the document.
    over : QWidget
        What it floats over.
    free : callable
        Returns where the room that it may cover begins and ends, and the middle of what is there, in pixels from the
        left.
    """

    def __init__(self, bridge: Bridge, over: QWidget, free: Callable[[], tuple[float, float, float]]) -> None:
        super().__init__(over)
        self._free = free
        self._bridge = bridge
        self.setObjectName("lookBanner")
        self._said: tuple[object, ...] = ()
        self._forms: tuple[Rich, Rich] = (rich(""), rich(""))  # what is said, and with fewer words
        self._is_brief = False
        self._fitted: tuple[object, ...] = ()
        self._icon = PlainLabel(parent=self)
        self.words = RichLabel(parent=self, role="label")
        self.back = QToolButton(self)
        self.back.setProperty("kind", "tool")
        self.back.setText(self.tr("Return to now"))
        self.back.setToolTip(plain_tip(self.tr("Show the newest weights again (Esc)")))
        self.back.clicked.connect(lambda: bridge.look_at(None))
        self.on = QPushButton(self.tr("Continue from here"), self)
        self.on.setProperty("kind", "primary")
        self.on.setToolTip(plain_tip(self.tr("Train on from these weights, in a run of its own (Ctrl+Enter)")))
        self.on.clicked.connect(bridge.continue_from_here)
        need_rows(bridge, self.on)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 5, 6, 5)
        row.setSpacing(8)
        for button in (self.back, self.on):
            button.setProperty("small", True)
        for widget in (self._icon, self.words, self.back, self.on):
            row.addWidget(widget)
        for changed in (bridge.look_changed, bridge.newest_changed, bridge.snapshot_changed):
            changed.connect(self.show_look)
        self.show_look()

    def show_look(self) -> None:
        """Say which moment is on show, or go."""
        document = self._bridge.document
        moment, newest = document.looking_at, document.newest
        self.setVisible(moment is not None)
        if moment is None or newest is None:
            self._said = ()
            return
        tokens = theme.current()
        if (said := (moment, newest.epoch, tokens)) == self._said:  # several signals tell of one moment
            return
        self._said = said
        self._icon.setPixmap(icons.pixmap("history", tokens.accent, 16))
        of = format_number(newest.epoch)
        if moment.batch is None:
            forms = self.tr("Looking at <b>epoch {epoch} of {n}</b>"), self.tr("<b>Epoch {epoch} of {n}</b>")
        else:
            forms = (
                self.tr("Looking at <b>epoch {epoch} of {n}, batch {batch}</b>"),
                self.tr("<b>Epoch {epoch} of {n}, batch {batch}</b>"),
            )
        values = {"epoch": format_number(moment.epoch), "n": of, "batch": format_number(moment.batch or 0)}
        long, short = (rich(form, **values) for form in forms)
        self._forms = long, short
        self.place()

    def place(self) -> None:
        """Stand between the captions of the first and the last layer; make do with fewer words and icons for that.

        Which words these are is tried out once for all numbers of so many digits: the strip does not move with them.
        """
        scale, style = theme.magnified(), Qt.ToolButtonStyle
        left, right, middle = self._free()
        left, room = round(left) + GAP, round(right - left) - 2 * GAP
        long, short = self._forms
        if (fitted := (left, room, middle, scale, len(words_of(long)), theme.current())) == self._fitted:
            self.words.setText(short if self._is_brief else long)
            return
        self._fitted = fitted
        self.back.setIcon(icons.icon("undo-2", theme.current().text2, 14))
        for words, narrow, clock in (
            (long, False, True),
            (long, True, True),
            (short, True, True),
            (short, True, False),
        ):
            self._is_brief = words is short
            self.words.keep_room(0)
            self.words.setText(words)
            self.words.keep_room(MOST_KEPT)
            self._icon.setVisible(clock)
            self.back.setToolButtonStyle(style.ToolButtonIconOnly if narrow else style.ToolButtonTextOnly)
            self.setFixedHeight(round((NARROW_HEIGHT if narrow else HEIGHT) * scale))
            super().place()
            if self.width() <= room:
                break
        farthest = max(left + room, self.over.width() if self.width() > room else 0) - self.width()
        self.move(max(0, min(max(round(middle) - self.width() // 2, left), farthest)), self.y())
