"""The bridge's two beats: the picture follows a snapshot at once, and what is slow half a frame later."""

from __future__ import annotations

import math
from collections.abc import Iterator
from functools import partial
from threading import Event

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from ann_viz.engine import TrainConfig
from ann_viz.engine.optimizers import OPTIMIZERS, UpdateRule
from ann_viz.session import RunState, Session, Speed
from ann_viz.session.samples import open_sample, samples
from ann_viz.ui.document.bridge import Bridge
from ann_viz.ui.window.main_window import MainWindow


@pytest.fixture
def bridge(qtbot: QtBot) -> Iterator[Bridge]:
    """A bridge on the smallest sample, told to train flat out."""
    made = Bridge(Session(TrainConfig(epochs=0)))
    made.open_dataset(open_sample(next(sample for sample in samples() if sample.file == "xor.csv")))
    made.set_speed(Speed())
    yield made
    made.close()
    made.deleteLater()


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


def test_while_training_runs_a_turn_follows_each_snapshot(bridge: Bridge, qtbot: QtBot) -> None:
    """Not in the same breath, but before the next frame."""
    bridge.train()
    beats = _beats(bridge)
    bridge._on_tick()
    assert "turn" not in beats, "the picture comes first"
    qtbot.waitUntil(lambda: beats.count("turn") >= 5, timeout=10_000)
    bridge.pause()
    running = beats[: beats.index(str(RunState.PAUSED))]
    assert running.count("turn") >= running.count("snapshot") // 2


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


def test_flat_out_numbers_are_drawn_between_frames(window: MainWindow) -> None:
    """A frame shows the picture of numbers that is there; a turn makes a new one when a tenth of a second is over."""
    window.open_sample(samples()[0])
    window.show()
    canvas, bridge = window.canvas_card.canvas, window._bridge
    layers = canvas._layers
    bridge.set_speed(Speed())
    bridge.train()
    canvas.grab()
    first = layers._numbers
    assert first is not None
    layers.numbers_drawn = -math.inf
    canvas.grab()
    assert layers._numbers is first, "no frame waits for numbers"
    bridge._on_offer()
    assert layers._numbers is not first
    second = layers._numbers
    bridge._on_offer()
    assert layers._numbers is second, "not before they are due again"
