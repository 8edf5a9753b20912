"""The loss chart: it draws the engine's losses, rarely while training runs, and never unseen."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from ann_viz.data import build_dataset, open_table, suggest_recipe
from ann_viz.engine import TrainConfig
from ann_viz.session import RunState, Session, Speed
from ann_viz.ui.charts.chart_page import EmptyChart
from ann_viz.ui.charts.loss_chart import LossChart, dotted
from ann_viz.ui.document.bridge import Bridge
from ann_viz.ui.kit import theme

EPOCHS = 20


def write_circles(path: Path) -> Path:
    """Write points inside and outside of a circle."""
    rng = np.random.default_rng(1)
    points = rng.normal(size=(120, 2))
    lines = [f"{x:.4f},{y:.4f},{'in' if x * x + y * y < 1.2 else 'out'}" for x, y in points]
    path.write_text("\n".join(["x,y,place", *lines]) + "\n")
    return path


@pytest.fixture
def bridge(qapp, tmp_path) -> Iterator[Bridge]:
    theme.apply(qapp, "light")
    made = Bridge(Session(TrainConfig(epochs=EPOCHS)))
    table = open_table(write_circles(tmp_path / "circles.csv"))
    made.open_dataset(build_dataset(table, suggest_recipe(table, "place")))
    yield made
    made.close()
    made.deleteLater()


@pytest.fixture
def chart(qtbot, bridge) -> LossChart:
    made = LossChart(bridge)
    qtbot.addWidget(made)
    made.resize(320, 240)
    made.show()
    return made


def train(bridge: Bridge, qtbot) -> None:
    bridge.train()
    qtbot.waitUntil(lambda: bridge.document.state is RunState.FINISHED)


def test_before_training_it_promises_a_curve(chart, bridge) -> None:
    """No plot is built before there is something to draw; what guessing comes to is said already."""
    guessing = bridge.document.baseline("validation")["loss"]
    assert chart.plot is None and chart.findChild(EmptyChart).levels == (f"always guessing {guessing:.3f}",)
    before = chart.grab().toImage()
    chart.findChild(EmptyChart).show_levels(())
    assert chart.grab().toImage() != before
    assert not chart.train.isVisible()


def test_all_that_has_changed_is_painted_once(chart, bridge, qtbot, qapp, monkeypatch: pytest.MonkeyPatch) -> None:
    """Curves, axes, dots and words come with one paint, and not before the window's next one."""
    train(bridge, qtbot)
    qapp.processEvents()
    paints: list[object] = []
    paint = chart.plot.plot.paintEvent
    monkeypatch.setattr(chart.plot.plot, "paintEvent", lambda event: (paints.append(event), paint(event)))
    before = chart.plot.ranges
    chart.log.toggle()
    assert chart.plot.ranges != before and not paints
    qapp.processEvents()
    assert len(paints) == 1


def test_the_curves_are_the_history(chart, bridge, qtbot) -> None:
    """After training, what is drawn and written is what the engine measured."""
    train(bridge, qtbot)
    history = bridge.document.snapshot.history
    x, y = chart.plot.train_line.getOriginalDataset()
    assert np.array_equal(x, history.epoch)
    assert np.array_equal(y, history.train_loss)
    assert f"{history.train_loss[-1]:.3f}" in chart.train.text()
    assert f"{history.validation_loss[-1]:.3f}" in chart.validation.text()


def test_the_best_epoch_is_flagged(chart, bridge, qtbot) -> None:
    """Line and pill stand at the epoch of the lowest validation loss."""
    train(bridge, qtbot)
    best = bridge.document.snapshot.best_epoch
    assert best == np.nanargmin(bridge.document.snapshot.history.validation_loss)
    assert chart.plot.notes.pill.text() == f"best · epoch {best}"
    assert chart.plot.best_line.value() == best


def test_the_loss_of_always_guessing_is_drawn(chart, bridge, qtbot) -> None:
    """The dashed line is the loss of the commonest class."""
    train(bridge, qtbot)
    guessing = bridge.document.baseline("validation")["loss"]
    assert chart.plot.baseline_line.value() == pytest.approx(guessing)
    assert f"{guessing:.3f}" in chart.plot.notes.baseline.text()


def test_hidden_it_draws_nothing_and_catches_up_when_shown(chart, bridge, qtbot) -> None:
    """A chart in a closed dock costs nothing, and is right when the dock opens."""
    chart.hide()
    train(bridge, qtbot)
    assert chart.plot is None
    chart.show()
    assert len(chart.plot.train_line.getOriginalDataset()[0]) == EPOCHS + 1


def test_many_snapshots_in_a_row_are_drawn_once(chart, bridge, qtbot, monkeypatch) -> None:
    """While training runs, snapshots between two redraws wait for the next one; none is lost."""
    now, drawn = [time.monotonic()], []
    monkeypatch.setattr(time, "monotonic", lambda: now[0])
    monkeypatch.setattr(chart, "redraw", lambda: drawn.append(now[0]))
    bridge.set_speed(Speed(kind="step", per_second=0.01))
    bridge.train()
    drawn.clear()
    for _ in range(50):
        bridge.turn_offered.emit()
    assert len(drawn) <= 1
    now[0] += 1.0
    qtbot.waitUntil(lambda: drawn[-1:] == [now[0]])


def test_log_axis_and_hover_tell_the_same_losses(chart, bridge, qtbot) -> None:
    """The switch changes the axis, not the numbers; the read-out gives them as they are."""
    train(bridge, qtbot)
    chart.log.click()
    history = bridge.document.snapshot.history
    assert np.allclose(10 ** chart.plot.train_line.getOriginalDataset()[1], history.train_loss)
    chart.plot.show_readout(7.4)
    expected = f"epoch 7 · train {history.train_loss[7]:.3f} · validation {history.validation_loss[7]:.3f}"
    assert chart.plot.notes.readout.text() == expected
    assert chart.plot.rect().contains(chart.plot.notes.readout.geometry())


def test_without_validation_rows_there_is_one_curve(chart, bridge, qtbot) -> None:
    """No validation set: no second number, no best epoch."""
    from dataclasses import replace

    dataset = bridge.document.dataset
    split = replace(dataset.recipe.split, train=0.8, validation=0.0, test=0.2)
    bridge.open_dataset(build_dataset(dataset.table, replace(dataset.recipe, split=split)))
    train(bridge, qtbot)
    assert not chart.validation.isVisible()
    assert not chart.plot.notes.pill.isVisible()


def test_the_chart_follows_the_theme(chart, bridge, qtbot, qapp) -> None:
    """Background and curves take the colours of the new theme."""
    train(bridge, qtbot)
    theme.apply(qapp, "dark")
    dark = theme.THEMES["dark"]
    assert chart.plot.plot.backgroundBrush().color().name().upper() == dark.surface
    assert chart.plot.train_line.opts["pen"].color().name().upper() == dark.train
    theme.apply(qapp, "light")


def test_numbers_in_the_header_keep_their_width(chart: LossChart) -> None:
    """Narrow and wide digits take the same room, so a new number neither moves the next one nor is cut."""
    for label in (chart.train, chart.validation):
        widths = set()
        for value in ("0.111", "0.358", "0.888"):
            label.setText(dotted("#000000", "train", value))
            widths.add(label.sizeHint().width())
        assert len(widths) == 1


def test_a_narrow_chart_says_the_names_shortly_at_once(chart: LossChart, bridge: Bridge, qtbot: QtBot) -> None:
    """The names give way to their numbers as soon as the room is taken, also when nothing is being learned."""
    train(bridge, qtbot)
    assert "validation" in chart.validation.text()
    number = f"{bridge.document.snapshot.scores.validation_loss:.3f}"
    for width in (260, 230):
        chart.resize(width, 240)
        qtbot.waitUntil(lambda: "validation" not in chart.validation.text())
        qtbot.waitUntil(lambda: not chart.train.is_cut and not chart.validation.is_cut)
        assert number in chart.validation.words


def test_the_dots_are_the_weights_on_show(chart, bridge, qtbot) -> None:
    """Back at the best epoch, after a batch and after a hand edit, dots and numbers are of exactly these weights."""
    train(bridge, qtbot)
    bridge.restore_best()
    for at in (lambda s: s.best_epoch, lambda s: s.best_epoch):
        snapshot = bridge.document.snapshot
        scores = snapshot.scores
        dots = chart.plot.train_dot.pos(), chart.plot.validation_dot.pos()
        assert [dot.x() for dot in dots] == [at(snapshot)] * 2
        assert [dot.y() for dot in dots] == pytest.approx([scores.train_loss, scores.validation_loss])
        assert f"{scores.validation_loss:.3f}" in chart.validation.text()
        bridge.set_parameter(0, 0, 0, 3.0)
    X, Y = bridge.document.dataset.part("validation")
    P = bridge.document.network.predict(X).astype(float)
    by_hand = -np.log(np.where(Y == 1, P, 1 - P)).mean()
    assert chart.plot.validation_dot.pos().y() == pytest.approx(by_hand, rel=1e-5)
