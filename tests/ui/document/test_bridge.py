"""The bridge's two beats: the picture follows a snapshot at once, and what is slow half a frame later."""

from __future__ import annotations

import time
from collections.abc import Iterator
from functools import partial
from threading import Event

import pytest
from PySide6.QtCore import QObject, QTimer
from pytestqt.qtbot import QtBot

from ann_viz.engine import TrainConfig
from ann_viz.engine.optimizers import OPTIMIZERS, UpdateRule
from ann_viz.session import RunState, Session, Speed
from ann_viz.session.samples import open_sample, samples
from ann_viz.ui.document.bridge import Bridge
from ann_viz.ui.window.main_window import MainWindow

MOST_TURNS = 6


@pytest.fixture
def bridge(qtbot: QtBot) -> Iterator[Bridge]:
    """A bridge on the smallest sample, told to train flat out."""
    made = Bridge(Session(TrainConfig(epochs=0)))
    made.open_dataset(open_sample(next(sample for sample in samples() if sample.file == "xor.csv")))
    made.set_speed(Speed())
    yield made
    made.close()
    made.deleteLater()


class _HandTimer(QTimer):
    """A timer whose time is over when the test says so."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.running = False

    def start(self) -> None:
        self.running = True

    def stop(self) -> None:
        self.running = False

    def isActive(self) -> bool:
        return self.running

    def strike(self) -> None:
        self.running = self.running and not self.isSingleShot()
        self.timeout.emit()


class _Turns(QObject):
    """Somebody who is offered turns."""

    def __init__(self, bridge: Bridge, beats: list[str]) -> None:
        super().__init__(bridge)
        self._beats = beats
        bridge.turn_offered.connect(self.on_offered)

    def on_offered(self) -> None:
        self._beats.append("turn")


def _beats(bridge: Bridge) -> list[str]:
    beats: list[str] = []
    bridge.snapshot_changed.connect(lambda: beats.append("snapshot"))
    _Turns(bridge, beats)
    bridge.state_changed.connect(lambda: beats.append(str(bridge.document.state)))
    return beats


def test_while_training_runs_a_turn_follows_each_snapshot(
    request: pytest.FixtureRequest, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Not in the same breath, but half a frame later."""
    monkeypatch.setattr("ann_viz.ui.document.bridge_core.QTimer", _HandTimer)
    bridge: Bridge = request.getfixturevalue("bridge")
    frames, offer, _after_picture = bridge.findChildren(_HandTimer)
    bridge.train()
    assert frames.running
    beats = _beats(bridge)
    for _ in range(5):
        beats.clear()
        qtbot.waitUntil(lambda: bool(frames.strike() or beats))
        assert beats == ["snapshot"] and offer.running, "the picture comes first"
        offer.strike()
        assert beats == ["snapshot", "turn"] and not offer.running
    assert 0 < offer.interval() < frames.interval()


def test_standing_still_everything_follows_at_once(bridge: Bridge) -> None:
    """After a step no timer has to run before coach and charts know of it."""
    beats = _beats(bridge)
    bridge.reset()
    assert beats[:2] == ["snapshot", "turn"]


def test_the_end_of_a_run_is_told_at_once(bridge: Bridge, qtbot: QtBot) -> None:
    """The last snapshot, then a turn for all, then the state: whoever hears of the end sees the last numbers."""
    beats = _beats(bridge)
    bridge.set_training(epochs=3)
    bridge.train()
    qtbot.waitUntil(lambda: bridge.document.state is RunState.FINISHED and beats[-1] == str(RunState.FINISHED))
    assert beats[-3:] == ["snapshot", "turn", str(RunState.FINISHED)]


def test_the_end_of_an_abandoned_run_is_noticed(bridge: Bridge, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    """A reset amid a long batch is done at once; the bridge goes on polling until that batch has ended."""
    under_way, may_end = Event(), Event()
    rule = UpdateRule(
        name="slow",
        label="Slow",
        formula="",
        direction=lambda b: [under_way.set, partial(may_end.wait, 30), partial(b.t.fill, 0)],
    )
    monkeypatch.setitem(OPTIMIZERS, rule.name, rule)
    bridge.set_training(optimizer="slow")
    bridge.train()
    qtbot.waitUntil(under_way.is_set)
    bridge.reset()
    assert bridge.document.state is RunState.READY and bridge.document.needs_polling
    may_end.set()
    qtbot.waitUntil(lambda: not bridge.document.needs_polling)


def test_the_pace_follows_what_frames_cost(bridge: Bridge, qtbot: QtBot) -> None:
    """Who listens at length to every snapshot gets fewer of them; another screen begins anew."""

    def work() -> None:
        began = time.thread_time()
        while time.thread_time() - began < 0.02:
            pass

    assert not bridge.pace.is_slowed
    bridge.snapshot_changed.connect(work)
    bridge.train()
    qtbot.waitUntil(lambda: bridge.pace.is_slowed)
    assert bridge.pace.cost_s > 0.002
    bridge.show_on(30.0)
    assert bridge.pace.interval_ms == 33 and not bridge.pace.is_slowed
    bridge.pause()


def test_flat_out_numbers_are_drawn_between_frames(window: MainWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    """A frame shows the picture of numbers that is there; a turn makes a new one when a quarter of a second is over."""
    now = [time.monotonic()]
    monkeypatch.setattr(time, "monotonic", lambda: now[0])
    window.open_sample(samples()[0])
    window.show()
    canvas, bridge = window.canvas_card.canvas, window.bridge
    layers = canvas.layers
    bridge.set_speed(Speed())
    bridge.train()
    canvas.grab()
    first = layers.numbers
    assert first is not None
    now[0] += 1.0
    canvas.grab()
    assert layers.numbers is first, "no frame waits for numbers"
    for _ in range(MOST_TURNS):  # each is taken by one who is due, perhaps a chart
        if layers.numbers is first:
            bridge.offer_turns()
    assert layers.numbers is not first
    second = layers.numbers
    bridge.offer_turns()
    assert layers.numbers is second, "not before they are due again"
