"""The reader's own work: what a lesson would take away, the question before it does, and the settings it puts back."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QMessageBox, QWidget

from ann_viz.engine import LayerConfig, TrainConfig
from ann_viz.session.samples import find_sample
from ann_viz.translation import translate
from ann_viz.ui.kit.message_box import MessageBox

if TYPE_CHECKING:
    from ann_viz.explain.lesson import Lesson
    from ann_viz.session import Document
    from ann_viz.ui.document.bridge import Bridge
    from ann_viz.ui.lessons.setup import LessonHost

__all__ = ["LessonQuestion", "OwnWork"]


@dataclass(frozen=True, slots=True)
class Settings:
    """How the reader had set network, training and speed before a lesson changed them, and for which file."""

    file: Path | None
    hidden: tuple[LayerConfig, ...] | None
    training: TrainConfig
    speed: int

    @classmethod
    def of(cls, bridge: Bridge, host: LessonHost) -> Settings:
        """Return those of now; without data the network has none yet."""
        document, config = bridge.document, bridge.document.network_config
        file = None if document.described is None else document.described.table.path
        return cls(file, None if config is None else config.hidden, document.train_config, host.speed_position)

    def put_back(self, bridge: Bridge, host: LessonHost) -> None:
        """Set everything as it was; other data have the settings that were suggested for them."""
        document = bridge.document
        if document.described is not None and document.described.table.path == self.file:
            if document.network_config is not None and document.network_config.hidden != self.hidden:
                bridge.set_hidden(self.hidden or ())
            if document.train_config != self.training:
                bridge.set_training(**asdict(self.training))
        host.show_speed(self.speed)


class OwnWork(QObject):
    """What the reader had open, as far as a lesson takes it away.

    Parameters
    ----------
    bridge : Bridge
        To the document.
    host : LessonHost
        For the speed.

    Attributes
    ----------
    preparing : bool
        While true, data that are opened are the lesson's.
    """

    def __init__(self, bridge: Bridge, host: LessonHost) -> None:
        super().__init__(host.window())
        self._bridge = bridge
        self._host = host
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
        return self._has_own_work()

    def _has_own_work(self) -> bool:
        """Return whether something is open that a lesson would take: a file, learned or changed weights."""
        document = self._bridge.document
        if document.described is None:
            return False
        trained = document.snapshot is not None and document.snapshot.step > 0
        changed = bool(document.manual_edits.changed) or self._bridge.undo_stack.count() > 0
        return find_sample(document.described.name) is None or trained or changed

    def remember(self, lesson: Lesson, *, at_stake: bool) -> None:
        """Note down what `lesson` is about to change."""
        if not lesson.changes_work:
            return
        if self._before is None:
            self._before = Settings.of(self._bridge, self._host)
        dataset = self._bridge.document.described
        if at_stake and lesson.opens_sample and dataset is not None:
            self._file = dataset.table.path if find_sample(dataset.name) is None else None

    def leave(self) -> str:
        """End a lesson: return the path of the file it has closed, or nothing."""
        self._left = self._work()
        file, self._file = self._file, None
        return "" if file is None else str(file)

    def _work(self) -> object:
        """Return what is another when network, settings or weights are others."""
        document = self._bridge.document
        step = None if document.snapshot is None else document.snapshot.step
        return document.network_config, document.train_config, step, document.manual_edits.changed

    def _on_dataset_changed(self) -> None:
        """Put the reader's settings back with the first data that no lesson has opened."""
        self._lent = self.preparing
        if not self._lent and self._before is not None:
            before, self._before = self._before, None
            QTimer.singleShot(0, self, lambda: before.put_back(self._bridge, self._host))


class LessonQuestion(MessageBox):
    """Says what the lesson changes, what comes back, and offers to save the rest.

    Parameters
    ----------
    window : QWidget
        It stands on it.
    file : str
        Name of what is open.
    trained : bool
        Whether its network has learned something.
    closes : bool
        Whether the lesson opens data of its own; otherwise it only changes the network.
    """

    def __init__(self, window: QWidget, file: str, *, trained: bool, closes: bool) -> None:
        text, more = _closing(file, trained=trained) if closes else _changing()
        super().__init__(translate("Start the lesson?"), text, more, window)
        self.setObjectName("lessonQuestion")
        self.begin = self.addButton(translate("Start the lesson"), QMessageBox.ButtonRole.AcceptRole)
        self.save = self.addButton(translate("Save project…"), QMessageBox.ButtonRole.ActionRole) if trained else None
        self.cancel = self.addButton(QMessageBox.StandardButton.Cancel)
        self.setDefaultButton(self.begin)
        self.setEscapeButton(self.cancel)

    @classmethod
    def ask(cls, host: LessonHost, document: Document, *, closes: bool) -> bool:
        """Return whether the lesson may begin."""
        while document.described is not None:
            trained = document.snapshot is not None and document.snapshot.step > 0
            box = cls(host.window(), document.described.name, trained=trained, closes=closes)
            clicked = box.wait()
            if clicked is not box.save or box.save is None:
                return clicked is box.begin
            host.save_work()
        return True


def _changing() -> tuple[str, str]:
    """Say what a lesson changes that stays with the reader's data, and how it comes back."""
    text = translate("The lesson changes the network that is open: its layers, settings or weights.")
    return text, translate("Undo (Ctrl+Z) takes its changes back, one after the other.")


def _closing(file: str, *, trained: bool) -> tuple[str, str]:
    """Say what a lesson closes, and what of it comes back."""
    back = translate("It closes {file}; when the lesson ends you are asked whether to open it again.").format(file=file)
    kept = translate("Your settings come back with your data.")
    lost = translate("The weights your network has learned do not: save the project if you want to keep them.")
    text = translate("The lesson works with sample data and a small network of its own.")
    return text, " ".join((back, kept, lost) if trained else (back, kept))
