"""The story of a step ends at the weight the trainer really has, and its displayed numbers add up by hand."""

from __future__ import annotations

import math
import re
from typing import Any

import numpy as np
import pytest

from ann_viz.engine import OPTIMIZERS, LayerConfig, Network, NetworkConfig, TrainConfig, Trainer
from ann_viz.engine.parameter_state import ParameterState
from ann_viz.explain.update import UpdateStory, explain_update

PENALTIES = [{}, {"l2": 0.03}, {"l1": 0.02}, {"l1": 0.02, "l2": 0.03, "clip_norm": 0.05}]
N_STEPS = 5
WEIGHT, BIAS = 1, -1  # places in the vector of parameters; the last one is the bias of the output


def told_and_done(name: Any, settings: dict[str, Any], dtype: Any, place: int) -> list[tuple[UpdateStory, float]]:
    """Run the real trainer; for every step its story, told from what was known before it, and the weight after it."""
    rng = np.random.default_rng(0)
    X = rng.normal(size=(40, 3)).astype(dtype)
    Y = (X[:, :1] + 0.4 * X[:, 1:2] > 0).astype(dtype)
    hidden = (LayerConfig(neurons=4, activation="tanh"),)
    network = Network(NetworkConfig(n_inputs=3, n_outputs=1, hidden=hidden, dtype=dtype))
    config = TrainConfig(optimizer=name, learning_rate=0.02, batch_size=8, **settings)
    trainer = Trainer(network, X, Y, config=config)
    pairs = []
    where = {WEIGHT: (0, 0, 1), BIAS: (1, 4, 0)}[place]
    before = network.params.copy()
    for _ in range(N_STEPS):
        assert trainer.parameter_state(*where) is None, "before the batch there is no gradient"
        for phase in trainer.phases():
            if phase.kind == "backward" and phase.layer == 0:
                parameter = trainer.parameter_state(*where)
        assert parameter is not None and parameter.weight == before[place]
        before = network.params.copy()
        story = explain_update(config, parameter)
        assert story.gradient == pytest.approx(float(trainer.gradients[place]), rel=1e-4, abs=1e-8)
        pairs.append((story, float(network.params[place])))
    return pairs


@pytest.mark.parametrize("place", [WEIGHT, BIAS])
@pytest.mark.parametrize("settings", PENALTIES)
@pytest.mark.parametrize("name", OPTIMIZERS)
def test_the_story_ends_at_the_trainers_weight(name: Any, settings: Any, place: int) -> None:
    """Old weight, change and new weight are those of the trainer, in single and in double precision."""
    for dtype, tolerance in (("float32", 2e-6), ("float64", 1e-12)):
        for story, done in told_and_done(name, settings, dtype, place):
            assert story.before + story.change == pytest.approx(story.after, abs=1e-15)
            assert story.after == pytest.approx(done, abs=tolerance)


def by_hand(name: str, numbers: dict[str, float], old: dict[str, float], step: int, w: float, settings: Any) -> float:
    """The new weight from the displayed intermediate numbers alone, each of which is checked on the way."""
    g = numbers["g"]
    direction = g
    close = {"rel": 2e-4, "abs": 1e-12}
    if name in ("momentum", "nesterov"):
        direction = 0.9 * old["m"] + g
        assert direction == pytest.approx(numbers["m"], **close)
        if name == "nesterov":
            direction = 0.9 * numbers["m"] + g
            assert direction == pytest.approx(numbers["d"], **close)
    elif name == "adagrad":
        assert old["v"] + g**2 == pytest.approx(numbers["v"], **close)
        direction = g / (math.sqrt(numbers["v"]) + 1e-10)
    elif name == "rmsprop":
        assert 0.99 * old["v"] + 0.01 * g**2 == pytest.approx(numbers["v"], **close)
        direction = g / (math.sqrt(numbers["v"]) + 1e-8)
    elif name.startswith("adam"):
        assert 0.9 * old["m"] + 0.1 * g == pytest.approx(numbers["m"], rel=2e-3, abs=1e-6)  # may cancel
        assert 0.999 * old["v"] + 0.001 * g**2 == pytest.approx(numbers["v"], **close)
        assert numbers["m"] / (1 - 0.9 ** (step + 1)) == pytest.approx(numbers["m̂"], **close)
        assert numbers["v"] / (1 - 0.999 ** (step + 1)) == pytest.approx(numbers["v̂"], **close)
        direction = numbers["m̂"] / (math.sqrt(numbers["v̂"]) + 1e-8)
    assert -0.02 * direction == pytest.approx(numbers["Δw"], rel=3e-4)
    decay = 0.02 * settings.get("l2", 0) * w if name == "adamw" else 0.0
    return w - decay + numbers["Δw"]


def read(text: str) -> float:
    digits, _, power = text.replace("−", "-").partition("·10")
    return float(f"{digits}e{power.translate(str.maketrans('⁻⁰¹²³⁴⁵⁶⁷⁸⁹', '-0123456789')) or 0}")


@pytest.mark.parametrize("settings", PENALTIES[:2])
@pytest.mark.parametrize("name", OPTIMIZERS)
def test_displayed_numbers_make_the_trainers_weight(name: Any, settings: Any) -> None:
    """Taken from the text with its five digits, the intermediate numbers lead to the trainer's weight."""
    for step, (story, done) in enumerate(told_and_done(name, settings, "float32", WEIGHT)):
        numbers: dict[str, float] = {}
        for line in story.lines[:-1]:
            numbers[line.text.split(" = ")[0]] = read(line.spans[-1].text)
        known = list(dict.fromkeys(quantity.symbol for quantity in story.quantities))
        assert known == [symbol for symbol in numbers if symbol not in ("∂L/∂w", "p")], "the mean, and with penalties"
        old = {each.symbol: each.before for each in story.quantities if each.before is not None}
        weight = read(re.findall(r"w ← (−?[\d.e−+]+)", story.lines[-1].text)[0])
        assert by_hand(name, numbers, old, step, weight, settings) == pytest.approx(done, abs=2e-5)
        assert read(story.lines[-1].spans[-1].text) == pytest.approx(done, rel=5.1e-5)


def state_of(**numbers: Any) -> ParameterState:
    """What is known of a weight before a first step."""
    known = {"gradient_length": 0.0, "is_bias": False, "optimizer_state": (), "steps": 0}
    return ParameterState(**{**known, **numbers})


def test_sgd_is_one_line_of_its_own() -> None:
    """0.5 − 0.1·(−0.2) = 0.52."""
    story = explain_update(TrainConfig(optimizer="sgd"), state_of(weight=0.5, gradient=-0.2, learning_rate=0.1))
    assert [line.text for line in story.lines] == [
        "g = ∂L/∂w = −0.2",
        "Δw = −η·g = −0.1·(−0.2) = 0.02",
        "w ← 0.5 + 0.02 = 0.52",
    ]
    assert story["Δw"].after == pytest.approx(0.02)


def test_penalties_and_clipping_are_told_before_the_step() -> None:
    """Three names: ∂L/∂w, the mean; p with λ₂·w and −λ₁ for a negative weight; g, shortened to what is let through."""
    config = TrainConfig(optimizer="sgd", l1=0.01, l2=0.1, clip_norm=1)
    story = explain_update(config, state_of(weight=-0.5, gradient=0.4, learning_rate=0.1, gradient_length=2.0))
    assert [(line.label, line.text) for line in story.lines[:3]] == [
        ("mean gradient", "∂L/∂w = 0.4"),
        ("gradient + penalties", "p = 0.4 + 0.1·(−0.5) − 0.01 = 0.34"),
        ("clipped", "g = 0.34·1 / 2 = 0.17"),
    ]
    assert story.gradient == pytest.approx(0.17)
    assert [quantity.symbol for quantity in story.quantities] == ["g", "Δw"]


def test_adamw_tells_its_decay_apart() -> None:
    """The decay is no part of the gradient; the change holds both."""
    config = TrainConfig(optimizer="adamw", l2=0.1)
    story = explain_update(config, state_of(weight=2.0, gradient=0.5, learning_rate=0.01, optimizer_state=(0.0, 0.0)))
    assert story["Δdecay"].after == pytest.approx(-0.002)
    assert story.gradient == 0.5
    assert story.change == pytest.approx(-0.002 - 0.01, rel=1e-6)
    assert story.lines[-1].text == "w ← 2 − 0.002 − 0.01 = 1.988"
