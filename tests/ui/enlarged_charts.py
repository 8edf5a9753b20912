"""Networks that have learned, and their charts enlarged."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from ann_viz.session import RunState, Speed
from ann_viz.session.samples import samples
from ann_viz.ui.window.main_window import MainWindow


def open_sample(window: MainWindow, file: str) -> None:
    window.open_sample(next(sample for sample in samples() if file in sample.file))


def train(window: MainWindow, qtbot, epochs: int, **settings: int) -> None:
    """Let what is open be learned to the end."""
    bridge = window.bridge
    bridge.set_training(epochs=epochs, **settings)
    bridge.set_speed(Speed())
    bridge.train()
    qtbot.waitUntil(lambda: bridge.document.state is RunState.FINISHED)


def learn(window: MainWindow, qtbot, file: str, epochs: int = 3) -> None:
    """Open a sample and train it."""
    open_sample(window, file)
    train(window, qtbot, epochs)


def shown(window: MainWindow, qtbot, chart: str):
    """Enlarge a chart, wait until it is worked out, and return its page."""
    if not window.enlarged.name:
        window.actions_by_id["enlarge"].trigger()
    window.actions_by_id[f"chart_{chart}"].trigger()
    page = window.enlarged.page("charts").page(chart)
    qtbot.waitUntil(lambda: page.is_up_to_date and page.result is not None)
    return page


def write_customers(path: Path, n: int = 500) -> Path:
    """Customers of whom the old leave, and those with many products; the rest of the columns says nothing."""
    rng = np.random.default_rng(6)
    age, products = rng.integers(18, 80, n), rng.integers(1, 5, n)
    leaves = rng.random(n) < 1 / (1 + np.exp(-((age - 50) / 6 + (products - 2.5))))
    cells = zip(
        age, products, rng.normal(1000, 300, n).round(2), rng.choice(["France", "Spain", "Italy"], n),
        rng.choice(["yes", "no"], n), np.where(leaves, "yes", "no"), strict=True,
    )  # fmt: skip
    lines = (",".join(map(str, row)) for row in cells)
    path.write_text("\n".join(["age,products,balance,country,active,left", *lines]) + "\n")
    return path


def train_slowly(bridge) -> None:
    """Let training run without another batch for as long as a test takes."""
    bridge.set_speed(Speed(kind="step", per_second=0.01))
    bridge.train()
