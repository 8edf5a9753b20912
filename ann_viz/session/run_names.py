"""What a run is called: what changed against the one that it came from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Final, Protocol

from ann_viz.engine import ACTIVATIONS, LayerConfig, NetworkConfig, TrainConfig
from ann_viz.numerals import count, format_number, listed
from ann_viz.session.run_differences import CHOICES, number_text
from ann_viz.translation import translatable, translate

__all__ = ["changes", "run_name"]

MOST_NAMED: Final = 2

_WITH_VALUE: Final[Mapping[str, str]] = {
    "learning_rate": translatable("learning rate {value}"),
    "batch_size": translatable("batch {value}"),
    "epochs": translatable("{value} epochs"),
    "l1": translatable("L1 {value}"),
    "l2": translatable("L2 {value}"),
    "dropout": translatable("dropout {value}"),
    "clip_norm": translatable("clipping {value}"),
    "schedule_epochs": translatable("schedule every {value}"),
    "schedule_factor": translatable("schedule × {value}"),
    "patience": translatable("patience {value}"),
    "target_loss": translatable("target loss {value}"),
    "max_seconds": translatable("{value} s at most"),
    "schedule_total": translatable("schedule over {value} epochs"),
    "momentum": translatable("momentum {value}"),
    "seed": translatable("seed {value}"),
    "dtype": translatable("{value}"),
    "class_weights": translatable("classes {value}"),
    "average_epochs": translatable("average over {value} epochs"),
}
_WITHOUT: Final[Mapping[str, str]] = {
    "clip_norm": translatable("no clipping"),
    "patience": translatable("no early stopping"),
    "schedule_total": translatable("schedule over all epochs"),
    "target_loss": translatable("no target loss"),
    "max_seconds": translatable("no time limit"),
    "class_weights": translatable("no class weights"),
    "loss": translatable("usual loss"),
    "average_epochs": translatable("no average"),
}


class Named(Protocol):
    """A run, or what a file says of one, as far as its name follows from it; see `Run`."""

    @property
    def title(self) -> str:
        """What it was called by hand."""

    @property
    def parent(self) -> int | None:
        """The run it came from."""

    @property
    def branched_at(self) -> int | None:
        """The epoch of that one from which it went on."""

    @property
    def dataset(self) -> object:
        """What it learns from; only whether that is the same counts."""

    @property
    def network_config(self) -> NetworkConfig:
        """Its network."""

    @property
    def settings(self) -> TrainConfig:
        """How it learns."""


def run_name(run: Named, parent: Named | None) -> str:
    """Return what a run is called.

    Parameters
    ----------
    run : Named
    parent : Named or None
        The run it came from; None where there is none, or none any more.
    """
    if run.title:
        return run.title
    if parent is None:
        return translate("First run") if run.parent is None else translate("A later run")
    parts = changes(parent, run)
    if len(parts) > MOST_NAMED:
        parts = [count(len(parts), "change")]
    if run.branched_at is not None:
        parts.append(translate("from epoch {epoch}").format(epoch=format_number(run.branched_at)))
    name = ", ".join(parts) or translate("Same again")
    return name[0].upper() + name[1:]


def changes(before: Named, after: Named) -> list[str]:
    """Return what is otherwise in one run than in another, each in a word or two."""
    parts = [] if before.dataset is after.dataset else [_data_change(before.dataset, after.dataset)]
    parts += _layer_changes(before.network_config.hidden, after.network_config.hidden)
    parts += _field_changes(before.network_config, after.network_config, ("loss", "dtype", "seed"))
    starts = [(run.network_config.output_initializer, run.network_config.output_scale) for run in (before, after)]
    if starts[0] != starts[1] and before.network_config.hidden == after.network_config.hidden:
        parts.append(translate("other starting weights"))
    parts += _field_changes(before.settings, after.settings, tuple(TrainConfig.__dataclass_fields__))
    return parts


def _data_change(before: object, after: object) -> str:
    """Return what is otherwise in the data: columns that were left out or taken in, or more than that."""
    from ann_viz.data import Dataset  # the first window has none

    if isinstance(before, Dataset) and isinstance(after, Dataset):
        left, come = (
            tuple(name for name in one.recipe.inputs if name not in other.recipe.inputs)
            for one, other in ((before, after), (after, before))
        )
        if (left or come) and replace(before.recipe, inputs=after.recipe.inputs) == after.recipe:
            texts = ((translate("with {names}"), come), (translate("without {names}"), left))
            return ", ".join(text.format(names=_column_names(names)) for text, names in texts if names)
    return translate("other columns")


def _column_names(names: tuple[str, ...]) -> str:
    return listed(names) if len(names) <= MOST_NAMED else count(len(names), "column")


def _layer_changes(before: tuple[LayerConfig, ...], after: tuple[LayerConfig, ...]) -> Iterator[str]:
    """Yield what is otherwise in the hidden layers."""
    sizes, sizes_before = ([layer.neurons for layer in layers] for layers in (after, before))
    if sizes != sizes_before:
        if not sizes:
            yield translate("no hidden layer")
        elif len(sizes) == 1:
            yield count(sizes[0], "neuron")
        else:
            yield translate("{sizes} neurons").format(sizes=" · ".join(map(str, sizes)))
    functions, functions_before = ([layer.activation for layer in layers] for layers in (after, before))
    same_depth = len(after) == len(before)
    is_otherwise = functions != functions_before if same_depth else set(functions) - set(functions_before)
    if is_otherwise:
        yield ", ".join(dict.fromkeys(ACTIVATIONS[name].label for name in functions))
    if same_depth and [layer.initializer for layer in after] != [layer.initializer for layer in before]:
        yield translate("other starting weights")


def _field_changes(
    before: NetworkConfig | TrainConfig, after: NetworkConfig | TrainConfig, names: tuple[str, ...]
) -> Iterator[str]:
    for name in names:
        value = getattr(after, name)
        if value == getattr(before, name):
            continue
        if not value and name in _WITHOUT:
            yield translate(_WITHOUT[name])
        elif name in CHOICES:
            yield translate(CHOICES[name][value].label)
        else:
            text = value if isinstance(value, str) else number_text(value)
            yield translate(_WITH_VALUE[name]).format(value=text)
