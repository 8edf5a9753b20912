"""What the memory of a long run costs: its size, saving it, opening it again, and travelling through it.

Run by hand: ``python tests/bench/timeline.py [--epochs 2000] [--moments 200]`` (on a screen, under Xvfb, or offscreen).
Prints a line for each of two networks, and for each figure the bar: all moments in 128 MB, a project opened in 1 s, and
while one drags the knob the picture there within 16 ms, everything else that shows the moment within 33 ms.
"""

from __future__ import annotations

import argparse
import os
import tempfile
import time
from pathlib import Path

import ann_viz.app  # before NumPy, as when the program starts: it limits the threads

# isort: split
import numpy as np

NETS = {"64-32-16-10": ("digits.csv", "digit", (32, 16)), "11-64-32-1": ("bank_customers.csv", "Exited", (64, 32))}
"""By their sizes: the sample, what is predicted, and the hidden layers."""

LEFT_OUT = {"CustomerId", "Surname", "RowNumber", "HasCrCard"}


def learn(window: ann_viz.app.MainWindow, sizes: str, epochs: int) -> None:
    """Train a network for so many epochs, whatever comes of it."""
    from dataclasses import replace

    from ann_viz.data import build_dataset
    from ann_viz.engine import LayerConfig
    from ann_viz.resources import resource
    from ann_viz.session.headless import open_dataset
    from ann_viz.session.speed import Speed

    file, target, hidden = NETS[sizes]
    dataset = open_dataset(resource("samples", file), target=target)
    inputs = tuple(c.name for c in dataset.table.columns if c.name not in LEFT_OUT | {target})
    dataset = build_dataset(dataset.table, replace(dataset.recipe, inputs=inputs))
    bridge = window.bridge
    bridge.open_dataset(dataset)
    bridge.set_engine("auto")
    bridge.set_hidden(tuple(LayerConfig(neurons=neurons) for neurons in hidden))
    bridge.set_training(epochs=epochs, patience=None, learning_rate=0.001)
    bridge.set_speed(Speed())
    assert "-".join(map(str, bridge.document.network_config.sizes)) == sizes
    bridge.train()


def travel(app, window: ann_viz.app.MainWindow, moments: int) -> tuple[np.ndarray, np.ndarray]:
    """Drag the knob to and fro; return milliseconds until the picture is painted, and until all else is.

    Each is a row of what passed and a row of what the window's thread took of it: others use the machine as well.
    """
    document, canvas = window.bridge.document, window.canvas
    places = np.random.default_rng(0).integers(0, document.newest.epoch, moments)
    clocks = time.perf_counter, time.thread_time
    times = []
    window.time_bar.track.setSliderDown(True)
    for epoch in places.tolist():
        began = [clock() for clock in clocks]
        window.time_bar.look_at(epoch)
        canvas.repaint()
        painted = [clock() for clock in clocks]
        app.processEvents()
        app.processEvents()  # what has been changed in the first is painted
        times.append((np.subtract(painted, began), np.subtract([clock() for clock in clocks], began)))
    window.time_bar.track.setSliderDown(False)
    window.time_bar.return_to_now()
    picture, whole = 1e3 * np.array(times).transpose(1, 2, 0)
    return picture, whole


def opened(app, path: Path) -> tuple[float, float]:
    """Return the seconds from a project file to a window that shows it, and those of the processor in it."""
    from ann_viz.session.project import open_data
    from ann_viz.session.projectfile import load_project

    window = ann_viz.app.make_window()
    window.resize(1440, 900)
    window.show()
    app.processEvents()
    began, own = time.perf_counter(), time.process_time()
    project = load_project(path)
    window.bridge.open_project(project, open_data(project, path.parent))
    app.processEvents()
    seconds = time.perf_counter() - began, time.process_time() - own
    window.opener.keeper.let_go()
    window.close()
    return seconds


def measure(app, sizes: str, epochs: int, moments: int) -> None:
    """Print what one network comes to."""
    from ann_viz.session import RunState
    from ann_viz.session.projectfile import save_project

    window = ann_viz.app.make_window()
    window.resize(1440, 900)
    window.show()
    learn(window, sizes, epochs)
    document = window.bridge.document
    while document.state is RunState.RUNNING:
        app.processEvents()
        time.sleep(0.01)
    run = document.current_run
    kept = len([moment for moment in run.snapshot.timeline if not moment.batch_index])
    picture, whole = travel(app, window, moments)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "long.annviz")
        began = time.perf_counter()
        save_project(path, window.bridge.take_work().project())
        saved, n_bytes = time.perf_counter() - began, path.stat().st_size
        window.opener.keeper.let_go()
        window.close()
        reopened = min(opened(app, path) for _ in range(3))
    print(
        f"{sizes}: {run.snapshot.epoch:,} epochs, {kept:,} of them kept in {run.timeline_bytes / 2**20:.0f} MB (128); "
        f"saved in {saved:.1f} s as {n_bytes / 2**20:.0f} MB, "
        f"opened in {reopened[0]:.2f} s ({reopened[1]:.2f} of the processor), bar 1"
    )
    for name, times, bar in (("picture", picture, 16), ("all of it", whole, 33)):
        (p50, p95), (own50, own95) = np.percentile(times, (50, 95), axis=1).T
        print(f"  a past epoch, {name}: p50 {p50:.1f} ms ({own50:.1f} of the processor), "
              f"p95 {p95:.1f} ({own95:.1f}), bar {bar}")  # fmt: skip


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--epochs", type=int, default=2000)
    parser.add_argument("--moments", type=int, default=200)
    options = parser.parse_args()
    os.environ.setdefault("QT_QPA_PLATFORM", "xcb" if os.environ.get("DISPLAY") else "offscreen")
    app = ann_viz.app.make_application()
    for sizes in NETS:
        measure(app, sizes, options.epochs, options.moments)


if __name__ == "__main__":
    main()
