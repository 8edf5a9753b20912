"""What the coach's buttons do: each works out one change of the document, or that there is none to make.

A new button is a function here, its row in `REMEDIES`, and its label in ``resources/explain/coach.json``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict, replace
from typing import Any, Final

from ann_viz.data import Offer, Plan, Recipe, apply_offer
from ann_viz.engine import LayerConfig, NetworkConfig
from ann_viz.errors import AnnVizError
from ann_viz.explain.run_report import RunReport
from ann_viz.numerals import format_number, listed
from ann_viz.session.document import Document
from ann_viz.session.remedy import Remedy
from ann_viz.session.state import RunState
from ann_viz.session.suggested import SIZES, suggest_training
from ann_viz.session.suggested_reasons import size_on_show

__all__ = ["REMEDIES", "remedy"]

USUAL_BATCH: Final = 32
USUAL_MOMENTUM: Final = 0.9
SUGGESTED_L2: Final = 0.01
RATE_STEP: Final = 10.0
HIGHEST_RATE: Final = 1.0
LOWEST_RATE: Final = 1e-6
PATIENCE: Final = 10
ENOUGH_NEURONS: Final = 16
MOST_NEURONS: Final = 64
MOST_LAYERS: Final = 3
KEPT_BACK: Final = 0.15


Make = Callable[[Document, RunReport], Remedy | None]


def remedy(name: str, document: Document, report: RunReport) -> Remedy | None:
    """Return what a button would do now; None where it makes no sense or would change nothing."""
    try:
        return REMEDIES[name](document, report)
    except AnnVizError:  # data or network that do not allow it
        return None


# Training -------------------------------------------------------------------------------------------------------------
def _train(document: Document, _: RunReport) -> Remedy | None:
    return Remedy(train=True) if document.state in (RunState.READY, RunState.PAUSED, RunState.FINISHED) else None


def _train_more(document: Document, _: RunReport) -> Remedy | None:
    return Remedy(training={"patience": None, "max_seconds": None}, train=True)


def _rate(document: Document, factor: float) -> dict[str, Any]:
    """Return another learning rate; where momentum lengthens the steps most, first that is made usual."""
    config = document.train_config
    if factor < 1 and config.optimizer in ("momentum", "nesterov", "rmsprop") and config.momentum > 0.95:
        return {"momentum": USUAL_MOMENTUM}
    bound = max(config.learning_rate, HIGHEST_RATE) if factor > 1 else LOWEST_RATE
    moved = (min if factor > 1 else max)(bound, config.learning_rate * factor)
    rate = float(f"{moved:.1g}")
    return {} if rate == config.learning_rate else {"learning_rate": rate}


def _lower_rate(document: Document, report: RunReport) -> Remedy | None:
    changes = _rate(document, 1 / RATE_STEP)
    stuck = report.state == "failed" or report.weights > 3 * report.weights_at_start
    if not changes:
        return None
    return Remedy(training=changes, restart=stuck, train=stuck, label=next(iter(changes)), values=_settings(changes))


def _raise_rate(document: Document, _: RunReport) -> Remedy | None:
    changes = _rate(document, RATE_STEP)
    return Remedy(training=changes, label=next(iter(changes)), values=_settings(changes)) if changes else None


def _find_rate(document: Document, _: RunReport) -> Remedy | None:
    return None if document.dataset is None else Remedy(find_rate=True)


def _settings(changes: Mapping[str, Any]) -> dict[str, str]:
    return {name: format_number(value, "g") for name, value in changes.items() if isinstance(value, int | float)}


def _set(restart: bool = False, **changes: Any) -> Make:
    """Return what sets some hyperparameters that are otherwise."""

    def make(document: Document, _: RunReport) -> Remedy | None:
        now = document.train_config
        differ = {name: value for name, value in changes.items() if getattr(now, name) != value}
        if not differ:
            return None
        return Remedy(training=differ, restart=restart, train=restart, values=_settings(changes))

    return make


def _stop_at_best(document: Document, report: RunReport) -> Remedy | None:
    if document.state in (RunState.FAILED, RunState.READY) or report.best_epoch >= report.epoch:
        return None
    return Remedy(
        training={"patience": PATIENCE},
        to_epoch=report.best_epoch,
        values={"best_epoch": format_number(report.best_epoch)},
    )


# The network ----------------------------------------------------------------------------------------------------------
def _new_start(_document: Document, _: RunReport) -> Remedy | None:
    return Remedy(new_start=True, train=True)


def _random_start(document: Document, _: RunReport) -> Remedy | None:
    hidden = tuple(replace(layer, initializer=None) for layer in _config(document).hidden)
    return Remedy(network={"hidden": hidden, "output_initializer": None}, train=True)


def _config(document: Document) -> NetworkConfig:
    config = document.network_config
    assert config is not None  # a document with a report has one
    return config


def _bend(document: Document, _: RunReport) -> Remedy | None:
    hidden = _config(document).hidden
    bent = tuple(replace(layer, activation="relu") if layer.activation == "linear" else layer for layer in hidden)
    added = (LayerConfig(neurons=ENOUGH_NEURONS),)
    return Remedy(network={"hidden": bent or added}, train=True, label="bend" if bent else "add_layer")


def _relu(document: Document, _: RunReport) -> Remedy | None:
    hidden = _config(document).hidden
    fewer = tuple(replace(layer, activation="relu", initializer=None) for layer in hidden[:MOST_LAYERS])
    values = {"n_layers": format_number(len(fewer))}
    return None if fewer == hidden else Remedy(network={"hidden": fewer}, train=True, values=values)


def _leaky(document: Document, _: RunReport) -> Remedy | None:
    hidden = _config(document).hidden
    leaky = tuple(replace(layer, activation="leaky_relu") if layer.activation == "relu" else layer for layer in hidden)
    return None if leaky == hidden else Remedy(network={"hidden": leaky}, train=True)


def _add_neurons(document: Document, _: RunReport) -> Remedy | None:
    hidden = _config(document).hidden
    neurons = min(MOST_NEURONS, max(ENOUGH_NEURONS, 2 * max((layer.neurons for layer in hidden), default=0)))
    if len(hidden) < 2:
        wider = (*(replace(layer, neurons=neurons) for layer in hidden), LayerConfig(neurons=neurons))
    else:
        wider = tuple(replace(layer, neurons=neurons) for layer in hidden)
    values = {"neurons": format_number(neurons), "n_layers": format_number(len(wider))}
    return None if wider == hidden else Remedy(hidden=wider, train=True, values=values)


def _other_size(document: Document, report: RunReport) -> Remedy | None:
    other = next((size for size in SIZES if size != size_on_show(document)), None)
    if document.dataset is None or other is None:
        return None
    found = suggest_training(document.dataset, other, seed=document.train_config.seed)
    network = {"hidden": found.hidden, "output_scale": found.output_scale}
    return Remedy(
        training=asdict(found.training), network=network, train=True, values={"other_network": report.other_network}
    )


def _huber(document: Document, _: RunReport) -> Remedy | None:
    is_so = _config(document).loss_name == "huber"
    return None if is_so else Remedy(network={"loss": "huber"}, train=True, label="huber")


# The data -------------------------------------------------------------------------------------------------------------
def _recipe(document: Document) -> Recipe:
    assert document.dataset is not None  # a document with a report has one
    return document.dataset.recipe


def _with_recipe(document: Document, recipe: Recipe, **values: str) -> Remedy | None:
    return None if recipe == _recipe(document) else Remedy(recipe=recipe, values=values)


def _with_offer(document: Document, offer: Offer | None, **values: str) -> Remedy | None:
    if offer is None or document.dataset is None:
        return None
    return _with_recipe(document, apply_offer(document.dataset.table, _recipe(document), offer), **values)


def _ignore_column(document: Document, report: RunReport) -> Remedy | None:
    if report.data is None:
        return None
    found = report.data.finding("identifier", "row counter", "near-unique") or report.data.finding(
        "leak", "sums to target"
    )
    if found is not None and found.offer is not None:
        return _with_offer(document, found.offer, column=listed(found.offer.columns))
    best = report.data.order.column or report.data.probes.columns[0].column
    return _with_offer(document, Offer(label="", column=best, role="ignore"), column=best)


def _as_category(document: Document, report: RunReport) -> Remedy | None:
    if report.data is None or report.data.codes is None:
        return None
    column = report.data.codes.column
    return _with_recipe(document, _recipe(document).with_plan(column, Plan(treat="category")), column=column)


def _tame(document: Document, report: RunReport) -> Remedy | None:
    """Draw in the far values of an input; of a target, let them count less."""
    found = None if report.data is None else report.data.finding("outliers", "skew")
    if found is not None:
        words = "" if found.offer is None else found.offer.label
        return _with_offer(document, found.offer, column=listed(found.columns), way=words)
    return _huber(document, report) if report.task == "regression" else None


def _split(**changes: Any) -> Make:
    def make(document: Document, _: RunReport) -> Remedy | None:
        recipe = _recipe(document)
        return _with_recipe(document, replace(recipe, split=replace(recipe.split, **changes)))

    return make


def _split_by_order(document: Document, report: RunReport) -> Remedy | None:
    if report.data is None or not report.data.shuffled or not report.data.order.column:
        return None
    return _split(shuffle=False, stratify=False)(document, report)


def _keep_back(document: Document, report: RunReport) -> Remedy | None:
    test = _recipe(document).split.test
    train = 1 - test - KEPT_BACK
    return _split(train=train, validation=KEPT_BACK)(document, report) if train > 0 else None


REMEDIES: Final[dict[str, Make]] = {
    "train": _train,
    "train_more": _train_more,
    "lower_rate": _lower_rate,
    "raise_rate": _raise_rate,
    "find_rate": _find_rate,
    "usual_batch": _set(batch_size=USUAL_BATCH),
    "constant_rate": _set(schedule="constant"),
    "weaken_penalty": _set(restart=True, l1=0.0, l2=0.0),
    "less_dropout": _set(dropout=0.0),
    "balance": _set(class_weights="balanced"),
    "use_l2": _set(l2=SUGGESTED_L2),
    "stop_at_best": _stop_at_best,
    "new_start": _new_start,
    "random_start": _random_start,
    "bend": _bend,
    "use_relu": _relu,
    "leaky": _leaky,
    "add_neurons": _add_neurons,
    "ignore_column": _ignore_column,
    "as_category": _as_category,
    "tame_outlier": _tame,
    "keep_together": _split(together=True),
    "shuffle": _split(shuffle=True, stratify=True),
    "split_by_order": _split_by_order,
    "keep_back": _keep_back,
    "other_size": _other_size,
}
