"""How well the two suggested sizes of network have done on the data that are open, as far as both were trained."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from ann_viz.numerals import fixed, percent_fixed
from ann_viz.session.document import Document
from ann_viz.session.suggested import Size, size_of

__all__ = ["size_scores", "size_scores_text"]


def size_scores(document: Document) -> Mapping[Size, float]:
    """Return the metric on the judged rows, at the best epoch, of a run of each size that learned something.

    That is the run on show, lest two numbers of one network contradict each other; or else the last one. Where several
    networks answer together with what a run shows, it is theirs.
    """
    found: dict[Size, float] = {}
    for run in sorted(document.runs, key=lambda run: run.number == document.run_numbers[0]):
        size, history, best = size_of(run.network_config), run.snapshot.history, run.snapshot.best_epoch
        if size is None or run.dataset is not document.dataset or not run.is_trained:
            continue
        metrics = history.validation_metric if history.is_validated else history.train_metric
        found[size] = float(metrics[int(np.flatnonzero(history.epoch == best)[0])])
        if run.snapshot.beside is not None:
            found[size] = run.snapshot.judged_metric
    return found


def size_scores_text(document: Document, size: Size) -> str:
    """Return such a score as it is shown: "84.1 %", for a number "R² 0.821"; empty before there is one."""
    score, dataset = size_scores(document).get(size), document.dataset
    if score is None or dataset is None:
        return ""
    return f"R² {fixed(score, 3)}" if dataset.recipe.task == "regression" else percent_fixed(score)
