"""The Inspector: what is selected, in the engine's own numbers; nothing while nobody looks."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QFontMetricsF
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from ann_viz.engine import ACTIVATIONS, LayerConfig, TrainConfig
from ann_viz.explain import follow
from ann_viz.numerals import compact, compact_signed
from ann_viz.resources import resource
from ann_viz.scene import Connection, Neuron
from ann_viz.session import RunState, Session, Speed
from ann_viz.session.headless import open_dataset
from ann_viz.session.shown_row import RowFacts, show_row
from ann_viz.ui.document.bridge import Bridge
from ann_viz.ui.document.view import View
from ann_viz.ui.inspector import panel as panel_module
from ann_viz.ui.inspector.panel import InspectorPanel
from ann_viz.ui.inspector.tables import HEADING, ROW
from ann_viz.ui.kit import theme
from ann_viz.ui.kit.painted import fitted

EPOCHS = 5


@pytest.fixture
def session() -> Session:
    return Session(TrainConfig(epochs=2 * EPOCHS))


@pytest.fixture
def panel(bridge: Bridge, view: View, qtbot: QtBot) -> InspectorPanel:
    panel = InspectorPanel(bridge, view)
    qtbot.addWidget(panel)
    panel.resize(320, 700)
    with qtbot.waitExposed(panel):
        panel.show()
    return panel


@pytest.fixture
def learn(bridge: Bridge, session: Session) -> Callable[..., None]:
    """Return a function that opens a sample, trains it for a moment and stands still."""

    def run(sample: str = "bank_customers.csv", *layers: str) -> None:
        bridge.open_dataset(open_dataset(resource("samples", sample)))
        if layers:
            bridge.set_hidden(tuple(LayerConfig(neurons=6, activation=name) for name in layers))
        for _ in range(EPOCHS):  # not to the end, where the weights of the best epoch would be put back
            bridge.step("epoch")
            session.wait()
            bridge.pause()

    return run


def shown(panel: InspectorPanel) -> list[str]:
    """Names of the cards that can be seen."""
    return [card.accessibleName() for card in panel.cards if card.isVisible()]


def words(panel: InspectorPanel) -> list[str]:
    return [label.text() for label in panel.findChildren(QLabel) if label.isVisible() and label.text()]


def whole_epochs(panel: InspectorPanel) -> list[float]:
    """Epochs in the course of a weight; the first ones have points between them, batch by batch."""
    return [epoch for epoch, _ in panel.trail.view.points if epoch == int(epoch)]


def the_row(bridge: Bridge):
    dataset, i = bridge.document.dataset, bridge.document.example
    return follow(bridge.document.network, dataset.X[i], dataset.Y[i])


def test_with_nothing_selected_it_says_what_to_do(panel: InspectorPanel, learn: Callable, view: View) -> None:
    """One sentence, with and without data."""
    assert words(panel) == ["Click a neuron or a connection in the picture."]
    view.select(Neuron(1, 2))
    assert shown(panel) == []
    view.select(None)
    learn()
    assert words(panel) == ["Click a neuron or a connection in the picture."]


def test_a_hidden_neuron(panel: InspectorPanel, learn: Callable, view: View, bridge: Bridge) -> None:
    """Terms, sum, activation, blame, targets and the histogram are the engine's numbers."""
    learn("bank_customers.csv", "relu", "relu")
    bridge.set_example(7)
    view.select(Neuron(1, 2))
    network, row = bridge.document.network, the_row(bridge)
    assert panel.heading.title == "Neuron 3" and panel.heading.about == "hidden layer 1 · ReLU · 12 inputs"
    rows = panel.adds_up.table.rows
    products = network.W[0][:, 2] * row.A[0]
    assert [r.value for r in rows] == pytest.approx(sorted(products.tolist(), key=lambda p: -abs(p)))
    assert {r.name for r in rows} >= {"Age", "Geography: Spain"}
    for r in rows:
        assert r.numbers == (pytest.approx(row.A[0][r.key]), pytest.approx(network.W[0][r.key, 2]))
    total, sign, bias, z = re.fullmatch(
        r"sum (−?[\d.,]+) ([+−]) bias ([\d.,]+), z = (−?[\d.,]+)", panel.adds_up.words
    ).groups()
    total, bias, z = (
        Decimal(text.replace("−", "-").replace(",", "")) for text in (total, sign.replace("+", "") + bias, z)
    )
    assert round(total + bias, -z.as_tuple().exponent) == z, "as printed"
    assert (float(total), float(bias), float(z)) == pytest.approx(
        (products.sum(), network.b[0][2], row.Z[0][2]), abs=0.005
    )
    assert panel.passes_on.formula.endswith(f"<b>{compact(float(row.A[1][2]))}</b>")
    assert "silent" in panel.passes_on.sentence or "unchanged" in panel.passes_on.sentence
    assert [r.value for r in panel.goes_to.table.rows] == sorted(network.W[1][2].tolist(), key=lambda w: -abs(w))
    spread = panel.spread.view.spread
    dataset = bridge.document.dataset
    everywhere = network.activations(dataset.X[dataset.validation]).A[1][:, 2]
    assert spread.n_rows == len(dataset.validation) == 1000
    assert (spread.high, spread.mean) == (pytest.approx(everywhere.max()), pytest.approx(everywhere.mean(), rel=1e-5))
    assert "1,000 validation rows" in panel.spread.sentence
    assert len(shown(panel)) == 5


def test_the_blame_of_the_shown_row(panel: InspectorPanel, learn: Callable, view: View, bridge: Bridge) -> None:
    """δ says which way z should have gone; a silent neuron gets no blame."""
    learn("iris.csv", "relu")
    seen = set()
    for i in range(0, 100, 7):
        bridge.set_example(i)
        for j in range(6):
            view.select(Neuron(1, j))
            delta = float(the_row(bridge).delta[0][j])
            of_z, of_bias, of_weight = panel.blame.table.facts
            if delta == 0:
                assert (of_z.value, of_z.meaning, of_weight.meaning) == ("0", "no blame reaches it", "all are 0")
            else:
                assert of_z.meaning == f"should be {'smaller' if delta > 0 else 'larger'}"
                assert of_z.value.startswith("+" if delta > 0 else "−") and of_bias.value == of_z.value
                names = bridge.document.dataset.encoder.input_names
                largest = int(np.argmax(np.abs(the_row(bridge).dW[0][:, j])))
                assert of_weight.meaning == f"largest, of {names[largest]}"
            seen.add((delta > 0) - (delta < 0))
    assert seen == {-1, 0, 1}


def test_answers(panel: InspectorPanel, learn: Callable, view: View) -> None:
    """Outputs are named by what they say, and go nowhere."""
    learn("iris.csv", "tanh")
    view.select(Neuron(2, 1))
    assert panel.heading.title == "Answer: versicolor" and "Softmax" in panel.heading.about
    assert "share among all answers" in panel.passes_on.sentence
    assert not panel.goes_to.isVisible()
    learn("house_prices.csv")
    view.select(Neuron(2, 0))
    assert panel.heading.title == "Answer: price" and "spreads from the average" in panel.passes_on.sentence
    learn("two_moons.csv")
    view.select(Neuron(2, 0))
    assert "is the chance" in panel.passes_on.sentence


@pytest.mark.parametrize("name", ACTIVATIONS)
def test_every_activation_has_its_words(
    panel: InspectorPanel, learn: Callable, view: View, bridge: Bridge, name: str
) -> None:
    """A formula that ends in the activation, and a sentence near zero and far from it."""
    learn("two_moons.csv", name)
    view.select(Neuron(1, 0))
    assert panel.heading.about == f"hidden layer 1 · {ACTIVATIONS[name].label} · 2 inputs"
    a = float(bridge.document.shown_row().values[1][0])
    assert panel.passes_on.formula.endswith(f"= <b>{compact(a)}</b>")
    sentences = {ACTIVATIONS[name].words_at(z) for z in (-9.0, -0.5, 0.5, 9.0)}
    assert all(sentence.endswith(".") and "{" not in sentence for sentence in sentences)


def test_an_input(panel: InspectorPanel, learn: Callable, view: View, bridge: Bridge) -> None:
    """What the file says, what enters the network, and where it goes."""
    learn()
    index = bridge.document.dataset.encoder.input_names.index("Age")
    view.select(Neuron(0, index))
    assert panel.heading.title == "Age" and panel.heading.about == "input layer"
    raw, encoded = panel.facts.table.facts
    dataset = bridge.document.dataset
    assert raw.value == dataset.raw(0)[[column.name for column in dataset.table.columns].index("Age")]
    assert encoded.value == compact(float(bridge.document.dataset.X[0, index]))
    assert len(shown(panel)) == 2 and len(panel.goes_to.table.rows) == 6


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


def test_rows_are_walked_and_chosen_by_keyboard(
    panel: InspectorPanel, learn: Callable, view: View, qtbot: QtBot
) -> None:
    """Down, End and Enter: the last input's connection is selected, and what a row says is read out."""
    learn()
    view.select(Neuron(1, 0))
    table = panel.adds_up.table
    table.setFocus()
    assert table.rows[0].name in table.accessibleDescription()
    qtbot.keyClick(table, Qt.Key.Key_Down)
    assert table.rows[1].name in table.accessibleDescription()
    choosable = [row for row in table.rows if row.key >= 0]
    qtbot.keyClick(table, Qt.Key.Key_Return)
    assert view.selection == Connection(0, choosable[1].key, 0)


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


def test_a_row_of_a_table_is_a_connection(panel: InspectorPanel, learn: Callable, view: View, qtbot: QtBot) -> None:
    """A click on a term selects where it comes from; on a target, where it goes."""
    learn()
    view.select(Neuron(1, 2))
    table = panel.adds_up.table
    qtbot.mouseMove(table, QPoint(20, HEADING + ROW // 2))
    qtbot.mouseClick(table, Qt.MouseButton.LeftButton, pos=QPoint(20, HEADING + ROW // 2))
    assert view.selection == Connection(0, table.rows[0].key, 2)
    view.select(Neuron(1, 2))
    qtbot.mouseClick(table, Qt.MouseButton.LeftButton, pos=QPoint(20, 2))
    assert view.selection == Neuron(1, 2)
    place = QPoint(20, HEADING + ROW // 2)
    qtbot.mouseClick(panel.goes_to.table, Qt.MouseButton.LeftButton, pos=place)
    assert view.selection == Connection(1, 2, panel.goes_to.table.rows[0].key)


def test_many_terms_scroll(panel: InspectorPanel, learn: Callable, view: View) -> None:
    """Of 61 terms the 40 largest are shown, and the others as their sum, in a card that does not grow."""
    learn("digits.csv")
    view.select(Neuron(1, 0))
    rows = panel.adds_up.table.rows
    assert len(rows) == 41 and rows[-1].name == "and 21 more: sum" and rows[-1].key == -1
    assert panel.adds_up.height() < 350


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


def test_names_are_cut_where_they_matter_least(panel: InspectorPanel) -> None:
    """Of a category its column goes first."""
    metrics = QFontMetricsF(panel.font())
    for text in ("Geography: Spain", "EstimatedSalary"):
        assert fitted(text, metrics, 1000) == text
    wide = metrics.horizontalAdvance("Geograp: Spain")
    cut = fitted("Geography: Spain", metrics, wide)
    assert cut.startswith("Geo") and cut.endswith("…: Spain")
    assert fitted("Geography: Spain", metrics, metrics.horizontalAdvance("…Spain") + 1) == "…Spain"
    assert fitted("EstimatedSalary", metrics, wide).endswith("…")


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


def test_numbers() -> None:
    """Two decimals with a true minus; fewer where they would take the room of the name."""
    assert [compact(value) for value in (1.375, -0.5, -0.001, 123.4, -2e6, np.nan)] == [
        "1.38", "−0.50", "0.00", "123", "−2e6", "–"
    ]  # fmt: skip
    assert [compact_signed(value) for value in (1.0, -1.0, 0.0, 0.001)] == ["+1.00", "−1.00", "0.00", "0.00"]
