"""The strip above the picture in which a lesson speaks; it only shows and reports, `learn_course` decides."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from ann_viz.rich import joined, rich
from ann_viz.ui.document.rich_text import LinkLabel, rich_text
from ann_viz.ui.kit import theme
from ann_viz.ui.kit.controls import Glyph, IconButton
from ann_viz.ui.kit.labels import PlainLabel
from ann_viz.ui.kit.plain_text import plain_caption

__all__ = ["LessonPanel"]

MOST_CHOICES: Final = 4
TEXT_HEIGHT: Final = 36  # two lines; a longer text takes more
DONE_HEIGHT: Final = 36  # two lines
LOW: Final = 780  # pixels of a window that has no room to keep free


class LessonPanel(QFrame):
    """One step of a lesson: what is said, what is asked, and the way on."""

    next_asked = Signal()
    back_asked = Signal()
    show_asked = Signal()
    close_asked = Signal()
    answered = Signal(int)
    word_asked = Signal(str)
    """Someone wants a word explained; carries its id in the glossary."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._text = self._done = ""
        self._met = False
        self.setObjectName("lessonPanel")
        self.setProperty("card", "accent")
        self._title = PlainLabel(parent=self, role="title")
        self._title.setMinimumWidth(40)  # a long question must not push the window wider
        self._progress = PlainLabel(parent=self, role="caption")
        self._close = IconButton("x", self.tr("Close the lesson"), parent=self)
        self._says = self._paragraph(TEXT_HEIGHT)
        self._answer = self._paragraph(DONE_HEIGHT)
        self.choices = [QPushButton(self) for _ in range(MOST_CHOICES)]
        self.back = QPushButton(self.tr("Back"), self)
        self.show_me = QPushButton(self.tr("Show me"), self)
        self.skip = QPushButton(self.tr("Skip step"), self)
        self.next = QPushButton(self.tr("Next"), self)
        self.next.setProperty("kind", "primary")
        for button in (*self.choices, self.back, self.show_me, self.skip, self.next):
            button.setProperty("small", True)
        for place, button in enumerate(self.choices):
            button.clicked.connect(lambda _checked=False, place=place: self.answered.emit(place))
        self._close.clicked.connect(self.close_asked)
        self.back.clicked.connect(self.back_asked)
        self.show_me.clicked.connect(self.show_asked)
        self.skip.clicked.connect(self.next_asked)
        self.next.clicked.connect(self.next_asked)
        self._arrange()

    def _paragraph(self, height: int) -> QLabel:
        label = LinkLabel(self)
        label.setAlignment(Qt.AlignmentFlag.AlignTop)
        label.setMinimumHeight(height)
        label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
        label.linkActivated.connect(self.word_asked)
        return label

    def _arrange(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(Glyph("lightbulb", "accent", 16, self))
        head.addWidget(self._title, 1)
        head.addWidget(self._progress)
        for button in (self.back, self.show_me, self.skip, self.next, self._close):
            head.addWidget(button)
        answers = QHBoxLayout()
        answers.setSpacing(8)
        for button in self.choices:
            answers.addWidget(button)
        answers.addStretch()
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 8, 10, 10)
        column.setSpacing(4)
        column.addLayout(head)
        column.addWidget(self._says)
        column.addLayout(answers)
        column.addWidget(self._answer)

    # What it shows --------------------------------------------------------------------------------------------------
    @property
    def text(self) -> str:
        """What is said, with ``**`` around what stands out."""
        return self._text

    @property
    def done_text(self) -> str:
        """What is said after the reader has done it; empty before."""
        return self._done

    def show_step(self, title: str, number: int, n_steps: int, *, points: bool, choices: tuple[str, ...]) -> None:
        """Begin a step.

        Parameters
        ----------
        title : str
            Of the lesson.
        number, n_steps : int
            Which step, from 1, of how many.
        points : bool
            Whether it has something to point at.
        choices : tuple of str
            Answers to choose from.
        """
        self._title.setText(title)
        self._progress.setText(self.tr("step {n} of {all}").format(n=number, all=n_steps))
        self.setAccessibleName(f"{title} {self._progress.text()}")
        for place, button in enumerate(self.choices):
            known = place < len(choices)
            button.setText(plain_caption(choices[place]) if known else "")
            button.setEnabled(True)
            button.setVisible(known)
        self.back.setText(self.tr("Back"))
        self.back.setEnabled(number > 1)
        self.show_me.setVisible(points)
        self.next.setText(self.tr("Finish") if number == n_steps else self.tr("Next"))

    def show_text(self, text: str) -> None:
        """Say something."""
        if text != self._text:
            self._text = text
            self._paint_texts()

    def show_left(self) -> None:
        """Say that data or network are no longer those of the lesson, and offer both ways."""
        self.show_text(self.tr("**You have left the lesson:** it speaks of other data or of another network."))
        self.show_done("", met=True)
        for button in self.choices:
            button.hide()
        self.back.setText(self.tr("Start it again"))
        self.back.setEnabled(True)
        self.next.setText(self.tr("Go on here"))

    def show_done(self, done: str, *, met: bool) -> None:
        """Open the way on, or wait for the reader.

        Parameters
        ----------
        done : str
            What is said once it is done, or while something else was done.
        met : bool
            Whether it is.
        """
        self.next.setEnabled(met)
        self.skip.setVisible(not met)
        if (done, met) != (self._done, self._met):
            self._done, self._met = done, met
            self._paint_texts()

    def show_answer(self, place: int) -> None:
        """Let the chosen answer stay, the others step back."""
        for each, button in enumerate(self.choices):
            button.setEnabled(each == place)

    def _paint_texts(self) -> None:
        tokens = theme.current()
        self._says.setText(rich_text(self._text, tokens.text2))
        mark = rich('<b style="color:{ok}">✓</b>\N{NO-BREAK SPACE}', ok=tokens.ok) if self._done and self._met else ""
        self._answer.setText(joined("", (mark, rich_text(self._done, tokens.text2))))
        self.setAccessibleDescription(f"{self._text} {self._done}".replace("**", "").strip())
        self._keep_room()

    def _keep_room(self) -> None:
        """Keep room for what will be said, so that nothing moves then; in a low window the picture needs it more."""
        self._answer.setVisible(bool(self._done) or self.window().height() >= LOW)

    # Qt -------------------------------------------------------------------------------------------------------------
    def resizeEvent(self, event: QResizeEvent) -> None:
        """Follow the window."""
        super().resizeEvent(event)
        self._keep_room()

    def changeEvent(self, event: QEvent) -> None:
        """Colour the texts anew in another theme."""
        if event.type() == QEvent.Type.PaletteChange:
            self._paint_texts()
        super().changeEvent(event)
