"""How sure scores are: means and spreads over seeds and folds, in words and behind the scores."""

from __future__ import annotations

import math
import statistics
from dataclasses import replace

import pytest

from ann_viz.data import Dataset
from ann_viz.engine import TrainConfig
from ann_viz.session import Session
from ann_viz.session.best_epoch import best_of
from ann_viz.session.certainty import certainties, making_sure, spread_text, spreads
from ann_viz.session.scores import Scores


def test_seeds_and_folds_are_trained_and_told(session: Session) -> None:
    """The run itself is one of five seeds; the spread is one standard deviation."""
    session.train()
    session.wait()
    assert list(certainties(session, session.current_run)) == [] and spreads(session) == {}
    run = session.current_run
    shares = []
    making_sure(session.siblings, session.setup_of(run))(shares.append, lambda: False)
    assert shares == sorted(shares) and shares[-1] == 1.0
    seeds, folds = certainties(session, run)
    assert (seeds.kind, seeds.n, folds.kind, folds.n) == ("seeds", 5, "folds", 5)
    own = Scores(run.dataset).score(best_of(run).model(), "validation")["loss"]
    losses = [own, *(sibling.scores["loss"] for sibling in session.siblings.seeds(session.setup_of(run)))]
    assert seeds.means["loss"] == pytest.approx(statistics.fmean(losses))
    assert spreads(session)["loss"] == pytest.approx(statistics.stdev(losses))
    assert seeds.words("binary").startswith("loss 0.") and seeds.words("binary").endswith("over 5 seeds")
    assert folds.words("binary").endswith("over 5 folds")


def test_spreads_are_written_like_their_scores() -> None:
    """Shares in points, errors in the unit of the target."""
    texts = [spread_text(key, spread) for key, spread in (("accuracy", 0.0123), ("loss", 0.0012), ("mae", 1234.5))]
    assert texts == ["± 1.2", "± 0.001", "± 1,234"] or texts == ["± 1.2", "± 0.001", "± 1,235"]


def test_rows_of_one_class_leave_a_score_without_spread(circles: Dataset) -> None:
    """There is no AUC of them: the other scores are told all the same, and two runs can be compared."""
    session = Session(TrainConfig(epochs=2))
    one = circles.validation[circles.Y[circles.validation][:, 0] < 0.5]
    session.open(replace(circles, validation=one))
    session.train()
    session.wait()
    run = session.current_run
    making_sure(session.siblings, session.setup_of(run))(lambda _: None, lambda: False)
    assert math.isnan(spreads(session)["auc"]) and math.isfinite(spreads(session)["loss"])
    assert all(each.words("binary") for each in certainties(session, run))
    session.close()


def test_another_threshold_leaves_out_what_was_counted_at_the_usual_one(session: Session) -> None:
    """The spread of right answers from 50 % on says nothing about those from 30 % on; loss and AUC are the same."""
    session.train()
    session.wait()
    run = session.current_run
    making_sure(session.siblings, session.setup_of(run))(lambda _: None, lambda: False)
    before = spreads(session)
    session.set_threshold(0.3)
    after = spreads(session)
    assert before.keys() - after.keys() == {"accuracy", "balanced_accuracy", "precision", "recall", "f1"}
    assert {key: before[key] for key in after} == dict(after) and "auc" in after
    for each in certainties(session, run):
        assert each.words("binary").startswith("loss ") and "right" not in each.words("binary")
