"""Every moment can be looked at again as it was, and every run gone back to, gone on with and branched from."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, replace
from typing import get_args

import numpy as np
import pytest
from session_states import shown

from ann_viz.data import Dataset, build_dataset
from ann_viz.engine import EpochScores, LayerConfig, Snapshot, TrainConfig
from ann_viz.engine.timeline import thinned
from ann_viz.errors import StateError
from ann_viz.explain.story import tell
from ann_viz.explain.texts import Voice
from ann_viz.session import Moment, RunState, Session
from ann_viz.session.explaining import situation_of
from ann_viz.session.judging import Judge
from ann_viz.session.past import stride_of
from ann_viz.session.runs import Runs, freed_bytes


@pytest.fixture
def session(circles: Dataset) -> Iterator[Session]:
    """A session that has learned nothing yet."""
    session = Session(TrainConfig(epochs=200, batch_size=16))
    session.open(circles)
    yield session
    session.close()


def train(session: Session, epochs: int) -> None:
    for _ in range(epochs):
        session.step("epoch")
        assert session.wait(30)


def assert_same_moment(past: Snapshot, live: Snapshot) -> None:
    """Compare all that a view could show, to the last bit, and the course until then."""
    for field in fields(Snapshot):
        one, other = getattr(past, field.name), getattr(live, field.name)
        if field.name == "timeline":
            assert [then.place for then in one] == [then.place for then in other]
        elif field.name == "history":
            for column in fields(one):
                np.testing.assert_array_equal(getattr(one, column.name), getattr(other, column.name))
        elif isinstance(one, np.ndarray):
            assert one.tobytes() == other.tobytes(), field.name
        elif field.name not in ("measured", "phase", "finished"):
            assert one == other, field.name
    assert past.scores == live.scores and isinstance(past.scores, EpochScores)


def test_how_many_epochs_are_kept_is_known(session: Session) -> None:
    """However often it was thinned, and whatever else stays; of the first, the best and the last alone it is not."""
    train(session, 21)
    timeline = session.newest.timeline
    assert stride_of(timeline[:1]) == stride_of(timeline) == 1
    for most in (20, 9, 5):
        kept, stride = thinned(timeline, most, frozenset({7, 13}))
        assert stride > 1 and stride_of(tuple(kept)) == stride
    assert stride_of(tuple(then for then in timeline if then.place in {(0, 0), (7, 0), (21, 0)})) is None


def texts_of(session: Session, judge: Judge) -> list[object]:
    """Return what is told of the moment on show: matrix, scores, thickness of lines, and steps 1 to 4 in formulas."""
    judged = judge.judge()
    assert judged is not None
    situation = situation_of(session, None)
    told = [tell(step, situation, voice) for step in (1, 2, 3, 4) for voice in get_args(Voice)]
    return [judged.counts.tolist(), dict(judged.scores), session.full_thickness(), told]


def test_every_frame_of_a_scrub_was_live_once(session: Session) -> None:
    """Two hundred epochs forwards and back: weights, gradients, course, best epoch, scores, answers, row, texts."""
    judge = Judge(session)
    live, answers, rows = [shown(session)], [session.answers("validation")[1]], [session.shown_row()]
    texts = [texts_of(session, judge)]
    for _ in range(199):
        train(session, 1)
        live.append(shown(session))
        answers.append(session.answers("validation")[1])
        rows.append(session.shown_row())
        texts.append(texts_of(session, judge))
    number = session.runs[0].number
    for epoch in (*range(200), *range(199, -1, -7)):
        session.look_at(Moment(number, epoch))
        assert session.looking_at == Moment(number, epoch)
        assert_same_moment(shown(session), live[epoch])
        np.testing.assert_array_equal(session.answers("validation")[1], answers[epoch])
        row, then = session.shown_row(), rows[epoch]
        assert row is not None and then is not None
        assert row.names == then.names and row.answer == then.answer
        np.testing.assert_array_equal(row.values[-1], then.values[-1])
        assert texts_of(session, judge) == texts[epoch]
    session.look_at(None)
    assert shown(session) is session.newest and shown(session).epoch == 199


def test_training_goes_on_while_one_looks_back(session: Session) -> None:
    """What is shown stays what it is, and what is newest grows."""
    train(session, 3)
    number = session.runs[0].number
    session.train()
    session.look_at(Moment(number, 1))
    past = shown(session)
    assert session.wait(60)
    assert shown(session) is past and past.epoch == 1
    assert session.newest is not None and session.newest.epoch == 200
    session.look_at(Moment(number, 150))
    assert shown(session).epoch == 150
    assert len(shown(session).history) == 151


def test_batches_of_the_first_epochs_can_be_looked_at(session: Session) -> None:
    """They are there between the epochs; later ones snap to what is kept."""
    session.step("batch")
    live = shown(session)
    train(session, 5)
    number = session.runs[0].number
    session.look_at(Moment(number, 0, 1))
    assert_same_moment(shown(session), live)
    session.look_at(Moment(number, 4, 1))
    assert session.looking_at == Moment(number, 4)


def test_a_branch_goes_on_from_there(session: Session) -> None:
    """With those weights and that course, counting on; the run that was stays, and bits don't depend on its future."""
    train(session, 12)
    first = session.runs[0].number
    end = shown(session).params
    session.look_at(Moment(first, 5))
    then = shown(session)
    assert session.continue_from_here() == first
    assert session.state is RunState.PAUSED and session.looking_at is None
    assert shown(session).epoch == 5 and len(shown(session).history) == 6
    assert shown(session).gradients is None, "no step has led to these weights in this run"
    np.testing.assert_array_equal(shown(session).params, then.params)
    train(session, 2)
    branch = session.current_run
    assert branch is not None and (branch.parent, branch.branched_at) == (first, 5)
    assert session.run_name(branch) == "From epoch 5" and shown(session).epoch == 7
    assert session.show_run(first) == branch.number
    np.testing.assert_array_equal(shown(session).params, end)
    with pytest.raises(StateError, match="newest"):
        session.continue_from_here()


def test_going_to_another_run_and_back_changes_no_bit(session: Session, circles: Dataset) -> None:
    """Network, settings, hand edits and course come with it, and the next epoch is the one that would have been."""
    train(session, 3)
    session.set_parameter(0, 0, 0, 0.5)
    session.lock_parameter(0, 0, 0, True)
    session.switch_neuron(1, 2, False)
    first = session.current_run
    assert first is not None
    session.set_hidden((LayerConfig(neurons=3, activation="tanh"),))
    session.set_training(learning_rate=0.1)
    train(session, 1)
    second = session.current_run
    assert second is not None and session.run_name(second) == "3 changes"
    session.show_run(first.number)
    assert session.train_config.learning_rate == 0.01
    assert session.manual_edits.locked == {(0, 0, 0)} and session.manual_edits.off == {(1, 2)}
    train(session, 2)

    alone = Session(TrainConfig(epochs=200, batch_size=16))
    alone.open(circles)
    train(alone, 3)
    alone.set_parameter(0, 0, 0, 0.5)
    alone.lock_parameter(0, 0, 0, True)
    alone.switch_neuron(1, 2, False)
    train(alone, 2)
    assert shown(session).params.tobytes() == shown(alone).params.tobytes()
    assert shown(session).params[0] == 0.5


def test_a_run_that_learned_nothing_is_replaced(session: Session) -> None:
    """The list holds what was trained and what is current; the way back is there all the same."""
    left = session.set_hidden((LayerConfig(neurons=2),))
    session.new_start()
    assert len(session.runs) == 1 and session.run_name(session.runs[0]) == "First run"
    train(session, 1)
    session.reset()
    assert [run.is_trained for run in session.runs] == [True, False]
    assert session.run_name(session.runs[1]) == "Same again"
    assert left is not None
    session.show_run(left)
    assert session.network_config is not None and session.network_config.sizes[1:] == (6, 6, 1)


def test_other_columns_are_another_run(session: Session) -> None:
    """The same table with other roles keeps the runs; going back brings the columns too."""
    train(session, 1)
    dataset = session.dataset
    assert dataset is not None
    fewer = replace(dataset.recipe, inputs=dataset.recipe.inputs[:2])
    left = session.open(build_dataset(dataset.table, fewer))
    train(session, 1)
    assert session.run_name(session.runs[1]) == "Without colour"
    assert left is not None
    session.show_run(left)
    assert session.dataset is dataset and shown(session).epoch == 1


def test_other_data_forget_the_runs(session: Session, flowers: Dataset) -> None:
    """They can't be gone on with: their rows are closed."""
    train(session, 1)
    assert session.open(flowers) is None
    assert len(session.runs) == 1 and session.dataset is flowers


def test_names_notes_pins_and_eyes(session: Session) -> None:
    """What is written beside a run stays with it, also of the current one."""
    train(session, 1)
    number = session.runs[0].number
    session.rename_run(number, "  mine ")
    session.set_run_note(number, "why")
    session.pin_run(number, True)
    session.show_curve(number, False)
    session.set_training(l2=0.001, dropout=0.2, momentum=0.5)
    session.reset()
    train(session, 1)
    run = session.runs[0]
    assert (session.run_name(run), run.note, run.is_pinned, run.is_shown) == ("mine", "why", True, False)
    session.rename_run(number, "")
    assert session.run_name(session.runs[0]) == "First run"
    assert session.run_name(session.runs[1]) == "3 changes", "made after the last step of the first one"


def test_a_deleted_run_can_be_restored(session: Session) -> None:
    """The current one can't be deleted; another one goes and comes back where it was."""
    train(session, 1)
    first = session.runs[0].number
    session.reset()
    train(session, 1)
    with pytest.raises(StateError, match="in the window"):
        session.delete_run(session.runs[1].number)
    session.delete_run(first)
    assert [run.number for run in session.runs] != [first] and len(session.runs) == 1
    assert session.run_name(session.runs[0]) == "Same again", "what it came from is still known"
    session.restore_run(first)
    assert session.runs[0].number == first
    with pytest.raises(StateError, match="no longer there"):
        session.show_run(99)


def test_all_timelines_share_the_memory(session: Session) -> None:
    """Of runs that were left every second epoch goes, never the first, best or last, and never of a pinned one."""
    for _ in range(3):
        train(session, 40)
        session.reset()
    runs = list(session.runs)[:3]
    one = runs[0].timeline_bytes
    kept = Runs(budget=2 * one)
    for place, run in enumerate(runs):
        kept.put(
            run if place else type(run)(**{f.name: getattr(run, f.name) for f in fields(run)} | {"is_pinned": True})
        )
    kept.fit_budget()
    sizes = [run.timeline_bytes for run in kept]
    assert sum(sizes) <= 2 * one and sizes[0] == one
    for run in kept:
        epochs = [then.epoch for then in run.snapshot.timeline if not then.batch_index]
        assert {0, 40, run.snapshot.best_epoch} <= set(epochs)
        assert run.checkpoint is not None and run.checkpoint.timeline == run.snapshot.timeline


@pytest.mark.parametrize("is_left", [True, False])
def test_only_the_weights_of_a_run_are_kept(session: Session, is_left: bool) -> None:
    """The first, best and last epoch, scores and curve stay; trained on, it keeps every epoch again."""
    train(session, 12)
    number = session.run_numbers[0]
    before = session.find_run(number)
    freed = freed_bytes(before)
    assert 0 < freed < before.timeline_bytes
    if is_left:
        session.reset()
        train(session, 1)
    session.keep_weights_only(number)
    run = session.find_run(number)
    assert run.timeline_bytes == before.timeline_bytes - freed and freed_bytes(run) == 0
    kept = [then.place for then in run.snapshot.timeline]
    assert kept == sorted({(0, 0), (run.snapshot.best_epoch, 0), (12, 0)})
    assert np.array_equal(run.snapshot.params, before.snapshot.params) and len(run.snapshot.history) == 13
    session.look_at(Moment(number, 0))
    assert session.snapshot is not None and session.snapshot.epoch == 0
    session.set_training(epochs=15)
    session.train()
    session.wait()
    assert session.newest is not None
    epochs = [then.epoch for then in session.newest.timeline]
    assert epochs[-4:] == [12, 13, 14, 15], "what comes after is kept as ever"
