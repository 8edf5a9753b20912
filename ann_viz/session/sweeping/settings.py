"""The settings that a sweep can vary, one row each: how they are written, read and put into a run."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

from ann_viz.engine import ACTIVATIONS, OPTIMIZERS, SCHEDULES, LayerConfig, NetworkConfig, TrainConfig
from ann_viz.errors import ConfigError
from ann_viz.numerals import at_most_four_digits, percent
from ann_viz.session.run_differences import TRAINING
from ann_viz.session.suggested import following
from ann_viz.session.sweeping.task import Settings, Value
from ann_viz.translation import translatable, translate

__all__ = ["SETTINGS", "Setting", "applied", "check_value", "setting_named"]

Configs = tuple[NetworkConfig, TrainConfig]


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """One setting.

    Parameters
    ----------
    name : str
        On the command line and in files.
    title, subtitle : str
        In the window, in English; what it is in few words.
    parse : callable
        Makes a value of a text; raises ValueError.
    write : callable
        Makes a text of a value for the reader.
    apply : callable
        Returns the configs with a value in its place.
    current : callable
        Returns the value that configs have.
    is_number : bool
        Whether values have an order and distances.
    """

    name: str
    title: str
    subtitle: str
    parse: Callable[[str], Value]
    write: Callable[[Any], str]
    apply: Callable[[Configs, Any], Configs]
    current: Callable[[Configs], Value]
    is_number: bool = True


def setting_named(name: str) -> Setting:
    """Return the row of a setting; raises ConfigError for an unknown one."""
    found = SETTINGS.get(_OTHER_NAMES.get(name, name))
    if found is None:
        sentence = translate("There is no setting '{name}' to vary. Choose among {names}.")
        raise ConfigError(sentence.format(name=name, names=", ".join(SETTINGS)), field="grid")
    return found


def check_value(name: str, value: Value) -> None:
    """Raise ConfigError, with a sentence, for a value that a setting can't have."""
    SETTINGS[name].apply((NetworkConfig(n_inputs=1, n_outputs=1), TrainConfig()), value)


def applied(settings: Settings, network: NetworkConfig, training: TrainConfig) -> Configs:
    """Return the configs of a run with these settings; raises ConfigError for a value out of range."""
    configs = network, training
    for name in SETTINGS:  # neurons before their activation, in whatever order they were asked for
        for asked, value in settings:
            if asked == name:
                configs = SETTINGS[name].apply(configs, value)
    return configs


# Hidden layers --------------------------------------------------------------------------------------------------------
def _parse_layers(text: str) -> tuple[int, ...]:
    sizes = tuple(int(size) for size in text.replace("·", ",").split(","))
    return () if sizes == (0,) else sizes


def _write_layers(sizes: tuple[int, ...]) -> str:
    return " · ".join(map(str, sizes)) or translate("none")


def _put_layers(configs: Configs, sizes: tuple[int, ...]) -> Configs:
    network, training = configs
    pattern = network.hidden[0] if network.hidden else LayerConfig()
    hidden = tuple(replace(pattern, neurons=size) for size in sizes)
    _, scale = following(network, training, hidden)  # the rate never follows here: it may be varied as well
    return replace(network, hidden=hidden, output_scale=scale), training


def _put_activation(configs: Configs, name: str) -> Configs:
    network, training = configs
    hidden = tuple(replace(layer, activation=name, initializer=None) for layer in network.hidden)
    return replace(network, hidden=hidden), training


def _activation_of(configs: Configs) -> str:
    return configs[0].hidden[0].activation if configs[0].hidden else "relu"


# Training -------------------------------------------------------------------------------------------------------------
def _training(
    name: str,
    parse: Callable[[Any], Value],
    write: Callable[[Any], str] = at_most_four_digits,
    *,
    is_number: bool = True,
) -> Setting:
    """Return the row of a field of `TrainConfig`, which is called as in comparisons."""

    def put(configs: Configs, value: Any) -> Configs:
        changes: dict[str, Any] = {name: parse(value)}
        return configs[0], replace(configs[1], **changes)

    title, subtitle = TRAINING[name]
    return Setting(
        name=name,
        title=title,
        subtitle=subtitle,
        parse=parse,
        write=write,
        apply=put,
        current=lambda configs: getattr(configs[1], name),
        is_number=is_number,
    )


def _write_batch(size: float) -> str:
    return translate("all") if size == 0 else at_most_four_digits(size)


def _word(text: str) -> str:
    return text.strip()


_ROWS: Final = (
    Setting(
        name="hidden",
        title=translatable("Hidden layers"),
        subtitle=translatable("neurons in each"),
        parse=_parse_layers,
        write=_write_layers,
        apply=_put_layers,
        current=lambda configs: tuple(layer.neurons for layer in configs[0].hidden),
        is_number=False,
    ),
    _training("learning_rate", float),
    _training("l2", float),
    _training("batch_size", int, _write_batch),
    _training("dropout", float, percent),
    Setting(
        name="activation",
        title=translatable("Activation"),
        subtitle=translatable("of the hidden layers"),
        parse=_word,
        write=lambda name: ACTIVATIONS[name].label,
        apply=_put_activation,
        current=_activation_of,
        is_number=False,
    ),
    _training("optimizer", _word, lambda name: OPTIMIZERS[name].label, is_number=False),
    _training("l1", float),
    _training("momentum", float),
    _training("schedule", _word, lambda name: SCHEDULES[name].label, is_number=False),
)

SETTINGS: Final[Mapping[str, Setting]] = {row.name: row for row in _ROWS}
"""By name, in the order in which they are shown and put in place."""

_OTHER_NAMES: Final = {"batch": "batch_size", "optimiser": "optimizer"}
