"""Where lessons begin: the six questions, the tour, a file of one's own; and what is offered when one is over."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QSettings
from PySide6.QtWidgets import QFileDialog

from ann_viz.errors import AnnVizError
from ann_viz.explain.lesson import Lesson
from ann_viz.explain.lesson_file import own_lessons, read_lesson
from ann_viz.ui.kit.error_report import show_error
from ann_viz.ui.lessons.course import Course
from ann_viz.ui.lessons.pages import TOUR_SEEN

if TYPE_CHECKING:
    from ann_viz.ui.document.bridge import Bridge
    from ann_viz.ui.window.main_window import MainWindow

__all__ = ["School"]


class School(QObject):
    """Starts lessons in a window.

    Parameters
    ----------
    bridge : Bridge
        To the session.
    window : MainWindow
        Where lessons take place.
    """

    def __init__(self, bridge: Bridge, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        technical = window.explain_panel.voices.value == "technical"
        self.course = Course(bridge, window, "technical" if technical else "plain")
        self.course.panel.word_asked.connect(window.side_windows.show_word)
        self.course.ended.connect(self._on_ended)
        window.add_above_picture(self.course.panel)

    def lesson(self, number: int) -> None:
        """Start one of the six questions, counted from 1."""
        self._start(own_lessons()[number - 1])

    def tour(self) -> None:
        """Start the tour; from then on the start card offers it quietly."""
        QSettings().setValue(TOUR_SEEN, True)
        self._start(own_lessons()[-1])

    def choose_file(self) -> None:
        """Let the user choose a lesson of their own."""
        title, kinds = self.tr("Open a lesson"), self.tr("Lessons (*.json);;All files (*)")
        path, _ = QFileDialog.getOpenFileName(self._window, title, str(QSettings().value("learn/folder", "")), kinds)
        if path:
            self.open(Path(path))

    def open(self, path: Path) -> None:
        """Start the lesson in a file, or say what is wrong with it."""
        try:
            lesson = read_lesson(path)
        except AnnVizError as error:
            show_error(self._window, self.tr("This lesson can't be used"), error)
            return
        QSettings().setValue("learn/folder", str(path.parent))
        self._start(lesson)

    def next(self) -> None:
        """Go on, if the reader has done what the step asks."""
        if self.course.met:
            self.course.next()

    def _start(self, lesson: Lesson) -> None:
        self._window.messages.hide()
        self.course.start(lesson)

    def _on_ended(self, identifier: str, own_file: str) -> None:
        """Offer the way back to the reader's own data, and the next question."""
        offers = []
        if own_file:
            path = Path(own_file)
            again = self.tr("Open {name} again").format(name=path.name)
            offers.append((again, lambda: self._window.open_file(path)))
        questions = own_lessons()[:-1]
        ids = [lesson.id for lesson in questions]
        following = ids.index(identifier) + 1 if identifier in ids else len(ids)
        if following < len(questions):
            offers.append((questions[following].title, lambda: self.lesson(following + 1)))
        if offers:
            self._window.messages.show_message(self.tr("The lesson is over."), offers)
