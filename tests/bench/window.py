"""How much the live window costs training, how even its frames are, and how long it takes to appear.

Run by hand: ``python tests/bench/window.py [--repeats 3] [--seconds 5] [--engine turbo] [--busy] [--frames 60]
[--chart columns]`` (on a screen, under Xvfb, or offscreen). Headless and live runs alternate in one process, with the
same network, data and batch size, and medians are printed, by the clock and by what training used of the processor:
the second holds on a busy machine, too. ``--busy`` lets another process compute all the while; with ``--frames`` there
are so many a second whatever they cost, else the window decides.
"""

from __future__ import annotations

import argparse
import gc
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

import ann_viz.app  # noqa: F401 - before NumPy, as when the program starts: it limits the threads

# isort: split
import numpy as np

START = """
import sys, time
t0 = time.perf_counter()
from ann_viz.app import first_window
from PySide6.QtWidgets import QApplication
window = first_window()
app = QApplication.instance()
window.show()
while not window.isVisible() or window.windowHandle() is None or not window.windowHandle().isExposed():
    app.processEvents()
app.processEvents()
print(time.perf_counter() - t0)
"""


def start_seconds(repeats: int) -> float:
    """Return the median time from an empty interpreter to the first painted window, warm."""
    runs = [float(subprocess.check_output([sys.executable, "-c", START], text=True)) for _ in range(repeats + 1)]
    return statistics.median(runs[1:])


def stolen_seconds() -> float:
    """Return how long other machines on the same host have held this one's cores; 0 where the system doesn't tell."""
    try:
        return int(Path("/proc/stat").read_text(encoding="ascii").split(maxsplit=9)[8]) / os.sysconf("SC_CLK_TCK")
    except (OSError, ValueError):
        return 0.0


class Used:
    """What has been used of the processor since it was made, in seconds."""

    def __init__(self) -> None:
        self._process, self._window = time.process_time(), time.thread_time()

    @property
    def window_s(self) -> float:
        """By the window's thread."""
        return time.thread_time() - self._window

    @property
    def training_s(self) -> float:
        """By all others of the program."""
        return time.process_time() - self._process - self.window_s


class Rate(NamedTuple):
    """Steps a second."""

    clock: float
    processor: float


def headless(session, seconds: float) -> Rate:
    """Return how fast the worker is with nobody looking."""
    session.reset()
    used = Used()
    session.train()
    time.sleep(seconds)
    began_late = session.snapshot.step  # nothing is drawn and nothing asked meanwhile
    session.pause()
    n_steps = session.snapshot.step - began_late
    return Rate(n_steps / seconds, n_steps / used.training_s)


def live(window, seconds: float) -> tuple[Rate, list[float], float]:
    """Return how fast training is in the window, gaps between frames in ms, and the window's share of a core.

    A frame is there when the picture is up to date; where nothing is drawn otherwise than before, nothing was painted.
    """
    from PySide6.QtCore import QEventLoop, QTimer

    times: list[float] = []
    bridge = window.bridge
    painted = QTimer()  # of no duration: what is to be painted comes before it
    painted.setSingleShot(True)
    painted.timeout.connect(lambda: times.append(time.perf_counter()))
    bridge.reset()
    bridge.snapshot_changed.connect(painted.start)
    used = Used()
    bridge.train()
    loop = QEventLoop()
    QTimer.singleShot(round(seconds * 1000), loop.quit)
    loop.exec()
    bridge.pause()
    bridge.snapshot_changed.disconnect(painted.start)
    n_steps = bridge.document.snapshot.step
    rate = Rate(n_steps / seconds, n_steps / used.training_s)
    return rate, list(np.diff(times) * 1e3), used.window_s / seconds


def write_pixels(path: Path) -> None:
    """Write 2,000 pictures of 28 × 28 random pixels; the class is the brightest of the first ten."""
    pixels = np.random.default_rng(0).integers(0, 256, (2000, 784))
    lines = [",".join(f"pixel{i}" for i in range(784)) + ",digit"]
    lines += [",".join(map(str, row)) + f",d{int(np.argmax(row[:10]))}" for row in pixels.tolist()]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def compare(window, session, name: str, repeats: int, seconds: float) -> None:
    """Print how much of headless speed is left while the window is live; headless and live runs alternate."""
    from ann_viz.session import Speed

    bridge = window.bridge
    bridge.set_training(epochs=0)
    bridge.set_speed(Speed())  # flat out; opening data sets a pace that can be watched
    live(window, 2.0)  # what is imported and made at the first use
    began, stolen = time.perf_counter(), stolen_seconds()
    alone = [headless(session, seconds)]
    shown, gaps, shares = [], [], []
    for _ in range(repeats):
        rate, new_gaps, share = live(window, seconds)
        alone.append(headless(session, seconds))
        shown.append(rate)
        gaps += new_gaps
        shares.append(share)
    print(f"{name}, {session.snapshot.engine}: the window takes {statistics.median(shares):.0%} of a core")
    for clock in ("clock", "processor"):
        before, live_now, after = ([getattr(rate, clock) for rate in rates] for rates in (alone[:-1], shown, alone[1:]))
        kept = [s / (a + b) * 2 for a, s, b in zip(before, live_now, after, strict=True)]
        print(f"  by the {clock}: headless {statistics.median((*before, after[-1])):,.0f} steps/s, "
              f"live {statistics.median(live_now):,.0f}; kept {statistics.median(kept):.0%} "
              f"({', '.join(f'{share:.0%}' for share in kept)})")  # fmt: skip
    per_second, longest = len(gaps) / repeats / seconds, max(gaps)
    stolen_share = (stolen_seconds() - stolen) / (time.perf_counter() - began)
    print(f"  frames {per_second:.1f} /s, {1e3 * statistics.median(shares) / per_second:.1f} ms of the processor each; "
          f"gap p50 {np.percentile(gaps, 50):.0f} ms, p99 {np.percentile(gaps, 99):.0f} ms, longest {longest:.0f} ms; "
          f"of a core, other machines took {stolen_share:.0%}")  # fmt: skip


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--repeats", type=int, default=3)
    parser.add_argument("--seconds", type=float, default=5.0)
    parser.add_argument("--engine", choices=("numpy", "turbo", "auto"), default="numpy")
    parser.add_argument("--busy", action="store_true", help="while another process keeps a core busy")
    parser.add_argument("--frames", type=int, help="a second, whatever they cost")
    parser.add_argument("--chart", default="loss", help="the chart in front, by its name")
    options = parser.parse_args()
    busy = subprocess.Popen([sys.executable, "-c", "while True: sum(range(10**6))"]) if options.busy else None
    try:
        measure(options)
    finally:
        if busy is not None:
            busy.kill()
            busy.wait()


def measure(options: argparse.Namespace) -> None:
    """Measure and print what was asked for."""
    os.environ.setdefault("QT_QPA_PLATFORM", "xcb" if os.environ.get("DISPLAY") else "offscreen")
    print(f"start to first painted window: {start_seconds(options.repeats):.2f} s")
    from ann_viz.app import first_window, make_application
    from ann_viz.engine import LayerConfig
    from ann_viz.session import Session
    from ann_viz.session.headless import open_dataset
    from ann_viz.session.samples import samples
    from ann_viz.ui.document import frame_pace

    app = make_application()
    session = Session(engine=options.engine)
    window = first_window(session)
    window.resize(1440, 900)
    window.show()
    gc.freeze()  # as `ann_viz.app.main` does
    window.open_sample(samples()[0])
    window.watch_panel.charts.show_chart(options.chart)
    if options.frames:
        frame_pace.FEWEST = float(options.frames)
        window.bridge.show_on(options.frames)
    app.processEvents()
    compare(window, session, "11-6-6-1", options.repeats, options.seconds)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "pixels.csv")
        write_pixels(path)
        window.bridge.open_dataset(open_dataset(path, target="digit"))
        window.bridge.set_hidden((LayerConfig(neurons=128), LayerConfig(neurons=64)))
        app.processEvents()
        compare(window, session, "784-128-64-10", options.repeats, options.seconds)
        window.opener.keeper.let_go()
        window.close()


if __name__ == "__main__":
    main()
