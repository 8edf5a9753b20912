"""The largest and the smallest there can be: nothing raises, nothing is printed, and every text fits in its place."""

from __future__ import annotations

import csv
import math
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QRect, QRectF
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QApplication, QMessageBox
from pytestqt.qtbot import QtBot

from ann_viz.cli import main as run_command
from ann_viz.data import build_dataset, open_table, suggest_recipe
from ann_viz.engine import MOST_HIDDEN_LAYERS, LayerConfig
from ann_viz.explain import STEPS
from ann_viz.scene import Connection, Neuron
from ann_viz.session import Speed
from ann_viz.ui.charts.chart_table import CHARTS
from ann_viz.ui.kit.number_controls import NumberField
from ann_viz.ui.window.main_window import MainWindow

Write = Callable[..., Path]
Visit = Callable[[MainWindow], None]


@pytest.fixture(autouse=True)
def _as_in_the_program() -> Iterator[None]:
    """Let numbers overflow as `ann_viz.app.main` does; every other warning is an error."""
    with np.errstate(all="ignore"):
        yield


@pytest.fixture
def cut(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return the painted texts that are wider than their boxes, or stand nowhere."""
    found: list[str] = []
    draw = QPainter.drawText

    def watched(painter: QPainter, *arguments: object) -> object:
        box, text = arguments[0], str(arguments[-1])
        if isinstance(box, QRectF | QRect) and text:
            width = max(map(painter.fontMetrics().horizontalAdvance, text.split("\n")))
            placed = all(map(math.isfinite, (box.x(), box.y(), box.width(), box.height())))
            if width > box.width() + 2 or not placed:
                found.append(f"{text[:40]!r} is {width} wide in {box}")
        return draw(painter, *arguments)

    monkeypatch.setattr(QPainter, "drawText", watched)
    return found


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Return a writer of tables with the columns a, b and y."""

    def table(answer: Callable[[float, float], object], n_rows: int = 120, heads: tuple[str, ...] = ("a", "b", "y")):
        path = tmp_path / "table.csv"
        with path.open("w", newline="", encoding="utf-8") as file:
            writer = csv.writer(file)
            writer.writerow(heads)
            for a, b in np.random.default_rng(1).normal(size=(n_rows, 2)).round(3).tolist():
                writer.writerow((a, b, answer(a, b)))
        return path

    return table


def huge(a: float, b: float, size: float) -> str:
    """Return a target of this size; some are small, so that not all are whole numbers, as codes are."""
    return repr(round(2 * a - b, 2) * size if a > -1 else b)


def show(window: MainWindow, path: Path, **recipe: object) -> None:
    """Open a table in the window."""
    from dataclasses import replace

    table = open_table(path)
    target = table.columns[-1].name
    window.bridge.open_dataset(build_dataset(table, replace(suggest_recipe(table, target), **recipe)))
    QApplication.processEvents()


@pytest.fixture
def visit(qtbot: QtBot) -> Callable[[MainWindow], None]:
    """Return a function that looks at all that shows numbers: steps, charts, lines, inspector, pages."""

    def look(window: MainWindow) -> None:
        for voice in range(2):
            for step in range(1, STEPS + 1):
                window.commands.function(f"explain_{step}")()
                window.explain_panel.grab()
            window.commands.function("toggle_voice")()
            for chart in CHARTS:
                window.commands.function(f"chart_{chart.id}")()
                window.watch_panel.charts.page("loss").log.setChecked(bool(voice))
                QApplication.processEvents()
                window.grab()
        for mode in ("signals", "gradients", "change", "weights"):
            window.view.show_lines(mode)
            window.canvas_card.grab()
        last = len(window.bridge.document.network_config.sizes) - 1
        for mark in (Neuron(0, 0), Neuron(1, 0), Neuron(last, 0), Connection(0, 0, 0), Connection(last - 1, 0, 0)):
            window.view.select(mark)
            window.right_panel.grab()
            window.canvas_card.canvas.stage.describe(mark)
        window.view.select(None)
        for page in ("slope", "compare"):
            window.pages.show(page)
            if page == "slope":
                qtbot.waitUntil(lambda: not window.pages.slope.busy, timeout=10_000)
            QApplication.processEvents()
            window.stack.grab()
        window.pages.show("network")

    return look


@pytest.mark.parametrize("weight", [1e8, -1e15, 1e30])
def test_losses_without_end(window: MainWindow, write: Write, visit: Visit, cut: list[str], weight: float) -> None:
    """With a weight nobody would set the loss is 10^16 and more, or overflows and training stops with a sentence."""
    show(window, write(lambda a, b: round(2 * a - b, 2)), task="regression")
    window.bridge.set_parameter(0, 0, 0, weight)
    visit(window)
    assert cut == []
    assert "·10" in window.pages.slope.text or "infinite" in window.pages.slope.text
    window.bridge.step("batch")
    for box in window.findChildren(QMessageBox):
        box.close()
    visit(window)
    assert cut == []


@pytest.mark.parametrize("classes", [2, 3])
@pytest.mark.parametrize("activation", ["relu", "tanh", "softplus"])
def test_logits_without_end(
    window: MainWindow, write: Write, visit: Visit, cut: list[str], classes: int, activation: str
) -> None:
    """Sums of −10^10, 10^5 and more before the answer: chances are 0 and 1, and formulas say them without ∞ / ∞."""
    names = "no", "yes", "perhaps"
    show(window, write(lambda a, b: names[(a > b) + (classes == 3 and a > 0)]))
    window.bridge.set_hidden((LayerConfig(neurons=3, activation=activation),))
    for weight in (1e5, -1e5):
        window.bridge.set_parameter(0, 0, 0, weight)
        window.bridge.set_parameter(1, 0, 0, weight)
        visit(window)
    assert cut == []
    assert not any("∞ / ∞" in formula for formula in window.explain_panel.formulas)


@pytest.mark.parametrize("size", [1e90, 1e-90])
def test_targets_without_end(window: MainWindow, write: Write, visit: Visit, cut: list[str], size: float) -> None:
    """The answer and its scores are written in a few digits."""
    show(window, write(lambda a, b: huge(a, b, size)))
    window.bridge.step("epoch")
    visit(window)
    assert cut == []
    assert {value for value, _ in window.watch_panel.results.column.lines} != {"–"}


def test_the_command_prints_nothing_beside_the_numbers(write: Write, capfd: pytest.CaptureFixture[str]) -> None:
    """Training and predicting with targets of 10^90."""
    path = write(lambda a, b: huge(a, b, 1e90))
    model = path.with_suffix(".annviz")
    train = ["train", str(path), "--target", "y", "--epochs", "2", "-o", str(model)]
    assert run_command(train) == 0
    assert run_command(["predict", str(model), str(path)]) == 0
    assert "Warning" not in capfd.readouterr().err


def test_ten_thousand_epochs_of_a_few_rows(window: MainWindow, write: Write, visit: Visit, cut: list[str]) -> None:
    """Four rows, one of them to judge by; losses of 0 and a long history are drawn on both kinds of axis."""
    show(window, write(lambda a, b: ("no", "yes")[a > b], 5))
    window.bridge.set_training(epochs=10_000, learning_rate=0.1)
    window.bridge.set_speed(Speed())
    window.bridge.train()
    assert window.bridge.document.wait(60)
    window.bridge.refresh()
    assert window.bridge.document.snapshot.epoch == 10_000
    visit(window)
    assert cut == []


@pytest.mark.parametrize("width", [1440, 1100])
def test_as_many_layers_as_there_can_be(
    window: MainWindow, write: Write, visit: Visit, cut: list[str], width: int
) -> None:
    """A chain of single neurons leaves the answer its room and covers none; one more is refused in a sentence."""
    window.resize(width, 900)
    show(window, write(lambda a, b: ("no", "yes")[a > b]))
    window.bridge.set_hidden((LayerConfig(neurons=1),) * MOST_HIDDEN_LAYERS)
    window.bridge.step("epoch")
    visit(window)
    assert cut == []
    layout = window.canvas_card.canvas.frame.layout
    assert layout.x[-1] + layout.radius[-1] < layout.width
    for left, right in pairwise(zip(layout.x, layout.radius, strict=True)):
        assert sum(left) < right[0] - right[1], "no neuron covers its neighbour"
    window.commands.add_layer()
    box = next(box for box in window.findChildren(QMessageBox) if box.isVisible())
    assert f"between 0 and {MOST_HIDDEN_LAYERS}" in box.informativeText()
    box.close()


@pytest.mark.parametrize("activation", ["relu", "linear", "tanh"])
def test_fifty_layers_are_trained(write: Write, capfd: pytest.CaptureFixture[str], activation: str) -> None:
    """Hardly anything comes through them, and nothing but the usual words is printed."""
    path = write(lambda a, b: ("no", "yes")[a > b])
    hidden = ["--hidden", ",".join(["1"] * 50), "--activation", activation]
    model = path.with_suffix(".annviz")
    assert run_command(["train", str(path), "--target", "y", "--epochs", "3", *hidden, "-o", str(model)]) == 0
    assert run_command(["predict", str(model), str(path)]) == 0
    assert "Warning" not in capfd.readouterr().err


def test_more_layers_than_there_can_be_are_refused(write: Write, capfd: pytest.CaptureFixture[str]) -> None:
    """The command says how many there can be."""
    path = write(lambda a, b: ("no", "yes")[a > b])
    hidden = ",".join(["1"] * (MOST_HIDDEN_LAYERS + 1))
    assert run_command(["train", str(path), "--target", "y", "--hidden", hidden]) == 2
    assert capfd.readouterr().err.strip() == "ann-viz: hidden layers must lie between 0 and 64, not at 65."


def test_numbers_that_are_none(window: MainWindow, write: Write) -> None:
    """Whatever is typed into a field is taken, or refused in a sentence that fits; the field shows its number again."""
    show(window, write(lambda a, b: ("no", "yes")[a > b]))
    card = window.left_side.build.hyper
    card.expander.setChecked(True)
    asked = card.minimumSizeHint().width()
    fields = card.findChildren(NumberField)
    assert len(fields) > 5
    for field in fields:
        for typed in ("1e400", "nan", "-inf", "1e-400", "9" * 5000, "", "--", "%", "٣"):
            field.setText(typed)
            field.setModified(True)
            field.editingFinished.emit()
            assert math.isfinite(float(field.text().replace("−", "-").replace("%", "").strip()))
            assert card.minimumSizeHint().width() <= asked


def test_a_name_of_ten_thousand_letters_pushes_nothing_apart(
    window: MainWindow, write: Write, visit: Visit, cut: list[str], tmp_path: Path
) -> None:
    """No window asks for more room than with short names."""
    show(window, write(lambda a, b: ("no", "yes")[a > b]))
    window.side_windows.show_rows()
    visit(window)
    asked = window.minimumSizeHint(), window.side_windows.rows.minimumSizeHint()
    long = "A" * 10_000
    path = write(lambda a, b: ("no" * 30, "yes" * 20)[a > b], heads=(long, "B-" * 5_000, "宽" * 10_000))
    show(window, path.rename(tmp_path / f"{'n' * 240}.csv"), phrase="phrase" * 500, row_name="row" * 500)
    window.opener.reloader.watch.changed.emit(path)
    visit(window)
    for now, before in zip((window.minimumSizeHint(), window.side_windows.rows.minimumSizeHint()), asked, strict=True):
        assert now.width() <= before.width() + 320, "a label may ask for as much as `kit.labels.MOST_ASKED`"
