"""A new row in a table is all it takes: settings allow it, a network trains with it, and every row is complete."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from ann_viz.engine import (
    ACTIVATIONS,
    INITIALIZERS,
    LOSSES,
    OPTIMIZERS,
    OUTPUTS,
    SCHEDULES,
    LayerConfig,
    Network,
    NetworkConfig,
    TrainConfig,
    Trainer,
    function_named,
    losses_of,
)
from ann_viz.errors import ConfigError

TABLES: dict[str, Any] = {
    "activation": ACTIVATIONS,
    "loss": LOSSES,
    "optimiser": OPTIMIZERS,
    "schedule": SCHEDULES,
}


@pytest.mark.parametrize("kind", TABLES)
def test_every_row_is_complete(kind: str) -> None:
    """It lies under its own name, and has a label and what else is shown of it."""
    for name, row in TABLES[kind].items():
        assert row.name == name and row.label
        assert getattr(row, "formula", "none is shown")


def test_every_activation_has_words_for_every_sum_and_weights_that_suit_it() -> None:
    """One sentence far below, around and far above 0; a rule for the starting weights that exists."""
    for activation in ACTIVATIONS.values():
        assert activation.initializer in INITIALIZERS
        assert all(activation.words_at(z).endswith(".") for z in (-np.inf, -3.0, -0.5, 0.0, 0.5, 3.0, np.inf))


def test_what_squashes_never_leaves_its_range() -> None:
    """The range in a row is the one that the function's values lie in, and nothing that has none is bounded."""
    Z = np.linspace(-60, 60, 1001)
    for activation in ACTIVATIONS.values():
        A = activation.evaluate(Z)
        low, high = activation.squashes_into or (-np.inf, np.inf)
        assert low <= A.min() and A.max() <= high
        assert (A.max() < 2) == (activation.squashes_into is not None)
        assert activation.can_die == (not activation.slope(-np.abs(Z)).any())


def test_functions_of_the_output_are_found_by_name_too() -> None:
    """Those of hidden layers, and the softmax, which is none of them."""
    assert function_named("relu") is ACTIVATIONS["relu"]
    assert {task: function_named(row.name).label for task, row in OUTPUTS.items()} == {
        "binary": "Sigmoid",
        "multiclass": "Softmax",
        "regression": "Linear",
    }


def test_formula_is_the_one_on_its_side_of_zero() -> None:
    """Only where a function has two."""
    assert [ACTIVATIONS["elu"].formula_at(z) for z in (-1.0, 1.0)] == ["e^z − 1", "z"]
    assert ACTIVATIONS["tanh"].formula_at(-1.0) == ACTIVATIONS["tanh"].formula_at(1.0) == "tanh(z)"


X = np.random.default_rng(0).uniform(-1, 1, (64, 2))


def trainer() -> Trainer:
    """Return one that learns x³ of the first input with nothing but new rows."""
    hidden = (LayerConfig(neurons=5, activation="cube"),)
    network = Network(
        NetworkConfig(n_inputs=2, n_outputs=1, hidden=hidden, task="regression", loss="quartic", dtype="float64")
    )
    config = TrainConfig(optimizer="sign", schedule="harmonic", learning_rate=0.02, batch_size=0, epochs=30)
    return Trainer(network, X, X[:, :1] ** 3, config=config)


@pytest.mark.usefixtures("rows_added")
def test_new_rows_train() -> None:
    """The loss falls, the gradient is the slope of the loss, the step is the rule's, and the rate the schedule's."""
    one = trainer()
    assert losses_of("regression")[-1].name == "quartic"
    start, untrained = one.network.params.copy(), one.history.view().last("train_loss")
    expected = INITIALIZERS["lecun_normal"](2, 5, np.random.default_rng(one.network.config.seed))
    np.testing.assert_array_equal(one.network.W[0], expected)
    next(one)
    np.testing.assert_allclose(one.network.params, start - 0.02 * np.sign(one.gradients), atol=1e-15)
    losses = []
    for moved in (start + 1e-6 * np.eye(start.size)[3], start - 1e-6 * np.eye(start.size)[3]):
        network = Network.network_from(one.network.config, moved)
        losses.append(((network.predict(X) - X[:, :1] ** 3) ** 4).mean())
    assert one.gradients[3] == pytest.approx((losses[0] - losses[1]) / 2e-6, rel=1e-5)
    for _ in one:
        pass
    assert one.history.view().last("train_loss") < untrained / 3
    np.testing.assert_allclose(one.history.view().learning_rate[2:], 0.02 / np.arange(2, 31))


def test_without_its_row_a_name_is_refused() -> None:
    """The message lists what there is."""
    for make in (
        lambda: LayerConfig(activation="cube"),
        lambda: TrainConfig(optimizer="sign"),
        lambda: TrainConfig(schedule="harmonic"),
        lambda: NetworkConfig(n_inputs=1, n_outputs=1, task="regression", loss="quartic"),
    ):
        with pytest.raises(ConfigError):
            make()
    with pytest.raises(ConfigError, match="Choose one of constant, step, cosine, plateau"):
        TrainConfig(schedule="harmonic")
