"""The window of a watched network: what it says and draws, and that it lets the program go on."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

import ann_viz
from ann_viz.session.watched import WatchedNetwork
from ann_viz.ui.watching.watch_window import WatchWindow


@pytest.fixture
def loop() -> Iterator[Any]:
    W, b = [np.full((3, 4), 0.5), np.full((4, 2), -2.0)], [np.zeros(4), np.zeros(2)]
    told = {"inputs": ["a", "<b>bold</b>", "c"], "outputs": ["yes", "no"], "title": "<i>Mine</i>"}
    with ann_viz.watch((W, b), activations=["relu", "softmax"], row=[1, 2, 3], window=False, **told) as step:
        yield step


def until(qtbot: QtBot, step: Any, done: Callable[[], bool]) -> None:
    """Train until the window has seen it."""

    def tried() -> bool:
        step(0.125)
        return done()

    qtbot.waitUntil(tried, timeout=10_000)


def test_it_draws_the_network_and_says_the_step(qtbot: QtBot, loop: Any) -> None:
    window = WatchWindow(WatchedNetwork(loop.port, loop.token))
    qtbot.addWidget(window)
    window.show()
    until(qtbot, loop, lambda: window.view.frame is not None)
    frame = window.view.frame
    assert frame is not None and [len(column) for column in frame.values] == [3, 4, 2]
    assert window.step.text().startswith("Step ") and window.loss.text() == "Loss 0.125"
    assert "Mine" in window.windowTitle() and window.state.text().endswith("steps / s")
    image = window.grab().toImage()
    colours = {image.pixelColor(x, y).name() for x in range(0, image.width(), 3) for y in range(0, image.height(), 3)}
    assert len(colours) > 50
    loop.close()
    qtbot.waitUntil(lambda: window.state.text() == "the program has ended", timeout=10_000)
    window.end()


def test_closing_it_lets_the_program_go_on(qtbot: QtBot, loop: Any) -> None:
    network = WatchedNetwork(loop.port, loop.token)
    window = WatchWindow(network)
    qtbot.addWidget(window)
    until(qtbot, loop, lambda: window.view.frame is not None)
    window.resize(500, 400)
    window.end()
    network.poll()  # what came last
    steps = loop.steps
    for _ in range(10):
        loop(0.1)
    assert loop.steps == steps + 10
    assert network.has_ended and network.poll() is None, "nobody looks any more"


def test_without_a_row_no_circle_tells_a_number(qtbot: QtBot) -> None:
    # Intention: 0.00 in every circle would be a signal that nobody sent.
    with ann_viz.watch(([np.ones((2, 2))], [np.zeros(2)]), window=False) as step:
        window = WatchWindow(WatchedNetwork(step.port, step.token))
        qtbot.addWidget(window)
        until(qtbot, step, lambda: window.view.frame is not None)
        assert window.view.frame is not None and window.view.frame.n_filled == 0
        window.end()
