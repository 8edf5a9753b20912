"""Every window that opens for a moment: popovers, questions, broken rows; and the one of a watched program."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

import ann_viz
from ann_viz.data import BadLine, Dialect
from ann_viz.errors import DataError
from ann_viz.scene import Connection
from ann_viz.session.importing.repair import Repairs

if TYPE_CHECKING:
    from ann_viz.ui.importing.dialog import ImportDialog
    from ann_viz.ui.window.main_window import MainWindow

Room = tuple[str, QWidget]
"""What it is called, and the window it is in."""


@contextmanager
def opened(open_it: Callable[[], object]) -> Iterator[list[QWidget]]:
    """Give the windows that something opens, and close them afterwards."""
    before = set(QApplication.topLevelWidgets())
    open_it()
    found = [each for each in QApplication.topLevelWidgets() if each not in before and each.isVisible()]
    assert found
    yield found
    for each in found:
        each.close()
    QApplication.processEvents()  # the window below is active again, which would close the next popover


def small_windows(window: MainWindow, qtbot: QtBot) -> Iterator[Room]:
    """Open one after the other over a window with two runs; how large that is matters to none."""
    yield from _popovers(window, qtbot)
    yield from _sheets_of_rows(window)
    yield from _questions(window)
    yield from _watch_window(qtbot)


def _popovers(window: MainWindow, qtbot: QtBot) -> Iterator[Room]:
    """Open each popover of a window with two runs."""
    from ann_viz.ui.window.what_is_this import WhatIsThis

    actions = window.actions_by_id
    actions["show_build"].trigger()
    actions["show_why"].trigger()
    changes = window.right_panel.why.changes
    asked = WhatIsThis(window)
    qtbot.waitUntil(changes.isVisible)
    openers: dict[str, Callable[[], object]] = {
        "document": window.menu_bar.corner.document.click,
        "twin": actions["twin"].trigger,
        "weight": lambda: window.canvas.edit(Connection(0, 1, 1)),
        "columns that may change": changes.change.click,
        "what is this": lambda: asked.explain(window.toolbar.speed, QPoint(100, 100)),
        "learning rate": actions["find_rate"].trigger,
    }
    for name, open_it in openers.items():
        with opened(open_it) as found:
            qtbot.waitUntil(lambda found=found: not any(getattr(each, "busy", False) for each in found))
            for each in found:
                yield name, each


def popovers_of_import(dialog: ImportDialog) -> Iterator[Room]:
    """Open the settings of a column, and the words that mean that a value is missing."""
    from ann_viz.ui.importing.popups import ask_words

    page = dialog.page
    openers: dict[str, Callable[[], object]] = {
        "column settings": lambda: page.table.settings_asked.emit(1),
        "missing words": lambda: ask_words(page.missing.words, dialog.choices.table, lambda _words: None),
    }
    for name, open_it in openers.items():
        with opened(open_it) as found:
            for each in found:
                yield name, each


def _sheets_of_rows(window: MainWindow) -> Iterator[Room]:
    """Show the list of broken rows, and the editor of one."""
    from ann_viz.ui.importing.broken_rows import BrokenRows, RowEditor

    few = BadLine(line=58, row=57, expected=5, found=4, text="1,2,3,4", problem="expected 5 columns, found 4")
    many = BadLine(line=90, row=89, expected=5, found=6, text="1,2,3,4,5,6", problem="expected 5 columns, found 6")
    dialect = Dialect(delimiter=",")
    yield from _shown("broken rows", BrokenRows([few, many], 12_000, Repairs(), dialect, window))
    yield from _shown("row editor", RowEditor(window, few, dialect, few.text))


def _questions(window: MainWindow) -> Iterator[Room]:
    """Show every question that is asked over the window."""
    from ann_viz.ui.document.saving import ReplaceQuestion
    from ann_viz.ui.lessons.own_work import LessonQuestion
    from ann_viz.ui.predicting.use_question import UseQuestion
    from ann_viz.ui.window.project_opening import DataQuestion
    from ann_viz.ui.window.save_question import SaveQuestion

    project, unsaved = window.bridge.take_work().project(), window.opener.keeper.unsaved()
    problem = DataError("customers.csv is not where it was.")
    makers: dict[str, Callable[[], QWidget]] = {
        "save": lambda: SaveQuestion(window, "Save your work before closing?", unsaved),
        "replace": lambda: ReplaceQuestion(window, "customers.annviz"),
        "lesson": lambda: LessonQuestion(window, "customers.csv", trained=True, closes=True),
        "use": lambda: UseQuestion(window, "customers.csv", "leaves the bank"),
        "data": lambda: DataQuestion(window, problem, project, window.bridge.document.dataset.table.path),
    }
    for name, make in makers.items():
        yield from _shown(f"question {name}", make())


def _watch_window(qtbot: QtBot) -> Iterator[Room]:
    """Show what another program trains."""
    from ann_viz.session.watched import WatchedNetwork
    from ann_viz.ui.watching.watch_window import WatchWindow

    W, b = [np.full((3, 4), 0.5), np.full((4, 2), -2.0)], [np.zeros(4), np.zeros(2)]
    told = {"inputs": ["age", "income", "days since the last visit"], "outputs": ["yes", "no"], "title": "Customers"}
    with ann_viz.watch((W, b), activations=["relu", "softmax"], row=[1, 2, 3], window=False, **told) as step:
        window = WatchWindow(WatchedNetwork(step.port, step.token))
        window.show()

        def is_drawn() -> bool:
            step(0.125)
            return window.view.frame is not None

        qtbot.waitUntil(is_drawn)
        yield "watch", window
        window.end()
        window.deleteLater()


def _shown(name: str, window: QWidget) -> Iterator[Room]:
    window.show()
    yield name, window
    window.close()
    window.deleteLater()
