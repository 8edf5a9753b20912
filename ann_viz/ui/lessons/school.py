"""Where lessons begin: the questions, the tour, a file of one's own; and what is offered when one is over."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QSettings, Signal

from ann_viz.errors import AnnVizError
from ann_viz.explain.lesson import Lesson
from ann_viz.ui.kit import file_dialogs
from ann_viz.ui.kit.error_report import show_error
from ann_viz.ui.lessons.pages import TOUR_SEEN

if TYPE_CHECKING:
    from ann_viz.ui.document.bridge import Bridge
    from ann_viz.ui.lessons.course import Course
    from ann_viz.ui.lessons.setup import LessonHost

__all__ = ["School"]


class School(QObject):
    """Starts lessons in a window.

    Parameters
    ----------
    bridge : Bridge
        To the document.
    host : LessonHost
        The window in which lessons take place.
    """

    word_asked = Signal(str)
    """Someone wants a word explained; carries its id in the glossary."""

    def __init__(self, bridge: Bridge, host: LessonHost) -> None:
        super().__init__(host.window())
        self._bridge = bridge
        self._host = host
        self._course: Course | None = None

    @property
    def course(self) -> Course:
        """What leads through a lesson."""
        from ann_viz.ui.lessons.course import Course  # not needed for the first paint

        if self._course is None:
            self._course = Course(self._bridge, self._host)
            self._course.panel.word_asked.connect(self.word_asked)
            self._course.ended.connect(self._on_ended)
            self._host.add_above_picture(self._course.panel)
        return self._course

    @property
    def is_preparing(self) -> bool:
        """Whether what is opened now is opened by a lesson."""
        return self._course is not None and self._course.is_preparing

    @property
    def is_on(self) -> bool:
        """Whether a lesson is under way."""
        return self._course is not None and self._course.step is not None

    def lesson(self, number: int) -> None:
        """Start one of the questions, counted from 1."""
        from ann_viz.explain.lesson_file import own_lessons

        self._start(own_lessons()[number - 1])

    def tour(self) -> None:
        """Start the tour; from then on the start card offers it quietly."""
        from ann_viz.explain.lesson_file import own_lessons

        QSettings().setValue(TOUR_SEEN, True)
        self._start(own_lessons()[-1])

    def choose_file(self) -> None:
        """Let the user choose a lesson of their own."""
        title, kinds = self.tr("Open a lesson"), self.tr("Lessons (*.json);;All files (*)")
        path = file_dialogs.ask_file(self._host.window(), title, "lessons", kinds)
        if path is not None:
            self.open(path)

    def open(self, path: Path) -> None:
        """Start the lesson in a file, or say what is wrong with it."""
        from ann_viz.explain.lesson_file import read_lesson

        try:
            lesson = read_lesson(path)
        except AnnVizError as error:
            show_error(self._host.window(), self.tr("This lesson can't be used"), error)
            return
        self._start(lesson)

    def next(self) -> None:
        """Go on, if the reader has done what the step asks."""
        if self.course.met:
            self.course.next()

    def back(self) -> None:
        """Read the step before again."""
        self.course.back()

    def close(self) -> None:
        """End the lesson, if one is open."""
        if self._course is not None:
            self._course.close()

    def _start(self, lesson: Lesson) -> None:
        self._host.messages.hide()
        self.course.start(lesson)

    def _on_ended(self, identifier: str, own_file: str) -> None:
        """Offer the way back to the reader's own data, and the next question."""
        from ann_viz.explain.lesson_file import own_lessons

        offers = []
        if own_file:
            path = Path(own_file)
            again = self.tr("Open {name} again").format(name=path.name)
            offers.append((again, lambda: self._host.open_file(path)))
        questions = own_lessons()[:-1]
        ids = [lesson.id for lesson in questions]
        following = ids.index(identifier) + 1 if identifier in ids else len(ids)
        if following < len(questions):
            offers.append((questions[following].title, lambda: self.lesson(following + 1)))
        if offers:
            self._host.messages.show_message(self.tr("The lesson is over."), offers)
