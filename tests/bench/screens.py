"""Pictures of the window in fixed states, and what differs between two sets of them.

Run by hand: ``python tests/bench/screens.py FOLDER`` saves the pictures, light and dark, offscreen by default.
``python tests/bench/screens.py --compare BEFORE AFTER`` prints for each how many pixels differ and in which box;
between two versions that shall look alike every count is 0.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
# Settings of its own, so that what somebody chose on this machine does not show.
os.environ["XDG_CONFIG_HOME"] = os.environ["XDG_DATA_HOME"] = tempfile.mkdtemp(prefix="ann-viz-screens-")

import ann_viz.app  # before NumPy, as when the program starts

# isort: split
import numpy as np
from PySide6.QtCore import QTimer
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from ann_viz.resources import resource
from ann_viz.scene import Neuron
from ann_viz.session import RunState
from ann_viz.session.samples import samples

SIZES = ((1440, 900), (1366, 768), (1100, 700))
EPOCHS = 3


def settle(app: QApplication, milliseconds: int = 1200) -> None:
    """Let timers, turns and findings run out."""
    done: list[bool] = []
    QTimer.singleShot(milliseconds, lambda: done.append(True))
    while not done:
        app.processEvents()


def learn(app: QApplication, window: ann_viz.app.MainWindow) -> None:
    """Train for a few epochs and stand still."""
    for _ in range(EPOCHS):
        window.actions_by_id["step_epoch"].trigger()
        while window.bridge.document.state is RunState.RUNNING:
            app.processEvents()
    settle(app)
    window.toolbar.metrics.samples.set_value("1", "k")  # the speed of this very run


def open_sample(window: ann_viz.app.MainWindow, word: str) -> None:
    """Open the sample whose file is named by `word`."""
    window.open_sample(next(sample for sample in samples() if word in sample.file))


class Album:
    """Saves what a widget shows."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        folder.mkdir(parents=True, exist_ok=True)

    def take(self, widget: QWidget, name: str) -> None:
        widget.grab().save(str(self._folder / f"{name}.png"))


def import_dialog(app: QApplication, window: ann_viz.app.MainWindow, album: Album, name: str) -> None:
    """Open the import dialog over the bank's file, save its picture and cancel it."""

    def look() -> None:
        dialog = next(
            w for w in app.topLevelWidgets() + window.findChildren(QDialog) if type(w).__name__ == "ImportDialog"
        )
        settle(app, 4000)
        album.take(dialog, name)
        dialog.reject()

    QTimer.singleShot(500, look)
    window.open_file(resource("samples", "bank_customers.csv"))


def take_all(folder: Path) -> None:
    """Save every state in both themes."""
    app = ann_viz.app.make_application()
    window = ann_viz.app.first_window()
    window.actions_by_id["less_motion"].trigger()  # beads are elsewhere in every picture
    album = Album(folder)
    for theme in ("light", "dark"):
        window.resize(*SIZES[0])
        window.show()
        window.actions_by_id[f"theme_{theme}"].trigger()
        settle(app)
        if theme == "light":
            album.take(window, "start")
            import_dialog(app, window, album, "import-light")
            for sample in ("bank", "iris", "house", "digit"):
                open_sample(window, sample)
                settle(app)
                album.take(window, f"{sample}-fresh-light")
                learn(app, window)
                album.take(window, f"{sample}-trained-light")
            open_sample(window, "bank")
            learn(app, window)
        else:
            import_dialog(app, window, album, "import-dark")
        for size in SIZES:
            window.resize(*size)
            settle(app)
            window.toolbar.metrics.samples.set_value("1", "k")
            album.take(window, f"training-{size[0]}-{theme}")
            window.view.select(Neuron(1, 2))
            window.actions_by_id["show_inspector"].trigger()
            settle(app)
            album.take(window, f"inspect-{size[0]}-{theme}")
            window.view.select(None)
            window.actions_by_id["show_watch"].trigger()
        for step in range(1, 6):
            window.resize(*SIZES[0])
            window.actions_by_id[f"explain_{step}"].trigger()
            settle(app, 400)
            album.take(window, f"explain-{step}-{theme}")
    window.opener.keeper.let_go()
    window.close()
    settle(app, 100)


def _pixels(image: QImage) -> np.ndarray:
    image = image.convertToFormat(QImage.Format.Format_RGBX8888)
    return np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.width(), 4).copy()


def compare(before: Path, after: Path) -> int:
    """Print what differs, picture by picture; return the number of pictures that do."""
    n_different = 0
    for path in sorted({p.name for p in (*before.glob("*.png"), *after.glob("*.png"))}):
        a, b = QImage(str(before / path)), QImage(str(after / path))
        if a.isNull() or b.isNull() or a.size() != b.size():
            print(f"{path}: {a.size().toTuple()} against {b.size().toTuple()}")
            n_different += 1
            continue
        rows, columns = np.nonzero((_pixels(a) != _pixels(b)).any(axis=2))
        if not len(rows):
            print(f"{path}: equal")
            continue
        n_different += 1
        box = f"{columns.min()},{rows.min()} to {columns.max()},{rows.max()}"
        largest = int(np.abs(_pixels(a).astype(int) - _pixels(b)).max())
        print(f"{path}: {len(rows)} pixels within {box}, largest difference {largest}")
    return n_different


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument("--compare", action="store_true")
    options = parser.parse_args()
    if options.compare:
        sys.exit(min(compare(*options.folders), 1))
    take_all(options.folders[0])


if __name__ == "__main__":
    main()
