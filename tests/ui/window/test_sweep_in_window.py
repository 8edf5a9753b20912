"""A sweep in the window: by its keys and buttons, with processes of its own, and nothing else trains meanwhile."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from ann_viz.app import make_window
from ann_viz.resources import resource
from ann_viz.session.headless import open_dataset
from ann_viz.ui.window.actions import HELD


@pytest.mark.slow
def test_a_sweep_from_the_form_to_an_opened_run(qtbot: QtBot) -> None:
    """Form and page come by one command; training is held, but not while it is paused; a run ends up in the tree."""
    window = make_window()
    qtbot.addWidget(window)
    window.resize(1440, 900)
    window.show()
    window.bridge.open_dataset(open_dataset(resource("samples", "iris.csv")))
    train, tip = window.actions_by_id["toggle_training"], window.actions_by_id["toggle_training"].toolTip()
    window.actions_by_id["sweep"].trigger()
    form, sweeping = window.left_side.sweep.form, window.sweeping
    assert window.enlarged.name == "sweep" and form.isVisible() and window.time_bar.isHidden() is False
    assert not window.docks.time.isVisible() and not window.docks.watch.isVisible()
    form.runs.setValue(4)
    form.seeds.setValue(2)
    form.epochs.setValue(5)
    form.start.click()
    assert not train.isEnabled() and train.toolTip() == HELD and not window.toolbar.train_button.isEnabled()
    sweeping.pause(True)
    assert train.isEnabled() and train.toolTip() == tip and window.toolbar.train_button.isEnabled()
    sweeping.pause(False)
    qtbot.waitUntil(lambda: not sweeping.is_running)
    assert sweeping.error is None and train.isEnabled()
    page = window.enlarged.page("sweep")
    with qtbot.waitSignal(sweeping.opened):
        page.table.opened.emit([0])  # type: ignore[attr-defined]
    assert window.enlarged.name == "" and window.docks.time.isVisible()
    runs = window.left_side.runs
    assert [(row.name, row.sweep) for row in runs.rows] == [("Sweep 1, row 1", 1)]
    assert not window.left_side.sweep.line.isVisible() and not form.isVisible()
    runs.tree.sweep_asked.emit(1)
    assert window.enlarged.name == "sweep" and page.header.title.words == "Sweep 1"  # type: ignore[attr-defined]
    window.close()


@pytest.mark.slow
def test_closing_while_a_sweep_runs_ends_it(qtbot: QtBot) -> None:
    """No thread and no process is left: the fixtures of all tests look for them."""
    window = make_window()
    qtbot.addWidget(window)
    window.show()
    window.bridge.open_dataset(open_dataset(resource("samples", "iris.csv")))
    window.actions_by_id["sweep"].trigger()
    window.left_side.sweep.form.start.click()
    assert window.sweeping.is_running
    window.opener.keeper.let_go()
    window.close()
