"""A sweep of the open document: guessed at, done in a thread, gone on with, and its runs taken into the document."""

from __future__ import annotations

import math
from dataclasses import replace
from functools import partial
from pathlib import Path

import numpy as np
import pytest

from ann_viz.session import RunState, Session
from ann_viz.session.job import Job
from ann_viz.session.sweeping.crew import LocalCrew
from ann_viz.session.sweeping.plan import Plan
from ann_viz.session.sweeping.study import Ground, Study, survey, train_again

PLAN = Plan(space=(("hidden", ((3,), (5,))),), search="grid", seeds=3, epochs=6)


@pytest.fixture
def ground(session: Session, tmp_path: Path) -> Ground:
    dataset, network = session.dataset, session.network_config
    assert dataset is not None and network is not None
    return Ground(dataset=dataset, network=network, training=session.train_config, folder=tmp_path)


def done(study: Study) -> None:
    """Do a study with one process."""
    study.work(lambda _: None, lambda: False)


@pytest.mark.slow
def test_what_is_done_is_kept_for_the_next_time(ground: Ground) -> None:
    """The same sweep on the same data finds all its results; what was asked for is known as well."""
    first = Study(ground, PLAN, partial(LocalCrew, n_workers=1))
    assert first.runs() == () and math.isnan(first.seconds_left()) and first.n_results == 0
    done(first)
    assert len(first.runs()) == 2 and first.n_results == 6
    found = survey(ground, lambda _: None, lambda: False)
    assert found.earlier == PLAN and found.n_kept == 6 and found.seconds_of(PLAN) > 0
    second = Study(ground, PLAN, lambda _: pytest.fail("nothing is left to do"))
    done(second)
    assert [run.values() for run in second.runs()] == [run.values() for run in first.runs()]
    third = Study(ground, PLAN, lambda _: pytest.fail("nothing is done"))
    assert third.swept(1) is None and third.recall(lambda _: None, lambda: False)
    assert third.swept(1) == first.swept(1) and third.swept(1).n_runs == 2
    assert not Study(replace(ground, folder=None), PLAN).recall(lambda _: None, lambda: False)


def test_nothing_is_known_of_other_settings(ground: Ground) -> None:
    """Nor where there is no folder to keep anything in."""
    found = survey(ground, lambda _: None, lambda: False)
    assert found.earlier is None and found.n_kept == 0 and math.isfinite(found.seconds_per_epoch)
    assert survey(replace(ground, folder=None), lambda _: None, lambda: False).earlier is None


def test_a_study_can_be_paused_before_it_has_begun(ground: Ground) -> None:
    """Nothing is given out then, and it ends when it is cancelled."""
    study = Study(replace(ground, folder=None), PLAN)
    study.pause(True)
    job = Job("a sweep", study.work)
    job.stop()
    job.wait()
    assert study.is_paused and study.n_results == 0


def test_a_run_is_taken_into_the_document(ground: Ground, session: Session) -> None:
    """It has weights, course and settings of its task, stands where it ended, and can be gone on with and left."""
    task = PLAN.tasks_of((("hidden", (5,)), ("learning_rate", 0.05)), 6)[1]
    job = Job("opening a run", partial(train_again, ground, task))
    job.wait()
    trained = job.take()
    left = session.take_run(trained, "Sweep 1, row 1")
    now = session.snapshot
    assert now is not None and np.array_equal(now.params, trained.network.params)
    assert now.epoch == 6 and len(now.history) == 7
    assert session.state is RunState.FINISHED and session.network_config == trained.network.config
    assert session.train_config == trained.config
    assert session.current_run is not None and session.run_name(session.current_run) == "Sweep 1, row 1"
    assert session.train_config.learning_rate == 0.05 and session.train_config.seed == task.seed
    assert left is not None
    session.show_run(left)
    assert session.network_config == ground.network
