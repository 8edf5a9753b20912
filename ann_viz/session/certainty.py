"""How sure a score is: what the same setup comes to from other seeds, and with other rows kept back."""

from __future__ import annotations

import statistics
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial

from ann_viz.engine import USUAL_THRESHOLD
from ann_viz.engine.intervals import spread
from ann_viz.numerals import four_digits, percent_fixed, short_number
from ann_viz.session.best_epoch import best_of
from ann_viz.session.document import Document
from ann_viz.session.job import Progress, Work
from ann_viz.session.run import Run
from ann_viz.session.scores import Scores
from ann_viz.session.seeds import N_FOLDS, Siblings, tell_between
from ann_viz.session.setup import Setup
from ann_viz.session.state import RunState
from ann_viz.translation import translate

__all__ = ["Certainty", "certainties", "making_sure", "spread_text", "spreads"]

# Counted where a yes-or-no answer is yes, which seeds and folds take to be from 50 % on.
SHARES = frozenset({"accuracy", "balanced_accuracy", "precision", "recall", "f1"})
UNITS = frozenset({"mae", "rmse"})
HEADLINES = {"binary": "accuracy", "multiclass": "accuracy", "regression": "mae"}


@dataclass(frozen=True, slots=True)
class Certainty:
    """Mean and spread of every score.

    Parameters
    ----------
    kind : {"seeds", "folds"}
    n : int
        Networks.
    means, spreads : mapping of str to float
        By score, as in `Scores`; a spread is one standard deviation. Where another decision threshold was chosen, the
        scores that depend on it are left out.
    """

    kind: str
    n: int
    means: Mapping[str, float]
    spreads: Mapping[str, float]

    def words(self, task: str) -> str:
        """Return "loss 0.332 ± 0.001, right 85.7 % ± 0.1 over 5 seeds", or as much as is known of it."""
        key = HEADLINES[task]
        names = {"accuracy": translate("right"), "mae": translate("off by")}
        over = translate("over {n} seeds") if self.kind == "seeds" else translate("over {n} folds")
        parts = [
            f"{name} {self._text(each)}"
            for each, name in (("loss", translate("loss")), (key, names[key]))
            if each in self.means
        ]
        return f"{', '.join(parts)} {over.format(n=self.n)}"

    def _text(self, key: str) -> str:
        mean = self.means[key]
        text = percent_fixed(mean) if key in SHARES else four_digits(mean) if key in UNITS else short_number(mean)
        return f"{text} {spread_text(key, self.spreads[key])}"


def spread_text(key: str, spread: float) -> str:
    """Write a spread as it stands behind its score: "± 0.1" points, "± 0.001", "± 1,203"."""
    if key in SHARES:
        return f"± {short_number(100 * spread, 1)}"
    return f"± {four_digits(spread) if key in UNITS else short_number(spread)}"


def certainties(document: Document, run: Run) -> Iterator[Certainty]:
    """Yield what is known of a run: over seeds, among which it is one itself, and over folds."""
    setup, usual = document.setup_of(run), document.threshold == USUAL_THRESHOLD
    seeds = [sibling.scores for sibling in document.siblings.seeds(setup)]
    if seeds:
        own = Scores(run.dataset).score(best_of(run).alone(), run.dataset.judged_part)
        yield _certainty("seeds", [own, *seeds], with_shares=usual)
    folds = [sibling.scores for sibling in document.siblings.folds(setup)]
    if len(folds) > 1:
        yield _certainty("folds", folds, with_shares=usual)


def making_sure(siblings: Siblings, setup: Setup) -> Work[object]:
    """Return the work of a job: train a run's setup from other seeds, and on other rows where these can be dealt."""

    def train(progress: Progress, cancelled: Callable[[], bool]) -> None:
        folds = not setup.dataset.is_streamed and len(setup.dataset.validation) >= N_FOLDS
        half = 0.5 if folds else 1.0
        siblings.training_seeds(setup)(partial(tell_between, progress, 0.0, half), cancelled)
        if folds:
            siblings.training_folds(setup)(partial(tell_between, progress, half, 1.0), cancelled)

    return train


def _certainty(kind: str, scores: list[Mapping[str, float]], *, with_shares: bool) -> Certainty:
    keys = [key for key in scores[0] if with_shares or key not in SHARES]
    columns = {key: [each[key] for each in scores] for key in keys}
    return Certainty(
        kind=kind,
        n=len(scores),
        means={key: statistics.fmean(values) for key, values in columns.items()},
        spreads={key: spread(values) for key, values in columns.items()},
    )


def spreads(document: Document) -> Mapping[str, float]:
    """Return by how much every score of the current run moves from seed to seed; empty where nobody has tried."""
    if document.state is RunState.RUNNING or document.n_networks > 1:  # of a mean of networks it is another
        return {}
    run = document.current_run
    found = [] if run is None else [each for each in certainties(document, run) if each.kind == "seeds"]
    return found[0].spreads if found else {}
