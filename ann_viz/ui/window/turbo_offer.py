"""The offer to train with Turbo, where an epoch takes NumPy more than a second and Turbo a good deal less."""

from __future__ import annotations

import math
from typing import Final

from PySide6.QtCore import QObject

from ann_viz.numerals import format_number
from ann_viz.session.quicker import SlowRun, slow_run, turbo_epoch
from ann_viz.ui.document.bridge import Bridge
from ann_viz.ui.document.jobs import JobWatcher
from ann_viz.ui.kit.message_bar import MessageBar

__all__ = ["TurboOffer"]

LEAST_BY_TENTHS: Final = 0.1


class TurboOffer(QObject):
    """Measures once for every slow run, and says what was found if that is good.

    Parameters
    ----------
    bridge : Bridge
    messages : MessageBar
        Where it is said.
    """

    def __init__(self, bridge: Bridge, messages: MessageBar, parent: QObject) -> None:
        super().__init__(parent)
        self._bridge, self._messages = bridge, messages
        self._slow: SlowRun | None = None  # that was measured last
        self._said = ""
        self._measuring = JobWatcher("measuring Turbo", self)
        self._measuring.finished.connect(self._on_measured)
        bridge.turn_offered.connect(self._look)
        bridge.runs_changed.connect(self._take_back)
        bridge.settings_changed.connect(self._take_back)

    def stop(self) -> None:
        """End what is measured, before the data are closed."""
        self._measuring.close()

    def _look(self) -> None:
        slow = None if self._measuring.busy else slow_run(self._bridge.document)
        if slow is not None and (self._slow is None or not slow.is_like(self._slow)):
            self._slow = slow
            self._measuring.start(lambda _progress, cancelled: turbo_epoch(slow, cancelled))

    def _on_measured(self, turbo_s: float) -> None:
        if self._slow is None or not math.isfinite(turbo_s):
            return
        self._said = self.tr("An epoch takes {numpy} s; with Turbo {turbo} s. That begins a new run.").format(
            numpy=_seconds(self._slow.epoch_s), turbo=_seconds(turbo_s)
        )
        self._messages.show_message(self._said, [(self.tr("Train with Turbo"), self._switch)])

    def _switch(self) -> None:
        self._bridge.set_engine("auto")
        self._bridge.train()

    def _take_back(self) -> None:
        """What was said of a run is not true of another one, nor after its settings have changed."""
        document, slow = self._bridge.document, self._slow
        if slow is None or (document.run_numbers[:1] == (slow.run,) and document.train_config == slow.training):
            return
        if self._measuring.busy:
            self._measuring.stop()
            self._slow = None
        if self._messages.text == self._said:
            self._messages.hide()


def _seconds(seconds: float) -> str:
    return format_number(seconds, ".1f" if seconds >= LEAST_BY_TENTHS else ".2g")
