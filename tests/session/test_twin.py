"""Twins: the same start with one thing changed, trained in step, and kept as runs."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from ann_viz.data import build_dataset
from ann_viz.engine import LayerConfig
from ann_viz.errors import ConfigError
from ann_viz.session import Moment, RunState, Session
from ann_viz.session.job import Job
from ann_viz.session.run_names import changes
from ann_viz.session.twin import Change, Twin
from ann_viz.session.twin_choices import choices_for


def train(session: Session) -> int:
    """Train to the end and return the run's number."""
    session.train()
    session.wait()
    return session.run_numbers[0]


def grow(twin: Twin) -> None:
    """Train both here and now."""
    twin.train(lambda _: None, lambda: False, steady=False)


def test_a_twin_is_what_the_session_would_have_trained(session: Session) -> None:
    """Bit for bit: same start, same order of rows, the changed setting, as many epochs."""
    number = train(session)
    twin = Twin(session.find_run(number), Change.of(l2=0.05), session.engine)
    grow(twin)
    kept = session.keep_twin(twin.grown())
    assert session.run_name(session.find_run(kept)) == "L2 0.05"
    assert session.run_numbers[0] == number, "the run in the window stays"
    session.set_training(l2=0.05)
    session.reset()
    train(session)
    assert np.array_equal(session.newest.params, session.find_run(kept).snapshot.params)


def test_both_are_shown_at_the_same_epoch(session: Session) -> None:
    """The run that has a past is not trained again: its past is shown beside the twin."""
    run = session.find_run(train(session))
    twin = Twin(run, Change.of(l2=0.05), session.engine)
    job = Job("training a twin", lambda progress, cancelled: twin.train(progress, cancelled, steady=False))
    job.wait()
    assert job.take() is True
    pair = twin.take_pair()
    assert (pair.epoch, pair.one.epoch, pair.other.epoch) == (8, 8, 8)
    assert twin.grown().original is None


def test_an_untrained_run_learns_with_its_twin(session: Session) -> None:
    """It stands then where training it alone would have brought it, and goes on from there."""
    first = session.run_numbers[0]
    twin = Twin(session.find_run(first), Change.of(hidden=(LayerConfig(neurons=3),)), session.engine)
    grow(twin)
    kept = session.keep_twin(twin.grown())
    assert [run.number for run in session.runs] == [first, kept]
    assert session.state is RunState.FINISHED and session.newest.epoch == 8
    params = session.newest.params
    session.reset()
    train(session)
    assert np.array_equal(params, session.newest.params)


def test_the_twin_of_a_branch_branches_there_too(session: Session) -> None:
    """From the same weights of the same epoch."""
    first = train(session)
    session.look_at(Moment(first, 5))
    session.continue_from_here()
    session.set_training(l2=0.01)
    branch = session.find_run(train(session))
    twin = Twin(branch, Change.of(l2=0.02), session.engine)
    grow(twin)
    kept = session.find_run(session.keep_twin(twin.grown()))
    assert (kept.parent, kept.branched_at, kept.snapshot.epoch) == (first, 5, 8)
    assert session.run_name(kept) == "L2 0.02, from epoch 5"
    then = {each.place: each.params for each in kept.snapshot.timeline}
    assert np.array_equal(then[5, 0], next(each.params for each in branch.snapshot.timeline if each.place == (5, 0)))


def test_a_twin_without_a_column_begins_alike(session: Session) -> None:
    """The weights of the inputs that stay are those the run began with, whatever its seed says by now."""
    run = session.find_run(train(session))
    names = run.dataset.recipe.inputs
    change = Change({}, {}, without=names[:1])
    dataset = build_dataset(run.dataset.table, change.recipe(run))
    twin = Twin(run, change, session.engine, dataset=dataset)
    began, own = run.snapshot.timeline[0].network(), twin.now.other.network()
    assert np.array_equal(own.W[0], began.W[0][1:]) and np.array_equal(own.W[1], began.W[1])
    assert np.array_equal(dataset.X, run.dataset.X[:, 1:]), "the same rows in the same order"
    grow(twin)
    kept = session.find_run(session.keep_twin(twin.grown()))
    assert session.run_name(kept) == f"Without {names[0]}" and kept.snapshot.epoch == 8
    assert session.dataset is run.dataset, "the run in the window stays"
    with pytest.raises(ConfigError, match="has to stay"):
        Change({}, {}, without=names).recipe(run)


def test_a_twin_with_a_column_more_begins_alike(session: Session) -> None:
    """Only the weights of the column that is taken in are drawn; what the run leaves out is what can be taken in."""
    all_of_them = session.dataset
    names = all_of_them.recipe.inputs
    fewer = build_dataset(all_of_them.table, replace(all_of_them.recipe, inputs=names[:-1]))
    session.open(fewer)
    run = session.find_run(train(session))
    choice = choices_for(run)["left_out"]
    assert list(choice.options(run)) == [choice.suggest(run)] == [names[-1]]
    change = choice.change(run, names[-1])
    twin = Twin(run, change, session.engine, dataset=build_dataset(run.dataset.table, change.recipe(run)))
    began, own = run.snapshot.timeline[0].network(), twin.now.other.network()
    assert np.array_equal(own.W[0][: len(began.W[0])], began.W[0]) and np.array_equal(own.W[1], began.W[1])
    grow(twin)
    kept = session.find_run(session.keep_twin(twin.grown()))
    assert session.run_name(kept) == f"With {names[-1]}"
    assert "left_out" not in choices_for(kept), "there is nothing more to take in"
    there_and_back = replace(kept, dataset=build_dataset(fewer.table, replace(fewer.recipe, inputs=names[1:])))
    assert changes(run, there_and_back)[0] == f"with {names[-1]}, without {names[0]}"


def test_a_stopped_twin_is_kept_as_far_as_it_came(session: Session) -> None:
    """And can go on later."""
    run = session.find_run(train(session))
    twin = Twin(run, Change.of(l2=0.05), session.engine)
    done = []
    assert twin.train(done.append, lambda: len(done) == 3, steady=False) is False
    kept = session.keep_twin(twin.grown())
    assert session.find_run(kept).snapshot.epoch == 3
    session.show_run(kept)
    session.train()
    session.wait()
    assert session.newest.epoch > 3


def test_a_change_that_cannot_be_is_refused(session: Session) -> None:
    """Before anything is trained."""
    with pytest.raises(ConfigError):
        Twin(session.find_run(session.run_numbers[0]), Change.of(learning_rate=-1.0), session.engine)
