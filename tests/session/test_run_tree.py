"""Runs as a tree, what the card says of one, and in what two of them differ."""

from __future__ import annotations

import math
from dataclasses import replace

from ann_viz.data import build_dataset
from ann_viz.engine import LayerConfig
from ann_viz.session import Moment, Session
from ann_viz.session.run_differences import run_differences, setting_text
from ann_viz.session.run_facts import run_facts
from ann_viz.session.run_tree import loss_scale, run_rows, sweep_rows, up_from
from ann_viz.session.sweeping.plan import Plan
from ann_viz.session.sweeping.study import Ground, train_again
from ann_viz.session.sweeping.swept import Swept
from ann_viz.session.sweeping.task import Task
from ann_viz.session.twin import Change, Twin


def train(session: Session) -> int:
    """Train to the end and return the run's number."""
    session.train()
    session.wait()
    return session.run_numbers[0]


def ground_of(session: Session) -> Ground:
    """What a sweep of the open data starts from."""
    assert session.dataset is not None and session.network_config is not None
    return Ground(dataset=session.dataset, network=session.network_config, training=session.train_config)


def grown(session: Session) -> tuple[int, int, int]:
    """A first run, a branch of it with another penalty, and one after that with another shape."""
    first = train(session)
    session.look_at(Moment(first, 4))
    session.continue_from_here()
    session.set_training(l2=0.01)
    branch = train(session)
    session.set_hidden((LayerConfig(neurons=3),))
    return first, branch, train(session)


def test_each_run_hangs_below_the_one_it_came_from(session: Session) -> None:
    """With its best epoch and its course since it branched off; colours go by the order of the runs."""
    first, branch, last = grown(session)
    rows = {row.number: row for row in run_rows(session)}
    assert list(rows) == [first, branch, last]
    assert [row.parent for row in rows.values()] == [None, first, branch]
    assert [row.place for row in rows.values()] == [0, 1, 2]
    assert rows[branch].epochs[0] == 4 and rows[branch].epoch == 8
    assert rows[first].best_loss == min(rows[first].losses[1:])
    assert [row.is_current for row in rows.values()] == [False, False, True]


def test_what_was_opened_from_a_sweep_hangs_below_it(session: Session) -> None:
    """With what came of it; where the sweep is not listed, below the run that was in the window before."""
    first, ground = train(session), ground_of(session)
    trained = train_again(ground, Task(epochs=3), lambda _: None, lambda: False)
    session.take_run(trained, "Sweep 1, row 1", sweep=1)
    second = session.run_numbers[0]
    session.set_training(l2=0.02)
    session.reset()
    third = train(session)
    assert [(row.parent, row.sweep) for row in run_rows(session)] == [(None, None), (first, None), (second, None)]
    plan = Plan(space=(("l2", (0.01, 0.02)),))
    swept = Swept(number=1, plan=plan, network=ground.network, training=ground.training, n_runs=2, best=0.25)
    session.note_sweep(swept)
    rows = run_rows(session)
    assert [(row.number, row.parent, row.sweep) for row in rows] == [
        (first, None, None), (second, None, 1), (third, second, None)
    ]  # fmt: skip
    assert [row.number for row in up_from(rows, third)] == [third, second]
    assert [(row.name, row.n_runs, row.best) for row in sweep_rows(session)] == [("Sweep 1", 2, "0.2500")]
    recipe = ground.dataset.recipe
    session.open(build_dataset(ground.dataset.table, replace(recipe, inputs=recipe.inputs[:-1])))
    assert sweep_rows(session) == () and session.last_sweep == 1, "it is of other columns, and keeps its number"
    assert {row.sweep for row in run_rows(session)} == {None}
    session.show_run(third)
    assert [row.sweep for row in run_rows(session)][1] == 1


def test_a_branch_is_as_good_as_its_own_epochs(session: Session) -> None:
    """What its parent had reached before it branched off is not its own; patience begins with it."""
    first = train(session)
    best = session.find_run(first).snapshot.best_epoch
    assert best > 3
    session.look_at(Moment(first, best))
    session.set_training(learning_rate=1.0, patience=3, epochs=60)
    session.continue_from_here()
    branch = session.find_run(train(session)).snapshot
    assert branch.best_epoch >= best and branch.epoch >= branch.best_epoch + 3
    session.show_run(first)
    session.look_at(Moment(first, 8 if best < 8 else 7))
    later = session.looking_at.epoch
    session.continue_from_here()
    assert session.newest.best_epoch == later


def test_a_run_whose_parent_is_deleted_moves_up(session: Session) -> None:
    """It hangs below the one before that; its colour stays."""
    first, branch, last = grown(session)
    session.delete_run(branch)
    rows = run_rows(session)
    assert [(row.number, row.parent, row.place) for row in rows] == [(first, None, 0), (last, first, 2)]


def test_a_run_that_is_added_has_a_colour_of_its_own(session: Session) -> None:
    """Also beside the current one, of which nothing learned is written down yet; and it is called by what changed."""
    first = train(session)
    twin = Twin(session.find_run(first), Change.of(l2=0.01), session.engine)
    twin.train(lambda _: None, lambda: False, steady=False)
    session.keep_twin(twin.grown())
    assert [(row.place, row.name) for row in run_rows(session)] == [(0, "First run"), (1, "L2 0.01")]


def test_an_untrained_run_has_no_best_loss(session: Session) -> None:
    """And the scale of all courses is a sound one even then."""
    rows = run_rows(session)
    assert len(rows) == 1 and math.isnan(rows[0].best_loss)
    left, right, low, high = loss_scale(rows)
    assert left < right and low < high


def test_the_card_tells_where_a_run_began_and_what_changed(session: Session) -> None:
    """In the words of the settings, from what they were to what they are."""
    first, branch, last = grown(session)
    facts = {number: dict(run_facts(session, session.find_run(number))) for number in (first, branch, last)}
    assert facts[first]["Began"] == "untrained, seed 3" and facts[first]["Trained"] == "8 epochs"
    assert facts[branch]["Began"] == "from First run, epoch 4" and facts[branch]["Trained"] == "4 epochs"
    assert facts[branch]["Changed"] == "L2 0 → 0.01"
    assert facts[last]["Changed"] == "Hidden layers 6 · 6 ReLU → 3 ReLU"
    assert facts[last]["Began"] == "with weights it was given"


def test_what_was_changed_on_the_way_is_told_with_its_epoch(session: Session) -> None:
    """A run that goes on with another setting is the same run, and says from when."""
    session.step("epoch")
    session.wait()
    session.set_training(l2=0.01)
    number = train(session)
    assert dict(run_facts(session, session.find_run(number)))["Changed"] == "L2 0 → 0.01 at epoch 1"
    session.reset()
    train(session)
    session.show_run(number)
    assert dict(run_facts(session, session.current_run))["Changed"] == "L2 0 → 0.01 at epoch 1"


def test_settings_that_differ_are_named_with_both_values(session: Session) -> None:
    """And no others."""
    first = session.find_run(train(session))
    session.set_training(optimizer="sgd", dropout=0.25, patience=7)
    session.set_network(seed=12)
    other = session.find_run(train(session))
    found = [(each.name, each.one, each.other) for each in run_differences(first, other)]
    assert found == [
        ("Seed", "3", "12"),
        ("Optimizer", "Adam", "SGD"),
        ("Dropout", "0\N{NO-BREAK SPACE}%", "25\N{NO-BREAK SPACE}%"),
        ("Patience", "off", "7"),
    ]
    assert run_differences(first, first) == ()
    assert setting_text("loss", None) == "usual"


def test_what_is_set_after_the_last_step_belongs_to_the_next_run(session: Session) -> None:
    """A run is called, and compared, by the settings it has learned with."""
    first = train(session)
    session.set_training(l2=0.01)
    session.reset()
    second = train(session)
    assert session.run_name(session.find_run(second)) == "L2 0.01"
    assert [each.name for each in run_differences(session.find_run(first), session.find_run(second))] == ["L2"]
    session.show_run(first)
    assert session.train_config.l2 == 0.01, "what was typed is not lost"
    assert session.find_run(first).settings.l2 == 0.0
    session.take_back_settings()
    assert session.train_config.l2 == 0.0
