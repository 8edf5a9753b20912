"""The form of a sweep: what it says becomes the plan, and what makes no sense is said."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from ann_viz.resources import resource
from ann_viz.session.headless import open_dataset
from ann_viz.session.sweeping.plan import Plan, Span
from ann_viz.ui.document.bridge import Bridge
from ann_viz.ui.sweeping.setting_rows import RangeRow, SettingRow
from ann_viz.ui.sweeping.sweep_form import SweepForm
from ann_viz.ui.sweeping.sweeping import Sweeping


@pytest.fixture
def form(bridge: Bridge, sweeping: Sweeping, qtbot: QtBot) -> Iterator[SweepForm]:
    made = SweepForm(bridge, sweeping)
    made.resize(264, 900)
    with qtbot.waitExposed(made):
        made.show()
    yield made
    made.close()
    made.deleteLater()


def row(form: SweepForm, name: str) -> SettingRow:
    return next(each for each in form.rows if each.name == name)


def test_it_begins_with_what_is_usual(form: SweepForm, qtbot: QtBot) -> None:
    """Rate, layers, L2 and batch around what stands; how long it takes here is known soon."""
    plan = form.plan()
    assert [name for name, _ in plan.space] == ["learning_rate", "hidden", "l2", "batch_size"]
    assert isinstance(dict(plan.space)["learning_rate"], Span)
    assert (plan.search, plan.runs, plan.seeds) == ("random", 40, 5) and "guessing" in plan.baselines
    assert row(form, "optimizer").summary.text() == "SGD"
    qtbot.waitUntil(lambda: "about" in form.footer.text())
    assert form.footer.text().startswith("40 runs × 5 seeds")


def test_ticks_and_values_by_mouse(form: SweepForm) -> None:
    """A tick takes a setting in, a value is in where its button is down."""
    for name in ("learning_rate", "l2", "batch_size"):
        row(form, name).tick.click()
    row(form, "activation").tick.click()
    chips = row(form, "activation").chips
    for button in chips.findChildren(type(chips.add)):
        if button.text() in ("tanh", "ReLU"):
            QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    space = dict(form.plan().space)
    assert set(space) == {"hidden", "activation"} and space["activation"] == ("relu", "tanh")


def test_nothing_ticked_is_said(form: SweepForm) -> None:
    """There is nothing to start then, nor with a setting that has no value."""
    for each in form.rows:
        if each.is_ticked:
            each.tick.click()
    assert form.footer.text() == "Tick at least one setting." and not form.start.isEnabled()
    row(form, "dropout").tick.click()
    assert "no values" in form.footer.text() and not form.start.isEnabled()


def test_another_value_can_be_typed(form: SweepForm) -> None:
    """It is taken at once; what is none is said and changes nothing."""
    chips = row(form, "hidden").chips
    for text, problem in (("20,10", ""), ("many", "no value"), ("9999999", "neurons")):
        chips.add.click()
        QTest.keyClicks(chips.field, text)
        QTest.keyClick(chips.field, Qt.Key.Key_Return)
        assert problem in form.problem.text() and form.problem.isVisible() == bool(problem)
    assert chips.values[-1] == (20, 10) and len(chips.values) == len(dict(form.plan().space)["hidden"])  # type: ignore[arg-type]


def test_the_rates_are_dragged(form: SweepForm) -> None:
    """By mouse and by arrow keys; of every combination a few rates are tried."""
    rates = row(form, "learning_rate")
    assert isinstance(rates, RangeRow)
    slider = rates.range
    low, high = slider.numbers
    QTest.mouseClick(slider, Qt.MouseButton.LeftButton, pos=QPoint(slider.width() // 2, 10))
    assert slider.numbers != (low, high)
    slider.show_numbers(0.001, 0.1)
    slider.setFocus()
    QTest.keyClick(slider, Qt.Key.Key_Up)
    for _ in range(10):
        QTest.keyClick(slider, Qt.Key.Key_Right)
    assert slider.numbers == (0.001, 1.0)
    QTest.keyClick(slider, Qt.Key.Key_Down)
    QTest.keyClick(slider, Qt.Key.Key_Left)
    assert slider.numbers == (0.0008, 1.0)
    form.search.button("grid").click()
    assert dict(form.plan().space)["learning_rate"] == (0.0008, 0.003, 0.01, 0.03, 0.1, 0.3, 1.0)


def test_every_combination_is_counted(form: SweepForm) -> None:
    """Many of them are warned of; how many runs is then no choice."""
    form.search.button("grid").click()
    assert not form.runs.isVisibleTo(form) and "That is a lot" in form.footer.text()
    for name in ("l2", "batch_size", "learning_rate"):
        row(form, name).tick.click()
    assert form.footer.text().startswith("6 runs") and "a lot" not in form.footer.text()


def test_a_plan_comes_back_into_the_form(form: SweepForm) -> None:
    """Whatever was said in it, baselines apart."""
    space = (("learning_rate", Span(0.001, 0.01)), ("hidden", ((2, 2), (4,))), ("dropout", (0.0, 0.2)))
    plan = Plan(
        space=space, search="halving", runs=12, seeds=2, epochs=30, patience=None, measure="accuracy",
        seed=form.plan().seed, baselines=form.plan().baselines,
    )  # fmt: skip
    form.show_plan(plan)
    found = form.plan()
    assert {name: set(domain) if isinstance(domain, tuple) else domain for name, domain in found.space} == {
        "learning_rate": Span(0.001, 0.01), "hidden": {(2, 2), (4,)}, "dropout": {0.0, 0.2},
    }  # fmt: skip
    assert (found.search, found.runs, found.seeds, found.epochs, found.patience, found.measure) == (
        "halving", 12, 2, 30, None, "accuracy",
    )  # fmt: skip


def test_it_is_locked_while_a_sweep_runs(
    form: SweepForm, sweeping: Sweeping, plan: Plan, finish: Callable[[Sweeping], None]
) -> None:
    """And says what Cancel would keep; then it can be changed again."""
    form.show_plan(plan)
    sweeping.pause(True)
    form.start.click()
    sweeping.pause(True)
    assert not form.start.isVisible() and not form.runs.isEnabled() and "Cancel keeps" in form.footer.text()
    assert form.title.text() == "Sweep 1"
    sweeping.pause(False)
    finish(sweeping)
    assert form.start.isVisible() and form.seeds.isEnabled()


def test_other_data_fill_it_anew(form: SweepForm, bridge: Bridge, qtbot: QtBot) -> None:
    """What was chosen for the flowers is not asked of house prices, which have no accuracy."""
    form.best.setCurrentIndex(1)
    form.runs.setValue(7)
    assert form.plan().measure == "accuracy"
    bridge.open_dataset(open_dataset(resource("samples", "house_prices.csv")))
    assert form.plan().measure == "loss" and form.runs.value() == 40
    assert [form.best.itemData(place) for place in range(form.best.count())] == ["loss", "rmse"]
    qtbot.waitUntil(lambda: "about" in form.footer.text())


def test_an_earlier_sweep_fills_it_unless_something_was_changed(
    bridge: Bridge, swept: Sweeping, plan: Plan, tmp_path: Path, qtbot: QtBot
) -> None:
    """So that Start goes on with it, as after a crash."""
    for changed in (False, True):
        after = Sweeping(bridge, tmp_path)
        form = SweepForm(bridge, after)
        qtbot.addWidget(form)
        form.show()
        if changed:
            form.seeds.setValue(2)
        qtbot.waitUntil(lambda after=after: after.survey is not None)  # type: ignore[misc]
        assert form.seeds.value() == (2 if changed else plan.seeds)
        assert "goes on from there" in form.footer.text()
        after.close()
