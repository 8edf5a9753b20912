"""Works the window for a long time and watches what the process holds: memory, threads, open files, exceptions.

Run by hand: ``python tests/bench/soak.py --minutes 60`` (on a screen, under Xvfb, or offscreen). Training goes flat
out; between, commands, clicks, keys and sizes come at random, and 200 files are opened one after another, evenly over
the time. Prints a Markdown table and exits with 1 when the bar is missed: memory grows by at most 20 MB after the first
sixth of the time, and nothing is raised; threads and open files are to be as many as then. Linux only.
"""

from __future__ import annotations

import argparse
import gc
import os
import random
import sys
import tempfile
import threading
import time
import traceback
from collections.abc import Callable
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ["XDG_CONFIG_HOME"] = os.environ["XDG_DATA_HOME"] = tempfile.mkdtemp(prefix="ann-viz-soak-")

from ann_viz.app import first_window, make_application

# isort: split
from PySide6.QtCore import QCoreApplication, QObject, QPoint, QSize, Qt, QTimer
from PySide6.QtGui import QDesktopServices
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QWidget

from ann_viz.resources import resource
from ann_viz.session import RunState
from ann_viz.ui.importing.dialog import ImportDialog
from ann_viz.ui.window.ending import wait_for_threads
from ann_viz.ui.window.save_question import SaveQuestion

N_FILES = 200
TICK_MS = 25
N_LINES = 12
SETTLED_SHARE = 1 / 6
MOST_MB = 20.0
MOST_TOLD = 5  # exceptions, with the line of the table after they came

# What leaves the window, needs a printer, or is done elsewhere here.
LEFT_OUT = {
    "quit",
    "open_csv",
    "open_lesson",
    "paste_table",
    "print_report",
    "open_project",
    "save",
    "save_as",
    "take",
}
KEY_NAMES = (
    "S",
    "P",
    "T",
    "W",
    "M",
    "F",
    "H",
    "1",
    "2",
    "3",
    "4",
    "5",
    "Up",
    "Down",
    "Left",
    "Right",
    "Tab",
    "Escape",
    "Space",
)
KEYS = [getattr(Qt.Key, f"Key_{name}") for name in KEY_NAMES]


def main() -> int:
    """Print the table; returns 1 when the bar is missed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--minutes", type=float, default=60.0)
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args()
    others, raised = threading.enumerate(), list[str]()
    sys.excepthook = lambda *error: raised.append("".join(traceback.format_exception(*error)))
    ask_nobody()
    app = make_application()
    window = first_window()
    window.show()
    monkey = Monkey(window, files(Path(tempfile.mkdtemp(prefix="ann-viz-soak-"))), options)
    book = Book(monkey, raised, 60.0 * options.minutes)
    app.exec()
    window.opener.keeper.let_go()
    window.close()
    return wait_for_threads(others, book.verdict())  # as the program does


def ask_nobody() -> None:
    """File dialogs are cancelled and pages of the web stay closed: nothing outside is touched."""
    QFileDialog.exec = lambda _self: 0
    SaveQuestion.ask = classmethod(lambda *_: "discard")
    QDesktopServices.openUrl = staticmethod(lambda _url: False)


def files(folder: Path) -> list[Path]:
    """Write as many different tables as are to be opened: parts of the samples, each with its own length."""
    made = []
    tables = sorted(resource("samples").glob("*.csv"))
    for number in range(N_FILES):
        lines = tables[number % len(tables)].read_text(encoding="utf-8").splitlines()
        path = folder / f"{number:03} {tables[number % len(tables)].name}"
        path.write_text("\n".join(lines[: max(120, len(lines) - 3 * number)]) + "\n", encoding="utf-8")
        made.append(path)
    return made


class Monkey(QObject):
    """Does something every few milliseconds, also while a dialog has a loop of its own."""

    def __init__(self, window: QWidget, files: list[Path], options: argparse.Namespace) -> None:
        super().__init__()
        self.window = window
        self.opened = 0
        self.actions_done = 0
        self._files = files
        self._rng = random.Random(options.seed)
        self._between_files_s = 60.0 * options.minutes / len(files)
        self._begin = time.monotonic()
        self._opening = False
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._act)
        self._timer.start(TICK_MS)

    def _act(self) -> None:
        popup, modal = QApplication.activePopupWidget(), QApplication.activeModalWidget()
        if popup is not None:
            popup.close()
        elif isinstance(modal, ImportDialog):
            self._import(modal)
        elif isinstance(modal, QDialog):
            modal.reject()
        elif not self._opening and time.monotonic() - self._begin > self.opened * self._between_files_s:
            self._opening = True
            self._soon(self._open)
        else:
            self.actions_done += 1
            deeds = (self._command, self._click, self._key, self._resize, self._train)
            self._soon(self._rng.choices(deeds, (3, 3, 3, 1, 4))[0])

    def _soon(self, deed: Callable[[], None]) -> None:
        """Not from the timer itself, which does not go off again while a dialog is waited for in its slot."""
        QTimer.singleShot(0, self, deed)

    def _open(self) -> None:
        path = self._files[self.opened % len(self._files)]
        self.opened += 1
        try:
            self.window.open_file(path)
        finally:
            self._opening = False

    def _import(self, dialog: ImportDialog) -> None:
        """Import once everything was read; one in ten is cancelled at any moment."""
        if self._rng.random() < 0.002:
            dialog.reject()
        elif not dialog.page.progress.isVisible() and dialog.page.footer.isEnabled():
            dialog.page.footer.accepted.emit()

    def _train(self) -> None:
        """Flat out, most of the time."""
        self.window.show_speed(100)
        if self.window.bridge.document.state in (RunState.READY, RunState.PAUSED):
            self.window.actions_by_id["toggle_training"].trigger()

    def _command(self) -> None:
        action = self.window.actions_by_id[self._rng.choice(sorted(self.window.actions_by_id.keys() - LEFT_OUT))]
        if action.isEnabled():
            action.trigger()

    def _click(self) -> None:
        top = self._rng.choice([each for each in QApplication.topLevelWidgets() if each.isVisible()])
        place = QPoint(self._rng.randrange(max(1, top.width())), self._rng.randrange(max(1, top.height())))
        widget = top.childAt(place) or top
        QTest.mouseClick(widget, Qt.MouseButton.LeftButton, pos=widget.mapFrom(top, place))

    def _key(self) -> None:
        QTest.keyClick(QApplication.focusWidget() or self.window, self._rng.choice(KEYS))

    def _resize(self) -> None:
        self.window.resize(QSize(self._rng.randint(1100, 1800), self._rng.randint(700, 1100)))
        others = [each for each in QApplication.topLevelWidgets() if each is not self.window and each.isVisible()]
        if len(others) > 3:
            self._rng.choice(others).close()


class Book(QObject):
    """Writes down what the process holds, and ends the soak."""

    def __init__(self, monkey: Monkey, raised: list[str], seconds: float) -> None:
        super().__init__()
        self._monkey, self._raised, self._seconds = monkey, raised, seconds
        self._begin = time.monotonic()
        self._n_told = 0
        self._lines: list[tuple[float, float, int, int]] = []  # seconds, MB, threads, open files
        print("| minute | MB | threads | open files | files opened | actions | exceptions |")
        print("|---|---|---|---|---|---|---|", flush=True)
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._note)
        self._timer.start(int(1000 * seconds / N_LINES))

    def _note(self) -> None:
        gc.collect()
        seconds = time.monotonic() - self._begin
        held = (resident_mb(), threading.active_count(), len(os.listdir("/proc/self/fd")))
        self._lines.append((seconds, *held))
        cells = (f"{seconds / 60:.1f}", f"{held[0]:.0f}", *held[1:])
        cells = (*cells, self._monkey.opened, self._monkey.actions_done, len(self._raised))
        print(f"| {' | '.join(map(str, cells))} |", *self._raised[self._n_told : MOST_TOLD], sep="\n", flush=True)
        self._n_told = len(self._raised)
        if seconds > self._seconds - 1.0 or not self._monkey.window.isVisible():
            QCoreApplication.exit(0)

    def verdict(self) -> int:
        """Print the growth after the beginning; returns 1 when it is too much."""
        settled = [line for line in self._lines if line[0] >= self._seconds * SETTLED_SHARE - 1.0]
        growth = [last - first for first, last in zip(settled[0], settled[-1], strict=True)]
        told = f"after the first sixth: {growth[1]:+.0f} MB, {growth[2]:+} threads, {growth[3]:+} open files"
        print(told, flush=True)
        return int(growth[1] > MOST_MB or bool(self._raised))


def resident_mb() -> float:
    """Return the resident memory of this process."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / (1 << 20)


if __name__ == "__main__":
    sys.exit(main())
