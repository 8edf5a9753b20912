"""What the tests of the window share: patience, the window, an import dialog, the clicks of a user."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from ann_viz.ui.kit.appearance import MOTION_PROPERTY, SCALE_VARIABLE
from ann_viz.ui.kit.live_scale import set_scale

if TYPE_CHECKING:
    from ann_viz.session import Session
    from ann_viz.ui.canvas.canvas import NetworkCanvas
    from ann_viz.ui.document.bridge import Bridge
    from ann_viz.ui.document.view import View
    from ann_viz.ui.importing.dialog import ImportDialog
    from ann_viz.ui.window.main_window import MainWindow


PATIENCE_MS = 60_000


class PatientBot(QtBot):
    """A bot that waits for what must happen until it has, however busy the machine is."""

    def waitUntil(self, callback: Callable[[], bool | None], **options: Any) -> None:
        super().waitUntil(callback, **{"timeout": PATIENCE_MS, **options})

    def waitSignal(self, signal: Any, **options: Any) -> Any:
        return super().waitSignal(signal, **{"timeout": PATIENCE_MS, **options})

    def waitExposed(self, widget: Any, **options: Any) -> Any:
        return super().waitExposed(widget, **{"timeout": PATIENCE_MS, **options})


@pytest.fixture
def qtbot(qapp: QApplication, request: pytest.FixtureRequest) -> QtBot:
    """Return the bot, with patience."""
    return PatientBot(request)


@pytest.fixture(autouse=True)
def _not_read_again(files_read_once: None) -> None:
    """Samples need not be read for each window anew."""


@pytest.fixture(autouse=True)
def _drawn_as_before(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Forget text size and less motion that an earlier test chose, which all windows have."""
    monkeypatch.delenv(SCALE_VARIABLE, raising=False)
    app = QApplication.instance()
    if app is not None:
        app.setProperty(MOTION_PROPERTY, None)
    yield
    app = QApplication.instance()
    if isinstance(app, QApplication) and app.devicePixelRatio() != 1.0:
        set_scale(app, 1.0)


@pytest.fixture
def settle(qtbot: QtBot) -> Callable[[ImportDialog], None]:
    """Return a function that waits until nothing is being read or looked for."""

    def wait(dialog: ImportDialog) -> None:
        qtbot.waitUntil(lambda: not dialog.page.progress.isVisible() and not dialog.busy)

    return wait


@pytest.fixture
def open_dialog(settle: Callable[[ImportDialog], None]) -> Iterator[Callable[..., ImportDialog]]:
    """Open dialogs, wait until their file is read, and take them away afterwards."""
    from ann_viz.ui.importing.dialog import ImportDialog

    dialogs: list[ImportDialog] = []

    def open_one(path: Path, *, wait: bool = True, **options: object) -> ImportDialog:
        dialog = ImportDialog(path, **options)
        dialogs.append(dialog)
        dialog.show()
        if wait:
            settle(dialog)
        return dialog

    yield open_one
    for dialog in dialogs:
        dialog.close()
        dialog.deleteLater()
    dialogs.clear()


@pytest.fixture
def choose_role() -> Callable[[ImportDialog, str, str], None]:
    """Return a function that chooses a role in a column's box as a user does."""

    def choose(dialog: ImportDialog, column: str, role: str) -> None:
        table = dialog.page.table
        names = [table.rows.column(place).name for place in range(table.rows.columnCount())]
        box = table.roles.box(names.index(column))
        box.setCurrentIndex(box.findData(role))
        box.activated.emit(box.currentIndex())

    return choose


@pytest.fixture
def session() -> Session:
    """Return what the window's bridge writes to, for tests that do what its worker does."""
    from ann_viz.session import Session

    return Session()


@pytest.fixture
def bridge(session: Session) -> Iterator[Bridge]:
    """Return a bridge to the session, without a window."""
    from ann_viz.ui.document.bridge import Bridge

    made = Bridge(session)
    yield made
    made.close()


@pytest.fixture
def view(bridge: Bridge) -> View:
    """Return the view of that bridge."""
    from ann_viz.ui.document.view import View

    return View(bridge)


@pytest.fixture
def window(qtbot: QtBot, session: Session) -> Iterator[MainWindow]:
    """Show the whole window, empty, at the size of the design pictures."""
    from ann_viz.app import first_window

    made = first_window(session)
    made.resize(1440, 900)
    with qtbot.waitExposed(made):
        made.show()
    yield made
    made.close()
    made.deleteLater()


@pytest.fixture
def bank(window: MainWindow) -> MainWindow:
    """Return the window with the bank's customers, after one batch."""
    from ann_viz.session.samples import samples

    window.open_sample(next(sample for sample in samples() if sample.file == "bank_customers.csv"))
    window.bridge.step("batch")
    return window


@pytest.fixture
def canvas(bank: MainWindow) -> NetworkCanvas:
    """Return its network picture."""
    return bank.canvas_card.canvas
