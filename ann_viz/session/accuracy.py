"""Accuracy mode: the setup of a run is trained from two more seeds, and the mean of the three networks is the model.

What that is worth is in ``resources/docs/learning.md``; how several networks are one, in `ann_viz.engine.side_by_side`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Final

import numpy as np

from ann_viz.engine import Snapshot, joined_config
from ann_viz.errors import ConfigError
from ann_viz.explain.texts import Voice, reading
from ann_viz.numerals import format_number
from ann_viz.session.document import Document
from ann_viz.session.job import Work
from ann_viz.session.seeds import Sibling
from ann_viz.session.starting import require
from ann_viz.session.state import RunState
from ann_viz.translation import translate

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["N_NETWORKS", "check_possible", "may_train_beside", "mean_rows", "told", "training_beside"]

N_NETWORKS: Final = 3
"""Five were worth no more on the development sets."""


def check_possible(document: Document) -> None:
    """Raise ConfigError where other networks can't answer together with the current run.

    They would be too wide side by side, or could not have what was locked or switched off in it by hand.
    """
    config, edits = require(document.network_config), document.manual_edits
    if edits.locked or edits.off:
        sentence = translate("Networks of other seeds don't have the weights locked and the neurons switched off here.")
        raise ConfigError(sentence, field="accuracy")
    try:
        joined_config(config, N_NETWORKS)
    except ConfigError as error:
        sentence = translate("{n} networks side by side may have {most} neurons in a layer; these have {wanted}.")
        widest = max(layer.neurons for layer in config.hidden)
        wanted = f"{N_NETWORKS} × {format_number(widest)}"
        reason = sentence.format(n=N_NETWORKS, most=format_number(4096), wanted=wanted)
        raise ConfigError(reason, field="accuracy") from error


def may_train_beside(document: Document) -> bool:
    """Return whether the current run has ended, shows its best epoch and answers alone."""
    newest = document.newest
    if document.dataset is None or newest is None or document.state is not RunState.FINISHED:
        return False
    return newest.is_best and newest.n_networks == 1


def told() -> Mapping[Voice, str]:
    """Return what there is to know of it in both voices; raises DataError where the file of it can't be read."""
    with reading("explain", "suggested.json") as content:
        both = content["accuracy"]
        return {"plain": both["plain"], "technical": both["technical"]}


def training_beside(document: Document) -> Work[tuple[Sibling, ...]]:
    """Return the work of a job: train what the model of the current run is to be the mean of, beside that run.

    Raises
    ------
    ConfigError
        As of `check_possible`.
    StateError
        Without data.
    """
    run = require(document.current_run)
    check_possible(document)
    return document.siblings.training_seeds(document.setup_of(run), N_NETWORKS - 1)


def mean_rows(shown: Snapshot, siblings: Sequence[Sibling]) -> NDArray[np.floating] | None:
    """Return the weights of the networks whose mean is to be the model, a row each, that of the run first.

    What exploded is left out; None where nothing is left beside the run itself.
    """
    beside = [sibling.network.params for sibling in siblings if not sibling.exploded]
    return np.stack([shown.model_params, *beside]) if beside else None
