"""The tab of runs: what it shows of them, and what mouse and keys do to one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QMenu
from pytestqt.qtbot import QtBot

from ann_viz.numerals import size_text
from ann_viz.resources import resource
from ann_viz.session import RunState
from ann_viz.session.headless import open_dataset
from ann_viz.session.runs import freed_bytes
from ann_viz.session.samples import samples
from ann_viz.session.sweeping.plan import Plan
from ann_viz.session.sweeping.study import Ground, train_again
from ann_viz.session.sweeping.swept import Swept
from ann_viz.session.sweeping.task import Task
from ann_viz.ui.document.bridge import Bridge
from ann_viz.ui.runs.run_model import row_of
from ann_viz.ui.runs.runs_panel import RunsPanel


@pytest.fixture
def panel(bridge: Bridge, qtbot: QtBot) -> Iterator[RunsPanel]:
    """The tab beside a session that has trained the flowers twice, the second time with a penalty."""
    file = next(sample.file for sample in samples() if sample.file == "iris.csv")
    bridge.open_dataset(open_dataset(resource("samples", file)))
    bridge.set_training(epochs=4)
    made = RunsPanel(bridge)
    made.resize(264, 700)
    with qtbot.waitExposed(made):
        made.show()
    learn(bridge, qtbot)
    bridge.set_training(l2=0.01)
    bridge.reset()
    learn(bridge, qtbot)
    yield made
    made.close()
    made.deleteLater()


def learn(bridge: Bridge, qtbot: QtBot) -> None:
    bridge.train()
    qtbot.waitUntil(lambda: bridge.document.state is RunState.FINISHED)


def click(panel: RunsPanel, number: int, *, right: int = 0, modifier: Qt.KeyboardModifier = Qt.NoModifier) -> None:
    """Click on a run's name, or so many pixels from the right end of its row."""
    box = panel.tree.box_of(number)
    place = QPoint(box.right() - right if right else box.left() + 60, box.top() + 14)
    QTest.mouseClick(panel.tree.viewport(), Qt.MouseButton.LeftButton, modifier, place)


def test_runs_are_called_by_what_changed(panel: RunsPanel, bridge: Bridge) -> None:
    """The newest is the one in the window, and the card speaks of it."""
    assert [row.name for row in panel.rows] == ["First run", "L2 0.01"]
    assert panel.card.number == panel.rows[1].number and not panel.card.make.isEnabled()
    assert panel.card.facts[1][1].text() == "L2 0 → 0.01"


def test_a_click_makes_a_run_the_one_in_the_window(panel: RunsPanel, bridge: Bridge) -> None:
    """With its settings; Ctrl+click asks to compare instead."""
    first, second = (row.number for row in panel.rows)
    click(panel, first)
    assert bridge.document.run_numbers[0] == first
    assert bridge.document.train_config.l2 == 0.0
    asked = []
    panel.compare_asked.connect(lambda a, b: asked.append((a, b)))
    click(panel, second, modifier=Qt.KeyboardModifier.ControlModifier)
    assert asked == [(first, second)] and bridge.document.run_numbers[0] == first


def test_pin_and_eye_are_pressed_in_the_row(panel: RunsPanel, bridge: Bridge) -> None:
    """They change nothing else."""
    first, second = (row.number for row in panel.rows)
    click(panel, first, right=14)
    click(panel, first, right=36)
    row = panel.rows[0]
    assert row.is_pinned and not row.is_shown
    assert bridge.document.run_numbers[0] == second


def test_a_twin_in_training_hangs_below_its_run_and_is_not_to_be_had_yet(panel: RunsPanel, monkeypatch) -> None:
    """It is drawn as it comes on; clicks pass it by, its dot pulses unless less motion is wanted, and it goes again."""
    first, second = panel.rows
    twin = replace(second, number=0, place=2, name="L2 0.1", is_current=False, is_running=True, is_twin=True)
    panel.twin_row = lambda: twin
    panel.refresh()
    assert [row.name for row in panel.rows] == ["First run", "L2 0.01", "L2 0.1"]
    assert panel.tree.runs.index_of(0).parent() == panel.tree.runs.index_of(first.number)
    panel.grab()
    assert panel.tree.is_pulsing
    monkeypatch.setattr("ann_viz.ui.runs.run_tree.is_motion_reduced", lambda: True)
    panel.refresh()
    assert not panel.tree.is_pulsing
    asked = []
    for signal in (panel.tree.shown_asked, panel.tree.eyed, panel.tree.compared_asked, panel.tree.chosen):
        signal.connect(lambda *values: asked.append(values))
    for right, modifier in ((0, Qt.KeyboardModifier.NoModifier), (14, Qt.KeyboardModifier.ControlModifier)):
        click(panel, 0, right=right, modifier=modifier)
    assert asked == [] and panel.tree.number == second.number
    panel.twin_row = lambda: None
    panel.refresh()
    assert [row.name for row in panel.rows] == ["First run", "L2 0.01"]


def test_keys_do_what_the_menu_says(panel: RunsPanel, bridge: Bridge, qtbot: QtBot) -> None:
    """F2 renames, V hides the curve, Shift+P pins, Shift+A and Shift+B choose a side, Del deletes what is not shown."""
    first, second = (row.number for row in panel.rows)
    panel.tree.choose(first)
    panel.tree.setFocus()
    sides = []
    panel.side_asked.connect(lambda number, side: sides.append((number, side)))
    QTest.keyClick(panel.tree, Qt.Key.Key_V)
    QTest.keyClick(panel.tree, Qt.Key.Key_P, Qt.KeyboardModifier.ShiftModifier)
    QTest.keyClick(panel.tree, Qt.Key.Key_A, Qt.KeyboardModifier.ShiftModifier)
    QTest.keyClick(panel.tree, Qt.Key.Key_B, Qt.KeyboardModifier.ShiftModifier)
    assert (panel.rows[0].is_shown, panel.rows[0].is_pinned, sides) == (False, True, [(first, "A"), (first, "B")])
    QTest.keyClick(panel.tree, Qt.Key.Key_F2)
    field = panel.tree.findChild(QLineEdit)
    field.setText("With care")
    QTest.keyClick(field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: panel.rows[0].name == "With care")
    QTest.keyClick(panel.tree, Qt.Key.Key_Delete)
    assert [row.number for row in panel.rows] == [second]
    panel.tree.choose(second)
    QTest.keyClick(panel.tree, Qt.Key.Key_Delete)
    assert [row.number for row in panel.rows] == [second], "the run in the window stays"


def test_all_runs_are_copied_as_a_table(panel: RunsPanel) -> None:
    """With what each came from and how far it got."""
    panel.open_menu(panel.rows[0].number, QPoint())
    (menu,) = panel.findChildren(QMenu)
    next(action for action in menu.actions() if action.text().startswith("Copy all")).trigger()
    menu.close()
    head, *lines = (line.split("\t") for line in QGuiApplication.clipboard().text().split("\n"))
    assert head[:3] == ["run", "came from", "best loss"] and [line[0] for line in lines] == ["First run", "L2 0.01"]
    assert lines[1][1] == "First run" and float(lines[1][2]) == panel.rows[1].best_loss


def test_a_sweep_is_one_folded_row(panel: RunsPanel, bridge: Bridge) -> None:
    """A click on its mark or → unfolds it, anywhere else or Enter shows it; a run of it in the window unfolds it."""
    document, tree, asked = bridge.document, panel.tree, []
    panel.sweep_chosen.connect(asked.append)
    network, training, dataset = document.network_config, document.train_config, document.dataset
    plan, before = Plan(space=(("l2", (0.01, 0.02)),)), panel.rows[-1].number
    bridge.note_sweep(Swept(number=1, plan=plan, network=network, training=training, n_runs=40))
    index = tree.runs.index_of_sweep(1)
    assert index.data() == "Sweep 1, 40 runs" and tree.number == before
    ground = Ground(dataset=dataset, network=network, training=training)
    bridge.take_run(train_again(ground, Task(epochs=2), lambda _: None, lambda: False), "Sweep 1, row 1", "", 1)
    index = tree.runs.index_of_sweep(1)
    assert tree.isExpanded(index) and row_of(index.model().index(0, 0, index)).name == "Sweep 1, row 1"
    opened = tree.number
    bridge.show_run(before)
    tree.fold(1, True)
    middle = tree.visualRect(index).center().y()
    for x, unfolded in ((4, True), (4, False), (120, False)):
        place = QPoint(tree.visualRect(index).left() + x, middle)
        QTest.mouseClick(tree.viewport(), Qt.MouseButton.LeftButton, pos=place)
        assert tree.isExpanded(index) is unfolded
    assert asked == [1]
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Return, Qt.Key.Key_Left):
        QTest.keyClick(tree, key)
    assert asked == [1, 1] and not tree.isExpanded(index)
    bridge.show_run(opened)
    assert tree.isExpanded(index) and tree.number == opened
    panel.grab()


def test_the_menu_does_what_the_card_cannot(
    panel: RunsPanel, bridge: Bridge, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It takes along, trains on, lets a note be written, and forgets the epochs of a run once that was asked."""
    first, _ = (row.number for row in panel.rows)
    told, asked = [], []
    panel.export_asked.connect(lambda number: told.append(("take", number)))
    panel.training_asked.connect(lambda number: told.append(("train", number)))
    answers = iter([False, True])
    monkeypatch.setattr(
        "ann_viz.ui.runs.runs_panel.ask_to_forget", lambda _, name, freed: asked.append((name, freed)) or next(answers)
    )

    def choose(words: str) -> bool:
        """Press what begins like this in the menu of the first run; return whether it can be pressed."""
        panel.open_menu(first, QPoint())
        menu = panel.findChildren(QMenu)[-1]
        action = next(action for action in menu.actions() if action.text().startswith(words))
        action.trigger()
        menu.close()
        return action.isEnabled()

    assert choose("Take it") and choose("Train on") and told == [("take", first), ("train", first)]
    assert choose("Note") and panel.tree.number == first
    freed = freed_bytes(bridge.document.find_run(first))
    assert choose(f"Keep weights only (frees {size_text(freed)})") and freed_bytes(bridge.document.find_run(first))
    assert choose("Keep weights only") and not freed_bytes(bridge.document.find_run(first))
    assert asked == [("First run", freed)] * 2
    assert not choose("Keep weights only"), "there is nothing left to forget"


def test_a_note_is_kept_with_the_run(panel: RunsPanel, bridge: Bridge) -> None:
    """What is typed stands beside it when one comes back."""
    first, second = (row.number for row in panel.rows)
    panel.tree.choose(first)
    QTest.keyClicks(panel.card.note, "the good one")
    QTest.keyClick(panel.card.note, Qt.Key.Key_Return)
    panel.card.note.editingFinished.emit()
    panel.tree.choose(second)
    assert panel.card.note.text() == ""
    panel.tree.choose(first)
    assert panel.card.note.text() == "the good one" and panel.rows[0].note == "the good one"


def test_a_hidden_tab_reads_nothing(
    panel: RunsPanel, bridge: Bridge, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Training costs no more for it; when it is shown again it knows all."""
    panel.hide()
    read = []
    monkeypatch.setattr("ann_viz.ui.runs.runs_panel.run_rows", lambda document: read.append(1))
    bridge.reset()
    learn(bridge, qtbot)
    assert read == []
    monkeypatch.undo()
    panel.show()
    assert len(panel.rows) == 3


def test_how_sure_it_is_stands_on_the_card(panel: RunsPanel, bridge: Bridge, qtbot: QtBot) -> None:
    """On request, trained in the background; then the question is answered and goes."""
    assert panel.card.ask.isVisible() and not panel.card.sure.isVisible()
    panel.card.ask.click()
    assert not panel.card.ask.isEnabled() and panel.card.ask.text().startswith("Training 9 networks")
    qtbot.waitUntil(panel.card.sure.isVisible)
    seeds, folds = panel.card.sure.text().splitlines()
    assert seeds.endswith("over 5 seeds") and folds.endswith("over 5 folds") and "±" in seeds
    assert not panel.card.ask.isVisible()
