"""What a twin can have otherwise, as it is chosen: one setting and its value, or a column and its role."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final, Literal

from ann_viz.engine import ACTIVATIONS, MOST_HIDDEN_LAYERS, OPTIMIZERS, LayerConfig
from ann_viz.errors import ConfigError
from ann_viz.session.run import Run
from ann_viz.session.twin import Change
from ann_viz.translation import translatable, translate

__all__ = ["TWIN_CHOICES", "TwinChoice", "choices_for"]


@dataclass(frozen=True, slots=True)
class TwinChoice:
    """One thing that can be changed.

    Parameters
    ----------
    label : str
    form : {"number", "whole", "percent", "text", "list"}
        How its value is given.
    suggest : callable
        Returns a value to begin with, which is not the run's own.
    change : callable
        Returns the change that a value makes of a run; raises ConfigError where it makes none.
    options : callable
        Returns the values of a list with their labels; nothing of other forms.
    """

    label: str
    form: Literal["number", "whole", "percent", "text", "list"]
    suggest: Callable[[Run], Any]
    change: Callable[[Run, Any], Change]
    options: Callable[[Run], Mapping[Any, str]]


def _training(
    field: str, label: str, form: Any, suggest: Callable[[Any], Any], options: Mapping[Any, str] | None = None
) -> TwinChoice:
    """Return a choice of one field of how it learns."""

    def change(run: Run, value: Any) -> Change:
        _refuse_same(getattr(run.settings, field), value)
        replace(run.settings, **{field: value})  # checks it
        return Change({}, {field: value})

    return TwinChoice(label, form, lambda run: suggest(getattr(run.settings, field)), change, _always(options or {}))


def _always(options: Mapping[Any, str]) -> Callable[[Run], Mapping[Any, str]]:
    return lambda _run: options


def _refuse_same(now: object, value: object) -> None:
    if now == value:
        raise ConfigError(translate("The run has this already. Choose another value."), field="twin")


def _other_of(values: Mapping[Any, str]) -> Callable[[Any], Any]:
    return lambda now: next(value for value in values if value != now)


def _layers(run: Run, text: str) -> Change:
    """Return a change of the hidden layers from "16, 8"; layers keep their activation."""
    parts = [part for part in str(text).replace("·", ",").replace(";", ",").split(",") if part.strip()]
    if not all(part.strip().isdigit() for part in parts) or len(parts) > MOST_HIDDEN_LAYERS:
        raise ConfigError(translate("Write the neurons of each hidden layer, such as 16, 8."), field="hidden")
    before = run.network_config.hidden
    kind = before[-1] if before else LayerConfig()
    hidden = tuple(
        replace(before[place] if place < len(before) else kind, neurons=int(part)) for place, part in enumerate(parts)
    )
    _refuse_same(before, hidden)
    return Change({"hidden": hidden}, {})


def _wider(run: Run) -> str:
    sizes = [2 * layer.neurons for layer in run.network_config.hidden] or [4]
    return ", ".join(map(str, sizes))


def _activation(run: Run, name: str) -> Change:
    before = run.network_config.hidden
    hidden = tuple(replace(layer, activation=name, initializer=None) for layer in before)
    _refuse_same(before, hidden)
    return Change({"hidden": hidden}, {})


def _other_activation(run: Run) -> str:
    used = {layer.activation for layer in run.network_config.hidden}
    return "tanh" if "tanh" not in used else "relu"


def _start(run: Run, seed: Any) -> Change:
    _refuse_same(run.network_config.seed, int(seed))
    return Change({"seed": int(seed)}, {})


def _columns(run: Run) -> Mapping[str, str]:
    return {name: name for name in run.dataset.recipe.inputs}


def _last_column(run: Run) -> str:
    return run.dataset.recipe.inputs[-1]


def _without(run: Run, column: str) -> Change:
    change = Change({}, {}, without=(column,))
    change.recipe(run)  # checks it
    return change


def _left_out(run: Run) -> Mapping[str, str]:
    """Return the columns that the run does not learn from and a twin could."""
    from ann_viz.data.encoding.features import input_labels  # the first window has none

    recipe = run.dataset.recipe
    return {
        column.name: column.name
        for column in run.dataset.table.columns
        if recipe.role(column.name) == "ignore"
        and column.kind not in ("empty", "constant")
        and input_labels(column, recipe.plan(column.name))
    }


def _first_left_out(run: Run) -> str:
    return next(iter(_left_out(run)))


def _with_too(_run: Run, column: str) -> Change:
    return Change({}, {}, with_too=(column,))


_OPTIMIZER_LABELS: Final = {rule.name: rule.label for rule in OPTIMIZERS.values()}
_BATCHES: Final = {size: f"{size}" for size in (1, 8, 16, 32, 64, 128, 256, 512)} | {0: translatable("All")}
_WEIGHTS: Final = {"balanced": translatable("balanced"), None: translatable("off")}

TWIN_CHOICES: Final[Mapping[str, TwinChoice]] = {
    "l2": _training("l2", translatable("L2 penalty"), "number", lambda now: 0.0 if now else 0.001),
    "learning_rate": _training(
        "learning_rate", translatable("Learning rate"), "number", lambda now: float(f"{now * 0.3:.1g}")
    ),
    "layers": TwinChoice(translatable("Hidden layers"), "text", _wider, _layers, _always({})),
    "activation": TwinChoice(
        translatable("Activation"), "list", _other_activation, _activation,
        _always({activation.name: activation.label for activation in ACTIVATIONS.values()}),
    ),
    "optimizer": _training(
        "optimizer", translatable("Optimizer"), "list", _other_of(_OPTIMIZER_LABELS), _OPTIMIZER_LABELS
    ),
    "batch_size": _training("batch_size", translatable("Batch size"), "list", _other_of(_BATCHES), _BATCHES),
    "dropout": _training("dropout", translatable("Dropout"), "percent", lambda now: 0.0 if now else 0.2),
    "class_weights": _training(
        "class_weights", translatable("Class weights"), "list", _other_of(_WEIGHTS), _WEIGHTS
    ),
    "seed": TwinChoice(
        translatable("Starting weights"), "whole", lambda run: run.network_config.seed + 1, _start, _always({})
    ),
    "columns": TwinChoice(translatable("Leave out"), "list", _last_column, _without, _columns),
    "left_out": TwinChoice(translatable("Take in"), "list", _first_left_out, _with_too, _left_out),
}  # fmt: skip
"""By id, in the order in which they are offered."""


def choices_for(run: Run) -> dict[str, TwinChoice]:
    """Return those that a run can have a twin by: a list without anything on it is no choice."""
    return {id: choice for id, choice in TWIN_CHOICES.items() if choice.form != "list" or choice.options(run)}
