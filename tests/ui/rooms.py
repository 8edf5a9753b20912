"""A walk through every room of one window: what each kind of test looks at, so that none is forgotten.

The window is opened once, trained a little, and then turned to one page after the other.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot
from small_windows import Room, opened, popovers_of_import

from ann_viz.engine import LayerConfig
from ann_viz.resources import resource
from ann_viz.scene import Connection, Neuron
from ann_viz.session import RunState
from ann_viz.session.headless import open_dataset
from ann_viz.ui.charts.chart_table import CHARTS
from ann_viz.ui.kit.screen_fit import MARGIN, SMALLEST

if TYPE_CHECKING:
    from ann_viz.ui.window.main_window import MainWindow


def two_runs(window: MainWindow, qtbot: QtBot, path: Path | None = None) -> None:
    """Open a table, by default the bank's customers, and train two networks for two epochs."""
    bridge = window.bridge
    bridge.open_dataset(open_dataset(path or resource("samples", "bank_customers.csv")))
    bridge.set_training(epochs=2)
    for layers in ((6,), (4, 3)):
        bridge.set_hidden(tuple(LayerConfig(neurons=n) for n in layers))
        bridge.train()
        qtbot.waitUntil(lambda: bridge.document.state is RunState.FINISHED)


def rooms_of_window(window: MainWindow, qtbot: QtBot) -> Iterator[Room]:
    """Turn a window with two runs to each of its pages, and back to the picture at the end."""
    yield from rooms_beside_picture(window, qtbot)
    yield from _rooms_in_its_place(window, qtbot)


def rooms_beside_picture(window: MainWindow, qtbot: QtBot) -> Iterator[Room]:
    """Turn the panels at the left, the right and below."""

    def trigger(command: str) -> None:
        window.actions_by_id[command].trigger()

    for command in ("show_build", "show_try", "show_runs"):
        trigger(command)
        yield command, window
    trigger("show_watch")
    yield "show_watch", window
    trigger("show_why")
    changes = window.right_panel.why.changes
    heights: list[int] = []

    def stands() -> bool:
        """Whether suggestions are there and their card has found its height."""
        heights.append(changes.height())
        return changes.isVisible() and heights[-9:] == heights[-1:] * 9

    qtbot.waitUntil(stands)
    yield "show_why", window
    trigger("show_inspector")
    for mark in (Neuron(0, 1), Neuron(1, 2), Connection(0, 1, 1)):
        window.view.select(mark)
        yield f"show_inspector {mark}", window
    window.view.select(None)
    trigger("look_back")
    yield "looking back", window
    trigger("look_at_now")
    trigger("toggle_voice")
    yield "technical terms", window
    trigger("toggle_voice")


def _rooms_in_its_place(window: MainWindow, qtbot: QtBot) -> Iterator[Room]:
    """Turn to what stands in the place of picture and panels."""
    window.actions_by_id["enlarge"].trigger()
    room = window.enlarged.page("charts")
    for chart in CHARTS:
        window.actions_by_id[f"chart_{chart.id}"].trigger()
        page = room.page(chart.id)
        qtbot.waitUntil(lambda page=page: not getattr(page, "busy", False))
        yield f"enlarged {chart.id}", window
    window.enlarged.leave()
    window.actions_by_id["compare"].trigger()
    yield "compare", window
    window.pages.show("network")
    window.actions_by_id["sweep"].trigger()
    yield "sweep", window
    window.left_side.sweep.show_runs()
    window.enlarged.leave()
    assert window.canvas.isVisible()


def other_windows(window: MainWindow, qtbot: QtBot, folder: Path) -> Iterator[Room]:
    """Open each window and dialog that stands beside or over the main window, one after the other."""
    for command in ("show_rows", "glossary", "palette", "shortcuts"):
        with opened(lambda command=command: window.actions_by_id[command].trigger()) as found:
            for each in found:
                yield command, each
    yield from _dialogs(window, qtbot, folder)


def _dialogs(window: MainWindow, qtbot: QtBot, folder: Path) -> Iterator[Room]:
    from ann_viz.ui.importing.dialog import ImportDialog
    from ann_viz.ui.predicting.dialog import PredictDialog
    from ann_viz.ui.taking.dialog import TakeDialog
    from ann_viz.ui.taking.easel import WindowEasel
    from ann_viz.ui.window.main_window import unasked_window

    lines = resource("samples", "bank_customers.csv").read_text(encoding="utf-8").splitlines()[:300]
    path = folder / "customers.csv"
    path.write_text("\n".join([*lines, "broken,row"]) + "\n", encoding="utf-8")
    makers: dict[str, Callable[[], QWidget]] = {
        "import": lambda: ImportDialog(path, parent=window),
        "predict": lambda: PredictDialog(window.bridge.document.model(), path, (), window),
    }
    for name, make in makers.items():
        yield from _dialog(name, make(), window, qtbot)
    easel = WindowEasel(window.motif, unasked_window)
    yield from _dialog("take", TakeDialog(window.bridge.take_work(), easel, "First run", (), window), window, qtbot)
    easel.close()
    easel.deleteLater()


def _dialog(name: str, dialog: QWidget, window: MainWindow, qtbot: QtBot) -> Iterator[Room]:
    """Show a dialog in the size it has on a screen that just holds its window; the test's own is smaller still."""
    dialog.setMinimumSize(1, 1)
    dialog.show()
    dialog.resize((window.size() - MARGIN).expandedTo(SMALLEST))
    qtbot.waitUntil(lambda: not dialog.busy)
    yield name, dialog
    if name == "import":
        yield from popovers_of_import(dialog)
    dialog.close()
    dialog.deleteLater()
