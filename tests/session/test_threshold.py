"""The decision threshold: counts, verdicts, files and predictions follow it, and nothing of other targets does."""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from ann_viz.data import Dataset, build_dataset
from ann_viz.engine import USUAL_THRESHOLD, TrainConfig
from ann_viz.errors import ConfigError, ProjectFileError
from ann_viz.session import Session, load_model, save_model
from ann_viz.session.judging import Judge
from ann_viz.session.new_rows import open_for
from ann_viz.session.predict import predict_table
from ann_viz.session.project import open_data
from ann_viz.session.projectfile import load_project, save_project


@pytest.fixture
def session(circles: Dataset) -> Session:
    session = Session(TrainConfig(epochs=4, batch_size=16))
    session.open(circles)
    session.train()
    assert session.wait(30)
    return session


def middle_chance(session: Session) -> float:
    """A chance that half of the validation rows exceed."""
    return float(np.median(session.answers("validation")[1]))


def test_counts_scores_and_verdicts_follow_it(session: Session, circles: Dataset) -> None:
    """Every row above it is counted as yes, and the shown row is called so."""
    threshold = middle_chance(session)
    session.set_threshold(threshold)
    truth, chance = session.answers("validation")
    said = chance[:, 0] > threshold
    judgement = Judge(session).judge()
    assert judgement is not None
    assert judgement.counts[:, 1].sum() == said.sum()
    assert session.metrics("validation")["accuracy"] == pytest.approx(np.mean(said == (truth[:, 0] > 0.5)))
    for row, yes in zip(circles.validation, said, strict=True):
        session.set_example(int(row))
        shown = session.shown_row()
        assert shown is not None
        assert shown.answer.best == (0 if yes else 1)


def test_finding_wrong_rows_follows_it(session: Session, circles: Dataset) -> None:
    """Where everything is called yes, the wrong rows are those that are no."""
    session.set_threshold(1e-6)
    row = session.find_wrong()
    assert row is not None
    assert circles.Y[row, 0] == 0


def test_predictions_of_a_saved_model_follow_it(session: Session, circles: Dataset, tmp_path: Path) -> None:
    """The model file holds it, and the answers it gives are other ones."""
    usual = answers_of(session, circles, tmp_path)
    session.set_threshold(1e-6)
    assert set(answers_of(session, circles, tmp_path)) == {"yes"} != set(usual)


def answers_of(session: Session, circles: Dataset, folder: Path) -> list[str]:
    save_model(folder / "model.annviz", session.model())
    with open_for(load_model(folder / "model.annviz"), circles.table.path) as rows:
        output = io.StringIO()
        predict_table(rows, output)
    lines = output.getvalue().splitlines()
    place = lines[0].split(",").index("prediction")
    return [line.split(",")[place] for line in lines[1:]]


def test_a_project_brings_it_back_and_it_counts_as_unsaved_work(session: Session, tmp_path: Path) -> None:
    """It is kept like a weight set by hand."""
    before = session.work_mark()
    session.set_threshold(0.31)
    assert session.work_mark() != before
    save_project(tmp_path / "work.annviz", session.project())
    project = load_project(tmp_path / "work.annviz")
    other = Session()
    other.open_project(project, open_data(project, tmp_path))
    assert other.threshold == 0.31
    other.close()


def test_it_belongs_to_its_target(session: Session, circles: Dataset) -> None:
    """Another target begins with the usual one, and the first has its own when it is back."""
    session.set_threshold(0.31)
    colours = build_dataset(
        circles.table, replace(circles.recipe, target="colour", task="multiclass", inputs=("x", "y"))
    )
    left = session.open(colours)
    assert left is not None
    assert session.threshold == USUAL_THRESHOLD
    session.show_run(left)
    assert session.threshold == 0.31


@pytest.mark.parametrize("threshold", [0.0, 1.0, -0.2, float("nan")])
def test_senseless_ones_are_refused(session: Session, threshold: float) -> None:
    """In the window and in a file."""
    with pytest.raises(ConfigError, match="between 0 and 100"):
        session.set_threshold(threshold)


def test_a_file_with_a_senseless_one_is_refused(session: Session, tmp_path: Path) -> None:
    """It says so instead of predicting one answer for all."""
    save_model(tmp_path / "model.annviz", replace(session.model(), threshold=1.5))
    with pytest.raises(ProjectFileError, match="threshold"):
        load_model(tmp_path / "model.annviz")


def test_only_yes_or_no_has_one(houses: Dataset) -> None:
    """A number has none."""
    session = Session()
    session.open(houses)
    with pytest.raises(ConfigError, match="yes-or-no"):
        session.set_threshold(0.4)
    session.close()


def test_tempering_divides_what_raw_weights_and_their_average_add_up(circles: Dataset) -> None:
    """Each its own: the chances that were found too sure are the average's, and learning goes on from the raw ones."""
    session = Session(TrainConfig(average_epochs=3.0, learning_rate=0.05))
    session.open(circles)
    for _ in range(2):
        session.step("epoch")
        assert session.wait(20.0)
    networks = (session.network, session.model_network)
    before = [network.activations(circles.X[:20]).Z[-1] for network in networks]
    assert not np.allclose(*before)
    session.temper(2.0)
    after = [network.activations(circles.X[:20]).Z[-1] for network in (session.network, session.model_network)]
    for then, now in zip(before, after, strict=True):
        assert now == pytest.approx(then / 2, rel=1e-4, abs=1e-5)
    session.close()


def test_tempering_makes_chances_fit_and_keeps_their_order(session: Session) -> None:
    """Divided sums, the same order, and all of it comes back."""
    _, before = session.answers("validation")
    kept = session.temper(2.0)
    after = session.answers("validation")[1]
    sums = np.log(before / (1 - before))
    assert np.log(after / (1 - after)) == pytest.approx(sums / 2, abs=1e-4)
    assert session.snapshot is not None
    assert session.snapshot.weights_of.edited
    session.go_back_to(kept)
    assert session.answers("validation")[1] == pytest.approx(before, abs=1e-6)
    with pytest.raises(ConfigError, match="above 0"):
        session.temper(0.0)
