"""Whoever works a printed formula out with a pocket calculator gets the printed result, to its last digit."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import replace
from typing import Any, Final, get_args

import numpy as np
import pytest
from pocket_calculator import Checked, number

from ann_viz.engine import ACTIVATIONS, LOSSES, OPTIMIZERS, LayerConfig, Network, NetworkConfig, TrainConfig, Trainer
from ann_viz.explain import STEPS, BatchSeen, Names, RunProgress, Selected, Settings, Situation, follow
from ann_viz.explain.judged_row import loss_formula, slope_formula
from ann_viz.explain.story import tell
from ann_viz.explain.texts import Voice
from ann_viz.explain.update import explain_update
from ann_viz.session import Session
from ann_viz.session.explaining import situation_of
from ann_viz.session.samples import find_sample, open_sample

VOICES: Final = get_args(Voice)

# One row --------------------------------------------------------------------------------------------------------------
CASES: Final = [(loss.name, activation) for loss in LOSSES.values() for activation in ACTIVATIONS]
SCALES: Final = (0.02, 1.0, 8.0, 1e3)  # of the weights: tiny sums, usual ones, sure answers, endless powers
PRICES: Final = (336_749.5, 126_958.2)  # mean and spread of a predicted number
RATES: Final = (0.01, 0.0037281923, 1.0)


def situations(loss: str, activation: str, *, n_classes: int = 8) -> Iterator[Situation]:
    """Rows followed through networks of all sizes of weights, with every kind of thing selected."""
    rng = np.random.default_rng(len(loss) + len(activation))
    task = LOSSES[loss].task
    n_outputs = n_classes if task == "multiclass" else 1
    hidden = tuple(LayerConfig(neurons=n, activation=activation) for n in (7, 5))
    config = NetworkConfig(n_inputs=6, n_outputs=n_outputs, hidden=hidden, task=task, loss=loss)
    for scale, rate in zip(SCALES, (*RATES, 0.01), strict=True):
        network = Network(replace(config, seed=int(rng.integers(1000))))
        network.params[:] = (network.params + rng.normal(size=network.params.size) * 0.2) * scale
        x = rng.normal(size=6).astype(np.float32)
        x[2:4] = 0.0, 1.0
        y = {"binary": rng.integers(2, size=1), "multiclass": np.eye(n_outputs)[rng.integers(n_outputs)]}
        special = scale == SCALES[1]
        row = follow(
            network,
            x,
            np.asarray(y.get(task, rng.normal(size=1)), dtype=np.float32),
            weight=2.4537 if special and task != "regression" else 1.0,
            masks=tuple((rng.random(n) > 0.3) / np.float32(0.7) for n in (7, 5)) if special else (),
        )
        names = Names(
            row="row 3", target="price", inputs=tuple("abcdef"), outputs=tuple(f"class {n}" for n in range(n_outputs)),
            answer="B 40 %", truth="B", certainty="40 %", right=None if task == "regression" else True,
        )  # fmt: skip
        progress = RunProgress(
            epoch=4, epochs=200, n_train=700, learning_rate=rate, optimizer="SGD", batch_size=32, first_loss=0.7,
            loss=0.4, best_loss=0.4, best_epoch=3, weights="epoch 4",
        )  # fmt: skip
        told = Situation(
            network=network, row=row, facts=(), names=names, progress=progress,
            target_scale=PRICES if task == "regression" else (0.0, 1.0),
        )  # fmt: skip
        yield told
        masks = tuple(np.where(np.arange(layer.neurons) % 3 == 2, 0.0, 1 / 0.7) for layer in hidden)
        masked = follow(network, x, row.y, weight=1.8321 if task != "regression" else 1.0, masks=masks)
        batch = BatchSeen(n_rows=32, place=6, is_over=True, mean=0.0123 * scale, before=0.4871 * scale)
        yield replace(
            told, row=masked, settings=Settings(dropout=0.3), batch=batch, selected=Selected(column=1, index=1)
        )
        for column, index, source in ((1, 2, None), (2, 1, 4), (3, 0, None), (3, n_outputs - 1, 2), (1, 0, 3)):
            yield replace(told, selected=Selected(column=column, index=index, source=source))


@pytest.mark.parametrize(("loss", "activation"), CASES)
def test_every_formula_of_a_row_follows(checked: Checked, loss: str, activation: str) -> None:
    """Sums, answers, losses, slopes, blame, gradients and steps: both voices, all steps, whatever is selected."""
    for situation in situations(loss, activation):
        for step in range(1, STEPS + 1):
            for voice in VOICES:
                for line in tell(step, situation, voice).lines:
                    checked.line(line.text)
    differences = {"L = −ln(ŷ)", "−ln(ŷ)", "−ln(1 − ŷ)", "ŷ − y", "k·(−ln(ŷ))", "k·(−ln(1 − ŷ))", "k·(ŷ − y)"}
    assert checked.stated <= {"∂L/∂w"} | differences, "only what is known, and differences too small to be read"


@pytest.mark.parametrize(("loss", "activation"), CASES)
def test_the_results_are_the_engines(loss: str, activation: str) -> None:
    """With the weight of a class and with dropout: loss, slope, activation and blame are what the engine has."""
    for told in situations(loss, activation):
        row, n = told.row, len(told.row.y)
        if told.selected is None or told.selected.source is not None or not row.masks:
            continue
        results = {line.label: last_number(line.text) for step in (2, 3, 4) for line in tell(step, told, "plain").lines}
        k = int(np.argmax(row.y)) if n > 1 else 0
        if told.selected.column == 3:
            assert results["its slope" if k == 0 else "slope of class 0"] == pytest.approx(row.delta[-1][0], abs=6e-4)
            continue
        layer, j = told.selected.column - 1, told.selected.index
        assert results["passes on"] == pytest.approx(row.A[layer + 1][j], rel=0.03, abs=0.006)
        assert results[f"layer {layer + 1}, neuron {j + 1}"] == pytest.approx(row.delta[layer][j], rel=0.03, abs=6e-4)


def last_number(text: str) -> float:
    """The result of a line."""
    return float(number(text.partition("  →")[0].rpartition("= ")[2])[0]) if "= " in text else math.nan


# One step of the optimiser --------------------------------------------------------------------------------------------
PENALTIES: Final = ({}, {"l2": 0.03}, {"l1": 0.02}, {"clip_norm": 0.05}, {"l1": 0.02, "l2": 0.03, "clip_norm": 0.05})
SETTINGS: Final = (
    *PENALTIES,
    {"class_weights": "balanced"},
    *({"schedule": schedule, "epochs": 40, "schedule_epochs": 2} for schedule in ("cosine", "step", "plateau")),
)


@pytest.mark.parametrize("settings", SETTINGS, ids=str)
@pytest.mark.parametrize("name", OPTIMIZERS)
def test_every_step_of_an_optimiser_follows(checked: Checked, name: Any, settings: dict[str, Any]) -> None:
    """Averages, corrections, decay and the new weight, with every penalty, schedule and weight of classes."""
    rng = np.random.default_rng(0)
    X = rng.normal(size=(40, 3)).astype(np.float32)
    Y = (X[:, :1] + 0.4 * X[:, 1:2] > 0.5).astype(np.float32)
    network = Network(NetworkConfig(n_inputs=3, n_outputs=1, hidden=(LayerConfig(neurons=4, activation="tanh"),)))
    config = TrainConfig(optimizer=name, learning_rate=0.02, batch_size=8, **settings)
    trainer = Trainer(network, X, Y, config=config)
    for _ in range(12):
        for phase in trainer.phases():
            if phase.kind == "backward" and phase.layer == 0:
                for place in ((0, 0, 1), (0, 2, 3), (1, 1, 0), (1, 4, 0)):
                    parameter = trainer.parameter_state(*place)
                    assert parameter is not None
                    for line in explain_update(config, parameter).lines:
                        checked.line(line.text)
    assert checked.stated <= {"∂L/∂w"}, "what comes from the way back, and nothing else"


@pytest.mark.parametrize("loss", ["mse", "mae", "huber"])
def test_several_numbers_are_averaged(checked: Checked, loss: Any) -> None:
    """Two outputs count half each, in the loss and in the slope."""
    config = NetworkConfig(n_inputs=2, n_outputs=2, hidden=(), task="regression", loss=loss, dtype="float64")
    network = Network(config)
    row = follow(network, np.array([0.3, -1.7]), np.array([0.2, 1.9]))
    told = replace(next(situations(loss, "tanh")), network=network, row=row)
    cost, slope = loss_formula(told), slope_formula(told, 1)
    assert float(cost.result) == pytest.approx(row.loss, abs=6e-4)
    assert float(slope.result) == pytest.approx(row.delta[-1][1], abs=6e-4)
    for each in (cost, slope):
        checked.line("".join(span.text for span in each.spans))


# The program's own data -----------------------------------------------------------------------------------------------
@pytest.mark.parametrize("file", ["bank_customers.csv", "iris.csv", "house_prices.csv", "digits.csv"])
def test_every_formula_of_a_sample_follows(checked: Checked, file: str) -> None:
    """With the samples' own numbers, before and after training, in both voices."""
    found = find_sample(file)
    assert found is not None
    dataset = open_sample(found)
    session = Session()
    session.open(dataset)
    for _ in range(2):
        for row in (0, 7, 41):
            session.set_example(row)
            situation = situation_of(session)
            assert situation is not None
            for chosen in (None, Selected(column=1, index=1), Selected(column=1, index=2, source=3)):
                for step in range(1, STEPS + 1):
                    for voice in VOICES:
                        for line in tell(step, replace(situation, selected=chosen), voice).lines:
                            checked.line(line.text)
        for _ in range(20):
            session.step("batch")
    session.close()
    dataset.table.close()
