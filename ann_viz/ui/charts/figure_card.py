"""A card of an enlarged chart: a title in plain words with the technical one beside it, a figure, one sentence."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from ann_viz.explain import Voice
from ann_viz.rich import rich
from ann_viz.scene.figure import Figure
from ann_viz.ui.charts.figure_view import FigureView
from ann_viz.ui.kit.labels import PlainLabel, RichLabel

__all__ = ["FigureCard", "RoomCard"]

SMALLER: Final = 11 / 12


class _Second(PlainLabel):
    """The other name of a card, a little smaller where that makes it fit, and left out where even that does not."""

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw it whole, or not at all."""
        if not self.is_cut:
            super().paintEvent(event)
            return
        font = QFont(self.font())
        font.setPixelSize(round(SMALLER * font.pixelSize()))
        if QFontMetricsF(font).horizontalAdvance(self.text()) <= self.contentsRect().width():
            with QPainter(self) as painter:
                painter.setFont(font)
                painter.drawText(self.contentsRect(), self.alignment(), self.text())


class RoomCard(QFrame):
    """A card with a title; its owner adds rows to ``body``.

    Parameters
    ----------
    title, technical : str
        Plain words, and the term of the field.
    """

    def __init__(self, title: str, technical: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("card", True)
        self.setMinimumWidth(240)
        self.setAccessibleName(title)
        self._words = title, technical
        self._voice: Voice = "plain"
        self.title = PlainLabel(title, self, role="title")
        self.technical = _Second(technical, self, role="muted")
        self.value = RichLabel(parent=self, role="label")
        self.head = QHBoxLayout()
        self.head.setSpacing(6)
        self.title.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.technical.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.head.addWidget(self.title)
        self.head.addWidget(self.technical, 1)
        self.head.addWidget(self.value)
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(12, 10, 12, 10)
        self.body.setSpacing(6)
        self.body.addLayout(self.head)

    def name(self, title: str, technical: str) -> None:
        """Call it otherwise."""
        self._words = title, technical
        self.setAccessibleName(title)
        self.speak(self._voice)

    def speak(self, voice: Voice) -> None:
        """Put the plain words first, or the technical term where there is one."""
        self._voice = voice
        plain, technical = self._words
        first, second = (technical, plain) if voice == "technical" and technical else (plain, technical)
        self.title.setText(first)
        self.technical.setText(second)


class FigureCard(RoomCard):
    """A card with one figure and what it says."""

    def __init__(self, title: str, technical: str = "", parent: QWidget | None = None) -> None:
        super().__init__(title, technical, parent)
        self.head.setSpacing(4)  # both names and a value in the narrowest card
        self.view = FigureView(title, self)
        self.view.setMinimumHeight(150)
        self.sentence = RichLabel(parent=self, role="label", wrap=True)
        self.sentence.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.sentence.setMinimumHeight(36)
        self.body.addWidget(self.view, 1)
        self.body.addWidget(self.sentence)

    def show_all(self, figure: Figure, sentence: str, name: str = "", value: str = "") -> None:
        """Show a figure, its sentence, and at the right of the title a short name with a value."""
        self.view.show_figure(figure)
        self.view.setAccessibleDescription(sentence)
        self.sentence.setText(sentence)
        self.value.setText(rich("{name} <b>{value}</b>", name=name, value=value) if value else "")
