"""In which settings two runs differ, name by name and value by value."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, Protocol

from ann_viz.engine import ACTIVATIONS, LOSSES, OPTIMIZERS, SCHEDULES, LayerConfig, NetworkConfig, TrainConfig
from ann_viz.numerals import count, format_number, percent
from ann_viz.session.run import Run
from ann_viz.translation import translatable, translate

if TYPE_CHECKING:
    from ann_viz.data import Dataset

__all__ = [
    "CHOICES",
    "NETWORK",
    "TRAINING",
    "Difference",
    "layers_text",
    "number_text",
    "run_differences",
    "setting_text",
    "settings_differences",
    "training_differences",
]

CHOICES: Final[Mapping[str, Mapping[str, Any]]] = {"optimizer": OPTIMIZERS, "schedule": SCHEDULES, "loss": LOSSES}
SHARES: Final = frozenset({"dropout"})

TRAINING: Final[Mapping[str, tuple[str, str]]] = {
    "optimizer": (translatable("Optimizer"), translatable("how a step is made")),
    "learning_rate": (translatable("Learning rate"), translatable("size of a step")),
    "batch_size": (translatable("Batch"), translatable("rows per step")),
    "epochs": (translatable("Epochs"), translatable("asked for")),
    "l1": (translatable("L1"), translatable("penalty on all weights")),
    "l2": (translatable("L2"), translatable("penalty on big weights")),
    "dropout": (translatable("Dropout"), translatable("neurons left out in a step")),
    "clip_norm": (translatable("Clipping"), translatable("longest gradient")),
    "schedule": (translatable("Schedule"), translatable("of the learning rate")),
    "schedule_epochs": (translatable("Schedule every"), translatable("epochs")),
    "schedule_factor": (translatable("Schedule factor"), translatable("of the learning rate")),
    "schedule_total": (translatable("Schedule over"), translatable("epochs")),
    "patience": (translatable("Patience"), translatable("epochs without improvement")),
    "target_loss": (translatable("Target loss"), translatable("stops there")),
    "max_seconds": (translatable("Time limit"), translatable("seconds")),
    "class_weights": (translatable("Class weights"), translatable("rare classes count more")),
    "momentum": (translatable("Momentum"), translatable("how much of the step before is kept")),
    "average_epochs": (translatable("Average"), translatable("of the weights, over so many epochs")),
    "seed": (translatable("Seed of the order"), translatable("of rows and dropout")),
}
"""Fields of `TrainConfig` with their name and what they are in plain words; others go by their own name."""

NETWORK: Final[Mapping[str, tuple[str, str]]] = {
    "loss": (translatable("Loss"), translatable("what is made small")),
    "dtype": (translatable("Precision"), translatable("of all numbers")),
    "seed": (translatable("Seed"), translatable("of the starting weights")),
}


@dataclass(frozen=True, slots=True)
class Difference:
    """A setting that is not the same in two runs.

    Parameters
    ----------
    name, words : str
        "L2", and in plain words "penalty on big weights".
    one, other : str
        Its values.
    """

    name: str
    words: str
    one: str
    other: str


class HasSettings(Protocol):
    """A run, or as much as is remembered of one."""

    @property
    def network_config(self) -> NetworkConfig:
        """Its network."""

    @property
    def settings(self) -> TrainConfig:
        """How it learns."""


def setting_text(name: str, value: object) -> str:
    """Write the value of a setting: "0.001", "Adam", "off"."""
    if value is None:
        return translate("usual") if name == "loss" else translate("off")
    if isinstance(value, str):
        return translate(CHOICES[name][value].label if name in CHOICES else value)
    if not isinstance(value, int | float):
        return str(value)
    if name in SHARES:
        return percent(value)
    return number_text(value)


def number_text(value: float) -> str:
    """Write the number that a setting is."""
    return format_number(value, ",.4g" if value < 10_000 else ",.0f")


def layers_text(hidden: tuple[LayerConfig, ...]) -> str:
    """Write hidden layers: "6 · 6 ReLU"."""
    if not hidden:
        return translate("none")
    functions = dict.fromkeys(ACTIVATIONS[layer.activation].label for layer in hidden)
    return f"{' · '.join(format_number(layer.neurons) for layer in hidden)} {', '.join(functions)}"


def run_differences(one: Run, other: Run) -> tuple[Difference, ...]:
    """Return in what two runs differ: data first, then the network, then how it learns."""
    return (*_data(one.dataset, other.dataset), *settings_differences(one, other))


def settings_differences(one: HasSettings, other: HasSettings) -> tuple[Difference, ...]:
    """Return in what two runs differ but for their data."""
    return (*_network(one, other), *training_differences(one.settings, other.settings))


def _data(one: Dataset, other: Dataset) -> Iterator[Difference]:
    if one is other:
        return
    inputs = one.recipe.inputs, other.recipe.inputs
    if inputs[0] != inputs[1]:
        numbers = (count(len(names), "column") for names in inputs)
        yield Difference(translate("Columns"), translate("that it learns from"), *numbers)
    elif one.recipe.split != other.recipe.split:
        yield Difference(translate("Split"), translate("which rows are for what"), "A", "B")
    else:
        yield Difference(translate("Data"), translate("how columns become numbers"), "A", "B")


def _network(one: HasSettings, other: HasSettings) -> Iterator[Difference]:
    networks = one.network_config, other.network_config
    layers = [layers_text(network.hidden) for network in networks]
    if layers[0] != layers[1]:
        yield Difference(translate("Hidden layers"), translate("neurons"), *layers)
    elif _start(networks[0]) != _start(networks[1]):
        yield Difference(translate("Start"), translate("how starting weights are drawn"), "A", "B")
    for field, (name, words) in NETWORK.items():
        values = [getattr(network, field) for network in networks]
        if values[0] != values[1]:
            yield Difference(translate(name), translate(words), *(setting_text(field, value) for value in values))


def _start(network: NetworkConfig) -> tuple[Any, ...]:
    """Return how starting weights are drawn, but for the seed."""
    return network.hidden, network.output_initializer, network.output_scale


def training_differences(one: TrainConfig, other: TrainConfig) -> Iterator[Difference]:
    """Yield in what two ways of learning differ."""
    for field in type(one).__dataclass_fields__:
        values = getattr(one, field), getattr(other, field)
        if values[0] != values[1]:
            name, words = TRAINING.get(field, (field.replace("_", " "), ""))
            texts = (setting_text(field, value) for value in values)
            yield Difference(translate(name), translate(words) if words else "", *texts)
