"""A sweep of the open document: begun, paused, ended, gone on with, and its runs opened."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from pytestqt.qtbot import QtBot

from ann_viz.resources import resource
from ann_viz.session import RunState
from ann_viz.session.headless import open_dataset
from ann_viz.session.sweeping.plan import Plan
from ann_viz.ui.document.bridge import Bridge
from ann_viz.ui.sweeping.sweeping import Sweeping


def test_it_says_how_far_it_is(sweeping: Sweeping, plan: Plan, qtbot: QtBot) -> None:
    """Before, paused, and at the end; training that was under way has paused."""
    assert sweeping.progress_words() == ("", "") and sweeping.fraction == 0
    sweeping.begin(plan)
    sweeping.pause(True)
    assert sweeping.is_running and sweeping.is_paused and not sweeping.is_training
    assert sweeping.progress_words()[1] == "paused"
    sweeping.pause(False)
    qtbot.waitUntil(lambda: not sweeping.is_running)
    assert sweeping.progress_words() == ("9 of 9", "") and sweeping.fraction == 1.0
    assert sweeping.title() == "Sweep 1" and sweeping.error is None


def test_training_pauses_for_it(bridge: Bridge, sweeping: Sweeping, plan: Plan) -> None:
    """Both at once would be slow."""
    bridge.train()
    sweeping.begin(plan)
    assert bridge.document.state is not RunState.RUNNING


def test_cancelled_it_keeps_what_is_done(
    sweeping: Sweeping, plan: Plan, qtbot: QtBot, finish: Callable[[Sweeping], None]
) -> None:
    """The same sweep again does only the rest."""
    sweeping.begin(plan)
    qtbot.waitUntil(lambda: sweeping.study is not None and sweeping.study.n_results > 4)
    sweeping.cancel()
    assert not sweeping.is_running and sweeping.study is not None
    n_done = sweeping.study.n_results
    sweeping.begin(plan)
    finish(sweeping)
    assert n_done < sweeping.study.n_results == plan.n_tasks and sweeping.number == 2


def test_a_run_is_opened_with_the_weights_of_the_seed_in_the_middle(
    bridge: Bridge, swept: Sweeping, qtbot: QtBot
) -> None:
    """It is in the tree, named by its row; what was there before is as well."""
    assert swept.study is not None
    first = swept.study.runs()[0]
    with qtbot.waitSignal(swept.opened):
        swept.open_runs([first])
    run, snapshot = bridge.document.current_run, bridge.document.snapshot
    assert run is not None and snapshot is not None and bridge.document.run_name(run) == "Sweep 1, row 1"
    assert run.note.startswith("Learning rate 0.0")
    middle = next(result for result in first.results if result.task == first.median_task)
    assert snapshot.train_config.seed == middle.task.seed and snapshot.epoch == middle.epochs
    loss = bridge.document.metrics("validation")["loss"]
    assert abs(loss - middle.score("loss")) < 1e-6
    bridge.undo_stack.undo()
    assert bridge.document.current_run is not None and bridge.document.current_run.number != run.number


def test_it_is_listed_among_the_runs_and_shown_again(
    bridge: Bridge, swept: Sweeping, plan: Plan, finish: Callable[[Sweeping], None]
) -> None:
    """With its best run; another one takes its place until it is asked for, but not while that one is under way."""
    (first,) = bridge.document.sweeps
    assert first.n_runs == 9 and first.plan == plan and swept.study is not None
    assert first.best == swept.study.runs()[0].mean()
    shown = swept.study
    swept.begin(replace(plan, epochs=5))
    swept.pause(True)
    assert not swept.show(first) and swept.number == 2
    swept.pause(False)
    finish(swept)
    assert [each.number for each in bridge.document.sweeps] == [1, 2]
    assert swept.show(first) and swept.study is shown and swept.title() == "Sweep 1"


def test_after_a_project_is_opened_what_is_kept_of_it_comes_back(bridge: Bridge, swept: Sweeping, qtbot: QtBot) -> None:
    """From the journal; the next sweep has a number of its own."""
    work = bridge.take_work()
    assert work is not None and swept.study is not None
    project, n_runs = work.project(), len(swept.study.runs())
    bridge.open_project(project, open_dataset(resource("samples", "iris.csv")))
    assert swept.study is None and len(bridge.document.sweeps) == 1
    assert swept.show(bridge.document.sweeps[0]) and swept.is_recalling
    qtbot.waitUntil(lambda: not swept.is_recalling)
    assert len(swept.study.runs()) == n_runs and swept.progress_words() == ("9 of 9", "")


def test_several_are_opened_one_after_the_other(bridge: Bridge, swept: Sweeping, qtbot: QtBot) -> None:
    """Those that failed, and what they are compared with, are left out."""
    assert swept.study is not None
    runs = swept.study.runs()
    with qtbot.waitSignal(swept.opened):
        swept.open_runs([runs[0], runs[1], runs[-1], *swept.study.baselines()])
    names = [bridge.document.run_name(run) for run in bridge.document.runs]
    assert names[-2:] == ["Sweep 1, row 1", "Sweep 1, row 2"] and runs[-1].failed


def test_other_data_let_go_of_it(bridge: Bridge, swept: Sweeping) -> None:
    """A sweep on one table says nothing of another."""
    bridge.open_dataset(open_dataset(resource("samples", "bank_customers.csv")))
    assert swept.study is None and swept.number == 0


def test_what_is_known_beforehand(swept: Sweeping, plan: Plan, qtbot: QtBot) -> None:
    """The time of an epoch, and what was asked for last."""
    with qtbot.waitSignal(swept.surveyed):
        swept.look_around()
    assert swept.survey is not None and swept.survey.earlier == plan and swept.survey.n_kept == plan.n_tasks
