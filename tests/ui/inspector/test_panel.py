"""The Inspector: what is selected, a connection among it; nothing while nobody looks."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest
from looked_at import shown, the_row, whole_epochs, words
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from ann_viz.engine import LayerConfig
from ann_viz.numerals import compact
from ann_viz.scene import Connection, Neuron
from ann_viz.session import RunState, Session, Speed
from ann_viz.session.row_facts import RowFacts
from ann_viz.session.shown_row import show_row
from ann_viz.ui.document.bridge import Bridge
from ann_viz.ui.document.view import View
from ann_viz.ui.inspector import panel as panel_module
from ann_viz.ui.inspector.panel import InspectorPanel
from ann_viz.ui.kit import theme


def test_with_nothing_selected_it_says_what_to_do(panel: InspectorPanel, learn: Callable, view: View) -> None:
    """One sentence, with and without data."""
    assert words(panel) == ["Click a neuron or a connection in the picture."]
    view.select(Neuron(1, 2))
    assert shown(panel) == []
    view.select(None)
    learn()
    assert words(panel) == ["Click a neuron or a connection in the picture."]


def test_a_connection(panel: InspectorPanel, learn: Callable, view: View, bridge: Bridge, session: Session) -> None:
    """Weight, signal and both gradients; its course is that of the whole run."""
    learn("bank_customers.csv", "relu")
    index = session.dataset.encoder.input_names.index("Age")
    view.select(Connection(0, index, 2))
    row, w = the_row(bridge), float(session.network.W[0][index, 2])
    assert panel.heading.title == "Age → neuron 3" and panel.heading.about == "connection to hidden layer 1"
    values = [fact.value for fact in panel.facts.table.facts]
    x = float(row.A[0][index])
    told = [float(value.replace("−", "-")) for value in values[:3]]
    assert told == pytest.approx([w, x, w * x], abs=0.005)
    assert values[4].startswith("−" if session.snapshot.dW[0][index, 2] < 0 else "+")
    assert not panel.up.isVisible()
    assert whole_epochs(panel) == [0, 1, 2, 3, 4, 5]
    assert panel.trail.view.points[-1] == (5.0, w)
    bridge.reset()
    assert [fact.value for fact in panel.facts.table.facts][4] == "not yet"
    for epoch in range(3):
        bridge.step("epoch")
        session.wait()
        bridge.pause()
        bridge.turn_offered.emit()
        assert panel.trail.view.points[-1] == (epoch + 1, float(session.network.W[0][index, 2]))
    assert whole_epochs(panel) == [0, 1, 2, 3]
    view.select(Connection(1, 2, 0))
    assert whole_epochs(panel) == [0, 1, 2, 3] and "output layer" in panel.heading.about


def test_walking_a_layer(panel: InspectorPanel, learn: Callable, view: View, qtbot: QtBot) -> None:
    """Up and down go round; the cross selects nothing."""
    learn()
    view.select(Neuron(1, 0))
    qtbot.mouseClick(panel.up, Qt.MouseButton.LeftButton)
    assert view.selection == Neuron(1, 5) and panel.heading.title == "Neuron 6"
    qtbot.mouseClick(panel.down, Qt.MouseButton.LeftButton)
    assert view.selection == Neuron(1, 0)
    qtbot.mouseClick(panel.shut, Qt.MouseButton.LeftButton)
    assert view.selection is None and shown(panel) == []


def test_a_hidden_panel_computes_nothing(
    panel: InspectorPanel, learn: Callable, view: View, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What nobody sees costs nothing, and is caught up with."""
    panel.hide()
    monkeypatch.setattr(panel_module, "neuron_story", lambda *_: pytest.fail("worked out"))
    learn()
    view.select(Neuron(1, 1))
    monkeypatch.undo()
    panel.show()
    assert panel.heading.title == "Neuron 2"


def test_while_training_it_looks_five_times_a_second(
    panel: InspectorPanel,
    learn: Callable,
    view: View,
    bridge: Bridge,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Between two looks nothing is worked out, other rows once a second; at the end the numbers are exact."""
    learn()
    view.select(Neuron(1, 1))
    now, stories, counts = [time.monotonic()], [], []
    story, spread = panel_module.neuron_story, panel_module.spread_of
    with monkeypatch.context() as patch:
        patch.setattr(panel_module.time, "monotonic", lambda: now[0])
        patch.setattr(panel_module, "neuron_story", lambda *args: stories.append(1) or story(*args))
        patch.setattr(panel_module, "spread_of", lambda values: counts.append(1) or spread(values))
        bridge.set_speed(Speed(kind="step", per_second=200.0))
        bridge.train()
        stories.clear()
        for _ in range(60):
            now[0] += 0.05
            with qtbot.waitSignal(bridge.snapshot_changed):
                pass
    assert 12 <= len(stories) <= 15 and 2 <= len(counts) <= 3
    bridge.reset()
    a = float(bridge.document.shown_row().values[1][1])
    assert panel.passes_on.formula.endswith(f"<b>{compact(a)}</b>")
    everywhere = bridge.document.network.activations(bridge.document.dataset.part("validation")[0]).A[1][:, 1]
    assert panel.spread.view.spread.mean == pytest.approx(everywhere.mean(), rel=1e-5)


def test_a_real_run_ends_with_exact_numbers(
    panel: InspectorPanel, learn: Callable, view: View, bridge: Bridge, qtbot: QtBot
) -> None:
    """Watched through the timer of the window, the last look is at the last weights."""
    learn("iris.csv", "tanh")
    view.select(Neuron(1, 1))
    bridge.train()
    qtbot.waitUntil(lambda: bridge.document.state is RunState.FINISHED)
    a = float(bridge.document.shown_row().values[1][1])
    assert panel.passes_on.formula.endswith(f"<b>{compact(a)}</b>")


def test_a_network_that_ran_away(
    panel: InspectorPanel, learn: Callable, view: View, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is no number is a dash, and nothing is drawn of it."""
    learn("two_moons.csv", "tanh")
    lost = replace(session.snapshot, params=np.full_like(session.snapshot.params, np.nan))
    facts = RowFacts(session.dataset, lost.config, session.example)
    row = show_row(facts, lost, lost.network(), session.manual_edits, None)
    monkeypatch.setattr(type(session), "shown_row", lambda _session: row)
    with np.errstate(invalid="ignore"):
        for mark in (Neuron(1, 0), Neuron(2, 0), Neuron(0, 0), Connection(0, 0, 0)):
            view.select(mark)
            panel.grab()
    assert panel.facts.table.facts[0].value == "–"
    view.select(Neuron(1, 0))
    panel.grab()
    assert panel.adds_up.words.endswith("z = –") and panel.blame.table.facts[0].value == "–"
    assert panel.spread.sentence == "There is no finite number to count."


def test_a_smaller_network_ends_the_selection(
    panel: InspectorPanel, learn: Callable, view: View, bridge: Bridge
) -> None:
    """A neuron that is gone is not shown, whichever signal comes first."""
    learn()
    view.select(Neuron(1, 5))
    bridge.set_hidden((LayerConfig(neurons=2),))
    assert view.selection is None and shown(panel) == []
    view.select(Neuron(1, 5))
    assert shown(panel) == []


@pytest.mark.parametrize("name", ["light", "dark"])
def test_it_follows_the_theme(panel: InspectorPanel, learn: Callable, view: View, bridge: Bridge, name: str) -> None:
    """Every part paints itself in both themes, and the pictures differ from nothing."""
    app = QApplication.instance()
    try:
        learn("bank_customers.csv", "tanh")
        theme.apply(app, name)
        surface = theme.THEMES[name].surface
        for mark in (Neuron(0, 1), Neuron(1, 0), Neuron(2, 0), Connection(0, 1, 1), None):
            view.select(mark)
            image = panel.grab().toImage()
            if mark is not None:
                assert image.pixelColor(160, 3).name().upper() == surface
                assert len({image.pixel(x, y) for x in range(10, 300, 3) for y in range(5, 300, 3)}) > 8
    finally:
        app.setStyleSheet("")
        app.setProperty("annVizTheme", None)
