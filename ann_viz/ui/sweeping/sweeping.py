"""The sweep of the open document: begun, paused and ended here, and read by the form and the page."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QTimer, Signal

from ann_viz.engine import Trainer
from ann_viz.errors import AnnVizError
from ann_viz.numerals import format_number
from ann_viz.ui.document.bridge import Bridge
from ann_viz.ui.document.jobs import JobWatcher

if TYPE_CHECKING:
    from ann_viz.session.sweeping.crew import Crew
    from ann_viz.session.sweeping.plan import Plan
    from ann_viz.session.sweeping.problem import Problem
    from ann_viz.session.sweeping.ranking import RunScore
    from ann_viz.session.sweeping.study import Ground, Study, Survey
    from ann_viz.session.sweeping.swept import Swept

__all__ = ["Sweeping"]

LOOK_MS: Final = 400


def _local_crew(problem: Problem) -> Crew:
    from ann_viz.session.sweeping.crew import LocalCrew  # what makes processes is not needed before

    return LocalCrew(problem)


class Sweeping(QObject):
    """One sweep at a time.

    Parameters
    ----------
    bridge : Bridge
        To the document whose data are learned, and which takes runs that are opened.
    folder : Path or None
        Where results are kept.
    make_crew : callable
        Makes what does the runs.

    Attributes
    ----------
    number : int
        Of the one that is shown; 0 before the first.
    error : AnnVizError or None
        Why the last one ended, if not by itself or by the user.
    """

    state_changed = Signal()
    """One has begun, ended, was paused or forgotten."""

    results_changed = Signal()
    """There are other results, or the time that is left is another."""

    surveyed = Signal()
    """What is known before one begins has become known."""

    opened = Signal()
    """A run of the sweep is now the one in the window."""

    def __init__(
        self,
        bridge: Bridge,
        folder: Path | None,
        parent: QObject | None = None,
        make_crew: Callable[[Problem], Crew] = _local_crew,
    ) -> None:
        super().__init__(parent)
        self._bridge, self._folder, self._make_crew = bridge, folder, make_crew
        self.study: Study | None = None
        self.survey: Survey | None = None
        self.number = 0
        self._studies: dict[int, Study] = {}
        self.error: AnnVizError | None = None
        self._surveyed: Ground | None = None
        self._seen = -1
        self._to_open: list[RunScore] = []
        self._opening = ("", "", 0)
        self._doing = JobWatcher("sweeping", self)
        self._surveying = JobWatcher("timing an epoch", self)
        self._training = JobWatcher("opening a run of a sweep", self)
        self._recalling = JobWatcher("recalling a sweep", self)
        self._clock = QTimer(self)
        self._clock.setInterval(LOOK_MS)
        self._clock.timeout.connect(self._look)
        self._doing.finished.connect(lambda _: self._on_ended(None))
        self._doing.failed.connect(self._on_ended)
        self._surveying.finished.connect(self._on_surveyed)
        self._training.finished.connect(self._on_trained)
        self._training.failed.connect(self._on_ended)
        self._recalling.finished.connect(lambda _: self._end())
        self._recalling.failed.connect(self._on_ended)
        bridge.dataset_changed.connect(self._on_dataset_changed)

    # What there is --------------------------------------------------------------------------------------------------
    @property
    def is_running(self) -> bool:
        """Whether a sweep is under way, also while it is paused."""
        return self._doing.busy

    @property
    def is_paused(self) -> bool:
        """Whether the one under way begins no more runs."""
        return self.study is not None and self.study.is_paused

    @property
    def is_training(self) -> bool:
        """Whether it takes the processor."""
        return self.is_running and not self.is_paused

    @property
    def is_opening(self) -> bool:
        """Whether a run is being trained once more, to be opened."""
        return self._training.busy

    @property
    def is_recalling(self) -> bool:
        """Whether results of another day are being looked for."""
        return self._recalling.busy

    @property
    def fraction(self) -> float:
        """How much of it is done."""
        return 0.0 if self.study is None else self.study.n_results / max(1, self.study.plan.n_tasks)

    def title(self) -> str:
        """Return what it is called."""
        from ann_viz.session.sweeping.swept import sweep_name

        return sweep_name(max(1, self.number))

    def progress_words(self) -> tuple[str, str]:
        """Return how many runs are done of how many, and how long the others take: "23 of 40", "2 min left"."""
        study = self.study
        if study is None:
            return "", ""
        from ann_viz.session.sweeping.words import done_words, time_words

        done = done_words(study.plan, len(study.runs()), study.n_results)
        if not self.is_running:
            return done, ""
        if self.is_paused:
            return done, self.tr("paused")
        left = time_words(study.seconds_left()) if math.isfinite(study.seconds_left()) else ""
        return done, self.tr("{time} left").format(time=left) if left else self.tr("starting")

    # What the user does ---------------------------------------------------------------------------------------------
    def look_around(self) -> None:
        """Find out how long an epoch takes, and what is kept of earlier sweeps."""
        from ann_viz.session.sweeping.study import survey

        ground = self._ground()
        if ground is None or self.is_running or ground == self._surveyed:
            return
        self.survey, self._surveyed = None, ground
        self._surveying.start(partial(survey, ground))

    def begin(self, plan: Plan) -> None:
        """Begin a sweep; training pauses, as both would be slow."""
        from ann_viz.session.sweeping.study import Study

        ground = self._ground()
        if ground is None:
            return
        self._bridge.pause()
        self.error = None
        self.number = 1 + max(self.number, self._bridge.document.last_sweep)
        self.study = self._studies[self.number] = Study(ground, plan, self._make_crew)
        self._surveying.stop()
        self._surveyed = None
        self._doing.start(self.study.work)
        self._clock.start()
        self.state_changed.emit()
        self._look()

    def show(self, swept: Swept) -> bool:
        """Show a sweep; of one from another day, what is kept of it. Another one under way keeps its place: false."""
        ground = self._ground()
        if ground is None or swept.number == self.number:
            return ground is not None
        if self.is_running or self.is_opening:
            return False
        from ann_viz.session.sweeping.study import Study

        self.number, self.error = swept.number, None
        self.study = self._studies.get(swept.number)
        if self.study is None:
            ground = replace(ground, network=swept.network, training=swept.training)
            self.study = self._studies[swept.number] = Study(ground, swept.plan, self._make_crew)
            self._recalling.start(self.study.recall)
        self._end()
        return True

    def pause(self, paused: bool) -> None:
        """Begin no more runs, or go on."""
        if self.study is not None:
            self.study.pause(paused)
            self.state_changed.emit()
            self.results_changed.emit()

    def cancel(self) -> None:
        """End it; what is done stays."""
        self._doing.stop()
        self._end()

    def open_runs(self, runs: Sequence[RunScore]) -> None:
        """Take runs into the document, with their course: the seed in the middle of each is trained once more."""
        self._to_open += [run for run in runs if not run.failed and not run.is_baseline]
        if not self._training.busy:
            self._open_next()

    def close(self) -> None:
        """End all threads, before the data are closed."""
        self._clock.stop()
        for watcher in (self._doing, self._surveying, self._training, self._recalling):
            watcher.close()

    # What happens ---------------------------------------------------------------------------------------------------
    def _ground(self) -> Ground | None:
        from ann_viz.session.sweeping.study import Ground

        document = self._bridge.document
        if document.dataset is None or document.network_config is None:
            return None
        return Ground(
            dataset=document.dataset,
            network=document.network_config,
            training=document.train_config,
            folder=self._folder,
        )

    def _look(self) -> None:
        study = self.study
        if study is not None and (study.n_results != self._seen or self.is_training):
            self._seen = study.n_results
            self.results_changed.emit()

    def _on_ended(self, error: AnnVizError | None) -> None:
        self.error = error
        self._end()

    def _end(self) -> None:
        if not self.is_running:
            self._clock.stop()
        self._note()
        self._seen = -1
        self._look()
        self.state_changed.emit()

    def _note(self) -> None:
        """List the sweep among the runs."""
        study, document = self.study, self._bridge.document
        if study is None or study.ground.dataset is not document.dataset:
            return
        swept = study.swept(self.number)
        if swept is not None and swept not in document.sweeps:
            self._bridge.note_sweep(swept)

    def _on_surveyed(self, found: Survey) -> None:
        self.survey = found
        self.surveyed.emit()

    def _open_next(self) -> None:
        from ann_viz.session.sweeping.study import train_again
        from ann_viz.session.sweeping.words import settings_words

        if self.study is None or not self._to_open:
            return
        run = self._to_open.pop(0)
        place = next((n for n, each in enumerate(self.study.runs(), 1) if each.settings == run.settings), 0)
        name = self.tr("{sweep}, row {n}").format(sweep=self.title(), n=format_number(place))
        self._opening = name, settings_words(run.settings), self.number
        self._training.start(partial(train_again, self.study.ground, run.median_task))
        self.state_changed.emit()

    def _on_trained(self, trainer: Trainer) -> None:
        self._note()
        self._bridge.take_run(trainer, *self._opening)
        if self._to_open:
            self._open_next()
            return
        self.state_changed.emit()
        self.opened.emit()

    def _on_dataset_changed(self) -> None:
        """Let go of a sweep on other data."""
        study = self.study
        if study is not None and study.ground.dataset is not self._bridge.document.dataset:
            self.cancel()
            self._training.stop()
            self._to_open.clear()
            self._recalling.stop()
            self.study, self.number = None, 0
            self._studies.clear()
            self.state_changed.emit()
            self.results_changed.emit()
        self.survey = self._surveyed = None
