"""Composition of the window: makes the application, the session and the bridge, and joins them."""

from __future__ import annotations

import builtins
import gc
import importlib
import logging
import os
import sys
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from ann_viz.blas_threads import leave_a_core
from ann_viz.late_module import import_late
from ann_viz.malloc_arenas import share_one_arena

# Antialiased painting is several times slower when Qt splits it over threads. To be set before QApplication.
os.environ.setdefault("QT_NO_GUI_THREADPOOL", "1")
# One core for the window: with as many threads as cores its frames wait for the training's (784-128-64-10 on two cores,
# three pairs of runs: p99 frame gap 49 to 58 ms against 62 to 86 ms, at the same training speed).
leave_a_core()
share_one_arena()
import_late("numpy")  # a fifth of the start

# What imports make is no garbage; to look through it again and again takes a tenth of the start.
_COLLECTS: Final = gc.isenabled()
gc.disable()

# PySide6 puts another `__import__` in place of Python's, for `from __feature__ import ...`, which nobody uses here: it
# reads the source of every module that is imported afterwards, and keeps it. That took a twelfth of the start.
_plain_import: Final = builtins.__import__
from PySide6.QtCore import QLocale, QTimer

builtins.__import__ = _plain_import

# isort: split
import numpy as np
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QApplication

from ann_viz import __version__
from ann_viz.app_folder import APP_NAME
from ann_viz.session import Session
from ann_viz.ui.document.bridge import Bridge
from ann_viz.ui.kit import theme
from ann_viz.ui.kit.appearance import remembered_theme, use_text_size
from ann_viz.ui.kit.first_paint import after_first_paint
from ann_viz.ui.kit.locale import use_locale
from ann_viz.ui.kit.resting_focus import rest_focus
from ann_viz.ui.window.ending import end_threads, ending_on_signals, wait_for_threads
from ann_viz.ui.window.main_window import MainWindow, unasked_window

if TYPE_CHECKING:
    from ann_viz.session.exports import Subject

_log: Final = logging.getLogger(__name__)

gc.freeze()
if _COLLECTS:
    gc.enable()

SWITCH_INTERVAL_S: Final = 0.001
SETTLED_MS: Final = 200  # after the window was shown
DESKTOP_FILE: Final = "ann-viz"
NEXT: Final = (
    "ann_viz.data",
    "ann_viz.explain.story",
    "ann_viz.session.explaining",
    "ann_viz.session.projectfile",
    "ann_viz.session.work",
    "ann_viz.ui.charts.loss_plot",
    "ann_viz.ui.inspector.panel",
    "ann_viz.ui.trying.panel",
    "ann_viz.ui.why.panel",
    "ann_viz.ui.window.picture_card",
)
"""Modules that nobody waits for before the first window, and everybody soon after; the library of charts is large."""

__all__ = ["first_window", "main", "make_application", "make_window", "picture", "watch", "with_easel"]


def make_application(argv: Sequence[str] = ()) -> QApplication:
    """Return the one application object, dressed in the remembered theme."""
    existing = QApplication.instance()
    if existing is None:
        use_text_size()
    app = existing if isinstance(existing, QApplication) else QApplication([sys.argv[0], *argv])
    # The training thread may hold the interpreter for this long before the window gets its turn; at Python's 5 ms a
    # redraw that asks several times misses its frame (p99 frame gap 60 ms against 46 ms, same training speed).
    sys.setswitchinterval(SWITCH_INTERVAL_S)
    app.setApplicationName(APP_NAME)
    app.setOrganizationName(APP_NAME)
    app.setApplicationVersion(__version__)
    app.setDesktopFileName(DESKTOP_FILE)  # by which desktops find the icon of a window
    use_locale(app, QLocale())
    app.setStyle("Fusion")
    font = QFont(theme.load_fonts())
    font.setPixelSize(13)
    app.setFont(font)
    theme.apply(app, remembered_theme())
    rest_focus(app)
    return app


def make_window(session: Session | None = None) -> MainWindow:
    """Return a window on `session` (a new one by default); QApplication must exist."""
    return MainWindow(Bridge(session if session is not None else Session()))


def first_window(session: Session | None = None) -> MainWindow:
    """Return the application's first window on `session` (a new one by default), made before the stylesheet is there.

    A stylesheet is worked out anew for every widget that is put into a layout; once, at the end, is a third quicker.
    """
    app = make_application()
    sheet = app.styleSheet()
    app.setStyleSheet("")
    window = make_window(session)
    window.docks.make_seen_pages(window.width())
    app.setStyleSheet(sheet)
    return window


def main(argv: Sequence[str] = ()) -> int:
    """Run the window; `argv` may name a file to open. Returns the exit code."""
    gc.disable()  # for good, as threads may outlive the window: see `GcGuard`, which collects
    others = threading.enumerate()
    window = first_window()
    window.show()
    if _log.isEnabledFor(logging.INFO):
        _log_display(window)
    after_first_paint(window, lambda: _settle(window, argv))
    with ending_on_signals(window):
        code = QApplication.exec()
    return wait_for_threads(others, code)


def _settle(window: MainWindow, argv: Sequence[str]) -> None:
    """Do what the first picture does not wait for, and open the file that was asked for."""
    np.seterr(all="ignore")  # numbers may overflow: the window shows ∞, nothing is printed
    gc.freeze()  # what stands now stays: looking through it for garbage would stop window and training for 60 ms
    for later in (import_beside, window.opener.rescuer.look, window.opener.projects.look):
        QTimer.singleShot(SETTLED_MS, later)
    if argv:
        window.open_file(Path(argv[0]))


def watch(port: int, token: str) -> int:
    """Show what a program on this machine trains until the window is closed; raises AnnVizError if it is not there."""
    from ann_viz.session.watched import WatchedNetwork
    from ann_viz.ui.watching.watch_window import WatchWindow  # neither is needed by the usual window

    others = threading.enumerate()
    network = WatchedNetwork(port, token)
    app = make_application()
    window = WatchWindow(network)
    window.show()
    with np.errstate(all="ignore"), ending_on_signals(window):
        code = app.exec()
    return wait_for_threads(others, code)


def _log_display(window: MainWindow) -> None:
    from ann_viz.ui.window.diagnostics_report import display_lines  # not needed without a log

    for line in display_lines(window):
        _log.info("%s", line)


def import_beside() -> threading.Thread:
    """Import on the side what comes next: at the first file, click or epochs it would stop window and training."""

    def import_all() -> None:
        for name in NEXT:
            importlib.import_module(name)

    thread = threading.Thread(target=import_all, name="ann-viz imports")
    thread.start()
    return thread


def picture(session: Session) -> bytes:
    """Return a picture of the window showing `session` as a PNG file; the session stays open."""
    from ann_viz.ui.document.saving import picture_of, png_of

    with _window_on(session) as window:
        return png_of(picture_of(window, 1.0))


@contextmanager
def with_easel(subject: Subject) -> Iterator[Subject]:
    """Give what is taken along a window that nobody sees, to be drawn by; one without data has none."""
    if subject.dataset is None or subject.run is None:
        yield subject
        return
    from ann_viz.session.exports.beside import session_beside
    from ann_viz.ui.taking.easel import WindowEasel

    session = session_beside(subject, subject.run.checkpoint.timeline)
    with _window_on(session) as window:
        easel = WindowEasel(window.motif, unasked_window)
        try:
            yield replace(subject, easel=easel)
        finally:
            easel.close()
            session.close()


@contextmanager
def _window_on(session: Session) -> Iterator[MainWindow]:
    """Make a window that shows a session, for pictures; it goes at the end, and the session stays."""
    others = threading.enumerate()
    app = make_application()
    bridge = Bridge(session)
    window = unasked_window(bridge)
    window.resize(1440, 900)
    window.show()
    bridge.dataset_changed.emit()
    bridge.settings_changed.emit()
    bridge.example_changed.emit()
    bridge.state_changed.emit()
    bridge.snapshot_changed.emit()
    bridge.turn_offered.emit()
    app.processEvents()
    try:
        yield window
    finally:
        window.close()
        end_threads(others)  # one of them may be in a library that the interpreter takes apart at its end
