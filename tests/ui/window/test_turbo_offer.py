"""A run whose epochs take long is offered Turbo, by a measurement; saying yes begins a run of that engine."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QPushButton

from ann_viz.session import RunState, Speed, quicker

pytestmark = pytest.mark.usefixtures("turbo")


def test_turbo_is_offered_and_taken(bank, qtbot, monkeypatch) -> None:
    """Once for a run, taken back when its settings change, and what the button says is done."""
    monkeypatch.setattr(quicker, "SLOW_EPOCH_S", 0.0)
    monkeypatch.setattr(quicker, "WORTH", 1e6)
    bridge, messages = bank.bridge, bank.messages
    bridge.set_training(epochs=0)
    bridge.set_speed(Speed())
    bridge.train()
    qtbot.waitUntil(lambda: "with Turbo" in messages.text)
    bridge.set_training(learning_rate=0.003)
    assert "Turbo" not in messages.text, "what was measured is no longer what is trained"
    qtbot.waitUntil(lambda: "with Turbo" in messages.text)
    left = bridge.document.run_numbers[0]
    yes = next(button for button in messages.findChildren(QPushButton) if "Turbo" in button.text())
    yes.click()
    assert bridge.document.state is RunState.RUNNING and bridge.document.run_numbers[0] != left
    assert bridge.document.newest.engine.startswith("turbo/")
    qtbot.waitUntil(lambda: "times a second" in bank.toolbar.metrics.samples.toolTip())
    assert not messages.text
