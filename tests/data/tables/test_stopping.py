"""Opening, reading and asking stop wherever they are, and leave nothing behind."""

from __future__ import annotations

import itertools
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from small_files import write

from ann_viz.data import open_table
from ann_viz.data.database.store import Store
from ann_viz.errors import Cancelled, DataError
from ann_viz.temporary import TemporaryFolder

pytestmark = pytest.mark.usefixtures("temporary")


def test_progress_and_cancel(tmp_path: Path, temporary: Path) -> None:
    """Progress rises to 1; a cancelled opening leaves nothing behind."""
    path = write(tmp_path, "a,b\n" + "1,2\n" * 10000)
    seen: list[float] = []
    with open_table(path, progress=seen.append) as table:
        assert table.n_rows == 10000
    assert seen == sorted(seen)
    assert seen[-1] == 1.0
    with pytest.raises(Cancelled):
        open_table(path, cancelled=lambda: True)
    assert not list(temporary.iterdir())


def _stopped_in(part: tuple[float, float]) -> tuple[Callable[[float], None], Callable[[], bool]]:
    """A progress that notes how far the work is, and a question that is true in a part of it."""
    reached = [0.0]

    def note(share: float) -> None:
        reached[0] = share

    return note, lambda: part[0] <= reached[0] < part[1]


@pytest.mark.parametrize("part", [(0.0, 0.1), (0.15, 0.3), (0.3, 0.6), (0.6, 1.0)])
def test_stopped_in_every_part_of_the_work(tmp_path: Path, temporary: Path, part: tuple[float, float]) -> None:
    """Scan, load and profile stop when the user wants it, and leave no temporary file."""
    path = write(tmp_path, "a,b,c\n" + "1,2,some text\n" * 120_000)
    progress, cancelled = _stopped_in(part)
    with pytest.raises(Cancelled):
        open_table(path, progress=progress, cancelled=cancelled)
    assert not list(temporary.iterdir())


def test_a_query_can_be_stopped() -> None:
    """A database at work stops when its thread is watched, and answers the next question."""
    store = Store(TemporaryFolder(), width=1, n_characters=0)
    # Nothing but the hash of each number tells whether one of them is 0: no optimiser answers that without counting.
    endless = "SELECT count(*) FROM range(1000000000000000) WHERE hash(range) = 0"
    asked = iter([False, False, False])
    with pytest.raises(Cancelled), store.watched(lambda: next(asked, True)):
        store.query(endless).fetchall()
    assert store.query("SELECT 1").fetchall() == [(1,)]
    store.close()


def test_closed_while_another_thread_asks() -> None:
    """Closing waits for nobody; the folder goes when the query of the other thread has ended."""
    folder = TemporaryFolder()
    store = Store(folder, width=1, n_characters=0)
    asked, stop, ended = threading.Event(), threading.Event(), threading.Event()
    times = itertools.count(1)

    def is_stopped() -> bool:
        if next(times) == 6:  # half a second after the first: the query is under way
            asked.set()
        return stop.is_set()

    def ask() -> None:
        with pytest.raises(Cancelled), store.watched(is_stopped):
            store.query("SELECT count(*) FROM range(1000000000000000) WHERE hash(range) = 0").fetchall()
        ended.set()

    thread = threading.Thread(target=ask)
    thread.start()
    try:
        assert asked.wait(20)
        store.close()
        assert not ended.is_set() and folder.path.exists()
        with pytest.raises(DataError, match="closed"):
            store.query("SELECT 1")
    finally:
        stop.set()
        thread.join(20)
    for removal in [left for left in threading.enumerate() if left.name == "table removal"]:
        removal.join(20)
    assert ended.is_set() and not folder.path.exists()


def test_reading_an_open_table_can_be_stopped(tmp_path: Path) -> None:
    """What a thread reads from it stops as well, and the table goes on working."""
    with open_table(write(tmp_path, "a,b\n1,2\n3,4\n")) as table:
        with pytest.raises(Cancelled), table.watched(lambda: True):
            table.rows()
        assert table.rows() == [("1", "2"), ("3", "4")]
