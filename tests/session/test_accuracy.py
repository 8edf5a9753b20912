"""Accuracy mode: three networks answer together wherever they are said to, and nowhere else."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from project_sessions import reopened

from ann_viz.data import Dataset
from ann_viz.engine import LayerConfig, TrainConfig, evaluate, side_by_side
from ann_viz.errors import ConfigError, ProjectFileError, StateError
from ann_viz.explain.moment import counted_text
from ann_viz.session import Moment, RunState, Session, load_model, save_model
from ann_viz.session.accuracy import N_NETWORKS, check_possible, mean_rows, training_beside
from ann_viz.session.certainty import spreads
from ann_viz.session.exports import format_for, subject_in, subject_of, wish_for
from ann_viz.session.headless import learn
from ann_viz.session.project import without_data
from ann_viz.session.project_info import file_info, info_lines
from ann_viz.session.projectfile import load_project, save_project
from ann_viz.session.records import encode_records
from ann_viz.session.report import as_json, as_table, in_words
from ann_viz.session.seeds import Sibling
from ann_viz.session.suggested_sizes import size_scores
from ann_viz.session.trying.asking import question_of
from ann_viz.session.trying.reasons import find_reasons
from tests.session.test_damaged_models import rewritten

MODELS = Path(__file__).parent / "models"


@pytest.fixture
def together(houses: Dataset) -> Iterator[Session]:
    """A session whose run answers together with two others."""
    session = Session(TrainConfig(epochs=12, batch_size=16, average_epochs=2.0))
    session.open(houses)
    learn(session, accuracy=True)
    yield session
    session.close()


def test_the_model_is_the_mean_of_three_networks_of_other_seeds(together: Session, houses: Dataset) -> None:
    """Scores, answers and what is saved are those of the mean; what is drawn is the run's own network."""
    assert together.snapshot is not None and together.current_run is not None and together.n_networks == N_NETWORKS
    run, X, Y = together.current_run, *houses.part("validation")
    each = [together.snapshot.alone(), *(s.network for s in together.siblings.seeds(together.setup_of(run), 2))]
    assert [network.config.seed for network in each] == [3, 4, 5]
    mean = np.mean([network.predict(X) for network in each], axis=0)
    np.testing.assert_allclose(together.answers("validation")[1], mean, rtol=1e-4, atol=1e-6)
    assert together.metrics("validation")["loss"] == pytest.approx(evaluate("regression", Y, mean)["loss"], rel=1e-4)
    model = together.model()
    np.testing.assert_array_equal(model.network.params, side_by_side(each).params)
    np.testing.assert_array_equal(model.shown.params, together.network.params)


def test_it_is_told_wherever_a_run_is_told(together: Session) -> None:
    outcome = learn(together, accuracy=True)
    assert as_json(together, outcome)["networks"] == 3
    assert as_table(together, outcome)[0].endswith("; mean of 3 networks.")
    assert any("mean of what 3 such networks" in sentence for sentence in in_words(together, outcome))


def test_every_number_of_the_mean_is_measured_on_the_mean(together: Session, houses: Dataset) -> None:
    """Losses and score of the snapshot on show, and the size's own, are not those of the first network."""
    snapshot, (X, Y) = together.snapshot, houses.part("validation")
    assert snapshot is not None
    found = evaluate("regression", Y, together.model_network.predict(X))
    assert snapshot.scores.validation_loss == pytest.approx(found["loss"], rel=1e-4)
    assert snapshot.judged_metric == pytest.approx(found["r2"], rel=1e-4)
    assert size_scores(together)["small"] == snapshot.judged_metric
    assert snapshot.scores.validation_loss != snapshot.best_loss
    assert "in the mean of 3 networks" in counted_text(snapshot)
    assert spreads(together) == {}


def test_reasons_are_those_of_the_mean_beside_each_network_alone(together: Session) -> None:
    asked = question_of(together)
    assert asked is not None and together.snapshot is not None and asked.answering[0] == "mean"
    reasons = find_reasons(asked, lambda _: None, lambda: False)
    mean, (first, *others) = reasons.answer, reasons.committee
    assert len(others) == 2 and mean == pytest.approx(np.mean([first, *others]), rel=1e-5)
    told = asked.told.values(together.network.predict(asked.x[None]))[0]
    assert first == pytest.approx(told, rel=1e-6)


def test_other_weights_answer_alone(together: Session) -> None:
    """What is set by hand, the last epoch and past moments are of one network; the best epoch is three again."""
    best = together.newest
    assert (best is not None and best.best_epoch < best.epoch) or best.best_epoch == best.epoch
    before = together.set_parameter(0, 0, 0, 0.5)
    assert together.n_networks == 1 and together.model().mean_of == ()
    together.set_parameter(0, 0, 0, before)
    assert together.n_networks == 3
    together.look_at(Moment(1, 2))
    assert together.n_networks == 1
    together.look_at(None)
    assert together.n_networks == 3
    left = together.set_network(seed=9)
    assert together.n_networks == 1
    together.show_run(left)
    assert together.n_networks == 3


def test_only_the_best_epoch_at_rest_is_joined_by_others(together: Session) -> None:
    assert together.current_run is not None
    siblings = training_beside(together)(lambda _: None, lambda: False)
    together.set_parameter(0, 0, 0, 0.5)
    with pytest.raises(StateError, match="Only the best epoch"):
        together.answer_together(siblings)


def test_what_exploded_is_left_out(together: Session) -> None:
    """A network that had to be given up would spoil the mean; with none left, the run answers alone."""
    assert together.newest is not None
    network = together.newest.alone()
    lost, sound = (Sibling(number=n, network=network, epoch=1, scores={}, exploded=n == 1) for n in (1, 2))
    rows = mean_rows(together.newest, (lost, sound))
    assert rows is not None and len(rows) == 2
    assert mean_rows(together.newest, (lost,)) is None


def test_a_project_brings_them_back(together: Session, tmp_path: Path) -> None:
    """With and without its table, also as a model file; what the test rows said is known to be of the three."""
    together.ask_test_rows()
    path, X = tmp_path / "work.annviz", together.with_rows().part("test")[0]
    save_project(path, together.project())
    expected = together.model_network.predict(X)
    np.testing.assert_array_equal(load_model(path).network.predict(X), expected)
    other = reopened(path)
    assert other.n_networks == 3 and other.look_at_test == together.look_at_test
    np.testing.assert_array_equal(other.model_network.predict(X), expected)
    assert other.work_mark().runs == together.work_mark().runs
    other.restore_last()
    assert other.n_networks == (3 if other.newest is not None and other.newest.is_best else 1)
    other.close()
    bare, project = Session(), load_project(path)
    bare.open_project(project, without_data(project))
    assert bare.state is RunState.WITHOUT_ROWS and bare.n_networks == 3
    np.testing.assert_array_equal(bare.project().model.network.params, project.model.network.params)
    bare.close()
    save_model(tmp_path / "model.annviz", together.model())
    np.testing.assert_array_equal(load_model(tmp_path / "model.annviz").network.predict(X), expected)


def test_stored_files_with_several_networks_open() -> None:
    """Written when there first were some: a project and a model, which say and answer the same."""
    project, model = load_project(MODELS / "format4_mean.annviz"), load_model(MODELS / "format3_mean.annviz")
    assert len(model.mean_of) == len(project.model.mean_of) == 3
    np.testing.assert_array_equal(project.model.network.params, model.network.params)
    known = file_info(MODELS / "format3_mean.annviz")
    assert (known["networks"], known["sizes"]) == (3, [10, 3, 1])
    assert "answers with the mean of 3 such networks, each from another seed" in info_lines("m", known)


@pytest.mark.parametrize("n", [2, 4, -1, 10**12, "three"])
def test_another_number_of_networks_than_there_are_is_refused(n: object, tmp_path: Path) -> None:
    path = tmp_path / "m.annviz"
    path.write_bytes((MODELS / "format3_mean.annviz").read_bytes())
    with pytest.raises(ProjectFileError, match="damaged"):
        load_model(rewritten(path, n_mean_of=n))


def test_networks_without_the_one_on_show_are_refused(tmp_path: Path) -> None:
    path, rows = tmp_path / "m.annviz", np.ones((3, 37), np.float32)
    path.write_bytes((MODELS / "format3_mean.annviz").read_bytes())
    with pytest.raises(ProjectFileError, match="none of those it is the mean of"):
        load_model(rewritten(path, tensors={"mean_of": rows}))


def test_to_have_them_is_something_to_save(houses: Dataset) -> None:
    session = Session(TrainConfig(epochs=3))
    session.open(houses)
    learn(session)
    before = session.work_mark()
    session.answer_together(training_beside(session)(lambda _: None, lambda: False))
    assert session.work_mark() != before
    session.close()


def test_what_can_not_answer_together_is_refused_before_anything_is_trained(houses: Dataset) -> None:
    session = Session(TrainConfig(epochs=1))
    session.open(houses)
    session.set_hidden((LayerConfig(neurons=1500),))
    with pytest.raises(ConfigError, match="may have 4,096 neurons in a layer; these have 3 × 1,500"):
        learn(session, accuracy=True)
    assert session.newest is not None and session.newest.epoch == 0
    session.set_hidden((LayerConfig(neurons=1365),))
    check_possible(session)
    session.lock_parameter(0, 0, 0, True)
    with pytest.raises(ConfigError, match="weights locked"):
        learn(session, accuracy=True)
    session.close()


def test_tempered_chances_are_those_of_all_three(circles: Dataset, tmp_path: Path) -> None:
    """Their mean is divided, not one of them that would then answer alone; Undo takes it back, and a file keeps it."""
    session = Session(TrainConfig(epochs=6, batch_size=16))
    session.open(circles)
    learn(session, accuracy=True)
    X = circles.part("validation")[0]
    before = session.model_network.activations(X).Z[-1]
    way_back = session.temper(1.7)
    assert session.n_networks == 3
    np.testing.assert_allclose(session.model_network.activations(X).Z[-1], before / 1.7, rtol=1e-4, atol=1e-6)
    save_project(tmp_path / "work.annviz", session.project())
    np.testing.assert_array_equal(load_model(tmp_path / "work.annviz").network.params, session.model_network.params)
    session.go_back_to(way_back)
    assert session.n_networks == 3
    np.testing.assert_array_equal(session.model_network.activations(X).Z[-1], before)
    session.close()


# Taken along --------------------------------------------------------------------------------------------------------
def test_a_script_answers_with_all_three(together: Session) -> None:
    """They are in it side by side, and it says so; it does not show how one of them learned as if that were it."""
    python = format_for("python")
    text = python.write(subject_of(together.take_work()), wish_for(python)).decode()
    assert "3 networks of 2 - 6 - 6 - 1 side by side, whose mean is the answer" in text
    assert "The training loop is left out. The model is 3 networks side by side" in text
    script = {"__name__": "script"}
    exec(compile(text, "script.py", "exec"), script)
    row = {"area": "80", "rooms": "3"}
    model = together.model()
    x = encode_records(model.encoder, {name: [value] for name, value in row.items()})
    expected = model.encoder.decode_target(model.network.predict(x))[0]
    assert script["predict"](row)["answer"] == pytest.approx(expected, rel=1e-5)


def test_a_page_has_place_for_one_and_says_so(together: Session, tmp_path: Path) -> None:
    save_project(tmp_path / "work.annviz", together.project())
    page = format_for("page")
    with subject_in(tmp_path / "work.annviz") as subject:
        assert (subject.n_networks, page.of(subject).n_networks, page.of(subject).one_of) == (3, 1, 3)
        text = page.write(subject, wish_for(page, chosen={"replay": "no"})).decode()
    assert "one of the 3 networks whose mean is the model" in text
    model, python = together.model(), format_for("python")
    assert page.told_of(model).inside[0] == "one of the 3 networks whose mean is the model"
    assert python.told_of(model) is python and page.told_of(replace(model, mean_of=())) is page


def test_a_report_tells_of_all_three(together: Session) -> None:
    report = format_for("report")
    text = report.write(subject_of(together.take_work()), wish_for(report)).decode()
    assert "3 such networks, each from another seed" in text and "It is one of the 3 networks." in text
