"""Why settings were chosen for the data that are open, in both voices, and which of them are still as chosen."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from dataclasses import replace

from ann_viz.engine.average import settled_after
from ann_viz.explain.texts import Voice, filled, reading
from ann_viz.numerals import count, format_number, in_powers
from ann_viz.session.document import Document
from ann_viz.session.samples import is_sample
from ann_viz.session.suggested import Size, Suggestion, size_of, suggest_training

__all__ = ["as_chosen", "is_at_defaults", "reasons", "size_on_show", "standing_suggestion"]


def size_on_show(document: Document) -> Size | None:
    """Return which of the suggested networks is the one on show; None for any other."""
    config = document.network_config
    return None if config is None else size_of(config)


def standing_suggestion(document: Document) -> Suggestion | None:
    """Return what is suggested for the data and for as large a network as there is; None without data.

    For a sample they are its own settings.
    """
    dataset, config = document.dataset, document.network_config
    if dataset is None or config is None:
        return None
    size = size_on_show(document)
    wanted = None if size is None and is_sample(dataset) else size or tuple(layer.neurons for layer in config.hidden)
    return suggest_training(dataset, wanted, seed=document.train_config.seed)


def as_chosen(document: Document) -> frozenset[str]:
    """Return the names of the settings that are as suggested: "hidden" and fields of `TrainConfig`."""
    suggestion, config = standing_suggestion(document), document.network_config
    if suggestion is None or config is None:
        return frozenset()
    training, asked = suggestion.training, document.train_config
    if training.epochs < asked.epochs and document.newest is not None and document.newest.epoch >= training.epochs:
        asked = replace(asked, epochs=training.epochs)  # moved on after the end
    same = {name for name in training.__dataclass_fields__ if getattr(training, name) == getattr(asked, name)}
    return frozenset(same | ({"hidden"} if size_on_show(document) and config.hidden == suggestion.hidden else set()))


def is_at_defaults(document: Document) -> bool:
    """Return whether all is as suggested, but for seeds and what was added to go on after the end; so without data."""
    suggestion, network, run = standing_suggestion(document), document.network_config, document.current_run
    if suggestion is None or network is None or run is None:
        return True
    return suggestion.network(network) == network and suggestion.training == run.asked


def reasons(document: Document) -> Mapping[str, Mapping[Voice, str]]:
    """Return why each setting was chosen that is as suggested; nothing for a sample, which has settings of its own."""
    dataset, suggestion = document.dataset, standing_suggestion(document)
    if dataset is None or suggestion is None or is_sample(dataset):
        return {}
    texts, training, n = _load(), suggestion.training, len(dataset.train)
    first = suggestion.hidden[0].neurons if suggestion.hidden else 0
    values = {
        "rows": count(n, "training row"),
        "n": format_number(n),
        "batch": count(training.batch_size, "row"),
        "epochs": format_number(training.epochs),
        "steps": format_number(int(float(f"{training.epochs * -(-n // training.batch_size):.2g}"))),
        "l2": in_powers(training.l2),
        "dropout": format_number(training.dropout, "g"),
        "patience": format_number(training.patience or 0),
        "average": format_number(training.average_epochs),
        "settled": format_number(settled_after(training)),
        "neurons": "–".join(str(layer.neurons) for layer in suggestion.hidden),
        "first": count(first, "neuron"),
        "rate": format_number(training.learning_rate, "g"),
    }
    cases = {"dropout": "dropout" if training.dropout else "dropout_off"}
    cases["hidden"] = "small" if size_on_show(document) == "small" else "hidden"
    names = [name for name in as_chosen(document) if cases.get(name, name) in texts]
    return {
        name: {voice: filled(text, values) for voice, text in texts[cases.get(name, name)].items()} for name in names
    }


@functools.cache
def _load() -> dict[str, dict[Voice, str]]:
    """Read the sentences; raises DataError when the file is not as documented in it."""
    with reading("explain", "suggested.json") as content:
        return {
            name: {"plain": both["plain"], "technical": both["technical"]} for name, both in content["reasons"].items()
        }
