"""Expectations are met when the reader has done it and not before; texts get the values of the moment."""

from __future__ import annotations

import math
from typing import Any

import pytest

from ann_viz.explain.lesson import Both, LessonStep
from ann_viz.explain.lesson_expectations import EXPECTATIONS, has_left, is_met, is_tried
from ann_viz.explain.lesson_state import LessonState
from ann_viz.explain.lesson_values import VALUES, values_of

START = LessonState(row=3, epoch=4, step=40, loss=0.5, learning_rate=0.1, place=(0, 1, 2), weight=0.5, slope_loss=0.4)

CASES: dict[str, tuple[Any, dict[str, Any], dict[str, Any]]] = {
    "loaded": (None, {"file": "iris.csv"}, {"file": ""}),
    "row_changed": (None, {"row": 4}, {"row": 3}),
    "wrong_row": (None, {"right": False}, {"right": None}),
    "selected": ("hidden", {"selected": "hidden"}, {"selected": "input"}),
    "told": (4, {"told": 4}, {"told": 1}),
    "phase": ("backward", {"phase": "backward"}, {"phase": "error"}),
    "epochs": (2, {"epoch": 6}, {"epoch": 5}),
    "steps": (3, {"step": 43}, {"step": 42}),
    "training": (None, {"running": True}, {"running": False}),
    "paused": (None, {"running": False}, {"running": True}),
    "weight_set": (None, {"manual_edits": (((0, 1, 2), 0.5),)}, {}),
    "weight_raised": (
        1,
        {"place": (0, 1, 2), "weight": 1.5},
        {"place": (0, 1, 3), "weight": 1.5},
    ),
    "weight_below_first": (
        None,
        {"place": (0, 1, 2), "weight": 0.3, "first_weight": 0.4},
        {"place": (0, 1, 2), "weight": 0.45, "first_weight": 0.4},
    ),
    "descended": (5, {"step": 45, "slope_loss": 0.3}, {"step": 45, "slope_loss": 0.5}),
    "row_trained": (None, {"row_steps": 1}, {"row_steps": 0}),
    "looked_back": (None, {"looking_back": True}, {"looking_back": False}),
    "loss_below_start": (None, {"loss": 0.4}, {"loss": 0.5}),
    "loss_above_start": (None, {"loss": 0.6}, {"loss": math.nan}),
    "accuracy": (0.9, {"accuracy": 0.9}, {"accuracy": math.nan}),
    "layers": (1, {"layers": 1}, {"layers": 2}),
    "lines": ("change", {"lines": "change"}, {"lines": "weights"}),
    "voice": ("technical", {"voice": "technical"}, {"voice": "plain"}),
    "voice_changed": (None, {"voice": "technical"}, {}),
    "rate_changed": (None, {"learning_rate": 0.2}, {}),
    "lands": ("lower", {"slope_loss": 0.5, "landing": 0.4}, {"slope_loss": 0.5, "landing": 0.6}),
    "compared": (50, {"compared": 50}, {"compared": 49}),
    "answered": (None, {"answer": 0}, {"answer": None}),
}


def _now(**changes: Any) -> LessonState:
    fields = {"row": 3, "epoch": 4, "step": 40, "loss": 0.5, "learning_rate": 0.1, **changes}
    return LessonState(**fields)


@pytest.mark.parametrize("name", sorted(EXPECTATIONS))
def test_it_is_met_then_and_only_then(name: str) -> None:
    """One state in which it is done, one in which it is not."""
    if name == "next":
        assert is_met(LessonStep(text=Both("a", "b")), START, START)
        return
    value, done, not_done = CASES[name]
    step = LessonStep(text=Both("a", "b"), expect=name, value=value)
    assert is_met(step, START, _now(**done))
    assert not is_met(step, START, _now(**not_done))


def test_what_was_tried_in_vain_is_told() -> None:
    """Another circle than asked for, another weight, five steps that led up: something of the kind, but not that."""
    country = LessonStep(text=Both("a", "b"), expect="selected", value="category")
    start = LessonState()
    age, france = (LessonState(selected="input", place=(0, n), is_category=n > 3) for n in (1, 5))
    assert is_tried(country, start, age) and not is_met(country, start, age)
    assert is_met(country, start, france) and not is_tried(country, start, france)
    assert not is_tried(country, start, start)
    raised = LessonStep(text=Both("a", "b"), expect="weight_raised", value=1)
    assert is_tried(raised, START, _now(manual_edits=(((0, 1, 3), 9.0),), place=(0, 1, 3), weight=9.0))
    assert is_tried(raised, START, _now(manual_edits=(((0, 1, 2), 0.8),), weight=0.8))
    descended = LessonStep(text=Both("a", "b"), expect="descended", value=5)
    assert is_tried(descended, START, _now(step=45, slope_loss=0.6))
    assert not is_tried(descended, START, _now(step=44, slope_loss=0.6))


def test_other_data_or_layers_are_noticed() -> None:
    """Not where the step asks for them, and not where only the ends of the network fit other columns."""
    step, layers, load = (LessonStep(text=Both("a", "b"), expect=name) for name in ("next", "layers", "loaded"))
    start = LessonState(file="xor.csv", shape=(2, 3, 1))
    for other in (LessonState(file="iris.csv", shape=(2, 3, 1)), LessonState(file="xor.csv", shape=(2, 4, 1))):
        assert has_left(step, start, other)
        assert not has_left(load, start, other)
    assert not has_left(layers, start, LessonState(file="xor.csv", shape=(2, 4, 1)))
    assert not has_left(step, start, LessonState(file="xor.csv", shape=(1, 3, 1)))
    assert not has_left(step, LessonState(), start)


def test_other_values_are_met_too() -> None:
    """Anything selected, and a step that lands higher; unknown landings are neither."""
    anything = LessonStep(text=Both("a", "b"), expect="selected", value="any")
    assert is_met(anything, START, _now(selected="output"))
    assert not is_met(anything, START, _now())
    higher = LessonStep(text=Both("a", "b"), expect="lands", value="higher")
    assert is_met(higher, START, _now(slope_loss=0.5, landing=math.inf))
    assert not is_met(higher, START, _now())


def test_epochs_count_from_the_start_also_after_a_reset() -> None:
    """A reader who resets in between has to do as many as asked, not more."""
    step = LessonStep(text=Both("a", "b"), expect="epochs", value=3)
    assert not is_met(step, START, _now(epoch=2))
    assert is_met(step, START, _now(epoch=3))
    assert is_met(step, START, _now(epoch=7))


def test_values_are_those_of_the_states() -> None:
    """Numbers of now and of the start, each in its own form; what is unknown is a dash."""
    now = _now(
        loss=0.25,
        accuracy=0.875,
        guess=0.5,
        epoch=10,
        weight=-1.5,
        gradient=0.02,
        words={"row": "row 4", "answer": "yes"},
    )
    values = values_of(START, now)
    assert set(values) == set(VALUES)
    assert (values["start_loss"], values["loss"], values["loss_change"]) == ("0.500", "0.250", "−0.250")
    assert values["accuracy"] == "87.5\N{NO-BREAK SPACE}%"
    assert (values["epoch"], values["epochs_done"]) == ("10", "6")
    assert (values["weight"], values["gradient"]) == ("−1.500", "+0.020")
    assert (values["row"], values["truth"], values["start_answer"], values["landing"]) == ("row 4", "–", "–", "–")
