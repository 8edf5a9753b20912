"""What a screen reader finds in the picture: every neuron with its numbers, its place and whether it is selected."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAccessibleInterface

from ann_viz.explain.moment import weights_text
from ann_viz.scene import Connection, Neuron
from ann_viz.session.samples import samples
from ann_viz.ui.canvas.accessible_items import CanvasInterface

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytestqt.qtbot import QtBot

    from ann_viz.ui.window.main_window import MainWindow

NAME, VALUE, DESCRIPTION = QAccessible.Text.Name, QAccessible.Text.Value, QAccessible.Text.Description

OPEN_AND_CLOSE = """
import os
os.environ["QT_QPA_PLATFORM"] = "offscreen"
import shiboken6
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtGui import QAccessible
from ann_viz.app import make_application, make_window
from ann_viz.scene import Neuron
from ann_viz.ui.canvas.canvas_card import CanvasCard
from ann_viz.session.samples import samples
app = make_application()
QAccessible.setActive(True)
window = make_window()
window.open_sample(next(sample for sample in samples() if "xor" in sample.file))
cards = []
for turn in range(50):
    card = CanvasCard(window.bridge, window.view)
    card.show()
    card.canvas.setFocus()
    window.view.select(Neuron(1, turn % 3))
    if turn % 10 == 0:
        window.actions_by_id["add_layer" if turn % 20 == 0 else "remove_layer"].trigger()
    interface = QAccessible.queryAccessibleInterface(card.canvas)
    kept = [interface.child(i) for i in range(interface.childCount())]
    names = [child.text(QAccessible.Text.Name) for child in kept]
    ids = [QAccessible.uniqueId(child) for child in kept]
    assert len(names) > 4
    card.close()
    if turn % 3:
        card.deleteLater()
    else:
        cards.append(card)
    del card
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    app.processEvents()
    assert turn % 3 == 0 or not any(shiboken6.isValid(child) for child in kept)
window.close()
print("whole")
"""


@pytest.fixture
def canvas(window: MainWindow) -> Iterator[QAccessibleInterface]:
    """The bank's network as Qt hands it to a screen reader."""
    window.open_sample(next(sample for sample in samples() if "bank" in sample.file))
    window.bridge.step("batch")
    found = QAccessible.queryAccessibleInterface(window.canvas_card.canvas)
    QAccessible.setActive(True)
    yield found
    QAccessible.setActive(False)


def test_every_neuron_is_an_item_with_its_sentence(window: MainWindow, canvas: QAccessibleInterface) -> None:
    """The item of hidden neuron 3 says layer, name, activation and its strongest input."""
    assert isinstance(canvas, CanvasInterface)
    assert canvas.isValid()
    assert canvas.role() == QAccessible.Role.List
    assert canvas.childCount() == 12 + 6 + 6 + 1
    item = canvas.child(14)
    activation = float(window.bridge.document.shown_row().values[1][2])
    assert item.text(NAME).startswith(f"Hidden layer 1, neuron 3, activation {activation:.2f}, strongest input ")
    assert item.text(VALUE) == f"{activation:.2f}"
    assert canvas.child(0).text(NAME).startswith("Input layer, CreditScore, ")
    assert canvas.text(NAME) == "Network"
    assert canvas.text(DESCRIPTION).startswith("For customer 1 (training) the network says: ")


def test_one_can_go_up_and_down_the_tree(window: MainWindow, canvas: QAccessibleInterface) -> None:
    """Parent, child and index fit together, and the canvas hangs in the window's own tree."""
    item = canvas.child(20)
    assert item.parent() is canvas
    assert canvas.indexOfChild(item) == 20
    assert canvas.child(20) is item
    assert item.childCount() == 0
    assert item.child(0) is None
    assert item.indexOfChild(canvas) == -1
    assert canvas.child(-1) is None
    assert canvas.child(25) is None
    assert canvas.indexOfChild(canvas) == -1
    above = canvas.parent()
    assert above is not None
    assert above.object() is window.canvas_card
    assert any(above.child(place).object() is window.canvas_card.canvas for place in range(above.childCount()))
    assert canvas.window() is window.windowHandle()
    assert item.window() is window.windowHandle()
    assert item.object() is None


def test_an_item_lies_where_it_is_drawn(window: MainWindow, canvas: QAccessibleInterface) -> None:
    """The middle of an item's rectangle is that neuron, and zooming moves it."""
    item = canvas.child(14)
    box = item.rect()
    assert canvas.rect().contains(box)
    assert canvas.childAt(box.center().x(), box.center().y()) is item
    assert item.childAt(box.center().x(), box.center().y()) is None
    window.canvas_card.canvas.zoom_in()
    assert item.rect().width() > box.width()


def test_the_selected_item_has_the_focus(window: MainWindow, canvas: QAccessibleInterface, qtbot: QtBot) -> None:
    """Walking with the arrows moves focus and selection from item to item."""
    picture = window.canvas_card.canvas
    picture.setFocus()
    assert canvas.focusChild() is canvas
    qtbot.keyClick(picture, Qt.Key.Key_Left)
    qtbot.keyClick(picture, Qt.Key.Key_Left)
    item = canvas.focusChild()
    assert window.view.selection == item.mark
    assert (item.state().focused, item.state().selected, item.state().focusable) == (1, 1, 1)
    qtbot.keyClick(picture, Qt.Key.Key_Left)
    assert item.state().selected == 0
    assert canvas.state().focusable == 1
    qtbot.keyClick(picture, Qt.Key.Key_Escape)
    assert window.view.selection is None
    window.toolbar.setFocus()
    picture.clearFocus()
    assert canvas.focusChild() is None


def test_the_selected_connection_is_the_last_item(window: MainWindow, canvas: QAccessibleInterface) -> None:
    """It says weight and signal, and is gone with the selection."""
    window.canvas_card.canvas.setFocus()
    window.view.select(Connection(0, 5, 1))
    item = canvas.child(25)
    assert item.text(NAME).startswith("Connection from Age to neuron 2, hidden layer 1, weight ")
    assert item.text(VALUE) in item.text(NAME)
    assert not item.rect().isEmpty()
    window.view.select(None)
    assert canvas.childCount() == 25


def test_numbers_are_those_of_now(window: MainWindow, canvas: QAccessibleInterface) -> None:
    """After a step and for another row an item says other numbers."""
    window.view.select(Neuron(3, 0))
    item = canvas.child(24)
    before = item.text(NAME)
    window.bridge.step("batch")
    after = item.text(NAME)
    assert after != before
    window.bridge.set_example(4)
    assert item.text(NAME) != after


def test_what_the_network_lost_is_no_longer_valid(window: MainWindow, canvas: QAccessibleInterface) -> None:
    """Without its second hidden layer the picture has fewer items; an empty window has none."""
    assert canvas.child(24).isValid()
    window.actions_by_id["remove_layer"].trigger()
    assert canvas.childCount() == 19
    assert all(canvas.child(place).isValid() for place in range(19))


def test_what_happens_is_announced(window: MainWindow, canvas: QAccessibleInterface, qtbot: QtBot) -> None:
    """Training begins and ends, another row is shown, a message appears: each is said without being asked about."""
    speaker = window.canvas_card.speaker
    window.bridge.set_training(epochs=0)  # or it could be over before one listens
    window.bridge.set_example(3)
    assert speaker.said == canvas.text(DESCRIPTION)
    assert speaker.said.startswith("For customer 4 (training) the network says: ")
    window.bridge.train()
    assert speaker.said == "Training has begun."
    window.bridge.pause()
    snapshot = window.bridge.document.snapshot
    weights, loss = weights_text(snapshot), snapshot.judged_loss
    assert speaker.said == f"Training stands still. Weights: {weights}. Loss {loss:.3f}."
    window.messages.show_message("Something is to be said.")
    assert speaker.said == "Something is to be said."


def test_an_empty_window_has_no_items(window: MainWindow) -> None:
    """Before a table is opened the canvas is there, and says nothing."""
    found = QAccessible.queryAccessibleInterface(window.canvas_card.canvas)
    assert found.childCount() == 0
    assert found.child(0) is None
    assert found.text(DESCRIPTION) == ""
    found.setText(NAME, "x")
    assert found.text(NAME) == "Network"


def test_nothing_is_made_unless_a_screen_reader_asks(window: MainWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    """Selecting makes no items while no screen reader runs."""
    made: list[object] = []
    monkeypatch.setattr("ann_viz.ui.canvas.accessible_items.MarkInterface", lambda *arguments: made.append(arguments))
    window.open_sample(next(sample for sample in samples() if "xor" in sample.file))
    window.canvas_card.canvas.setFocus()
    window.view.select(Neuron(1, 0))
    assert made == []


@pytest.mark.slow
def test_pictures_come_and_go_without_a_crash() -> None:
    """Fifty pictures with their items asked for, some still there at the end of the process."""
    command = [sys.executable, "-X", "faulthandler", "-c", OPEN_AND_CLOSE]
    done = subprocess.run(command, check=False, capture_output=True, text=True)
    said = [line for line in done.stderr.splitlines() if "propagateSizeHints" not in line]  # no screen, no hints
    assert (done.returncode, done.stdout.strip(), said) == (0, "whole", [])
