"""The Explain panel: follows the engine's phases, tells the shown row, says everything in two voices."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QScrollArea
from pytestqt.qtbot import QtBot

from ann_viz.data import Table
from ann_viz.resources import resource
from ann_viz.scene import Connection, Neuron
from ann_viz.session import Session, Speed
from ann_viz.session.headless import open_dataset
from ann_viz.ui.document.bridge import Bridge
from ann_viz.ui.document.view import View
from ann_viz.ui.explaining.panel import ExplainPanel


@pytest.fixture
def bridge(bridge: Bridge) -> Bridge:
    """The bridge with the flowers."""
    bridge.open_dataset(open_dataset(resource("samples", "iris.csv")))
    return bridge


@pytest.fixture
def panel(bridge: Bridge, view: View, qtbot: QtBot) -> ExplainPanel:
    panel = ExplainPanel(bridge, view)
    qtbot.addWidget(panel)
    panel.resize(1104, 140)
    with qtbot.waitExposed(panel):
        panel.show()
    return panel


def test_phases_light_up_their_steps(panel: ExplainPanel, bridge: Bridge) -> None:
    """Stepping by the phase walks through the ribbon in the order of the engine."""
    seen = []
    for _ in range(9):  # input, 3 × forward, error, 3 × backward, update
        bridge.step("phase")
        seen.append(panel.step)
    assert seen == [1, 2, 2, 2, 3, 4, 4, 4, 4]


def test_a_clicked_step_is_told_without_training(panel: ExplainPanel, bridge: Bridge, qtbot: QtBot) -> None:
    """Looking at a step changes no weight."""
    before = bridge.document.network.params.copy()
    button = panel.ribbon.findChildren(QAbstractButton)[2]
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert panel.step == 3
    assert panel.formulas[0].startswith("L = −ln(")
    assert (bridge.document.network.params == before).all()


def test_the_voice_changes_everything_at_once(panel: ExplainPanel, view: View) -> None:
    """Ribbon, sentence and choice change together, whoever has changed the voice."""
    plain = panel.sentence
    view.speak("technical")
    assert panel.sentence != plain
    assert panel.ribbon.findChildren(QAbstractButton)[1].accessibleName() == "Step 2: Forward propagate"
    assert panel.voices.value == "technical"


def test_the_voice_is_chosen_for_everyone(panel: ExplainPanel, view: View, qtbot: QtBot) -> None:
    """A click on a voice is the view's, so that every other part hears of it."""
    qtbot.mouseClick(panel.voices.findChildren(QAbstractButton)[1], Qt.MouseButton.LeftButton)
    assert view.voice == "technical"


def test_another_row_is_told_at_once(panel: ExplainPanel, bridge: Bridge) -> None:
    """The sentence names the row on the canvas."""
    bridge.set_example(41)
    assert "row 42" in panel.sentence


def test_the_numbers_are_the_engines(panel: ExplainPanel, bridge: Bridge) -> None:
    """The loss on display is that of the row under the weights of now."""
    panel.show_step(3)
    before = panel.formulas
    bridge.step("batch")
    panel.show_step(3)
    assert panel.formulas != before
    document = bridge.document
    assert document.dataset is not None
    answer = document.shown_row().values[-1][document.dataset.Y[document.example].argmax()]
    printed = re.search(r"−ln\((0\.\d+)\)", panel.formulas[0])[1]
    assert printed == f"{answer:.{len(printed) - 2}f}"


def test_a_hidden_panel_tells_nothing(panel: ExplainPanel, bridge: Bridge) -> None:
    """What nobody sees is not computed, and caught up with when it is shown again."""
    panel.hide()
    before = panel.sentence
    bridge.set_example(7)
    assert panel.sentence == before
    panel.show()
    assert "row 8" in panel.sentence


def test_flat_out_it_stands_on_repeat(panel: ExplainPanel, bridge: Bridge, qtbot: QtBot) -> None:
    """While training runs at full speed the ribbon does not flicker."""
    bridge.set_speed(Speed(kind="max"))
    bridge.set_training(epochs=0)
    bridge.train()
    qtbot.waitUntil(lambda: panel.step == 5)
    bridge.pause()
    assert "training rows" in panel.sentence


def test_an_epoch_that_was_over_before_anybody_looked(qtbot: QtBot) -> None:
    """A fast epoch ends between two turns of the panel; it still goes to Repeat."""
    session = Session()
    bridge = Bridge(session)
    bridge.open_dataset(open_dataset(resource("samples", "iris.csv")))
    panel = ExplainPanel(bridge, View(bridge))
    qtbot.addWidget(panel)
    panel.show()
    session.step("epoch")
    session.wait()
    bridge.pause()
    assert panel.step == 5
    bridge.close()


@pytest.mark.parametrize("name", ["bank_customers.csv", "house_prices.csv"])
def test_every_step_of_other_tasks_is_told(name: str, bridge: Bridge, panel: ExplainPanel) -> None:
    """Yes/no and numbers are told as well as classes."""
    path = resource("samples", name)
    assert isinstance(path, Path)
    bridge.open_dataset(open_dataset(path))
    for step in range(1, 6):
        panel.show_step(step)
        assert panel.sentence
        assert panel.formulas


def test_without_data_it_says_how_to_begin(qtbot: QtBot) -> None:
    """No empty box, and no step that does nothing."""
    bridge = Bridge(Session())
    panel = ExplainPanel(bridge, View(bridge))
    qtbot.addWidget(panel)
    panel.show()
    assert "Open a table" in panel.sentence
    assert not panel.ribbon.isEnabled()
    assert panel.formulas == ()
    bridge.open_dataset(open_dataset(resource("samples", "iris.csv")))
    assert panel.ribbon.isEnabled()
    assert panel.formulas
    bridge.close()


def test_what_is_selected_is_told(panel: ExplainPanel, bridge: Bridge, view: View) -> None:
    """A neuron's sum in step 2, a connection's gradient in step 4; the selection is followed at once."""
    panel.show_step(2)
    view.select(Neuron(1, 2))
    z = bridge.document.shown_row().forward.Z[0][0][2]
    assert panel.formulas[0].startswith("z = ")
    assert float(panel.formulas[0].rpartition("= ")[2].replace("−", "-")) == pytest.approx(z, abs=0.005)
    bridge.set_example(int(bridge.document.dataset.train[0]))
    panel.show_step(4)
    for mark in (Connection(1, 2, 0), Connection(1, 4, 3)):
        view.select(mark)
        gradient = bridge.document.shown_row().passes.dW[1][mark.source, mark.target]
        told = panel.formulas[0].replace("\N{ZERO WIDTH SPACE}", "")
        assert told.startswith("∂L/∂w = δ·x = ")
        assert float(told.rpartition("= ")[2].replace("−", "-")) == pytest.approx(gradient, abs=0.0005)


@pytest.mark.parametrize("width", [700, 1104, 1400])
def test_no_result_is_out_of_sight(panel: ExplainPanel, view: View, qtbot: QtBot, width: int) -> None:
    """Where long sums would push the last result below the edge they are shortened, and the whole is the tooltip."""
    panel.resize(width, 140)
    for mark in (None, Neuron(1, 2), Neuron(2, 1), Neuron(3, 0), Connection(0, 2, 1), Connection(1, 1, 1)):
        view.select(mark)
        for step in range(2, 6):
            panel.show_step(step)
            bar = panel.findChild(QScrollArea).verticalScrollBar()
            qtbot.waitUntil(lambda bar=bar: bar.maximum() <= 2)


def test_the_optimisers_own_step_is_told_before_the_update(panel: ExplainPanel, bridge: Bridge, view: View) -> None:
    """Phase by phase, just before the update, the selected weight's real step stands there and comes true."""
    view.select(Connection(1, 2, 0))
    for _ in range(8):  # input, 3 × forward, error, 3 × backward
        bridge.step("phase")
    told = next(formula for formula in panel.formulas if formula.startswith("w ← "))
    bridge.step("phase")
    after = float(bridge.document.network.W[1][2, 0])
    assert float(told.split("= ")[-1].replace("−", "-")) == pytest.approx(after, rel=1e-3, abs=1e-5)


def test_every_column_can_be_read(bridge: Bridge, panel: ExplainPanel) -> None:
    """All inputs are told, those beyond the box by scrolling with the keyboard."""
    bridge.open_dataset(open_dataset(resource("samples", "bank_customers.csv")))
    panel.show_step(1)
    assert len(panel.formulas) == 10
    assert any(formula.startswith("France → 1, 0, 0") for formula in panel.formulas)
    assert panel.findChild(QScrollArea).focusPolicy() & Qt.FocusPolicy.TabFocus


def test_the_shown_row_is_read_from_its_table_once(
    panel: ExplainPanel, bridge: Bridge, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Telling a frame again must not ask the table again, and another row must."""
    asked: list[int] = []
    rows = Table.rows

    def counted(table: Table, start: int = 0, count: int | None = None) -> list[tuple[str | None, ...]]:
        asked.append(start)
        return rows(table, start, count)

    monkeypatch.setattr(Table, "rows", counted)
    panel.show_step(1)
    asked.clear()
    for _ in range(3):
        bridge.step("batch")
        panel.refresh()
    assert asked == []
    before = panel.formulas
    bridge.set_example(7)
    panel.refresh()
    assert asked
    assert panel.formulas != before
