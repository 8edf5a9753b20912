"""The two kinds of label: one that shows text as it is, and one for the program's own rich text.

However long a text from the data is, neither pushes a window apart: it is cut instead.
"""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QEnterEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QWidget

from ann_viz.isolates import isolated
from ann_viz.rich import Rich, escaped, words_of
from ann_viz.ui.kit.plain_text import plain_tip
from ann_viz.ui.kit.screen_fit import QWIDGETSIZE_MAX

__all__ = ["PlainLabel", "RichLabel"]


MOST_ASKED: Final = 320
MOST_ASKED_BY_LINES: Final = 160
"""Width in pixels that a label of one line, or of several, insists on at most; it may get more."""


class _Label(QLabel):
    """What both kinds have in common: a role in the stylesheet, lines or one line, and a bound to their width."""

    def __init__(self, parent: QWidget | None, form: Qt.TextFormat, role: str, *, wrap: bool) -> None:
        super().__init__(parent)
        self.setTextFormat(form)
        self.setWordWrap(wrap)
        if role:
            self.setProperty("role", role)
        self._tells_whole = False
        self._most_kept = self._least_kept = 0

    def keep_room(self, most: int, least: int = 0) -> None:
        """Keep the room that a text has needed for those that follow: what changes often lays out nothing around it.

        Parameters
        ----------
        most : int
            Texts that are wider get what they need, and no more, each time; with 0 every text does.
        least : int
            So much room is kept from the beginning.
        """
        self._most_kept, self._least_kept = most, least
        self._let_go()
        self._grow()

    def _grow(self) -> None:
        """Hold the room of the text, where it is kept, and of those before it."""
        if not self._most_kept:
            return
        needed = self.sizeHint()  # never less than the room that is held
        if needed.width() > self._most_kept:
            self._let_go()
        elif needed != self.minimumSize():
            self.setFixedSize(needed)

    def _let_go(self) -> None:
        self.setMinimumSize(self._least_kept, 0)
        self.setMaximumSize(QWIDGETSIZE_MAX, QWIDGETSIZE_MAX)

    def changeEvent(self, event: QEvent) -> None:
        """Need other room with other letters."""
        super().changeEvent(event)
        if self._most_kept and event.type() in (QEvent.Type.StyleChange, QEvent.Type.FontChange):
            self._let_go()
            self._grow()

    @property
    def words(self) -> str:
        """What a reader sees of the text."""
        return self.text()

    @property
    def is_cut(self) -> bool:
        """Whether its one line has too little room; the tooltip then says all of it, unless it says something else."""
        raise NotImplementedError

    def enterEvent(self, event: QEnterEvent) -> None:
        """Give the whole text as the tooltip where it is cut."""
        super().enterEvent(event)
        if self._tells_whole or not self.toolTip():
            self._tells_whole = self.is_cut
            self.setToolTip(plain_tip(self.words) if self._tells_whole else "")

    def minimumSizeHint(self) -> QSize:
        """Ask for no more than a name of usual length needs, or in several lines a word."""
        most = MOST_ASKED_BY_LINES if self.wordWrap() else MOST_ASKED
        return super().minimumSizeHint().boundedTo(QSize(most, self.maximumHeight()))


class PlainLabel(_Label):
    """Text, letter by letter, or a picture. Qt's own label guesses whether a text is markup, and loads what it names.

    Parameters
    ----------
    text : str
        What it shows.
    role : str
        One of the roles in the stylesheet.
    wrap : bool
        Whether long texts are broken into lines; otherwise they are cut where there is no more room: words at their
        end, and a name in its middle, for its end may be what tells it apart.

    Attributes
    ----------
    brief : str
        A shorter text for where there is too little room.
    """

    def __init__(self, text: str = "", parent: QWidget | None = None, *, role: str = "", wrap: bool = False) -> None:
        super().__init__(parent, Qt.TextFormat.PlainText, role, wrap=wrap)
        self.brief = ""
        self.setText(text)

    def setText(self, text: str) -> None:
        """Show another text."""
        super().setText(isolated(text))
        self._grow()

    @property
    def is_cut(self) -> bool:
        """Whether its one line has too little room."""
        text = self.text()
        if self.wordWrap() or "\n" in text:
            return False
        return self.fontMetrics().horizontalAdvance(text) > self.contentsRect().width()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the text, or as much of its one line as there is room for."""
        if not self.is_cut:
            super().paintEvent(event)
            return
        box, text = self.contentsRect(), self.brief or self.text()
        where = Qt.TextElideMode.ElideRight if " " in text else Qt.TextElideMode.ElideMiddle
        shown = self.fontMetrics().elidedText(text, where, box.width())
        with QPainter(self) as painter:
            self.drawFrame(painter)  # with the ground that the stylesheet gives it
            flags = self.alignment().value
            self.style().drawItemText(
                painter, box, flags, self.palette(), self.isEnabled(), shown, self.foregroundRole()
            )


class RichLabel(_Label):
    """Text with the tags that `ann_viz.rich` allows; any other text is shown as it is.

    Parameters
    ----------
    text : str
        What it shows: `Rich`, or anything else letter by letter.
    role : str
        One of the roles in the stylesheet.
    wrap : bool
        Whether long texts are broken into lines.
    """

    def __init__(self, text: str = "", parent: QWidget | None = None, *, role: str = "", wrap: bool = False) -> None:
        super().__init__(parent, Qt.TextFormat.RichText, role, wrap=wrap)
        self.setText(text)

    @property
    def words(self) -> str:
        """What a reader sees of the text."""
        return words_of(Rich(self.text()))

    @property
    def is_cut(self) -> bool:
        """Whether its one line has too little room."""
        return not self.wordWrap() and self.sizeHint().width() > self.width() + 1

    def setText(self, text: str) -> None:
        """Show another text."""
        super().setText(isolated(escaped(text)))
        self._grow()
