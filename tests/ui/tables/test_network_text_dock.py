"""Network as text: the dock tells what the picture shows, and both follow one selection."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

from ann_viz.scene import Connection, Neuron
from ann_viz.session import Speed
from ann_viz.session.headless import open_dataset
from ann_viz.session.samples import samples
from ann_viz.session.spreadsheet import begins_formula

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from ann_viz.ui.tables.network_text_dock import NetworkTextPanel
    from ann_viz.ui.window.main_window import MainWindow


@pytest.fixture
def panel(window: MainWindow) -> NetworkTextPanel:
    """The dock beside the bank's network, which has learned two epochs."""
    window.open_sample(next(sample for sample in samples() if "bank" in sample.file))
    window.actions_by_id["network_text"].trigger()
    dock = window.side_windows.network_text
    assert dock is not None
    return dock.panel


def test_every_neuron_is_a_row_with_the_engine_s_numbers(window: MainWindow, panel: NetworkTextPanel) -> None:
    """12 inputs, 6 + 6 neurons, one output; activation and bias are those of the session."""
    document = window.bridge.document
    assert panel.model.rowCount() == 12 + 6 + 6 + 1
    row = panel.model.row_of(Neuron(1, 2))
    text = panel.model.text(row)
    assert text is not None
    assert text.value == float(document.shown_row().values[1][2])
    assert text.bias == float(document.network.b[0][2])
    assert panel.model.index(row, 0).data() == "Hidden layer 1"
    assert panel.model.index(row, 0).data(Qt.ItemDataRole.AccessibleDescriptionRole) == text.sentence
    assert panel.model.index(0, 4).data() == f"{document.dataset.raw(0)[3]} in the file"


def test_a_row_selects_the_neuron_and_back(window: MainWindow, panel: NetworkTextPanel) -> None:
    """One selection, seen in the picture and in the table; a connection is told in the sentences."""
    panel.table.selectRow(13)
    assert window.view.selection == Neuron(1, 1)
    window.view.select(Neuron(2, 3))
    assert panel.table.currentIndex().row() == panel.model.row_of(Neuron(2, 3))
    assert "Selected: Hidden layer 2, neuron 4, activation" in panel.sentences.toPlainText()
    window.view.select(Connection(0, 5, 1))
    assert not panel.table.selectionModel().selectedRows()
    assert "Selected: Connection from Age to neuron 2" in panel.sentences.toPlainText()


def test_getting_the_focus_selects_nothing(window: MainWindow, panel: NetworkTextPanel, qtbot: QtBot) -> None:
    """Reaching the table with the keyboard chooses no neuron; moving in it does."""
    window.activateWindow()
    panel.table.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.waitUntil(panel.table.hasFocus)
    assert window.view.selection is None
    qtbot.keyClick(panel.table, Qt.Key.Key_Down)
    assert window.view.selection == Neuron(0, 1)


def test_it_follows_the_shown_row_and_each_step(window: MainWindow, panel: NetworkTextPanel) -> None:
    """Standing still, the words are exact after every change."""
    before = panel.sentences.toPlainText()
    window.bridge.set_example(7)
    assert "customer 8" in panel.sentences.toPlainText()
    window.bridge.set_example(0)
    window.bridge.step("batch")
    assert panel.sentences.toPlainText() != before
    text = panel.model.text(24)
    assert text is not None
    assert text.value == float(window.bridge.document.shown_row().values[-1][0])


def test_another_network_has_other_rows(window: MainWindow, panel: NetworkTextPanel) -> None:
    """A removed layer's neurons are no longer told, and nothing stays selected."""
    window.view.select(Neuron(2, 5))
    window.actions_by_id["remove_layer"].trigger()
    assert panel.model.rowCount() == 12 + 6 + 1
    assert window.view.selection is None


def test_while_training_it_looks_twice_a_second(
    window: MainWindow, panel: NetworkTextPanel, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Frames in between change no row."""
    now, changes = [time.monotonic()], list[float]()
    monkeypatch.setattr(time, "monotonic", lambda: now[0])
    window.bridge.set_speed(Speed(kind="step", per_second=0.01))
    window.bridge.train()
    panel.refresh()
    panel.model.dataChanged.connect(lambda *_: changes.append(now[0]))
    for _ in range(20):
        window.bridge.offer_turns()
    assert changes == []
    now[0] += 0.5
    for _ in range(20):  # other parts are due as well, and take their turns
        window.bridge.offer_turns()
    assert set(changes) == {now[0]}


def test_hidden_it_costs_nothing(window: MainWindow, panel: NetworkTextPanel) -> None:
    """A closed dock keeps its old words, and catches up when it is shown again."""
    window.actions_by_id["network_text"].trigger()
    assert not panel.isVisible()
    before = panel.sentences.toPlainText()
    window.bridge.set_example(5)
    assert panel.sentences.toPlainText() == before
    window.actions_by_id["network_text"].trigger()
    assert "customer 6" in panel.sentences.toPlainText()


def test_rows_and_sentences_can_be_copied(panel: NetworkTextPanel) -> None:
    """Rows as a spreadsheet reads them, the whole as lines of text."""
    panel.table.selectRow(12)
    panel.copy_rows()
    lines = QGuiApplication.clipboard().text().splitlines()
    assert len(lines) == 2
    assert lines[1].startswith("Hidden layer 1\tneuron 1\t")
    panel.copy_all()
    assert len([line for line in QGuiApplication.clipboard().text().splitlines() if line]) == 1 + 4 + 25


def test_copied_rows_run_nothing_in_a_spreadsheet(
    window: MainWindow, panel: NetworkTextPanel, customers: Callable[..., Path], tmp_path: Path
) -> None:
    """A column may be named like a formula by whoever wrote the file."""
    path = customers(tmp_path / "names.csv")
    path.write_text(path.read_text(encoding="utf-8").replace("Balance", "=cmd|1"), encoding="utf-8")
    window.bridge.open_dataset(open_dataset(path))
    panel.copy_rows()
    cells = [cell for line in QGuiApplication.clipboard().text().splitlines() for cell in line.split("\t")]
    assert "'=cmd|1" in cells
    assert not any(begins_formula(cell) for cell in cells)


def test_it_is_used_by_keyboard(window: MainWindow, panel: NetworkTextPanel, qtbot: QtBot) -> None:
    """The arrows walk through the neurons; Tab leads out of the table."""
    assert panel.table.hasFocus()
    panel.table.selectRow(0)
    qtbot.keyClick(panel.table, Qt.Key.Key_Down)
    assert window.view.selection == Neuron(0, 1)
    qtbot.keyClick(panel.table, Qt.Key.Key_Tab)
    assert panel.sentences.hasFocus()


def test_without_data_it_says_what_to_do(window: MainWindow) -> None:
    """An empty window has no neurons to tell of."""
    window.side_windows.toggle_network_text()
    dock = window.side_windows.network_text
    assert dock is not None
    assert dock.panel.model.rowCount() == 0
    assert dock.panel.sentences.toPlainText().startswith("Open a table")
    dock.panel.copy_all()
    dock.panel.close_button.click()
    assert not dock.isVisible()


def _places(window: MainWindow) -> list[tuple[int, int, int, int]]:
    card, explain = window.canvas_card, window.explain_panel
    return [
        (*(panel.mapTo(window, panel.rect().topLeft()).toTuple()), *panel.size().toTuple()) for panel in (card, explain)
    ]


def test_the_picture_gets_its_room_back(window: MainWindow, qtbot: QtBot) -> None:
    """When the dock goes, everything is where it was; a presentation in between changes nothing."""
    window.resize(1440, 900)
    window.open_sample(next(sample for sample in samples() if "bank" in sample.file))
    text, presentation = window.actions_by_id["network_text"], window.actions_by_id["presentation"]
    before = _places(window)
    text.trigger()
    qtbot.waitUntil(lambda: window.canvas_card.height() < before[0][3] - 100)
    text.trigger()
    qtbot.waitUntil(lambda: _places(window) == before)
    presentation.trigger()
    qtbot.waitUntil(lambda: _places(window)[1][0] < before[1][0])
    presentation.trigger()
    qtbot.waitUntil(lambda: _places(window) == before)
