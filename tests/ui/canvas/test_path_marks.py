"""An input and an answer selected together: the path between them, told on the picture, in the Inspector and aloud."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible, QColor

from ann_viz.engine import LayerConfig
from ann_viz.explain.chain_text import chain_sentence
from ann_viz.scene import Connection, Neuron, Way
from ann_viz.session.samples import samples
from ann_viz.session.ways import next_way
from ann_viz.ui.inspector.panel import InspectorPanel
from ann_viz.ui.kit import theme

SHIFT = Qt.KeyboardModifier.ShiftModifier
LEFT = Qt.MouseButton.LeftButton


def neuron_at(canvas, column: int, index: int) -> QPoint:
    """Return where a neuron stands."""
    layout = canvas.frame.layout
    return QPoint(round(layout.x[column]), round(float(layout.y[column][index])))


def test_shift_click_on_an_answer_joins_it_to_the_selected_input(bank, canvas, qtbot) -> None:
    """The lines of the path stand out, everything else fades, and the description says what comes back."""
    qtbot.mouseClick(canvas, LEFT, pos=neuron_at(canvas, 0, 5))
    qtbot.mouseClick(canvas, LEFT, SHIFT, neuron_at(canvas, 3, 0))
    assert bank.view.way == Way(5, 0) and bank.view.selection == Neuron(0, 5)
    row = bank.bridge.document.shown_row()
    path = row.chain(bank.view.way).path
    seen = [[int(i) for i in np.flatnonzero(~faded)] for faded in canvas.frame.faded]
    assert seen == [[neuron] for neuron in path.neurons]
    assert canvas.accessibleDescription() == chain_sentence(canvas.stage.chain, bank.view.voice)
    qtbot.mouseClick(canvas, LEFT, pos=neuron_at(canvas, 1, 0))
    assert bank.view.way is None and canvas.stage.chain is None and bank.view.selection == Neuron(1, 0)


def test_the_other_way_round_and_with_what_is_no_end(bank, canvas, qtbot) -> None:
    """First the answer, then the input is as good; with a hidden neuron Shift selects like any click."""
    qtbot.mouseClick(canvas, LEFT, pos=neuron_at(canvas, 3, 0))
    qtbot.mouseClick(canvas, LEFT, SHIFT, neuron_at(canvas, 0, 2))
    assert bank.view.way == Way(2, 0)
    qtbot.mouseClick(canvas, LEFT, SHIFT, neuron_at(canvas, 1, 1))
    assert bank.view.way is None and bank.view.selection == Neuron(1, 1)


def test_the_command_finds_both_ends_and_goes_on(bank, canvas) -> None:
    """Without a mouse: the steepest input first, then first line after first line; another network ends it."""
    bank.actions_by_id["follow_path"].trigger()
    row, way = bank.bridge.document.shown_row(), bank.view.way
    steepest = int(np.argmax(np.abs(row.passes.dW[0]).max(axis=1)))
    assert way == Way(steepest, 0)
    firsts = {row.chain(way).path.neurons[1]}
    for _ in range(5):
        bank.actions_by_id["follow_path"].trigger()
        firsts.add(row.chain(bank.view.way).path.neurons[1])
    assert firsts == set(range(6))
    bank.bridge.set_hidden((LayerConfig(neurons=3),))
    assert bank.view.way is None


def test_of_several_answers_the_next_one_comes(bank) -> None:
    """With classes, asking again leads to the next answer; a selected answer is kept as an end."""
    bank.open_sample(next(sample for sample in samples() if sample.file == "iris.csv"))
    row = bank.bridge.document.shown_row()
    first = next_way(row, Neuron(0, 1), None)
    assert first == Way(1, row.answer.best)
    assert next_way(row, None, first) == Way(1, (first.output + 1) % 3)
    last = len(row.network.W)
    assert next_way(row, Neuron(last, 2), None).output == 2


def test_the_inspector_tells_the_path_and_leads_to_others(bank, canvas, qtbot) -> None:
    """Factors, all paths, and the first lines; a click on one of them looks at it; the voice changes the words."""
    bank.docks.show_inspector()
    inspector = bank.findChild(InspectorPanel)
    bank.view.follow(Way(5, 0))
    story = bank.bridge.document.shown_row().chain(Way(5, 0))
    assert inspector.way.chain.summary.text() == "customer 1 (training)"
    assert len(inspector.way.chain.table.facts) == len(story.path.factors) == 6
    assert inspector.way.paths.table.rows[0].value == story.paths[0].product
    inspector.way.paths.table.chosen.emit(1)
    assert bank.view.way == Way(5, 0, story.paths[1].neurons[1:-1])
    other = story.first_lines[2][0]
    inspector.way.first_lines.table.chosen.emit(other)
    assert bank.view.way == Way(5, 0, (other,))
    bank.view.speak("technical")
    assert (
        "∂L/∂w" in inspector.way.chain.sentence and [fact.symbol for fact in inspector.way.chain.table.facts][-1] == "δ"
    )
    bank.view.speak("plain")
    assert inspector.way.chain.table.facts[-1].symbol == "blame"


def test_an_input_offers_its_paths(bank, canvas, qtbot) -> None:
    """The Inspector has a button, and the menu an entry, for what Shift-click does."""
    bank.docks.show_inspector()
    inspector = bank.findChild(InspectorPanel)
    bank.view.select(Neuron(0, 3))
    assert inspector.facts.follow.isVisibleTo(inspector)
    qtbot.mouseClick(inspector.facts.follow, LEFT)
    assert bank.view.way == Way(3, 0)
    bank.view.select(Connection(0, 0, 0))
    assert not inspector.facts.follow.isVisibleTo(inspector)
    menu = canvas.hand.menu(Neuron(0, 4), "", canvas.pos(), canvas)
    next(action for action in menu.actions() if "Chain" in action.text()).trigger()
    assert bank.view.way == Way(4, 0)
    menu.deleteLater()


def test_a_screen_reader_is_told(bank, canvas, monkeypatch: pytest.MonkeyPatch) -> None:
    """What comes back along the path is announced."""
    monkeypatch.setattr(QAccessible, "isActive", staticmethod(lambda: True))
    canvas.setFocus()
    monkeypatch.setattr(canvas, "hasFocus", lambda: True)
    bank.view.follow(Way(1, 0))
    assert bank.canvas_card.speaker.said == chain_sentence(canvas.stage.chain, bank.view.voice)


def test_factors_stand_on_the_lines(bank, canvas) -> None:
    """Where a line of the path has its middle, a pill in the colour of errors is painted."""
    bank.view.follow(Way(5, 0))
    image, soft = canvas.grab().toImage(), QColor(theme.current().error_soft)
    path, curves = canvas.stage.chain.path.neurons, canvas.stage.arrangement.curves
    for gap in range(3):
        x, y = curves.middle(gap, path[gap], path[gap + 1])
        assert image.pixelColor(round(x), round(y) - 6) == soft, "the upper part of a pill, above its text"
