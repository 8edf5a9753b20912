"""Settings refuse what makes no sense, in a sentence that names the field."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from ann_viz.engine import LayerConfig, NetworkConfig, TrainConfig
from ann_viz.errors import ConfigError

REFUSED: list[tuple[str, Callable[[], object]]] = [
    ("neurons", lambda: LayerConfig(neurons=0)),
    ("activation", lambda: LayerConfig(activation="step")),  # type: ignore[arg-type]
    ("initializer", lambda: LayerConfig(initializer="ones")),  # type: ignore[arg-type]
    ("n_inputs", lambda: NetworkConfig(n_inputs=0, n_outputs=1)),
    ("hidden layers", lambda: NetworkConfig(n_inputs=1, n_outputs=1, hidden=(LayerConfig(),) * 65)),
    ("output_initializer", lambda: NetworkConfig(n_inputs=1, n_outputs=1, output_initializer="x")),  # type: ignore[arg-type]
    ("loss", lambda: NetworkConfig(n_inputs=1, n_outputs=1, loss="mse")),
    ("n_outputs", lambda: NetworkConfig(n_inputs=1, n_outputs=2)),
    ("n_outputs", lambda: NetworkConfig(n_inputs=1, n_outputs=1, task="multiclass")),
    ("learning_rate", lambda: TrainConfig(learning_rate=float("nan"))),
    ("seed", lambda: TrainConfig(seed=10**400)),
    ("batch_size", lambda: TrainConfig(batch_size=-(10**400))),
    ("dropout", lambda: TrainConfig(dropout=1)),
    ("patience", lambda: TrainConfig(patience=0)),
    ("class_weights", lambda: TrainConfig(class_weights="some")),  # type: ignore[arg-type]
]


@pytest.mark.parametrize(("field", "make"), REFUSED)
def test_refused(field: str, make: Callable[[], object]) -> None:
    """A value out of range raises a ConfigError with the field's name."""
    with pytest.raises(ConfigError) as error:
        make()
    assert error.value.field == field


def test_sizes_and_parameters() -> None:
    """An 11-6-6-1 network has 121 parameters: 12·6 + 7·6 + 7·1."""
    config = NetworkConfig(n_inputs=11, n_outputs=1)
    assert config.sizes == (11, 6, 6, 1)
    assert config.n_parameters == 121


def test_losses_of_regression() -> None:
    """Regression takes the squared error unless told otherwise."""
    assert NetworkConfig(n_inputs=1, n_outputs=1, task="regression").loss_name == "mse"
    assert NetworkConfig(n_inputs=1, n_outputs=1, task="regression", loss="mae").loss_name == "mae"
