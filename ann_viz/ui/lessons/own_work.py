"""Keeps apart what is the reader's own work and what lessons have opened, and puts the reader's settings back."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from ann_viz.session.samples import samples
from ann_viz.ui.lessons.setup import Settings, has_own_work

if TYPE_CHECKING:
    from ann_viz.explain.lesson import Lesson
    from ann_viz.ui.document.bridge import Bridge
    from ann_viz.ui.window.main_window import MainWindow

__all__ = ["OwnWork"]


class OwnWork(QObject):
    """What the reader had open, as far as a lesson takes it away.

    Parameters
    ----------
    bridge : Bridge
        To the session.
    window : MainWindow
        For the speed.

    Attributes
    ----------
    preparing : bool
        While true, data that are opened are the lesson's.
    """

    def __init__(self, bridge: Bridge, window: MainWindow) -> None:
        super().__init__(window)
        self._bridge = bridge
        self._window = window
        self.preparing = False
        self._lent = False  # the open data are a lesson's
        self._left: object = None  # as the last lesson left them
        self._before: Settings | None = None
        self._file: Path | None = None
        bridge.dataset_changed.connect(self._on_dataset_changed)

    def at_stake(self, *, in_lesson: bool) -> bool:
        """Return whether another lesson would take work from the reader; `in_lesson` says whether one is open."""
        if self._lent and (in_lesson or self._work() == self._left):
            return False
        return has_own_work(self._bridge)

    def remember(self, lesson: Lesson, *, at_stake: bool) -> None:
        """Note down what `lesson` is about to change."""
        if not lesson.changes_work:
            return
        if self._before is None:
            self._before = Settings.of(self._bridge, self._window)
        dataset = self._bridge.session.dataset
        if at_stake and lesson.opens_sample and dataset is not None:
            is_sample = dataset.name in {sample.file for sample in samples()}
            self._file = None if is_sample else dataset.table.path

    def leave(self) -> str:
        """End a lesson: return the path of the file it has closed, or nothing."""
        self._left = self._work()
        file, self._file = self._file, None
        return "" if file is None else str(file)

    def _work(self) -> object:
        """Return what is another when network, settings or weights are others."""
        session = self._bridge.session
        step = None if session.snapshot is None else session.snapshot.step
        return session.network_config, session.train_config, step, session.manual_edits.changed

    def _on_dataset_changed(self) -> None:
        """Put the reader's settings back with the first data that no lesson has opened."""
        self._lent = self.preparing
        if not self._lent and self._before is not None:
            before, self._before = self._before, None
            QTimer.singleShot(0, self, lambda: before.put_back(self._bridge, self._window))
