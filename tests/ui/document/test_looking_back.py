"""The bridge tells everyone of a past moment, lets training go on meanwhile, and brings runs back by Undo."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from ann_viz.engine import TrainConfig
from ann_viz.errors import StateError
from ann_viz.session import Moment, RunState, Session
from ann_viz.session.samples import open_sample, samples
from ann_viz.ui.document.bridge import Bridge


@pytest.fixture
def trained(qtbot: QtBot) -> Iterator[Bridge]:
    """A bridge whose network has learned for five epochs and could go on without end."""
    made = Bridge(Session(TrainConfig(epochs=0)))
    made.open_dataset(open_sample(next(sample for sample in samples() if sample.file == "xor.csv")))
    for _ in range(5 * made.document.snapshot.n_batches):
        made.step("batch")
    yield made
    made.close()
    made.deleteLater()


def test_everyone_is_told_of_a_past_moment(trained: Bridge, qtbot: QtBot) -> None:
    """And once more of the return; a second look at the same changes nothing that is said of looking."""
    number = trained.document.runs[0].number
    with qtbot.waitSignals([trained.look_changed, trained.snapshot_changed], timeout=1000):
        trained.look_at(Moment(number, 2))
    assert trained.document.snapshot.epoch == 2
    with qtbot.assertNotEmitted(trained.look_changed):
        trained.look_at(Moment(number, 2))
    with qtbot.waitSignals([trained.look_changed, trained.snapshot_changed], timeout=1000):
        trained.look_at(None)
    assert trained.document.snapshot.epoch == 5


class _Slow(QObject):
    """Somebody who draws when a turn is offered."""

    def __init__(self, bridge: Bridge) -> None:
        super().__init__(bridge)
        self._bridge, self.drawn = bridge, []
        bridge.turn_offered.connect(self.on_offered)

    def on_offered(self) -> None:
        self.drawn.append(self._bridge.document.snapshot.epoch)


def test_while_one_drags_the_picture_goes_first(trained: Bridge, qtbot: QtBot) -> None:
    """What is slow to redraw follows once the picture is painted, once for all moments that were passed meanwhile."""
    number, slow = trained.document.runs[0].number, _Slow(trained)
    trained.look_at(Moment(number, 2), dragged=True)
    trained.look_at(Moment(number, 3), dragged=True)
    assert trained.document.snapshot.epoch == 3 and not slow.drawn
    qtbot.waitUntil(lambda: slow.drawn == [3])
    trained.look_at(Moment(number, 1))
    assert slow.drawn == [3, 1], "at once where nobody drags"


def test_frames_stand_still_while_one_looks_back(trained: Bridge, qtbot: QtBot) -> None:
    """Training goes on and says so now and then, but nobody draws anything anew for it."""
    trained.train()
    trained.look_at(Moment(trained.document.runs[0].number, 2))
    drawn = []
    trained.snapshot_changed.connect(lambda: drawn.append(trained.document.snapshot.epoch))
    with qtbot.waitSignal(trained.newest_changed, timeout=5000):
        pass
    assert not drawn and trained.document.newest.epoch >= 5
    assert trained.take_turn(0.0, 1e9), "a still picture is exact at once"
    trained.pause()
    assert trained.document.looking_at is not None and trained.document.snapshot.epoch == 2


def test_training_returns_to_now(trained: Bridge, qtbot: QtBot) -> None:
    """Train goes on with the newest weights, and what is looked at with it."""
    trained.look_at(Moment(trained.document.runs[0].number, 1))
    with qtbot.waitSignal(trained.look_changed, timeout=1000):
        trained.train()
    assert trained.document.looking_at is None
    trained.pause()


def test_continuing_can_be_undone(trained: Bridge, qtbot: QtBot) -> None:
    """The branch goes on training where training was under way; Undo returns to the run that was."""
    first = trained.document.runs[0].number
    trained.train()
    trained.look_at(Moment(first, 3))
    with qtbot.waitSignal(trained.runs_changed, timeout=1000):
        trained.continue_from_here()
    assert trained.document.state is RunState.RUNNING
    trained.pause()
    assert len(trained.document.runs) == 2 and trained.document.snapshot.epoch >= 3
    trained.undo_stack.undo()
    assert trained.document.current_run.number == first and trained.document.snapshot.epoch >= 5
    trained.undo_stack.redo()
    assert trained.document.current_run.number != first


def test_what_is_written_beside_a_run_can_be_undone(trained: Bridge, qtbot: QtBot) -> None:
    """Names, notes and deleting; a run shown again brings its settings."""
    first = trained.document.runs[0].number
    trained.rename_run(first, "mine")
    trained.set_training(learning_rate=0.5)
    trained.reset()
    trained.step("batch")
    trained.set_run_note(first, "a")
    trained.set_run_note(first, "ab")
    trained.delete_run(first)
    assert [run.number for run in trained.document.runs] != [first]
    for expected in ("ab", ""):
        trained.undo_stack.undo()
        assert trained.document.runs[0].note == expected
    with qtbot.waitSignal(trained.runs_changed, timeout=1000):
        trained.show_run(first)
    assert trained.document.snapshot.epoch == 5
    assert trained.document.run_name(trained.document.runs[0]) == "mine"
    for _ in range(4):  # another run, reset, learning rate, name
        trained.undo_stack.undo()
    assert trained.document.run_name(trained.document.runs[0]) == "First run"
    assert trained.document.train_config == TrainConfig(epochs=0)


def test_a_step_on_one_row_can_be_undone(trained: Bridge) -> None:
    """To the bit, with all the optimiser remembered; a row that is not learned from is refused."""
    dataset = trained.document.dataset
    trained.set_example(int(dataset.train[0]))
    before = trained.document.newest.params.tobytes()
    trained.train_on_row()
    after = trained.document.newest.params.tobytes()
    assert after != before
    trained.undo_stack.undo()
    assert trained.document.newest.params.tobytes() == before
    trained.undo_stack.redo()
    assert trained.document.newest.params.tobytes() == after
    trained.set_example(int(dataset.validation[0]))
    with pytest.raises(StateError, match="does not learn from this row"):
        trained.train_on_row()
