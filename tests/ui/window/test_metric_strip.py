"""The numbers of the toolbar are all of the same weights, and say which."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from ann_viz.data import Dataset, Split, build_dataset
from ann_viz.engine import TrainConfig
from ann_viz.session import Session
from ann_viz.session.headless import open_dataset
from ann_viz.ui.document.bridge import Bridge
from ann_viz.ui.window.metric_label import MetricLabel
from ann_viz.ui.window.metric_strip import MetricStrip


@pytest.fixture
def noisy(tmp_path: Path) -> Dataset:
    """120 rows that a network soon learns by heart."""
    rng = np.random.default_rng(0)
    x, y = rng.normal(size=(2, 120))
    yes = x + y + 1.5 * rng.normal(size=120) > 0.5
    path = tmp_path / "noisy.csv"
    path.write_text(
        "\n".join(["x,y,won", *(f"{a:.3f},{b:.3f},{'yes' if w else 'no'}" for a, b, w in zip(x, y, yes, strict=True))])
    )
    return open_dataset(path, target="won")


def make(dataset: Dataset, qtbot, **settings) -> tuple[Session, Bridge, MetricStrip]:
    """A strip over a session that stands still."""
    session = Session(TrainConfig(**{"batch_size": 16, "learning_rate": 0.05, **settings}))
    bridge = Bridge(session)
    strip = MetricStrip(bridge)
    qtbot.addWidget(strip)
    bridge.open_dataset(dataset)
    return session, bridge, strip


def loss_of(session: Session, dataset: Dataset, part: str) -> str:
    """The loss of the network on show, worked out by hand and as it is written."""
    X, Y = dataset.part(part)  # type: ignore[arg-type]
    P = session.network.predict(X).astype(np.float64)
    return f"{-np.log(np.where(Y == 1, P, 1 - P)).mean():.3f}"


def check(session: Session, dataset: Dataset, strip: MetricStrip) -> None:
    """Losses and accuracy are those of the network on show."""
    assert strip.train_loss.text() == loss_of(session, dataset, "train")
    assert strip.validation_loss.text() == loss_of(session, dataset, "validation")
    X, Y = dataset.part("validation")
    right = 100 * np.mean((session.network.predict(X) > 0.5) == (Y == 1))
    assert strip.accuracy.text() == f"{right:.1f}"


def test_room_is_kept_for_numbers_that_will_come(qtbot) -> None:
    """What stands beside a number does not move while it grows, unless the room is needed."""
    metric = MetricLabel("Epoch")
    qtbot.addWidget(metric)

    def width(text: str, unit: str) -> int:
        metric.set_value(text, unit)
        metric.adjustSize()
        return metric.width()

    usual = width("0", "/ 160")
    metric.reserve("160", "(best) of 160")
    assert usual < width("0", "/ 160") == width("47", "(best) of 160") == width("160", "(best) of 160")
    metric.reserve("")
    assert width("0", "/ 160") == usual


def test_after_early_stopping_all_are_of_the_best_epoch(noisy: Dataset, qtbot) -> None:
    """Not the epoch count and losses of the last epoch beside the accuracy of the best one."""
    session, bridge, strip = make(noisy, qtbot, epochs=300, patience=10)
    session.train()
    assert session.wait(60)
    bridge.refresh()
    snapshot = session.snapshot
    assert snapshot is not None
    assert snapshot.finished == "early stopping"
    best = snapshot.best_epoch
    check(session, noisy, strip)
    assert strip.epoch.shown == f"{best} (best) of {best + 10}"
    assert "no better for 10 epochs" in strip.epoch.accessibleDescription()
    assert f"weights of epoch {best} (best) of {best + 10} run" in strip.train_loss.toolTip()
    bridge.close()


def test_back_to_the_best_epoch(noisy: Dataset, qtbot) -> None:
    """The same at the end of a run, whose best epoch stands, of the last one, and after *Back to epoch N*."""
    session, bridge, strip = make(noisy, qtbot, epochs=40)
    session.train()
    assert session.wait(60)
    bridge.restore_last()
    check(session, noisy, strip)
    assert strip.epoch.shown == "40 / 40"
    bridge.restore_best()
    assert session.snapshot is not None
    check(session, noisy, strip)
    assert strip.epoch.shown == f"{session.snapshot.best_epoch} (best) of 40"
    bridge.close()


def test_captions_are_whole_in_a_tight_window(noisy: Dataset, qtbot) -> None:
    """What answers is said behind the names; where there is little room the loss on training rows gives way to it."""
    _session, bridge, strip = make(noisy, qtbot, average_epochs=4.0)
    bridge.step("epoch")
    strip.set_compact(True)
    assert strip.train_loss.isVisibleTo(strip)
    strip.set_compact(True, tight=True)
    assert not strip.train_loss.isVisibleTo(strip)
    assert strip.validation_loss.accessibleName() == "Valid. · avg" and strip.accuracy.accessibleName().endswith("avg")
    bridge.close()


def test_after_a_batch_a_phase_and_a_hand_edit(noisy: Dataset, qtbot) -> None:
    """The losses follow every change of the weights, and the epoch says how far beyond its end they are."""
    session, bridge, strip = make(noisy, qtbot, epochs=40)
    bridge.step("batch")
    check(session, noisy, strip)
    assert strip.epoch.shown == "0 + 1/6"
    for _ in range(10):
        bridge.step("phase")
        check(session, noisy, strip)
    bridge.set_parameter(0, 0, 0, 1.5)
    check(session, noisy, strip)
    assert strip.epoch.shown.endswith(", by hand")
    bridge.close()


def test_without_validation_rows_nothing_speaks_of_them(noisy: Dataset, qtbot) -> None:
    """There is no empty number for what there is not."""
    recipe = replace(noisy.recipe, split=Split(train=1.0, validation=0.0, test=0.0))
    session, bridge, strip = make(build_dataset(noisy.table, recipe), qtbot, epochs=5)
    assert strip.validation_loss.isHidden()
    bridge.step("batch")
    assert "validation" not in strip.train_loss.accessibleDescription()
    assert session.snapshot is not None
    assert strip.train_loss.text() == f"{session.snapshot.scores.train_loss:.3f}"
    bridge.open_dataset(noisy)
    assert not strip.validation_loss.isHidden()
    bridge.close()


def test_class_weights_are_named(noisy: Dataset, qtbot) -> None:
    """Training counts by classes, these losses by rows; the strip says so."""
    session, bridge, strip = make(noisy, qtbot, epochs=5, class_weights="balanced")
    bridge.step("batch")
    check(session, noisy, strip)
    assert strip.train_loss.accessibleName() == "Unweighted, training"
    assert "without the class weights" in strip.train_loss.accessibleDescription()
    bridge.close()


def test_the_threshold_is_told_as_long_as_it_is_another_one(noisy: Dataset, qtbot) -> None:
    """Back at 50 % nothing is said of it any more."""
    session, bridge, strip = make(noisy, qtbot, epochs=2)
    session.train()
    session.wait()
    bridge.refresh()
    told = []
    for threshold in (0.5, 0.31, 0.5):
        bridge.set_threshold(threshold)
        told.append("31" in strip.accuracy.toolTip())
    assert told == [False, True, False]
    bridge.close()
