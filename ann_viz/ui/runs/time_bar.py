"""The bar below everything: travel through the epochs of the run, play them again, choose one by its number."""

from __future__ import annotations

import time
from typing import Final

from PySide6.QtCore import QEvent, QSignalBlocker, QTimer
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QWidget

from ann_viz.numerals import format_number
from ann_viz.session import Moment
from ann_viz.session.past import stride_of
from ann_viz.ui.document.bridge import Bridge
from ann_viz.ui.document.missing_table import need_rows
from ann_viz.ui.kit import icons, theme
from ann_viz.ui.kit.controls import Stepper
from ann_viz.ui.kit.labels import PlainLabel
from ann_viz.ui.kit.plain_text import plain_tip
from ann_viz.ui.runs.time_track import TimeTrack

__all__ = ["TimeBar"]

HEIGHT: Final = 52
EPOCHS_PER_SECOND: Final = 12.0
LONGEST_PLAY_S: Final = 12.0
MOST_FRAMES_PER_SECOND: Final = 30.0
INTERVAL_S: Final = 0.25
FINGER: Final = 24
"""Sides of the arrows beside the epoch."""
BESIDE_NUMBER: Final = 20


class TimeBar(QFrame):
    """Shows the current run's epochs, and makes a past one the moment that everybody shows.

    Parameters
    ----------
    bridge : Bridge
    play : QAction
        The window's command that starts and stops the replay.
    record : QAction
        The one that makes a film of the run.
    """

    def __init__(self, bridge: Bridge, play: QAction, record: QAction, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._shown_at = 0.0
        self._stride = 1
        self._is_compact = False
        self._tinted: tuple[object, ...] = ()
        self.setObjectName("timeBar")
        self.setProperty("card", True)
        self.setFixedHeight(HEIGHT)
        self._action = play
        self.play = QPushButton(self)
        self.play.clicked.connect(play.trigger)
        self.play.setToolTip(self.tr("Play the run again from the epoch on show (Ctrl+Space)"))
        self.record = QPushButton(icons.beside_icon(self.tr("Record")), self)
        self.record.setAccessibleName(self.tr("Record"))
        self.record.setToolTip(self.tr("Save the training as a film (Ctrl+Alt+E)"))
        self.record.clicked.connect(record.trigger)
        need_rows(bridge, self.record)
        self.track = TimeTrack(self)
        self._caption = PlainLabel(self.tr("epoch"), role="muted")
        ends = ("chevron-left", self.tr("One epoch back (,)")), ("chevron-right", self.tr("One epoch forward (.)"))
        self.field = Stepper(self.tr("Epoch on show"), 0, 0, self, ends=ends, extent=FINGER)
        self._clock = QTimer(self)
        self._clock.timeout.connect(self._on_beat)
        self._arrange()
        self._connect()
        self.show_time()

    def _arrange(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 2, 12, 2)
        row.setSpacing(12)
        row.addWidget(self.play)
        row.addWidget(self.track, 1)
        row.addWidget(self._caption)
        row.addWidget(self.field)
        row.addWidget(self.record)
        self._caption.setBuddy(self.field)

    def _connect(self) -> None:
        bridge = self._bridge
        for changed in (bridge.look_changed, bridge.newest_changed, bridge.state_changed, bridge.runs_changed):
            changed.connect(self.show_time)
        bridge.turn_offered.connect(self._on_turn_offered)
        self.track.epoch_chosen.connect(self.look_at)
        self.track.best_chosen.connect(self.look_at_best)
        self.track.now_chosen.connect(self.return_to_now)
        self.field.valueChanged.connect(self.look_at)

    # What is shown --------------------------------------------------------------------------------------------------
    def _on_turn_offered(self) -> None:
        looking = self._bridge.document.looking_at is not None  # what changes then has signals of its own
        if not looking and self.isVisible() and self._bridge.take_turn(self._shown_at, INTERVAL_S):
            self._shown_at = time.monotonic()
            self.show_time()

    def show_time(self) -> None:
        """Show how far the run has come, and which of its epochs is on show."""
        document = self._bridge.document
        newest, run, epoch = document.newest, document.current_run, self._epoch_on_show()
        has_learned = newest is not None and newest.epoch > 0
        for control in (self.play, self.field):
            control.setEnabled(has_learned)
        self.record.setEnabled(has_learned and document.dataset is not None)
        if newest is None or epoch is None or run is None:
            self.track.show_nothing()
            with QSignalBlocker(self.field):
                self._show_last(0)
            return
        best = newest.best_epoch if newest.best_epoch > 0 else None
        self.track.show_run(
            newest.history,
            epoch=epoch,
            restored=newest.weights_of.restored,
            best=best,
            branch=run.branched_at,
            parent=None if run.parent is None else document.run_place(run.parent),
            exploded=newest.finished == "non-finite",
        )
        with QSignalBlocker(self.field):
            self._show_last(newest.epoch)
            self.field.setValue(epoch)
        self._tint()

    def _epoch_on_show(self) -> int | None:
        """Return the epoch whose weights are on show: of a run that went back to its best that one, not its last."""
        document = self._bridge.document
        shown = document.snapshot
        if shown is None:
            return None
        return shown.epoch if document.looking_at is not None else shown.weights_of.epoch

    def _show_last(self, epoch: int) -> None:
        """Let the field go up to the last epoch, and have room for its number."""
        number = self.fontMetrics().horizontalAdvance(format_number(epoch))
        self.field.setMinimumWidth(number + 2 * FINGER + BESIDE_NUMBER)
        if self.field.maximum() != epoch:  # or the window would be laid out anew with every moment
            self.field.setRange(0, epoch)

    def _tint(self) -> None:
        """Show what the buttons do, in the colours of now: an icon that is set is laid out and painted anew."""
        playing, tokens = self._clock.isActive(), theme.current()
        looking = self._bridge.document.looking_at is not None
        if (tinted := (playing, looking, tokens, self._is_compact)) == self._tinted:
            return
        self._tinted = tinted
        words = self.tr("Stop") if playing else self.tr("Play from here")
        self.play.setText("" if self._is_compact else icons.beside_icon(words))
        self.play.setAccessibleName(words)
        self.play.setIcon(icons.icon("square" if playing else "play", tokens.text2, 14, solid=True))
        self.record.setIcon(icons.icon("circle", tokens.danger, 10, solid=True))
        if self.field.property("past") != looking:
            self.field.setProperty("past", looking)
            self.field.style().unpolish(self.field)
            self.field.style().polish(self.field)

    def set_compact(self, compact: bool) -> None:
        """Take less room: no words where the replay begins, and no field."""
        self._is_compact = compact
        self._tint()
        for widget in (self._caption, self.field):
            widget.setVisible(not compact)

    # What the user does ---------------------------------------------------------------------------------------------
    def look_at(self, epoch: int) -> None:
        """Show an epoch of the current run to everybody; the newest is now."""
        document = self._bridge.document
        newest, run = document.newest, document.current_run
        if newest is None or run is None or newest.epoch == 0:
            return
        epoch = min(max(0, epoch), newest.epoch)
        if epoch == newest.epoch and not newest.weights_of.restored:
            self.return_to_now()
        else:
            self._bridge.look_at(Moment(run.number, epoch), dragged=self.track.isSliderDown())
            self._tell_stride(epoch)

    def _tell_stride(self, epoch: int) -> None:
        """Say so where another epoch was shown than was asked for, because not all of a long run are kept."""
        document = self._bridge.document
        shown, newest = document.looking_at, document.newest
        words = ""
        if shown is not None and newest is not None and shown.epoch != epoch:
            stride = stride_of(newest.timeline)
            known = self.tr("Kept of this run: one epoch in {n}. The nearest one is shown.")
            unknown = self.tr("Not every epoch of this run is kept: the nearest one is shown")
            words = known.format(n=format_number(stride)) if stride else unknown
        self.track.setToolTip(plain_tip(words))

    def step(self, epochs: int) -> None:
        """Go some epochs forwards or back, as far as there are some."""
        epoch = self._epoch_on_show()
        if epoch is not None:
            self.look_at(epoch + epochs)

    def look_at_best(self) -> None:
        """Show the best epoch, and take nothing back."""
        newest = self._bridge.document.newest
        if newest is not None and newest.is_best:  # its weights stand already: nothing is past
            self.return_to_now()
        elif newest is not None and newest.best_epoch > 0:
            self.look_at(newest.best_epoch)

    def return_to_now(self) -> None:
        """Show what is newest again."""
        self._stop()
        if self._bridge.document.looking_at is not None:
            self._bridge.look_at(None)
        self.show_time()

    def continue_from_here(self) -> None:
        """Train on from the past moment on show, in a run of its own; nothing where that is now."""
        self._stop()
        if self._bridge.document.looking_at is not None:
            self._bridge.continue_from_here()

    def toggle_play(self) -> None:
        """Replay the run from the epoch on show, from the start where that is the last; or stop the replay."""
        if self._clock.isActive():
            self._stop()
            return
        document = self._bridge.document
        newest = document.newest
        if newest is None or newest.epoch == 0:
            return
        if document.looking_at is None:
            epoch = self._epoch_on_show()
            self.look_at(0 if epoch is None or epoch == newest.epoch else epoch)
        per_second = max(EPOCHS_PER_SECOND, newest.epoch / LONGEST_PLAY_S)
        self._clock.start(round(1000 / min(per_second, MOST_FRAMES_PER_SECOND)))
        self._stride = max(1, round(per_second / MOST_FRAMES_PER_SECOND))
        self._tint()

    @property
    def is_playing(self) -> bool:
        """Whether a replay is going on."""
        return self._clock.isActive()

    def _on_beat(self) -> None:
        document = self._bridge.document
        past, newest = document.looking_at, document.newest
        if past is None or newest is None or past.epoch >= newest.epoch:
            self._stop()
        else:
            self.look_at(past.epoch + self._stride)

    def _stop(self) -> None:
        self._clock.stop()
        self._tint()

    def changeEvent(self, event: QEvent) -> None:
        """Tint the icon anew when the theme changes."""
        if event.type() == QEvent.Type.PaletteChange:
            self._tinted = ()
            self._tint()
        super().changeEvent(event)
